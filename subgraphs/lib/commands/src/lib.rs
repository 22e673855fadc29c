//! Commands that every program of Quits has, the router as well as the subgraphs.

pub mod health;
pub mod settings;
