//! Exact decimal numbers in the notations that people use: `1,234.50`, `1.234,50`, `12,5`.

/// The maximum number of digits: more than any amount needs, and safe from overflow.
const MOST_DIGITS: usize = 15;

/// The value is `digits` divided by 10 to the power of `scale`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Decimal {
    /// All digits, without the decimal point.
    pub(crate) digits: u64,
    /// The number of digits after the decimal point.
    pub(crate) scale: u32,
}

impl Decimal {
    pub(crate) fn whole(digits: u64) -> Self {
        Self { digits, scale: 0 }
    }

    /// Parses digits with separators; `None` if the decimal separator cannot be determined.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let marks: Vec<char> = text.chars().filter(|c| !c.is_ascii_digit()).collect();
        match marks.as_slice() {
            [] => Self::of(text, ""),
            [.., last] => {
                let (whole, fraction) = text.rsplit_once(*last)?;
                let point = matches!(last, '.' | ',');
                let alone = marks.iter().filter(|mark| *mark == last).count() == 1;
                if point && alone && (fraction.len() != 3 || !groups(text, *last)) {
                    let inner = marks.iter().find(|mark| *mark != last);
                    let grouped = inner.is_none_or(|inner| groups(whole, *inner));
                    return if grouped { Self::of(whole, fraction) } else { None };
                }
                let single = marks.iter().all(|mark| mark == last);
                if single && groups(text, *last) { Self::of(text, "") } else { None }
            }
        }
    }

    /// Whether the number was parsed with a decimal point. `1.234` is ambiguous, because some locales group thousands
    /// with a point.
    pub(crate) fn has_point(self) -> bool {
        self.scale > 0
    }

    pub(crate) fn times(self, factor: u64) -> Option<Self> {
        Some(Self { digits: self.digits.checked_mul(factor)?, scale: self.scale })
    }

    /// The number in units of 10 to the power of minus `decimals`; `None` if that is not exact.
    pub(crate) fn scaled(self, decimals: u32) -> Option<i64> {
        let digits = if self.scale <= decimals {
            self.digits.checked_mul(10_u64.checked_pow(decimals - self.scale)?)?
        } else {
            let unit = 10_u64.checked_pow(self.scale - decimals)?;
            self.digits.is_multiple_of(unit).then_some(self.digits / unit)?
        };
        i64::try_from(digits).ok()
    }

    /// The integer value; `None` if there are decimals.
    pub(crate) fn integer(self) -> Option<u64> {
        if self.scale == 0 { Some(self.digits) } else { None }
    }

    fn of(whole: &str, fraction: &str) -> Option<Self> {
        let digits: String = whole.chars().chain(fraction.chars()).filter(char::is_ascii_digit).collect();
        if digits.len() > MOST_DIGITS {
            return None;
        }
        Some(Self { digits: digits.parse().ok()?, scale: u32::try_from(fraction.len()).ok()? })
    }
}

/// Whether the separators are valid thousands separators: `1,234,567`, but not `0,123` or `1,23`.
fn groups(text: &str, separator: char) -> bool {
    let mut parts = text.split(separator);
    let first = parts.next().unwrap_or_default();
    let digits = |part: &str| part.chars().all(|c| c.is_ascii_digit());
    !first.starts_with('0')
        && (1..=3).contains(&first.len())
        && digits(first)
        && parts.all(|part| part.len() == 3 && digits(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_of_grouping_are_read() {
        let cents = |text| Decimal::read(text).and_then(|decimal| decimal.scaled(2));
        let read = [("1,234.50", 123_450), ("1.234,50", 123_450), ("1'234.5", 123_450), ("1.234.567", 123_456_700)];
        for (text, minor) in read.into_iter().chain([("12,5", 1_250), ("1,234", 123_400), ("7", 700)]) {
            assert_eq!(cents(text), Some(minor), "{text}");
        }
        for text in ["1.2.3", "1,23.456,7", "0.123", "1234567890123456", "1,2,3.5"] {
            assert_eq!(cents(text), None, "{text}");
        }
    }
}
