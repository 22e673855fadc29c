//! Permissions of roles, tested for each cell of the table, and changes of roles.

use contracts::MemberId;
use kit::Caller;
use serde_json::json;

use crate::fixture::{Fixture, id};

const CHANGE: &str = "mutation ($id: ID!, $role: Role!) { changeRole(memberId: $id, role: $role) { role } }";
const HAND_OVER: &str = "mutation ($id: ID!) { handOverGroup(memberId: $id) { role } }";
const REMOVE: &str = "mutation ($id: ID!) { removeMember(memberId: $id) }";

/// The error codes for an owner, an admin, a member, a stranger and an anonymous caller; `None` if allowed.
type Expected = [Option<&'static str>; 5];

const EVERY_MEMBER: Expected = [None, None, None, Some("MEMBER_NOT_FOUND"), Some("UNAUTHENTICATED")];
const OWNER_AND_ADMIN: Expected = [None, None, Some("NOT_ALLOWED"), Some("MEMBER_NOT_FOUND"), Some("UNAUTHENTICATED")];
const OWNER: Expected =
    [None, Some("NOT_ALLOWED"), Some("NOT_ALLOWED"), Some("MEMBER_NOT_FOUND"), Some("UNAUTHENTICATED")];

/// Each action, on members of each role, by each caller. Each combination has a group of its own.
#[tokio::test]
async fn each_role_may_do_what_the_table_says_to_members() {
    let rename = "mutation ($id: ID!) { renameGuest(memberId: $id, name: \"Eva\") { name } }";
    let promote = "mutation ($id: ID!) { changeRole(memberId: $id, role: ADMIN) { role } }";
    for (action, target, expected) in [
        (rename, "Guest", EVERY_MEMBER),
        (REMOVE, "Guest", OWNER_AND_ADMIN),
        (REMOVE, "Other member", OWNER_AND_ADMIN),
        (REMOVE, "Other admin", OWNER),
        (REMOVE, "Other owner", OWNER),
        (promote, "Other member", OWNER),
        (HAND_OVER, "Other member", OWNER),
    ] {
        for (place, expected) in expected.into_iter().enumerate() {
            let (fixture, callers, group) = everybody().await;
            let target_id = id(&fixture.member(&callers[0], &group, target).await);
            let answer = fixture.subgraph.ask(&callers[place], action, json!({ "id": target_id })).await;
            let code = answer["errors"][0]["extensions"]["code"].as_str();
            assert_eq!(code, expected, "{action} on {target} by {place}: {answer:#}");
            fixture.subgraph.close().await;
        }
    }
}

#[tokio::test]
async fn each_role_may_do_what_the_table_says_to_the_group() {
    let (fixture, callers, group) = everybody().await;
    let everybody = [None, None, None, Some("GROUP_NOT_FOUND"), Some("UNAUTHENTICATED")];
    let no_member = [None, None, Some("NOT_ALLOWED"), Some("GROUP_NOT_FOUND"), Some("UNAUTHENTICATED")];
    for (action, expected) in [
        ("query ($id: ID!) { group(id: $id) { invites { id createdBy { name } } } }", everybody),
        ("mutation ($id: ID!) { createInvite(groupId: $id) { id } }", everybody),
        ("mutation ($id: ID!) { archiveGroup(id: $id) { id } }", no_member),
        ("mutation ($id: ID!) { restoreGroup(id: $id) { id } }", no_member),
    ] {
        for (caller, expected) in callers.iter().zip(expected) {
            let answer = fixture.subgraph.ask(caller, action, json!({ "id": group })).await;
            assert_eq!(answer["errors"][0]["extensions"]["code"].as_str(), expected, "{action}: {answer:#}");
        }
    }
    let edit = "mutation ($id: ID!, $version: Int!) {
        updateGroup(input: {id: $id, expectedVersion: $version, name: \"Porto\"}) { id } }";
    for (caller, expected) in callers.iter().zip(no_member) {
        let version = fixture.read(&callers[0], &group).await["version"].take();
        let answer = fixture.subgraph.ask(caller, edit, json!({ "id": group, "version": version })).await;
        assert_eq!(answer["errors"][0]["extensions"]["code"].as_str(), expected, "{answer:#}");
    }
    fixture.subgraph.close().await;
}

/// Creates an owner, an admin, a member, a stranger and an anonymous caller, and a group that also has other members.
async fn everybody() -> (Fixture, [Caller; 5], String) {
    let fixture = Fixture::open().await;
    let people = ["Owner", "Admin", "Member"].map(|name| fixture.person(name));
    let group = fixture.trio(&people).await;
    fixture.guest(&people[0], &group, "Guest").await;
    let token = fixture.token(&people[0], &group).await;
    for (name, role) in [("Other owner", "OWNER"), ("Other admin", "ADMIN"), ("Other member", "MEMBER")] {
        let member = id(&fixture.join(&fixture.person(name), &token, None).await);
        fixture.subgraph.data(&people[0], CHANGE, json!({ "id": member, "role": role })).await;
    }
    let [owner, admin, member] = people;
    let stranger = fixture.person("Stranger");
    (fixture, [owner, admin, member, stranger, Caller::anonymous()], group)
}

#[tokio::test]
async fn the_only_owner_stays_owner_until_there_is_another() {
    let fixture = Fixture::open().await;
    let (ada, bob) = (fixture.person("Ada"), fixture.person("Bob"));
    let group = fixture.pair(&ada, &bob).await;
    let own = fixture.own_member(&ada, &group).await;
    let other = fixture.own_member(&bob, &group).await;

    for role in ["ADMIN", "MEMBER"] {
        let code = fixture.subgraph.code(&ada, CHANGE, json!({ "id": own, "role": role })).await;
        assert_eq!(code, "NOT_ALLOWED");
    }
    fixture.subgraph.data(&ada, CHANGE, json!({ "id": other, "role": "OWNER" })).await;
    fixture.subgraph.data(&ada, CHANGE, json!({ "id": own, "role": "MEMBER" })).await;

    assert_eq!(fixture.member(&ada, &group, "Ada").await["role"], "MEMBER");
    assert_eq!(fixture.member(&ada, &group, "Bob").await["role"], "OWNER");
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn ownership_is_handed_over_in_one_step() {
    let fixture = Fixture::open().await;
    let (ada, bob) = (fixture.person("Ada"), fixture.person("Bob"));
    let group = fixture.pair(&ada, &bob).await;
    let other = fixture.own_member(&bob, &group).await;

    assert_eq!(fixture.subgraph.data(&ada, HAND_OVER, json!({ "id": other })).await["handOverGroup"]["role"], "OWNER");

    assert_eq!(fixture.member(&ada, &group, "Ada").await["role"], "ADMIN");
    assert_eq!(fixture.member(&ada, &group, "Bob").await["role"], "OWNER");
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn guests_and_unknown_members_get_no_role() {
    let fixture = Fixture::open().await;
    let (ada, bob) = (fixture.person("Ada"), fixture.person("Bob"));
    let group = fixture.pair(&ada, &bob).await;
    let guest = id(&fixture.guest(&ada, &group, "Guest").await);
    let left = fixture.own_member(&bob, &group).await;
    fixture.leave(&bob, &group).await;

    for role in ["OWNER", "ADMIN"] {
        assert_eq!(fixture.subgraph.code(&ada, CHANGE, json!({ "id": guest, "role": role })).await, "VALIDATION");
    }
    assert_eq!(fixture.subgraph.code(&ada, HAND_OVER, json!({ "id": guest })).await, "VALIDATION");
    for id in [left, MemberId::new().to_string(), "nonsense".to_owned()] {
        let variables = json!({ "id": id, "role": "ADMIN" });
        assert_eq!(fixture.subgraph.code(&ada, CHANGE, variables.clone()).await, "MEMBER_NOT_FOUND");
        assert_eq!(fixture.subgraph.code(&ada, REMOVE, json!({ "id": id })).await, "MEMBER_NOT_FOUND");
    }
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_removed_member_is_shown_as_left_and_can_rejoin_by_invitation() {
    let fixture = Fixture::open().await;
    let (ada, bob) = (fixture.person("Ada"), fixture.person("Bob"));
    let group = fixture.pair(&ada, &bob).await;
    let own = fixture.own_member(&ada, &group).await;
    let other = fixture.own_member(&bob, &group).await;

    assert_eq!(fixture.subgraph.code(&ada, REMOVE, json!({ "id": own })).await, "NOT_ALLOWED");
    assert_eq!(fixture.subgraph.data(&ada, REMOVE, json!({ "id": other })).await["removeMember"], true);

    assert_eq!(fixture.member(&ada, &group, "Bob").await["state"], "LEFT");
    let token = fixture.token(&ada, &group).await;
    assert_eq!(fixture.join(&bob, &token, None).await["id"], other);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_renamed_guest_gets_a_unique_name() {
    let fixture = Fixture::open().await;
    let ada = fixture.person("Ada");
    let group = fixture.group(&ada).await;
    let guest = id(&fixture.guest(&ada, &group, "Bob").await);
    let own = fixture.own_member(&ada, &group).await;
    let rename = "mutation ($id: ID!, $name: String!) { renameGuest(memberId: $id, name: $name) { name } }";

    for name in ["ada", " ", "a\nb"] {
        assert_eq!(fixture.subgraph.code(&ada, rename, json!({ "id": guest, "name": name })).await, "VALIDATION");
    }
    let renamed = fixture.subgraph.data(&ada, rename, json!({ "id": guest, "name": "BOB" })).await;
    assert_eq!(renamed["renameGuest"]["name"], "BOB");
    assert_eq!(fixture.subgraph.code(&ada, rename, json!({ "id": own, "name": "Eve" })).await, "MEMBER_NOT_FOUND");
    fixture.subgraph.close().await;
}
