//! The facts of a text, for all who judge them.

use money::{Amount, Currency};

use crate::{
    fact::Fact,
    participants::Participants,
    pattern::{FactKind, Flag},
    remark::Remark,
};

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
