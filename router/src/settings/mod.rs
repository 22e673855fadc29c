//! The settings of the router, from environment variables and flags.

mod limits;
mod values;

use std::path::PathBuf;

use clap::{ArgAction, CommandFactory, Parser, Subcommand, ValueEnum, error::ErrorKind};
use hive_router::http::HeaderValue;
use secrecy::{ExposeSecret, SecretString};
use serde_json::Number;

pub(crate) use limits::Limits;
pub(crate) use values::Networks;

use values::{Origins, both_names, http_url, log_level, origins, ratio};

/// Composes the subgraphs of Quits into one GraphQL API.
#[derive(Debug, Parser)]
#[command(name = "router", version)]
pub(crate) struct Settings {
    /// The address to listen on.
    #[arg(long, env = "QUITS_HOST", default_value = "127.0.0.1")]
    pub(crate) host: String,

    /// The port to listen on.
    #[arg(long, env = "QUITS_PORT", default_value_t = 4000)]
    pub(crate) port: u16,

    /// The file with the composed schema (`cargo xtask schema` writes it).
    #[arg(long, env = "QUITS_SUPERGRAPH", default_value = "schema/supergraph.graphql")]
    pub(crate) supergraph: PathBuf,

    /// The folder with the built playground.
    #[arg(long, env = "QUITS_PLAYGROUND", default_value = "router/playground/dist")]
    pub(crate) playground: PathBuf,

    /// The URL of the JWKS of users: the public keys for access tokens.
    #[arg(
        long,
        env = "QUITS_JWKS_URL",
        default_value = "http://127.0.0.1:4001/.well-known/jwks.json",
        value_parser = http_url
    )]
    pub(crate) jwks_url: String,

    /// The issuer that an access token must name.
    #[arg(long, env = "QUITS_TOKEN_ISSUER", default_value = "quits")]
    pub(crate) token_issuer: String,

    /// The audience that an access token must name.
    #[arg(long, env = "QUITS_TOKEN_AUDIENCE", default_value = "quits")]
    pub(crate) token_audience: String,

    /// The secret that authenticates the router to the subgraphs. Required.
    #[arg(long, env = "QUITS_ROUTER_KEY", hide_env_values = true, default_value = "", hide_default_value = true)]
    pub(crate) router_key: SecretString,

    /// Base URL of users.
    #[arg(long, env = "QUITS_USERS_URL", default_value = "http://127.0.0.1:4001", value_parser = http_url)]
    pub(crate) users_url: String,

    /// Base URL of groups.
    #[arg(long, env = "QUITS_GROUPS_URL", default_value = "http://127.0.0.1:4002", value_parser = http_url)]
    pub(crate) groups_url: String,

    /// Base URL of expenses.
    #[arg(long, env = "QUITS_EXPENSES_URL", default_value = "http://127.0.0.1:4003", value_parser = http_url)]
    pub(crate) expenses_url: String,

    /// Base URL of payments.
    #[arg(long, env = "QUITS_PAYMENTS_URL", default_value = "http://127.0.0.1:4004", value_parser = http_url)]
    pub(crate) payments_url: String,

    /// Base URL of reports.
    #[arg(long, env = "QUITS_REPORTS_URL", default_value = "http://127.0.0.1:4005", value_parser = http_url)]
    pub(crate) reports_url: String,

    /// The URL of the app.
    #[arg(long, env = "QUITS_APP_URL", default_value = "http://localhost:5173", value_parser = http_url)]
    pub(crate) app_url: String,

    /// The origins whose pages may call the router, separated by commas. The default is the app's origin; for an app on
    /// this machine, both `localhost` and `127.0.0.1`.
    #[arg(long, env = "QUITS_CORS_ORIGINS", value_parser = origins)]
    cors_origins: Option<Origins>,

    /// The log level: error, warn or info. For the router, debug and trace count as info.
    #[arg(long, env = "QUITS_LOG", default_value = "info", value_parser = log_level)]
    pub(crate) log: String,

    /// The log format.
    #[arg(long, env = "QUITS_LOG_FORMAT", default_value = "text")]
    pub(crate) log_format: LogFormat,

    /// Where spans are sent, by OTLP over HTTP, such as `http://127.0.0.1:4318`. Without it there are no spans.
    #[arg(long, env = "OTEL_EXPORTER_OTLP_ENDPOINT", default_value = "", hide_default_value = true)]
    pub(crate) otlp_endpoint: String,

    /// The ratio of traces that are sampled, from 0 to 1. A trace that a client has started follows the client's
    /// decision, and the subgraphs follow the router's.
    #[arg(long, env = "OTEL_TRACES_SAMPLER_ARG", default_value = "1", value_parser = ratio)]
    pub(crate) traces_sampler_arg: Number,

    /// Whether introspection is allowed. The playground needs it.
    #[arg(long, env = "QUITS_INTROSPECTION", default_value_t = true, action = ArgAction::Set)]
    pub(crate) introspection: bool,

    /// Whether the playground is served.
    #[arg(long, env = "QUITS_SERVE_PLAYGROUND", default_value_t = true, action = ArgAction::Set)]
    pub(crate) serve_playground: bool,

    #[command(flatten)]
    pub(crate) limits: Limits,

    /// A command to run instead of serving requests.
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
}

