//! The requests by which groups gets the names of accounts: of the asking person and of the person's friends.

use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::{
    UserId,
    ask::{Asker, OwnerClient, Question, Unavailable},
};

/// The path of the GraphQL endpoint of users.
const PATH: &str = "/graphql";

/// The query, which every client may send as well.
const QUESTION: &str = "{ me { id name } }";

/// The public part of an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// The account.
    #[serde(rename = "id")]
    pub user_id: UserId,
    /// The display name.
    pub name: String,
}

/// Returns profiles. Implemented by users.
#[async_trait]
pub trait Profiles: Send + Sync {
    /// Returns the asker's own profile; a service has none.
    async fn own(&self, asker: &Asker) -> Result<Profile, Unavailable>;

    /// Returns the profile of a friend of the asker; `None` if they are not friends.
    async fn friend(&self, asker: &Asker, user: UserId) -> Result<Option<Profile>, Unavailable>;
}

/// The request for a friend.
#[derive(Debug, Serialize, Deserialize)]
pub struct FriendQuestion {
    /// The presumed friend of the asker.
    pub user: UserId,
}

/// The response.
#[derive(Serialize, Deserialize)]
pub struct FriendAnswer {
    /// The friend's profile; `None` if they are not friends.
    pub friend: Option<Profile>,
}

impl Question for FriendQuestion {
    const PATH: &'static str = "/friends";
    type Answer = FriendAnswer;
}

/// Asks users over HTTP.
pub struct HttpProfiles(OwnerClient);

impl HttpProfiles {
    /// Creates a client for this URL, such as `http://127.0.0.1:4001`.
    pub fn new(users_url: &str) -> Result<Self, Unavailable> {
        OwnerClient::new("users", users_url).map(Self)
    }
}

#[async_trait]
impl Profiles for HttpProfiles {
    async fn own(&self, asker: &Asker) -> Result<Profile, Unavailable> {
        let answer: Value = self.0.post(asker, PATH, &json!({ "query": QUESTION })).await?;
        // Refusals have status 200, so a response without the account is a failure.
        Profile::deserialize(&answer["data"]["me"]).map_err(|error| self.0.unavailable(error))
    }

    async fn friend(&self, asker: &Asker, user: UserId) -> Result<Option<Profile>, Unavailable> {
        Ok(self.0.ask(asker, &FriendQuestion { user }).await?.friend)
    }
}
