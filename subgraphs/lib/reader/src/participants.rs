//! Who shares: resolves the people of the facts to members of the group.

use crate::{fact::Fact, pattern::FactKind, piece::Who, remark::Remark};

/// The members of the group as far as this text is concerned.
#[derive(Clone, Debug, Default)]
pub(crate) struct Participants {
    pub(crate) size: usize,
    pub(crate) speaker: usize,
    /// Everybody who is named anywhere in the text.
    pub(crate) named: Vec<usize>,
    /// The people who share, if the text names them, in text order.
    pub(crate) said: Option<Vec<usize>>,
}

impl Participants {
    pub(crate) fn of(size: usize, speaker: usize, facts: &[Fact]) -> Result<Self, Remark> {
        let mut participants = Self { size, speaker, ..Self::default() };
        for person in facts.iter().flat_map(|fact| &fact.who).filter_map(named).flatten() {
            add(&mut participants.named, *person);
        }
        participants.said = participants.sharing(facts)?;
        Ok(participants)
    }

    pub(crate) fn everyone(&self) -> Vec<usize> {
        (0..self.size).collect()
    }

    pub(crate) fn sharers(&self) -> Vec<usize> {
        self.said.clone().unwrap_or_else(|| self.everyone())
    }

    /// The members that these people are; `besides` are those whom "the others" excludes.
    pub(crate) fn resolve(&self, who: &[Who], besides: &[usize]) -> Option<Vec<usize>> {
        let mut people = Vec::new();
        let who_list = who;
        for who in who {
            let more = match who {
                Who::Named(people) => people.clone(),
                Who::Everyone(without) => {
                    self.sharers().into_iter().filter(|person| !without.contains(person)).collect()
                }
                Who::Others if besides.is_empty() => return None,
                Who::Others => self.sharers().into_iter().filter(|person| !besides.contains(person)).collect(),
                Who::We if !people.is_empty() || who_list.len() > 1 => Vec::new(),
                Who::We => self.us(),
                Who::Count(count) => self.so_many(*count, &people)?,
                Who::He | Who::They | Who::Himself | Who::Unclear => return None,
            };
            add_all(&mut people, more);
        }
        Some(people).filter(|people| !people.is_empty())
    }

    /// "we": those who share, otherwise the writer and everybody who is named.
    fn us(&self) -> Vec<usize> {
        match &self.said {
            Some(said) => said.clone(),
            None => self.everyone(),
        }
    }

    /// Resolves "the two of us", which may follow the names: "we two, Ben and I".
    fn so_many(&self, count: u64, listed: &[usize]) -> Option<Vec<usize>> {
        let fits = |people: &Vec<usize>| people.len() as u64 == count;
        let mut with_writer = self.named.clone();
        add(&mut with_writer, self.speaker);
        let all =
            [listed.to_vec(), self.everyone(), self.said.clone().unwrap_or_default(), with_writer, self.named.clone()];
        all.into_iter().find(fits)
    }

    fn sharing(&self, facts: &[Fact]) -> Result<Option<Vec<usize>>, Remark> {
        let of = |kinds: &[FactKind]| facts.iter().filter(|fact| kinds.contains(&fact.kind)).collect::<Vec<_>>();
        let strong = of(&[FactKind::Share, FactKind::With]);
        let heads = of(&[FactKind::Heads]);
        let absent = of(&[FactKind::Except]);
        let mut said = self.together(&strong, facts)?;
        if said.is_none() {
            said = self.together(&of(&[FactKind::Mention, FactKind::Bystander]), facts)?;
            let owners: Vec<usize> = of(&[FactKind::Owner])
                .iter()
                .flat_map(|fact| &fact.who)
                .filter_map(crate::participants::named)
                .flatten()
                .copied()
                .collect();
            let divided =
                facts.iter().any(|fact| matches!(fact.kind, FactKind::Part | FactKind::PartEach | FactKind::Except));
            if said.is_none() && !owners.is_empty() && !divided && heads.is_empty() {
                let mut people = Vec::new();
                add_all(&mut people, owners);
                return Ok(Some(people));
            }
            if said.as_ref().is_some_and(|said| said.len() == 1 && self.size > 1) {
                return Err(Remark::PaidOrShared);
            }
        } else {
            if said.as_deref() == Some(&[self.speaker]) && strong.iter().all(|fact| fact.kind == FactKind::With) {
                // "Ben came along with me"
                let mut people = self
                    .together(&of(&[FactKind::Mention, FactKind::Bystander]), facts)?
                    .ok_or(Remark::SplitWithWhom)?;
                add(&mut people, self.speaker);
                return Ok(Some(people));
            }
            self.explained(&of(&[FactKind::Mention]), facts)?;
        }
        for fact in heads {
            let Some(count) = fact.count else { return Err(Remark::WhoShares) };
            said = Some(match said {
                Some(said) if said.len() as u64 == count => said,
                Some(said) if said.len() < self.size => {
                    let mut us = said.clone();
                    add(&mut us, self.speaker);
                    if us.len() as u64 != count {
                        return Err(Remark::WhoAreThe { count });
                    }
                    us
                }
                _ => self.so_many(count, &[]).ok_or(Remark::WhoAreThe { count })?,
            });
        }
        if !absent.is_empty() {
            let mut people = said.unwrap_or_else(|| self.everyone());
            for fact in absent {
                let gone = match fact.who.as_slice() {
                    [Who::Others] => continue,
                    who => self.resolve(who, &[]).ok_or(Remark::WhoTakesNoPart)?,
                };
                people.retain(|person| !gone.contains(person));
            }
            if people.is_empty() {
                return Err(Remark::WhoIsOut);
            }
            said = Some(people);
        }
        Ok(said)
    }

