//! Builds the description from the words that nothing else uses.

use crate::{
    facts::Facts,
    line::{Line, Named},
    lookup::Lookup,
    piece::Value,
    role::Role,
    total::Whole,
    words::fold,
};

/// Longer descriptions are cut at a word boundary, in characters.
const LONGEST: usize = 100;

/// A description made of the words that are left of the lines.
pub(crate) fn description(
    text: &str,
    lookup: &Lookup<'_>,
    lines: &[Line],
    facts: &Facts,
    whole: &Whole,
) -> Option<String> {
    let is_part = |place: &usize| whole.parts.iter().any(|part| part.line == *place);
    let is_aside = |place: &usize| {
        let line = &lines[*place];
        let changes = line.says(Role::More) || line.says(Role::Less);
        changes || line.verb == Some(Role::Not) || !matches!(line.value, None | Some(Value::Money(_)))
    };
    let of = |wanted: &dyn Fn(&usize) -> bool| {
        let names = facts.about.iter().filter(|place| wanted(place)).map(|place| name(text, lookup, &lines[*place]));
        let names: Vec<String> = names.filter(|name| !name.is_empty()).collect();
        (!names.is_empty()).then(|| names.join(", "))
    };
    // Words such as "bill" in "bill is 120" count only if there is nothing else.
    let carriers = &lookup.lexicon.things.carriers;
    let says = |name: &String| !name.split_whitespace().all(|word| carriers.contains(&fold(word)));
    let found = of(&|place| !is_part(place) && !is_aside(place))
        .filter(says)
        .or_else(|| of(&is_part))
        .or_else(|| of(&|_| true))?;
    Some(capital(&shortened(&found)))
}

/// The words of a line from the first noun to the last.
pub(crate) fn name(text: &str, lookup: &Lookup<'_>, line: &Line) -> String {
    // Verbs are not names: "Ben drove", "there were three of us".
    let does =
        |word: &Named| lookup.is_role(word.from, Role::Harmless).is_some() && lookup.category(word.from).is_none();
    let names = |word: &Named| word.content && !does(word);
    let first = line.words.iter().position(names);
    let last = line.words.iter().rposition(names);
    let Some(words) = first.zip(last).map(|(first, last)| &line.words[first..=last]) else { return String::new() };
    let mut name = String::new();
    let mut before: Option<&Named> = None;
    for word in words {
        let begin = match before {
            Some(before) if hang_together(lookup, before.to, word.from) => lookup.words[before.to - 1].end(),
            Some(_) => {
                name.push(' ');
                lookup.words[word.from].at
            }
            None => lookup.words[word.from].at,
        };
        name.push_str(text.get(begin..lookup.words[word.to - 1].end()).unwrap_or_default());
        before = Some(word);
    }
    name
}

/// Whether only a mark within a word, such as a hyphen, separates the two.
fn hang_together(lookup: &Lookup<'_>, end: usize, begin: usize) -> bool {
    let between = lookup.words.get(end..begin).unwrap_or_default();
    between.is_empty()
        || (between.len() == 1 && !between[0].is_letters() && between[0].glued && lookup.words[begin].glued)
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        None => text.to_owned(),
        Some((end, _)) => {
            let cut = &text[..end];
            cut.rfind(' ').map_or(cut, |space| &cut[..space]).to_owned()
        }
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
