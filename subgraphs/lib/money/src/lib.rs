//! Exact arithmetic of shared expenses.
//!
//! Amounts are whole minor units (cents) in an `i64`. All sums are checked: overflow is a refusal and never wraps.
//! There is no float, clock, database or async here. A member is any `M: Ord + Clone`.
//!
//! In reading order: [`currency`] and [`amount`] define money, [`rate`] converts amounts, [`split`] computes the shares of
//! one expense, [`ledger`] sums expenses and payments, and [`settle`] proposes who should pay whom.

pub mod amount;
pub mod currency;
pub mod ledger;
pub mod rate;
pub mod settle;
pub mod split;

pub use amount::{Amount, AmountRefusal, parse_hundredths};
pub use currency::{Currency, UnknownCurrency};
pub use ledger::{Entry, Ledger, LedgerRefusal};
pub use rate::{Rate, RateRefusal};
pub use settle::{SettleRefusal, Settlement, Transfer};
pub use split::{Item, Itemized, Split, SplitRefusal};
