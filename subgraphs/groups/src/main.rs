//! The binary of the subgraph `groups`.

use std::process::ExitCode;

fn main() -> ExitCode {
    kit::run::<groups::Services>()
}
