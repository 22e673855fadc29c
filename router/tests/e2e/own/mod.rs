//! Stories that reach behind the router, or stop, cut, replace or restore what is there: on a stack of their own.

mod access;
pub mod backup;
mod drift;
mod keys;
mod limits;
mod outages;
mod recovery;
mod rolling;
mod trace;
