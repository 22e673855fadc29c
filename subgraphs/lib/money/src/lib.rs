//! Exact money: the arithmetic of shared expenses, and nothing else.
//!
//! Amounts are whole minor units (cents) in an `i64`; every sum is checked and overflow is a refusal, never a wrap. There is
//! no float, clock, database or async here, and no idea of what a member is: members are any `M: Ord + Clone`.
//!
//! In reading order: [`currency`] and [`amount`] say what money is, [`split`] who owes what share of one expense, [`ledger`]
//! what the shares of many expenses and payments add up to, [`settle`] who should pay whom.

pub mod amount;
pub mod currency;
pub mod ledger;
pub mod settle;
pub mod split;

pub use amount::{Amount, AmountRefusal, parse_hundredths};
pub use currency::{Currency, UnknownCurrency};
pub use ledger::{Entry, Ledger, LedgerRefusal};
pub use settle::{SettleRefusal, Settlement, Transfer};
pub use split::{Item, Itemized, Split, SplitRefusal};
