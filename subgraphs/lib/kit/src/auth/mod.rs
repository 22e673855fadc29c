//! Authentication: every subgraph verifies the access token again.

mod caller;
mod check;
mod claims;
mod keys;
mod remembered;

pub use caller::Caller;
pub use check::{ROUTER_KEY, TokenCheck};
pub use claims::{ALGORITHM, Claims, TOKEN_TYPE};
pub use keys::Keys;
