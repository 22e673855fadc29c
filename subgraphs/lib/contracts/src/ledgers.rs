//! The request by which payments gets the present ledgers of expenses before it acts on debts.

use std::collections::HashMap;

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use crate::{
    GroupId,
    ask::{Asker, OwnerClient, Question, Unavailable},
    ledger::GroupLedger,
};

/// Returns the present ledgers of expenses. Implemented by expenses, for services only: the asking service must check
/// what its user may see.
#[async_trait]
pub trait ExpenseLedgers: Send + Sync {
    /// Returns the ledgers of these groups; omits groups without expenses.
    async fn ledgers(&self, asker: &Asker, groups: &[GroupId]) -> Result<HashMap<GroupId, LedgerOfGroup>, Unavailable>;
}

/// The request.
#[derive(Debug, Serialize, Deserialize)]
pub struct LedgersQuestion {
    /// The groups.
    pub groups: Vec<GroupId>,
}

/// The response.
#[derive(Serialize, Deserialize)]
pub struct LedgersAnswer {
    /// Unordered.
    pub ledgers: Vec<LedgerOfGroup>,
}

/// The ledger of one group.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct LedgerOfGroup {
    /// The group.
    pub group_id: GroupId,
    /// Increases with every change of the group's expenses. Missing in answers of the previous version.
    #[serde(default)]
    pub version: i64,
    /// Increases with every change of the ledger. Missing in answers of the previous version.
    #[serde(default)]
    pub ledger_version: Option<i64>,
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
    /// Creates a client for this URL, such as `http://127.0.0.1:4003`.
    pub fn new(expenses_url: &str) -> Result<Self, Unavailable> {
        OwnerClient::new("expenses", expenses_url).map(Self)
    }
}

#[async_trait]
impl ExpenseLedgers for HttpExpenseLedgers {
    async fn ledgers(&self, asker: &Asker, groups: &[GroupId]) -> Result<HashMap<GroupId, LedgerOfGroup>, Unavailable> {
        if groups.is_empty() {
            return Ok(HashMap::new());
        }
        let answer = self.0.ask(asker, &LedgersQuestion { groups: groups.to_vec() }).await?;
        Ok(answer.ledgers.into_iter().map(|of| (of.group_id, of)).collect())
    }
}
