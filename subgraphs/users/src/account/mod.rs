//! Accounts: people's identities and their display preferences.

mod audit;
pub(crate) mod operations;
pub(crate) mod password;
pub(crate) mod store;

use contracts::{Timestamp, UserId, contacts::Contact, event::UserFacts};
use kit::text::{NAME, line};
use money::Currency;
use oxilangtag::LanguageTag;
use serde::{Deserialize, Serialize};

use crate::refusal::Refusal;
use password::PasswordHash;

/// The limits of RFC 5321, section 4.5.3.1.
const EMAIL_LENGTH: usize = 254;
const LOCAL_PART_LENGTH: usize = 64;
const DOMAIN_LABEL_LENGTH: usize = 63;

/// The longest URL of a picture.
const ADDRESS_LENGTH: usize = 2_000;
/// The longest data URL of a picture.
const PICTURE_LENGTH: usize = 32 * 1_024;
/// Without SVG, which can contain scripts.
const PICTURE_TYPES: [&str; 3] = ["png", "jpeg", "webp"];

/// The name that is shown for a deleted account.
const DELETED: &str = "Deleted person";

const LOCALE_LENGTH: usize = 35;
const DEFAULT_LOCALE: &str = "en";
const DEFAULT_TIME_ZONE: &str = "UTC";

/// An account. Deliberately not `Debug`, so that no password hash reaches a log.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Account {
    #[serde(rename = "_id")]
    pub(crate) id: UserId,
    /// The address to sign in with; unique among accounts.
    pub(crate) email: Email,
    /// When its owner proved to receive mail at this address; `None` if not yet.
    #[serde(default)]
    pub(crate) email_verified_at: Option<Timestamp>,
    pub(crate) password_hash: PasswordHash,
    /// The profile.
    pub(crate) profile: Profile,
    pub(crate) created_at: Timestamp,
    /// When it was deleted. A deleted account keeps only what ledgers of other people need.
    #[serde(default)]
    pub(crate) deleted_at: Option<Timestamp>,
}

impl Account {
    pub(crate) fn new(email: Email, password_hash: PasswordHash, profile: Profile, now: Timestamp) -> Self {
        Self {
            id: UserId::new(),
            email,
            email_verified_at: None,
            password_hash,
            profile,
            created_at: now,
            deleted_at: None,
        }
    }

    /// Returns the remains of this account after its deletion, without anything that identifies the person.
    pub(crate) fn deleted(&self, now: Timestamp) -> Self {
        let profile = Profile {
            name: DELETED.to_owned(),
            avatar_url: None,
            default_currency: self.profile.default_currency,
            locale: DEFAULT_LOCALE.to_owned(),
            time_zone: DEFAULT_TIME_ZONE.to_owned(),
        };
        Self {
            id: self.id,
            // Unique, and an address that cannot receive mail.
            email: Email(format!("{}@deleted.invalid", self.id)),
            email_verified_at: None,
            password_hash: PasswordHash::none(),
            profile,
            created_at: self.created_at,
            deleted_at: Some(now),
        }
    }

    /// How its owner can be written to.
    pub(crate) fn contact(&self) -> Contact {
        Contact {
            user_id: self.id,
            name: self.profile.name.clone(),
            email: self.email.as_str().to_owned(),
            locale: self.profile.locale.clone(),
            time_zone: self.profile.time_zone.clone(),
        }
    }

    /// The payload of its events.
    pub(crate) fn facts(&self) -> UserFacts {
        UserFacts { user_id: self.id, name: self.profile.name.clone() }
    }
}

/// A partial update of a profile: `None` keeps the present value.
#[derive(Clone, Debug, Default)]
pub(crate) struct ProfileEdit {
    pub(crate) name: Option<String>,
    /// `Some(None)` removes the picture.
    #[allow(clippy::option_option, reason = "clients distinguish an absent field from null")]
    pub(crate) avatar_url: Option<Option<String>>,
    pub(crate) default_currency: Option<Currency>,
    pub(crate) locale: Option<String>,
    pub(crate) time_zone: Option<String>,
}

