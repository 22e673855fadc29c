//! Collects the facts from each clause and its context: who paid, who shares, who has more or less.

use crate::{
    facts::{Change, Extra, Facts, Payment, Portion},
    line::{Line, Sign},
    line_context::Context,
    piece::{Party, Value, Who},
    prices::owes_part,
    remark::Remark,
    role::Role,
};

const TAKES_PART: [Role; 4] = [Role::With, Role::For, Role::Between, Role::Only];

impl Facts {
    /// The facts that the lines state. `speaker` is the subject of a payment without one; `given` is whether the total
    /// is known.
    pub(crate) fn of(lines: &[Line], speaker: usize, given: bool) -> Self {
        let mut facts = Self::default();
        let money = |line: &&Line| line.money().is_some();
        let extras = lines.iter().filter(money).filter(|line| line.is_extra()).count();
        let wholes = |line: &&Line| !(line.is_extra() || line.is_change() || line.is_part());
        let amounts = lines.iter().filter(money).filter(wholes).count();
        facts.refund = lines.iter().any(is_refund);
        for (place, line) in lines.iter().enumerate() {
            facts.days.extend(&line.days);
            facts.questions.extend(line.unclear.iter().cloned());
            facts.take(&Context { lines, place, line, amounts, extras, given, speaker });
        }
        facts.leave_the_rest(lines, given);
        facts.keep_changed_sharers();
        facts
    }

    /// Keeps people as sharers who have a changed share: "Ben pays 5 less because he left early".
    fn keep_changed_sharers(&mut self) {
        let changed: Vec<Party> =
            self.changes.iter().map(|change| change.people.clone()).filter(Party::is_one).collect();
        self.without.retain(|party| !changed.iter().any(|changed| changed.who == party.who));
    }

    pub(crate) fn ask(&mut self, question: Remark) {
        if !self.questions.contains(&question) {
            self.questions.push(question);
        }
    }

    fn take(&mut self, context: &Context<'_>) {
        let line = context.line;
        self.doubts(line);
        let is_extra = line.is_extra() && context.is_extra();
        if !is_extra && line.extra().is_none_or(|_| line.value.is_some()) {
            self.about.push(context.place);
        }
        self.equal |= line.says(Role::Equal) || line.says(Role::Halves);
        match line.verb {
            _ if is_extra => self.extra(context),
            Some(Role::Transfer) => {
                self.ask(Remark::PaymentBetweenTwo);
                self.hand_over(context);
            }
            Some(Role::Treat) => self.ask(Remark::WhoShares),
            Some(Role::Not) => self.absent(context),
            _ if line.says(Role::Not) => self.ask(Remark::WhoIsOut),
            Some(Role::Paid) if context.is_heading() => {}
            Some(Role::Paid) if context.is_other_errand() => self.ask(Remark::PaidOrShared),
            Some(Role::Paid) => self.payment(context),
            _ if context.continues_payment() => self.payment(context),
            _ if context.repeats_payment() => self.payment_more(line),
            _ => self.share(context),
        }
    }

    /// "I gave Ben 20": keeps who gave it to whom, where the line names one of each.
    pub(crate) fn hand_over(&mut self, context: &Context<'_>) {
        let line = context.line;
        let giver = line.subject.clone().unwrap_or_else(|| Party::named(vec![context.speaker]));
        let named = line.bare.iter().chain(line.marked(&[Role::For, Role::At]));
        let mut receivers = named.filter(|party| **party != giver);
        if let (Some(receiver), None) = (receivers.next(), receivers.next())
            && let (Who::Named(from), Who::Named(to)) = (&giver.who, &receiver.who)
            && let ([from], [to]) = (from.as_slice(), to.as_slice())
        {
            self.handed_over = Some((*from, *to));
        }
    }

