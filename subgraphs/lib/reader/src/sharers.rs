//! Resolves the people that the text mentions to members of the group, and decides who shares.

use std::collections::BTreeSet;

use crate::{
    facts::Facts,
    line::Line,
    piece::{Party, Who},
    remark::Remark,
    role::Role,
};

/// The members of the group as far as this text is concerned.
pub(crate) struct Circle {
    /// The size of the group.
    size: usize,
    speaker: usize,
    /// Everybody who is named anywhere in the text.
    named: BTreeSet<usize>,
    /// The people who share, if the text names them.
    pub(crate) said: Option<Vec<usize>>,
}

impl Circle {
    /// Collects the people of the text. Adds a question to `questions` for everything that is unclear.
    pub(crate) fn of(lines: &[Line], facts: &Facts, size: usize, speaker: usize, questions: &mut Vec<Remark>) -> Self {
        let mut circle = Self { size, speaker, named: BTreeSet::new(), said: None };
        for party in lines.iter().flat_map(Line::parties) {
            if let Who::Named(people) = &party.who {
                circle.named.extend(people);
            }
        }
        circle.said = circle.taking_part(facts, questions);
        circle.ask_for_bystanders(facts, questions);
        circle
    }

    /// Asks about a person of whom neither a share nor a payment is known: "Ben came along".
    fn ask_for_bystanders(&self, facts: &Facts, questions: &mut Vec<Remark>) {
        let has = |party: &Party, person: usize| matches!(&party.who, Who::Named(people) if people.contains(&person));
        let known = |person: usize| {
            self.said.as_ref().is_some_and(|said| said.contains(&person))
                || facts.payments.iter().any(|payment| has(&payment.who, person))
                || facts.weights.iter().any(|(party, _)| has(party, person))
                || facts.parts.iter().any(|(party, _)| has(party, person))
                || facts.changes.iter().any(|change| has(&change.people, person))
        };
        let told = |party: &Party| match &party.who {
            Who::Named(people) => people.iter().all(|person| known(*person)),
            _ => false,
        };
        let question = Remark::PaidOrShared;
        if !facts.bystanders.iter().all(told) && !questions.contains(&question) {
            questions.push(question);
        }
    }

    pub(crate) fn has_speaker(&self, people: &BTreeSet<usize>) -> bool {
        people.contains(&self.speaker)
    }

    /// Every member, in order.
    pub(crate) fn everyone(&self) -> Vec<usize> {
        (0..self.size).collect()
    }

    /// The people who share: those named as sharing, otherwise everybody.
    pub(crate) fn sharers(&self) -> Vec<usize> {
        self.said.clone().unwrap_or_else(|| self.everyone())
    }

    /// Resolves a party to members; `None` if that is not possible. `others` are the people whom "everyone else"
    /// excludes.
    pub(crate) fn resolve(&self, party: &Party, others: &BTreeSet<usize>) -> Option<Vec<usize>> {
        match &party.who {
            Who::Named(people) => Some(people.clone()),
            Who::Everyone(without) if without.is_empty() => Some(self.sharers()),
            Who::Everyone(without) => {
                let but = |person: &usize| !without.contains(person);
                Some(self.sharers().into_iter().filter(but).collect())
            }
            Who::Others => {
                let rest: Vec<usize> = self.sharers().into_iter().filter(|person| !others.contains(person)).collect();
                (!rest.is_empty() && !others.is_empty()).then_some(rest)
            }
            Who::We => Some(self.sharers()),
            Who::Count(count) => self.so_many(*count, self.said.as_deref()),
            Who::He | Who::They | Who::Himself | Who::Unclear => None,
        }
    }

    fn all_but(&self, without: &[usize]) -> Vec<usize> {
        self.everyone().into_iter().filter(|person| !without.contains(person)).collect()
    }

