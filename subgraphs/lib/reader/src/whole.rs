//! Decides which of the amounts is the total and which are its parts.

use crate::{evidence::Evidence, fact::Fact, pattern::FactKind, piece::Value, remark::Remark};

/// The total and the parts of it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Whole {
    pub(crate) total: i64,
    /// The indices of the facts that are parts of the total.
    pub(crate) parts: Vec<usize>,
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
}

impl Evidence<'_> {
    /// The total, its parts and its extras.
    pub(crate) fn whole(&self) -> Result<Whole, Remark> {
        let weighed = self.is_weighed();
        let is_money = |fact: &Fact| fact.money().is_some() && !(weighed && fact.count.is_some());
        let parts: Vec<usize> = (0..self.facts.len())
            .filter(|place| self.facts[*place].is_part() && is_money(&self.facts[*place]))
            .collect();
        let mut totals: Vec<i64> = self.of(&[FactKind::Total]).filter_map(Fact::money).chain(self.given).collect();
        totals.sort_unstable();
        totals.dedup();
        let mut amounts = Vec::new();
        for fact in self.facts.iter().filter(|fact| {
            matches!(fact.kind, FactKind::Amount | FactKind::Each | FactKind::Price)
                || (fact.kind == FactKind::Back && fact.money().is_some())
        }) {
            amounts.push(self.minor(fact)?);
        }
        if let [first, second, ..] = totals.as_slice() {
            return Err(self.either(*first, *second));
        }
        let total = totals.first().copied();
        amounts.retain(|minor| Some(*minor) != total);
        let has_rest = self.facts.iter().any(|fact| fact.is_part() && fact.value == Some(Value::Rest));
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
            (None, [first, second, ..], parts) => match self.sum_of_rest(&amounts) {
                Some(total) if parts.is_empty() => self.with_shared(total, parts, has_rest),
                _ => Err(self.either(*first, *second)),
            },
        }
    }

    /// The amount that is the sum of the others.
    fn sum_of_rest(&self, amounts: &[i64]) -> Option<i64> {
        let sum = amounts.iter().try_fold(0_i64, |sum, minor| sum.checked_add(*minor))?;
        let extras = self.extras(0).ok()?.sum()?;
        let others = |minor: i64| sum.checked_sub(minor)?.checked_add(extras);
        amounts.iter().copied().find(|minor| others(*minor) == Some(*minor))
    }

    /// Amounts without people beside a total: everybody shares them.
    fn with_shared(&self, total: i64, parts: &[usize], has_rest: bool) -> Result<Whole, Remark> {
        let mut all: Vec<usize> = (0..self.facts.len())
            .filter(|place| {
                matches!(self.facts[*place].kind, FactKind::Amount | FactKind::Each | FactKind::Price)
                    && self.facts[*place].money() != Some(total)
            })
            .chain(parts.iter().copied())
            .collect();
        all.sort_unstable();
        let whole = self.checked(total, &all, has_rest)?;
        let named = |place: &usize| self.facts[*place].kind != FactKind::Amount || self.facts[*place].name.is_some();
        if all.iter().all(named) { Ok(whole) } else { Err(Remark::WhoSharesWhat) }
    }

    /// One amount without people and some parts.
    fn with_amount(&self, amount: i64, parts: &[usize], has_rest: bool) -> Result<Whole, Remark> {
        if parts.is_empty() {
            let extras = self.extras(amount)?;
            let added = if self.given.is_none() { extras.sum().ok_or(Remark::TooLarge)? } else { 0 };
            return Ok(Whole { total: amount.checked_add(added).ok_or(Remark::TooLarge)?, parts: Vec::new(), extras });
        }
        let first = self.checked(amount, parts, has_rest);
        if first.is_ok() {
            return first;
        }
        // A part can be the total, and the amount an item that all share.
        for place in parts {
            let others: Vec<usize> = parts.iter().copied().filter(|other| other != place).collect();
            let minor = self.minor(&self.facts[*place])?;
            if minor > amount
                && !others.is_empty()
                && let Ok(whole) = self.with_shared(minor, &others, has_rest)
            {
                return Ok(whole);
            }
        }
        first
    }

    fn without_total(&self, parts: &[usize], has_rest: bool) -> Result<Whole, Remark> {
        for place in parts {
            let others: Vec<usize> = parts.iter().copied().filter(|other| other != place).collect();
            let minor = self.minor(&self.facts[*place])?;
            let heads = self.facts[*place].name.is_some() || self.facts[*place].who.len() != 1;
            if others.len() > 1
                && heads
                && let Ok(whole) = self.checked(minor, &others, false)
            {
                return Ok(whole);
            }
        }
        if let [only] = parts {
            let minor = self.minor(&self.facts[*only])?;
            let paid = self.paid_in_all().ok().map(|whole| whole.total).filter(|paid| *paid != minor);
            return match paid {
                Some(paid) => self.checked(paid, parts, has_rest),
                None if has_rest => Err(Remark::NoTotal),
                None => {
                    let extras = self.extras(minor)?;
                    let total = extras.sum().and_then(|extras| minor.checked_add(extras)).ok_or(Remark::TooLarge)?;
                    Ok(Whole { total, parts: Vec::new(), extras })
                }
            };
        }
        if has_rest {
            return Err(Remark::NoTotal);
        }
        // "snacks 40 for all, Ben 18, me 12": the amounts of the people are parts of the first.
        let alone = |fact: &Fact| fact.name.is_none() && fact.is_single();
        let (single, heads): (Vec<usize>, Vec<usize>) =
            parts.iter().copied().partition(|place| alone(&self.facts[*place]));
        if let ([head], [_, _, ..]) = (heads.as_slice(), single.as_slice())
            && head < &single[0]
        {
            return self.checked(self.minor(&self.facts[*head])?, &single, false);
        }
        let sum = self.sum(parts)?;
        let extras = self.extras(sum)?;
        let total = extras.sum().and_then(|extras| sum.checked_add(extras)).ok_or(Remark::TooLarge)?;
        Ok(Whole { total, parts: parts.to_vec(), extras })
    }

    fn sum(&self, parts: &[usize]) -> Result<i64, Remark> {
        parts
            .iter()
            .try_fold(0_i64, |sum, place| sum.checked_add(self.minor(&self.facts[*place])?).ok_or(Remark::TooLarge))
    }

    /// The whole with this total, if its parts and extras make it.
    fn checked(&self, total: i64, parts: &[usize], has_rest: bool) -> Result<Whole, Remark> {
        if parts.is_empty() {
            return Ok(Whole { total, parts: Vec::new(), extras: Extras::default() });
        }
        let sum = self.sum(parts)?;
        let extras = self.extras(sum)?;
        let all = extras.sum().and_then(|extras| sum.checked_add(extras)).ok_or(Remark::TooLarge)?;
        if all == total || (has_rest && all < total) {
            return Ok(Whole { total, parts: parts.to_vec(), extras });
        }
        if has_rest {
            return Err(Remark::NoRest);
        }
        let parts = parts.iter().filter_map(|place| self.facts[*place].money()).map(|minor| self.show(minor)).collect();
        Err(Remark::PartsMake { parts, total: self.show(total), currency: self.currency.code() })
    }

    fn extras(&self, base: i64) -> Result<Extras, Remark> {
        let mut extras = Extras::default();
        for fact in self.facts {
            let field = match fact.kind {
                FactKind::Tip | FactKind::TipWithin => &mut extras.tip,
                FactKind::Tax | FactKind::TaxWithin => &mut extras.tax,
                FactKind::Discount | FactKind::DiscountWithin => &mut extras.discount,
                _ => continue,
            };
            let within = matches!(fact.kind, FactKind::TipWithin | FactKind::TaxWithin | FactKind::DiscountWithin);
            if within && self.parts().next().is_none() {
                continue;
            }
            let minor = match fact.value {
                Some(Value::Money(minor)) => minor.checked_abs(),
                Some(Value::Percent(hundredths)) => percent_of(base, hundredths),
                _ => return Err(Remark::ExtraAmount),
            };
            *field = minor.and_then(|minor| field.checked_add(minor)).ok_or(Remark::TooLarge)?;
        }
        Ok(extras)
    }

    pub(crate) fn computed(&self, whole: &Whole) -> Vec<(&'static str, i64)> {
        let of = |kinds: [FactKind; 2], name, minor| {
            let percent = |fact: &Fact| kinds.contains(&fact.kind) && matches!(fact.value, Some(Value::Percent(_)));
            (self.facts.iter().any(percent) && minor != 0).then_some((name, minor))
        };
        let extras = whole.extras;
        [
            of([FactKind::Tip, FactKind::TipWithin], "tip", extras.tip),
            of([FactKind::Tax, FactKind::TaxWithin], "tax", extras.tax),
            of([FactKind::Discount, FactKind::DiscountWithin], "discount", extras.discount),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    /// The sum of what was paid, if there is no other amount.
    fn paid_in_all(&self) -> Result<Whole, Remark> {
        let paid = || self.of(&[FactKind::Paid, FactKind::PaidEach]).filter(|fact| fact.money().is_some());
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
