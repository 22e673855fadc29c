//! Rules for environment variables: each is known to the program, required ones are set, and secrets are not in plain
//! text.

use serde_json::Value;

use super::{
    objects::{Container, Objects, list, text, title},
    programs::{Programs, is_needed, program},
};
use crate::settings::Setting;

/// Suffixes of names of secrets, for programs that do not describe their settings.
const SECRET: [&str; 6] = ["COOKIE", "KEY", "PASS", "PASSWORD", "SECRET", "TOKEN"];

/// Returns all secrets in committed manifests.
pub(super) fn committed_secrets(objects: &Objects) -> Vec<String> {
    objects.of_kind("Secret").map(|secret| format!("{}: is in the repository", title(secret))).collect()
}

/// Returns all variables that are unknown, missing, or secrets in plain text.
pub(super) fn findings(objects: &Objects, programs: &Programs) -> Vec<String> {
    let mut findings = open_entries(objects, programs);
    for pod in objects.pods() {
        for container in pod.containers() {
            let place = pod.place(container);
            let wrong = of_container(objects, container, programs);
            findings.extend(wrong.iter().map(|what| format!("{place}: {what}")));
        }
    }
    findings
}

fn of_container(objects: &Objects, container: Container<'_>, programs: &Programs) -> Vec<String> {
    let mut wrong = open_values(container, programs);
    if let Some(program) = program(text(&container.spec["image"])) {
        match programs.settings(program) {
            Some(settings) => wrong.extend(unknown(container, settings).chain(missing(objects, container, settings))),
            None => wrong.push(format!("there is no program `{program}`")),
        }
    }
    wrong
}

/// A variable of this container must be a setting of its program or be used in another variable.
fn unknown(container: Container<'_>, settings: &[Setting]) -> impl Iterator<Item = String> {
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

fn missing(objects: &Objects, container: Container<'_>, settings: &[Setting]) -> impl Iterator<Item = String> {
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

/// An entry of a shared config map must be a setting of at least one of its programs, and not a secret.
fn open_entries(objects: &Objects, programs: &Programs) -> Vec<String> {
    let containers = objects.pods().flat_map(|pod| pod.containers().collect::<Vec<_>>()).collect::<Vec<_>>();
    let is_source = |map: &&Value| {
        let sources = containers.iter().flat_map(|container| list(&container.spec["envFrom"]));
        sources.into_iter().any(|source| source["configMapRef"]["name"] == map["metadata"]["name"])
    };
    let sources = objects.of_kind("ConfigMap").filter(is_source);
    let entries =
        sources.flat_map(|map| map["data"].as_object().into_iter().flatten().map(move |entry| (map, entry.0)));
    entries
        .filter_map(|(map, name)| {
            let what = if is_secret(name, programs) {
                "is a secret"
            } else if programs.all().any(|setting| setting.name == *name) {
                return None;
            } else {
                "is known to no program"
            };
            Some(format!("{}: {name} {what}", title(map)))
        })
        .collect()
}

fn open_values(container: Container<'_>, programs: &Programs) -> Vec<String> {
    let open = container.variables().filter(|variable| !variable["value"].is_null());
    let secrets = open.map(|variable| text(&variable["name"])).filter(|name| is_secret(name, programs));
    secrets.map(|name| format!("{name} is a secret and stands in the open")).collect()
}

fn is_secret(name: &str, programs: &Programs) -> bool {
    SECRET.iter().any(|end| name.ends_with(end))
        || programs.all().any(|setting| setting.is_secret && setting.name == name)
}

#[cfg(test)]
mod tests {
    use crate::kubernetes::sample::{MANIFESTS, breaks, findings};

    #[test]
    fn an_image_of_no_program_is_found() {
        breaks("quits/users:0.1.0", "quits/user:0.1.0", "Deployment/users, container app: there is no program `user`");
    }

    #[test]
    fn a_variable_that_its_program_does_not_know_is_found() {
        breaks("- name: QUITS_WINDOW", "- name: QUITS_WINDOWS", "its program does not know QUITS_WINDOWS");
        breaks("  QUITS_LOG: info", "  QUITS_LOGS: info", "ConfigMap/settings: QUITS_LOGS is known to no program");
    }

    #[test]
    fn a_variable_that_is_used_in_another_is_known() {
        let manifests = MANIFESTS.replace("args: [migrate]", "args: [migrate, $(JOB)]");
        assert_eq!(findings(&manifests.replace("- name: QUITS_WINDOW", "- name: JOB")), [""; 0]);
    }

    #[test]
    fn a_missing_required_variable_is_found() {
        breaks("  QUITS_HOST: 0.0.0.0", "", "Deployment/users, container app: nobody sets QUITS_HOST");
    }

    #[test]
    fn secrets_in_plain_text_are_found() {
        let open = "value: mongodb://users:secret@mongodb";
        breaks("valueFrom: { secretKeyRef: { name: database, key: MONGODB_URI } }", open, "MONGODB_URI is a secret");
        breaks("valueFrom: { secretKeyRef: { name: keys, key: KEY } }", "value: c0ffee", "STORE_PASSWORD is a secret");
        breaks(
            "  QUITS_LOG: info",
            "  MONGODB_URI: x\n  QUITS_LOG: info",
            "ConfigMap/settings: MONGODB_URI is a secret",
        );
    }

    #[test]
    fn a_secret_in_the_repository_is_found() {
        breaks("kind: PersistentVolumeClaim", "kind: Secret", "Secret/backups: is in the repository");
    }
}
