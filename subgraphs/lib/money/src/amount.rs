//! Amounts, and their exact decimal text format.

use std::{fmt, iter};

use crate::Currency;

/// An exact amount of money, of either sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Amount {
    /// In minor units of the currency: cents for `EUR`, whole yen for `JPY`.
    pub minor: i64,
    /// The currency.
    pub currency: Currency,
}

/// Why a text is not an amount, or two amounts cannot be added. All messages may be shown to clients.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AmountRefusal {
    /// An empty text, or one with only whitespace or a sign.
    #[error("the number is missing")]
    Empty,
    /// Whitespace before, after or between the digits.
    #[error("a number must not contain spaces")]
    Space,
    /// `+5`
    #[error("a number must not have a plus sign")]
    PlusSign,
    /// A minus sign where a negative number is not allowed.
    #[error("the number must not be negative")]
    Negative,
    /// `1e3`
    #[error("a number must not have an exponent")]
    Exponent,
    /// `1,000`, `1_000`, `1'000`; also a decimal comma, which cannot be distinguished from a separator.
    #[error("a number must not have separators or a comma: only digits and a decimal point")]
    Separator,
    /// Digits of another script, some of which look like other ASCII digits.
    #[error("a number must be written with the digits 0 to 9")]
    ForeignDigit,
    /// `.5` or `5.`
    #[error("a decimal point needs digits on both sides")]
    DanglingPoint,
    /// Anything else: `abc`, `1.2.3`, `--1`.
    #[error("not a decimal number such as 12.34")]
    NotDecimal,
    /// More decimals than allowed. They are refused and never rounded, even if they are zeros.
    #[error("{}", too_many_decimals(*.allowed))]
    TooManyDecimals {
        /// The maximum number of decimals.
        allowed: u32,
    },
    /// The result does not fit an `i64` of minor units.
    #[error("the number is too large")]
    TooLarge,
    /// Amounts of two currencies cannot be added.
    #[error("{left} and {right} cannot be added")]
    CurrencyMismatch {
        /// The currency of the first amount.
        left: Currency,
        /// The currency of the second amount.
        right: Currency,
    },
}

impl Amount {
    /// Creates an amount from minor units.
    pub fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// Parses an exact decimal, `-?digits(.digits)?`, with at most the currency's number of decimals.
    ///
    /// An additional decimal is refused even if it is a zero: `1.000` EUR may be meant as a thousand.
    pub fn parse(text: &str, currency: Currency) -> Result<Self, AmountRefusal> {
        let (sign, digits) = match text.strip_prefix('-') {
            Some(digits) => (-1, digits),
            None => (1, text),
        };
        let magnitude = parse_scaled(digits, currency.exponent())?;
        let minor = i64::try_from(sign * magnitude).map_err(|_| AmountRefusal::TooLarge)?;
        Ok(Self { minor, currency })
    }

    /// Adds two amounts of the same currency.
    pub fn checked_add(self, other: Self) -> Result<Self, AmountRefusal> {
        self.combine(other, i64::checked_add)
    }

    /// Subtracts two amounts of the same currency.
    pub fn checked_sub(self, other: Self) -> Result<Self, AmountRefusal> {
        self.combine(other, i64::checked_sub)
    }

    /// Negates the amount.
    pub fn checked_neg(self) -> Result<Self, AmountRefusal> {
        let minor = self.minor.checked_neg().ok_or(AmountRefusal::TooLarge)?;
        Ok(Self { minor, ..self })
    }

    fn combine(self, other: Self, operation: fn(i64, i64) -> Option<i64>) -> Result<Self, AmountRefusal> {
        if self.currency != other.currency {
            let (left, right) = (self.currency, other.currency);
            return Err(AmountRefusal::CurrencyMismatch { left, right });
        }
        let minor = operation(self.minor, other.minor).ok_or(AmountRefusal::TooLarge)?;
        Ok(Self { minor, ..self })
    }
}

/// Formats the exact decimal without the currency: `12.34`, `-0.05`, `1000` for yen. The inverse of [`Amount::parse`].
impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.minor < 0 { "-" } else { "" };
        let magnitude = self.minor.unsigned_abs();
        let decimals = self.currency.exponent();
        if decimals == 0 {
            return write!(f, "{sign}{magnitude}");
        }
        let unit = 10_u64.pow(decimals);
        let (whole, fraction) = (magnitude / unit, magnitude % unit);
        write!(f, "{sign}{whole}.{fraction:0width$}", width = decimals as usize)
    }
}

/// Parses a non-negative percentage or weight with at most two decimals. Returns hundredths: `33.33` is 3333.
pub fn parse_hundredths(text: &str) -> Result<u64, AmountRefusal> {
    if text.starts_with('-') {
        return Err(AmountRefusal::Negative);
    }
    u64::try_from(parse_scaled(text, 2)?).map_err(|_| AmountRefusal::TooLarge)
}

/// Parses `digits(.digits)?` and multiplies by ten to the power of `decimals`.
pub(crate) fn parse_scaled(text: &str, decimals: u32) -> Result<i128, AmountRefusal> {
    if text.trim().is_empty() {
        return Err(AmountRefusal::Empty);
    }
    if let Some(other) = text.chars().find(|c| !c.is_ascii_digit() && *c != '.') {
        return Err(reason_against(other));
    }
    let (whole, fraction) = match text.split_once('.') {
        None => (text, ""),
        Some((_, fraction)) if fraction.contains('.') => return Err(AmountRefusal::NotDecimal),
        Some(("", _) | (_, "")) => return Err(AmountRefusal::DanglingPoint),
        Some(parts) => parts,
    };
    let missing =
        (decimals as usize).checked_sub(fraction.len()).ok_or(AmountRefusal::TooManyDecimals { allowed: decimals })?;
    whole
        .bytes()
        .chain(fraction.bytes())
        .chain(iter::repeat_n(b'0', missing))
        .try_fold(0_i128, |value, digit| value.checked_mul(10)?.checked_add(i128::from(digit - b'0')))
        .ok_or(AmountRefusal::TooLarge)
}

fn reason_against(character: char) -> AmountRefusal {
    match character {
        '+' => AmountRefusal::PlusSign,
        'e' | 'E' => AmountRefusal::Exponent,
        ',' | '_' | '\'' | '’' => AmountRefusal::Separator,
        c if c.is_whitespace() => AmountRefusal::Space,
        c if c.is_numeric() => AmountRefusal::ForeignDigit,
        _ => AmountRefusal::NotDecimal,
    }
}

fn too_many_decimals(allowed: u32) -> String {
    match allowed {
        0 => "there must be no decimals".to_owned(),
        _ => format!("there must be at most {allowed} decimals"),
    }
}

/// Describes by how much parts differ from the total: `80.00 of 100.00 EUR is assigned, 20.00 EUR is left`.
pub(crate) fn adding_up(given: Amount, verb: &str, total: Amount, left: Amount) -> String {
    let currency = total.currency;
    if left.minor.signum() == total.minor.signum() {
        return format!("{given} of {total} {currency} is {verb}, {left} {currency} is left");
    }
    let excess = Amount { minor: left.minor.saturating_neg(), currency };
    format!("{given} of {total} {currency} is {verb}, {excess} {currency} is too much")
}
