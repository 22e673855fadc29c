//! The phrases of all languages, found by their first word.

use std::{
    borrow::Cow,
    collections::{HashMap, HashSet},
    iter::once,
    sync::LazyLock,
};

use money::Currency;

use crate::{
    language::{CurrencyWords, FILES, Language, Meaning, Thing, Weight},
    role::Role,
    words::{spellings, words},
};

/// The minimum length of words that are matched with a typo, in bytes. There are so many things that shorter ones
/// resemble each other: "Schule" is not a typo of "Schuhe".
pub(crate) const SHORTEST_WITH_TYPO: usize = 6;
pub(crate) const SHORTEST_THING_WITH_TYPO: usize = 7;

/// The minimum length of two words that are written as one, in bytes.
const SHORTEST_JOINED: usize = 7;

/// The minimum length of a word with any plural ending. Shorter words only take "s", which does not turn them into
/// another word.
const SHORTEST_WITH_PLURALS: usize = 5;
const SHORTEST_WITH_PLAIN_PLURAL: usize = 4;

/// About as many first words as there are.
const FIRST_WORDS: usize = 20_000;

/// Roles whose words are matched with a typo: few other words resemble them.
const MAY_HAVE_TYPOS: [Role; 6] = [Role::Everyone, Role::Others, Role::Between, Role::Except, Role::Split, Role::Equal];

/// Roles whose words resemble other words: only transposed and doubled letters are accepted, no other letters.
pub(crate) const MAY_HAVE_SLIPS: [Role; 4] = [Role::Paid, Role::Basis, Role::Total, Role::Halves];

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut lexicon = Lexicon::default();
    lexicon.phrases.reserve(FIRST_WORDS);
    // An invalid file is skipped; a test checks that all files are valid.
    for language in FILES.iter().filter_map(|file| serde_json::from_str(file).ok()) {
        lexicon.add(&language);
    }
    lexicon
});

/// A phrase of a language, indexed by its first word.
pub(crate) struct Phrase {
    /// The words after the first one, separated by spaces.
    pub(crate) rest: Cow<'static, str>,
    pub(crate) meaning: Meaning,
    pub(crate) language: usize,
}

impl Phrase {
    /// The thing that the phrase stands for.
    pub(crate) fn thing(&self) -> Option<Thing> {
        if let Meaning::Thing(thing) = self.meaning { Some(thing) } else { None }
    }
}

