//! The question that reports asks about whom it sends mail to: where, in which language, and when is it night there?

use std::collections::HashMap;

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use crate::{
    UserId,
    ask::{Asker, OwnerClient, Question, Unavailable},
};

/// How a person can be written to. Deliberately not `Debug`: an address shall not reach a log.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// Who.
    pub user_id: UserId,
    /// The name shown to others.
    pub name: String,
    /// A mail address that is known to be the person's own.
    pub email: String,
    /// A language tag of BCP 47.
    pub locale: String,
    /// A name of the IANA time zone database.
    pub time_zone: String,
}

/// How people can be written to. Answered by users, to services alone; addresses do not pass the broker.
#[async_trait]
pub trait Contacts: Send + Sync {
    /// The contacts of these people; who has no account, or has not confirmed the address, is left out.
    async fn contacts(&self, asker: &Asker, users: &[UserId]) -> Result<HashMap<UserId, Contact>, Unavailable>;
}

/// The question as it is sent.
#[derive(Debug, Serialize, Deserialize)]
pub struct ContactsQuestion {
    /// About whom.
    pub users: Vec<UserId>,
}

/// The answer as it is sent.
#[derive(Serialize, Deserialize)]
pub struct ContactsAnswer {
    /// In no order.
    pub people: Vec<Contact>,
}

impl Question for ContactsQuestion {
    const PATH: &'static str = "/contacts";
    type Answer = ContactsAnswer;
}

/// Asks users over HTTP.
pub struct HttpContacts(OwnerClient);

impl HttpContacts {
    /// Will ask at this address, such as `http://127.0.0.1:4001`.
    pub fn new(users_url: &str) -> Result<Self, Unavailable> {
        OwnerClient::new("users", users_url).map(Self)
    }
}

#[async_trait]
impl Contacts for HttpContacts {
    async fn contacts(&self, asker: &Asker, users: &[UserId]) -> Result<HashMap<UserId, Contact>, Unavailable> {
        let answer = self.0.ask(asker, &ContactsQuestion { users: users.to_vec() }).await?;
        Ok(answer.people.into_iter().map(|person| (person.user_id, person)).collect())
    }
}
