//! Many at once, on two replicas.

use std::sync::Arc;

use contracts::profile::Profiles;
use futures::{TryStreamExt, future::join_all};
use groups::Groups;
use kit::{Caller, journal::Journal, role::Parts, testing::Bed};
use mongodb::bson::{Document, doc};
use serde_json::Value;

use crate::house::{House, code, config};

/// The same groups over the same database, as a second process would be.
fn replica(house: &House) -> House {
    let parts = &house.bed.parts;
    let journal = Arc::new(Journal::new("groups", parts.database.clone()));
    let parts = Parts {
        settings: parts.settings.clone(),
        own: config(),
        database: parts.database.clone(),
        journal,
        bus: parts.bus.clone(),
    };
    let groups = Groups::new(&parts, Arc::clone(&house.profiles) as Arc<dyn Profiles>);
    House { bed: Bed::new(Arc::new(groups), parts), profiles: Arc::clone(&house.profiles) }
}

/// Everybody joins at the same time, every other one by the second replica.
async fn all_join(house: &House, people: &[Caller], token: &str) -> Vec<Value> {
    let other = replica(house);
    let houses = [house, &other];
    join_all(people.iter().zip(houses.iter().cycle()).map(|(person, house)| house.try_join(person, token, None))).await
}

#[tokio::test(flavor = "multi_thread")]
async fn twenty_joins_keep_one_chain_of_versions_and_one_journal() {
    let house = House::open().await;
    let ada = house.person("Ada");
    let group = house.group(&ada).await;
    let token = house.token(&ada, &group).await;
    let people: Vec<_> = (0..20).map(|number| house.person(&format!("Person {number}"))).collect();

    let answers = all_join(&house, &people, &token).await;

    let mut versions: Vec<_> = answers.iter().map(|answer| &answer["data"]["joinGroup"]["group"]["version"]).collect();
    versions.sort_by_key(|version| version.as_i64());
    let expected: Vec<_> = (2..=21).map(Value::from).collect();
    assert_eq!(versions, expected.iter().collect::<Vec<_>>(), "{answers:#?}");
    assert_eq!(house.read(&ada, &group).await["members"].as_array().unwrap().len(), 21);

    let entries = house.bed.parts.database.collection::<Document>("journal");
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
    assert!(house.bed.parts.journal.verify(|_| Ok(Vec::new())).await.unwrap().is_ok());
    house.bed.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_race_for_the_last_use_exactly_one_wins() {
    let house = House::open().await;
    let ada = house.person("Ada");
    let group = house.group(&ada).await;
    let invite = house.invite(&ada, &group, Some(1)).await;
    let people = [house.person("Bob"), house.person("Eve")];

    let answers = all_join(&house, &people, invite["token"].as_str().unwrap()).await;

    let refused: Vec<_> = answers.iter().filter(|answer| answer.get("errors").is_some()).collect();
    assert_eq!(refused.len(), 1, "{answers:#?}");
    assert_eq!(code(refused[0]), "INVITE_NOT_FOUND");
    assert_eq!(house.read(&ada, &group).await["members"].as_array().unwrap().len(), 2);
    house.bed.close().await;
}
