//! Measures the accuracy of the built-in reader on the sentences beside this file, each with the structure that a
//! careful person reads in it. Files named `practice-*` may be used to write rules; the others are held out to judge
//! them, so only their figures are shown.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "tests panic on failure")]

use std::{
    collections::BTreeMap,
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

use chrono::NaiveDate;
use money::{Amount, Currency, Item, Itemized, Split, parse_hundredths, split::split};
use reader::{Question, Reading, read};
use serde::{Deserialize, de::DeserializeOwned};

/// Values by the names of people.
type Rows = BTreeMap<String, String>;

/// A file: a group of people and the sentences of one of them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Chapter {
    people: Vec<String>,
    speaker: String,
    currency: String,
    today: NaiveDate,
    sentences: Vec<Case>,
}

/// A sentence with its expected structure or question.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    kind: String,
    text: String,
    expect: Option<Expected>,
    ask: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    about: Option<String>,
    total: String,
    date: Option<NaiveDate>,
    category: Option<String>,
    payers: Option<Rows>,
    shares: Option<Rows>,
    split: Option<Rule>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum Rule {
    Equal(Vec<String>),
    Exact(Rows),
    Percent(Rows),
    Weights(Rows),
    Adjustments(Rows),
    Items { items: Vec<ReceiptItem>, tax: String, tip: String, discount: String },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReceiptItem {
    name: String,
    amount: String,
    members: Vec<String>,
}

/// The outcome of a sentence, with what is remarkable.
enum Outcome {
    Right,
    /// The reader asked a question although a reading was expected.
    Asked(String),
    /// The reading looks right but is not.
    Wrong(String),
}

#[test]
fn the_reader_keeps_its_accuracy() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sentences");
    // The accuracy that must not be undercut, in percent of all sentences.
    let levels: BTreeMap<String, BTreeMap<String, usize>> = parse(&folder.join("level.json"));
    let mut below = Vec::new();
    for (name, level) in levels {
        let is_practice = name == "practice";
        let (mut all, mut right, mut wrong) = (0, 0, 0);
        for chapter in files(&folder, is_practice).iter().map(|file| parse::<Chapter>(file)) {
            for case in &chapter.sentences {
                all += 1;
                let remark = match chapter.judge(case) {
                    Outcome::Right => {
                        right += 1;
                        continue;
                    }
                    Outcome::Asked(questions) => format!("asked: {:?} ({}): {questions}", case.text, case.kind),
                    Outcome::Wrong(why) => {
                        wrong += 1;
                        format!("WRONG: {:?} ({}): {why}", case.text, case.kind)
                    }
                };
                if is_practice {
                    tell(&remark);
                }
            }
        }
        tell(&format!("{name}: {all} sentences: {right} right, {} asked back, {wrong} wrong", all - right - wrong));
        // Without sentences no level is reached.
        if right * 100 < level["right_percent"] * all || wrong * 100 >= level["wrong_percent_below"] * all {
            below.push(name);
        }
    }
    assert!(below.is_empty(), "the level is not reached: {below:?}");
}

/// Bypasses the capture of the test harness, so that the figures are always shown.
fn tell(line: &str) {
    let mut out = io::stdout();
    writeln!(out, "sentences: {line}").unwrap();
}

fn files(folder: &Path, practice: bool) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| {
        let name = file.file_name().unwrap().to_str().unwrap();
        !["main.rs", "level.json"].contains(&name) && name.starts_with("practice-") == practice
    });
    files.sort();
    files
}

