//! Which links to the broker this process wants, and how many of them are open: for `/ready` and the metrics.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

/// What a link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Part {
    Publisher,
    Consumer,
    Nudges,
    Replays,
    /// Short-lived: commands and questions about queues.
    Command,
}

impl Part {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Publisher => "publisher",
            Self::Consumer => "consumer",
            Self::Nudges => "nudges",
            Self::Replays => "replays",
            Self::Command => "command",
        }
    }
}

/// The number of open links by part; 0 for a part whose link is being opened.
#[derive(Debug, Default)]
pub(crate) struct Links(Mutex<BTreeMap<Part, i64>>);

/// Counts one open link until it is dropped.
pub(super) struct Open {
    links: Arc<Links>,
    part: Part,
}

impl Links {
    /// Records that a part wants a link.
    pub(super) fn want(&self, part: Part) {
        self.add(part, 0);
    }

    /// Counts a link that was opened.
    pub(super) fn open(self: &Arc<Self>, part: Part) -> Open {
        self.add(part, 1);
        Open { links: Arc::clone(self), part }
    }

    /// Returns the number of open links of each part that this process has.
    pub(crate) fn counts(&self) -> Vec<(&'static str, i64)> {
        let links = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        links.iter().filter(|(part, _)| **part != Part::Command).map(|(part, open)| (part.name(), *open)).collect()
    }

    fn add(&self, part: Part, change: i64) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner).entry(part).or_default() += change;
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.links.add(self.part, -1);
    }
}
