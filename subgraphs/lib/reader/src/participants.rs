//! The facts with their people: who shares, and whom "we" or "the others" stands for.

use money::{Amount, Currency};

use crate::{
    fact::Fact,
    pattern::{FactKind, Flag},
    remark::Remark,
    token::Who,
};

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
        add_all(&mut participants.named, facts.iter().flat_map(Fact::named));
        participants.said = participants.sharing(facts)?;
        Ok(participants)
    }

    pub(crate) fn everyone(&self) -> Vec<usize> {
        (0..self.size).collect()
    }

    pub(crate) fn sharers(&self) -> Vec<usize> {
        self.said.clone().unwrap_or_else(|| self.everyone())
    }

    fn sharers_without(&self, absent: &[usize]) -> Vec<usize> {
        self.sharers().into_iter().filter(|person| !absent.contains(person)).collect()
    }

    /// The members that these people are; `besides` are those whom "the others" excludes.
    pub(crate) fn resolve(&self, who: &[Who], besides: &[usize]) -> Option<Vec<usize>> {
        let mut people = Vec::new();
        for one in who {
            let more = match one {
                Who::Named(people) => people.clone(),
                Who::Everyone(without) => self.sharers_without(without),
                Who::Others if !besides.is_empty() => self.sharers_without(besides),
                // "we two, Ben and I"
                Who::We if who.len() > 1 => Vec::new(),
                Who::We => self.sharers(),
                Who::Count(count) => self.so_many(*count, &people)?,
                Who::Others | Who::He | Who::They | Who::Himself | Who::Unclear => return None,
            };
            add_all(&mut people, more);
        }
        Some(people).filter(|people| !people.is_empty())
    }

    /// Resolves "the two of us", which may follow the names: "we two, Ben and I".
    fn so_many(&self, count: u64, listed: &[usize]) -> Option<Vec<usize>> {
        let said = self.said.clone().unwrap_or_default();
        let all = [listed.to_vec(), self.everyone(), said, self.with_writer(&self.named), self.named.clone()];
        all.into_iter().find(|people| people.len() as u64 == count)
    }

    fn with_writer(&self, people: &[usize]) -> Vec<usize> {
        let mut people = people.to_vec();
        add_all(&mut people, [self.speaker]);
        people
    }

    fn sharing(&self, facts: &[Fact]) -> Result<Option<Vec<usize>>, Remark> {
        let of = |kinds: &[FactKind]| facts.iter().filter(|fact| kinds.contains(&fact.kind)).collect::<Vec<_>>();
        let strong = of(&[FactKind::Share, FactKind::With]);
        let weak = || self.together(&of(&[FactKind::Mention, FactKind::Bystander]), facts);
        let heads = of(&[FactKind::Heads]);
        let absent = of(&[FactKind::Except]);
        let mut said = self.together(&strong, facts)?;
        if said.as_deref() == Some(&[self.speaker]) && strong.iter().all(|fact| fact.kind == FactKind::With) {
            // "Ben came along with me"
            return Ok(Some(self.with_writer(&weak()?.ok_or(Remark::SplitWithWhom)?)));
        }
        if said.is_some() {
            explained(&of(&[FactKind::Mention]), facts)?;
        } else {
            said = weak()?;
            let mut owners: Vec<usize> = Vec::new();
            add_all(&mut owners, of(&[FactKind::Owner]).into_iter().flat_map(Fact::named));
            let divided =
                !absent.is_empty() || !heads.is_empty() || facts.iter().any(|fact| fact.kind == FactKind::Part);
            if said.is_none() && !owners.is_empty() && !divided {
                return Ok(Some(owners));
            }
            if said.as_ref().is_some_and(|said| said.len() == 1 && self.size > 1) {
                return Err(Remark::PaidOrShared);
            }
        }
        for fact in heads {
            said = Some(self.counted(fact.count.ok_or(Remark::WhoShares)?, said)?);
        }
        let mut people = said.clone().unwrap_or_else(|| self.everyone());
        for fact in absent.iter().filter(|fact| fact.who != [Who::Others]) {
            let gone = self.resolve(&fact.who, &[]).ok_or(Remark::WhoTakesNoPart)?;
            people.retain(|person| !gone.contains(person));
        }
        match absent.is_empty() {
            true => Ok(said),
            false if people.is_empty() => Err(Remark::WhoIsOut),
            false => Ok(Some(people)),
        }
    }

    /// Those who share if they are so many: they themselves, or they and the writer.
    fn counted(&self, count: u64, said: Option<Vec<usize>>) -> Result<Vec<usize>, Remark> {
        let found = match said {
            Some(said) if said.len() as u64 == count => Some(said),
            Some(said) if said.len() < self.size => Some(self.with_writer(&said)),
            _ => self.so_many(count, &[]),
        };
        found.filter(|people| people.len() as u64 == count).ok_or(Remark::WhoAreThe { count })
    }

    /// The people of these facts together.
    fn together(&self, sharing: &[&Fact], facts: &[Fact]) -> Result<Option<Vec<usize>>, Remark> {
        let mut people: Vec<usize> = Vec::new();
        let mut everyone = None;
        let without =
            |absent: &[usize]| Some((0..self.size).filter(|person| !absent.contains(person)).collect::<Vec<_>>());
        for fact in sharing {
            for who in &fact.who {
                match who {
                    Who::Named(named) => add_all(&mut people, named.iter().copied()),
                    Who::Everyone(absent) => everyone = without(absent),
                    Who::Others => {
                        let absent = facts.iter().filter(|fact| fact.kind == FactKind::Except).flat_map(Fact::named);
                        let absent: Vec<usize> = absent.collect();
                        everyone = without(&absent).filter(|_| !absent.is_empty());
                        everyone.as_ref().ok_or(Remark::WhoAreTheOthers)?;
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
                let payer = facts.iter().find(|fact| matches!(fact.kind, FactKind::Paid | FactKind::Back));
                if let Some([Who::Named(payer)]) = payer.map(|fact| fact.who.as_slice())
                    && people.contains(&self.speaker)
                {
                    add_all(&mut people, payer.iter().copied());
                }
                add_all(&mut people, [self.speaker]);
            }
        }
        match everyone {
            Some(everyone) if people.is_empty() || people.len() == everyone.len() => Ok(Some(everyone)),
            Some(_) => Err(Remark::EveryoneOrNamed),
            None => Ok(Some(people).filter(|people| !people.is_empty())),
        }
    }
}

/// Asks about a person of whom only the name is said although others share: "Ben came along, 30 for all of us".
fn explained(mentions: &[&Fact], facts: &[Fact]) -> Result<(), Remark> {
    let said = facts.iter().filter(|fact| matches!(fact.kind, FactKind::Share | FactKind::With));
    let everyone = said.flat_map(|fact| &fact.who).any(|who| !matches!(who, Who::Named(_)));
    let told = |fact: &Fact, person| {
        !matches!(
            fact.kind,
            FactKind::Mention | FactKind::Nothing | FactKind::Refund | FactKind::Share | FactKind::With
        ) && fact.named().any(|other| other == person)
    };
    let mut alone = mentions.iter().filter(|fact| fact.who.len() == 1 || !everyone).flat_map(|fact| fact.named());
    let unclear = alone.any(|person| !facts.iter().any(|fact| told(fact, person)));
    if unclear { Err(Remark::PaidOrShared) } else { Ok(()) }
}

/// Adds those who are not among the people yet.
pub(crate) fn add_all(people: &mut Vec<usize>, more: impl IntoIterator<Item = usize>) {
    for person in more {
        if !people.contains(&person) {
            people.push(person);
        }
    }
}

/// The facts of a text with its people.
pub(crate) struct Evidence<'a> {
    pub(crate) facts: &'a [Fact],
    pub(crate) participants: &'a Participants,
    pub(crate) currency: Currency,
    pub(crate) given: Option<i64>,
}

