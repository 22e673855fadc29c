//! The settings of the program in a container.

use std::collections::BTreeMap;

use anyhow::Result;

use crate::settings::{self, Setting};

/// The settings of every program, by the name of its image.
pub(super) struct Programs(BTreeMap<String, Vec<Setting>>);

impl Programs {
    pub(super) fn read() -> Result<Self> {
        let mut programs = settings::read()?;
        // A web server, which is configured by files only.
        programs.insert("frontend".to_owned(), Vec::new());
        Ok(Self(programs))
    }

    /// Returns the settings of a program, if there is one with this name.
    pub(super) fn settings(&self, name: &str) -> Option<&[Setting]> {
        self.0.get(name).map(Vec::as_slice)
    }

    pub(super) fn all(&self) -> impl Iterator<Item = &Setting> {
        self.0.values().flatten()
    }

    #[cfg(test)]
    pub(super) fn one(name: &str, described: &str) -> Self {
        Self(BTreeMap::from([(name.to_owned(), serde_json::from_str(described).unwrap())]))
    }
}

/// Returns the program that an image of Quits is named after.
pub(super) fn program(image: &str) -> Option<&str> {
    let (folders, name) = image.rsplit_once('/')?;
    let is_ours = folders == "quits" || folders.ends_with("/quits");
    name.split([':', '@']).next().filter(|_| is_ours)
}

/// Whether a cluster has to set it.
pub(super) fn is_needed(setting: &Setting) -> bool {
    // A default on the local machine is never right in a cluster, and a secret has no usable default.
    let means_this_machine = |default: &String| default.contains("127.0.0.1") || default.contains("localhost");
    setting.is_required
        || setting.default.as_ref().is_some_and(|default| setting.is_secret || means_this_machine(default))
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
        for image in ["quits/users:1", "registry.example.org:5000/quits/users@sha256:0"] {
            assert_eq!(program(image), Some("users"), "{image}");
        }
        for image in ["mongo:8", "others/users:1"] {
            assert_eq!(program(image), None, "{image}");
        }
    }
}
