//! How much a reading gains by using a token.

use crate::{
    pattern::GRAMMAR,
    piece::{Atom, Who},
    role::Role,
    token::Token,
};

/// The worth of a token that a reading must use.
const NEEDED: i32 = 100;

/// The worth of a word that says how the money is divided.
pub(crate) const USEFUL: i32 = 20;

/// Whether a gap or the name of a thing can contain the token.
pub(crate) fn is_passed(token: &Token) -> bool {
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
pub(crate) fn worth(token: &Token) -> i32 {
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
        Atom::Role(role) => of_role(*role),
        _ => 0,
    }
}

/// Whether a reading that does not use the token is incomplete.
pub(crate) fn must(token: &Token) -> bool {
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

/// The gain of using a word of this role; nothing for a word that only connects others.
pub(crate) fn of_role(role: Role) -> i32 {
    GRAMMAR.worths.iter().find(|(_, roles)| roles.has(role)).map_or(1, |(worth, _)| *worth)
}
