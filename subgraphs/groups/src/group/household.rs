//! Members of a group who settle together, such as couples and families. Every member keeps an own balance.

use contracts::{HouseholdId, MemberId};
use serde::{Deserialize, Serialize};

/// Members who settle together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Household {
    #[serde(rename = "household_id")]
    pub(crate) id: HouseholdId,
    pub(crate) name: String,
    /// At least two when it was saved; members who have left stay in it.
    pub(crate) members: Vec<MemberId>,
}
