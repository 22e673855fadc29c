//! Resolves pronouns such as "he", "she" and "they" to members.

use std::collections::BTreeSet;

use crate::{
    language::Meaning,
    lookup::Lookup,
    people::Roster,
    piece::{Atom, Break, Party, Piece, Who, is_verb},
    remark::Remark,
    role::Role,
};

/// Replaces pronouns by the people they refer to. An ambiguous pronoun becomes a question.
pub(crate) fn pronouns(
    lookup: &Lookup<'_>,
    roster: &Roster<'_>,
    pieces: &mut [Piece],
    speaker: usize,
    questions: &mut Vec<Remark>,
) {
    for at in 0..pieces.len() {
        let Atom::People(party) = &pieces[at].atom else { continue };
        let pronoun = Pronoun { lookup, roster, pieces, at, speaker };
        let meant = match party.who {
            Who::He => pronoun.single(),
            Who::They => pronoun.several(),
            Who::Himself => pronoun.first_of_sentence(),
            Who::Count(count) if pronoun.is_about_others() => match pronoun.so_many(count) {
                Some(people) => Meant::People(people),
                None => continue,
            },
            _ => continue,
        };
        let owner = pronoun.owns();
        // An ambiguous pronoun within a reason does not affect the expense.
        let found = if pronoun.explains() && matches!(meant, Meant::Unclear) { Meant::Nobody } else { meant };
        pieces[at].atom = match found {
            Meant::Nobody => Atom::Filler,
            Meant::People(people) => Atom::People(Party { who: Who::Named(people), owner }),
            Meant::Unclear => {
                let question = Remark::WhoIsMeant;
                if !questions.contains(&question) {
                    questions.push(question);
                }
                Atom::People(Party { who: Who::Unclear, owner })
            }
        };
    }
}

/// What a pronoun refers to.
enum Meant {
    People(Vec<usize>),
    /// A person or a thing outside the group.
    Nobody,
    Unclear,
}

/// A pronoun and its context; the pronouns before it are resolved already.
struct Pronoun<'a> {
    lookup: &'a Lookup<'a>,
    roster: &'a Roster<'a>,
    pieces: &'a [Piece],
    at: usize,
    speaker: usize,
}

