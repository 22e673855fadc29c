//! Finds all matches of the rules, and the sets of them that use most of the text.

use crate::{
    language::Meaning,
    lookup::Lookup,
    pattern::{GRAMMAR, Symbol},
    role::Role,
    token::{Atom, Break, Token, Value, Who},
};

/// The maximum number of tokens in a gap.
const LONGEST_GAP: usize = 14;

/// The maximum number of matches of one rule at one position.
const MOST_MATCHES: usize = 24;

/// The number of readings that are compared.
const MOST_READINGS: usize = 24;

/// A match of a rule, as ranges of tokens.
#[derive(Clone, Debug, Default)]
pub(crate) struct Match {
    /// The index of the rule.
    pub(crate) rule: usize,
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) people: Vec<(usize, usize)>,
    pub(crate) values: Vec<usize>,
    pub(crate) thing: Option<(usize, usize)>,
    pub(crate) strangers: Vec<usize>,
    /// The tokens of gaps, which are not used.
    pub(crate) gaps: Vec<usize>,
}

/// A set of matches that do not overlap.
#[derive(Clone, Debug)]
pub(crate) struct Cover {
    pub(crate) score: i32,
    pub(crate) matches: Vec<usize>,
    /// The tokens that should be used but are not.
    pub(crate) unused: Vec<usize>,
}

/// The tokens of a text with everything that the rules find in them.
pub(crate) struct Chart<'a> {
    pub(crate) lookup: &'a Lookup<'a>,
    pub(crate) tokens: &'a [Token],
}

