//! Ending mail by its link, without signing in (RFC 8058).

use kit::{Subgraph, auth::TokenCheck};
use reqwest::{Client, StatusCode};
use std::sync::Arc;
use tokio::net::TcpListener;

use crate::{
    fixture::Fixture,
    mail::{MINUTE_MS, pay},
};

const FORM: &str = "application/x-www-form-urlencoded";

/// Where the routes of the fixture are served.
async fn serve(fixture: &Fixture) -> String {
    let keys = fixture.subgraph.services.keys(&fixture.subgraph.resources.settings);
    let tokens = Arc::new(TokenCheck::new(keys, "quits", "quits").unwrap());
    let routes = fixture.subgraph.services.routes(&tokens);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, routes).await });
    format!("http://{address}")
}

#[tokio::test]
async fn one_click_ends_mail_and_opening_the_link_does_not() {
    let (fixture, server) = Fixture::open_with_mail().await;
    let (ada, ben) = (fixture.user("Ada").await, fixture.user("Ben").await);
    let group = fixture.group(&[("Ada", ada), ("Ben", ben)]).await;
    fixture.reach(ada, "Ada", "en");
    fixture.subgraph.run("serve");
    let clock = fixture.subgraph.resources.clock.clone();
    pay(&fixture, &group).await;
    clock.advance_ms(2 * MINUTE_MS);
    let mail = server.next_to("ada@example.org").await;
    let (link, post) = mail.unsubscribe.expect("each mail has the headers");
    assert_eq!(post, "List-Unsubscribe=One-Click");
    let path = link.strip_prefix("<https://quits.example").unwrap().strip_suffix('>').unwrap();
    assert!(mail.text.contains(&format!("https://quits.example{path}")), "{}", mail.text);

    let (client, address) = (Client::new(), serve(&fixture).await);
    let url = format!("{address}{path}");
    let opened = client.get(&url).header("accept-language", "de-AT,en;q=0.5").send().await.unwrap();
    assert_eq!(opened.status(), StatusCode::OK);
    assert!(opened.headers()["content-security-policy"].to_str().unwrap().starts_with("default-src 'none'"));
    let page = opened.text().await.unwrap();
    assert!(page.contains("lang=\"de\"") && page.contains("<button>Keine Mails mehr</button>"), "{page}");
    pay(&fixture, &group).await;
    clock.advance_ms(2 * MINUTE_MS);
    server.next_to("ada@example.org").await;

    for forged in [url.replace("token=", "token=x"), format!("{address}/unsubscribe"), format!("{url}x")] {
        assert_eq!(client.post(&forged).send().await.unwrap().status(), StatusCode::NOT_FOUND, "{forged}");
    }
    let clicked =
        client.post(&url).header("content-type", FORM).body("List-Unsubscribe=One-Click").send().await.unwrap();
    assert_eq!(clicked.status(), StatusCode::OK);
    assert!(clicked.text().await.unwrap().contains("You get no more mail"));
    pay(&fixture, &group).await;
    clock.advance_ms(2 * MINUTE_MS);
    crate::mail::decided(&fixture).await;
    assert_eq!(server.waiting(), 0);
    fixture.subgraph.close().await;
}
