//! Signed URLs of files. A URL grants access for a limited time and cannot be forged or changed.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use contracts::Timestamp;
use hmac::{Hmac, Mac};
use kit::{
    Failure, Outcome,
    settings::{ExposeSecret, SecretString},
};
use reqwest::Url;
use serde::{Deserialize, Serialize};
use sha2::Sha256;

use super::Upload;

/// The path of the routes for files.
pub(super) const FILES: &str = "/files";

/// How long an upload URL is valid, in milliseconds.
pub(super) const UPLOAD_MS: i64 = 10 * 60 * 1_000;

/// The shortest validity of a download URL, in seconds. URLs stay the same for periods of this length, so that browsers
/// can cache files.
const FETCH_SECONDS: i64 = 10 * 60;

/// A prefix of every signed text. It separates these signatures from others made with the same key.
const PURPOSE: &[u8] = b"quits files\n";

/// Signs URLs and verifies their signatures.
#[derive(Clone)]
pub(crate) struct Addresses {
    key: SecretString,
}

/// The query parameters of a download URL.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Fetch {
    /// When the URL expires, in seconds since 1970.
    expires: i64,
    signature: String,
}

/// The query parameters of an upload URL.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Sent {
    upload: String,
    signature: String,
}

impl Addresses {
    /// Signs with this key.
    pub(crate) fn new(key: &SecretString) -> Self {
        Self { key: key.clone() }
    }

    /// Returns the path and query of a download URL that is valid for 10 to 20 minutes. The path ends with the name of
    /// the file.
    pub(crate) fn of_file(&self, file: &str, name: &str, now: Timestamp) -> Outcome<String> {
        let seconds = now.unix_seconds();
        let expires = seconds - seconds.rem_euclid(FETCH_SECONDS) + 2 * FETCH_SECONDS;
        let signature = self.signature(&file_text(file, expires))?;
        path(&[file, name], &Fetch { expires, signature })
    }

    /// Verifies a download URL: its signature and its expiry.
    pub(super) fn is_of_file(&self, file: &str, fetch: &Fetch, now: Timestamp) -> Outcome<bool> {
        let is_signed = self.is_signature(&fetch.signature, &file_text(file, fetch.expires))?;
        Ok(is_signed && now.unix_seconds() < fetch.expires)
    }

    /// Returns the path and query of an upload URL.
    pub(crate) fn of_upload(&self, upload: &Upload) -> Outcome<String> {
        let upload = BASE64_URL_SAFE_NO_PAD.encode(serde_json::to_vec(upload)?);
        let signature = self.signature(&upload_text(&upload))?;
        path(&[], &Sent { upload, signature })
    }

    /// Returns the upload that was signed; `None` if the signature is wrong or the URL has expired.
    pub(super) fn upload(&self, sent: &Sent, now: Timestamp) -> Outcome<Option<Upload>> {
        if !self.is_signature(&sent.signature, &upload_text(&sent.upload))? {
            return Ok(None);
        }
        let upload = BASE64_URL_SAFE_NO_PAD.decode(&sent.upload).map_err(Failure::internal)?;
        let upload: Upload = serde_json::from_slice(&upload)?;
        Ok(Some(upload).filter(|upload| now < upload.expires_at))
    }

    fn signature(&self, text: &str) -> Outcome<String> {
        Ok(BASE64_URL_SAFE_NO_PAD.encode(self.mac(text)?.finalize().into_bytes()))
    }

    fn is_signature(&self, signature: &str, text: &str) -> Outcome<bool> {
        let Ok(signature) = BASE64_URL_SAFE_NO_PAD.decode(signature) else { return Ok(false) };
        Ok(self.mac(text)?.verify_slice(&signature).is_ok())
    }

    fn mac(&self, text: &str) -> Outcome<Hmac<Sha256>> {
        let mut mac = Hmac::<Sha256>::new_from_slice(self.key.expose_secret().as_bytes()).map_err(Failure::internal)?;
        mac.update(PURPOSE);
        mac.update(text.as_bytes());
        Ok(mac)
    }
}

