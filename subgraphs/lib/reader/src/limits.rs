//! What a reading, and the expense that is made of it, may hold at most.

use chrono::Days;

/// In characters.
pub const LONGEST_DESCRIPTION: usize = 200;

/// In characters.
pub const LONGEST_CATEGORY: usize = 40;

/// The name of an item, in characters.
pub const LONGEST_NAME: usize = 100;

/// Nothing was spent before this year.
pub const FIRST_YEAR: i32 = 2000;

/// How far in the future something may be spent.
pub const DAYS_AHEAD: Days = Days::new(366);

/// The largest total in minor units: a million of them still fit an `i64`.
pub const LARGEST_TOTAL: u64 = 10_u64.pow(12);
