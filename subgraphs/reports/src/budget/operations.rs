//! Setting and reading budgets, and notifying owners of budgets that are spent or nearly spent.

use std::{
    collections::{BTreeSet, HashSet},
    sync::Arc,
};

use contracts::{
    Envelope, Event, GroupId, MemberId, UserId,
    event::{ExpenseFacts, MemberFacts},
};
use kit::{Caller, Clock, Outcome, role::Resources};
use money::Amount;
use uuid::Uuid;

use super::{Budget, Level, Owner, Progress, store::BudgetStore};
use crate::{
    activity::{Activity, Deed},
    config::Config,
    delivery::Deliveries,
    directory::{Directory, Membership, members},
    mail::MailChannel,
    notification::{Notification, Notifications, Recipient},
    push::PushChannel,
    refusal::Refusal,
    spending::{Month, Spending, Spent},
};

/// The maximum number of budgets per owner.
const MOST_BUDGETS: usize = 50;

/// The service for budgets.
pub(crate) struct Budgets {
    store: BudgetStore,
    spending: Arc<Spending>,
    directory: Arc<Directory>,
    notifications: Arc<Notifications>,
    mails: Arc<Deliveries<MailChannel>>,
    pushes: Arc<Deliveries<PushChannel>>,
    clock: Clock,
}

impl Budgets {
    pub(crate) fn new(
        resources: &Resources<Config>,
        spending: &Arc<Spending>,
        directory: &Arc<Directory>,
        notifications: &Arc<Notifications>,
        mails: &Arc<Deliveries<MailChannel>>,
        pushes: &Arc<Deliveries<PushChannel>>,
    ) -> Self {
        Self {
            store: BudgetStore::new(&resources.database),
            spending: Arc::clone(spending),
            directory: Arc::clone(directory),
            notifications: Arc::clone(notifications),
            mails: Arc::clone(mails),
            pushes: Arc::clone(pushes),
            clock: resources.clock.clone(),
        }
    }

    /// Creates the indexes.
    pub(crate) async fn prepare(&self) -> Outcome<()> {
        self.store.prepare().await
    }

    /// Returns the budgets of the membership's group, with the spending of the month that it is for the caller.
    pub(crate) async fn of_group(&self, caller: &Caller, membership: Membership) -> Outcome<Vec<Progress>> {
        self.of(caller, Owner::Group(membership.group()), &[membership]).await
    }

    /// Returns a person's own budgets, with the spending of the month that it is for the caller. `memberships` are the
    /// person's.
    pub(crate) async fn of_user(
        &self,
        caller: &Caller,
        user: UserId,
        memberships: &[Membership],
    ) -> Outcome<Vec<Progress>> {
        self.of(caller, Owner::User(user), memberships).await
    }

    /// Sets a budget of the caller, or of a group of which the caller is a member. Replaces the budget for the same
    /// category and currency.
    pub(crate) async fn set(
        &self,
        caller: &Caller,
        group: Option<GroupId>,
        category: Option<&str>,
        limit: Amount,
    ) -> Outcome<Progress> {
        let owner = group.map_or(Owner::User(caller.user()?), Owner::Group);
        let memberships = self.memberships(caller, owner).await?.ok_or(Refusal::GroupNotFound)?;
        let budget = Budget::new(owner, category, limit, self.clock.now())?;
        let others = self.store.of(owner).await?;
        if others.len() >= MOST_BUDGETS && others.iter().all(|other| other.id != budget.id) {
            return Err(Refusal::TooManyBudgets { most: MOST_BUDGETS }.into());
        }
        self.store.put(&budget).await?;
        let month = self.month(caller);
        let spent = self.spent(owner, &members(&memberships), month).await?;
        Progress::new(budget, month, &spent)
    }

    /// Removes a budget of the caller, or of a group of which the caller is a member.
    pub(crate) async fn remove(&self, caller: &Caller, id: &str) -> Outcome<()> {
        caller.user()?;
        let owner = Owner::of_budget(id).ok_or(Refusal::BudgetNotFound)?;
        self.memberships(caller, owner).await?.ok_or(Refusal::BudgetNotFound)?;
        if self.store.remove(id).await? { Ok(()) } else { Err(Refusal::BudgetNotFound.into()) }
    }

    /// Returns the ids of those of these events for which [`Self::follow`] has something to do. Asks twice, however many
    /// events there are: few people have budgets.
    pub(crate) async fn concerned_by(&self, envelopes: &[Arc<Envelope>]) -> Outcome<HashSet<Uuid>> {
        let expenses: Vec<(Uuid, &ExpenseFacts)> =
            envelopes.iter().filter_map(|envelope| Some((envelope.id, counted(&envelope.event)?))).collect();
        let groups: BTreeSet<GroupId> = expenses.iter().map(|(_, expense)| expense.group_id).collect();
        let members = self.directory.members_in_each(&groups.into_iter().collect::<Vec<_>>()).await?;
        let owners_of = |expense: &ExpenseFacts| {
            owners(expense, members.get(&expense.group_id).map(Vec::as_slice).unwrap_or_default())
        };
        let all: BTreeSet<String> =
            expenses.iter().flat_map(|(_, expense)| owners_of(expense)).map(String::from).collect();
        let budgets = self.store.of_any(&all.into_iter().collect::<Vec<_>>()).await?;
        let is_budgeted = |expense: &ExpenseFacts| {
            let owners = owners_of(expense);
            budgets.iter().any(|budget| {
                budget.counts(&expense.category, expense.total.currency) && owners.contains(&budget.owner)
            })
        };
        let budgeted = expenses.iter().filter(|(_, expense)| is_budgeted(expense)).map(|(id, _)| *id);
        let deleted = envelopes.iter().filter(|envelope| matches!(envelope.event, Event::UserDeleted(_)));
        Ok(budgeted.chain(deleted.map(|envelope| envelope.id)).collect())
    }

