//! Debts that this subgraph asks other subgraphs for itself, for changes that must not trust the router's
//! representations.

mod operations;

use std::sync::Arc;

use contracts::{GroupId, MemberId, UserId, roster::Roster};
use money::{Settlement, Transfer};

pub(crate) use operations::Debts;

/// The present settlement of a group, for a present or former member.
#[derive(Clone, Debug)]
pub(crate) struct GroupDebts {
    pub(crate) group: GroupId,
    /// The roster.
    pub(crate) roster: Arc<Roster>,
    /// The member that the person is or was.
    pub(crate) member: MemberId,
    /// The settlement.
    pub(crate) settlement: Arc<Settlement<MemberId>>,
    /// The version of the payments that it is based on.
    pub(crate) payments_version: i64,
}

impl GroupDebts {
    /// Iterates over the proposed transfers between the person and this other user, in either direction.
    pub(crate) fn between(&self, other: UserId) -> impl Iterator<Item = &Transfer<MemberId>> {
        let is_other = move |member| self.roster.member(member).is_some_and(|member| member.user_id == Some(other));
        self.settlement.transfers.iter().filter(move |transfer| {
            (transfer.from == self.member && is_other(transfer.to))
                || (transfer.to == self.member && is_other(transfer.from))
        })
    }

    /// Returns the transfers that this member is to make to the person.
    pub(crate) fn owed_by(&self, debtor: MemberId) -> Vec<&Transfer<MemberId>> {
        let transfers = self.settlement.transfers.iter();
        transfers.filter(|transfer| transfer.from == debtor && transfer.to == self.member).collect()
    }

    /// Whether the settlement has this transfer, made by the person.
    pub(crate) fn proposes(&self, transfer: &Transfer<MemberId>) -> bool {
        transfer.from == self.member && self.settlement.transfers.contains(transfer)
    }

    /// The account of a member; `None` for a guest.
    pub(crate) fn user_of(&self, member: MemberId) -> Option<UserId> {
        self.roster.member(member)?.user_id
    }
}
