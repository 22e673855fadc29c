//! Groups follow the accounts of those who are or were in them, or ask to be: their names and their deletion.

use contracts::{
    Event, Trace, UserId,
    event::{ClaimRequestFacts, UserFacts},
};
use kit::{Outcome, journal::Change};

use super::{ClaimRequest, Group, operations::Groups};

impl Groups {
    /// Copies the account's current name to its members and claim requests in all groups.
    pub(crate) async fn follow_name(&self, cause: Trace, account: &UserFacts) -> Outcome<()> {
        self.change_everywhere(cause, account.user_id, |group| renamed(group, account)).await
    }

    /// Marks the members of a deleted account as left in all groups, and removes its claim requests. The balances stay.
    pub(crate) async fn leave_deleted(&self, cause: Trace, account: &UserFacts) -> Outcome<()> {
        self.follow_name(cause, account).await?;
        self.change_everywhere(cause, account.user_id, |group| deleted(group, account.user_id)).await
    }

    /// Applies a rule to all groups that name the user, until it changes nothing more.
    async fn change_everywhere(
        &self,
        cause: Trace,
        user: UserId,
        rule: impl Fn(&mut Group) -> Option<Event>,
    ) -> Outcome<()> {
        for id in self.store.groups_naming(user).await? {
            self.retrying(id, || async {
                let Some(mut group) = self.store.group(id).await? else { return Ok(()) };
                while let Some(event) = rule(&mut group) {
                    let change = Change::new(id.0, event).caused_by(cause);
                    self.journal.commit(change.writing([self.replace(&group)?])).await?;
                }
                Ok(())
            })
            .await?;
        }
        Ok(())
    }
}

fn renamed(group: &mut Group, account: &UserFacts) -> Option<Event> {
    if let Some(member) = group.follow_name(account.user_id, &account.name) {
        return Some(Event::MemberChanged(group.change_of(&member)));
    }
    group.rename_claims(account.user_id, &account.name).then(|| Event::GroupUpdated(group.facts()))
}

fn deleted(group: &mut Group, user: UserId) -> Option<Event> {
    if let Some(member) = group.leave_deleted(user) {
        return Some(Event::MemberLeft(group.change_of(&member)));
    }
    group.withdraw_claim(user).map(|request| Event::ClaimDeclined(facts(group, &request)))
}

fn facts(group: &Group, request: &ClaimRequest) -> ClaimRequestFacts {
    ClaimRequestFacts {
        request_id: request.id,
        group_id: group.id,
        member_id: request.member_id,
        user_id: request.user_id,
        claim: group.facts_of_request(request, None),
    }
}
