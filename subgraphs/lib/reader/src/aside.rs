//! Simplifies remarks that do not change the expense: questions that the writer answers, "while I was there", "my mates
//! Ben and Zoe", and consequences. Runs before people are grouped.

use crate::{
    clause::{is_people, role},
    group::{is_verb, starts_clause},
    language::Meaning,
    lookup::Lookup,
    piece::{Atom, Break, Party, Piece, Sort, Value, Who},
    role::Role,
};

/// Rewrites the pieces so that they mean the same without the asides.
pub(crate) fn asides(lookup: &Lookup<'_>, pieces: &mut Vec<Piece>, speaker: usize) {
    answers(lookup, pieces);
    for at in 0..pieces.len() {
        consequence(lookup, pieces, at);
        meanwhile(lookup, pieces, at, speaker);
        reason(lookup, pieces, at, speaker);
        companions(lookup, pieces, at, speaker);
        contrast(pieces, at);
        along(lookup, pieces, at, speaker);
    }
}

fn means(lookup: &Lookup<'_>, piece: &Piece, wanted: Meaning) -> Option<usize> {
    lookup.find(piece.from, |meaning| (meaning == wanted).then_some(())).map(|((), words)| words)
}

fn next_word(pieces: &[Piece], at: usize) -> Option<usize> {
    (at..pieces.len()).find(|at| pieces[*at].atom != Atom::Filler)
}

/// Turns a question and its answer into a statement: "Who paid? Ben. How much? 40".
fn answers(lookup: &Lookup<'_>, pieces: &mut Vec<Piece>) {
    let mut said: Vec<Piece> = Vec::with_capacity(pieces.len());
    let mut rest = pieces.as_slice();
    while !rest.is_empty() {
        let stop = rest.iter().position(|piece| piece.atom == Atom::Break(Break::Stop));
        let (sentence, behind) = rest.split_at(stop.map_or(rest.len(), |stop| stop + 1));
        rest = behind;
        if let Some(taken) = guessed(lookup, sentence, rest) {
            said.push(rest[0].clone());
            rest = &rest[taken..];
            continue;
        }
        let Some(asked) = asked(lookup, sentence) else {
            said.extend_from_slice(sentence);
            continue;
        };
        let pays = |piece: &Piece| matches!(role(piece), Some(Role::Paid | Role::Pays));
        let paid = asked.iter().find(|piece| pays(piece)).cloned();
        let words = asked.into_iter().filter(|piece| !pays(piece));
        let topic: Vec<Piece> = words.collect();
        if topic.iter().any(|piece| !matches!(piece.atom, Atom::Filler | Atom::Role(_))) {
            said.extend(topic);
            said.extend(sentence.last().map(|stop| Piece { atom: Atom::Break(Break::Comma), ..stop.clone() }));
        }
        if let Some(paid) = paid {
            let paid = Piece { atom: Atom::Role(Role::Paid), ..paid };
            rest = &rest[answer(&mut said, rest, paid)..];
        }
    }
    *pieces = said;
}

/// Recognises "Guess who opened her wallet? Ben! He paid 30", which means "Ben paid 30". Returns the number of pieces
/// that name Ben twice.
fn guessed(lookup: &Lookup<'_>, sentence: &[Piece], rest: &[Piece]) -> Option<usize> {
    let (stop, words) = sentence.split_last()?;
    let length = means(lookup, words.first()?, Meaning::Interrogative)?;
    let is_value = |piece: &Piece| matches!(piece.atom, Atom::Value(_) | Atom::Number { .. });
    let named = |piece: &Piece| matches!(&piece.atom, Atom::People(party) if party.is_one() && !party.owner);
    let [first, mark, again, telling @ ..] = rest else { return None };
    let ends = lookup.words[stop.from].is('?') && mark.atom == Atom::Break(Break::Stop);
    let he = matches!(&again.atom, Atom::People(Party { who: Who::He, owner: false }));
    let mut telling = telling.iter().take_while(|piece| piece.atom != Atom::Break(Break::Stop));
    let pays = telling.any(|piece| role(piece) == Some(Role::Paid));
    let one = length > 1 && ends && named(first) && he && pays;
    (one && !words.iter().any(|piece| is_value(piece) || named(piece))).then_some(3)
}

/// The rest of a question without its "who", "what" or "how much".
fn asked(lookup: &Lookup<'_>, sentence: &[Piece]) -> Option<Vec<Piece>> {
    let (stop, words) = sentence.split_last()?;
    let begin = next_word(words, 0)
        .map_or(0, |at| if means(lookup, &words[0], Meaning::Interrogative).is_some() { 0 } else { at });
    let length = means(lookup, words.get(begin)?, Meaning::Interrogative)?;
    let end = words[begin].from + length;
    let plain = words.iter().all(|piece| {
        !is_people(Some(piece))
            && !role(piece).is_some_and(|role| is_verb(role) && role != Role::Paid && role != Role::Pays)
    });
    let kept = words.iter().filter(|piece| piece.to > end).cloned();
    (lookup.words[stop.from].is('?') && plain).then(|| kept.collect())
}

