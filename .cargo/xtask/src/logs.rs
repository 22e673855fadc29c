//! No secret that people use in a browser gets into the logs of the services.

use std::fs;

use anyhow::{Context, Result, bail};

use crate::{home::Home, services::SERVICES};

/// The begin of every secret: of the passwords of the browser tests, of access tokens, and of the links of invitations.
const SECRETS: [&str; 4] = ["correct horse", "eyJ0eXAiOi", "eyJhbGciOi", "/join#"];

/// Fails if a service has logged a secret.
pub(crate) fn expect_no_secrets(home: &Home) -> Result<()> {
    for service in SERVICES {
        let path = home.log(service.name);
        let log = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        if let Some(secret) = secret_in(&log) {
            bail!("{} contains a secret that begins with `{secret}`", path.display());
        }
    }
    Ok(())
}

fn secret_in(log: &str) -> Option<&'static str> {
    SECRETS.into_iter().find(|secret| log.contains(secret))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_secret_is_found() {
        assert_eq!(secret_in(r#"{"path":"/join","token_kind":"invite"}"#), None);
        assert_eq!(secret_in("variables: {password: correct horse battery staple}"), Some("correct horse"));
        assert_eq!(
            secret_in("authorization: Bearer eyJ0eXAiOiJhdCtqd3QiLCJhbGciOiJFZERTQSJ9.e30."),
            Some("eyJ0eXAiOi")
        );
        assert_eq!(secret_in("GET https://quits.example.org/join#c2VjcmV0"), Some("/join#"));
    }
}
