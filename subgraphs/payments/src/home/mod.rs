//! A person's balances over all groups. Everything is computed from the groups' balances and settlements, so that
//! totals agree with the groups.

mod operations;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use contracts::{GroupId, MemberId, UserId, event::MemberFacts, roster::Roster};
use kit::{Failure, Outcome};
use money::{Amount, Currency, Settlement, Transfer};

use crate::balance::GroupBalances;

pub(crate) use operations::Homes;

/// One of the person's groups, as the router provides it.
pub(crate) struct OwnGroup {
    pub(crate) id: GroupId,
    pub(crate) name: String,
    /// Whether its settlement simplifies debts.
    pub(crate) simplify: bool,
    pub(crate) roster: Arc<Roster>,
    pub(crate) balances: Arc<GroupBalances>,
}

/// One of the person's groups with its settlement.
pub(crate) struct SettledGroup {
    group: OwnGroup,
    member: MemberId,
    left: bool,
    settlement: Arc<Settlement<MemberId>>,
}

/// A group that the person has left.
pub(crate) struct FormerGroup {
    pub(crate) roster: Arc<Roster>,
    pub(crate) name: String,
    /// Whether its settlement simplifies debts.
    pub(crate) simplify: bool,
    /// The member that the person was.
    pub(crate) member: MemberId,
    /// The person's own balances.
    pub(crate) balances: Vec<Amount>,
    /// The proposed transfers from and to the person.
    pub(crate) transfers: Vec<Transfer<MemberId>>,
    /// The other members of these transfers.
    pub(crate) people: Vec<MemberFacts>,
    /// All proposed transfers of the group.
    pub(crate) settlement: Arc<Settlement<MemberId>>,
}

/// All present and former groups of a person.
pub(crate) struct Home(Vec<SettledGroup>);

/// Amounts in minor units per currency.
type Totals = BTreeMap<Currency, i64>;

impl SettledGroup {
    /// Returns the group from this user's point of view; `None` for somebody who is not a member.
    fn new(user: UserId, group: OwnGroup, settlement: Arc<Settlement<MemberId>>) -> Option<Self> {
        let own = group.roster.members.iter().find(|member| member.user_id == Some(user))?;
        let (member, left) = (own.member_id, own.left);
        Some(Self { group, member, left, settlement })
    }

    fn nets(&self) -> impl Iterator<Item = Amount> {
        let nets = self.group.balances.ledger.nets.iter();
        nets.filter(|((member, _), _)| *member == self.member)
            .map(|((_, currency), minor)| Amount::new(*minor, *currency))
    }

    /// The proposed transfers from and to the person.
    fn transfers(&self) -> impl Iterator<Item = &Transfer<MemberId>> {
        self.settlement.transfers.iter().filter(|transfer| [transfer.from, transfer.to].contains(&self.member))
    }

    /// Returns the other members of these transfers, in the order of the roster.
    fn people(&self) -> Vec<MemberFacts> {
        let with: BTreeSet<_> = self.transfers().flat_map(|transfer| [transfer.from, transfer.to]).collect();
        let members = self.group.roster.members.iter();
        members.filter(|other| other.member_id != self.member && with.contains(&other.member_id)).cloned().collect()
    }

    /// Returns the user on the other side of a transfer, with the amount; positive if the person receives it.
    fn with_other(&self, transfer: &Transfer<MemberId>) -> Option<(UserId, Amount)> {
        let (other, minor) = if transfer.to == self.member {
            (transfer.from, transfer.amount.minor)
        } else {
            (transfer.to, -transfer.amount.minor)
        };
        let user = self.group.roster.member(other)?.user_id?;
        Some((user, Amount::new(minor, transfer.amount.currency)))
    }
}

impl Home {
    /// Returns what the person is owed less what the person owes, per currency.
    pub(crate) fn balances(&self) -> Outcome<Vec<Amount>> {
        let mut totals = Totals::new();
        for net in self.present().flat_map(SettledGroup::nets) {
            add(&mut totals, net)?;
        }
        Ok(amounts(&totals))
    }

    /// Returns the sum of the proposed transfers per other user; positive if the person is owed.
    pub(crate) fn friend_balances(&self) -> Outcome<Vec<(UserId, Vec<Amount>)>> {
        let mut totals: BTreeMap<UserId, Totals> = BTreeMap::new();
        for group in self.present() {
            for (user, amount) in group.transfers().filter_map(|transfer| group.with_other(transfer)) {
                add(totals.entry(user).or_default(), amount)?;
            }
        }
        for totals in totals.values_mut() {
            totals.retain(|_, minor| *minor != 0);
        }
        totals.retain(|_, totals| !totals.is_empty());
        Ok(totals.into_iter().map(|(user, totals)| (user, amounts(&totals))).collect())
    }

    /// Returns the groups that the person has left.
    pub(crate) fn former_groups(&self) -> Vec<FormerGroup> {
        let former = self.0.iter().filter(|group| group.left);
        former
            .map(|group| FormerGroup {
                roster: Arc::clone(&group.group.roster),
                name: group.group.name.clone(),
                simplify: group.group.simplify,
                member: group.member,
                balances: group.nets().collect(),
                transfers: group.transfers().cloned().collect(),
                people: group.people(),
                settlement: Arc::clone(&group.settlement),
            })
            .collect()
    }

    fn present(&self) -> impl Iterator<Item = &SettledGroup> {
        self.0.iter().filter(|group| !group.left)
    }
}

fn add(totals: &mut Totals, amount: Amount) -> Outcome<()> {
    let total = totals.entry(amount.currency).or_insert(0);
    *total = total.checked_add(amount.minor).ok_or_else(|| Failure::internal("a total does not fit 64 bits"))?;
    Ok(())
}

fn amounts(totals: &Totals) -> Vec<Amount> {
    totals.iter().map(|(currency, minor)| Amount::new(*minor, *currency)).collect()
}
