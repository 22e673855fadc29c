//! The use cases of claims.

use std::sync::Arc;

use contracts::{
    ClaimRequestId, Event, MemberId, Timestamp,
    event::{ClaimRequestFacts, MemberChange},
};
use kit::{Caller, Clock, Outcome};

use crate::group::{Group, Member, operations::Groups};

/// The service of claims.
pub(crate) struct Claims {
    groups: Arc<Groups>,
    clock: Clock,
}

impl Claims {
    /// The service over groups.
    pub(crate) fn new(groups: Arc<Groups>, clock: Clock) -> Self {
        Self { groups, clock }
    }

    /// Until when it can be undone that this member took the place of a guest; `None` where that is over, or never was.
    pub(crate) fn undoable_until(&self, member: &Member) -> Option<Timestamp> {
        member.claim.as_ref()?.undoable_until(self.clock.now())
    }

    /// Makes a member who took the place of a guest a guest again.
    pub(crate) async fn undo(&self, caller: &Caller, id: MemberId) -> Outcome<(Group, Member)> {
        let user = caller.user()?;
        let group = self.groups.group_of(caller, id).await?;
        self.groups
            .retrying(group, || async {
                let mut group = self.groups.group(caller, group).await?;
                let (member, claim) = group.undo_claim(user, id, self.clock.now())?;
                let change = MemberChange { claim: Some(claim), ..group.change_of(&member) };
                let writes = vec![self.groups.replace(&group)?];
                self.groups.commit(caller, group.id, Event::ClaimUndone(change), writes).await?;
                Ok((group, member))
            })
            .await
    }

    /// Lets somebody take the place of the guest that was asked for.
    pub(crate) async fn approve(&self, caller: &Caller, id: ClaimRequestId) -> Outcome<(Group, Member)> {
        let user = caller.user()?;
        let group = self.groups.group_of_claim_request(caller, id).await?;
        self.groups
            .retrying(group, || async {
                let mut group = self.groups.group(caller, group).await?;
                let (member, claim) = group.approve_claim(user, id, self.clock.now())?;
                if let Some(joiner) = member.user_id {
                    self.groups.check_one_more(joiner).await?;
                }
                let change = MemberChange { claim: Some(claim), ..group.change_of(&member) };
                let writes = vec![self.groups.replace(&group)?];
                self.groups.commit(caller, group.id, Event::MemberJoined(change), writes).await?;
                Ok((group, member))
            })
            .await
    }

    /// Turns down that somebody takes the place of a guest.
    pub(crate) async fn decline(&self, caller: &Caller, id: ClaimRequestId) -> Outcome<Group> {
        let user = caller.user()?;
        let group = self.groups.group_of_claim_request(caller, id).await?;
        self.groups
            .retrying(group, || async {
                let mut group = self.groups.group(caller, group).await?;
                let (request, claim) = group.decline_claim(user, id)?;
                let event = Event::ClaimDeclined(ClaimRequestFacts {
                    request_id: id,
                    group_id: group.id,
                    member_id: request.member_id,
                    user_id: request.user_id,
                    claim,
                });
                let writes = vec![self.groups.replace(&group)?];
                self.groups.commit(caller, group.id, event, writes).await?;
                Ok(group)
            })
            .await
    }
}
