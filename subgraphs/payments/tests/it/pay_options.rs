//! Ways to pay a proposed transfer outside of Quits, and who can see them.

use contracts::pay_handles::PayHandle;
use kit::{
    Caller,
    testing::{person, through_router},
};
use serde_json::{Value, json};

use crate::fixture::Fixture;

const OPTIONS: &str = "query($r: [_Any!]!) { _entities(representations: $r) { ... on Group { settlement { transfers {
    from { id } payOptions { kind label holder link qr } } } } } }";

/// A group in which the second and the third user owe the first 33.33 each; the first has a bank account and a page.
async fn owed() -> Fixture {
    let fixture = Fixture::open().await;
    let member = |place| fixture.member(place);
    let debts = [(member(1), member(0), 33_33, "EUR"), (member(2), member(0), 33_33, "EUR")];
    fixture.ledgers.set(fixture.group.group_id, &debts);
    let (iban, holder) = ("DE89370400440532013000".to_owned(), "Ada Lovelace".to_owned());
    let upi = PayHandle::Upi { id: "ada@okbank".to_owned(), holder: holder.clone() };
    let handles = vec![PayHandle::Iban { iban, holder }, upi, PayHandle::Paypal { name: "ada".to_owned() }];
    fixture.handles.known.lock().unwrap().insert(fixture.users[0], handles);
    fixture
}

/// Returns the ways to pay each transfer, as the caller sees them.
async fn options(fixture: &Fixture, caller: &Caller) -> Vec<Value> {
    options_in(fixture, caller, OPTIONS).await
}

async fn options_in(fixture: &Fixture, caller: &Caller, query: &str) -> Vec<Value> {
    let answer = fixture.subgraph.data(caller, query, json!({ "r": [fixture.represented()] })).await;
    let transfers = answer["_entities"][0]["settlement"]["transfers"].as_array().unwrap().clone();
    transfers.into_iter().map(|mut transfer| transfer["payOptions"].take()).collect()
}

#[tokio::test]
async fn only_the_payer_sees_the_ways_to_pay() {
    let fixture = owed().await;
    let expected = json!([
        {
            "kind": "IBAN", "label": "DE89 3704 0044 0532 0130 00", "holder": "Ada Lovelace", "link": null,
            "qr": "BCD\n002\n1\nSCT\n\nAda Lovelace\nDE89370400440532013000\nEUR33.33\n\n\nTrip",
        },
        { "kind": "PAYPAL", "label": "paypal.me/ada", "holder": null, "link": "https://paypal.me/ada/33.33EUR",
            "qr": null },
    ]);
    for payer in [1, 2] {
        let seen = options(&fixture, &fixture.router(payer)).await;
        assert_eq!(seen.iter().filter(|options| **options == expected).count(), 1, "{seen:#?}");
        assert_eq!(
            seen.iter().filter(|options| **options == json!([])).count(),
            1,
            "not those of the other's transfer"
        );
    }
    fixture.handles.asked.lock().unwrap().clear();
    assert_eq!(options(&fixture, &fixture.router(0)).await, [json!([]), json!([])]);
    assert!(fixture.handles.asked.lock().unwrap().is_empty(), "nobody is asked for what nobody may see");
    let stranger = through_router(person(contracts::UserId::new()));
    let answer = fixture.subgraph.data(&stranger, OPTIONS, json!({ "r": [fixture.represented()] })).await;
    assert_eq!(answer["_entities"], json!([null]));
    let anonymous = through_router(Caller::anonymous());
    let code = fixture.subgraph.code(&anonymous, OPTIONS, json!({ "r": [fixture.represented()] })).await;
    assert_eq!(code, "UNAUTHENTICATED");
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn who_pays_for_a_household_sees_how_to_pay_for_all_of_it() {
    let mut fixture = owed().await;
    fixture.settle_together(&[1, 2]);
    let query = OPTIONS.replace("settlement {", "settlement(perHousehold: true) {");
    // Both owe the same, so the first by id pays.
    let (payer, other) = if fixture.member(1) < fixture.member(2) { (1, 2) } else { (2, 1) };
    let seen = options_in(&fixture, &fixture.router(payer), &query).await;
    let [ways] = &seen[..] else { panic!("one transfer: {seen:#?}") };
    assert_eq!((&ways[0]["kind"], &ways[1]["kind"]), (&json!("IBAN"), &json!("PAYPAL")));
    assert!(ways[0]["qr"].as_str().unwrap().contains("EUR66.66"), "{ways:#}");
    assert_eq!(options_in(&fixture, &fixture.router(other), &query).await, [json!([])]);
    // Alone, each pays the own part.
    assert_eq!(options(&fixture, &fixture.router(payer)).await.len(), 2);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn the_routers_representation_reveals_no_handles() {
    // Expenses itself reports no debts.
    let fixture = owed().await;
    fixture.ledgers.set(fixture.group.group_id, &[]);
    assert_eq!(options(&fixture, &fixture.router(1)).await, [json!([]), json!([])]);
    assert!(fixture.handles.asked.lock().unwrap().is_empty());
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_former_member_who_still_owes_sees_how_to_pay() {
    let mut fixture = owed().await;
    fixture.leave(1);
    let query = "query($r: [_Any!]!) { _entities(representations: $r) { ... on User {
        formerGroups { transfers { payOptions { kind } } } } } }";
    let user = json!({
        "__typename": "User",
        "id": fixture.users[1].to_string(),
        "memberships": [{ "groupId": fixture.group.group_id.to_string(), "memberId": fixture.member(1).to_string(),
            "name": "Trip", "simplify": true }],
        "expenseNets": [{ "groupId": fixture.group.group_id.to_string(), "nets": fixture.represented()["expenseNets"] }],
    });
    let answer = fixture.subgraph.data(&fixture.router(1), query, json!({ "r": [user] })).await;
    let options = &answer["_entities"][0]["formerGroups"][0]["transfers"][0]["payOptions"];
    assert_eq!(*options, json!([{ "kind": "IBAN" }, { "kind": "PAYPAL" }]));
    fixture.subgraph.close().await;
}
