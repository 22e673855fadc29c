//! The facts: what the rules make of a text.

use crate::{
    analysis::Analysis,
    chart::Cover,
    pattern::{FactKind, GRAMMAR, Whom},
    piece::{Value, Who},
};

/// A statement of the text.
#[derive(Clone, Debug)]
pub(crate) struct Fact {
    pub(crate) kind: FactKind,
    pub(crate) who: Vec<Who>,
    pub(crate) value: Option<Value>,
    /// The value as a whole number without a currency.
    pub(crate) count: Option<u64>,
    /// The name of the thing.
    pub(crate) name: Option<String>,
    /// Whether it may continue a list of payments.
    pub(crate) bare: bool,
    /// Whether it says something only beside other parts: "Ben pizza 12, Dan salad 8".
    pub(crate) listed: bool,
    /// Whether it says that something is divided.
    pub(crate) divides: bool,
}

impl Fact {
    pub(crate) fn money(&self) -> Option<i64> {
        if let Some(Value::Money(minor)) = self.value { Some(minor) } else { None }
    }
}

/// The facts that the rules of the cover make, in text order.
pub(crate) fn facts(analysis: &Analysis<'_>, cover: &Cover, speaker: usize) -> Vec<Fact> {
    let mut facts = Vec::new();
    for found in cover.matches.iter().map(|place| &analysis.matches[*place]) {
        let rule = &GRAMMAR.rules[found.rule];
        for make in &rule.makes {
            let who = match make.who {
                None if matches!(make.kind, FactKind::Owes | FactKind::Owed | FactKind::Transfer) => {
                    found.people.iter().flat_map(|range| analysis.who(*range)).collect()
                }
                None => found.people.first().map(|range| analysis.who(*range)).unwrap_or_default(),
                Some(Whom::At(place)) => found.people.get(place).map(|range| analysis.who(*range)).unwrap_or_default(),
                Some(Whom::Speaker) if matches!(make.kind, FactKind::Owes | FactKind::Owed) => {
                    let others = found.people.iter().flat_map(|range| analysis.who(*range));
                    std::iter::once(Who::Named(vec![speaker])).chain(others).collect()
                }
                Some(Whom::Speaker) => vec![Who::Named(vec![speaker])],
            };
            let value = found.values.get(make.value).map(|at| &analysis.tokens[*at]);
            let stranger =
                found.strangers.first().map(|at| analysis.lookup.words[analysis.tokens[*at].from].text.to_owned());
            let count = match make.kind {
                FactKind::Price => found.values.first().and_then(|at| analysis.tokens[*at].plain),
                _ => value.and_then(|token| token.plain),
            };
            facts.push(Fact {
                kind: make.kind,
                who,
                value: value.and_then(|token| token.value().cloned()),
                count,
                name: if make.kind == FactKind::Stranger {
                    stranger
                } else {
                    found.thing.and_then(|range| analysis.named(range))
                },
                bare: rule.bare,
                listed: rule.listed,
                divides: rule.divides,
            });
        }
    }
    facts
}
