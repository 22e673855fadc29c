//! What this subgraph adds to the type User: the expenses of all groups of the user, and, for other subgraphs, the
//! expense nets of each group.

use async_graphql::{Context, ID, Object, SimpleObject};
use contracts::{GroupId, MemberId, UserId};
use futures::future::try_join_all;
use kit::{
    Failure, Outcome,
    graphql::{Connection, PageRequest, data, request},
};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;

use super::{
    expense::ExpenseFilter,
    group::{ExpenseNets, nets},
    loaders::Loaders,
    reference::Expense,
};
use crate::services::Services;

/// A user, with the fields that the router provides from other subgraphs.
pub(super) struct User {
    id: UserId,
    memberships: Value,
}

/// A group that the user is or was in.
#[derive(SimpleObject, Deserialize)]
#[graphql(inaccessible)]
#[serde(rename_all = "camelCase")]
pub(super) struct Membership {
    #[graphql(external)]
    group_id: ID,
}

/// The expense nets of one of the user's groups.
#[derive(SimpleObject)]
#[graphql(inaccessible)]
pub(super) struct GroupExpenseNets {
    group_id: ID,
    nets: ExpenseNets,
}

#[Object]
impl User {
    async fn id(&self) -> ID {
        self.id.to_string().into()
    }

    #[graphql(external)]
    async fn memberships(&self) -> Outcome<Vec<Membership>> {
        read(&self.memberships)
    }

    /// The nets of each group that the user is or was in, each from one snapshot. Only for the user; for other
    /// subgraphs only.
    #[graphql(inaccessible, requires = "memberships { groupId }")]
    async fn expense_nets(&self, ctx: &Context<'_>) -> Outcome<Vec<GroupExpenseNets>> {
        let loaders = data::<Loaders>(ctx)?;
        let groups = read::<Vec<Membership>>(&self.memberships)?.into_iter().map(async |membership| {
            let Some(group) = kit::graphql::id::<GroupId>(&membership.group_id) else { return Ok(None) };
            // The router's representation is input and does not prove membership.
            let (roster, head) = futures::try_join!(loaders.roster_ever(group), loaders.head(group))?;
            let Some(roster) = roster else { return Ok(None) };
            let nets = nets(head.as_deref(), roster.simplify)?;
            Outcome::Ok(Some(GroupExpenseNets { group_id: group.to_string().into(), nets }))
        });
        Ok(try_join_all(groups).await?.into_iter().flatten().collect())
    }

    /// The expenses of all groups that the user is in, the newest first. Only for the user. A page may be shorter than
    /// requested although there is a next page. Amounts in the filter need a currency.
    #[graphql(requires = "memberships { groupId }")]
    async fn expenses(
        &self,
        ctx: &Context<'_>,
        #[graphql(default_with = "Some(50)")] first: Option<i32>,
        after: Option<String>,
        filter: Option<ExpenseFilter>,
    ) -> Option<Outcome<Connection<Expense>>> {
        let page = async {
            let (services, _) = request::<Services>(ctx)?;
            let page = PageRequest::of(ctx, first, after.as_deref())?;
            let (groups, own): (Vec<_>, Vec<_>) = self.places(ctx).await?.into_iter().unzip();
            services.expenses.of_groups(&groups, &filter.unwrap_or_default().read(None, own)?, &page).await
        };
        Some(page.await.map(|page| page.connection(Expense)))
    }
}

impl User {
    /// Returns the groups that the user is in, with the user's member, as confirmed by groups.
    async fn places(&self, ctx: &Context<'_>) -> Outcome<Vec<(GroupId, MemberId)>> {
        let loaders = data::<Loaders>(ctx)?;
        let groups = read::<Vec<Membership>>(&self.memberships)?.into_iter().map(async |membership| {
            let Some(group) = kit::graphql::id::<GroupId>(&membership.group_id) else { return Ok(None) };
            let roster = loaders.roster(group).await?;
            let own = roster.as_ref().and_then(|roster| roster.active_member_of(self.id));
            Outcome::Ok(own.map(|own| (group, own.member_id)))
        });
        Ok(try_join_all(groups).await?.into_iter().flatten().collect())
    }
}

fn read<T: DeserializeOwned>(memberships: &Value) -> Outcome<T> {
    T::deserialize(memberships).map_err(|error| Failure::internal(format!("memberships are required: {error}")))
}

#[derive(Default)]
pub(super) struct UserEntities;

#[Object]
impl UserEntities {
    // The required field is plain JSON, so that an unreadable one fails alone and not with all entities of the request.
    #[graphql(entity)]
    async fn user_entity(
        &self,
        ctx: &Context<'_>,
        #[graphql(key)] id: ID,
        memberships: Value,
    ) -> Outcome<Option<User>> {
        let own = request::<Services>(ctx)?.1.user()?;
        let user = kit::graphql::id(&id).filter(|user: &UserId| *user == own);
        Ok(user.map(|id| User { id, memberships }))
    }
}