fn file_text(file: &str, expires: i64) -> String {
    format!("fetch\n{file}\n{expires}")
}

fn upload_text(upload: &str) -> String {
    format!("upload\n{upload}")
}

/// Builds a URL below `FILES` with these path segments and this query, percent-encoded.
fn path(parts: &[&str], query: &impl Serialize) -> Outcome<String> {
    let mut url = Url::parse("http://quits").map_err(Failure::internal)?;
    url.set_path(FILES);
    if let Ok(mut path) = url.path_segments_mut() {
        path.extend(parts);
    }
    if let serde_json::Value::Object(fields) = serde_json::to_value(query)? {
        let text = |value: serde_json::Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        url.query_pairs_mut().extend_pairs(fields.into_iter().map(|(name, value)| (name, text(value))));
    }
    Ok(format!("{}?{}", url.path(), url.query().unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use contracts::{AttachmentId, ExpenseId, UserId};

    use super::*;

    const FILE: &str = "0199f0c2";

    fn now() -> Timestamp {
        "2026-11-22T09:31:00Z".parse().unwrap()
    }

    fn addresses() -> Addresses {
        Addresses::new(&SecretString::from("a key for tests"))
    }

    /// Parses the query of a URL.
    fn query<T: serde::de::DeserializeOwned>(address: &str) -> T {
        let url = Url::parse("http://quits").unwrap().join(address).unwrap();
        let fields = url.query_pairs().map(|(name, value)| {
            let value = value.parse::<i64>().map_or_else(|_| value.to_string().into(), serde_json::Value::from);
            (name.to_string(), value)
        });
        serde_json::from_value(serde_json::Value::Object(fields.collect())).unwrap()
    }

    #[test]
    fn a_file_can_be_fetched_for_ten_to_twenty_minutes() {
        let address = addresses().of_file(FILE, "Ben's bill, 1/2?.jpg", now()).unwrap();
        assert!(address.starts_with("/files/0199f0c2/Ben's%20bill,%201%2F2%3F.jpg?expires="), "{address}");
        assert_eq!(addresses().of_file(FILE, "Ben's bill, 1/2?.jpg", now().plus_ms(8 * 60_000)).unwrap(), address);
        let fetch: Fetch = query(&address);
        assert!(addresses().is_of_file(FILE, &fetch, now()).unwrap());
        assert!(addresses().is_of_file(FILE, &fetch, now().plus_ms(18 * 60_000)).unwrap());
        assert!(!addresses().is_of_file(FILE, &fetch, now().plus_ms(19 * 60_000)).unwrap());
        assert!(!addresses().is_of_file("0199f0c3", &fetch, now()).unwrap());
        let longer = Fetch { expires: fetch.expires + 600, signature: fetch.signature.clone() };
        assert!(!addresses().is_of_file(FILE, &longer, now()).unwrap());
        for signature in ["", "?", &fetch.signature[1..], &addresses().signature(FILE).unwrap()] {
            let forged = Fetch { expires: fetch.expires, signature: signature.to_owned() };
            assert!(!addresses().is_of_file(FILE, &forged, now()).unwrap(), "{signature}");
        }
        let other = Addresses::new(&SecretString::from("another key"));
        assert!(!other.is_of_file(FILE, &fetch, now()).unwrap());
    }

    #[test]
    fn an_upload_is_what_was_signed() {
        let upload = Upload {
            id: AttachmentId::new(),
            expense_id: ExpenseId::new(),
            name: "bill.pdf".to_owned(),
            user: UserId::new(),
            expires_at: now().plus_ms(UPLOAD_MS),
        };
        let sent: Sent = query(&addresses().of_upload(&upload).unwrap());
        assert_eq!(addresses().upload(&sent, now()).unwrap().as_ref(), Some(&upload));
        assert_eq!(addresses().upload(&sent, upload.expires_at).unwrap(), None);
        let other = Upload { user: UserId::new(), ..upload };
        let other: Sent = query(&addresses().of_upload(&other).unwrap());
        let forged = Sent { upload: other.upload, signature: sent.signature };
        assert_eq!(addresses().upload(&forged, now()).unwrap(), None);
    }
}
