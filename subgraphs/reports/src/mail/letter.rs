//! What a mail about notifications says.

use contracts::contacts::Contact;
use kit::mail::{Language, Letter};
use reqwest::Url;

use crate::{delivery::Digest, directory::Names, notification::Notification};

/// The most sentences in a mail; of the rest, the number is told.
const MOST_SENTENCES: usize = 30;

/// The letter about these notifications, oldest first, of which there is at least one.
pub(super) fn letter(contact: &Contact, news: &[&Notification], names: &Names, app: &Url, unsubscribe: Url) -> Letter {
    let language = Language::of(&contact.locale);
    let words = words(language);
    let digest = Digest { news, names, language };
    let subject = match news {
        [_] => digest.summary(),
        _ => format!("{}: {}", digest.heading(), digest.summary()),
    };
    let (shown, rest) = news.split_at(news.len().min(MOST_SENTENCES));
    let shown = Digest { news: shown, names, language };
    let mut letter = Letter::new(language, subject).paragraph(&language.greeting(Some(&contact.name)));
    for group in shown.groups() {
        let own = shown.news.iter().filter(|notification| notification.group_id == group);
        let sentences: Vec<String> = own.map(|own| shown.sentence(own)).collect();
        if group.is_some() {
            letter = letter.paragraph(names.group(group));
        }
        letter = letter.list(&sentences);
    }
    if !rest.is_empty() {
        letter = letter.paragraph(&format!("+ {}", digest.count(rest.len())));
    }
    letter.button(words.open, at(app, &digest.page()).as_str()).unsubscribe(words.unsubscribe, unsubscribe)
}

fn at(app: &Url, path: &str) -> Url {
    let mut url = app.clone();
    url.set_path(path);
    url
}

struct Words {
    open: &'static str,
    unsubscribe: &'static str,
}

fn words(language: Language) -> Words {
    match language {
        Language::English => Words { open: "Open Quits", unsubscribe: "No more mail about notifications" },
        Language::German => Words { open: "Quits öffnen", unsubscribe: "Keine Mails mehr über Mitteilungen" },
        Language::Spanish => Words { open: "Abrir Quits", unsubscribe: "No más correos sobre notificaciones" },
    }
}
