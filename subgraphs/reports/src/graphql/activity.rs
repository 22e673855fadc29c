//! The activity feed.

use async_graphql::{Context, ID, Result, SimpleObject, Subscription};
use futures::{StreamExt, stream::BoxStream};
use kit::{
    Outcome,
    graphql::{Connection, DateTime, Money, PageRequest, request},
};
use money::Amount;

use super::reference::{Expense, Group, Member, Payment, User, by_group};
use crate::{
    Services,
    activity::{self, Deed, Feed},
    directory::{Membership, Names},
};

/// Something that happened in a group. The summary is in English; everything it says is in the other fields too.
#[derive(SimpleObject)]
pub(super) struct Activity {
    /// The activity's id.
    id: ID,
    /// When it happened.
    at: DateTime,
    /// What kind of thing happened, such as "expense.created".
    #[graphql(name = "type")]
    kind: String,
    /// In which group.
    group: Option<Group>,
    /// Who did it; null for what Quits did by itself.
    actor: Option<User>,
    /// What happened, in plain words.
    summary: String,
    /// The expense that it is about; it may be deleted.
    expense: Option<Expense>,
    /// The payment that it is about; it may be voided.
    payment: Option<Payment>,
    /// The member who came or left, or the payer of the payment.
    member: Option<Member>,
    /// The receiver of the payment.
    receiver: Option<Member>,
    /// What the expense is for.
    description: Option<String>,
    /// The amount of the expense or payment.
    amount: Option<Money>,
    /// Why, where a reason was given; of a comment, what it says.
    reason: Option<String>,
    /// What it did to the caller's own balance, by currency; positive is in the caller's favour. Empty when nothing.
    own_effect: Vec<Money>,
}

impl Activity {
    /// The entry as the caller with this membership sees it; without one, no group is shown.
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
            description: None,
            amount: None,
            reason: None,
            own_effect,
        };
        match activity.deed {
            Deed::AddedMember { member_id } | Deed::RemovedMember { member_id } => {
                Self { member: Some(member_id.into()), ..shown }
            }
            Deed::Expense { description, total, .. } => Self {
                expense: about.map(|id| Expense { id }),
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
            Deed::MadeGroup | Deed::Invited | Deed::RevokedInvite => shown,
        }
    }
}

/// A page of the feed of these groups.
pub(super) async fn activities(
    ctx: &Context<'_>,
    memberships: &[Membership],
    first: Option<i32>,
    after: Option<&str>,
) -> Outcome<Connection<Activity>> {
    let page = PageRequest::new(first, after)?;
    let (services, _) = request::<Services>(ctx)?;
    let Feed { page, names } = services.activities.feed(memberships, &page).await?;
    let groups = by_group(memberships);
    Ok(page.connection(|activity: activity::Activity| {
        let membership = groups.get(&activity.group_id).copied();
        Activity::new(activity, &names, membership)
    }))
}

#[derive(Default)]
pub(super) struct ActivitySubscription;

#[Subscription]
impl ActivitySubscription {
    /// What happens in the caller's groups from now on.
    async fn activity_added(&self, ctx: &Context<'_>) -> Result<BoxStream<'static, Activity>> {
        let (services, caller) = request::<Services>(ctx)?;
        let added = services.activities.watch(caller)?;
        Ok(added.map(|(activity, membership, names)| Activity::new(activity, &names, Some(membership))).boxed())
    }
}
