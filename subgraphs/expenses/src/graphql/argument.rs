//! The names of arguments in refusals.

use kit::Failure;

/// Moves the field of a refusal from `input.total` to `{around}.total`, for arguments with another name than `input`.
pub(super) fn without_input(failure: Failure, around: &str) -> Failure {
    let Failure::Refused(mut refusal) = failure else { return failure };
    refusal.field = refusal.field.map(|field| match field.strip_prefix("input.") {
        Some("idempotencyKey") => "idempotencyKey".to_owned(),
        Some(inner) => format!("{around}{inner}"),
        None => field,
    });
    Failure::Refused(refusal)
}
