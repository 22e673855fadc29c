//! Decides what an amount is: a price, a part of the total, a debt or a refund.

use crate::{
    clause::Link,
    facts::{Entry, Facts, Name, Payment, Portion},
    line::{Line, Sign},
    line_context::Context,
    piece::{Party, Value, Who},
    remark::Remark,
    role::Role,
};

impl Facts {
    pub(crate) fn amount(&mut self, context: &Context<'_>, minor: i64) {
        let line = context.line;
        let alone = context.is_alone();
        if self.refund {
            let who =
                line.subject.iter().chain(&line.owned).chain(line.bare.iter().filter(|party| party.is_one())).next();
            if let Some(who) = who.filter(|who| who.who != Who::We) {
                self.payments.push(Payment { who: who.clone(), part: None, each: false });
            }
            self.takers(line);
            return self.entry(context, minor, None);
        }
        // "mine came to 15, Ben's to 13"
        let own = context.amounts > 1 && matches!(line.bare.as_slice(), [party] if party.owner && party.is_one());
        if line.says(Role::Total) && !line.says(Role::Each) && !own {
            self.totals.push(minor);
            self.takers(line);
            return self.bystanders(context);
        }
        let several = line.subject.as_ref().is_some_and(|who| !who.is_one());
        if several
            && line.verb == Some(Role::Had)
            && line.has(Sign::At)
            && !line.says(Role::Each)
            && line.count.is_none()
        {
            self.ask(Remark::EachOrTogether);
        }
        let with = line.marked(&[Role::With]).next().is_some();
        match line.verb {
            Some(Role::Got) if alone => self.bought(context, minor),
            Some(Role::Pays) if alone => {
                self.ask(Remark::WhoPaidWhoShares);
                self.entry(context, minor, None);
            }
            Some(Role::Owes) => self.debt(context, minor),
            _ if with => {
                self.takers(line);
                self.bystanders(context);
                self.entry(context, minor, None);
            }
            _ => {
                self.without.extend(line.marked(&[Role::Except]).cloned());
                let people = line.people().or_else(|| context.has_it_too());
                if alone
                    && !line.says(Role::Halves)
                    && people
                        .as_ref()
                        .is_some_and(|people| people.is_one() && !line.says_whose() && !line.has(Sign::Owner))
                {
                    self.ask(Remark::PaidOrFor);
                }
                if !alone {
                    return self.entry(context, minor, people);
                }
                // The people named with the only amount share all of it.
                self.all_of_it(line);
                self.entry(context, minor, None);
            }
        }
    }

    fn all_of_it(&mut self, line: &Line) {
        // "groceries 60 50-50 Ben" is with Ben.
        let named = line.bare.iter().map(|party| {
            let with = line.says(Role::Halves) && line.bare.len() == 1 && party.is_one();
            (if with { Role::With } else { Role::Between }, party.clone())
        });
        let others = line.subject.iter().map(|party| (Role::Between, party.clone())).chain(named);
        self.participants.extend(others);
        self.takers(line);
        self.owners.extend(line.owned.clone());
    }

    pub(crate) fn entry(&mut self, context: &Context<'_>, minor: i64, people: Option<Party>) {
        let line = context.line;
        self.entries.push(Entry {
            minor,
            shared: people.is_none() && line.says(Role::Split),
            people,
            each: line.says(Role::Each) && line.count.is_none(),
            own: line.is_own_thing(),
            line: context.place,
            name: match line.names_something() {
                true if line.has(Sign::Thing) && line.link != Link::Bare => Name::Thing,
                true => Name::Words,
                false => Name::Nothing,
            },
        });
    }

    /// Adds the rest of the total for the other people where somebody had only a part of it.
    pub(crate) fn leave_the_rest(&mut self, lines: &[Line], given: bool) {
        let parts = || lines.iter().filter(|line| line.is_part());
        let mut plain = self.entries.iter().filter(|entry| entry.people.is_none() && !entry.shared);
        let (first, second) = (plain.next(), plain.next());
        let paid = self.payments.iter().any(|payment| payment.part.is_some());
        let clear = match first {
            Some(whole) => {
                let had = self.entries.iter().filter(|entry| entry.people.is_some() || entry.shared);
                let sum = had.map(|entry| entry.minor).try_fold(0_i64, i64::checked_add);
                second.is_none() && sum.is_some_and(|sum| sum < whole.minor)
            }
            None => given || paid || !self.totals.is_empty(),
        };
        let divided = !(self.rest.is_empty() && self.portions.is_empty() && self.changes.is_empty());
        if !clear || divided {
            return;
        }
        // "brunch 45, Ben owes me 15": the creditor takes the rest.
        let owed = self.entries.iter().filter(|entry| entry.people.is_some()).count();
        if let Some(lender) = self.lenders.first()
            && self.lenders.len() == owed
            && self.participants.is_empty()
            && self.lenders.iter().all(|other| other == lender)
        {
            return self.rest.push(lender.clone());
        }
        // "brunch 58 me and Ben, 33 of it is his": the other person takes the rest.
        let names = |party: &Party| if let Who::Named(people) = &party.who { people.len() } else { 0 };
        let sharers: usize = self
            .participants
            .iter()
            .map(|(role, party)| names(party) + usize::from(*role == Role::With && names(party) > 0))
            .sum();
        let two =
            sharers == 2 && parts().count() == 1 && parts().all(|line| line.people().is_some_and(|one| one.is_one()));
        let own = parts().next().is_some() && parts().all(Line::is_own_thing);
        if own && (sharers > 1 || self.participants.is_empty()) {
            // "12 of it was his wine": everybody shares the rest, including him.
            self.rest.push(Party { who: Who::We, owner: false });
        } else if parts().any(Line::is_all_they_had) || (two && first.is_some()) {
            self.rest.push(Party { who: Who::Others, owner: false });
        }
    }