impl ProfileEdit {
    /// Normalises the values; refuses invalid ones.
    pub(crate) fn checked(self) -> Result<Self, Refusal> {
        let avatar_url = match self.avatar_url {
            Some(Some(url)) => Some(Some(checked_avatar(&url)?)),
            other => other,
        };
        Ok(Self {
            name: self.name.as_deref().map(checked_name).transpose()?,
            avatar_url,
            default_currency: self.default_currency,
            locale: self.locale.as_deref().map(checked_locale).transpose()?,
            time_zone: self.time_zone.as_deref().map(checked_time_zone).transpose()?,
        })
    }
}

/// The profile of an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Profile {
    /// The name shown to others.
    pub(crate) name: String,
    /// The picture shown to others.
    pub(crate) avatar_url: Option<String>,
    /// The default currency of new groups and expenses.
    #[serde(with = "contracts::amount::currency")]
    pub(crate) default_currency: Currency,
    /// A BCP 47 language tag.
    pub(crate) locale: String,
    /// An IANA time zone name.
    pub(crate) time_zone: String,
}

impl Profile {
    /// Creates a profile without a picture; refuses invalid values.
    pub(crate) fn new(
        name: &str,
        default_currency: Currency,
        locale: Option<&str>,
        time_zone: Option<&str>,
    ) -> Result<Self, Refusal> {
        Ok(Self {
            name: checked_name(name)?,
            avatar_url: None,
            default_currency,
            locale: checked_locale(locale.unwrap_or(DEFAULT_LOCALE))?,
            time_zone: checked_time_zone(time_zone.unwrap_or(DEFAULT_TIME_ZONE))?,
        })
    }
}

fn checked_name(name: &str) -> Result<String, Refusal> {
    line("input.name", name, NAME).map_err(|_| Refusal::Name { longest: NAME })
}

/// Accepts an https URL or a small data URL of a picture.
fn checked_avatar(url: &str) -> Result<String, Refusal> {
    let url = url.trim();
    let is_address = url.starts_with("https://") && url.len() <= ADDRESS_LENGTH;
    let data = PICTURE_TYPES.iter().find_map(|kind| url.strip_prefix(&format!("data:image/{kind};base64,")));
    let is_picture = data.is_some_and(|data| {
        url.len() <= PICTURE_LENGTH && data.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+/=".contains(&byte))
    });
    let is_plain = url.chars().all(|c| c.is_ascii_graphic());
    if is_plain && (is_address || is_picture) { Ok(url.to_owned()) } else { Err(Refusal::Avatar) }
}

fn checked_locale(locale: &str) -> Result<String, Refusal> {
    let locale = Some(locale.trim()).filter(|locale| locale.len() <= LOCALE_LENGTH).ok_or(Refusal::Locale)?;
    LanguageTag::parse_and_normalize(locale).map(LanguageTag::into_inner).map_err(|_| Refusal::Locale)
}

fn checked_time_zone(time_zone: &str) -> Result<String, Refusal> {
    let zone: chrono_tz::Tz = time_zone.trim().parse().map_err(|_| Refusal::TimeZone)?;
    Ok(zone.name().to_owned())
}

/// A normalised email address: trimmed and in lower case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Email(String);

impl Email {
    /// Normalises user input for a lookup, without validating it.
    pub(crate) fn typed(text: &str) -> Self {
        Self(text.trim().to_lowercase())
    }

    /// Parses the address in this input field; refuses one that cannot receive mail.
    pub(crate) fn new(field: &'static str, text: &str) -> Result<Self, Refusal> {
        let email = Self::typed(text);
        if email.is_plausible() { Ok(email) } else { Err(Refusal::Email { field }) }
    }

