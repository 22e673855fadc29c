//! Runs the stages from words to a reading.

use chrono::NaiveDate;
use money::{Amount, Split, split::split};

use crate::{
    category,
    chart::{Chart, Cover},
    conclusion::Conclusion,
    context::{with_pronouns, without_asides, without_orders},
    date::Day,
    fact::{Analysis, Fact, facts},
    lookup::Lookup,
    participants::{Evidence, Participants},
    pattern::{FactKind, GRAMMAR},
    people::Roster,
    question::{Payment, Question, Reading},
    remark::Remark,
    scanner::Scanner,
    token::{Atom, Value, with_amounts},
    understanding::{decides, doubts, ways, with_priced_fee, without_absent},
    words::words,
};

/// The greatest difference to the best reading of those that are tried.
const MARGIN: i32 = 4;

/// Parses a text whose length has been checked.
pub(crate) fn read(question: &Question<'_>) -> Reading {
    understand(question).0
}

/// The reading and the rules that take part in it.
fn understand(question: &Question<'_>) -> (Reading, Vec<&'static str>) {
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
    let mut tokens = scanner.tokens(&mut reading.questions);
    let own = question.total.map_or(question.currency, |total| total.currency);
    let currency = with_amounts(&lookup, &mut tokens, own, &mut reading.questions);
    let tokens = without_orders(&tokens, question.speaker, &mut reading.questions);
    let tokens = without_asides(&tokens);
    let tokens = with_pronouns(&lookup, &roster, &tokens, question.speaker);
    let chart = Chart { lookup: &lookup, tokens: &tokens };
    let matches = chart.matches();
    let covers = chart.covers(&matches);
    let analysis = Analysis { question, currency, lookup: &lookup, tokens: &tokens, matches: &matches };
    let used = analysis.fill(&covers, &mut reading);
    let rules =
        used.iter().flat_map(|cover| &cover.matches).map(|place| GRAMMAR.rules[matches[*place].rule].id.as_str());
    (reading, rules.collect())
}

impl Analysis<'_> {
    /// Fills the reading, and returns the cover that it follows.
    fn fill<'c>(&self, covers: &'c [Cover], reading: &mut Reading) -> Option<&'c Cover> {
        let best = covers.first()?;
        let (used, conclusion) = self.best(covers, best);
        reading.date = self.date(reading);
        reading.description = self.description(used);
        let described = reading.description.as_deref().unwrap_or_default();
        reading.category = category::told(described, self.lookup, self.question.people).map(str::to_owned);
        match conclusion {
            Ok(conclusion) => self.report(conclusion, reading),
            Err(why) => {
                reading.payment = self.payment(best).filter(|_| reading.questions.is_empty());
                reading.questions.push(why);
            }
        }
        Some(used)
    }

    /// The first cover that makes sense. If an equally good one means something else, it is a question.
    fn best<'c>(&self, covers: &'c [Cover], best: &'c Cover) -> (&'c Cover, Result<Conclusion, Remark>) {
        let mut chosen: Option<(&Cover, Conclusion)> = None;
        let mut doubt = None;
        for cover in covers.iter().filter(|cover| cover.score >= best.score - MARGIN) {
            match (self.conclude(cover), &chosen) {
                (Ok(conclusion), None) => chosen = Some((cover, conclusion)),
                (Ok(conclusion), Some((first, other))) => {
                    if first.score == cover.score && !self.same(other, &conclusion) {
                        return (first, Err(Remark::WhoSharesWhat));
                    }
                }
                (Err(why), None) if decides(&why) => return (cover, Err(why)),
                (Err(why), _) => doubt = doubt.or(Some(why)),
            }
        }
        match chosen {
            Some((cover, conclusion)) => (cover, Ok(conclusion)),
            None => (best, Err(doubt.unwrap_or(Remark::Unreadable))),
        }
    }

    fn report(&self, conclusion: Conclusion, reading: &mut Reading) {
        let given = self.question.total;
        if given.is_some_and(|given| given.currency != self.currency) {
            reading.questions.push(Remark::OtherCurrency);
        }
        reading.total = Some(given.unwrap_or(Amount::new(conclusion.total, self.currency)));
        reading.payers = conclusion.payers;
        for (extra, minor) in conclusion.computed {
            let amount = Amount::new(minor, self.currency).to_string();
            reading.guesses.push(Remark::ExtraComesTo { extra, amount, currency: self.currency.code() });
        }
        reading.split = conclusion.split;
        if reading.split.is_none() && given.is_none() {
            reading.split = Some(Split::Equal((0..self.question.people.len()).collect()));
            // After "I don't know who Kim is" this guess would read like an answer.
            if reading.questions.is_empty() {
                reading.guesses.push(Remark::SharedByAll);
            }
        }
    }

    fn conclude(&self, cover: &Cover) -> Result<Conclusion, Remark> {
        if let Some(unused) = cover.unused.first() {
            return Err(match &self.tokens[*unused].atom {
                Atom::People(_) => Remark::WhoPaidWhoShares,
                Atom::Value(Value::Money(_)) => Remark::WhichIsTotal,
                Atom::Value(_) => Remark::WhoHasWhichPart,
                _ => Remark::SharedHow,
            });
        }
        let facts = with_priced_fee(without_absent(facts(self, cover)));
        doubts(&facts)?;
        let mut doubt = None;
        for facts in ways(&facts) {
            match self.judge(&facts) {
                Ok(conclusion) => return Ok(conclusion),
                Err(why) => doubt = doubt.or(Some(why)),
            }
        }
        Err(doubt.unwrap_or(Remark::Unreadable))
    }

    fn judge(&self, facts: &[Fact]) -> Result<Conclusion, Remark> {
        let participants = Participants::of(self.question.people.len(), self.question.speaker, facts)?;
        let given = self.question.total.map(|total| total.minor);
        Evidence { facts, participants: &participants, currency: self.currency, given }.conclude()
    }

    /// What one person gave to another.
    fn payment(&self, cover: &Cover) -> Option<Payment> {
        let facts = facts(self, cover);
        let transfer = facts.iter().find(|fact| fact.kind == FactKind::Transfer)?;
        let [from, to] = transfer.named().collect::<Vec<_>>()[..] else { return None };
        let [minor] = facts.iter().filter_map(Fact::money).collect::<Vec<_>>()[..] else { return None };
        let is_payment = from != to && transfer.who.len() == 2 && minor > 0 && self.question.total.is_none();
        is_payment.then_some(Payment { from, to, amount: Amount::new(minor, self.currency) })
    }

    fn date(&self, reading: &mut Reading) -> Option<NaiveDate> {
        let mut days = Vec::new();
        for token in self.tokens {
            match &token.atom {
                Atom::Date(Day::Known(day)) => days.push(*day),
                Atom::Date(Day::Unclear(why)) => reading.questions.push(why.clone()),
                _ => {}
            }
        }
        days.sort_unstable();
        days.dedup();
        if days.len() > 1 {
            reading.questions.push(Remark::WhichDay);
        }
        days.first().copied()
    }

    /// Whether both mean the same.
    fn same(&self, one: &Conclusion, other: &Conclusion) -> bool {
        let told = |conclusion: &Conclusion| {
            let everyone = || Split::Equal((0..self.question.people.len()).collect());
            let rule = conclusion.split.clone().unwrap_or_else(everyone);
            let mut payers = conclusion.payers.clone();
            payers.sort_unstable();
            let mut shares = split(Amount::new(conclusion.total, self.currency), &rule, 0).unwrap_or_default();
            shares.retain(|(_, minor)| *minor != 0);
            (conclusion.total, payers, shares)
        };
        told(one) == told(other)
    }
}