    /// Resolves "the two of us" to the named people and the writer.
    fn so_many(&self, count: u64, said: Option<&[usize]>) -> Option<Vec<usize>> {
        let fits = |people: &[usize]| people.len() as u64 == count;
        if let Some(said) = said {
            return fits(said).then(|| said.to_vec());
        }
        if self.size as u64 == count {
            return Some(self.everyone());
        }
        // "the two of us" includes the writer, "the two of them" does not.
        let others: Vec<usize> = self.named.iter().copied().collect();
        let mut named = self.named.clone();
        named.insert(self.speaker);
        let named: Vec<usize> = named.into_iter().collect();
        [named, others].into_iter().find(|people| fits(people) && count > 1)
    }

    fn so_many_absent(&self, count: u64, facts: &Facts) -> bool {
        let absent = |(_, party): &(Role, Party)| matches!(&party.who, Who::Everyone(without) if without.len() as u64 == count && without.contains(&self.speaker));
        count != self.size as u64 && facts.participants.iter().any(absent)
    }

    fn taking_part(&self, facts: &Facts, questions: &mut Vec<Remark>) -> Option<Vec<usize>> {
        let mut ask = |question: Remark| {
            if !questions.contains(&question) {
                questions.push(question);
            }
        };
        let named = self.named_together(facts);
        if facts.receivers && facts.participants.is_empty() && facts.without.is_empty() {
            ask(Remark::WhoSharesPresent);
        }
        let mut everyone: Option<Vec<usize>> = None;
        let mut counts = Vec::new();
        let mut others = false;
        for (_, party) in &facts.participants {
            match &party.who {
                Who::Everyone(without) => {
                    let all = self.all_but(without);
                    // "shared by everyone, all but Ben": the smaller set counts.
                    let smaller = everyone.take().filter(|known| known.len() < all.len());
                    everyone = Some(smaller.unwrap_or(all));
                }
                Who::Count(count) => counts.push(*count),
                Who::Unclear | Who::He | Who::They | Who::Himself => ask(Remark::WhoShares),
                Who::Others => others = true,
                Who::Named(_) | Who::We => {}
            }
        }
        if others {
            everyone = self.others_of(facts).or_else(|| {
                ask(Remark::WhoAreTheOthers);
                None
            });
        }
        let mut people = match (named, everyone) {
            (Some(named), Some(everyone)) if !others && !same(&named, &everyone) && !only_doers(facts) => {
                ask(Remark::EveryoneOrNamed);
                Some(everyone)
            }
            (_, Some(everyone)) => Some(everyone),
            (named, None) => named,
        };
        for count in counts {
            // "all but Ben and me, we two stay at home": the two are absent.
            if self.so_many_absent(count, facts) {
                continue;
            }
            match self.so_many(count, people.as_deref()) {
                Some(found) => people = Some(found),
                None => ask(Remark::WhoAreThe { count }),
            }
        }
        self.without(people, facts, &mut ask)
    }

    /// The people who are named as participants; "with Ben" includes the writer.
    fn named_together(&self, facts: &Facts) -> Option<Vec<usize>> {
        let mut named: Vec<usize> = Vec::new();
        for (role, party) in &facts.participants {
            if let Who::Named(people) = &party.who
                && !Self::is_left_out(*role, people, facts)
            {
                // "Ben paid 60 for dinner with Dan and me": Ben takes part, too.
                let with = (*role == Role::With).then_some(&self.speaker);
                let payer = facts
                    .only_payer()
                    .filter(|payer| with.is_some() && people.contains(&self.speaker) && *payer != self.speaker);
                // "Ben and I paid 30 each, shared with Dan": both payers take part.
                let payers = facts.payments.first().filter(|_| with.is_some() && facts.payments.len() == 1);
                let payers = payers.and_then(|payment| match &payment.who.who {
                    Who::Named(payers) if payers.contains(&self.speaker) => Some(payers),
                    _ => None,
                });
                let speaker = with.into_iter().chain(payer.as_ref()).chain(payers.into_iter().flatten());
                for person in people.iter().chain(speaker) {
                    if !named.contains(person) {
                        named.push(*person);
                    }
                }
            }
        }
        // The owner of a thing is its only sharer unless other sharers are named.
        let alone = facts.participants.is_empty() && facts.entries.len() <= 1 && !facts.divides();
        if named.is_empty() && alone && !facts.receivers {
            for owner in &facts.owners {
                if let Who::Named(people) = &owner.who {
                    named.extend(people);
                    named.sort_unstable();
                    named.dedup();
                }
            }
        }
        (!named.is_empty()).then_some(named)
    }

