//! The binary of the subgraph `reports`.

use std::process::ExitCode;

fn main() -> ExitCode {
    kit::run::<reports::Services>()
}
