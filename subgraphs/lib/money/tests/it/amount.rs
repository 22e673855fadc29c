use money::{Amount, AmountRefusal, Currency, parse_hundredths};
use proptest::prelude::*;

use crate::{currency, euro, laws};

fn any_currency() -> impl Strategy<Value = Currency> {
    prop::sample::select(Currency::all().collect::<Vec<_>>())
}

/// An independent implementation of the rule: `-?digits(.digits)?` with at most `decimals` decimals.
fn is_decimal(text: &str, decimals: usize) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let parts: Vec<&str> = text.strip_prefix('-').unwrap_or(text).split('.').collect();
    match parts.as_slice() {
        [whole] => digits(whole),
        [whole, fraction] => digits(whole) && digits(fraction) && fraction.len() <= decimals,
        _ => false,
    }
}

proptest! {
    #![proptest_config(laws())]

    #[test]
    fn printing_and_parsing_are_inverse(minor: i64, currency in any_currency()) {
        let amount = Amount::new(minor, currency);
        prop_assert_eq!(Amount::parse(&amount.to_string(), currency), Ok(amount));
    }

    #[test]
    fn exactly_plain_decimals_are_accepted(text in "-?[0-9]{0,3}[0-9.,eE+ _-]{0,2}[0-9]{0,4}", currency in any_currency()) {
        let accepted = Amount::parse(&text, currency).is_ok();
        prop_assert_eq!(accepted, is_decimal(&text, currency.exponent() as usize), "{:?}", text);
    }

    #[test]
    fn no_text_breaks_the_parser(text in any::<String>(), currency in any_currency()) {
        let accepted = Amount::parse(&text, currency).is_ok();
        prop_assert!(!accepted || is_decimal(&text, currency.exponent() as usize), "{:?}", text);
        prop_assert!(parse_hundredths(&text).is_err() || is_decimal(&text, 2), "{:?}", text);
    }

    #[test]
    fn hundredths_are_read_exactly(hundredths in 0..=u64::MAX) {
        let text = format!("{}.{:02}", hundredths / 100, hundredths % 100);
        prop_assert_eq!(parse_hundredths(&text), Ok(hundredths));
    }

    #[test]
    fn sums_are_exact_or_refused(left: i64, right: i64) {
        let (a, b) = (Amount::new(left, euro()), Amount::new(right, euro()));
        let expected = |minor: Option<i64>| minor.map(|minor| Amount::new(minor, euro())).ok_or(AmountRefusal::TooLarge);
        prop_assert_eq!(a.checked_add(b), expected(left.checked_add(right)));
        prop_assert_eq!(a.checked_sub(b), expected(left.checked_sub(right)));
        prop_assert_eq!(a.checked_neg(), expected(left.checked_neg()));
    }
}

#[test]
fn amounts_print_exactly() {
    let cases = [
        (1234, "EUR", "12.34"),
        (-5, "EUR", "-0.05"),
        (0, "EUR", "0.00"),
        (1000, "JPY", "1000"),
        (-1, "JPY", "-1"),
        (1, "KWD", "0.001"),
        (-12_345, "CLF", "-1.2345"),
        (i64::MIN, "USD", "-92233720368547758.08"),
        (i64::MAX, "USD", "92233720368547758.07"),
    ];
    for (minor, code, text) in cases {
        assert_eq!(Amount::new(minor, currency(code)).to_string(), text);
    }
}

#[test]
fn missing_decimals_and_leading_zeros_are_fine() {
    for (text, minor) in
        [("12", 1200), ("12.3", 1230), ("007.5", 750), ("-0", 0), ("-0.00", 0), ("0.07", 7), ("19.99", 1999)]
    {
        assert_eq!(Amount::parse(text, euro()), Ok(Amount::new(minor, euro())), "{text}");
    }
    let zeros = "0".repeat(1000);
    assert_eq!(Amount::parse(&format!("{zeros}1"), euro()), Ok(Amount::new(100, euro())));
}

