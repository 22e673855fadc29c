//! A mail as it is read: put together part by part, as text and as HTML.

use reqwest::Url;

const LAYOUT: &str = include_str!("layout.html");

/// A mail as it is read. Deliberately not `Debug`: its link may be a secret.
pub struct Letter {
    /// The subject.
    pub subject: String,
    text: Vec<String>,
    body: Vec<String>,
    language: Language,
    /// Where the receiver ends such mail with one click (RFC 8058).
    pub unsubscribe: Option<Url>,
}

impl Letter {
    /// A letter without a word in it.
    pub fn new(language: Language, subject: impl Into<String>) -> Self {
        Self { subject: subject.into(), text: Vec::new(), body: Vec::new(), language, unsubscribe: None }
    }

    /// Adds a paragraph.
    #[must_use]
    pub fn paragraph(mut self, text: &str) -> Self {
        self.text.push(text.to_owned());
        self.body.push(format!("<p style=\"margin:0 0 16px\">{}</p>\n", escaped(text)));
        self
    }

    /// Adds a list.
    #[must_use]
    pub fn list(mut self, items: &[String]) -> Self {
        let lines: Vec<String> = items.iter().map(|item| format!("- {item}")).collect();
        self.text.push(lines.join("\n"));
        let items = items.iter().map(|item| format!("<li>{}</li>\n", escaped(item))).collect::<Vec<_>>().concat();
        self.body.push(format!("<ul style=\"margin:0 0 16px;padding-left:20px\">\n{items}</ul>\n"));
        self
    }

    /// Adds a link: an address in the text, a button in HTML.
    #[must_use]
    pub fn button(mut self, label: &str, link: &str) -> Self {
        self.text.push(link.to_owned());
        let style = "display:inline-block;padding:10px 16px;border-radius:8px;background:#6a2a6d;color:#ffffff;\
             text-decoration:none";
        let (label, link) = (escaped(label), escaped(link));
        self.body.push(format!("<p style=\"margin:0 0 16px\"><a href=\"{link}\" style=\"{style}\">{label}</a></p>\n"));
        self
    }

    /// Adds a last line with a link in it, and tells mail programs that the link ends such mail.
    #[must_use]
    pub fn unsubscribe(mut self, label: &str, link: Url) -> Self {
        self.text.push(format!("{label}: {link}"));
        let (label, address) = (escaped(label), escaped(link.as_str()));
        let style = "margin:24px 0 0;font-size:13px;color:#5c5567";
        self.body.push(format!("<p style=\"{style}\"><a href=\"{address}\" style=\"color:#5c5567\">{label}</a></p>\n"));
        self.unsubscribe = Some(link);
        self
    }

    /// The letter as text.
    pub fn text(&self) -> String {
        self.text.join("\n\n") + "\n"
    }

    /// The letter as HTML.
    pub fn html(&self) -> String {
        // The body last: what people chose must not be taken for a place to fill in.
        let subject = escaped(&self.subject).replace('{', "&#123;");
        let html = LAYOUT.replace("{language}", self.language.tag()).replace("{subject}", &subject);
        html.replace("{body}", &self.body.concat())
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// The languages that mails are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// Also for those whose language is none of these.
    English,
    /// German.
    German,
    /// Spanish.
    Spanish,
}

impl Language {
    /// The language of a locale; English where there is no translation.
    pub fn of(locale: &str) -> Self {
        match locale.split('-').next() {
            Some("de") => Self::German,
            Some("es") => Self::Spanish,
            _ => Self::English,
        }
    }

    /// Its tag in HTML.
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
            Self::Spanish => "es",
        }
    }

    /// The first line of a mail to somebody of this name, if it is known.
    pub fn greeting(self, name: Option<&str>) -> String {
        let word = match self {
            Self::English => "Hello",
            Self::German => "Hallo",
            Self::Spanish => "Hola",
        };
        name.map_or_else(|| format!("{word},"), |name| format!("{word} {name},"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_without_a_translation_gets_english() {
        assert_eq!(Language::of("de-AT"), Language::German);
        assert_eq!(Language::of("es"), Language::Spanish);
        assert_eq!(Language::of("fr"), Language::English);
    }

    #[test]
    fn what_people_wrote_is_text_and_never_markup() {
        let link: Url = "https://quits.example/unsubscribe?a=1&b=2".parse().unwrap();
        let letter = Letter::new(Language::German, "<{body}>").paragraph("{body}").list(&["a & b".to_owned()]);
        let letter = letter.unsubscribe("Nie wieder", link);
        let html = letter.html();
        assert!(html.contains("<title>&lt;&#123;body}&gt;</title>") && html.contains(">{body}</p>"), "{html}");
        assert!(html.contains("<li>a &amp; b</li>") && html.contains("?a=1&amp;b=2\""), "{html}");
        assert_eq!(letter.text(), "{body}\n\n- a & b\n\nNie wieder: https://quits.example/unsubscribe?a=1&b=2\n");
    }
}
