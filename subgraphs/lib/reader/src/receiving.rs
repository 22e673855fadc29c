//! Decides whether a person who got a thing paid for it or only had it.

use crate::{
    clause::Link,
    facts::{Facts, Payment},
    line::{Line, Sign},
    line_context::Context,
    lookup::Lookup,
    piece::{Atom, Party, Piece, Who, role},
    remark::Remark,
    role::Role,
};

impl Context<'_> {
    /// Whether the action does not concern money, beside a thing with a price: "Ben picked up the kids, taxi 30".
    pub(crate) fn is_other_errand(&self) -> bool {
        let line = self.line;
        let errand = line.has(Sign::Weak) && line.value.is_none() && line.names_something() && !line.has(Sign::Thing);
        let priced = |other: &Line| other.money().is_some() && other.names_something();
        errand && self.lines.iter().any(|other| other != line && priced(other))
    }
}

/// Reads "back" in "taxi back 22" as the direction and not as a refund.
pub(crate) fn way_back(lookup: &Lookup<'_>, pieces: &mut [Piece]) {
    for at in 1..pieces.len() {
        if role(pieces.get(at)) == Some(Role::Back) && returns(lookup, pieces, at) {
            pieces[at].atom = Atom::Filler;
        }
    }
}

/// Whether people come back, and not money: "we came back late, taxi 40".
fn returns(lookup: &Lookup<'_>, pieces: &[Piece], at: usize) -> bool {
    let breaks = |piece: &Piece| matches!(piece.atom, Atom::Break(_));
    let begin = pieces[..at].iter().rposition(breaks).map_or(0, |place| place + 1);
    let end = pieces[at..].iter().position(breaks).map_or(pieces.len(), |length| at + length);
    let clause = &pieces[begin..end];
    let come = |piece: &Piece| {
        matches!(&piece.atom, Atom::People(Party { who: Who::We | Who::Named(_) | Who::Everyone(_), owner: false }))
    };
    let other = |piece: &Piece| matches!(piece.atom, Atom::Value(_) | Atom::Number { .. });
    // "our deposit came back" is a refund, "wir spät zurückgekommen" is not.
    let noun = |piece: &Piece| {
        let does = lookup.is_role(piece.from, Role::Harmless).is_some();
        matches!(piece.atom, Atom::Word(_)) && !does && !lookup.nouns_are_capital()
    };
    let owns = |at: usize| clause.get(at + 1).is_some_and(noun);
    (0..clause.len()).any(|at| come(&clause[at]) && !owns(at)) && !clause.iter().any(other)
}

impl Facts {
    /// Reads "Ben got it" as a payment, unless another line explains the word.
    pub(crate) fn got(&mut self, context: &Context<'_>) {
        let line = context.line;
        let others = || context.lines.iter().filter(|other| *other != line);
        let names_thing = line.names_something() && !self.refund;
        // "Ben pays 5 more, he got seconds"
        let differs = |other: &Line| {
            let share = context.amounts > 1 && other.money().is_some() && other.verb != Some(Role::Paid);
            let weighed = other.has_portion() || other.is_change() || other.is_all_they_had() || share;
            weighed && other.people().is_some() && other.people() == line.people()
        };
        let explained = line.has(Sign::Pronouns) || line.link == Link::Because || others().any(differs);
        let named_elsewhere = others().any(|other| other.names_something() && !other.is_change());
        if names_thing && explained {
            if named_elsewhere {
                self.about.retain(|place| *place != context.place);
            }
            return self.bystanders.extend(line.subject.iter().chain(&line.bare).cloned());
        }
        // "Ben got the big room, rent 1200": Ben is unlikely to have paid the rent.
        let priced = others().any(|other| other.money().is_some() && other.names_something() && !other.is_change());
        if names_thing && priced {
            return self.ask(Remark::PaidOrShared);
        }
        match line.subject.clone().filter(|who| who.is_one() && context.amounts <= 1) {
            Some(who) => self.payments.push(Payment { who, part: None, each: false }),
            None => self.bystanders(context),
        }
    }
}
