//! Phrases for several people, and names of places: "both Toms", "all six", "in Charlotte".

use crate::{
    decimal::Decimal,
    language::Meaning,
    number::number,
    people::Named,
    piece::{Atom, MOST_THINGS, Party, Who},
    role::Role,
    scanner::Scanner,
    words::Kind,
};

impl Scanner<'_> {
    /// All people with this name, and the number of words: "both Toms", "the two Marcuses", "die beiden Lenas".
    pub(crate) fn namesakes(&self, at: usize) -> Option<(Vec<usize>, usize)> {
        let lookup = self.lookup;
        let article = |at| lookup.means(at, Meaning::Article);
        let (mut next, mut count) = (at, None);
        // At most one article is skipped, so that a long run of articles is not slow.
        while count.is_none() && next <= at + 1 {
            if let Some(words) = lookup.is_role(next, Role::Both) {
                next += words;
                count = Some(2);
            } else if let Some((found, words)) = number(lookup, next).filter(|_| article(next).is_none()) {
                next += words;
                count = Some(found.value.and_then(Decimal::integer)?);
            } else if let Some(words) = article(next) {
                next += words;
            } else {
                break;
            }
        }
        // "both of the Toms"
        let of = lookup.is_role(next, Role::Of).filter(|_| count.is_some()).unwrap_or(0);
        next += of + if of > 0 { article(next + of).unwrap_or(0) } else { 0 };
        let people = self.roster.namesakes(lookup, next).filter(|_| next > at)?;
        // "the Toms" means several people, but "the Tom" does not.
        let is_plural = !self.roster.is_part(&lookup.words[next].folded) && !lookup.is_known(next);
        let fits = count.map_or(is_plural, |count| count == people.len() as u64);
        fits.then_some((people, next + 1 - at))
    }

    /// A number of people: "all six", "the other five", "us three", "5 people", but not "all six tickets".
    pub(crate) fn so_many(&self, at: usize) -> Option<(Atom, usize)> {
        let lookup = self.lookup;
        let lead = |role| Some((Some(role), lookup.is_role(at, role)?));
        let (role, lead) = [Role::All, Role::Other, Role::We].into_iter().find_map(lead).unwrap_or((None, 0));
        let (found, words) = number(lookup, at + lead)?;
        let count = found.value.and_then(Decimal::integer).filter(|count| (2..=99).contains(count))?;
        let end = at + lead + words;
        let is_thing = lookup.is_currency(end)
            || lookup.length_of(end, |meaning| matches!(meaning, Meaning::Fraction(..))).is_some()
            || lookup.is_any(end, &[Role::Unit, Role::ShareNoun])
            || lookup.is_thing(end)
            || self.roster.named(lookup, end).is_some();
        let heads = lookup.is_role(end, Role::Heads).unwrap_or(0);
        let size = self.roster.len() as u64;
        let who = match role {
            None if heads > 0 => Who::Count(count),
            Some(Role::All) if !is_thing && count == size => Who::Everyone(Vec::new()),
            Some(Role::All) if !is_thing => Who::Count(count),
            Some(Role::We) if !is_thing && count <= MOST_THINGS => Who::Count(count),
            // "Ben paid the other 5" can be money.
            Some(Role::Other) if !is_thing && found.worded && count < size => Who::Others,
            _ => return None,
        };
        Some((Atom::People(Party { who, owner: false }), lead + words + heads))
    }

    /// Whether the article here is a feminine dative and means "for": "Ben hat der Ada ein Brot gekauft", but not "das
    /// Brot hat der Ben gekauft".
    pub(crate) fn is_for_woman(&self, at: usize) -> bool {
        let words = self.lookup.words;
        let begin = words[..at]
            .iter()
            .rposition(|word| matches!(word.kind, Kind::Mark(',' | ';' | ':' | '!' | '?' | '\n')))
            .map_or(0, |mark| mark + 1);
        let end = (at..words.len())
            .find(|at| matches!(words[*at].kind, Kind::Mark(',' | ';' | '!' | '?' | '\n')))
            .unwrap_or(words.len());
        let is = |at: usize, role| self.lookup.is_role(at, role).is_some();
        let person = |at: usize| {
            is(at, Role::Nominative) || is(at, Role::FirstPerson) || self.roster.named(self.lookup, at).is_some()
        };
        let has = (begin..at).any(|at| is(at, Role::Auxiliary));
        let joined = at > begin && [Role::And, Role::With, Role::For].iter().any(|role| is(at - 1, *role));
        let paid = (at..end).any(|at| is(at, Role::Paid));
        has && paid && !joined && (begin..at).any(person)
    }

    /// A name with an article that adds nothing: "die Steffi", "der Urs".
    pub(crate) fn with_article(&self, at: usize) -> Option<(Named, usize)> {
        let article = self.lookup.is_role(at, Role::Definite).filter(|_| !self.is_for_woman(at))?;
        let (named, length) = self.roster.named(self.lookup, at + article)?;
        Some((named, article + length))
    }

    /// Whether the name here is a place: "in Charlotte", "San Jose", "flight to Georgia".
    pub(crate) fn is_place(&self, at: usize) -> bool {
        let (lookup, words) = (self.lookup, self.lookup.words);
        let Some(last) = at.checked_sub(1).map(|last| &words[last]) else { return false };
        let lead = lookup.means(at - 1, Meaning::PlaceLead).is_some() && words[at].is_capital() == last.is_capital();
        let travels = |at: usize| matches!(lookup.category(at), Some(("travel" | "transport", _)));
        lead || lookup.is_role(at - 1, Role::Inside).is_some()
            || (lookup.is_role(at - 1, Role::At).is_some() && at.checked_sub(2).is_some_and(travels))
    }
}