    /// Asks about a person of whom only the name is said although others share: "Ben came along, 30 for all of us".
    fn explained(&self, mentions: &[&Fact], facts: &[Fact]) -> Result<(), Remark> {
        let said = facts.iter().filter(|fact| matches!(fact.kind, FactKind::Share | FactKind::With));
        let everyone = said.flat_map(|fact| &fact.who).any(|who| !matches!(who, Who::Named(_)));
        let alone = mentions.iter().filter(|fact| fact.who.len() == 1 || !everyone);
        for person in alone.flat_map(|fact| &fact.who).filter_map(named).flatten() {
            let told = |fact: &Fact| {
                let whole = matches!(
                    fact.kind,
                    FactKind::Mention | FactKind::Nothing | FactKind::Refund | FactKind::Share | FactKind::With
                );
                !whole && fact.who.iter().filter_map(named).any(|people| people.contains(person))
            };
            if !facts.iter().any(told) {
                return Err(Remark::PaidOrShared);
            }
        }
        Ok(())
    }

    /// The people of these facts together.
    fn together(&self, sharing: &[&Fact], facts: &[Fact]) -> Result<Option<Vec<usize>>, Remark> {
        let mut people: Vec<usize> = Vec::new();
        let mut everyone = None;
        for fact in sharing {
            for who in &fact.who {
                match who {
                    Who::Named(named) => add_all(&mut people, named.iter().copied()),
                    Who::Everyone(without) => {
                        let all: Vec<usize> = (0..self.size).filter(|person| !without.contains(person)).collect();
                        everyone = Some(all);
                    }
                    Who::Others => {
                        let absent: Vec<usize> = facts
                            .iter()
                            .filter(|fact| fact.kind == FactKind::Except)
                            .flat_map(|fact| &fact.who)
                            .filter_map(named)
                            .flatten()
                            .copied()
                            .collect();
                        if absent.is_empty() {
                            return Err(Remark::WhoAreTheOthers);
                        }
                        everyone = Some((0..self.size).filter(|person| !absent.contains(person)).collect());
                    }
                    Who::Count(count) => {
                        let found = self.so_many(*count, &people).ok_or(Remark::WhoAreThe { count: *count })?;
                        add_all(&mut people, found);
                    }
                    Who::We => {}
                    Who::He | Who::They | Who::Himself | Who::Unclear => return Err(Remark::WhoShares),
                }
            }
            if fact.kind == FactKind::With {
                // "Ben paid for dinner with Dan and me": Ben takes part, too.
                if people.contains(&self.speaker)
                    && let Some(payer) = facts.iter().find(|fact| matches!(fact.kind, FactKind::Paid | FactKind::Back))
                    && let [Who::Named(payer)] = payer.who.as_slice()
                {
                    add_all(&mut people, payer.iter().copied());
                }
                add(&mut people, self.speaker);
            }
        }
        Ok(match (people.is_empty(), everyone) {
            (true, everyone) => everyone,
            (false, None) => Some(people),
            (false, Some(everyone)) if people.len() == everyone.len() => Some(everyone),
            (false, Some(_)) => return Err(Remark::EveryoneOrNamed),
        })
    }
}

/// The people who are named.
pub(crate) fn named(who: &Who) -> Option<&Vec<usize>> {
    if let Who::Named(people) = who { Some(people) } else { None }
}

/// Adds those who are not among the people yet.
pub(crate) fn add_all(people: &mut Vec<usize>, more: impl IntoIterator<Item = usize>) {
    for person in more {
        add(people, person);
    }
}

pub(crate) fn add(people: &mut Vec<usize>, person: usize) {
    if !people.contains(&person) {
        people.push(person);
    }
}
