//! The commands about events: `dead-letters` looks at what a consumer of this subgraph has given up, and `replay`
//! publishes what is in its journal once more.

use std::collections::HashSet;

use clap::{Args, Subcommand};
use contracts::topology::{QUEUES, Queue, ReplayRequest};
use serde_json::Value;
use uuid::Uuid;

use crate::{
    bus::{Bus, DeadLetter, Fate},
    failure::{Failure, Outcome},
    journal::Outbox,
};

pub(crate) const DEAD_LETTERS: &str = "dead-letters";
pub(crate) const REPLAY: &str = "replay";

/// What to do with dead letters.
#[derive(Clone, Debug, Args)]
pub(crate) struct DeadLetters {
    #[command(subcommand)]
    action: Action,
}

#[derive(Clone, Debug, Subcommand)]
enum Action {
    /// Prints a line for each: queue, id, kind, stream and version, time, reason
    List,
    /// Prints one with all that it says
    Show {
        /// The id of the event
        id: String,
    },
    /// Sends them to their consumer again, once the cause is gone
    Replay(Chosen),
}

#[derive(Clone, Debug, Args)]
struct Chosen {
    /// The ids of the events
    #[arg(value_name = "ID", required_unless_present = "all", conflicts_with = "all")]
    ids: Vec<String>,
    /// All of them
    #[arg(long)]
    all: bool,
}

/// What to publish again.
#[derive(Clone, Debug, Args)]
pub(crate) struct Replay {
    /// The id of one stream
    #[arg(long, value_name = "ID", required_unless_present = "all", conflicts_with = "all")]
    stream: Option<Uuid>,
    /// The whole journal
    #[arg(long)]
    all: bool,
}

/// Returns the queues that a subgraph consumes.
pub(crate) fn queues(owner: &str) -> Vec<&'static Queue> {
    QUEUES.iter().filter(|queue| queue.is_of(owner)).collect()
}

impl DeadLetters {
    /// Carries it out; returns the text to print.
    pub(crate) async fn run(&self, bus: &Bus, owner: &str) -> Outcome<String> {
        let (mut text, mut found) = (String::new(), HashSet::new());
        for queue in queues(owner) {
            let look = |letter: &DeadLetter| {
                found.insert(letter.id.clone());
                text.push_str(&self.shown(queue, letter));
                self.fate(letter)
            };
            bus.dead_letters(queue, look).await?;
        }
        let missing: Vec<&String> = self.asked().iter().filter(|id| !found.contains(*id)).collect();
        if missing.is_empty() {
            Ok(text)
        } else {
            Err(Failure::internal(format!("no dead letter has the id {missing:?}")))
        }
    }

    fn asked(&self) -> &[String] {
        match &self.action {
            Action::List => &[],
            Action::Show { id } => std::slice::from_ref(id),
            Action::Replay(chosen) => &chosen.ids,
        }
    }

    fn fate(&self, letter: &DeadLetter) -> Fate {
        match &self.action {
            Action::Replay(Chosen { ids, all }) if *all || ids.contains(&letter.id) => Fate::Replayed,
            _ => Fate::Kept,
        }
    }

    fn shown(&self, queue: &Queue, letter: &DeadLetter) -> String {
        match &self.action {
            Action::List => line(queue, letter),
            Action::Show { id } if *id == letter.id => {
                let envelope = letter.envelope.as_ref().map(|envelope| format!("{envelope:#}\n"));
                line(queue, letter) + &envelope.unwrap_or_default()
            }
            Action::Replay(_) if self.fate(letter) == Fate::Replayed => format!("replayed {}", line(queue, letter)),
            Action::Show { .. } | Action::Replay(_) => String::new(),
        }
    }
}

fn line(queue: &Queue, DeadLetter { id, reason, envelope }: &DeadLetter) -> String {
    let field = |name: &str| match envelope.as_ref().and_then(|envelope| envelope.get(name)) {
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
        None => "?".to_owned(),
    };
    let place = format!("{}/{} version {}", field("source"), field("subject"), field("streamversion"));
    format!("{} {id} {} {place} {} {reason}\n", queue.name, field("type"), field("time"))
}

impl Replay {
    /// Carries it out; returns the text to print.
    pub(crate) async fn run(&self, outbox: &Outbox) -> Outcome<String> {
        let entries = match self.stream {
            Some(stream) => outbox.replay(&ReplayRequest { stream, from_version: 1, before_version: i64::MAX }).await?,
            None => outbox.replay_all().await?,
        };
        Ok(format!("{entries} journal entries will be published again by `serve`.\n"))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn letter(id: &str) -> DeadLetter {
        let envelope = json!({ "type": "user.registered.v1", "source": "users", "subject": "s", "streamversion": 3 });
        DeadLetter { id: id.to_owned(), reason: "a mistake".to_owned(), envelope: Some(envelope) }
    }

    #[test]
    fn only_the_chosen_ones_are_replayed() {
        let replay = |ids: &[&str], all| {
            let ids = ids.iter().map(|id| (*id).to_owned()).collect();
            DeadLetters { action: Action::Replay(Chosen { ids, all }) }
        };
        let fates = |letters: &DeadLetters| ["a", "b"].map(|id| letters.fate(&letter(id)));
        assert_eq!(fates(&replay(&["a"], false)), [Fate::Replayed, Fate::Kept]);
        assert_eq!(fates(&replay(&[], true)), [Fate::Replayed; 2]);
        assert_eq!(fates(&DeadLetters { action: Action::List }), [Fate::Kept; 2]);
        assert_eq!(fates(&DeadLetters { action: Action::Show { id: "a".to_owned() } }), [Fate::Kept; 2]);
    }

    #[test]
    fn a_line_says_what_where_and_why() {
        let queue = &contracts::topology::COLLECT;
        let shown = line(queue, &letter("a"));
        assert_eq!(shown, format!("{} a user.registered.v1 users/s version 3 ? a mistake\n", queue.name));
        let unreadable = DeadLetter { envelope: None, ..letter("b") };
        assert_eq!(line(queue, &unreadable), format!("{} b ? ?/? version ? ? a mistake\n", queue.name));
    }
}
