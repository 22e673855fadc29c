//! Settings that only expenses has.

use std::time::Duration;

use clap::{Args, value_parser};
use gemini::{Connection, Gemini};
use kit::{
    Outcome,
    failure::internal,
    settings::{ExposeSecret, SecretString},
};

const LONGEST_WAIT_MS: u64 = 10 * 60 * 1_000;

/// The settings of expenses.
#[derive(Clone, Debug, Args)]
pub struct Config {
    /// Where groups answers who is in a group.
    #[arg(long, env = "QUITS_GROUPS_URL", default_value = "http://127.0.0.1:4002")]
    pub groups_url: reqwest::Url,
    /// Where payments records what an import brings.
    #[arg(long, env = "QUITS_PAYMENTS_URL", default_value = "http://127.0.0.1:4004")]
    pub payments_url: reqwest::Url,
    /// How many drafts a person may ask for in a minute.
    #[arg(long, env = "QUITS_DRAFTS_PER_MINUTE", default_value_t = 10, value_parser = value_parser!(i64).range(1..))]
    pub drafts_per_minute: i64,
    /// Where daily reference rates of the euro are published, in the XML of the European Central Bank, such as
    /// `https://www.ecb.europa.eu/stats/eurofxref/eurofxref-hist-90d.xml`. Without it no rate is suggested.
    #[arg(long, env = "QUITS_RATES_URL")]
    pub rates_url: Option<reqwest::Url>,
    /// How Gemini is reached.
    #[command(flatten)]
    pub gemini: GeminiSettings,
}

/// The settings of Gemini. Without a key it is not asked at all.
#[derive(Clone, Debug, Args)]
pub struct GeminiSettings {
    /// The key for Gemini. Without one, texts are read by the built-in reader and photos not at all.
    #[arg(id = "gemini_api_key", long = "gemini-api-key", env = "GEMINI_API_KEY", hide_env_values = true)]
    pub api_key: Option<SecretString>,
    /// Where Gemini answers.
    #[arg(
        id = "gemini_url",
        long = "gemini-url",
        env = "QUITS_GEMINI_URL",
        default_value = "https://generativelanguage.googleapis.com"
    )]
    pub url: reqwest::Url,
    /// Which of its models is asked.
    #[arg(
        id = "gemini_model",
        long = "gemini-model",
        env = "QUITS_GEMINI_MODEL",
        default_value = "gemini-3.5-flash-lite"
    )]
    pub model: String,
    /// How long one reading may take, with every repetition.
    #[arg(
        id = "gemini_timeout_ms",
        long = "gemini-timeout-ms",
        env = "QUITS_GEMINI_TIMEOUT_MS",
        default_value_t = 8_000,
        value_parser = value_parser!(u64).range(1..=LONGEST_WAIT_MS)
    )]
    pub timeout_ms: u64,
    /// How many readings may be asked for in a day by one person, so that a few cannot use up what is for all.
    #[arg(
        id = "gemini_calls_per_person_per_day",
        long = "gemini-calls-per-person-per-day",
        env = "QUITS_GEMINI_CALLS_PER_PERSON_PER_DAY",
        default_value_t = 50
    )]
    pub calls_per_person_per_day: u32,
    /// How many readings may be asked for in a day by all together.
    #[arg(
        id = "gemini_calls_per_day",
        long = "gemini-calls-per-day",
        env = "QUITS_GEMINI_CALLS_PER_DAY",
        default_value_t = 1_000
    )]
    pub calls_per_day: u32,
}

impl GeminiSettings {
    /// Creates a client for Gemini; `None` without a key or with an empty one.
    pub(crate) fn client(&self) -> Outcome<Option<Gemini>> {
        let key = self.api_key.as_ref().map(|key| key.expose_secret().trim()).filter(|key| !key.is_empty());
        let timeout = Duration::from_millis(self.timeout_ms);
        let connect = |key| Gemini::new(&Connection { key, url: &self.url, model: &self.model, timeout });
        key.map(connect).transpose().map_err(internal)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "AIza-a-key-that-nobody-may-see";

    fn settings(api_key: Option<&str>) -> GeminiSettings {
        GeminiSettings {
            api_key: api_key.map(Into::into),
            url: "https://generativelanguage.googleapis.com".parse().unwrap(),
            model: "gemini-test-flash".to_owned(),
            timeout_ms: 8_000,
            calls_per_person_per_day: 50,
            calls_per_day: 1_000,
        }
    }

    #[test]
    fn without_a_key_there_is_no_client() {
        for key in [None, Some(""), Some(" ")] {
            assert!(settings(key).client().unwrap().is_none(), "{key:?}");
        }
        assert!(settings(Some(KEY)).client().unwrap().is_some());
    }

    #[test]
    fn no_key_is_shown() {
        assert!(!format!("{:?}", settings(Some(KEY))).contains(KEY));
        assert!(!settings(Some("a\nb")).client().unwrap_err().log_text().contains("a\nb"));
    }
}
