//! The program of a subgraph: one binary with several roles, such as `serve`, `verify` and `backup`.

use std::{io::Write, process::ExitCode, sync::Arc, time::Duration};

use async_graphql::SDLExportOptions;
use clap::{Arg, ArgAction, ArgMatches, Args, Command, FromArgMatches};
use futures::future::join_all;
use mongodb::Database;
use tokio_util::sync::CancellationToken;

use crate::{
    abandoned,
    backup::{Source, Target},
    bus::Bus,
    clock::Clock,
    events::{DEAD_LETTERS, DeadLetters, REPLAY, Replay, queues},
    failure::{Failure, Outcome},
    health::{self, Question},
    journal::{Difference, Journal, Relay},
    migrations::migrate,
    mongo,
    role::{OneShot, Resources, Role, Subgraph},
    serve::{self, Purpose},
    settings::Settings,
    telemetry,
    unusable::UnusableDatabase,
};

/// The delay before a missing dependency is checked again at the start.
const RETRY_INTERVAL: Duration = Duration::from_millis(500);

const SERVE: &str = "serve";
const VERIFY: &str = "verify";
const SEAL: &str = "seal";
const MIGRATE: &str = "migrate";
const BACKUP: &str = "backup";
const RESTORE: &str = "restore";
const SCHEMA: &str = "schema";
const SETTINGS: &str = "settings";

/// The option of `serve` that names further roles.
const ALSO: &str = "also";

/// Runs the program of a subgraph.
pub fn run<S: Subgraph>() -> ExitCode {
    let matches = command::<S>().get_matches();
    let Some((name, arguments)) = matches.subcommand() else { return ExitCode::FAILURE };
    if name == SCHEMA {
        return print(&sdl::<S>());
    }
    if name == SETTINGS {
        return commands::settings::describe(&with_settings::<S>(SERVE));
    }
    if name == health::NAME {
        return ask::<S>(arguments);
    }
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return give_up(&Failure::internal(error)),
    };
    match runtime.block_on(start::<S>(name, arguments)) {
        Ok(code) => code,
        Err(failure) => give_up(&failure),
    }
}

/// Returns the SDL for composing the supergraph.
pub fn sdl<S: Subgraph>() -> String {
    S::schema().finish().sdl_with_options(SDLExportOptions::new().federation())
}

fn with_settings<S: Subgraph>(name: &'static str) -> Command {
    let command = S::Settings::augment_args(Settings::augment_args(Command::new(name)));
    let roles: Vec<&str> = S::ROLES.iter().filter(|role| role.goes_with_serve).map(|role| role.name).collect();
    if name != SERVE || roles.is_empty() {
        return command;
    }
    command.arg(
        Arg::new(ALSO)
            .long(ALSO)
            .env("QUITS_SERVE_ALSO")
            .action(ArgAction::Append)
            .value_delimiter(',')
            .value_parser(roles)
            .help("A role to play in the same process, which saves the memory of another one on a small machine"),
    )
}

fn command<S: Subgraph>() -> Command {
    let with_settings = |name: &'static str, about: &'static str| {
        let command = with_settings::<S>(name);
        let command = match name {
            BACKUP => Target::augment_args(command),
            RESTORE => Source::augment_args(command),
            DEAD_LETTERS => DeadLetters::augment_args(command),
            REPLAY => Replay::augment_args(command),
            _ => command,
        };
        // clap would use the doc comment of the settings as the description of the role.
        command.about(about).long_about(None)
    };
    let verify = "Recomputes everything from the journal and compares; exits with 1 on a difference";
    let seal = "Seals the journal's entries from before there were seals, as they are now";
    Command::new(S::NAME)
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(with_settings(SERVE, "Answers GraphQL and publishes the journal"))
        .subcommands(S::ROLES.iter().map(|role| with_settings(role.name, role.about)))
        .subcommands(S::ONE_SHOTS.iter().map(|one| with_settings(one.name, one.about)))
        .subcommands(S::HAS_JOURNAL.then(|| with_settings(VERIFY, verify)))
        .subcommands(S::HAS_JOURNAL.then(|| with_settings(SEAL, seal)))
        .subcommands(S::HAS_JOURNAL.then(|| with_settings(REPLAY, "Publishes a stream or the whole journal again")))
        .subcommands(
            (!queues(S::NAME).is_empty())
                .then(|| with_settings(DEAD_LETTERS, "Lists, shows and replays events that a consumer has given up")),
        )
        .subcommand(with_settings(
            MIGRATE,
            "Makes indexes and brings the documents to the form that this program knows",
        ))
        .subcommand(with_settings(BACKUP, "Writes all that the database holds to a file, as it is at one moment"))
        .subcommand(with_settings(RESTORE, "Checks such a file and brings the database to what it says"))
        .subcommand(Command::new(SCHEMA).about("Prints the schema"))
        .subcommand(Command::new(SETTINGS).about("Prints what can be set, for documentation").hide(true))
        .subcommand(Question::augment_args(Command::new(health::NAME)).about(health::ABOUT).long_about(None))
}

