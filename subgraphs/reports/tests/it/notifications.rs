//! Notifications: recipients and read state.

use contracts::{
    ClaimRequestId, CommentId, Event, ExpenseId, FriendRequestId, MemberId, PaymentId, UserId,
    event::{
        ClaimFacts, ClaimRequestFacts, CommentFacts, ExpenseChange, ExpenseFacts, FriendRequestFacts, FriendshipFacts,
        ImportFacts, MemberChange, MemberFacts, OwedFacts, PaymentFacts, PaymentStep, ReminderFacts, UserFacts,
    },
    roster::Roster,
};
use kit::{Caller, bus::Handled, testing::person};
use money::{Amount, Currency};
use mongodb::bson::{Document, doc};
use serde_json::{Value, json};

use crate::fixture::{
    Fixture, Spending, entities, expense, facts, group_key, representations, routed, two_people, user_key,
};

const DINNER: Spending<'static> =
    Spending { date: "2026-11-22", category: "dining", currency: "EUR", shares: &[5_000, 5_000] };
const NOTIFICATIONS: &str = "{ unreadNotifications notifications { totalCount edges { node {
    type summary read group { id } activity { ownEffect { amount currency } expense { id } payment { id } reason } } } } }";
const BETWEEN_FRIENDS: &str =
    "{ notifications { edges { node { type summary group { id } activity { actor { id } } } } }
    unreadNotifications }";

fn payment(group: &Roster) -> PaymentFacts {
    PaymentFacts {
        payment_id: PaymentId::new(),
        group_id: group.group_id,
        from: group.members[1].member_id,
        to: group.members[0].member_id,
        amount: Amount::new(2_000, Currency::from_code("EUR").unwrap()),
        paid: None,
        date: "2026-11-22".parse().unwrap(),
        note: None,
        created_by: group.members[1].member_id,
    }
}

async fn told(fixture: &Fixture, user: UserId) -> Value {
    fixture.subgraph.data(&person(user), NOTIFICATIONS, json!({})).await
}

