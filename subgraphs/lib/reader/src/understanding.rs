//! The ways to understand the facts of a text, and what is unclear in them.

use crate::{
    fact::Fact,
    pattern::{FactKind, Flag},
    remark::Remark,
    token::{Value, Who},
};

/// Whether the question is about what the text says, so that no other understanding of it is tried.
pub(crate) fn decides(question: &Remark) -> bool {
    matches!(
        question,
        Remark::Stranger { .. }
            | Remark::PartsMake { .. }
            | Remark::WhoPaidTheRest
            | Remark::PaidTooMuch
            | Remark::PercentMade { .. }
            | Remark::DoesNotAddUp { .. }
            | Remark::NoRest
            | Remark::PaymentBetweenTwo
            | Remark::EveryoneOrNamed
            | Remark::WhichIsTotal
            | Remark::PaidOrFor
            | Remark::PaidOrShared
            | Remark::WhoPaid
    )
}

/// The ways to understand the facts, the most likely first.
pub(crate) fn ways(facts: &[Fact]) -> Vec<Vec<Fact>> {
    // "we all paid: Ben 20, Dan 10"
    let open = facts.iter().any(|fact| match fact.kind {
        FactKind::Paid => fact.value.is_none() && !matches!(fact.who.as_slice(), [Who::Named(_)]),
        FactKind::PaidBySomebody => true,
        _ => false,
    });
    let mut ways = vec![facts.to_vec()];
    if let Some(paying) = with_payments(facts) {
        ways.push(paying);
    }
    let first = if open { ways.len() - 1 } else { 0 };
    ways.drain(first..).flat_map(|facts| with_head(&facts).into_iter().chain([facts])).collect()
}

/// The facts with people who have an amount after a payment as payers: "Ben paid 30 and Dan 20".
fn with_payments(facts: &[Fact]) -> Option<Vec<Fact>> {
    let mut paying = facts.to_vec();
    let (mut after, mut changed) = (false, false);
    for fact in &mut paying {
        let bare = fact.kind == FactKind::Part && fact.name.is_none() && fact.rule.is(Flag::Bare);
        let several = !matches!(fact.who.as_slice(), [Who::Named(_)]);
        after = match fact.kind {
            FactKind::Paid => fact.value.is_some() || several,
            FactKind::PaidBySomebody => true,
            kind => after && (bare || kind == FactKind::Nothing),
        };
        if after && bare {
            fact.kind = FactKind::Paid;
            changed = true;
        }
    }
    changed.then_some(paying)
}

/// The facts without the shares of people who do not share: "a present for Ben, everyone but him".
pub(crate) fn without_absent(mut facts: Vec<Fact>) -> Vec<Fact> {
    let absent: Vec<Who> =
        facts.iter().filter(|fact| fact.kind == FactKind::Except).flat_map(|fact| fact.who.clone()).collect();
    for fact in &mut facts {
        let all = !fact.who.is_empty() && fact.who.iter().all(|who| absent.contains(who));
        match fact.kind {
            FactKind::Part if all && !fact.rule.is(Flag::Each) => {
                fact.kind = FactKind::Amount;
                fact.who.clear();
            }
            FactKind::Share | FactKind::Mention if all => fact.kind = FactKind::Nothing,
            _ => {}
        }
    }
    facts
}

/// The facts with the only amount as an amount, even if it is called a fee: "management fee 120".
pub(crate) fn with_priced_fee(mut facts: Vec<Fact>) -> Vec<Fact> {
    let amounts: Vec<usize> = (0..facts.len()).filter(|place| facts[*place].money().is_some()).collect();
    if let [only] = amounts.as_slice()
        && matches!(facts[*only].kind, FactKind::Tax | FactKind::Tip)
        && !facts[*only].rule.is(Flag::Within)
    {
        facts[*only].kind = FactKind::Amount;
    }
    facts
}

