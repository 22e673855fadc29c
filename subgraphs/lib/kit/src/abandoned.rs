//! Transactions of processes that were killed: MongoDB keeps them, with what they have locked, for its
//! `transactionLifetimeLimitSeconds`, which are 60 where nobody may set them. So each process ends those of its
//! subgraph in which nothing has happened for longer than any of ours takes.

use std::time::Duration;

use mongodb::{
    Database,
    bson::{Bson, Document, doc},
};
use tokio_util::sync::CancellationToken;

use crate::failure::{Failure, Outcome};

/// Longer than a transaction of ours waits between its commands, in all.
const LONGEST_PAUSE: Duration = Duration::from_secs(3);
const INTERVAL: Duration = Duration::from_secs(1);

/// Looks for abandoned transactions again and again, until cancelled.
pub(crate) async fn keep_ending(database: &Database, stop: &CancellationToken) {
    loop {
        match end_abandoned(database, LONGEST_PAUSE).await {
            Ok(0) => {}
            Ok(ended) => tracing::warn!(ended, "transactions that were abandoned are ended"),
            Err(failure) => tracing::debug!(reason = failure.log_text(), "abandoned transactions cannot be looked for"),
        }
        tokio::select! {
            () = tokio::time::sleep(INTERVAL) => {}
            () = stop.cancelled() => return,
        }
    }
}

/// Ends the transactions of this database's programs that have been idle for longer than `pause` in all;
/// returns how many.
pub async fn end_abandoned(database: &Database, pause: Duration) -> Outcome<usize> {
    let admin = database.client().database("admin");
    let pause_us = i64::try_from(pause.as_micros()).map_err(Failure::internal)?;
    let idle = doc! {
        // Every client of ours names its database.
        "appName": database.name(),
        "type": "idleSession",
        "transaction.parameters.autocommit": false,
        "transaction.timeInactiveMicros": { "$gt": pause_us },
    };
    let all = doc! { "$currentOp": { "allUsers": false, "idleSessions": true } };
    // As a command, because the read concern of the client does not fit.
    let asked = doc! { "aggregate": 1, "pipeline": [all, { "$match": idle }], "cursor": {} };
    let found = admin.run_command(asked).await?;
    let found = found.get_document("cursor").and_then(|cursor| cursor.get_array("firstBatch"));
    let sessions: Vec<Document> = found.map_err(Failure::internal)?.iter().filter_map(session).collect();
    if !sessions.is_empty() {
        admin.run_command(doc! { "killSessions": &sessions }).await?;
    }
    Ok(sessions.len())
}

fn session(operation: &Bson) -> Option<Document> {
    let id = operation.as_document()?.get_document("lsid").ok()?.get("id")?;
    Some(doc! { "id": id.clone() })
}
