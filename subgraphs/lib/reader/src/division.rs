//! How the total is split.

use money::{Item, Itemized, Split};

use crate::{
    evidence::Evidence,
    fact::Fact,
    participants::{add, add_all, named},
    pattern::FactKind,
    piece::{Value, Who},
    remark::Remark,
    whole::Whole,
};

/// The inputs of a split.
pub(crate) struct Division<'a> {
    pub(crate) evidence: &'a Evidence<'a>,
    pub(crate) whole: &'a Whole,
}

impl Division<'_> {
    /// The split; `None` if the text says nothing about it.
    pub(crate) fn split(&self) -> Result<Option<Split<usize>>, Remark> {
        let evidence = self.evidence;
        let parts = || evidence.facts.iter().filter(|fact| matches!(fact.kind, FactKind::Part | FactKind::PartEach));
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
        let single = evidence
            .facts
            .iter()
            .filter(|fact| matches!(fact.kind, FactKind::Part | FactKind::PartEach | FactKind::Each));
        let mut said = evidence.participants.said.clone();
        for fact in single.filter(|fact| !fact.who.is_empty()) {
            let people = evidence.people(fact)?;
            if said
                .as_ref()
                .is_some_and(|said| said.len() != people.len() || !people.iter().all(|person| said.contains(person)))
            {
                return Err(Remark::WhoSharesWhat);
            }
            said = said.or(Some(people));
        }
        let halves = evidence.has(FactKind::Halves);
        match &said {
            Some(said) if halves && said.len() != 2 => return Err(Remark::SplitWithWhom),
            None if halves => return Err(Remark::SplitWithWhom),
            Some(said) if said.len() == 1 && evidence.has(FactKind::Equal) => return Err(Remark::SplitWithWhom),
            _ => {}
        }
        Ok(said.map(Split::Equal))
    }

    fn by_amounts(&self) -> Result<Split<usize>, Remark> {
        let evidence = self.evidence;
        let mut named: Vec<usize> = Vec::new();
        let parts = || self.whole.parts.iter().map(|place| &evidence.facts[*place]);
        for person in parts().flat_map(|fact| &fact.who).filter_map(crate::participants::named).flatten() {
            add(&mut named, *person);
        }
        let mut items: Vec<Item<usize>> = Vec::new();
        for (place, fact) in self.whole.parts.iter().map(|place| (place, &evidence.facts[*place])) {
            let members = match fact.who.as_slice() {
                [] | [Who::We] if evidence.participants.said.is_none() && named.len() > 1 => named.clone(),
                [] => evidence.participants.sharers(),
                who => evidence.participants.resolve(who, &named).ok_or(Remark::WhoSharesWhat)?,
            };
            items.push(Item { name: evidence.name(*place), minor: evidence.minor(fact)?, members });
        }
        if let Some((members, minor)) = self.rest(&items, &named)? {
            items.push(Item { name: "Rest".to_owned(), minor, members });
        }
        if let Some(said) = &evidence.participants.said
            && !items.iter().flat_map(|item| &item.members).all(|person| said.contains(person))
        {
            return Err(Remark::WhoSharesWhat);
        }
        if let Some(said) = &evidence.participants.said
            && !said.iter().all(|person| items.iter().any(|item| item.members.contains(person)))
        {
            return Err(Remark::WhoSharesWhat);
        }
        let extras = self.whole.extras;
        let plain = extras.tip == 0 && extras.tax == 0 && extras.discount == 0;
        let unnamed = parts().all(|fact| fact.name.is_none());
        if plain && unnamed && items.iter().all(|item| item.members.len() == 1) {
            let mut shares: Vec<(usize, i64)> = Vec::new();
            for item in &items {
                match shares.iter_mut().find(|(person, _)| *person == item.members[0]) {
                    Some((_, minor)) => *minor = minor.checked_add(item.minor).ok_or(Remark::TooLarge)?,
                    None => shares.push((item.members[0], item.minor)),
                }
            }
            return Ok(Split::Exact(shares));
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
        self.evidence.facts.iter().find(|fact| fact.kind == FactKind::Part && fact.value == Some(Value::Rest))
    }

    fn rest_people(&self, fact: &Fact, named: &[usize]) -> Result<Vec<usize>, Remark> {
        let participants = &self.evidence.participants;
        match fact.who.as_slice() {
            [] | [Who::We | Who::Everyone(_)] => match &participants.said {
                Some(said)
                    if said.len() == 2
                        || !fact.who.is_empty()
                        || self.evidence.has(FactKind::Equal)
                        || self.evidence.has(FactKind::Halves) =>
                {
                    Ok(said.clone())
                }
                None if matches!(fact.who.as_slice(), [Who::Everyone(_)]) => Ok(participants.everyone()),
                _ => Err(Remark::WhoSharesRest),
            },
            who => participants.resolve(who, named).ok_or(Remark::WhoSharesRest),
        }
    }

    /// Percentages and fractions of the total.
    fn by_portions(&self) -> Result<Split<usize>, Remark> {
        let evidence = self.evidence;
        let percents = evidence.facts.iter().any(|fact| matches!(fact.value, Some(Value::Percent(_))));
        let mut portions: Vec<(Vec<usize>, (u128, u128), bool)> = Vec::new();
        let mut named = Vec::new();
        for fact in evidence.facts.iter().filter(|fact| matches!(fact.kind, FactKind::Part | FactKind::PartEach)) {
            let part = match (&fact.value, fact.count) {
                (Some(Value::Percent(hundredths)), _) => (u128::from(*hundredths), 10_000),
                (Some(Value::Fraction(above, below)), _) => (u128::from(*above), u128::from(*below)),
                // "Ben 30 percent, Dan 20"
                (Some(Value::Money(_)), Some(count)) if percents => (u128::from(count) * 100, 10_000),
                (Some(Value::Rest), _) => continue,
                _ => return Err(Remark::WhoHasWhichPart),
            };
            if fact.who.is_empty() {
                return Err(Remark::WhosePart);
            }
            let people = evidence.participants.resolve(&fact.who, &named).ok_or(Remark::WhosePart)?;
            add_all(&mut named, people.iter().copied());
            portions.push((people, part, fact.kind == FactKind::PartEach));
        }
        if portions.iter().any(|(_, (_, below), _)| *below == 0 || *below > 1_000_000) || portions.len() > 40 {
            return Err(Remark::WhoHasWhichPart);
        }
        let below = portions.iter().fold(1_u128, |lcm, (people, (_, below), _)| {
            let below = below * people.len() as u128;
            (lcm / gcd(lcm, below)).saturating_mul(below)
        });
        if below > u128::from(u64::MAX) {
            return Err(Remark::WhoHasWhichPart);
        }
        let units = |each: bool| -> Vec<(usize, u128)> {
            portions
                .iter()
                .flat_map(|(people, (above, under), all)| {
                    let whole = below / under * above;
                    let one = if each || *all { whole } else { whole / people.len() as u128 };
                    people.iter().map(move |person| (*person, one))
                })
                .collect()
        };
        let rest = self.rest_fact();
        let (together, each) = (units(false), units(true));
        let sum = |units: &[(usize, u128)]| units.iter().map(|(_, part)| part).sum::<u128>();
        let mut shares = match (sum(&together), sum(&each)) {
            (all, _) if all == below && rest.is_none() => together,
            (_, all) if all == below && rest.is_none() => each,
            (all, one) if rest.is_some() && all < below && (all == one || one >= below) => together,
            (all, _) => {
                let percent = all.saturating_mul(100) / below;
                return Err(Remark::PercentMade { percent });
            }
        };
        if let Some(rest) = rest {
            let members = self.rest_people(rest, &named)?;
            let left = below - sum(&shares);
            let count = members.len() as u128;
            for share in &mut shares {
                share.1 *= count;
            }
            shares.extend(members.into_iter().map(|person| (person, left)));
        }
        self.weighted(shares)
    }

    fn weighted(&self, shares: Vec<(usize, u128)>) -> Result<Split<usize>, Remark> {
        let mut merged: Vec<(usize, u128)> = Vec::new();
        for (person, share) in shares {
            match merged.iter_mut().find(|(other, _)| *other == person) {
                Some((_, known)) => *known += share,
                None => merged.push((person, share)),
            }
        }
        if let Some(said) = &self.evidence.participants.said
            && !merged.iter().all(|(person, _)| said.contains(person))
        {
            return Err(Remark::WhoSharesWhat);
        }
        if let Some(said) = &self.evidence.participants.said
            && said.len() < self.evidence.participants.size
            && !said.iter().all(|person| merged.iter().any(|(other, _)| other == person))
        {
            return Err(Remark::WhoSharesWhat);
        }
        let common = merged.iter().fold(0, |common, (_, share)| gcd(common, *share)).max(1);
        let sum: u128 = merged.iter().map(|(_, share)| share).sum();
        // Percentages if they are whole hundredths.
        let percent = merged.iter().map(|(person, share)| {
            let hundredths = share.checked_mul(10_000)?;
            (sum > 0 && hundredths % sum == 0).then(|| (*person, u64::try_from(hundredths / sum).unwrap_or(0)))
        });
        if let Some(percents) = percent.collect::<Option<Vec<_>>>() {
            return Ok(Split::Percent(percents));
        }
        let weights =
            merged.iter().map(|(person, share)| Some((*person, u64::try_from(share / common).ok()?.checked_mul(100)?)));
        weights.collect::<Option<Vec<_>>>().map(Split::Weights).ok_or(Remark::WhoHasWhichPart)
    }

    /// Numbers of shares; in "Ben counts double" everybody else has one.
    fn by_weights(&self) -> Result<Split<usize>, Remark> {
        let evidence = self.evidence;
        let mut weights: Vec<(usize, u64)> = Vec::new();
        let mut only_times = true;
        let mut others = None;
        for fact in evidence.facts.iter().filter(|fact| {
            matches!(fact.kind, FactKind::Part | FactKind::PartEach | FactKind::Weight | FactKind::WeightToo)
        }) {
            let weight = match (&fact.value, fact.count) {
                (Some(Value::Times(above, below) | Value::Fraction(above, below)), _) if *below > 0 => {
                    above.checked_mul(100).map(|above| above / below)
                }
                (_, Some(count)) => {
                    only_times = false;
                    count.checked_mul(100)
                }
                (None, None) => Some(100),
                _ => return Err(Remark::WhoCountsMore),
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
        let everybody = only_times || others.is_some();
        let participants = match &evidence.participants.said {
            Some(said) => said.clone(),
            None if everybody
                && weights.iter().any(|(_, weight)| *weight != 100)
                && !weights.iter().any(|(_, weight)| *weight == 100) =>
            {
                evidence.participants.everyone()
            }
            None if others.is_some() => evidence.participants.everyone(),
            None => Vec::new(),
        };
        for person in &participants {
            if !weights.iter().any(|(other, _)| other == person) {
                if !everybody {
                    return Err(Remark::ShareOfEach);
                }
                weights.push((*person, others.unwrap_or(100)));
            }
        }
        if weights.len() < 2 || (!participants.is_empty() && weights.len() > participants.len()) {
            return Err(Remark::WhoCountsMore);
        }
        if let Some(ratio) = evidence.of_kind(FactKind::Ratio).next()
            && let Some(Value::Proportion(parts)) = &ratio.value
            && parts.len() != weights.len()
        {
            return Err(Remark::WhoseShares);
        }
        Ok(Split::Weights(weights))
    }

    fn by_changes(&self) -> Result<Split<usize>, Remark> {
        let evidence = self.evidence;
        let mut changes: Vec<(usize, i64)> = Vec::new();
        for fact in evidence.facts.iter().filter(|fact| matches!(fact.kind, FactKind::More | FactKind::Less)) {
            let minor = fact.money().ok_or(Remark::HowMuchMore)?;
            let minor = if fact.kind == FactKind::Less { -minor } else { minor };
            let people = evidence.people(fact)?;
            if people.len() > 1 {
                return Err(Remark::MoreForEach);
            }
            if changes.iter().any(|(person, _)| *person == people[0]) {
                return Err(Remark::HowMuchMore);
            }
            changes.push((people[0], minor));
        }
        let participants = evidence.participants.said.clone().unwrap_or_else(|| {
            // "Ben pays 5 more than Dan and me"
            let compared = evidence.of_kind(FactKind::Than).flat_map(|fact| &fact.who).filter_map(named).flatten();
            let mut people: Vec<usize> = Vec::new();
            add_all(&mut people, compared.copied());
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
        let evidence = self.evidence;
        let ratios: Vec<&Fact> = evidence.of_kind(FactKind::Ratio).collect();
        let [Fact { value: Some(Value::Proportion(parts)), .. }] = ratios.as_slice() else {
            return Err(Remark::WhoseShares);
        };
        let people = evidence.participants.said.clone().unwrap_or_default();
        if people.len() != parts.len() {
            return Err(Remark::WhoseShares);
        }
        let sum = parts.iter().try_fold(0_u64, |sum, part| sum.checked_add(*part)).ok_or(Remark::TooLarge)?;
        let hundredths = |part: &u64| part.checked_mul(100).ok_or(Remark::TooLarge);
        let shares: Vec<(usize, u64)> = people
            .into_iter()
            .zip(parts)
            .map(|(person, part)| Ok((person, hundredths(part)?)))
            .collect::<Result<_, Remark>>()?;
        Ok(if sum == 100 { Split::Percent(shares) } else { Split::Weights(shares) })
    }
}

fn gcd(first: u128, second: u128) -> u128 {
    if second == 0 { first } else { gcd(second, first % second) }
}
