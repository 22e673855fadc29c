//! Currencies of ISO 4217, from the table kept by the crate `iso_currency`.

use std::{cmp::Ordering, fmt};

use iso_currency::IntoEnumIterator;

/// A currency of ISO 4217 that amounts can be counted in.
///
/// Codes without a minor unit in the standard cannot be counted to the cent and are unknown here: metals (`XAU`), units of
/// account (`XDR`), test and none (`XTS`, `XXX`). Superseded currencies (`HRK`) stay, since old expenses are in them.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Currency {
    iso: iso_currency::Currency,
    exponent: u32,
}

/// The text is not the code of a currency that amounts can be counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a currency code of ISO 4217: three capital letters such as EUR")]
pub struct UnknownCurrency;

impl Currency {
    /// The currency of an alphabetic code, exactly as the standard writes it: `EUR`, never `eur` or ` EUR`.
    pub fn from_code(code: &str) -> Result<Self, UnknownCurrency> {
        iso_currency::Currency::from_code(code).and_then(Self::from_iso).ok_or(UnknownCurrency)
    }

    /// The alphabetic code: `EUR`.
    pub fn code(self) -> &'static str {
        self.iso.code()
    }

    /// The number of decimals of the minor unit: 2 for `EUR`, 0 for `JPY`, 3 for `KWD`; 4 is the most there is.
    pub fn exponent(self) -> u32 {
        self.exponent
    }

    /// Whether people spend it today: neither superseded nor a fund or a unit of account.
    pub fn is_in_use(self) -> bool {
        self.iso.is_superseded().is_none() && self.iso.flags().is_empty()
    }

    /// Every currency there is.
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