    /// Whether these people are excluded elsewhere: "cake for Ben, everyone except him", "all without Ben, he was ill".
    fn is_left_out(role: Role, people: &[usize], facts: &Facts) -> bool {
        let has_all = |absent: &Vec<usize>| people.iter().all(|person| absent.contains(person));
        let excepts = |party: &Party| matches!(&party.who, Who::Everyone(without) if has_all(without));
        let absent = |party: &Party| matches!(&party.who, Who::Named(absent) if has_all(absent));
        let everyone = |(_, party): &(Role, Party)| matches!(party.who, Who::Everyone(_));
        facts.participants.iter().any(|(_, party)| excepts(party))
            || ((role == Role::For || facts.participants.iter().any(everyone)) && facts.without.iter().any(absent))
    }

    /// Resolves "Ben paid for the others" to everybody except the absent people, the receivers of a present, or the
    /// payers.
    fn others_of(&self, facts: &Facts) -> Option<Vec<usize>> {
        let payers = facts.payments.iter().filter_map(|payment| match &payment.who.who {
            Who::Named(people) => Some(people),
            _ => None,
        });
        let absent = facts.without.iter().filter_map(|party| match &party.who {
            Who::Named(people) => Some(people),
            _ => None,
        });
        let payers: Vec<usize> = payers.flatten().copied().collect();
        let absent: Vec<usize> = absent.flatten().copied().collect();
        // "a present for Ben, everyone else": Ben does not share.
        let receivers = facts.receiving.iter().filter_map(|party| match &party.who {
            Who::Named(people) => Some(people),
            _ => None,
        });
        let receivers: Vec<usize> = receivers.flatten().copied().collect();
        let others = [absent, receivers, payers].into_iter().find(|people| !people.is_empty()).unwrap_or_default();
        (!others.is_empty()).then(|| self.all_but(&others))
    }

    fn without(&self, people: Option<Vec<usize>>, facts: &Facts, ask: &mut impl FnMut(Remark)) -> Option<Vec<usize>> {
        if facts.without.is_empty() {
            return people;
        }
        let said = people.is_some();
        let mut people = people.unwrap_or_else(|| self.everyone());
        for party in &facts.without {
            match &party.who {
                Who::Named(absent) => people.retain(|person| !absent.contains(person)),
                // "Ben and I weren't there, so without us": both are excluded already.
                Who::We if !people.contains(&self.speaker) => {}
                // "me and Ben, the others weren't there": the sharers are known already.
                Who::Others if said => {}
                _ => ask(Remark::WhoTakesNoPart),
            }
        }
        if people.is_empty() {
            ask(Remark::WhoShares);
        }
        Some(people)
    }
}

/// Whether the named people only did the shopping and the sharers are given separately: "Ben and I did the shopping,
/// it's for everyone".
fn only_doers(facts: &Facts) -> bool {
    let plain = |(role, party): &(Role, Party)| match party.who {
        Who::Named(_) => *role == Role::Harmless,
        Who::Everyone(_) => *role == Role::For,
        _ => false,
    };
    facts.participants.iter().all(plain)
}

fn same(left: &[usize], right: &[usize]) -> bool {
    left.len() == right.len() && left.iter().all(|person| right.contains(person))
}
