//! Decides which of the amounts is the total and which are its parts.

use std::collections::BTreeSet;

use money::Amount;

use crate::{
    facts::{Entry, Extra, Facts, Name},
    piece::{Party, Value},
    remark::Remark,
    role::Role,
    sharers::Circle,
};

/// The maximum number of amounts that are tried as the total.
const MOST_TRIED: usize = 8;

/// The total and its parts, in minor units.
#[derive(Clone, Debug, Default)]
pub(crate) struct Whole {
    pub(crate) total: Option<i64>,
    /// Parts of the total. Everybody shares a part without people.
    pub(crate) parts: Vec<Entry>,
    pub(crate) tax: i64,
    pub(crate) tip: i64,
    pub(crate) discount: i64,
}

/// A question for the user, returned when there is no result.
pub(crate) type Doubt = Remark;

impl Whole {
    fn extras(&self) -> Option<i64> {
        self.tax.checked_add(self.tip)?.checked_sub(self.discount)
    }
}

/// Calculates the total from the amounts of the text.
pub(crate) struct TotalCalculator<'a> {
    pub(crate) facts: &'a Facts,
    pub(crate) circle: &'a Circle,
    /// The total, if it is known already.
    pub(crate) given: Option<i64>,
    pub(crate) show: &'a dyn Fn(i64) -> Amount,
}

