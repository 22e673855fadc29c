//! The facts: what the rules make of a text, and the names of the things in it.

use std::iter::once;

use money::Currency;

use crate::{
    category,
    chart::{Cover, Match},
    language::Meaning,
    lookup::Lookup,
    pattern::{FactKind, GRAMMAR, Rule, Whom},
    question::Question,
    role::Role,
    token::{Atom, Token, Value, Who},
    words::fold,
};

/// Longer descriptions are cut at a word boundary, in characters.
const LONGEST: usize = 100;

/// A text with everything found in it.
pub(crate) struct Analysis<'a> {
    pub(crate) question: &'a Question<'a>,
    pub(crate) currency: Currency,
    pub(crate) lookup: &'a Lookup<'a>,
    pub(crate) tokens: &'a [Token],
    pub(crate) matches: &'a [Match],
}

impl Analysis<'_> {
    /// The text of a thing, from its first to its last word.
    pub(crate) fn named(&self, (from, to): (usize, usize)) -> Option<String> {
        let word = |token: &&Token| {
            let bought = self.lookup.category(token.from).is_some();
            match token.atom {
                Atom::Role(Role::Tax | Role::Unit) => true,
                Atom::Role(_) | Atom::Filler => bought && !token.is(Role::Except),
                Atom::Word(_) => bought || !token.is(Role::Harmless),
                _ => false,
            }
        };
        let tokens = &self.tokens[from..to];
        let thing = |token: &&Token| word(token) && !token.is(Role::Unit);
        tokens.iter().find(thing)?;
        let (first, last) = (tokens.iter().find(word)?, tokens.iter().rev().find(word)?);
        let begin = self.lookup.words[first.from].at;
        let end = self.lookup.words[last.to - 1].end();
        self.question.text.get(begin..end).map(str::to_owned)
    }

    /// The words that name no part of the total; otherwise the names of the parts.
    pub(crate) fn description(&self, cover: &Cover) -> Option<String> {
        let part = |place: &usize| {
            let found = &self.matches[*place];
            let is_part = GRAMMAR.rules[found.rule].makes.iter().any(|make| make.kind == FactKind::Part);
            found.thing.filter(|_| is_part)
        };
        let mut parts: Vec<(usize, usize)> = cover.matches.iter().filter_map(part).collect();
        if parts.len() == 1 {
            parts.clear();
        }
        let is_open = |at: &usize| {
            let plain =
                |token: &Token| matches!(token.atom, Atom::Word(_) | Atom::Filler | Atom::Role(_) | Atom::Count(_));
            self.tokens.get(*at).is_some_and(plain) && !parts.iter().any(|(from, to)| (*from..*to).contains(at))
        };
        let mut spans: Vec<(usize, usize)> = Vec::new();
        for at in (0..self.tokens.len()).filter(is_open) {
            match spans.last_mut() {
                Some((_, end)) if *end == at && !self.tokens[at].is(Role::Paid) => *end += 1,
                _ => spans.push((at, at + 1)),
            }
        }
        let carrier = |word: &str| self.lookup.lexicon.means(&fold(word), Meaning::Carrier);
        let texts = |spans: &[(usize, usize)]| -> Vec<String> {
            spans
                .iter()
                .filter_map(|span| self.named(*span))
                .filter(|text| !text.split_whitespace().all(carrier))
                .collect()
        };
        let mut found = texts(&spans);
        let told = |text: &String| category::category(text).is_some();
        if !found.iter().any(told) {
            found.extend(texts(&parts));
        }
        if found.is_empty() {
            found = spans.iter().chain(&parts).filter_map(|span| self.named(*span)).collect();
        }
        let text = found.join(", ");
        (!text.is_empty()).then(|| capital(&shortened(&text)))
    }

    /// The first word of a token, as written.
    pub(crate) fn word(&self, token: usize) -> &str {
        self.lookup.words[self.tokens[token].from].text
    }

    /// The people of these tokens.
    pub(crate) fn who(&self, (from, to): (usize, usize)) -> Vec<Who> {
        self.tokens[from..to].iter().filter_map(Token::who).cloned().collect()
    }
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        None => text.to_owned(),
        Some((end, _)) => {
            let cut = &text[..end];
            cut.rfind(' ').map_or(cut, |space| &cut[..space]).to_owned()
        }
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

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
