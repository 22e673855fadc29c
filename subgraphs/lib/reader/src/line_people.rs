//! Assigns the people named in a clause to the fields of its line.

use crate::{
    line::{Reading, Sign},
    piece::{Atom, Party, Piece, Who, is_verb},
    role::Role,
};

impl Reading<'_> {
    pub(crate) fn people(&mut self, at: usize, party: Party) {
        let marker = self.marker.take();
        let next = self.pieces.get(at + 1).map(|piece| &piece.atom);
        let behind = self.pieces[at + 1..].iter().find(|piece| piece.atom != Atom::Filler);
        let is_card = behind.is_some_and(|piece| piece.atom == Atom::Role(Role::Card));
        let owns_word = party.owner && matches!(next, Some(Atom::Word(_) | Atom::Count(_)));
        match marker {
            _ if is_card => {
                self.line.verb = Some(Role::Paid);
                self.line.signs.push(Sign::Card);
                let holder = Party { owner: false, ..party };
                // "Ben used my card" leaves the payer open.
                let other = self.line.subject.as_ref().is_some_and(|subject| *subject != holder && subject.is_one());
                self.line.loose.extend((other && holder.is_one()).then_some(Role::Card));
                self.line.subject.get_or_insert(holder);
            }
            // "at Ben's"
            Some((Role::At | Role::From, from)) if party.owner => {
                self.word(from, false);
                self.word(at, true);
            }
            _ if owns_word => {
                self.put_back(marker);
                // "with Ben and his wife" includes an unknown person.
                if at >= 2
                    && self.pieces[at - 1].atom == Atom::Role(Role::And)
                    && matches!(self.pieces[at - 2].atom, Atom::People(_))
                {
                    self.line.strangers.push(self.pieces[at + 1].from);
                }
                if matches!(marker, Some((Role::With | Role::By, _))) {
                    self.relative(at + 1, at + 2);
                }
                self.line.owned = Some(party);
            }
            Some((Role::Than, _)) => self.line.than = Some(party),
            // "80% to Ben"
            Some((Role::At, _)) if self.line.has_portion() => self.line.marked.push((Role::For, party)),
            // "refunded to Ben"
            Some((Role::At, _)) if party.is_one() && self.refunds() => self.line.subject = Some(party),
            // "I owe to Ben 12"
            Some((Role::At, _)) if self.line.verb == Some(Role::Owes) => self.line.bare.push(party),
            // "goes to everyone", "auf alle"
            Some((Role::At | Role::On, _)) if !matches!(party.who, Who::Named(_) | Who::Unclear) => {
                self.line.marked.push((Role::Between, party));
            }
            // "the check went to Ben" names the receiver of a refund; otherwise it is unclear.
            Some((Role::At, _)) if party.is_one() => self.line.marked.push((Role::At, party)),
            Some((role @ (Role::At | Role::On), _)) => self.line.loose.push(role),
            // "by the whole team" and "divided by Ben and me" name sharers, not payers.
            Some((Role::By, from)) if self.shares_by(&party, from) => {
                self.line.marked.push((Role::Between, party));
            }
            Some((role, _)) => self.line.marked.push((role, party)),
            None if self.is_subject(at, &party) => self.line.subject = Some(party),
            None => self.line.bare.push(party),
        }
    }

    fn refunds(&self) -> bool {
        self.pieces.iter().any(|piece| matches!(piece.atom, Atom::Role(Role::Refund | Role::Back)))
    }

    /// Whether the people after this "by" share.
    fn shares_by(&self, party: &Party, marker: usize) -> bool {
        let role = |piece: &Piece, role| piece.atom == Atom::Role(role);
        let before = self.pieces[..marker].iter().rev();
        let split = before.take_while(|piece| !role(piece, Role::Paid)).any(|piece| role(piece, Role::Split));
        let pays = self.pieces.iter().any(|piece| role(piece, Role::Paid));
        split || (!pays && !matches!(party.who, Who::Named(_) | Who::Unclear))
    }

    fn put_back(&mut self, marker: Option<(Role, usize)>) {
        if let Some((_, from)) = marker {
            self.word(from, false);
        }
    }

    /// Whether the people directly precede their verb.
    fn is_subject(&self, at: usize, party: &Party) -> bool {
        let verb = self.pieces[at + 1..]
            .iter()
            .find(|piece| !matches!(piece.atom, Atom::Filler | Atom::Role(Role::Each | Role::Only)));
        let acts = verb.is_some_and(|piece| matches!(piece.atom, Atom::Role(role) if is_verb(role)));
        // "Ben and me, paid by Dan", but not "Ben owes me 12 vom Essen"
        let pays = verb.is_some_and(|piece| piece.atom == Atom::Role(Role::Paid));
        let passive = pays && self.pieces[at + 1..].iter().any(|piece| piece.atom == Atom::Role(Role::By));
        acts && !passive && self.line.subject.is_none() && party.who != Who::Count(2)
    }
}
