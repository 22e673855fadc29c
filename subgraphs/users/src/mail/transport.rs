//! The way of a mail out of this installation: SMTP, or the log.

use std::time::Duration;

use kit::{Failure, Outcome, settings::ExposeSecret};
use lettre::{
    Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{Mailbox, MultiPart},
};

use super::letter::Letter;
use crate::{account::Email, config::Config};

/// The setting that stands for the log.
const LOG: &str = "log:";

/// How long a mail server may take for one step.
const TIMEOUT: Duration = Duration::from_secs(15);

/// Where mail is handed over.
pub(crate) enum Transport {
    /// To a mail server, from this sender.
    Smtp(Box<AsyncSmtpTransport<Tokio1Executor>>, Box<Mailbox>),
    /// To the log, for trying Quits without a mail server.
    Log,
    /// Nowhere: mail is not set up.
    None,
}

/// Why a mail was not taken.
#[derive(Debug)]
pub(crate) enum NotTaken {
    /// The same mail may be taken later.
    Now(String),
    /// It never will.
    Ever(String),
}

impl Transport {
    /// As it was set; fails on an address that is none.
    pub(crate) fn new(config: &Config) -> Outcome<Self> {
        match config.smtp_url.as_ref().map(|url| url.expose_secret().trim()) {
            None | Some("") => Ok(Self::None),
            Some(LOG) => Ok(Self::Log),
            Some(url) => {
                // The reason is left out: it could quote the password.
                let server = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
                    .map_err(|_| Failure::internal("QUITS_SMTP_URL is not the address of a mail server"))?;
                let server = server.timeout(Some(TIMEOUT)).build();
                Ok(Self::Smtp(Box::new(server), Box::new(config.mail_from.clone())))
            }
        }
    }

    /// Hands a letter over.
    pub(crate) async fn send(&self, to: &Email, letter: Letter) -> Result<(), NotTaken> {
        let (server, from) = match self {
            Self::Smtp(server, from) => (server, from),
            Self::Log => {
                tracing::info!(to = to.as_str(), subject = letter.subject, text = letter.text, "mail");
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

fn message(from: &Mailbox, to: &Email, letter: Letter) -> Result<Message, String> {
    let to: Address = to.as_str().parse().map_err(|error| format!("{error}"))?;
    let built = Message::builder()
        .from(from.clone())
        .to(to.into())
        .subject(letter.subject)
        .multipart(MultiPart::alternative_plain_html(letter.text, letter.html));
    built.map_err(|error| error.to_string())
}
