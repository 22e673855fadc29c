//! Who may read what.

use contracts::{GroupId, UserId};
use kit::{Caller, testing::person, testing::through_router};
use serde_json::json;

use crate::world::{Spending, World, entities, group_key, representations, routed, user_key};

const READ: &str = "report { total { amount } } activity { totalCount }";
const DINNER: Spending<'static> =
    Spending { date: "2026-11-22", category: "dining", currency: "EUR", shares: &[5_000, 5_000] };

#[tokio::test]
async fn nobody_in_particular_is_refused() {
    let world = World::new().await;
    let ada = world.user("Ada").await;
    let group = world.group(&[("Ada", ada)]).await;
    for key in [group_key(group.group_id), user_key(ada)] {
        let query = entities(&key, READ);
        let anonymous = through_router(Caller::anonymous());
        assert_eq!(world.bed.code(&anonymous, &query, representations(&[key])).await, "UNAUTHENTICATED");
    }
    assert_eq!(world.rosters.questions(), 0);
    world.bed.close().await;
}

#[tokio::test]
async fn only_the_router_may_ask_for_entities() {
    let world = World::new().await;
    let ada = world.user("Ada").await;
    let key = user_key(ada);
    let query = entities(&key, READ);
    assert_eq!(world.bed.code(&person(ada), &query, representations(&[key])).await, "UNAUTHENTICATED");
    world.bed.close().await;
}

#[tokio::test]
async fn a_stranger_learns_nothing_of_a_group() {
    let world = World::new().await;
    let (ada, eve) = (world.user("Ada").await, world.user("Eve").await);
    let group = world.group(&[("Ada", ada)]).await;
    let keys = [group_key(group.group_id), group_key(GroupId::new()), json!({ "__typename": "Group", "id": "?" })];
    let data = world.bed.data(&routed(eve), &entities(&keys[0], READ), representations(&keys)).await;
    assert_eq!(data["_entities"], json!([null, null, null]), "hidden, unknown and impossible look alike");
    world.bed.close().await;
}

#[tokio::test]
async fn a_group_that_is_seen_is_not_hidden_by_one_that_is_not() {
    let world = World::new().await;
    let (ada, eve) = (world.user("Ada").await, world.user("Eve").await);
    let hidden = world.group(&[("Eve", eve)]).await;
    let seen = world.group(&[("Ada", ada)]).await;
    let keys = [group_key(hidden.group_id), group_key(seen.group_id)];
    let data = world.bed.data(&routed(ada), &entities(&keys[0], READ), representations(&keys)).await;
    assert_eq!(data["_entities"], json!([null, { "report": { "total": [] }, "activity": { "totalCount": 1 } }]));
    world.bed.close().await;
}

#[tokio::test]
async fn a_former_member_may_still_read() {
    let world = World::new().await;
    let (ada, ben) = (world.user("Ada").await, world.user("Ben").await);
    let mut group = world.group(&[("Ada", ada), ("Ben", ben)]).await;
    world.spend(&group, &DINNER).await;
    group.members[1].left = true;
    world.change(&group);

    let of_group = world.entity(ben, group_key(group.group_id), READ).await;
    assert_eq!(of_group, json!({ "report": { "total": [{ "amount": "100.00" }] }, "activity": { "totalCount": 2 } }));
    let own = world.entity(ben, user_key(ben), READ).await;
    assert_eq!(own, json!({ "report": { "total": [{ "amount": "50.00" }] }, "activity": { "totalCount": 2 } }));
    world.bed.close().await;
}

#[tokio::test]
async fn what_was_collected_gives_no_right_to_read() {
    let world = World::new().await;
    let (ada, ben) = (world.user("Ada").await, world.user("Ben").await);
    let mut group = world.group(&[("Ada", ada), ("Ben", ben)]).await;
    world.spend(&group, &DINNER).await;
    group.members.truncate(1);
    world.change(&group);

    let own = world.entity(ben, user_key(ben), READ).await;

    assert_eq!(own, json!({ "report": { "total": [] }, "activity": { "totalCount": 0 } }));
    world.bed.close().await;
}

#[tokio::test]
async fn other_people_have_neither_report_nor_feed() {
    let world = World::new().await;
    let (ada, ben) = (world.user("Ada").await, world.user("Ben").await);
    let group = world.group(&[("Ada", ada), ("Ben", ben)]).await;
    let keys = [user_key(ada), user_key(UserId::new()), json!({ "__typename": "User", "id": "?" })];
    let data = world.bed.data(&routed(ben), &entities(&keys[0], READ), representations(&keys)).await;
    assert_eq!(data["_entities"], json!([null, null, null]));

    let through_feed = format!("activity {{ edges {{ node {{ actor {{ {READ} }} }} }} }}");
    let answer = world.answer(&routed(ben), group_key(group.group_id), &through_feed).await;
    let actor = &answer["data"]["_entities"][0]["activity"]["edges"][0]["node"]["actor"];
    assert_eq!(actor, &json!({ "report": null, "activity": null }));
    assert_eq!(answer["errors"][0]["extensions"]["code"], "NOT_ALLOWED");
    world.bed.close().await;
}

#[tokio::test]
async fn without_groups_nothing_is_shown() {
    let world = World::new().await;
    let ada = world.user("Ada").await;
    let group = world.group(&[("Ada", ada)]).await;
    world.rosters.go_away();
    for key in [group_key(group.group_id), user_key(ada)] {
        let answer = world.answer(&routed(ada), key, READ).await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], "INTERNAL", "{answer:#}");
        assert!(
            answer["data"].is_null() || answer["data"]["_entities"] == json!([{ "report": null, "activity": null }])
        );
    }
    world.bed.close().await;
}
