//! Changes that wait at the same moment share a transaction, and none suffers from another.

use std::sync::Arc;

use contracts::{Refusal, ledger::GroupLedger};
use futures::future::join_all;
use kit::{
    Code, Outcome,
    journal::{Change, Committed, Journal},
    mongo::Write,
    testing::recorded_database,
};
use mongodb::bson::doc;
use rand::{Rng, SeedableRng, rngs::StdRng};
use uuid::Uuid;

use crate::notebook::{Notebook, journal_of, postings};

type Note = Change<GroupLedger>;

async fn all(journal: &Arc<Journal<GroupLedger>>, changes: Vec<Note>) -> Vec<Outcome<Committed>> {
    join_all(changes.into_iter().map(|change| journal.commit(change))).await
}

fn note(number: i64) -> Note {
    Notebook::change(Uuid::now_v7(), &number.to_string(), Some(number))
}

#[tokio::test]
async fn changes_of_many_streams_share_transactions() {
    let (_, database, commands) = recorded_database("notebook").await;
    let journal = journal_of(&database);
    journal.prepare().await.unwrap();
    commands.take();
    for committed in all(&journal, (0..40).map(note).collect()).await {
        assert_eq!(committed.unwrap(), Committed::Applied { version: 1 });
    }
    let sent = commands.take();
    let transactions = sent.iter().filter(|command| *command == "commitTransaction").count();
    assert!(transactions <= 10, "{transactions} transactions for 40 changes");
    assert!(sent.len() < 80, "{} commands for 40 changes", sent.len());
    assert_eq!(journal.verify(postings).await.unwrap(), Ok(40));
    database.drop().await.unwrap();
}

#[tokio::test]
async fn changes_of_one_stream_share_transactions_in_their_order() {
    let (_, database, commands) = recorded_database("notebook").await;
    let journal = journal_of(&database);
    journal.prepare().await.unwrap();
    commands.take();
    let stream = Uuid::now_v7();
    let changes = (0..30).map(|number| Notebook::change(stream, &number.to_string(), Some(number))).collect();
    let mut versions: Vec<i64> = Vec::new();
    for committed in all(&journal, changes).await {
        let Committed::Applied { version } = committed.unwrap() else { panic!("nothing was made before") };
        versions.push(version);
    }
    versions.sort_unstable();
    assert_eq!(versions, (1..=30).collect::<Vec<_>>());
    let sent = commands.take();
    assert!(sent.len() < 30, "{} commands for 30 changes", sent.len());
    assert_eq!(journal.verify(postings).await.unwrap(), Ok(30));
    database.drop().await.unwrap();
}

#[tokio::test]
async fn of_one_stream_too_one_that_is_refused_keeps_none_of_the_others() {
    let notebook = Notebook::open().await;
    let stream = Uuid::now_v7();
    let in_stream = |number: i64| Notebook::change(stream, &number.to_string(), Some(number));
    let mut changes: Vec<Note> = (0..20).map(in_stream).collect();
    changes[3] = in_stream(3).expecting(77);
    let nothing = Write::update("notes", doc! { "_id": "none" }, doc! { "$set": { "a": 1 } });
    changes[8] = in_stream(8).writing([nothing.or_refuse(Refusal::invalid("name", "There is none."))]);
    changes[13] = in_stream(13).once(Notebook::key("same", "body"));
    changes[14] = in_stream(14).once(Notebook::key("same", "body"));
    let committed = all(&notebook.journal, changes).await;
    let failures: Vec<usize> = (0..20).filter(|number| committed[*number].is_err()).collect();
    assert_eq!(failures, [3, 8]);
    assert!(committed[3].as_ref().is_err_and(|failure| failure.is(Code::StaleVersion)));
    assert!(committed[8].as_ref().is_err_and(|failure| failure.is(Code::Validation)));
    let repeated = |number: usize| *committed[number].as_ref().unwrap() == Committed::AlreadyApplied(Uuid::nil());
    assert!(repeated(13) != repeated(14), "one of two with the same key is made");
    assert_eq!(notebook.journal.head(stream).await.unwrap().unwrap().version, 17);
    assert_eq!(notebook.journal.verify(postings).await.unwrap(), Ok(17));
    assert_eq!(notebook.notes().await, 17);
    notebook.close().await;
}

#[tokio::test]
async fn one_that_is_refused_keeps_none_of_the_others() {
    let notebook = Notebook::open().await;
    let same = || Write::insert("notes", &doc! { "_id": "same" }).unwrap();
    notebook.commit(note(0).writing([same()]).once(Notebook::key("used", "body"))).await;
    let refusal = || Refusal::invalid("name", "This is taken.");
    let mut changes: Vec<Note> = (1..=20).map(note).collect();
    changes[3] = note(4).expecting(7);
    changes[8] = note(9).writing([same().or_refuse(refusal())]);
    changes[13] = note(14).once(Notebook::key("used", "body"));
    changes[15] = note(16).once(Notebook::key("used", "other"));
    let committed = all(&notebook.journal, changes).await;
    for (number, committed) in committed.iter().enumerate() {
        match number {
            3 => assert!(committed.as_ref().is_err_and(|failure| failure.is(Code::StaleVersion))),
            8 => assert!(committed.as_ref().is_err_and(|failure| failure.is(Code::Validation))),
            13 => assert_eq!(*committed.as_ref().unwrap(), Committed::AlreadyApplied(Uuid::nil())),
            15 => assert!(committed.as_ref().is_err_and(|failure| failure.is(Code::IdempotencyKeyReused))),
            _ => assert_eq!(*committed.as_ref().unwrap(), Committed::Applied { version: 1 }, "{number}"),
        }
    }
    assert_eq!(notebook.journal.verify(postings).await.unwrap(), Ok(17));
    assert_eq!(notebook.notes().await, 18, "a refused change has written nothing");
    notebook.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn random_changes_of_several_processes_count_once_each() {
    let notebook = Notebook::open().await;
    let journals = [notebook.journal.clone(), journal_of(&notebook.database)];
    let streams: Vec<Uuid> = (0..6).map(|_| Uuid::now_v7()).collect();
    let mut chance = StdRng::seed_from_u64(18);
    let mut changes = Vec::new();
    for number in 0..200 {
        let stream = streams[chance.random_range(0..streams.len())];
        let change = Notebook::change(stream, &number.to_string(), Some(number));
        // Each is sent twice, to any of the processes.
        for _ in 0..2 {
            let keyed = change.clone().once(Notebook::key(&number.to_string(), "body"));
            changes.push((Arc::clone(&journals[chance.random_range(0..2)]), keyed));
        }
    }
    for part in changes.chunks(40) {
        let committing = part.iter().map(async |(journal, change)| journal.commit(change.clone()).await.unwrap());
        join_all(committing).await;
    }
    assert_eq!(notebook.journal.verify(postings).await.unwrap(), Ok(200));
    assert_eq!(notebook.notes().await, 200);
    notebook.close().await;
}
