//! Ways to pay a proposed transfer outside of Quits.

use async_graphql::{Enum, SimpleObject};
use contracts::pay_handles::PayHandle;

use crate::pay_option;

/// How somebody can be paid outside of Quits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub(super) enum PayHandleKind {
    /// A bank account.
    Iban,
    /// A page of PayPal.Me.
    Paypal,
    /// A page of Revolut.Me.
    Revolut,
    /// An address of India's Unified Payments Interface.
    Upi,
    /// Any other page.
    Link,
}

/// A way to pay a proposed transfer, with its amount filled in where that is possible. Recording that it was paid is left to
/// the payer, and confirming it to the receiver.
#[derive(SimpleObject)]
pub(super) struct PayOption {
    /// What it rests on.
    kind: PayHandleKind,
    /// The account, page or address as people read it.
    label: String,
    /// Whose account it is; null for a page.
    holder: Option<String>,
    /// Where it can be paid: an https address, or one that opens an app of UPI.
    link: Option<String>,
    /// The text of a QR code that banking apps read: of a SEPA transfer (EPC069-12) or of UPI.
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
