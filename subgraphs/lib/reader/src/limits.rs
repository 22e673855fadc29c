//! The limits of a reading and of the expense that is made from it.

use chrono::Days;

/// The maximum length of a description, in characters.
pub const LONGEST_DESCRIPTION: usize = 200;

/// The maximum length of a category, in characters.
pub const LONGEST_CATEGORY: usize = 40;

/// The maximum length of an item's name, in characters.
pub const LONGEST_NAME: usize = 100;

/// The first year that an expense can be in.
pub const FIRST_YEAR: i32 = 2000;

/// How far in the future an expense can be.
pub const DAYS_AHEAD: Days = Days::new(366);

/// The largest total in minor units. The sum of a million of them still fits an `i64`.
pub const LARGEST_TOTAL: u64 = 10_u64.pow(12);
