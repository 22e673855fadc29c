//! Validation of an answer: against the people, currency and total of the question, and against maximum lengths.

use chrono::{Datelike, NaiveDate};
use money::{Amount, Currency, Split, parse_hundredths};
use reader::{
    Remark,
    limits::{DAYS_AHEAD, FIRST_YEAR, LARGEST_TOTAL},
};

use crate::request;

/// Why an answer is invalid. Always a constant of this crate, never text of the model.
pub(crate) type Flaw = &'static str;

/// The largest weight, in hundredths.
const LARGEST_WEIGHT: u64 = 10_u64.pow(8);

const MAX_REMARKS: usize = 5;
const LONGEST_REMARK: usize = 200;

/// What an answer is validated against.
pub(crate) struct Bounds {
    /// The number of people in the question.
    pub(crate) people: usize,
    /// The currency of all amounts.
    pub(crate) currency: Currency,
    /// The required sum of amounts. Without a total, an answer must not contain amounts.
    pub(crate) total: Option<Amount>,
}

impl Bounds {
    /// Returns the index of the person with this key.
    pub(crate) fn place(&self, key: &str) -> Result<usize, Flaw> {
        request::place(key, self.people).ok_or("it names an unknown person")
    }

    /// Returns the indexes of the people with these keys.
    pub(crate) fn places(&self, keys: &[String]) -> Result<Vec<usize>, Flaw> {
        keys.iter().map(|key| self.place(key)).collect()
    }

    /// Parses an amount; returns minor units.
    pub(crate) fn minor(&self, text: &str) -> Result<i64, Flaw> {
        amount(text, self.currency).map(|amount| amount.minor)
    }

    /// Parses pairs of a person's key and an amount.
    pub(crate) fn amounts<'a>(
        &self,
        rows: impl Iterator<Item = (&'a str, &'a str)>,
    ) -> Result<Vec<(usize, i64)>, Flaw> {
        rows.map(|(key, text)| Ok((self.place(key)?, self.minor(text)?))).collect()
    }

    /// Parses pairs of a person's key and a percentage or weight, in hundredths.
    pub(crate) fn hundredths<'a>(
        &self,
        rows: impl Iterator<Item = (&'a str, &'a str)>,
    ) -> Result<Vec<(usize, u64)>, Flaw> {
        rows.map(|(key, text)| Ok((self.place(key)?, hundredths(text)?))).collect()
    }

    /// Refuses payers who appear twice, have paid nothing or do not add up to the total.
    pub(crate) fn check_payers(&self, payers: &[(usize, i64)]) -> Result<(), Flaw> {
        if payers.iter().any(|(_, minor)| *minor == 0) {
            return Err("a payer has paid nothing");
        }
        match payers {
            [] => Ok(()),
            _ => self.check_split(&Split::Exact(payers.to_vec())).map_err(|_| "the payers do not make the total"),
        }
    }

    /// Refuses a split that is invalid for the total.
    pub(crate) fn check_split(&self, split: &Split<usize>) -> Result<(), Flaw> {
        let proportions = matches!(split, Split::Equal(_) | Split::Percent(_) | Split::Weights(_));
        // Whether proportions are valid does not depend on the total.
        let any = proportions.then_some(Amount::new(1, self.currency));
        let total = self.total.or(any).ok_or("it has amounts and no total")?;
        money::split::split(total, split, 0).map(drop).map_err(|_| "the split is invalid")
    }
}

/// Parses a total; refuses zero and more than [`LARGEST_TOTAL`].
pub(crate) fn total(text: &str, code: &str) -> Result<Amount, Flaw> {
    let currency = Currency::from_code(code).map_err(|_| "the currency is unknown")?;
    let total = amount(text, currency)?;
    let possible = total.minor != 0 && total.minor.unsigned_abs() <= LARGEST_TOTAL;
    possible.then_some(total).ok_or("the total is zero or too large")
}

/// Parses the day of an expense; refuses years before [`FIRST_YEAR`] and days more than [`DAYS_AHEAD`] after `today`.
pub(crate) fn date(text: &str, today: NaiveDate) -> Result<NaiveDate, Flaw> {
    let date = NaiveDate::parse_from_str(text, "%Y-%m-%d").map_err(|_| "the date is not a date")?;
    let last = today.checked_add_days(DAYS_AHEAD).unwrap_or(NaiveDate::MAX);
    (date.year() >= FIRST_YEAR && date <= last).then_some(date).ok_or("the date is out of range")
}

/// Returns the trimmed text; refuses one that is empty, longer than `longest` characters or not a single line.
pub(crate) fn line(text: &str, longest: usize) -> Result<String, Flaw> {
    if text.chars().any(rearranges) {
        return Err("a text changes the display order");
    }
    let text = text.trim();
    let fits = !text.is_empty() && text.chars().count() <= longest && !text.chars().any(char::is_control);
    fits.then(|| text.to_owned()).ok_or("a text is empty, too long or has control characters")
}

