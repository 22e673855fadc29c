//! What the services of Quits say to each other: typed ids, points in time, events and their
//! envelope, the names on the broker, and the questions one subgraph asks another.
//!
//! Never a database, never a business rule.

pub mod amount;
pub mod ask;
pub mod causes;
pub mod conversion;
pub mod envelope;
pub mod event;
pub mod id;
pub mod ledger;
pub mod ledgers;
pub mod nets;
pub mod pay_handles;
pub mod payments;
pub mod profile;
pub mod refusal;
pub mod roster;
pub mod split;
pub mod taking_over;
#[cfg(feature = "testing")]
pub mod testing;
pub mod time;
pub mod topology;
pub mod trace;

pub use conversion::Conversion;
pub use envelope::Envelope;
pub use event::Event;
pub use id::{
    AttachmentId, CategoryId, ClaimRequestId, CommentId, DraftId, ExpenseId, FriendRequestId, GroupId, InviteId,
    MemberId, PaymentBatchId, PaymentId, PresetId, ScheduleId, UserId,
};
pub use refusal::{Code, Refusal};
pub use time::Timestamp;
pub use trace::Trace;
