//! Quits as people reach it, whoever runs what is behind the address.

use std::ops::Deref;

use crate::{
    person::Person,
    stack::{Place, Stack},
};

/// One address for the API.
pub struct Installation {
    front: String,
    http: reqwest::Client,
}

impl Installation {
    /// What is at an address such as `http://localhost:8080`.
    pub fn at(front: &str) -> Self {
        assert!(front.starts_with("http://"), "the stories speak plain HTTP, not {front}");
        Self { front: front.trim_end_matches('/').to_owned(), http: reqwest::Client::new() }
    }

    /// Where GraphQL is asked.
    pub fn api(&self) -> String {
        format!("{}/graphql", self.front)
    }

    /// Where GraphQL is live.
    pub fn socket(&self) -> String {
        format!("{}/ws", self.api().replacen("http", "ws", 1))
    }

    /// The client of all requests.
    pub fn http(&self) -> &reqwest::Client {
        &self.http
    }

    /// A new account with that name.
    pub async fn register(&self, name: &str) -> Person {
        Person::register(self, name).await
    }
}

/// An installation for a story that does not mind which.
pub enum Quits {
    /// Started for the story.
    Own(Box<Stack>),
    /// Runs already.
    Running { installation: Installation, _place: Place },
}

impl Quits {
    /// Beside other stories.
    pub async fn shared() -> Self {
        match running() {
            Some(installation) => Self::Running { installation, _place: Place::shared().await },
            None => Self::Own(Box::new(Stack::start().await)),
        }
    }

    /// While no other story is told.
    pub async fn alone() -> Self {
        match running() {
            Some(installation) => Self::Running { installation, _place: Place::alone().await },
            None => Self::Own(Box::new(Stack::start_alone().await)),
        }
    }
}

impl Deref for Quits {
    type Target = Installation;

    fn deref(&self) -> &Installation {
        match self {
            Self::Own(stack) => stack,
            Self::Running { installation, .. } => installation,
        }
    }
}

fn running() -> Option<Installation> {
    std::env::var("QUITS_E2E_URL").ok().map(|front| Installation::at(&front))
}
