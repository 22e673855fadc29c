//! One binary, several roles: `expenses serve`, `expenses advise`, `expenses verify` and so on.

use std::{fmt::Debug, io::Write, process::ExitCode, sync::Arc, time::Duration};

use async_graphql::{Data, ObjectType, SDLExportOptions, SchemaBuilder, SubscriptionType};
use async_trait::async_trait;
use clap::{ArgMatches, Args, Command, FromArgMatches, ValueEnum};
use mongodb::Database;
use tokio_util::sync::CancellationToken;

use crate::{
    auth::{Caller, Keys, TokenCheck},
    backup::{Source, Target},
    bus::Bus,
    failure::{Failure, Outcome},
    health::{self, Question},
    journal::{Journal, Postings, Relay},
    migrations::{Migration, Unfit, migrate},
    mongo, serve,
    settings::Settings,
    telemetry,
};

/// How long a part that is not there yet is waited for before it is looked for again.
const NOT_YET: Duration = Duration::from_millis(500);

/// What a process of a subgraph does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Role {
    /// Answers GraphQL and publishes the journal.
    Serve,
    /// Consumes events and writes advice.
    Advise,
    /// Consumes events and collects reports.
    Collect,
    /// Recomputes everything from the journal and compares.
    #[value(skip)]
    Verify,
    /// Brings the database to the form that this program knows.
    #[value(skip)]
    Migrate,
    /// Writes all that the database holds to a file.
    #[value(skip)]
    Backup,
    /// Reads such a file back.
    #[value(skip)]
    Restore,
    /// Prints the schema.
    #[value(skip)]
    Schema,
}

impl Role {
    const fn name(self) -> &'static str {
        match self {
            Self::Serve => "serve",
            Self::Advise => "advise",
            Self::Collect => "collect",
            Self::Verify => "verify",
            Self::Migrate => "migrate",
            Self::Backup => "backup",
            Self::Restore => "restore",
            Self::Schema => "schema",
        }
    }

    const fn about(self) -> &'static str {
        match self {
            Self::Serve => "Answers GraphQL and publishes the journal",
            Self::Advise => "Consumes events and writes advice",
            Self::Collect => "Consumes events and collects reports",
            Self::Verify => "Recomputes everything from the journal and compares; exits with 1 on a difference",
            Self::Migrate => "Makes indexes and brings the documents to the form that this program knows",
            Self::Backup => "Writes all that the database holds to a file, as it is at one moment",
            Self::Restore => "Checks such a file and brings the database to what it says",
            Self::Schema => "Prints the schema",
        }
    }

    /// What a subgraph's process with this role is called where several are looked at.
    fn service(self, name: &str) -> String {
        match self {
            Self::Serve => name.to_owned(),
            _ => format!("{name}-{}", self.name()),
        }
    }

    /// A consumer listens ten ports above its subgraph, for its health only.
    const fn port(self, port: u16) -> u16 {
        match self {
            Self::Advise | Self::Collect => port + 10,
            _ => port,
        }
    }
}

/// What a subgraph is opened with.
pub struct Resources<S> {
    /// What every subgraph is told.
    pub settings: Settings,
    /// What only this one is told.
    pub own: S,
    /// Its database.
    pub database: Database,
    /// Its journal, ready to be written to.
    pub journal: Arc<Journal>,
    /// The way to the broker.
    pub bus: Bus,
}

