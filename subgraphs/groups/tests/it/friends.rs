//! Adding friends to groups, and direct groups.

use contracts::{GroupId, UserId};
use futures::future::join_all;
use kit::Caller;
use serde_json::{Value, json};

use crate::fixture::Fixture;

const DIRECT: &str = "mutation ($friend: ID!, $currency: CurrencyCode!) {
    directGroup(friendId: $friend, currency: $currency) {
        id kind currency version members { name role state user { id } } } }";
const ADD: &str =
    "mutation ($group: ID!, $user: ID!) { addFriend(groupId: $group, userId: $user) { name role state } }";

fn id_of(caller: &Caller) -> String {
    caller.user().unwrap().to_string()
}

async fn direct(fixture: &Fixture, caller: &Caller, friend: &Caller) -> Value {
    let variables = json!({ "friend": id_of(friend), "currency": "EUR" });
    fixture.subgraph.data(caller, DIRECT, variables).await["directGroup"].take()
}

#[tokio::test]
async fn two_friends_have_one_direct_group_even_for_concurrent_requests() {
    let fixture = Fixture::open().await;
    let (ada, bob) = (fixture.person("Ada"), fixture.person("Bob"));
    fixture.befriend(&ada, &bob);

    let pairs = [(&ada, &bob), (&bob, &ada)].into_iter().cycle().take(8);
    let asked = pairs.map(|(caller, friend)| direct(&fixture, caller, friend));
    let groups = join_all(asked).await;

    assert!(groups.iter().all(|group| group["id"] == groups[0]["id"]), "{groups:#?}");
    assert_eq!(groups[0]["kind"], "DIRECT");
    assert_eq!(groups[0]["version"], 1);
    let members = groups[0]["members"].as_array().unwrap();
    assert!(members.iter().all(|member| member["role"] == "OWNER" && member["state"] == "ACTIVE"));
    let mut names: Vec<_> = members.iter().map(|member| member["name"].as_str().unwrap()).collect();
    names.sort_unstable();
    assert_eq!(names, ["Ada", "Bob"]);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_user_who_is_not_a_friend_is_refused() {
    let fixture = Fixture::open().await;
    let (ada, bob) = (fixture.person("Ada"), fixture.person("Bob"));
    let group = fixture.group(&ada).await;
    for user in [id_of(&bob), id_of(&ada), UserId::new().to_string(), "nonsense".to_owned()] {
        let code = fixture.subgraph.code(&ada, DIRECT, json!({ "friend": user, "currency": "EUR" })).await;
        assert_eq!(code, "NOT_A_FRIEND");
        assert_eq!(fixture.subgraph.code(&ada, ADD, json!({ "group": group, "user": user })).await, "NOT_A_FRIEND");
    }
    let anonymous = Caller::anonymous();
    let variables = json!({ "friend": id_of(&bob), "currency": "EUR" });
    assert_eq!(fixture.subgraph.code(&anonymous, DIRECT, variables).await, "UNAUTHENTICATED");
    let variables = json!({ "group": group, "user": id_of(&bob) });
    assert_eq!(fixture.subgraph.code(&anonymous, ADD, variables).await, "UNAUTHENTICATED");
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_member_adds_a_friend_and_a_stranger_cannot() {
    let fixture = Fixture::open().await;
    let (ada, bob, eve) = (fixture.person("Ada"), fixture.person("Bob"), fixture.person("Eve"));
    fixture.befriend(&ada, &bob);
    fixture.befriend(&eve, &bob);
    let group = fixture.group(&ada).await;

    let variables = json!({ "group": group, "user": id_of(&bob) });
    assert_eq!(fixture.subgraph.code(&eve, ADD, variables.clone()).await, "GROUP_NOT_FOUND");
    let added = fixture.subgraph.data(&ada, ADD, variables.clone()).await["addFriend"].take();
    assert_eq!(added, json!({ "name": "Bob", "role": "MEMBER", "state": "ACTIVE" }));
    assert_eq!(fixture.subgraph.code(&ada, ADD, variables.clone()).await, "NOT_ALLOWED", "Bob is in already");
    fixture.leave(&bob, &group).await;
    assert_eq!(fixture.subgraph.data(&ada, ADD, variables.clone()).await["addFriend"]["state"], "ACTIVE");

    fixture.leave(&ada, &group).await;
    assert_eq!(fixture.subgraph.code(&ada, ADD, variables).await, "GROUP_NOT_FOUND");
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_direct_group_keeps_its_two_members() {
    let fixture = Fixture::open().await;
    let (ada, bob) = (fixture.person("Ada"), fixture.person("Bob"));
    fixture.befriend(&ada, &bob);
    let group = direct(&fixture, &ada, &bob).await;
    let id: GroupId = group["id"].as_str().unwrap().parse().unwrap();
    let member = fixture.own_member(&bob, &id.to_string()).await;
    for (action, id) in [
        ("mutation ($id: ID!) { addGuest(groupId: $id, name: \"Eve\") { id } }", id.to_string()),
        ("mutation ($id: ID!) { createInvite(groupId: $id) { id } }", id.to_string()),
        ("mutation ($id: ID!) { removeMember(memberId: $id) }", member.clone()),
        ("mutation ($id: ID!) { changeRole(memberId: $id, role: MEMBER) { id } }", member),
    ] {
        assert_eq!(fixture.subgraph.code(&ada, action, json!({ "id": id })).await, "NOT_ALLOWED", "{action}");
    }
    let settings = json!({ "id": id, "expectedVersion": 1, "currency": "GBP" });
    let update = "mutation ($input: UpdateGroupInput!) { updateGroup(input: $input) { currency } }";
    let updated = fixture.subgraph.data(&ada, update, json!({ "input": settings })).await;
    assert_eq!(updated["updateGroup"]["currency"], "GBP");

    // Requesting the direct group again makes a former member active.
    fixture.leave(&bob, &id.to_string()).await;
    let back = direct(&fixture, &bob, &ada).await;
    assert_eq!(back["id"], group["id"]);
    let members = back["members"].as_array().unwrap();
    assert!(members.iter().all(|member| member["state"] == "ACTIVE" && member["role"] == "OWNER"), "{members:#?}");
    fixture.subgraph.close().await;
}
