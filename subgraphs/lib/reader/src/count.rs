//! Numbers that are not money: they count people, shares or things, or they are labels.

use crate::{
    cards::cards,
    clause::{self, is_people},
    following::follows,
    heads::count_people,
    label::is_label,
    lookup::Lookup,
    piece::{Atom, Break, Party, Piece, Sort, Value, Who},
    proportion::sides,
    quantity::Quantity,
    receiving::{plain_nights, way_back},
    role::Role,
    weighing::weigh,
    words::Kind,
};

/// The largest number of things that is read as a count; a larger number is money.
pub(crate) const MOST_THINGS: u64 = 20;

/// The smallest number that is read as a price beside a word that can be a plural.
const FEWEST_AMOUNT: u64 = 6;

/// The digit 4, which people write for "for".
const LIKE_A_WORD: u64 = 4;

/// Decides for each number without a currency whether it is a count. `people` is the size of the group.
pub(crate) fn count(lookup: &Lookup<'_>, pieces: &mut Vec<Piece>, people: usize) {
    take_off(lookup, pieces);
    way_back(lookup, pieces);
    plain_nights(lookup, pieces);
    follows(lookup, pieces);
    sides(lookup, pieces);
    cards(lookup, pieces);
    weigh(lookup, pieces);
    drop_ones(lookup, pieces);
    divide(lookup, pieces);
    count_people(lookup, pieces, people);
    count_shares(pieces);
    count_things(lookup, pieces);
}

/// The next piece that is not a filler.
pub(crate) fn behind(pieces: &[Piece], at: usize) -> Option<usize> {
    (at + 1..pieces.len()).find(|next| pieces[*next].atom != Atom::Filler)
}

