//! Rates of exchange: exact decimals by which amounts are converted.

use std::fmt;

use crate::{Amount, AmountRefusal, Currency, amount::parse_scaled};

/// A rate has at most so many decimals.
const DECIMALS: u32 = 10;

/// How much of one currency a unit of another one is; more than zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rate {
    /// In units of the last decimal.
    scaled: u64,
}

/// Why a text is no rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RateRefusal {
    /// It is no number that a rate can be.
    #[error(transparent)]
    Number(#[from] AmountRefusal),
    /// Nothing is worth nothing.
    #[error("a rate must be more than zero")]
    Zero,
}

impl Rate {
    /// Reads an exact decimal, `digits(.digits)?` with at most 10 decimals.
    pub fn parse(text: &str) -> Result<Self, RateRefusal> {
        let scaled = parse_scaled(text, DECIMALS)?;
        // Documents have signed numbers.
        let scaled = i64::try_from(scaled).map_err(|_| AmountRefusal::TooLarge)?;
        if scaled == 0 { Err(RateRefusal::Zero) } else { Ok(Self { scaled: scaled.unsigned_abs() }) }
    }

    /// How much of the second currency a unit of the first one is, where both rates are those of one unit of a third
    /// currency; rounded half to even to the last decimal. `None` if no rate is that small or large.
    pub fn between(first: Self, second: Self) -> Option<Self> {
        let exact = i128::from(second.scaled) * 10_i128.pow(DECIMALS);
        let scaled = i64::try_from(half_to_even(exact, i128::from(first.scaled))).ok()?;
        (scaled > 0).then(|| Self { scaled: scaled.unsigned_abs() })
    }

    /// An amount in another currency, rounded half to even to its minor unit.
    pub fn convert(self, amount: Amount, to: Currency) -> Result<Amount, AmountRefusal> {
        let unit = |exponent: u32| 10_i128.pow(exponent);
        // At most 2^63 * 2^63 * 10^4, which is less than 2^127 for every amount that an expense can have.
        let exact = i128::from(amount.minor)
            .checked_mul(i128::from(self.scaled))
            .and_then(|product| product.checked_mul(unit(to.exponent())))
            .ok_or(AmountRefusal::TooLarge)?;
        let minor = half_to_even(exact, unit(DECIMALS + amount.currency.exponent()));
        Ok(Amount::new(i64::try_from(minor).map_err(|_| AmountRefusal::TooLarge)?, to))
    }
}

/// The quotient, rounded to the nearest whole number; one in the middle to the even one. The divisor is positive.
fn half_to_even(dividend: i128, divisor: i128) -> i128 {
    let (below, rest) = (dividend.div_euclid(divisor), dividend.rem_euclid(divisor));
    // What is missing to the next whole number, without overflow of a doubled rest.
    let missing = divisor - rest;
    let rounds_up = rest > missing || (rest == missing && below % 2 != 0);
    below + i128::from(rounds_up)
}

/// The exact decimal without needless zeros: `1.0837`, `162`. [`Rate::parse`] reads it back.
impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = 10_u64.pow(DECIMALS);
        let (whole, fraction) = (self.scaled / unit, self.scaled % unit);
        let fraction = format!("{fraction:0width$}", width = DECIMALS as usize);
        match fraction.trim_end_matches('0') {
            "" => write!(f, "{whole}"),
            fraction => write!(f, "{whole}.{fraction}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn currency(code: &str) -> Currency {
        Currency::from_code(code).unwrap()
    }

    fn converted(text: &str, from: &str, rate: &str, to: &str) -> String {
        let amount = Amount::parse(text, currency(from)).unwrap();
        Rate::parse(rate).unwrap().convert(amount, currency(to)).unwrap().to_string()
    }

    #[test]
    fn amounts_are_converted_and_rounded_half_to_even() {
        for (amount, from, rate, to, expected) in [
            ("100.00", "USD", "0.9227", "EUR", "92.27"),
            ("0.01", "USD", "0.5", "EUR", "0.00"),
            ("0.03", "USD", "0.5", "EUR", "0.02"),
            ("0.05", "USD", "0.5", "EUR", "0.02"),
            ("-0.01", "USD", "0.5", "EUR", "0.00"),
            ("-0.03", "USD", "0.5", "EUR", "-0.02"),
            ("-0.05", "USD", "0.5", "EUR", "-0.02"),
            ("0.05", "USD", "0.5000000001", "EUR", "0.03"),
            ("1000", "JPY", "0.0061", "EUR", "6.10"),
            ("10.00", "EUR", "162.345", "JPY", "1623"),
            ("10.50", "EUR", "1", "JPY", "10"),
            ("11.50", "EUR", "1", "JPY", "12"),
            ("1.00", "EUR", "0.3301", "KWD", "0.330"),
            ("1.000", "KWD", "3.02945", "EUR", "3.03"),
        ] {
            assert_eq!(converted(amount, from, rate, to), expected, "{amount} {from} at {rate}");
        }
    }

    #[test]
    fn a_rate_is_an_exact_decimal() {
        for (text, shown) in [("1.0837", "1.0837"), ("162", "162"), ("1.50", "1.5"), ("0.0000000001", "0.0000000001")] {
            assert_eq!(Rate::parse(text).unwrap().to_string(), shown);
        }
        assert_eq!(Rate::parse("0.000"), Err(RateRefusal::Zero));
        for bad in ["", "-1", "1,5", "1e3", "0.00000000001", "1000000000", "99999999999999999999", "."] {
            assert!(matches!(Rate::parse(bad), Err(RateRefusal::Number(_))), "{bad}");
        }
    }

    #[test]
    fn rates_of_a_third_currency_are_crossed_exactly() {
        let rate = |text| Rate::parse(text).unwrap();
        for (first, second, crossed) in [
            ("1.1", "1", "0.9090909091"),
            ("1.1", "165", "150"),
            ("165", "1.1", "0.0066666667"),
            ("1", "1.0837", "1.0837"),
            ("4", "0.0000000002", "0.0000000000"),
            ("4", "0.0000000006", "0.0000000002"),
        ] {
            let expected = Rate::parse(crossed).ok();
            assert_eq!(Rate::between(rate(first), rate(second)), expected, "{first} {second}");
        }
        assert_eq!(Rate::between(rate("0.0000000001"), rate("900000000")), None);
    }

    #[test]
    fn what_is_too_large_is_refused() {
        let most = Amount::new(i64::MAX, currency("EUR"));
        assert_eq!(Rate::parse("2").unwrap().convert(most, currency("USD")), Err(AmountRefusal::TooLarge));
        assert_eq!(Rate::parse("900000000").unwrap().convert(most, currency("CLF")), Err(AmountRefusal::TooLarge));
    }

    proptest! {
        #[test]
        fn what_is_shown_is_read_back(scaled in 1..=i64::MAX.unsigned_abs()) {
            let rate = Rate { scaled };
            prop_assert_eq!(Rate::parse(&rate.to_string()), Ok(rate));
        }

        #[test]
        fn a_converted_amount_is_the_nearest(minor in -1_000_000_000_000_i64..1_000_000_000_000, scaled in 1..10_000_000_000_000_u64) {
            let converted = Rate { scaled }.convert(Amount::new(minor, currency("USD")), currency("EUR")).unwrap();
            let unit = 10_i128.pow(DECIMALS);
            let error = (i128::from(minor) * i128::from(scaled) - i128::from(converted.minor) * unit).abs();
            prop_assert!(error * 2 <= unit);
            prop_assert!(error * 2 < unit || converted.minor % 2 == 0);
        }
    }
}
