//! The ways to understand the facts of a text, and what is unclear in them.

use crate::{
    fact::Fact,
    pattern::FactKind,
    piece::{Value, Who},
    remark::Remark,
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

/// The ways to understand the facts, the most likely first: people with an amount after a payment paid it as well, and
/// the first amount with people is the total if it is the only one, or the sum of the others.
pub(crate) fn ways(facts: &[Fact]) -> Vec<Vec<Fact>> {
    let mut paying = facts.to_vec();
    let mut after = false;
    for fact in &mut paying {
        let bare = fact.kind == FactKind::Part && fact.name.is_none() && fact.rule.bare;
        let several = !matches!(fact.who.as_slice(), [Who::Named(_)]);
        let paid = fact.kind == FactKind::Paid;
        after = (paid && (fact.value.is_some() || several))
            || fact.kind == FactKind::PaidBySomebody
            || (after && bare)
            || (after && matches!(fact.kind, FactKind::Nothing));
        if after && bare {
            fact.kind = FactKind::Paid;
        }
    }
    let is_same = paying.iter().zip(facts).all(|(one, other)| one.kind == other.kind);
    let mut all: Vec<Vec<Fact>> = Vec::new();
    // "we all paid: Ben 20, Dan 10"
    let open = facts.iter().any(|fact| match fact.kind {
        FactKind::Paid => fact.value.is_none() && !matches!(fact.who.as_slice(), [Who::Named(_)]),
        FactKind::PaidBySomebody => true,
        _ => false,
    });
    let mut ways = vec![facts.to_vec()];
    if !is_same {
        ways.insert(usize::from(!open), paying);
        ways.truncate(if open { 1 } else { 2 });
    }
    for facts in ways {
        all.push(with_head(&facts));
        if let Some(last) = all.last()
            && last.iter().zip(&facts).any(|(one, other)| one.kind != other.kind)
        {
            all.push(facts);
        }
    }
    all
}

/// The facts without the shares of people who do not share: "a present for Ben, everyone but him".
fn without_absent(mut facts: Vec<Fact>) -> Vec<Fact> {
    let absent: Vec<Who> =
        facts.iter().filter(|fact| fact.kind == FactKind::Except).flat_map(|fact| fact.who.clone()).collect();
    for fact in &mut facts {
        let all = !fact.who.is_empty() && fact.who.iter().all(|who| absent.contains(who));
        match fact.kind {
            FactKind::Part if all && !fact.rule.each => {
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
fn with_priced_fee(mut facts: Vec<Fact>) -> Vec<Fact> {
    let amounts: Vec<usize> = (0..facts.len()).filter(|place| facts[*place].money().is_some()).collect();
    if let [only] = amounts.as_slice()
        && matches!(facts[*only].kind, FactKind::Tax | FactKind::Tip)
        && !facts[*only].rule.within
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
        let alone = !other && only.rule.listed && only.is_single();
        let unclear = !other && only.rule.bare && named(only) && (paid || !shared.is_empty());
        if alone || unclear {
            return Err(Remark::PaidOrFor);
        }
        if !shared.is_empty() && named(only) && shared.iter().any(|fact| fact.who != only.who) {
            return Err(Remark::EveryoneOrNamed);
        }
    }
    if parts.len() > 1 {
        if of(&[FactKind::Mention]).into_iter().any(Fact::is_single) {
            return Err(Remark::PaidOrShared);
        }
        if parts.iter().all(|fact| fact.rule.bare && named(fact))
            && shared.iter().any(|fact| fact.rule.divides)
            && !paid
        {
            return Err(Remark::WhoPaidWhoShares);
        }
    }
    let sum = parts.iter().filter_map(|fact| fact.money()).fold(0, i64::saturating_add);
    let extra = of(&[FactKind::Tax, FactKind::Tip]).iter().filter_map(|fact| fact.money()).max().unwrap_or_default();
    if !parts.is_empty() && extra > sum { Err(Remark::ExtraInTotal) } else { Ok(()) }
}

/// The facts with the only amount of people as the total that they share.
fn with_head(facts: &[Fact]) -> Vec<Fact> {
    let mut facts = facts.to_vec();
    let weighed = facts.iter().any(|fact| matches!(fact.kind, FactKind::Weight | FactKind::Basis));
    let money = |fact: &Fact| {
        fact.money().filter(|_| {
            fact.kind == FactKind::Part
                && !fact.rule.each
                && !(weighed && fact.count.is_some() && fact.count < Some(20))
        })
    };
    let places: Vec<usize> = (0..facts.len()).filter(|place| money(&facts[*place]).is_some()).collect();
    if facts.iter().any(|fact| matches!(fact.kind, FactKind::Amount | FactKind::Total | FactKind::Each)) {
        return facts;
    }
    let extras: i64 = facts
        .iter()
        .filter(|fact| matches!(fact.kind, FactKind::Tip | FactKind::Tax))
        .filter_map(Fact::money)
        .fold(0, i64::saturating_add);
    let sum = places.iter().filter_map(|place| money(&facts[*place])).fold(0, i64::saturating_add);
    let head = places.first().copied().filter(|place| {
        let heads = facts[*place].name.is_some() || !facts[*place].is_single();
        places.len() == 1
            || (places.len() > 2
                && heads
                && money(&facts[*place]).is_some_and(|minor| minor.saturating_sub(extras) == sum.saturating_sub(minor)))
    });
    let rest = facts.iter().any(|fact| fact.value == Some(Value::Rest)) && places.len() == 1;
    let Some(place) = head else { return facts };
    let portions =
        facts.iter().any(|fact| fact.kind == FactKind::Part && fact.value.is_some() && money(fact).is_none());
    if !portions || facts[place].who.len() > 1 || rest {
        let shared = Fact { kind: FactKind::Share, value: None, ..facts[place].clone() };
        facts.insert(place + 1, shared);
    }
    facts[place].kind = FactKind::Total;
    facts
}

/// The facts without contradictions that need no question.
pub(crate) fn understood(facts: Vec<Fact>) -> Vec<Fact> {
    with_priced_fee(without_absent(facts))
}
