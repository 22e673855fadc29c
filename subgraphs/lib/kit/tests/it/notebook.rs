//! A minimal subgraph with a journal: notes, and a ledger of two members.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use contracts::{Event, MemberId, UserId, event::UserFacts, ledger::GroupLedger};
use kit::{
    Clock, Outcome, Settings,
    bus::Bus,
    journal::{Change, Committed, IdempotencyKey, Journal},
    mongo::{self, Write},
    testing::settings,
};
use money::{Currency, ledger::Entry};
use mongodb::{
    Database,
    bson::{Document, doc},
};
use uuid::Uuid;

/// Opens the journal of a notebook in that database.
pub(crate) fn journal_of(database: &Database) -> Arc<Journal<GroupLedger>> {
    Arc::new(Journal::new("notebook", database.clone(), Clock::system(), &settings().journal_key))
}

pub(crate) struct Notebook {
    pub settings: Settings,
    pub database: Database,
    pub journal: Arc<Journal<GroupLedger>>,
    pub bus: Bus,
}

impl Notebook {
    pub(crate) async fn open() -> Self {
        let settings = settings();
        let database = mongo::database(&settings, "notebook").await.unwrap();
        let journal = journal_of(&database);
        journal.prepare().await.unwrap();
        let bus = Bus::new(&settings);
        Self { settings, database, journal, bus }
    }

    /// A change that writes a note; with an amount, the first member has paid it for the second.
    pub(crate) fn change(stream: Uuid, note: &str, minor: Option<i64>) -> Change<GroupLedger> {
        let write = Write::insert("notes", &doc! { "_id": Uuid::now_v7().to_string(), "note": note }).unwrap();
        Change::new(stream, event(note)).posting(minor.map(posting)).writing([write])
    }

    pub(crate) async fn commit(&self, change: Change<GroupLedger>) -> Committed {
        self.journal.commit(change).await.unwrap()
    }

    pub(crate) async fn notes(&self) -> u64 {
        self.database.collection::<Document>("notes").count_documents(doc! {}).await.unwrap()
    }

    pub(crate) fn key(key: &str, body: &str) -> IdempotencyKey {
        IdempotencyKey::new(UserId(Uuid::nil()), "note", key, &body, Uuid::nil()).unwrap()
    }

    pub(crate) async fn close(self) {
        self.database.drop().await.unwrap();
    }
}

pub(crate) fn event(note: &str) -> Event {
    Event::UserRegistered(UserFacts { user_id: UserId(Uuid::nil()), name: note.to_owned() })
}

/// A ledger entry: one member has paid this many cents for another.
fn posting(minor: i64) -> Entry<MemberId> {
    let [payer, sharer] = [1, 2].map(|number| MemberId(Uuid::from_u128(number)));
    Entry::of(&[(payer, minor)], &[(sharer, minor)], Currency::from_code("EUR").unwrap()).unwrap()
}

/// An event whose name is a number has moved this many cents.
#[allow(clippy::unnecessary_wraps, reason = "the signature that verify expects")]
pub(crate) fn postings(event: &Event) -> Outcome<Vec<Entry<MemberId>>> {
    let Event::UserRegistered(facts) = event else { return Ok(Vec::new()) };
    Ok(facts.name.parse().map(posting).into_iter().collect())
}

/// Polls until there is a result.
pub(crate) async fn eventually<T>(what: &str, mut look: impl AsyncFnMut() -> Option<T>) -> T {
    let started = Instant::now();
    loop {
        if let Some(seen) = look().await {
            return seen;
        }
        assert!(started.elapsed() < Duration::from_secs(30), "this never came: {what}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}