impl Pronoun<'_> {
    /// The only candidate in the text before, or in the nearest part of it that has candidates.
    fn single(&self) -> Meant {
        let all = self.candidates(&self.pieces[..self.at]);
        let absent = self.subject_to_leave_out();
        let beside = self.listed_with();
        let away = |person: &usize| Some(*person) != absent && !beside.contains(person);
        let all: BTreeSet<usize> = all.into_iter().filter(away).collect();
        if let [only] = Vec::from_iter(&all).as_slice() {
            return Meant::People(vec![**only]);
        }
        if all.is_empty() {
            return Meant::Unclear;
        }
        // "Ben owes Dan 40 for his ski pass"
        for part in self.parts() {
            let near = self.candidates(part);

            match Vec::from_iter(&near).as_slice() {
                [] => {}
                [only] => return Meant::People(vec![**only]),
                _ => break,
            }
        }
        Meant::Unclear
    }

    /// The people listed together with the pronoun, who cannot be its referent: "Ben, Dan and him".
    fn listed_with(&self) -> BTreeSet<usize> {
        let joins =
            |piece: &&Piece| matches!(piece.atom, Atom::People(_) | Atom::Role(Role::And) | Atom::Break(Break::Comma));
        let before = self.pieces[..self.at].iter().rev();
        let listed = before.clone().next().is_some_and(|piece| piece.atom == Atom::Role(Role::And));
        let list = before.take_while(joins).filter_map(named).flatten().copied();
        if listed { list.collect() } else { BTreeSet::new() }
    }

    /// The people who are listed together, or one person of unknown gender.
    fn several(&self) -> Meant {
        let companies = self.companies();

        // "Ben paid 75, Dan paid 60, shared by them and me"
        let all = Vec::from_iter(self.candidates(&self.pieces[..self.at]));
        if companies.is_empty() && self.shares() && all.len() > 1 {
            return Meant::People(all);
        }
        // Without a list of people, "paid for them" is about things, and "they gave him 45 back" is about a shop.
        if companies.is_empty() && !self.shares() {
            return Meant::Nobody;
        }
        self.single()
    }

    /// Whether a number of people refers to others than the writer: "those two", but not "the two of us".
    fn is_about_others(&self) -> bool {
        let Piece { from, to, .. } = self.pieces[self.at];

        let points =
            |word: usize| self.lookup.find(word, |meaning| (meaning == Meaning::Demonstrative).then_some(())).is_some();
        (from..to).any(points)
    }

    /// The last list of this many people, or everybody named before if they are this many.
    fn so_many(&self, count: u64) -> Option<Vec<usize>> {
        let fits = |people: &Vec<usize>| people.len() as u64 == count;
        let named = self.pieces[..self.at].iter().filter_map(mentioned).flatten();
        let all: BTreeSet<usize> = named.copied().filter(|person| *person != self.speaker).collect();
        self.companies().into_iter().rfind(fits).or_else(|| Some(Vec::from_iter(all)).filter(fits))
    }

    /// The first person of the sentence, which "himself" refers to.
    fn first_of_sentence(&self) -> Meant {
        let stop = |piece: &Piece| piece.atom == Atom::Break(Break::Stop);
        let begin = self.pieces[..self.at].iter().rposition(stop).map_or(0, |stop| stop + 1);
        let first = self.pieces[begin..self.at].iter().find_map(|piece| named(piece)?.first().copied());
        first.map_or(Meant::Unclear, |person| Meant::People(vec![person]))
    }

    /// The people named in some pieces whom the pronoun can refer to, judged by the gender of their names.
    fn candidates(&self, pieces: &[Piece]) -> BTreeSet<usize> {
        let she = self.lookup.is_role(self.pieces[self.at].from, Role::She).is_some();
        let they = matches!(self.pieces[self.at].atom, Atom::People(Party { who: Who::They, .. }));
        let fits = |person: &usize| {
            let other = self.roster.is_woman(self.lookup, *person).is_some_and(|woman| woman != she);
            *person != self.speaker && (they || !other)
        };
        let people = pieces.iter().filter_map(mentioned).flatten();
        people.copied().filter(fits).collect()
    }

    /// The parts of the text before the pronoun, the nearest first. A list of people is not split.
    fn parts(&self) -> impl Iterator<Item = &[Piece]> {
        let before = &self.pieces[..self.at];

        let ends = |at: &usize| match before[*at].atom {
            Atom::Break(_) | Atom::Role(Role::But | Role::Because) => true,
            _ => *at > 0 && self.lookup.is_role(before[*at].from, Role::So).is_some(),
        };
        let mut cuts: Vec<usize> = (0..before.len()).filter(ends).collect();

        cuts.push(before.len());
        cuts.windows(2).rev().map(|pair| &before[pair[0]..pair[1]]).collect::<Vec<_>>().into_iter()
    }

    /// The subject and the verb of the part that contains the pronoun.
    fn subject(&self) -> Option<(usize, Role)> {
        let part = self.parts().next()?;
        let verb = |piece: &Piece| {
            if let Atom::Role(role) = piece.atom { Some(role).filter(|role| is_verb(*role)) } else { None }
        };
        let before = part.iter().enumerate().rev().find_map(|(at, piece)| Some((at, verb(piece)?)));
        // "Ben hat ihn bezahlt"
        let behind = || {
            let mut rest = self.pieces[self.at..].iter().take_while(|piece| !matches!(piece.atom, Atom::Break(_)));
            Some((part.len(), rest.find_map(verb)?))
        };
        let (end, role) = before.or_else(behind)?;
        let subject = part[..end].iter().rev().find_map(named)?;
        if let [person] = subject.as_slice() { Some((*person, role)) } else { None }
    }

    /// The subject that the pronoun cannot refer to: in "Ben paid for him" it is not Ben.
    fn subject_to_leave_out(&self) -> Option<usize> {
        // In "Ben hat für ihn und mich bezahlt" the pronoun can refer to Ben.
        if self.owns_next() {
            return None;
        }
        let (person, verb) = self.subject()?;
        matches!(verb, Role::Paid | Role::Owes | Role::Transfer | Role::Treat).then_some(person)
    }

    /// Whether the pronoun is in a clause that gives a reason.
    fn explains(&self) -> bool {
        let part = self.parts().next().and_then(|part| part.first());
        part.is_some_and(|piece| piece.atom == Atom::Role(Role::Because))
    }

    fn companies(&self) -> Vec<Vec<usize>> {
        let companies: Vec<Vec<usize>> = Vec::new();

        companies
    }

    fn next(&self) -> Option<&Atom> {
        self.pieces.get(self.at + 1).map(|piece| &piece.atom)
    }

    /// Whether the pronoun is possessive: "his wife", "her card", "their share".
    fn owns_next(&self) -> bool {
        matches!(
            self.next(),
            Some(Atom::Word(_) | Atom::Count(_) | Atom::Role(Role::Card | Role::ShareNoun | Role::Unit | Role::Tip))
        )
    }

    fn owns(&self) -> bool {
        let possessive = self.lookup.is_role(self.pieces[self.at].from, Role::Possessive).is_some();
        let thing = possessive && matches!(self.next(), Some(Atom::Word(_)));
        // "all hers"
        let alone = matches!(self.next(), None | Some(Atom::Break(_)))
            && self.lookup.is_role(self.pieces[self.at].from, Role::Hers).is_some();
        thing || alone
    }

    /// Whether the pronoun names people who share: "by them", "them and me".
    fn shares(&self) -> bool {
        let atom = |at: usize| self.pieces.get(at).map(|piece| &piece.atom);
        let and = |at: usize| atom(at) == Some(&Atom::Role(Role::And));
        let person = |at: usize| matches!(atom(at), Some(Atom::People(_)));
        and(self.at + 1) && person(self.at + 2)
    }
}

/// The people whom a piece names.
fn named(piece: &Piece) -> Option<&Vec<usize>> {
    match &piece.atom {
        Atom::People(Party { who: Who::Named(people), .. }) => Some(people),
        _ => None,
    }
}

/// The people whom a piece names or excludes.
fn mentioned(piece: &Piece) -> Option<&Vec<usize>> {
    match &piece.atom {
        Atom::People(Party { who: Who::Named(people) | Who::Everyone(people), .. }) => Some(people),
        _ => None,
    }
}