fn sentences(told: &Value) -> Vec<String> {
    let edges = told["notifications"]["edges"].as_array().unwrap().iter();
    edges.map(|edge| edge["node"]["summary"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_reminder_reaches_its_debtor_alone_and_not_the_feed() {
    let (fixture, ada, ben, group) = two_people().await;
    let euros = OwedFacts { amount: Amount::new(2_000, Currency::from_code("EUR").unwrap()) };
    let yen = OwedFacts { amount: Amount::new(500, Currency::from_code("JPY").unwrap()) };
    let (creditor, debtor) = (group.members[0].member_id, group.members[1].member_id);
    let reminder = |muted| ReminderFacts { group_id: group.group_id, debtor, creditor, owed: vec![euros, yen], muted };
    fixture.publish("payments", group.group_id.0, ada, Event::PaymentReminded(reminder(false))).await;
    fixture.publish("payments", group.group_id.0, ada, Event::PaymentReminded(reminder(true))).await;

    let (to_ada, to_ben) = (told(&fixture, ada).await, told(&fixture, ben).await);
    assert_eq!(sentences(&to_ben), ["Ada reminds you of 20.00 EUR and 500 JPY"]);
    assert_eq!(to_ben["notifications"]["edges"][0]["node"]["type"], "payment.reminded");
    assert_eq!(sentences(&to_ada), Vec::<String>::new());
    let key = user_key(ben);
    let query = entities(&key, "activity { totalCount }");
    let feed = fixture.subgraph.data(&routed(ben), &query, representations(&[key])).await;
    assert_eq!(feed["_entities"][0]["activity"]["totalCount"], 1, "only that the group was created");
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn owners_are_notified_of_claims_and_of_requests_for_approval() {
    let (fixture, ada, ben, group) = two_people().await;
    let stream = group.group_id.0;
    let (owner, member) = (group.members[0].member_id, group.members[1].member_id);
    let claim =
        |by| ClaimFacts { guest_name: "Benny".to_owned(), user_name: "Ben".to_owned(), by, managers: vec![owner] };
    let request = ClaimRequestFacts {
        request_id: ClaimRequestId::new(),
        group_id: group.group_id,
        member_id: member,
        user_id: ben,
        claim: claim(None),
    };
    fixture.publish("groups", stream, ben, Event::ClaimRequested(request)).await;
    let change = |by| MemberChange { member_id: member, group: facts(&group), claim: Some(claim(Some(by))) };
    fixture.publish("groups", stream, ben, Event::MemberJoined(change(member))).await;
    fixture.publish("groups", stream, ada, Event::MemberJoined(change(owner))).await;

    let told_to = |told: Value| sentences(&told);
    let (to_ada, to_ben) = (told_to(told(&fixture, ada).await), told_to(told(&fixture, ben).await));
    assert_eq!(to_ada, ["Ben joined the group as Benny", "Ben asks to join the group as Benny"]);
    assert_eq!(to_ben, ["Ada let Ben join the group as Benny"]);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn both_parties_are_told_of_a_payment_that_somebody_else_records() {
    let fixture = Fixture::open().await;
    let (ada, ben, cleo) = (fixture.user("Ada").await, fixture.user("Ben").await, fixture.user("Cleo").await);
    let group = fixture.group(&[("Ada", ada), ("Ben", ben), ("Cleo", cleo)]).await;
    let recorded = PaymentFacts { created_by: group.members[2].member_id, ..payment(&group) };
    fixture.publish("payments", group.group_id.0, cleo, Event::PaymentProcessed(recorded)).await;
    for party in [ada, ben] {
        let sentences = sentences(&told(&fixture, party).await);
        assert!(matches!(&sentences[..], [one] if one.contains("Ben paid Ada 20.00 EUR")), "{sentences:?}");
    }
    assert!(sentences(&told(&fixture, cleo).await).is_empty(), "who recorded it knows");
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn members_whom_a_change_concerns_are_notified_except_its_actor() {
    let (fixture, ada, ben, group) = two_people().await;
    let dinner = expense(&group, &DINNER);
    let id = dinner.expense_id;
    let stream = group.group_id.0;
    fixture.publish("expenses", stream, ada, Event::ExpenseCreated(dinner.clone())).await;
    let change = ExpenseChange { before: dinner.clone(), after: dinner, by: group.members[1].member_id };
    fixture.publish("expenses", stream, ben, Event::ExpenseDeleted(change)).await;
    let paid = payment(&group);
    fixture.publish("payments", stream, ben, Event::PaymentProcessed(paid.clone())).await;
    let reason = Some("it never came".to_owned());
    let step = PaymentStep { payment: paid.clone(), by: group.members[0].member_id, reason };
    fixture.publish("payments", stream, ada, Event::PaymentDisputed(step)).await;

    let (to_ada, to_ben) = (told(&fixture, ada).await, told(&fixture, ben).await);
    assert_eq!(sentences(&to_ada), ["Ben paid Ada 20.00 EUR", "Ben deleted \"Dinner\", 100.00 EUR"]);
    let disputed = "Ada disputed the payment of 20.00 EUR from Ben to Ada";
    assert_eq!(sentences(&to_ben), [disputed, "Ada added \"Dinner\", 100.00 EUR"]);
    assert_eq!((&to_ada["unreadNotifications"], &to_ben["unreadNotifications"]), (&json!(2), &json!(2)));
    let added = &to_ben["notifications"]["edges"][1]["node"];
    assert_eq!(
        *added,
        json!({
            "type": "expense.created", "summary": "Ada added \"Dinner\", 100.00 EUR", "read": false,
            "group": { "id": group.group_id.to_string() },
            "activity": {
                "ownEffect": [{ "amount": "-50.00", "currency": "EUR" }], "expense": { "id": id.to_string() },
                "payment": null, "reason": null,
            },
        })
    );
    let disputed = &to_ben["notifications"]["edges"][0]["node"]["activity"];
    assert_eq!(disputed["payment"]["id"], paid.payment_id.to_string());
    assert_eq!((&disputed["reason"], &disputed["ownEffect"]), (&json!("it never came"), &json!([])));
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn who_pays_or_shares_an_expense_is_told_of_a_comment_on_it() {
    let (fixture, ada, ben, group) = two_people().await;
    let comment = |by: usize, mentions: &[usize], concerned: &[usize]| {
        let members = |places: &[usize]| places.iter().map(|place| group.members[*place].member_id).collect();
        Event::ExpenseCommented(CommentFacts {
            comment_id: CommentId::new(),
            expense_id: ExpenseId::new(),
            group_id: group.group_id,
            description: "Dinner".to_owned(),
            by: group.members[by].member_id,
            text: "Good!".to_owned(),
            mentions: members(mentions),
            concerned: members(concerned),
        })
    };
    let stream = group.group_id.0;
    fixture.publish("expenses", stream, ada, comment(0, &[], &[0, 1])).await;
    fixture.publish("expenses", stream, ada, comment(0, &[1], &[0, 1])).await;
    fixture.publish("expenses", stream, ada, comment(0, &[1], &[0])).await;
    fixture.publish("expenses", stream, ben, comment(1, &[], &[1])).await;

    let said = "Ada commented on \"Dinner\": Good!";
    assert_eq!(sentences(&told(&fixture, ben).await), [said; 3], "once for each, also if mentioned");
    assert_eq!(
        sentences(&told(&fixture, ada).await),
        Vec::<String>::new(),
        "no part of it, and nobody is told of oneself"
    );
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn the_end_of_an_import_is_told_to_who_imports() {
    let (fixture, ada, ben, group) = two_people().await;
    let import = ImportFacts { group_id: group.group_id, by: group.members[0].member_id, entries: 300 };
    fixture.publish("expenses", group.group_id.0, ada, Event::ImportFinished(import)).await;
    assert_eq!(sentences(&told(&fixture, ada).await), ["Ada imported 300 entries"]);
    assert_eq!(sentences(&told(&fixture, ben).await), Vec::<String>::new());
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_deleted_account_takes_its_notifications_along() {
    let (fixture, ada, ben, mut group) = two_people().await;
    let request = FriendRequestFacts { request_id: FriendRequestId::new(), from: ada, to: Some(ben) };
    fixture.publish("users", request.request_id.0, ada, Event::FriendshipRequested(request)).await;
    for (by, author) in [(ada, group.members[0].member_id), (ben, group.members[1].member_id)] {
        let dinner = ExpenseFacts { created_by: author, ..expense(&group, &DINNER) };
        fixture.publish("expenses", group.group_id.0, by, Event::ExpenseCreated(dinner)).await;
    }
    let read = "mutation { markNotificationsRead(upTo: \"2026-11-22T00:00:00Z\") }";
    fixture.subgraph.data(&person(ben), read, json!({})).await;
    let stored = |name: &str| fixture.subgraph.resources.database.collection::<Document>(name);
    let count = async |name| stored(name).count_documents(doc! {}).await.unwrap();
    assert_eq!((count("notifications").await, count("notification_readers").await), (3, 1));

    // The group's event may come first.
    group.members[1].left = true;
    fixture.publish("groups", group.group_id.0, ben, Event::GroupUpdated(facts(&group))).await;
    let gone = Event::UserDeleted(UserFacts { user_id: ben, name: String::new() });
    fixture.publish("users", ben.0, ben, gone).await;
    assert_eq!((count("notifications").await, count("notification_readers").await), (1, 0), "Ada keeps hers");
    assert_eq!(told(&fixture, ada).await["notifications"]["edges"].as_array().map(Vec::len), Some(1));
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_repeated_event_notifies_once() {
    let (fixture, _, ben, group) = two_people().await;
    let dinner = fixture.spend(&group, &DINNER).await;
    fixture.handle(&dinner).await;
    assert_eq!(told(&fixture, ben).await["notifications"]["totalCount"], 1);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn what_is_marked_as_read_stays_read() {
    let (fixture, _, ben, group) = two_people().await;
    fixture.spend(&group, &DINNER).await;
    let dinner = fixture.spend(&group, &DINNER).await;
    fixture.spend(&group, &DINNER).await;
    let mark = "mutation($upTo: DateTime!) { markNotificationsRead(upTo: $upTo) }";
    let up_to = |time: &str| json!({ "upTo": time });
    let marked = fixture.subgraph.data(&person(ben), mark, up_to(&dinner.time.to_string())).await;
    assert_eq!(marked["markNotificationsRead"], true);
    // An earlier time does not mark later notifications as unread.
    fixture.subgraph.data(&person(ben), mark, up_to("2000-01-01T00:00:00Z")).await;

    let told = told(&fixture, ben).await;
    let edges = told["notifications"]["edges"].as_array().unwrap();
    let read: Vec<_> = edges.iter().map(|edge| edge["node"]["read"].as_bool().unwrap()).collect();
    assert_eq!((read, &told["unreadNotifications"]), (vec![false, true, true], &json!(1)));
    let answer = fixture.subgraph.ask(&person(ben), mark, up_to("yesterday")).await;
    assert_eq!(answer["errors"][0]["extensions"], json!({ "code": "VALIDATION", "field": "upTo" }));
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn notifications_of_inaccessible_groups_are_hidden() {
    let (fixture, _, ben, mut group) = two_people().await;
    fixture.spend(&group, &DINNER).await;
    for query in [NOTIFICATIONS, "mutation { markNotificationsRead(upTo: \"2026-11-22T09:00:00Z\") }"] {
        let answer = fixture.subgraph.ask(&Caller::anonymous(), query, json!({})).await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");
    }
    assert_eq!(told(&fixture, UserId::new()).await["notifications"]["totalCount"], 0);
    group.members.truncate(1);
    fixture.change(&group);
    let removed = told(&fixture, ben).await;
    assert_eq!((&removed["notifications"]["totalCount"], &removed["unreadNotifications"]), (&json!(0), &json!(0)));
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn an_activity_has_the_data_of_its_summary() {
    let (fixture, ada, ben, group) = two_people().await;
    fixture.publish("payments", group.group_id.0, ben, Event::PaymentProcessed(payment(&group))).await;
    let fields = "activity(first: 1) { edges { node { type member { id } receiver { id } amount { amount currency }
        description ownEffect { amount } } } }";
    let feed = fixture.entity(ada, group_key(group.group_id), fields).await;
    let member = |place: usize| json!({ "id": group.members[place].member_id.to_string() });
    assert_eq!(
        feed["activity"]["edges"][0]["node"],
        json!({
            "type": "payment.processed", "member": member(1), "receiver": member(0), "description": null,
            "amount": { "amount": "20.00", "currency": "EUR" }, "ownEffect": [{ "amount": "-20.00" }],
        })
    );
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_friend_request_and_its_acceptance_are_told_to_the_other() {
    let fixture = Fixture::open().await;
    let (ada, ben) = (fixture.user("Ada").await, fixture.user("Ben").await);
    let request = FriendRequestFacts { request_id: FriendRequestId::new(), from: ada, to: Some(ben) };
    let asked = fixture.publish("users", ada.0, ada, Event::FriendshipRequested(request.clone())).await;
    assert_eq!(fixture.handle(&asked).await, Handled::Done);
    let unknown = FriendRequestFacts { request_id: FriendRequestId::new(), to: None, ..request };
    fixture.publish("users", ada.0, ada, Event::FriendshipRequested(unknown)).await;
    let began = Event::FriendshipBegan(FriendshipFacts { user_ids: [ben, ada] });
    fixture.publish("users", ben.0, ben, began).await;

    for (user, kind, summary, actor) in [
        (ben, "friendship.requested", "Ada asks to be your friend", ada),
        (ada, "friendship.began", "Ben is your friend now", ben),
    ] {
        let read = fixture.subgraph.data(&person(user), BETWEEN_FRIENDS, json!({})).await;
        let actor = json!({ "id": actor.to_string() });
        let node = json!({ "type": kind, "summary": summary, "group": null, "activity": { "actor": actor } });
        assert_eq!(read["notifications"]["edges"], json!([{ "node": node }]));
        assert_eq!(read["unreadNotifications"], 1);
    }
    let feed = fixture.entity(ada, user_key(ada), "activity { edges { node { type } } }").await;
    assert_eq!(feed["activity"]["edges"], json!([]), "it is nothing for a feed");
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn who_is_added_to_a_group_is_told_and_who_joins_or_is_a_guest_is_not() {
    let (fixture, ada, ben, mut group) = two_people().await;
    let cleo = fixture.user("Cleo").await;
    let join = async |group: &mut Roster, user_id: Option<UserId>, name: &str, by: UserId| {
        let member_id = MemberId::new();
        group.members.push(MemberFacts { member_id, user_id, name: name.to_owned(), left: false });
        fixture.change(group);
        let change = MemberChange { group: facts(group), member_id, claim: None };
        fixture.publish("groups", group.group_id.0, by, Event::MemberJoined(change)).await;
    };
    join(&mut group, Some(cleo), "Cleo", ada).await;
    join(&mut group, None, "Guest", ben).await;
    let dora = fixture.user("Dora").await;
    join(&mut group, Some(dora), "Dora", dora).await;

    let told = fixture.subgraph.data(&person(cleo), NOTIFICATIONS, json!({})).await;
    let [edge] = &told["notifications"]["edges"].as_array().unwrap()[..] else { panic!("one: {told:#}") };
    assert_eq!(edge["node"]["type"], "group.member_joined");
    assert_eq!(edge["node"]["summary"], "Ada added Cleo to the group");
    for user in [ada, ben, dora] {
        let told = fixture.subgraph.data(&person(user), NOTIFICATIONS, json!({})).await;
        assert_eq!(told["notifications"]["edges"], json!([]));
    }
    fixture.subgraph.close().await;
}