/// One domain: what the five give to `kit` to be run.
#[async_trait]
pub trait Subgraph: Send + Sync + Sized + 'static {
    /// The name of crate, binary, database and image.
    const NAME: &'static str;
    /// The port of the role `serve` when none is set.
    const PORT: u16;
    /// The roles beside those that all have.
    const ROLES: &'static [Role] = &[];
    /// The steps from the first form of its documents to the present one.
    const MIGRATIONS: &'static [Migration] = &[];
    /// The settings that only this one has.
    type Settings: Args + Clone + Debug + Send + Sync;
    /// The queries.
    type Query: ObjectType + 'static;
    /// The mutations.
    type Mutation: ObjectType + 'static;
    /// The subscriptions.
    type Subscription: SubscriptionType + 'static;

    /// The schema, without data.
    fn schema() -> SchemaBuilder<Self::Query, Self::Mutation, Self::Subscription>;

    /// Opens it: makes indexes, connects what it asks.
    async fn open(resources: &Resources<Self::Settings>) -> Outcome<Arc<Self>>;

    /// What resolvers find beside the subgraph itself and the caller: one set of loaders a request.
    fn request_data(self: &Arc<Self>, _caller: &Caller, _data: &mut Data) {}

    /// Where its keys for access tokens come from.
    fn keys(&self, settings: &Settings) -> Keys {
        Keys::Published(settings.jwks_url.clone())
    }

    /// Routes beside `/graphql`, `/health` and `/ready`.
    fn routes(self: &Arc<Self>, _tokens: &Arc<TokenCheck>) -> axum::Router {
        axum::Router::new()
    }

    /// What the role does beside answering requests; returns when told to stop.
    async fn work(self: Arc<Self>, _role: Role, _bus: Bus, stop: CancellationToken) {
        stop.cancelled().await;
    }

    /// What its events do to the ledger, for `verify`.
    fn postings() -> Postings {
        |_| Ok(Vec::new())
    }
}

/// The whole program of a subgraph.
pub fn run<S: Subgraph>() -> ExitCode {
    let matches = command::<S>().get_matches();
    let Some((name, arguments)) = matches.subcommand() else { return ExitCode::FAILURE };
    if name == Role::Schema.name() {
        return print(&sdl::<S>());
    }
    if name == health::NAME {
        return ask::<S>(arguments);
    }
    let Some(role) = roles::<S>().find(|role| role.name() == name) else { return ExitCode::FAILURE };
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return give_up(&Failure::internal(error)),
    };
    match runtime.block_on(start::<S>(role, arguments)) {
        Ok(code) => code,
        Err(failure) => give_up(&failure),
    }
}

/// The schema as the router's composition reads it.
pub fn sdl<S: Subgraph>() -> String {
    S::schema().finish().sdl_with_options(SDLExportOptions::new().federation())
}

fn roles<S: Subgraph>() -> impl Iterator<Item = Role> {
    let of_all = [Role::Serve, Role::Migrate, Role::Backup, Role::Restore];
    of_all.into_iter().chain(S::ROLES.iter().copied())
}

fn command<S: Subgraph>() -> Command {
    let with_settings = |role: Role| {
        let command = S::Settings::augment_args(Settings::augment_args(Command::new(role.name())));
        let command = match role {
            Role::Backup => Target::augment_args(command),
            Role::Restore => Source::augment_args(command),
            _ => command,
        };
        // The settings' own descriptions are not the role's.
        command.about(role.about()).long_about(None)
    };
    Command::new(S::NAME)
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommands(roles::<S>().map(with_settings))
        .subcommand(Command::new(Role::Schema.name()).about(Role::Schema.about()))
        .subcommand(Question::augment_args(Command::new(health::NAME)).about(health::ABOUT).long_about(None))
}

fn ask<S: Subgraph>(arguments: &ArgMatches) -> ExitCode {
    match Question::from_arg_matches(arguments) {
        Ok(question) => question.ask(question.role.port(S::PORT)),
        Err(error) => give_up(&Failure::internal(error)),
    }
}

