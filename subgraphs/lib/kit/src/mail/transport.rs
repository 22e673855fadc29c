//! The way of a mail out of this installation: SMTP, or the log.

use std::time::Duration;

use lettre::{
    Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{
        Mailbox, MultiPart,
        header::{HeaderName, HeaderValue},
    },
};

use super::{Letter, MailSettings};
use crate::{
    failure::{Failure, Outcome},
    settings::ExposeSecret,
};

/// The headers of RFC 8058.
const UNSUBSCRIBE: HeaderName = HeaderName::new_from_ascii_str("List-Unsubscribe");
const UNSUBSCRIBE_POST: HeaderName = HeaderName::new_from_ascii_str("List-Unsubscribe-Post");
const ONE_CLICK: &str = "List-Unsubscribe=One-Click";

/// The setting that stands for the log.
const LOG: &str = "log:";

/// How long a mail server may take for one step.
const TIMEOUT: Duration = Duration::from_secs(15);

/// Where mail is handed over.
pub enum Transport {
    /// To a mail server, from this sender.
    Smtp(Box<AsyncSmtpTransport<Tokio1Executor>>, Box<Mailbox>),
    /// To the log, for trying Quits without a mail server.
    Log,
    /// Nowhere: mail is not set up.
    None,
}

/// Why a mail was not taken.
#[derive(Debug)]
pub enum NotTaken {
    /// The same mail may be taken later.
    Now(String),
    /// It never will.
    Ever(String),
}

impl Transport {
    /// As it was set; fails on an address that is none.
    pub fn new(settings: &MailSettings) -> Outcome<Self> {
        match settings.smtp_url.as_ref().map(|url| url.expose_secret().trim()) {
            None | Some("") => Ok(Self::None),
            Some(LOG) => Ok(Self::Log),
            Some(url) => {
                // The reason is left out: it could quote the password.
                let server = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
                    .map_err(|_| Failure::internal("QUITS_SMTP_URL is not the address of a mail server"))?;
                let server = server.timeout(Some(TIMEOUT)).build();
                Ok(Self::Smtp(Box::new(server), Box::new(settings.mail_from.clone())))
            }
        }
    }

    /// Whether there is a way for mail at all.
    pub fn is_set_up(&self) -> bool {
        !matches!(self, Self::None)
    }

    /// Whether mail leaves this installation.
    pub fn leaves(&self) -> bool {
        matches!(self, Self::Smtp(..))
    }

    /// Hands a letter over.
    pub async fn send(&self, to: &str, letter: &Letter) -> Result<(), NotTaken> {
        let (server, from) = match self {
            Self::Smtp(server, from) => (server, from),
            Self::Log => {
                tracing::info!(to, subject = letter.subject, text = letter.text(), "mail");
                return Ok(());
            }
            Self::None => return Err(NotTaken::Ever("mail is not set up".to_owned())),
        };
        let message = message(from, to, letter).map_err(NotTaken::Ever)?;
        match server.send(message).await {
            Ok(_) => Ok(()),
            Err(error) if error.is_permanent() => Err(NotTaken::Ever(error.to_string())),
            Err(error) => Err(NotTaken::Now(error.to_string())),
        }
    }
}

fn message(from: &Mailbox, to: &str, letter: &Letter) -> Result<Message, String> {
    let to: Address = to.parse().map_err(|error| format!("{error}"))?;
    let mut message = Message::builder().from(from.clone()).to(to.into()).subject(&letter.subject);
    if let Some(link) = &letter.unsubscribe {
        message = message.raw_header(HeaderValue::new(UNSUBSCRIBE, format!("<{link}>")));
        message = message.raw_header(HeaderValue::new(UNSUBSCRIBE_POST, ONE_CLICK.to_owned()));
    }
    let built = message.multipart(MultiPart::alternative_plain_html(letter.text(), letter.html()));
    built.map_err(|error| error.to_string())
}
