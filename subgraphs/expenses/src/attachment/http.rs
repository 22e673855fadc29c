//! HTTP routes that upload and download files. Their signed URLs are the authorisation.

use std::sync::Arc;

use axum::{
    Json, Router,
    body::Bytes,
    extract::{DefaultBodyLimit, Path, Query, State},
    http::{
        HeaderName, StatusCode,
        header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS},
    },
    response::{IntoResponse, Response},
    routing::{get, post},
};
use kit::{Code, Failure, Outcome, run_to_end};
use serde::Serialize;

use super::{
    address::{FILES, Fetch, Sent},
    content::{LARGEST, MediaType},
    operations::Attachments,
    store::File,
};

/// A content security policy under which a file can neither load resources nor run scripts.
const CONTENT_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; sandbox";
/// At most as long as a download URL is valid.
const CACHING: &str = "private, max-age=600, immutable";
const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// The response to an upload.
#[derive(Serialize)]
struct Added {
    id: String,
}

pub(crate) fn routes(attachments: &Arc<Attachments>) -> Router {
    Router::new()
        .route(FILES, post(send))
        // One byte more than allowed, so that `Content::read` refuses a larger file with a reason.
        .layer(DefaultBodyLimit::max(LARGEST + 1))
        .route(&format!("{FILES}/{{file}}/{{name}}"), get(fetch))
        .with_state(Arc::clone(attachments))
}

async fn send(State(attachments): State<Arc<Attachments>>, Query(sent): Query<Sent>, body: Bytes) -> Response {
    let received = run_to_end(async move { attachments.receive(&sent, body.into()).await }).await.flatten();
    match received {
        Ok(attachment) => (StatusCode::CREATED, Json(Added { id: attachment.id.to_string() })).into_response(),
        Err(failure) => refused(&failure),
    }
}

async fn fetch(
    State(attachments): State<Arc<Attachments>>,
    Path((file, _)): Path<(String, String)>,
    Query(fetch): Query<Fetch>,
) -> Response {
    let found: Outcome<Option<File>> = run_to_end(async move { attachments.file(&file, &fetch).await }).await.flatten();
    match found {
        Ok(Some(file)) => served(file),
        Ok(None) => StatusCode::NOT_FOUND.into_response(),
        Err(failure) => refused(&failure),
    }
}

/// Pictures are shown inline, documents are downloaded. The URL ends with the file name, so the header need not name
/// it.
fn served(file: File) -> Response {
    let disposition = if file.media_type == MediaType::Pdf.as_str() { "attachment" } else { "inline" };
    let headers = [
        (CONTENT_TYPE, file.media_type.as_str()),
        (CONTENT_DISPOSITION, disposition),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (CONTENT_SECURITY_POLICY, CONTENT_POLICY),
        (CACHE_CONTROL, CACHING),
        (RESOURCE_POLICY, "same-origin"),
    ];
    (headers, file.bytes).into_response()
}

/// Refusals are shown to the sender; internal errors are only logged.
fn refused(failure: &Failure) -> Response {
    match failure {
        Failure::Refused(refusal) => {
            let status = if refusal.code == Code::Validation { StatusCode::BAD_REQUEST } else { StatusCode::FORBIDDEN };
            (status, Json(refusal)).into_response()
        }
        Failure::Internal(_) => {
            tracing::error!(reason = failure.log_text(), "an upload or download failed");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}
