//! Decides whether a person who got a thing paid for it or only had it.

use crate::{
    clause::Link,
    context::Context,
    count::role,
    facts::{Facts, Payment},
    group::is_verb,
    language::Meaning,
    line::{Line, Sign},
    lookup::Lookup,
    piece::{Atom, Party, Piece, Sort, Value, Who},
    remark::Remark,
    role::Role,
};

impl Context<'_> {
    /// Whether the action does not concern money, beside a thing with a price: "Ben picked up the kids, taxi 30".
    pub(crate) fn is_other_errand(&self) -> bool {
        let line = self.line;
        let errand = line.has(Sign::Weak) && line.value.is_none() && line.names_something() && !line.has(Sign::Thing);
        let priced = |other: &Line| other.money().is_some() && other.names_something();
        errand && self.lines.iter().any(|other| other != line && priced(other))
    }
}

/// Reads "back" in "taxi back 22" as the direction and not as a refund.
pub(crate) fn way_back(lookup: &Lookup<'_>, pieces: &mut [Piece]) {
    for at in 1..pieces.len() {
        let rides = lookup.category(pieces[at - 1].from).is_some_and(|(name, _)| name == "transport");
        if role(pieces.get(at)) == Some(Role::Back) && (rides || returns(lookup, pieces, at)) {
            pieces[at].atom = Atom::Filler;
        }
    }
}

/// Whether people come back, and not money: "we came back late, taxi 40".
fn returns(lookup: &Lookup<'_>, pieces: &[Piece], at: usize) -> bool {
    let breaks = |piece: &Piece| matches!(piece.atom, Atom::Break(_));
    let begin = pieces[..at].iter().rposition(breaks).map_or(0, |place| place + 1);
    let end = pieces[at..].iter().position(breaks).map_or(pieces.len(), |length| at + length);
    let clause = &pieces[begin..end];
    let come = |piece: &Piece| {
        matches!(&piece.atom, Atom::People(Party { who: Who::We | Who::Named(_) | Who::Everyone(_), owner: false }))
    };
    let other = |piece: &Piece| match &piece.atom {
        Atom::Role(role) => is_verb(*role) || matches!(role, Role::Gave | Role::Refund),
        Atom::Value(_) | Atom::Number { .. } => true,
        _ => false,
    };
    // "our deposit came back" is a refund, "wir spät zurückgekommen" is not.
    let noun = |piece: &Piece| {
        let does = lookup.is_role(piece.from, Role::Harmless).is_some();
        matches!(piece.atom, Atom::Word(_))
            && !does
            && (!lookup.nouns_are_capital() || lookup.words[piece.from].is_capital())
    };
    let owns = |at: usize| clause.get(at + 1).is_some_and(noun);
    (0..clause.len()).any(|at| come(&clause[at]) && !owns(at)) && !clause.iter().any(other)
}

/// Reads "night" in "a night out 60" as a noun. A price per night directly follows a number.
pub(crate) fn plain_nights(lookup: &Lookup<'_>, pieces: &mut [Piece]) {
    for at in 0..pieces.len() {
        let article = pieces[at].to > pieces[at].from + 1
            && lookup.words[pieces[at].from].is_letters()
            && lookup.is_role(pieces[at].from, Role::Each).is_none()
            && lookup.find(pieces[at].from, |meaning| (meaning == Meaning::Article).then_some(())).is_some();
        let priced = at > 0 && matches!(pieces[at - 1].atom, Atom::Number { .. });
        if role(pieces.get(at)) == Some(Role::Per) && article && !priced {
            pieces[at].atom = Atom::Word(Sort::Thing);
            pieces[at].from += 1;
        }
    }
}

/// Applies a count from another clause to a unit price: "95 a night, 4 nights".
pub(crate) fn count_elsewhere(lines: &mut [Line]) {
    let counts: Vec<u64> = lines.iter().filter(|line| line.value.is_none()).filter_map(|line| line.count).collect();
    let mut open = lines.iter_mut().filter(|line| line.says(Role::Per) && line.count.is_none());
    let (Some(line), None, [count]) = (open.next(), open.next(), counts.as_slice()) else { return };
    let whole = line.money().and_then(|minor| minor.checked_mul(i64::try_from(*count).ok()?));
    if let Some(whole) = whole {
        line.value = Some(Value::Money(whole));
        line.says.retain(|role| *role != Role::Per);
    }
}