/// The previous piece that is not a filler.
pub(crate) fn before(pieces: &[Piece], at: usize) -> Option<usize> {
    (0..at).rev().find(|before| pieces[*before].atom != Atom::Filler)
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
            noun || (several && (role(pieces.get(at + 1)) == Some(Role::Each) || is_beside_people(pieces, at)))
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
fn take_off(lookup: &Lookup<'_>, pieces: &mut Vec<Piece>) {
    let is_amount = |piece: &Piece| matches!(piece.atom, Atom::Number { .. } | Atom::Value(Value::Percent(_)));
    // A negative percentage is a discount: `-10%`.
    let negative = |piece: &Piece| {
        matches!(piece.atom, Atom::Value(Value::Percent(_)))
            && !lookup.words[piece.from].is_letters()
            && lookup.words[piece.from].kind != Kind::Number
    };
    for at in (0..pieces.len()).rev().filter(|at| negative(&pieces[*at])).collect::<Vec<_>>() {
        let off = Piece { atom: Atom::Role(Role::Discount), ..pieces[at].clone() };
        pieces.insert(at + 1, off);
    }
    for at in 0..pieces.len() {
        // "Ben gave 50" is a payment, but "they gave him 45 back" is not.
        if role(pieces.get(at)) == Some(Role::Gave) {
            let mut clause = pieces[at..].iter().take_while(|piece| !matches!(piece.atom, Atom::Break(_)));
            let back = clause.any(|piece| role(Some(piece)) == Some(Role::Back));
            pieces[at].atom = if back { Atom::Filler } else { Atom::Role(Role::Paid) };
        }
        if role(pieces.get(at)) == Some(Role::Service) {
            let named = at > 0 && matches!(pieces[at - 1].atom, Atom::Word(_));
            let amount = pieces.get(at + 1).is_some_and(is_amount) || (at > 0 && is_amount(&pieces[at - 1]));
            pieces[at].atom = if amount && !named { Atom::Role(Role::Tip) } else { Atom::Word(Sort::Thing) };
        }
        if role(pieces.get(at)) == Some(Role::Off) {
            let clause = pieces[..at].iter().rev().take(4).take_while(|piece| !matches!(piece.atom, Atom::Break(_)));
            let taken = clause.into_iter().any(is_amount) || pieces.get(at + 1).is_some_and(is_amount);
            pieces[at].atom = if taken { Atom::Role(Role::Discount) } else { Atom::Filler };
        }
    }
}

/// Whether the word is a noun for shares; "shares" can also be a verb.
pub(crate) fn is_share_noun(lookup: &Lookup<'_>, piece: Option<&Piece>) -> bool {
    piece.is_some_and(|piece| {
        matches!(piece.atom, Atom::Role(_)) && lookup.is_role(piece.from, Role::ShareNoun).is_some()
    })
}

/// Reads a number of people to divide by: "split by 5", "between 4", "in three equal shares".
fn divide(lookup: &Lookup<'_>, pieces: &mut [Piece]) {
    let numbers = pieces.iter().filter(|piece| matches!(piece.atom, Atom::Number { .. })).count();
    for at in 0..pieces.len() {
        let Some(count) = small(pieces.get(at)).filter(|count| (2..=MOST_THINGS).contains(count)) else { continue };
        let next = pieces.get(at + 1);
        let equal = role(next) == Some(Role::Equal) && numbers > 1;
        let Some(last) = before(pieces, at) else {
            if equal {
                pieces[at].atom = of_people(count);
            }
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
        let noun = is_share_noun(lookup, next);
        // A division: `312.48 / 6`.
        let quotient = matches!(lookup.words[pieces[last].from].kind, Kind::Mark('/' | '÷'))
            && last > 0
            && matches!(pieces[last - 1].atom, Atom::Number { .. });
        let divides = match role(pieces.get(last)) {
            _ if quotient => true,
            Some(Role::Between) => true,
            Some(Role::By) => split(last),
            Some(Role::Split) => phrase,
            Some(Role::At) => noun && split(last),
            _ => false,
        };
        // The 5 in "in 5 parts: 2 Ben, 3 me" is only the sum of the shares.
        let shares = (0..pieces.len()).filter(|other| *other != at && is_share_noun(lookup, pieces.get(other + 1)));
        let led = matches!(role(pieces.get(last)), Some(Role::At | Role::Split));
        if noun && led && shares.filter_map(|other| small(pieces.get(other))).sum::<u64>() == count {
            pieces[at].atom = Atom::Filler;
            pieces[at + 1].atom = Atom::Filler;
            continue;
        }
        let other = next
            .is_some_and(|next| matches!(next.atom, Atom::Word(_) | Atom::Role(Role::And | Role::Heads | Role::Ways)));
        if equal || (divides && numbers > 1 && !other) {
            if quotient || role(pieces.get(last)) == Some(Role::By) {
                pieces[last].atom = Atom::Role(Role::Between);
            }
            if noun {
                pieces[at + 1].atom = Atom::Filler;
            }
            pieces[at].atom = of_people(count);
        }
    }
}

pub(crate) fn of_people(count: u64) -> Atom {
    Atom::People(Party { who: Who::Count(count), owner: false })
}

/// A non-negative whole number without a currency.
pub(crate) fn small(piece: Option<&Piece>) -> Option<u64> {
    match piece.map(|piece| &piece.atom) {
        Some(Atom::Number { quantity: Quantity::Number { number, negative: false, .. } }) => number.integer(),
        _ => None,
    }
}

pub(crate) fn role(piece: Option<&Piece>) -> Option<Role> {
    piece.and_then(clause::role)
}

pub(crate) fn who(piece: Option<&Piece>) -> Option<&Who> {
    match piece.map(|piece| &piece.atom) {
        Some(Atom::People(party)) => Some(&party.who),
        _ => None,
    }
}

pub(crate) fn is_worded(piece: Option<&Piece>) -> bool {
    matches!(piece.map(|piece| &piece.atom), Some(Atom::Number { quantity: Quantity::Number { worded: true, .. } }))
}

/// Turns numbers that are not money into counts.
fn count_things(lookup: &Lookup<'_>, pieces: &mut [Piece]) {
    for at in 0..pieces.len() {
        let Some(count) = small(pieces.get(at)) else { continue };
        if let Some(atom) = thing_count(lookup, pieces, at, count) {
            pieces[at].atom = atom;
        } else if count <= MOST_THINGS && is_worded(pieces.get(at)) && is_in_digits(lookup, pieces) {
            // "98 for all, two for Ben": a number in words is unlikely to be an amount beside amounts in digits, unless
            // they form a sum.
            if !is_in_sum(pieces) {
                pieces[at].atom = Atom::Odd;
            }
        }
    }
}

/// The number of people who are named.
fn named(pieces: &[Piece]) -> u64 {
    let people =
        |piece: &Piece| if let Some(Who::Named(people)) = who(Some(piece)) { people.clone() } else { Vec::new() };
    let mut named: Vec<usize> = pieces.iter().flat_map(people).collect();
    named.sort_unstable();
    named.dedup();
    named.len() as u64
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

/// Whether the number multiplies a price: "4.50 each x 3".
fn is_factor(pieces: &[Piece], at: usize) -> bool {
    let times = at >= 2 && role(pieces.get(at - 1)) == Some(Role::TimesWord) && small(pieces.get(at - 2)).is_none();
    let priced = pieces[..at].iter().rev().take_while(|piece| !matches!(piece.atom, Atom::Break(_)));
    let ends = pieces.get(at + 1).is_none_or(|next| matches!(next.atom, Atom::Break(_) | Atom::People(_)));
    times && ends && priced.into_iter().any(|piece| matches!(piece.atom, Atom::Number { .. }))
}

fn thing_count(lookup: &Lookup<'_>, pieces: &[Piece], at: usize, count: u64) -> Option<Atom> {
    let others = pieces
        .iter()
        .enumerate()
        .any(|(place, piece)| place != at && matches!(piece.atom, Atom::Number { .. } | Atom::Value(Value::Money(_))));
    if others && is_label(lookup, pieces, at) {
        return Some(Atom::Count(count));
    }
    let (next, few) = (pieces.get(at + 1), count <= MOST_THINGS);
    let worded = is_worded(pieces.get(at));
    // "bags of cement x4 31.20"
    let factor = at >= 2
        && role(pieces.get(at - 1)) == Some(Role::TimesWord)
        && matches!(pieces[at - 2].atom, Atom::Word(_))
        && lookup.words[pieces[at].from].glued
        && matches!(next.map(|next| &next.atom), Some(Atom::Number { .. }));
    let multiplied = factor || role(next) == Some(Role::TimesWord) || is_factor(pieces, at);
    if multiplied || (role(next) == Some(Role::Unit) && (others || worded)) {
        return Some(Atom::Count(count));
    }
    // "dinner for two"
    let ends = next.is_none_or(|next| matches!(next.atom, Atom::Break(_) | Atom::Role(Role::At)));
    let as_named = ends && others && count > 1 && count == named(pieces);
    let for_so_many = (worded || as_named) && at > 0 && role(pieces.get(at - 1)) == Some(Role::For);
    if few && for_so_many && !next.is_some_and(|next| matches!(next.atom, Atom::Word(_))) {
        return Some(of_people(count));
    }
    let thing = next.filter(|next| matches!(next.atom, Atom::Word(_)) && few)?;
    // "burger 15 coke 3" has prices after things, but "crisps 4 movie night 13" can mean "for".
    let priced = at > 0 && matches!(pieces[at - 1].atom, Atom::Word(Sort::Thing)) && !worded && count != LIKE_A_WORD;
    if priced && amount_follows(&pieces[at + 1..]) {
        let open = count < FEWEST_AMOUNT && lookup.is_plural(thing.from);
        return open.then_some(Atom::Odd);
    }
    let plural = count == 1 || lookup.lexicon.is_plural(&lookup.words[thing.from].folded);
    let amount_follows = amount_follows(&pieces[at + 1..]);
    // "5 coffee 9 cake": each price precedes its thing.
    if amount_follows && !worded && others && amounts_first(pieces) {
        return plural.then_some(Atom::Odd);
    }
    // "3 Bier 12", "Ben had 2 wine 14"
    let begins = before(pieces, at).is_none_or(|last| {
        matches!(pieces[last].atom, Atom::Break(_) | Atom::People(_))
            || matches!(role(pieces.get(last)), Some(Role::And | Role::Had | Role::Got | Role::Paid))
    });
    let is_thing = thing.atom == Atom::Word(Sort::Thing);
    let plural = plural || (begins && is_thing && amount_follows && count < FEWEST_AMOUNT);
    if amount_follows && (plural || worded) || (worded && (others || plural)) {
        return Some(Atom::Count(count));
    }
    // "3 Bier je 4,50"
    let priced = matches!(role(pieces.get(at + 2)), Some(Role::At | Role::Each));
    if priced && amount_follows {
        return Some(Atom::Count(count));
    }
    let glued = lookup.words[thing.from].glued;
    // "2 adults and 1 kid": a price of one is unlikely.
    if count == 1 && others {
        return Some(Atom::Count(count));
    }
    if is_thing && plural && is_paid_before(pieces, at) {
        return Some(Atom::Count(count));
    }
    // "15 wine for Ben": a large number before a word without a plural is a price.
    let plural = plural && (count < FEWEST_AMOUNT || lookup.is_plural(thing.from));
    match plural || glued {
        true if !others && count <= 10 && plural => Some(Atom::Count(count)),
        true if plural && is_first(pieces, at) => Some(Atom::Count(count)),
        // "40 petrol, 12 tolls"
        true if count >= FEWEST_AMOUNT && amounts_first(pieces) => None,
        // "taxi 20, 3 beers": the 3 can be a count or a price, so it is asked about.
        true if others => Some(Atom::Odd),
        _ => None,
    }
}

/// Whether the count follows its price: "20 for 4 coffees".
fn is_paid_before(pieces: &[Piece], at: usize) -> bool {
    let led = before(pieces, at).filter(|last| role(pieces.get(*last)) == Some(Role::For));
    led.and_then(|led| before(pieces, led)).is_some_and(|paid| matches!(pieces[paid].atom, Atom::Number { .. }))
}

/// Whether one of the numbers is the sum of all others.
fn is_in_sum(pieces: &[Piece]) -> bool {
    let minor = |piece: &Piece| match &piece.atom {
        Atom::Number { quantity: Quantity::Number { number, .. } } => number.scaled(3),
        Atom::Number { quantity: Quantity::Money { value, .. } } => value.scaled(3),
        _ => None,
    };
    let amounts: Vec<i64> = pieces.iter().filter_map(minor).collect();
    let sum = amounts.iter().try_fold(0_i64, |sum, minor| sum.checked_add(*minor));
    sum.is_some_and(|sum| amounts.iter().any(|minor| minor.checked_mul(2) == Some(sum)))
}

fn is_in_digits(lookup: &Lookup<'_>, pieces: &[Piece]) -> bool {
    pieces.iter().any(|piece| {
        matches!(piece.atom, Atom::Number { .. })
            && lookup.words[piece.from..piece.to].iter().any(|word| word.kind == Kind::Number)
    })
}

/// Whether the number starts the text and counts a thing before the only amount: "3 jugs at the local, 69".
fn is_first(pieces: &[Piece], at: usize) -> bool {
    let is_number = |piece: &Piece| matches!(piece.atom, Atom::Number { .. } | Atom::Value(Value::Money(_)));
    let named = |piece: &Piece| is_number(piece) || matches!(piece.atom, Atom::People(_) | Atom::Break(_));
    !pieces[..at].iter().any(named) && pieces[at + 1..].iter().filter(|piece| is_number(piece)).count() == 1
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
            || piece.atom == Atom::Break(Break::Open)
    };
    let next = pieces.iter().find(|piece| !words(piece));
    next.is_some_and(|piece| matches!(piece.atom, Atom::Number { .. }))
}