fn parse<T: DeserializeOwned>(file: &Path) -> T {
    let text = fs::read_to_string(file).unwrap();
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

impl Chapter {
    /// Reads a sentence and compares the reading with the expected one.
    fn judge(&self, case: &Case) -> Outcome {
        let people: Vec<&str> = self.people.iter().map(String::as_str).collect();
        let reading = read(&Question {
            text: &case.text,
            people: &people,
            speaker: self.place(&self.speaker),
            currency: Currency::from_code(&self.currency).unwrap(),
            today: self.today,
            total: None,
        });
        let asks = !reading.questions.is_empty();
        match (&case.expect, &case.ask) {
            (None, Some(_)) if asks => Outcome::Right,
            (None, Some(ask)) => Outcome::Wrong(format!("{ask:?} must be asked: {reading:?}")),
            (Some(_), None) if asks => {
                Outcome::Asked(reading.questions.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "))
            }
            (Some(expected), None) => match self.difference(expected, &reading) {
                None => Outcome::Right,
                Some(part) => Outcome::Wrong(format!("the {part} is another one: {reading:?}")),
            },
            _ => panic!("{:?} must have either `expect` or `ask`", case.text),
        }
    }

    /// The first part of the reading that is not as expected.
    fn difference(&self, expected: &Expected, reading: &Reading) -> Option<&'static str> {
        let (minor, code) = expected.total.split_once(' ').expect("a total such as `12.00 EUR`");
        let total = Amount::parse(minor, Currency::from_code(code).unwrap()).unwrap();
        let description = reading.description.as_deref().unwrap_or_default().to_lowercase();
        let about = expected.about.as_deref().unwrap_or_default().to_lowercase();
        let mut payers = reading.payers.clone();
        payers.sort_unstable();
        let paid = match &expected.payers {
            Some(expected) => payers == self.amounts(expected, total.currency),
            // If the sentence names no payer, both no payer and the author are right.
            None => payers.is_empty() || payers == [(self.place(&self.speaker), total.minor)],
        };
        let shares = reading.split.as_ref().and_then(|rule| split(total, rule, 0).ok()).map(owing);
        let wanted = match (&expected.shares, &expected.split) {
            (Some(shares), None) => self.amounts(shares, total.currency),
            (None, Some(rule)) => split(total, &self.rule(rule, total.currency), 0).expect("a rule that adds up"),
            _ => panic!("either `shares` or `split` is needed"),
        };
        let parts = [
            ("total", reading.total == Some(total)),
            ("date", reading.date == expected.date),
            ("description", description.contains(&about)),
            ("category", expected.category.is_none() || reading.category == expected.category),
            ("payer", paid),
            ("split", shares == Some(owing(wanted))),
        ];
        parts.iter().find(|(_, same)| !same).map(|(part, _)| *part)
    }

    fn rule(&self, rule: &Rule, currency: Currency) -> Split<usize> {
        let hundredths = |rows| self.rows(rows, |text| parse_hundredths(text).unwrap());
        // `0` is written without the currency's decimals.
        let minor = |text: &str| if text == "0" { 0 } else { Amount::parse(text, currency).unwrap().minor };
        let item = |item: &ReceiptItem| Item {
            name: item.name.clone(),
            minor: minor(&item.amount),
            members: self.places(&item.members),
        };
        match rule {
            Rule::Equal(names) => Split::Equal(self.places(names)),
            Rule::Exact(shares) => Split::Exact(self.amounts(shares, currency)),
            Rule::Percent(shares) => Split::Percent(hundredths(shares)),
            Rule::Weights(shares) => Split::Weights(hundredths(shares)),
            Rule::Adjustments(shares) => Split::Adjustments(self.amounts(shares, currency)),
            Rule::Items { items, tax, tip, discount } => Split::Items(Itemized {
                items: items.iter().map(item).collect(),
                tax: minor(tax),
                tip: minor(tip),
                discount: minor(discount),
            }),
        }
    }

    fn amounts(&self, rows: &Rows, currency: Currency) -> Vec<(usize, i64)> {
        self.rows(rows, |text| Amount::parse(text, currency).unwrap().minor)
    }

    fn rows<T: Ord>(&self, rows: &Rows, value: impl Fn(&str) -> T) -> Vec<(usize, T)> {
        let mut rows: Vec<_> = rows.iter().map(|(name, text)| (self.place(name), value(text))).collect();
        rows.sort();
        rows
    }

    fn places(&self, names: &[String]) -> Vec<usize> {
        names.iter().map(|name| self.place(name)).collect()
    }

    fn place(&self, name: &str) -> usize {
        self.people.iter().position(|person| person == name).unwrap_or_else(|| panic!("{name} is not among the people"))
    }
}

/// A share of zero is the same as no share.
fn owing(shares: Vec<(usize, i64)>) -> Vec<(usize, i64)> {
    shares.into_iter().filter(|(_, minor)| *minor != 0).collect()
}
