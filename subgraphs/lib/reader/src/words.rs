//! Splits a text into words, numbers and marks, folded to ignore case and accents.

/// A word, a number or a mark of a text.
#[derive(Clone, Debug)]
pub(crate) struct Word<'a> {
    /// As written.
    pub(crate) text: &'a str,
    /// The byte offset in the text.
    pub(crate) at: usize,
    /// In lower case without accents.
    pub(crate) folded: String,
    /// The kind of characters in it.
    pub(crate) kind: Kind,
    /// Whether it directly follows the previous word, without a space.
    pub(crate) glued: bool,
}

/// The kind of characters in a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Letters, which can include an apostrophe.
    Letters,
    /// Digits, which can include separators.
    Number,
    /// Any other visible character, or a line break.
    Mark(char),
}

impl Word<'_> {
    pub(crate) fn is(&self, mark: char) -> bool {
        self.kind == Kind::Mark(mark)
    }

    pub(crate) fn is_letters(&self) -> bool {
        self.kind == Kind::Letters
    }

    pub(crate) fn is_capital(&self) -> bool {
        self.text.starts_with(char::is_uppercase)
    }

    pub(crate) fn end(&self) -> usize {
        self.at + self.text.len()
    }
}

/// The words of a text, found in one pass.
pub(crate) fn words(text: &str) -> Vec<Word<'_>> {
    let mut words: Vec<Word<'_>> = Vec::new();
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        let rest = &text[at..];
        let (kind, length) = match first {
            c if c.is_alphabetic() => (Kind::Letters, letters(rest)),
            c if c.is_ascii_digit() => (Kind::Number, number(rest)),
            // `.90` starts with its decimal point.
            '.' if begins_decimal(text, at) => (Kind::Number, 1 + number(&rest[1..])),
            c => (Kind::Mark(c), c.len_utf8()),
        };
        if first == '\n' || !(first.is_whitespace() || first.is_control()) {
            let text = &rest[..length];
            let glued = words.last().is_some_and(|last| last.end() == at);
            words.push(Word { text, at, folded: fold(text), kind, glued });
        }
        at += length;
    }
    words
}

fn begins_decimal(text: &str, at: usize) -> bool {
    let before = text[..at].chars().next_back();
    let digits = text[at + 1..].bytes().take_while(u8::is_ascii_digit).count();
    let alone = before.is_none_or(|before| !before.is_alphanumeric() && !matches!(before, '.' | ')' | '%'));
    alone && (1..=2).contains(&digits)
}

fn letters(rest: &str) -> usize {
    run(rest, |c| c.is_alphabetic() || is_accent(c), is_apostrophe)
}

/// The length of digits with single separators between them. Which one is the decimal separator is decided later.
fn number(rest: &str) -> usize {
    run(rest, |c| c.is_ascii_digit(), is_separator)
}

/// The length of a run of characters with single marks between them.
fn run(rest: &str, is_part: fn(char) -> bool, is_mark: fn(char) -> bool) -> usize {
    let mut characters = rest.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        let inside = is_mark(c) && characters.peek().is_some_and(|(_, next)| is_part(*next));
        if !(is_part(c) || inside) {
            return at;
        }
    }
    rest.len()
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ')
}

/// Non-breaking spaces also group digits.
fn is_separator(c: char) -> bool {
    matches!(c, '.' | ',' | '\'' | '’' | '\u{a0}' | '\u{202f}')
}

fn is_accent(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

/// The text in lower case without accents: `Chloé` and `CHLOE` are equal.
pub(crate) fn fold(text: &str) -> String {
    match text {
        // "à" is kept because it marks a unit price ("3 beers à 4"), unlike "a".
        "à" | "À" => "à".to_owned(),
        // "über" is kept apart from the company Uber: "Rechnung über 180".
        "über" | "Über" => "ueber".to_owned(),
        text if text.is_ascii() => text.to_ascii_lowercase(),
        text => spell(text, ""),
    }
}

/// All spellings of a text without accents; German also writes `ü` as `ue`.
pub(crate) fn spellings(text: &str) -> Vec<String> {
    let mut spellings = vec![fold(text)];
    if text.contains(['ä', 'ö', 'ü', 'Ä', 'Ö', 'Ü']) {
        spellings.push(spell(text, "e"));
    }
    spellings
}

fn spell(text: &str, umlaut: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase).filter(|c| !is_accent(*c)) {
        match c {
            'ä' | 'ö' | 'ü' => {
                folded.push(plain(c));
                folded.push_str(umlaut);
            }
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            c if is_apostrophe(c) => folded.push('\''),
            c => folded.push(plain(c)),
        }
    }
    folded
}

fn plain(c: char) -> char {
    match c {
        'à'..='å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'ď' | 'đ' => 'd',
        'è'..='ë' | 'ē' | 'ę' | 'ě' => 'e',
        'ğ' => 'g',
        'ì'..='ï' | 'ī' | 'ı' => 'i',
        'ł' => 'l',
        'ñ' | 'ń' | 'ň' => 'n',
        'ò'..='ö' | 'ø' | 'ō' | 'ő' => 'o',
        'ř' => 'r',
        'ś' | 'ş' | 'š' | 'ș' => 's',
        'ť' | 'ț' => 't',
        'ù'..='ü' | 'ū' | 'ů' | 'ű' => 'u',
        'ý' | 'ÿ' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        other => other,
    }
}
