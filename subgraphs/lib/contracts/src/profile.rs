//! The questions that groups asks about people: under which name do others know this account, and is it one of a friend?

use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::{
    UserId,
    ask::{Asker, OwnerClient, Question, Unavailable},
};

/// Where users answers, below its address.
const PATH: &str = "/graphql";

/// The question as it is sent: the one that every client may ask too.
const QUESTION: &str = "{ me { id name } }";

/// An account, as far as others may know it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// Whose account.
    #[serde(rename = "id")]
    pub user_id: UserId,
    /// The name shown to others.
    pub name: String,
}

/// Who is behind an account. Answered by users.
#[async_trait]
pub trait Profiles: Send + Sync {
    /// The asker's own profile; a service has none.
    async fn own(&self, asker: &Asker) -> Result<Profile, Unavailable>;

    /// The profile of a friend of the asker; `None` when they are no friends.
    async fn friend(&self, asker: &Asker, user: UserId) -> Result<Option<Profile>, Unavailable>;
}

/// The question about a friend as it is sent.
#[derive(Debug, Serialize, Deserialize)]
pub struct FriendQuestion {
    /// Who should be a friend of the asker.
    pub user: UserId,
}

/// The answer as it is sent.
#[derive(Serialize, Deserialize)]
pub struct FriendAnswer {
    /// The friend, if it is one.
    pub friend: Option<Profile>,
}

impl Question for FriendQuestion {
    const PATH: &'static str = "/friends";
    type Answer = FriendAnswer;
}

/// Asks users over HTTP.
pub struct HttpProfiles(OwnerClient);

impl HttpProfiles {
    /// Will ask at this address, such as `http://127.0.0.1:4001`.
    pub fn new(users_url: &str) -> Result<Self, Unavailable> {
        OwnerClient::new("users", users_url).map(Self)
    }
}

#[async_trait]
impl Profiles for HttpProfiles {
    async fn own(&self, asker: &Asker) -> Result<Profile, Unavailable> {
        let answer: Value = self.0.post(asker, PATH, &json!({ "query": QUESTION })).await?;
        // Refusals come with status 200: an answer without the account is none.
        Profile::deserialize(&answer["data"]["me"]).map_err(|error| self.0.unavailable(error))
    }

    async fn friend(&self, asker: &Asker, user: UserId) -> Result<Option<Profile>, Unavailable> {
        Ok(self.0.ask(asker, &FriendQuestion { user }).await?.friend)
    }
}