impl Chart<'_> {
    /// All matches of all rules.
    pub(crate) fn matches(&self) -> Vec<Match> {
        let mut found = Vec::new();
        for from in 0..self.tokens.len() {
            if self.tokens[from].is_filler() && self.tokens[from].roles.is_empty() {
                continue;
            }
            for rule in 0..GRAMMAR.rules.len() {
                let begin = found.len();
                let seed = Match { rule, from, to: from, ..Match::default() };
                self.extend(seed, 0, begin + MOST_MATCHES, &mut found);
            }
        }
        found
    }

    fn extend(&self, partial: Match, element: usize, most: usize, found: &mut Vec<Match>) {
        if found.len() >= most {
            return;
        }
        let Some(wanted) = GRAMMAR.rules[partial.rule].pattern.get(element) else {
            if partial.to > partial.from {
                found.push(partial);
            }
            return;
        };
        if wanted.optional {
            self.extend(partial.clone(), element + 1, most, found);
        }
        let strict = wanted.any.iter().any(|symbol| matches!(symbol, Symbol::Unknown | Symbol::UnknownOwner));
        let fillers = if partial.to > partial.from && !strict { self.fillers(partial.to) } else { 0 };
        for symbol in &wanted.any {
            match symbol {
                Symbol::Gap | Symbol::Thing => self.run(&partial, *symbol, element, most, found),
                Symbol::Start if !self.starts(partial.to) => {}
                Symbol::End if !self.ends(partial.to) => {}
                Symbol::Start | Symbol::End => self.extend(partial.clone(), element + 1, most, found),
                symbol => {
                    for at in partial.to..=partial.to + fillers {
                        for end in self.ends_of(*symbol, at) {
                            let mut next = partial.clone();
                            next.to = end;
                            match &self.tokens[at].atom {
                                _ if matches!(symbol, Symbol::Mark(_) | Symbol::Role(_) | Symbol::Both(..)) => {}
                                Atom::People(_) => next.people.push((at, end)),
                                Atom::Word(_) => next.strangers.push(at),
                                _ => next.values.push(at),
                            }
                            self.extend(next, element + 1, most, found);
                        }
                    }
                }
            }
        }
    }

    /// Continues behind each possible length of a gap or a thing.
    fn run(&self, partial: &Match, symbol: Symbol, element: usize, most: usize, found: &mut Vec<Match>) {
        let mut next = partial.clone();
        let mut has_word = false;
        if symbol == Symbol::Gap {
            self.extend(partial.clone(), element + 1, most, found);
        }
        for at in partial.to..(partial.to + LONGEST_GAP).min(self.tokens.len()) {
            let token = &self.tokens[at];
            let buys = token.is(Role::Got) || token.is(Role::Bought) || token.is(Role::Card);
            if !is_passed(token) || (symbol == Symbol::Thing && buys) {
                break;
            }
            has_word |= matches!(token.atom, Atom::Word(_)) || token.is(Role::Unit);
            next.to = at + 1;
            if symbol == Symbol::Gap {
                next.gaps.push(at);
            } else {
                next.thing = Some((partial.to, at + 1));
            }
            if symbol == Symbol::Gap || has_word {
                self.extend(next.clone(), element + 1, most, found);
            }
        }
    }

    fn fillers(&self, at: usize) -> usize {
        self.tokens[at..].iter().take_while(|token| token.is_filler()).count()
    }

    fn starts(&self, at: usize) -> bool {
        let before = self.tokens[..at].iter().rev().find(|token| !token.is_filler());
        before.is_none_or(|token| token.is_break() || token.is(Role::But) || token.is(Role::So))
    }

    fn ends(&self, at: usize) -> bool {
        // "Ben, thanks a lot" ends with no name.
        let plain = |token: &Token| token.is_filler() && token.roles.is_empty();
        if at > 0 && self.tokens[at - 1].atom == Atom::Word(true) && self.tokens.get(at).is_some_and(plain) {
            return false;
        }
        let next = self.tokens[at..].iter().find(|token| !token.is_filler());
        next.is_none_or(|token| token.is_break() || token.is(Role::But) || token.is(Role::And) || token.is(Role::So))
    }

    /// The positions after what the symbol accepts here.
    fn ends_of(&self, symbol: Symbol, at: usize) -> Vec<usize> {
        let Some(token) = self.tokens.get(at) else { return Vec::new() };
        let one = |fits: bool| if fits { vec![at + 1] } else { Vec::new() };
        let value = token.value();
        match symbol {
            Symbol::Writer => one(self.is_writer(at)),
            Symbol::Others => {
                self.lists(at).into_iter().filter(|end| !(at..*end).any(|at| self.is_writer(at))).collect()
            }
            Symbol::Subject if is_object(token) => Vec::new(),
            Symbol::People | Symbol::Subject => self.lists(at),
            Symbol::Object => one(is_object(token)),
            Symbol::Everyone => one(matches!(token.who(), Some(Who::Everyone(_)))),
            Symbol::Owner => one(token.is_owner()),
            Symbol::Money => one(matches!(value, Some(Value::Money(_)))),
            Symbol::Value => one(value.is_some_and(|value| !matches!(value, Value::Proportion(_)))),
            Symbol::Count => one(token.plain.is_some()),
            Symbol::Percent => one(matches!(value, Some(Value::Percent(_)))),
            Symbol::Fraction => one(matches!(value, Some(Value::Fraction(..)))),
            Symbol::Times => one(matches!(value, Some(Value::Times(..)))),
            Symbol::Ratio => one(matches!(value, Some(Value::Proportion(_)))),
            Symbol::Rest => one(matches!(value, Some(Value::Rest))),
            Symbol::Unknown => one(token.atom == Atom::Word(true)),
            Symbol::UnknownOwner => {
                let folded = &self.lookup.words[token.from].folded;
                let stem = folded.strip_suffix("'s").or(folded.strip_suffix('s')).unwrap_or_default();
                let given = self.lookup.lexicon.means(stem, Meaning::GivenName);
                let marked = folded.ends_with("'s") && self.lookup.words[token.from].is_capital();
                one((given || marked) && token.atom == Atom::Word(true))
            }
            Symbol::Relative => {
                one(matches!(token.atom, Atom::Word(_)) && self.lookup.means(token.from, Meaning::Relative).is_some())
            }
            Symbol::Mark(mark) => one(token.atom == Atom::Break(mark)),
            Symbol::Role(roles) => one(token.roles.meet(roles) && !token.is_break()),
            Symbol::Both(one_role, other) => one(token.is(one_role) && token.is(other)),
            Symbol::Gap | Symbol::Thing | Symbol::Start | Symbol::End => Vec::new(),
        }
    }

    fn is_writer(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        token.is(Role::Me) && !token.is_owner()
    }

    /// The ends of all lists of people that start here: "Ben", "Ben and Dan", "Ben, Dan and me".
    fn lists(&self, at: usize) -> Vec<usize> {
        let mut ends = Vec::new();
        let mut next = at;
        let mut listed: Vec<&Who> = Vec::new();
        while let Some(who) = self.tokens.get(next).and_then(Token::who) {
            if listed.contains(&who) {
                break;
            }
            listed.push(who);
            ends.push(next + 1);
            let joins = self.tokens[next + 1..].iter().take_while(|token| {
                token.is_filler()
                    || token.is(Role::And)
                    || token.is(Role::Plus)
                    || token.atom == Atom::Break(Break::Comma)
            });
            next += 1 + joins.count();
        }
        ends.reverse();
        ends
    }

    /// The best covers, the best first.
    pub(crate) fn covers(&self, matches: &[Match]) -> Vec<Cover> {
        let mut by_start: Vec<Vec<usize>> = vec![Vec::new(); self.tokens.len()];
        for (place, found) in matches.iter().enumerate() {
            by_start[found.from].push(place);
        }
        let worths: Vec<i32> = self.tokens.iter().map(worth).collect();
        let mut best: Vec<Vec<Step>> = vec![Vec::new(); self.tokens.len() + 1];
        best[0].push(Step { score: 0, back: None });
        for at in 0..self.tokens.len() {
            best[at].sort_by_key(|step| -step.score);
            best[at].truncate(MOST_READINGS);
            for place in 0..best[at].len() {
                let score = best[at][place].score;
                best[at + 1].push(Step { score, back: Some((at, place, None)) });
                for found in &by_start[at] {
                    let gained = self.gain(&matches[*found], &worths);
                    let step = Step { score: score + gained, back: Some((at, place, Some(*found))) };
                    best[matches[*found].to].push(step);
                }
            }
        }
        let last = self.tokens.len();
        best[last].sort_by_key(|step| -step.score);
        best[last].truncate(MOST_READINGS);
        (0..best[last].len()).map(|place| self.cover(&best, matches, place)).collect()
    }

    fn gain(&self, found: &Match, worths: &[i32]) -> i32 {
        let used = (found.from..found.to).filter(|at| !found.gaps.contains(at));
        let named = found.thing.map_or(0, |(from, to)| {
            self.tokens[from..to].iter().filter(|token| matches!(token.atom, Atom::Word(_))).count()
        });
        used.map(|at| worths[at]).sum::<i32>() + GRAMMAR.rules[found.rule].score * 4 + i32::try_from(named).unwrap_or(0)
    }

    fn cover(&self, best: &[Vec<Step>], matches: &[Match], place: usize) -> Cover {
        let mut cover = Cover { score: best[self.tokens.len()][place].score, matches: Vec::new(), unused: Vec::new() };
        let mut step = best[self.tokens.len()][place];
        while let Some((at, place, found)) = step.back {
            match found {
                Some(found) => {
                    cover.matches.push(found);
                    let gaps = matches[found].gaps.iter();
                    cover.unused.extend(gaps.filter(|at| must(&self.tokens[**at])));
                }
                None if must(&self.tokens[at]) => cover.unused.push(at),
                None => {}
            }
            step = best[at][place];
        }
        cover.matches.reverse();
        cover
    }
}

