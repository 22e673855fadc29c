//! The services of a stack and their configuration.

use std::{env, path::PathBuf, process::Command};

use anyhow::{Context, Result};

use crate::{
    home::{Home, root},
    ports::Ports,
    servers::Servers,
};

/// A process of Quits.
pub(crate) struct Service {
    /// The name in messages and logs.
    pub(crate) name: &'static str,
    program: Program,
    /// The offset of its port from the router's port.
    offset: u16,
    /// The path that responds with success when the service is ready.
    ready: &'static str,
}

enum Program {
    /// A binary of the workspace, and its role.
    Binary(&'static str, &'static str),
    Router,
    Frontend,
    StripeDouble,
}

/// The subgraphs, with the ports in the supergraph. The names are also those of the binaries and SDL files.
pub(crate) const SUBGRAPHS: [(&str, u16); 5] =
    [("users", 4001), ("groups", 4002), ("expenses", 4003), ("payments", 4004), ("reports", 4005)];

/// The stand-in for Stripe, which tests have, and a demo without keys of its own.
pub(crate) const STRIPE_DOUBLE: Service =
    Service { name: "stripe-double", program: Program::StripeDouble, offset: STRIPE_DOUBLE_PORT, ready: "/ready" };
const STRIPE_DOUBLE_PORT: u16 = 12;

/// All services, in the order in which they are started.
pub(crate) const SERVICES: [Service; 9] = [
    role("users", "users", "serve", 1),
    role("groups", "groups", "serve", 2),
    role("expenses", "expenses", "serve", 3),
    role("payments", "payments", "serve", 4),
    role("reports", "reports", "serve", 5),
    role("expenses-advise", "expenses", "advise", 13),
    role("reports-collect", "reports", "collect", 15),
    Service { name: "frontend", program: Program::Frontend, offset: 1173, ready: "/" },
    Service { name: "router", program: Program::Router, offset: 0, ready: "/readiness" },
];

const fn role(name: &'static str, binary: &'static str, role: &'static str, offset: u16) -> Service {
    Service { name, program: Program::Binary(binary, role), offset, ready: "/ready" }
}

impl Service {
    pub(crate) fn port(&self, ports: Ports) -> u16 {
        ports.service(self.offset)
    }

    /// Returns the URL that responds with success when the service is ready.
    pub(crate) fn ready_url(&self, ports: Ports) -> String {
        format!("http://127.0.0.1:{}{}", self.port(ports), self.ready)
    }

    /// Whether it starts only after the other services are ready.
    pub(crate) fn comes_last(&self) -> bool {
        matches!(self.program, Program::Router)
    }

    pub(crate) fn command(&self, settings: &Settings) -> Result<Command> {
        let port = self.port(settings.ports);
        let mut command = match self.program {
            Program::Binary(binary, role) => in_checkout(binary, Some(role))?,
            Program::Router => in_checkout("router", None)?,
            Program::Frontend => preview(port),
            Program::StripeDouble => {
                let mut double = in_checkout("stripe-double", None)?;
                let payments = settings.ports.service(4);
                double.args(["--webhooks", &format!("http://127.0.0.1:{payments}/webhooks/stripe")]);
                double.args(["--secret", WEBHOOK_SECRET]);
                double
            }
        };
        command.envs(settings.variables()).env("QUITS_PORT", port.to_string());
        Ok(command)
    }
}

/// Returns a command that runs a binary in the checkout, which its default paths are relative to.
fn in_checkout(binary: &str, role: Option<&str>) -> Result<Command> {
    let mut command = Command::new(binary_path(binary)?);
    command.args(role).current_dir(root());
    Ok(command)
}

/// Returns the command that serves the built frontend with vite.
fn preview(port: u16) -> Command {
    let frontend = root().join("frontend");
    let mut vite = Command::new(frontend.join("node_modules/.bin/vite"));
    vite.args(["preview", "--host", "127.0.0.1", "--strictPort", "--port", &port.to_string()]).current_dir(frontend);
    vite
}

/// Returns the path of a binary, which is in the same folder as this one.
pub(crate) fn binary_path(name: &str) -> Result<PathBuf> {
    let here = env::current_exe()?;
    Ok(here.parent().context("the binary of xtask has no parent folder")?.join(name))
}

/// The configuration of the services of one stack.
pub(crate) struct Settings {
    pub(crate) ports: Ports,
    mongodb_uri: String,
    amqp_url: String,
    instance: String,
    router_key: String,
    service_key: String,
    journal_key: String,
    key_encryption_key: String,
    vapid_private_key: String,
    for_tests: bool,
    has_stripe_double: bool,
}

/// The secret with which the stand-in for Stripe signs webhooks.
const WEBHOOK_SECRET: &str = "whsec_of_the_stand_in";

/// Without a mail server, mail is written to the log.
const SMTP_URL: (&str, &str) = ("QUITS_SMTP_URL", "log:");

