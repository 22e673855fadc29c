//! Rules for environment variables: each is known to the program, required ones are set, and secrets are not in plain
//! text.

use std::collections::BTreeMap;

use serde_json::Value;

use super::objects::{Container, Objects, list, text, title};
use crate::settings::Setting;

/// The settings of every program, by the name of its image.
pub(super) type Programs = BTreeMap<String, Vec<Setting>>;

/// Suffixes of names of secrets, for programs that do not describe their settings.
const SECRET: [&str; 6] = ["COOKIE", "KEY", "PASS", "PASSWORD", "SECRET", "TOKEN"];

/// Returns all secrets in committed manifests.
pub(super) fn committed_secrets(objects: &Objects) -> impl Iterator<Item = String> {
    objects.of_kind("Secret").map(|secret| format!("{}: is in the repository", title(secret)))
}

/// Returns all variables that are unknown, missing, or secrets in plain text.
pub(super) fn findings(objects: &Objects, programs: &Programs) -> Vec<String> {
    let mut findings = open_entries(objects, programs);
    for container in objects.containers() {
        let wrong = of_container(objects, &container, programs);
        findings.extend(wrong.iter().map(|what| format!("{}: {what}", container.place)));
    }
    findings
}

fn of_container(objects: &Objects, container: &Container<'_>, programs: &Programs) -> Vec<String> {
    let mut wrong = open_values(container, programs);
    if let Some(program) = program(text(&container.spec["image"])) {
        match programs.get(program) {
            Some(settings) => wrong.extend(unknown(container, settings).chain(missing(objects, container, settings))),
            None => wrong.push(format!("there is no program `{program}`")),
        }
    }
    wrong
}

/// Returns the program that an image of Quits is named after.
fn program(image: &str) -> Option<&str> {
    let (folders, name) = image.rsplit_once('/')?;
    let is_ours = folders == "quits" || folders.ends_with("/quits");
    name.split([':', '@']).next().filter(|_| is_ours)
}

/// A variable of this container must be a setting of its program or be used in another variable.
fn unknown(container: &Container<'_>, settings: &[Setting]) -> impl Iterator<Item = String> {
    let names = container.variables().map(|variable| text(&variable["name"]));
    let is_known = |name: &str| settings.iter().any(|setting| setting.name == name);
    let unknown = names.filter(move |name| !is_known(name) && !is_inserted(container.spec, name));
    unknown.map(|name| format!("its program does not know {name}"))
}

fn is_inserted(spec: &Value, name: &str) -> bool {
    let insertion = format!("$({name})");
    let values = list(&spec["env"]).map(|variable| &variable["value"]);
    list(&spec["args"]).chain(list(&spec["command"])).chain(values).any(|value| text(value).contains(&insertion))
}

fn missing(objects: &Objects, container: &Container<'_>, settings: &[Setting]) -> impl Iterator<Item = String> {
    let shared: Vec<_> = list(&container.spec["envFrom"])
        .filter_map(|source| objects.find("ConfigMap", &source["configMapRef"]["name"]))
        .collect();
    let is_set = move |name: &str| {
        container.variables().any(|variable| variable["name"] == name)
            || shared.iter().any(|entries| !entries["data"][name].is_null())
    };
    let needed = settings.iter().filter(move |setting| is_needed(setting) && !is_set(&setting.name));
    needed.map(|setting| format!("nobody sets {}", setting.name))
}

/// Whether a cluster has to set it.
fn is_needed(setting: &Setting) -> bool {
    // A default on the local machine is never right in a cluster, and a secret has no usable default.
    let means_this_machine = |default: &String| default.contains("127.0.0.1") || default.contains("localhost");
    setting.is_required
        || setting.default.as_ref().is_some_and(|default| setting.is_secret || means_this_machine(default))
}

/// An entry of a shared config map must be a setting of at least one of its programs, and not a secret.
fn open_entries(objects: &Objects, programs: &Programs) -> Vec<String> {
    let sources: Vec<&Value> = objects.containers().flat_map(|container| list(&container.spec["envFrom"])).collect();
    let is_source =
        |map: &&Value| sources.iter().any(|source| source["configMapRef"]["name"] == map["metadata"]["name"]);
    let mut findings = Vec::new();
    for map in objects.of_kind("ConfigMap").filter(is_source) {
        for name in map["data"].as_object().into_iter().flat_map(|data| data.keys()) {
            if is_secret(name, programs) {
                findings.push(format!("{}: {name} is a secret", title(map)));
            } else if !programs.values().flatten().any(|setting| setting.name == *name) {
                findings.push(format!("{}: {name} is known to no program", title(map)));
            }
        }
    }
    findings
}

fn open_values(container: &Container<'_>, programs: &Programs) -> Vec<String> {
    let open = container.variables().filter(|variable| !variable["value"].is_null());
    let secrets = open.map(|variable| text(&variable["name"])).filter(|name| is_secret(name, programs));
    secrets.map(|name| format!("{name} is a secret and stands in the open")).collect()
}

fn is_secret(name: &str, programs: &Programs) -> bool {
    SECRET.iter().any(|end| name.ends_with(end))
        || programs.values().flatten().any(|setting| setting.is_secret && setting.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn required_settings_of_a_cluster_are_distinguished_from_optional_ones() {
        let needed = |default: Option<&str>, is_required: bool, is_secret: bool| {
            let (name, description) = ("A".to_owned(), String::new());
            is_needed(&Setting { name, description, default: default.map(str::to_owned), is_required, is_secret })
        };
        assert!(needed(None, true, false));
        assert!(needed(Some("http://127.0.0.1:4001"), false, false));
        assert!(needed(Some(""), false, true));
        assert!(!needed(Some("4"), false, false));
        assert!(!needed(None, false, true));
    }

    #[test]
    fn images_of_quits_are_distinguished_from_others() {
        assert_eq!(program("registry.example.org:5000/quits/users@sha256:0"), Some("users"));
        assert_eq!(program("others/users:1"), None);
    }
}
