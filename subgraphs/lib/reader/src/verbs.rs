//! Assigns the people around a verb: who acts, and for whom.

use crate::{
    line::{Line, Sign},
    lookup::Lookup,
    piece::{Atom, Party, Piece, Who, is_verb},
    role::Role,
};

impl Line {
    /// Decides whether each person beside the verb is its subject or its receiver.
    pub(crate) fn settle_verb(&mut self, lookup: &Lookup<'_>, pieces: &[Piece], speaker: usize) {
        let is = |piece: &Piece, role| lookup.is_role(piece.from, role).is_some();
        let has = |role: Role, verb: Role| pieces.iter().any(|piece| piece.atom == Atom::Role(verb) && is(piece, role));
        let buys = self.verb == Some(Role::Got) || (self.verb == Some(Role::Paid) && has(Role::Bought, Role::Paid));
        self.signs.extend(buys.then_some(Sign::Buys));
        if !lookup.nouns_are_capital() {
            self.find_receiver(pieces);
        }
        if pieces.iter().any(|piece| is(piece, Role::FirstPerson)) {
            self.add_speaker(speaker);
        }
        // "the hotel gave me 96 back"
        let verb = pieces.iter().position(|piece| matches!(piece.atom, Atom::Role(Role::Transfer)));
        let receiver = pieces.iter().position(|piece| matches!(piece.atom, Atom::People(_)));
        if !lookup.nouns_are_capital() && verb.is_some() && verb < receiver {
            self.find_refund(lookup, pieces);
        }
        self.find_subject(lookup, pieces);
        // "Ben hat mir die Fahrkarte bezahlt"
        let done_for = |piece: &Piece| is(piece, Role::Object) && matches!(piece.atom, Atom::People(_));
        let done = self.verb == Some(Role::Paid) && self.names_something() && pieces.iter().any(done_for);
        self.signs.extend(done.then_some(Sign::Buys));
        self.find_refund(lookup, pieces);
        self.find_unpaid(lookup, pieces);
        if self.verb == Some(Role::Owes) && has(Role::Debt, Role::Owes) {
            self.turn_debt();
        }
        if self.verb == Some(Role::Transfer) && has(Role::Sent, Role::Transfer) && !self.reaches_somebody() {
            self.verb = Some(Role::Paid);
        }
    }

    /// Marks the person directly after the verb as its receiver, not its subject: "got Zoe a coffee".
    fn find_receiver(&mut self, pieces: &[Piece]) {
        let verb = |piece: &Piece| matches!(piece.atom, Atom::Role(Role::Paid | Role::Got));
        let Some(at) = pieces.iter().position(verb).filter(|_| self.has(Sign::Buys)) else {
            return;
        };
        let Some(Atom::People(party)) = pieces.get(at + 1).map(|piece| &piece.atom) else { return };
        // In "pizza bought Ben, 12" Ben is the subject, because no thing follows him.
        let thing = pieces[at + 2..].iter().any(|piece| matches!(piece.atom, Atom::Word(_)));
        if let Some(place) = self.bare.iter().position(|bare| bare == party).filter(|_| thing) {
            let receiver = self.bare.remove(place);
            self.marked.push((Role::For, receiver));
        }
    }

    /// Adds the writer as the subject of a verb in the first person: "hab Ben ein Brot geholt", "owe Ben 12".
    fn add_speaker(&mut self, speaker: usize) {
        let speaks = |party: &Party| {
            matches!(&party.who, Who::Named(people) if people.contains(&speaker)) || party.who == Who::We
        };
        let mut parties = self.subject.iter().chain(&self.bare);
        if self.verb.is_some() && self.subject.is_none() && !parties.any(speaks) {
            self.subject = Some(Party::named(vec![speaker]));
        }
    }

