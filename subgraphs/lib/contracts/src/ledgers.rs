//! The question that payments asks before it acts on debts: what do the expenses of groups add up to now?

use std::collections::HashMap;

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use crate::{
    GroupId,
    ask::{Asker, OwnerClient, Question, Unavailable},
    ledger::GroupLedger,
};

/// What the expenses of groups add up to. Answered by expenses, to services alone: who may know it is for the one who asks
/// to decide.
#[async_trait]
pub trait ExpenseLedgers: Send + Sync {
    /// The ledgers of these groups; a group without expenses is left out.
    async fn ledgers(&self, asker: &Asker, groups: &[GroupId]) -> Result<HashMap<GroupId, GroupLedger>, Unavailable>;
}

/// The question as it is sent.
#[derive(Debug, Serialize, Deserialize)]
pub struct LedgersQuestion {
    /// About which groups.
    pub groups: Vec<GroupId>,
}

/// The answer as it is sent.
#[derive(Serialize, Deserialize)]
pub struct LedgersAnswer {
    /// In no order.
    pub ledgers: Vec<LedgerOfGroup>,
}

/// What the expenses of one group add up to.
#[derive(Serialize, Deserialize)]
pub struct LedgerOfGroup {
    /// Which group.
    pub group_id: GroupId,
    /// Nets and debts.
    pub ledger: GroupLedger,
}

impl Question for LedgersQuestion {
    const PATH: &'static str = "/ledgers";
    type Answer = LedgersAnswer;
}

/// Asks expenses over HTTP.
pub struct HttpExpenseLedgers(OwnerClient);

impl HttpExpenseLedgers {
    /// Will ask at this address, such as `http://127.0.0.1:4003`.
    pub fn new(expenses_url: &str) -> Result<Self, Unavailable> {
        OwnerClient::new("expenses", expenses_url).map(Self)
    }
}

#[async_trait]
impl ExpenseLedgers for HttpExpenseLedgers {
    async fn ledgers(&self, asker: &Asker, groups: &[GroupId]) -> Result<HashMap<GroupId, GroupLedger>, Unavailable> {
        if groups.is_empty() {
            return Ok(HashMap::new());
        }
        let answer = self.0.ask(asker, &LedgersQuestion { groups: groups.to_vec() }).await?;
        Ok(answer.ledgers.into_iter().map(|of| (of.group_id, of.ledger)).collect())
    }
}
