//! Rewrites wordy or inverted phrases as plain ones.

use crate::{
    clause::is_people,
    count::{before, behind, role},
    language::Meaning,
    lookup::Lookup,
    piece::{Atom, Break, Party, Piece, Value, Who},
    quantity::{Quantity, unit},
    role::Role,
};

/// Rewrites the pieces of a text in plain form.
pub(crate) fn rephrase(lookup: &Lookup<'_>, pieces: &mut Vec<Piece>) {
    rests(pieces);
    tickets(lookup, pieces);
    currencies(lookup, pieces);
    put_forward(lookup, pieces);
    along(lookup, pieces);
    for range in sentences(pieces) {
        own_shares(lookup, &mut pieces[range]);
    }
    for range in parts(pieces) {
        let part = &mut pieces[range];
        pays_with(part);
        has_paid(lookup, part);
        pays_for(lookup, part);
        is_in_debt(lookup, part);
        is_invited(lookup, part);
        takes_off(part);
        for_each(lookup, part);
        only_not(part);
        hires(part);
    }
}

/// Reads "ich hab gezahlt, Ben hat mitgegessen" as Ben sharing with the writer.
fn along(lookup: &Lookup<'_>, pieces: &mut Vec<Piece>) {
    let Some(word) = pieces.iter().position(|piece| lookup.is_role(piece.from, Role::Along).is_some()) else { return };
    let begin = pieces[..word].iter().rposition(|piece| matches!(piece.atom, Atom::Break(_))).map_or(0, |end| end + 1);
    let Some(people) = (begin..word).find(|at| is_people(pieces.get(*at))) else { return };
    let says = |piece: &Piece| is_number(piece) || matches!(piece.atom, Atom::Role(role) if role != Role::And);
    if pieces[begin..word].iter().any(says) || !is_named(&pieces[people]) {
        return;
    }
    pieces[word].atom = Atom::Filler;
    let me = |piece: &Piece| lookup.is_role(piece.from, Role::Me).is_some();
    let others = pieces[..begin].iter().chain(&pieces[word..]).any(|piece| is_named(piece) && !me(piece));
    // It is open whether another named person also ate.
    let role = if others { Role::Maybe } else { Role::With };
    pieces.insert(people, Piece { atom: Atom::Role(role), ..pieces[people].clone() });
}

fn is_named(piece: &Piece) -> bool {
    matches!(&piece.atom, Atom::People(Party { who: Who::Named(_), owner: false }))
}

/// Reads "Ben paid 80, the other 50 Dan" as the rest and not as 50 other people.
fn rests(pieces: &mut [Piece]) {
    for at in 0..pieces.len() {
        let others = matches!(&pieces[at].atom, Atom::People(Party { who: Who::Others, .. }));
        let digits = |piece: &Piece| match &piece.atom {
            Atom::Number { quantity: Quantity::Number { worded, .. } } => !worded,
            Atom::Number { quantity: Quantity::Money { .. } } => true,
            _ => false,
        };
        let heads = matches!(role(pieces.get(at + 2)), Some(Role::Heads | Role::Unit));
        if others && pieces.get(at + 1).is_some_and(digits) && !heads && pieces[..at].iter().any(is_number) {
            pieces[at].atom = Atom::Value(Value::Rest);
        }
    }
}

/// Reads "2 Karten" as tickets; in "auf 2 Karten" they are payment cards.
fn tickets(lookup: &Lookup<'_>, pieces: &mut [Piece]) {
    for at in 1..pieces.len() {
        let card = pieces[at].atom == Atom::Role(Role::Card) && lookup.is_role(pieces[at].from, Role::Unit).is_some();
        let begins = at == 1 || matches!(pieces[at - 2].atom, Atom::Break(_) | Atom::Word(_) | Atom::Date(_));
        if card && begins && is_number(&pieces[at - 1]) {
            pieces[at].atom = Atom::Role(Role::Unit);
        }
    }
}

