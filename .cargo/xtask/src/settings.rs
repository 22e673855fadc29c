//! Generates the page with all settings from the programs' own descriptions.

use std::{collections::BTreeMap, process::Command};

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use crate::services::{SUBGRAPHS, binary_path};

const PAGE: &str = "subgraphs/SETTINGS.md";

const HEAD: &str = "\
# Settings

The environment variables of each program; its `--help` names a flag for each of them. Written by
`cargo xtask docs` from where the settings are declared.

A secret appears in no log. *Subgraphs* are users, groups, expenses, payments and reports, in each of their roles.

| variable | programs | default | what it is |
|---|---|---|---|
";

/// An environment variable, as the command `settings` of a program describes it.
#[derive(PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub(crate) struct Setting {
    pub(crate) name: String,
    /// The doc comment of its declaration, without the final full stop, which clap removes.
    pub(crate) description: String,
    /// The default value.
    pub(crate) default: Option<String>,
    /// Whether the program does not start without it.
    #[serde(default, rename = "required")]
    pub(crate) is_required: bool,
    /// Whether `--help` hides its value.
    #[serde(default, rename = "secret")]
    pub(crate) is_secret: bool,
}

/// Returns the settings of every program by name, as the built binaries describe them.
pub(crate) fn read() -> Result<BTreeMap<String, Vec<Setting>>> {
    let programs = SUBGRAPHS.iter().map(|(name, _)| *name).chain(["router"]);
    programs.map(|program| Ok((program.to_owned(), read_one(program).with_context(|| program.to_owned())?))).collect()
}

fn read_one(program: &str) -> Result<Vec<Setting>> {
    // Cleared, because a value of this environment is not a default.
    let output = Command::new(binary_path(program)?).arg("settings").env_clear().output()?;
    if !output.status.success() {
        bail!("it does not describe its settings: {}", String::from_utf8_lossy(&output.stderr));
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}

/// Returns the generated page by its path.
pub(crate) fn files() -> Result<BTreeMap<String, String>> {
    Ok(BTreeMap::from([(PAGE.to_owned(), page(&read()?))]))
}

fn page(programs: &BTreeMap<String, Vec<Setting>>) -> String {
    // Settings with different descriptions are separate rows.
    let mut rows: BTreeMap<&Setting, Vec<&str>> = BTreeMap::new();
    for (program, settings) in programs {
        for setting in settings {
            rows.entry(setting).or_default().push(program);
        }
    }
    let mut rows: Vec<_> = rows.into_iter().collect();
    rows.sort_by(|(a, of_a), (b, of_b)| (&a.name, of_a).cmp(&(&b.name, of_b)));
    let lines = rows.iter().map(|(setting, programs)| line(setting, &named(programs)));
    HEAD.to_owned() + &lines.collect::<String>()
}

fn named(programs: &[&str]) -> String {
    let subgraphs = SUBGRAPHS.iter().filter(|(name, _)| programs.contains(name)).count();
    match (subgraphs == SUBGRAPHS.len(), programs.len() - subgraphs) {
        (true, 0) => "subgraphs".to_owned(),
        (true, _) => "all".to_owned(),
        _ => programs.join(", "),
    }
}

fn line(setting: &Setting, programs: &str) -> String {
    let Setting { name, description, default, is_required, is_secret } = setting;
    let default = match default.as_deref().unwrap_or_default() {
        // An empty secret counts as missing: its program reports that itself.
        "" if *is_required || (*is_secret && default.is_some()) => "**required**".to_owned(),
        "" => String::new(),
        default => format!("`{default}`"),
    };
    let secret = if *is_secret { "secret" } else { "" };
    let default = [default.as_str(), secret].into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(", ");
    let end = if description.ends_with('.') { "" } else { "." };
    format!("| `{name}` | {programs} | {default} | {}{end} |\n", description.replace('|', "\\|"))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn page_of(programs: &Value) -> String {
        page(&serde_json::from_value(programs.clone()).unwrap()).trim_start_matches(HEAD).to_owned()
    }

    #[test]
    fn programs_that_agree_share_a_row() {
        let port = json!([{ "name": "PORT", "description": "The port" }]);
        let mut programs = json!({ "users": port, "groups": port });
        assert_eq!(page_of(&programs), "| `PORT` | groups, users |  | The port. |\n");
        programs = SUBGRAPHS.iter().map(|(name, _)| (*name, port.clone())).collect();
        assert_eq!(page_of(&programs), "| `PORT` | subgraphs |  | The port. |\n");
        programs["router"] = port;
        assert_eq!(page_of(&programs), "| `PORT` | all |  | The port. |\n");
        programs["router"][0]["default"] = json!("4000");
        assert_eq!(page_of(&programs).lines().count(), 2);
    }

    #[test]
    fn required_and_secret_settings_are_marked() {
        let marked = |required: bool, secret: bool, default: Option<&str>| {
            let (name, description) = ("A", "What it is.");
            let described = json!({
                "name": name, "description": description, "required": required, "secret": secret, "default": default,
            });
            page_of(&json!({ "users": [described] })).split(" | ").nth(2).unwrap().to_owned()
        };
        assert_eq!(marked(true, false, None), "**required**");
        assert_eq!(marked(true, true, None), "**required**, secret");
        assert_eq!(marked(false, true, Some("")), "**required**, secret");
        assert_eq!(marked(false, true, None), "secret");
        assert_eq!(marked(false, false, Some("a|b")), "`a|b`");
        assert_eq!(marked(false, false, Some("")), "");
    }
}