    /// Asks about the parts of a line that are unclear whatever the rest says.
    fn doubts(&mut self, line: &Line) {
        let reaches = line.marked(&[Role::At]).next().cloned();
        match reaches.filter(|_| self.refund && line.value.is_none()) {
            Some(who) => self.payments.push(Payment { who, part: None, each: false }),
            // "I gave 20 to Ben" is asked about as a payment.
            None if line.marked(&[Role::At]).next().is_some() && line.verb != Some(Role::Transfer) => {
                self.ask(Remark::SharedHow);
            }
            None => {}
        }
        if !line.loose.is_empty() || line.says(Role::Percent) || line.says(Role::Heads) {
            self.ask(Remark::SharedHow);
        }
        if line.verb == Some(Role::Had) && line.says(Role::Only) && !line.has_people() {
            self.ask(Remark::WhoHadOnlyThat);
        }
        if line.says(Role::Per) && line.count.is_none() {
            self.ask(Remark::HowManyWereThere);
        }
        // "she doesn't want it back"
        if line.says(Role::Maybe) || line.says(Role::Or) || (line.says(Role::Back) && line.verb == Some(Role::Not)) {
            self.ask(Remark::WhichIsRight);
        }
    }

    fn extra(&mut self, context: &Context<'_>) {
        let line = context.line;
        // "7, 2 of it tip"
        let included = line.says(Role::Included) || (line.has(Sign::Part) && line.money().is_some());
        let people = line.subject.iter().chain(&line.bare);
        let marked = || line.marked(&[Role::For, Role::Between, Role::With, Role::Only]).next();
        let shares = line.says(Role::Split) || line.says(Role::Equal) || line.says(Role::Halves);
        if let (Some(minor), Some(people), false, false) =
            (line.money(), context.next_shares(), included, line.has_people())
        {
            return self.entry(context, minor, Some(people));
        }
        // "delivery 8, split between us two" is an item of two people; "10% off for everyone" applies to the total.
        let theirs = people.clone().next().or_else(marked).filter(|_| shares);
        if let (Some(minor), Some(people), false) = (line.money(), theirs, line.says(Role::Discount))
            && !included
        {
            return self.entry(context, minor, Some(people.clone()));
        }
        match (&line.value, line.extra()) {
            (Some(value @ (Value::Money(_) | Value::Percent(_))), Some(role)) => {
                self.extras.push(Extra { role, value: value.clone(), included });
            }
            (None, _) if included => {}
            // "Ben has a discount, so he pays 9 less"
            (None, _) if line.has_people() && context.lines.iter().any(Line::is_change) => return,
            _ => self.ask(Remark::ExtraAmount),
        }
        // "cab 22.50 + 2.50 tip, Ben and me": people named at the end share the total.
        let alone = !context.lines.iter().any(|other| other != line && other.has_people());
        if alone && people.clone().all(|party| !party.is_one()) {
            self.participants.extend(people.map(|party| (Role::Between, party.clone())));
        } else if people.clone().any(|party| !party.is_all()) {
            self.ask(Remark::WhoSharesExtra);
        }
        self.participants.extend(line.marked.iter().filter(|(role, _)| TAKES_PART.contains(role)).cloned());
    }

    fn absent(&mut self, context: &Context<'_>) {
        let line = context.line;
        let before = context.place.checked_sub(1).and_then(|before| context.lines.get(before));
        let marked = line.marked(&TAKES_PART);
        let absent: Vec<Party> = line.subject.iter().chain(&line.bare).chain(marked).cloned().collect();
        match (&line.value, absent.is_empty()) {
            // "except Zoe, who wasn't there"
            (None, true) if before.is_some_and(|before| before.marked(&[Role::Except]).next().is_some()) => {}
            // "I didn't eat from the platter, 31"
            (Some(Value::Money(minor)), false) if line.subject.is_none() || line.names_something() => {
                self.without.extend(absent);
                self.entry(context, *minor, None);
            }
            // "Ben paid, not me"
            (None, false)
                if line.subject.is_none() && before.is_some_and(|before| ends_with_payer(before, &absent)) =>
            {
                self.ask(Remark::WhoIsOut);
            }
            (Some(_), _) | (None, true) => self.ask(Remark::WhoTakesNoPart),
            (None, false) => self.without.extend(absent),
        }
    }