    /// Handles "Ben got the pizza, 30", which can mean that he bought it or ate it.
    fn bought(&mut self, context: &Context<'_>, minor: i64) {
        let line = context.line;
        let Some(subject) = line.subject.clone() else {
            self.takers(line);
            return self.entry(context, minor, None);
        };
        self.takers(line);
        self.participants.extend(line.bare.iter().map(|party| (Role::Between, party.clone())));
        // "Ben and I got a massage": both had it, whoever paid.
        let speaks = matches!(&subject.who, Who::Named(people) if people.contains(&context.speaker));
        if !(speaks || context.says_who_shares()) {
            self.ask(Remark::PaidOrFor);
        }
        if subject.is_one() {
            self.payments.push(Payment { who: subject, part: None, each: false });
        } else if subject.who != Who::We {
            self.participants.push((Role::Between, subject));
        }
        self.entry(context, minor, None);
    }

    /// "Ben owes me 20", "I owe Ben 12".
    fn debt(&mut self, context: &Context<'_>, minor: i64) {
        let line = context.line;
        let creditor = line.bare.first().filter(|_| line.subject.is_some());
        let several = |party: &Party| !matches!(party.who, Who::Named(_));
        if creditor.is_some() && line.subject.as_ref().is_some_and(several) {
            self.ask(Remark::EachOwesHowMuch);
        }
        match (&line.subject, creditor) {
            (Some(debtor), Some(creditor)) => {
                if context.is_alone() {
                    self.payments.push(Payment { who: creditor.clone(), part: None, each: false });
                    self.participants.push((Role::Between, debtor.clone()));
                    return self.entry(context, minor, None);
                }
                self.creditor(creditor);
                self.lenders.push(creditor.clone());
                self.entry(context, minor, Some(debtor.clone()));
            }
            (Some(debtor), None) => {
                if context.is_alone() {
                    self.ask(Remark::WhoPaidWhatTotal);
                }
                self.entry(context, minor, Some(debtor.clone()));
            }
            (None, _) => self.ask(Remark::WhoOwes),
        }
    }

    /// Handles a debt of a part: "Ben owes me half of the 40". The creditor takes the rest if nobody else has a part.
    pub(crate) fn debt_part(&mut self, context: &Context<'_>) {
        let line = context.line;
        let of = match line.value {
            Some(Value::Percent(hundredths)) => (hundredths, 10_000),
            Some(Value::Fraction(above, below)) => (above, below),
            _ => return,
        };
        let (Some(people), Some(creditor)) = (line.subject.clone(), line.bare.first()) else { return };
        self.portions.push(Portion { people, of, each: line.says(Role::Each) });
        self.creditor(creditor);
        if context.lines.iter().filter(|line| line.has_portion()).count() == 1 {
            self.rest.push(creditor.clone());
        }
    }

    /// Records the creditor of a debt as the payer.
    fn creditor(&mut self, creditor: &Party) {
        let known = self.payments.iter().any(|payment| payment.who == *creditor);
        if !known && self.payments.is_empty() {
            self.payments.push(Payment { who: creditor.clone(), part: None, each: false });
        } else if !known {
            self.ask(Remark::WhoPaid);
        }
    }
}

/// "Ben owes me half"
pub(crate) fn owes_part(line: &Line) -> bool {
    let one = |party: Option<&Party>| party.is_some_and(Party::is_one);
    let named = |party: &Party| matches!(party.who, Who::Named(_)) && (party.is_one() || line.says(Role::Each));
    line.verb == Some(Role::Owes)
        && line.subject.as_ref().is_some_and(named)
        && one(line.bare.first())
        && line.bare.len() == 1
}