/// Records the people named in the answer as payers. Returns the number of pieces consumed.
fn answer(said: &mut Vec<Piece>, rest: &[Piece], pays: Piece) -> usize {
    let Some(begin) = next_word(rest, 0).filter(|begin| is_people(rest.get(*begin))) else {
        said.push(Piece { atom: Atom::People(Party { who: Who::Unclear, owner: false }), ..pays.clone() });
        said.push(pays);
        return 0;
    };
    let joins = |piece: &Piece| matches!(piece.atom, Atom::Role(Role::And) | Atom::Break(Break::Comma));
    let mut end = begin + 1;
    while rest.get(end).is_some_and(joins) && is_people(rest.get(end + 1)) {
        end += 2;
    }
    said.extend_from_slice(&rest[begin..end]);
    // "I did", "Ben paid"
    if rest.get(end).is_none_or(|piece| role(piece) != Some(Role::Paid)) {
        said.push(pays);
    }
    end
}

/// Splits "I wasn't there so it's everyone except me" into two clauses.
fn consequence(lookup: &Lookup<'_>, pieces: &mut [Piece], at: usize) {
    let so = pieces[at].atom == Atom::Filler && lookup.is_role(pieces[at].from, Role::So).is_some();
    let Some(next) = next_word(pieces, at + 1).filter(|_| so) else { return };
    let said = |piece: &Piece| matches!(piece.atom, Atom::Value(_)) || role(piece).is_some_and(is_verb);
    let clause = pieces[..at].iter().rev().take_while(|piece| !matches!(piece.atom, Atom::Break(_)));
    // In "I'm the student so I pay less" the first half is only the reason.
    if !clause.into_iter().any(said) {
        return;
    }
    if is_people(pieces.get(next)) || matches!(role(&pieces[next]), Some(Role::Except | Role::Only)) {
        pieces[at].atom = Atom::Break(Break::Comma);
    }
}

/// Drops "while I was in town", which does not concern money.
fn meanwhile(lookup: &Lookup<'_>, pieces: &mut [Piece], at: usize, speaker: usize) {
    let Some(words) = means(lookup, &pieces[at], Meaning::Meanwhile) else { return };
    // "even those who only walk him"
    let whole = words > 2;
    let Some(subject) = next_word(pieces, at + usize::from(!whole)) else { return };
    let harmless = |party: &Party| {
        !party.owner
            && match &party.who {
                Who::Named(people) => *people == [speaker],
                Who::He | Who::They | Who::We => true,
                _ => false,
            }
    };
    if !whole && !matches!(&pieces[subject].atom, Atom::People(party) if harmless(party)) {
        return;
    }
    let ends = |piece: &Piece| matches!(piece.atom, Atom::Break(_) | Atom::Role(Role::But | Role::Because));
    let end = (subject + 1..pieces.len()).find(|at| ends(&pieces[*at])).unwrap_or(pieces.len());
    let plain = |piece: &Piece| match &piece.atom {
        Atom::Role(role) => {
            matches!(role, Role::At | Role::On | Role::By | Role::Had | Role::Got | Role::For | Role::Only)
        }
        Atom::People(party) => whole && harmless(party),
        atom => matches!(atom, Atom::Word(_) | Atom::Filler),
    };
    if pieces[subject + 1..end].iter().all(plain) {
        for piece in &mut pieces[at..end] {
            piece.atom = Atom::Filler;
        }
    }
}

/// Drops the reason in "because I forgot my purse, 85" and keeps the amount that follows it.
fn reason(lookup: &Lookup<'_>, pieces: &mut [Piece], at: usize, speaker: usize) {
    let because = role(&pieces[at]) == Some(Role::Because);
    let Some(subject) = next_word(pieces, at + 1).filter(|_| because) else { return };
    let me = matches!(&pieces[subject].atom,
        Atom::People(Party { who: Who::Named(people), owner: false }) if *people == [speaker]);
    let Some(verb) = next_word(pieces, subject + 1).filter(|_| me) else { return };
    let does = lookup.is_role(pieces[verb].from, Role::Harmless).is_some();
    let plain = |piece: &Piece| matches!(piece.atom, Atom::Word(_) | Atom::Filler);
    let end = (verb..pieces.len()).find(|at| !plain(&pieces[*at])).unwrap_or(pieces.len());
    let comma = pieces.get(end).is_some_and(|piece| piece.atom == Atom::Break(Break::Comma));
    let amount = matches!(pieces.get(end + 1).map(|piece| &piece.atom), Some(Atom::Value(Value::Money(_))));
    let ends = pieces.get(end + 2).is_none_or(|piece| matches!(piece.atom, Atom::Break(_)));
    if does && comma && amount && ends {
        for piece in &mut pieces[at..end] {
            piece.atom = Atom::Filler;
        }
    }
}

