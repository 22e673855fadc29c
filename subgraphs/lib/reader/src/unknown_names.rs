//! Finds names of people outside the group without a preposition: "36, Ben, me, noemi", "for malik's ticket".

use crate::{
    language::Meaning,
    lookup::Lookup,
    piece::{Atom, Break, Party, Piece, Sort, Who, is_verb},
    role::Role,
    words::Kind,
};

/// The indices of the words that are names of unknown people, judged by their neighbours.
pub(crate) fn unknown(lookup: &Lookup<'_>, pieces: &[Piece]) -> Vec<usize> {
    let found = (0..pieces.len()).filter(|at| {
        is_listed(lookup, pieces, *at)
            || is_owner(lookup, pieces, *at)
            || is_guest(lookup, pieces, *at)
            || is_subgroup(lookup, pieces, *at)
    });
    found.map(|at| pieces[at].from).collect()
}

fn is_person(piece: Option<&Piece>) -> bool {
    matches!(piece.map(|piece| &piece.atom), Some(Atom::People(Party { who: Who::Named(_), owner: false })))
}

fn is_comma(piece: Option<&Piece>) -> bool {
    piece.is_some_and(|piece| piece.atom == Atom::Break(Break::Comma))
}

fn is_and(piece: Option<&Piece>) -> bool {
    piece.is_some_and(|piece| piece.atom == Atom::Role(Role::And))
}

fn is_value(piece: &Piece) -> bool {
    matches!(piece.atom, Atom::Value(_) | Atom::Number { .. })
}

fn is_word(piece: &Piece) -> bool {
    matches!(piece.atom, Atom::Word(_))
}

/// Whether the word is listed with people after the amount and the thing.
fn is_listed(lookup: &Lookup<'_>, pieces: &[Piece], at: usize) -> bool {
    let piece = &pieces[at];
    let plain = matches!(piece.atom, Atom::Word(Sort::Name | Sort::Unknown)) && !lookup.is_known(piece.from);
    if !plain || lookup.words[piece.from].kind != Kind::Letters {
        return false;
    }
    let ends = pieces.get(at + 1).is_none_or(|piece| matches!(piece.atom, Atom::Break(_)) || is_value(piece));
    let before = |back: usize| at.checked_sub(back).and_then(|place| pieces.get(place));
    let comma = usize::from(is_comma(before(1)));
    // "Ben, me, noemi" and "me Ben kofi" end with a name, "me and Ben, great fun" does not.
    let inner = usize::from(is_comma(before(comma + 2)));
    let last = ends && is_person(before(comma + 1)) && is_person(before(comma + 2 + inner));
    let begin = if last { at.saturating_sub(comma + 2 + inner) } else { at };
    (last || begins_list(pieces, at)) && pieces[..begin].iter().any(is_word)
}

/// Whether the word starts a list of people: "36, noemi and Ben", "(noemi, Ben, me)", "split noemi, Ben, me".
fn begins_list(pieces: &[Piece], at: usize) -> bool {
    let before = |back: usize| at.checked_sub(back).and_then(|place| pieces.get(place));
    let led = |piece: &Piece| {
        is_value(piece) || matches!(piece.atom, Atom::Break(Break::Open) | Atom::Role(Role::Split | Role::Between))
    };
    let begins = before(1).is_some_and(|piece| led(piece) || is_break(piece) && before(2).is_some_and(led));
    let (next, third) = (pieces.get(at + 1), pieces.get(at + 3));
    let goes_on = (is_comma(third) || is_and(third)) && is_person(pieces.get(at + 4));
    begins && is_person(pieces.get(at + 2)) && (is_and(next) || is_comma(next) && goes_on)
}

fn is_break(piece: &Piece) -> bool {
    matches!(piece.atom, Atom::Break(Break::Comma | Break::Colon))
}

/// Whether the word is a guest of a member and the text does not say who shares: "Zoe's brother joined us".
fn is_guest(lookup: &Lookup<'_>, pieces: &[Piece], at: usize) -> bool {
    let relative = |meaning| (meaning == Meaning::Relative).then_some(());
    let owner = |piece: &Piece| matches!(piece.atom, Atom::People(Party { owner: true, .. }));
    let owned = at.checked_sub(1).is_some_and(|before| owner(&pieces[before]));
    let comes = pieces.get(at + 1).is_some_and(|piece| lookup.is_role(piece.from, Role::Harmless).is_some());
    let word = is_word(&pieces[at]) && lookup.find(pieces[at].from, relative).is_some();
    word && owned && comes && !pieces.iter().any(divides)
}

