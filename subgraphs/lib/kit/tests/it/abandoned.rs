//! A transaction that its process has left behind does not lock others out.

use std::time::Duration;

use kit::abandoned::end_abandoned;
use mongodb::bson::{Document, doc};
use uuid::Uuid;

use crate::notebook::{Notebook, eventually};

const PAUSE: Duration = Duration::from_millis(500);

#[tokio::test]
async fn a_transaction_that_was_left_behind_is_ended_and_a_running_one_goes_on() {
    let notebook = Notebook::open().await;
    let stream = Uuid::now_v7();
    notebook.commit(Notebook::change(stream, "first", None)).await;
    let heads = notebook.database.collection::<Document>("ledger");
    let touch = doc! { "$inc": { "version": 1 } };
    let mut left = notebook.database.client().start_session().await.unwrap();
    left.start_transaction().await.unwrap();
    heads.update_one(doc! { "_id": stream.to_string() }, touch.clone()).session(&mut left).await.unwrap();

    let ended = async || (end_abandoned(&notebook.database, PAUSE).await.unwrap() == 1).then_some(());
    eventually("it is ended", ended).await;
    notebook.commit(Notebook::change(stream, "second", None)).await;
    assert!(left.commit_transaction().await.is_err());

    let mut running = notebook.database.client().start_session().await.unwrap();
    running.start_transaction().await.unwrap();
    heads.update_one(doc! { "_id": stream.to_string() }, touch).session(&mut running).await.unwrap();
    assert_eq!(end_abandoned(&notebook.database, Duration::from_mins(1)).await.unwrap(), 0);
    running.commit_transaction().await.unwrap();
    notebook.close().await;
}
