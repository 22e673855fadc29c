//! A guest is claimed by somebody who joins.

use serde_json::json;

use crate::house::{House, code, id};

#[tokio::test]
async fn the_guest_becomes_the_user_and_stays_the_same_member() {
    let house = House::open().await;
    let (ada, bob) = (house.person("Ada"), house.person("Robert"));
    let group = house.group(&ada).await;
    let guest = id(&house.guest(&ada, &group, "Bob").await);
    let token = house.token(&ada, &group).await;

    let member = house.join(&bob, &token, Some(&guest)).await;

    assert_eq!(member["id"], guest);
    assert_eq!(member["name"], "Robert");
    assert_eq!(member["isGuest"], false);
    assert_eq!(member["user"]["id"], bob.user().unwrap().to_string());
    assert_eq!(house.read(&ada, &group).await["members"].as_array().unwrap().len(), 2);
    // A lost answer can be asked for again.
    assert_eq!(house.join(&bob, &token, Some(&guest)).await, member);
    house.bed.close().await;
}

#[tokio::test]
async fn only_an_unclaimed_guest_of_the_group_can_be_claimed() {
    let house = House::open().await;
    let (ada, bob, eve) = (house.person("Ada"), house.person("Bob"), house.person("Eve"));
    let group = house.group(&ada).await;
    let guest = id(&house.guest(&ada, &group, "Bobby").await);
    let elsewhere = house.create(&ada, json!({ "name": "Rome", "currency": "EUR", "guests": ["Evi"] })).await;
    let token = house.token(&ada, &group).await;
    house.join(&bob, &token, Some(&guest)).await;
    let owner = id(&house.member(&ada, &group, "Ada").await);

    for claim in [guest.as_str(), &owner, elsewhere["members"][1]["id"].as_str().unwrap(), "nonsense"] {
        let answer = house.try_join(&eve, &token, Some(claim)).await;
        assert_eq!(code(&answer), "VALIDATION");
        assert_eq!(answer["errors"][0]["extensions"]["field"], "claimMemberId");
    }
    house.bed.close().await;
}

#[tokio::test]
async fn who_is_or_was_in_the_group_cannot_claim() {
    let house = House::open().await;
    let (ada, bob) = (house.person("Ada"), house.person("Bob"));
    let group = house.pair(&ada, &bob).await;
    let guest = id(&house.guest(&ada, &group, "Bobby").await);
    let token = house.token(&ada, &group).await;

    assert_eq!(code(&house.try_join(&bob, &token, Some(&guest)).await), "NOT_ALLOWED");
    house.leave(&bob, &group).await;
    assert_eq!(code(&house.try_join(&bob, &token, Some(&guest)).await), "NOT_ALLOWED");
    assert_eq!(house.member(&ada, &group, "Bobby").await["isGuest"], true);
    house.bed.close().await;
}

#[tokio::test]
async fn of_two_who_claim_one_guest_exactly_one_gets_it() {
    let house = House::open().await;
    let (ada, bob, eve) = (house.person("Ada"), house.person("Bob"), house.person("Eve"));
    let group = house.group(&ada).await;
    let guest = id(&house.guest(&ada, &group, "Bobby").await);
    let token = house.token(&ada, &group).await;

    let (one, other) =
        tokio::join!(house.try_join(&bob, &token, Some(&guest)), house.try_join(&eve, &token, Some(&guest)));

    let refused: Vec<_> = [one, other].into_iter().filter(|answer| answer.get("errors").is_some()).collect();
    assert_eq!(refused.len(), 1);
    assert_eq!(code(&refused[0]), "VALIDATION");
    house.bed.close().await;
}
