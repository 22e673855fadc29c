//! The question that payments asks to explain a balance: which expenses make it?

use async_trait::async_trait;
use chrono::NaiveDate;
use money::Currency;
use serde::{Deserialize, Serialize};

use crate::{
    ExpenseId, GroupId, MemberId, amount,
    ask::{Asker, OwnerClient, Question, Unavailable},
};

/// The question as it is sent: what the expenses of a group add to a balance, or to what a member owes another one.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CausesQuestion {
    /// In which group.
    pub group: GroupId,
    /// Whose balance; or who owes.
    pub member: MemberId,
    /// Who is owed, where it is about what one member owes another.
    pub owed_to: Option<MemberId>,
    /// In which currency.
    #[serde(with = "amount::currency")]
    pub currency: Currency,
    /// How many at the most.
    pub first: usize,
    /// Only what comes after this place.
    pub after: Option<CausePlace>,
}

/// A place in the list of causes, the newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CausePlace {
    /// What the list is sorted by.
    pub sorted_by: String,
    /// What decides between equal ones.
    pub expense_id: ExpenseId,
}

/// What one expense adds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CauseRow {
    /// Where it stands in the list.
    pub place: CausePlace,
    /// The day it was spent.
    pub date: NaiveDate,
    /// To the balance; or to what is owed. Never zero.
    pub amount_minor: i64,
}

/// The answer as it is sent.
#[derive(Debug, Serialize, Deserialize)]
pub struct CausesAnswer {
    /// The newest first; none for a group that the asker may not see.
    pub causes: Vec<CauseRow>,
}

impl Question for CausesQuestion {
    const PATH: &'static str = "/causes";
    type Answer = CausesAnswer;
}

/// Which expenses make a balance. Answered by expenses.
#[async_trait]
pub trait Causes: Send + Sync {
    /// The expenses that add something, the newest first.
    async fn causes(&self, asker: &Asker, question: &CausesQuestion) -> Result<Vec<CauseRow>, Unavailable>;
}

/// Asks expenses over HTTP.
pub struct HttpCauses(OwnerClient);

impl HttpCauses {
    /// Will ask at this address, such as `http://127.0.0.1:4003`.
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