/// Drops "in Euro" from "alles in Euro", so that it does not become part of the description.
fn currencies(lookup: &Lookup<'_>, pieces: &mut [Piece]) {
    for at in 1..pieces.len() {
        let within = lookup.is_role(pieces[at - 1].from, Role::Inside).is_some();
        let word = matches!(pieces[at].atom, Atom::Word(_) | Atom::Filler) && unit(lookup, pieces[at].from).is_some();
        if within && word {
            pieces[at].atom = Atom::Filler;
            pieces[at - 1].atom = Atom::Filler;
        }
    }
}

fn ranges(pieces: &[Piece], ends: impl Fn(&Piece) -> bool) -> Vec<std::ops::Range<usize>> {
    let mut ranges = Vec::new();
    let mut begin = 0;
    for at in 0..=pieces.len() {
        if pieces.get(at).is_none_or(&ends) {
            ranges.push(begin..at);
            begin = at + 1;
        }
    }
    ranges.retain(|range| !range.is_empty());
    ranges
}

fn parts(pieces: &[Piece]) -> Vec<std::ops::Range<usize>> {
    ranges(pieces, |piece| matches!(piece.atom, Atom::Break(_) | Atom::Role(Role::But | Role::Because)))
}

fn sentences(pieces: &[Piece]) -> Vec<std::ops::Range<usize>> {
    ranges(pieces, |piece| piece.atom == Atom::Break(Break::Stop))
}

fn is_number(piece: &Piece) -> bool {
    matches!(piece.atom, Atom::Number { quantity: Quantity::Number { .. } | Quantity::Money { .. } })
}

fn is_owner(piece: &Piece) -> bool {
    matches!(piece.atom, Atom::People(Party { owner: true, .. }))
}

/// Moves the whole before its part: "half of the vet bill (160) is Ben's" becomes "vet bill 160, half is Ben's".
fn put_forward(lookup: &Lookup<'_>, pieces: &mut Vec<Piece>) {
    let part = |piece: &Piece| matches!(piece.atom, Atom::Value(Value::Fraction(..) | Value::Percent(_)));
    let Some(first) = pieces.iter().position(part) else { return };
    let of = behind(pieces, first).filter(|of| matches!(role(pieces.get(*of)), Some(Role::Of | Role::By | Role::On)));
    // "ein Drittel der Miete (900)"
    let of = of.unwrap_or(first);
    let Some(open) = (of + 1..pieces.len()).find(|at| matches!(pieces[*at].atom, Atom::Break(_))) else { return };
    let named = pieces[of + 1..open].iter().all(|piece| matches!(piece.atom, Atom::Word(_) | Atom::Filler));
    let bracket = pieces[open].atom == Atom::Break(Break::Open)
        && pieces.get(open + 1).is_some_and(is_number)
        && pieces.get(open + 2).is_some_and(|piece| piece.atom == Atom::Break(Break::Close));
    let lead = &pieces[..first];
    let plain =
        lead.iter().all(|piece| piece.atom == Atom::Filler || lookup.is_role(piece.from, Role::Definite).is_some());
    if !(named && bracket && plain && pieces[of + 1..open].iter().any(|piece| matches!(piece.atom, Atom::Word(_)))) {
        return;
    }
    let mut said: Vec<Piece> = pieces[of + 1..open].to_vec();
    said.push(pieces[open + 1].clone());
    said.push(Piece { atom: Atom::Break(Break::Comma), ..pieces[open].clone() });
    said.extend(pieces[..=first].iter().cloned());
    said.extend(pieces[open + 3..].iter().cloned());
    *pieces = said;
}

