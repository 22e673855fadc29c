//! A client of the API, like the browser of one person: GraphQL over HTTP, and subscriptions over WebSocket.

use std::{net::Ipv4Addr, time::Duration};

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use futures::{SinkExt, StreamExt};
use reqwest::RequestBuilder;
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{Message, client::IntoClientRequest},
};

use crate::{installation::Installation, stack::eventually};

/// The longest wait for an answer or a message.
const ATTEMPT: Duration = Duration::from_secs(30);

pub(crate) const PASSWORD: &str = "correct horse battery";

/// The fields of a group that most tests request.
pub(crate) const GROUP: &str = "id version ledgerVersion balances { member { id name } net { amount currency } }
    settlement { minimal transfers { from { name } to { name } amount { amount currency } } }";

/// A user of Quits, or an anonymous client.
#[derive(Clone)]
pub(crate) struct Person {
    pub name: String,
    pub email: String,
    pub token: Option<String>,
    pub refresh_token: String,
    /// The client address, sent to the router in `X-Forwarded-For`.
    address: String,
    router: String,
    socket: String,
    http: reqwest::Client,
}

/// One open WebSocket.
pub(crate) struct Live(WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Person {
    /// Registers an account.
    pub(crate) async fn register(quits: &Installation, name: &str) -> Self {
        let mut person = Self::nobody(quits);
        let email = format!("{}.{}@example.org", name.to_lowercase(), uuid::Uuid::new_v4().simple());
        let input = json!({ "name": name, "email": email, "password": PASSWORD });
        let query =
            "mutation($input: RegisterInput!) { register(input: $input) { accessToken refreshToken user { name } } }";
        // If the installation trusts no proxy, all persons count as one address, whose registrations per minute are
        // limited.
        let answer = eventually("an account", async || {
            let mut answer = person.ask(query, json!({ "input": input })).await;
            let too_many = answer["errors"][0]["extensions"]["code"] == "RATE_LIMITED";
            assert!(too_many || answer["errors"].is_null(), "{answer:#}");
            (!too_many).then(|| answer["data"].take())
        })
        .await;
        let text = |field: &str| answer["register"][field].as_str().unwrap().to_owned();
        person.token = Some(text("accessToken"));
        person.refresh_token = text("refreshToken");
        person.name = name.to_owned();
        person.email = email;
        person
    }

    /// Signs the same person in at another installation.
    pub(crate) async fn sign_in(&self, quits: &Installation) -> Self {
        let nobody = Self::nobody(quits);
        let input = json!({ "email": self.email, "password": PASSWORD });
        let query = "mutation($input: LoginInput!) { login(input: $input) { accessToken refreshToken } }";
        let answer = nobody.data(query, json!({ "input": input })).await;
        let text = |field: &str| answer["login"][field].as_str().unwrap().to_owned();
        Self {
            name: self.name.clone(),
            email: self.email.clone(),
            token: Some(text("accessToken")),
            refresh_token: text("refreshToken"),
            ..nobody
        }
    }

    /// An anonymous client with a random address.
    pub(crate) fn nobody(quits: &Installation) -> Self {
        Self {
            name: String::new(),
            email: String::new(),
            token: None,
            refresh_token: String::new(),
            address: Ipv4Addr::from_bits(rand::random::<u32>() | 0x0a00_0000).to_string(),
            router: quits.api(),
            socket: quits.socket(),
            http: quits.http().clone(),
        }
    }

    /// The same person with another token.
    pub(crate) fn with_token(&self, token: &str) -> Self {
        Self { token: Some(token.to_owned()), ..self.clone() }
    }

    /// Sends an operation to the router and returns its response: `{data, errors}`.
    pub(crate) async fn ask(&self, query: &str, variables: Value) -> Value {
        self.ask_with(query, variables, &[]).await
    }

    /// Like [`Self::ask`], with additional headers.
    pub(crate) async fn ask_with(&self, query: &str, variables: Value, headers: &[(&str, &str)]) -> Value {
        self.post(&self.router, query, variables, headers).await
    }

    /// Sends an operation to the router and returns the body of the response.
    pub(crate) async fn body(&self, query: &str, variables: Value, headers: &[(&str, &str)]) -> String {
        self.request(&self.router, query, &variables, headers).send().await.unwrap().text().await.unwrap()
    }

    /// Sends an operation directly to a subgraph, bypassing the router.
    pub(crate) async fn ask_subgraph(
        &self,
        url: &str,
        query: &str,
        variables: Value,
        headers: &[(&str, &str)],
    ) -> Value {
        self.post(url, query, variables, headers).await
    }

    /// Sends an operation to the router once; `None` if there is no answer in time.
    pub(crate) async fn attempt(&self, query: &str, variables: &Value) -> Option<Value> {
        let sent = self.request(&self.router, query, variables, &[]).timeout(ATTEMPT).send().await.ok()?;
        sent.json().await.ok()
    }

    async fn post(&self, url: &str, query: &str, variables: Value, headers: &[(&str, &str)]) -> Value {
        self.request(url, query, &variables, headers).send().await.unwrap().json().await.unwrap()
    }

    fn request(&self, url: &str, query: &str, variables: &Value, headers: &[(&str, &str)]) -> RequestBuilder {
        let body = json!({ "query": query, "variables": variables });
        let mut request = self.http.post(url).header("x-forwarded-for", &self.address).json(&body);
        if let Some(token) = &self.token {
            request = request.bearer_auth(token);
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        request
    }

    /// Returns the data of the response; fails if there are errors.
    pub(crate) async fn data(&self, query: &str, variables: Value) -> Value {
        let mut answer = self.ask(query, variables).await;
        assert!(answer.get("errors").is_none_or(Value::is_null), "{answer:#}");
        answer["data"].take()
    }

    /// Returns the code of the first error.
    pub(crate) async fn code(&self, query: &str, variables: Value) -> String {
        code(&self.ask(query, variables).await)
    }

    /// Subscribes to a group. The server pushes its current state first.
    pub(crate) async fn watch(&self, group: &str) -> Live {
        let query = format!("subscription($id: ID!) {{ groupMoved(groupId: $id) {{ {GROUP} }} }}");
        self.subscribe(&query, json!({ "id": group })).await
    }

    /// Opens a WebSocket (protocol `graphql-transport-ws`) and starts one subscription.
    pub(crate) async fn subscribe(&self, query: &str, variables: Value) -> Live {
        let mut live = self.connect().await;
        live.subscribe("1", query, variables).await;
        live
    }

    /// Opens a WebSocket without an operation.
    pub(crate) async fn connect(&self) -> Live {
        self.try_connect().await.expect("the router accepts a WebSocket")
    }

    /// Opens a WebSocket without an operation; `None` if the router does not accept it.
    pub(crate) async fn try_connect(&self) -> Option<Live> {
        let mut request = self.socket.as_str().into_client_request().unwrap();
        request.headers_mut().insert("sec-websocket-protocol", "graphql-transport-ws".parse().unwrap());
        request.headers_mut().insert("x-forwarded-for", self.address.parse().unwrap());
        let (socket, _) = connect_async(request).await.ok()?;
        let mut live = Live(socket);
        let payload =
            self.token.as_ref().map_or(json!({}), |token| json!({ "authorization": format!("Bearer {token}") }));
        live.send(json!({ "type": "connection_init", "payload": payload })).await;
        (live.next().await["type"] == "connection_ack").then_some(live)
    }
}

impl Live {
    /// Starts one more operation on this WebSocket.
    pub(crate) async fn subscribe(&mut self, id: &str, query: &str, variables: Value) {
        let payload = json!({ "query": query, "variables": variables });
        self.send(json!({ "type": "subscribe", "id": id, "payload": payload })).await;
    }

    /// Ends an operation.
    pub(crate) async fn complete(&mut self, id: &str) {
        self.send(json!({ "type": "complete", "id": id })).await;
    }

    /// A connection that has ended shows when the next message is read.
    async fn send(&mut self, message: Value) {
        let _ = self.0.send(Message::text(message.to_string())).await;
    }

    /// Returns the next message that is not a ping or pong; `close` if the connection has ended.
    pub(crate) async fn message(&mut self) -> Value {
        tokio::time::timeout(ATTEMPT, self.next()).await.expect("a message comes")
    }

    /// Like [`Self::message`], however long it takes.
    pub(crate) async fn next(&mut self) -> Value {
        loop {
            let message: Value = serde_json::from_str(&self.text().await).unwrap();
            match message["type"].as_str() {
                Some("ping") => self.send(json!({ "type": "pong" })).await,
                Some("pong") => {}
                _ => return message,
            }
        }
    }

    /// Returns the text of the next message of any type, which costs less than reading it.
    pub(crate) async fn text(&mut self) -> String {
        loop {
            match self.0.next().await {
                None | Some(Err(_)) => return json!({ "type": "close", "frame": null }).to_string(),
                Some(Ok(Message::Text(text))) => return text.to_string(),
                Some(Ok(Message::Close(frame))) => {
                    return json!({ "type": "close", "frame": format!("{frame:?}") }).to_string();
                }
                Some(Ok(_)) => {}
            }
        }
    }

    /// Returns the group of the next push.
    pub(crate) async fn group(&mut self) -> Value {
        let message = self.message().await;
        assert_eq!(message["type"], "next", "{message:#}");
        assert!(message["payload"]["errors"].is_null(), "{message:#}");
        message["payload"]["data"]["groupMoved"].clone()
    }

    /// Returns the first pushed group whose ledger has at least this version.
    pub(crate) async fn group_at(&mut self, ledger_version: i64) -> Value {
        loop {
            let group = self.group().await;
            if group["ledgerVersion"].as_i64().is_some_and(|version| version >= ledger_version) {
                return group;
            }
        }
    }

    /// Returns the error code of the next message.
    pub(crate) async fn refusal(&mut self) -> String {
        let message = self.message().await;
        match message["type"].as_str() {
            Some("error") => message["payload"][0]["extensions"]["code"].as_str().unwrap_or_default().to_owned(),
            _ => code(&message["payload"]),
        }
    }
}

/// Returns the code of a response's first error.
pub(crate) fn code(answer: &Value) -> String {
    let code = answer["errors"][0]["extensions"]["code"].as_str();
    code.unwrap_or_else(|| panic!("no refusal: {answer:#}")).to_owned()
}

/// Returns invalid tokens: nonsense, another user's claims with the signature of `token`, and two without a signature.
pub(crate) fn broken_tokens(token: &str) -> Vec<String> {
    let parts: Vec<&str> = token.split('.').collect();
    let mut claims: Value = serde_json::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(parts[1]).unwrap()).unwrap();
    claims["sub"] = json!(uuid::Uuid::now_v7().to_string());
    let forged = BASE64_URL_SAFE_NO_PAD.encode(claims.to_string());
    let none = BASE64_URL_SAFE_NO_PAD.encode(json!({ "alg": "none", "typ": "JWT" }).to_string());
    vec![
        "nonsense".to_owned(),
        format!("{}.{forged}.{}", parts[0], parts[2]),
        format!("{none}.{}.", parts[1]),
        format!("{}.{}.", parts[0], parts[1]),
    ]
}
