//! What the programs of Quits can be told, read from where their settings are declared: nothing has to be compiled.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

use crate::{home::root, services::SUBGRAPHS};

/// One environment variable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Setting {
    pub(crate) name: String,
    /// What it does, in the words of its declaration.
    pub(crate) description: String,
    /// What holds when it is not set.
    pub(crate) default: Option<String>,
    /// Whether its program can do without any value.
    pub(crate) is_optional: bool,
    /// Whether `--help` hides its value.
    pub(crate) is_secret: bool,
}

/// The settings of every program, by its name.
pub(crate) fn read() -> Result<BTreeMap<String, Vec<Setting>>> {
    let shared = settings_in(&root().join("subgraphs/lib/kit/src"))?;
    let mut programs = BTreeMap::from([("router".to_owned(), settings_in(&root().join("router/src"))?)]);
    for (name, _) in SUBGRAPHS {
        let own = settings_in(&root().join("subgraphs").join(name).join("src"))?;
        programs.insert(name.to_owned(), [shared.clone(), own].concat());
    }
    Ok(programs)
}

/// A variable that is declared twice counts as it is declared where settings are.
fn settings_in(dir: &Path) -> Result<Vec<Setting>> {
    let mut sources = sources(dir)?;
    let is_about_settings = |path: &PathBuf| path.ends_with("settings.rs") || path.ends_with("config.rs");
    sources.sort_by_key(|path| (!is_about_settings(path), path.clone()));
    let mut found: Vec<Setting> = Vec::new();
    for source in sources {
        let all = declared(&fs::read_to_string(source)?);
        let new: Vec<_> = all.into_iter().filter(|one| found.iter().all(|known| known.name != one.name)).collect();
        found.extend(new);
    }
    Ok(found)
}

fn sources(dir: &Path) -> Result<Vec<PathBuf>> {
    let mut sources = Vec::new();
    for entry in fs::read_dir(dir).with_context(|| format!("reading {}", dir.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            sources.extend(self::sources(&path)?);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            sources.push(path);
        }
    }
    Ok(sources)
}

/// The settings that a source declares as `/// What it does. #[arg(.. env = "NAME" ..)] field: Type`.
pub(crate) fn declared(source: &str) -> Vec<Setting> {
    let mut found = Vec::new();
    let mut description = Vec::new();
    let mut lines = source.lines().map(str::trim);
    while let Some(line) = lines.next() {
        if let Some(words) = line.strip_prefix("///") {
            description.push(words.trim());
        } else if line.starts_with("#[arg(") {
            let mut attribute = line.to_owned();
            while !attribute.ends_with(")]") {
                let Some(next) = lines.next() else { return found };
                attribute = format!("{attribute} {next}");
            }
            let field = lines.find(|line| !line.is_empty() && !line.starts_with(['#', '/'])).unwrap_or_default();
            found.extend(setting(&description.join(" "), &attribute, field));
            description.clear();
        } else if !line.starts_with("#[") {
            description.clear();
        }
    }
    found
}

fn setting(description: &str, attribute: &str, field: &str) -> Option<Setting> {
    let (_, name) = attribute.split_once(" env = \"").or_else(|| attribute.split_once("(env = \""))?;
    let (name, _) = name.split_once('"')?;
    Some(Setting {
        name: name.to_owned(),
        description: description.to_owned(),
        default: default(attribute),
        is_optional: field.contains(": Option<"),
        is_secret: attribute.contains("hide_env_values = true"),
    })
}

/// What `default_value = "text"` or `default_value_t = 15 * 60` says.
fn default(attribute: &str) -> Option<String> {
    let (_, default) = attribute.split_once(" default_value")?;
    let (_, value) = default.split_once(" = ")?;
    match value.strip_prefix('"') {
        Some(text) => text.split_once('"').map(|(text, _)| text.to_owned()),
        None => value.split([',', ')']).next().map(|value| product(value).unwrap_or_else(|| value.to_owned())),
    }
}

fn product(expression: &str) -> Option<String> {
    let factors = expression.split('*').map(|factor| factor.trim().replace('_', "").parse::<i64>().ok());
    let product = factors.reduce(|product, factor| product?.checked_mul(factor?))?;
    product.map(|number| number.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn only(source: &str) -> Setting {
        let [setting] = <[Setting; 1]>::try_from(declared(source)).unwrap();
        setting
    }

    fn default_of(argument: &str) -> Option<String> {
        only(&format!("#[arg(long, env = \"A\", {argument})]\na: i64,")).default
    }

    #[test]
    fn a_setting_is_described_by_the_words_above_it() {
        let source = "/// Not this.\nstruct Settings {\n    /// First.\n    /// Second.\n    #[arg(\n        long,\n        \
                      env = \"A\",\n        hide_env_values = true\n    )]\n    pub a: Option<Secret>,\n}";
        let setting = only(source);
        assert_eq!((setting.name.as_str(), setting.description.as_str()), ("A", "First. Second."));
        assert!(setting.is_optional && setting.is_secret && setting.default.is_none());
        assert!(!only("#[arg(env = \"A\")]\npub a: String,").is_optional);
    }

    #[test]
    fn defaults_are_what_a_program_takes() {
        assert_eq!(default_of("default_value = \"http://127.0.0.1:4001\"").unwrap(), "http://127.0.0.1:4001");
        assert_eq!(default_of("hide_default_value = true, default_value = \"\"").unwrap(), "");
        assert_eq!(
            default_of("default_value_t = 15 * 60, value_parser = value_parser!(i64).range(1..)").unwrap(),
            "900"
        );
        assert_eq!(default_of("default_value_t = 2_000").unwrap(), "2000");
        assert_eq!(default_of("default_value_t = LogFormat::Text").unwrap(), "LogFormat::Text");
        assert_eq!(default_of("value_parser = origins"), None);
    }

    #[test]
    fn flags_without_a_variable_are_none() {
        assert!(declared("#[arg(long)]\npub a: String,").is_empty());
    }

    #[test]
    fn every_program_can_be_told_where_to_listen_and_says_it_once() {
        for (program, settings) in read().unwrap() {
            assert_eq!(settings.iter().filter(|setting| setting.name == "QUITS_HOST").count(), 1, "{program}");
        }
    }
}
