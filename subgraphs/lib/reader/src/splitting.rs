//! Builds the split of the total.

use std::collections::BTreeSet;

use money::{Item, Itemized, Split};

use crate::{
    facts::{Entry, Facts, Name},
    piece::{Party, Who},
    remark::Remark,
    sharers::Circle,
    total::{Doubt, Whole},
};

/// The inputs of a split.
pub(crate) struct Sharing<'a> {
    pub(crate) facts: &'a Facts,
    pub(crate) circle: &'a Circle,
    pub(crate) whole: &'a Whole,
    /// Returns the item name of a line.
    pub(crate) name: &'a dyn Fn(usize) -> String,
}

impl Sharing<'_> {
    /// The split; `None` if the text says nothing about it.
    pub(crate) fn split(&self) -> Result<Option<Split<usize>>, Doubt> {
        let facts = self.facts;
        let ways = [
            !self.whole.parts.is_empty(),
            !facts.portions.is_empty(),
            !facts.weights.is_empty() || !facts.parts.is_empty(),
            !facts.changes.is_empty(),
            facts.proportion.is_some(),
        ];
        let rest = !facts.rest.is_empty();
        match (ways, rest) {
            ([true, false, false, false, false], _) => self.by_amounts().map(Some),
            ([false, true, false, false, false], _) => self.by_portions().map(Some),
            ([false, false, true, false, false], false) => self.by_weights().map(Some),
            // "Ben 5 more, the rest equally"
            ([false, false, false, true, false], _) if facts.rest.iter().all(Party::is_all) => {
                self.by_changes().map(Some)
            }
            ([false, false, false, false, true], false) => self.by_proportion().map(Some),
            ([false, false, false, false, false], false) if facts.equal && self.circle.sharers().len() == 1 => {
                Err(Remark::SplitWithWhom)
            }
            ([false, false, false, false, false], false) => Ok(self.equally()),
            _ => Err(Remark::WhoSharesWhat),
        }
    }

    fn equally(&self) -> Option<Split<usize>> {
        let said = self.circle.said.clone();
        said.or_else(|| self.facts.equal.then(|| self.circle.everyone())).map(Split::Equal)
    }

    fn people(&self, party: &Party, others: &BTreeSet<usize>) -> Result<Vec<usize>, Doubt> {
        self.circle.resolve(party, others).filter(|people| !people.is_empty()).ok_or(Remark::WhoSharesWhat)
    }

    fn by_amounts(&self) -> Result<Split<usize>, Doubt> {
        let named = having_parts(self.whole.parts.iter().filter_map(|entry| entry.people.as_ref()));
        let mut items = Vec::new();
        for entry in &self.whole.parts {
            items.push(self.item(entry, &named)?);
        }
        if let Some(rest) = self.rest(&items, &named)? {
            items.push(rest);
        }
        self.covers_everybody(items.iter().flat_map(|item| &item.members))?;
        let (tax, tip, discount) = (self.whole.tax, self.whole.tip, self.whole.discount);
        let plain = tax == 0 && tip == 0 && discount == 0 && items.iter().all(|item| item.members.len() == 1);
        let unnamed = self.whole.parts.iter().all(|entry| entry.name == Name::Nothing);
        if plain && unnamed {
            return exact(&items).map(Split::Exact);
        }
        Ok(Split::Items(Itemized { items, tax, tip, discount }))
    }

    fn item(&self, entry: &Entry, named: &BTreeSet<usize>) -> Result<Item<usize>, Doubt> {
        let together = entry.people.as_ref().is_none_or(|party| party.who == Who::We);
        // A thing that is only "shared" is ambiguous if some members are not named; "shared between us" means the named
        // people.
        let clear = self.circle.said.is_some() || named.is_empty() || named.len() == self.circle.everyone().len();
        let us = entry.people.is_some() && named.len() > 1 && self.circle.has_speaker(named);
        if together && !clear && us {
            let members = named.iter().copied().collect();
            return Ok(Item { name: (self.name)(entry.line), minor: entry.minor, members });
        }
        if together && !clear {
            return Err(Remark::WhoSharesThing { name: (self.name)(entry.line) });
        }
        let members = match &entry.people {
            Some(party) => self.people(party, named)?,
            None => self.circle.sharers(),
        };
        Ok(Item { name: (self.name)(entry.line), minor: entry.minor, members })
    }

    /// The rest of the total as an item of the people who take it.
    fn rest(&self, items: &[Item<usize>], named: &BTreeSet<usize>) -> Result<Option<Item<usize>>, Doubt> {
        let Some(members) = self.rest_people(named)? else { return Ok(None) };
        let given = items.iter().try_fold(self.whole.tax, |sum, item| sum.checked_add(item.minor));
        let given = given.and_then(|sum| sum.checked_add(self.whole.tip)?.checked_sub(self.whole.discount));
        let left = self.whole.total.zip(given).and_then(|(total, given)| total.checked_sub(given));
        match left {
            Some(minor) if minor > 0 => Ok(Some(Item { name: "Rest".to_owned(), minor, members })),
            _ => Err(Remark::NoRest),
        }
    }

    fn rest_people(&self, named: &BTreeSet<usize>) -> Result<Option<Vec<usize>>, Doubt> {
        match self.facts.rest.as_slice() {
            [] => Ok(None),
            // In "the rest equally" it is ambiguous whether people with a part of their own share the rest. Of two
            // sharers, both do.
            [Party { who: Who::We, .. }] => match self.circle.said.as_deref() {
                Some(both @ [_, _]) => Ok(Some(both.to_vec())),
                // People with things of their own also share the rest.
                Some(sharers) if self.has_own_things() => Ok(Some(sharers.to_vec())),
                None if self.has_own_things() => Ok(Some(self.circle.everyone())),
                _ => Err(Remark::WhoSharesRest),
            },
            [party] => self.people(party, named).map(Some),
            _ => Err(Remark::WhoSharesRest),
        }
    }

    /// Asks for missing shares if a named sharer has none.
    fn covers_everybody<'p>(&self, having: impl Iterator<Item = &'p usize>) -> Result<(), Doubt> {
        let having: BTreeSet<usize> = having.copied().collect();
        let said: BTreeSet<usize> = self.circle.said.iter().flatten().copied().collect();
        if said.is_empty() || said == having { Ok(()) } else { Err(Remark::ShareOfEach) }
    }

    fn has_own_things(&self) -> bool {
        let mut theirs = self.whole.parts.iter().filter(|entry| entry.people.is_some()).peekable();
        theirs.peek().is_some() && theirs.all(|entry| entry.own)
    }

    /// Percentages and fractions, with a common denominator.
    fn by_portions(&self) -> Result<Split<usize>, Doubt> {
        let named = having_parts(self.facts.portions.iter().map(|portion| &portion.people));
        let mut shares = Portions::default();
        for portion in &self.facts.portions {
            let people = self.people(&portion.people, &named)?;
            let (above, below) = portion.of;
            let divisor = if portion.each { 1 } else { people.len() as u64 };
            shares.add(&people, above, below.checked_mul(divisor).ok_or_else(too_large)?)?;
        }
        if let Some(people) = self.rest_people(&named)? {
            let left = shares.left().ok_or_else(|| Remark::PercentAlready { percent: shares.percent() })?;
            let below = shares.below.checked_mul(people.len() as u64).ok_or_else(too_large)?;
            shares.add(&people, left, below)?;
        }
        if shares.left() != Some(0) || !shares.is_whole() {
            return Err(Remark::PercentMade { percent: shares.percent() });
        }
        self.covers_everybody(shares.rows.iter().map(|(person, _)| person))?;
        Ok(shares.split())
    }

    fn by_weights(&self) -> Result<Split<usize>, Doubt> {
        let facts = self.facts;
        let mut weights: Vec<(usize, (u64, u64))> = Vec::new();
        if facts.parts.is_empty() {
            self.may_be_compared()?;
            weights.extend(self.weighed_alone().into_iter().map(|person| (person, (1, 1))));
        }
        let named = having_parts(facts.parts.iter().map(|(party, _)| party));
        // "one share each, but two for Ben"
        let (all, some): (Vec<_>, Vec<_>) = facts.parts.iter().partition(|(party, _)| party.is_all());
        for (party, parts) in &all {
            for person in self.people(party, &named)? {
                put(&mut weights, person, (*parts, 1), true)?;
            }
        }
        weights.retain(|(person, _)| !named.contains(person));
        for (party, parts) in some {
            for person in self.people(party, &named)? {
                put(&mut weights, person, (*parts, 1), true)?;
            }
        }
        let weighed = having_parts(facts.weights.iter().map(|(party, _)| party));
        // "Ben uses twice as much as me, so two shares for him and one for me" states the weights twice.
        let told = |party: &&(Party, (u64, u64))| facts.compared.is_empty() || !is_among(&party.0, &named);
        for (party, factor) in facts.weights.iter().filter(told) {
            for person in self.people(party, &weighed)? {
                put(&mut weights, person, *factor, !facts.parts.is_empty())?;
            }
        }
        self.covers_everybody(weights.iter().map(|(person, _)| person))?;
        let common = weights.iter().try_fold(1_u64, |common, (_, (_, below))| multiple(common, *below));
        let scaled = common.and_then(|common| {
            let weight = |(person, (above, below)): &(usize, (u64, u64))| {
                Some((*person, above.checked_mul(common / below)?.checked_mul(100)?))
            };
            weights.iter().map(weight).collect::<Option<Vec<_>>>()
        });
        scaled.map(Split::Weights).ok_or_else(too_large)
    }

    /// The people who share by weights. If a weight of one is named explicitly, only the named people share:
    /// "Ben double, me single".
    fn weighed_alone(&self) -> Vec<usize> {
        let weights = &self.facts.weights;
        let plain = weights.iter().any(|(_, factor)| *factor == (1, 1));
        let named = weights.iter().all(|(party, _)| matches!(party.who, Who::Named(_)));
        if self.circle.said.is_none() && plain && named && weights.len() > 1 {
            return having_parts(weights.iter().map(|(party, _)| party)).into_iter().collect();
        }
        self.circle.sharers()
    }

    /// Asks who else shares: "twice as much as me" leaves the share of a third person open.
    fn may_be_compared(&self) -> Result<(), Doubt> {
        let sharers = self.circle.sharers();
        let weighed = self.facts.weights.iter().map(|(party, _)| party);
        let changed = self.facts.changes.iter().map(|change| &change.people);
        let own = having_parts(weighed.chain(changed)).len().max(1);
        let named = self.facts.compared.iter().filter_map(|party| match &party.who {
            Who::Named(people) => Some(people.len()),
            Who::Unclear => Some(usize::MAX),
            _ => None,
        });
        for compared in named {
            if self.facts.weights.len().max(self.facts.changes.len()) != 1
                || sharers.len() != compared.saturating_add(own)
            {
                return Err(Remark::WhoElseShares);
            }
        }
        Ok(())
    }

    fn by_changes(&self) -> Result<Split<usize>, Doubt> {
        self.may_be_compared()?;
        let named = having_parts(self.facts.changes.iter().map(|change| &change.people));
        let mut rows: Vec<(usize, i64)> = self.circle.sharers().into_iter().map(|person| (person, 0)).collect();
        for change in &self.facts.changes {
            let people = self.people(&change.people, &named)?;
            if people.len() > 1 && !change.each {
                return Err(Remark::MoreForEach);
            }
            for person in people {
                match rows.iter_mut().find(|(known, _)| *known == person) {
                    Some((_, own)) => *own = own.checked_add(change.minor).ok_or_else(too_large)?,
                    None => return Err(Remark::WhoSharesWhat),
                }
            }
        }
        Ok(Split::Adjustments(rows))
    }

    fn by_proportion(&self) -> Result<Split<usize>, Doubt> {
        let Some((parts, party)) = &self.facts.proportion else { return Err(Remark::WhoSharesWhat) };
        let equal = parts.windows(2).all(|pair| pair[0] == pair[1]);
        let people = match party {
            Some(party @ Party { who: Who::Named(people), .. }) if !equal || people.len() == parts.len() => {
                self.people(party, &BTreeSet::new())?
            }
            _ => self.circle.sharers(),
        };
        // "60/40 with Ben" leaves open who has the larger part.
        let ordered =
            equal || party.as_ref().is_some_and(|party| matches!(party.who, Who::Named(_))) && people.len() > 1;
        if people.len() != parts.len() || !ordered {
            return Err(Remark::WhoHasWhichPart);
        }
        if equal {
            return Ok(Split::Equal(people));
        }
        self.covers_everybody(people.iter())?;
        let weight = |(person, part): (usize, &u64)| part.checked_mul(100).map(|part| (person, part));
        let weights: Option<Vec<_>> = people.into_iter().zip(parts).map(weight).collect();
        weights.map(Split::Weights).ok_or_else(too_large)
    }
}

