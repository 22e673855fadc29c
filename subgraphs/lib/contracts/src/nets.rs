//! The request for what one domain, expenses or payments, had added to each balance of a group at a moment.

use async_trait::async_trait;
use money::Currency;
use serde::{Deserialize, Serialize};

use crate::{
    GroupId, MemberId, Timestamp, amount,
    ask::{Asker, OwnerClient, Question, Unavailable},
};

/// One domain's contribution to one balance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NetRow {
    /// The member.
    pub member_id: MemberId,
    /// The currency of the balance.
    #[serde(with = "amount::currency")]
    pub currency: Currency,
    /// In minor units; positive if the member is owed.
    pub amount_minor: i64,
}

/// Returns the nets of a group. Implemented by expenses and by payments, each for its own domain.
#[async_trait]
pub trait Nets: Send + Sync {
    /// Returns the nets at a moment; empty for a group that the asker may not see.
    async fn nets_at(&self, asker: &Asker, group: GroupId, at: Timestamp) -> Result<Vec<NetRow>, Unavailable>;
}

/// The request.
#[derive(Debug, Serialize, Deserialize)]
pub struct NetsQuestion {
    /// The group.
    pub group: GroupId,
    /// The moment.
    pub at: Timestamp,
}

/// The response.
#[derive(Serialize, Deserialize)]
pub struct NetsAnswer {
    /// The amounts add up to zero per currency.
    pub nets: Vec<NetRow>,
}

impl Question for NetsQuestion {
    const PATH: &'static str = "/nets";
    type Answer = NetsAnswer;
}

/// Asks one of the two over HTTP.
pub struct HttpNets(OwnerClient);

impl HttpNets {
    /// Creates a client of expenses at this URL, such as `http://127.0.0.1:4003`.
    pub fn new(expenses_url: &str) -> Result<Self, Unavailable> {
        OwnerClient::new("expenses", expenses_url).map(Self)
    }

    /// Creates a client of payments at this URL, such as `http://127.0.0.1:4004`.
    pub fn of_payments(payments_url: &str) -> Result<Self, Unavailable> {
        OwnerClient::new("payments", payments_url).map(Self)
    }
}

#[async_trait]
impl Nets for HttpNets {
    async fn nets_at(&self, asker: &Asker, group: GroupId, at: Timestamp) -> Result<Vec<NetRow>, Unavailable> {
        let answer = self.0.ask(asker, &NetsQuestion { group, at }).await?;
        Ok(answer.nets)
    }
}