#[test]
fn each_refusal_has_its_own_reason() {
    let cases = [
        ("", AmountRefusal::Empty),
        ("   ", AmountRefusal::Empty),
        ("-", AmountRefusal::Empty),
        (" 5", AmountRefusal::Space),
        ("5 ", AmountRefusal::Space),
        ("1 000", AmountRefusal::Space),
        ("1\u{a0}000", AmountRefusal::Space),
        ("5\n", AmountRefusal::Space),
        ("+5", AmountRefusal::PlusSign),
        ("1e3", AmountRefusal::Exponent),
        ("1E3", AmountRefusal::Exponent),
        ("1,000", AmountRefusal::Separator),
        ("1,5", AmountRefusal::Separator),
        ("1_000", AmountRefusal::Separator),
        ("1'000", AmountRefusal::Separator),
        ("1’000", AmountRefusal::Separator),
        ("٣", AmountRefusal::ForeignDigit),
        ("１", AmountRefusal::ForeignDigit),
        ("½", AmountRefusal::ForeignDigit),
        (".5", AmountRefusal::DanglingPoint),
        ("5.", AmountRefusal::DanglingPoint),
        ("-.5", AmountRefusal::DanglingPoint),
        (".", AmountRefusal::DanglingPoint),
        ("1.2.3", AmountRefusal::NotDecimal),
        ("1..2", AmountRefusal::NotDecimal),
        ("--1", AmountRefusal::NotDecimal),
        ("1-", AmountRefusal::NotDecimal),
        ("−1", AmountRefusal::NotDecimal),
        ("abc", AmountRefusal::NotDecimal),
        ("NaN", AmountRefusal::NotDecimal),
        ("Infinity", AmountRefusal::NotDecimal),
        ("0x10", AmountRefusal::NotDecimal),
        ("€5", AmountRefusal::NotDecimal),
        ("1.005", AmountRefusal::TooManyDecimals { allowed: 2 }),
        ("1.000", AmountRefusal::TooManyDecimals { allowed: 2 }),
        ("92233720368547758.08", AmountRefusal::TooLarge),
        ("-92233720368547758.09", AmountRefusal::TooLarge),
        ("1000000000000000000000000000000000000000000000", AmountRefusal::TooLarge),
    ];
    for (text, reason) in cases {
        assert_eq!(Amount::parse(text, euro()), Err(reason), "{text:?}");
    }
}

#[test]
fn decimals_follow_the_currency() {
    let refused = |text, code| Amount::parse(text, currency(code)).unwrap_err();
    assert_eq!(refused("1.5", "JPY"), AmountRefusal::TooManyDecimals { allowed: 0 });
    assert_eq!(refused("1.5", "JPY").to_string(), "there must be no decimals");
    assert_eq!(refused("1.0001", "KWD").to_string(), "there must be at most 3 decimals");
    assert_eq!(Amount::parse("1.001", currency("KWD")).unwrap().minor, 1001);
}

#[test]
fn percent_and_weights_have_two_decimals_and_no_sign() {
    for (text, hundredths) in
        [("33.33", 3333), ("100", 10_000), ("0", 0), ("0.5", 50), ("184467440737095516.15", u64::MAX)]
    {
        assert_eq!(parse_hundredths(text), Ok(hundredths), "{text}");
    }
    let cases = [
        ("-1", AmountRefusal::Negative),
        ("-0", AmountRefusal::Negative),
        ("1.234", AmountRefusal::TooManyDecimals { allowed: 2 }),
        ("33,33", AmountRefusal::Separator),
        ("", AmountRefusal::Empty),
        ("184467440737095516.16", AmountRefusal::TooLarge),
    ];
    for (text, reason) in cases {
        assert_eq!(parse_hundredths(text), Err(reason), "{text:?}");
    }
}

#[test]
fn currencies_do_not_mix() {
    let (euro, dollar) = (Amount::new(1, euro()), Amount::new(1, currency("USD")));
    let refusal = euro.checked_add(dollar).unwrap_err();
    assert_eq!(refusal, AmountRefusal::CurrencyMismatch { left: euro.currency, right: dollar.currency });
    assert_eq!(refusal.to_string(), "EUR and USD cannot be added");
    assert_eq!(euro.checked_sub(dollar).unwrap_err(), refusal);
}