/// Everybody who has a part of their own.
fn having_parts<'p>(parties: impl Iterator<Item = &'p Party>) -> BTreeSet<usize> {
    let named = parties.filter_map(|party| if let Who::Named(people) = &party.who { Some(people) } else { None });
    named.flatten().copied().collect()
}

fn is_among(party: &Party, named: &BTreeSet<usize>) -> bool {
    matches!(&party.who, Who::Named(people) if people.iter().all(|person| named.contains(person)))
}

fn put(
    weights: &mut Vec<(usize, (u64, u64))>,
    person: usize,
    factor: (u64, u64),
    may_be_new: bool,
) -> Result<(), Doubt> {
    match weights.iter_mut().find(|(known, _)| *known == person) {
        Some((_, weight)) if *weight == (1, 1) && !may_be_new => *weight = factor,
        None if may_be_new => weights.push((person, factor)),
        _ => return Err(Remark::WhoSharesWhat),
    }
    Ok(())
}

fn too_large() -> Doubt {
    Remark::TooLarge
}

/// The sum of the amounts of each person.
fn exact(items: &[Item<usize>]) -> Result<Vec<(usize, i64)>, Doubt> {
    let mut shares: Vec<(usize, i64)> = Vec::new();
    for item in items {
        for person in &item.members {
            match shares.iter_mut().find(|(known, _)| known == person) {
                Some((_, minor)) => *minor = minor.checked_add(item.minor).ok_or_else(too_large)?,
                None => shares.push((*person, item.minor)),
            }
        }
    }
    Ok(shares)
}