impl Facts {
    /// Reads "Ben got it" as a payment, unless another line explains the word.
    pub(crate) fn got(&mut self, context: &Context<'_>) {
        let line = context.line;
        let others = || context.lines.iter().filter(|other| *other != line);
        let names_thing = line.names_something() && !self.refund;
        // "Ben pays 5 more, he got seconds"
        let differs = |other: &Line| {
            let share = context.amounts > 1 && other.money().is_some() && other.verb != Some(Role::Paid);
            let weighed = other.has_portion() || other.is_change() || other.is_all_they_had() || share;
            weighed && other.people().is_some() && other.people() == line.people()
        };
        let explained = line.has(Sign::Pronouns) || line.link == Link::Because || others().any(differs);
        let named_elsewhere = others().any(|other| other.names_something() && !other.is_change());
        if names_thing && explained {
            if named_elsewhere {
                self.about.retain(|place| *place != context.place);
            }
            return self.bystanders.extend(line.subject.iter().chain(&line.bare).cloned());
        }
        // "Ben got the big room, rent 1200": Ben is unlikely to have paid the rent.
        let priced = others().any(|other| other.money().is_some() && other.names_something() && !other.is_change());
        if names_thing && priced {
            return self.ask(Remark::PaidOrShared);
        }
        match line.subject.clone().filter(|who| who.is_one() && context.amounts <= 1) {
            Some(who) => self.payments.push(Payment { who, part: None, each: false }),
            None => self.bystanders(context),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{Reading, testing::read_among};

    fn reading(text: &str) -> Reading {
        read_among(&["Ada", "Ben", "Tobias"], text)
    }

    #[test]
    fn refunds_and_returning_people_are_told_apart() {
        for (text, total) in [
            ("90 € came back from the landlord, everyone", -9_000),
            ("Vom Vermieter sind 90 € zurückgekommen, gehört uns allen", -9_000),
            ("Wir sind spät zurückgekommen, Taxi 40", 4_000),
            ("we came back late, taxi 40", 4_000),
            ("weil wir spät zurückgekommen sind, Taxi 40", 4_000),
            ("our bond came back, 900, everyone", -90_000),
        ] {
            assert_eq!(reading(text).total.map(|total| total.minor), Some(total), "{text}");
        }
    }

    #[test]
    fn payers_are_read_from_lists_and_despite_typos() {
        let payers = |text: &str| reading(text).payers;
        assert_eq!(payers("payments: Ben 40, me 60, dinner 100"), [(1, 4_000), (0, 6_000)]);
        assert_eq!(payers("Catering = 225. Payer = Ben. Sharing = everyone."), [(1, 22_500)]);
        assert!(payers("payments for the sofa 300").is_empty());
        assert_eq!(payers("Guess who opened her wallet? Ben! He paid 30 for the taxi"), [(1, 3_000)]);
        assert_eq!(payers("Ratet mal, wer dran war? Ben! Er hat 30 fürs Taxi bezahlt"), [(1, 3_000)]);
        let text = "Ben paid for my dentist appointment because i forgot my purse, 85";
        assert_eq!((payers(text), reading(text).questions.len()), (vec![(1, 8_500)], 0));
        assert_eq!(reading("bags of cement x4 31.20").total.map(|total| total.minor), Some(3_120));
        assert_eq!(reading("coffee x3 4.50").guesses[0].to_string(), "4.50 is for all 3 together.");
        assert_eq!(reading("sat. 40 brunch").date, "2026-11-14".parse().ok());
        let slip = reading("tobais paid 30 for gas");
        assert_eq!(
            (slip.payers, slip.guesses[0].to_string().as_str()),
            (vec![(2, 3_000)], "Read \"tobais\" as Tobias.")
        );
    }
}
