//! Resolves pronouns to the people they refer to.

use crate::{
    lookup::Lookup,
    people::Roster,
    piece::{Atom, Break, Party, Who},
    role::Role,
    token::Token,
};

/// The tokens with each pronoun replaced by the people it refers to.
pub(crate) fn with_pronouns(lookup: &Lookup<'_>, roster: &Roster<'_>, tokens: &[Token], speaker: usize) -> Vec<Token> {
    let mut resolved: Vec<Token> = Vec::with_capacity(tokens.len());
    for (at, token) in tokens.iter().enumerate() {
        let mut token = token.clone();
        if let Atom::People(Party { who, owner }) = &token.atom {
            let owner = *owner || (matches!(who, Who::He | Who::They) && owns(lookup, tokens, at));
            let meant = match who {
                Who::They => Some(many(&resolved, speaker)),
                Who::He if is_thing(&token, &resolved) => Some(Vec::new()),
                Who::He => one(lookup, roster, &resolved, &token, speaker),
                Who::Himself => Some(subject(&resolved)),
                _ => Some(Vec::new()),
            };
            let pronoun = matches!(who, Who::He | Who::They | Who::Himself);
            match meant {
                None => {
                    // "Ben, Dan and he"
                    token.light = owner
                        || !resolved
                            .last()
                            .is_some_and(|last| last.is(Role::And) || last.is(Role::For) || last.is(Role::With));
                    token.atom = Atom::People(Party { who: Who::Unclear, owner });
                }
                Some(people) if people.is_empty() && pronoun => token.drop(),
                Some(people) if pronoun => {
                    token.light = true;
                    token.atom = Atom::People(Party { who: Who::Named(people), owner });
                }
                Some(_) => {}
            }
        }
        resolved.push(token);
    }
    resolved
}

/// Whether the pronoun stands before a thing: "her pizza".
fn owns(lookup: &Lookup<'_>, tokens: &[Token], at: usize) -> bool {
    let possessive = lookup.is_role(tokens[at].from, Role::Possessive).is_some();
    let next = tokens.get(at + 1);
    possessive
        && next.is_some_and(|next| {
            matches!(next.atom, Atom::Word(_))
                || next.is(Role::Card)
                || next.is(Role::ShareNoun)
                || matches!(next.atom, Atom::Filler)
        })
}

fn named(tokens: &[Token]) -> impl DoubleEndedIterator<Item = usize> + '_ {
    tokens
        .iter()
        .filter_map(|token| match token.who() {
            Some(Who::Named(people)) => Some(people.iter().copied()),
            _ => None,
        })
        .flatten()
}

/// The person that "he" or "she" refers to; `None` if there are several, empty if there is nobody.
fn one(
    lookup: &Lookup<'_>,
    roster: &Roster<'_>,
    before: &[Token],
    token: &Token,
    speaker: usize,
) -> Option<Vec<usize>> {
    let she = lookup.is_role(token.from, Role::She).is_some();
    let woman = |person: &usize| roster.is_woman(lookup, *person).is_none_or(|woman| woman == she);
    let mut candidates: Vec<usize> = Vec::new();
    for person in named(before).filter(|person| *person != speaker) {
        if !candidates.contains(&person) {
            candidates.push(person);
        }
    }
    if candidates.len() > 1 {
        candidates.retain(woman);
    }
    match candidates.as_slice() {
        [] => Some(Vec::new()),
        [only] => Some(vec![*only]),
        _ => None,
    }
}

/// The people whom "they" means; a single person is not meant.
fn many(before: &[Token], speaker: usize) -> Vec<usize> {
    let mut people: Vec<usize> = named(before).filter(|person| *person != speaker).collect();
    people.sort_unstable();
    people.dedup();
    if people.len() > 1 { people } else { Vec::new() }
}

/// Whether the pronoun stands for a thing: "Ben hat sie bezahlt".
fn is_thing(token: &Token, before: &[Token]) -> bool {
    let last = before.iter().rev().find(|token| !token.is_filler() || token.is(Role::Auxiliary));
    if before.last().is_some_and(|last| last.is(Role::Paid) || last.is(Role::Bought))
        && !matches!(token.atom, Atom::People(Party { owner: true, .. }))
    {
        return !token.is(Role::Possessive) || token.is(Role::ObjectPronoun);
    }
    token.is(Role::Accusative)
        && last.is_some_and(|last| last.is(Role::Auxiliary) || last.who().is_some())
        && !before.last().is_some_and(|last| last.is(Role::And))
}

/// The first person of the sentence.
fn subject(before: &[Token]) -> Vec<usize> {
    let begin = before.iter().rposition(|token| token.atom == Atom::Break(Break::Stop)).map_or(0, |stop| stop + 1);
    let first = before[begin..].iter().find_map(|token| match token.who() {
        Some(Who::Named(people)) => Some(people.clone()),
        _ => None,
    });
    first.unwrap_or_default()
}