fn role<S: Subgraph>(name: &str) -> Option<&'static Role<S>> {
    S::ROLES.iter().find(|role| role.name == name)
}

/// The roles that `serve` plays too.
fn also<S: Subgraph>(arguments: &ArgMatches) -> Vec<&'static Role<S>> {
    // Only `serve` has the option, and only where there is such a role.
    let names = arguments.try_get_many::<String>(ALSO).ok().flatten().into_iter().flatten();
    names.filter_map(|name| role::<S>(name)).collect()
}

fn port<S: Subgraph>(role: Option<&Role<S>>) -> u16 {
    S::PORT + role.map_or(0, |role| role.port_offset)
}

fn ask<S: Subgraph>(arguments: &ArgMatches) -> ExitCode {
    match Question::from_arg_matches(arguments) {
        Ok(question) if question.role == SERVE => question.ask(S::PORT),
        Ok(question) => match role::<S>(&question.role) {
            Some(role) => question.ask(port(Some(role))),
            None => give_up(&Failure::internal(format!("there is no role `{}`", question.role))),
        },
        Err(error) => give_up(&Failure::internal(error)),
    }
}

async fn start<S: Subgraph>(name: &str, arguments: &ArgMatches) -> Outcome<ExitCode> {
    let settings = Settings::from_arg_matches(arguments).map_err(Failure::internal)?;
    let own = S::Settings::from_arg_matches(arguments).map_err(Failure::internal)?;
    settings.check_secrets()?;
    let database = mongo::database(&settings, S::NAME).await?;
    // Without logging, which would be mixed into the bytes of a backup.
    if let BACKUP | RESTORE = name {
        return backup_or_restore::<S>(name, arguments, &database).await;
    }
    let service = if name == SERVE { S::NAME.to_owned() } else { format!("{}-{name}", S::NAME) };
    let _telemetry = telemetry::start(&settings, &service)?;
    let clock = Clock::system();
    let journal = Arc::new(Journal::new(S::NAME, database.clone(), clock.clone(), &settings.journal_key));
    let bus = Bus::new(&settings);
    match name {
        DEAD_LETTERS => {
            let letters = DeadLetters::from_arg_matches(arguments).map_err(Failure::internal)?;
            return Ok(print(&letters.run(&bus, S::NAME).await?));
        }
        REPLAY => {
            let replay = Replay::from_arg_matches(arguments).map_err(Failure::internal)?;
            return Ok(print(&replay.run(&journal.outbox()).await?));
        }
        _ => {}
    }
    let resources = Resources { settings, own, database, journal, bus, clock };
    match name {
        VERIFY => verify::<S>(&resources).await,
        SEAL => seal::<S>(&resources).await,
        MIGRATE => prepare::<S>(&resources).await,
        _ => match S::ONE_SHOTS.iter().find(|one| one.name == name) {
            Some(one) => run_once(one, &resources).await,
            None => work::<S>(role::<S>(name), also::<S>(arguments), resources).await,
        },
    }
}

/// Runs a role, or serves and plays the roles in `also`, until cancelled.
async fn work<S: Subgraph>(
    role: Option<&'static Role<S>>,
    also: Vec<&'static Role<S>>,
    resources: Resources<S::Settings, S::Ledger>,
) -> Outcome<ExitCode> {
    let stop = stop_on_signal()?;
    let Some(opened) = open_when_ready::<S>(&resources, &stop).await else { return Ok(ExitCode::SUCCESS) };
    let subgraph = opened?;
    let port = resources.settings.port.unwrap_or(port(role));
    let (services, bus) = (Arc::clone(&subgraph), resources.bus.clone());
    let (purpose, working) = match role {
        Some(role) => (Purpose::Probes, (role.work)(services, bus, stop.clone())),
        None => (Purpose::Requests, services.background(bus, stop.clone())),
    };
    let has_other_roles = !S::ROLES.is_empty();
    let relay = Relay::new(&resources.journal, resources.bus.clone()).with_other_writers(has_other_roles);
    let publishing = async {
        if purpose == Purpose::Requests && S::HAS_JOURNAL {
            relay.run(stop.clone()).await;
        }
    };
    let also = also.iter().map(|role| (role.work)(Arc::clone(&subgraph), resources.bus.clone(), stop.clone()));
    let serving = serve::serve(&subgraph, purpose, &resources, port, &stop);
    let ending = abandoned::keep_ending(&resources.database, &stop);
    let (served, (), (), _, ()) = tokio::join!(serving, publishing, working, join_all(also), ending);
    // Shuts down the driver's background tasks while the runtime still exists.
    resources.database.client().clone().shutdown().immediate(true).await;
    served?;
    Ok(ExitCode::SUCCESS)
}

