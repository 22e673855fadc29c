//! What a mail about notifications says.

use contracts::{GroupId, contacts::Contact};
use kit::mail::{Language, Letter};
use reqwest::Url;

use super::sentence::sentence;
use crate::{directory::Names, notification::Notification};

/// The most sentences in a mail; of the rest, the number is told.
const MOST_SENTENCES: usize = 30;

/// The letter about these notifications, oldest first, of which there is at least one.
pub(super) fn letter(contact: &Contact, news: &[&Notification], names: &Names, app: &Url, unsubscribe: Url) -> Letter {
    let language = Language::of(&contact.locale);
    let words = words(language);
    let (shown, rest) = news.split_at(news.len().min(MOST_SENTENCES));
    let mut groups: Vec<GroupId> = Vec::new();
    for notification in shown {
        if !groups.contains(&notification.group_id) {
            groups.push(notification.group_id);
        }
    }
    let subject = match (news, groups.as_slice()) {
        ([only], _) => sentence(&only.activity, names, language),
        (_, [group]) => format!("{}: {} {}", names.group(*group), news.len(), words.news),
        _ => format!("Quits: {} {}", news.len(), words.news),
    };
    let mut letter = Letter::new(language, subject).paragraph(&language.greeting(Some(&contact.name)));
    for group in &groups {
        let own = shown.iter().filter(|notification| notification.group_id == *group);
        let sentences: Vec<String> = own.map(|own| sentence(&own.activity, names, language)).collect();
        letter = letter.paragraph(names.group(*group)).list(&sentences);
    }
    if !rest.is_empty() {
        letter = letter.paragraph(&format!("+ {} {}", rest.len(), words.news));
    }
    let page = if let [group] = groups.as_slice() { format!("/groups/{group}") } else { "/activity".to_owned() };
    letter.button(words.open, at(app, &page).as_str()).unsubscribe(words.unsubscribe, unsubscribe)
}

fn at(app: &Url, path: &str) -> Url {
    let mut url = app.clone();
    url.set_path(path);
    url
}

struct Words {
    news: &'static str,
    open: &'static str,
    unsubscribe: &'static str,
}

fn words(language: Language) -> Words {
    match language {
        Language::English => {
            Words { news: "notifications", open: "Open Quits", unsubscribe: "No more mail about notifications" }
        }
        Language::German => {
            Words { news: "Mitteilungen", open: "Quits öffnen", unsubscribe: "Keine Mails mehr über Mitteilungen" }
        }
        Language::Spanish => {
            Words { news: "notificaciones", open: "Abrir Quits", unsubscribe: "No más correos sobre notificaciones" }
        }
    }
}
