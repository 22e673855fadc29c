//! Pay handles: how a person can be paid outside of Quits, by bank, by UPI, or on a web page.

pub(crate) mod operations;
pub(crate) mod store;

use contracts::{UserId, pay_handles::PayHandle};
use iban::{Iban, IbanLike};
use kit::text;
use reqwest::Url;
use serde::{Deserialize, Serialize};

use crate::refusal::Refusal;

/// The most handles that a person can have.
pub(crate) const HANDLES: usize = 10;

/// The longest name of an account holder: the limit of SEPA transfers.
const HOLDER: usize = 70;

const LONGEST_LINK: usize = 500;

/// The kind of a handle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A bank account.
    Iban,
    /// A PayPal.Me page.
    Paypal,
    /// A Revolut.Me page.
    Revolut,
    /// An address in India's Unified Payments Interface.
    Upi,
    /// Another web page.
    Link,
}

impl Kind {
    /// Returns the sentence that refuses an invalid value.
    fn sentence(self) -> &'static str {
        match self {
            Self::Iban => "This is not an IBAN. Please check its digits.",
            Self::Paypal => "A page of PayPal.Me is named by letters and digits, such as paypal.me/name.",
            Self::Revolut => "A page of Revolut.Me is named by letters and digits, such as revolut.me/name.",
            Self::Upi => "An address of UPI is written as name@bank.",
            Self::Link => "A link is an https address of at most 500 characters.",
        }
    }
}

/// A handle as a person enters it.
#[derive(Clone, Debug)]
pub(crate) struct NewHandle {
    pub(crate) kind: Kind,
    /// The IBAN, name, address or URL.
    pub(crate) value: String,
    /// The account holder.
    pub(crate) holder: Option<String>,
}

/// The handles of a person, as they are stored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct OwnHandles {
    #[serde(rename = "_id")]
    pub(crate) user_id: UserId,
    /// In order of preference.
    pub(crate) handles: Vec<PayHandle>,
}

impl OwnHandles {
    /// Validates and normalises handles; refuses invalid ones.
    pub(crate) fn new(user_id: UserId, typed: &[NewHandle]) -> Result<Self, Refusal> {
        if typed.len() > HANDLES {
            return Err(Refusal::TooManyHandles { most: HANDLES });
        }
        let handles = typed.iter().map(NewHandle::checked).collect::<Result<_, _>>()?;
        Ok(Self { user_id, handles })
    }
}

impl NewHandle {
    fn checked(&self) -> Result<PayHandle, Refusal> {
        let value = self.value.trim();
        let checked = match self.kind {
            Kind::Iban => iban(value).map(|iban| Ok(PayHandle::Iban { iban, holder: self.holder()? })),
            Kind::Upi => upi_id(value).map(|id| Ok(PayHandle::Upi { id, holder: self.holder()? })),
            Kind::Paypal => page(value, "paypal.me", 20).map(|name| Ok(PayHandle::Paypal { name })),
            Kind::Revolut => page(value, "revolut.me", 30).map(|name| Ok(PayHandle::Revolut { name })),
            Kind::Link => link(value).map(|url| Ok(PayHandle::Link { url })),
        };
        checked.ok_or(Refusal::PayHandle { sentence: self.kind.sentence() })?
    }

    fn holder(&self) -> Result<String, Refusal> {
        let holder = self.holder.as_deref().unwrap_or_default();
        text::line("handles", holder, HOLDER).map_err(|_| Refusal::PayHandleHolder { longest: HOLDER })
    }
}

/// Normalises an IBAN; `None` if its length, form or check digits are wrong.
fn iban(typed: &str) -> Option<String> {
    let compact: String = typed.chars().filter(|letter| !letter.is_whitespace()).collect();
    let iban: Iban = compact.to_ascii_uppercase().parse().ok()?;
    Some(iban.electronic_str().to_owned())
}

