//! Commits: atomic, idempotent, in one unbroken hash chain.

use std::time::Duration;

use kit::{
    Code, Refusal,
    journal::{Committed, HistoryPage, LONGEST_HISTORY, Recorded},
    mongo::Write,
};
use mongodb::bson::{Document, doc};
use tokio::time::timeout;
use uuid::Uuid;

use crate::notebook::{Notebook, eventually, journal_of, postings};

#[tokio::test]
async fn a_change_writes_head_documents_and_entry_atomically() {
    let notebook = Notebook::open().await;
    let stream = Uuid::now_v7();
    assert_eq!(notebook.commit(Notebook::change(stream, "250", Some(250))).await, Committed::Applied { version: 1 });
    assert_eq!(notebook.commit(Notebook::change(stream, "a", None)).await, Committed::Applied { version: 2 });

    let head = notebook.journal.head(stream).await.unwrap().unwrap();
    assert_eq!((head.version, head.ledger_version), (2, 1), "the second change moved no money");
    let nets: Vec<i64> = head.ledger.nets.iter().map(|row| row.amount_minor).collect();
    assert_eq!(nets, [250, -250]);
    assert_eq!(notebook.notes().await, 2);
    notebook.close().await;
}

#[tokio::test]
async fn a_commit_finishes_without_the_caller() {
    let notebook = Notebook::open().await;
    let stream = Uuid::now_v7();
    let begun = timeout(Duration::ZERO, notebook.journal.commit(Notebook::change(stream, "a", None))).await;
    assert!(begun.is_err(), "nothing is committed at the first step");
    let head = async || notebook.journal.head(stream).await.unwrap();
    assert_eq!(eventually("the change", head).await.version, 1);
    assert_eq!(notebook.notes().await, 1);
    notebook.close().await;
}

#[tokio::test]
async fn a_refused_write_leaves_nothing() {
    let notebook = Notebook::open().await;
    let stream = Uuid::now_v7();
    let mut change = Notebook::change(stream, "100", Some(100));
    let stale = Refusal::new(Code::StaleVersion, "Too late.");
    change =
        change.writing([Write::update("notes", doc! { "_id": "none" }, doc! { "$set": { "a": 1 } }).or_refuse(stale)]);
    let refused = notebook.journal.commit(change).await.unwrap_err();
    assert!(refused.is(Code::StaleVersion), "{refused:?}");
    assert_eq!(notebook.notes().await, 0);
    assert!(notebook.journal.head(stream).await.unwrap().is_none());
    notebook.close().await;
}

#[tokio::test]
async fn an_idempotency_key_makes_a_change_once() {
    let notebook = Notebook::open().await;
    let (stream, other) = (Uuid::now_v7(), Uuid::now_v7());
    let with_key = |stream, body| {
        let mut change = Notebook::change(stream, "a", None);
        change = change.once(Notebook::key("k", body));
        notebook.journal.commit(change)
    };
    let both = tokio::join!(with_key(stream, "body"), with_key(stream, "body"));
    let both = [both.0.unwrap(), both.1.unwrap()];
    assert!(
        both.contains(&Committed::Applied { version: 1 }) && both.contains(&Committed::AlreadyApplied(Uuid::nil())),
        "{both:?}"
    );
    // In another stream the key violates the unique index, because that stream's head is not locked.
    assert_eq!(with_key(other, "body").await.unwrap(), Committed::AlreadyApplied(Uuid::nil()));
    assert!(with_key(stream, "another body").await.unwrap_err().is(Code::IdempotencyKeyReused));
    assert_eq!(notebook.notes().await, 1);
    notebook.close().await;
}

