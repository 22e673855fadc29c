//! The API of the activity feed.

use async_graphql::{Context, Enum, ID, InputObject, Object, Result, SimpleObject, Subscription};
use contracts::GroupId;
use futures::{
    StreamExt,
    stream::{self, BoxStream},
};
use kit::{
    Failure, Outcome,
    graphql::{Connection, DateTime, Money, PageRequest, read_id, request},
};
use money::Amount;

use super::reference::{Expense, Group, Member, Payment, User, by_group};
use crate::{
    activity::{self, Deed, Feed, FeedFilter, Shown},
    directory::{Membership, Names},
    refusal::Refusal,
    services::Services,
};

/// An event in a group. The summary is in English; the other fields contain the same information as data.
#[derive(SimpleObject)]
pub(super) struct Activity {
    /// The activity's id.
    id: ID,
    /// When it happened.
    at: DateTime,
    /// The kind of event, such as "expense.created".
    #[graphql(name = "type")]
    kind: String,
    /// The group; null if the caller may not read it.
    group: Option<Group>,
    /// The user who caused it; null if Quits did.
    actor: Option<User>,
    /// What happened, as an English sentence.
    summary: String,
    /// The expense that it is about, which may be deleted by now.
    expense: Option<Expense>,
    /// The payment that it is about, which may be voided by now.
    payment: Option<Payment>,
    /// The member who joined or left, or the payer of the payment.
    member: Option<Member>,
    /// The receiver of the payment.
    receiver: Option<Member>,
    /// Whether a schedule entered the expense that it is about.
    recurring: bool,
    /// The description of the expense.
    description: Option<String>,
    /// The amount of the expense or payment.
    amount: Option<Money>,
    /// The reason of a dispute, if one was given; for a comment, its text.
    reason: Option<String>,
    /// The budget that it is about.
    budget: Option<BudgetState>,
    /// The claim of a guest that it is about.
    claim: Option<ClaimState>,
    /// The number of expenses and payments that an import has entered.
    imported: Option<u32>,
    /// The change of the caller's own balance, one amount per currency; positive is in the caller's favour. Empty if
    /// the balance did not change.
    own_effect: Vec<Money>,
}

/// A budget as it was when something happened to it.
#[derive(SimpleObject)]
pub(super) struct BudgetState {
    /// The category; null for all spending.
    category: Option<String>,
    /// The month, such as "2026-11".
    month: String,
    /// The limit per month.
    limit: Money,
    /// What was spent in the month.
    spent: Money,
}

/// A user and the guest whose place the user takes, or asks to take, with their names at that time.
#[derive(SimpleObject)]
pub(super) struct ClaimState {
    /// What happened to it.
    step: ClaimStep,
    /// The name of the user.
    user_name: String,
    /// The name of the guest.
    guest_name: String,
}

/// A step in the claim of a guest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "activity::ClaimChange")]
pub(super) enum ClaimStep {
    /// The user joined as the guest.
    Made,
    /// The user asked for approval.
    Requested,
    /// An owner or admin approved.
    Approved,
    /// An owner or admin undid it.
    Undone,
}

/// What an activity is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "activity::Topic")]
pub(super) enum ActivityTopic {
    /// Expenses, and imports of them.
    Expenses,
    /// Comments on expenses.
    Comments,
    /// Payments.
    Payments,
    /// The group, its members and invitations.
    Members,
}

/// Narrows a feed; what is left out does not narrow it.
#[derive(InputObject, Default)]
pub(super) struct ActivityFilter {
    /// About any of these; about everything if it is empty.
    topics: Option<Vec<ActivityTopic>>,
    /// Done by this member, or about it.
    member_id: Option<ID>,
}

impl ActivityFilter {
    fn read(self) -> Outcome<FeedFilter> {
        let unknown = || Failure::from(kit::Refusal::invalid("filter.memberId", "This is not the id of a member."));
        let member = self.member_id.map(|id| id.parse().map_err(|_| unknown())).transpose()?;
        let topics = self.topics.unwrap_or_default().into_iter().map(Into::into).collect();
        Ok(FeedFilter { topics, member })
    }
}

impl Activity {
    fn shown((activity, membership, names): Shown) -> Self {
        Self::new(activity, &names, Some(membership))
    }