/// Drops the noun for a share beside its amount: "my share is 50, Ben's 42", "mein Anteil 50, der vom Ben 42".
fn own_shares(lookup: &Lookup<'_>, pieces: &mut [Piece]) {
    let amount =
        |pieces: &[Piece], at: usize| behind(pieces, at).filter(|next| pieces.get(*next).is_some_and(is_number));
    let noun = |pieces: &[Piece], at: usize| role(pieces.get(at)) == Some(Role::ShareNoun);
    let theirs: Vec<usize> = (1..pieces.len())
        .filter(|at| noun(pieces, *at) && is_owner(&pieces[*at - 1]) && amount(pieces, *at).is_some())
        .collect();
    if theirs.is_empty() {
        return;
    }
    for at in theirs {
        pieces[at].atom = Atom::Filler;
    }
    // "der von Ben 42"
    for at in 1..pieces.len() {
        let people = |next: &usize| is_people(pieces.get(*next)) && amount(pieces, *next).is_some();
        let of = matches!(role(pieces.get(at)), Some(Role::By | Role::From | Role::Of));
        let article =
            lookup.is_role(pieces[at - 1].from, Role::Definite).is_some() && pieces[at - 1].atom == Atom::Filler;
        if of && article && behind(pieces, at).as_ref().is_some_and(people) {
            pieces[at].atom = Atom::Role(Role::For);
        }
    }
}

/// Reads "zahlen alle mit" as taking part and not as paying.
fn pays_with(pieces: &mut [Piece]) {
    let Some(last) = before(pieces, pieces.len()).filter(|last| role(pieces.get(*last)) == Some(Role::With)) else {
        return;
    };
    let verb = pieces.iter().position(|piece| matches!(piece.atom, Atom::Role(Role::Pays | Role::Not)));
    let number = pieces.iter().any(is_number);
    if let Some(verb) = verb.filter(|_| !number) {
        pieces[last].atom = Atom::Filler;
        if pieces[verb].atom == Atom::Role(Role::Pays) {
            pieces[verb].atom = Atom::Filler;
        }
    }
}

/// Reads "zahlt" after an auxiliary as the participle: "hat die Karten zahlt".
fn has_paid(lookup: &Lookup<'_>, pieces: &mut [Piece]) {
    let Some(has) = pieces
        .iter()
        .position(|piece| piece.atom == Atom::Filler && lookup.is_role(piece.from, Role::Auxiliary).is_some())
    else {
        return;
    };
    for at in has + 1..pieces.len() {
        let pays = pieces[at].atom == Atom::Role(Role::Pays)
            && lookup.find(pieces[at].from, |meaning| (meaning == Meaning::Infinitive).then_some(())).is_none();
        // "hat eine Karte und zahlt 20 weniger"
        if pays && pieces[at - 1].atom != Atom::Role(Role::And) {
            pieces[at].atom = Atom::Role(Role::Paid);
        }
    }
}

/// Marks the indirect object of a payment as the person it was paid for: "ich hab Ben den Eintritt gezahlt".
fn pays_for(lookup: &Lookup<'_>, pieces: &mut [Piece]) {
    let paid = pieces.iter().rposition(|piece| piece.atom == Atom::Role(Role::Paid));
    let has = pieces
        .iter()
        .position(|piece| piece.atom == Atom::Filler && lookup.is_role(piece.from, Role::Auxiliary).is_some());
    let (Some(paid), Some(has)) = (paid, has) else { return };
    let article = |at: usize| {
        let means = |meaning| (meaning == Meaning::Article).then_some(());
        pieces.get(at).is_some_and(|piece| lookup.find(piece.from, means).is_some())
    };
    let word = |at: usize| pieces.get(at).is_some_and(|piece| matches!(piece.atom, Atom::Word(_)));
    let people: Vec<usize> = (0..paid).filter(|at| is_people(pieces.get(*at))).collect();
    let said = lookup.is_role(pieces[has].from, Role::FirstPerson).is_some();
    let receiver = match people.as_slice() {
        [one] if said && *one == has + 1 => *one,
        [_, two] if *two > has => *two,
        _ => return,
    };
    let me = lookup.is_role(pieces[receiver].from, Role::Nominative).is_some();
    // "Ben hat mich mitgezahlt"
    let bought = lookup.is_role(pieces[paid].from, Role::Bought).is_some();
    if bought && !me && receiver == has + 1 && receiver + 1 == paid && people.len() == 2 {
        pieces[has].atom = Atom::Role(Role::For);
        return;
    }
    let marked = receiver > 0 && matches!(pieces[receiver - 1].atom, Atom::Role(_));
    if me || marked || !is_named(&pieces[receiver]) || !article(receiver + 1) || !word(receiver + 2) {
        return;
    }
    // The article is not needed, so it takes the place of the missing preposition.
    pieces.swap(receiver, receiver + 1);
    pieces[receiver].atom = Atom::Role(Role::For);
}

