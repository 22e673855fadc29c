//! Commits that have a transaction of their own.

use std::{collections::HashMap, sync::Arc};

use contracts::ledger::LedgerState;
use futures::FutureExt;
use mongodb::{ClientSession, error::Result};
use uuid::Uuid;

use super::{Change, Head, Journal, entry::Sealed, heads::Outdated};
use crate::mongo::transaction_options;

/// How often a commit begins anew because another process has changed its stream meanwhile.
const MAX_ATTEMPTS: usize = 5;

impl<L: LedgerState> Journal<L> {
    /// Commits changes, all or none; returns the version of the last one's stream. The caller holds the locks of the
    /// streams.
    pub(super) async fn commit_alone(&self, streams: &[Uuid], changes: &[Arc<(Uuid, Change<L>)>]) -> Result<i64> {
        match self.attempt_repeatedly(streams, changes).await {
            Ok((version, heads)) => {
                self.heads.remember(heads);
                Ok(version)
            }
            Err(error) => {
                self.heads.forget(streams);
                Err(error)
            }
        }
    }

    /// Begins with the heads that this process wrote last, and then with those that are in the database.
    async fn attempt_repeatedly(
        &self,
        streams: &[Uuid],
        changes: &[Arc<(Uuid, Change<L>)>],
    ) -> Result<(i64, HashMap<Uuid, Head<L>>)> {
        let mut committed = match self.heads.written(streams) {
            Some(written) => self.transact(changes, Some(&written)).await,
            None => self.transact(changes, None).await,
        };
        for _ in 1..MAX_ATTEMPTS {
            match committed {
                Err(error) if Outdated::is(&error) => committed = self.transact(changes, None).await,
                committed => return committed,
            }
        }
        committed
    }

    async fn transact(
        &self,
        changes: &[Arc<(Uuid, Change<L>)>],
        written: Option<&HashMap<Uuid, Head<L>>>,
    ) -> Result<(i64, HashMap<Uuid, Head<L>>)> {
        let mut session = self.outbox.database.client().start_session().await?;
        session
            .start_transaction()
            .with_options(transaction_options())
            .and_run((self, changes, written), move |session, (journal, changes, written)| {
                journal.attempt_all(session, changes, *written).boxed()
            })
            .await
    }

    async fn attempt_all(
        &self,
        session: &mut ClientSession,
        changes: &[Arc<(Uuid, Change<L>)>],
        written: Option<&HashMap<Uuid, Head<L>>>,
    ) -> Result<(i64, HashMap<Uuid, Head<L>>)> {
        let (mut version, mut heads) = (0, written.cloned().unwrap_or_default());
        for change in changes {
            let (id, change) = &**change;
            let before = match heads.remove(&change.stream) {
                Some(before) => before,
                None => self.heads.read(change.stream, session).await?,
            };
            let next = match self.next(*id, &before, change) {
                Ok(next) => next,
                // What this process wrote last may be outdated, so nothing is refused because of it.
                Err(_) if written.is_some() => return Err(Outdated::error()),
                Err(failure) => return Err(failure.into()),
            };
            let head = self.attempt(session, change, &before, next).await?;
            version = head.version;
            heads.insert(change.stream, head);
        }
        Ok((version, heads))
    }

    /// One attempt. It returns the driver's own errors, so that the driver can tell which ones to retry.
    async fn attempt(
        &self,
        session: &mut ClientSession,
        change: &Change<L>,
        before: &Head<L>,
        (head, sealed): (Head<L>, Sealed),
    ) -> Result<Head<L>> {
        self.heads.replace(before, &head, session).await?;
        if let Some(key) = &change.idempotency_key {
            key.remember(&self.outbox.database, session).await?;
        }
        for write in &change.writes {
            write.carry_out(&self.outbox.database, session).await?;
        }
        self.outbox.entries.insert_one(sealed.document).session(session).await?;
        Ok(head)
    }
}
