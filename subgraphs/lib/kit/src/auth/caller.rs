//! The sender of a request.

use chrono::NaiveDate;
use chrono_tz::Tz;
use contracts::{Timestamp, Trace, UserId, ask::Asker};

use crate::failure::{Failure, Outcome};

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

/// A person with a verified token.
#[derive(Clone)]
pub(super) struct Person {
    pub(super) user: UserId,
    pub(super) token: String,
    pub(super) session: Option<String>,
    pub(super) time_zone: Tz,
    pub(super) expires_at: Timestamp,
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
        let person = Person { user, token: token.into(), session: None, time_zone: Tz::UTC, expires_at };
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
        Ok(Asker::Person { token: person.token.clone(), trace: self.trace })
    }

    /// Returns the expiry of the caller's token.
    pub fn expires_at(&self) -> Option<Timestamp> {
        self.person.as_ref().map(|person| person.expires_at)
    }
}
