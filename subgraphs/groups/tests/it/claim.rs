//! Claiming a guest by joining.

use serde_json::json;

use crate::fixture::{Fixture, code, id};

#[tokio::test]
async fn the_guest_becomes_the_user_and_stays_the_same_member() {
    let fixture = Fixture::open().await;
    let (ada, bob) = (fixture.person("Ada"), fixture.person("Robert"));
    let group = fixture.group(&ada).await;
    let guest = id(&fixture.guest(&ada, &group, "Bob").await);
    let token = fixture.token(&ada, &group).await;

    let member = fixture.join(&bob, &token, Some(&guest)).await;

    assert_eq!(member["id"], guest);
    assert_eq!(member["name"], "Robert");
    assert_eq!(member["isGuest"], false);
    assert_eq!(member["user"]["id"], bob.user().unwrap().to_string());
    assert_eq!(fixture.read(&ada, &group).await["members"].as_array().unwrap().len(), 2);
    // The client can retry after a lost response.
    assert_eq!(fixture.join(&bob, &token, Some(&guest)).await, member);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn only_an_unclaimed_guest_of_the_group_can_be_claimed() {
    let fixture = Fixture::open().await;
    let (ada, bob, eve) = (fixture.person("Ada"), fixture.person("Bob"), fixture.person("Eve"));
    let group = fixture.group(&ada).await;
    let guest = id(&fixture.guest(&ada, &group, "Bobby").await);
    let elsewhere = fixture.create(&ada, json!({ "name": "Rome", "currency": "EUR", "guests": ["Evi"] })).await;
    let token = fixture.token(&ada, &group).await;
    fixture.join(&bob, &token, Some(&guest)).await;
    let owner = id(&fixture.member(&ada, &group, "Ada").await);

    for claim in [guest.as_str(), &owner, elsewhere["members"][1]["id"].as_str().unwrap(), "nonsense"] {
        let answer = fixture.try_join(&eve, &token, Some(claim)).await;
        assert_eq!(code(&answer), "VALIDATION");
        assert_eq!(answer["errors"][0]["extensions"]["field"], "claimMemberId");
    }
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn current_and_former_members_cannot_claim() {
    let fixture = Fixture::open().await;
    let (ada, bob) = (fixture.person("Ada"), fixture.person("Bob"));
    let group = fixture.pair(&ada, &bob).await;
    let guest = id(&fixture.guest(&ada, &group, "Bobby").await);
    let token = fixture.token(&ada, &group).await;

    assert_eq!(code(&fixture.try_join(&bob, &token, Some(&guest)).await), "NOT_ALLOWED");
    fixture.leave(&bob, &group).await;
    assert_eq!(code(&fixture.try_join(&bob, &token, Some(&guest)).await), "NOT_ALLOWED");
    assert_eq!(fixture.member(&ada, &group, "Bobby").await["isGuest"], true);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn one_of_two_concurrent_claims_succeeds() {
    let fixture = Fixture::open().await;
    let (ada, bob, eve) = (fixture.person("Ada"), fixture.person("Bob"), fixture.person("Eve"));
    let group = fixture.group(&ada).await;
    let guest = id(&fixture.guest(&ada, &group, "Bobby").await);
    let token = fixture.token(&ada, &group).await;

    let (one, other) =
        tokio::join!(fixture.try_join(&bob, &token, Some(&guest)), fixture.try_join(&eve, &token, Some(&guest)));

    let refused: Vec<_> = [one, other].into_iter().filter(|answer| answer.get("errors").is_some()).collect();
    assert_eq!(refused.len(), 1);
    assert_eq!(code(&refused[0]), "VALIDATION");
    fixture.subgraph.close().await;
}
