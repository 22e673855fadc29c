//! Calculates how much each payer paid.

use std::collections::BTreeSet;

use crate::{
    facts::{Facts, Payment},
    piece::{Value, Who},
    remark::Remark,
    sharers::Circle,
    total::Doubt,
};

/// The payments in minor units, which add up to the total; empty if the text names no payer.
pub(crate) fn payers(facts: &Facts, circle: &Circle, total: i64) -> Result<Vec<(usize, i64)>, Doubt> {
    let mut known: Vec<(usize, i64)> = Vec::new();
    let mut rest: Vec<usize> = Vec::new();
    for payment in &facts.payments {
        let people = people(payment, circle)?;
        match part(payment, people.len(), total)? {
            Some(minor) => {
                for person in people {
                    pay(&mut known, person, minor)?;
                }
            }
            None => rest.extend(people.iter().filter(|person| !rest.contains(person)).collect::<Vec<_>>()),
        }
    }
    let paid = known.iter().try_fold(0_i64, |sum, (_, minor)| sum.checked_add(*minor));
    let left = paid.and_then(|paid| total.checked_sub(paid)).ok_or(Remark::TooLarge)?;
    match rest.as_slice() {
        [] if known.is_empty() || left == 0 => Ok(known),
        [] => Err(Remark::WhoPaidTheRest),
        // A person who is named twice, once with the total, paid it once.
        [person] if left == 0 && known == [(*person, total)] => Ok(known),
        [person] if left != 0 && left.signum() == total.signum() => {
            pay(&mut known, *person, left)?;
            Ok(known)
        }
        [_] => Err(Remark::PaidTooMuch),
        _ => Err(Remark::EachPaidHowMuch),
    }
}

fn people(payment: &Payment, circle: &Circle) -> Result<Vec<usize>, Doubt> {
    let unclear = || Remark::WhoPaid;
    match payment.who.who {
        Who::Named(_) | Who::Count(_) | Who::Everyone(_) => {
            circle.resolve(&payment.who, &BTreeSet::new()).ok_or_else(unclear)
        }
        _ => Err(unclear()),
    }
}

/// The amount that each of `people` payers paid; `None` if they paid the rest.
fn part(payment: &Payment, people: usize, total: i64) -> Result<Option<i64>, Doubt> {
    let uneven = || Remark::EachPaidHowMuch;
    let minor = match &payment.part {
        None | Some(Value::Rest) => return Ok(None),
        // If several people paid 60 together, their parts are unknown.
        Some(_) if people > 1 && !payment.each && !is_even(payment, people) => return Err(uneven()),
        Some(Value::Money(minor)) if total < 0 => minor.checked_neg(),
        Some(Value::Money(minor)) => Some(*minor),
        Some(Value::Percent(hundredths)) => portion(total, *hundredths, 10_000),
        Some(Value::Fraction(above, below)) => portion(total, *above, *below),
        Some(Value::Proportion(parts)) => portion(total, 1, parts.len() as u64),
        Some(_) => return Err(uneven()),
    };
    minor.map(Some).ok_or(Remark::PaidPartNotWhole)
}

/// Whether the payers paid equal parts that add up: "Ben and I paid half".
fn is_even(payment: &Payment, people: usize) -> bool {
    // "50/50"
    if let Some(Value::Proportion(parts)) = &payment.part {
        return parts.len() == people && parts.windows(2).all(|pair| pair[0] == pair[1]);
    }
    matches!(payment.part, Some(Value::Fraction(1, below)) if usize::try_from(below).is_ok_and(|below| below == people))
}

fn portion(total: i64, above: u64, below: u64) -> Option<i64> {
    let exact = i128::from(total).checked_mul(i128::from(above))?;
    let below = i128::from(below);
    (below != 0 && exact % below == 0).then(|| i64::try_from(exact / below).ok()).flatten()
}

fn pay(known: &mut Vec<(usize, i64)>, person: usize, minor: i64) -> Result<(), Doubt> {
    if known.iter().any(|(payer, _)| *payer == person) {
        return Err(Remark::WhoPaidHowMuch);
    }
    known.push((person, minor));
    Ok(())
}
