//! Lets `verify` compare groups with the journal: a document must match the last event about it.

use contracts::{
    Event,
    event::{GroupFacts, MemberChange},
};
use kit::journal::Documented;

use super::Group;

impl Documented for Group {
    const COLLECTION: &'static str = "groups";
    const STREAM: &'static str = "_id";
    const BEGUN_BY: &'static [&'static str] = &["group.created.v1"];

    fn agrees(&self, event: &Event) -> Option<bool> {
        let (facts, archived) = match event {
            Event::GroupArchived(group) => (group, Some(true)),
            Event::GroupCreated(group) | Event::GroupRestored(group) => (group, Some(false)),
            Event::GroupUpdated(group)
            | Event::MemberJoined(MemberChange { group, .. })
            | Event::MemberChanged(MemberChange { group, .. })
            | Event::MemberLeft(MemberChange { group, .. })
            | Event::ClaimUndone(MemberChange { group, .. }) => (group, None),
            _ => return None,
        };
        // A request for a claim increases the version, and its event does not contain the group.
        let own = GroupFacts { version: facts.version, ..self.facts() };
        Some(own == *facts && archived.is_none_or(|archived| archived == self.archived_at.is_some()))
    }
}