/// Moves the second part of the verb to its subject: "ich bin Ben noch 12 schuldig".
fn is_in_debt(lookup: &Lookup<'_>, pieces: &mut [Piece]) {
    let debt = |piece: &Piece| piece.atom == Atom::Role(Role::Owes) && lookup.is_role(piece.from, Role::Debt).is_some();
    let Some(verb) = pieces.iter().position(debt) else { return };
    let people: Vec<usize> = (0..verb).filter(|at| is_people(pieces.get(*at))).collect();
    let amount = pieces[..verb].iter().any(is_number);
    // "bin Ben noch 12 schuldig"
    if let ([_], true) = (people.as_slice(), amount)
        && let Some(own) = pieces[..verb]
            .iter()
            .position(|piece| piece.atom == Atom::Filler && lookup.is_role(piece.from, Role::FirstPerson).is_some())
    {
        pieces[verb].atom = Atom::Filler;
        pieces[own].atom = Atom::Role(Role::Owes);
        return;
    }
    if let [first, second] = people.as_slice()
        && amount
        && pieces[*first + 1..*second].iter().all(|piece| matches!(piece.atom, Atom::Filler | Atom::Role(Role::For)))
        && let Some(between) = (first + 1..*second).find(|at| pieces[*at].atom == Atom::Filler)
    {
        pieces[verb].atom = Atom::Filler;
        for piece in &mut pieces[first + 1..*second] {
            piece.atom = Atom::Filler;
        }
        pieces[between].atom = Atom::Role(Role::Owes);
    }
}

/// Reads "Ben ist eingeladen" as Ben not paying; "Ben hat eingeladen" is the opposite.
fn is_invited(lookup: &Lookup<'_>, pieces: &mut [Piece]) {
    let Some(verb) = before(pieces, pieces.len()).filter(|last| role(pieces.get(*last)) == Some(Role::Treat)) else {
        return;
    };
    let has = |piece: &Piece| lookup.is_role(piece.from, Role::Auxiliary).is_some();
    let Some((person, is)) = pieces[..verb].split_last().and_then(|(is, rest)| Some((rest.last()?, is))) else {
        return;
    };
    let plain = !pieces[..verb].iter().any(|piece| matches!(piece.atom, Atom::Role(role) if role != Role::And));
    if plain && is_named(person) && is.atom == Atom::Filler && !has(is) {
        pieces[verb].atom = Atom::Role(Role::Not);
    }
}

/// Marks a unit price whose count is missing: "Karten à 34".
fn for_each(lookup: &Lookup<'_>, pieces: &mut [Piece]) {
    for at in 1..pieces.len() {
        let priced = lookup.words[pieces[at].from].folded == "à" && pieces.get(at + 1).is_some_and(is_number);
        let counted = pieces[..at].iter().any(is_number);
        if priced && !counted && pieces[at].atom == Atom::Role(Role::At) {
            pieces[at].atom = Atom::Role(Role::Per);
        }
    }
}

/// Reads "minus" before an amount as a discount if nobody is named: "abzüglich 4,50 Pfand".
fn takes_off(pieces: &mut [Piece]) {
    let said = |piece: &Piece| is_people(Some(piece)) || piece.atom == Atom::Role(Role::Discount);
    if pieces.iter().any(said) {
        return;
    }
    for at in 0..pieces.len() {
        if pieces[at].atom == Atom::Role(Role::Minus) && pieces.get(at + 1).is_some_and(is_number) {
            pieces[at].atom = Atom::Role(Role::Discount);
        }
    }
}