/// Asks if an amount beside a person can be what that person paid as well as what that person has.
pub(crate) fn doubts(facts: &[Fact]) -> Result<(), Remark> {
    let of = |kinds: &[FactKind]| facts.iter().filter(|fact| kinds.contains(&fact.kind)).collect::<Vec<_>>();
    let parts: Vec<&Fact> = facts.iter().filter(|fact| fact.kind == FactKind::Part && fact.money().is_some()).collect();
    let paid = !of(&[FactKind::Paid, FactKind::PaidBySomebody]).is_empty();
    let shared = of(&[FactKind::Share, FactKind::With]);
    let named = |fact: &Fact| fact.who.iter().all(|who| matches!(who, Who::Named(_)));
    if let [only] = parts.as_slice() {
        let other = facts.iter().filter(|fact| fact.value.is_some()).count() > 1;
        let alone = !other && only.rule.is(Flag::Listed) && only.is_single();
        let unclear = !other && only.rule.is(Flag::Bare) && named(only) && (paid || !shared.is_empty());
        if alone || unclear {
            return Err(Remark::PaidOrFor);
        }
        if !only.who.is_empty() && named(only) && shared.iter().any(|fact| fact.who != only.who) {
            return Err(Remark::EveryoneOrNamed);
        }
    }
    if parts.len() > 1 {
        if of(&[FactKind::Mention]).into_iter().any(Fact::is_single) {
            return Err(Remark::PaidOrShared);
        }
        if parts.iter().all(|fact| fact.rule.is(Flag::Bare) && named(fact))
            && shared.iter().any(|fact| fact.rule.is(Flag::Divides))
            && !paid
        {
            return Err(Remark::WhoPaidWhoShares);
        }
    }
    let sum = parts.iter().filter_map(|fact| fact.money()).fold(0, i64::saturating_add);
    let extra = of(&[FactKind::Tax, FactKind::Tip]).iter().filter_map(|fact| fact.money()).max().unwrap_or_default();
    if !parts.is_empty() && extra > sum { Err(Remark::ExtraInTotal) } else { Ok(()) }
}

/// The facts with the first amount of people as the total that they share, if it is the only one or the sum of the
/// others.
fn with_head(facts: &[Fact]) -> Option<Vec<Fact>> {
    let of = |kinds: &[FactKind]| facts.iter().filter(|fact| kinds.contains(&fact.kind)).collect::<Vec<_>>();
    let weighed = !of(&[FactKind::Weight, FactKind::Basis]).is_empty();
    let is_weight = |fact: &Fact| weighed && fact.count.is_some_and(|count| count < 20);
    let money = |fact: &Fact| {
        fact.money().filter(|_| fact.kind == FactKind::Part && !fact.rule.is(Flag::Each) && !is_weight(fact))
    };
    let place = facts.iter().position(|fact| money(fact).is_some())?;
    let head = &facts[place];
    let amounts: Vec<i64> = facts.iter().filter_map(money).collect();
    let extras = of(&[FactKind::Tip, FactKind::Tax]).into_iter().filter_map(Fact::money);
    let others = extras.chain(amounts[1..].iter().copied()).fold(0, i64::saturating_add);
    let is_sum = amounts.len() > 2 && (head.name.is_some() || !head.is_single()) && amounts[0] == others;
    let totals = [FactKind::Amount, FactKind::Total, FactKind::Each];
    if !of(&totals).is_empty() || !(amounts.len() == 1 || is_sum) {
        return None;
    }
    let rest = amounts.len() == 1 && facts.iter().any(|fact| fact.value == Some(Value::Rest));
    let portions = of(&[FactKind::Part]).into_iter().any(|fact| fact.value.is_some() && money(fact).is_none());
    let mut headed = facts.to_vec();
    headed[place].kind = FactKind::Total;
    if !portions || head.who.len() > 1 || rest {
        headed.insert(place + 1, Fact { kind: FactKind::Share, value: None, ..head.clone() });
    }
    Some(headed)
}
