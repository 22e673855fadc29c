//! Changes that wait at the same moment have one transaction, and with it most of the commands. Nobody waits for others
//! to come: changes gather while transactions are on their way.

use std::{
    collections::{BTreeSet, HashMap},
    iter,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use contracts::ledger::LedgerState;
use futures::FutureExt;
use mongodb::{
    ClientSession,
    error::{Error, Result},
};
use tokio::sync::oneshot::error::RecvError;
use uuid::Uuid;

use super::{
    Change, ENTRIES, Head, IDEMPOTENCY_KEYS, Journal,
    heads::Outdated,
    queue::{Ended, Taken},
};
use crate::{
    failure::Failure,
    mongo::{Write, carry_out_all, is_duplicate_key, transaction_options},
};

/// Why the body of a transaction failed. It has no labels, so that the driver does not run the body again.
struct NotWritten(Error);

/// How far a transaction has come. The driver may run its body again, which has to fail then: the changes of other streams
/// must not wait for the conflict of one.
#[derive(Default)]
struct Progress {
    has_begun: AtomicBool,
    is_written: AtomicBool,
}

impl Progress {
    /// Whether this is the first run. At a further one, the commit of the one before has failed and left nothing.
    fn begins(&self) -> bool {
        self.is_written.store(false, Ordering::Relaxed);
        !self.has_begun.swap(true, Ordering::Relaxed)
    }

    /// Everything is written, and to be committed.
    fn written(&self) {
        self.is_written.store(true, Ordering::Relaxed);
    }
}

impl<L: LedgerState> Journal<L> {
    /// Commits a change together with others that wait.
    pub(super) async fn commit_together(&self, change: &Arc<(Uuid, Change<L>)>) -> Ended {
        let (stream, mut ended) = (change.1.stream, self.queue.add(change));
        let lock = tokio::select! {
            biased;
            ended = &mut ended => return told(ended),
            lock = self.locks.lock(stream) => lock,
        };
        if let Ok(ended) = ended.try_recv() {
            return ended;
        }
        self.queue.offer(stream, lock);
        loop {
            let place = tokio::select! {
                biased;
                ended = &mut ended => return told(ended),
                place = self.queue.place() => place,
            };
            // If no stream waits, this one is in a transaction.
            let Some(taken) = self.queue.take() else { break };
            self.commit_taken(taken).await;
            drop(place);
        }
        told(ended.await)
    }

    async fn commit_taken(&self, taken: Taken<L>) {
        let progress = Progress::default();
        match self.transact_together(&taken.changes(), &progress).await {
            Ok(versions) => {
                taken.end(versions.into_iter().map(|version| version.map_or(Ended::NotCommitted, Ended::Committed)));
            }
            Err(error) => {
                let is_unknown = progress.is_written.load(Ordering::Relaxed);
                let changes = taken.changes();
                let is_alone = changes.len() == 1;
                let ended = || match refusal(&error) {
                    _ if is_unknown => Ended::Failed(error.clone()),
                    Some(refusal) if is_alone => Ended::Failed(refusal),
                    _ => Ended::NotCommitted,
                };
                let streams: Vec<Uuid> = changes.iter().map(|change| change.1.stream).collect();
                self.heads.forget(&streams);
                taken.end(iter::repeat_with(ended));
            }
        }
    }

    /// Tries once to commit changes in one transaction. Returns the versions that they led to; `None` for a change that
    /// was left out, because it would be refused.
    async fn transact_together(
        &self,
        changes: &[Arc<(Uuid, Change<L>)>],
        progress: &Progress,
    ) -> Result<Vec<Option<i64>>> {
        let mut session = self.outbox.database.client().start_session().await?;
        let (versions, heads) = session
            .start_transaction()
            .with_options(transaction_options())
            .and_run((self, changes, progress), |session, (journal, changes, progress)| {
                async move {
                    if !progress.begins() {
                        return Err(Outdated::error());
                    }
                    let written = journal.write_together(session, changes).await;
                    let written = written.map_err(|error| Error::custom(NotWritten(error)))?;
                    progress.written();
                    Ok(written)
                }
                .boxed()
            })
            .await?;
        self.heads.remember(heads);
        Ok(versions)
    }

    /// Writes changes with as few commands as possible; returns also the heads that they led to.
    async fn write_together(
        &self,
        session: &mut ClientSession,
        changes: &[Arc<(Uuid, Change<L>)>],
    ) -> Result<(Vec<Option<i64>>, HashMap<Uuid, Head<L>>)> {
        let streams: BTreeSet<Uuid> = changes.iter().map(|change| change.1.stream).collect();
        let befores = self.heads.last(&streams, session).await?;
        let (mut versions, mut heads) = (Vec::new(), HashMap::new());
        let (mut keys, mut writes, mut entries) = (Vec::new(), Vec::new(), Vec::new());
        for change in changes {
            let (id, change) = &**change;
            let before = heads.get(&change.stream).or_else(|| befores.get(&change.stream));
            let Ok((head, sealed)) = self.next(*id, before.ok_or_else(Outdated::error)?, change) else {
                versions.push(None);
                continue;
            };
            versions.push(Some(head.version));
            heads.insert(change.stream, head);
            if let Some(key) = &change.idempotency_key {
                keys.push(Write::insert(IDEMPOTENCY_KEYS, key)?);
            }
            writes.extend_from_slice(&change.writes);
            entries.push(Write::insert(ENTRIES, &sealed.document)?);
        }
        self.heads.replace_all(&befores, &heads, session).await?;
        for part in [keys, writes, entries] {
            carry_out_all(&part, &self.outbox.database, session).await?;
        }
        Ok((versions, heads))
    }
}

/// The error of a write that would be refused again.
fn refusal(error: &Error) -> Option<Error> {
    let NotWritten(cause) = error.get_custom()?;
    let is_refused = is_duplicate_key(cause) || cause.get_custom::<Failure>().is_some();
    is_refused.then(|| cause.clone())
}

fn told(ended: std::result::Result<Ended, RecvError>) -> Ended {
    let abandoned = || Failure::internal("a transaction of several changes was abandoned");
    ended.unwrap_or_else(|_| Ended::Failed(abandoned().into()))
}
