//! The program `users`.

use std::process::ExitCode;

fn main() -> ExitCode {
    kit::run::<users::Services>()
}
