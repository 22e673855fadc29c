//! What can be read. Each read about a group takes a [`Membership`]: the proof that groups was asked.

use std::collections::HashMap;

use contracts::{GroupId, MemberId, UserId};
use kit::{
    Caller, Outcome,
    graphql::{Page, PageRequest},
};

use crate::{
    Reports,
    activity::Activity,
    membership::Membership,
    names::Names,
    refusal::Refusal,
    report::{GroupReport, Range, SpendingReport},
};

/// A page of activities with the names for their sentences.
pub struct Feed {
    /// The page, newest first.
    pub page: Page<Activity>,
    /// The names.
    pub names: Names,
}

impl Reports {
    /// Those of the groups that the caller is or was in, as groups says with the caller's own token.
    pub async fn memberships(&self, caller: &Caller, groups: &[GroupId]) -> Outcome<HashMap<GroupId, Membership>> {
        let user = caller.user()?;
        let rosters = self.rosters.rosters(&caller.asker()?, groups).await?;
        let memberships = rosters.values().filter_map(|roster| Membership::of(user, roster));
        Ok(memberships.map(|membership| (membership.group(), membership)).collect())
    }

    /// All groups that the caller is or was in; refused for anybody else. What was collected says
    /// only which groups to ask about.
    pub async fn own_memberships(&self, caller: &Caller, user: UserId) -> Outcome<Vec<Membership>> {
        if caller.user()? != user {
            return Err(Refusal::OnlyOneself.into());
        }
        let groups = self.store.groups_of(user).await?;
        Ok(self.memberships(caller, &groups).await?.into_values().collect())
    }

    /// What the groups spent.
    pub async fn group_reports(
        &self,
        memberships: &[Membership],
        range: Range,
    ) -> Outcome<HashMap<GroupId, Outcome<GroupReport>>> {
        let figures = self.store.figures(&groups(memberships), range).await?;
        Ok(figures.iter().map(|(group, figures)| (*group, GroupReport::of(figures, range))).collect())
    }

    /// What the caller's own shares in the groups make.
    pub async fn own_report(&self, memberships: &[Membership], range: Range) -> Outcome<SpendingReport> {
        let members: Vec<MemberId> = memberships.iter().map(Membership::member).collect();
        let shares = self.store.shares(&groups(memberships), &members, range).await?;
        SpendingReport::of(&shares, range)
    }

    /// What happened in the groups, newest first.
    pub async fn feed(&self, memberships: &[Membership], request: &PageRequest) -> Outcome<Feed> {
        let page = self.store.feed(&groups(memberships), request).await?;
        let shown = page.entries.iter().map(|(_, activity)| activity);
        let (groups, actors): (Vec<_>, Vec<_>) = shown.map(|activity| (activity.group_id, activity.actor)).unzip();
        let actors: Vec<UserId> = actors.into_iter().flatten().collect();
        let names = self.store.names(&groups, &actors).await?;
        Ok(Feed { page, names })
    }
}

fn groups(memberships: &[Membership]) -> Vec<GroupId> {
    memberships.iter().map(Membership::group).collect()
}