    /// Records who shares and who does not. The receiver of a present does not have to share it.
    pub(crate) fn takers(&mut self, line: &Line) {
        let receives = |role: Role, party: &Party| line.has(Sign::Gift) && role == Role::For && party.is_one();
        let (receivers, takers): (Vec<_>, Vec<_>) = line
            .marked
            .iter()
            .filter(|(role, _)| TAKES_PART.contains(role))
            .cloned()
            .partition(|(role, party)| receives(*role, party));
        self.participants.extend(takers);
        self.receivers |= !receivers.is_empty() || (line.has(Sign::Gift) && line.owned.is_some());
        self.receiving.extend(receivers.into_iter().map(|(_, party)| party));
        self.without.extend(line.marked(&[Role::Except]).cloned());
    }

    fn share(&mut self, context: &Context<'_>) {
        let line = context.line;
        // "a present of 50 from all of us"
        let (all, some): (Vec<_>, Vec<_>) = line
            .marked(&[Role::From, Role::By])
            .partition(|party| party.is_all() || matches!(party.who, Who::Everyone(_)));
        self.participants.extend(all.into_iter().map(|party| (Role::Between, party.clone())));
        if !some.is_empty() {
            self.ask(Remark::WhoPaidWhoShares);
        }
        self.compared.extend(line.than.clone());
        let changed = [(Role::More, 1), (Role::Less, -1), (Role::Plus, 1), (Role::Minus, -1)];
        let sign = changed.iter().find(|(role, _)| line.says(*role)).map(|(_, sign)| *sign);
        match &line.value {
            None => self.without_value(context),
            Some(Value::Money(minor)) => match sign {
                Some(sign) if line.has_people() && !line.says(Role::Total) => self.change(line, sign * minor),
                Some(_) if line.verb.is_some() => self.ask(Remark::ForWhomIsExtra),
                _ => self.amount(context, *minor),
            },
            Some(Value::Percent(_) | Value::Fraction(..)) if owes_part(line) => self.debt_part(context),
            Some(Value::Percent(hundredths)) => self.portion(line, (*hundredths, 10_000)),
            Some(Value::Fraction(above, below)) if line.verb == Some(Role::Counts) => {
                self.weight(line, (*above, *below));
            }
            Some(Value::Fraction(above, below)) => self.portion(line, (*above, *below)),
            Some(Value::Times(above, below)) => self.weight(line, (*above, *below)),
            Some(Value::Parts(parts)) => match line.people() {
                Some(people) => self.parts.push((people, *parts)),
                // "one share each"
                None if line.says(Role::Each) => {
                    self.parts.push((Party { who: Who::Everyone(Vec::new()), owner: false }, *parts));
                }
                None => self.ask(Remark::WhoseShares),
            },
            Some(Value::Proportion(parts)) => {
                let people = line.people().filter(|people| !matches!(people.who, Who::We));
                self.takers(line);
                self.proportion = Some((parts.clone(), people));
            }
            Some(Value::Rest) => match line.rest_people() {
                Some(people) => self.rest.push(people),
                // "the rest in half"
                None if line.says(Role::Halves) || line.says(Role::Equal) || line.says(Role::Split) => {
                    self.rest.push(Party { who: Who::We, owner: false });
                }
                None => self.ask(Remark::WhoSharesRest),
            },
        }
    }

    fn change(&mut self, line: &Line, minor: i64) {
        match line.people() {
            Some(people) => self.changes.push(Change { people, minor, each: line.says(Role::Each) }),
            None => self.ask(Remark::ForWhomIsExtra),
        }
    }