/// Additional variables for tests: no calls to Gemini, even if there is a key, no mail, and high rate limits, because
/// all test users have the same IP address.
const FOR_TESTS: [(&str, &str); 5] = [
    SMTP_URL,
    ("GEMINI_API_KEY", ""),
    ("QUITS_LOGINS_PER_MINUTE", "100000"),
    ("QUITS_PASSWORD_RESETS_PER_MINUTE", "100000"),
    ("QUITS_REGISTRATIONS_PER_MINUTE", "100000"),
];

impl Settings {
    pub(crate) fn new(home: &Home, ports: Ports, servers: &Servers, instance: &str) -> Result<Self> {
        Ok(Self {
            ports,
            mongodb_uri: servers.mongodb_uri.clone(),
            amqp_url: servers.amqp_url.clone(),
            instance: instance.to_owned(),
            router_key: home.secret("router-key")?,
            service_key: home.secret("service-key")?,
            journal_key: home.secret("journal-key")?,
            key_encryption_key: home.secret("key-encryption-key")?,
            vapid_private_key: home.secret("vapid-private-key")?,
            for_tests: false,
            has_stripe_double: false,
        })
    }

    /// Returns the configuration for tests, with the stand-in for Stripe, even if the environment has keys of Stripe.
    pub(crate) fn for_tests(self) -> Self {
        Self { for_tests: true, has_stripe_double: true, ..self }
    }

    /// Returns the configuration with the stand-in for Stripe, unless the environment has keys of Stripe.
    pub(crate) fn for_demo(self) -> Self {
        let has_keys = env::var("STRIPE_SECRET_KEY").is_ok_and(|key| !key.is_empty());
        Self { has_stripe_double: !has_keys, ..self }
    }

    /// Returns the services of the stack.
    pub(crate) fn services(&self) -> impl Iterator<Item = &'static Service> {
        self.has_stripe_double.then_some(&STRIPE_DOUBLE).into_iter().chain(&SERVICES)
    }

    fn stripe_double(&self) -> Vec<(&'static str, String)> {
        let url = format!("http://127.0.0.1:{}", self.ports.service(STRIPE_DOUBLE_PORT));
        vec![
            ("QUITS_STRIPE_SCRIPT_URL", format!("{url}/stripe.js")),
            ("QUITS_STRIPE_URL", url),
            ("QUITS_CARD_FEE_BASIS_POINTS", "150".to_owned()),
            ("QUITS_CARD_FEE_FIXED", "EUR:25,USD:30,GBP:20".to_owned()),
            ("STRIPE_PUBLISHABLE_KEY", "pk_test_of_the_stand_in".to_owned()),
            ("STRIPE_SECRET_KEY", "sk_test_of_the_stand_in".to_owned()),
            ("STRIPE_WEBHOOK_SECRETS", WEBHOOK_SECRET.to_owned()),
        ]
    }

    /// Returns the URL of the app.
    pub(crate) fn app_url(&self) -> String {
        format!("http://localhost:{}", self.ports.frontend())
    }

    /// Returns the URL of the router.
    pub(crate) fn router_url(&self) -> String {
        format!("http://127.0.0.1:{}", self.ports.router())
    }

    fn variables(&self) -> Vec<(String, String)> {
        let given = [
            ("QUITS_HOST", "127.0.0.1".to_owned()),
            ("QUITS_INSTANCE", self.instance.clone()),
            ("QUITS_ROUTER_KEY", self.router_key.clone()),
            ("QUITS_SERVICE_KEY", self.service_key.clone()),
            ("QUITS_JOURNAL_KEY", self.journal_key.clone()),
            ("QUITS_KEY_ENCRYPTION_KEY", self.key_encryption_key.clone()),
            ("QUITS_VAPID_PRIVATE_KEY", self.vapid_private_key.clone()),
            ("QUITS_APP_URL", self.app_url()),
            ("QUITS_ROUTER_URL", self.router_url()),
            ("QUITS_JWKS_URL", format!("http://127.0.0.1:{}/.well-known/jwks.json", self.ports.service(1))),
            (SMTP_URL.0, env::var(SMTP_URL.0).unwrap_or_else(|_| SMTP_URL.1.to_owned())),
            ("MONGODB_URI", self.mongodb_uri.clone()),
            ("AMQP_URL", self.amqp_url.clone()),
            // The services call each other on the loopback, which no proxy can reach.
            ("NO_PROXY", "127.0.0.1,localhost".to_owned()),
        ];
        let subgraphs = SUBGRAPHS.iter().zip(1..).map(|(&(name, _), offset)| {
            let url = format!("http://127.0.0.1:{}", self.ports.service(offset));
            (format!("QUITS_{}_URL", name.to_uppercase()), url)
        });
        let for_tests = FOR_TESTS.iter().filter(|_| self.for_tests).map(|(name, value)| (*name, (*value).to_owned()));
        let stripe = self.has_stripe_double.then(|| self.stripe_double()).into_iter().flatten();
        let own = given.into_iter().chain(stripe).chain(for_tests).map(|(name, value)| (name.to_owned(), value));
        own.chain(subgraphs).collect()
    }
}
