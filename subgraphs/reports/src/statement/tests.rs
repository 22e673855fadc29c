//! Statements as they stand on paper.

use contracts::{ExpenseId, GroupId};
use kit::mail::Language;

use super::{
    layout::pages,
    paper::{Mark, Paper},
    *,
};

fn expense(day: u32, minor: i64, code: &str, category: &str, people: &[MemberId]) -> Expense {
    let part = |member_id, amount_minor| MemberAmount { member_id, amount_minor };
    let first = minor / 3;
    Expense {
        id: ExpenseId::new(),
        group_id: GroupId::new(),
        date: NaiveDate::from_ymd_opt(2026, 11, day).unwrap(),
        month: "2026-11".parse().unwrap(),
        description: format!("Dinner with everybody at a place with a very long name on day {day}"),
        category: category.to_owned(),
        total: Amount::new(minor, Currency::from_code(code).unwrap()),
        payers: vec![part(people[0], minor)],
        shares: vec![part(people[0], first), part(people[1], minor - first)],
        deleted: false,
    }
}

fn people(names: &[&str]) -> Vec<(MemberId, String)> {
    names.iter().map(|name| (MemberId::new(), (*name).to_owned())).collect()
}

fn statement(names: &[&str], count: i64) -> Statement {
    let people = people(names);
    let ids: Vec<MemberId> = people.iter().map(|(id, _)| *id).collect();
    let row = |number: i64| {
        let category = ["dining", "travel", "cat food"][usize::try_from(number % 3).unwrap()];
        let code = if number % 5 == 4 { "JPY" } else { "EUR" };
        expense(u32::try_from(number % 30).unwrap() + 1, 123_456 * number - 77_777, code, category, &ids)
    };
    let expenses: Vec<Expense> = (0..count).map(row).collect();
    Statement::of("Weekend in Lisbon", "2026-11".parse().unwrap(), &expenses, &people).unwrap()
}

/// The minor units of the numbers on a page that end at its right edge, by the tables in which they stand.
fn right_column(pages: &[Vec<Mark>], paper: &Paper) -> Vec<i64> {
    let mut found = Vec::new();
    for mark in pages.iter().flatten() {
        let Mark::Text { left, size: 190, weight, text, .. } = mark else { continue };
        let right = left + paper.width(text, 190, *weight);
        if right == super::paper::WIDTH - 1_100 {
            found.extend(text.replace([',', '.', '+'], "").parse::<i64>());
        }
    }
    found
}

#[test]
fn what_is_printed_adds_up_to_the_printed_total() {
    let paper = Paper::new().unwrap();
    let statement = statement(&["Ada", "Ben"], 130);
    for part in &statement.parts {
        let (rows, categories) = (part.rows.clone(), part.categories.clone());
        let without_members = Part { total: part.total, rows, categories, members: Vec::new() };
        let single = Statement { group: String::new(), month: statement.month, parts: vec![without_members] };
        let printed = right_column(&pages(&single, Language::German, &paper), &paper);
        let (total, printed) = printed.split_last().unwrap();
        let (categories, rows) = printed.split_at(part.categories.len());
        assert_eq!(rows.len(), part.rows.len());
        assert_eq!((categories.iter().sum::<i64>(), rows.iter().sum::<i64>()), (*total, *total));
        assert_eq!(*total, part.total.minor);
    }
    assert_eq!(statement.parts.len(), 2);
}

#[test]
fn what_does_not_add_up_is_refused() {
    let people = people(&["Ada", "Ben"]);
    let ids: Vec<MemberId> = people.iter().map(|(id, _)| *id).collect();
    let mut wrong = expense(1, 100, "EUR", "dining", &ids);
    wrong.shares[0].amount_minor += 1;
    assert!(Statement::of("Trip", "2026-11".parse().unwrap(), &[wrong], &people).is_err());
}

#[test]
fn nothing_leaves_the_page_and_long_statements_go_on() {
    let paper = Paper::new().unwrap();
    let pages = pages(&statement(&["Ada", "Ben"], 300), Language::English, &paper);
    assert!(pages.len() > 5, "{}", pages.len());
    for mark in pages.iter().flatten() {
        if let Mark::Text { left, top, size, weight, text, .. } = mark {
            let right = left + paper.width(text, *size, *weight);
            assert!(*left >= 1_100 && right <= super::paper::WIDTH - 1_100 + 1, "{text}");
            assert!(*top > 500 && *top < super::paper::HEIGHT - 500, "{text}");
        }
    }
}

#[test]
fn a_total_stands_above_its_tables() {
    let paper = Paper::new().unwrap();
    for count in 5..25 {
        for page in pages(&statement(&["Ada", "Ben"], count), Language::English, &paper) {
            let tops = |is_meant: fn(i16) -> bool| {
                page.iter().filter_map(move |mark| match mark {
                    Mark::Text { top, size, .. } if is_meant(*size) => Some(*top),
                    _ => None,
                })
            };
            for total in tops(|size| size == 480) {
                assert!(tops(|size| size == 240).any(|title| title > total), "{count} expenses");
            }
        }
    }
}

#[test]
fn every_script_makes_a_pdf() {
    let paper = Paper::new().unwrap();
    let names = ["Zoë Ångström", "Дмитрий Ωμέγα", "עדה", "عائشة", "山田太郎", "👩‍👩‍👧‍👦 e\u{301}", "ก็ किताब"];
    for name in names {
        let pages = pages(&statement(&[name, "Ben"], 9), Language::Spanish, &paper);
        let file = paper.print(name, Language::Spanish, &pages).unwrap();
        assert!(file.starts_with(b"%PDF-"), "{name}");
    }
}

#[test]
fn numbers_are_written_as_in_the_language() {
    let number =
        |minor, code, language| words::number(Amount::new(minor, Currency::from_code(code).unwrap()), language);
    assert_eq!(number(-123_456_789, "EUR", Language::English), "-1,234,567.89");
    assert_eq!(number(123_456, "EUR", Language::German), "1.234,56");
    assert_eq!(number(99_900, "EUR", Language::Spanish), "999,00");
    assert_eq!(number(1_000, "JPY", Language::English), "1,000");
}
