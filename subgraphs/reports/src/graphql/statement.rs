//! The API of statements.

use async_graphql::{Context, ID, Object, SimpleObject};
use base64::{Engine, engine::general_purpose::STANDARD};
use kit::{
    Outcome,
    graphql::{data, read_id, request},
    mail::Language,
};

use super::loaders::Loaders;
use crate::{refusal::Refusal, services::Services, spending::Month};

/// A statement to keep or to print.
#[derive(SimpleObject)]
pub(super) struct StatementFile {
    /// What to call it, such as "quits-statement-2026-11.pdf".
    filename: String,
    /// Its media type.
    media_type: String,
    /// Its bytes in base64.
    content_base64: String,
}

#[derive(Default)]
pub(super) struct StatementQuery;

#[Object]
impl StatementQuery {
    /// What a group spent in a month such as "2026-11", as a PDF: every expense, and the sums by member and category. In
    /// the language of the locale, where it is English, German or Spanish; up to 2,000 expenses.
    async fn group_statement(
        &self,
        ctx: &Context<'_>,
        group_id: ID,
        month: String,
        #[graphql(default = "en")] locale: String,
    ) -> Outcome<StatementFile> {
        let (services, caller) = request::<Services>(ctx)?;
        caller.user()?;
        let group = read_id(&group_id, Refusal::GroupNotFound)?;
        let membership = data::<Loaders>(ctx)?.membership(group).await?.ok_or(Refusal::GroupNotFound)?;
        let month: Month = month.parse().map_err(|_| Refusal::NotAMonth)?;
        let bytes = services.statements.of_group(membership, month, Language::of(&locale)).await?;
        Ok(StatementFile {
            filename: format!("quits-statement-{month}.pdf"),
            media_type: "application/pdf".to_owned(),
            content_base64: STANDARD.encode(bytes),
        })
    }
}
