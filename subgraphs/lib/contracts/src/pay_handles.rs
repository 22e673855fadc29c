//! The question that payments asks about those who are owed: how can they be paid outside of Quits?

use std::collections::HashMap;

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use crate::{
    UserId,
    ask::{Asker, OwnerClient, Question, Unavailable},
};

/// A way to pay a person outside of Quits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum PayHandle {
    /// A bank account.
    Iban {
        /// Its number, without spaces.
        iban: String,
        /// Whose account it is.
        holder: String,
    },
    /// A page of PayPal.Me.
    Paypal {
        /// The name of the page.
        name: String,
    },
    /// A page of Revolut.Me.
    Revolut {
        /// The name of the page.
        name: String,
    },
    /// An address of India's Unified Payments Interface.
    Upi {
        /// The address, such as `ada@bank`.
        id: String,
        /// Whose it is.
        holder: String,
    },
    /// Any other page.
    Link {
        /// Its https address.
        url: String,
    },
}

/// How people can be paid. Answered by users, to services alone: who may see it is for the one who asks to decide.
#[async_trait]
pub trait PayHandles: Send + Sync {
    /// The handles of these people, in their own order; who has none is left out.
    async fn pay_handles(
        &self,
        asker: &Asker,
        users: &[UserId],
    ) -> Result<HashMap<UserId, Vec<PayHandle>>, Unavailable>;
}

/// The question as it is sent.
#[derive(Debug, Serialize, Deserialize)]
pub struct PayHandlesQuestion {
    /// About whom.
    pub users: Vec<UserId>,
}

/// The answer as it is sent.
#[derive(Serialize, Deserialize)]
pub struct PayHandlesAnswer {
    /// In no order.
    pub people: Vec<PersonHandles>,
}

/// How one person can be paid.
#[derive(Serialize, Deserialize)]
pub struct PersonHandles {
    /// Who.
    pub user_id: UserId,
    /// In the person's own order.
    pub handles: Vec<PayHandle>,
}

impl Question for PayHandlesQuestion {
    const PATH: &'static str = "/pay-handles";
    type Answer = PayHandlesAnswer;
}

/// Asks users over HTTP.
pub struct HttpPayHandles(OwnerClient);

impl HttpPayHandles {
    /// Will ask at this address, such as `http://127.0.0.1:4001`.
    pub fn new(users_url: &str) -> Result<Self, Unavailable> {
        OwnerClient::new("users", users_url).map(Self)
    }
}

#[async_trait]
impl PayHandles for HttpPayHandles {
    async fn pay_handles(
        &self,
        asker: &Asker,
        users: &[UserId],
    ) -> Result<HashMap<UserId, Vec<PayHandle>>, Unavailable> {
        let answer = self.0.ask(asker, &PayHandlesQuestion { users: users.to_vec() }).await?;
        Ok(answer.people.into_iter().map(|person| (person.user_id, person.handles)).collect())
    }
}