/// Whether the word is a subgroup whose members are not named: "the girls had cocktails 60", "wine 30 for the
/// drinkers".
fn is_subgroup(lookup: &Lookup<'_>, pieces: &[Piece], at: usize) -> bool {
    let piece = &pieces[at];
    let means = |word: usize, wanted: Meaning| lookup.find(word, |meaning| (meaning == wanted).then_some(())).is_some();
    if !is_word(piece) || !means(piece.from, Meaning::Subgroup) {
        return false;
    }
    let article = piece.from.checked_sub(1).is_some_and(|word| means(word, Meaning::Article));
    let verb = |piece: &Piece| matches!(piece.atom, Atom::Role(role) if is_verb(role) || role == Role::Split);
    let acts = pieces.get(at + 1).is_some_and(verb);
    let before = pieces[..at].iter().rposition(|piece| piece.atom != Atom::Filler);
    let marked = before.is_some_and(|before| {
        let marker = &pieces[before].atom;
        matches!(marker, Atom::Role(Role::For | Role::Between | Role::With | Role::Only | Role::Except))
    });
    let pays = |at: usize| pieces.get(at).is_some_and(|piece| piece.atom == Atom::Role(Role::Paid));
    // "all the girls" does not mean everybody.
    let told = (0..pieces.len()).filter(|place| Some(*place) != before).any(|place| match &pieces[place].atom {
        Atom::People(Party { who: Who::Named(_), owner }) => !owner && !pays(place + 1),
        Atom::People(_) => true,
        _ => false,
    });
    article && (acts || marked) && !told
}

/// Whether the piece says who shares.
fn divides(piece: &Piece) -> bool {
    match &piece.atom {
        Atom::People(party) => matches!(party.who, Who::Everyone(_) | Who::Count(_) | Who::Others),
        Atom::Role(role) => matches!(role, Role::With | Role::Between | Role::Split),
        _ => false,
    }
}

/// Whether the word is the unknown owner of a thing and the text does not say who shares: "for Dave's ticket". A shop
/// does not own a ticket.
fn is_owner(lookup: &Lookup<'_>, pieces: &[Piece], at: usize) -> bool {
    let piece = &pieces[at];
    let word = &lookup.words[piece.from];
    let next = pieces.get(at + 1);
    let share = next.is_some_and(|next| matches!(next.atom, Atom::Role(Role::ShareNoun | Role::Split)));
    if !is_word(piece) || lookup.is_known(piece.from) || !(share || next.is_some_and(is_word)) {
        return false;
    }
    // "für Maliks Ticket"
    let plain = lookup.nouns_are_capital() && word.is_capital();
    let stem = word.folded.strip_suffix("'s").or_else(|| word.folded.strip_suffix('s').filter(|_| plain));
    let Some(stem) = stem else { return false };
    let given = lookup.lexicon.is_given(stem);
    let things = pieces[at + 1..].iter().take_while(|piece| is_word(piece) || piece.atom == Atom::Filler);
    let has = |wanted: Meaning| {
        let means = |piece: &Piece| {
            lookup.find(piece.to - 1, |meaning| (meaning == wanted).then_some(())).is_some()
                || lookup.find(piece.from, |meaning| (meaning == wanted).then_some(())).is_some()
        };
        things.clone().any(means)
    };
    let before = pieces[..at].iter().rev().find(|piece| piece.atom != Atom::Filler);
    let bought = before.is_some_and(|piece| matches!(piece.atom, Atom::Role(Role::For | Role::Paid)));
    let placed = before.is_some_and(|piece| matches!(piece.atom, Atom::Role(Role::At | Role::From)));
    let named = given || (word.is_capital() && bought && !lookup.nouns_are_capital());
    let theirs = has(Meaning::Personal) && (named || bought);
    !placed
        && !has(Meaning::Occasion)
        && (theirs || (named && bought))
        && !pieces.iter().any(|piece| divides(piece) || matches!(piece.atom, Atom::People(Party { who: Who::We, .. })))
}
