//! The sender of a request.

use chrono::NaiveDate;
use chrono_tz::Tz;
use contracts::{Timestamp, Trace, UserId, ask::Asker};

use crate::{
    failure::{Failure, Outcome},
    settings::{ExposeSecret, SecretString},
};

/// The sender of a request: a person, the router or a service.
#[derive(Clone, Debug)]
pub struct Caller {
    pub(super) person: Option<Person>,
    /// Whether the request came through the router.
    pub is_router: bool,
    /// Whether another subgraph makes the request for itself, not for a person.
    pub is_service: bool,
    /// The trace of the request.
    pub trace: Trace,
}

/// A person with a verified token, or one whom a service acts for.
#[derive(Clone)]
pub(super) struct Person {
    pub(super) user: UserId,
    pub(super) credential: Credential,
    pub(super) session: Option<String>,
    pub(super) time_zone: Tz,
    /// The expiry of the token, if there is one.
    pub(super) expires_at: Option<Timestamp>,
}

/// What shows other subgraphs who asks.
#[derive(Clone)]
pub(super) enum Credential {
    /// The person's access token.
    Token(String),
    /// The key of a service that acts for the person.
    ServiceKey(SecretString),
}

impl std::fmt::Debug for Person {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Person({})", self.user)
    }
}

impl Caller {
    /// Creates an anonymous caller.
    pub fn anonymous() -> Self {
        Self { person: None, is_router: false, is_service: false, trace: Trace::start() }
    }

    /// Creates a caller from a verified token.
    pub fn person(user: UserId, token: impl Into<String>, expires_at: Timestamp) -> Self {
        let (credential, expires_at) = (Credential::Token(token.into()), Some(expires_at));
        let person = Person { user, credential, session: None, time_zone: Tz::UTC, expires_at };
        Self { person: Some(person), ..Self::anonymous() }
    }

    /// Creates a caller for a service that finishes what a person began. It may do what the person may do, and has no
    /// session.
    pub fn on_behalf_of(user: UserId, service_key: SecretString) -> Self {
        let credential = Credential::ServiceKey(service_key);
        let person = Person { user, credential, session: None, time_zone: Tz::UTC, expires_at: None };
        Self { person: Some(person), ..Self::anonymous() }
    }

    /// Sets the session.
    #[must_use]
    pub fn in_session(mut self, session: impl Into<String>) -> Self {
        if let Some(person) = &mut self.person {
            person.session = Some(session.into());
        }
        self
    }

    /// Sets the time zone.
    #[must_use]
    pub fn in_time_zone(mut self, time_zone: Tz) -> Self {
        if let Some(person) = &mut self.person {
            person.time_zone = time_zone;
        }
        self
    }

    /// Returns the time zone of the caller's account; UTC if anonymous.
    pub fn time_zone(&self) -> Tz {
        self.person.as_ref().map_or(Tz::UTC, |person| person.time_zone)
    }

    /// Returns the caller's date at this time.
    pub fn today(&self, now: Timestamp) -> NaiveDate {
        now.date_in(&self.time_zone())
    }

    /// Returns the session of the caller's token.
    pub fn session(&self) -> Option<&str> {
        self.person.as_ref()?.session.as_deref()
    }

    /// Returns the user; refuses anonymous callers.
    pub fn user(&self) -> Outcome<UserId> {
        self.person.as_ref().map(|person| person.user).ok_or_else(Failure::unauthenticated)
    }

    /// Returns the caller as the asker of requests to other subgraphs; refuses anonymous callers.
    pub fn asker(&self) -> Outcome<Asker> {
        let person = self.person.as_ref().ok_or_else(Failure::unauthenticated)?;
        let trace = self.trace;
        Ok(match &person.credential {
            Credential::Token(token) => Asker::Person { token: token.clone(), trace },
            Credential::ServiceKey(key) => {
                Asker::Representative { person: person.user, key: key.expose_secret().to_owned(), trace }
            }
        })
    }

    /// Returns the expiry of the caller's token.
    pub fn expires_at(&self) -> Option<Timestamp> {
        self.person.as_ref().and_then(|person| person.expires_at)
    }
}
