//! The request by which payments gets the ways to pay people outside of Quits.

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
        /// The IBAN, without spaces.
        iban: String,
        /// The account holder.
        holder: String,
    },
    /// A PayPal.Me page.
    Paypal {
        /// The name of the page.
        name: String,
    },
    /// A Revolut.Me page.
    Revolut {
        /// The name of the page.
        name: String,
    },
    /// An address in India's Unified Payments Interface.
    Upi {
        /// The address, such as `ada@bank`.
        id: String,
        /// The account holder.
        holder: String,
    },
    /// Another web page.
    Link {
        /// Its https URL.
        url: String,
    },
}

/// Returns pay handles. Implemented by users, for services only: the asking service must check what its user may see.
#[async_trait]
pub trait PayHandles: Send + Sync {
    /// Returns the handles of these people, each in order of preference; omits people without any.
    async fn pay_handles(
        &self,
        asker: &Asker,
        users: &[UserId],
    ) -> Result<HashMap<UserId, Vec<PayHandle>>, Unavailable>;
}

/// The request.
#[derive(Debug, Serialize, Deserialize)]
pub struct PayHandlesQuestion {
    /// The people.
    pub users: Vec<UserId>,
}

/// The response.
#[derive(Serialize, Deserialize)]
pub struct PayHandlesAnswer {
    /// Unordered.
    pub people: Vec<PersonHandles>,
}

/// The handles of one person.
#[derive(Serialize, Deserialize)]
pub struct PersonHandles {
    /// The person.
    pub user_id: UserId,
    /// In order of preference.
    pub handles: Vec<PayHandle>,
}

impl Question for PayHandlesQuestion {
    const PATH: &'static str = "/pay-handles";
    type Answer = PayHandlesAnswer;
}

/// Asks users over HTTP.
pub struct HttpPayHandles(OwnerClient);

impl HttpPayHandles {
    /// Creates a client for this URL, such as `http://127.0.0.1:4001`.
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