/// Drops "my mates" in "with my mates Ben and Zoe": the noun adds nothing to the names.
fn companions(lookup: &Lookup<'_>, pieces: &mut [Piece], at: usize, speaker: usize) {
    let named = |piece: &Piece| matches!(&piece.atom, Atom::People(Party { who: Who::Named(_), owner: false }));
    let is_word = matches!(pieces[at].atom, Atom::Word(Sort::Name | Sort::Unknown));
    let relative = is_word && means(lookup, &pieces[at], Meaning::Relative).is_some();
    if !relative || !pieces.get(at + 1).is_some_and(named) {
        return;
    }
    let mine = |piece: &Piece| {
        matches!(&piece.atom, Atom::People(Party { who: Who::Named(people), owner: true }) if *people == [speaker])
            || piece.atom == Atom::Filler
            || matches!(&piece.atom, Atom::People(Party { who: Who::We, .. }))
    };
    let begin = pieces[..at].iter().rposition(|piece| !mine(piece));
    let owned = begin.is_some_and(|begin| is_people(pieces.get(begin)));
    let led = begin.is_none_or(|begin| {
        matches!(
            pieces[begin].atom,
            Atom::Break(_) | Atom::Role(Role::With | Role::Between | Role::For | Role::And | Role::By | Role::Except)
        )
    });
    // In "dinner with friends, Ben paid" without the comma, Ben is the payer.
    let acts = begin.is_some_and(|begin| role(&pieces[begin]) == Some(Role::With)) && starts_clause(pieces, at + 2);
    if led && !owned && !acts {
        for piece in &mut pieces[begin.map_or(0, |begin| begin + 1)..=at] {
            piece.atom = Atom::Filler;
        }
    }
}

/// Drops "not Ben but" in "not Ben but Zoe paid": the only statement about Ben is that he did not pay.
fn contrast(pieces: &mut [Piece], at: usize) {
    let role_at = |at: usize, wanted: Role| pieces.get(at).is_some_and(|piece| role(piece) == Some(wanted));
    let people = |at: usize| is_people(pieces.get(at));
    let not = role_at(at, Role::Not) && people(at + 1) && role_at(at + 2, Role::But) && people(at + 3);
    if not && next_word(pieces, at + 4).is_some_and(|verb| role_at(verb, Role::Paid)) {
        for piece in &mut pieces[at..at + 3] {
            piece.atom = Atom::Filler;
        }
    }
}

/// Reads "took Zoe out for dinner" and "took Zoe to the cinema" as "with Zoe".
fn along(lookup: &Lookup<'_>, pieces: &mut [Piece], at: usize, speaker: usize) {
    let named = |piece: &Piece| matches!(&piece.atom, Atom::People(Party { who: Who::Named(_), owner: false }));
    let takes = means(lookup, &pieces[at], Meaning::Along).is_some() && pieces.get(at + 1).is_some_and(named);
    let goes = pieces.get(at + 2).is_some_and(|piece| {
        let out =
            lookup.is_role(piece.from, Role::Out).is_some() || lookup.is_role(piece.from, Role::Harmless).is_some();
        out || matches!(role(piece), Some(Role::At | Role::For))
    });
    if !takes || !goes {
        return;
    }
    let mine = |piece: &Piece| matches!(&piece.atom, Atom::People(Party { who: Who::Named(people), .. }) if *people == [speaker]);
    let before = pieces[..at].iter().rev().find(|piece| piece.atom != Atom::Filler);
    let joins = before.is_some_and(|piece| is_people(Some(piece)) && !mine(piece));
    pieces[at].atom = Atom::Role(if joins { Role::And } else { Role::With });
}

#[cfg(test)]
mod tests {
    use money::Split;

    use crate::{Reading, testing::read_among};

    fn ready(text: &str) -> Reading {
        let reading = read_among(&["Ada", "Ben", "Zoe", "Dora"], text);
        assert_eq!(reading.questions, [], "{text}");
        reading
    }

    #[test]
    fn asides_do_not_change_who_shares() {
        for (text, people) in [
            ("pizza 43.50 with colleagues Ben and Zoe", vec![0, 1, 2]),
            ("took Zoe out for dinner 66", vec![0, 2]),
            ("bubbles 66, I wasn't drinking so it's everyone except me", vec![1, 2, 3]),
            ("don't judge us but Ben and I got a massage, 190", vec![0, 1]),
            ("lunch 40 everyone, even those who only had soup", vec![0, 1, 2, 3]),
            ("I paid for Zoe's contact lenses while I was in town, 48", vec![2]),
        ] {
            let shared = match ready(text).split {
                Some(Split::Equal(mut people)) => {
                    people.sort_unstable();
                    people
                }
                other => panic!("{text}: {other:?}"),
            };
            assert_eq!(shared, people, "{text}");
        }
    }

    #[test]
    fn a_question_with_its_answer_says_who_paid() {
        for text in [
            "Who paid? Ben. What? Tickets. How much? 40. All of us",
            "Wer hat das Bier bezahlt? Ben, 40 für alle",
            "taxi 40, not Zoe but Ben paid",
        ] {
            assert_eq!(ready(text).payers, [(1, 4_000)], "{text}");
        }
    }
}