/// What the router can do besides serving requests.
#[derive(Clone, Copy, Debug, Subcommand)]
pub(crate) enum Command {
    /// Checks whether a running router is ready; exits with 1 if not.
    Health,
    /// Prints what can be set, for documentation.
    #[command(hide = true)]
    Settings,
}

/// The format of log entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum LogFormat {
    /// One human-readable line per event.
    Text,
    /// One JSON object per event.
    Json,
}

impl LogFormat {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Json => "json",
        }
    }
}

impl Settings {
    /// Reads the environment and the flags; exits with an error message if a value is invalid.
    pub(crate) fn load() -> Self {
        let settings = Self::parse();
        let serves = settings.command.is_none();
        if serves && let Err(sentence) = settings.check() {
            Self::command().error(ErrorKind::ValueValidation, sentence).exit();
        }
        settings
    }

    fn check(&self) -> Result<(), String> {
        let key = self.router_key.expose_secret();
        if key.len() < 16 || HeaderValue::from_str(key).is_err() {
            return Err("--router-key (QUITS_ROUTER_KEY) is required: 16 or more printable characters".into());
        }
        std::fs::metadata(&self.supergraph)
            .map_err(|error| {
                format!(
                    "--supergraph (QUITS_SUPERGRAPH): cannot read {}: {error}; `cargo xtask schema` writes it",
                    self.supergraph.display()
                )
            })
            .map(drop)
    }

    /// Whether the app is served over HTTPS.
    pub(crate) fn is_behind_tls(&self) -> bool {
        self.app_url.starts_with("https://")
    }

    /// The name of each subgraph in the supergraph, with its base URL.
    pub(crate) fn subgraphs(&self) -> [(&'static str, &str); 5] {
        [
            ("users", &self.users_url),
            ("groups", &self.groups_url),
            ("expenses", &self.expenses_url),
            ("payments", &self.payments_url),
            ("reports", &self.reports_url),
        ]
    }

    /// The origins of the pages that may call the router: the app's and the playground's.
    pub(crate) fn allowed_origins(&self) -> Vec<String> {
        let mut origins = match &self.cors_origins {
            Some(Origins(named)) if !named.is_empty() => named.clone(),
            _ => both_names(&self.app_url),
        };
        origins.extend(both_names(&format!("http://localhost:{}", self.port)));
        origins
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(flags: &[&str]) -> Result<Settings, clap::Error> {
        Settings::try_parse_from(["router", "--router-key", "open sesame, open wide"].iter().chain(flags))
    }

    #[test]
    fn a_local_app_may_call_as_localhost_and_127_0_0_1() {
        let settings = settings(&["--app-url", "http://localhost:5173/"]).unwrap();
        assert_eq!(settings.allowed_origins()[..2], ["http://localhost:5173", "http://127.0.0.1:5173"]);
    }

    #[test]
    fn named_origins_replace_the_app() {
        let settings = settings(&["--cors-origins", "https://Quits.example:443, https://other.example"]).unwrap();
        assert_eq!(settings.allowed_origins()[..2], ["https://quits.example", "https://other.example"]);
    }

    #[test]
    fn the_playground_may_call() {
        let settings = settings(&["--cors-origins", "https://quits.example", "--port", "4100"]).unwrap();
        assert_eq!(settings.allowed_origins()[1..], ["http://localhost:4100", "http://127.0.0.1:4100"]);
    }

    #[test]
    fn an_empty_list_of_origins_counts_as_unset() {
        let settings = settings(&["--cors-origins", "", "--app-url", "https://quits.example"]).unwrap();
        assert_eq!(settings.allowed_origins()[0], "https://quits.example");
    }

    #[test]
    fn wrong_settings_are_refused() {
        for flags in [
            ["--users-url", "users:4001"],
            ["--app-url", "ftp://quits.example"],
            ["--cors-origins", "quits.example"],
            ["--port", "70000"],
            ["--log", "loud"],
            ["--log-format", "xml"],
            ["--traces-sampler-arg", "1.5"],
            ["--traces-sampler-arg", "0.5e9"],
            ["--traces-sampler-arg", "half"],
            ["--trusted-proxies", "10.0.0.1"],
            ["--logins-per-minute", "0"],
            ["--introspection", "maybe"],
        ] {
            assert!(settings(&flags).is_err(), "{flags:?}");
        }
    }

    #[test]
    fn the_sampling_ratio_is_kept_as_written() {
        for kept in ["0", "0.05", "1", "1.0"] {
            assert_eq!(settings(&["--traces-sampler-arg", kept]).unwrap().traces_sampler_arg.to_string(), kept);
        }
    }

    #[test]
    fn the_key_is_never_shown() {
        let settings = settings(&[]).unwrap();
        assert!(!format!("{settings:?}").contains("sesame"));

        let refusal = Settings { router_key: "a key with a line\nbreak".to_owned().into(), ..settings };
        let sentence = refusal.check().unwrap_err();
        assert!(sentence.contains("QUITS_ROUTER_KEY") && !sentence.contains("break"));
    }
}
