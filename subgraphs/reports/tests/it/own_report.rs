//! What somebody's own shares make.

use serde_json::json;

use crate::world::{Spending, World, routed, user_key};

const REPORT: &str = "report {
    byCategory { category total { amount currency } count }
    byMonth { month total { amount currency } }
    byGroup { group { id } total { amount currency } }
    total { amount currency }
}";

#[tokio::test]
async fn it_is_the_own_shares_over_all_groups() {
    let world = World::new().await;
    let (ada, ben) = (world.user("Ada").await, world.user("Ben").await);
    let trip = world.group(&[("Ada", ada), ("Ben", ben)]).await;
    let home = world.group(&[("Ben", ben), ("Ada", ada)]).await;
    let others = world.group(&[("Ben", ben)]).await;
    let spending = |date, category, shares| Spending { date, category, currency: "EUR", shares };
    world.spend(&trip, &spending("2026-09-01", "dining", &[1_000, 2_000])).await;
    world.spend(&trip, &spending("2026-11-01", "dining", &[0, 300])).await;
    world.spend(&home, &spending("2026-11-02", "rent", &[40_000, 60_001])).await;
    world.spend(&others, &spending("2026-11-02", "rent", &[99_999])).await;

    let report = world.entity(ada, user_key(ada), REPORT).await;

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
    world.bed.close().await;
}

#[tokio::test]
async fn a_range_counts_here_too() {
    let world = World::new().await;
    let ada = world.user("Ada").await;
    let trip = world.group(&[("Ada", ada)]).await;
    for (date, share) in [("2026-10-31", 1), ("2026-11-01", 10), ("2026-11-30", 100), ("2026-12-01", 1_000)] {
        world.spend(&trip, &Spending { date, category: "dining", currency: "JPY", shares: &[share] }).await;
    }
    let fields = "report(from: \"2026-11-01\", to: \"2026-11-30\") { total { amount } byCategory { count } }";

    let report = world.entity(ada, user_key(ada), fields).await;

    assert_eq!(report["report"], json!({ "total": [{ "amount": "110" }], "byCategory": [{ "count": 2 }] }));
    world.bed.close().await;
}

#[tokio::test]
async fn report_and_feed_together_cost_one_question_about_rosters() {
    let world = World::new().await;
    let ada = world.user("Ada").await;
    world.group(&[("Ada", ada)]).await;
    let answer = world.answer(&routed(ada), user_key(ada), "report { total { amount } } activity { totalCount }").await;
    assert!(answer.get("errors").is_none(), "{answer:#}");
    assert_eq!(world.rosters.questions(), 1);
    world.bed.close().await;
}