/// The words of all languages.
#[derive(Default)]
pub(crate) struct Lexicon {
    phrases: HashMap<Cow<'static, str>, Vec<Phrase>>,
    /// The currencies that a word can mean, and the one it means in groups of other currencies.
    currencies: Vec<(Vec<Currency>, Option<Currency>)>,
    /// Long words of a role with their language, for matching typos.
    pub(crate) long: Vec<(Cow<'static, str>, Role, usize)>,
    /// The same for things.
    pub(crate) long_things: Vec<(Cow<'static, str>, Thing)>,
    pub(crate) plurals: Vec<&'static str>,
    possessives: Vec<&'static str>,
    /// For each language, whether words are written together: "Geburtstagstorte".
    pub(crate) compounds: Vec<bool>,
    /// For each language, whether all nouns are capitalised.
    pub(crate) capital_nouns: Vec<bool>,
}

impl Lexicon {
    /// The lexicon compiled into the program.
    pub(crate) fn built_in() -> &'static Self {
        &LEXICON
    }

    fn add(&mut self, language: &Language<'static>) {
        self.add_things(language);
        for (leads, role) in [(&language.wholes, Role::Everyone), (&language.remainders, Role::Others)] {
            for (lead, all) in leads.iter().flat_map(|lead| language.collectives.iter().map(move |all| (lead, all))) {
                self.add_phrase(format!("{lead} {all}").into(), Meaning::Role(role));
            }
        }
        for (role, texts) in &language.roles {
            self.add_all(texts, Meaning::Role(*role));
        }
        self.add_each(&language.numbers, |number| Meaning::Number(*number));
        self.add_each(&language.notes, |value| Meaning::Note(*value));
        self.add_each(&language.fractions, |(above, below)| Meaning::Fraction(*above, *below));
        self.add_each(&language.times, |(above, below)| Meaning::Times(*above, *below));
        self.add_each(&language.days, |days| Meaning::Day(*days));
        // "this mornings bagels"
        for (text, days) in &language.days {
            for end in &language.possessives {
                self.add_phrase(format!("{text}{end}").into(), Meaning::Day(*days));
            }
        }
        self.add_each(&language.holidays, |(month, day)| Meaning::Holiday(*month, *day));
        self.add_each(&language.spans, |days| Meaning::Span(*days));
        self.add_each(&language.companies, |count| Meaning::Company(*count));
        self.add_each(&language.ordinals, |day| Meaning::Ordinal(*day));
        self.add_rows(&language.weekdays, Meaning::Weekday);
        self.add_rows(&language.short_weekdays, Meaning::ShortWeekday);
        self.add_rows(&language.months, Meaning::Month);
        for words in &language.currencies {
            self.add_currency(words);
        }
        for (meaning, texts) in &language.words {
            self.add_all(texts, *meaning);
        }
        self.plurals.extend(&language.plurals);
        self.possessives.extend(&language.possessives);
        self.compounds.push(language.compounds);
        self.capital_nouns.push(language.capital_nouns);
    }

    fn add_things(&mut self, language: &Language<'static>) {
        let set = |texts: &[&'static str]| texts.iter().copied().collect::<HashSet<_>>();
        let (places, vague, alone) = (set(&language.places), set(&language.vague), set(&language.alone));
        for (rows, is_brand) in [(&language.categories, false), (&language.brands, true)] {
            for (category, text) in rows.iter().flat_map(|(name, texts)| texts.iter().map(move |text| (*name, *text))) {
                let weight = match () {
                    () if vague.contains(text) => Weight::Vague,
                    () if is_brand || places.contains(text) => Weight::Place,
                    () => Weight::Thing,
                };
                let plain = !is_brand && !alone.contains(text);
                self.add_phrase(text.into(), Meaning::Thing(Thing { category, weight, plain }));
            }
        }
    }

    fn add_currency(&mut self, words: &CurrencyWords<'static>) {
        let known = |code: &&str| Currency::from_code(code).ok();
        let codes = words.codes.iter().filter_map(known).collect();
        self.currencies.push((codes, words.default.as_ref().and_then(known)));
        self.add_all(&words.words, Meaning::Currency(self.currencies.len() - 1));
    }

    fn add_each<'t, T: 't>(
        &mut self,
        texts: impl IntoIterator<Item = (&'t &'static str, &'t T)>,
        meaning: impl Fn(&T) -> Meaning,
    ) {
        for (text, value) in texts {
            self.add_phrase((*text).into(), meaning(value));
        }
    }

    fn add_rows(&mut self, rows: &[Vec<&'static str>], meaning: fn(usize) -> Meaning) {
        for (place, texts) in rows.iter().enumerate() {
            self.add_all(texts, meaning(place));
        }
    }

    fn add_all(&mut self, texts: &[&'static str], meaning: Meaning) {
        for text in texts {
            self.add_phrase((*text).into(), meaning);
        }
    }

    fn add_phrase(&mut self, text: Cow<'static, str>, meaning: Meaning) {
        // Most phrases are plain, and there are many: they are not copied.
        if is_plain(&text) {
            return self.put(split(text), meaning);
        }
        for spelling in spellings(&text) {
            if is_plain(&spelling) {
                self.put(split(spelling.into()), meaning);
                continue;
            }
            // A hyphen in a thing is equivalent to a space, in the text as well.
            let hyphen = |word: &String| matches!(meaning, Meaning::Thing(_)) && word == "-";
            let parts = words(&spelling).into_iter().map(|word| word.folded).filter(|word| !hyphen(word));
            self.put(split(parts.collect::<Vec<_>>().join(" ").into()), meaning);
        }
    }

    fn put(&mut self, (first, rest): (Cow<'static, str>, Cow<'static, str>), meaning: Meaning) {
        let language = self.capital_nouns.len();
        if rest.is_empty() && first.len() >= SHORTEST_WITH_TYPO {
            match meaning {
                Meaning::Role(role) if MAY_HAVE_TYPOS.contains(&role) || MAY_HAVE_SLIPS.contains(&role) => {
                    self.long.push((first.clone(), role, language));
                }
                Meaning::Thing(thing) if thing.plain && first.len() >= SHORTEST_THING_WITH_TYPO => {
                    self.long_things.push((first.clone(), thing));
                }
                _ => {}
            }
        }
        let phrases = self.phrases.entry(first).or_insert_with(|| Vec::with_capacity(1));
        phrases.push(Phrase { rest, meaning, language });
    }

    /// The currency that a word means in a group whose currency is `own`; `None` if it is ambiguous.
    pub(crate) fn currency(&self, place: usize, own: Currency) -> Option<Currency> {
        let (codes, default) = self.currencies.get(place)?;
        if codes.contains(&own) { Some(own) } else { *default }
    }

    /// The phrases that start with this word.
    pub(crate) fn starting(&self, first: &str) -> &[Phrase] {
        self.phrases.get(first).map(Vec::as_slice).unwrap_or_default()
    }

    /// The phrases that consist of this word.
    pub(crate) fn single(&self, word: &str) -> impl Iterator<Item = &Phrase> {
        self.starting(word).iter().filter(|phrase| phrase.rest.is_empty())
    }

    /// Whether the word alone has this meaning.
    pub(crate) fn means(&self, word: &str, meaning: Meaning) -> bool {
        self.single(word).any(|phrase| phrase.meaning == meaning)
    }

    /// The things that exactly this word stands for, or else those of which it is a form or a joined spelling.
    pub(crate) fn things(&self, word: &str) -> Vec<&Phrase> {
        let is_thing = |phrase: &&Phrase| phrase.thing().is_some();
        let exact: Vec<&Phrase> = self.single(word).filter(is_thing).collect();
        if !exact.is_empty() {
            return exact;
        }
        let is_plain = |phrase: &&Phrase| phrase.thing().is_some_and(|thing| thing.plain);
        let mut found: Vec<&Phrase> = Vec::new();
        for stem in self.stems(word) {
            found.extend(self.single(&stem).filter(is_plain));
        }
        if found.is_empty() && word.len() >= SHORTEST_JOINED {
            let whole = |phrase: &&Phrase, rest: &str| is_thing(phrase) && self.is_form(&phrase.rest, rest);
            let mut parts = word.char_indices().map(|(at, _)| word.split_at(at));
            found
                .extend(parts.find_map(|(first, rest)| self.starting(first).iter().find(|phrase| whole(phrase, rest))));
        }
        found
    }

    /// Whether the written word is this one, or a form of it.
    pub(crate) fn is_form(&self, known: &str, written: &str) -> bool {
        known == written || self.stems(written).any(|stem| stem == known)
    }

    /// The words that this word can be the plural of, and its own plural, since many things are only listed in it.
    fn stems<'t>(&'t self, written: &'t str) -> impl Iterator<Item = Cow<'t, str>> {
        let singular = |end: &&'static str| {
            let stem = written.strip_suffix(end)?;
            let stem: Cow<'_, str> = if end.starts_with('i') { format!("{stem}y").into() } else { stem.into() };
            let letters = stem.chars().count();
            (letters >= SHORTEST_WITH_PLURALS || (letters >= SHORTEST_WITH_PLAIN_PLURAL && *end == "s")).then_some(stem)
        };
        let plurals = once(format!("{written}s")).chain(written.strip_suffix('y').map(|stem| format!("{stem}ies")));
        let plurals = plurals.filter(|plural| plural.chars().count() > SHORTEST_WITH_PLURALS).map(Cow::Owned);
        self.plurals.iter().filter_map(singular).chain(plurals)
    }

    /// The name as written and without a plural ending: "Toms", "Marcuses".
    pub(crate) fn singulars<'t>(&'t self, folded: &'t str) -> impl Iterator<Item = &'t str> {
        let ends = self.plurals.iter().chain(&self.possessives);
        once(folded).chain(ends.filter_map(|end| folded.strip_suffix(end)))
    }

    /// The name without its possessive ending: `Ben's`.
    pub(crate) fn owners<'t>(&'t self, folded: &'t str) -> impl Iterator<Item = &'t str> {
        self.possessives.iter().filter_map(|end| folded.strip_suffix(end))
    }

    /// Whether the first name is a woman's; `None` if unknown.
    pub(crate) fn is_woman(&self, folded: &str) -> Option<bool> {
        let woman = self.means(folded, Meaning::Woman);
        (woman || self.means(folded, Meaning::Man)).then_some(woman)
    }

    /// The longest word at the start of a compound whose meaning `pick` accepts, and its length.
    pub(crate) fn prefix<T>(&self, folded: &str, pick: impl Fn(Meaning) -> Option<T>) -> Option<(T, usize)> {
        let ends = folded.char_indices().map(|(at, c)| at + c.len_utf8()).filter(|end| *end > 1);
        let found =
            ends.filter_map(|end| Some((self.single(&folded[..end]).find_map(|phrase| pick(phrase.meaning))?, end)));
        found.last()
    }
}

/// Whether the phrase is written as it is compared: in small letters without accents, with single spaces.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b' ')
}

/// The first word of a phrase, and the others.
fn split(text: Cow<'static, str>) -> (Cow<'static, str>, Cow<'static, str>) {
    match text {
        Cow::Borrowed(text) => {
            let (first, rest) = text.split_once(' ').unwrap_or((text, ""));
            (first.into(), rest.into())
        }
        Cow::Owned(text) => {
            let (first, rest) = text.split_once(' ').unwrap_or((&text, ""));
            (first.to_owned().into(), rest.to_owned().into())
        }
    }
}
