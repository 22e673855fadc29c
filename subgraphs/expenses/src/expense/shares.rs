//! Computes the shares of an expense, and the key of the members who share it.

use std::collections::BTreeSet;

use contracts::{MemberId, event::MemberAmount};
use money::{Amount, Split, split::MOST_LINES};

use crate::refusal::Refusal;

/// Divides the total by `money::split`. The offset decides who gets the odd cents. It grows with every expense of the
/// same members, so that in the long run nobody is ahead of another by more than a cent or two. (A random order, such
/// as one derived from the id, drifts apart with the square root of the number of expenses.)
pub(crate) fn shares(
    split: &Split<MemberId>,
    total: Amount,
    rounding_offset: i64,
) -> Result<Vec<MemberAmount>, Refusal> {
    if split.lines() > MOST_LINES {
        return Err(Refusal::TooMany { field: "input.split", most: MOST_LINES });
    }
    let shares = money::split::split(total, split, rounding_offset.unsigned_abs()).map_err(Refusal::Split)?;
    Ok(shares.into_iter().map(|(member_id, amount_minor)| MemberAmount { member_id, amount_minor }).collect())
}

/// Returns a key of the set of members: the same for the same members in any order.
pub(crate) fn sharers(split: &Split<MemberId>) -> String {
    let members: BTreeSet<_> = split.members().into_iter().collect();
    let members: Vec<_> = members.iter().map(MemberId::to_string).collect();
    kit::digest(members.join(" ").as_bytes())
}
