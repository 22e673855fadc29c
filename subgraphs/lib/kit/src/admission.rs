//! How many requests a process works on at a time: fewer than it has database connections, and so many of one person
//! that others are not kept waiting.

use std::{sync::Arc, thread::available_parallelism, time::Duration};

use contracts::UserId;
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::timeout,
};

use crate::{
    failure::{Code, Failure, Outcome, Refusal},
    keyed::Keyed,
    tasks::run_to_end,
};

/// How long a request waits for a free place before it is refused.
const MAX_WAIT: Duration = Duration::from_secs(1);
/// Connections that are reserved for the relay, for consumers and for further reads of transactions.
const RESERVED_CONNECTIONS: usize = 8;
/// How many requests may wait per place.
const WAITING_PER_PLACE: usize = 4;
/// How many people it takes to use all places.
const PEOPLE_AT_LEAST: usize = 4;
/// How many requests of one person run per processor: more would not be faster, but make those of others wait.
const OWN_PER_PROCESSOR: usize = 2;
/// How many requests of one person run on the smallest machine: an app's page asks a few questions at once.
const OWN_AT_LEAST: usize = 4;

/// Admits requests to the places of a process and, if somebody is logged in, to the places of this person.
#[derive(Clone)]
pub(crate) struct Admission {
    all: Arc<Queue>,
    of_people: Arc<Keyed<Queue>>,
    /// How many requests of one person may run.
    own_running: usize,
    /// How many further ones may wait.
    own_waiting: usize,
}

/// The place of one request; dropping it frees the place.
pub(crate) struct Place {
    _own: Option<Permit>,
    _all: Permit,
}

/// Requests that are running or waiting.
struct Queue {
    running: Arc<Semaphore>,
    admitted: Arc<Semaphore>,
}

/// One running request of a queue.
struct Permit {
    _queue: Arc<Queue>,
    _running: OwnedSemaphorePermit,
    _admitted: OwnedSemaphorePermit,
}

impl Admission {
    pub(crate) fn new(connections: u32) -> Self {
        let places = usize::try_from(connections).unwrap_or(usize::MAX).saturating_sub(RESERVED_CONNECTIONS).max(1);
        let (part, processors) = (places.div_ceil(PEOPLE_AT_LEAST), available_parallelism().map_or(1, Into::into));
        Self {
            all: Arc::new(Queue::new(places, places.saturating_mul(WAITING_PER_PLACE))),
            of_people: Arc::default(),
            own_running: part.min(OWN_AT_LEAST.max(processors * OWN_PER_PROCESSOR)),
            own_waiting: part.saturating_mul(WAITING_PER_PLACE),
        }
    }

    /// Waits for a free place up to a timeout. Refuses at once if too many requests wait, or too many of this person.
    pub(crate) async fn place(&self, person: Option<UserId>) -> Outcome<Place> {
        let own = person.map(|user| self.of_people.get(user.0, || Queue::new(self.own_running, self.own_waiting)));
        let admitted = async {
            // First the places of this person: a request that waits for one of them takes none from others.
            let own = match own {
                Some(own) => Some(own.admit().await?),
                None => None,
            };
            Ok(Place { _own: own, _all: Arc::clone(&self.all).admit().await? })
        };
        timeout(MAX_WAIT, admitted).await.map_err(|_| overloaded())?
    }

    /// Runs a request in a task of its own that holds a place.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        person: Option<UserId>,
        work: impl Future<Output = T> + Send + 'static,
    ) -> Outcome<T> {
        let place = self.place(person).await?;
        run_to_end(async move {
            let _place = place;
            work.await
        })
        .await
    }
}

impl Queue {
    fn new(running: usize, waiting: usize) -> Self {
        let admitted = running.saturating_add(waiting).min(Semaphore::MAX_PERMITS);
        Self { running: Arc::new(Semaphore::new(running)), admitted: Arc::new(Semaphore::new(admitted)) }
    }

    /// Waits until the request may run; refuses at once if too many wait.
    async fn admit(self: Arc<Self>) -> Outcome<Permit> {
        let admitted = Arc::clone(&self.admitted).try_acquire_owned().map_err(|_| overloaded())?;
        let running = Arc::clone(&self.running).acquire_owned().await.map_err(Failure::internal)?;
        Ok(Permit { _queue: self, _running: running, _admitted: admitted })
    }
}

/// The refusal of an overloaded service, which may be retried.
pub fn overloaded() -> Failure {
    Refusal::new(Code::Overloaded, "There is too much to do at the moment. Please try again.").into()
}

#[cfg(test)]
mod tests {
    use futures::{FutureExt, future::join_all};

    use super::*;

    #[tokio::test]
    async fn running_and_waiting_requests_are_limited_and_others_refused_at_once() {
        let admission = Admission::new(10);
        let (first, second) = (admission.place(None).await.unwrap(), admission.place(None).await.unwrap());
        let mut waiting: Vec<_> = (0..8).map(|_| Box::pin(admission.place(None))).collect();
        assert!(waiting.iter_mut().all(|place| place.now_or_never().is_none()));
        assert!(admission.place(None).await.err().unwrap().is(Code::Overloaded));
        drop((first, second));
        assert!(waiting[0].as_mut().now_or_never().unwrap().is_ok());
    }

    #[tokio::test(start_paused = true)]
    async fn waiting_requests_are_refused_after_a_timeout() {
        let admission = Admission::new(9);
        let _running = admission.place(None).await.unwrap();
        let refused = join_all([admission.place(None), admission.place(None)]).await;
        assert!(refused.into_iter().all(|place| place.err().unwrap().is(Code::Overloaded)));
    }

    #[tokio::test]
    async fn one_person_runs_no_more_requests_than_the_processors_need() {
        let (admission, busy) = (Admission::new(4_096), Some(UserId::new()));
        let most = OWN_AT_LEAST.max(available_parallelism().unwrap().get() * OWN_PER_PROCESSOR);
        let mut places: Vec<_> = (0..=most).map(|_| Box::pin(admission.place(busy))).collect();
        let running: Vec<_> = places.iter_mut().filter_map(FutureExt::now_or_never).map(Result::unwrap).collect();
        assert_eq!(running.len(), most);
    }

    #[tokio::test]
    async fn a_flood_of_one_person_leaves_places_to_others() {
        let admission = Admission::new(16);
        let (busy, other) = (Some(UserId::new()), Some(UserId::new()));
        let running = [admission.place(busy).await.unwrap(), admission.place(busy).await.unwrap()];
        let mut waiting: Vec<_> = (0..8).map(|_| Box::pin(admission.place(busy))).collect();
        assert!(waiting.iter_mut().all(|place| place.now_or_never().is_none()));
        assert!(admission.place(busy).await.err().unwrap().is(Code::Overloaded));
        let others: Vec<_> = (0..2).map(|_| admission.place(other).now_or_never().unwrap().unwrap()).collect();
        assert_eq!(others.len(), running.len());
        drop(running);
        assert!(waiting[0].as_mut().now_or_never().unwrap().is_ok());
    }
}
