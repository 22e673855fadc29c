//! A running installation of Quits, reached through its public address.

use std::ops::Deref;

use crate::{
    person::Person,
    stack::{Place, Stack},
};

/// The public address of an installation, with an HTTP client for it.
pub(crate) struct Installation {
    front: String,
    http: reqwest::Client,
}

impl Installation {
    /// The installation at an address such as `http://localhost:8080`.
    pub(crate) fn at(front: &str) -> Self {
        assert!(front.starts_with("http://"), "the stories speak plain HTTP, not {front}");
        Self { front: front.trim_end_matches('/').to_owned(), http: reqwest::Client::new() }
    }

    /// The URL of the GraphQL API over HTTP.
    pub(crate) fn api(&self) -> String {
        format!("{}/graphql", self.front)
    }

    /// The URL of the GraphQL API over WebSocket.
    pub(crate) fn socket(&self) -> String {
        format!("{}/ws", self.api().replacen("http", "ws", 1))
    }

    /// The HTTP client for all requests.
    pub(crate) fn http(&self) -> &reqwest::Client {
        &self.http
    }

    /// Registers a new account with this name.
    pub(crate) async fn register(&self, name: &str) -> Person {
        Person::register(self, name).await
    }
}

/// An installation for a test that needs only the public address.
pub(crate) enum Quits {
    /// Started for this test.
    Own(Box<Stack>),
    /// An installation that runs already, named by `QUITS_E2E_URL`.
    Running { installation: Installation, _place: Place },
}

impl Quits {
    /// For a test that may run concurrently with others.
    pub(crate) async fn shared() -> Self {
        match running() {
            Some(installation) => Self::Running { installation, _place: Place::shared().await },
            None => Self::Own(Box::new(Stack::start().await)),
        }
    }

    /// For a test that must not run concurrently with others.
    pub(crate) async fn alone() -> Self {
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
