//! The contracts between the services of Quits: typed ids, timestamps, events and their envelope, names on the broker,
//! and the requests between subgraphs.
//!
//! Never a database, never a business rule.

pub mod amount;
pub mod ask;
pub mod causes;
pub mod contacts;
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
mod split_refusal;
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
    AttachmentId, CategoryId, ClaimRequestId, CommentId, DraftId, ExpenseId, FriendRequestId, GroupId, HouseholdId,
    InviteId, MemberId, PaymentBatchId, PaymentId, PresetId, ScheduleId, UserId,
};
pub use refusal::{Code, Refusal};
pub use time::Timestamp;
pub use trace::Trace;
