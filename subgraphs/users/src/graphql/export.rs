//! One's own data in the API.

use async_graphql::{Context, Object, SimpleObject};
use kit::{Outcome, graphql::request};

use crate::services::Services;

/// A file with everything that is kept about a person as a person. What the person did in groups is theirs too, and is
/// exported group by group.
#[derive(SimpleObject)]
struct PersonalData {
    /// What the file may be called.
    filename: String,
    /// Its media type.
    media_type: &'static str,
    /// The file itself: JSON with the account, friends, requests and sessions.
    content: String,
}

/// The queries about one's own data.
#[derive(Default)]
pub struct ExportQueries;

#[Object]
impl ExportQueries {
    /// Everything that is kept about the caller: account, friends, requests and sessions, and no secret.
    async fn export_my_data(&self, ctx: &Context<'_>) -> Outcome<PersonalData> {
        let (services, caller) = request::<Services>(ctx)?;
        let file = services.exports.export(caller).await?;
        Ok(PersonalData { filename: file.filename, media_type: "application/json", content: file.content })
    }
}
