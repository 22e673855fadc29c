//! The command `settings` prints what can be set, for the page that `cargo xtask docs` writes.

use std::{
    io::{self, Write},
    process::ExitCode,
};

use clap::Command;
use serde_json::{Value, json};

/// Prints the environment variables of a command as JSON: `[{name, description, default, required, secret}]`.
pub fn describe(command: &Command) -> ExitCode {
    match write!(io::stdout(), "{}", described(command)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

fn described(command: &Command) -> Value {
    let settings = command.get_arguments().filter_map(|argument| {
        let default = argument.get_default_values().first();
        Some(json!({
            "name": argument.get_env()?.to_str(),
            "description": argument.get_long_help().or_else(|| argument.get_help()).map(ToString::to_string),
            "default": default.and_then(|default| default.to_str()),
            "required": argument.is_required_set(),
            "secret": argument.is_hide_env_values_set(),
        }))
    });
    settings.collect()
}

#[cfg(test)]
mod tests {
    use clap::Arg;

    use super::*;

    #[test]
    fn settings_are_described_as_they_are_declared() {
        let command = Command::new("test")
            .arg(Arg::new("key").env("KEY").help("The key").required(true).hide_env_values(true))
            .arg(Arg::new("port").env("PORT").help("The port").long_help("The port. Not 80.").default_value("4000"))
            .arg(Arg::new("flag").help("No variable"));
        let expected = json!([
            { "name": "KEY", "description": "The key", "default": null, "required": true, "secret": true },
            { "name": "PORT", "description": "The port. Not 80.", "default": "4000", "required": false, "secret": false },
        ]);
        assert_eq!(described(&command), expected);
    }
}
