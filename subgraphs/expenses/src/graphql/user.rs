//! What expenses adds to a user: the expenses of all the user's groups, and, for other subgraphs, what those of each add
//! up to.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, SimpleObject};
use contracts::{GroupId, UserId, roster::Roster};
use futures::future::try_join_all;
use kit::{
    Failure, Outcome,
    graphql::{Connection, PageRequest},
};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;

use super::{
    expense::{Expense, ExpenseFilter},
    group::{ExpenseNets, nets, roster},
    loader::{FormerRosterLoader, HeadLoader, RosterLoader, loader},
    request,
};

/// A person with an account, with what the router brings along.
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

/// What the expenses of one of the user's groups add up to.
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

    /// One snapshot of the nets of each group that the user is or was in. Only for oneself; only for other subgraphs.
    #[graphql(inaccessible, requires = "memberships { groupId }")]
    async fn expense_nets(&self, ctx: &Context<'_>) -> Outcome<Vec<GroupExpenseNets>> {
        let heads = loader::<HeadLoader>(ctx)?;
        let groups = read::<Vec<Membership>>(&self.memberships)?.into_iter().map(async |membership| {
            let Some(group) = kit::graphql::id::<GroupId>(&membership.group_id) else { return Ok(None) };
            // What the router brings along is input, never proof.
            let (roster, head) = futures::try_join!(roster_ever(ctx, group), heads.load(group))?;
            let Some(roster) = roster else { return Ok(None) };
            let nets = nets(head.as_deref(), roster.simplify)?;
            Outcome::Ok(Some(GroupExpenseNets { group_id: group.to_string().into(), nets }))
        });
        Ok(try_join_all(groups).await?.into_iter().flatten().collect())
    }

    /// The expenses of all groups that the user is in, newest first. Only for oneself. A page may have fewer expenses than
    /// asked for and a next page all the same. Amounts need a currency in the filter.
    #[graphql(requires = "memberships { groupId }")]
    async fn expenses(
        &self,
        ctx: &Context<'_>,
        #[graphql(default_with = "Some(50)")] first: Option<i32>,
        after: Option<String>,
        filter: Option<ExpenseFilter>,
    ) -> Option<Outcome<Connection<Expense>>> {
        let page = async {
            let (services, _) = request(ctx)?;
            let is_counted = ctx.look_ahead().field("totalCount").exists();
            let page = PageRequest::new(first, after.as_deref())?.counted(is_counted);
            let groups = self.groups(ctx).await?;
            services.expenses.of_groups(&groups, &filter.unwrap_or_default().read(None)?, &page).await
        };
        Some(page.await.map(|page| page.connection(Expense)))
    }
}

impl User {
    /// The groups that the user is in, each as groups has just confirmed it.
    async fn groups(&self, ctx: &Context<'_>) -> Outcome<Vec<GroupId>> {
        let rosters = loader::<RosterLoader>(ctx)?;
        let groups = read::<Vec<Membership>>(&self.memberships)?.into_iter().map(async |membership| {
            let Some(group) = kit::graphql::id::<GroupId>(&membership.group_id) else { return Ok(None) };
            let roster = rosters.load(group).await?;
            Outcome::Ok(roster.filter(|roster| roster.active_member_of(self.id).is_some()).map(|_| group))
        });
        Ok(try_join_all(groups).await?.into_iter().flatten().collect())
    }
}

async fn roster_ever(ctx: &Context<'_>, group: GroupId) -> Outcome<Option<Arc<Roster>>> {
    match roster(ctx, group).await? {
        Some(roster) => Ok(Some(roster)),
        None => loader::<FormerRosterLoader>(ctx)?.0.load(group).await,
    }
}

fn read<T: DeserializeOwned>(memberships: &Value) -> Outcome<T> {
    T::deserialize(memberships).map_err(|error| Failure::internal(format!("memberships are required: {error}")))
}

#[derive(Default)]
pub struct UserEntities;

#[Object]
impl UserEntities {
    // What is required comes as plain JSON: one that cannot be read must not take the other entities with it.
    #[graphql(entity)]
    async fn find_user_by_id(
        &self,
        ctx: &Context<'_>,
        #[graphql(key)] id: ID,
        memberships: Value,
    ) -> Result<Option<User>, Failure> {
        let own = request(ctx)?.1.user()?;
        let user = kit::graphql::id(&id).filter(|user: &UserId| *user == own);
        Ok(user.map(|id| User { id, memberships }))
    }
}