#[tokio::test]
async fn a_commit_continues_after_one_of_another_process() {
    let notebook = Notebook::open().await;
    let other = journal_of(&notebook.database);
    let (stream, second) = (Uuid::now_v7(), Uuid::now_v7());
    let note = |minor| Notebook::change(stream, "note", minor);
    notebook.commit(Notebook::change(stream, "100", Some(100))).await;
    assert_eq!(
        other.commit(Notebook::change(stream, "20", Some(20))).await.unwrap(),
        Committed::Applied { version: 2 }
    );
    // What this process wrote last is version 1: that refuses nothing and is built on by nothing.
    let expecting = Notebook::change(stream, "3", Some(3)).expecting(2);
    assert_eq!(notebook.journal.commit(expecting).await.unwrap(), Committed::Applied { version: 3 });
    assert!(other.commit(note(None).expecting(2)).await.unwrap_err().is(Code::StaleVersion));
    let both = vec![Notebook::change(second, "1", Some(1)), note(None), note(None)];
    other.commit_all(both).await.unwrap();
    notebook.commit(note(None)).await;

    let head = notebook.journal.head(stream).await.unwrap().unwrap();
    assert_eq!((head.version, head.ledger_version), (6, 3));
    assert_eq!(head.ledger.nets.iter().map(|row| row.amount_minor).collect::<Vec<_>>(), [123, -123]);
    assert_eq!(notebook.journal.verify(postings).await.unwrap(), Ok(7));
    notebook.close().await;
}

#[tokio::test]
async fn processes_that_write_at_once_leave_one_chain() {
    let notebook = Notebook::open().await;
    let journals = [journal_of(&notebook.database), journal_of(&notebook.database), notebook.journal.clone()];
    let stream = Uuid::now_v7();
    let writers = (0..30).map(|number| {
        let change = Notebook::change(stream, &number.to_string(), Some(number));
        journals[usize::try_from(number).unwrap() % journals.len()].commit(change)
    });
    for committed in futures::future::join_all(writers).await {
        committed.unwrap();
    }
    assert_eq!(notebook.journal.verify(postings).await.unwrap(), Ok(30));
    notebook.close().await;
}

#[tokio::test]
async fn a_repeated_request_is_answered_even_if_it_would_be_refused_now() {
    let notebook = Notebook::open().await;
    let stream = Uuid::now_v7();
    let first = || Notebook::change(stream, "a", None).expecting(0).once(Notebook::key("k", "body"));
    assert_eq!(notebook.commit(first()).await, Committed::Applied { version: 1 });
    assert_eq!(notebook.commit(first()).await, Committed::AlreadyApplied(Uuid::nil()));
    assert_eq!(journal_of(&notebook.database).commit(first()).await.unwrap(), Committed::AlreadyApplied(Uuid::nil()));
    let other = Notebook::change(stream, "a", None).expecting(0).once(Notebook::key("k", "other"));
    assert!(notebook.journal.commit(other).await.unwrap_err().is(Code::IdempotencyKeyReused));
    assert_eq!(notebook.notes().await, 1);
    notebook.close().await;
}

#[tokio::test]
async fn changes_of_several_streams_are_atomic() {
    let notebook = Notebook::open().await;
    let (one, other) = (Uuid::now_v7(), Uuid::now_v7());
    let both = |key: &str| {
        let first = Notebook::change(one, "100", Some(100)).once(Notebook::key(key, "body"));
        vec![first, Notebook::change(other, "200", Some(200)), Notebook::change(other, "1", Some(1))]
    };
    assert_eq!(notebook.journal.commit_all(both("a")).await.unwrap(), Committed::Applied { version: 2 });
    assert_eq!(notebook.journal.commit_all(both("a")).await.unwrap(), Committed::AlreadyApplied(Uuid::nil()));
    assert_eq!(notebook.notes().await, 3);

    let mut refused = both("b");
    refused.push(Notebook::change(other, "2", Some(2)).expecting(1));
    assert!(notebook.journal.commit_all(refused).await.unwrap_err().is(Code::StaleVersion));
    assert_eq!(notebook.notes().await, 3);
    assert_eq!(notebook.journal.head(one).await.unwrap().unwrap().version, 1);
    assert_eq!(notebook.journal.verify(postings).await.unwrap(), Ok(3));
    notebook.close().await;
}

