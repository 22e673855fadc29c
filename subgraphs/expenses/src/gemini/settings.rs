//! How Gemini is reached, and how much may be asked of it.

use clap::{Args, value_parser};
use kit::settings::Secret;

const LONGEST_WAIT_MS: u64 = 10 * 60 * 1_000;

/// The settings of Gemini. Without a key it is not asked at all.
#[derive(Clone, Debug, Args)]
pub struct GeminiSettings {
    /// The key for Gemini. Without one, texts are read by the built-in reader and photos not at all.
    #[arg(id = "gemini_api_key", long = "gemini-api-key", env = "GEMINI_API_KEY", hide_env_values = true)]
    pub api_key: Option<Secret>,
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
    /// How many readings may be asked for in a day.
    #[arg(
        id = "gemini_calls_per_day",
        long = "gemini-calls-per-day",
        env = "QUITS_GEMINI_CALLS_PER_DAY",
        default_value_t = 1_000
    )]
    pub calls_per_day: u32,
}

impl GeminiSettings {
    /// The key, if there is one; an empty variable is none.
    pub(super) fn key(&self) -> Option<&str> {
        self.api_key.as_ref().map(|key| key.expose().trim()).filter(|key| !key.is_empty())
    }
}