    /// The entry as shown to a caller with this membership. Without one, group and effects are left out.
    pub(super) fn new(activity: activity::Activity, names: &Names, membership: Option<Membership>) -> Self {
        let own = membership.into_iter().flat_map(|own| activity.effects_on(own.member()));
        let own_effect = own.map(|effect| Amount::new(effect.amount_minor, effect.currency).into()).collect();
        let about = activity.about.map(|id| ID::from(id.to_string()));
        let shown = Self {
            summary: activity.summary(names),
            id: activity.id.into(),
            at: activity.at.into(),
            kind: activity.kind,
            group: membership.map(Group),
            actor: activity.actor.map(User),
            expense: None,
            payment: None,
            member: None,
            receiver: None,
            recurring: false,
            description: None,
            amount: None,
            reason: None,
            budget: None,
            claim: None,
            imported: None,
            own_effect,
        };
        match activity.deed {
            Deed::AddedMember { member_id } | Deed::RemovedMember { member_id } => {
                Self { member: Some(member_id.into()), ..shown }
            }
            Deed::Expense { description, total, recurring, .. } => Self {
                expense: about.map(|id| Expense { id }),
                recurring,
                description: Some(description),
                amount: Some(total.into()),
                ..shown
            },
            Deed::Commented { description, text } => Self {
                expense: about.map(|id| Expense { id }),
                description: Some(description),
                reason: Some(text),
                ..shown
            },
            Deed::Paid { from, to, amount } => Self {
                payment: about.map(|id| Payment { id }),
                member: Some(from.into()),
                receiver: Some(to.into()),
                amount: Some(amount.into()),
                ..shown
            },
            Deed::Payment { from, to, amount, reason, .. } => Self {
                payment: about.map(|id| Payment { id }),
                member: Some(from.into()),
                receiver: Some(to.into()),
                amount: Some(amount.into()),
                reason,
                ..shown
            },
            Deed::Budget { category, month, limit, spent } => Self {
                budget: Some(BudgetState { category, month, limit: limit.into(), spent: spent.into() }),
                ..shown
            },
            Deed::Reminded { creditor, owed } => {
                Self { member: Some(creditor.into()), amount: owed.first().map(|owed| owed.amount.into()), ..shown }
            }
            Deed::Claim { change, user, guest } => {
                Self { claim: Some(ClaimState { step: change.into(), user_name: user, guest_name: guest }), ..shown }
            }
            Deed::Imported { entries } => Self { imported: Some(entries), ..shown },
            Deed::MadeGroup | Deed::AskedToBeFriends | Deed::BecameFriends | Deed::Invited | Deed::RevokedInvite => {
                shown
            }
        }
    }
}

/// Returns a page of the feed of these groups.
pub(super) async fn activities(
    ctx: &Context<'_>,
    memberships: &[Membership],
    filter: Option<ActivityFilter>,
    (first, after): (Option<i32>, Option<&str>),
) -> Outcome<Connection<Activity>> {
    let filter = filter.unwrap_or_default().read()?;
    let page = PageRequest::of(ctx, first, after)?;
    let (services, _) = request::<Services>(ctx)?;
    let Feed { page, names } = services.activities.feed(memberships, &filter, &page).await?;
    let groups = by_group(memberships);
    Ok(page.connection(|activity: activity::Activity| {
        let membership = activity.group_id.and_then(|group| groups.get(&group).copied());
        Activity::new(activity, &names, membership)
    }))
}

#[derive(Default)]
pub(super) struct ActivityMutation;

#[Object]
impl ActivityMutation {
    /// Remembers up to when the caller has seen the activities of a group, or without one of all groups. Always returns
    /// true.
    async fn mark_activity_seen(&self, ctx: &Context<'_>, group_id: Option<ID>, up_to: DateTime) -> Outcome<bool> {
        let (services, caller) = request::<Services>(ctx)?;
        let group = group_id.map(|id| read_id::<GroupId>(&id, Refusal::GroupNotFound)).transpose()?;
        services.activities.mark_seen(caller, group, up_to.moment("upTo")?).await?;
        Ok(true)
    }
}

#[derive(Default)]
pub(super) struct ActivitySubscription;

#[Subscription]
impl ActivitySubscription {
    /// New activities in the caller's groups.
    async fn activity_added(&self, ctx: &Context<'_>) -> Result<BoxStream<'static, Activity>> {
        let (services, caller) = request::<Services>(ctx)?;
        let added = services.activities.watch(caller).await?.filter_map(async |news| news.change());
        Ok(added.map(Activity::shown).boxed())
    }

    /// Null at once, and again whenever activities may have been missed: whoever shows them then asks for them. Otherwise
    /// each new activity in the caller's groups.
    async fn activity_changed(&self, ctx: &Context<'_>) -> Result<BoxStream<'static, Option<Activity>>> {
        let (services, caller) = request::<Services>(ctx)?;
        // It listens before the first emission, so that nothing happens unnoticed in between.
        let news = services.activities.watch(caller).await?;
        let changes = news.map(|news| news.change().map(Activity::shown));
        Ok(stream::iter([None]).chain(changes).boxed())
    }
}
