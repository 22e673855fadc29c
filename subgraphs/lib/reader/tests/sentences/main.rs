//! Measures the accuracy of the built-in reader on the sentences beside this file, each with the structure that a
//! careful person reads in it. Files named `practice-*` may be used to write rules; the others are held out to judge
//! them.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "tests panic on failure")]

use std::{
    collections::BTreeMap,
    fmt, fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

use chrono::NaiveDate;
use money::{Amount, Currency, Item, Itemized, Split, parse_hundredths, split::split};
use reader::{Question, Reading, read};
use serde::Deserialize;

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

/// The accuracy that must not be undercut, in percent of all sentences.
#[derive(Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
struct Level {
    right_percent: usize,
    wrong_percent_below: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Levels {
    practice: Level,
    kept_apart: Level,
}

#[test]
fn the_reader_keeps_its_accuracy() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sentences");
    let levels: Levels = parse(&folder.join("level.json"));
    let mut below = Vec::new();
    for (name, level, practice) in [("practice", levels.practice, true), ("kept apart", levels.kept_apart, false)] {
        let mut all = Score::default();
        for file in files(&folder, practice) {
            all.add(measure(&file));
        }
        tell(&format!("{name}: {all}"));
        if !all.reaches(level.right_percent, level.wrong_percent_below) {
            below.push(format!(
                "{name}: {all}, and at least {}% right and less than {}% wrong are the level",
                level.right_percent, level.wrong_percent_below
            ));
        }
    }
    assert!(below.is_empty(), "{}", below.join("\n"));
}

/// Bypasses the capture of the test harness, so that the table is always shown.
fn tell(line: &str) {
    let mut out = io::stdout();
    writeln!(out, "sentences: {line}").unwrap();
}

fn files(folder: &Path, practice: bool) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| {
        let name = file.file_name().unwrap().to_str().unwrap();
        file.extension().is_some_and(|extension| extension == "json")
            && name != "level.json"
            && name.starts_with("practice-") == practice
    });
    files.sort();
    files
}

fn parse<T: for<'a> Deserialize<'a>>(file: &Path) -> T {
    let text = fs::read_to_string(file).unwrap();
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

fn measure(file: &Path) -> Score {
    let chapter: Chapter = parse(file);
    let mut kinds: BTreeMap<&str, Score> = BTreeMap::new();
    let mut all = Score::default();
    let mut remarks = Vec::new();
    for case in &chapter.sentences {
        let outcome = judge(&chapter, case);
        kinds.entry(case.kind.as_str()).or_default().count(&outcome);
        all.count(&outcome);
        match outcome {
            Outcome::Right => {}
            Outcome::Asked(questions) => remarks.push(format!("asked: {:?}: {}", case.text, questions.join(" "))),
            Outcome::Wrong(why) => remarks.push(format!("WRONG: {:?}: {why}", case.text)),
        }
    }
    let name = file.file_name().unwrap().to_str().unwrap();
    for line in table(name, &kinds, &all) {
        tell(&line);
    }
    for remark in remarks {
        tell(&format!("  {remark}"));
    }
    all
}

/// The number of sentences per outcome.
#[derive(Clone, Copy, Debug, Default)]
struct Score {
    right: usize,
    asked: usize,
    wrong: usize,
}

impl Score {
    fn count(&mut self, outcome: &Outcome) {
        match outcome {
            Outcome::Right => self.right += 1,
            Outcome::Asked(_) => self.asked += 1,
            Outcome::Wrong(_) => self.wrong += 1,
        }
    }

    fn add(&mut self, other: Self) {
        self.right += other.right;
        self.asked += other.asked;
        self.wrong += other.wrong;
    }

    /// Without sentences no level is reached.
    fn reaches(&self, right_percent: usize, wrong_percent_below: usize) -> bool {
        let all = self.right + self.asked + self.wrong;
        self.right * 100 >= right_percent * all && self.wrong * 100 < wrong_percent_below * all
    }
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { right, asked, wrong } = *self;
        let all = right + asked + wrong;
        let share = |part: usize| format!("{part} ({}%)", part * 100 / all.max(1));
        write!(f, "{all} sentences: {} right, {} asked back, {} wrong", share(right), share(asked), share(wrong))
    }
}