impl TotalCalculator<'_> {
    /// The total and its parts.
    pub(crate) fn whole(&self) -> Result<Whole, Doubt> {
        let mut totals = self.facts.totals.clone();
        totals.extend(self.given);
        totals.sort_unstable();
        totals.dedup();
        let entries = self.entries()?;
        match totals.as_slice() {
            [] => self.without_total(entries),
            [total] => self.with_total(*total, entries),
            [first, .., last] => Err(self.either(*first, *last)),
        }
    }

    /// The entries, with amounts per person multiplied by the number of people.
    fn entries(&self) -> Result<Vec<Entry>, Doubt> {
        let nobody = BTreeSet::new();
        let mut entries = self.facts.entries.clone();
        for entry in entries.iter_mut().filter(|entry| entry.each) {
            let people = match &entry.people {
                Some(party) => self.circle.resolve(party, &nobody),
                None => Some(self.circle.sharers()),
            };
            let count = people.and_then(|people| i64::try_from(people.len()).ok());
            let whole = count.and_then(|count| entry.minor.checked_mul(count));
            entry.minor = whole.ok_or(Remark::EachOfHowMany)?;
        }
        Ok(entries)
    }

    fn with_total(&self, total: i64, entries: Vec<Entry>) -> Result<Whole, Doubt> {
        // An entry that repeats the total adds nothing.
        let (same, parts): (Vec<Entry>, Vec<Entry>) =
            entries.into_iter().partition(|entry| entry.people.is_none() && entry.minor == total);
        if parts.is_empty() || self.has_rest() {
            return self.checked(total, parts);
        }
        let mut whole = self.with_matching_extras(total, parts)?;
        if self.given.is_some() && !same.is_empty() {
            whole.parts.extend(same);
        }
        self.must_be(total, whole)
    }

    fn has_rest(&self) -> bool {
        !self.facts.rest.is_empty()
    }

    fn without_total(&self, entries: Vec<Entry>) -> Result<Whole, Doubt> {
        let plain = entries.iter().filter(|entry| entry.people.is_none()).count();
        if let [only] = entries.as_slice() {
            // Keeps the people of the only amount if they are not all sharers.
            let people = only.people.as_ref().and_then(|party| self.circle.resolve(party, &BTreeSet::new()));
            let is_theirs = only.people.is_some() && people != Some(self.circle.sharers());
            let is_part = is_theirs && (self.has_rest() || self.paid().is_some_and(|paid| paid != only.minor));
            return match (is_part, is_theirs) {
                (true, _) => self.of_payments(entries),
                (false, true) => self.sum(entries),
                (false, false) => self.only(only.clone()),
            };
        }
        if entries.is_empty() {
            return self.of_payments(entries);
        }
        let mut others = entries.clone();
        let first = others.remove(self.most_likely_total(&entries));
        // "Ben 80, me 80": equal amounts, neither is the sum.
        let same = others.len() == 1 && first.people.as_ref().is_some_and(|party| !party.is_all());
        let is_sum = self.is_sum(&first, &others) && (first.people.is_none() || !first.shared) && !same;
        if is_sum || (first.people.is_none() && self.has_rest() && plain == 1) {
            self.may_leave_rest()?;
            return self.checked(first.minor, others);
        }
        if plain == 0 {
            return if self.paid().is_some() || self.has_rest() {
                self.of_payments(entries)
            } else {
                self.sum(entries)
            };
        }
        if Self::leaves_some(&entries) {
            return self.mismatch(&first, &others);
        }
        if self.facts.divides() {
            return Err(Remark::WhichIsTotal);
        }
        let all_plain = plain == entries.len();
        let named = entries.iter().all(|entry| entry.name == Name::Thing);
        let shared = entries.iter().all(|entry| entry.people.is_some() || entry.shared);
        if shared || (all_plain && named) {
            return self.sum(entries);
        }
        if all_plain {
            return Err(self.either(first.minor, others[0].minor));
        }
        self.mismatch(&first, &others)
    }

    /// Whether one amount for all is followed by amounts of individual people, which are parts of it: "snacks 40 for
    /// all, Ben 18, me 12".
    fn leaves_some(entries: &[Entry]) -> bool {
        let is_whole = |entry: &&Entry| entry.people.as_ref().is_none_or(Party::is_all);
        let (whole, parts): (Vec<&Entry>, Vec<&Entry>) = entries.iter().partition(is_whole);
        whole.len() == 1 && parts.len() > 1 && parts.iter().all(|entry| entry.name == Name::Nothing)
    }

    /// Asks whether a tip is included if there are both a total and a rest.
    fn may_leave_rest(&self) -> Result<(), Doubt> {
        let open = self.facts.extras.iter().any(|extra| !extra.included);
        if self.has_rest() && open { Err(Remark::ExtraInTotal) } else { Ok(()) }
    }

    /// The index of the amount that is the sum of all others; otherwise of the only one without people, otherwise 0.
    fn most_likely_total(&self, entries: &[Entry]) -> usize {
        let mut plain = (0..entries.len()).filter(|place| entries[*place].people.is_none());
        let is_sum = |place: &usize| {
            let others = entries.iter().enumerate().filter(|(other, _)| other != place);
            let others: Vec<Entry> = others.map(|(_, entry)| entry.clone()).collect();
            self.is_sum(&entries[*place], &others)
        };
        let found = plain.clone().take(MOST_TRIED).find(is_sum);
        found.or_else(|| plain.next().filter(|_| plain.next().is_none())).unwrap_or(0)
    }

    fn is_sum(&self, entry: &Entry, others: &[Entry]) -> bool {
        self.with_matching_extras(entry.minor, others.to_vec()).ok().and_then(|whole| sum_of(&whole))
            == Some(entry.minor)
    }

    /// The parts with their extras. Included extras are added only if the parts then add up to the total.
    fn with_matching_extras(&self, total: i64, parts: Vec<Entry>) -> Result<Whole, Doubt> {
        let plain = self.with_extras(parts.clone())?;
        let all = self.with_all_extras(parts)?;
        let makes = |whole: &Whole| sum_of(whole) == Some(total);
        Ok(if makes(&all) && !makes(&plain) { all } else { plain })
    }

    fn mismatch(&self, first: &Entry, others: &[Entry]) -> Result<Whole, Doubt> {
        let parts = others.iter().map(|entry| self.text(entry.minor)).collect();
        Err(Remark::PartsMake { parts, total: self.text(first.minor), currency: self.currency() })
    }

    /// A single amount and its extras make the total.
    fn only(&self, entry: Entry) -> Result<Whole, Doubt> {
        let whole = self.with_extras(vec![entry])?;
        let total = sum_of(&whole).ok_or_else(too_large)?;
        Ok(Whole { total: Some(total), parts: Vec::new(), ..Whole::default() })
    }

    fn sum(&self, entries: Vec<Entry>) -> Result<Whole, Doubt> {
        let mut whole = self.with_extras(entries)?;
        whole.total = Some(sum_of(&whole).ok_or_else(too_large)?);
        Ok(whole)
    }

    /// The sum of the payments is the total if no other is named.
    fn of_payments(&self, entries: Vec<Entry>) -> Result<Whole, Doubt> {
        match self.paid() {
            // "Ben paid 60 and a tip of 5" can be 60 or 65 in total.
            Some(_) if entries.is_empty() && self.facts.extras.iter().any(|extra| !extra.included) => {
                Err(Remark::ExtraInPaid)
            }
            Some(paid) => self.with_total(paid, entries),
            None if entries.is_empty() => Err(Remark::NoAmount),
            None => Err(Remark::NoTotal),
        }
    }

    /// The sum of all payments; `None` if one of them has no amount.
    fn paid(&self) -> Option<i64> {
        let nobody = BTreeSet::new();
        let amounts = self.facts.payments.iter().map(|payment| match payment.part {
            Some(Value::Money(minor)) if payment.each => {
                let people = self.circle.resolve(&payment.who, &nobody)?;
                minor.checked_mul(i64::try_from(people.len()).ok()?)
            }
            Some(Value::Money(minor)) => Some(minor),
            _ => None,
        });
        let paid = amounts.clone().try_fold(0_i64, |sum, amount| sum.checked_add(amount?))?;
        (amounts.count() > 0).then_some(paid)
    }

    /// Adds tip, tax and discount to the parts, without those included already.
    fn with_extras(&self, parts: Vec<Entry>) -> Result<Whole, Doubt> {
        self.with(parts, |extra| !extra.included)
    }

    fn with_all_extras(&self, parts: Vec<Entry>) -> Result<Whole, Doubt> {
        self.with(parts, |_| true)
    }

    fn with(&self, parts: Vec<Entry>, wanted: fn(&Extra) -> bool) -> Result<Whole, Doubt> {
        let base = parts.iter().try_fold(0_i64, |sum, entry| sum.checked_add(entry.minor)).ok_or_else(too_large)?;
        let mut whole = Whole { parts, ..Whole::default() };
        for extra in self.facts.extras.iter().filter(|extra| wanted(extra)) {
            let minor = match extra.value {
                Value::Money(minor) => minor.checked_abs(),
                Value::Percent(hundredths) => percent_of(base, hundredths),
                _ => None,
            };
            let field = match extra.role {
                Role::Tip => &mut whole.tip,
                Role::Tax => &mut whole.tax,
                _ => &mut whole.discount,
            };
            *field = minor.and_then(|minor| field.checked_add(minor)).ok_or_else(too_large)?;
        }
        Ok(whole)
    }

    fn checked(&self, total: i64, parts: Vec<Entry>) -> Result<Whole, Doubt> {
        if parts.is_empty() {
            return Ok(Whole { total: Some(total), ..Whole::default() });
        }
        Ok(Whole { total: Some(total), ..self.with_matching_extras(total, parts)? })
    }

    fn must_be(&self, total: i64, whole: Whole) -> Result<Whole, Doubt> {
        match sum_of(&whole) {
            Some(sum) if sum == total => Ok(Whole { total: Some(total), ..whole }),
            Some(sum) => {
                Err(Remark::AmountsMake { sum: self.text(sum), total: self.text(total), currency: self.currency() })
            }
            None => Err(too_large()),
        }
    }

    fn either(&self, first: i64, second: i64) -> Remark {
        Remark::WhichTotal { first: self.text(first), second: self.text(second), currency: self.currency() }
    }

    fn currency(&self) -> &'static str {
        (self.show)(0).currency.code()
    }

    fn text(&self, minor: i64) -> String {
        (self.show)(minor).to_string()
    }
}

fn too_large() -> Doubt {
    Remark::TooLarge
}

/// The sum of the parts and the extras.
fn sum_of(whole: &Whole) -> Option<i64> {
    let parts = whole.parts.iter().try_fold(0_i64, |sum, entry| sum.checked_add(entry.minor))?;
    parts.checked_add(whole.extras()?)
}

/// The percentage of `base`, rounded half up to a whole minor unit.
fn percent_of(base: i64, hundredths: u64) -> Option<i64> {
    let exact = i128::from(base).checked_mul(i128::from(hundredths))?;
    i64::try_from((exact + 5_000).div_euclid(10_000)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentages_are_rounded_half_up() {
        assert_eq!(percent_of(4_200, 1_000), Some(420));
        assert_eq!(percent_of(5, 1_000), Some(1));
        assert_eq!(percent_of(4, 1_000), Some(0));
        assert_eq!(percent_of(i64::MAX, u64::MAX), None);
    }
}