    /// Returns the address as text.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the address is well-formed. Only a delivered message can prove more.
    fn is_plausible(&self) -> bool {
        let Some((local, domain)) = self.0.rsplit_once('@') else { return false };
        let printable = !self.0.chars().any(|c| c.is_whitespace() || c.is_control());
        let local_fits = (1..=LOCAL_PART_LENGTH).contains(&local.len()) && !local.contains('@');
        printable && self.0.len() <= EMAIL_LENGTH && local_fits && is_domain(domain)
    }
}

fn is_domain(domain: &str) -> bool {
    let is_label = |label: &str| {
        (1..=DOMAIN_LABEL_LENGTH).contains(&label.len())
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    domain.contains('.') && domain.split('.').all(is_label)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn profile(name: &str, locale: Option<&str>, time_zone: Option<&str>) -> Result<Profile, Refusal> {
        Profile::new(name, Currency::from_code("EUR").unwrap(), locale, time_zone)
    }

    #[test]
    fn addresses_are_normalised() {
        assert_eq!(Email::new("email", " Ada@Example.ORG\n").unwrap().as_str(), "ada@example.org");
        assert_eq!(Email::new("email", "a.b+c@xn--bcher-kva.example").unwrap().as_str(), "a.b+c@xn--bcher-kva.example");
        assert_eq!(Email::new("email", "ada@bücher.example").unwrap().as_str(), "ada@bücher.example");
    }

    #[test]
    fn malformed_addresses_are_refused() {
        let long_local = format!("{}@example.org", "a".repeat(65));
        let long_domain = format!("a@{}org", "example.".repeat(40));
        for text in [
            "",
            "@",
            "ada",
            "ada@",
            "@example.org",
            "ada@example",
            "ada@.org",
            "ada@example.",
            "ada@-a.org",
            "a@b@c.org",
            "a da@example.org",
            "ada@exa mple.org",
            "ada@example.org\0",
            "ada@exam_ple.org",
            &long_local,
            &long_domain,
        ] {
            assert_eq!(Email::new("email", text), Err(Refusal::Email { field: "email" }), "{text:?}");
        }
    }

    #[test]
    fn a_name_is_trimmed_and_has_limits() {
        assert_eq!(profile(" Ada ", None, None).unwrap().name, "Ada");
        assert!(profile(&"é".repeat(NAME), None, None).is_ok());
        for name in ["", "  ", "A\nda", "A\u{0}", &"a".repeat(NAME + 1)] {
            assert_eq!(profile(name, None, None), Err(Refusal::Name { longest: NAME }), "{name:?}");
        }
    }

    #[test]
    fn a_picture_is_a_url_or_small() {
        for url in ["https://example.org/ada.png", "data:image/png;base64,iVBORw0KGgo="] {
            assert!(checked_avatar(url).is_ok(), "{url}");
        }
        let large = format!("data:image/png;base64,{}", "A".repeat(PICTURE_LENGTH));
        for url in [
            "",
            "http://example.org/ada.png",
            "javascript:alert(1)",
            "https://example.org/a b",
            "data:text/html;base64,AAAA",
            "data:image/svg+xml;base64,AAAA",
            "data:image/png;base64,<script>",
            &large,
        ] {
            assert_eq!(checked_avatar(url), Err(Refusal::Avatar), "{url:.40}");
        }
    }

    #[test]
    fn locale_and_time_zone_have_defaults_and_must_exist() {
        let default = profile("Ada", None, None).unwrap();
        assert_eq!((default.locale.as_str(), default.time_zone.as_str()), ("en", "UTC"));
        let chosen = profile("Ada", Some("DE-at"), Some("Europe/Vienna")).unwrap();
        assert_eq!((chosen.locale.as_str(), chosen.time_zone.as_str()), ("de-AT", "Europe/Vienna"));
        for locale in ["", "x", "english language", "de--AT", &"de-".repeat(20)] {
            assert_eq!(profile("Ada", Some(locale), None), Err(Refusal::Locale), "{locale:?}");
        }
        for zone in ["", "Vienna", "Europe/Atlantis", "../../etc/passwd"] {
            assert_eq!(profile("Ada", None, Some(zone)), Err(Refusal::TimeZone), "{zone:?}");
        }
    }
}
