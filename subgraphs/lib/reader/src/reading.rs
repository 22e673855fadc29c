//! Runs the stages from pieces to a reading, and checks the result.

use money::{Amount, Currency, Split, split::split};

use crate::{
    Payment, Question, Reading, amount,
    aside::asides,
    category,
    circle::Circle,
    clause::clauses,
    describe,
    facts::Facts,
    group::group,
    heading::spread,
    language::Meaning,
    line::Line,
    lookup::Lookup,
    payers::payers,
    paying::PAYMENT_QUESTIONS,
    people::Roster,
    phrasing::rephrase,
    piece::{Atom, Break, Piece, Scanner, Value, Who},
    quantity::Quantity,
    reason::{go_on, without_reasons},
    receiving::count_elsewhere,
    referring::refer_back,
    remains::remains,
    remark::Remark,
    role::Role,
    sharing::Sharing,
    unknown::unknown,
    whole::{TotalCalculator, Whole},
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
    rephrase(&lookup, &mut pieces);
    let own = question.total.map_or(question.currency, |total| total.currency);
    let currency = amount::resolve(&lookup, &mut pieces, roster.len(), own, &mut reading.questions);
    report_multiplied(&lookup, &pieces, &mut reading.guesses);
    remains(&mut pieces);
    asides(&lookup, &mut pieces, question.speaker);
    for place in unknown(&lookup, &pieces) {
        let name = words[place].text.trim_end_matches("'s").trim_end_matches("’s");
        reading.questions.push(Remark::Stranger { name: name.to_owned() });
    }
    group(&lookup, &roster, &mut pieces, question.speaker, &mut reading.questions);
    let pieces = spread(&lookup, &pieces);
    let line = |clause| Line::of(&lookup, clause, question.speaker);
    let mut lines = without_reasons(clauses(&pieces).iter().map(line).collect());
    go_on(&mut lines);
    count_elsewhere(&mut lines);
    refer_back(&lookup, &mut lines);
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

#[cfg(test)]
mod tests {
    use money::Item;

    use super::*;
    use crate::{Reading, testing::read_among};

    fn reading(text: &str) -> Reading {
        read_among(&["Ada", "Ben", "Chloé Martin", "Dora (guest)"], text)
    }

    fn ready(text: &str) -> Reading {
        let reading = reading(text);
        assert_eq!(reading.questions, [], "{text}");
        reading
    }

    #[test]
    fn a_sentence_becomes_an_expense() {
        let reading = ready("last friday Ben paid 1,234.50 for the hotel, everyone except Dora");
        assert_eq!(reading.description.as_deref(), Some("Hotel"));
        assert_eq!(reading.total.map(|total| total.minor), Some(123_450));
        assert_eq!(reading.date, "2026-11-13".parse().ok());
        assert_eq!(reading.category.as_deref(), Some("travel"));
        assert_eq!(reading.payers, [(1, 123_450)]);
        assert_eq!(reading.split, Some(Split::Equal(vec![0, 1, 2])));
    }

    #[test]
    fn a_text_with_a_question_has_no_guess() {
        assert_eq!(ready("pizza 30").guesses, [Remark::SharedByAll]);
        let asked = reading("hoodie 45 for kim");
        assert_eq!((asked.questions.is_empty(), asked.guesses), (false, vec![]));
    }

    #[test]
    fn a_receipt_keeps_its_lines() {
        let reading = ready("pizza 30 Ben, salad 12 me, tip 10%");
        let item = |name: &str, minor, members| Item { name: name.to_owned(), minor, members };
        let Some(Split::Items(receipt)) = reading.split else { panic!("no receipt") };
        assert_eq!(receipt.items, [item("pizza", 3_000, vec![1]), item("salad", 1_200, vec![0])]);
        assert_eq!((receipt.tip, reading.total.map(|total| total.minor)), (420, Some(4_620)));
        assert_eq!(reading.guesses[0].to_string(), "The tip comes to 4.20 EUR.");
    }

    #[test]
    fn every_way_to_split_is_read_in_both_languages() {
        let exact = Some(Split::Exact(vec![(1, 1_200), (0, 3_800)]));
        let percent = Some(Split::Percent(vec![(1, 6_000), (0, 4_000)]));
        let weights = Some(Split::Weights(vec![(0, 100), (1, 200), (2, 100), (3, 100)]));
        let changes = Some(Split::Adjustments(vec![(0, 0), (1, 500), (2, 0), (3, 0)]));
        for (english, german, split) in [
            ("50, Ben owes 12, the rest is mine", "50, Ben schuldet 12, der Rest ist meiner", exact),
            ("50, Ben 60%, me 40%", "50, Ben 60 Prozent, ich 40 Prozent", percent),
            ("50, Ben counts double", "50, Ben zählt doppelt", weights),
            ("50, Ben 5 more", "50, Ben 5 mehr", changes),
        ] {
            assert_eq!(ready(&format!("dinner {english}")).split, split, "{english}");
            assert_eq!(ready(&format!("Abendessen {german}")).split, split, "{german}");
        }
    }

    #[test]
    fn the_others_share_the_rest() {
        let shares = |text: &str| {
            let reading = ready(text);
            split(reading.total.unwrap(), &reading.split.unwrap(), 0).unwrap()
        };
        let others = |shares: [i64; 4]| (0..).zip(shares).collect::<Vec<_>>();
        assert_eq!(shares("dinner 84.50, Ben only had a salad for 12"), others([2_417, 1_200, 2_417, 2_416]));
        let text = "dinner by the river 131.80, Chloé paid, Ben only had a salad for 12";
        assert_eq!(ready(text).description.as_deref(), Some("Dinner by river"));
        assert_eq!(shares(text), others([3_994, 1_200, 3_993, 3_993]));
        assert_eq!(shares("Dinner 84.50, 12 of it is Ben's, the rest is mine"), [(0, 7_250), (1, 1_200)]);
        assert_eq!(shares("brunch 58 me and Ben, 33 of it is his"), [(0, 2_500), (1, 3_300)]);
    }

    #[test]
    fn some_numbers_are_not_amounts() {
        for (text, total) in [
            ("4 beers at 6.50 each, Ben and me", 2_600),
            ("minibar in room 204, 18, Ben and me", 1_800),
            ("7-eleven 12.35 with Ben", 1_235),
            ("bought 3 pizzas at 11 and 2 beers at 4", 4_100),
            ("pizza 20 on May 3", 2_000),
        ] {
            assert_eq!(ready(text).total.map(|total| total.minor), Some(total), "{text}");
        }
    }

    #[test]
    fn ambiguous_texts_become_questions() {
        for text in [
            "pizza",
            "pizza 30 or 35",
            "pizza 30 with Zoe",
            "pizza 30 Ben",
            "dinner 50, Ben 20, me 20",
            "dinner 50, Ben 70%, me 50%",
            "dinner 50, Ben 20, the rest equally",
            "concert 11/3 80",
            "Ben paid me back 20",
            "ignore the above, Ben pays all",
            "Ben paid 60 and tipped 5",
            "dinner 60 and tax",
            "my brother paid 30",
            "lunch 30 with Ben's brother",
            "hotel 80 per night",
            "everyone owes me 5 for the bus",
            "dinner 60, Ben only had soup for 8, tip 10%",
            "only had a beer for 5, dinner 50",
        ] {
            assert!(!reading(text).questions.is_empty(), "{text}");
        }
    }
}
