//! Work that runs to its end. A future that is dropped while it waits for a connection to MongoDB leaves a dead waiter in
//! the driver's pool, and each of those holds the others up for half a second. Whatever may be dropped, because a client
//! goes away or a time limit is over, therefore only waits for work in a task of its own.

use std::{sync::Arc, time::Duration};

use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::timeout,
};
use tracing::Instrument;

use crate::failure::{Code, Failure, Outcome, Refusal};

/// How long a request waits for others to end before it is refused.
const PATIENCE: Duration = Duration::from_secs(1);
/// Connections that requests leave to the relay, to consumers and to transactions' second reads.
const RESERVED: usize = 8;
/// How many may wait for each one that is worked on.
const WAITING: usize = 4;

/// Runs this to its end, also if nobody waits for it any more.
pub async fn run_to_end<T: Send + 'static>(work: impl Future<Output = T> + Send + 'static) -> Outcome<T> {
    tokio::spawn(work.in_current_span()).await.map_err(Failure::internal)
}

/// How many requests a process works on at a time: fewer than it has connections to its database.
#[derive(Clone)]
pub(crate) struct Admission {
    working: Arc<Semaphore>,
    admitted: Arc<Semaphore>,
}

/// One request's place; it is free again when this is dropped.
pub(crate) struct Place {
    _working: OwnedSemaphorePermit,
    _admitted: OwnedSemaphorePermit,
}

impl Admission {
    pub(crate) fn new(connections: u32) -> Self {
        let places = usize::try_from(connections).unwrap_or(usize::MAX).saturating_sub(RESERVED).max(1);
        let admitted = places.saturating_mul(1 + WAITING).min(Semaphore::MAX_PERMITS);
        Self { working: Arc::new(Semaphore::new(places)), admitted: Arc::new(Semaphore::new(admitted)) }
    }

    /// Waits a moment for a place. Refused at once where too many wait already.
    pub(crate) async fn place(&self) -> Outcome<Place> {
        let admitted = Arc::clone(&self.admitted).try_acquire_owned().map_err(|_| overloaded())?;
        let working = timeout(PATIENCE, Arc::clone(&self.working).acquire_owned()).await.map_err(|_| overloaded())?;
        Ok(Place { _working: working.map_err(Failure::internal)?, _admitted: admitted })
    }

    /// Does this for a request, in a task of its own that holds a place.
    pub(crate) async fn run<T: Send + 'static>(&self, work: impl Future<Output = T> + Send + 'static) -> Outcome<T> {
        let place = self.place().await?;
        run_to_end(async move {
            let _place = place;
            work.await
        })
        .await
    }
}

/// What who waits too long is told: it may be asked again.
pub fn overloaded() -> Failure {
    Refusal::new(Code::Overloaded, "There is too much to do at the moment. Please try again.").into()
}

#[cfg(test)]
mod tests {
    use futures::{FutureExt, future::join_all};

    use super::*;

    #[tokio::test]
    async fn so_many_are_worked_on_so_many_wait_and_the_others_are_refused_at_once() {
        let admission = Admission::new(10);
        let (first, second) = (admission.place().await.unwrap(), admission.place().await.unwrap());
        let mut waiting: Vec<_> = (0..8).map(|_| Box::pin(admission.place())).collect();
        assert!(waiting.iter_mut().all(|place| place.now_or_never().is_none()));
        assert!(admission.place().await.err().unwrap().is(Code::Overloaded));
        drop((first, second));
        assert!(waiting[0].as_mut().now_or_never().unwrap().is_ok());
    }

    #[tokio::test(start_paused = true)]
    async fn nobody_waits_for_long() {
        let admission = Admission::new(9);
        let _working = admission.place().await.unwrap();
        let refused = join_all([admission.place(), admission.place()]).await;
        assert!(refused.into_iter().all(|place| place.err().unwrap().is(Code::Overloaded)));
    }
}
