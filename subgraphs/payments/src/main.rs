//! The program `payments`; see the library for what it does.

use std::process::ExitCode;

fn main() -> ExitCode {
    kit::run::<payments::Services>()
}
