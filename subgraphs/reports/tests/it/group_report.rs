//! The spending report of a group.

use contracts::roster::Roster;
use serde_json::{Value, json};

use crate::fixture::{Fixture, Spending, entities, group_key, representations, routed};

const REPORT: &str = "report {
    byCategory { category total { amount currency } count }
    byMonth { month total { amount currency } }
    byMember { member { id } paid { amount currency } share { amount currency } }
    total { amount currency }
    upToVersion
}";

#[tokio::test]
async fn it_is_summed_by_category_month_and_member() {
    let (fixture, group) = with_spending(&[
        ("2026-09-30", "dining", "EUR", &[1_000, 2_000]),
        ("2026-11-01", "dining", "EUR", &[1, 2]),
        ("2026-11-30", "travel", "EUR", &[0, 5_000]),
    ])
    .await;

    let report = report(&fixture, &group, REPORT).await;

    let (ada, ben) = (member(&group, 0), member(&group, 1));
    assert_eq!(
        report,
        json!({
            "byCategory": [
                { "category": "travel", "total": euro("50.00"), "count": 1 },
                { "category": "dining", "total": euro("30.03"), "count": 2 },
            ],
            "byMonth": [
                { "month": "2026-09", "total": euro("30.00") },
                { "month": "2026-10", "total": euro("0.00") },
                { "month": "2026-11", "total": euro("50.03") },
            ],
            "byMember": [
                { "member": { "id": ada }, "paid": euro("80.03"), "share": euro("10.01") },
                { "member": { "id": ben }, "paid": euro("0.00"), "share": euro("70.02") },
            ],
            "total": [euro("80.03")],
            "upToVersion": 3,
        })
    );
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn each_currency_has_rows_of_its_own_in_its_own_minor_units() {
    let (fixture, group) = with_spending(&[
        ("2026-11-01", "dining", "KWD", &[1, 1]),
        ("2026-11-02", "dining", "JPY", &[500, 500]),
        ("2026-12-03", "travel", "EUR", &[500, 500]),
    ])
    .await;

    let report = report(&fixture, &group, REPORT).await;

    let money = |amount: &str, currency: &str| json!({ "amount": amount, "currency": currency });
    let (eur, jpy, kwd) = (money("10.00", "EUR"), money("1000", "JPY"), money("0.002", "KWD"));
    assert_eq!(report["total"], json!([eur, jpy, kwd]));
    assert_eq!(
        report["byCategory"],
        json!([
            { "category": "travel", "total": eur, "count": 1 },
            { "category": "dining", "total": jpy, "count": 1 },
            { "category": "dining", "total": kwd, "count": 1 },
        ])
    );
    assert_eq!(
        report["byMonth"],
        json!([
            { "month": "2026-11", "total": money("0.00", "EUR") },
            { "month": "2026-11", "total": jpy },
            { "month": "2026-11", "total": kwd },
            { "month": "2026-12", "total": eur },
            { "month": "2026-12", "total": money("0", "JPY") },
            { "month": "2026-12", "total": money("0.000", "KWD") },
        ])
    );
    assert_eq!(report["byMember"].as_array().unwrap().len(), 6);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn refunds_make_negative_totals() {
    let (fixture, group) =
        with_spending(&[("2026-11-01", "dining", "EUR", &[500, 500]), ("2026-11-02", "travel", "EUR", &[-2_000, -1])])
            .await;

    let report = report(&fixture, &group, REPORT).await;

    assert_eq!(report["total"], json!([euro("-10.01")]));
    assert_eq!(report["byCategory"][1]["total"], euro("-20.01"));
    assert_eq!(report["byMember"][0]["paid"], euro("-10.01"));
    assert_eq!(report["byMember"][0]["share"], euro("-15.00"));
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_range_counts_both_its_days_and_all_its_months() {
    let (fixture, group) = with_spending(&[
        ("2026-01-31", "dining", "EUR", &[1, 0]),
        ("2026-02-01", "dining", "EUR", &[10, 0]),
        ("2026-02-28", "dining", "EUR", &[100, 0]),
        ("2026-03-01", "dining", "EUR", &[1_000, 0]),
    ])
    .await;
    let months = |range: &str| format!("report{range} {{ byMonth {{ month total {{ amount }} }} upToVersion }}");
    let rows = |report: &Value| {
        let rows = report["byMonth"].as_array().unwrap().iter();
        let row =
            |row: &Value| format!("{} {}", row["month"].as_str().unwrap(), row["total"]["amount"].as_str().unwrap());
        rows.map(row).collect::<Vec<_>>()
    };

    let february = report(&fixture, &group, &months("(from: \"2026-02-01\", to: \"2026-02-28\")")).await;
    assert_eq!(rows(&february), ["2026-02 1.10"]);
    assert_eq!(february["upToVersion"], 4);
    let wide = report(&fixture, &group, &months("(from: \"2025-12-31\", to: \"2026-02-01\")")).await;
    assert_eq!(rows(&wide), ["2025-12 0.00", "2026-01 0.01", "2026-02 0.10"]);
    let open = report(&fixture, &group, &months("(from: \"2026-02-28\")")).await;
    assert_eq!(rows(&open), ["2026-02 1.00", "2026-03 10.00"]);
    let empty = report(&fixture, &group, &months("(to: \"2025-12-31\")")).await;
    assert_eq!(rows(&empty), [""; 0]);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_group_without_spending_has_an_empty_report() {
    let (fixture, group) = with_spending(&[]).await;
    let report = report(&fixture, &group, REPORT).await;
    assert_eq!(report, json!({ "byCategory": [], "byMonth": [], "byMember": [], "total": [], "upToVersion": 0 }));
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn an_invalid_range_is_refused_with_its_field() {
    let (fixture, group) = with_spending(&[]).await;
    let ada = group.members[0].user_id.unwrap();
    for (range, field) in [
        ("from: \"2026-02-02\", to: \"2026-02-01\"", "to"),
        ("from: \"yesterday\"", "from"),
        ("to: \"2026-02-30\"", "to"),
    ] {
        let fields = format!("report({range}) {{ upToVersion }}");
        let answer = fixture.answer(&routed(ada), group_key(group.group_id), &fields).await;
        assert_eq!(answer["errors"][0]["extensions"], json!({ "code": "VALIDATION", "field": field }));
        assert_eq!(answer["data"]["_entities"], json!([{ "report": null }]), "only the field is null");
    }
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_sum_beyond_64_bits_fails_and_is_never_rounded() {
    let (fixture, group) =
        with_spending(&[("2026-11-01", "dining", "EUR", &[i64::MAX, 0]), ("2026-11-02", "dining", "EUR", &[1, 0])])
            .await;
    let ada = group.members[0].user_id.unwrap();

    let answer = fixture.answer(&routed(ada), group_key(group.group_id), REPORT).await;

    assert_eq!(answer["errors"][0]["extensions"]["code"], "INTERNAL");
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn the_largest_amounts_are_exact() {
    let (fixture, group) =
        with_spending(&[("2026-11-01", "dining", "EUR", &[i64::MAX - 2, 0]), ("2026-11-02", "dining", "EUR", &[1, 0])])
            .await;
    let report = report(&fixture, &group, REPORT).await;
    assert_eq!(report["total"], json!([euro("92233720368547758.06")]));
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn fifty_groups_take_one_roster_request() {
    let fixture = Fixture::open().await;
    let ada = fixture.user("Ada").await;
    let mut keys = Vec::new();
    for _ in 0..50 {
        let group = fixture.group(&[("Ada", ada)]).await;
        fixture
            .spend(&group, &Spending { date: "2026-11-22", category: "dining", currency: "EUR", shares: &[7] })
            .await;
        keys.push(group_key(group.group_id));
    }

    let fields = "id report { total { amount } }";
    let data = fixture.subgraph.data(&routed(ada), &entities(&keys[0], fields), representations(&keys)).await;

    let groups = data["_entities"].as_array().unwrap();
    assert_eq!(groups.len(), 50);
    assert!(groups.iter().zip(&keys).all(|(group, key)| group["id"] == key["id"]));
    assert!(groups.iter().all(|group| group["report"]["total"] == json!([{ "amount": "0.07" }])));
    assert_eq!(fixture.rosters.questions(), 1);
    fixture.subgraph.close().await;
}

async fn with_spending(spendings: &[(&str, &str, &str, &[i64])]) -> (Fixture, Roster) {
    let fixture = Fixture::open().await;
    let (ada, ben) = (fixture.user("Ada").await, fixture.user("Ben").await);
    let group = fixture.group(&[("Ada", ada), ("Ben", ben)]).await;
    for &(date, category, currency, shares) in spendings {
        fixture.spend(&group, &Spending { date, category, currency, shares }).await;
    }
    (fixture, group)
}

async fn report(fixture: &Fixture, group: &Roster, fields: &str) -> Value {
    let ada = group.members[0].user_id.unwrap();
    fixture.entity(ada, group_key(group.group_id), fields).await["report"].take()
}

fn member(group: &Roster, place: usize) -> String {
    group.members[place].member_id.to_string()
}

fn euro(amount: &str) -> Value {
    json!({ "amount": amount, "currency": "EUR" })
}
