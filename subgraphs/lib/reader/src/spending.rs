//! What an amount is: a price, a part of the total, a debt, money that came back.

use crate::{
    clause::Link,
    context::Context,
    facts::{Entry, Facts, Name, Payment},
    line::{Line, Sign},
    piece::{Party, Who},
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
        if line.says(Role::Total) && !line.says(Role::Each) {
            self.totals.push(minor);
            self.takers(line);
            return self.bystanders(context);
        }
        let with = line.marked(&[Role::With]).next().is_some();
        match line.verb {
            Some(Role::Got) if alone => self.bought(context, minor),
            Some(Role::Pays) if alone => {
                self.ask("Who paid, and who shares it?");
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
                if alone && people.as_ref().is_some_and(|people| people.is_one() && !line.says_whose()) {
                    self.ask("Did that person pay it, or is it for that person?");
                }
                if !alone {
                    return self.entry(context, minor, people);
                }
                // Whoever is named with the only amount shares all of it.
                self.all_of_it(line);
                self.entry(context, minor, None);
            }
        }
    }

    fn all_of_it(&mut self, line: &Line) {
        let others = line.subject.iter().chain(&line.bare).map(|party| (Role::Between, party.clone()));
        self.participants.extend(others);
        self.takers(line);
        self.owners.extend(line.owned.clone());
    }

    pub(crate) fn entry(&mut self, context: &Context<'_>, minor: i64, people: Option<Party>) {
        let line = context.line;
        let each = line.says(Role::Each) && line.count.is_none();
        // "3 tickets at 15 each" and "3 x 15" cost 45.
        let unit_price = line.says(Role::Each) || line.says(Role::TimesWord) || line.has(Sign::At);
        let minor = match line.count {
            Some(count) if unit_price => i64::try_from(count).ok().and_then(|count| minor.checked_mul(count)),
            _ => Some(minor),
        };
        match minor {
            Some(minor) => self.entries.push(Entry {
                minor,
                shared: people.is_none() && line.says(Role::Split),
                people,
                each,
                line: context.place,
                name: match line.names_something() {
                    true if line.has(Sign::Thing) && line.link != Link::Bare => Name::Thing,
                    true => Name::Words,
                    false => Name::Nothing,
                },
            }),
            None => self.ask("That amount is too large."),
        }
    }

    /// "Ben got the pizza, 30": bought it, or had it?
    fn bought(&mut self, context: &Context<'_>, minor: i64) {
        let line = context.line;
        let Some(subject) = line.subject.clone() else {
            self.takers(line);
            return self.entry(context, minor, None);
        };
        self.takers(line);
        self.participants.extend(line.bare.iter().map(|party| (Role::Between, party.clone())));
        let speaks = subject.who == Who::Named(vec![context.speaker]);
        if !(speaks || context.says_who_shares()) {
            self.ask("Did that person pay it, or is it for that person?");
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
        match (&line.subject, creditor) {
            (Some(debtor), Some(creditor)) => {
                if context.is_alone() {
                    self.payments.push(Payment { who: creditor.clone(), part: None, each: false });
                    self.participants.push((Role::Between, debtor.clone()));
                    return self.entry(context, minor, None);
                }
                self.entry(context, minor, Some(debtor.clone()));
            }
            (Some(debtor), None) => {
                if context.is_alone() {
                    self.ask("Who paid, and what was the total?");
                }
                self.entry(context, minor, Some(debtor.clone()));
            }
            (None, _) => self.ask("Who owes that?"),
        }
    }
}
