//! Clauses that do not concern the money: orders to a program, reasons, and what people did or did not do.

use crate::{
    pattern::{GRAMMAR, USEFUL},
    remark::Remark,
    role::Role,
    token::{Atom, Break, Token, Who},
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
