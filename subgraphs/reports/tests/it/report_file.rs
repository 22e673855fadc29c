//! Reports as files.

use contracts::{GroupId, UserId};
use kit::{Caller, testing::person};
use serde_json::{Value, json};

use crate::fixture::{Fixture, Spending};

const FILE: &str = "query($group: ID, $from: Date, $to: Date) { reportFile(groupId: $group, from: $from, to: $to) {
    filename mediaType content } }";

/// The cells of a table that has none with a comma or a line break in it.
fn rows(file: &Value) -> Vec<Vec<String>> {
    let lines = file["content"].as_str().unwrap().lines();
    lines.map(|line| line.split(',').map(str::to_owned).collect()).collect()
}

/// The sum of a column in cents, of the rows of one part and currency.
fn sum(rows: &[Vec<String>], part: &str, currency: &str, column: usize) -> i64 {
    let of_part = rows.iter().filter(|row| row[0] == part && row[2] == currency);
    of_part.map(|row| row[column].replace('.', "").parse::<i64>().unwrap()).sum()
}

#[tokio::test]
async fn the_parts_of_a_file_add_up_to_its_totals() {
    let fixture = Fixture::open().await;
    let (ada, ben) = (fixture.user("Ada").await, fixture.user("Ben").await);
    let group = fixture.group(&[("=Ada", ada), ("Ben", ben)]).await;
    for number in 0..10_i64 {
        let date = format!("2026-{:02}-10", number % 4 + 1);
        let category = ["dining", "travel", "@home"][usize::try_from(number % 3).unwrap()];
        let currency = if number == 7 { "CHF" } else { "EUR" };
        let shares = [number * 11 + 1, number * 7 + 2];
        fixture.spend(&group, &Spending { date: &date, category, currency, shares: &shares }).await;
    }
    let range = json!({ "group": group.group_id.to_string(), "from": "2026-02-01", "to": "2026-04-30" });
    let file = fixture.subgraph.data(&person(ada), FILE, range).await["reportFile"].take();
    assert_eq!(file["filename"], "quits-report-2026-02-01-2026-04-30.csv");
    assert_eq!(file["mediaType"], "text/csv");
    let table = rows(&file);
    assert_eq!(table[0], ["Part", "Name", "Currency", "Total", "Paid", "Share", "Expenses"]);
    for (currency, total) in [("EUR", 486), ("CHF", 129)] {
        for (part, column) in [
            ("total", 3),
            ("category", 3),
            ("month", 3),
            ("category of a month", 3),
            ("week", 3),
            ("member", 4),
            ("member", 5),
        ] {
            assert_eq!(sum(&table, part, currency, column), total, "{part} {currency}");
        }
    }
    assert!(table.iter().any(|row| row[0] == "week" && row[1] == "2026-02-09"), "weeks begin on Monday");
    let text = file["content"].as_str().unwrap();
    assert!(text.contains("\nmember,'=Ada,EUR,") && text.contains("\ncategory,'@home,EUR,"), "{text}");

    let own = fixture.subgraph.data(&person(ben), FILE, json!({})).await["reportFile"].take();
    assert_eq!(own["filename"], "quits-report.csv");
    let table = rows(&own);
    let (group, total) = (sum(&table, "group", "EUR", 3), sum(&table, "total", "EUR", 3));
    assert_eq!((group, total), (284, 284), "Ben's shares alone");
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_file_is_for_members_only() {
    let fixture = Fixture::open().await;
    let (ada, eve) = (fixture.user("Ada").await, fixture.user("Eve").await);
    let group = fixture.group(&[("Ada", ada)]).await;
    for id in [group.group_id.to_string(), GroupId::new().to_string(), "?".to_owned()] {
        assert_eq!(fixture.subgraph.code(&person(eve), FILE, json!({ "group": id })).await, "GROUP_NOT_FOUND");
    }
    let own = fixture.subgraph.data(&person(UserId::new()), FILE, json!({})).await;
    assert_eq!(rows(&own["reportFile"]).len(), 1, "the headings");
    assert_eq!(fixture.subgraph.code(&Caller::anonymous(), FILE, json!({})).await, "UNAUTHENTICATED");
    fixture.subgraph.close().await;
}
