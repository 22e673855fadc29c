//! Gathering: those who want to know the same thing while it is being asked for get the answer to the next question.
//! Every answer was asked for after its question was wanted, so nobody gets anything older than by asking alone.

use std::{
    collections::HashMap,
    hash::Hash,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::sync::{Mutex as Turn, OnceCell};

use crate::failure::Outcome;

/// Gathers questions by key. The answer must not depend on who asks.
pub struct Gather<K, V>(Mutex<HashMap<K, Arc<Subject<V>>>>);

type Answer<V> = Arc<OnceCell<Outcome<V>>>;

/// What is asked about one key.
struct Subject<V> {
    /// Held while a question is being asked.
    turn: Turn<()>,
    /// The answer to the next question.
    next: Mutex<Answer<V>>,
}

impl<K, V> Default for Gather<K, V> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K: Clone + Eq + Hash, V: Clone> Gather<K, V> {
    /// Returns the answer about a key; `ask` is called at most once.
    pub async fn load<F>(&self, key: K, ask: impl FnOnce() -> F) -> Outcome<V>
    where
        F: Future<Output = Outcome<V>>,
    {
        let subject = Arc::clone(locked(&self.0).entry(key.clone()).or_default());
        let answer = Arc::clone(&locked(&subject.next));
        let asking = answer.get_or_init(|| async {
            let _turn = subject.turn.lock().await;
            subject.begin(&answer);
            ask().await
        });
        let answered = asking.await.clone();
        drop(answer);
        self.forget_unused(&key, subject);
        answered
    }

    fn forget_unused(&self, key: &K, subject: Arc<Subject<V>>) {
        let mut subjects = locked(&self.0);
        drop(subject);
        if subjects.get(key).is_some_and(|subject| Arc::strong_count(subject) == 1) {
            subjects.remove(key);
        }
    }
}

impl<V> Subject<V> {
    /// Who comes from now on waits for the question after this one.
    fn begin(&self, answer: &Answer<V>) {
        let mut next = locked(&self.next);
        if Arc::ptr_eq(&next, answer) {
            *next = Answer::default();
        }
    }
}

impl<V> Default for Subject<V> {
    fn default() -> Self {
        Self { turn: Turn::default(), next: Mutex::default() }
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use futures::{FutureExt, future::join_all};
    use tokio::sync::Semaphore;

    use super::*;
    use crate::failure::Failure;

    #[tokio::test]
    async fn who_comes_during_a_question_waits_for_the_next_one() {
        let (gather, asked, open) = (Gather::default(), AtomicUsize::new(0), Semaphore::new(0));
        let load = || {
            gather.load("one", || async {
                let number = asked.fetch_add(1, Ordering::SeqCst) + 1;
                open.acquire().await.unwrap().forget();
                Ok(number)
            })
        };
        let mut first = Box::pin(load());
        assert!(first.as_mut().now_or_never().is_none());
        let mut others: Vec<_> = (0..50).map(|_| Box::pin(load())).collect();
        assert!(others.iter_mut().all(|other| other.as_mut().now_or_never().is_none()));
        assert_eq!(asked.load(Ordering::SeqCst), 1);
        open.add_permits(2);
        assert_eq!(first.await.unwrap(), 1);
        assert!(join_all(others).await.into_iter().all(|answer| answer.unwrap() == 2));
        assert!(locked(&gather.0).is_empty());
    }

    #[tokio::test]
    async fn each_question_is_asked_anew() {
        let (gather, asked) = (Gather::default(), AtomicUsize::new(0));
        for number in 0..3 {
            let load = gather.load("one", || async { Ok(asked.fetch_add(1, Ordering::SeqCst)) });
            assert_eq!(load.await.unwrap(), number);
        }
    }

    #[tokio::test]
    async fn different_keys_do_not_wait_for_each_other() {
        let gather = Gather::<_, ()>::default();
        let mut stuck = Box::pin(gather.load("one", std::future::pending));
        assert!(stuck.as_mut().now_or_never().is_none());
        gather.load("other", || async { Ok(()) }).await.unwrap();
    }

    #[tokio::test]
    async fn others_go_on_when_who_asks_goes_away() {
        let gather = Gather::default();
        let mut first = Box::pin(gather.load("one", std::future::pending));
        assert!(first.as_mut().now_or_never().is_none());
        let mut next = Box::pin(gather.load("one", || async { Ok(2) }));
        assert!(next.as_mut().now_or_never().is_none());
        drop(first);
        assert_eq!(next.await.unwrap(), 2);
        let failed = gather.load("one", || async { Err(Failure::internal("away")) }).await;
        assert!(failed.is_err());
    }
}
