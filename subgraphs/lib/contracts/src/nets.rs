//! The question what one domain, expenses or payments, had added to each balance of a group at a moment.

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
    /// Whose.
    pub member_id: MemberId,
    /// In which currency.
    #[serde(with = "amount::currency")]
    pub currency: Currency,
    /// Positive: is owed.
    pub amount_minor: i64,
}

/// What the entries of a group add up to. Answered by expenses and by payments, each for its own entries.
#[async_trait]
pub trait Nets: Send + Sync {
    /// The nets at a moment; none for a group that the asker may not see.
    async fn nets_at(&self, asker: &Asker, group: GroupId, at: Timestamp) -> Result<Vec<NetRow>, Unavailable>;
}

/// The question as it is sent.
#[derive(Debug, Serialize, Deserialize)]
pub struct NetsQuestion {
    /// About which group.
    pub group: GroupId,
    /// About which moment.
    pub at: Timestamp,
}

/// The answer as it is sent.
#[derive(Serialize, Deserialize)]
pub struct NetsAnswer {
    /// Adds up to zero in each currency.
    pub nets: Vec<NetRow>,
}

impl Question for NetsQuestion {
    const PATH: &'static str = "/nets";
    type Answer = NetsAnswer;
}

/// Asks one of the two over HTTP.
pub struct HttpNets(OwnerClient);

impl HttpNets {
    /// Will ask expenses at this address, such as `http://127.0.0.1:4003`.
    pub fn new(expenses_url: &str) -> Result<Self, Unavailable> {
        OwnerClient::new("expenses", expenses_url).map(Self)
    }

    /// Will ask payments at this address, such as `http://127.0.0.1:4004`.
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
