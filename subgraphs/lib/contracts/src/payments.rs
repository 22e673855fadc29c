//! The request by which expenses gets the payments of a group for an export.

use async_trait::async_trait;
use chrono::NaiveDate;
use money::Amount;
use serde::{Deserialize, Serialize};

use crate::{
    GroupId, MemberId, PaymentId, amount,
    ask::{Asker, OwnerClient, Question, Unavailable},
};

/// The request: a page of the payments that count in the balances of a group.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PaymentsQuestion {
    /// The group.
    pub group: GroupId,
    /// The largest number of results.
    pub first: usize,
    /// The cursor: only results after this place.
    pub after: Option<PaymentPlace>,
}

/// A place in the list of payments, the latest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentPlace {
    /// The day the money moved.
    pub date: NaiveDate,
    /// The tie-break between payments of one day.
    pub payment_id: PaymentId,
}

/// One payment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentRow {
    /// Its place in the list.
    pub place: PaymentPlace,
    /// The payer.
    pub from: MemberId,
    /// The receiver.
    pub to: MemberId,
    /// The amount that counts.
    #[serde(with = "amount")]
    pub amount: Amount,
    /// Free text of the recorder.
    pub note: Option<String>,
}

/// The response.
#[derive(Debug, Serialize, Deserialize)]
pub struct PaymentsAnswer {
    /// The latest first; empty for a group that the asker may not see.
    pub payments: Vec<PaymentRow>,
}

impl Question for PaymentsQuestion {
    const PATH: &'static str = "/payments";
    type Answer = PaymentsAnswer;
}

/// Lists the payments that count in a group. Implemented by payments.
#[async_trait]
pub trait GroupPayments: Send + Sync {
    /// Returns a page of them, the latest first.
    async fn payments(&self, asker: &Asker, question: &PaymentsQuestion) -> Result<Vec<PaymentRow>, Unavailable>;
}

/// Asks payments over HTTP.
pub struct HttpGroupPayments(OwnerClient);

impl HttpGroupPayments {
    /// Creates a client for this URL, such as `http://127.0.0.1:4004`.
    pub fn new(payments_url: &str) -> Result<Self, Unavailable> {
        OwnerClient::new("payments", payments_url).map(Self)
    }
}

#[async_trait]
impl GroupPayments for HttpGroupPayments {
    async fn payments(&self, asker: &Asker, question: &PaymentsQuestion) -> Result<Vec<PaymentRow>, Unavailable> {
        Ok(self.0.ask(asker, question).await?.payments)
    }
}