/// Like [`line`] for an optional text. A blank text counts as missing.
pub(crate) fn optional_line(text: Option<&str>, longest: usize) -> Result<Option<String>, Flaw> {
    text.filter(|text| !text.trim().is_empty()).map(|text| line(text, longest)).transpose()
}

/// Returns the sentences for the person; refuses too many or too long ones.
pub(crate) fn remarks(sentences: &[String]) -> Result<Vec<Remark>, Flaw> {
    if sentences.len() > MAX_REMARKS {
        return Err("it has too many remarks");
    }
    sentences.iter().map(|sentence| line(sentence, LONGEST_REMARK).map(|text| Remark::Said { text })).collect()
}

/// Whether this is a line separator or a mark that changes the display order of a text (bidirectional control).
fn rearranges(c: char) -> bool {
    matches!(c, '\u{2028}' | '\u{2029}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

fn amount(text: &str, currency: Currency) -> Result<Amount, Flaw> {
    Amount::parse(text, currency).map_err(|_| "an amount is not a decimal of its currency")
}

fn hundredths(text: &str) -> Result<u64, Flaw> {
    let hundredths = parse_hundredths(text).map_err(|_| "a percentage or weight is not a decimal")?;
    (hundredths <= LARGEST_WEIGHT).then_some(hundredths).ok_or("a percentage or weight is too large")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn euro() -> Currency {
        Currency::from_code("EUR").unwrap()
    }

    #[test]
    fn a_total_is_an_exact_amount_that_an_expense_can_have() {
        assert_eq!(total("12.50", "EUR"), Ok(Amount::new(1_250, euro())));
        assert!(total("-12.50", "EUR").is_ok(), "money got back");
        for text in ["0", "0.00", "12.505", "1e3", "NaN", "Infinity", "1,000", "10000000000.01", "", " 1", "٣"] {
            assert!(total(text, "EUR").is_err(), "{text:?}");
        }
        assert!(total("1", "eur").is_err() && total("1", "XAU").is_err() && total("1.5", "JPY").is_err());
    }

    #[test]
    fn a_date_is_in_range() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();
        assert_eq!(date("2026-11-21", today), Ok(today.pred_opt().unwrap()));
        for text in ["1999-12-31", "2027-11-24", "2026-02-30", "99999-01-01", "22.11.2026", "2026-11-22T00:00", ""] {
            assert!(date(text, today).is_err(), "{text:?}");
        }
    }

    #[test]
    fn a_text_is_one_short_line_in_display_order() {
        assert_eq!(line(" Pizza 🍕 für 2 ", 20).as_deref(), Ok("Pizza 🍕 für 2"));
        for text in
            ["", " ", "a\nb", "a\u{0}", "a\u{85}b", "\u{202E}ab", "a\u{2066}b", "a\u{2028}b", "abcdefghijklmnopqrstu"]
        {
            assert!(line(text, 20).is_err(), "{text:?}");
        }
        assert_eq!(optional_line(Some(" "), 20), Ok(None));
        assert!(remarks(&vec!["Why?".to_owned(); MAX_REMARKS + 1]).is_err());
    }

    #[test]
    fn payers_add_up_to_the_total() {
        let bounds = Bounds { people: 3, currency: euro(), total: Some(Amount::new(1_000, euro())) };
        assert!(bounds.check_payers(&[]).is_ok() && bounds.check_payers(&[(0, 600), (2, 400)]).is_ok());
        for payers in [&[(0, 999)][..], &[(0, 1_000), (1, 0)], &[(0, 1_100), (1, -100)], &[(0, 500), (0, 500)]] {
            assert!(bounds.check_payers(payers).is_err(), "{payers:?}");
        }
        let unknown = Bounds { total: None, ..bounds };
        assert!(unknown.check_payers(&[]).is_ok() && unknown.check_payers(&[(0, 1_000)]).is_err());
    }

    #[test]
    fn proportions_need_no_total() {
        let bounds = Bounds { people: 3, currency: euro(), total: None };
        assert!(bounds.check_split(&Split::Equal(vec![0, 1])).is_ok());
        assert!(bounds.check_split(&Split::Percent(vec![(0, 5_000), (1, 5_000)])).is_ok());
        assert!(bounds.check_split(&Split::Percent(vec![(0, 5_000), (1, 5_100)])).is_err());
        assert!(bounds.check_split(&Split::Weights(vec![(0, 0)])).is_err());
        assert!(bounds.check_split(&Split::Exact(vec![(0, 1)])).is_err());
    }
}
