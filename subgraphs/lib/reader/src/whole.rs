//! Decides which of the amounts is the total and which are its parts.

use crate::{
    fact::Fact,
    participants::Evidence,
    pattern::{FactKind, Flag},
    remark::Remark,
    token::Value,
};

/// The total and the parts of it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Whole<'a> {
    pub(crate) total: i64,
    pub(crate) parts: Vec<&'a Fact>,
    pub(crate) extras: Extras,
}

/// A tip, a tax and a discount.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Extras {
    pub(crate) tip: i64,
    pub(crate) tax: i64,
    pub(crate) discount: i64,
}

impl Extras {
    pub(crate) fn sum(self) -> Option<i64> {
        self.tip.checked_add(self.tax)?.checked_sub(self.discount)
    }

    fn added_to(self, minor: i64) -> Result<i64, Remark> {
        self.sum().and_then(|extras| minor.checked_add(extras)).ok_or(Remark::TooLarge)
    }
}

impl<'a> Evidence<'a> {
    /// The total, its parts and its extras.
    pub(crate) fn whole(&self) -> Result<Whole<'a>, Remark> {
        let weighed = self.is_weighed();
        let is_money = |fact: &&Fact| fact.money().is_some() && !(weighed && fact.count.is_some());
        let parts: Vec<&Fact> = self.parts().filter(is_money).collect();
        let mut totals: Vec<i64> = self.of(&[FactKind::Total]).filter_map(Fact::money).chain(self.given).collect();
        totals.sort_unstable();
        totals.dedup();
        if let [first, second, ..] = totals.as_slice() {
            return Err(self.either(*first, *second));
        }
        let total = totals.first().copied();
        let plain = |fact: &&Fact| is_shared(fact) || (fact.kind == FactKind::Back && fact.money().is_some());
        let amounts = self.facts.iter().filter(plain).map(|fact| self.minor(fact));
        let mut amounts = amounts.collect::<Result<Vec<_>, _>>()?;
        amounts.retain(|minor| Some(*minor) != total);
        let has_rest = self.parts().any(|fact| fact.value == Some(Value::Rest));
        match (total, amounts.as_slice(), parts.as_slice()) {
            (Some(total), [], parts) => self.checked(total, parts, has_rest),
            (Some(total), amounts, parts) if amounts.iter().all(|amount| *amount < total) => {
                self.with_shared(total, parts, has_rest)
            }
            (Some(total), _, _) => Err(self.either(total, amounts[0])),
            (None, [], []) => self.paid_in_all(),
            (None, [], parts) => self.without_total(parts, has_rest),
            (None, [amount], parts) => self.with_amount(*amount, parts, has_rest),
            (None, [first, rest @ ..], []) if rest.iter().all(|other| other == first) => {
                self.checked(*first, &[], has_rest)
            }
            (None, [first, second, ..], _) => Err(self.either(*first, *second)),
        }
    }

    /// Amounts without people beside a total: everybody shares them.
    fn with_shared(&self, total: i64, parts: &[&Fact], has_rest: bool) -> Result<Whole<'a>, Remark> {
        let is_part = |fact: &&Fact| parts.iter().any(|part| std::ptr::eq(*part, *fact));
        let shared = |fact: &&Fact| is_part(fact) || (is_shared(fact) && fact.money() != Some(total));
        let all: Vec<&Fact> = self.facts.iter().filter(shared).collect();
        let whole = self.checked(total, &all, has_rest)?;
        let named = all.iter().all(|fact| fact.kind != FactKind::Amount || fact.name.is_some());
        if named { Ok(whole) } else { Err(Remark::WhoSharesWhat) }
    }

    /// One amount without people and some parts.
    fn with_amount(&self, amount: i64, parts: &[&'a Fact], has_rest: bool) -> Result<Whole<'a>, Remark> {
        if parts.is_empty() {
            let extras = self.extras(amount)?;
            let total = if self.given.is_none() { extras.added_to(amount)? } else { amount };
            return Ok(Whole { total, parts: Vec::new(), extras });
        }
        let first = self.checked(amount, parts, has_rest);
        if first.is_ok() {
            return first;
        }
        // A part can be the total, and the amount an item that all share.
        for (part, others) in each_with_others(parts) {
            let minor = self.minor(part)?;
            if minor > amount
                && !others.is_empty()
                && let Ok(whole) = self.with_shared(minor, &others, has_rest)
            {
                return Ok(whole);
            }
        }
        first
    }

    fn without_total(&self, parts: &[&'a Fact], has_rest: bool) -> Result<Whole<'a>, Remark> {
        // "brunch 58, me and Ben, 33 of it is mine"
        let (within, heads): (Vec<&Fact>, Vec<&Fact>) = parts.iter().partition(|part| part.rule.is(Flag::Within));
        if let ([_, ..], [head]) = (within.as_slice(), heads.as_slice()) {
            return self.checked(self.minor(head)?, &within, has_rest);
        }
        for (part, others) in each_with_others(parts) {
            let heads = part.name.is_some() || part.who.len() != 1;
            let minor = self.minor(part)?;
            if others.len() > 1
                && heads
                && let Ok(whole) = self.checked(minor, &others, false)
            {
                return Ok(whole);
            }
        }
        if let [only] = parts {
            let minor = self.minor(only)?;
            let paid = self.paid_in_all().ok().map(|whole| whole.total).filter(|paid| *paid != minor);
            if let Some(paid) = paid {
                return self.checked(paid, parts, has_rest);
            }
        }
        if has_rest {
            return Err(Remark::NoTotal);
        }
        // "snacks 40 for all, Ben 18, me 12": the amounts of the people are parts of the first.
        let alone = |fact: &&&Fact| fact.name.is_none() && fact.is_single();
        if let [head, single @ ..] = parts
            && single.len() > 1
            && !alone(&head)
            && single.iter().all(|fact| alone(&fact))
        {
            return self.checked(self.minor(head)?, single, false);
        }
        let sum = self.sum(parts)?;
        let extras = self.extras(sum)?;
        let parts = if parts.len() > 1 { parts.to_vec() } else { Vec::new() };
        Ok(Whole { total: extras.added_to(sum)?, parts, extras })
    }

    fn sum(&self, parts: &[&Fact]) -> Result<i64, Remark> {
        parts.iter().try_fold(0_i64, |sum, fact| sum.checked_add(self.minor(fact)?).ok_or(Remark::TooLarge))
    }

    /// The whole with this total, if its parts and extras make it.
    fn checked(&self, total: i64, parts: &[&'a Fact], has_rest: bool) -> Result<Whole<'a>, Remark> {
        if parts.is_empty() {
            return Ok(Whole { total, ..Whole::default() });
        }
        let sum = self.sum(parts)?;
        let extras = self.extras(sum)?;
        let all = extras.added_to(sum)?;
        if all == total || (has_rest && all < total) {
            return Ok(Whole { total, parts: parts.to_vec(), extras });
        }
        if has_rest {
            return Err(Remark::NoRest);
        }
        let parts = parts.iter().filter_map(|fact| fact.money()).map(|minor| self.show(minor)).collect();
        Err(Remark::PartsMake { parts, total: self.show(total), currency: self.currency.code() })
    }

    fn extras(&self, base: i64) -> Result<Extras, Remark> {
        let mut extras = Extras::default();
        let single = !self.has(FactKind::Part);
        for fact in self.of(&[FactKind::Tip, FactKind::Tax, FactKind::Discount]) {
            if fact.rule.is(Flag::Within) && single {
                continue;
            }
            let minor = match fact.value {
                Some(Value::Money(minor)) => minor.checked_abs(),
                Some(Value::Percent(hundredths)) => percent_of(base, hundredths),
                _ => return Err(Remark::ExtraAmount),
            };
            let field = match fact.kind {
                FactKind::Tip => &mut extras.tip,
                FactKind::Tax => &mut extras.tax,
                _ => &mut extras.discount,
            };
            *field = minor.and_then(|minor| field.checked_add(minor)).ok_or(Remark::TooLarge)?;
        }
        Ok(extras)
    }

    pub(crate) fn computed(&self, whole: &Whole<'_>) -> Vec<(&'static str, i64)> {
        let Extras { tip, tax, discount } = whole.extras;
        let percent = |kind| self.of(&[kind]).any(|fact| matches!(fact.value, Some(Value::Percent(_))));
        let all =
            [(FactKind::Tip, "tip", tip), (FactKind::Tax, "tax", tax), (FactKind::Discount, "discount", discount)];
        let computed = all.into_iter().filter(|(kind, _, minor)| *minor != 0 && percent(*kind));
        computed.map(|(_, name, minor)| (name, minor)).collect()
    }

    /// The sum of what was paid, if there is no other amount.
    fn paid_in_all(&self) -> Result<Whole<'a>, Remark> {
        let paid = || self.of(&[FactKind::Paid]).filter(|fact| fact.money().is_some());
        let total = paid().try_fold(0_i64, |sum, fact| sum.checked_add(self.minor(fact)?).ok_or(Remark::TooLarge))?;
        if paid().next().is_none() {
            return Err(Remark::NoAmount);
        }
        if !self.extras(total)?.eq(&Extras::default()) {
            return Err(Remark::ExtraInPaid);
        }
        Ok(Whole { total, ..Whole::default() })
    }
}

/// A share of a percentage, rounded to the nearest minor unit.
pub(crate) fn percent_of(minor: i64, hundredths: u64) -> Option<i64> {
    let part = i128::from(minor).checked_mul(i128::from(hundredths))?.checked_add(5_000)?.div_euclid(10_000);
    i64::try_from(part).ok()
}

/// Whether it is an amount that all share.
fn is_shared(fact: &Fact) -> bool {
    matches!(fact.kind, FactKind::Amount | FactKind::Each | FactKind::Price)
}

/// Each of the facts with the others.
fn each_with_others<'f>(facts: &[&'f Fact]) -> impl Iterator<Item = (&'f Fact, Vec<&'f Fact>)> {
    (0..facts.len()).map(|place| (facts[place], [&facts[..place], &facts[place + 1..]].concat()))
}
