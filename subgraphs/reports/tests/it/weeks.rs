//! Spending by week, of groups and of people.

use contracts::UserId;
use kit::{Caller, testing::through_router};
use serde_json::{Value, json};

use crate::fixture::{Fixture, Spending, group_key, routed, user_key};

const WEEKS: &str = "weeks(from: \"2026-02-23\", to: \"2026-03-15\") { week total { amount currency } }";

fn week(monday: &str, amount: &str) -> Value {
    json!({ "week": monday, "total": { "amount": amount, "currency": "EUR" } })
}

#[tokio::test]
async fn weeks_go_over_the_ends_of_months_and_a_person_sees_own_shares() {
    let fixture = Fixture::open().await;
    let (ada, ben) = (fixture.user("Ada").await, fixture.user("Ben").await);
    let group = fixture.group(&[("Ada", ada), ("Ben", ben)]).await;
    let days = [("2026-02-22", 1), ("2026-02-28", 10), ("2026-03-01", 100), ("2026-03-15", 1_000), ("2026-03-16", 7)];
    for (date, minor) in days {
        let shares = [minor, 2 * minor];
        fixture.spend(&group, &Spending { date, category: "dining", currency: "EUR", shares: &shares }).await;
    }

    let whole = fixture.entity(ada, group_key(group.group_id), WEEKS).await;
    let expected = [week("2026-02-23", "3.30"), week("2026-03-02", "0.00"), week("2026-03-09", "30.00")];
    assert_eq!(whole["weeks"], json!(expected));
    let own = fixture.entity(ben, user_key(ben), WEEKS).await;
    let expected = [week("2026-02-23", "2.20"), week("2026-03-02", "0.00"), week("2026-03-09", "20.00")];
    assert_eq!(own["weeks"], json!(expected));
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn only_members_see_weeks_and_only_their_own() {
    let fixture = Fixture::open().await;
    let (ada, ben, eve) = (fixture.user("Ada").await, fixture.user("Ben").await, fixture.user("Eve").await);
    let mut group = fixture.group(&[("Ada", ada), ("Ben", ben)]).await;
    let dinner = Spending { date: "2026-03-01", category: "dining", currency: "EUR", shares: &[100, 100] };
    fixture.spend(&group, &dinner).await;
    let key = group_key(group.group_id);
    assert_eq!(fixture.entity(eve, key.clone(), WEEKS).await, Value::Null);
    assert_eq!(fixture.entity(ada, user_key(ben), WEEKS).await, Value::Null);
    group.members[1].left = true;
    fixture.change(&group);
    assert_eq!(fixture.entity(ben, key.clone(), WEEKS).await, Value::Null, "who has left");
    let nobody = through_router(Caller::anonymous());
    let answer = fixture.answer(&nobody, key.clone(), WEEKS).await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");

    let too_long = json!({ "code": "VALIDATION", "field": "to", "reason": "RANGE_TOO_LONG", "most": "732" });
    for (range, refusal) in [
        ("from: \"2026-03-02\", to: \"2026-03-01\"", json!({ "code": "VALIDATION", "field": "to" })),
        ("from: \"2020-01-01\", to: \"2026-03-01\"", too_long),
        ("from: \"soon\", to: \"2026-03-01\"", json!({ "code": "VALIDATION", "field": "from" })),
    ] {
        let answer = fixture.answer(&routed(ada), key.clone(), &format!("weeks({range}) {{ week }}")).await;
        assert_eq!(answer["errors"][0]["extensions"], refusal, "{range}");
    }
    let unknown = fixture.entity(UserId::new(), key, WEEKS).await;
    assert_eq!(unknown, Value::Null);
    fixture.subgraph.close().await;
}
