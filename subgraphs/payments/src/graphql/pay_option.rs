//! GraphQL types of ways to pay a proposed transfer outside of Quits.

use async_graphql::{Enum, SimpleObject};
use contracts::pay_handles::PayHandle;

use crate::pay_option;

/// The kind of a way to pay outside of Quits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub(super) enum PayHandleKind {
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

/// A way to pay a proposed transfer, with the amount filled in if possible. It records nothing: the payer records the
/// payment, and the receiver confirms it.
#[derive(SimpleObject)]
pub(super) struct PayOption {
    /// The kind of the receiver's handle.
    kind: PayHandleKind,
    /// The account, page or address, formatted for people.
    label: String,
    /// The holder of the account; null for a page.
    holder: Option<String>,
    /// The URL of the payment page: https, or a link that opens a UPI app.
    link: Option<String>,
    /// The content of a QR code for banking apps: a SEPA transfer (EPC069-12) or UPI.
    qr: Option<String>,
}

impl From<pay_option::PayOption> for PayOption {
    fn from(option: pay_option::PayOption) -> Self {
        let (kind, holder) = match option.handle {
            PayHandle::Iban { holder, .. } => (PayHandleKind::Iban, Some(holder)),
            PayHandle::Paypal { .. } => (PayHandleKind::Paypal, None),
            PayHandle::Revolut { .. } => (PayHandleKind::Revolut, None),
            PayHandle::Upi { holder, .. } => (PayHandleKind::Upi, Some(holder)),
            PayHandle::Link { .. } => (PayHandleKind::Link, None),
        };
        Self { kind, label: option.label, holder, link: option.link, qr: option.qr }
    }
}
