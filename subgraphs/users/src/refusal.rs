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
    Email {
        /// The input field with the address.
        field: &'static str,
    },
    /// A password that is too short or too long.
    Password {
        /// The input field with the password.
        field: &'static str,
        /// The fewest characters.
        least: usize,
        /// The most characters.
        most: usize,
    },
    /// A password that is among the first that anybody would try.
    CommonPassword {
        /// The input field with the password.
        field: &'static str,
    },
    /// Not an address of a picture, or a picture that is too large.
    Avatar,
    /// The description of a device that is too long.
    Device,
    /// Not a language tag.
    Locale,
    /// Not a time zone.
    TimeZone,
    /// There is an account with this address.
    EmailTaken {
        /// The input field with the address, or with what stands for it.
        field: &'static str,
    },
    /// The address that the account has already.
    SameEmail,
    /// Unknown address or wrong password; not said which.
    BadCredentials,
    /// Too many failures to sign in.
    TooManyFailures {
        /// When it can be tried again.
        retry_after_seconds: i64,
    },
    /// A refresh token that does not count, for whatever reason.
    SessionEnded,
    /// A link of a mail that does not count, for whatever reason.
    LinkExpired,
    /// This installation sends no mail.
    NoMail,
    /// A field of somebody else's account.
    Private,
    /// The caller's own address or id.
    OwnFriend,
    /// Too many requests to become friends.
    TooManyRequests {
        /// When it can be tried again.
        retry_after_seconds: i64,
    },
    /// The same request was sent already. Nobody is told.
    AlreadyRequested,
    /// Somebody who cannot be a friend of the caller.
    NotAFriend,
    /// A pay handle that cannot be right.
    PayHandle {
        /// What such a handle looks like.
        sentence: &'static str,
    },
    /// A bank account or UPI address without the name of its holder.
    PayHandleHolder {
        /// The most characters.
        longest: usize,
    },
    /// More pay handles than a person can have.
    TooManyHandles {
        /// How many that are.
        most: usize,
    },
    /// Unknown, or neither from nor to the caller.
    FriendRequestNotFound,
}

impl From<Refusal> for kit::Refusal {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Name { longest } => {
                Self::invalid("input.name", format!("A name has 1 to {longest} characters on one line."))
            }
            Refusal::Email { field } => Self::invalid(field, "This is not an email address."),
            Refusal::Password { field, least, most } => {
                Self::invalid(field, format!("A password has {least} to {most} characters."))
            }
            Refusal::CommonPassword { field } => {
                Self::invalid(field, "This password is one of the first that anybody would try. Choose another.")
            }
            Refusal::Avatar => Self::invalid(
                "input.avatarUrl",
                "A picture is an https address, or a data URL of a PNG, JPEG or WebP of at most 32 KiB.",
            ),
            Refusal::Device => Self::invalid("input.device", "A device is described in at most 100 characters."),
            Refusal::Locale => Self::invalid("input.locale", "A locale is written as in BCP 47, such as en or de-AT."),
            Refusal::TimeZone => {
                Self::invalid("input.timeZone", "A time zone is named as in the IANA database, such as Europe/Vienna.")
            }
            Refusal::EmailTaken { field } => {
                Self::new(Code::EmailTaken, "There is an account with this email address already.").at(field)
            }
            Refusal::SameEmail => Self::invalid("email", "This is the address of your account already."),
            Refusal::BadCredentials => {
                Self::new(Code::BadCredentials, "The email address or the password is not right.")
            }
            Refusal::TooManyFailures { retry_after_seconds } => {
                Self::new(Code::RateLimited, "Too many failed tries to sign in. Please wait a few minutes.")
                    .with("retryAfterSeconds", &retry_after_seconds)
            }
            Refusal::SessionEnded => Self::new(Code::Unauthenticated, "This session has ended. Please sign in again."),
            Refusal::LinkExpired => {
                Self::new(Code::LinkExpired, "This link was used already or is too old. Please ask for another.")
                    .at("token")
            }
            Refusal::NoMail => Self::new(Code::NotConfigured, "Mail is not set up here."),
            Refusal::OwnFriend => Self::invalid("email", "You cannot be your own friend."),
            Refusal::TooManyRequests { retry_after_seconds } => {
                Self::new(Code::RateLimited, "Too many requests. Please wait a while.")
                    .with("retryAfterSeconds", &retry_after_seconds)
            }
            Refusal::AlreadyRequested => Self::new(Code::StaleVersion, "This request was sent already."),
            Refusal::PayHandle { sentence } => Self::invalid("handles", sentence),
            Refusal::PayHandleHolder { longest } => {
                Self::invalid("handles", format!("The holder of an account has a name of 1 to {longest} characters."))
            }
            Refusal::TooManyHandles { most } => Self::invalid("handles", format!("These may be at most {most}.")),
            Refusal::NotAFriend => Self::new(Code::NotAFriend, "You are no friends."),
            Refusal::FriendRequestNotFound => Self::new(Code::FriendRequestNotFound, "There is no such request."),
            Refusal::Private => Self::new(Code::NotAllowed, "Only the owner of an account may see this."),
        }
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        kit::Refusal::from(refusal).into()
    }
}
