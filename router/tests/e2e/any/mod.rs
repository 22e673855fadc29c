//! Tests that need only a public address. Each starts a stack of its own or, if `QUITS_E2E_URL` is set, uses the
//! installation at that address: `cargo xtask test --against` sets it and skips all other tests.

mod access;
mod answers;
mod drafts;
mod drift;
mod limits;
mod live;
mod once;
mod outsiders;
