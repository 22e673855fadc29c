//! The activity feed.

use contracts::{
    Event, InviteId, PaymentId, Timestamp,
    event::{InviteFacts, MemberChange, MemberFacts, PaymentFacts},
};
use money::{Amount, Currency};
use serde_json::{Value, json};

use crate::fixture::{Fixture, Spending, facts, group_key, user_key};

const DINNER: Spending<'static> =
    Spending { date: "2026-11-22", category: "dining", currency: "EUR", shares: &[5_000, 5_000] };

#[tokio::test]
async fn entries_have_an_english_summary() {
    let fixture = Fixture::open().await;
    let (ada, ben) = (fixture.user("Ada").await, fixture.user("Ben").await);
    let mut group = fixture.group(&[("Ada", ada)]).await;
    let stream = group.group_id.0;
    let invite = InviteFacts { invite_id: InviteId::new(), group_id: group.group_id, expires_at: Timestamp::EPOCH };
    fixture.tell("groups", stream, ada, Event::InviteCreated(invite)).await;
    let member = MemberFacts { user_id: Some(ben), name: "Ben".to_owned(), ..group.members[0].clone() };
    group.members.push(MemberFacts { member_id: contracts::MemberId::new(), ..member });
    let joined = MemberChange { member_id: group.members[1].member_id, group: facts(&group), claim: None };
    fixture.tell("groups", stream, ben, Event::MemberJoined(joined.clone())).await;
    fixture.spend(&group, &DINNER).await;
    let payment = PaymentFacts {
        payment_id: PaymentId::new(),
        group_id: group.group_id,
        from: group.members[1].member_id,
        to: group.members[0].member_id,
        amount: Amount::new(5_000, Currency::from_code("EUR").unwrap()),
        paid: None,        date: "2026-11-22".parse().unwrap(),
        note: None,
        created_by: group.members[0].member_id,
    };
    fixture.tell("payments", stream, ada, Event::PaymentProcessed(payment)).await;
    fixture.tell("groups", stream, ada, Event::MemberLeft(joined)).await;

    let fields = "activity { totalCount edges { node { type summary actor { id } group { id } } } }";
    let feed = fixture.entity(ada, group_key(group.group_id), fields).await;

    let (ada, ben) = (ada.to_string(), ben.to_string());
    let told: Vec<_> = nodes(&feed).iter().map(|node| (text(&node["type"]), text(&node["summary"]))).collect();
    assert_eq!(
        told,
        [
            ("group.member_left", "Ada removed Ben from the group"),
            ("payment.processed", "Ben paid Ada 50.00 EUR"),
            ("expense.created", "Ada added \"Dinner\", 100.00 EUR"),
            ("group.member_joined", "Ben joined the group"),
            ("group.invite_created", "Ada made an invitation"),
            ("group.created", "Ada created the group \"Trip\""),
        ]
    );
    assert_eq!(nodes(&feed)[3]["actor"]["id"], json!(ben));
    assert_eq!(nodes(&feed)[4]["actor"]["id"], json!(ada));
    assert!(nodes(&feed).iter().all(|node| node["group"]["id"] == json!(group.group_id.to_string())));
    assert_eq!(feed["activity"]["totalCount"], 6);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn an_activity_has_the_id_and_the_time_of_its_event() {
    let fixture = Fixture::open().await;
    let ada = fixture.user("Ada").await;
    let group = fixture.group(&[("Ada", ada)]).await;
    let event = fixture.spend(&group, &Spending { shares: &[1], ..DINNER }).await;

    let feed = fixture.entity(ada, group_key(group.group_id), "activity(first: 1) { edges { node { id at } } }").await;

    assert_eq!(nodes(&feed)[0], &json!({ "id": event.id.to_string(), "at": event.time.to_string() }));
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn it_is_read_page_by_page() {
    let fixture = Fixture::open().await;
    let ada = fixture.user("Ada").await;
    let group = fixture.group(&[("Ada", ada)]).await;
    let mut ids = Vec::new();
    for _ in 0..5 {
        ids.push(fixture.spend(&group, &Spending { shares: &[1], ..DINNER }).await.id.to_string());
    }
    ids.reverse();

    let mut seen: Vec<String> = Vec::new();
    let mut after = String::new();
    for has_next in [true, true, false] {
        let fields = format!(
            "activity(first: 2{after}) {{ totalCount pageInfo {{ hasNextPage endCursor }} edges {{ cursor node {{ id }} }} }}"
        );
        let feed = fixture.entity(ada, group_key(group.group_id), &fields).await;
        let page = &feed["activity"]["pageInfo"];
        assert_eq!(page["hasNextPage"], has_next);
        assert_eq!(feed["activity"]["totalCount"], 6);
        seen.extend(nodes(&feed).iter().map(|node| text(&node["id"]).to_owned()));
        after = format!(", after: {}", page["endCursor"]);
    }

    assert_eq!(seen[..5], ids);
    assert_eq!(seen.len(), 6);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn an_invalid_page_request_is_refused_with_its_field() {
    let fixture = Fixture::open().await;
    let ada = fixture.user("Ada").await;
    let group = fixture.group(&[("Ada", ada)]).await;
    for (arguments, field) in [("first: 0", "first"), ("first: 101", "first"), ("after: \"?\"", "after")] {
        let fields = format!("activity({arguments}) {{ totalCount }}");
        for key in [group_key(group.group_id), user_key(ada)] {
            let answer = fixture.answer(&crate::fixture::routed(ada), key, &fields).await;
            assert_eq!(answer["errors"][0]["extensions"], json!({ "code": "VALIDATION", "field": field }));
            assert_eq!(answer["data"]["_entities"], json!([{ "activity": null }]));
        }
    }
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn the_own_feed_contains_all_own_groups() {
    let fixture = Fixture::open().await;
    let (ada, ben) = (fixture.user("Ada").await, fixture.user("Ben").await);
    let trip = fixture.group(&[("Ada", ada), ("Ben", ben)]).await;
    let home = fixture.group(&[("Ben", ben), ("Ada", ada)]).await;
    fixture.group(&[("Ben", ben)]).await;
    fixture.spend(&trip, &DINNER).await;

    let feed =
        fixture.entity(ada, user_key(ada), "activity { totalCount edges { node { group { id } summary } } }").await;

    let (trip, home) = (trip.group_id.to_string(), home.group_id.to_string());
    let told: Vec<_> = nodes(&feed).iter().map(|node| (text(&node["group"]["id"]), text(&node["summary"]))).collect();
    assert_eq!(
        told,
        [
            (trip.as_str(), "Ada added \"Dinner\", 100.00 EUR"),
            (home.as_str(), "Ben created the group \"Trip\""),
            (trip.as_str(), "Ada created the group \"Trip\""),
        ]
    );
    fixture.subgraph.close().await;
}

fn nodes(feed: &Value) -> Vec<&Value> {
    feed["activity"]["edges"].as_array().unwrap().iter().map(|edge| &edge["node"]).collect()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}
