//! GraphQL types of comments.

use async_graphql::{Context, ID, Object, SimpleObject};
use contracts::CommentId;
use kit::{
    Outcome,
    graphql::{DateTime, read_id, request},
};

use super::reference::Member;
use crate::{comment, refusal::Refusal, services::Services};

#[derive(Default)]
pub(super) struct CommentMutations;

#[Object]
impl CommentMutations {
    /// Adds a comment to an expense. "@" followed by a member's name mentions the member.
    async fn add_comment(&self, ctx: &Context<'_>, expense_id: ID, text: String) -> Outcome<Comment> {
        let (services, caller) = request::<Services>(ctx)?;
        let expense = read_id(&expense_id, Refusal::ExpenseNotFound)?;
        Ok(services.comments.add(caller, expense, &text).await?.into())
    }

    /// Changes the text of one of the caller's comments.
    async fn edit_comment(&self, ctx: &Context<'_>, id: ID, text: String) -> Outcome<Comment> {
        let (services, caller) = request::<Services>(ctx)?;
        Ok(services.comments.edit(caller, comment_id(&id)?, &text).await?.into())
    }

    /// Deletes one of the caller's comments.
    async fn delete_comment(&self, ctx: &Context<'_>, id: ID) -> Outcome<bool> {
        let (services, caller) = request::<Services>(ctx)?;
        services.comments.delete(caller, comment_id(&id)?).await.map(|()| true)
    }
}

/// A member's comment on an expense.
#[derive(SimpleObject)]
pub(super) struct Comment {
    id: ID,
    by: Member,
    text: String,
    /// The members mentioned with "@".
    mentions: Vec<Member>,
    at: DateTime,
    /// When it was last edited; null if never.
    edited_at: Option<DateTime>,
}

impl From<comment::Comment> for Comment {
    fn from(comment: comment::Comment) -> Self {
        Self {
            id: comment.id.to_string().into(),
            by: comment.by.into(),
            text: comment.text,
            mentions: comment.mentions.into_iter().map(Into::into).collect(),
            at: comment.at.into(),
            edited_at: comment.edited_at.map(Into::into),
        }
    }
}

fn comment_id(id: &ID) -> Outcome<CommentId> {
    read_id(id, Refusal::CommentNotFound)
}