/// Reads "nur Ben nicht" and "nur von Ben nicht" as "außer Ben".
fn only_not(pieces: &mut [Piece]) {
    let Some(only) = pieces.iter().position(|piece| piece.atom == Atom::Role(Role::Only)) else { return };
    let Some(next) = behind(pieces, only) else { return };
    let marked = matches!(role(pieces.get(next)), Some(Role::By | Role::For | Role::With | Role::At | Role::Between));
    let people = if marked { behind(pieces, next) } else { Some(next) };
    let Some(people) = people.filter(|people| is_people(pieces.get(*people))) else { return };
    let end = (people + 1..pieces.len())
        .find(|at| !(is_people(pieces.get(*at)) || matches!(pieces[*at].atom, Atom::Filler | Atom::Role(Role::And))));
    let Some(not) = end.filter(|end| role(pieces.get(*end)) == Some(Role::Not)) else { return };
    if behind(pieces, not).is_none() {
        pieces[only].atom = Atom::Role(Role::Except);
        pieces[not].atom = Atom::Filler;
        if marked {
            pieces[next].atom = Atom::Filler;
        }
    }
}

/// Ignores a verb for lending if its object is a thing and nobody is named: "Rasenmäher geliehen, 35".
fn hires(pieces: &mut [Piece]) {
    let thing = pieces.iter().any(|piece| matches!(piece.atom, Atom::Word(_)));
    let alone = !pieces.iter().any(|piece| match &piece.atom {
        Atom::People(party) => !matches!(party.who, Who::We),
        Atom::Role(role) => matches!(role, Role::Back | Role::From | Role::By | Role::At),
        _ => false,
    });
    if thing && alone {
        for piece in pieces.iter_mut().filter(|piece| piece.atom == Atom::Role(Role::Transfer)) {
            piece.atom = Atom::Filler;
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{owed, read_among};

    /// The payers and the shares in minor units; `None` if there are questions.
    type Shared = (Vec<usize>, Vec<(usize, i64)>);

    fn reading(text: &str) -> Option<Shared> {
        let reading = read_among(&["Ada", "Ben", "Beck"], text);
        let payers = reading.payers.iter().map(|(person, _)| *person).collect();
        owed(&reading).map(|shares| (payers, shares))
    }

    #[test]
    fn wordy_phrases_are_read_like_plain_ones() {
        let some = |payers: &[usize], shares: &[(usize, i64)]| Some((payers.to_vec(), shares.to_vec()));
        for (text, expected) in [
            ("Tanken 92, mein Anteil 50, der vom Ben 42", some(&[], &[(0, 5_000), (1, 4_200)])),
            ("die Hälfte vom Taxi (40) ist für Ben, die andere Hälfte für mich", some(&[], &[(0, 2_000), (1, 2_000)])),
            ("Ich bin dem Ben noch 30 schuldig fürs Kino", some(&[1], &[(0, 3_000)])),
            ("ich hab Ben den Eintritt gezahlt, 12", some(&[0], &[(1, 1_200)])),
            ("Pizza 30 hab ich gezahlt, Ben hat mitgegessen", some(&[0], &[(0, 1_500), (1, 1_500)])),
            ("Putzfrau 30, alle zahlen mit, nur Ben nicht", some(&[], &[(0, 1_500), (2, 1_500)])),
            ("Brunch 30, Ben ist eingeladen", some(&[], &[(0, 1_500), (2, 1_500)])),
            ("Einkauf 33, abzüglich 3 Pfand", some(&[], &[(0, 1_000), (1, 1_000), (2, 1_000)])),
            ("Zelt geliehen 30, Ben und ich", some(&[], &[(0, 1_500), (1, 1_500)])),
        ] {
            assert_eq!(reading(text), expected, "{text}");
        }
    }

    #[test]
    fn the_surname_beck_is_a_name_where_people_are_expected() {
        for (text, shares) in [
            ("me and beck had sushi, 40", vec![(0, 2_000), (2, 2_000)]),
            ("sushi 40: me 15, beck 25", vec![(0, 1_500), (2, 2_500)]),
            ("Gipfeli 40, der Beck und ich", vec![(0, 2_000), (2, 2_000)]),
            ("Zigaretten 8 (nur Beck)", vec![(2, 800)]),
        ] {
            assert_eq!(reading(text).map(|(_, shares)| shares), Some(shares), "{text}");
        }
        assert_eq!(reading("Gipfeli vom Beck, 9"), None);
    }
}
