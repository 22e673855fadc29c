//! The rules of claims: users join as guests, with or without approval, and claims can be undone.

use contracts::{ClaimRequestId, MemberId, Timestamp, UserId, event::ClaimFacts, profile::Profile};

use super::{Action, ClaimRequest, Group, Member, State};
use crate::refusal::Refusal;

/// The maximum number of waiting requests in a group.
const REQUESTS: usize = 50;

impl Group {
    /// Turns a claimed member back into the guest. The user is no member any more, not even a former one.
    pub(crate) fn undo_claim(
        &mut self,
        by: UserId,
        id: MemberId,
        now: Timestamp,
    ) -> Result<(Member, ClaimFacts), Refusal> {
        let place = self.place(id).ok_or(Refusal::MemberNotFound)?;
        let own = self.check(by, Action::Remove(self.members[place].role))?.id;
        if own == id {
            return Err(Refusal::RemovesOneself);
        }
        let claim = self.members[place].claim.clone().filter(|claim| claim.undoable_until(now).is_some());
        let claim = claim.ok_or(Refusal::NoClaim)?;
        let facts = self.claim_facts(&claim.guest_name, &self.members[place].name, Some(own));
        let name = self.free_name("memberId", &claim.guest_name, Some(id))?;
        let guest = Member::guest(name, now);
        self.members[place] = Member { id, removed_at: Some(now), ..guest };
        Ok((self.changed(place), facts))
    }

    /// Adds a claim request.
    pub(crate) fn request_claim(
        &mut self,
        user: &Profile,
        guest: MemberId,
        now: Timestamp,
    ) -> Result<ClaimRequest, Refusal> {
        if self.member_of(user.user_id).is_some() {
            return Err(Refusal::AlreadyMember);
        }
        self.claimable(guest).ok_or(Refusal::NotAGuest { field: "memberId" })?;
        if self.claim_requests.len() >= REQUESTS {
            return Err(Refusal::TooManyClaims { most: REQUESTS });
        }
        let Profile { user_id, name } = user.clone();
        let request = ClaimRequest { id: ClaimRequestId::new(), member_id: guest, user_id, name, at: now };
        self.claim_requests.push(request.clone());
        self.version += 1;
        Ok(request)
    }

    /// Returns the waiting request of this user for this guest.
    pub(crate) fn waiting_claim(&self, user: UserId, guest: MemberId) -> Option<&ClaimRequest> {
        self.claim_requests.iter().find(|request| request.user_id == user && request.member_id == guest)
    }

    /// Lets the user of a request join as the guest.
    pub(crate) fn approve_claim(
        &mut self,
        by: UserId,
        id: ClaimRequestId,
        now: Timestamp,
    ) -> Result<(Member, ClaimFacts), Refusal> {
        let own = self.check(by, Action::ApproveClaims)?.id;
        let request = self.claim_request(id)?;
        let guest = self.member(request.member_id).map(|guest| guest.name.clone()).unwrap_or_default();
        let user = Profile { user_id: request.user_id, name: request.name };
        let member = self.join(&user, Some(request.member_id), now)?;
        let facts = self.claim_facts(&guest, &member.name, Some(own));
        Ok((member, facts))
    }

    /// Removes a request without a claim.
    pub(crate) fn decline_claim(
        &mut self,
        by: UserId,
        id: ClaimRequestId,
    ) -> Result<(ClaimRequest, ClaimFacts), Refusal> {
        let own = self.check(by, Action::ApproveClaims)?.id;
        let request = self.claim_request(id)?;
        self.claim_requests.retain(|other| other.id != id);
        self.version += 1;
        let facts = self.facts_of_request(&request, Some(own));
        Ok((request, facts))
    }

    /// Copies the current name of a user to the requests of this user. Whether that changes anything.
    pub(super) fn rename_claims(&mut self, user: UserId, name: &str) -> bool {
        let is_outdated = |request: &&mut ClaimRequest| request.user_id == user && request.name != name;
        let outdated: Vec<&mut ClaimRequest> = self.claim_requests.iter_mut().filter(is_outdated).collect();
        if outdated.is_empty() {
            return false;
        }
        for request in outdated {
            name.clone_into(&mut request.name);
        }
        self.version += 1;
        true
    }

    /// Removes a request of this user; `None` if there is none.
    pub(super) fn withdraw_claim(&mut self, user: UserId) -> Option<ClaimRequest> {
        let place = self.claim_requests.iter().position(|request| request.user_id == user)?;
        self.version += 1;
        Some(self.claim_requests.remove(place))
    }

    /// Returns the waiting requests; none for members who may not approve them.
    pub(crate) fn claim_requests_for(&self, user: UserId) -> &[ClaimRequest] {
        let decides = self.active_member_of(user).is_ok_and(|member| member.role.may(Action::ApproveClaims));
        if decides { &self.claim_requests } else { &[] }
    }

