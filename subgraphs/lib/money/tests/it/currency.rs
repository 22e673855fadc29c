use std::collections::BTreeSet;

use money::{Currency, UnknownCurrency};

use crate::currency;

#[test]
fn minor_units_are_those_of_the_standard() {
    let not_two = [
        (0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"),
        (3, "BHD IQD JOD KWD LYD OMR TND"),
        (4, "CLF UYW"),
    ];
    for (exponent, codes) in not_two {
        let there = Currency::all().filter(|currency| currency.exponent() == exponent).map(Currency::code);
        assert!(there.collect::<BTreeSet<_>>().into_iter().eq(codes.split(' ')), "{exponent}");
    }
    assert!(Currency::all().all(|currency| [0, 2, 3, 4].contains(&currency.exponent())));
    for code in "AUD BRL CHF CNY EUR GBP HUF INR MKD MRU SEK SLE USD XCG ZWG".split(' ') {
        assert_eq!(currency(code).exponent(), 2, "{code}");
    }
}

#[test]
fn what_cannot_be_counted_to_the_cent_is_unknown() {
    for code in ["XAU", "XAG", "XPT", "XPD", "XDR", "XTS", "XXX", "XSU", "XUA", "XBA"] {
        assert_eq!(Currency::from_code(code), Err(UnknownCurrency), "{code}");
    }
}

#[test]
fn a_code_is_exactly_three_capital_letters() {
    for code in ["", "eur", "Eur", " EUR", "EUR ", "EURO", "EU", "978", "€", "ＥＵＲ", "ZZZ"] {
        assert_eq!(Currency::from_code(code), Err(UnknownCurrency), "{code:?}");
    }
}

#[test]
fn every_currency_is_found_by_its_code() {
    let all: Vec<Currency> = Currency::all().collect();
    for currency in &all {
        assert_eq!(Currency::from_code(currency.code()), Ok(*currency));
    }
    assert!(all.len() > 150);
    assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len());
}

#[test]
fn currencies_are_sorted_and_shown_by_code() {
    let sorted: BTreeSet<Currency> = Currency::all().collect();
    let codes: Vec<&str> = sorted.iter().map(|currency| currency.code()).collect();
    assert!(codes.is_sorted());
    assert_eq!(format!("{0} {0:?} {0:>5}", currency("EUR")), "EUR EUR   EUR");
}
