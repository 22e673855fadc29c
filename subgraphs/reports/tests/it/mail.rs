//! Mail about notifications, taken by a mail server.

use std::time::Duration;

use contracts::{
    Event, MemberId, PaymentId, UserId,
    event::{ExpenseChange, MemberChange, MemberFacts, OwedFacts, PaymentFacts, ReminderFacts},
    roster::Roster,
};
use kit::{
    Subgraph,
    bus::Handled,
    testing::{mail::MailServer, person},
};
use money::{Amount, Currency};
use mongodb::bson::{Document, doc};
use serde_json::{Value, json};
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;

use crate::{
    fixture::{Fixture, Spending, expense, facts},
    notification_settings::SET,
};

pub(crate) const MINUTE_MS: i64 = 60_000;
const HOUR_MS: i64 = 60 * MINUTE_MS;
const DINNER: Spending<'static> =
    Spending { date: "2026-11-22", category: "dining", currency: "EUR", shares: &[5_000, 5_000] };

/// Ada and Ben, who share a group and are reached by mail; what `serve` does beside answering runs.
async fn two_people() -> (Fixture, MailServer, [UserId; 2], Roster) {
    let (fixture, server) = Fixture::open_with_mail().await;
    let (ada, ben) = (fixture.user("Ada").await, fixture.user("Ben").await);
    let group = fixture.group(&[("Ada", ada), ("Ben", ben)]).await;
    fixture.reach(ada, "Ada", "en");
    fixture.reach(ben, "Ben", "de-AT");
    fixture.subgraph.run("serve");
    (fixture, server, [ada, ben], group)
}

/// The second member of the group pays the first, which is told to the first at once.
pub(crate) async fn pay(fixture: &Fixture, group: &Roster) {
    let payment = PaymentFacts {
        payment_id: PaymentId::new(),
        group_id: group.group_id,
        from: group.members[1].member_id,
        to: group.members[0].member_id,
        amount: Amount::new(2_000, Currency::from_code("EUR").unwrap()),
        paid: None,
        date: "2026-11-22".parse().unwrap(),
        note: None,
        created_by: group.members[1].member_id,
    };
    let by = group.members[1].user_id.unwrap();
    fixture.publish("payments", group.group_id.0, by, Event::PaymentProcessed(payment)).await;
}

async fn set(fixture: &Fixture, user: UserId, input: Value) {
    fixture.subgraph.data(&person(user), SET, json!({ "input": input })).await;
}

fn advance(fixture: &Fixture, milliseconds: i64) {
    fixture.subgraph.resources.clock.advance_ms(milliseconds);
}

/// How many mails are in this state.
async fn count(fixture: &Fixture, filter: Document) -> u64 {
    fixture.subgraph.resources.database.collection::<Document>("mails").count_documents(filter).await.unwrap()
}

/// Waits until no mail that is due waits any more.
pub(crate) async fn decided(fixture: &Fixture) {
    decided_in(fixture, "mails").await;
}

/// The same for the deliveries of this collection.
pub(crate) async fn decided_in(fixture: &Fixture, collection: &str) {
    let deliveries = fixture.subgraph.resources.database.collection::<Document>(collection);
    let now = fixture.subgraph.resources.clock.now().to_string();
    let due = doc! { "$or": [{ "state": "waiting", "due_at": { "$lte": now } }, { "state": "claimed" }] };
    let deciding = async {
        while deliveries.count_documents(due.clone()).await.unwrap() > 0 {
            sleep(Duration::from_millis(20)).await;
        }
    };
    timeout(Duration::from_secs(20), deciding).await.expect("what is due is decided");
}

