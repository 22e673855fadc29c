//! The facts: what the rules make of a text.

use std::iter::once;

use crate::{
    analysis::Analysis,
    chart::Cover,
    pattern::{FactKind, GRAMMAR, Rule, Whom},
    token::{Value, Who},
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
    /// The rule that makes it.
    pub(crate) rule: &'static Rule,
}

impl Fact {
    pub(crate) fn money(&self) -> Option<i64> {
        if let Some(Value::Money(minor)) = self.value { Some(minor) } else { None }
    }

    /// Whether it is about one person by name.
    pub(crate) fn is_single(&self) -> bool {
        matches!(self.who.as_slice(), [Who::Named(people)] if people.len() == 1)
    }

    /// Everybody it names.
    pub(crate) fn named(&self) -> impl Iterator<Item = usize> + '_ {
        self.who.iter().flat_map(Who::named).copied()
    }
}

/// The facts that the rules of the cover make, in text order.
pub(crate) fn facts(analysis: &Analysis<'_>, cover: &Cover) -> Vec<Fact> {
    let mut facts = Vec::new();
    for found in cover.matches.iter().map(|place| &analysis.matches[*place]) {
        let rule = &GRAMMAR.rules[found.rule];
        let people = |place: usize| found.people.get(place).map(|range| analysis.who(*range)).unwrap_or_default();
        let everybody = || found.people.iter().flat_map(|range| analysis.who(*range));
        let me = || Who::Named(vec![analysis.question.speaker]);
        for make in &rule.makes {
            let two_sides = matches!(make.kind, FactKind::Owes | FactKind::Owed | FactKind::Transfer);
            let who = match make.who {
                None if two_sides => everybody().collect(),
                None => people(0),
                Some(Whom::At(place)) => people(place),
                Some(Whom::Speaker) if two_sides => once(me()).chain(everybody()).collect(),
                Some(Whom::Speaker) => vec![me()],
            };
            let token = |place: usize| found.values.get(place).map(|at| &analysis.tokens[*at]);
            let count = token(if make.kind == FactKind::Price { 0 } else { make.value });
            let name = match make.kind {
                FactKind::Stranger => found.strangers.first().map(|at| analysis.word(*at).to_owned()),
                _ => found.thing.and_then(|range| analysis.named(range)),
            };
            facts.push(Fact {
                kind: make.kind,
                who,
                value: token(make.value).and_then(|token| token.value().cloned()),
                count: count.and_then(|token| token.plain),
                name,
                rule,
            });
        }
    }
    facts
}
