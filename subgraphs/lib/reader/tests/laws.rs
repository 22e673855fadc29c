//! Properties that hold for all texts, sensible or not.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "tests panic on failure")]

use std::time::{Duration, Instant};

use chrono::NaiveDate;
use money::{Amount, Currency, Split, split::split};
use proptest::{
    collection::vec,
    prelude::*,
    sample::select,
    test_runner::{Config, TestRunner},
};
use reader::{LONGEST_TEXT, Question, Reading, category, read};

const PEOPLE: [&str; 5] = ["Ada", "Ben", "Chloé Martin", "Tom Becker", "Tom Hughes (guest)"];

/// Words with a meaning for the parser, separated by `|`.
const WORDS: &str = "pizza|wine|30|12,50|1.234,50|€|$|Ben|ada|Tom B|chloe's|me|I|ich|mit|with|for|für|everyone|alle|\
    except|außer|paid|hat bezahlt|owes|schuldet|each|je|half|the rest|60%|1/3|double|2 shares|tip 10%|\
    tax|discount 5|more|less|total|back|refund|yesterday|on the 3rd|3.11.|11/3|and|und|,|.|:|(|)|/|-|-5|\
    +5|50/50|2:1|k|two|twenty five|of it|between|split|not|he|his card|all|both|of us|3|x|at|ignore|Zoe|\
    fifty-fifty|by|from|\n|ß|9999999999999";

fn question(text: &str) -> Question<'_> {
    Question {
        text,
        people: &PEOPLE,
        speaker: 0,
        currency: Currency::from_code("EUR").unwrap(),
        today: NaiveDate::from_ymd_opt(2026, 11, 18).unwrap(),
        total: None,
    }
}

/// Checks the property on many random texts: a thousand, or as many as the seconds in `QUITS_FUZZ_SECONDS` allow.
fn check<S: Strategy>(texts: &S, holds: impl Fn(S::Value) -> Result<(), TestCaseError>) {
    let seconds = std::env::var("QUITS_FUZZ_SECONDS").map_or(0, |seconds| seconds.parse().unwrap());
    let end = Instant::now() + Duration::from_secs(seconds);
    loop {
        let config = Config { cases: 1_000, failure_persistence: None, ..Config::default() };
        TestRunner::new(config).run(texts, &holds).unwrap();
        if Instant::now() >= end {
            return;
        }
    }
}

/// Meaningful words in random order.
fn random_words() -> impl Strategy<Value = String> {
    let words: Vec<&str> = WORDS.split('|').collect();
    vec((select(words), any::<bool>()), 0..30).prop_map(|words| {
        words.iter().map(|(word, space)| if *space { format!("{word} ") } else { (*word).to_owned() }).collect()
    })
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![random_words(), any::<String>(), "\\PC{0,80}", "[0-9.,:/%€ -]{0,40}"]
}

/// Everybody in a split.
fn people(split: &Split<usize>) -> Vec<usize> {
    match split {
        Split::Equal(people) => people.clone(),
        Split::Exact(rows) | Split::Adjustments(rows) => rows.iter().map(|(person, _)| *person).collect(),
        Split::Percent(rows) | Split::Weights(rows) => rows.iter().map(|(person, _)| *person).collect(),
        Split::Items(receipt) => receipt.items.iter().flat_map(|item| item.members.clone()).collect(),
    }
}

/// The shares and the payments, independent of the wording.
fn money_of(reading: &Reading) -> impl PartialEq + std::fmt::Debug + use<> {
    let owed = |total: Amount| reading.split.as_ref().and_then(|rule| split(total, rule, 0).ok());
    (reading.total, reading.total.and_then(owed), reading.payers.clone(), reading.questions.is_empty())
}

#[test]
fn no_text_causes_a_panic() {
    check(&any_text(), |text| {
        let reading = read(&question(&text));
        prop_assert!(reading.payers.iter().all(|(person, _)| *person < PEOPLE.len()));
        prop_assert!(reading.split.iter().flat_map(people).all(|person| person < PEOPLE.len()));
        prop_assert_eq!(&reading, &read(&question(&text)), "the same text is read in the same way");
        if let Some((_, word)) = category(&text) {
            prop_assert!(text.contains(word));
        }
        Ok(())
    });
}

#[test]
fn a_reading_without_questions_adds_up() {
    check(&any_text(), |text| {
        let reading = read(&question(&text));
        if !reading.questions.is_empty() {
            return Ok(());
        }
        let total = reading.total.expect("a total");
        prop_assert!(split(total, &reading.split.clone().expect("a split"), 0).is_ok());
        let paid: i64 = reading.payers.iter().map(|(_, minor)| minor).sum();
        prop_assert!(reading.payers.is_empty() || paid == total.minor);
        prop_assert!(reading.payers.iter().all(|(_, minor)| minor.signum() == total.minor.signum()));
        Ok(())
    });
}

#[test]
fn case_does_not_change_the_money() {
    let words = select(vec!["pizza", "wine", "with ben", "30", "12", "me", ",", "ben paid"]);
    check(&vec(words, 1..8), |words| {
        let small = words.join(" ");
        let large = small.replace("pizza", "PIZZA").replace("wine", "WINE").replace("ben", "BEN");
        prop_assert_eq!(money_of(&read(&question(&small))), money_of(&read(&question(&large))));
        Ok(())
    });
}

#[test]
fn notes_never_change_the_total() {
    check(&(any_text(), 1_i64..1_000_000), |(text, minor)| {
        let total = Amount::new(minor, Currency::from_code("JPY").unwrap());
        let reading = read(&Question { total: Some(total), ..question(&text) });
        prop_assert!(reading.total.is_none_or(|read| read == total));
        Ok(())
    });
}

#[test]
fn long_texts_are_refused_and_hostile_texts_are_read_in_time() {
    let long = "a".repeat(LONGEST_TEXT + 1);
    assert_eq!(read(&question(&long)).questions.len(), 1);
    // The first call loads the lexicon, which the time limit does not include.
    let _ = read(&question("pizza"));
    for hostile in
        ["everyone except ", "one ", "and ", "Ben, ", "((((", "1/2 ", "1.", "fünfundfünfzig", "12 000 ", "Tom B. "]
    {
        let text: String = hostile.chars().cycle().take(LONGEST_TEXT).collect();
        let begun = Instant::now();
        let _ = read(&question(&text));
        assert!(begun.elapsed() < Duration::from_secs(5), "{hostile}");
    }
}

#[test]
fn notes_without_shares_give_no_split() {
    let euro = Currency::from_code("EUR").unwrap();
    let notes = |text| read(&Question { total: Some(Amount::new(5_000, euro)), ..question(text) });
    assert_eq!(notes("what a lovely evening").split, None);
    assert!(notes("what a lovely evening").questions.is_empty());
    assert_eq!(notes("Ben owes 20, the rest is mine").split, Some(Split::Exact(vec![(1, 2_000), (0, 3_000)])));
    assert_eq!(notes("only Ben and me").split, Some(Split::Equal(vec![1, 0])));
}

#[test]
fn a_group_without_members_is_refused() {
    assert!(!read(&Question { people: &[], ..question("pizza 30") }).questions.is_empty());
}
