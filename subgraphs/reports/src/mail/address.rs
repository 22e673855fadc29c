//! The address at which a person ends mail, without signing in. Nobody can make one for somebody else.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use contracts::UserId;
use hmac::{Hmac, Mac};
use kit::{
    Failure, Outcome,
    settings::{ExposeSecret, SecretString},
};
use reqwest::Url;
use sha2::Sha256;

/// Where mail is ended.
pub(super) const UNSUBSCRIBE: &str = "/unsubscribe";

/// What every signature is for, so that none of another kind counts.
const PURPOSE: &[u8] = b"quits unsubscribe\n";

/// The address for a person, below the app's own.
pub(super) fn address(app: &Url, key: &SecretString, user: UserId) -> Outcome<Url> {
    let signature = BASE64_URL_SAFE_NO_PAD.encode(mac(key, user)?.finalize().into_bytes());
    let mut url = app.clone();
    url.set_path(UNSUBSCRIBE);
    url.query_pairs_mut().append_pair("token", &format!("{user}.{signature}"));
    Ok(url)
}

/// Whose address has this token; `None` if it was not signed with the key.
pub(super) fn signed(key: &SecretString, token: &str) -> Outcome<Option<UserId>> {
    let Some((user, signature)) = token.split_once('.') else { return Ok(None) };
    let (Ok(user), Ok(signature)) = (user.parse(), BASE64_URL_SAFE_NO_PAD.decode(signature)) else { return Ok(None) };
    Ok(mac(key, user)?.verify_slice(&signature).is_ok().then_some(user))
}

fn mac(key: &SecretString, user: UserId) -> Outcome<Hmac<Sha256>> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key.expose_secret().as_bytes()).map_err(Failure::internal)?;
    mac.update(PURPOSE);
    mac.update(user.to_string().as_bytes());
    Ok(mac)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str) -> SecretString {
        SecretString::from(text)
    }

    #[test]
    fn an_address_is_for_one_person_and_one_key() {
        let app: Url = "https://quits.example/".parse().unwrap();
        let (ada, ben) = (UserId::new(), UserId::new());
        let url = address(&app, &key("a key"), ada).unwrap();
        assert!(url.as_str().starts_with("https://quits.example/unsubscribe?token="), "{url}");
        let (_, token) = url.query_pairs().next().unwrap();
        assert_eq!(signed(&key("a key"), &token).unwrap(), Some(ada));
        assert_eq!(signed(&key("another key"), &token).unwrap(), None);
        let signature = token.split_once('.').unwrap().1;
        for forged in ["", ".", "x.y", signature, &format!("{ben}.{signature}"), &format!("{ada}.")] {
            assert_eq!(signed(&key("a key"), forged).unwrap(), None, "{forged}");
        }
    }
}
