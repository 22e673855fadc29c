//! Invitations: a person with the link may join the group until the invitation expires, is used up or is revoked.

pub(crate) mod operations;
pub(crate) mod store;

use std::fmt;

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use contracts::{GroupId, InviteId, MemberId, Timestamp, UserId, event::InviteFacts};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{
    group::{Action, Group},
    refusal::Refusal,
};

const TOKEN_BYTES: usize = 24;
const HOUR_MS: i64 = 60 * 60 * 1_000;
const MAX_HOURS: i32 = 365 * 24;
const MAX_USES: i32 = 1_000;

/// The secret token of an invitation. It allows joining, so it is never logged or stored.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Token(String);

impl Token {
    /// Generates a new token that cannot be guessed.
    pub(crate) fn random() -> Self {
        Self(BASE64_URL_SAFE_NO_PAD.encode(rand::random::<[u8; TOKEN_BYTES]>()))
    }

    /// Wraps a token received from a client.
    pub(crate) fn received(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text of the token.
    pub(crate) fn expose(&self) -> &str {
        &self.0
    }

    /// The hash of the token, which is stored instead of it.
    pub(crate) fn hash(&self) -> String {
        BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(&self.0))
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(..)")
    }
}

/// An invitation; also the stored document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Invite {
    #[serde(rename = "_id")]
    pub(crate) id: InviteId,
    pub(crate) group_id: GroupId,
    /// The hash of its token, by which it is found.
    pub(crate) token_hash: String,
    /// The member who created it.
    pub(crate) made_by: MemberId,
    /// The guest whose personal link it is.
    #[serde(default)]
    pub(crate) guest_id: Option<MemberId>,
    pub(crate) expires_at: Timestamp,
    /// `None` if the number of uses is unlimited.
    pub(crate) max_uses: Option<i32>,
    pub(crate) uses: i32,
    /// `None` for old invitations, which did not record it.
    #[serde(default)]
    pub(crate) created_at: Option<Timestamp>,
    /// `None` if it is not revoked.
    pub(crate) revoked_at: Option<Timestamp>,
}

/// The input for a new invitation.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NewInvite {
    pub(crate) expires_in_hours: i32,
    /// `None` if the number of uses is unlimited; 1 for a personal link.
    pub(crate) max_uses: Option<i32>,
    /// The guest of a personal link.
    pub(crate) guest_id: Option<MemberId>,
}

impl Invite {
    /// Creates an invitation to this group, with its secret token. Allowed for all members.
    pub(crate) fn new(group: &Group, by: UserId, new: NewInvite, now: Timestamp) -> Result<(Self, Token), Refusal> {
        let made_by = group.check(by, Action::AddPeople)?.id;
        let hours = within("expiresInHours", new.expires_in_hours, MAX_HOURS)?;
        if new.guest_id.is_some_and(|guest| group.claimable(guest).is_none()) {
            return Err(Refusal::NotAGuest { field: "guestId" });
        }
        let max_uses = new.max_uses.or(new.guest_id.map(|_| 1));
        let max_uses = max_uses.map(|uses| within("maxUses", uses, MAX_USES)).transpose()?;
        let token = Token::random();
        let invite = Self {
            id: InviteId::new(),
            group_id: group.id,
            token_hash: token.hash(),
            made_by,
            guest_id: new.guest_id,
            expires_at: now.plus_ms(i64::from(hours) * HOUR_MS),
            max_uses,
            uses: 0,
            created_at: Some(now),
            revoked_at: None,
        };
        Ok((invite, token))
    }

    /// Whether it can be used at this time.
    pub(crate) fn is_open(&self, now: Timestamp) -> bool {
        self.revoked_at.is_none() && now < self.expires_at && self.max_uses.is_none_or(|most| self.uses < most)
    }

    /// Whether it lets people into this group at this time. It does not once its creator was removed, not even after the
    /// creator has come back.
    pub(crate) fn admits(&self, group: &Group, now: Timestamp) -> bool {
        let removed_at = group.member(self.made_by).and_then(|maker| maker.removed_at);
        let is_void = removed_at.is_some_and(|removed| self.created_at.is_none_or(|made| made <= removed));
        !is_void && group.archived_at.is_none() && self.is_open(now)
    }

    /// Returns the guest that is claimed by joining with this `named` guest: that of a personal link, or the named one.
    pub(crate) fn claim(&self, named: Option<MemberId>, field: &'static str) -> Result<Option<MemberId>, Refusal> {
        match (self.guest_id, named) {
            (Some(own), Some(named)) if own != named => Err(Refusal::NotAGuest { field }),
            (own, named) => Ok(own.or(named)),
        }
    }

    /// Whether a claim by this invitation needs approval. The personal link that an owner or admin has created is one.
    pub(crate) fn needs_approval(&self, group: &Group) -> bool {
        let maker = group.member(self.made_by).filter(|maker| maker.is_active());
        let is_approved = self.guest_id.is_some() && maker.is_some_and(|maker| maker.role.may(Action::ApproveClaims));
        group.approve_claims && !is_approved
    }

    /// Whether it can still be used in this group: a personal link cannot once its guest was claimed or removed.
    pub(crate) fn fits(&self, group: &Group) -> bool {
        self.guest_id.is_none_or(|guest| group.claimable(guest).is_some())
    }

    /// Refuses users who may not revoke it. Allowed for its creator, owners and admins.
    pub(crate) fn check_revocable(&self, group: &Group, by: UserId) -> Result<(), Refusal> {
        // For an outsider, the invitation does not exist. `GROUP_NOT_FOUND` would reveal that it does.
        let member = group.active_member_of(by).map_err(|_| Refusal::InviteNotFound)?;
        let may = member.id == self.made_by || member.role.may(Action::RevokeInvites);
        if may { Ok(()) } else { Err(Refusal::NotYourInvite) }
    }

    /// The invitation as part of an event, without its secret token.
    pub(crate) fn facts(&self) -> InviteFacts {
        InviteFacts { invite_id: self.id, group_id: self.group_id, expires_at: self.expires_at }
    }
}

fn within(field: &'static str, number: i32, most: i32) -> Result<i32, Refusal> {
    if (1..=most).contains(&number) { Ok(number) } else { Err(Refusal::OutOfRange { field, most }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_long_and_unique() {
        let token = Token::random();
        assert_eq!(token.expose().len(), 32);
        assert_ne!(token, Token::random());
        assert_eq!(token.hash(), Token::received(token.expose()).hash());
        assert!(!format!("{token:?}").contains(token.expose()));
    }

    #[test]
    fn it_is_open_until_it_expires_is_used_up_or_revoked() {
        let invite = Invite {
            id: InviteId::new(),
            group_id: GroupId::new(),
            token_hash: String::new(),
            made_by: MemberId::new(),
            guest_id: None,
            expires_at: Timestamp::EPOCH.plus_ms(10),
            max_uses: Some(2),
            uses: 1,
            created_at: None,
            revoked_at: None,
        };
        let now = Timestamp::EPOCH;
        assert!(invite.is_open(now));
        assert!(!invite.is_open(invite.expires_at));
        assert!(!Invite { uses: 2, ..invite.clone() }.is_open(now));
        assert!(Invite { uses: 2, max_uses: None, ..invite.clone() }.is_open(now));
        assert!(!Invite { revoked_at: Some(now), ..invite }.is_open(now));
    }
}