#[cfg(test)]
mod tests {
    use money::Currency;

    use super::*;
    use crate::pattern::{Grammar, Rule};
    const PEOPLE: [&str; 6] = ["Ada", "Ben", "Cleo", "Dan", "Ella", "Finn"];

    /// The total, the payers and the shares; a question mark for a question.
    fn summary(reading: &Reading) -> String {
        let (Some(total), true) = (reading.total, reading.questions.is_empty()) else { return "?".to_owned() };
        let rows = |rows: &[(usize, i64)]| {
            let mut rows: Vec<_> = rows.iter().filter(|(_, minor)| *minor != 0).collect();
            rows.sort_unstable();
            let show =
                |(person, minor): &(usize, i64)| format!("{} {}", PEOPLE[*person], Amount::new(*minor, total.currency));
            rows.into_iter().map(show).collect::<Vec<_>>().join(", ")
        };
        let shares = split(total, reading.split.as_ref().unwrap(), 0).unwrap();
        format!("{total} {}; paid: {}; owed: {}", total.currency.code(), rows(&reading.payers), rows(&shares))
    }

    fn told(text: &str) -> (String, Vec<&'static str>) {
        let question = Question {
            text,
            people: &PEOPLE,
            speaker: 0,
            currency: Currency::from_code("EUR").unwrap(),
            today: NaiveDate::from_ymd_opt(2026, 11, 18).unwrap(),
            total: None,
        };
        let (reading, rules) = understand(&question);
        (summary(&reading), rules)
    }

    #[test]
    fn every_rule_is_valid_and_reads_its_examples() {
        let grammar: Grammar = serde_json::from_str(include_str!("../rules.json")).unwrap();
        let mut failed = Vec::new();
        for Rule { id, examples, .. } in &grammar.rules {
            for (text, wanted) in examples {
                let (found, rules) = told(text);
                if found != *wanted || !rules.contains(&id.as_str()) {
                    failed.push(format!("{id}: {text}: {found}, by {rules:?}"));
                }
            }
            if examples.is_empty() {
                failed.push(format!("{id} has no example"));
            }
        }
        assert!(failed.is_empty(), "{}", failed.join("\n"));
    }
}
