//! What the rules need not know: orders to a program, reasons, what people did or did not do, and pronouns.

use crate::{
    lookup::Lookup,
    pattern::{GRAMMAR, USEFUL},
    people::Roster,
    remark::Remark,
    role::Role,
    token::{Atom, Break, Party, Token, Who},
};

/// The tokens without sentences that address instructions to a program, which are not part of an expense. A sentence
/// that also names a person or an amount becomes a question.
pub(crate) fn without_orders(tokens: &[Token], speaker: usize, questions: &mut Vec<Remark>) -> Vec<Token> {
    let matters = |token: &Token| match &token.atom {
        Atom::People(party) => {
            !matches!(party.who, Who::Everyone(_) | Who::We) && party.who != Who::Named(vec![speaker])
        }
        Atom::Value(_) => true,
        _ => false,
    };
    let (orders, kept): (Vec<&[Token]>, Vec<&[Token]>) = tokens
        .split_inclusive(|token| token.atom == Atom::Break(Break::Stop))
        .partition(|sentence| sentence.iter().any(|token| token.is(Role::Hostile)));
    let unclear = orders.into_iter().filter(|order| order.iter().any(matters));
    questions.extend(unclear.map(|_| Remark::Order));
    kept.concat()
}

/// The tokens without reasons ("because she had forgotten her card") and without clauses that only tell something about
/// people: "they had no time", "(he is vegan)".
pub(crate) fn without_asides(tokens: &[Token]) -> Vec<Token> {
    let mut kept: Vec<Token> = Vec::with_capacity(tokens.len());
    let says = |token: &Token| matches!(token.atom, Atom::Value(_) | Atom::People(_));
    for segment in tokens.split_inclusive(Token::is_break) {
        let open = kept.last().is_some_and(|last| last.atom == Atom::Break(Break::Open));
        let aside = !kept.is_empty() && is_aside(segment, open);
        let mut reason = false;
        for token in segment {
            let mut token = token.clone();
            let because = token.is(Role::Because);
            let word = matches!(token.atom, Atom::Word(_));
            if because || (reason && !matches!(token.atom, Atom::Value(_) | Atom::Date(_) | Atom::Break(_))) {
                reason |= kept.iter().any(says);
                token.drop();
            } else if aside && !(token.is_break() || (open && word)) {
                token.drop();
            }
            kept.push(token);
        }
    }
    kept
}

fn is_aside(segment: &[Token], open: bool) -> bool {
    let first = segment.iter().find(|token| !token.is_filler() && !token.is(Role::But));
    let subject = first.is_some_and(|token| matches!(token.who(), Some(Who::He | Who::They)));
    let absent = segment.iter().any(|token| token.is(Role::Not));
    let told = |token: &Token| token.is(Role::Had) || matches!(token.atom, Atom::Word(_));
    let named = segment.iter().any(|token| token.who().is_some());
    (absent || segment.iter().any(told)) && (open || subject || (absent && !named)) && segment.iter().all(is_idle)
}

/// Whether the token says nothing about the money.
fn is_idle(token: &Token) -> bool {
    match &token.atom {
        Atom::People(party) => matches!(party.who, Who::He | Who::They | Who::Himself),
        Atom::Value(_) | Atom::Odd | Atom::Date(_) => false,
        Atom::Role(role) => *role == Role::Not || GRAMMAR.worth(*role) < USEFUL,
        _ => true,
    }
}

/// The tokens with each pronoun replaced by the people it refers to.
pub(crate) fn with_pronouns(lookup: &Lookup<'_>, roster: &Roster<'_>, tokens: &[Token], speaker: usize) -> Vec<Token> {
    let mut resolved: Vec<Token> = Vec::with_capacity(tokens.len());
    for (at, token) in tokens.iter().enumerate() {
        let mut token = token.clone();
        let meant = match token.who() {
            Some(Who::They) => Some(many(&resolved, speaker)),
            Some(Who::He) if is_thing(&token, &resolved) => Some(Vec::new()),
            Some(Who::He) => one(lookup, roster, &resolved, &token, speaker),
            Some(Who::Himself) => Some(subject(&resolved)),
            _ => {
                resolved.push(token);
                continue;
            }
        };
        let owner = token.is_owner() || owns(lookup, tokens, at);
        // "Ben, Dan and he"
        let listed =
            resolved.last().is_some_and(|last| [Role::And, Role::For, Role::With].iter().any(|role| last.is(*role)));
        token.light = meant.is_some() || owner || !listed;
        token.atom = match meant {
            None => Atom::People(Party { who: Who::Unclear, owner }),
            Some(people) if people.is_empty() => Atom::Filler,
            Some(people) => Atom::People(Party { who: Who::Named(people), owner }),
        };
        if token.is_filler() {
            token.drop();
        }
        resolved.push(token);
    }
    resolved
}

/// Whether the pronoun stands before a thing: "her pizza".
fn owns(lookup: &Lookup<'_>, tokens: &[Token], at: usize) -> bool {
    let possessive = lookup.is_role(tokens[at].from, Role::Possessive).is_some();
    let thing = |next: &Token| {
        matches!(next.atom, Atom::Word(_) | Atom::Filler) || next.is(Role::Card) || next.is(Role::ShareNoun)
    };
    possessive && tokens.get(at + 1).is_some_and(thing)
}

/// Everybody but the writer who is named, each once.
fn named(tokens: &[Token], speaker: usize) -> Vec<usize> {
    let mut people = Vec::new();
    for person in tokens.iter().filter_map(Token::who).flat_map(Who::named) {
        if *person != speaker && !people.contains(person) {
            people.push(*person);
        }
    }
    people
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
    let mut candidates = named(before, speaker);
    if candidates.len() > 1 {
        candidates.retain(woman);
    }
    Some(candidates).filter(|people| people.len() < 2)
}

/// The people whom "they" means; a single person is not meant.
fn many(before: &[Token], speaker: usize) -> Vec<usize> {
    Some(named(before, speaker)).filter(|people| people.len() > 1).unwrap_or_default()
}

/// Whether the pronoun stands for a thing: "Ben hat sie bezahlt".
fn is_thing(token: &Token, before: &[Token]) -> bool {
    let last = before.iter().rev().find(|token| !token.is_filler() || token.is(Role::Auxiliary));
    if before.last().is_some_and(|last| last.is(Role::Paid) || last.is(Role::Bought)) && !token.is_owner() {
        return !token.is(Role::Possessive) || token.is(Role::ObjectPronoun);
    }
    token.is(Role::Accusative)
        && last.is_some_and(|last| last.is(Role::Auxiliary) || last.who().is_some())
        && !before.last().is_some_and(|last| last.is(Role::And))
}

/// The first person of the sentence.
fn subject(before: &[Token]) -> Vec<usize> {
    let begin = before.iter().rposition(|token| token.atom == Atom::Break(Break::Stop)).map_or(0, |stop| stop + 1);
    let mut people = before[begin..].iter().filter_map(Token::who).map(Who::named);
    people.find(|people| !people.is_empty()).unwrap_or_default().to_vec()
}
