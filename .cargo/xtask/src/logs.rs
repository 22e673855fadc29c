//! No secret that people use in a browser gets into the logs of the services.

use std::{fs, path::PathBuf};

use anyhow::{Context, Result, bail, ensure};

use crate::{home::Home, services::SERVICES};

/// The begin of every secret that is known by it: of the passwords of the browser tests, of access tokens, and of the
/// links of invitations.
const SECRETS: [&str; 4] = ["correct horse", "eyJ0eXAiOi", "eyJhbGciOi", "/join#"];

/// The environment variable with the file in which the browser tests note the other secrets: invitations and refresh
/// tokens.
pub(crate) const USED_SECRETS: &str = "QUITS_USED_SECRETS";

/// Returns that file.
pub(crate) fn used_secrets(home: &Home) -> PathBuf {
    home.log("used-secrets")
}

/// Fails if a service has logged a secret.
pub(crate) fn expect_no_secrets(home: &Home) -> Result<()> {
    let path = used_secrets(home);
    let used = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    let secrets: Vec<&str> = SECRETS.into_iter().chain(used.lines()).collect();
    ensure!(secrets.len() > SECRETS.len(), "the browser tests have noted no secret");
    for service in SERVICES {
        let path = home.log(service.name);
        let log = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        if let Some(secret) = secret_in(&log, &secrets) {
            bail!("{} contains a secret that begins with `{secret:.10}`", path.display());
        }
    }
    Ok(())
}

fn secret_in<'a>(log: &str, secrets: &[&'a str]) -> Option<&'a str> {
    secrets.iter().copied().find(|secret| log.contains(secret))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_secret_is_found() {
        let secrets = [&SECRETS[..], &["fUyZ3mB9invite"]].concat();
        let found = |log| secret_in(log, &secrets);
        assert_eq!(found(r#"{"path":"/join","token_kind":"invite"}"#), None);
        assert_eq!(found("variables: {password: correct horse battery staple}"), Some("correct horse"));
        let token = "authorization: Bearer eyJ0eXAiOiJhdCtqd3QiLCJhbGciOiJFZERTQSJ9.e30.";
        assert_eq!(found(token), Some("eyJ0eXAiOi"));
        assert_eq!(found("GET https://quits.example.org/join#c2VjcmV0"), Some("/join#"));
        assert_eq!(found(r#"{"token":"fUyZ3mB9invite"}"#), Some("fUyZ3mB9invite"));
    }
}