    fn portion(&mut self, line: &Line, of: (u64, u64)) {
        match line.people() {
            Some(people) => self.portions.push(Portion { people, of, each: line.says(Role::Each) }),
            None => self.ask(Remark::WhosePart),
        }
    }

    fn weight(&mut self, line: &Line, factor: (u64, u64)) {
        match line.people() {
            Some(people) => self.weights.push((people, factor)),
            None => self.ask(Remark::WhoCountsMore),
        }
    }

    fn without_value(&mut self, context: &Context<'_>) {
        let line = context.line;
        let differs =
            line.says(Role::More) || line.says(Role::Less) || (line.than.is_some() && !line.says(Role::Equal));
        // "he had extra cheese, so he pays 4 more"
        let told = |other: &Line| other.is_change() && other.people().is_some_and(|who| Some(who) == line.people());
        if line.has_people() && differs && context.lines.iter().any(told) {
            return;
        }
        if line.has_people() && differs {
            self.ask(Remark::HowMuchMore);
        }
        let priced = context.lines.iter().any(|line| line.says(Role::Each) && line.money().is_some());
        if line.says(Role::Each)
            && !priced
            && line.verb.is_none()
            && line.has_people()
            && !line.says(Role::Split)
            && !line.says(Role::Equal)
        {
            self.ask(Remark::HowMuchForEach);
        }
        self.takers(line);
        match line.verb {
            Some(Role::Got) => self.got(context),
            // "all of us pay", "it counts for everyone"
            Some(Role::Pays | Role::Counts) if line.names_groups() => self.bystanders(context),
            // "he never paid me back for the ticket, he owes me 27"
            Some(Role::Owes) if context.owes_elsewhere() => {}
            Some(Role::Owes | Role::Pays | Role::Counts) if !self.equal => {
                self.ask(Remark::WhoPaysHowMuch);
            }
            _ => self.bystanders(context),
        }
    }

    /// Records people who are named without a word that says why.
    pub(crate) fn bystanders(&mut self, context: &Context<'_>) {
        let line = context.line;
        let splits = line.says(Role::Split) || line.says(Role::Equal) || line.says(Role::Halves);
        let with = line.marked(&[Role::With]).next().is_some();
        for party in line.subject.iter().chain(&line.bare) {
            match &party.who {
                Who::We => {}
                // "all without Ben he was ill"
                Who::Named(people) if line.leaves_out(people) => {}
                // "all hers"
                Who::Named(_) if party.owner && line.has(Sign::Owner) && !splits => self.owners.push(party.clone()),
                // "I went there with Ben"
                Who::Named(people) if with && *people == [context.speaker] => {}
                Who::Named(people) if people.len() == 1 && !splits && line.has(Sign::Harmless) => {
                    self.bystanders.push(party.clone());
                }
                Who::Named(people) if people.len() == 1 && !splits => {
                    self.ask(Remark::PaidOrShared);
                }
                Who::Named(people) if people.len() == 1 => self.participants.push((Role::With, party.clone())),
                // "Ben and I did the big shop"
                Who::Named(_) if line.verb.is_none() && line.value.is_none() && !splits => {
                    self.participants.push((Role::Harmless, party.clone()));
                }
                _ => self.participants.push((Role::Between, party.clone())),
            }
        }
        if let Some(owner) = &line.owned {
            self.owners.push(owner.clone());
        }
    }
}

/// Whether the line ends with a payment of somebody who is not among `others`: "Ben paid".
fn ends_with_payer(line: &Line, others: &[Party]) -> bool {
    let pays = line.verb == Some(Role::Paid) && line.has(Sign::VerbLast);
    pays && line.subject.as_ref().is_some_and(|subject| !others.contains(subject))
}

fn is_refund(line: &Line) -> bool {
    let denied = line.verb == Some(Role::Not) || line.says(Role::Not);
    let back = line.says(Role::Back) && !denied && !matches!(line.verb, Some(Role::Paid | Role::Transfer | Role::Owes));
    line.says(Role::Refund) || back
}
