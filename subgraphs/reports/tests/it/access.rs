//! Authorisation of reads.

use contracts::{GroupId, UserId};
use kit::{Caller, testing::person, testing::through_router};
use serde_json::json;

use crate::fixture::{Fixture, Spending, entities, group_key, representations, routed, user_key};

const READ: &str = "report { total { amount } } activity { totalCount }";
const DINNER: Spending<'static> =
    Spending { date: "2026-11-22", category: "dining", currency: "EUR", shares: &[5_000, 5_000] };

#[tokio::test]
async fn an_anonymous_caller_is_refused() {
    let fixture = Fixture::open().await;
    let ada = fixture.user("Ada").await;
    let group = fixture.group(&[("Ada", ada)]).await;
    for key in [group_key(group.group_id), user_key(ada)] {
        let query = entities(&key, READ);
        let anonymous = through_router(Caller::anonymous());
        assert_eq!(fixture.subgraph.code(&anonymous, &query, representations(&[key])).await, "UNAUTHENTICATED");
    }
    assert_eq!(fixture.rosters.questions(), 0);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn only_the_router_may_ask_for_entities() {
    let fixture = Fixture::open().await;
    let ada = fixture.user("Ada").await;
    let key = user_key(ada);
    let query = entities(&key, READ);
    assert_eq!(fixture.subgraph.code(&person(ada), &query, representations(&[key])).await, "UNAUTHENTICATED");
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_stranger_learns_nothing_of_a_group() {
    let fixture = Fixture::open().await;
    let (ada, eve) = (fixture.user("Ada").await, fixture.user("Eve").await);
    let group = fixture.group(&[("Ada", ada)]).await;
    let keys = [group_key(group.group_id), group_key(GroupId::new()), json!({ "__typename": "Group", "id": "?" })];
    let data = fixture.subgraph.data(&routed(eve), &entities(&keys[0], READ), representations(&keys)).await;
    assert_eq!(data["_entities"], json!([null, null, null]), "hidden, unknown and impossible look alike");
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_hidden_group_does_not_hide_a_visible_one() {
    let fixture = Fixture::open().await;
    let (ada, eve) = (fixture.user("Ada").await, fixture.user("Eve").await);
    let hidden = fixture.group(&[("Eve", eve)]).await;
    let seen = fixture.group(&[("Ada", ada)]).await;
    let keys = [group_key(hidden.group_id), group_key(seen.group_id)];
    let data = fixture.subgraph.data(&routed(ada), &entities(&keys[0], READ), representations(&keys)).await;
    assert_eq!(data["_entities"], json!([null, { "report": { "total": [] }, "activity": { "totalCount": 1 } }]));
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn to_who_has_left_the_group_is_gone() {
    let fixture = Fixture::open().await;
    let (ada, ben) = (fixture.user("Ada").await, fixture.user("Ben").await);
    let mut group = fixture.group(&[("Ada", ada), ("Ben", ben)]).await;
    fixture.spend(&group, &DINNER).await;
    group.members[1].left = true;
    fixture.change(&group);

    let of_group = fixture.entity(ben, group_key(group.group_id), READ).await;
    assert_eq!(of_group, json!(null));
    let own = fixture.entity(ben, user_key(ben), READ).await;
    assert_eq!(own, json!({ "report": { "total": [] }, "activity": { "totalCount": 0 } }));
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn collected_events_do_not_authorise_reading() {
    let fixture = Fixture::open().await;
    let (ada, ben) = (fixture.user("Ada").await, fixture.user("Ben").await);
    let mut group = fixture.group(&[("Ada", ada), ("Ben", ben)]).await;
    fixture.spend(&group, &DINNER).await;
    group.members.truncate(1);
    fixture.change(&group);

    let own = fixture.entity(ben, user_key(ben), READ).await;

    assert_eq!(own, json!({ "report": { "total": [] }, "activity": { "totalCount": 0 } }));
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn report_and_feed_of_others_are_refused() {
    let fixture = Fixture::open().await;
    let (ada, ben) = (fixture.user("Ada").await, fixture.user("Ben").await);
    let group = fixture.group(&[("Ada", ada), ("Ben", ben)]).await;
    let keys = [user_key(ada), user_key(UserId::new()), json!({ "__typename": "User", "id": "?" })];
    let data = fixture.subgraph.data(&routed(ben), &entities(&keys[0], READ), representations(&keys)).await;
    assert_eq!(data["_entities"], json!([null, null, null]));

    let through_feed = format!("activity {{ edges {{ node {{ actor {{ {READ} }} }} }} }}");
    let answer = fixture.answer(&routed(ben), group_key(group.group_id), &through_feed).await;
    let actor = &answer["data"]["_entities"][0]["activity"]["edges"][0]["node"]["actor"];
    assert_eq!(actor, &json!({ "report": null, "activity": null }));
    assert_eq!(answer["errors"][0]["extensions"]["code"], "NOT_ALLOWED");
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn without_groups_nothing_is_shown() {
    let fixture = Fixture::open().await;
    let ada = fixture.user("Ada").await;
    let group = fixture.group(&[("Ada", ada)]).await;
    fixture.rosters.go_away();
    for key in [group_key(group.group_id), user_key(ada)] {
        let answer = fixture.answer(&routed(ada), key, READ).await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], "SERVICE_UNAVAILABLE", "{answer:#}");
        assert!(
            answer["data"].is_null() || answer["data"]["_entities"] == json!([{ "report": null, "activity": null }])
        );
    }
    fixture.subgraph.close().await;
}
