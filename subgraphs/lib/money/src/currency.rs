//! Currencies of ISO 4217, from the table of the crate `iso_currency`.

use std::{cmp::Ordering, fmt};

use iso_currency::IntoEnumIterator;

/// A currency of ISO 4217 that has a minor unit.
///
/// Codes for which the standard defines no minor unit are not accepted: metals (`XAU`), units of account (`XDR`), test
/// and no currency (`XTS`, `XXX`). Superseded currencies (`HRK`) are accepted, because old expenses use them.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Currency {
    iso: iso_currency::Currency,
    exponent: u32,
}

/// The text is not the code of a currency with a minor unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a currency code of ISO 4217: three capital letters such as EUR")]
pub struct UnknownCurrency;

impl Currency {
    /// Returns the currency with this alphabetic code, exactly as in the standard: `EUR`, not `eur` or ` EUR`.
    pub fn from_code(code: &str) -> Result<Self, UnknownCurrency> {
        iso_currency::Currency::from_code(code).and_then(Self::from_iso).ok_or(UnknownCurrency)
    }

    /// The alphabetic code: `EUR`.
    pub fn code(self) -> &'static str {
        self.iso.code()
    }

    /// The number of decimals of the minor unit: 2 for `EUR`, 0 for `JPY`, 3 for `KWD`. The maximum is 4.
    pub fn exponent(self) -> u32 {
        self.exponent
    }

    /// Whether people pay in it today: it is neither superseded nor a fund or a unit of account.
    pub fn is_in_use(self) -> bool {
        self.iso.is_superseded().is_none() && self.iso.flags().is_empty()
    }

    /// All accepted currencies.
    pub fn all() -> impl Iterator<Item = Self> {
        iso_currency::Currency::iter().filter_map(Self::from_iso)
    }

    fn from_iso(iso: iso_currency::Currency) -> Option<Self> {
        let exponent = u32::from(iso.exponent()?);
        Some(Self { iso, exponent })
    }
}

impl Ord for Currency {
    fn cmp(&self, other: &Self) -> Ordering {
        self.code().cmp(other.code())
    }
}

impl PartialOrd for Currency {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}
