//! A mail server that keeps what it is given: what stands outside of Quits in these tests.

use std::sync::{Arc, Mutex};

use mail_parser::MessageParser;
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    sync::Notify,
};

/// A mail as it was received.
#[derive(Clone, Debug)]
pub struct Received {
    /// Whom it was for.
    pub to: String,
    /// Whom it is from.
    pub from: String,
    /// Its subject.
    pub subject: String,
    /// Its text.
    pub text: String,
    /// The same as HTML.
    pub html: String,
    /// The headers `List-Unsubscribe` and `List-Unsubscribe-Post`, if there are any.
    pub unsubscribe: Option<(String, String)>,
}

impl Received {
    /// The link of the mail, which is the same in both of its forms.
    pub fn link(&self) -> &str {
        let link = self.text.lines().find(|line| line.starts_with("http")).expect("a link");
        assert!(self.html.contains(&format!("href=\"{link}\"")), "{}", self.html);
        link
    }

    /// The secret in the fragment of the link.
    pub fn token(&self) -> &str {
        self.link().split_once("#token=").expect("a secret in the fragment").1
    }
}

/// The server. It ends with the test's runtime.
pub struct MailServer {
    /// Where it takes mail, as `QUITS_SMTP_URL`.
    pub url: String,
    inbox: Arc<Inbox>,
}

#[derive(Default)]
struct Inbox {
    received: Mutex<Vec<Received>>,
    /// Answers to the next recipients, where these are not welcome.
    refusals: Mutex<Vec<&'static str>>,
    /// How many of the next mails are kept without an answer.
    unanswered: Mutex<usize>,
    arrived: Notify,
}

impl MailServer {
    /// Starts it at a port of its own.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("smtp://{}", listener.local_addr().unwrap());
        let inbox = Arc::new(Inbox::default());
        let server = Arc::clone(&inbox);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let inbox = Arc::clone(&server);
                tokio::spawn(async move { inbox.talk(stream).await });
            }
        });
        Self { url, inbox }
    }

    /// Answers the next recipient with this refusal.
    pub fn refuse_next(&self, answer: &'static str) {
        self.inbox.refusals.lock().unwrap().push(answer);
    }

    /// Keeps the next mail and does not say so.
    pub fn leave_next_unanswered(&self) {
        *self.inbox.unanswered.lock().unwrap() += 1;
    }

    /// The next mail to this address, which is taken out.
    pub async fn next_to(&self, address: &str) -> Received {
        loop {
            let arrived = self.inbox.arrived.notified();
            if let Some(mail) = self.take(address) {
                return mail;
            }
            tokio::time::timeout(std::time::Duration::from_secs(20), arrived).await.expect("a mail arrives");
        }
    }

    /// How many mails lie there that nobody has taken out.
    pub fn waiting(&self) -> usize {
        self.inbox.received.lock().unwrap().len()
    }

    fn take(&self, address: &str) -> Option<Received> {
        let mut received = self.inbox.received.lock().unwrap();
        let found = received.iter().position(|mail| mail.to == address)?;
        Some(received.remove(found))
    }
}

impl Inbox {
    /// One connection, as RFC 5321 describes it: as much of it as a client needs.
    async fn talk(&self, stream: TcpStream) {
        let mut stream = BufReader::new(stream);
        let mut line = String::from("connected");
        let mut answer = "220 localhost".to_owned();
        while !line.is_empty() {
            if stream.write_all(format!("{answer}\r\n").as_bytes()).await.is_err() {
                return;
            }
            line.clear();
            if stream.read_line(&mut line).await.is_err() {
                return;
            }
            answer = match line.get(..4) {
                Some("RCPT") => self.refusals.lock().unwrap().pop().unwrap_or("250 yes").to_owned(),
                Some("DATA") => {
                    stream.write_all(b"354 go on\r\n").await.unwrap();
                    let data = data(&mut stream).await;
                    let is_answered = self.is_answered();
                    self.keep(&data);
                    if !is_answered {
                        return std::future::pending().await;
                    }
                    "250 taken".to_owned()
                }
                Some("QUIT") => "221 bye".to_owned(),
                _ => "250 localhost".to_owned(),
            };
        }
    }

    fn is_answered(&self) -> bool {
        let mut unanswered = self.unanswered.lock().unwrap();
        let is_answered = *unanswered == 0;
        *unanswered = unanswered.saturating_sub(1);
        is_answered
    }

    fn keep(&self, data: &[u8]) {
        let mail = MessageParser::default().parse(data).expect("a mail");
        let address =
            |of: Option<&mail_parser::Address<'_>>| of.unwrap().first().unwrap().address().unwrap().to_owned();
        let header = |name: &str| mail.header_raw(name).map(|value| value.trim().to_owned());
        let received = Received {
            unsubscribe: header("List-Unsubscribe").zip(header("List-Unsubscribe-Post")),
            to: address(mail.to()),
            from: address(mail.from()),
            subject: mail.subject().unwrap().to_owned(),
            text: mail.body_text(0).unwrap().into_owned(),
            html: mail.body_html(0).unwrap().into_owned(),
        };
        self.received.lock().unwrap().push(received);
        self.arrived.notify_waiters();
    }
}

/// Everything up to the line with a single dot.
async fn data(stream: &mut BufReader<TcpStream>) -> Vec<u8> {
    let mut data = Vec::new();
    loop {
        let from = data.len();
        if stream.read_until(b'\n', &mut data).await.unwrap() == 0 || &data[from..] == b".\r\n" {
            data.truncate(from);
            return data;
        }
    }
}
