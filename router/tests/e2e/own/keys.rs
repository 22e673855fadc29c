//! The router starts before users: it cannot validate tokens yet, and responds that it is unavailable.

use serde_json::json;

use crate::stack::{Stack, eventually};

#[tokio::test]
async fn without_keys_a_token_is_answered_with_service_unavailable() {
    let mut stack = Stack::start().await;
    let ada = stack.register("Ada").await;
    stack.kill("router").await;
    stack.kill("users").await;
    let port = stack.run_unready("router");
    let readiness = format!("http://127.0.0.1:{port}/readiness");
    let me = async || {
        let body = json!({ "query": "{ me { name } }" });
        let request = stack.http().post(format!("http://127.0.0.1:{port}/graphql")).json(&body);
        request.bearer_auth(ada.token.as_ref().unwrap()).send().await.ok()?.json::<serde_json::Value>().await.ok()
    };
    let refused = eventually("the router answers", me).await;
    assert_eq!(refused["errors"][0]["extensions"]["code"], "SERVICE_UNAVAILABLE", "{refused:#}");
    assert_eq!(stack.http().get(&readiness).send().await.unwrap().status(), 503);

    stack.restart("users").await;
    stack.wait_until_ready("router").await;
    assert_eq!(ada.data("{ me { name } }", json!({})).await["me"]["name"], "Ada");
}
