//! Unknown words where a name is expected: people who are not in the group.

use crate::{
    language::Meaning,
    line::Reading,
    piece::{Atom, Party, Piece, Sort, starts_clause},
    role::Role,
};

impl Reading<'_> {
    /// Records an unknown word after a preposition or in a list: "with Zoe", "Ben and Zoe".
    pub(crate) fn stranger(&mut self, at: usize, sort: Sort) {
        let ends = starts_or_ends(self.pieces, at + 1);
        let is_name = sort == Sort::Name && !self.nouns_are_capital;
        let mut behind =
            self.pieces[..at].iter().rev().filter(|piece| piece.atom != Atom::Filler).map(|piece| &piece.atom);
        let before = behind.next();
        let listed = before == Some(&Atom::Role(Role::And))
            && matches!(behind.next(), Some(Atom::People(Party { owner: false, .. })));
        // After an article there is no name unless it looks like one: "with the kids", "für die Elphi".
        let article = at > 0 && self.pieces[at - 1].atom == Atom::Filler || self.marker_has_article();
        let by = matches!(self.marker, Some((Role::By, _)));
        let paid = by && self.line.verb == Some(Role::Paid);
        let thing = article && (sort == Sort::Unknown || self.nouns_are_capital) && !paid;
        let expected = match self.marker {
            Some((Role::By | Role::With | Role::Only | Role::For, _)) if thing => false,
            Some((Role::Between | Role::Except | Role::With | Role::Only, _)) => ends,
            Some((Role::By, _)) => ends || self.is_whole_name(at),
            // The word in "20 for Zoe" can be anything unless it looks like a name.
            Some((Role::For, _)) => ends && (is_name || sort == Sort::Name && self.line.names_something()),
            Some(_) => false,
            None if listed => ends,
            None => ends && is_name && matches!(before, Some(Atom::Value(_))) && self.line.names_something(),
        };
        // "Miete für April"
        let month = |meaning| matches!(meaning, Meaning::Month(_));
        let dated = matches!(self.marker, Some((Role::For, _))) && self.lookup.says_here(self.pieces[at].from, month);
        if expected && sort != Sort::Thing && !dated {
            self.line.strangers.push(self.pieces[at].from);
        }
    }

    fn is_relative(&self, word: usize) -> bool {
        self.lookup.find(word, |meaning| (meaning == Meaning::Relative).then_some(())).is_some()
    }

    /// Whether an article precedes: "the cat had to go".
    fn has_article(&self, place: usize) -> bool {
        let word = self.pieces[place].from.checked_sub(1);
        word.is_some_and(|word| self.lookup.find(word, |meaning| (meaning == Meaning::Article).then_some(())).is_some())
    }

    /// Whether the preposition contains an article: "vom Bauern", "fürs Quartal".
    fn marker_has_article(&self) -> bool {
        let from = self.marker.map(|(_, at)| self.pieces[at].from);
        from.is_some_and(|from| self.lookup.is_role(from, Role::WithArticle).is_some())
    }

    /// Whether the unknown words after "paid by" are a whole name: "paid by auntie lou".
    fn is_whole_name(&self, at: usize) -> bool {
        let words = |piece: &Piece| matches!(piece.atom, Atom::Word(Sort::Name | Sort::Unknown));
        let pays = self.pieces.iter().any(|piece| piece.atom == Atom::Role(Role::Paid));
        pays && self.pieces[at..].iter().all(words) && self.pieces.len() - at <= 2
    }

    /// Records an unknown word as a person if it starts the clause and its verb follows: "Zoe paid 30".
    pub(crate) fn stranger_before(&mut self, at: usize, verb: Role) {
        let mut before = self.pieces[..at].iter().enumerate().filter(|(_, piece)| piece.atom != Atom::Filler);
        let (first, second) = (before.next(), before.next());
        let passive = self.pieces[at + 1..].iter().any(|piece| piece.atom == Atom::Role(Role::By));
        let acts = matches!(verb, Role::Paid | Role::Pays | Role::Owes | Role::Had | Role::Counts);
        let pays = matches!(verb, Role::Paid | Role::Pays | Role::Owes);
        let nobody =
            !self.line.has_people() && !self.pieces[at..].iter().any(|piece| matches!(piece.atom, Atom::People(_)));
        if let Some((place, Piece { atom: Atom::Word(Sort::Name | Sort::Unknown), .. })) = first
            && acts
            && !(self.has_article(place) && matches!(verb, Role::Had | Role::Counts))
            && !passive
            && (second.is_none() || (pays && nobody))
        {
            self.line.strangers.push(self.pieces[place].from);
        }
    }

    /// Records "Ben's brother" as an unknown person; "Ben's pizza" is a thing.
    pub(crate) fn relative(&mut self, at: usize, end: usize) {
        if let Some(Piece { atom: Atom::Word(Sort::Name | Sort::Unknown), from, .. }) = self.pieces.get(at)
            && (self.pieces.get(end).is_some_and(pays) || self.is_relative(*from) && starts_or_ends(self.pieces, end))
        {
            self.line.strangers.push(*from);
        }
    }
}

/// Whether the clause ends here or a new statement starts.
fn starts_or_ends(pieces: &[Piece], at: usize) -> bool {
    match pieces.get(at).map(|piece| &piece.atom) {
        None | Some(Atom::Role(Role::And)) => true,
        _ => starts_clause(pieces, at),
    }
}

fn pays(piece: &Piece) -> bool {
    piece.atom == Atom::Role(Role::Paid)
}
