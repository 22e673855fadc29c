//! Runs the stages from pieces to a reading, and checks the result.

use money::{Amount, Currency, Split, split::split};

use crate::{
    amount,
    aside::asides,
    category,
    clause::clauses,
    describe,
    facts::Facts,
    language::Meaning,
    line::Line,
    lookup::Lookup,
    payers::payers,
    payments::PAYMENT_QUESTIONS,
    people::Roster,
    people_lists::group,
    piece::{Atom, Break, Piece, Value, Who},
    quantity::Quantity,
    question::{Payment, Question, Reading},
    reasons::{go_on, without_reasons},
    remark::Remark,
    rests::remains,
    role::Role,
    scanner::Scanner,
    sharers::Circle,
    splitting::Sharing,
    total::{TotalCalculator, Whole},
    unknown_names::unknown,
    words::words,
};

/// Parses a text whose length has been checked.
pub(crate) fn read(question: &Question<'_>) -> Reading {
    let words = words(question.text);
    let lookup = Lookup::new(&words);
    let roster = Roster::new(question.people);
    let mut reading = Reading::default();
    let scanner = Scanner {
        lookup: &lookup,
        roster: &roster,
        speaker: question.speaker,
        today: question.today,
        month_first: question.currency.code() == "USD",
    };
    let pieces = scanner.pieces(&mut reading.questions);
    report_transposed(&lookup, &roster, &pieces, &mut reading.guesses);
    let mut pieces = without_orders(&pieces, question.speaker, &mut reading.questions);
    let own = question.total.map_or(question.currency, |total| total.currency);
    let currency = amount::resolve(&lookup, &mut pieces, own, &mut reading.questions);
    report_multiplied(&lookup, &pieces, &mut reading.guesses);
    remains(&mut pieces);
    asides(&lookup, &mut pieces, question.speaker);
    for place in unknown(&lookup, &pieces) {
        let name = words[place].text.trim_end_matches("'s").trim_end_matches("’s");
        reading.questions.push(Remark::Stranger { name: name.to_owned() });
    }
    group(&lookup, &roster, &mut pieces, question.speaker, &mut reading.questions);
    let line = |clause| Line::of(&lookup, clause, question.speaker);
    let mut lines = without_reasons(clauses(&pieces).iter().map(line).collect());
    go_on(&mut lines);
    strangers(&lookup, &lines, &mut reading.questions);
    let facts = Facts::of(&lines, question.speaker, question.total.is_some());
    reading.questions.extend(facts.questions.iter().cloned());
    let circle = Circle::of(&lines, &facts, roster.len(), question.speaker, &mut reading.questions);
    let conclusion = Conclusion { question, currency, lookup: &lookup, lines: &lines, facts: &facts, circle: &circle };
    conclusion.fill(&mut reading);
    reading
}

/// Removes sentences that address instructions to a program, which are not part of an expense. A sentence that also
/// names a person or an amount becomes a question.
fn without_orders(pieces: &[Piece], speaker: usize, questions: &mut Vec<Remark>) -> Vec<Piece> {
    let mut kept = Vec::with_capacity(pieces.len());
    for sentence in pieces.split_inclusive(|piece| piece.atom == Atom::Break(Break::Stop)) {
        if !sentence.iter().any(|piece| piece.atom == Atom::Role(Role::Hostile)) {
            kept.extend(sentence.iter().cloned());
            continue;
        }
        let matters = |piece: &Piece| match &piece.atom {
            Atom::People(party) => match &party.who {
                Who::Named(people) => people.iter().any(|person| *person != speaker),
                Who::Everyone(_) | Who::We => false,
                _ => true,
            },
            // "ein" can be an article.
            Atom::Number { quantity: Quantity::Number { worded: true, .. } } => false,
            Atom::Value(_) | Atom::Number { .. } => true,
            _ => false,
        };
        if sentence.iter().any(matters) {
            questions.push(Remark::Order);
        }
    }
    kept
}

/// Reports each name that was recognised with two letters transposed.
fn report_transposed(lookup: &Lookup<'_>, roster: &Roster<'_>, pieces: &[Piece], guesses: &mut Vec<Remark>) {
    for piece in pieces.iter().filter(|piece| matches!(piece.atom, Atom::People(_))) {
        if let Some(person) = roster.swapped(lookup, piece.from)
            && roster.named(lookup, piece.from).is_none()
        {
            let written = lookup.words[piece.from].text.to_owned();
            guesses.push(Remark::Misspelt { written, name: roster.name(person).to_owned() });
        }
    }
}

/// Reports that "coffee x3 4.50" is read as the price of all three, not of one.
fn report_multiplied(lookup: &Lookup<'_>, pieces: &[Piece], guesses: &mut Vec<Remark>) {
    let single = |piece: &Piece| matches!(piece.atom, Atom::Role(Role::Each | Role::Per | Role::At));
    for three in pieces.windows(3).filter(|_| !pieces.iter().any(single)) {
        if let [Atom::Role(Role::TimesWord), Atom::Count(count), Atom::Value(Value::Money(_))] =
            [&three[0].atom, &three[1].atom, &three[2].atom]
        {
            let written = lookup.words[three[2].from].text.to_owned();
            guesses.push(Remark::AllTogether { written, count: *count });
        }
    }
}

fn strangers(lookup: &Lookup<'_>, lines: &[Line], questions: &mut Vec<Remark>) {
    // "Ben brings his wife and counts double": the wife is counted already.
    let weighed = |line: &Line| matches!(line.value, Some(Value::Times(..) | Value::Parts(_)));
    let is_counted = lines.iter().any(weighed);
    let relative = |at: usize| lookup.find(at, |meaning| (meaning == Meaning::Relative).then_some(())).is_some();
    let unknown = |place: &&usize| !(is_counted && relative(**place));
    for place in lines.iter().flat_map(|line| &line.strangers).filter(unknown) {
        questions.push(Remark::Stranger { name: lookup.words[*place].text.to_owned() });
    }
}

