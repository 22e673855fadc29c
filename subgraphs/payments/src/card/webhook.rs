//! Webhooks: verifies the signature and extracts the affected object.

use contracts::Timestamp;
use hmac::{Hmac, Mac};
use kit::settings::{ExposeSecret, SecretString};
use serde::Deserialize;
use sha2::Sha256;

/// The greatest accepted difference between the time of a signature and the clock.
const TOLERANCE_SECONDS: u64 = 300;

/// The used fields of an event.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct Notice {
    /// The id of the event, which is the same for each delivery.
    pub(crate) id: String,
    /// The Connect account, for Connect events.
    #[serde(default)]
    pub(crate) account: Option<String>,
    data: Data,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
struct Data {
    object: Object,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
struct Object {
    id: String,
    #[serde(rename = "object")]
    kind: String,
    /// Present in charges, refunds and disputes.
    #[serde(default)]
    payment_intent: Option<String>,
}

/// The affected object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Subject<'a> {
    /// A payment intent.
    Intent(&'a str),
    /// A Connect account.
    Account(&'a str),
}

impl Notice {
    /// Reads a webhook with a valid and recent signature by one of the secrets; otherwise `None`.
    pub(crate) fn read(secrets: &[SecretString], signature: &str, body: &[u8], now: Timestamp) -> Option<Self> {
        let field = |name: &str| {
            let fields = signature.split(',').filter_map(|field| field.trim().split_once('='));
            fields.filter(move |(key, _)| *key == name).map(|(_, value)| value).collect::<Vec<_>>()
        };
        let time: i64 = field("t").first()?.parse().ok()?;
        if now.unix_seconds().abs_diff(time) > TOLERANCE_SECONDS {
            return None;
        }
        let signatures: Vec<Vec<u8>> = field("v1").into_iter().filter_map(|hex| hex::decode(hex).ok()).collect();
        let is_signed = secrets.iter().any(|secret| {
            signatures
                .iter()
                .any(|signature| mac(secret, time, body).is_some_and(|mac| mac.verify_slice(signature).is_ok()))
        });
        if is_signed { serde_json::from_slice(body).ok() } else { None }
    }

    /// Returns the affected object; `None` for types of events that are not used.
    pub(crate) fn subject(&self) -> Option<Subject<'_>> {
        let Object { id, kind, payment_intent } = &self.data.object;
        match (kind.as_str(), payment_intent) {
            ("payment_intent", _) => Some(Subject::Intent(id)),
            (_, Some(intent)) => Some(Subject::Intent(intent)),
            ("account", _) => Some(Subject::Account(id)),
            _ => self.account.as_deref().map(Subject::Account),
        }
    }
}

fn mac(secret: &SecretString, time: i64, body: &[u8]) -> Option<Hmac<Sha256>> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.expose_secret().as_bytes()).ok()?;
    mac.update(time.to_string().as_bytes());
    mac.update(b".");
    mac.update(body);
    Some(mac)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &str = r#"{"id":"evt_1","type":"charge.refunded","data":{"object":{"id":"ch_1","object":"charge","payment_intent":"pi_1"}}}"#;
    const NOW: i64 = 1_795_890_047;

    fn signed(secret: &str, time: i64, body: &str) -> String {
        let mac = mac(&SecretString::from(secret), time, body.as_bytes()).unwrap();
        format!("t={time},v1={},v0=00", hex::encode(mac.finalize().into_bytes()))
    }

    fn read(signature: &str, body: &str) -> Option<Notice> {
        let secrets = ["whsec_old", "whsec_new"].map(SecretString::from);
        Notice::read(&secrets, signature, body.as_bytes(), Timestamp::from_unix_seconds(NOW).unwrap())
    }

    #[test]
    fn a_webhook_of_stripe_is_read_with_either_secret() {
        for secret in ["whsec_old", "whsec_new"] {
            let notice = read(&signed(secret, NOW, BODY), BODY).unwrap();
            assert_eq!((notice.id.as_str(), notice.subject()), ("evt_1", Some(Subject::Intent("pi_1"))));
        }
        // Two signatures, one of which is valid.
        let both =
            format!("t={NOW},v1={},{}", "00".repeat(32), signed("whsec_new", NOW, BODY).split_once(',').unwrap().1);
        assert!(read(&both, BODY).is_some());
    }

    #[test]
    fn other_requests_are_refused() {
        let good = signed("whsec_new", NOW, BODY);
        for place in 0..BODY.len() {
            let mut changed = BODY.as_bytes().to_vec();
            changed[place] ^= 1;
            if let Ok(changed) = String::from_utf8(changed) {
                assert_eq!(read(&good, &changed), None, "a changed byte at {place}");
            }
        }
        for (age, counts) in [(300, true), (301, false), (-300, true), (-301, false)] {
            assert_eq!(read(&signed("whsec_new", NOW - age, BODY), BODY).is_some(), counts, "{age}");
        }
        assert_eq!(read(&signed("whsec_other", NOW, BODY), BODY), None);
        for signature in [
            "",
            "t=1",
            "v1=00",
            "t=x,v1=00",
            "t=-9223372036854775808,v1=00",
            &good.replace("v1", "v0"),
            &good.replace("t=1", "t=2"),
        ] {
            assert_eq!(read(signature, BODY), None, "{signature}");
        }
        assert_eq!(read(&signed("whsec_new", NOW, "{}"), "{}"), None);
    }

    #[test]
    fn an_event_names_the_affected_object() {
        let subject = |json: &str| {
            let notice: Notice = serde_json::from_str(json).unwrap();
            format!("{:?}", notice.subject())
        };
        let of = |object: &str, more: &str| format!(r#"{{"id":"e","data":{{"object":{object}}}{more}}}"#);
        assert_eq!(subject(&of(r#"{"id":"pi_1","object":"payment_intent"}"#, "")), r#"Some(Intent("pi_1"))"#);
        assert_eq!(
            subject(&of(r#"{"id":"dp_1","object":"dispute","payment_intent":"pi_2"}"#, "")),
            r#"Some(Intent("pi_2"))"#
        );
        assert_eq!(subject(&of(r#"{"id":"acct_1","object":"account"}"#, "")), r#"Some(Account("acct_1"))"#);
        let deauthorized = of(r#"{"id":"ca_1","object":"application"}"#, r#","account":"acct_2""#);
        assert_eq!(subject(&deauthorized), r#"Some(Account("acct_2"))"#);
        assert_eq!(subject(&of(r#"{"id":"cus_1","object":"customer"}"#, "")), "None");
    }
}