#[tokio::test]
async fn what_happens_at_once_is_one_mail_in_the_language_of_its_reader() {
    let (fixture, server, [_, ben], group) = two_people().await;
    set(&fixture, ben, json!({ "kinds": [{ "kind": "EXPENSES", "frequency": "AT_ONCE" }] })).await;
    for _ in 0..3 {
        fixture.spend(&group, &DINNER).await;
    }
    pay(&fixture, &group).await;
    decided(&fixture).await;
    assert_eq!(server.waiting(), 0, "a burst may not be over yet");
    advance(&fixture, MINUTE_MS);

    let mail = server.next_to("ben@example.org").await;
    assert_eq!(mail.subject, "Trip: 3 Mitteilungen");
    let line = "- Ada hat „Dinner“ eingetragen, 100,00 EUR (-50,00 EUR)";
    assert_eq!(mail.text.lines().filter(|told| *told == line).count(), 3, "{}", mail.text);
    assert_eq!(mail.text.lines().take(3).collect::<Vec<_>>(), ["Hallo Ben,", "", "Trip"]);
    assert!(mail.text.contains(&format!("https://quits.example/groups/{}", group.group_id)), "{}", mail.text);
    assert!(mail.html.contains("<html lang=\"de\">") && mail.html.contains("Keine Mails mehr"), "{}", mail.html);
    let mail = server.next_to("ada@example.org").await;
    assert_eq!(mail.subject, "Ben paid Ada 20.00 EUR (-20.00 EUR)");
    decided(&fixture).await;
    assert_eq!((server.waiting(), count(&fixture, doc! { "state": "sent" }).await), (0, 4));
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_reminder_is_mailed_to_its_debtor_who_can_turn_that_off() {
    let (fixture, server, [ada, ben], group) = two_people().await;
    let owed = vec![OwedFacts { amount: Amount::new(2_000, Currency::from_code("EUR").unwrap()) }];
    let (creditor, debtor) = (group.members[0].member_id, group.members[1].member_id);
    let reminder = ReminderFacts { group_id: group.group_id, debtor, creditor, owed, muted: false };
    let remind = || fixture.publish("payments", group.group_id.0, ada, Event::PaymentReminded(reminder.clone()));
    remind().await;
    advance(&fixture, MINUTE_MS);
    assert_eq!(server.next_to("ben@example.org").await.subject, "Ada erinnert dich an 20,00 EUR");

    set(&fixture, ben, json!({ "kinds": [{ "kind": "REMINDERS", "frequency": "NEVER" }] })).await;
    remind().await;
    advance(&fixture, MINUTE_MS);
    decided(&fixture).await;
    assert_eq!((server.waiting(), count(&fixture, doc! { "state": "sent" }).await), (0, 1));
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_daily_mail_comes_in_the_morning_where_its_reader_is() {
    let (fixture, server, _, group) = two_people().await;
    fixture.spend(&group, &DINNER).await;
    advance(&fixture, 5 * HOUR_MS);
    fixture.spend(&group, &DINNER).await;
    advance(&fixture, HOUR_MS);
    decided(&fixture).await;
    assert_eq!(server.waiting(), 0);
    // It is 9:00 UTC at the beginning of a test; 8:00 in Vienna is 7:00 UTC.
    advance(&fixture, 16 * HOUR_MS - MINUTE_MS);
    decided(&fixture).await;
    assert_eq!(server.waiting(), 0);
    advance(&fixture, MINUTE_MS);
    assert_eq!(server.next_to("ben@example.org").await.subject, "Trip: 2 Mitteilungen");
    decided(&fixture).await;
    assert_eq!(server.waiting(), 0);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn nobody_is_mailed_against_their_wish() {
    let (fixture, server, [ada, _], group) = two_people().await;
    let id = group.group_id.to_string();
    for input in [
        json!({ "kinds": [{ "kind": "PAYMENTS", "frequency": "NEVER" }] }),
        json!({ "kinds": [{ "kind": "PAYMENTS", "frequency": "AT_ONCE" }], "groups": [{ "groupId": id, "frequency": "NEVER" }] }),
        json!({ "groups": [{ "groupId": id }], "mailIsOn": false }),
    ] {
        set(&fixture, ada, input).await;
        pay(&fixture, &group).await;
        advance(&fixture, 2 * MINUTE_MS);
        decided(&fixture).await;
    }
    assert_eq!((server.waiting(), count(&fixture, doc! { "state": "unwanted" }).await), (0, 3));
    // From 10:00 to 11:30 in Vienna it is quiet; it is 10:06 there.
    set(&fixture, ada, json!({ "mailIsOn": true, "quietHours": { "from": "10:00", "to": "11:30" } })).await;
    pay(&fixture, &group).await;
    advance(&fixture, 80 * MINUTE_MS);
    decided(&fixture).await;
    assert_eq!(server.waiting(), 0);
    advance(&fixture, 10 * MINUTE_MS);
    server.next_to("ada@example.org").await;
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn an_event_that_comes_twice_is_mailed_once() {
    let (fixture, server, [_, ben], group) = two_people().await;
    let budget = "mutation { setBudget(input: { limit: { amount: \"60\", currency: \"EUR\" } }) { id } }";
    fixture.subgraph.data(&person(ben), budget, json!({})).await;
    set(&fixture, ben, json!({ "kinds": [{ "kind": "BUDGETS", "frequency": "AT_ONCE" }, { "kind": "EXPENSES", "frequency": "AT_ONCE" }] })).await;
    let dinner = fixture.spend(&group, &DINNER).await;
    assert_eq!(fixture.handle(&dinner).await, Handled::Done);
    advance(&fixture, MINUTE_MS);
    let mail = server.next_to("ben@example.org").await;
    assert!(mail.text.contains("50,00 EUR von 60,00 EUR sind im Monat 2026-11 ausgegeben"), "{}", mail.text);
    assert_eq!(mail.text.lines().filter(|line| line.starts_with("- ")).count(), 2, "{}", mail.text);

    assert_eq!(fixture.handle(&dinner).await, Handled::Done);
    advance(&fixture, 2 * MINUTE_MS);
    decided(&fixture).await;
    assert_eq!(server.waiting(), 0);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_mail_in_the_hands_of_a_process_that_dies_is_not_sent_again() {
    let (fixture, server) = Fixture::open_with_mail().await;
    let (ada, ben) = (fixture.user("Ada").await, fixture.user("Ben").await);
    let group = fixture.group(&[("Ada", ada), ("Ben", ben)]).await;
    fixture.reach(ada, "Ada", "en");
    server.leave_next_unanswered();
    let killed = tokio::spawn(fixture.subgraph.role("serve", &CancellationToken::new()));
    pay(&fixture, &group).await;
    advance(&fixture, MINUTE_MS);
    server.next_to("ada@example.org").await;
    killed.abort();

    let next = fixture.another_process();
    let next = tokio::spawn(next.background(fixture.subgraph.resources.bus.clone(), CancellationToken::new()));
    advance(&fixture, 6 * MINUTE_MS);
    pay(&fixture, &group).await;
    advance(&fixture, MINUTE_MS);
    let mail = server.next_to("ada@example.org").await;
    assert_eq!(mail.text.lines().filter(|line| line.starts_with("- ")).count(), 1, "only the second: {}", mail.text);
    decided(&fixture).await;
    let (given_up, sent) = (doc! { "state": "given_up" }, doc! { "state": "sent" });
    assert_eq!((count(&fixture, given_up).await, count(&fixture, sent).await, server.waiting()), (1, 1, 0));
    next.abort();
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn two_processes_mail_once() {
    let (fixture, server, _, group) = two_people().await;
    let second = fixture.another_process();
    let second = tokio::spawn(second.background(fixture.subgraph.resources.bus.clone(), CancellationToken::new()));
    for _ in 0..5 {
        pay(&fixture, &group).await;
    }
    advance(&fixture, MINUTE_MS);
    let mut lines = 0;
    while lines < 5 {
        let mail = server.next_to("ada@example.org").await;
        lines += mail.text.lines().filter(|line| line.starts_with("- ")).count();
    }
    decided(&fixture).await;
    assert_eq!((lines, server.waiting()), (5, 0));
    second.abort();
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_mail_that_is_not_taken_now_is_tried_again() {
    let (fixture, server, _, group) = two_people().await;
    server.refuse_next("451 come again");
    pay(&fixture, &group).await;
    advance(&fixture, MINUTE_MS);
    decided(&fixture).await;
    assert_eq!(count(&fixture, doc! { "state": "waiting", "tries": 1 }).await, 1);
    advance(&fixture, MINUTE_MS);
    server.next_to("ada@example.org").await;
    server.refuse_next("550 nobody here");
    pay(&fixture, &group).await;
    advance(&fixture, MINUTE_MS);
    decided(&fixture).await;
    assert_eq!((count(&fixture, doc! { "state": "given_up" }).await, server.waiting()), (1, 0));
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn who_has_left_a_group_is_not_mailed_about_it() {
    let (fixture, server, [ada, _], mut group) = two_people().await;
    let dinner = expense(&group, &DINNER);
    fixture.publish("expenses", group.group_id.0, ada, Event::ExpenseCreated(dinner.clone())).await;
    group.members[1].left = true;
    fixture.change(&group);
    let left = MemberChange { group: facts(&group), member_id: group.members[1].member_id, claim: None };
    fixture.publish("groups", group.group_id.0, ada, Event::MemberLeft(left)).await;
    let change = ExpenseChange { before: dinner.clone(), after: dinner, by: group.members[0].member_id };
    fixture.publish("expenses", group.group_id.0, ada, Event::ExpenseDeleted(change)).await;
    advance(&fixture, 24 * HOUR_MS);
    decided(&fixture).await;
    assert_eq!((server.waiting(), count(&fixture, doc! { "state": "unwanted" }).await), (0, 2));
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn guests_unconfirmed_addresses_and_history_are_not_mailed() {
    let (fixture, server) = Fixture::open_with_mail().await;
    let (ada, ben) = (fixture.user("Ada").await, fixture.user("Ben").await);
    let mut group = contracts::testing::roster(&[ada, ben], 0);
    let guest = MemberFacts { member_id: MemberId::new(), user_id: None, name: "Guest".to_owned(), left: false };
    group.members.insert(0, guest);
    fixture.change(&group);
    let created = Event::GroupCreated(facts(&group));
    fixture.publish("groups", group.group_id.0, ada, created).await;
    fixture.subgraph.run("serve");
    // Ada pays the guest; then Ben pays Ada, whose address is not known to be hers.
    pay(&fixture, &group).await;
    group.members.remove(0);
    pay(&fixture, &group).await;
    advance(&fixture, 2 * MINUTE_MS);
    decided(&fixture).await;
    assert_eq!(count(&fixture, doc! { "state": "unwanted" }).await, 2);

    fixture.reach(ada, "Ada", "en");
    advance(&fixture, 3 * 24 * HOUR_MS);
    pay(&fixture, &group).await;
    assert_eq!((count(&fixture, doc! {}).await, server.waiting()), (2, 0), "what happened days ago is history");
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn what_waits_for_a_guest_ends_together() {
    const DINNERS: u64 = 40;
    let (fixture, _server, commands) = Fixture::recorded_with_mail().await;
    let ada = fixture.user("Ada").await;
    let mut group = fixture.group(&[("Ada", ada), ("Ben", UserId::new())]).await;
    group.members[1].user_id = None;
    fixture.publish("groups", group.group_id.0, ada, Event::GroupUpdated(facts(&group))).await;
    for _ in 0..DINNERS {
        fixture.spend(&group, &DINNER).await;
    }
    assert_eq!(count(&fixture, doc! { "state": "waiting" }).await, DINNERS);
    advance(&fixture, 24 * HOUR_MS);
    commands.take();
    fixture.subgraph.run("serve");
    decided(&fixture).await;
    assert_eq!(count(&fixture, doc! { "state": "unwanted" }).await, DINNERS);
    let updates = commands.take().iter().filter(|command| *command == "update").count();
    assert!(updates < 10, "{updates} updates");
    fixture.subgraph.close().await;
}