/// The context of the last stage.
struct Conclusion<'a> {
    question: &'a Question<'a>,
    currency: Currency,
    lookup: &'a Lookup<'a>,
    lines: &'a [Line],
    facts: &'a Facts,
    circle: &'a Circle,
}

impl Conclusion<'_> {
    fn fill(&self, reading: &mut Reading) {
        reading.payment = self.payment(reading);
        let whole = self.whole(reading);
        reading.date = self.date(reading);
        reading.description = describe::description(self.question.text, self.lookup, self.lines, self.facts, &whole);
        let described = reading.description.as_deref().unwrap_or_default();
        reading.category = category::told(described, self.lookup, self.question.people).map(str::to_owned);
        let Some(total) = whole.total else { return };
        let given = self.question.total;
        reading.total = Some(given.unwrap_or(Amount::new(total, self.currency)));
        if given.is_some_and(|given| given.currency != self.currency) {
            reading.questions.push(Remark::OtherCurrency);
        }
        match payers(self.facts, self.circle, total) {
            Ok(payers) => reading.payers = payers,
            Err(doubt) => reading.questions.push(doubt),
        }
        self.share(reading, &whole);
        self.report_extras(reading, &whole);
        self.check(reading, total);
    }

    /// What one person gave to another, if nothing else is unclear.
    fn payment(&self, reading: &Reading) -> Option<Payment> {
        let (from, to) = self.facts.handed_over?;
        let is_clear = reading.questions.iter().all(|question| PAYMENT_QUESTIONS.contains(question));
        let amounts: Vec<i64> = self.lines.iter().filter_map(Line::money).collect();
        match amounts.as_slice() {
            [minor] if *minor > 0 && is_clear && self.question.total.is_none() => {
                Some(Payment { from, to, amount: Amount::new(*minor, self.currency) })
            }
            _ => None,
        }
    }

    /// The total and its parts. A refund is negative.
    fn whole(&self, reading: &mut Reading) -> Whole {
        let show = |minor| Amount::new(minor, self.currency);
        let given = self.question.total.map(|total| total.minor);
        let calculator = TotalCalculator { facts: self.facts, circle: self.circle, given, show: &show };
        let mut whole = calculator.whole().unwrap_or_else(|doubt| {
            reading.questions.push(doubt);
            Whole::default()
        });
        let negative =
            self.lines.iter().any(|line| line.money().is_some_and(|minor| minor < 0) && !line.says(Role::Discount));
        if negative && !self.facts.refund {
            reading.questions.push(Remark::IsRefund);
        }
        if !self.facts.refund && given.is_none() && whole.total.is_some_and(|total| total < 0) {
            reading.questions.push(Remark::NoAmount);
        }
        if self.facts.refund && given.is_none() {
            if !whole.parts.is_empty() {
                reading.questions.push(Remark::CameBack);
            }
            whole.total = whole.total.map(|total| if total > 0 { -total } else { total });
        }
        whole
    }

    fn date(&self, reading: &mut Reading) -> Option<chrono::NaiveDate> {
        let mut days = self.facts.days.clone();
        days.sort_unstable();
        days.dedup();
        if days.len() > 1 {
            reading.questions.push(Remark::WhichDay);
        }
        days.first().copied()
    }

    fn share(&self, reading: &mut Reading, whole: &Whole) {
        let name = |line: usize| self.item_name(line);
        let sharing = Sharing { facts: self.facts, circle: self.circle, whole, name: &name };
        match sharing.split() {
            Ok(Some(split)) => reading.split = Some(split),
            Ok(None) if self.question.total.is_some() => {}
            Ok(None) => {
                reading.split = Some(Split::Equal(self.circle.everyone()));
                // After "I don't know who Kim is" this guess would read like an answer.
                if reading.questions.is_empty() {
                    reading.guesses.push(Remark::SharedByAll);
                }
            }
            Err(doubt) => reading.questions.push(doubt),
        }
    }

    fn item_name(&self, line: usize) -> String {
        let name = self.lines.get(line).map(|line| describe::name(self.question.text, self.lookup, line));
        name.filter(|name| !name.is_empty()).unwrap_or_else(|| "Share".to_owned())
    }

    /// Reports the amount of each tip, tax or discount given as a percentage.
    fn report_extras(&self, reading: &mut Reading, whole: &Whole) {
        for extra in &self.facts.extras {
            let (extra_name, minor) = match extra.role {
                Role::Tip => ("tip", whole.tip),
                Role::Tax => ("tax", whole.tax),
                _ => ("discount", whole.discount),
            };
            if matches!(extra.value, Value::Percent(_)) && minor != 0 {
                let amount = Amount::new(minor, self.currency).to_string();
                reading.guesses.push(Remark::ExtraComesTo {
                    extra: extra_name,
                    amount,
                    currency: self.currency.code(),
                });
            }
        }
    }

    /// Turns a split that `money::split` refuses into a question, and compares the payments with the total.
    fn check(&self, reading: &mut Reading, total: i64) {
        if let Some(shares) = &reading.split
            && let Err(why) = split(Amount::new(total, self.currency), shares, 0)
        {
            reading.questions.push(Remark::DoesNotAddUp { why });
        }
        let paid = reading.payers.iter().try_fold(0_i64, |sum, (_, minor)| sum.checked_add(*minor));
        if !reading.payers.is_empty() && paid != Some(total) {
            reading.questions.push(Remark::WhoPaidTheRest);
        }
    }
}
