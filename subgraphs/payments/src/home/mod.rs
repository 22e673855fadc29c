//! What one person is owed and owes over all groups. Everything here is made from the balances and settlements of the
//! groups, so that no total can disagree with a group's page.

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

/// One of the person's groups, as other subgraphs tell of it.
pub(crate) struct OwnGroup {
    /// Which group.
    pub(crate) id: GroupId,
    /// Its name.
    pub(crate) name: String,
    /// Whether its settlement may pass debts on.
    pub(crate) simplify: bool,
    /// Everyone in it.
    pub(crate) roster: Arc<Roster>,
    /// Its balances.
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
    /// Which group.
    pub(crate) id: GroupId,
    /// Its name.
    pub(crate) name: String,
    /// Whether its settlement may pass debts on.
    pub(crate) simplify: bool,
    /// The member that the person was.
    pub(crate) member: MemberId,
    /// The person's own balances.
    pub(crate) balances: Vec<Amount>,
    /// The proposed transfers from and to the person.
    pub(crate) transfers: Vec<Transfer<MemberId>>,
    /// Whom these transfers are with.
    pub(crate) people: Vec<MemberFacts>,
    /// All transfers that are proposed in the group.
    pub(crate) settlement: Arc<Settlement<MemberId>>,
}

/// All groups that a person is or was in.
pub(crate) struct Home(Vec<SettledGroup>);

/// Amounts by currency.
type Totals = BTreeMap<Currency, i64>;

impl SettledGroup {
    /// The group as this user sees it; `None` for somebody who is not in it.
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

    /// Whom the proposed transfers from and to the person are with, in the order of the group.
    fn people(&self) -> Vec<MemberFacts> {
        let with: BTreeSet<_> = self.transfers().flat_map(|transfer| [transfer.from, transfer.to]).collect();
        let members = self.group.roster.members.iter();
        members.filter(|other| other.member_id != self.member && with.contains(&other.member_id)).cloned().collect()
    }

    /// The user on the other side of a transfer, and what that user owes to the person (positive) or is owed.
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
    /// What the person is owed, less what the person owes, in each currency.
    pub(crate) fn balances(&self) -> Outcome<Vec<Amount>> {
        let mut totals = Totals::new();
        for net in self.present().flat_map(SettledGroup::nets) {
            add(&mut totals, net)?;
        }
        Ok(amounts(&totals))
    }

    /// For each other user, what the proposed transfers between the two add up to: positive is owed to the person.
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

    /// The groups that the person has left.
    pub(crate) fn former_groups(&self) -> Vec<FormerGroup> {
        let former = self.0.iter().filter(|group| group.left);
        former
            .map(|group| FormerGroup {
                id: group.group.id,
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