/// Whether the pronoun is never a subject: "him", "mir".
fn is_object(token: &Token) -> bool {
    token.is(Role::Object) || token.is(Role::ObjectPronoun)
}

#[derive(Clone, Copy)]
struct Step {
    score: i32,
    /// The position and the index of the step before, and the match between them.
    back: Option<(usize, usize, Option<usize>)>,
}

/// The worth of a token that a reading must use.
const NEEDED: i32 = 100;

/// Whether a gap or the name of a thing can contain the token.
fn is_passed(token: &Token) -> bool {
    match &token.atom {
        Atom::Word(_) | Atom::Filler | Atom::Date(_) | Atom::Count(_) => true,
        Atom::Role(_) => worth(token) < STRONG,
        Atom::People(party) => token.light || matches!(party.who, Who::We) || (party.owner && token.is(Role::My)),
        _ => false,
    }
}

/// The worth of a token that says something about the money.
const STRONG: i32 = 40;

/// The gain of using the token.
fn worth(token: &Token) -> i32 {
    match &token.atom {
        Atom::People(party) => match party.who {
            _ if token.light => 10,
            Who::We => 10,
            _ if party.owner && token.is(Role::My) => 10,
            _ => NEEDED,
        },
        Atom::Value(_) => {
            if token.light {
                0
            } else {
                NEEDED
            }
        }
        Atom::Odd => NEEDED,
        Atom::Count(_) => 2,
        Atom::Role(role) => GRAMMAR.worth(*role),
        _ => 0,
    }
}

/// Whether a reading that does not use the token is incomplete.
fn must(token: &Token) -> bool {
    if let Atom::People(party) = &token.atom
        && party.owner
        && token.is(Role::My)
    {
        return true;
    }
    match &token.atom {
        Atom::Value(_) if token.light => true,
        Atom::Role(Role::Paid | Role::Only | Role::Equal | Role::Split | Role::Had | Role::Got) => false,
        Atom::Role(Role::Ways) => true,
        _ => worth(token) >= STRONG,
    }
}
