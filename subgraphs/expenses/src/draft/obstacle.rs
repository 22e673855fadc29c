//! What stops a draft, besides what its text leaves open.

use serde::Serialize;

/// Why a draft cannot become an expense, besides what its text leaves open.
#[derive(Clone, Copy, Debug, Serialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "SCREAMING_SNAKE_CASE")]
pub(super) enum Obstacle {
    /// The reading names somebody outside the group.
    #[error("What was read does not fit the people of this group. Please say it in other words.")]
    NotOfThisGroup,
    /// Reading it has failed too often.
    #[error("This could not be read because of a problem on our side. Please enter it yourself.")]
    GivenUp,
    /// The group is gone.
    #[error("There is no such group any more.")]
    NoGroup,
    /// The author has left the group.
    #[error("You are not in this group.")]
    NotInGroup,
    /// The photo has expired.
    #[error("The photo is not there any more.")]
    PhotoGone,
}