/// Waits for the database without limit, because services may be started in any order.
async fn open_when_ready<S: Subgraph>(
    resources: &Resources<S::Settings, S::Ledger>,
    stop: &CancellationToken,
) -> Option<Result<Arc<S>, UnusableDatabase>> {
    loop {
        tokio::select! {
            opened = open(resources) => match opened {
                Ok(opened) => return Some(opened),
                Err(failure) => tracing::warn!(reason = failure.log_text(), "the subgraph cannot be opened yet; trying again"),
            },
            () = stop.cancelled() => return None,
        }
        tokio::time::sleep(RETRY_INTERVAL).await;
    }
}

/// Migrates the documents before the indexes are created, which may require what old documents lack.
async fn open<S: Subgraph>(resources: &Resources<S::Settings, S::Ledger>) -> Outcome<Result<Arc<S>, UnusableDatabase>> {
    if let Err(unusable) = migrate(&resources.database, S::MIGRATIONS).await? {
        return Ok(Err(unusable));
    }
    resources.journal.prepare().await?;
    S::open(resources).await.map(Ok)
}

/// The role `migrate`: what every other role does at its start, and nothing else.
async fn prepare<S: Subgraph>(resources: &Resources<S::Settings, S::Ledger>) -> Outcome<ExitCode> {
    open::<S>(resources).await??;
    Ok(print(&format!("The database is at version {}.\n", S::MIGRATIONS.len())))
}

async fn run_once<S: Subgraph>(one: &OneShot<S>, resources: &Resources<S::Settings, S::Ledger>) -> Outcome<ExitCode> {
    let subgraph = open::<S>(resources).await??;
    Ok(print(&format!("{}\n", (one.run)(subgraph).await?)))
}

async fn seal<S: Subgraph>(resources: &Resources<S::Settings, S::Ledger>) -> Outcome<ExitCode> {
    migrate(&resources.database, S::MIGRATIONS).await??;
    match resources.journal.seal(S::postings()).await? {
        Ok(sealed) => Ok(print(&format!("{sealed} journal entries were sealed.\n"))),
        Err(difference) => Ok(differs(&difference)),
    }
}

async fn verify<S: Subgraph>(resources: &Resources<S::Settings, S::Ledger>) -> Outcome<ExitCode> {
    migrate(&resources.database, S::MIGRATIONS).await??;
    let entries = match resources.journal.verify(S::postings()).await? {
        Ok(entries) => entries,
        Err(difference) => return Ok(differs(&difference)),
    };
    let mut documents = 0;
    for kind in S::documents() {
        match resources.journal.verify_documents(&kind).await? {
            Ok(compared) => documents += compared,
            Err(difference) => return Ok(differs(&difference)),
        }
    }
    Ok(print(&format!("{entries} journal entries add up. {documents} documents say the same.\n")))
}

fn differs(Difference { stream, id, what }: &Difference) -> ExitCode {
    print(&format!("The first difference is at {id} in stream {stream}: {what}.\n"));
    ExitCode::FAILURE
}

/// Without migrating: a backup before an upgrade has the old format, and a restore ends with the content of the file.
async fn backup_or_restore<S: Subgraph>(name: &str, arguments: &ArgMatches, database: &Database) -> Outcome<ExitCode> {
    if name == BACKUP {
        Target::from_arg_matches(arguments).map_err(Failure::internal)?.back_up(database, S::NAME).await?;
    } else {
        let source = Source::from_arg_matches(arguments).map_err(Failure::internal)?;
        source.restore(database, (S::NAME, S::MIGRATIONS)).await?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Returns a token that is cancelled by SIGTERM or Ctrl-C.
fn stop_on_signal() -> Outcome<CancellationToken> {
    let stop = CancellationToken::new();
    let mut terminate =
        tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()).map_err(Failure::internal)?;
    let signalled = stop.clone();
    tokio::spawn(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = tokio::signal::ctrl_c() => {}
        }
        signalled.cancel();
    });
    Ok(stop)
}

fn print(text: &str) -> ExitCode {
    // It is fine if the reader has closed the pipe.
    let _ = std::io::stdout().write_all(text.as_bytes());
    ExitCode::SUCCESS
}

fn give_up(failure: &Failure) -> ExitCode {
    let _ = writeln!(std::io::stderr(), "Cannot go on: {}", failure.log_text());
    ExitCode::FAILURE
}
