//! Creating and revoking invitations.

use serde_json::json;

use crate::fixture::{Fixture, code, id};

const INVITE: &str = "mutation ($id: ID!, $uses: Int, $hours: Int) {
    createInvite(groupId: $id, maxUses: $uses, expiresInHours: $hours) { id } }";
const REVOKE: &str = "mutation ($id: ID!) { revokeInvite(id: $id) }";

#[tokio::test]
async fn numbers_out_of_range_are_refused_with_their_field() {
    let fixture = Fixture::open().await;
    let ada = fixture.person("Ada");
    let group = fixture.group(&ada).await;
    let cases = [
        (json!({ "hours": 0 }), "expiresInHours"),
        (json!({ "hours": 8761 }), "expiresInHours"),
        (json!({ "uses": 0 }), "maxUses"),
        (json!({ "uses": 1001 }), "maxUses"),
    ];
    for (mut variables, field) in cases {
        variables["id"] = json!(group);
        let answer = fixture.subgraph.ask(&ada, INVITE, variables).await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], "VALIDATION", "{answer:#}");
        assert_eq!(answer["errors"][0]["extensions"]["field"], field);
    }
    fixture.subgraph.data(&ada, INVITE, json!({ "id": group, "uses": 1000, "hours": 8760 })).await;
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn only_the_creator_and_the_owner_can_revoke_an_invitation() {
    let fixture = Fixture::open().await;
    let (ada, bob, cleo, eve) =
        (fixture.person("Ada"), fixture.person("Bob"), fixture.person("Cleo"), fixture.person("Eve"));
    let group = fixture.pair(&ada, &bob).await;
    let token = fixture.token(&ada, &group).await;
    fixture.join(&cleo, &token, None).await;
    let by_bob = fixture.invite(&bob, &group, None).await;
    let also_by_bob = fixture.invite(&bob, &group, None).await;

    assert_eq!(fixture.subgraph.code(&cleo, REVOKE, json!({ "id": id(&by_bob) })).await, "NOT_ALLOWED");
    assert_eq!(fixture.subgraph.code(&eve, REVOKE, json!({ "id": id(&by_bob) })).await, "INVITE_NOT_FOUND");
    assert_eq!(fixture.subgraph.data(&bob, REVOKE, json!({ "id": id(&by_bob) })).await["revokeInvite"], true);
    assert_eq!(fixture.subgraph.data(&ada, REVOKE, json!({ "id": id(&also_by_bob) })).await["revokeInvite"], true);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn members_see_the_invitations_that_can_still_be_used_without_their_secrets() {
    let fixture = Fixture::open().await;
    let (ada, bob) = (fixture.person("Ada"), fixture.person("Bob"));
    let group = fixture.group(&ada).await;
    let once = fixture.invite(&ada, &group, Some(1)).await;
    let kept = fixture.invite(&ada, &group, Some(5)).await;
    let revoked = fixture.invite(&ada, &group, None).await;
    fixture.join(&bob, once["token"].as_str().unwrap(), None).await;
    fixture.subgraph.data(&ada, REVOKE, json!({ "id": id(&revoked) })).await;

    let list = "query ($id: ID!) { group(id: $id) { invites { id createdBy { name } createdAt maxUses uses } } }";
    let invites = fixture.subgraph.data(&bob, list, json!({ "id": group })).await["group"]["invites"].take();

    assert_eq!(invites.as_array().unwrap().len(), 1, "{invites:#}");
    assert_eq!(invites[0]["id"], kept["id"]);
    assert_eq!(invites[0]["createdBy"]["name"], "Ada");
    assert!(invites[0]["createdAt"].is_string());
    assert_eq!((&invites[0]["maxUses"], &invites[0]["uses"]), (&json!(5), &json!(0)));
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_group_has_at_most_fifty_open_invitations() {
    let fixture = Fixture::open().await;
    let ada = fixture.person("Ada");
    let group = fixture.group(&ada).await;
    let first = fixture.invite(&ada, &group, None).await;
    for _ in 1..50 {
        fixture.invite(&ada, &group, None).await;
    }
    assert_eq!(fixture.subgraph.code(&ada, INVITE, json!({ "id": group })).await, "NOT_ALLOWED");
    fixture.subgraph.data(&ada, REVOKE, json!({ "id": id(&first) })).await;
    fixture.invite(&ada, &group, None).await;
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn the_links_of_who_was_removed_work_for_nobody_and_not_after_the_maker_has_come_back() {
    let fixture = Fixture::open().await;
    let (ada, bob, cleo) = (fixture.person("Ada"), fixture.person("Bob"), fixture.person("Cleo"));
    let group = fixture.group(&ada).await;
    let guest = id(&fixture.guest(&ada, &group, "Guest").await);
    let of_ada = fixture.token(&ada, &group).await;
    let preview = "query ($token: String!) { invite(token: $token) { groupName } }";
    let list = "query ($id: ID!) { group(id: $id) { invites { createdBy { name } } } }";
    let remove = "mutation ($id: ID!) { removeMember(memberId: $id) }";
    let undo = "mutation ($id: ID!) { undoClaim(memberId: $id) { id } }";
    for (action, claim) in [(undo, Some(guest.as_str())), (remove, None)] {
        fixture.join(&bob, &of_ada, claim).await;
        let of_bob = fixture.token(&bob, &group).await;
        let member = fixture.own_member(&bob, &group).await;
        fixture.subgraph.data(&ada, action, json!({ "id": member })).await;

        for _ in 0..2 {
            let seen = fixture.subgraph.data(&cleo, preview, json!({ "token": of_bob })).await;
            assert!(seen["invite"].is_null());
            assert_eq!(code(&fixture.try_join(&cleo, &of_bob, None).await), "INVITE_NOT_FOUND");
            let invites = fixture.subgraph.data(&ada, list, json!({ "id": group })).await["group"]["invites"].take();
            assert_eq!(invites, json!([{ "createdBy": { "name": "Ada" } }]));
            // By the link of somebody else the person comes back.
            fixture.join(&bob, &of_ada, claim).await;
        }
        let anew = fixture.token(&bob, &group).await;
        assert!(!fixture.subgraph.data(&cleo, preview, json!({ "token": anew })).await["invite"].is_null());
        fixture.leave(&bob, &group).await;
        assert!(
            !fixture.subgraph.data(&cleo, preview, json!({ "token": anew })).await["invite"].is_null(),
            "who leaves"
        );
    }
    fixture.subgraph.close().await;
}
