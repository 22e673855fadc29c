//! What the program in a container can be told.

use std::collections::BTreeMap;

use anyhow::Result;

use crate::settings::{self, Setting};

/// The settings of every program, by the name of its image.
pub(super) struct Programs(BTreeMap<String, Vec<Setting>>);

impl Programs {
    pub(super) fn read() -> Result<Self> {
        let mut programs = settings::read()?;
        // A web server, which is told everything by its files.
        programs.insert("frontend".to_owned(), Vec::new());
        Ok(Self(programs))
    }

    /// The settings of the program that an image of Quits holds.
    pub(super) fn of_image(&self, image: &str) -> Option<&[Setting]> {
        let (folders, name) = image.rsplit_once('/')?;
        let is_ours = folders == "quits" || folders.ends_with("/quits");
        let name = name.split([':', '@']).next()?;
        self.0.get(name).filter(|_| is_ours).map(Vec::as_slice)
    }

    pub(super) fn all(&self) -> impl Iterator<Item = &Setting> {
        self.0.values().flatten()
    }

    #[cfg(test)]
    pub(super) fn one(name: &str, source: &str) -> Self {
        Self(BTreeMap::from([(name.to_owned(), settings::declared(source))]))
    }
}

/// Whether a cluster has to set it.
pub(super) fn is_needed(setting: &Setting) -> bool {
    // This machine is never what is meant in a cluster, and a secret has no default that could be right.
    let means_this_machine = |default: &String| default.contains("127.0.0.1") || default.contains("localhost");
    !setting.is_optional && (setting.is_secret || setting.default.as_ref().is_none_or(means_this_machine))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_cluster_has_to_say_is_told_from_what_it_may() {
        let needed = |source: &str| is_needed(&settings::declared(source)[0]);
        assert!(needed("#[arg(long, env = \"A\")]\npub a: String,"));
        assert!(needed("#[arg(long, env = \"A\", default_value = \"http://127.0.0.1:4001\")]\npub a: Url,"));
        assert!(needed("#[arg(long, env = \"A\", hide_env_values = true, default_value = \"\")]\na: Secret,"));
        assert!(!needed("#[arg(long, env = \"A\", default_value_t = 4, value_parser = range(1..))]\npub a: i64,"));
        assert!(!needed("#[arg(long, env = \"A\", hide_env_values = true)]\npub a: Option<Secret>,"));
    }

    #[test]
    fn every_program_can_be_told_where_to_listen() {
        let programs = Programs::read().unwrap();
        for image in ["quits/users:1", "registry.example.org:5000/quits/reports@sha256:0", "quits/router:1"] {
            assert!(programs.of_image(image).unwrap().iter().any(|setting| setting.name == "QUITS_HOST"), "{image}");
        }
        assert!(programs.of_image("mongo:8").is_none() && programs.of_image("others/users:1").is_none());
    }
}