async fn start<S: Subgraph>(role: Role, arguments: &ArgMatches) -> Outcome<ExitCode> {
    let settings = Settings::from_arg_matches(arguments).map_err(Failure::internal)?;
    let own = S::Settings::from_arg_matches(arguments).map_err(Failure::internal)?;
    settings.check_secrets()?;
    let database = mongo::database(&settings, S::NAME).await?;
    // Without a log, which would be written between a backup's bytes.
    if let Role::Backup | Role::Restore = role {
        return backup_or_restore::<S>(role, arguments, &database).await;
    }
    let _telemetry = telemetry::start(&settings, &role.service(S::NAME))?;
    let journal = Arc::new(Journal::new(S::NAME, database.clone()));
    let bus = Bus::new(&settings);
    let resources = Resources { settings, own, database, journal, bus };
    match role {
        Role::Verify => return verify::<S>(&resources).await,
        Role::Migrate => return prepare::<S>(&resources).await,
        _ => {}
    }
    let stop = stop_on_signal()?;
    let Some(opened) = open_when_ready::<S>(&resources, &stop).await else { return Ok(ExitCode::SUCCESS) };
    let subgraph = opened?;
    let relay = Relay::new(Arc::clone(&resources.journal), resources.bus.clone());
    let publishing = async {
        if role == Role::Serve {
            relay.run(stop.clone()).await;
        }
    };
    let port = resources.settings.port.unwrap_or(role.port(S::PORT));
    let working = Arc::clone(&subgraph).work(role, resources.bus.clone(), stop.clone());
    let (served, (), ()) = tokio::join!(serve::serve(&subgraph, role, &resources, port, &stop), publishing, working);
    // The driver's own tasks end while there is still a runtime to end them in.
    resources.database.client().clone().shutdown().immediate(true).await;
    served?;
    Ok(ExitCode::SUCCESS)
}

/// Waits for the database as long as it takes: services may be started in any order.
async fn open_when_ready<S: Subgraph>(
    resources: &Resources<S::Settings>,
    stop: &CancellationToken,
) -> Option<Result<Arc<S>, Unfit>> {
    loop {
        tokio::select! {
            opened = open(resources) => match opened {
                Ok(opened) => return Some(opened),
                Err(failure) => tracing::warn!(reason = failure.log_text(), "cannot open yet; trying again"),
            },
            () = stop.cancelled() => return None,
        }
        tokio::time::sleep(NOT_YET).await;
    }
}

/// Documents first, then the indexes, which may demand what the documents had not.
async fn open<S: Subgraph>(resources: &Resources<S::Settings>) -> Outcome<Result<Arc<S>, Unfit>> {
    if let Err(unfit) = migrate(&resources.database, S::MIGRATIONS).await? {
        return Ok(Err(unfit));
    }
    resources.journal.prepare().await?;
    S::open(resources).await.map(Ok)
}

/// What every other role does when it starts, and nothing else.
async fn prepare<S: Subgraph>(resources: &Resources<S::Settings>) -> Outcome<ExitCode> {
    open::<S>(resources).await??;
    Ok(print(&format!("The database is at version {}.\n", S::MIGRATIONS.len())))
}

async fn verify<S: Subgraph>(resources: &Resources<S::Settings>) -> Outcome<ExitCode> {
    migrate(&resources.database, S::MIGRATIONS).await??;
    Ok(match resources.journal.verify(S::postings()).await? {
        Ok(entries) => print(&format!("{entries} journal entries add up.\n")),
        Err(difference) => {
            let crate::journal::Difference { stream, id, what } = difference;
            print(&format!("The first difference is at {id} in stream {stream}: {what}.\n"));
            ExitCode::FAILURE
        }
    })
}

/// Not migrated: a backup before an upgrade is one of what was before it, and a restore ends with what is in the file.
async fn backup_or_restore<S: Subgraph>(role: Role, arguments: &ArgMatches, database: &Database) -> Outcome<ExitCode> {
    if role == Role::Backup {
        Target::from_arg_matches(arguments).map_err(Failure::internal)?.back_up(database, S::NAME).await?;
    } else {
        let source = Source::from_arg_matches(arguments).map_err(Failure::internal)?;
        source.restore(database, (S::NAME, S::MIGRATIONS)).await?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Cancelled by SIGTERM or Ctrl-C.
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
    // A closed pipe is the reader's choice, not a failure.
    let _ = std::io::stdout().write_all(text.as_bytes());
    ExitCode::SUCCESS
}

fn give_up(failure: &Failure) -> ExitCode {
    let _ = writeln!(std::io::stderr(), "Cannot go on: {}", failure.log_text());
    ExitCode::FAILURE
}
