//! Account recovery by links in mails.

use kit::Caller;
use mongodb::bson::{Document, doc};
use serde_json::{Value, json};
use users::config::Config;

use crate::fixture::*;

const REQUEST: &str = "mutation ($email: String!) { requestPasswordReset(email: $email) }";
const RESET: &str = "mutation ($token: String!, $new: String!) { resetPassword(token: $token, new: $new) }";
const CHANGE: &str = "mutation ($current: String!, $new: String!) { changePassword(current: $current, new: $new) }";
const NEW_PASSWORD: &str = "staple of another battery";
const MINUTE_MS: i64 = 60_000;

async fn request(fixture: &Fixture, email: &str) -> Value {
    fixture.subgraph.ask(&Caller::anonymous(), REQUEST, json!({ "email": email })).await
}

async fn reset(fixture: &Fixture, token: &str, new: &str) -> Value {
    fixture.subgraph.ask(&Caller::anonymous(), RESET, json!({ "token": token, "new": new })).await
}

#[tokio::test]
async fn a_forgotten_password_is_replaced_by_a_link_that_works_once() {
    let (fixture, server) = Fixture::open_with_mail().await;
    let registered = fixture.join(&server, "ada@example.org").await;

    assert_eq!(request(&fixture, " Ada@Example.org ").await["data"]["requestPasswordReset"], true);
    let mail = server.next_to("ada@example.org").await;
    assert_eq!((mail.from.as_str(), mail.subject.as_str()), ("quits@example.org", "Choose a new password"));
    assert!(mail.text.starts_with("Hello Ada,"), "{}", mail.text);
    assert!(mail.link().starts_with("https://quits.example/reset#token="), "{}", mail.link());

    // An invalid password does not use up the link.
    assert_eq!(refusal(&reset(&fixture, mail.token(), "1234567890").await), ("VALIDATION", Some("new")));
    assert_eq!(reset(&fixture, mail.token(), NEW_PASSWORD).await["data"]["resetPassword"], true);
    assert_eq!(refusal(&reset(&fixture, mail.token(), PASSWORD).await), ("LINK_EXPIRED", Some("token")));

    assert_eq!(refusal(&fixture.try_to_refresh(text(&registered["refreshToken"])).await).0, "UNAUTHENTICATED");
    assert_eq!(refusal(&fixture.try_to_log_in("ada@example.org", PASSWORD).await).0, "BAD_CREDENTIALS");
    accepted(fixture.try_to_log_in("ada@example.org", NEW_PASSWORD).await, "login");
    let notice = server.next_to("ada@example.org").await;
    assert_eq!(notice.subject, "Your password was changed");
    assert!(!notice.text.contains("http"), "{}", notice.text);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn concurrent_uses_of_a_link_change_the_password_once() {
    let (fixture, server) = Fixture::open_with_mail().await;
    fixture.join(&server, "ada@example.org").await;
    request(&fixture, "ada@example.org").await;
    let mail = server.next_to("ada@example.org").await;
    let answers = futures::future::join_all((0..4).map(|_| reset(&fixture, mail.token(), NEW_PASSWORD))).await;
    assert_eq!(answers.iter().filter(|answer| answer["data"]["resetPassword"] == true).count(), 1);
    assert_eq!(answers.iter().filter(|answer| answer["errors"][0]["extensions"]["code"] == "LINK_EXPIRED").count(), 3);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_link_is_valid_for_half_an_hour_and_until_the_next_one() {
    let (fixture, server) = Fixture::open_with_mail().await;
    fixture.join(&server, "ada@example.org").await;
    request(&fixture, "ada@example.org").await;
    let first = server.next_to("ada@example.org").await;
    request(&fixture, "ada@example.org").await;
    let second = server.next_to("ada@example.org").await;
    assert_eq!(refusal(&reset(&fixture, first.token(), NEW_PASSWORD).await).0, "LINK_EXPIRED");

    fixture.subgraph.resources.clock.advance_ms(30 * MINUTE_MS);
    assert_eq!(refusal(&reset(&fixture, second.token(), NEW_PASSWORD).await).0, "LINK_EXPIRED");
    request(&fixture, "ada@example.org").await;
    let third = server.next_to("ada@example.org").await;
    fixture.subgraph.resources.clock.advance_ms(30 * MINUTE_MS - 1);
    assert_eq!(reset(&fixture, third.token(), NEW_PASSWORD).await["data"]["resetPassword"], true);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn invalid_tokens_reset_nothing() {
    let (fixture, server) = Fixture::open_with_mail().await;
    fixture.join(&server, "ada@example.org").await;
    request(&fixture, "ada@example.org").await;
    let mail = server.next_to("ada@example.org").await;
    for token in ["", "x", &mail.token()[1..], &format!("{}A", mail.token())] {
        assert_eq!(refusal(&reset(&fixture, token, NEW_PASSWORD).await), ("LINK_EXPIRED", Some("token")), "{token}");
    }
    accepted(fixture.try_to_log_in("ada@example.org", PASSWORD).await, "login");
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn nothing_reveals_whether_there_is_an_account() {
    let (fixture, server) = Fixture::open_with_mail().await;
    fixture.join(&server, "ada@example.org").await;
    let (known, unknown) = (request(&fixture, "ada@example.org").await, request(&fixture, "eve@example.org").await);
    assert_eq!(known, unknown);
    server.next_to("ada@example.org").await;
    // Mails are sent in order, so one to the unknown address would have arrived by now.
    request(&fixture, "ada@example.org").await;
    server.next_to("ada@example.org").await;
    assert_eq!(server.waiting(), 0);
    for email in ["ada@example.org", "eve@example.org"] {
        let mut answers = Vec::new();
        for _ in 0..5 {
            answers.push(request(&fixture, email).await);
        }
        assert_eq!(refusal(answers.last().unwrap()).0, "RATE_LIMITED");
    }
    assert_eq!(refusal(&request(&fixture, "no address").await), ("VALIDATION", Some("email")));
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn only_the_hash_of_a_link_is_stored() {
    let (fixture, server) = Fixture::open_with_mail().await;
    fixture.join(&server, "ada@example.org").await;
    request(&fixture, "ada@example.org").await;
    let mail = server.next_to("ada@example.org").await;
    let database = &fixture.subgraph.resources.database;
    for name in database.list_collection_names().await.unwrap() {
        let mut documents = database.collection::<Document>(&name).find(doc! {}).await.unwrap();
        while documents.advance().await.unwrap() {
            let document = format!("{:?}", documents.deserialize_current().unwrap());
            assert!(!document.contains(mail.token()), "{name}");
        }
    }
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn the_new_password_works_after_too_many_failures() {
    let (fixture, server) = Fixture::open_with_mail().await;
    fixture.join(&server, "ada@example.org").await;
    for _ in 0..4 {
        fixture.mistype_password("ada@example.org").await;
    }
    assert_eq!(refusal(&fixture.try_to_log_in("ada@example.org", PASSWORD).await).0, "RATE_LIMITED");
    request(&fixture, "ada@example.org").await;
    let mail = server.next_to("ada@example.org").await;
    reset(&fixture, mail.token(), NEW_PASSWORD).await;
    accepted(fixture.try_to_log_in("ada@example.org", NEW_PASSWORD).await, "login");
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_changed_password_is_announced_by_mail_in_the_owners_language() {
    let (fixture, server) = Fixture::open_with_mail().await;
    let mut input = registration("ada@example.org");
    input["locale"] = "de-AT".into();
    let ada = fixture.caller(&accepted(fixture.try_to_register(input).await, "register"));
    let question = server.next_to("ada@example.org").await;
    assert_eq!(question.subject, "Bestätige deine Mailadresse");
    accepted(fixture.confirm(question.token()).await, "confirmEmail");
    fixture.subgraph.data(&ada, CHANGE, json!({ "current": PASSWORD, "new": NEW_PASSWORD })).await;
    let notice = server.next_to("ada@example.org").await;
    assert_eq!(notice.subject, "Dein Passwort wurde geändert");
    assert!(notice.html.contains("Hallo Ada,"), "{}", notice.html);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn temporarily_rejected_mails_are_retried_and_permanently_rejected_ones_dropped() {
    let (fixture, server) = Fixture::open_with_mail().await;
    fixture.join(&server, "ada@example.org").await;
    server.refuse_next("451 too busy");
    request(&fixture, "ada@example.org").await;
    let mails = fixture.subgraph.resources.database.collection::<Document>("mails");
    let postponed = doc! { "tries": 1, "due_at": { "$gt": fixture.subgraph.resources.clock.now().to_string() } };
    eventually(async || mails.count_documents(postponed.clone()).await.unwrap() == 1).await;
    fixture.subgraph.resources.clock.advance_ms(2 * MINUTE_MS);
    server.next_to("ada@example.org").await;

    server.refuse_next("550 nobody here");
    request(&fixture, "ada@example.org").await;
    eventually(async || mails.count_documents(doc! {}).await.unwrap() == 0).await;
    assert_eq!(server.waiting(), 0);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn without_a_mail_server_recovery_is_refused_and_everything_else_works() {
    let fixture = Fixture::open().await;
    let ada = fixture.person("ada@example.org").await;
    for email in ["ada@example.org", "eve@example.org", "no address"] {
        assert_eq!(refusal(&request(&fixture, email).await), ("NOT_CONFIGURED", None));
    }
    let changed = fixture.subgraph.data(&ada, CHANGE, json!({ "current": PASSWORD, "new": NEW_PASSWORD })).await;
    assert_eq!(changed["changePassword"], true);
    let mails = fixture.subgraph.resources.database.collection::<Document>("mails");
    assert_eq!(mails.count_documents(doc! {}).await.unwrap(), 0);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn mail_can_be_written_to_the_log() {
    let fixture = Fixture::open_with(Config { mail: mail(Some("log:")), ..config() }).await;
    fixture.subgraph.run("serve");
    fixture.register("ada@example.org").await;
    assert_eq!(request(&fixture, "ada@example.org").await["data"]["requestPasswordReset"], true);
    let mails = fixture.subgraph.resources.database.collection::<Document>("mails");
    eventually(async || mails.count_documents(doc! {}).await.unwrap() == 0).await;
    let links = fixture.subgraph.resources.database.collection::<Document>("mail_links");
    // A link to verify the address, and one to choose a password.
    assert_eq!(links.count_documents(doc! {}).await.unwrap(), 2);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_deleted_account_has_no_queued_mails_or_links() {
    let (fixture, server) = Fixture::open_with_mail().await;
    let ada = fixture.caller(&fixture.join(&server, "ada@example.org").await);
    request(&fixture, "ada@example.org").await;
    let mail = server.next_to("ada@example.org").await;
    let delete = "mutation ($password: String!) { deleteAccount(password: $password) }";
    fixture.subgraph.data(&ada, delete, json!({ "password": PASSWORD })).await;
    assert_eq!(refusal(&reset(&fixture, mail.token(), NEW_PASSWORD).await).0, "LINK_EXPIRED");
    fixture.subgraph.close().await;
}
