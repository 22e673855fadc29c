//! The program: `payments serve`, `payments verify` and the roles that every subgraph has.

use std::process::ExitCode;

fn main() -> ExitCode {
    kit::run::<payments::Services>()
}
