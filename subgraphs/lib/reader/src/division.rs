//! How the total is split.

use money::{Item, Itemized, Split};

use crate::{
    fact::Fact,
    participants::{Evidence, add_all},
    pattern::{FactKind, Flag},
    remark::Remark,
    token::{Value, Who},
    whole::Whole,
};

/// The whole in units that percentages and common fractions divide exactly.
const UNITS: u64 = 10_000 * 27 * 7 * 11;

/// The inputs of a split.
pub(crate) struct Division<'a> {
    pub(crate) evidence: &'a Evidence<'a>,
    pub(crate) whole: &'a Whole<'a>,
}

impl Division<'_> {
    /// The split; `None` if the text says nothing about it.
    pub(crate) fn split(&self) -> Result<Option<Split<usize>>, Remark> {
        let evidence = self.evidence;
        let parts = || evidence.parts();
        let portions = parts().any(|fact| matches!(fact.value, Some(Value::Percent(_) | Value::Fraction(..))));
        let weights = evidence.is_weighed()
            || evidence.has(FactKind::Weight)
            || parts().any(|fact| matches!(fact.value, Some(Value::Times(..))));
        let changes = evidence.has(FactKind::More) || evidence.has(FactKind::Less);
        let rest = parts().any(|fact| fact.value == Some(Value::Rest));
        let ratio = evidence.has(FactKind::Ratio);
        if ratio && parts().next().is_none() && !evidence.has(FactKind::Weight) && !changes {
            return self.by_ratio().map(Some);
        }
        let amounts = !self.whole.parts.is_empty();
        let unlisted = |fact: &Fact| fact.money().is_some() && fact.count.is_none() && !fact.who.is_empty();
        if !amounts && (portions || weights || changes) && parts().any(unlisted) {
            return Err(Remark::WhoSharesWhat);
        }
        match (amounts, portions, weights, changes, ratio) {
            (true, false, false, false, false) => self.by_amounts().map(Some),
            (false, true, false, false, false) => self.by_portions().map(Some),
            (false, false, true, false, _) if !rest => self.by_weights().map(Some),
            (false, false, false, true, false) => self.by_changes().map(Some),
            (false, false, false, false, true) if !rest => self.by_ratio().map(Some),
            (false, false, false, false, false) if !rest => self.equally(),
            _ => Err(Remark::WhoSharesWhat),
        }
    }

    fn equally(&self) -> Result<Option<Split<usize>>, Remark> {
        let evidence = self.evidence;
        let mut said = evidence.participants.said.clone();
        let single = evidence.of(&[FactKind::Part, FactKind::Each]);
        for fact in single.filter(|fact| !fact.who.is_empty()) {
            let people = evidence.people(fact)?;
            if said.as_ref().is_some_and(|said| !same_people(said, &people)) {
                return Err(Remark::WhoSharesWhat);
            }
            said = said.or(Some(people));
        }
        let count = said.as_ref().map(Vec::len);
        let alone = count == Some(1) && evidence.has(FactKind::Equal);
        if alone || (evidence.has(FactKind::Halves) && count != Some(2)) {
            return Err(Remark::SplitWithWhom);
        }
        Ok(said.map(Split::Equal))
    }

    fn by_amounts(&self) -> Result<Split<usize>, Remark> {
        let evidence = self.evidence;
        let said = evidence.participants.said.as_ref();
        let parts = || self.whole.parts.iter().copied();
        let mut named: Vec<usize> = Vec::new();
        add_all(&mut named, parts().flat_map(Fact::named));
        let mut items: Vec<Item<usize>> = Vec::new();
        for fact in parts() {
            let members = match fact.who.as_slice() {
                [] | [Who::We] if said.is_none() && named.len() > 1 => named.clone(),
                [] => evidence.participants.sharers(),
                who => evidence.participants.resolve(who, &named).ok_or(Remark::WhoSharesWhat)?,
            };
            let name = fact.name.clone().unwrap_or_else(|| "Share".to_owned());
            items.push(Item { name, minor: evidence.minor(fact)?, members });
        }
        if let Some((members, minor)) = self.rest(&items, &named)? {
            items.push(Item { name: "Rest".to_owned(), minor, members });
        }
        let mut members = Vec::new();
        add_all(&mut members, items.iter().flat_map(|item| item.members.iter().copied()));
        if said.is_some_and(|said| !same_people(said, &members)) {
            return Err(Remark::WhoSharesWhat);
        }
        let extras = self.whole.extras;
        let unnamed = extras == <_>::default() && parts().all(|fact| fact.name.is_none());
        if unnamed && items.iter().all(|item| item.members.len() == 1) {
            let shares = items.into_iter().flat_map(|item| item.members.into_iter().map(move |one| (one, item.minor)));
            return merged(shares, i64::checked_add).map(Split::Exact);
        }
        let (tax, tip, discount) = (extras.tax, extras.tip, extras.discount);
        Ok(Split::Items(Itemized { items, tax, tip, discount }))
    }

    fn rest(&self, items: &[Item<usize>], named: &[usize]) -> Result<Option<(Vec<usize>, i64)>, Remark> {
        let Some(fact) = self.rest_fact() else { return Ok(None) };
        let extras = self.whole.extras.sum().ok_or(Remark::TooLarge)?;
        let sum = items.iter().try_fold(extras, |sum, item| sum.checked_add(item.minor)).ok_or(Remark::TooLarge)?;
        let left = self.whole.total.checked_sub(sum).filter(|left| *left > 0).ok_or(Remark::NoRest)?;
        Ok(Some((self.rest_people(fact, named)?, left)))
    }

    fn rest_fact(&self) -> Option<&Fact> {
        self.evidence.of(&[FactKind::Part]).find(|fact| fact.value == Some(Value::Rest))
    }

    fn rest_people(&self, fact: &Fact, named: &[usize]) -> Result<Vec<usize>, Remark> {
        let evidence = self.evidence;
        let found = match fact.who.as_slice() {
            who @ ([] | [Who::We | Who::Everyone(_)]) => match &evidence.participants.said {
                Some(said) => {
                    let equal = evidence.has(FactKind::Equal) || evidence.has(FactKind::Halves);
                    Some(said.clone()).filter(|said| said.len() == 2 || !who.is_empty() || equal)
                }
                None => matches!(who, [Who::Everyone(_)]).then(|| evidence.participants.everyone()),
            },
            who => evidence.participants.resolve(who, named),
        };
        found.ok_or(Remark::WhoSharesRest)
    }

    /// Percentages and fractions of the total.
    fn by_portions(&self) -> Result<Split<usize>, Remark> {
        let evidence = self.evidence;
        let percents = evidence.facts.iter().any(|fact| matches!(fact.value, Some(Value::Percent(_))));
        let (mut together, mut each, mut named) = (Vec::new(), Vec::new(), Vec::new());
        for fact in evidence.parts().filter(|fact| fact.value != Some(Value::Rest)) {
            let units = match (&fact.value, fact.count) {
                (Some(Value::Percent(hundredths)), _) => units(*hundredths, 10_000),
                (Some(Value::Fraction(above, below)), _) => units(*above, *below),
                // "Ben 30 percent, Dan 20"
                (Some(Value::Money(_)), Some(count)) if percents => units(count, 100),
                _ => None,
            };
            let units = units.ok_or(Remark::WhoHasWhichPart)?;
            let people = evidence.participants.resolve(&fact.who, &named).ok_or(Remark::WhosePart)?;
            let count = if fact.rule.is(Flag::Each) { 1 } else { people.len() as u64 };
            if units % count != 0 {
                return Err(Remark::WhoHasWhichPart);
            }
            together.extend(people.iter().map(|person| (*person, units / count)));
            each.extend(people.iter().map(|person| (*person, units)));
            add_all(&mut named, people);
        }
        let sum = |shares: &[(usize, u64)]| shares.iter().map(|(_, units)| u128::from(*units)).sum::<u128>();
        let (all, one, whole) = (sum(&together), sum(&each), u128::from(UNITS));
        let mut shares = match self.rest_fact() {
            None if all == whole => together,
            None if one == whole => each,
            Some(rest) if all < whole && (all == one || one >= whole) => {
                let members = self.rest_people(rest, &named)?;
                let (count, left) = (members.len() as u64, UNITS - u64::try_from(all).unwrap_or(UNITS));
                for (_, units) in &mut together {
                    *units *= count;
                }
                together.extend(members.into_iter().map(|person| (person, left)));
                together
            }
            _ => return Err(Remark::PercentMade { percent: all.saturating_mul(100) / whole }),
        };
        shares = merged(shares, u64::checked_add)?;
        self.weighted(&shares)
    }

    /// Percentages if they are whole hundredths, otherwise weights.
    fn weighted(&self, shares: &[(usize, u64)]) -> Result<Split<usize>, Remark> {
        let participants = &self.evidence.participants;
        let people: Vec<usize> = shares.iter().map(|(person, _)| *person).collect();
        if let Some(said) = &participants.said
            && !(people.iter().all(|person| said.contains(person)) && said.len() == participants.size)
            && !same_people(said, &people)
        {
            return Err(Remark::WhoSharesWhat);
        }
        let common = shares.iter().fold(0, |common, (_, share)| gcd(common, *share)).max(1);
        let sum: u64 = shares.iter().map(|(_, share)| share / common).sum();
        let whole = |parts: u64| {
            let part = |(person, share): &(usize, u64)| Some((*person, (share / common).checked_mul(parts)?));
            shares.iter().map(part).collect::<Option<Vec<_>>>().ok_or(Remark::WhoHasWhichPart)
        };
        Ok(if sum > 0 && 10_000 % sum == 0 {
            Split::Percent(whole(10_000 / sum)?)
        } else {
            Split::Weights(whole(100)?)
        })
    }

    /// Numbers of shares; in "Ben counts double" everybody else has one.
    fn by_weights(&self) -> Result<Split<usize>, Remark> {
        let evidence = self.evidence;
        let mut weights: Vec<(usize, u64)> = Vec::new();
        let (mut only_times, mut others) = (true, None);
        for fact in evidence.of(&[FactKind::Part, FactKind::Weight, FactKind::WeightToo]) {
            let weight = match (&fact.value, fact.count) {
                (Some(Value::Times(above, below) | Value::Fraction(above, below)), _) if *below > 0 => {
                    above.checked_mul(100).map(|above| above / below)
                }
                (_, Some(count)) => {
                    only_times = false;
                    count.checked_mul(100)
                }
                (None, None) => Some(100),
                _ => None,
            };
            let weight = weight.filter(|weight| *weight > 0).ok_or(Remark::WhoCountsMore)?;
            if let [Who::Others | Who::Everyone(_)] = fact.who.as_slice() {
                others = Some(weight);
                continue;
            }
            for person in evidence.participants.resolve(&fact.who, &[]).ok_or(Remark::WhoCountsMore)? {
                match weights.iter().find(|(other, _)| *other == person) {
                    Some((_, known)) if *known != weight => return Err(Remark::WhoCountsMore),
                    Some(_) => {}
                    None => weights.push((person, weight)),
                }
            }
        }
        let some_are_one = weights.iter().any(|(_, weight)| *weight == 100);
        let participants = match &evidence.participants.said {
            Some(said) => said.clone(),
            None if others.is_some() || (only_times && !weights.is_empty() && !some_are_one) => {
                evidence.participants.everyone()
            }
            None => Vec::new(),
        };
        for person in &participants {
            if !weights.iter().any(|(other, _)| other == person) {
                let usual = if only_times { Some(100) } else { None };
                weights.push((*person, others.or(usual).ok_or(Remark::ShareOfEach)?));
            }
        }
        let parts = evidence.of(&[FactKind::Ratio]).next().and_then(|ratio| match &ratio.value {
            Some(Value::Proportion(parts)) => Some(parts.len()),
            _ => None,
        });
        match weights.len() {
            count if count < 2 || (!participants.is_empty() && count > participants.len()) => {
                Err(Remark::WhoCountsMore)
            }
            count if parts.is_some_and(|parts| parts != count) => Err(Remark::WhoseShares),
            _ => Ok(Split::Weights(weights)),
        }
    }

    fn by_changes(&self) -> Result<Split<usize>, Remark> {
        let evidence = self.evidence;
        let mut changes: Vec<(usize, i64)> = Vec::new();
        for fact in evidence.of(&[FactKind::More, FactKind::Less]) {
            let minor = fact.money().ok_or(Remark::HowMuchMore)?;
            let minor = if fact.kind == FactKind::Less { -minor } else { minor };
            let [person] = evidence.people(fact)?[..] else { return Err(Remark::MoreForEach) };
            if changes.iter().any(|(other, _)| *other == person) {
                return Err(Remark::HowMuchMore);
            }
            changes.push((person, minor));
        }
        let participants = evidence.participants.said.clone().unwrap_or_else(|| {
            // "Ben pays 5 more than Dan and me"
            let mut people: Vec<usize> = Vec::new();
            add_all(&mut people, evidence.of(&[FactKind::Than]).flat_map(Fact::named));
            if people.is_empty() {
                return evidence.participants.everyone();
            }
            add_all(&mut people, changes.iter().map(|(person, _)| *person));
            people
        });
        if changes.iter().any(|(person, _)| !participants.contains(person)) || participants.len() < 2 {
            return Err(Remark::WhoElseShares);
        }
        let change = |person: usize| changes.iter().find(|(other, _)| *other == person).map_or(0, |(_, minor)| *minor);
        Ok(Split::Adjustments(participants.into_iter().map(|person| (person, change(person))).collect()))
    }

    fn by_ratio(&self) -> Result<Split<usize>, Remark> {
        let ratios: Vec<&Fact> = self.evidence.of(&[FactKind::Ratio]).collect();
        let [Fact { value: Some(Value::Proportion(parts)), .. }] = ratios.as_slice() else {
            return Err(Remark::WhoseShares);
        };
        let people = self.evidence.participants.said.clone().unwrap_or_default();
        // "60/40 with Ben" does not say who has 60.
        let unclear = self.evidence.has(FactKind::With) && parts.iter().any(|part| *part != parts[0]);
        if people.len() != parts.len() || unclear {
            return Err(Remark::WhoseShares);
        }
        let shares: Option<Vec<(usize, u64)>> =
            people.into_iter().zip(parts).map(|(person, part)| Some((person, part.checked_mul(100)?))).collect();
        let shares = shares.ok_or(Remark::TooLarge)?;
        let percent = shares.iter().try_fold(0_u64, |sum, (_, share)| sum.checked_add(*share)) == Some(10_000);
        Ok(if percent { Split::Percent(shares) } else { Split::Weights(shares) })
    }
}

/// The units of a fraction of the whole; `None` if that is not exact.
fn units(above: u64, below: u64) -> Option<u64> {
    UNITS.is_multiple_of(below).then(|| (UNITS / below).checked_mul(above)).flatten()
}

/// One row for each person.
fn merged<T: Copy>(
    rows: impl IntoIterator<Item = (usize, T)>,
    sum: fn(T, T) -> Option<T>,
) -> Result<Vec<(usize, T)>, Remark> {
    let mut merged: Vec<(usize, T)> = Vec::new();
    for (person, value) in rows {
        match merged.iter_mut().find(|(other, _)| *other == person) {
            Some((_, known)) => *known = sum(*known, value).ok_or(Remark::TooLarge)?,
            None => merged.push((person, value)),
        }
    }
    Ok(merged)
}

fn same_people(some: &[usize], others: &[usize]) -> bool {
    some.len() == others.len() && some.iter().all(|person| others.contains(person))
}

fn gcd(first: u64, second: u64) -> u64 {
    if second == 0 { first } else { gcd(second, first % second) }
}
