//! Concurrent requests on two replicas.

use std::sync::Arc;

use futures::{TryStreamExt, future::join_all};
use groups::Services;
use kit::{Caller, journal::Journal, role::Resources, testing::TestSubgraph};
use mongodb::bson::{Document, doc};
use serde_json::Value;

use crate::fixture::{Fixture, code, config};

/// A second replica on the same database.
async fn replica(fixture: &Fixture) -> Fixture {
    let resources = &fixture.subgraph.resources;
    let key = &resources.settings.journal_key;
    let journal = Arc::new(Journal::new("groups", resources.database.clone(), resources.clock.clone(), key));
    let resources = Resources {
        settings: resources.settings.clone(),
        own: config(),
        database: resources.database.clone(),
        journal,
        bus: resources.bus.clone(),
        clock: resources.clock.clone(),
    };
    let groups = Services::new(&resources, fixture.facts.owners()).await.unwrap();
    Fixture { subgraph: TestSubgraph::new(Arc::new(groups), resources), facts: fixture.facts.clone() }
}

/// All people join concurrently, alternating between the two replicas.
async fn all_join(fixture: &Fixture, people: &[Caller], token: &str) -> Vec<Value> {
    let other = replica(fixture).await;
    let fixtures = [fixture, &other];
    let joining = people.iter().zip(fixtures.iter().cycle());
    let answers = join_all(joining.map(|(person, fixture)| fixture.try_join(person, token, None))).await;
    other.subgraph.stop();
    answers
}

#[tokio::test(flavor = "multi_thread")]
async fn twenty_concurrent_joins_give_consecutive_versions_and_one_journal() {
    let fixture = Fixture::open().await;
    let ada = fixture.person("Ada");
    let group = fixture.group(&ada).await;
    let token = fixture.token(&ada, &group).await;
    let people: Vec<_> = (0..20).map(|number| fixture.person(&format!("Person {number}"))).collect();

    let answers = all_join(&fixture, &people, &token).await;

    let mut versions: Vec<_> = answers.iter().map(|answer| &answer["data"]["joinGroup"]["group"]["version"]).collect();
    versions.sort_by_key(|version| version.as_i64());
    let expected: Vec<_> = (2..=21).map(Value::from).collect();
    assert_eq!(versions, expected.iter().collect::<Vec<_>>(), "{answers:#?}");
    assert_eq!(fixture.read(&ada, &group).await["members"].as_array().unwrap().len(), 21);

    let entries = fixture.subgraph.resources.database.collection::<Document>("journal");
    let entries = entries.find(doc! { "stream": &group }).sort(doc! { "version": 1 }).await.unwrap();
    let entries: Vec<Document> = entries.try_collect().await.unwrap();
    let kinds: Vec<_> =
        entries.iter().map(|entry| entry.get_document("event").unwrap().get_str("type").unwrap()).collect();
    assert_eq!(kinds[..2], ["group.created.v1", "group.invite_created.v1"]);
    assert_eq!(kinds[2..], ["group.member_joined.v1"; 20]);
    let told = |entry: &Document| {
        let data = entry.get_document("event").unwrap().get_document("data").unwrap();
        data.get_document("group").unwrap().get_i64("version").unwrap()
    };
    let told: Vec<_> = entries[2..].iter().map(told).collect();
    assert_eq!(told, (2..=21).collect::<Vec<_>>());
    assert!(fixture.subgraph.resources.journal.verify(|_| Ok(Vec::new())).await.unwrap().is_ok());
    fixture.subgraph.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_of_two_concurrent_joins_gets_the_last_use() {
    let fixture = Fixture::open().await;
    let ada = fixture.person("Ada");
    let group = fixture.group(&ada).await;
    let invite = fixture.invite(&ada, &group, Some(1)).await;
    let people = [fixture.person("Bob"), fixture.person("Eve")];

    let answers = all_join(&fixture, &people, invite["token"].as_str().unwrap()).await;

    let refused: Vec<_> = answers.iter().filter(|answer| answer.get("errors").is_some()).collect();
    assert_eq!(refused.len(), 1, "{answers:#?}");
    assert_eq!(code(refused[0]), "INVITE_NOT_FOUND");
    assert_eq!(fixture.read(&ada, &group).await["members"].as_array().unwrap().len(), 2);
    fixture.subgraph.close().await;
}
