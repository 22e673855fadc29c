//! Stories that need an address and nothing else. Each starts a stack for itself, or with `QUITS_E2E_URL` goes to what
//! runs there, however it was installed: `cargo xtask test --against` names it and leaves the other stories out.

mod access;
mod answers;
mod drafts;
mod drift;
mod limits;
mod live;
mod once;
