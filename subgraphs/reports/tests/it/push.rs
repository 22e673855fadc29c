//! Notifications on devices, taken by a push service.

use axum::http::StatusCode;
use contracts::{Event, UserId, event::UserFacts, roster::Roster};
use kit::{Subgraph, bus::Handled, testing::person};
use mongodb::bson::{Document, doc};
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

use crate::{
    fixture::{Fixture, Spending},
    mail::{MINUTE_MS, decided_in, pay},
    notification_settings::SET,
    push_service::{Browser, PushService},
};

const ADD: &str = "mutation($input: AddPushDeviceInput!) { addPushDevice(input: $input) { pushDevices pushKey } }";
const REMOVE: &str = "mutation($endpoint: String!) { removePushDevice(endpoint: $endpoint) { pushDevices } }";
const DINNER: Spending<'static> =
    Spending { date: "2026-11-22", category: "dining", currency: "EUR", shares: &[5_000, 5_000] };

/// Ada and Ben, who share a group; what `serve` does beside answering runs.
async fn two_people() -> (Fixture, PushService, [UserId; 2], Roster) {
    let service = PushService::start().await;
    let fixture = Fixture::open_with_push(&service.origin).await;
    let (ada, ben) = (fixture.user("Ada").await, fixture.user("Ben").await);
    let group = fixture.group(&[("Ada", ada), ("Ben", ben)]).await;
    fixture.subgraph.run("serve");
    (fixture, service, [ada, ben], group)
}

async fn add(fixture: &Fixture, user: UserId, browser: &Browser, locale: &str) -> Value {
    fixture.subgraph.data(&person(user), ADD, browser.input(locale)).await["addPushDevice"].take()
}

async fn count(fixture: &Fixture, filter: Document) -> u64 {
    fixture.subgraph.resources.database.collection::<Document>("pushes").count_documents(filter).await.unwrap()
}

