//! Use cases of expenses. Each follows the same steps: authorise, load, decide, store, return.

use std::{collections::HashMap, sync::Arc};

use contracts::{
    Event, ExpenseId, GroupId, MemberId, Timestamp, Trace,
    ask::Asker,
    event::{ExpenseChange, MemberAmount},
    ledger::GroupLedger,
    ledgers::LedgerOfGroup,
    nets::NetRow,
    roster::{Membership, Roster, Rosters, membership},
};
use kit::{
    Caller, Clock, Code, Failure, Outcome,
    gather::Gather,
    graphql::{Page, PageRequest},
    journal::{Change, Committed, Head, IdempotencyKey, Journal},
    mongo::Write,
    settings::{ExposeSecret, SecretString},
    text::note,
};
use money::{Amount, Currency, Split};
use reader::limits::LONGEST_DESCRIPTION;
use serde_json::Value;
use uuid::Uuid;

use super::{
    Author, Expense, NewExpense, OTHER,
    edit::Edit,
    filter::Filter,
    posting::postings,
    shares::{sharers, shares},
    store::ExpenseStore,
    suggested_category,
};
use crate::refusal::Refusal;

/// An idempotency key with the request it stands for, so that a reuse of the key for another request is detected.
pub(crate) struct Request {
    pub(crate) idempotency_key: String,
    pub(crate) body: Value,
}

/// An optimistic lock: the version of an expense that a change is based on.
#[derive(Clone, Copy)]
pub(crate) struct ExpectedVersion {
    pub(crate) id: ExpenseId,
    pub(crate) version: i64,
}

/// The event that triggered the consumer.
#[derive(Clone, Copy)]
pub(crate) struct Cause {
    pub(crate) event: Uuid,
    pub(crate) trace: Trace,
}

/// The service for expenses.
pub(crate) struct Expenses {
    pub(crate) store: ExpenseStore,
    pub(crate) journal: Arc<Journal<GroupLedger>>,
    pub(crate) rosters: Arc<dyn Rosters>,
    pub(crate) service_key: SecretString,
    pub(crate) clock: Clock,
    pub(crate) asked: Gather<GroupId, Option<Arc<Roster>>>,
}

impl Expenses {
    /// Creates an expense, once per idempotency key.
    pub(crate) async fn create(&self, caller: &Caller, new: NewExpense, request: &Request) -> Outcome<Expense> {
        let user = caller.user()?;
        let sharers = sharers(&new.split);
        let (membership, rounding_offset) =
            tokio::join!(self.membership(caller, new.group_id), self.rounding_offset(&sharers));
        let (membership, id) = (membership?, ExpenseId::new());
        let key = IdempotencyKey::new(user, "createExpense", &request.idempotency_key, &request.body, id.0)?;
        match Expense::new(id, new, rounding_offset?, &self.author(caller, &membership)) {
            Ok(expense) => self.add(caller, expense, key, Vec::new()).await,
            // What was created earlier is not refused because it could not be created any more.
            Err(refusal) => match self.journal.earlier_result(&key).await? {
                Some(made) => self.made(made).await,
                None => Err(refusal.into()),
            },
        }
    }

    /// Updates an expense. The edit is read once the currency of the group is known.
    pub(crate) async fn update(
        &self,
        caller: &Caller,
        expected: ExpectedVersion,
        edit: impl FnOnce(Currency) -> Outcome<Edit>,
    ) -> Outcome<Expense> {
        let (before, membership) = self.changeable(caller, expected).await?;
        let editor = self.author(caller, &membership);
        let after = before.edited(edit(before.total.currency)?, &editor)?;
        self.change(caller, Event::ExpenseUpdated, (&before, after), &membership, Vec::new()).await
    }

    /// Deletes an expense; it can be restored.
    pub(crate) async fn delete(&self, caller: &Caller, expected: ExpectedVersion) -> Outcome<Expense> {
        let (before, membership) = self.changeable(caller, expected).await?;
        let after = before.deleted(&self.author(caller, &membership))?;
        self.change(caller, Event::ExpenseDeleted, (&before, after), &membership, Vec::new()).await
    }

    /// Restores a deleted expense.
    pub(crate) async fn restore(&self, caller: &Caller, expected: ExpectedVersion) -> Outcome<Expense> {
        let (before, membership) = self.changeable(caller, expected).await?;
        let after = before.restored(&self.author(caller, &membership))?;
        self.change(caller, Event::ExpenseRestored, (&before, after), &membership, Vec::new()).await
    }

