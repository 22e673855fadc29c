//! What notifications that are delivered together say.

use contracts::GroupId;
use kit::mail::Language;

use super::sentence::sentence;
use crate::{directory::Names, notification::Notification};

/// Notifications that are delivered together, the oldest first, of which there is at least one.
pub(crate) struct Digest<'a> {
    pub(crate) news: &'a [&'a Notification],
    pub(crate) names: &'a Names,
    pub(crate) language: Language,
}

impl Digest<'_> {
    /// The groups that the notifications are about, each once; `None` for what happened between two people.
    pub(crate) fn groups(&self) -> Vec<Option<GroupId>> {
        let mut groups = Vec::new();
        for notification in self.news {
            if !groups.contains(&notification.group_id) {
                groups.push(notification.group_id);
            }
        }
        groups
    }

    /// The sentence of the only notification, else how many there are.
    pub(crate) fn summary(&self) -> String {
        match self.news {
            [only] => self.sentence(only),
            several => self.count(several.len()),
        }
    }

    /// The sentence about a notification.
    pub(crate) fn sentence(&self, notification: &Notification) -> String {
        sentence(&notification.activity, self.names, self.language)
    }

    /// So many notifications, in words.
    pub(crate) fn count(&self, count: usize) -> String {
        let noun = match self.language {
            Language::English => "notifications",
            Language::German => "Mitteilungen",
            Language::Spanish => "notificaciones",
        };
        format!("{count} {noun}")
    }

    /// What the notifications have in common: the name of their group, or of the app.
    pub(crate) fn heading(&self) -> &str {
        match self.groups().as_slice() {
            [Some(group)] => self.names.group(*group),
            _ => "Quits",
        }
    }

    /// The page of the app that shows them, as a path.
    pub(crate) fn page(&self) -> String {
        match self.groups().as_slice() {
            [Some(group)] => format!("/groups/{group}"),
            [None] => "/people".to_owned(),
            _ => "/activity".to_owned(),
        }
    }
}