/// Formats the scores of one file, one line per kind.
fn table(name: &str, kinds: &BTreeMap<&str, Score>, all: &Score) -> Vec<String> {
    let row =
        |kind: &str, score: &Score| format!("{kind:<24} {:>6} {:>6} {:>6}", score.right, score.asked, score.wrong);
    let mut lines = vec![format!("{name:<24} {:>6} {:>6} {:>6}", "right", "asked", "wrong")];
    lines.extend(kinds.iter().map(|(kind, score)| row(&format!("  {kind}"), score)));
    lines.push(row("  all", all));
    lines
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
    payers: Option<BTreeMap<String, String>>,
    shares: Option<BTreeMap<String, String>>,
    split: Option<Rule>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Rule {
    Equal(Vec<String>),
    Exact(BTreeMap<String, String>),
    Percent(BTreeMap<String, String>),
    Weights(BTreeMap<String, String>),
    Adjustments(BTreeMap<String, String>),
    Items(Receipt),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Receipt {
    items: Vec<ReceiptItem>,
    tax: String,
    tip: String,
    discount: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReceiptItem {
    name: String,
    amount: String,
    members: Vec<String>,
}

/// The outcome of a sentence.
enum Outcome {
    Right,
    /// The reader asked a question although a reading was expected.
    Asked(Vec<String>),
    /// The reading looks right but is not.
    Wrong(String),
}

/// Reads a sentence and compares the reading with the expected one.
fn judge(chapter: &Chapter, case: &Case) -> Outcome {
    let people: Vec<&str> = chapter.people.iter().map(String::as_str).collect();
    let question = Question {
        text: &case.text,
        people: &people,
        speaker: place(&chapter.people, &chapter.speaker),
        currency: Currency::from_code(&chapter.currency).unwrap(),
        today: chapter.today,
        total: None,
    };
    let reading = read(&question);
    match (&case.expect, &case.ask) {
        (None, Some(_)) if !reading.questions.is_empty() => Outcome::Right,
        (None, Some(ask)) => Outcome::Wrong(format!("nothing was asked, but {ask:?} must be: {reading:?}")),
        (Some(_), None) if !reading.questions.is_empty() => {
            Outcome::Asked(reading.questions.iter().map(ToString::to_string).collect())
        }
        (Some(expected), None) => {
            let comparison = Comparison { people: &chapter.people, speaker: question.speaker, expected };
            comparison.difference(&reading).map_or(Outcome::Right, Outcome::Wrong)
        }
        _ => panic!("{:?} must have either `expect` or `ask`", case.text),
    }
}

fn place(people: &[String], name: &str) -> usize {
    people.iter().position(|person| person == name).unwrap_or_else(|| panic!("{name} is not among the people"))
}

struct Comparison<'a> {
    people: &'a [String],
    speaker: usize,
    expected: &'a Expected,
}

impl Comparison<'_> {
    /// Returns the first difference.
    fn difference(&self, reading: &Reading) -> Option<String> {
        let total = self.total();
        if reading.total != Some(total) {
            return Some(format!("the total is {:?}, not {total:?}", reading.total));
        }
        if reading.date != self.expected.date {
            return Some(format!("the date is {:?}, not {:?}", reading.date, self.expected.date));
        }
        self.other_words(reading)
            .or_else(|| self.other_payers(reading, total))
            .or_else(|| self.other_shares(reading, total))
    }

    fn total(&self) -> Amount {
        let (minor, code) = self.expected.total.split_once(' ').expect("a total such as `12.00 EUR`");
        Amount::parse(minor, Currency::from_code(code).unwrap()).unwrap()
    }

    fn other_words(&self, reading: &Reading) -> Option<String> {
        let description = reading.description.as_deref().unwrap_or_default();
        let about = self.expected.about.as_deref().unwrap_or_default();
        if !description.to_lowercase().contains(&about.to_lowercase()) {
            return Some(format!("the description is {description:?}, not {about:?}"));
        }
        let category = self.expected.category.as_ref();
        (category.is_some() && reading.category.as_ref() != category)
            .then(|| format!("the category is {:?}, not {category:?}", reading.category))
    }

    /// If the sentence names no payer, both no payer and the author are right.
    fn other_payers(&self, reading: &Reading, total: Amount) -> Option<String> {
        let mut payers = reading.payers.clone();
        payers.sort_unstable();
        let is_right = match &self.expected.payers {
            Some(expected) => payers == self.amounts(expected, total.currency),
            None => payers.is_empty() || payers == [(self.speaker, total.minor)],
        };
        (!is_right).then(|| format!("the payers are {payers:?}, not {:?}", self.expected.payers))
    }

    fn other_shares(&self, reading: &Reading, total: Amount) -> Option<String> {
        let shares = reading.split.as_ref().and_then(|rule| split(total, rule, 0).ok()).map(owing);
        let expected = owing(match (&self.expected.shares, &self.expected.split) {
            (Some(shares), None) => self.amounts(shares, total.currency),
            (None, Some(rule)) => split(total, &self.rule(rule, total.currency), 0).expect("a rule that adds up"),
            _ => panic!("either `shares` or `split` is needed"),
        });
        (shares.as_ref() != Some(&expected))
            .then(|| format!("the shares are {shares:?}, not {expected:?}: {:?}", reading.split))
    }

    fn amounts(&self, amounts: &BTreeMap<String, String>, currency: Currency) -> Vec<(usize, i64)> {
        let amount = |text: &String| Amount::parse(text, currency).unwrap().minor;
        self.rows(amounts, amount)
    }

    fn rows<T: Ord>(&self, rows: &BTreeMap<String, String>, value: impl Fn(&String) -> T) -> Vec<(usize, T)> {
        let mut rows: Vec<_> = rows.iter().map(|(name, text)| (place(self.people, name), value(text))).collect();
        rows.sort();
        rows
    }

    fn rule(&self, rule: &Rule, currency: Currency) -> Split<usize> {
        let hundredths = |text: &String| parse_hundredths(text).unwrap();
        match rule {
            Rule::Equal(names) => Split::Equal(self.places(names)),
            Rule::Exact(shares) => Split::Exact(self.amounts(shares, currency)),
            Rule::Percent(shares) => Split::Percent(self.rows(shares, hundredths)),
            Rule::Weights(shares) => Split::Weights(self.rows(shares, hundredths)),
            Rule::Adjustments(shares) => Split::Adjustments(self.amounts(shares, currency)),
            Rule::Items(receipt) => Split::Items(self.receipt(receipt, currency)),
        }
    }

    fn receipt(&self, receipt: &Receipt, currency: Currency) -> Itemized<usize> {
        // `0` is written without the currency's decimals.
        let minor = |text: &str| if text == "0" { 0 } else { Amount::parse(text, currency).unwrap().minor };
        let item = |item: &ReceiptItem| Item {
            name: item.name.clone(),
            minor: minor(&item.amount),
            members: self.places(&item.members),
        };
        Itemized {
            items: receipt.items.iter().map(item).collect(),
            tax: minor(&receipt.tax),
            tip: minor(&receipt.tip),
            discount: minor(&receipt.discount),
        }
    }

    fn places(&self, names: &[String]) -> Vec<usize> {
        names.iter().map(|name| place(self.people, name)).collect()
    }
}

/// A share of zero is the same as no share.
fn owing(shares: Vec<(usize, i64)>) -> Vec<(usize, i64)> {
    shares.into_iter().filter(|(_, minor)| *minor != 0).collect()
}
