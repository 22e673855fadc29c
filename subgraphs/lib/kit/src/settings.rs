//! The settings of every subgraph: each is an environment variable and a flag.

use std::net::IpAddr;

use clap::{Args, ValueEnum};
/// A setting that is hidden in logs and in `--help`, and the trait for reading it.
pub use secrecy::{ExposeSecret, SecretString};

use crate::failure::{Failure, Outcome};

const SHORTEST_SECRET: usize = 16;

/// How log lines are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line, for machines.
    Json,
}

/// What every role of every subgraph is told.
#[derive(Clone, Debug, Args)]
pub struct Settings {
    /// The address to listen on.
    #[arg(long, env = "QUITS_HOST", default_value = "127.0.0.1")]
    pub host: IpAddr,
    /// The port to listen on; each role has its own default.
    #[arg(long, env = "QUITS_PORT")]
    pub port: Option<u16>,
    /// The MongoDB replica set; transactions need one, even of one node.
    #[arg(
        long,
        env = "MONGODB_URI",
        default_value = "mongodb://127.0.0.1:27017/?replicaSet=rs0",
        hide_env_values = true
    )]
    pub mongodb_uri: String,
    /// How many connections to MongoDB a process may have. A few less is how many requests it works on at a time; one
    /// person may have a quarter of these, and on a small machine only a few.
    #[arg(long, env = "QUITS_MONGODB_CONNECTIONS", default_value = "64", value_parser = clap::value_parser!(u32).range(16..))]
    pub mongodb_connections: u32,
    /// The RabbitMQ broker.
    #[arg(long, env = "AMQP_URL", default_value = "amqp://127.0.0.1:5672/%2f", hide_env_values = true)]
    pub amqp_url: String,
    /// A suffix for the names of databases, exchanges and queues, so that several installations can use one
    /// MongoDB and one broker.
    #[arg(long, env = "QUITS_INSTANCE", default_value = "", value_parser = instance_name)]
    pub instance: String,
    /// Where the keys are published that access tokens are checked with.
    #[arg(long, env = "QUITS_JWKS_URL", default_value = "http://127.0.0.1:4001/.well-known/jwks.json")]
    pub jwks_url: reqwest::Url,
    /// The issuer that access tokens must name.
    #[arg(long, env = "QUITS_TOKEN_ISSUER", default_value = "quits")]
    pub token_issuer: String,
    /// The audience that access tokens must name.
    #[arg(long, env = "QUITS_TOKEN_AUDIENCE", default_value = "quits")]
    pub token_audience: String,
    /// The secret that the router shows with each of its requests. Without it nobody may ask for entities.
    #[arg(long, env = "QUITS_ROUTER_KEY", hide_env_values = true)]
    pub router_key: SecretString,
    /// The secret that services show when they ask each other without a person.
    #[arg(long, env = "QUITS_SERVICE_KEY", hide_env_values = true)]
    pub service_key: SecretString,
    /// The secret that seals the journal: who can only write to the database cannot forge the past. Keep it elsewhere than
    /// the database, and keep it: what it has sealed cannot be verified with another.
    #[arg(long, env = "QUITS_JOURNAL_KEY", hide_env_values = true)]
    pub journal_key: SecretString,
    /// What is logged, in the form of tracing's directives.
    #[arg(long, env = "QUITS_LOG", default_value = "info")]
    pub log: String,
    /// How it is logged.
    #[arg(long, env = "QUITS_LOG_FORMAT", default_value = "text")]
    pub log_format: LogFormat,
    /// Where spans are sent, by OTLP over HTTP, such as `http://127.0.0.1:4318`. Without it there are no spans.
    #[arg(long, env = "OTEL_EXPORTER_OTLP_ENDPOINT", default_value = "", hide_default_value = true)]
    pub otlp_endpoint: String,
}

impl Settings {
    /// Returns the name of a database for this installation.
    pub fn database(&self, name: &str) -> String {
        if self.instance.is_empty() { name.to_owned() } else { format!("{name}_{}", self.instance) }
    }

    /// Returns a name on the broker for this installation.
    pub fn broker_name(&self, name: &str) -> String {
        if self.instance.is_empty() { name.to_owned() } else { format!("{name}.{}", self.instance) }
    }

    /// Refuses secrets that are too short.
    pub fn check_secrets(&self) -> Outcome<()> {
        let secrets = [
            ("QUITS_ROUTER_KEY", &self.router_key),
            ("QUITS_SERVICE_KEY", &self.service_key),
            ("QUITS_JOURNAL_KEY", &self.journal_key),
        ];
        secrets.into_iter().try_for_each(|(name, secret)| check_secret(name, secret))
    }
}

/// Refuses a secret that is too short. Not done while parsing, because clap would print the value.
pub fn check_secret(setting: &str, secret: &SecretString) -> Outcome<()> {
    if secret.expose_secret().len() < SHORTEST_SECRET {
        return Err(Failure::internal(format!("{setting} needs at least {SHORTEST_SECRET} characters")));
    }
    Ok(())
}

fn instance_name(text: &str) -> Result<String, String> {
    let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if text.len() <= 32 && text.chars().all(allowed) {
        Ok(text.to_owned())
    } else {
        Err("an instance is at most 32 of a-z, 0-9 and _".to_owned())
    }
}