    /// Notifies the owners of the budgets of which an expense has reached 80% or 100%. There is one notification per
    /// month, limit and level, because its id is derived from them. Idempotent: a repeated event changes nothing, and one
    /// from before a budget was set does not warn of it, as in a rebuild. Also removes the budgets of a deleted account.
    pub(crate) async fn follow(&self, envelope: &Envelope) -> Outcome<()> {
        if let Event::UserDeleted(user) = &envelope.event {
            return self.store.remove_of(Owner::User(user.user_id)).await;
        }
        let Some(expense) = counted(&envelope.event) else { return Ok(()) };
        let mut group = self.directory.members_in(expense.group_id).await?;
        group.retain(|member| !member.left);
        let owners = owners(expense, &group);
        let month = Month::of(expense.date);
        let budgets = self.store.counting(&owners, &expense.category, expense.total.currency).await?;
        for budget in budgets.into_iter().filter(|budget| budget.stood_at(envelope.time)) {
            let (members, to) = match budget.owner {
                Owner::Group(_) => {
                    (Vec::new(), group.iter().map(|member| Recipient::Member(member.member_id)).collect())
                }
                Owner::User(user) => (self.directory.members_of(user).await?, vec![Recipient::User(user)]),
            };
            let spent = self.spent(budget.owner, &members, month).await?;
            let progress = Progress::new(budget, month, &spent)?;
            if progress.level() != Level::Within {
                let warnings = warnings(envelope, expense.group_id, &progress, to);
                self.notifications.tell(&warnings).await?;
                self.mails.queue(&warnings).await?;
                self.pushes.queue(&warnings).await?;
            }
        }
        Ok(())
    }

    async fn of(&self, caller: &Caller, owner: Owner, memberships: &[Membership]) -> Outcome<Vec<Progress>> {
        let budgets = self.store.of(owner).await?;
        if budgets.is_empty() {
            return Ok(Vec::new());
        }
        let month = self.month(caller);
        let spent = self.spent(owner, &members(memberships), month).await?;
        budgets.into_iter().map(|budget| Progress::new(budget, month, &spent)).collect()
    }

    /// Returns the memberships that allow the caller to change the owner's budgets; `None` if the caller may not.
    async fn memberships(&self, caller: &Caller, owner: Owner) -> Outcome<Option<Vec<Membership>>> {
        match owner {
            Owner::Group(group) => Ok(self.directory.present_membership(caller, group).await?.map(|own| vec![own])),
            Owner::User(user) if user == caller.user()? => Ok(Some(self.directory.memberships_of(caller, user).await?)),
            Owner::User(_) => Ok(None),
        }
    }

    /// Returns the owner's spending in a month. For a person, that is the shares of these members.
    async fn spent(&self, owner: Owner, members: &[(GroupId, MemberId)], month: Month) -> Outcome<Vec<Spent>> {
        match owner {
            Owner::Group(group) => self.spending.of_group_in(group, month).await,
            Owner::User(_) => self.spending.of_members_in(members, month).await,
        }
    }

    fn month(&self, caller: &Caller) -> Month {
        Month::of(caller.today(self.clock.now()))
    }
}

/// Returns whose budgets an expense may count to: those of its group and of the present members who share it.
fn owners(expense: &ExpenseFacts, members: &[MemberFacts]) -> Vec<Owner> {
    let shares = |member: &&MemberFacts| expense.shares.iter().any(|share| share.member_id == member.member_id);
    let users = members.iter().filter(|member| !member.left).filter(shares).filter_map(|member| member.user_id);
    users.map(Owner::User).chain([Owner::Group(expense.group_id)]).collect()
}

/// Returns the expense that an event adds to the spending, if any.
fn counted(event: &Event) -> Option<&ExpenseFacts> {
    match event {
        Event::ExpenseCreated(expense) => Some(expense),
        Event::ExpenseUpdated(change) | Event::ExpenseRestored(change) => Some(&change.after),
        _ => None,
    }
}

fn warnings(envelope: &Envelope, group_id: GroupId, progress: &Progress, to: Vec<Recipient>) -> Vec<Notification> {
    let Progress { budget, month, spent } = progress;
    let kind = progress.level().kind();
    let deed = Deed::Budget {
        category: budget.category.clone(),
        month: month.to_string(),
        limit: budget.limit,
        spent: *spent,
    };
    let activity = Activity {
        // The expense itself is an activity, too: caches of clients tell the two apart by their ids.
        id: format!("{}/{kind}/{}", envelope.id, budget.id),
        group_id: Some(group_id),
        actor: None,
        at: envelope.time,
        kind: kind.to_owned(),
        deed,
        about: None,
        effects: Vec::new(),
    };
    let warning = |to: Recipient| Notification {
        id: format!("{kind}/{}/{}/{month}/{}", budget.id, budget.limit.minor, String::from(to)),
        to,
        at: envelope.time,
        kind: kind.to_owned(),
        group_id: Some(group_id),
        activity: activity.clone(),
    };
    to.into_iter().map(warning).collect()
}
