//! Every refusal of users.

use kit::{Code, Failure};

/// Why users refuses something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// No name, or one that cannot be shown.
    Name {
        /// The most characters.
        longest: usize,
    },
    /// Not an email address.
    Email,
    /// A password that is too short or too long.
    Password {
        /// The fewest characters.
        least: usize,
        /// The most characters.
        most: usize,
    },
    /// Not a language tag.
    Locale,
    /// Not a time zone.
    TimeZone,
    /// There is an account with this address.
    EmailTaken,
    /// Unknown address or wrong password; not said which.
    BadCredentials,
    /// Too many failures to sign in.
    TooManyFailures {
        /// When it can be tried again.
        retry_after_seconds: i64,
    },
    /// A refresh token that does not count, for whatever reason.
    SessionEnded,
    /// A field of somebody else's account.
    Private,
}

impl From<Refusal> for kit::Refusal {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Name { longest } => {
                Self::invalid("input.name", format!("A name has 1 to {longest} characters on one line."))
            }
            Refusal::Email => Self::invalid("input.email", "This is not an email address."),
            Refusal::Password { least, most } => {
                Self::invalid("input.password", format!("A password has {least} to {most} characters."))
            }
            Refusal::Locale => Self::invalid("input.locale", "A locale is written as in BCP 47, such as en or de-AT."),
            Refusal::TimeZone => {
                Self::invalid("input.timeZone", "A time zone is named as in the IANA database, such as Europe/Vienna.")
            }
            Refusal::EmailTaken => {
                Self::new(Code::EmailTaken, "There is an account with this email address already.").at("input.email")
            }
            Refusal::BadCredentials => {
                Self::new(Code::BadCredentials, "The email address or the password is not right.")
            }
            Refusal::TooManyFailures { retry_after_seconds } => {
                Self::new(Code::RateLimited, "Too many failed tries to sign in. Please wait a few minutes.")
                    .with("retryAfterSeconds", &retry_after_seconds)
            }
            Refusal::SessionEnded => Self::new(Code::Unauthenticated, "This session has ended. Please sign in again."),
            Refusal::Private => Self::new(Code::NotAllowed, "Only the owner of an account may see this."),
        }
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        kit::Refusal::from(refusal).into()
    }
}