/// Parts of a whole, with a common denominator.
#[derive(Default)]
struct Portions {
    rows: Vec<(usize, u64)>,
    below: u64,
}

impl Portions {
    fn add(&mut self, people: &[usize], above: u64, below: u64) -> Result<(), Doubt> {
        let common = multiple(self.below.max(1), below).ok_or_else(too_large)?;
        let grow = common / self.below.max(1);
        for (_, part) in &mut self.rows {
            *part = part.checked_mul(grow).ok_or_else(too_large)?;
        }
        self.below = common;
        let part = above.checked_mul(common / below).ok_or_else(too_large)?;
        for person in people {
            match self.rows.iter_mut().find(|(known, _)| known == person) {
                Some(_) => return Err(Remark::WhoHasWhichPart),
                None => self.rows.push((*person, part)),
            }
        }
        Ok(())
    }

    fn sum(&self) -> Option<u64> {
        self.rows.iter().try_fold(0_u64, |sum, (_, part)| sum.checked_add(*part))
    }

    fn left(&self) -> Option<u64> {
        self.below.checked_sub(self.sum()?)
    }

    fn is_whole(&self) -> bool {
        self.sum() == Some(self.below)
    }

    fn percent(&self) -> u128 {
        self.sum().map_or(0, |sum| u128::from(sum) * 100 / u128::from(self.below.max(1)))
    }

    /// By percentages if these are exact in hundredths of a percent, otherwise by weights.
    fn split(self) -> Split<usize> {
        let below = u128::from(self.below);
        let hundredths = |(person, part): &(usize, u64)| {
            let scaled = u128::from(*part) * 10_000;
            (scaled % below == 0).then(|| u64::try_from(scaled / below).map(|share| (*person, share)).ok()).flatten()
        };
        let percents: Option<Vec<_>> = self.rows.iter().map(hundredths).collect();
        percents.map_or(Split::Weights(self.rows), Split::Percent)
    }
}

fn multiple(left: u64, right: u64) -> Option<u64> {
    let divisor = greatest_common_divisor(left, right).max(1);
    left.checked_mul(right / divisor)
}

fn greatest_common_divisor(left: u64, right: u64) -> u64 {
    if right == 0 { left } else { greatest_common_divisor(right, left % right) }
}
