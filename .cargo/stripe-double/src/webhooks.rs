//! Webhooks: their signature, and who sends them.

use std::time::{SystemTime, UNIX_EPOCH};

use hmac::{Hmac, Mac};
use reqwest::{Client, Url};
use sha2::Sha256;

/// Sends signed webhooks to one address.
#[derive(Clone, Debug)]
pub struct Sender {
    /// Where they go.
    pub to: Url,
    /// What signs them.
    pub secret: String,
}

impl Sender {
    /// Sends an event once. If it is lost, payments finds the change by its own checks, as with Stripe.
    pub(crate) async fn send(&self, body: String) {
        let signature = signature(&self.secret, unix_seconds(), &body);
        let request = Client::new().post(self.to.clone()).header("stripe-signature", signature);
        let _ = request.body(body).send().await;
    }
}

/// Returns the present time, as Stripe has it: no test sets the clock of somebody else.
#[allow(clippy::disallowed_methods, reason = "a stand-in for others has a clock of its own")]
pub fn unix_seconds() -> i64 {
    i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs()).unwrap()
}

/// Creates the signature header of a webhook.
pub fn signature(secret: &str, unix_seconds: i64, body: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(format!("{unix_seconds}.{body}").as_bytes());
    format!("t={unix_seconds},v1={}", hex::encode(mac.finalize().into_bytes()))
}
