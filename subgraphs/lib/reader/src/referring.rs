//! Clauses that say whose a thing is after its price: "lunch 30 and coffee 8, the coffee was only Ben's".

use crate::{line::Line, lookup::Lookup, role::Role};

/// Moves people named in a separate clause to the line of their thing.
pub(crate) fn refer_back(lookup: &Lookup<'_>, lines: &mut Vec<Line>) {
    let mut at = 1;
    while at < lines.len() {
        match thing_of(lookup, lines, at) {
            Some(place) => {
                let line = lines.remove(at);
                let thing = &mut lines[place];
                thing.says.extend(line.says);
                thing.days.extend(line.days);
                let people = line.subject.into_iter().chain(line.bare).chain(line.owned);
                thing.marked.extend(people.map(|party| (Role::For, party)).chain(line.marked));
            }
            None => at += 1,
        }
    }
}

/// The position of the line with the price of the thing that this line is about.
fn thing_of(lookup: &Lookup<'_>, lines: &[Line], at: usize) -> Option<usize> {
    let line = &lines[at];
    let words = |line: &Line| -> Vec<String> {
        let content = line.words.iter().filter(|word| word.content);
        content.map(|word| lookup.words[word.from].folded.clone()).collect()
    };
    let whole = line.unclear.is_empty() && line.strangers.is_empty() && line.loose.is_empty() && line.than.is_none();
    let says = |role: &Role| matches!(role, Role::Only | Role::Split | Role::Equal | Role::Halves);
    let marks = |(role, _): &(Role, _)| matches!(role, Role::For | Role::Only | Role::Between | Role::With);
    let plain = whole && line.value.is_none() && line.count.is_none() && line.says.iter().all(says);
    let told = line.has_people() && matches!(line.verb, None | Some(Role::Had)) && line.marked.iter().all(marks);
    let names = words(line);
    if !plain || !told || names.is_empty() {
        return None;
    }
    let priced = |other: &Line| other.money().is_some() && !other.is_extra();
    let same = |other: &Line| {
        let known = words(other);
        priced(other) && names.iter().all(|name| known.contains(name))
    };
    let several = lines.iter().filter(|other| priced(other)).count() > 1;
    let mut found = (0..at).filter(|place| same(&lines[*place]));
    let place = found.next().filter(|place| several && !lines[*place].has_people())?;
    found.next().is_none().then_some(place)
}
