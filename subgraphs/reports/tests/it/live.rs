//! Subscriptions: what they tell at once, what they tell later, and to whom.

use std::{sync::Arc, time::Duration};

use contracts::{Event, FriendRequestId, UserId, event::FriendRequestFacts, roster::Roster, testing::roster};
use futures::{StreamExt, stream::BoxStream};
use kit::{Caller, Subgraph, testing::person};
use serde_json::{Value, json};
use tokio::time::timeout;
use tokio_util::sync::{CancellationToken, DropGuard};

use crate::fixture::{Fixture, Spending, facts, two_people};

/// A timeout long enough for a slow machine; passing tests never wait for it.
const TIMEOUT: Duration = Duration::from_secs(20);
const DINNER: Spending<'static> =
    Spending { date: "2026-11-22", category: "dining", currency: "EUR", shares: &[5_000, 5_000] };
const NOTIFIED: &str = "subscription { notificationAdded { type summary read } }";
const UNREAD: &str = "subscription { unreadNotificationsChanged }";
const ADDED: &str = "subscription { activityAdded { type summary group { id } ownEffect { amount } } }";
const CHANGED: &str = "subscription { activityChanged { type group { id } } }";
const MARK: &str = "mutation($upTo: DateTime!) { markNotificationsRead(upTo: $upTo) }";

type Told = BoxStream<'static, Value>;

/// Runs the background tasks of `serve` until the guard is dropped.
fn serve(fixture: &Fixture) -> DropGuard {
    let stop = CancellationToken::new();
    let services = Arc::clone(&fixture.subgraph.services);
    tokio::spawn(services.background(fixture.subgraph.resources.bus.clone(), stop.clone()));
    stop.drop_guard()
}

async fn next(stream: &mut Told) -> Value {
    timeout(TIMEOUT, stream.next()).await.expect("an emission").expect("the stream goes on")
}

/// The next number of unread notifications.
async fn unread(stream: &mut Told) -> Value {
    next(stream).await["data"]["unreadNotificationsChanged"].take()
}

/// Subscribes to the number of unread notifications, which has to be this one.
async fn unread_of(fixture: &Fixture, user: UserId, number: u64) -> Told {
    let mut stream = fixture.subgraph.stream(&person(user), UNREAD, json!({}));
    assert_eq!(unread(&mut stream).await, number);
    stream
}

/// Subscribes to the activity: null comes first.
async fn activity_of(fixture: &Fixture, user: UserId) -> Told {
    let mut stream = fixture.subgraph.stream(&person(user), CHANGED, json!({}));
    assert_eq!(next(&mut stream).await, json!({ "data": { "activityChanged": null } }));
    stream
}

/// The group of the next activity. There is a null whenever a change stream was opened.
async fn happened_in(stream: &mut Told) -> Value {
    loop {
        let activity = next(stream).await["data"]["activityChanged"].take();
        if !activity.is_null() {
            return activity["group"]["id"].clone();
        }
    }
}

/// Ada asks somebody to be friends.
async fn ask_to_be_friends(fixture: &Fixture, ada: UserId, to: UserId) {
    let request = FriendRequestFacts { request_id: FriendRequestId::new(), from: ada, to: Some(to) };
    fixture.publish("users", request.request_id.0, ada, Event::FriendshipRequested(request)).await;
}

/// The second member leaves.
async fn leave(fixture: &Fixture, group: &mut Roster) {
    group.members[1].left = true;
    fixture.change(group);
    fixture.publish("groups", group.group_id.0, UserId::new(), Event::GroupUpdated(facts(group))).await;
}

/// Returns the first item of a stream. Keeps creating expenses until it arrives, because the subscription may start
/// late. None is given up half way: the next one would wait for it.
async fn first_of(fixture: &Fixture, group: &Roster, stream: &mut Told) -> Value {
    let adding = async {
        loop {
            fixture.spend(group, &DINNER).await;
            if let Ok(next) = timeout(Duration::from_millis(50), stream.next()).await {
                return next.expect("the stream goes on");
            }
        }
    };
    timeout(TIMEOUT, adding).await.expect("the stream goes on")
}

