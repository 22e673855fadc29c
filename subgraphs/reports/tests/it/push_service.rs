//! A stand-in for the push service of a browser, and the browser itself.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode},
    routing::post,
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode};
use serde_json::{Value, json};
use tokio::{net::TcpListener, sync::mpsc, time::timeout};
use web_push_native::{
    Auth, decrypt,
    p256::{PublicKey, SecretKey, elliptic_curve::sec1::ToEncodedPoint},
};

const AUTH: [u8; 16] = *b"sixteen byte key";

/// A push service on this machine.
pub(crate) struct PushService {
    pub(crate) origin: String,
    answers: Arc<Mutex<VecDeque<StatusCode>>>,
    taken: mpsc::UnboundedReceiver<(HeaderMap, Bytes)>,
}

#[derive(Clone)]
struct Taking {
    answers: Arc<Mutex<VecDeque<StatusCode>>>,
    taken: mpsc::UnboundedSender<(HeaderMap, Bytes)>,
}

impl PushService {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let (sender, taken) = mpsc::unbounded_channel();
        let answers = Arc::new(Mutex::default());
        let taking = Taking { answers: Arc::clone(&answers), taken: sender };
        let routes = Router::new().route("/{device}", post(take)).with_state(taking);
        tokio::spawn(async move { axum::serve(listener, routes).await });
        Self { origin, answers, taken }
    }

    /// Has the next message answered with this status, and not taken.
    pub(crate) fn answer_next(&self, status: StatusCode) {
        self.answers.lock().unwrap().push_back(status);
    }

    /// The next message for a browser.
    pub(crate) async fn next(&mut self, browser: &Browser) -> Value {
        let (headers, body) = timeout(Duration::from_secs(20), self.taken.recv()).await.expect("a message").unwrap();
        assert_eq!(headers["content-encoding"], "aes128gcm");
        assert!(headers.contains_key("ttl"));
        self.verify(headers["authorization"].to_str().unwrap());
        let plain = decrypt(body.to_vec(), &browser.key, &Auth::clone_from_slice(&AUTH)).unwrap();
        serde_json::from_slice(&plain).unwrap()
    }

    /// Checks the signature of the operator (RFC 8292).
    fn verify(&self, authorization: &str) {
        let (token, key) = authorization.strip_prefix("vapid t=").unwrap().split_once(", k=").unwrap();
        let point = PublicKey::from_sec1_bytes(&BASE64_URL_SAFE_NO_PAD.decode(key).unwrap()).unwrap();
        let point = point.to_encoded_point(false);
        let part = |bytes: &[u8]| BASE64_URL_SAFE_NO_PAD.encode(bytes);
        let key = DecodingKey::from_ec_components(&part(point.x().unwrap()), &part(point.y().unwrap())).unwrap();
        let mut validation = Validation::new(Algorithm::ES256);
        validation.set_audience(&[&self.origin]);
        // The clock of a test stands still.
        validation.validate_exp = false;
        let claims = decode::<Value>(token, &key, &validation).unwrap().claims;
        assert_eq!(claims["sub"], "https://quits.example/");
    }

    /// Whether a message waits to be looked at.
    pub(crate) fn is_empty(&self) -> bool {
        self.taken.is_empty()
    }
}

async fn take(State(taking): State<Taking>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let answer = taking.answers.lock().unwrap().pop_front();
    if answer.is_none() {
        taking.taken.send((headers, body)).unwrap();
    }
    answer.unwrap_or(StatusCode::CREATED)
}

/// A browser with its key.
pub(crate) struct Browser {
    key: SecretKey,
    endpoint: String,
}

impl Browser {
    pub(crate) fn new(service: &PushService, name: &str) -> Self {
        let key = SecretKey::from_slice(&[u8::try_from(name.len()).unwrap(); 32]).unwrap();
        Self { key, endpoint: format!("{}/{name}", service.origin) }
    }

    pub(crate) fn endpoint(&self) -> &str {
        &self.endpoint
    }

    /// What it tells when it is added.
    pub(crate) fn input(&self, locale: &str) -> Value {
        let p256dh = BASE64_URL_SAFE_NO_PAD.encode(self.key.public_key().to_encoded_point(false));
        let auth = BASE64_URL_SAFE_NO_PAD.encode(AUTH);
        json!({ "input": { "endpoint": self.endpoint, "p256dh": p256dh, "auth": auth, "locale": locale } })
    }
}
