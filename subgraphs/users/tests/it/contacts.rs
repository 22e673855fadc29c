//! What users tells other subgraphs about how people can be written to.

use std::sync::Arc;

use contracts::{
    Trace, UserId,
    ask::Asker,
    contacts::{Contacts, HttpContacts},
};
use kit::{Subgraph, auth::TokenCheck};
use serde_json::json;
use tokio::net::TcpListener;

use crate::fixture::*;

const SERVICE_KEY: &str = "a service key for tests";

/// Where the routes of the fixture are served.
async fn serve(fixture: &Fixture) -> String {
    let keys = fixture.subgraph.services.keys(&fixture.subgraph.resources.settings);
    let tokens = TokenCheck::new(keys, "quits", "quits").unwrap();
    let tokens = tokens.with_secrets("a router key for tests".into(), SERVICE_KEY.into());
    let routes = fixture.subgraph.services.routes(&Arc::new(tokens));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, routes).await });
    format!("http://{address}")
}

#[tokio::test]
async fn services_learn_confirmed_addresses_and_people_learn_none() {
    let (fixture, server) = Fixture::open_with_mail().await;
    let joined = fixture.join(&server, "ada@example.org").await;
    let ada = fixture.caller(&joined);
    let ben = fixture.person("ben@example.org").await.user().unwrap();
    let profile = "mutation { updateProfile(input: { locale: \"de-AT\", timeZone: \"Europe/Vienna\" }) { id } }";
    fixture.subgraph.data(&ada, profile, json!({})).await;
    let contacts = HttpContacts::new(&serve(&fixture).await).unwrap();
    let user = ada.user().unwrap();

    let asker = Asker::Service { key: SERVICE_KEY.to_owned(), trace: Trace::start() };
    let told = contacts.contacts(&asker, &[user, ben, UserId::new()]).await.unwrap();
    assert_eq!(told.len(), 1, "Ben has not confirmed his address, and nobody has the last id");
    let contact = &told[&user];
    assert_eq!((contact.name.as_str(), contact.email.as_str()), ("Ada", "ada@example.org"));
    assert_eq!((contact.locale.as_str(), contact.time_zone.as_str()), ("de-AT", "Europe/Vienna"));

    let token = text(&joined["accessToken"]).to_owned();
    for asker in [
        Asker::Person { token, trace: Trace::start() },
        Asker::Service { key: "another key".to_owned(), trace: Trace::start() },
    ] {
        assert!(contacts.contacts(&asker, &[user]).await.is_err());
    }
    fixture.subgraph.close().await;
}
