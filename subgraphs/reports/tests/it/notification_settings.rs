//! How people say which notifications are mailed to them.

use contracts::UserId;
use kit::{Caller, testing::person};
use serde_json::{Value, json};

use crate::fixture::Fixture;

pub(crate) const SET: &str =
    "mutation($input: SetNotificationSettingsInput!) { setNotificationSettings(input: $input) { mailIsOn
    kinds { kind frequency onDevices } groups { group { id } frequency } quietHours { from to } } }";
const READ: &str =
    "{ notificationSettings { mailIsSetUp mailIsOn kinds { kind frequency onDevices } groups { group { id } frequency }
    quietHours { from to } } }";

async fn read(fixture: &Fixture, user: UserId) -> Value {
    fixture.subgraph.data(&person(user), READ, json!({})).await["notificationSettings"].take()
}

#[tokio::test]
async fn who_has_chosen_nothing_gets_what_is_usual() {
    let fixture = Fixture::open().await;
    let read = read(&fixture, UserId::new()).await;
    let kinds: Vec<_> = read["kinds"].as_array().unwrap().iter().map(|set| (&set["kind"], &set["frequency"])).collect();
    let usual = [
        ("EXPENSES", "DAILY"),
        ("COMMENTS", "AT_ONCE"),
        ("PAYMENTS", "AT_ONCE"),
        ("REMINDERS", "AT_ONCE"),
        ("MEMBERS", "AT_ONCE"),
        ("BUDGETS", "DAILY"),
        ("FRIENDS", "AT_ONCE"),
        ("IMPORTS", "AT_ONCE"),
    ];
    let usual = usual.map(|(kind, frequency)| (json!(kind), json!(frequency)));
    assert_eq!(kinds, usual.iter().map(|(kind, frequency)| (kind, frequency)).collect::<Vec<_>>());
    assert_eq!((&read["mailIsSetUp"], &read["mailIsOn"]), (&json!(false), &json!(true)));
    assert_eq!((&read["groups"], &read["quietHours"]), (&json!([]), &Value::Null));
    fixture.subgraph.close().await;

    let (fixture, _server) = Fixture::open_with_mail().await;
    assert_eq!(self::read(&fixture, UserId::new()).await["mailIsSetUp"], true);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn what_is_set_is_kept_and_the_rest_stays() {
    let fixture = Fixture::open().await;
    let (ada, ben) = (fixture.user("Ada").await, fixture.user("Ben").await);
    let group = fixture.group(&[("Ada", ada), ("Ben", ben)]).await;
    let id = group.group_id.to_string();
    let set = |input: Value| {
        let fixture = &fixture;
        async move {
            fixture.subgraph.data(&person(ada), SET, json!({ "input": input })).await["setNotificationSettings"].take()
        }
    };
    set(json!({ "kinds": [{ "kind": "EXPENSES", "frequency": "NEVER" }], "quietHours": { "from": "22:00", "to": "07:00" } })).await;
    let after = set(json!({ "groups": [{ "groupId": id, "frequency": "DAILY" }] })).await;
    assert_eq!(after["kinds"][0], json!({ "kind": "EXPENSES", "frequency": "NEVER", "onDevices": true }));
    assert_eq!(after["kinds"][1], json!({ "kind": "COMMENTS", "frequency": "AT_ONCE", "onDevices": true }));
    assert_eq!(after["groups"], json!([{ "group": { "id": id }, "frequency": "DAILY" }]));
    assert_eq!(after["quietHours"], json!({ "from": "22:00", "to": "07:00" }));

    let after = set(json!({ "groups": [{ "groupId": id }], "quietHours": null, "mailIsOn": false })).await;
    assert_eq!((&after["groups"], &after["quietHours"], &after["mailIsOn"]), (&json!([]), &Value::Null, &json!(false)));
    assert_eq!(read(&fixture, ben).await["mailIsOn"], true, "everybody's settings are their own");
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn what_makes_no_sense_and_groups_of_others_are_refused() {
    let fixture = Fixture::open().await;
    let (ada, ben, eve) = (fixture.user("Ada").await, fixture.user("Ben").await, fixture.user("Eve").await);
    let mut group = fixture.group(&[("Ada", ada), ("Ben", ben)]).await;
    group.members[1].left = true;
    fixture.change(&group);
    let of_group = json!({ "input": { "groups": [{ "groupId": group.group_id.to_string(), "frequency": "NEVER" }] } });
    for user in [ben, eve] {
        assert_eq!(fixture.subgraph.code(&person(user), SET, of_group.clone()).await, "GROUP_NOT_FOUND");
    }
    let quiet = json!({ "input": { "quietHours": { "from": "22:00", "to": "22:00" } } });
    let answer = fixture.subgraph.ask(&person(ada), SET, quiet).await;
    assert_eq!(answer["errors"][0]["extensions"], json!({ "code": "VALIDATION", "field": "input.quietHours" }));
    for (query, variables) in [(READ, json!({})), (SET, of_group)] {
        assert_eq!(fixture.subgraph.code(&Caller::anonymous(), query, variables).await, "UNAUTHENTICATED");
    }
    fixture.subgraph.close().await;
}
