//! The refusals of users.

use kit::{Code, Failure};

/// Why a request is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// The name is empty or invalid.
    Name {
        /// The limit in characters.
        longest: usize,
    },
    /// The email address is malformed.
    Email {
        /// The field of the input.
        field: &'static str,
    },
    /// The password is too short or too long.
    Password {
        /// The field of the input.
        field: &'static str,
        /// The lower limit in characters.
        least: usize,
        /// The upper limit in characters.
        most: usize,
    },
    /// The password is among the most common ones.
    CommonPassword {
        /// The field of the input.
        field: &'static str,
    },
    /// The picture is neither a valid URL nor small enough.
    Avatar,
    /// The secret of the device has the wrong length or characters.
    DeviceKey {
        /// The least number of characters.
        least: usize,
        /// The greatest number of characters.
        most: usize,
    },
    /// The language tag is invalid.
    Locale,
    /// The time zone is unknown.
    TimeZone,
    /// Another account has this address.
    EmailTaken {
        /// The field of the input: the address, or the token that stands for it.
        field: &'static str,
    },
    /// The account already has this address.
    SameEmail,
    /// The address is unknown or the password is wrong; which of them is not revealed.
    BadCredentials,
    /// There were too many failed sign-ins.
    TooManyFailures {
        /// The time until the next attempt is possible.
        retry_after_seconds: i64,
    },
    /// The password is right, but a code is needed as well.
    SecondFactorRequired,
    /// The code is wrong, or was used before.
    SecondFactorCode,
    /// The account has a second step already.
    SecondFactorIsOn,
    /// The refresh token is invalid, for whatever reason.
    SessionEnded,
    /// The link of a mail is invalid, for whatever reason.
    LinkExpired,
    /// This installation does not send mail.
    NoMail,
    /// The field is private to the owner of the account.
    Private,
    /// The caller has entered their own address or id.
    OwnFriend,
    /// The caller has sent too many friend requests.
    TooManyRequests {
        /// The time until the next request is possible.
        retry_after_seconds: i64,
    },
    /// The same request exists. It is hidden from clients.
    AlreadyRequested,
    /// The user cannot be a friend of the caller.
    NotAFriend,
    /// The pay handle is invalid.
    PayHandle {
        /// What is wrong with it.
        sentence: &'static str,
    },
    /// A bank account or UPI address needs the name of its holder.
    PayHandleHolder {
        /// The limit in characters.
        longest: usize,
    },
    /// There are too many pay handles.
    TooManyHandles {
        /// The limit.
        most: usize,
    },
    /// The friend request does not exist, or is neither from nor to the caller.
    FriendRequestNotFound,
}

impl From<Refusal> for kit::Refusal {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Name { longest } => Self::length("input.name", "A name on one line", 1, longest),
            Refusal::Email { field } => Self::invalid(field, "This is not an email address."),
            Refusal::Password { field, least, most } => Self::length(field, "A password", least, most),
            Refusal::CommonPassword { field } => {
                Self::invalid(field, "This password is one of the first that anybody would try. Choose another.")
                    .because("COMMON_PASSWORD")
            }
            Refusal::Avatar => Self::invalid(
                "input.avatarUrl",
                "A picture is an https address, or a data URL of a PNG, JPEG or WebP of at most 32 KiB.",
            ),
            Refusal::DeviceKey { least, most } => {
                Self::length("input.deviceKey", "The key of a device, in ASCII without spaces,", least, most)
            }
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
                    .because("TOO_MANY_FAILURES")
                    .with("retryAfterSeconds", &retry_after_seconds)
            }
            Refusal::SecondFactorRequired => {
                Self::new(Code::SecondFactorRequired, "The code of your authenticator app is needed as well.")
                    .at("input.code")
            }
            Refusal::SecondFactorCode => {
                Self::new(Code::SecondFactorWrong, "This code is not right, or was used before.").at("input.code")
            }
            Refusal::SecondFactorIsOn => {
                Self::forbidden("SECOND_FACTOR_IS_ON", "There is a second step for this account already.")
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
                Self::length("handles", "The name of the holder of an account", 1, longest)
            }
            Refusal::TooManyHandles { most } => Self::too_long("handles", most),
            Refusal::NotAFriend => Self::new(Code::NotAFriend, "You are no friends."),
            Refusal::FriendRequestNotFound => Self::new(Code::FriendRequestNotFound, "There is no such request."),
            Refusal::Private => Self::forbidden("PRIVATE", "Only the owner of an account may see this."),
        }
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        kit::Refusal::from(refusal).into()
    }
}