#[tokio::test]
async fn a_device_shows_what_happens_in_its_language_and_once() {
    let (fixture, mut service, [_, ben], group) = two_people().await;
    let browser = Browser::new(&service, "phone");
    let added = add(&fixture, ben, &browser, "de").await;
    assert_eq!(added["pushDevices"], 1);
    assert!(added["pushKey"].as_str().unwrap().len() > 80);
    assert_eq!(add(&fixture, ben, &browser, "de").await["pushDevices"], 1, "the same device");

    let dinner = fixture.spend(&group, &DINNER).await;
    assert_eq!(fixture.handle(&dinner).await, Handled::Done);
    let shown = service.next(&browser).await;
    assert_eq!(shown["title"], "Trip");
    assert_eq!(shown["body"], "Ada hat „Dinner“ eingetragen, 100,00 EUR (-50,00 EUR)");
    assert_eq!(shown["page"], format!("/groups/{}", group.group_id));
    assert_eq!(fixture.handle(&dinner).await, Handled::Done);
    decided_in(&fixture, "pushes").await;
    assert!(service.is_empty());
    assert_eq!((count(&fixture, doc! { "state": "sent" }).await, count(&fixture, doc! {}).await), (1, 1));
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_message_in_the_hands_of_a_process_that_dies_is_not_shown_twice() {
    let service = PushService::start().await;
    let fixture = Fixture::open_with_push(&service.origin).await;
    let (ada, ben) = (fixture.user("Ada").await, fixture.user("Ben").await);
    let group = fixture.group(&[("Ada", ada), ("Ben", ben)]).await;
    add(&fixture, ada, &Browser::new(&service, "phone"), "en").await;
    pay(&fixture, &group).await;
    // A process that has died after it claimed the message.
    let pushes = fixture.subgraph.resources.database.collection::<Document>("pushes");
    let now = fixture.subgraph.resources.clock.now().to_string();
    let claim = doc! { "$set": { "state": "claimed", "claimed_at": now, "batch": "b" } };
    pushes.update_one(doc! {}, claim).await.unwrap();
    fixture.subgraph.resources.clock.advance_ms(6 * MINUTE_MS);
    let next = fixture.another_process();
    let next = tokio::spawn(next.background(fixture.subgraph.resources.bus.clone(), CancellationToken::new()));
    decided_in(&fixture, "pushes").await;
    assert!(service.is_empty());
    assert_eq!(count(&fixture, doc! { "state": "given_up" }).await, 1);
    next.abort();
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_device_shows_only_what_its_person_wants_and_when() {
    let (fixture, mut service, [ada, _], group) = two_people().await;
    let browser = Browser::new(&service, "phone");
    add(&fixture, ada, &browser, "en").await;
    let set = async |input: Value| fixture.subgraph.data(&person(ada), SET, json!({ "input": input })).await;
    let chosen = set(json!({ "kinds": [{ "kind": "PAYMENTS", "onDevices": false }] })).await;
    let payments = &chosen["setNotificationSettings"]["kinds"][2];
    assert_eq!(payments, &json!({ "kind": "PAYMENTS", "frequency": "AT_ONCE", "onDevices": false }));
    pay(&fixture, &group).await;
    decided_in(&fixture, "pushes").await;
    let id = group.group_id.to_string();
    set(json!({ "kinds": [{ "kind": "PAYMENTS", "onDevices": true }], "groups": [{ "groupId": id, "frequency": "NEVER" }] })).await;
    pay(&fixture, &group).await;
    decided_in(&fixture, "pushes").await;
    assert_eq!(count(&fixture, doc! { "state": "unwanted" }).await, 2);

    // It is 9:00 UTC at the beginning of a test. Two messages wait for the end of the quiet hours, and become one.
    set(json!({ "groups": [{ "groupId": id }], "quietHours": { "from": "09:00", "to": "10:00" } })).await;
    pay(&fixture, &group).await;
    pay(&fixture, &group).await;
    decided_in(&fixture, "pushes").await;
    assert!(service.is_empty());
    fixture.subgraph.resources.clock.advance_ms(60 * MINUTE_MS);
    let shown = service.next(&browser).await;
    assert_eq!((&shown["title"], &shown["body"]), (&json!("Trip"), &json!("2 notifications")));
    decided_in(&fixture, "pushes").await;
    assert!(service.is_empty());
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_push_service_that_is_busy_is_asked_again_and_a_device_that_is_gone_is_forgotten() {
    let (fixture, mut service, [ada, _], group) = two_people().await;
    let browser = Browser::new(&service, "phone");
    add(&fixture, ada, &browser, "en").await;
    service.answer_next(StatusCode::SERVICE_UNAVAILABLE);
    pay(&fixture, &group).await;
    decided_in(&fixture, "pushes").await;
    assert_eq!(count(&fixture, doc! { "state": "waiting", "tries": 1 }).await, 1);
    fixture.subgraph.resources.clock.advance_ms(MINUTE_MS);
    assert_eq!(service.next(&browser).await["title"], "Trip");

    service.answer_next(StatusCode::GONE);
    pay(&fixture, &group).await;
    decided_in(&fixture, "pushes").await;
    assert_eq!(count(&fixture, doc! { "state": "given_up" }).await, 1);
    let removed = fixture.subgraph.data(&person(ada), REMOVE, json!({ "endpoint": browser.endpoint() })).await;
    assert_eq!(removed["removePushDevice"]["pushDevices"], 0, "it is gone already");
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_device_belongs_to_one_person_and_goes_with_the_account() {
    let (fixture, service, [ada, ben], _) = two_people().await;
    let browser = Browser::new(&service, "shared");
    add(&fixture, ada, &browser, "en").await;
    assert_eq!(add(&fixture, ben, &browser, "en").await["pushDevices"], 1);
    let of_ada = "{ notificationSettings { pushDevices } }";
    let settings = fixture.subgraph.data(&person(ada), of_ada, json!({})).await;
    assert_eq!(settings["notificationSettings"]["pushDevices"], 0, "the browser is Ben's now");
    fixture.subgraph.data(&person(ada), REMOVE, json!({ "endpoint": browser.endpoint() })).await;
    let devices = fixture.subgraph.resources.database.collection::<Document>("push_devices");
    assert_eq!(devices.count_documents(doc! {}).await.unwrap(), 1, "nobody removes the device of another");
    add(&fixture, ben, &Browser::new(&service, "phone"), "en").await;
    assert_eq!(devices.count_documents(doc! {}).await.unwrap(), 2);
    let gone = Event::UserDeleted(UserFacts { user_id: ben, name: String::new() });
    fixture.publish("users", ben.0, ben, gone).await;
    assert_eq!(devices.count_documents(doc! {}).await.unwrap(), 0);

    for number in 0..25 {
        add(&fixture, ada, &Browser::new(&service, &"x".repeat(number + 1)), "en").await;
    }
    assert_eq!(devices.count_documents(doc! {}).await.unwrap(), 20, "at most twenty devices");
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn what_is_no_device_is_refused() {
    let (fixture, service, [ada, _], _) = two_people().await;
    let browser = Browser::new(&service, "phone");
    for (field, value) in [
        ("endpoint", "http://127.0.0.1:1/phone"),
        ("endpoint", "https://example.org/phone"),
        ("endpoint", "file:///etc/passwd"),
        ("endpoint", ""),
        ("p256dh", "AAAA"),
        ("p256dh", "no Base64!"),
        ("auth", "c2hvcnQ"),
    ] {
        let mut input = browser.input("en");
        input["input"][field] = json!(value);
        let answer = fixture.subgraph.ask(&person(ada), ADD, input).await;
        let expected = json!({ "code": "VALIDATION", "field": format!("input.{field}") });
        assert_eq!(answer["errors"][0]["extensions"], expected, "{field} {value}");
    }
    fixture.subgraph.close().await;

    let fixture = Fixture::open().await;
    assert_eq!(fixture.subgraph.code(&person(ada), ADD, browser.input("en")).await, "NOT_CONFIGURED");
    fixture.subgraph.close().await;
}
