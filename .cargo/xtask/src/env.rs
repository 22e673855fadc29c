//! `cargo xtask env`: creates `.env` for Compose from its documented example.

use std::{
    fs::{self, OpenOptions},
    io::{ErrorKind, Write},
    os::unix::fs::OpenOptionsExt,
    path::Path,
};

use anyhow::{Context, Result, bail};

use crate::{
    home::{random_hex, root},
    progress::say,
};

const EXAMPLE: &str = ".env.example";

/// Creates `.env`. Never overwrites one, because the data cannot be opened without its secrets.
pub(crate) fn run() -> Result<()> {
    write(&root().join(".env"))?;
    say("     .env written, with fresh secrets; start Quits with: docker compose up --detach");
    Ok(())
}

/// Writes the example with generated secrets, readable only by the owner of the file.
pub(crate) fn write(path: &Path) -> Result<()> {
    let example = fs::read_to_string(root().join(EXAMPLE)).with_context(|| format!("reading {EXAMPLE}"))?;
    let text = filled(&example, random_hex)?;
    match OpenOptions::new().write(true).create_new(true).mode(0o600).open(path) {
        Ok(mut file) => file.write_all(text.as_bytes()).with_context(|| format!("writing {}", path.display())),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            bail!("{} exists, and its secrets open the data; move it away if that is what you want", path.display())
        }
        Err(error) => Err(error).with_context(|| format!("creating {}", path.display())),
    }
}

/// Adds a secret to every name without a value.
fn filled(example: &str, secret: impl Fn() -> Result<String>) -> Result<String> {
    let mut text = String::new();
    for line in example.lines() {
        text.push_str(line);
        if is_secret(line) {
            text.push_str(&secret()?);
        }
        text.push('\n');
    }
    Ok(text)
}

fn is_secret(line: &str) -> bool {
    !line.starts_with('#') && line.ends_with('=')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_without_a_value_get_a_secret_of_their_own() {
        let secrets = std::cell::RefCell::new(vec!["two", "one"]);
        let next = || Ok(secrets.borrow_mut().pop().unwrap().to_owned());
        let text = filled("# KEY=\nPORT=8080\n\nA_KEY=\nB_KEY=\n", next).unwrap();
        assert_eq!(text, "# KEY=\nPORT=8080\n\nA_KEY=one\nB_KEY=two\n");
    }

    #[test]
    fn an_existing_file_is_not_overwritten() {
        let path = std::env::temp_dir().join(format!("quits-env-{}", std::process::id()));
        write(&path).unwrap();
        let written = fs::read(&path).unwrap();
        assert!(write(&path).is_err());
        assert_eq!(fs::read(&path).unwrap(), written);
        fs::remove_file(&path).unwrap();
    }

    /// Compares with the names in compose.yaml: `${NAME...}`, or `NAME:` without a value.
    #[test]
    fn the_example_and_compose_have_the_same_names() {
        let compose = fs::read_to_string(root().join("compose.yaml")).unwrap();
        let example = fs::read_to_string(root().join(EXAMPLE)).unwrap();
        let mut required: Vec<&str> = compose
            .split("${")
            .skip(1)
            .filter_map(|text| text.split_once(":?"))
            .map(|(name, _)| name)
            .filter(|name| name.chars().all(|c| c.is_ascii_uppercase() || c == '_'))
            .collect();
        let mut secrets: Vec<&str> =
            example.lines().filter(|line| is_secret(line)).map(|line| line.trim_end_matches('=')).collect();
        for names in [&mut required, &mut secrets] {
            names.sort_unstable();
            names.dedup();
        }
        assert_eq!(required, secrets);
    }
}
