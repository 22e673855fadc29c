//! An invitation: whoever has its link may join the group, until it ends or is used up.

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
const LONGEST_HOURS: i32 = 365 * 24;
const MOST_USES: i32 = 1_000;

/// The secret of an invitation. Whoever has it may join, so it is in no log and no database.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Token(String);

impl Token {
    /// A new one that nobody can guess.
    pub(crate) fn random() -> Self {
        Self(BASE64_URL_SAFE_NO_PAD.encode(rand::random::<[u8; TOKEN_BYTES]>()))
    }

    /// One that somebody has brought.
    pub(crate) fn brought(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The secret itself.
    pub(crate) fn expose(&self) -> &str {
        &self.0
    }

    /// What is stored of it.
    pub(crate) fn hash(&self) -> String {
        BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(&self.0))
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(..)")
    }
}

/// An invitation, as it is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Invite {
    /// Which invitation.
    #[serde(rename = "_id")]
    pub(crate) id: InviteId,
    /// To which group.
    pub(crate) group_id: GroupId,
    /// Tells its token without being it.
    pub(crate) token_hash: String,
    /// Who made it.
    pub(crate) made_by: MemberId,
    /// Until when it can be used.
    pub(crate) expires_at: Timestamp,
    /// How often it can be used; `None` is without limit.
    pub(crate) max_uses: Option<i32>,
    /// How often it was used.
    pub(crate) uses: i32,
    /// When it was made; `None` for one that was made before this was kept.
    #[serde(default)]
    pub(crate) created_at: Option<Timestamp>,
    /// When it was revoked.
    pub(crate) revoked_at: Option<Timestamp>,
}

/// What somebody asks for who makes an invitation.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NewInvite {
    /// How long it can be used.
    pub(crate) expires_in_hours: i32,
    /// How often it can be used; `None` is without limit.
    pub(crate) max_uses: Option<i32>,
}

impl Invite {
    /// An invitation to this group, with its secret. Anyone who is in the group may make one.
    pub(crate) fn new(group: &Group, by: UserId, new: NewInvite, now: Timestamp) -> Result<(Self, Token), Refusal> {
        let made_by = group.check(by, Action::AddPeople)?.id;
        let hours = within("expiresInHours", new.expires_in_hours, LONGEST_HOURS)?;
        let max_uses = new.max_uses.map(|uses| within("maxUses", uses, MOST_USES)).transpose()?;
        let token = Token::random();
        let invite = Self {
            id: InviteId::new(),
            group_id: group.id,
            token_hash: token.hash(),
            made_by,
            expires_at: now.plus_ms(i64::from(hours) * HOUR_MS),
            max_uses,
            uses: 0,
            created_at: Some(now),
            revoked_at: None,
        };
        Ok((invite, token))
    }

    /// Whether somebody can join by it.
    pub(crate) fn is_open(&self, now: Timestamp) -> bool {
        self.revoked_at.is_none() && now < self.expires_at && self.max_uses.is_none_or(|most| self.uses < most)
    }

    /// Refuses those who may not take it back: its maker, an owner or an admin may.
    pub(crate) fn check_revocable(&self, group: &Group, by: UserId) -> Result<(), Refusal> {
        // To an outsider there is no such invitation, let alone its group.
        let member = group.active_member_of(by).map_err(|_| Refusal::InviteNotFound)?;
        let may = member.id == self.made_by || member.role.may(Action::RevokeInvites);
        if may { Ok(()) } else { Err(Refusal::NotYourInvite) }
    }

    /// The invitation as events tell it: without its secret.
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
    fn a_token_is_long_and_its_own() {
        let token = Token::random();
        assert_eq!(token.expose().len(), 32);
        assert_ne!(token, Token::random());
        assert_eq!(token.hash(), Token::brought(token.expose()).hash());
        assert!(!format!("{token:?}").contains(token.expose()));
    }

    #[test]
    fn it_is_open_until_it_ends_is_used_up_or_is_revoked() {
        let invite = Invite {
            id: InviteId::new(),
            group_id: GroupId::new(),
            token_hash: String::new(),
            made_by: MemberId::new(),
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
