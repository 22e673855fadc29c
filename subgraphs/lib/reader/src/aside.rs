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

/// The tokens without reasons, which do not concern the money: "because she had forgotten her card".
pub(crate) fn without_reasons(tokens: &[Token]) -> Vec<Token> {
    let mut kept = tokens.to_vec();
    let mut reason = false;
    let mut said = false;
    for token in &mut kept {
        if matches!(token.atom, Atom::Break(_)) {
            reason = false;
        } else if token.is(Role::Because) {
            reason = said;
            token.drop();
        } else if reason && !matches!(token.atom, Atom::Value(_) | Atom::Date(_)) {
            token.drop();
        }
        said |= matches!(token.atom, Atom::Value(_) | Atom::People(_));
    }
    kept
}

/// The tokens without clauses that only tell something about people: "they had no time", "(he is vegan)".
pub(crate) fn without_asides(tokens: &[Token]) -> Vec<Token> {
    let mut kept = tokens.to_vec();
    let mut begin = 0;
    for segment in tokens.split_inclusive(Token::is_break) {
        let end = begin + segment.len();
        let open = begin > 0 && tokens[begin - 1].atom == Atom::Break(Break::Open);
        let mut words =
            segment.iter().skip_while(|token| (token.is_filler() && !token.is(Role::Definite)) || token.is(Role::But));
        let subject = words.next().is_some_and(|token| {
            matches!(token.who(), Some(Who::He | Who::They)) || (token.is(Role::Definite) && tells(words.clone()))
        });
        let tells = segment
            .iter()
            .any(|token| token.is(Role::Not) || token.is(Role::Had) || matches!(token.atom, Atom::Word(_)));
        let absent =
            segment.iter().any(|token| token.is(Role::Not)) && segment.iter().all(|token| token.who().is_none());
        if begin > 0 && tells && (open || absent || subject) && segment.iter().all(is_idle) {
            for token in &mut kept[begin..end] {
                if !(token.is_break() || (open && matches!(token.atom, Atom::Word(_)))) {
                    token.drop();
                }
            }
        }
        begin = end;
    }
    kept
}

/// Whether a verb follows: "die hatten keine Lust".
fn tells<'t>(mut words: impl Iterator<Item = &'t Token>) -> bool {
    words.next().is_some_and(|word| !matches!(word.atom, Atom::People(_))) && words.any(|word| word.is(Role::Not))
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