    /// Returns the shares that a split of a new expense would give.
    pub(crate) async fn preview(
        &self,
        caller: &Caller,
        total: Amount,
        split: &Split<MemberId>,
    ) -> Outcome<Vec<MemberAmount>> {
        caller.user()?;
        let rounding_offset = self.rounding_offset(&sharers(split)).await?;
        Ok(shares(split, total, rounding_offset)?)
    }

    /// Returns the category suggested for a description.
    pub(crate) fn suggest_category(&self, caller: &Caller, description: &str) -> Outcome<&'static str> {
        caller.user()?;
        let description = note("description", Some(description), LONGEST_DESCRIPTION)?;
        Ok(description.map_or(OTHER, |description| suggested_category(&description)))
    }

    /// Returns an expense, for present and former members of its group.
    pub(crate) async fn find(&self, caller: &Caller, id: ExpenseId) -> Outcome<Expense> {
        caller.user()?;
        let expense = self.store.find(id).await?.ok_or(Refusal::ExpenseNotFound)?;
        self.roster(caller, expense.group_id).await?;
        Ok(expense)
    }

    /// Returns a page of the expenses of these groups. The resolvers of the groups have checked that the caller may see
    /// them.
    pub(crate) async fn of_groups(
        &self,
        groups: &[GroupId],
        filter: &Filter,
        request: &PageRequest,
    ) -> Outcome<Page<Expense>> {
        self.store.newest_of(groups, filter, request).await
    }

    /// Returns the expense nets of a group at a moment; empty if the caller may not see the group.
    pub(crate) async fn nets_at(&self, caller: &Caller, group: GroupId, at: Timestamp) -> Outcome<Vec<NetRow>> {
        let may_see = caller.is_service || self.rosters.rosters(&caller.asker()?, &[group]).await?.contains_key(&group);
        if may_see { self.journal.snapshot_at(group.0, at).await } else { Ok(Vec::new()) }
    }

    /// Returns the present expense nets of groups, for other subgraphs only; omits groups without expenses.
    pub(crate) async fn ledgers(&self, caller: &Caller, groups: &[GroupId]) -> Outcome<Vec<LedgerOfGroup>> {
        if !caller.is_service {
            return Err(Failure::unauthenticated());
        }
        let streams: Vec<_> = groups.iter().map(|group| group.0).collect();
        let of_group = |head: Arc<Head<GroupLedger>>| {
            let head = Arc::unwrap_or_clone(head);
            let group_id = head.stream.parse().map_err(Failure::internal)?;
            let Head { version, ledger_version, ledger, .. } = head;
            Ok(LedgerOfGroup { group_id, version, ledger_version: Some(ledger_version), ledger })
        };
        self.journal.heads(&streams).await?.into_iter().map(of_group).collect()
    }

    /// Returns how many expenses these members have shared; decides who gets the odd cents of their next one.
    pub(crate) async fn rounding_offset(&self, sharers: &str) -> Outcome<i64> {
        self.store.count_of_sharers(sharers).await
    }

    /// Creates and validates an expense without saving it.
    pub(crate) async fn prepared(
        &self,
        caller: &Caller,
        id: ExpenseId,
        new: NewExpense,
        membership: &Membership,
    ) -> Outcome<Expense> {
        let rounding_offset = self.rounding_offset(&sharers(&new.split)).await?;
        Ok(Expense::new(id, new, rounding_offset, &self.author(caller, membership))?)
    }

    /// Returns the rounding offset of the next expense with this split.
    pub(crate) async fn rounding_offset_of(&self, edit: &Edit) -> Outcome<i64> {
        match &edit.split {
            Some(split) => self.rounding_offset(&sharers(split)).await,
            None => Ok(0),
        }
    }

    /// Returns the writes that store a new expense.
    pub(crate) fn writes_of_new(&self, expense: &Expense) -> Outcome<[Write; 2]> {
        Ok([self.store.add(expense)?, self.store.count_sharers(expense)])
    }

    /// Commits a new expense together with other writes, once per idempotency key.
    pub(crate) async fn add(
        &self,
        caller: &Caller,
        expense: Expense,
        key: IdempotencyKey,
        others: Vec<Write>,
    ) -> Outcome<Expense> {
        let event = Event::ExpenseCreated(expense.facts());
        let postings = postings(&event)?;
        let change = Change::new(expense.group_id.0, event)
            .by(caller)
            .posting(postings)
            .writing(self.writes_of_new(&expense)?)
            .writing(others)
            .once(key);
        match self.journal.commit(change).await? {
            Committed::Applied { .. } => Ok(expense),
            Committed::AlreadyApplied(made) => self.made(made).await,
        }
    }

    /// Returns an expense in the expected version and the membership of a caller who may change it; refuses an outdated
    /// version.
    pub(crate) async fn changeable(
        &self,
        caller: &Caller,
        expected: ExpectedVersion,
    ) -> Outcome<(Expense, Membership)> {
        let (expense, membership) = self.with_membership(caller, expected.id).await?;
        if !expense.may_be_changed_by(membership.member.member_id, &membership.roster) {
            return Err(Refusal::OfAnother.into());
        }
        if expense.version != expected.version {
            return Err(Refusal::Stale { present: expense.version }.into());
        }
        Ok((expense, membership))
    }

    /// Commits the next version; refused if the expense was changed concurrently.
    pub(crate) async fn change(
        &self,
        caller: &Caller,
        kind: fn(ExpenseChange) -> Event,
        (before, after): (&Expense, Expense),
        membership: &Membership,
        others: Vec<Write>,
    ) -> Outcome<Expense> {
        let by = membership.member.member_id;
        let event = kind(ExpenseChange { before: before.facts(), after: after.facts(), by });
        let change = Change::new(after.group_id.0, event.clone()).by(caller).posting(postings(&event)?).writing(others);
        let (mut before, mut after) = (before.clone(), after);
        loop {
            let change = change.clone().writing([self.store.replace(&before, &after)?]);
            match self.journal.commit(change).await {
                Err(failure) if failure.is(Code::StaleVersion) => {
                    let present = self.store.find(after.id).await?;
                    let version = present.as_ref().map_or(after.version, |present| present.version);
                    // A comment that was written at the same moment is no reason to refuse the change.
                    let commented = present.filter(|present| present.is_only_commented_since(&before));
                    before = commented.ok_or(Refusal::Stale { present: version })?;
                    after = after.with_comments(before.commented.clone());
                }
                committed => return committed.map(|_| after),
            }
        }
    }

    /// Returns the expense that an earlier request with the same idempotency key created.
    pub(crate) async fn made(&self, id: Uuid) -> Outcome<Expense> {
        let expense = self.store.find(ExpenseId(id)).await?;
        expense.ok_or_else(|| Failure::internal("the expense of an idempotency key does not exist"))
    }

    /// Asks for a roster with the service key instead of a caller's token; `None` if the group no longer exists.
    pub(crate) async fn roster_for_service(&self, trace: Trace, group: GroupId) -> Outcome<Option<Roster>> {
        let asker = Asker::Service { key: self.service_key.expose_secret().to_owned(), trace };
        let mut rosters: HashMap<_, _> = self.rosters.rosters(&asker, &[group]).await?;
        Ok(rosters.remove(&group))
    }

    /// Returns the roster of a group for a caller who only reads, `None` if the caller is not a member. One question is
    /// for all who read at the same moment, as when everybody who watches the group is told of a change.
    pub(crate) async fn roster_seen_by(&self, caller: &Caller, group: GroupId) -> Outcome<Option<Arc<Roster>>> {
        let user = caller.user()?;
        let ask = || async { Ok(self.roster_for_service(caller.trace, group).await?.map(Arc::new)) };
        let roster = self.asked.load(group, ask).await?;
        Ok(roster.filter(|roster| roster.active_member_of(user).is_some()))
    }

    /// Returns an expense and the membership of a caller who may change the group.
    pub(crate) async fn with_membership(&self, caller: &Caller, id: ExpenseId) -> Outcome<(Expense, Membership)> {
        caller.user()?;
        let expense = self.store.find(id).await?.ok_or(Refusal::ExpenseNotFound)?;
        let membership = self
            .membership(caller, expense.group_id)
            .await
            .map_err(|failure| failure.hidden_as(Code::GroupNotFound, Refusal::ExpenseNotFound))?;
        Ok((expense, membership))
    }

    /// Returns the caller as the author of a change made now.
    pub(crate) fn author<'a>(&self, caller: &Caller, membership: &'a Membership) -> Author<'a> {
        let now = self.clock.now();
        Author::at(now, caller.today(now), membership)
    }

    /// Returns the membership of a caller who is about to change the group, by asking groups without a cache.
    pub(crate) async fn membership(&self, caller: &Caller, group: GroupId) -> Outcome<Membership> {
        Ok(membership(&*self.rosters, &caller.asker()?, caller.user()?, group).await?)
    }

    async fn roster(&self, caller: &Caller, group: GroupId) -> Outcome<Roster> {
        let mut rosters = self.rosters.rosters(&caller.asker()?, &[group]).await?;
        rosters.remove(&group).ok_or_else(|| Refusal::ExpenseNotFound.into())
    }
}
