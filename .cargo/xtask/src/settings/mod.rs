//! The page with every setting of every program, written from their declarations.

mod source;

use std::{collections::BTreeMap, fs};

use anyhow::{Context, Result, bail};

#[cfg(test)]
pub(crate) use source::declared;
pub(crate) use source::{Setting, read};

use crate::{home::root, progress, services::SUBGRAPHS};

const PAGE: &str = "subgraphs/SETTINGS.md";

const HEAD: &str = "\
# Settings

What each program can be told, by an environment variable or by the flag that its `--help` names. Written by
`cargo xtask docs` from where the settings are declared.

A secret appears in no log. *Subgraphs* are users, groups, expenses, payments and reports, in each of their roles.

| variable | programs | default | what it is |
|---|---|---|---|
";

/// Writes the page if it has changed.
pub(crate) fn write() -> Result<()> {
    let page = page(&read()?);
    if !is_written(&page) {
        fs::write(root().join(PAGE), page).with_context(|| format!("writing {PAGE}"))?;
        progress::say(format!("     {PAGE} written"));
    }
    Ok(())
}

/// Refuses where the page differs from the code.
pub(crate) fn check() -> Result<()> {
    if is_written(&page(&read()?)) {
        return Ok(());
    }
    bail!("{PAGE} differs from the code; run `cargo xtask docs`")
}

fn is_written(page: &str) -> bool {
    fs::read_to_string(root().join(PAGE)).is_ok_and(|written| written == page)
}

fn page(programs: &BTreeMap<String, Vec<Setting>>) -> String {
    let rows = rows(programs);
    let lines = rows.iter().map(|(setting, programs)| line(setting, &named(programs)));
    HEAD.to_owned() + &lines.collect::<String>()
}

/// Each setting with the programs that take it; those that describe it in other words make another row.
fn rows(programs: &BTreeMap<String, Vec<Setting>>) -> Vec<(&Setting, Vec<&str>)> {
    let mut rows: Vec<(&Setting, Vec<&str>)> = Vec::new();
    for (program, settings) in programs {
        for setting in settings {
            match rows.iter_mut().find(|(known, _)| *known == setting) {
                Some((_, takers)) => takers.push(program),
                None => rows.push((setting, vec![program])),
            }
        }
    }
    rows.sort_by(|(a, _), (b, _)| a.name.cmp(&b.name));
    rows
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
    let Setting { name, description, .. } = setting;
    format!("| `{name}` | {programs} | {} | {} |\n", default(setting), description.replace('|', "\\|"))
}

fn default(setting: &Setting) -> String {
    let given = setting.default.as_deref().filter(|default| !default.is_empty());
    // An empty secret is none: with that default its program says itself what is missing.
    let is_missing = setting.default.is_none() || setting.is_secret && given.is_none();
    let default = match given {
        Some(default) => format!("`{default}`"),
        None if is_missing && !setting.is_optional => "**required**".to_owned(),
        None => String::new(),
    };
    let secret = setting.is_secret.then(|| "secret".to_owned());
    let words: Vec<String> = [default].into_iter().filter(|default| !default.is_empty()).chain(secret).collect();
    words.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page_of(programs: &[(&str, &str)]) -> String {
        let programs = programs.iter().map(|(name, source)| ((*name).to_owned(), declared(source))).collect();
        page(&programs).trim_start_matches(HEAD).to_owned()
    }

    #[test]
    fn the_page_is_the_one_of_the_code() {
        if let Err(drift) = check() {
            panic!("{drift}");
        }
    }

    #[test]
    fn programs_that_agree_share_a_row() {
        let port = "/// The port.\n#[arg(env = \"PORT\")]\nport: Option<u16>,";
        let mut programs = SUBGRAPHS.map(|(name, _)| (name, port)).to_vec();
        assert_eq!(page_of(&programs), "| `PORT` | subgraphs |  | The port. |\n");
        programs.push(("router", port));
        assert_eq!(page_of(&programs), "| `PORT` | all |  | The port. |\n");
        assert_eq!(page_of(&programs[..2]), "| `PORT` | groups, users |  | The port. |\n");
        programs[5].1 = "/// A port.\n#[arg(env = \"PORT\", default_value_t = 4_000)]\nport: u16,";
        assert_eq!(page_of(&programs).lines().count(), 2);
    }

    #[test]
    fn what_has_to_be_given_and_what_is_secret_is_marked() {
        let marked = |argument: &str, field: &str| {
            let page = page_of(&[("users", &format!("#[arg(long, env = \"A\"{argument})]\na: {field},"))]);
            page.split(" | ").nth(2).unwrap().to_owned()
        };
        assert_eq!(marked("", "String"), "**required**");
        assert_eq!(marked(", hide_env_values = true", "Secret"), "**required**, secret");
        assert_eq!(marked(", hide_env_values = true, default_value = \"\"", "Secret"), "**required**, secret");
        assert_eq!(marked(", hide_env_values = true", "Option<Secret>"), "secret");
        assert_eq!(marked(", default_value = \"a|b\"", "String"), "`a|b`");
        assert_eq!(marked(", default_value = \"\"", "String"), "");
    }
}
