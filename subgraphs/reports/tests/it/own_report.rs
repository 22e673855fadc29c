//! The report of a user's own shares.

use serde_json::json;

use crate::fixture::{Fixture, Spending, routed, user_key};

const REPORT: &str = "report {
    byCategory { category total { amount currency } count }
    byMonth { month total { amount currency } }
    byGroup { group { id } total { amount currency } }
    total { amount currency }
}";

#[tokio::test]
async fn it_sums_the_own_shares_over_all_groups() {
    let fixture = Fixture::open().await;
    let (ada, ben) = (fixture.user("Ada").await, fixture.user("Ben").await);
    let trip = fixture.group(&[("Ada", ada), ("Ben", ben)]).await;
    let home = fixture.group(&[("Ben", ben), ("Ada", ada)]).await;
    let others = fixture.group(&[("Ben", ben)]).await;
    let spending = |date, category, shares| Spending { date, category, currency: "EUR", shares };
    fixture.spend(&trip, &spending("2026-09-01", "dining", &[1_000, 2_000])).await;
    fixture.spend(&trip, &spending("2026-11-01", "dining", &[0, 300])).await;
    fixture.spend(&home, &spending("2026-11-02", "rent", &[40_000, 60_001])).await;
    fixture.spend(&others, &spending("2026-11-02", "rent", &[99_999])).await;

    let report = fixture.entity(ada, user_key(ada), REPORT).await;

    let euro = |amount: &str| json!({ "amount": amount, "currency": "EUR" });
    assert_eq!(
        report["report"],
        json!({
            "byCategory": [
                { "category": "rent", "total": euro("600.01"), "count": 1 },
                { "category": "dining", "total": euro("10.00"), "count": 1 },
            ],
            "byMonth": [
                { "month": "2026-09", "total": euro("10.00") },
                { "month": "2026-10", "total": euro("0.00") },
                { "month": "2026-11", "total": euro("600.01") },
            ],
            "byGroup": [
                { "group": { "id": home.group_id.to_string() }, "total": euro("600.01") },
                { "group": { "id": trip.group_id.to_string() }, "total": euro("10.00") },
            ],
            "total": [euro("610.01")],
        })
    );
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_range_limits_the_own_report() {
    let fixture = Fixture::open().await;
    let ada = fixture.user("Ada").await;
    let trip = fixture.group(&[("Ada", ada)]).await;
    for (date, share) in [("2026-10-31", 1), ("2026-11-01", 10), ("2026-11-30", 100), ("2026-12-01", 1_000)] {
        fixture.spend(&trip, &Spending { date, category: "dining", currency: "JPY", shares: &[share] }).await;
    }
    let fields = "report(from: \"2026-11-01\", to: \"2026-11-30\") { total { amount } byCategory { count } }";

    let report = fixture.entity(ada, user_key(ada), fields).await;

    assert_eq!(report["report"], json!({ "total": [{ "amount": "110" }], "byCategory": [{ "count": 2 }] }));
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn report_and_feed_together_take_one_roster_request() {
    let fixture = Fixture::open().await;
    let ada = fixture.user("Ada").await;
    fixture.group(&[("Ada", ada)]).await;
    let answer =
        fixture.answer(&routed(ada), user_key(ada), "report { total { amount } } activity { totalCount }").await;
    assert!(answer.get("errors").is_none(), "{answer:#}");
    assert_eq!(fixture.rosters.questions(), 1);
    fixture.subgraph.close().await;
}
