//! `cargo xtask`: installs, builds, starts, tests and checks Quits.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command-line tool prints to the terminal")]

mod bench;
mod chaos;
mod check;
mod compile;
mod containers;
mod currencies;
mod demo;
mod deny;
mod generated;
mod home;
mod http;
mod interrupt;
mod kubernetes;
mod leftovers;
mod listeners;
mod logs;
mod pip;
mod ports;
mod process;
mod progress;
mod schema;
mod servers;
mod services;
mod settings;
mod stack;
mod steps;
mod test;
mod tools;
mod up;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use interrupt::Stopped;

/// Gets, builds, starts, tests and checks Quits.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Start everything; Ctrl-C stops everything
    Up(up::Up),
    /// Run every test on servers and data of its own
    Test(test::Test),
    /// Kill and pause services under load, and compare what is there with what was answered
    Chaos(chaos::Chaos),
    /// Measure an optimised build, next to floors
    Bench(bench::Bench),
    /// Check format, lints, rules, licences, containers, manifests and schema
    Check,
    /// Write schema/ from the code
    Schema,
    /// Write what pages say about settings and files
    Docs,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let done = interrupt::listen().and_then(|()| match arguments.command {
        Command::Up(options) => up::run(&options),
        Command::Test(options) => test::run(&options),
        Command::Chaos(options) => chaos::run(&options),
        Command::Bench(options) => bench::run(&options),
        Command::Check => check::run(),
        Command::Schema => generated::write_schema(),
        Command::Docs => generated::write_docs(),
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if error.is::<Stopped>() => {
            progress::say("Stopped.");
            ExitCode::from(130)
        }
        Err(error) => {
            progress::say(format!("\n✗ {error:#}"));
            ExitCode::FAILURE
        }
    }
}
