//! Measures what Quits costs, on services of its own: `cargo xtask bench`. Each figure that has a floor is measured
//! next to it, and stated as a ratio; the figures themselves depend on the machine.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a measurement prints, and ends on failure"
)]

mod changes;
mod events;
mod idle;
mod machine;
mod pages;
mod pushes;
mod sockets;

#[path = "../../tests/e2e/percentile.rs"]
mod percentile;

#[allow(dead_code, reason = "the stories use the rest")]
#[path = "../../tests/e2e/installation.rs"]
mod installation;
#[allow(dead_code, reason = "the stories use the rest")]
#[path = "../../tests/e2e/person.rs"]
mod person;
#[allow(dead_code, reason = "the stories use the rest")]
#[path = "../../tests/e2e/stack.rs"]
mod stack;
#[allow(dead_code, reason = "the stories use the rest")]
#[path = "../../tests/e2e/trip.rs"]
mod trip;

use stack::Stack;

/// Enough for a thousand subscribers and ten thousand sockets of twenty people.
const SETTINGS: &[(&str, &str)] = &[("QUITS_SOCKETS_PER_PERSON", "1000"), ("QUITS_LOG", "warn")];

#[tokio::main]
async fn main() {
    let chosen: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let is_chosen = |name: &str| chosen.is_empty() || chosen.iter().any(|chosen| chosen == name);
    let mut stack = Stack::start_alone_with(SETTINGS).await;
    if is_chosen("idle") {
        idle::measure(&stack).await;
    }
    if is_chosen("pages") {
        pages::measure(&stack).await;
    }
    if is_chosen("changes") {
        changes::measure(&stack).await;
    }
    if is_chosen("pushes") {
        pushes::measure(&stack, 100).await;
        pushes::measure(&stack, 1_000).await;
    }
    if is_chosen("sockets") {
        sockets::measure(&stack).await;
    }
    if is_chosen("events") {
        events::measure(&mut stack).await;
    }
}
