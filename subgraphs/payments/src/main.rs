//! `payments serve | verify | schema`

use std::process::ExitCode;

fn main() -> ExitCode {
    kit::run::<payments::Payments>()
}