#[tokio::test]
async fn of_two_changes_of_the_same_version_one_is_refused() {
    let notebook = Notebook::open().await;
    let stream = Uuid::now_v7();
    let first = || notebook.journal.commit(Notebook::change(stream, "a", None).expecting(0));
    let (one, other) = tokio::join!(first(), first());
    let refused: Vec<_> = [one, other].into_iter().filter_map(Result::err).collect();
    assert!(refused.len() == 1 && refused[0].is(Code::StaleVersion), "{refused:?}");
    notebook.journal.commit(Notebook::change(stream, "b", None).expecting(1)).await.unwrap();
    assert_eq!(notebook.notes().await, 2);
    notebook.close().await;
}

#[tokio::test]
async fn a_history_returns_the_latest_entries() {
    let notebook = Notebook::open().await;
    let stream = Uuid::now_v7();
    let (most, more) = (i64::from(LONGEST_HISTORY), 3);
    for number in 1..=most + more {
        notebook.commit(Notebook::change(stream, &number.to_string(), None)).await;
    }
    let versions = |told: &[Recorded]| told.iter().map(|recorded| recorded.version).collect::<Vec<_>>();
    let told = notebook.journal.history(stream, Uuid::nil()).await.unwrap();
    assert_eq!(versions(&told), (more + 1..=most + more).collect::<Vec<_>>());

    // Pages of several histories are found at once.
    let another = Uuid::now_v7();
    notebook.commit(Notebook::change(another, "a", None)).await;
    let page = |stream, first, before| HistoryPage::new(stream, Uuid::nil(), (Some(first), before)).unwrap();
    let pages = [page(stream, 2, None), page(stream, 3, Some(4)), page(another, 2, None), page(Uuid::nil(), 2, None)];
    let found = notebook.journal.histories(&pages).await.unwrap();
    let found = pages.map(|page| found.get(&page).map(|told| versions(told)));
    assert_eq!(found, [Some(vec![most + more - 1, most + more]), Some(vec![1, 2, 3]), Some(vec![1]), None]);
    for size in [0, LONGEST_HISTORY + 1] {
        assert!(HistoryPage::new(stream, Uuid::nil(), (Some(size), None)).is_err());
    }
    notebook.close().await;
}

#[tokio::test]
async fn many_writers_leave_one_chain() {
    let notebook = Notebook::open().await;
    let stream = Uuid::now_v7();
    let writers = (0..30).map(|number| notebook.commit(Notebook::change(stream, &number.to_string(), Some(number))));
    futures::future::join_all(writers).await;
    let verified = notebook.journal.verify(postings).await.unwrap();
    assert_eq!(verified, Ok(30));
    notebook.close().await;
}

#[tokio::test]
async fn a_changed_byte_is_found() {
    let notebook = Notebook::open().await;
    let stream = Uuid::now_v7();
    for number in 1..=3 {
        notebook.commit(Notebook::change(stream, &number.to_string(), Some(number))).await;
    }
    let entries = notebook.database.collection::<Document>("journal");
    let second = doc! { "stream": stream.to_string(), "version": 2 };
    let id = entries.find_one(second.clone()).await.unwrap().unwrap().get_str("_id").unwrap().to_owned();
    let changes = [
        doc! { "event.data.name": "3" },
        doc! { "nets_after.0.amount_minor": 4_i64 },
        doc! { "actor": "somebody" },
        doc! { "extra": true },
    ];
    for change in changes {
        let before = entries.find_one(second.clone()).await.unwrap().unwrap();
        entries.update_one(second.clone(), doc! { "$set": &change }).await.unwrap();
        let difference = notebook.journal.verify(postings).await.unwrap().unwrap_err();
        assert_eq!((difference.id, difference.stream), (id.clone(), stream.to_string()), "{change}");
        entries.replace_one(second.clone(), before).await.unwrap();
    }
    assert_eq!(notebook.journal.verify(postings).await.unwrap(), Ok(3));

    // A truncated journal no longer matches its head.
    entries.delete_one(doc! { "stream": stream.to_string(), "version": 3 }).await.unwrap();
    assert!(notebook.journal.verify(postings).await.unwrap().is_err());
    notebook.close().await;
}
