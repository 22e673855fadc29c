//! Links are made and taken back.

use serde_json::json;

use crate::house::{House, id};

const INVITE: &str = "mutation ($id: ID!, $uses: Int, $hours: Int) {
    createInvite(groupId: $id, maxUses: $uses, expiresInHours: $hours) { id } }";
const REVOKE: &str = "mutation ($id: ID!) { revokeInvite(id: $id) }";

#[tokio::test]
async fn numbers_outside_their_range_are_refused_at_their_field() {
    let house = House::open().await;
    let ada = house.person("Ada");
    let group = house.group(&ada).await;
    let cases = [
        (json!({ "hours": 0 }), "expiresInHours"),
        (json!({ "hours": 8761 }), "expiresInHours"),
        (json!({ "uses": 0 }), "maxUses"),
        (json!({ "uses": 1001 }), "maxUses"),
    ];
    for (mut variables, field) in cases {
        variables["id"] = json!(group);
        let answer = house.bed.ask(&ada, INVITE, variables).await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], "VALIDATION", "{answer:#}");
        assert_eq!(answer["errors"][0]["extensions"]["field"], field);
    }
    house.bed.data(&ada, INVITE, json!({ "id": group, "uses": 1000, "hours": 8760 })).await;
    house.bed.close().await;
}

#[tokio::test]
async fn its_maker_and_the_owner_can_revoke_it_and_nobody_else() {
    let house = House::open().await;
    let (ada, bob, cleo, eve) = (house.person("Ada"), house.person("Bob"), house.person("Cleo"), house.person("Eve"));
    let group = house.pair(&ada, &bob).await;
    let token = house.token(&ada, &group).await;
    house.join(&cleo, &token, None).await;
    let by_bob = house.invite(&bob, &group, None).await;
    let also_by_bob = house.invite(&bob, &group, None).await;

    assert_eq!(house.bed.code(&cleo, REVOKE, json!({ "id": id(&by_bob) })).await, "NOT_ALLOWED");
    assert_eq!(house.bed.code(&eve, REVOKE, json!({ "id": id(&by_bob) })).await, "INVITE_NOT_FOUND");
    assert_eq!(house.bed.data(&bob, REVOKE, json!({ "id": id(&by_bob) })).await["revokeInvite"], true);
    assert_eq!(house.bed.data(&ada, REVOKE, json!({ "id": id(&also_by_bob) })).await["revokeInvite"], true);
    house.bed.close().await;
}
