//! Collecting and reading spending. Each read about a group takes a [`Membership`], the proof that groups has
//! authorised the caller.

use std::{collections::HashMap, sync::Arc};

use contracts::{Event, GroupId, MemberId};
use kit::{Outcome, mongo::Write, role::Resources};

use super::{
    expense::Expense,
    month::{Month, Range},
    report::{GroupReport, SpendingReport, Spent},
    store::{DaysOf, SpendingStore},
    sums::deltas,
    table,
    week::{WeekRange, WeekTotal, weeks},
};
use crate::{
    config::Config,
    directory::{Directory, Membership, groups, members},
};

/// The service for spending.
pub(crate) struct Spending {
    store: SpendingStore,
    directory: Arc<Directory>,
}

impl Spending {
    pub(crate) fn new(resources: &Resources<Config>, directory: Arc<Directory>) -> Self {
        Self { store: SpendingStore::new(&resources.database), directory }
    }

    /// Creates the indexes.
    pub(crate) async fn prepare(&self) -> Outcome<()> {
        self.store.prepare().await
    }

    /// Removes what was collected.
    pub(crate) async fn clear(&self) -> Outcome<()> {
        self.store.clear().await
    }

    /// Returns the writes for an event. An event contains the whole expense before and after the change, so the changes
    /// of the sums follow from the event alone.
    pub(crate) fn collect(&self, event: &Event) -> Outcome<Vec<Write>> {
        let expense = match event {
            Event::ExpenseCreated(expense) => Expense::of(expense),
            Event::ExpenseUpdated(change) | Event::ExpenseRestored(change) => Expense::of(&change.after),
            Event::ExpenseDeleted(change) => Expense::of(&change.after).deleted(),
            _ => return Ok(Vec::new()),
        };
        let mut writes = vec![self.store.put(&expense)?];
        for (key, delta) in deltas(event) {
            writes.push(SpendingStore::add(&key, &delta));
        }
        Ok(writes)
    }

    /// Returns the reports of these groups.
    pub(crate) async fn group_reports(
        &self,
        memberships: &[Membership],
        range: Range,
    ) -> Outcome<HashMap<GroupId, Outcome<GroupReport>>> {
        let figures = self.store.figures(&groups(memberships), range).await?;
        Ok(figures.iter().map(|(group, figures)| (*group, GroupReport::of(figures, range))).collect())
    }

    /// Returns the report of the caller's own shares in these groups.
    pub(crate) async fn own_report(&self, memberships: &[Membership], range: Range) -> Outcome<SpendingReport> {
        let shares = self.store.shares(&members(memberships), range).await?;
        SpendingReport::of(&shares, range)
    }

    /// Returns the report of a group as CSV.
    pub(crate) async fn group_table(&self, membership: Membership, range: Range) -> Outcome<String> {
        let group = membership.group();
        let figures = self.store.figures(&[group], range).await?.remove(&group).unwrap_or_default();
        let weeks = self.weeks_within(DaysOf::Groups(&[group]), range).await?;
        let names = self.directory.names(&[group], &[]).await?;
        table::of_group(&GroupReport::of(&figures, range)?, &weeks, |member| names.member(group, member).to_owned())
    }

    /// Returns the report of the caller's own shares in these groups as CSV.
    pub(crate) async fn own_table(&self, memberships: &[Membership], range: Range) -> Outcome<String> {
        let names = self.directory.names(&groups(memberships), &[]).await?;
        let weeks = self.weeks_within(DaysOf::Members(&members(memberships)), range).await?;
        table::of_person(&self.own_report(memberships, range).await?, &weeks, &names)
    }

    /// Returns the weeks of a group.
    pub(crate) async fn group_weeks(&self, membership: Membership, range: WeekRange) -> Outcome<Vec<WeekTotal>> {
        weeks(&self.store.days(DaysOf::Groups(&[membership.group()]), range).await?, range)
    }

    /// Returns the weeks of the caller's own shares in these groups.
    pub(crate) async fn own_weeks(&self, memberships: &[Membership], range: WeekRange) -> Outcome<Vec<WeekTotal>> {
        weeks(&self.store.days(DaysOf::Members(&members(memberships)), range).await?, range)
    }

    /// Returns the weeks of a range that has two ends and is not too long for them, else none.
    async fn weeks_within(&self, of: DaysOf<'_>, range: Range) -> Outcome<Vec<WeekTotal>> {
        let ends = range.from().zip(range.to());
        match ends.and_then(|(from, to)| WeekRange::new(from, to).ok()) {
            Some(range) => weeks(&self.store.days(of, range).await?, range),
            None => Ok(Vec::new()),
        }
    }

    /// Returns the expenses of a group in a month, in the order of their days; `most` of them at most.
    pub(crate) async fn expenses_in(&self, membership: Membership, month: Month, most: i64) -> Outcome<Vec<Expense>> {
        self.store.expenses_in(membership.group(), month, most).await
    }

    /// Returns the spending of a group in a month, by category and currency.
    pub(crate) async fn of_group_in(&self, group: GroupId, month: Month) -> Outcome<Vec<Spent>> {
        let mut figures = self.store.figures(&[group], Range::of(month)).await?;
        Ok(figures.remove(&group).map(|figures| figures.spent).unwrap_or_default())
    }

    /// Returns the sums of these members' shares in a month, by group, category and currency.
    pub(crate) async fn of_members_in(&self, members: &[(GroupId, MemberId)], month: Month) -> Outcome<Vec<Spent>> {
        self.store.shares(members, Range::of(month)).await
    }
}
