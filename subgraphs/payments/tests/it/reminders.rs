//! Reminders of debtors by creditors.

use contracts::{GroupId, MemberId, UserId, testing::roster};
use kit::{Caller, testing::person};
use mongodb::bson::{Document, doc};
use serde_json::{Value, json};

use crate::fixture::Fixture;

const REMIND: &str = "mutation($group: ID!, $member: ID!) { remind(groupId: $group, memberId: $member) }";
const MUTE: &str = "mutation($group: ID!, $member: ID!, $muted: Boolean!) {
    muteReminders(groupId: $group, memberId: $member, muted: $muted) }";
const SEEN: &str = "query($r: [_Any!]!) { _entities(representations: $r) { ... on Group { mutedReminders { id }
    settlement { transfers { from { id } remindedAt } } } } }";

/// A group in which the second user owes the first 33.33.
async fn owed() -> Fixture {
    let fixture = Fixture::open().await;
    fixture.ledgers.set(fixture.group.group_id, &[(fixture.member(1), fixture.member(0), 33_33, "EUR")]);
    fixture
}

fn about(fixture: &Fixture, place: usize) -> Value {
    json!({ "group": fixture.group.group_id.to_string(), "member": fixture.member(place).to_string() })
}

/// Returns the events about reminders in the group's journal.
async fn told(fixture: &Fixture) -> Vec<Document> {
    use futures::TryStreamExt;
    let journal = fixture.subgraph.resources.database.collection::<Document>("journal");
    let reminders =
        journal.find(doc! { "event.type": "payment.reminded.v1" }).sort(doc! { "version": 1 }).await.unwrap();
    let entries: Vec<Document> = reminders.try_collect().await.unwrap();
    entries.iter().map(|entry| entry.get_document("event").unwrap().get_document("data").unwrap().clone()).collect()
}

