//! Entities that the router resolves by key.

use contracts::{GroupId, MemberId, UserId};
use kit::testing::through_router;
use serde_json::{Value, json};

use crate::fixture::{Fixture, id};

const ENTITIES: &str = "query ($of: [_Any!]!) { _entities(representations: $of) {
    ... on Group { id name viewerMember { name } }
    ... on Member { id name group { id } } } }";
const MEMBERSHIPS: &str = "query ($of: [_Any!]!) { _entities(representations: $of) {
    ... on User { id memberships { groupId memberId simplify people { memberId userId } } } } }";

fn of(kind: &str, ids: &[&str]) -> Value {
    let representations: Vec<_> = ids.iter().map(|id| json!({ "__typename": kind, "id": id })).collect();
    json!({ "of": representations })
}

#[tokio::test]
async fn members_of_a_group_can_resolve_it_and_its_members() {
    let fixture = Fixture::open().await;
    let (ada, bob, eve) = (fixture.person("Ada"), fixture.person("Bob"), fixture.person("Eve"));
    let group = fixture.pair(&ada, &bob).await;
    let member = id(&fixture.member(&ada, &group, "Ada").await);
    fixture.leave(&bob, &group).await;
    let unknown = (GroupId::new().to_string(), MemberId::new().to_string());

    for (caller, name) in [(&ada, Some("Ada")), (&bob, None), (&eve, None)] {
        let caller = through_router(caller.clone());
        let groups = of("Group", &[&unknown.0, &group, "nonsense", &group]);
        let groups = &fixture.subgraph.data(&caller, ENTITIES, groups).await["_entities"];
        assert!(groups[0].is_null() && groups[2].is_null());
        assert_eq!(groups[1]["viewerMember"]["name"].as_str(), name);
        assert_eq!(groups[1], groups[3]);

        let members = of("Member", &[&member, &unknown.1, "nonsense"]);
        let members = &fixture.subgraph.data(&caller, ENTITIES, members).await["_entities"];
        assert_eq!(members[0]["group"]["id"].as_str(), name.map(|_| group.as_str()));
        assert!(members[1].is_null() && members[2].is_null());
    }
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn memberships_include_current_and_former_groups() {
    let fixture = Fixture::open().await;
    let (ada, bob) = (fixture.person("Ada"), fixture.person("Bob"));
    let own = fixture.create(&ada, json!({ "name": "Own", "currency": "EUR", "simplify": false })).await;
    let left = fixture.pair(&bob, &ada).await;
    fixture.guest(&bob, &left, "Guest").await;
    fixture.leave(&ada, &left).await;
    fixture.group(&bob).await;
    let user = ada.user().unwrap().to_string();

    let data = fixture.subgraph.data(&through_router(ada.clone()), MEMBERSHIPS, of("User", &[&user])).await;

    let memberships = data["_entities"][0]["memberships"].as_array().unwrap();
    assert_eq!(memberships.len(), 2);
    assert_eq!(memberships[0]["groupId"], left);
    assert_eq!(memberships[0]["people"].as_array().unwrap().len(), 3);
    assert!(memberships[0]["people"][2]["userId"].is_null());
    assert_eq!(memberships[1]["groupId"], own["id"]);
    assert_eq!(memberships[1]["memberId"], own["viewerMember"]["id"]);
    assert_eq!(memberships[1]["simplify"], false);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn memberships_of_others_are_refused_without_affecting_the_own() {
    let fixture = Fixture::open().await;
    let (ada, bob) = (fixture.person("Ada"), fixture.person("Bob"));
    fixture.group(&bob).await;
    let ids = [ada.user().unwrap().to_string(), bob.user().unwrap().to_string(), UserId::new().to_string()];
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let ada = through_router(ada);

    let answer = fixture.subgraph.ask(&ada, MEMBERSHIPS, of("User", &ids)).await;

    assert_eq!(answer["data"]["_entities"][0]["memberships"], json!([]));
    for other in 1..=2 {
        assert!(answer["data"]["_entities"][other]["memberships"].is_null(), "{answer:#}");
    }
    let errors = answer["errors"].as_array().unwrap();
    assert!(errors.iter().all(|error| error["extensions"]["code"] == "NOT_ALLOWED"), "{errors:#?}");
    let by_id = "query ($of: [_Any!]!) { _entities(representations: $of) { ... on User { id } } }";
    let others = fixture.subgraph.data(&ada, by_id, of("User", &ids)).await;
    assert_eq!(others["_entities"][1]["id"], ids[1]);
    fixture.subgraph.close().await;
}