impl<'a> Evidence<'a> {
    pub(crate) fn of(&self, kinds: &[FactKind]) -> impl Iterator<Item = &'a Fact> {
        self.facts.iter().filter(|fact| kinds.contains(&fact.kind))
    }

    pub(crate) fn has(&self, kind: FactKind) -> bool {
        self.facts.iter().any(|fact| fact.kind == kind)
    }

    /// The facts about parts of the total.
    pub(crate) fn parts(&self) -> impl Iterator<Item = &'a Fact> {
        self.of(&[FactKind::Part])
    }

    pub(crate) fn people(&self, fact: &Fact) -> Result<Vec<usize>, Remark> {
        self.participants.resolve(&fact.who, &[]).ok_or(Remark::WhoIsMeant)
    }

    /// Whether plain numbers are numbers of shares.
    pub(crate) fn is_weighed(&self) -> bool {
        self.has(FactKind::Basis)
            || self.has(FactKind::Ratio)
            || self.of(&[FactKind::Weight]).any(|fact| fact.count.is_some())
    }

    /// The amount of a fact for all its people.
    pub(crate) fn minor(&self, fact: &Fact) -> Result<i64, Remark> {
        let minor = fact.money().ok_or(Remark::NoAmount)?;
        let times = match fact.kind {
            FactKind::Each if fact.who.is_empty() => self.participants.sharers().len(),
            FactKind::Each => self.people(fact)?.len(),
            _ if fact.rule.is(Flag::Each) => self.people(fact)?.len(),
            FactKind::Price => usize::try_from(fact.count.unwrap_or(1)).unwrap_or(usize::MAX),
            _ => 1,
        };
        minor.checked_mul(i64::try_from(times).unwrap_or(i64::MAX)).ok_or(Remark::TooLarge)
    }

    pub(crate) fn show(&self, minor: i64) -> String {
        Amount::new(minor, self.currency).to_string()
    }

    pub(crate) fn either(&self, first: i64, second: i64) -> Remark {
        Remark::WhichTotal { first: self.show(first), second: self.show(second), currency: self.currency.code() }
    }
}