fn upi_id(typed: &str) -> Option<String> {
    let (name, bank) = typed.split_once('@')?;
    let is_name = |letter: char| letter.is_ascii_alphanumeric() || "._-".contains(letter);
    let right = (2..=256).contains(&name.len())
        && name.chars().all(is_name)
        && (2..=64).contains(&bank.len())
        && bank.chars().all(|letter| letter.is_ascii_alphanumeric())
        && bank.starts_with(|letter: char| letter.is_ascii_alphabetic());
    right.then(|| typed.to_owned())
}

/// Extracts the name of a page on this site; accepts the name alone, with an `@`, or a URL.
fn page(typed: &str, site: &str, longest: usize) -> Option<String> {
    let typed = typed.strip_prefix("https://").unwrap_or(typed);
    let typed = typed.strip_prefix("www.").unwrap_or(typed);
    let name = typed.strip_prefix(site).and_then(|rest| rest.strip_prefix('/')).unwrap_or(typed);
    let name = name.strip_prefix('@').unwrap_or(name).trim_end_matches('/');
    let is_name = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    ((1..=longest).contains(&name.len()) && name.chars().all(is_name)).then(|| name.to_owned())
}

fn link(typed: &str) -> Option<String> {
    let url = Url::parse(typed).ok().filter(|_| typed.len() <= LONGEST_LINK)?;
    let is_plain = url.username().is_empty() && url.password().is_none();
    let has_domain = url.domain().is_some_and(|domain| domain.contains('.'));
    (url.scheme() == "https" && is_plain && has_domain).then(|| url.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checked(kind: Kind, value: &str) -> Option<String> {
        let handle = NewHandle { kind, value: value.to_owned(), holder: Some("Ada Lovelace".to_owned()) }.checked();
        handle.ok().map(|handle| match handle {
            PayHandle::Iban { iban, .. } => iban,
            PayHandle::Paypal { name } | PayHandle::Revolut { name } => name,
            PayHandle::Upi { id, .. } => id,
            PayHandle::Link { url } => url,
        })
    }

    #[test]
    fn valid_handles_are_normalised() {
        let table = [
            (Kind::Iban, "de89 3704 0044 0532 0130 00", "DE89370400440532013000"),
            (Kind::Iban, "GB82WEST12345698765432", "GB82WEST12345698765432"),
            (Kind::Iban, "NO93 8601 1117 947", "NO9386011117947"),
            (Kind::Paypal, "adalovelace", "adalovelace"),
            (Kind::Paypal, "https://www.paypal.me/adalovelace/", "adalovelace"),
            (Kind::Revolut, "@ada_l", "ada_l"),
            (Kind::Revolut, "revolut.me/ada_l", "ada_l"),
            (Kind::Upi, "ada.l-1@okbank", "ada.l-1@okbank"),
            (Kind::Link, "https://bank.example/pay?to=ada", "https://bank.example/pay?to=ada"),
        ];
        for (kind, typed, kept) in table {
            assert_eq!(checked(kind, typed).as_deref(), Some(kept), "{typed}");
        }
    }

    #[test]
    fn invalid_handles_are_refused() {
        let table = [
            (Kind::Iban, "DE89370400440532013001"),
            (Kind::Iban, "DE8937040044053201300"),
            (Kind::Iban, "XX89370400440532013000"),
            (Kind::Iban, ""),
            (Kind::Paypal, "https://evil.example/ada"),
            (Kind::Paypal, "paypal.me/ada?x=1"),
            (Kind::Paypal, ""),
            (Kind::Revolut, "ada l"),
            (Kind::Upi, "ada"),
            (Kind::Upi, "a@okbank"),
            (Kind::Upi, "ada@1bank"),
            (Kind::Upi, "ada@bank&am=1"),
            (Kind::Link, "http://bank.example"),
            (Kind::Link, "https://ada:secret@bank.example"),
            (Kind::Link, "https://localhost/pay"),
            (Kind::Link, "javascript:alert(1)"),
        ];
        for (kind, typed) in table {
            assert_eq!(checked(kind, typed), None, "{typed}");
        }
        let nameless = NewHandle { kind: Kind::Iban, value: "DE89370400440532013000".to_owned(), holder: None };
        assert_eq!(nameless.checked(), Err(Refusal::PayHandleHolder { longest: HOLDER }));
    }
}
