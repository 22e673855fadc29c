//! Who owes whom in a group, asked of those who know: for what must not rest on what the router brings along.

mod operations;

use std::sync::Arc;

use contracts::{GroupId, MemberId, UserId, roster::Roster};
use money::{Settlement, Transfer};

pub(crate) use operations::Debts;

/// What is proposed in a group now, for somebody who is or was in it.
#[derive(Clone, Debug)]
pub(crate) struct GroupDebts {
    /// Which group.
    pub(crate) group: GroupId,
    /// Everyone in it.
    pub(crate) roster: Arc<Roster>,
    /// The member that the person is or was.
    pub(crate) member: MemberId,
    /// The transfers that are proposed.
    pub(crate) settlement: Arc<Settlement<MemberId>>,
    /// The version of the payments that it rests on.
    pub(crate) payments_version: i64,
}

impl GroupDebts {
    /// The proposed transfers between the person and this other user, whoever pays.
    pub(crate) fn between(&self, other: UserId) -> impl Iterator<Item = &Transfer<MemberId>> {
        let is_other = move |member| self.roster.member(member).is_some_and(|member| member.user_id == Some(other));
        self.settlement.transfers.iter().filter(move |transfer| {
            (transfer.from == self.member && is_other(transfer.to))
                || (transfer.to == self.member && is_other(transfer.from))
        })
    }

    /// What this member is to pay the person.
    pub(crate) fn owed_by(&self, debtor: MemberId) -> Vec<&Transfer<MemberId>> {
        let transfers = self.settlement.transfers.iter();
        transfers.filter(|transfer| transfer.from == debtor && transfer.to == self.member).collect()
    }

    /// Whether it is proposed that the person makes this transfer.
    pub(crate) fn proposes(&self, transfer: &Transfer<MemberId>) -> bool {
        transfer.from == self.member && self.settlement.transfers.contains(transfer)
    }

    /// The user behind a member.
    pub(crate) fn user_of(&self, member: MemberId) -> Option<UserId> {
        self.roster.member(member)?.user_id
    }
}