#[tokio::test]
async fn a_debtor_is_reminded_once_a_day() {
    let fixture = owed().await;
    let own = fixture.caller(0);
    assert_eq!(fixture.subgraph.data(&own, REMIND, about(&fixture, 1)).await["remind"], true);
    assert_eq!(fixture.subgraph.code(&own, REMIND, about(&fixture, 1)).await, "RATE_LIMITED");
    let events = told(&fixture).await;
    assert_eq!(events.len(), 1);
    assert_eq!(events[0].get_str("debtor").unwrap(), fixture.member(1).to_string());
    assert!(!events[0].get_bool("muted").unwrap());

    let seen = fixture.subgraph.data(&fixture.router(0), SEEN, json!({ "r": [fixture.represented()] })).await;
    let transfers = seen["_entities"][0]["settlement"]["transfers"].as_array().unwrap().clone();
    let reminded = |member: usize| {
        let id = json!(fixture.member(member).to_string());
        transfers.iter().find(|transfer| transfer["from"]["id"] == id).unwrap()["remindedAt"].clone()
    };
    assert!(reminded(1).is_string() && reminded(2).is_null(), "{transfers:#?}");
    let debtor = fixture.subgraph.data(&fixture.router(1), SEEN, json!({ "r": [fixture.represented()] })).await;
    assert_eq!(debtor["_entities"][0]["settlement"]["transfers"][0]["remindedAt"], Value::Null);

    // The next reminder is possible a day later.
    let reminders = fixture.subgraph.resources.database.collection::<Document>("reminders");
    let yesterday = kit::Clock::system().now().plus_ms(-24 * 60 * 60 * 1_000).to_string();
    reminders.update_many(doc! {}, doc! { "$set": { "at": yesterday } }).await.unwrap();
    fixture.subgraph.data(&own, REMIND, about(&fixture, 1)).await;
    assert_eq!(told(&fixture).await.len(), 2);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_debtor_in_two_groups_is_reminded_once_a_day() {
    let fixture = owed().await;
    let second = roster(&fixture.users, 0);
    fixture.groups.fixed.put(second.clone());
    let [creditor, debtor] = [0, 1].map(|place| second.members[place].member_id);
    fixture.ledgers.set(second.group_id, &[(debtor, creditor, 5_00, "EUR")]);
    let own = fixture.caller(0);
    fixture.subgraph.data(&own, REMIND, about(&fixture, 1)).await;

    let again = json!({ "group": second.group_id.to_string(), "member": debtor.to_string() });

    assert_eq!(fixture.subgraph.code(&own, REMIND, again).await, "RATE_LIMITED");
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn of_two_concurrent_reminders_one_is_sent() {
    let fixture = owed().await;
    let own = fixture.caller(0);
    let remind = || fixture.subgraph.ask(&own, REMIND, about(&fixture, 1));
    let (one, other) = tokio::join!(remind(), remind());
    assert_eq!([one, other].iter().filter(|answer| answer.get("errors").is_some()).count(), 1);
    assert_eq!(told(&fixture).await.len(), 1);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn only_creditors_remind_debtors_with_an_account() {
    let mut fixture = owed().await;
    let guest = fixture.member(3);
    fixture.ledgers.set(
        fixture.group.group_id,
        &[(fixture.member(1), fixture.member(0), 33_33, "EUR"), (guest, fixture.member(0), 1_00, "EUR")],
    );
    let field = async |caller: &Caller, about: Value| {
        let answer = fixture.subgraph.ask(caller, REMIND, about).await;
        let extensions = &answer["errors"][0]["extensions"];
        (extensions["code"].as_str().unwrap_or_default().to_owned(), extensions["field"].clone())
    };
    let refused = |code: &str| (code.to_owned(), Value::Null);
    let invalid = || ("VALIDATION".to_owned(), json!("memberId"));
    assert_eq!(field(&Caller::anonymous(), about(&fixture, 1)).await, refused("UNAUTHENTICATED"));
    assert_eq!(field(&person(UserId::new()), about(&fixture, 1)).await, refused("GROUP_NOT_FOUND"));
    // By the debtor, by a member who is owed nothing, of oneself, of a guest, and of an unknown member.
    assert_eq!(field(&fixture.caller(1), about(&fixture, 0)).await, invalid());
    assert_eq!(field(&fixture.caller(2), about(&fixture, 1)).await, invalid());
    assert_eq!(field(&fixture.caller(0), about(&fixture, 0)).await, invalid());
    assert_eq!(field(&fixture.caller(0), about(&fixture, 3)).await, invalid());
    let group = fixture.group.group_id.to_string();
    let nobody = json!({ "group": group, "member": MemberId::new().to_string() });
    assert_eq!(field(&fixture.caller(0), nobody).await, invalid());
    let elsewhere = json!({ "group": GroupId::new().to_string(), "member": fixture.member(1).to_string() });
    assert_eq!(field(&fixture.caller(0), elsewhere).await, refused("GROUP_NOT_FOUND"));
    assert!(told(&fixture).await.is_empty());

    fixture.leave(0);
    let former = fixture.subgraph.code(&fixture.caller(0), REMIND, about(&fixture, 1)).await;
    assert_eq!(former, "GROUP_NOT_FOUND");
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_muted_reminder_is_not_sent_and_looks_the_same_to_the_creditor() {
    let fixture = owed().await;
    let mute = |muted: bool| {
        let mut variables = about(&fixture, 0);
        variables["muted"] = json!(muted);
        variables
    };
    for (caller, code) in [(Caller::anonymous(), "UNAUTHENTICATED"), (person(UserId::new()), "GROUP_NOT_FOUND")] {
        assert_eq!(fixture.subgraph.code(&caller, MUTE, mute(true)).await, code);
    }
    for _ in 0..2 {
        assert_eq!(fixture.subgraph.data(&fixture.caller(1), MUTE, mute(true)).await["muteReminders"], true);
    }
    let muted = async |user: usize| {
        let seen = fixture.subgraph.data(&fixture.router(user), SEEN, json!({ "r": [fixture.represented()] })).await;
        seen["_entities"][0]["mutedReminders"].clone()
    };
    assert_eq!(muted(1).await, json!([{ "id": fixture.member(0).to_string() }]));
    assert_eq!(muted(0).await, json!([]));
    assert_eq!(fixture.subgraph.data(&fixture.caller(0), REMIND, about(&fixture, 1)).await["remind"], true);
    assert!(told(&fixture).await[0].get_bool("muted").unwrap());
    assert_eq!(fixture.subgraph.data(&fixture.caller(1), MUTE, mute(false)).await["muteReminders"], false);
    assert_eq!(muted(1).await, json!([]));
    fixture.subgraph.close().await;
}
