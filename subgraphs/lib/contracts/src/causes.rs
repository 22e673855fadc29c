//! The request by which payments explains a balance: which expenses contribute to it?

use async_trait::async_trait;
use chrono::NaiveDate;
use money::Currency;
use serde::{Deserialize, Serialize};

use crate::{
    ExpenseId, GroupId, MemberId, amount,
    ask::{Asker, OwnerClient, Question, Unavailable},
};

/// The request: what the expenses of a group add to a balance, or to what one member owes another.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CausesQuestion {
    /// The group.
    pub group: GroupId,
    /// The member whose balance it is; or the debtor.
    pub member: MemberId,
    /// The creditor, if the request is about what one member owes another.
    pub owed_to: Option<MemberId>,
    /// The currency of the balance.
    #[serde(with = "amount::currency")]
    pub currency: Currency,
    /// The largest number of results.
    pub first: usize,
    /// The cursor: only results after this place.
    pub after: Option<CausePlace>,
}

/// A place in the list of causes, the newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CausePlace {
    /// The sort key.
    pub sorted_by: String,
    /// The tie-break between equal sort keys.
    pub expense_id: ExpenseId,
}

/// The contribution of one expense.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CauseRow {
    /// Its place in the list.
    pub place: CausePlace,
    /// The day it was spent.
    pub date: NaiveDate,
    /// The contribution to the balance or to the debt; never zero.
    pub amount_minor: i64,
}

/// The response.
#[derive(Debug, Serialize, Deserialize)]
pub struct CausesAnswer {
    /// The newest first; empty for a group that the asker may not see.
    pub causes: Vec<CauseRow>,
}

impl Question for CausesQuestion {
    const PATH: &'static str = "/causes";
    type Answer = CausesAnswer;
}

/// Finds the expenses that contribute to a balance. Implemented by expenses.
#[async_trait]
pub trait Causes: Send + Sync {
    /// Returns the contributing expenses, the newest first.
    async fn causes(&self, asker: &Asker, question: &CausesQuestion) -> Result<Vec<CauseRow>, Unavailable>;
}

/// Asks expenses over HTTP.
pub struct HttpCauses(OwnerClient);

impl HttpCauses {
    /// Creates a client for this URL, such as `http://127.0.0.1:4003`.
    pub fn new(expenses_url: &str) -> Result<Self, Unavailable> {
        OwnerClient::new("expenses", expenses_url).map(Self)
    }
}

#[async_trait]
impl Causes for HttpCauses {
    async fn causes(&self, asker: &Asker, question: &CausesQuestion) -> Result<Vec<CauseRow>, Unavailable> {
        Ok(self.0.ask(asker, question).await?.causes)
    }
}
