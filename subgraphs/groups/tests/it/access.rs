//! Authorisation: anonymous callers, strangers and made-up ids.

use contracts::{GroupId, InviteId};
use kit::{Caller, testing::through_router};
use serde_json::json;

use crate::fixture::{Fixture, code, id};

const OPERATIONS: [&str; 6] = [
    "query ($id: ID!) { group(id: $id) { id } }",
    "mutation ($id: ID!) { addGuest(groupId: $id, name: \"Eve\") { id } }",
    "mutation ($id: ID!) { createInvite(groupId: $id) { id } }",
    "mutation ($id: ID!) { createInvite(groupId: $id, maxUses: 0) { id } }",
    "mutation ($id: ID!) { addGuest(groupId: $id, name: \"\") { id } }",
    "mutation ($id: ID!) { leaveGroup(groupId: $id) }",
];

#[tokio::test]
async fn an_anonymous_caller_must_sign_in() {
    let fixture = Fixture::open().await;
    let ada = fixture.person("Ada");
    let group = fixture.group(&ada).await;
    let invite = fixture.invite(&ada, &group, None).await;
    for caller in [Caller::anonymous(), through_router(Caller::anonymous())] {
        for operation in OPERATIONS {
            let code = fixture.subgraph.code(&caller, operation, json!({ "id": group })).await;
            assert_eq!(code, "UNAUTHENTICATED", "{operation}");
        }
        for (operation, argument) in [
            ("query ($id: Int) { groups(first: $id) { totalCount } }", json!(null)),
            ("mutation ($id: ID!) { revokeInvite(id: $id) }", invite["id"].clone()),
            ("mutation ($id: String!) { joinGroup(token: $id) { id } }", invite["token"].clone()),
            ("mutation ($id: CurrencyCode!) { createGroup(input: {name: \"x\", currency: $id}) { id } }", json!("x")),
        ] {
            let code = fixture.subgraph.code(&caller, operation, json!({ "id": argument })).await;
            assert_eq!(code, "UNAUTHENTICATED", "{operation}");
        }
    }
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_group_does_not_exist_for_a_stranger() {
    let fixture = Fixture::open().await;
    let (ada, eve) = (fixture.person("Ada"), fixture.person("Eve"));
    let group = fixture.group(&ada).await;
    for id in [group, GroupId::new().to_string(), "nonsense".to_owned(), String::new()] {
        for operation in OPERATIONS {
            let code = fixture.subgraph.code(&eve, operation, json!({ "id": id })).await;
            assert_eq!(code, "GROUP_NOT_FOUND", "{operation} {id}");
        }
    }
    let list = fixture.subgraph.data(&eve, "{ groups { totalCount } }", json!({})).await;
    assert_eq!(list["groups"]["totalCount"], 0);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn an_invitation_does_not_exist_for_a_stranger() {
    let fixture = Fixture::open().await;
    let (ada, eve) = (fixture.person("Ada"), fixture.person("Eve"));
    let group = fixture.group(&ada).await;
    let invite = fixture.invite(&ada, &group, None).await;
    let revoke = "mutation ($id: ID!) { revokeInvite(id: $id) }";
    for id in [id(&invite), InviteId::new().to_string(), "nonsense".to_owned()] {
        assert_eq!(fixture.subgraph.code(&eve, revoke, json!({ "id": id })).await, "INVITE_NOT_FOUND");
    }
    // The id of an invitation cannot be used as its token.
    assert_eq!(code(&fixture.try_join(&eve, &id(&invite), None).await), "INVITE_NOT_FOUND");
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn only_the_router_may_ask_for_entities() {
    let fixture = Fixture::open().await;
    let ada = fixture.person("Ada");
    let group = fixture.group(&ada).await;
    let query = "query ($of: [_Any!]!) { _entities(representations: $of) { ... on Group { name } } }";
    let of = json!({ "of": [{ "__typename": "Group", "id": group }] });
    assert_eq!(fixture.subgraph.code(&ada, query, of.clone()).await, "UNAUTHENTICATED");
    assert_eq!(fixture.subgraph.code(&through_router(Caller::anonymous()), query, of.clone()).await, "UNAUTHENTICATED");
    let data = fixture.subgraph.data(&through_router(ada), query, of).await;
    assert_eq!(data["_entities"][0]["name"], "Lisbon");
    fixture.subgraph.close().await;
}
