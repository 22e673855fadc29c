//! Tests that bypass the router, or stop, disconnect, replace or restore services. Each starts a stack of its own.

mod access;
mod backup;
mod broker_away;
mod cards;
mod chaos;
mod costs;
mod drift;
mod keys;
mod limits;
mod load;
mod outages;
mod permissions;
mod production;
mod recovery;
mod role_rows;
mod roles;
mod rolling;
mod secrets;
mod trace;
