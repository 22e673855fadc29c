//! Leaving a group and rejoining it.

use serde_json::json;

use crate::fixture::Fixture;

#[tokio::test]
async fn a_member_who_leaves_stays_as_a_former_member() {
    let fixture = Fixture::open().await;
    let (ada, bob) = (fixture.person("Ada"), fixture.person("Bob"));
    let group = fixture.pair(&ada, &bob).await;

    fixture.leave(&bob, &group).await;

    assert_eq!(fixture.member(&ada, &group, "Bob").await["state"], "LEFT");
    let list = fixture.subgraph.data(&bob, "{ groups { totalCount } }", json!({})).await;
    assert_eq!(list["groups"]["totalCount"], 0);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_group_does_not_exist_for_former_members() {
    let fixture = Fixture::open().await;
    let people = ["Ada", "Bob", "Cleo"].map(|name| fixture.person(name));
    let group = fixture.trio(&people).await;
    let [ada, bob, cleo] = people;
    let invite = fixture.invite(&bob, &group, None).await;
    let member = fixture.own_member(&ada, &group).await;
    let removed = fixture.own_member(&cleo, &group).await;
    fixture.leave(&bob, &group).await;
    fixture.subgraph.data(&ada, "mutation ($id: ID!) { removeMember(memberId: $id) }", json!({ "id": removed })).await;

    for former in [bob, cleo] {
        for action in [
            "query ($id: ID!) { group(id: $id) { id } }",
            "mutation ($id: ID!) { addGuest(groupId: $id, name: \"Eve\") { id } }",
            "mutation ($id: ID!) { createInvite(groupId: $id) { id } }",
            "mutation ($id: ID!) { leaveGroup(groupId: $id) }",
            "mutation ($id: ID!) { archiveGroup(id: $id) { id } }",
            "mutation ($id: ID!) { restoreGroup(id: $id) { id } }",
            "mutation ($id: ID!) { updateGroup(input: {id: $id, expectedVersion: 1}) { id } }",
        ] {
            assert_eq!(
                fixture.subgraph.code(&former, action, json!({ "id": group })).await,
                "GROUP_NOT_FOUND",
                "{action}"
            );
        }
        for action in [
            "mutation ($id: ID!) { renameGuest(memberId: $id, name: \"Eve\") { id } }",
            "mutation ($id: ID!) { changeRole(memberId: $id, role: MEMBER) { id } }",
            "mutation ($id: ID!) { handOverGroup(memberId: $id) { id } }",
            "mutation ($id: ID!) { removeMember(memberId: $id) }",
        ] {
            let code = fixture.subgraph.code(&former, action, json!({ "id": member })).await;
            assert_eq!(code, "MEMBER_NOT_FOUND", "{action}");
        }
        let revoke = "mutation ($id: ID!) { revokeInvite(id: $id) }";
        let code = fixture.subgraph.code(&former, revoke, json!({ "id": invite["id"] })).await;
        assert_eq!(code, "INVITE_NOT_FOUND");
    }
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn leaving_with_an_open_balance_must_be_forced() {
    let fixture = Fixture::open().await;
    let (ada, bob) = (fixture.person("Ada"), fixture.person("Bob"));
    let group = fixture.pair(&ada, &bob).await;
    let member = fixture.own_member(&bob, &group).await;
    let leave = "mutation ($id: ID!, $force: Boolean) { leaveGroup(groupId: $id, force: $force) }";
    fixture.facts.expenses.add(&member, -1_000);
    fixture.facts.payments.add(&member, 999);

    for force in [json!(null), json!(false)] {
        let code = fixture.subgraph.code(&bob, leave, json!({ "id": group, "force": force })).await;
        assert_eq!(code, "OPEN_BALANCE");
    }
    assert_eq!(fixture.member(&ada, &group, "Bob").await["state"], "ACTIVE");
    // Balances of other members do not prevent leaving.
    fixture.leave(&ada, &group).await;

    fixture.facts.payments.add(&member, 1);
    fixture.leave(&bob, &group).await;
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_forced_leave_keeps_the_balance() {
    let fixture = Fixture::open().await;
    let (ada, bob) = (fixture.person("Ada"), fixture.person("Bob"));
    let group = fixture.pair(&ada, &bob).await;
    fixture.facts.expenses.add(&fixture.own_member(&bob, &group).await, 1);

    let leave = "mutation ($id: ID!) { leaveGroup(groupId: $id, force: true) }";
    assert_eq!(fixture.subgraph.data(&bob, leave, json!({ "id": group })).await["leaveGroup"], true);

    assert_eq!(fixture.member(&ada, &group, "Bob").await["state"], "LEFT");
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn rejoining_gives_the_same_member() {
    let fixture = Fixture::open().await;
    let (ada, bob) = (fixture.person("Ada"), fixture.person("Bob"));
    let group = fixture.pair(&ada, &bob).await;
    let before = fixture.member(&ada, &group, "Bob").await;
    fixture.leave(&bob, &group).await;
    let token = fixture.token(&ada, &group).await;

    let after = fixture.join(&bob, &token, None).await;

    assert_eq!(after["id"], before["id"]);
    assert_eq!(after["state"], "ACTIVE");
    assert_eq!(fixture.read(&ada, &group).await["members"].as_array().unwrap().len(), 2);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn the_longest_standing_member_succeeds_the_last_owner() {
    let fixture = Fixture::open().await;
    let (ada, bob, cleo) = (fixture.person("Ada"), fixture.person("Bob"), fixture.person("Cleo"));
    let group = fixture.pair(&ada, &bob).await;
    fixture.guest(&ada, &group, "Guest").await;
    let token = fixture.token(&ada, &group).await;
    fixture.join(&cleo, &token, None).await;

    fixture.leave(&ada, &group).await;

    assert_eq!(fixture.member(&bob, &group, "Bob").await["role"], "OWNER");
    assert_eq!(fixture.member(&bob, &group, "Cleo").await["role"], "MEMBER");
    assert_eq!(fixture.join(&ada, &token, None).await["role"], "MEMBER");
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_user_who_joins_a_group_without_users_becomes_the_owner() {
    let fixture = Fixture::open().await;
    let ada = fixture.person("Ada");
    let group = fixture.group(&ada).await;
    fixture.guest(&ada, &group, "Guest").await;
    let token = fixture.token(&ada, &group).await;

    fixture.leave(&ada, &group).await;

    assert_eq!(fixture.join(&ada, &token, None).await["role"], "OWNER");
    assert_eq!(fixture.member(&ada, &group, "Guest").await["role"], "MEMBER");
    fixture.subgraph.close().await;
}
