//! A line together with the other lines of its text.

use crate::{
    clause::Link,
    line::{Line, Sign},
    piece::{Party, Value},
    role::Role,
};

/// A line and its position among the others.
pub(crate) struct Context<'a> {
    pub(crate) lines: &'a [Line],
    pub(crate) place: usize,
    pub(crate) line: &'a Line,
    /// The number of amounts in all lines, without tips, taxes and discounts.
    pub(crate) amounts: usize,
    /// The number of tips, taxes and discounts in all lines.
    pub(crate) extras: usize,
    /// Whether the total is already known.
    pub(crate) given: bool,
    pub(crate) speaker: usize,
}

impl Context<'_> {
    /// Whether the line is a tip, tax or discount on another amount. A fee that is the only amount is the expense
    /// itself: "parking fee 12".
    pub(crate) fn is_extra(&self) -> bool {
        self.amounts > 0 || self.extras > 1 || self.given || self.line.money().is_none()
    }

    /// Whether the amount of the line is the only one, and therefore the total.
    pub(crate) fn is_alone(&self) -> bool {
        self.amounts <= 1 && !self.given && !self.line.is_part()
    }

    /// Whether the line continues the payment before it: "Ben paid 30 and me 20".
    pub(crate) fn continues_payment(&self) -> bool {
        let pays = |line: &Line| line.verb == Some(Role::Paid) && line.value.is_some();
        let line = self.line;
        let people = !line.bare.is_empty() || !line.marked.is_empty();
        let plain = line.verb.is_none() && line.value.is_some() && people && !line.says(Role::Split);
        let before = self.place.checked_sub(1).and_then(|before| self.lines.get(before));
        let after = self.lines.get(self.place + 1);
        plain
            && !line.has(Sign::NamedBefore)
            && (line.link == Link::And && before.is_some_and(pays)
                // "Ben put in 16, Dan 20 and I put in 30"
                || line.link == Link::Comma && before.is_some_and(pays) && after.is_some_and(|after| {
                    after.link == Link::And && pays(after) && line.money().is_some()
                })
                || self.pays_on()
                || self.pays_the_rest(before)
                // "half from Ben and half from me paid": the verb is the last word.
                || after.is_some_and(|after| after.link == Link::And && pays(after) && after.has(Sign::VerbLast)))
    }

    /// Whether the line is part of a list of payments that add up to an amount named before or after it: "buffet 130,
    /// Ben paid 50, Dan 45 and I 35".
    fn pays_on(&self) -> bool {
        let pays = |line: &Line| line.verb == Some(Role::Paid) && line.money().is_some() && !line.says(Role::Each);
        let heads = |line: &Line| line.verb == Some(Role::Paid) && line.value.is_none() && !line.has_people();
        let plain = |line: &Line| {
            let one =
                matches!(line.bare.as_slice(), [party] if party.is_one() && !party.owner) && line.marked.is_empty();
            // "100 by me, 75 by Ben"
            let by = line.bare.is_empty() && matches!(line.marked.as_slice(), [(Role::By, party)] if party.is_one());
            line.verb.is_none() && line.money().is_some() && (one || by) && !line.names_something()
        };
        let Some(first) = self.lines[..self.place].iter().rposition(|line| !plain(line)) else { return false };
        let length = self.lines[first + 1..].iter().take_while(|line| plain(line)).count();
        // "Ben 120, Dan 100, I 80 paid": the verb is the last word.
        let last = self.lines.get(first + 1 + length).filter(|line| pays(line) && line.has(Sign::VerbLast));
        let row = self.lines[first + 1..].iter().take_while(|line| plain(line));
        let sum =
            |lines: &mut dyn Iterator<Item = &Line>| lines.filter_map(Line::money).try_fold(0_i64, i64::checked_add);
        let paid = self.lines[..=first].iter().rev().take_while(|line| pays(line)).count();
        let paid = sum(&mut self.lines[..=first].iter().rev().take(paid).chain(row).chain(last));
        let whole = |line: &Line| line.verb != Some(Role::Paid) && line.money().is_some() && line.money() == paid;
        let begins = pays(&self.lines[first]) || heads(&self.lines[first]);
        let before = if last.is_some() { &self.lines[..=first] } else { &self.lines[..first] };
        let after = self.lines.iter().skip(first + 1 + length).take(1);
        (begins || last.is_some()) && plain(self.line) && before.iter().chain(after).any(whole)
    }

    /// Whether the line is the heading of a list of payments: "payers: me 640, Ben 600".
    pub(crate) fn is_heading(&self) -> bool {
        let line = self.line;
        let bare = line.verb == Some(Role::Paid) && line.value.is_none() && !line.has_people();
        let next = self.place + 1;
        bare && self.lines.get(next).is_some_and(|line| Context { line, place: next, ..*self }.pays_on())
    }

    /// Whether the line says who paid the rest: "Ben paid 200, the rest me", but not "the rest is mine".
    fn pays_the_rest(&self, before: Option<&Line>) -> bool {
        let line = self.line;
        let part = before.is_some_and(|before| before.verb == Some(Role::Paid) && before.value.is_some());
        let plain = line.marked.is_empty() && line.owned.is_none() && line.says.is_empty();
        let one = matches!(line.bare.as_slice(), [party] if party.is_one() && !party.owner);
        part && plain && one && line.value == Some(Value::Rest)
    }

    /// Whether the line is another payment of the same payer: "Ben paid 60 for the boat and 20 for snacks".
    pub(crate) fn repeats_payment(&self) -> bool {
        let line = self.line;
        let before = self.place.checked_sub(1).and_then(|before| self.lines.get(before));
        let pays = before.is_some_and(|before| before.verb == Some(Role::Paid) && before.money().is_some());
        pays && line.link == Link::And
            && line.verb.is_none()
            && line.money().is_some()
            && !line.has_people()
            && !line.is_extra()
    }

    /// The people who share this line according to the next one, if all other amounts have owners: "3 for delivery,
    /// which we three share".
    pub(crate) fn next_shares(&self) -> Option<Party> {
        let next = self.lines.get(self.place + 1)?;
        let shares = next.says(Role::Split) || next.says(Role::Halves);
        let plain = next.value.is_none() && next.verb.is_none() && next.link == Link::Comma && !next.names_something();
        let others = self.lines.iter().filter(|line| line.money().is_some() && !line.is_extra());
        let (theirs, plain_ones): (Vec<_>, Vec<_>) = others.partition(|line| line.has_people());
        // One amount without people is allowed: it can be the total.
        let theirs = theirs.len() > 1 && plain_ones.len() < 2;
        next.people().filter(|_| shares && plain && theirs)
    }

    /// The owner of a second thing in a list: "Ben had a burger (14) and fries (5)".
    pub(crate) fn has_it_too(&self) -> Option<Party> {
        let line = self.line;
        if let Some(party) = self.same_list() {
            return Some(party);
        }
        let before = self.lines.get(self.place.checked_sub(1)?)?;
        let goes_on = line.link == Link::And && line.verb.is_none() && !line.has_people() && line.extra().is_none();
        let had = before.verb == Some(Role::Had) && before.money().is_some();
        (goes_on && had && !line.says(Role::Split)).then(|| before.subject.clone()).flatten()
    }

    /// Whether the next line names the amount of the same debt.
    pub(crate) fn owes_elsewhere(&self) -> bool {
        let same =
            |line: &Line| line.verb == Some(Role::Owes) && line.money().is_some() && line.subject == self.line.subject;
        self.line.subject.is_some() && self.lines.get(self.place + 1).is_some_and(same)
    }

    /// The owner of a thing without a name in a list of several people: "Ben burger 15 coke 3, me salad 11", "burger 15
    /// and coke 3 Ben, salad 11 me".
    fn same_list(&self) -> Option<Party> {
        let line = self.line;
        let thing = |line: &Line| line.verb.is_none() && line.money().is_some() && line.names_something();
        let plain = |line: &Line| thing(line) && !line.is_extra() && line.says.is_empty() && line.marked.is_empty();
        let one = |line: &Line| match line.bare.as_slice() {
            [party] if party.is_one() && plain(line) => Some(party.clone()),
            _ => None,
        };
        let joins = |link: Link| matches!(link, Link::Bare | Link::And);
        let before = self.place.checked_sub(1).and_then(|before| self.lines.get(before));
        let before = before.filter(|before| before.has(Sign::PeopleFirst) && joins(line.link)).and_then(one);
        let behind = self.lines.get(self.place + 1);
        let behind = behind.filter(|next| !next.has(Sign::PeopleFirst) && next.link == Link::And).and_then(one);
        let owner = before.or(behind).filter(|_| plain(line) && !line.has_people())?;
        let first = self.lines.iter().filter_map(one).any(|other| other != owner);
        first.then_some(owner)
    }

    pub(crate) fn says_who_shares(&self) -> bool {
        self.lines.iter().any(|line| {
            !line.marked.is_empty() || line.bare.iter().any(|party| !party.is_one()) || line.says(Role::Split)
        })
    }
}
