//! The question that expenses asks to export a group: which payments count in it?

use async_trait::async_trait;
use chrono::NaiveDate;
use money::Amount;
use serde::{Deserialize, Serialize};

use crate::{
    GroupId, MemberId, PaymentId, amount,
    ask::{Asker, OwnerClient, Question, Unavailable},
};

/// The question as it is sent: a page of the payments that count in the balances of a group.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PaymentsQuestion {
    /// In which group.
    pub group: GroupId,
    /// How many at the most.
    pub first: usize,
    /// Only what comes after this place.
    pub after: Option<PaymentPlace>,
}

/// A place in the list of payments, the latest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentPlace {
    /// The day the money moved.
    pub date: NaiveDate,
    /// What decides between those of one day.
    pub payment_id: PaymentId,
}

/// One payment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentRow {
    /// Where it stands in the list.
    pub place: PaymentPlace,
    /// Who paid.
    pub from: MemberId,
    /// Who received it.
    pub to: MemberId,
    /// How much.
    #[serde(with = "amount")]
    pub amount: Amount,
    /// What was said about it.
    pub note: Option<String>,
}

/// The answer as it is sent.
#[derive(Debug, Serialize, Deserialize)]
pub struct PaymentsAnswer {
    /// The latest first; none for a group that the asker may not see.
    pub payments: Vec<PaymentRow>,
}

impl Question for PaymentsQuestion {
    const PATH: &'static str = "/payments";
    type Answer = PaymentsAnswer;
}

/// Which payments count in a group. Answered by payments.
#[async_trait]
pub trait GroupPayments: Send + Sync {
    /// A page of them, the latest first.
    async fn payments(&self, asker: &Asker, question: &PaymentsQuestion) -> Result<Vec<PaymentRow>, Unavailable>;
}

/// Asks payments over HTTP.
pub struct HttpGroupPayments(OwnerClient);

impl HttpGroupPayments {
    /// Will ask at this address, such as `http://127.0.0.1:4004`.
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
