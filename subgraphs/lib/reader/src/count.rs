//! Numbers that are not money: they count people, shares or things, or they are labels.

use crate::{
    headcounts::count_people,
    lookup::Lookup,
    piece::{
        Atom, MOST_THINGS, Piece, Sort, Value, before, behind, is_people, is_share_noun, is_worded, of_people, role,
        small,
    },
    receiving::way_back,
    role::Role,
    weights::weigh,
    words::Kind,
};

/// The smallest number that is read as a price beside a word that can be a plural.
const FEWEST_AMOUNT: u64 = 6;

/// Decides for each number without a currency whether it is a count.
pub(crate) fn count(lookup: &Lookup<'_>, pieces: &mut Vec<Piece>) {
    take_off(pieces);
    way_back(lookup, pieces);
    weigh(lookup, pieces);
    drop_ones(lookup, pieces);
    divide(lookup, pieces);
    count_people(lookup, pieces);
    count_shares(pieces);
    count_things(lookup, pieces);
}

/// Drops "one" unless it counts shares: on its own it is rarely a number.
fn drop_ones(lookup: &Lookup<'_>, pieces: &mut [Piece]) {
    let one = |piece: &Piece| is_worded(Some(piece)) && small(Some(piece)) == Some(1);
    let shares = |at: usize| small(pieces.get(at)).is_some() && is_share_noun(lookup, pieces.get(at + 1));
    let many = (0..pieces.len()).filter(|at| shares(*at)).count();
    let several = (0..pieces.len()).any(|at| shares(at) && !one(&pieces[at]));
    let kept: Vec<bool> = (0..pieces.len())
        .map(|at| {
            let each = role(pieces.get(at + 2)) == Some(Role::Each);
            let noun = is_share_noun(lookup, pieces.get(at + 1)) && (many > 1 || each);
            noun || (several && is_beside_people(pieces, at))
        })
        .collect();
    for (piece, kept) in pieces.iter_mut().zip(kept) {
        if one(piece) && !kept {
            piece.atom = Atom::Filler;
        }
    }
}

/// Decides the ambiguous words of discounts and tips: "12 off" is a discount but "straight off the website" is not,
/// "service 5" is a tip but "car service 80" is not.
fn take_off(pieces: &mut [Piece]) {
    let is_amount = |piece: &Piece| matches!(piece.atom, Atom::Number { .. } | Atom::Value(Value::Percent(_)));
    for at in 0..pieces.len() {
        // "Ben gave 50" is a payment, but "they gave him 45 back" is not.
        if role(pieces.get(at)) == Some(Role::Service) {
            let named = at > 0 && matches!(pieces[at - 1].atom, Atom::Word(_));
            let amount = pieces.get(at + 1).is_some_and(is_amount) || (at > 0 && is_amount(&pieces[at - 1]));
            pieces[at].atom = if amount && !named { Atom::Role(Role::Tip) } else { Atom::Word(Sort::Thing) };
        }
        if role(pieces.get(at)) == Some(Role::Off) {
            let clause = pieces[..at].iter().rev().take(4).take_while(|piece| !matches!(piece.atom, Atom::Break(_)));
            let taken = clause.into_iter().any(is_amount);
            pieces[at].atom = if taken { Atom::Role(Role::Discount) } else { Atom::Filler };
        }
    }
}

/// Reads a number of people to divide by: "split by 5", "between 4", "in three equal shares".
fn divide(lookup: &Lookup<'_>, pieces: &mut [Piece]) {
    let numbers = pieces.iter().filter(|piece| matches!(piece.atom, Atom::Number { .. })).count();
    for at in 0..pieces.len() {
        let Some(count) = small(pieces.get(at)).filter(|count| (2..=MOST_THINGS).contains(count)) else { continue };
        let next = pieces.get(at + 1);
        let equal = role(next) == Some(Role::Equal) && numbers > 1;
        let Some(last) = before(pieces, at) else {
            continue;
        };
        let split = |at: usize| {
            pieces[..at]
                .iter()
                .rev()
                .take_while(|piece| !matches!(piece.atom, Atom::Break(_)))
                .any(|piece| role(Some(piece)) == Some(Role::Split))
        };
        let phrase = pieces[last].to - pieces[last].from > 1
            && [Role::By, Role::Between, Role::All, Role::Everyone]
                .iter()
                .any(|role| lookup.is_role(pieces[last].to - 1, *role).is_some());

        // A division: `312.48 / 6`.
        let quotient = matches!(lookup.words[pieces[last].from].kind, Kind::Mark('/' | '÷'))
            && last > 0
            && matches!(pieces[last - 1].atom, Atom::Number { .. });
        let divides = match role(pieces.get(last)) {
            _ if quotient => true,

            Some(Role::By) => split(last),
            Some(Role::Split) => phrase,

            _ => false,
        };

        let other = next
            .is_some_and(|next| matches!(next.atom, Atom::Word(_) | Atom::Role(Role::And | Role::Heads | Role::Ways)));
        if equal || (divides && numbers > 1 && !other) {
            pieces[at].atom = of_people(count);
        }
    }
}

/// Turns numbers that are not money into counts.
fn count_things(lookup: &Lookup<'_>, pieces: &mut [Piece]) {
    for at in 0..pieces.len() {
        let Some(count) = small(pieces.get(at)) else { continue };
        if let Some(atom) = thing_count(lookup, pieces, at, count) {
            pieces[at].atom = atom;
        }
    }
}

