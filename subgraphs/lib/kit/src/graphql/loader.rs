//! Batching: all values of one kind that a request asks for concurrently are read in one call.

use std::{collections::HashMap, fmt::Debug, hash::Hash, sync::Arc};

use ::dataloader::{BatchFn, non_cached};
use futures::future::BoxFuture;

use crate::{
    failure::{Failure, Outcome},
    tasks::run_to_end,
};

/// Loads values by key. Created per request, because it may hold values that only the request's caller may see.
pub struct Loader<K, V>(non_cached::Loader<K, Outcome<Option<V>>, Batch<K, V>>)
where
    K: Clone + Debug + Eq + Hash + Send + Sync + 'static,
    V: Clone + Send + Sync + 'static;

type Load<K, V> = dyn Fn(Vec<K>) -> BoxFuture<'static, Outcome<HashMap<K, V>>> + Send + Sync;

struct Batch<K, V>(Arc<Load<K, V>>);

impl<K, V> Loader<K, V>
where
    K: Clone + Debug + Eq + Hash + Send + Sync + 'static,
    V: Clone + Send + Sync + 'static,
{
    /// Creates a loader from a function that gets distinct keys and omits keys without a value.
    pub fn new<F>(load: impl Fn(Vec<K>) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Outcome<HashMap<K, V>>> + Send + 'static,
    {
        Self(non_cached::Loader::new(Batch(Arc::new(move |keys| Box::pin(load(keys))))))
    }

    /// Returns the value of a key, `None` if there is none; fails if its batch failed.
    pub async fn load(&self, key: K) -> Outcome<Option<V>> {
        self.0.try_load(key).await.map_err(Failure::internal)?
    }
}

impl<K, V> BatchFn<K, Outcome<Option<V>>> for Batch<K, V>
where
    K: Clone + Eq + Hash + Send + Sync + 'static,
    V: Send + Sync + 'static,
{
    async fn load(&mut self, keys: &[K]) -> HashMap<K, Outcome<Option<V>>> {
        match run_to_end((self.0)(keys.to_vec())).await.flatten() {
            Ok(mut found) => keys.iter().map(|key| (key.clone(), Ok(found.remove(key)))).collect(),
            Err(failure) => keys.iter().map(|key| (key.clone(), Err(failure.clone()))).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;

    #[tokio::test]
    async fn concurrent_keys_are_read_in_one_batch() {
        let batches = Arc::new(Mutex::new(Vec::new()));
        let read = Arc::clone(&batches);
        let loader = Loader::new(move |mut keys: Vec<i64>| {
            keys.sort_unstable();
            read.lock().unwrap().push(keys.clone());
            async move { Ok(keys.into_iter().filter(|key| *key > 0).map(|key| (key, key * 10)).collect()) }
        });
        let (one, two, again, none) = tokio::join!(loader.load(1), loader.load(2), loader.load(1), loader.load(-1));
        assert_eq!([one, two, again, none].map(Result::unwrap), [Some(10), Some(20), Some(10), None]);
        assert_eq!(*batches.lock().unwrap(), [vec![-1, 1, 2]]);
    }

    #[tokio::test]
    async fn a_failed_batch_fails_for_each_key() {
        let loader = Loader::<i64, i64>::new(|_| async { Err(Failure::internal("away")) });
        let (one, two) = tokio::join!(loader.load(1), loader.load(2));
        assert!(one.is_err() && two.is_err());
    }
}