    /// Finds the subject of a verb that nobody precedes: the only other person in the clause, or the one beside the
    /// auxiliary.
    fn find_subject(&mut self, lookup: &Lookup<'_>, pieces: &[Piece]) {
        let acts = self.verb.is_some_and(|verb| is_verb(verb) && verb != Role::Not);
        if !acts || self.subject.is_some() || self.marked(&[Role::By]).next().is_some() {
            return;
        }
        let is = |at: usize, role| pieces.get(at).is_some_and(|piece| lookup.is_role(piece.from, role).is_some());
        // "grill stuff bought 58, everyone": everyone shares it, but did not pay it.
        let pays = matches!(self.verb, Some(Role::Paid | Role::Got));
        let bare = |at: &usize| match &pieces[*at].atom {
            Atom::People(party) => self.bare.contains(party) && (!pays || matches!(party.who, Who::Named(_))),
            _ => false,
        };
        let mut able: Vec<usize> = (0..pieces.len()).filter(|at| bare(at) && !is(*at, Role::Object)).collect();
        if able.len() > 1 && able.iter().any(|at| is(*at, Role::Nominative)) {
            able.retain(|at| is(*at, Role::Nominative));
        } else if able.len() > 1 {
            // "Ben hat Zoe ein Eis gekauft", "gestern hat Ben mir ein Eis gekauft"
            let before: Vec<usize> = able.iter().copied().filter(|at| is(at + 1, Role::Auxiliary)).collect();
            let behind = |at: &usize| at.checked_sub(1).is_some_and(|at| is(at, Role::Auxiliary));
            able.retain(|at| if before.is_empty() { behind(at) } else { before.contains(at) });
        }
        if let [at] = able.as_slice()
            && let Atom::People(party) = &pieces[*at].atom
        {
            self.bare.retain(|bare| bare != party);
            self.subject = Some(party.clone());
        }
    }

    /// Reads money given back by somebody outside the group as a refund: "Amazon hat mir 20 zurücküberwiesen".
    fn find_refund(&mut self, lookup: &Lookup<'_>, pieces: &[Piece]) {
        let back = |piece: &Piece| lookup.is_role(piece.from, Role::GivenBack).is_some();
        let gives = matches!(self.verb, Some(Role::Transfer | Role::Paid));
        let returns = gives && (self.says(Role::Back) || pieces.iter().any(back));
        let outside = self.subject.is_none() && self.marked.is_empty();
        let giver =
            self.names_something() || pieces.iter().any(|piece| lookup.is_role(piece.from, Role::They).is_some());
        let outside = outside && giver;
        if let [Party { who: Who::Named(_) | Who::We, .. }] = self.bare.as_slice()
            && returns
            && outside
        {
            self.verb = Some(Role::Got);
            self.says.push(Role::Refund);
            self.subject = self.bare.pop();
        }
    }

    /// Reads "Ben never paid me back" as a debt of Ben.
    fn find_unpaid(&mut self, lookup: &Lookup<'_>, pieces: &[Piece]) {
        let back = |piece: &Piece| lookup.is_role(piece.from, Role::GivenBack).is_some();
        let not = self.says(Role::Not) || pieces.iter().any(|piece| piece.atom == Atom::Role(Role::Not));
        let gives = matches!(self.verb, Some(Role::Transfer | Role::Paid));
        if gives && not && (self.says(Role::Back) || pieces.iter().any(back)) && self.subject.is_some() {
            self.verb = Some(Role::Owes);
            self.says.retain(|role| !matches!(role, Role::Not | Role::Back));
        }
    }

    /// Reads "I get 12 from Ben" as "Ben owes me 12".
    fn turn_debt(&mut self) {
        let from = self.marked.iter().position(|(role, party)| matches!(role, Role::By | Role::From) && party.is_one());
        let mut others = self.subject.iter().chain(&self.bare);
        let one = others.next().is_some_and(Party::is_one) && others.next().is_none();
        if let Some(place) = from.filter(|_| one) {
            let (_, debtor) = self.marked.remove(place);
            self.bare.extend(self.subject.replace(debtor));
        }
    }

    /// Whether the money goes to a person.
    fn reaches_somebody(&self) -> bool {
        let payer = self.subject.as_ref();
        let other = |party: &Party| Some(party) != payer;
        self.bare.iter().any(other)
            || self.marked(&[Role::For]).any(Party::is_one)
            || !self.loose.is_empty()
            || self.marked(&[Role::At]).next().is_some()
    }
}
