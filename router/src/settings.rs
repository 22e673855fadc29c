//! Every setting of the router, by environment variable or flag.

use std::{fmt, path::PathBuf};

use clap::{CommandFactory, Parser, Subcommand, ValueEnum, error::ErrorKind};
use hive_router::http::{HeaderValue, Uri};
use serde_json::Number;

/// Puts the subgraphs of Quits together into one GraphQL API.
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

    /// Where users publishes the keys that sign access tokens.
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

    /// The secret that tells subgraphs that the router is asking. Required.
    #[arg(long, env = "QUITS_ROUTER_KEY", hide_env_values = true, default_value = "", hide_default_value = true)]
    pub(crate) router_key: Secret,

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

    /// Where the app is.
    #[arg(long, env = "QUITS_APP_URL", default_value = "http://localhost:5173", value_parser = http_url)]
    pub(crate) app_url: String,

    /// The origins whose pages may call the router, separated by commas. Without it: the app's, and
    /// for an app on this machine by either name of it.
    #[arg(long, env = "QUITS_CORS_ORIGINS", value_parser = origins)]
    cors_origins: Option<Origins>,

    /// How much to log: error, warn, info, debug or trace.
    #[arg(long, env = "QUITS_LOG", default_value = "info", value_parser = log_level)]
    pub(crate) log: String,

    /// How to log.
    #[arg(long, env = "QUITS_LOG_FORMAT", default_value = "text")]
    pub(crate) log_format: LogFormat,

    /// Where spans are sent, by OTLP over HTTP, such as `http://127.0.0.1:4318`. Without it there are no spans.
    #[arg(long, env = "OTEL_EXPORTER_OTLP_ENDPOINT", default_value = "", hide_default_value = true)]
    pub(crate) otlp_endpoint: String,

    /// How many of all traces are kept, from 0 to 1. What a client has begun is kept as the client says, and the
    /// subgraphs keep what the router keeps.
    #[arg(long, env = "OTEL_TRACES_SAMPLER_ARG", default_value = "1", value_parser = ratio)]
    pub(crate) traces_sampler_arg: Number,

    /// What to do instead of serving.
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
}

/// What the router does beside serving.
#[derive(Clone, Copy, Debug, Subcommand)]
pub(crate) enum Command {
    /// Asks a running router whether it is ready; exits with 1 if not.
    Health,
}

/// A text that no log, help page or error message may show.
#[derive(Clone)]
pub(crate) struct Secret(String);

impl Secret {
    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("***")
    }
}

// Anything parses: clap would print what it refuses. `Settings::check` judges it.
impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(text)
    }
}

/// Text for people, JSON for machines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum LogFormat {
    /// One readable line per event.
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

#[derive(Clone, Debug)]
struct Origins(Vec<String>);

impl Settings {
    /// Reads the environment and the flags; ends the process with a sentence when they are wrong.
    pub(crate) fn load() -> Self {
        let settings = Self::parse();
        let serves = settings.command.is_none();
        if serves && let Err(sentence) = settings.check() {
            Self::command().error(ErrorKind::ValueValidation, sentence).exit();
        }
        settings
    }

    fn check(&self) -> Result<(), String> {
        let key = self.router_key.reveal();
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

    /// The name of each subgraph in the supergraph, and its base URL.
    pub(crate) fn subgraphs(&self) -> [(&'static str, &str); 5] {
        [
            ("users", &self.users_url),
            ("groups", &self.groups_url),
            ("expenses", &self.expenses_url),
            ("payments", &self.payments_url),
            ("reports", &self.reports_url),
        ]
    }

    /// The origins of the pages that may call the router: the app's and that of its own playground.
    pub(crate) fn allowed_origins(&self) -> Vec<String> {
        let mut origins = match &self.cors_origins {
            Some(Origins(named)) if !named.is_empty() => named.clone(),
            _ => both_names(&self.app_url),
        };
        origins.extend(both_names(&format!("http://localhost:{}", self.port)));
        origins
    }
}

/// The origin of `url`, and the same by the other name of this machine.
fn both_names(url: &str) -> Vec<String> {
    let Some(origin) = origin_of(url) else {
        return Vec::new();
    };
    let twin = if origin.contains("://localhost") {
        Some(origin.replacen("://localhost", "://127.0.0.1", 1))
    } else if origin.contains("://127.0.0.1") {
        Some(origin.replacen("://127.0.0.1", "://localhost", 1))
    } else {
        None
    };
    std::iter::once(origin).chain(twin).collect()
}

/// Scheme, host and port, as a browser writes them into the `Origin` header.
fn origin_of(url: &str) -> Option<String> {
    let uri: Uri = url.parse().ok()?;
    let scheme = uri.scheme_str().filter(|scheme| matches!(*scheme, "http" | "https"))?;
    let host = uri.host()?.to_lowercase();
    let port = match (scheme, uri.port_u16()) {
        ("http", Some(80)) | ("https", Some(443)) | (_, None) => String::new(),
        (_, Some(port)) => format!(":{port}"),
    };
    Some(format!("{scheme}://{host}{port}"))
}

fn http_url(text: &str) -> Result<String, String> {
    origin_of(text)
        .map(|_| text.trim_end_matches('/').to_owned())
        .ok_or_else(|| "not a URL that starts with http:// or https:// and names a host".to_owned())
}

/// A decimal number from 0 to 1, of which the library makes what it needs.
fn ratio(text: &str) -> Result<Number, String> {
    let (whole, digits) = text.split_once('.').unwrap_or((text, "0"));
    let digits_are = |allowed: fn(u8) -> bool| digits.bytes().all(allowed);
    let in_range = (whole == "0" && digits_are(|digit| digit.is_ascii_digit()))
        || (whole == "1" && digits_are(|digit| digit == b'0'));
    text.parse().ok().filter(|_| in_range).ok_or_else(|| "not a number from 0 to 1, such as 0.1".to_owned())
}

fn origins(text: &str) -> Result<Origins, String> {
    text.split(',')
        .map(str::trim)
        .filter(|origin| !origin.is_empty())
        .map(|origin| origin_of(origin).ok_or_else(|| format!("`{origin}` is not an origin like https://example.org")))
        .collect::<Result<_, _>>()
        .map(Origins)
}

/// The level for everything; directives for single modules, as in `info,router=debug`, are not for the router.
fn log_level(directives: &str) -> Result<String, String> {
    let level = directives.split(',').map(str::trim).find(|directive| !directive.contains('=')).unwrap_or("info");
    match level {
        "error" | "warn" | "info" | "debug" => Ok(level.to_owned()),
        // The library has no finer level in a release build.
        "trace" => Ok("debug".to_owned()),
        _ => Err("not one of error, warn, info, debug, trace".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(flags: &[&str]) -> Result<Settings, clap::Error> {
        Settings::try_parse_from(["router", "--router-key", "open sesame, open wide"].iter().chain(flags))
    }

    #[test]
    fn an_app_on_this_machine_may_call_by_either_name() {
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
    fn an_empty_list_of_origins_is_no_list() {
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
        ] {
            assert!(settings(&flags).is_err(), "{flags:?}");
        }
    }

    #[test]
    fn a_part_of_all_traces_is_kept() {
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

    #[test]
    fn the_level_for_everything_is_taken_out_of_a_list_of_directives() {
        assert_eq!(log_level("expenses=debug,warn").as_deref(), Ok("warn"));
        assert_eq!(log_level("expenses=debug").as_deref(), Ok("info"));
        assert_eq!(log_level("trace").as_deref(), Ok("debug"));
    }
}
