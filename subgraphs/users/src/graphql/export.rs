//! GraphQL types of the export of personal data.

use async_graphql::{Context, Object, SimpleObject};
use kit::{Outcome, graphql::request};

use crate::services::Services;

/// A file with everything that is stored about a person. Data in groups is exported per group instead.
#[derive(SimpleObject)]
struct PersonalData {
    /// A name for the file.
    filename: String,
    /// The media type of the file.
    media_type: &'static str,
    /// The content of the file: JSON with the account, friends, requests and sessions.
    content: String,
}

/// Queries of personal data.
#[derive(Default)]
pub(super) struct ExportQueries;

#[Object]
impl ExportQueries {
    /// The caller's account with its friends, requests, ways to be paid and sessions, without secrets. What a person has
    /// chosen elsewhere is in `notificationSettings` and `User.budgets`; entries of a group are in `exportGroup`.
    async fn export_my_data(&self, ctx: &Context<'_>) -> Outcome<PersonalData> {
        let (services, caller) = request::<Services>(ctx)?;
        let file = services.exports.export(caller).await?;
        Ok(PersonalData { filename: file.filename, media_type: "application/json", content: file.content })
    }
}