/// Whether each number precedes the thing that it is the price of, from the start of a list.
fn amounts_first(pieces: &[Piece]) -> bool {
    let mut numbers = (0..pieces.len()).filter(|at| matches!(pieces[*at].atom, Atom::Number { .. })).peekable();
    let opens = numbers.peek().is_some_and(|first| {
        before(pieces, *first).is_none_or(|last| matches!(pieces[last].atom, Atom::Break(_) | Atom::Role(Role::And)))
    });
    opens
        && numbers.all(|at| {
            let lead = behind(pieces, at).filter(|next| role(pieces.get(*next)) == Some(Role::For)).or(Some(at));
            let thing = lead.and_then(|lead| behind(pieces, lead));
            thing.is_some_and(|next| matches!(pieces[next].atom, Atom::Word(_)))
        })
}

fn thing_count(lookup: &Lookup<'_>, pieces: &[Piece], at: usize, count: u64) -> Option<Atom> {
    let others = pieces
        .iter()
        .enumerate()
        .any(|(place, piece)| place != at && matches!(piece.atom, Atom::Number { .. } | Atom::Value(Value::Money(_))));

    let (next, few) = (pieces.get(at + 1), count <= MOST_THINGS);
    let worded = is_worded(pieces.get(at));
    // "bags of cement x4 31.20"
    let factor = at >= 2
        && role(pieces.get(at - 1)) == Some(Role::TimesWord)
        && matches!(pieces[at - 2].atom, Atom::Word(_))
        && lookup.words[pieces[at].from].glued
        && matches!(next.map(|next| &next.atom), Some(Atom::Number { .. }));
    let multiplied = factor;
    if multiplied || (role(next) == Some(Role::Unit) && others) {
        return Some(Atom::Count(count));
    }

    let for_so_many = worded && at > 0 && role(pieces.get(at - 1)) == Some(Role::For);
    if few && for_so_many && !next.is_some_and(|next| matches!(next.atom, Atom::Word(_))) {
        return Some(of_people(count));
    }
    let thing = next.filter(|next| matches!(next.atom, Atom::Word(_)) && few)?;

    let plural = lookup.lexicon.is_plural(&lookup.words[thing.from].folded);
    let amount_follows = amount_follows(&pieces[at + 1..]);
    // "5 coffee 9 cake": each price precedes its thing.
    if amount_follows && !worded && others && amounts_first(pieces) {
        return plural.then_some(Atom::Odd);
    }
    // "3 Bier 12", "Ben had 2 wine 14"
    let begins = before(pieces, at).is_none();
    let is_thing = thing.atom == Atom::Word(Sort::Thing);
    let plural = plural || (begins && is_thing && amount_follows && count < FEWEST_AMOUNT);
    if amount_follows && plural || (worded && others) {
        return Some(Atom::Count(count));
    }

    // "2 adults and 1 kid": a price of one is unlikely.

    // "15 wine for Ben": a large number before a word without a plural is a price.
    let plural = plural && (count < FEWEST_AMOUNT);
    match plural {
        true if plural && is_first(pieces, at) => Some(Atom::Count(count)),
        // "40 petrol, 12 tolls"
        true if count >= FEWEST_AMOUNT && amounts_first(pieces) => None,
        // "taxi 20, 3 beers": the 3 can be a count or a price, so it is asked about.
        _ => None,
    }
}

/// Whether the number starts the text and counts a thing before the only amount: "3 jugs at the local, 69".
fn is_first(pieces: &[Piece], at: usize) -> bool {
    let is_number = |piece: &Piece| matches!(piece.atom, Atom::Number { .. } | Atom::Value(Value::Money(_)));

    pieces[at + 1..].iter().filter(|piece| is_number(piece)).count() == 1
}

/// Reads small numbers beside people as shares if another one is: "2 shares Ben, me 1".
fn count_shares(pieces: &mut [Piece]) {
    if !pieces.iter().any(|piece| matches!(piece.atom, Atom::Value(Value::Parts(_)))) {
        return;
    }
    for at in 0..pieces.len() {
        let Some(count) = small(pieces.get(at)).filter(|count| (1..=MOST_THINGS).contains(count)) else { continue };
        if is_beside_people(pieces, at) {
            pieces[at].atom = Atom::Value(Value::Parts(count));
        }
    }
}

/// Whether the number stands beside a person: "me 1", "1 for her", "one each for the others".
fn is_beside_people(pieces: &[Piece], at: usize) -> bool {
    let mut next = behind(pieces, at);
    if let Some(each) = next.filter(|next| role(pieces.get(*next)) == Some(Role::Each)) {
        next = behind(pieces, each);
    }
    let last = before(pieces, at);
    let lead =
        last.filter(|last| role(pieces.get(*last)) == Some(Role::Each)).map_or(last, |each| before(pieces, each));
    let marked = next.is_some_and(|next| {
        role(pieces.get(next)) == Some(Role::For) && is_people(behind(pieces, next).and_then(|next| pieces.get(next)))
    });
    let ends = next.is_none_or(|next| matches!(pieces[next].atom, Atom::Break(_) | Atom::Role(Role::And | Role::But)));
    marked || (ends && is_people(lead.and_then(|lead| pieces.get(lead))))
}

/// Whether a number follows, with only words in between.
fn amount_follows(pieces: &[Piece]) -> bool {
    let words = |piece: &&Piece| {
        matches!(piece.atom, Atom::Word(_) | Atom::Filler | Atom::Role(Role::For | Role::At | Role::Each | Role::Unit))
    };
    let next = pieces.iter().find(|piece| !words(piece));
    next.is_some_and(|piece| matches!(piece.atom, Atom::Number { .. }))
}
