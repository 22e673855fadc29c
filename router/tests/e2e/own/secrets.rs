//! No secret that passes through the services is written to a log.

use serde_json::{Value, json};

use crate::{
    person::{PASSWORD, Person},
    stack::Stack,
    trip::Trip,
};

const REFRESH: &str = "mutation($token: String!) { refreshSession(refreshToken: $token) { accessToken refreshToken } }";
const JOIN: &str = "mutation($token: String!) { joinGroup(token: $token) { id } }";
const LOGIN: &str = "mutation($input: LoginInput!) { login(input: $input) { accessToken } }";
const RESET: &str = "mutation($token: String!, $new: String!) { resetPassword(token: $token, new: $new) }";

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

/// Uses each kind of secret, also where it is refused. Returns them all.
async fn used_secrets(stack: &Stack) -> Vec<String> {
    let trip = Trip::of(stack, &["Ada", "Ben"]).await;
    let (ada, ben, nobody) = (&trip.people[0], &trip.people[1], Person::nobody(stack));
    let mut secrets = vec![PASSWORD.to_owned()];
    for person in &trip.people {
        secrets.extend([person.token.clone().unwrap(), person.refresh_token.clone()]);
    }

    let invite = "mutation($id: ID!) { createInvite(groupId: $id) { token url } }";
    let invite = text(&ada.data(invite, json!({ "id": trip.id })).await["createInvite"]["token"]);
    let preview = "query($token: String!) { invite(token: $token) { groupName } }";
    nobody.data(preview, json!({ "token": invite })).await;
    stack.register("Cleo").await.data(JOIN, json!({ "token": invite })).await;
    let forged = format!("{invite}x");
    ben.code(JOIN, json!({ "token": forged })).await;

    let refreshed = nobody.data(REFRESH, json!({ "token": ada.refresh_token })).await["refreshSession"].take();
    let (access, refresh) = (text(&refreshed["accessToken"]), text(&refreshed["refreshToken"]));
    let guessed = "a password that somebody has guessed";
    let login = json!({ "input": { "email": ada.email, "password": guessed } });
    assert_eq!(nobody.code(LOGIN, login).await, "BAD_CREDENTIALS");
    let (reset, chosen) = ("a token of a mail that never was", "another horse than the battery");
    nobody.code(RESET, json!({ "token": reset, "new": chosen })).await;
    let change = "mutation($current: String!, $new: String!) { changePassword(current: $current, new: $new) }";
    ada.with_token(&access).data(change, json!({ "current": PASSWORD, "new": chosen })).await;
    let broken = "eyJub25zZW5zZSI6dHJ1ZX0.a-token.that-is-none";
    ada.with_token(broken).code("{ me { id } }", json!({})).await;
    let mut live = ben.watch(&trip.id).await;
    live.group_at(0).await;
    trip.spend(1, "30.00", "an expense, so that events go through the broker").await;
    live.group_at(1).await;

    secrets.extend([invite, forged, access, refresh]);
    secrets.extend([guessed, reset, chosen, broken].map(str::to_owned));
    secrets
}

#[tokio::test]
async fn no_log_has_a_secret() {
    let stack = Stack::start_with(&[("QUITS_LOG", "debug")]).await;
    let secrets = used_secrets(&stack).await;
    for (service, log) in stack.logs() {
        assert!(!log.is_empty(), "{service} logs nothing");
        for secret in &secrets {
            // The signature of a token is enough to know it by.
            let telling = secret.rsplit('.').next().unwrap_or(secret);
            assert!(!log.contains(telling), "{service} logs a secret that begins with {secret:.8}");
        }
    }
}