    /// Returns the facts of a request for events.
    pub(crate) fn facts_of_request(&self, request: &ClaimRequest, by: Option<MemberId>) -> ClaimFacts {
        let guest = self.member(request.member_id).map(|guest| guest.name.as_str()).unwrap_or_default();
        self.claim_facts(guest, &request.name, by)
    }

    /// Returns the facts of the claim by which a member has just joined; `None` without a claim.
    pub(crate) fn own_claim(&self, member: &Member) -> Option<ClaimFacts> {
        let claim = member.claim.as_ref()?;
        Some(self.claim_facts(&claim.guest_name, &member.name, Some(member.id)))
    }

    fn claim_facts(&self, guest_name: &str, user_name: &str, by: Option<MemberId>) -> ClaimFacts {
        let managers = self.active_members().filter(|member| member.role.may(Action::ApproveClaims));
        ClaimFacts {
            guest_name: guest_name.to_owned(),
            user_name: user_name.to_owned(),
            by,
            managers: managers.map(|member| member.id).collect(),
        }
    }

    fn claim_request(&self, id: ClaimRequestId) -> Result<ClaimRequest, Refusal> {
        let request = self.claim_requests.iter().find(|request| request.id == id);
        request.cloned().ok_or(Refusal::ClaimRequestNotFound)
    }

    /// Returns the position of a guest who can be claimed.
    pub(crate) fn claimable(&self, id: MemberId) -> Option<usize> {
        let is_free = |member: &Member| member.state == State::Active && member.is_guest();
        self.place(id).filter(|place| is_free(&self.members[*place]))
    }
}

#[cfg(test)]
mod tests {
    use chrono_tz::Tz;
    use money::Currency;

    use super::*;
    use crate::group::{Kind, NewGroup, Role, claim::UNDOABLE_MS};

    fn profile(name: &str) -> Profile {
        Profile { user_id: UserId::new(), name: name.to_owned() }
    }

    fn group(founder: &Profile, guest: &str) -> (Group, MemberId) {
        let new = NewGroup {
            name: "Lisbon".to_owned(),
            description: None,
            kind: Kind::Trip,
            currency: Currency::from_code("EUR").unwrap(),
            simplify: true,
            guests: vec![guest.to_owned()],
        };
        let group = Group::new(&new, founder, (Timestamp::EPOCH, Tz::UTC)).unwrap();
        let guest = group.members[1].id;
        (group, guest)
    }

    #[test]
    fn a_claim_can_be_undone_for_seven_days() {
        let (ada, robert) = (profile("Ada"), profile("Robert"));
        let (mut group, guest) = group(&ada, "Bob");
        group.join(&robert, Some(guest), Timestamp::EPOCH).unwrap();
        let end = Timestamp::EPOCH.plus_ms(UNDOABLE_MS);
        assert_eq!(group.clone().undo_claim(ada.user_id, guest, end).unwrap_err(), Refusal::NoClaim);

        let (member, facts) = group.undo_claim(ada.user_id, guest, end.plus_ms(-1)).unwrap();
        assert_eq!((member.id, member.user_id, member.name.as_str()), (guest, None, "Bob"));
        assert_eq!((facts.guest_name.as_str(), facts.user_name.as_str()), ("Bob", "Robert"));
        assert!(group.member_of(robert.user_id).is_none());
        assert_eq!(group.undo_claim(ada.user_id, guest, end).unwrap_err(), Refusal::NoClaim);
    }

    #[test]
    fn nobody_undoes_the_own_claim_and_no_admin_that_of_an_owner() {
        let (ada, robert) = (profile("Ada"), profile("Robert"));
        let (mut group, guest) = group(&ada, "Bob");
        group.join(&robert, Some(guest), Timestamp::EPOCH).unwrap();
        group.members[1].role = Role::Owner;
        assert_eq!(
            group.clone().undo_claim(robert.user_id, guest, Timestamp::EPOCH).unwrap_err(),
            Refusal::RemovesOneself
        );
        group.members[0].role = Role::Admin;
        assert_eq!(group.undo_claim(ada.user_id, guest, Timestamp::EPOCH).unwrap_err(), Refusal::RoleForbids);
    }

    #[test]
    fn what_waits_for_a_guest_who_was_claimed_is_gone() {
        let (ada, robert, eve) = (profile("Ada"), profile("Robert"), profile("Eve"));
        let (mut group, guest) = group(&ada, "Bob");
        let first = group.request_claim(&robert, guest, Timestamp::EPOCH).unwrap();
        let second = group.request_claim(&eve, guest, Timestamp::EPOCH).unwrap();
        assert_eq!(group.waiting_claim(eve.user_id, guest), Some(&second));
        group.approve_claim(ada.user_id, first.id, Timestamp::EPOCH).unwrap();
        assert!(group.claim_requests.is_empty());
        assert_eq!(
            group.approve_claim(ada.user_id, second.id, Timestamp::EPOCH).unwrap_err(),
            Refusal::ClaimRequestNotFound
        );
    }
}
