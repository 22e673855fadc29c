//! The services of a stack and their configuration.

use std::{env, path::PathBuf, process::Command};

use anyhow::{Context, Result};

use crate::{
    home::{Home, root},
    ports::{FRONTEND, Ports},
    servers::Servers,
};

/// A process of Quits.
pub(crate) struct Service {
    /// The name in messages and logs.
    pub(crate) name: &'static str,
    program: Program,
    /// The offset of its port from the router's port.
    pub(crate) offset: u16,
    /// The path that responds with success when the service is ready.
    ready: &'static str,
}

enum Program {
    /// A binary of the workspace, and its role if it has several.
    Binary(&'static str, Option<&'static str>),
    Frontend,
    StripeDouble,
}

/// The subgraphs, with the offsets of their ports. The names are also those of the binaries and SDL files.
pub(crate) const SUBGRAPHS: [(&str, u16); 5] =
    [("users", USERS), ("groups", 2), ("expenses", 3), ("payments", PAYMENTS), ("reports", 5)];
const USERS: u16 = 1;
const PAYMENTS: u16 = 4;

/// The stand-in for Stripe, which tests have, and a demo without keys of its own.
pub(crate) const STRIPE_DOUBLE: Service =
    Service { name: "stripe-double", program: Program::StripeDouble, offset: 12, ready: "/ready" };

/// All services, in the order in which they are started.
pub(crate) const SERVICES: [Service; 9] = [
    role("users", "users", "serve", USERS),
    role("groups", "groups", "serve", 2),
    role("expenses", "expenses", "serve", 3),
    role("payments", "payments", "serve", PAYMENTS),
    role("reports", "reports", "serve", 5),
    role("expenses-advise", "expenses", "advise", 13),
    role("reports-collect", "reports", "collect", 15),
    Service { name: "frontend", program: Program::Frontend, offset: FRONTEND, ready: "/" },
    Service { name: "router", program: Program::Binary("router", None), offset: 0, ready: "/readiness" },
];

const fn role(name: &'static str, binary: &'static str, role: &'static str, offset: u16) -> Service {
    Service { name, program: Program::Binary(binary, Some(role)), offset, ready: "/ready" }
}

impl Service {
    /// Returns the URL that responds with success when the service is ready.
    pub(crate) fn ready_url(&self, ports: Ports) -> String {
        ports.url(self.offset) + self.ready
    }

    /// Whether it starts only after the other services are ready.
    pub(crate) fn comes_last(&self) -> bool {
        matches!(self.program, Program::Binary("router", _))
    }

    pub(crate) fn command(&self, settings: &Settings) -> Result<Command> {
        let port = settings.ports.of(self.offset);
        let mut command = match self.program {
            Program::Binary(binary, role) => in_checkout(binary, role)?,
            Program::Frontend => preview(port),
            Program::StripeDouble => {
                let mut double = in_checkout("stripe-double", None)?;
                double.args(["--webhooks", &(settings.ports.url(PAYMENTS) + "/webhooks/stripe")]);
                double.args(["--secret", WEBHOOK_SECRET]);
                double
            }
        };
        command.envs(settings.variables.iter().cloned()).env("QUITS_PORT", port.to_string());
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
    /// The environment of every service. A later variable replaces an earlier one of the same name.
    variables: Vec<(String, String)>,
    has_stripe_double: bool,
}

/// The secret with which the stand-in for Stripe signs webhooks.
const WEBHOOK_SECRET: &str = "whsec_of_the_stand_in";

/// Without a mail server, mail is written to the log.
const SMTP_URL: (&str, &str) = ("QUITS_SMTP_URL", "log:");

/// The secrets of a stack. In the environment they are named `QUITS_ROUTER_KEY` and so on.
const SECRETS: [&str; 5] = ["router-key", "service-key", "journal-key", "key-encryption-key", "vapid-private-key"];

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
        let mut settings = Self { ports, variables: Vec::new(), has_stripe_double: false };
        for name in SECRETS {
            let variable = format!("QUITS_{}", name.to_uppercase().replace('-', "_"));
            settings.variables.push((variable, home.secret(name)?));
        }
        let urls = SUBGRAPHS.map(|(name, offset)| (format!("QUITS_{}_URL", name.to_uppercase()), ports.url(offset)));
        settings.variables.extend(urls);
        let (app_url, router_url) = (settings.app_url(), settings.router_url());
        Ok(settings.with(&[
            ("QUITS_HOST", "127.0.0.1"),
            ("QUITS_INSTANCE", instance),
            ("QUITS_APP_URL", &app_url),
            ("QUITS_ROUTER_URL", &router_url),
            ("QUITS_JWKS_URL", &(ports.url(USERS) + "/.well-known/jwks.json")),
            (SMTP_URL.0, &env::var(SMTP_URL.0).unwrap_or_else(|_| SMTP_URL.1.to_owned())),
            ("MONGODB_URI", &servers.mongodb_uri),
            ("AMQP_URL", &servers.amqp_url),
            // The services call each other on the loopback, which no proxy can reach.
            ("NO_PROXY", "127.0.0.1,localhost"),
        ]))
    }

    fn with(mut self, variables: &[(&str, &str)]) -> Self {
        self.variables.extend(variables.iter().map(|&(name, value)| (name.to_owned(), value.to_owned())));
        self
    }

    /// Returns the configuration for tests, with the stand-in for Stripe, even if the environment has keys of Stripe.
    pub(crate) fn for_tests(self) -> Self {
        self.with_stripe_double().with(&FOR_TESTS)
    }

    /// Returns the configuration with the stand-in for Stripe, unless the environment has keys of Stripe.
    pub(crate) fn for_demo(self) -> Self {
        let has_keys = env::var("STRIPE_SECRET_KEY").is_ok_and(|key| !key.is_empty());
        if has_keys { self } else { self.with_stripe_double() }
    }

    fn with_stripe_double(self) -> Self {
        let url = self.ports.url(STRIPE_DOUBLE.offset);
        let settings = Self { has_stripe_double: true, ..self };
        settings.with(&[
            ("QUITS_STRIPE_SCRIPT_URL", &format!("{url}/stripe.js")),
            ("QUITS_STRIPE_URL", &url),
            ("QUITS_CARD_FEE_BASIS_POINTS", "150"),
            ("QUITS_CARD_FEE_FIXED", "EUR:25,USD:30,GBP:20"),
            ("STRIPE_PUBLISHABLE_KEY", "pk_test_of_the_stand_in"),
            ("STRIPE_SECRET_KEY", "sk_test_of_the_stand_in"),
            ("STRIPE_WEBHOOK_SECRETS", WEBHOOK_SECRET),
        ])
    }

    /// Returns the services of the stack.
    pub(crate) fn services(&self) -> impl Iterator<Item = &'static Service> {
        self.has_stripe_double.then_some(&STRIPE_DOUBLE).into_iter().chain(&SERVICES)
    }

    /// Returns the URL of the app.
    pub(crate) fn app_url(&self) -> String {
        format!("http://localhost:{}", self.ports.of(FRONTEND))
    }

    /// Returns the URL of the router.
    pub(crate) fn router_url(&self) -> String {
        self.ports.url(0)
    }
}
