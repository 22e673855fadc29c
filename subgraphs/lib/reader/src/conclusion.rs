//! Draws the conclusion from the facts: the total, the payers and the split.

use money::{Amount, Split, split::split};

use crate::{
    division::Division,
    fact::Fact,
    participants::{Evidence, add_all},
    pattern::{FactKind, Flag},
    remark::Remark,
    token::{Value, Who},
    whole::Whole,
};

/// What the facts amount to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Conclusion {
    pub(crate) total: i64,
    pub(crate) payers: Vec<(usize, i64)>,
    pub(crate) split: Option<Split<usize>>,
    /// Tip, tax and discount that were computed from a percentage.
    pub(crate) computed: Vec<(&'static str, i64)>,
}

impl Evidence<'_> {
    pub(crate) fn conclude(&self) -> Result<Conclusion, Remark> {
        self.ask()?;
        if let Some(debt) = self.debt()? {
            return Ok(debt);
        }
        let whole = self.whole()?;
        let mut total = whole.total;
        let refund = self.has(FactKind::Refund) || self.has(FactKind::Back);
        if refund && self.given.is_none() && total > 0 {
            if !whole.parts.is_empty() {
                return Err(Remark::CameBack);
            }
            total = -total;
        }
        if !refund && total < 0 {
            return Err(Remark::IsRefund);
        }
        if total == 0 {
            return Err(Remark::NoAmount);
        }
        let whole = Whole { total, ..whole };
        let payers = self.payers(total)?;
        if payers.iter().any(|(_, minor)| minor.signum() != total.signum()) {
            return Err(Remark::WhoPaidHowMuch);
        }
        let split_rule = Division { evidence: self, whole: &whole }.split()?;
        if let Some(rule) = &split_rule {
            split(Amount::new(total, self.currency), rule, 0).map_err(|why| Remark::DoesNotAddUp { why })?;
        }
        let computed = self.computed(&whole);
        Ok(Conclusion { total, payers, split: split_rule, computed })
    }

    /// The question that a fact itself is.
    fn ask(&self) -> Result<(), Remark> {
        for fact in self.facts {
            match fact.kind {
                FactKind::PaidBySomebody if !self.has(FactKind::Paid) => {
                    let mut mentions = self.of(&[FactKind::Mention, FactKind::Bystander]);
                    if mentions.any(|fact| matches!(fact.who.as_slice(), [Who::Named(_)])) {
                        return Err(Remark::WhoPaid);
                    }
                }
                FactKind::WeightToo if !self.is_weighed() => return Err(Remark::WhoCountsMore),
                FactKind::Stranger => return Err(Remark::Stranger { name: fact.name.clone().unwrap_or_default() }),
                FactKind::WhichTotal => return Err(Remark::WhichIsTotal),
                FactKind::WhoPaid => return Err(Remark::WhoPaid),
                FactKind::SharedHow => return Err(Remark::SharedHow),
                FactKind::Transfer => return Err(Remark::PaymentBetweenTwo),
                _ => {}
            }
        }
        Ok(())
    }

    /// A debt: one person paid for another.
    fn debt(&self) -> Result<Option<Conclusion>, Remark> {
        let debts: Vec<&Fact> = self.of(&[FactKind::Owes, FactKind::Owed]).collect();
        let [debt] = debts.as_slice() else {
            return if debts.is_empty() { Ok(None) } else { Err(Remark::WhoOwes) };
        };
        let amounts = self.of(&[FactKind::Amount, FactKind::Total]).filter_map(Fact::money);
        let mut amounts: Vec<i64> = amounts.chain(debt.money()).collect();
        amounts.dedup();
        let [minor] = amounts.as_slice() else { return Err(Remark::WhichIsTotal) };
        let [first, second] = debt.named().collect::<Vec<_>>()[..] else { return Err(Remark::WhoOwes) };
        let (debtor, creditor) = if debt.kind == FactKind::Owes { (first, second) } else { (second, first) };
        let theirs =
            |who: &Who| !who.named().is_empty() && who.named().iter().all(|one| [debtor, creditor].contains(one));
        let agrees = |fact: &Fact| match fact.kind {
            FactKind::Owes
            | FactKind::Owed
            | FactKind::Amount
            | FactKind::Total
            | FactKind::Nothing
            | FactKind::Paid => true,
            FactKind::Mention | FactKind::Share => fact.who.iter().all(theirs),
            _ => false,
        };
        if debtor == creditor || !self.facts.iter().all(agrees) {
            return Err(Remark::WhoOwes);
        }
        let split = Some(Split::Exact(vec![(debtor, *minor)]));
        Ok(Some(Conclusion { total: *minor, payers: vec![(creditor, *minor)], split, ..Conclusion::default() }))
    }

    /// Who paid how much; empty if the text does not say.
    fn payers(&self, total: i64) -> Result<Vec<(usize, i64)>, Remark> {
        let mut payers: Vec<(usize, i64)> = Vec::new();
        let mut whole: Vec<usize> = Vec::new();
        let mut rest: Vec<usize> = Vec::new();
        for fact in self.of(&[FactKind::Paid, FactKind::Back]) {
            let everybody = |who: &Who| matches!(who, Who::We | Who::Everyone(_));
            if fact.who.iter().all(everybody) && !fact.rule.is(Flag::Each) {
                continue;
            }
            let people = self.people(fact)?;
            match &fact.value {
                None => add_all(&mut whole, people),
                Some(Value::Rest) => add_all(&mut rest, people),
                Some(value) => {
                    let minor = part_of(total, value).ok_or(Remark::PaidPartNotWhole)?;
                    let minor = if fact.kind == FactKind::Back { -minor.abs() } else { minor };
                    if people.len() > 1 && !fact.rule.is(Flag::Each) {
                        return Err(Remark::EachPaidHowMuch);
                    }
                    payers.extend(people.iter().map(|person| (*person, minor)));
                }
            }
        }
        let paid = payers.iter().try_fold(0_i64, |sum, (_, minor)| sum.checked_add(*minor)).ok_or(Remark::TooLarge)?;
        whole.retain(|person| !payers.iter().any(|(payer, _)| payer == person));
        match (payers.is_empty(), whole.as_slice(), rest.as_slice()) {
            (true, [], []) => Ok(Vec::new()),
            (true, [payer], []) => Ok(vec![(*payer, total)]),
            (false, [], [payer]) if paid < total => {
                payers.push((*payer, total - paid));
                Ok(payers)
            }
            (false, [], []) if paid == total => Ok(payers),
            (false, [], []) if paid < total => Err(Remark::WhoPaidTheRest),
            (false, [], []) => Err(Remark::PaidTooMuch),
            _ => Err(Remark::WhoPaidHowMuch),
        }
    }
}

/// An exact part of the total.
pub(crate) fn part_of(total: i64, value: &Value) -> Option<i64> {
    let (above, below) = match value {
        Value::Money(minor) => return Some(*minor),
        Value::Percent(hundredths) => (i128::from(*hundredths), 10_000),
        Value::Fraction(above, below) => (i128::from(*above), i128::from(*below)),
        _ => return None,
    };
    let part = i128::from(total).checked_mul(above)?;
    if part % below == 0 { i64::try_from(part / below).ok() } else { None }
}
