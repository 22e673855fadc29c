//! Tips, taxes, discounts and parts of an amount within one clause.

use crate::{
    line::{Reading, Sign},
    piece::{Atom, Piece, before, behind},
    remark::Remark,
    role::Role,
};

impl Reading<'_> {
    /// Handles a word for a tip, a tax or a discount.
    pub(crate) fn extra_word(&mut self, at: usize, role: Role) {
        self.drop_marker();
        // "parking fee"
        let is_word = |piece: Option<&Piece>| piece.is_some_and(|piece| matches!(piece.atom, Atom::Word(_)));
        let named =
            at.checked_sub(1).map_or_else(|| is_word(self.pieces.get(1)), |last| is_word(self.pieces.get(last)));
        let alone = role == Role::Tax && !self.pieces.iter().any(|piece| matches!(piece.atom, Atom::Word(_)));
        let mut clause = self.pieces[at + 1..].iter().take_while(|piece| !matches!(piece.atom, Atom::Break(_)));
        // "for the tax software": without an amount of its own, the word is not a tax.
        let leads = role == Role::Tax
            && is_word(self.pieces.get(at + 1))
            && !clause.any(|piece| matches!(piece.atom, Atom::Value(_)));
        self.word(at, named || alone || leads);
        self.line.says.push(role);
        // In "dinner 60 and tax" the tax needs an amount, in "60 for dinner and tax" it does not.
        let joined = at > 0 && matches!(self.pieces[at - 1].atom, Atom::Role(Role::And | Role::Plus));
        let own = self.pieces[at + 1..].iter().any(|piece| matches!(piece.atom, Atom::Value(_)));
        // "60 including delivery" is one price for both.
        let last = before(self.pieces, at).map(|last| &self.pieces[last].atom);
        if last == Some(&Atom::Role(Role::Included)) && self.line.value.is_some() && !own {
            self.line.says.retain(|said| *said != role && *said != Role::Included);
            return;
        }
        if joined && !own && self.line.has(Sign::NamedBefore) && !self.line.says(Role::Included) {
            self.line.unclear.push(Remark::ExtraAmount);
        }
    }

    /// Handles "of": "12 of it" is a part of an amount, "a tip of 10" is not.
    pub(crate) fn of(&mut self, at: usize) {
        let value = |at: Option<usize>| {
            at.and_then(|at| self.pieces.get(at)).is_some_and(|piece| matches!(piece.atom, Atom::Value(_)))
        };
        // "a tip of 10"
        let extra = [Role::Tip, Role::Tax, Role::Discount].map(Atom::Role);
        let last = before(self.pieces, at).map(|last| &self.pieces[last].atom);
        if last.is_some_and(|last| extra.contains(last)) {
            return self.put_aside(at);
        }
        // "3 rounds of 25"
        let counted = at > 0 && matches!(self.pieces[at - 1].atom, Atom::Word(_) | Atom::Role(Role::Unit));
        if self.line.count.is_some() && counted && value(behind(self.pieces, at)) && self.line.value.is_none() {
            self.line.signs.push(Sign::At);
            return self.put_aside(at);
        }
        if value(before(self.pieces, at)) || value(behind(self.pieces, at)) {
            self.line.signs.push(Sign::Part);
        }
        self.line.says.push(Role::Of);
    }
}