#[tokio::test]
async fn only_members_receive_live_activities() {
    let (fixture, ada, ben, group) = two_people().await;
    let _serving = serve(&fixture);
    let mut to_ben = fixture.subgraph.stream(&person(ben), NOTIFIED, json!({}));
    let mut to_ada = fixture.subgraph.stream(&person(ada), ADDED, json!({}));
    let mut to_eve = fixture.subgraph.stream(&person(UserId::new()), ADDED, json!({}));
    let notified = first_of(&fixture, &group, &mut to_ben).await;
    let expected = json!({ "type": "expense.created", "summary": "Ada added \"Dinner\", 100.00 EUR", "read": false });
    assert_eq!(notified["data"]["notificationAdded"], expected);
    let happened = first_of(&fixture, &group, &mut to_ada).await["data"]["activityAdded"].take();
    assert_eq!(happened["group"]["id"], group.group_id.to_string());
    assert_eq!(happened["ownEffect"], json!([{ "amount": "50.00" }]));
    assert!(timeout(Duration::from_millis(300), to_eve.next()).await.is_err(), "a stranger hears nothing");

    for query in [NOTIFIED, UNREAD, ADDED, CHANGED] {
        let answer = next(&mut fixture.subgraph.stream(&Caller::anonymous(), query, json!({}))).await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");
    }
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn the_number_of_unread_notifications_is_told_at_once_and_whenever_it_is_another() {
    let (fixture, _, ben, group) = two_people().await;
    fixture.spend(&group, &DINNER).await;
    // No process listens yet: what is stored is in the first number.
    let mut one_device = unread_of(&fixture, ben, 1).await;
    let dinner = fixture.spend(&group, &DINNER).await;
    let mut other_device = unread_of(&fixture, ben, 2).await;
    let _serving = serve(&fixture);
    assert_eq!(unread(&mut one_device).await, 2, "what was stored before the change stream was opened");

    fixture.spend(&group, &DINNER).await;
    for device in [&mut one_device, &mut other_device] {
        assert_eq!(unread(device).await, 3);
    }
    fixture.subgraph.data(&person(ben), MARK, json!({ "upTo": dinner.time.to_string() })).await;
    for device in [&mut one_device, &mut other_device] {
        assert_eq!(unread(device).await, 1);
    }
    // Neither changes the number, which is not told again.
    fixture.subgraph.data(&person(ben), MARK, json!({ "upTo": "2000-01-01T00:00:00Z" })).await;
    fixture.publish("groups", group.group_id.0, ben, Event::GroupUpdated(facts(&group))).await;
    fixture.spend(&group, &DINNER).await;
    for device in [&mut one_device, &mut other_device] {
        assert_eq!(unread(device).await, 2);
    }
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn strangers_and_former_members_are_told_of_what_is_for_them_alone() {
    let (fixture, ada, ben, mut group) = two_people().await;
    let eve = fixture.user("Eve").await;
    let _serving = serve(&fixture);
    let (mut to_ben, mut to_eve) = (unread_of(&fixture, ben, 0).await, unread_of(&fixture, eve, 0).await);
    fixture.spend(&group, &DINNER).await;
    assert_eq!(unread(&mut to_ben).await, 1);
    leave(&fixture, &mut group).await;
    assert_eq!(unread(&mut to_ben).await, 0, "who has left does not read about the group");

    fixture.spend(&group, &DINNER).await;
    for (user, stream) in [(ben, &mut to_ben), (eve, &mut to_eve)] {
        ask_to_be_friends(&fixture, ada, user).await;
        assert_eq!(unread(stream).await, 1);
    }
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_notification_may_be_there_before_the_group_is_known() {
    let fixture = Fixture::open().await;
    let (ada, ben) = (fixture.user("Ada").await, fixture.user("Ben").await);
    let _serving = serve(&fixture);
    let mut to_ben = unread_of(&fixture, ben, 0).await;
    let group = roster(&[ada, ben], 0);
    fixture.change(&group);
    fixture.spend(&group, &DINNER).await;
    fixture.publish("groups", group.group_id.0, ada, Event::GroupCreated(facts(&group))).await;
    assert_eq!(unread(&mut to_ben).await, 1);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn what_is_stored_while_nobody_listens_is_told_afterwards() {
    let (fixture, ada, ben, group) = two_people().await;
    let serving = serve(&fixture);
    let (mut to_ben, mut to_ada) = (unread_of(&fixture, ben, 0).await, activity_of(&fixture, ada).await);
    fixture.spend(&group, &DINNER).await;
    assert_eq!(unread(&mut to_ben).await, 1);
    assert_eq!(happened_in(&mut to_ada).await, group.group_id.to_string());

    drop(serving);
    fixture.spend(&group, &DINNER).await;
    let _serving = serve(&fixture);
    assert_eq!(unread(&mut to_ben).await, 2);
    while !next(&mut to_ada).await["data"]["activityChanged"].is_null() {}
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn the_activity_is_that_of_the_groups_of_the_present() {
    let (fixture, ada, ben, mut group) = two_people().await;
    let eve = fixture.user("Eve").await;
    let own = fixture.group(&[("Eve", eve), ("Ben", ben)]).await;
    let _serving = serve(&fixture);
    let mut streams =
        [activity_of(&fixture, ada).await, activity_of(&fixture, ben).await, activity_of(&fixture, eve).await];
    fixture.spend(&group, &DINNER).await;
    for stream in &mut streams[..2] {
        assert_eq!(happened_in(stream).await, group.group_id.to_string());
    }
    group.members[1].left = true;
    fixture.change(&group);
    fixture.spend(&group, &DINNER).await;
    assert_eq!(happened_in(&mut streams[0]).await, group.group_id.to_string());
    fixture.spend(&own, &DINNER).await;
    for stream in &mut streams[1..] {
        assert_eq!(happened_in(stream).await, own.group_id.to_string(), "nothing of the other group");
    }

    // Whether the next one is theirs cannot be known, so it may have been missed.
    fixture.rosters.go_away();
    fixture.spend(&own, &DINNER).await;
    for stream in &mut streams[1..] {
        assert_eq!(next(stream).await["data"]["activityChanged"], Value::Null);
    }
    fixture.subgraph.close().await;
}
