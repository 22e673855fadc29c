//! Passwords and their hashes. Only hashes are stored.

use std::{ops::RangeInclusive, sync::Arc, thread};

use argon2::{
    Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version,
    password_hash::{self, SaltString},
};
use futures::{executor::ThreadPool, task::SpawnExt};
use kit::{Failure, Outcome, overloaded};
use serde::{Deserialize, Serialize};
use tokio::sync::Semaphore;

use crate::refusal::Refusal;

/// The allowed lengths in characters. More would only make hashing slower.
const LENGTH: RangeInclusive<usize> = 10..=200;

/// A password within this many guesses, as estimated by zxcvbn, is too common.
const FIRST_GUESSES: u64 = 10_000;

/// How many passwords may wait for each thread: a few seconds' work.
const PLACES_PER_THREAD: usize = 32;

/// How nice the threads are: among processes that all have work, each gets a tenth of what another one gets.
#[cfg(target_os = "linux")]
const NICE: i32 = 10;

/// The parameters that OWASP's Password Storage Cheat Sheet recommends for Argon2id: 19 MiB, two passes, one lane.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// A password in plain text. Deliberately not `Debug`.
pub(crate) struct Password(String);

impl Password {
    /// Wraps user input to be compared with a hash, without validating it.
    pub(crate) fn typed(text: String) -> Self {
        Self(text)
    }

    /// Parses a new password from this input field; refuses invalid lengths and common passwords.
    pub(crate) fn new(field: &'static str, text: String) -> Result<Self, Refusal> {
        if !LENGTH.contains(&text.chars().count()) {
            return Err(Refusal::Password { field, least: *LENGTH.start(), most: *LENGTH.end() });
        }
        if zxcvbn::zxcvbn(&text, &[]).guesses() < FIRST_GUESSES {
            return Err(Refusal::CommonPassword { field });
        }
        Ok(Self(text))
    }
}

/// The Argon2id hash of a password with its salt and parameters. Deliberately not `Debug`.
#[derive(Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct PasswordHash(String);

impl PasswordHash {
    /// Returns a hash that matches no password.
    pub(crate) fn none() -> Self {
        Self(String::new())
    }
}

/// Hashes and checks passwords on a thread pool of its own with one thread for every two processors, which comes after
/// other work: logins leave processors to other requests, and the allocator keeps the 19 MiB of a hash for these few
/// threads only.
///
/// The queue is bounded: who would wait for seconds is told at once to try again.
pub(crate) struct Passwords {
    threads: ThreadPool,
    places: Arc<Semaphore>,
    decoy: PasswordHash,
}

impl Passwords {
    /// Creates the service with a decoy hash.
    pub(crate) fn new() -> Outcome<Self> {
        let processors = thread::available_parallelism().map_or(1, Into::into);
        let size = processors.div_ceil(2);
        let mut threads = ThreadPool::builder();
        threads.pool_size(size).name_prefix("passwords-").after_start(|_| come_after_other_work());
        let threads = threads.create();
        let threads = threads.map_err(Failure::internal)?;
        let nobodys: [u8; 32] = rand::random();
        let decoy = hash(&nobodys)?;
        Ok(Self { threads, places: Arc::new(Semaphore::new(size * PLACES_PER_THREAD)), decoy })
    }

    /// Hashes a password with a new salt.
    pub(crate) async fn hash(&self, password: Password) -> Outcome<PasswordHash> {
        self.run(move || hash(password.0.as_bytes())).await
    }

    /// Whether the password matches the hash. Without a hash it checks a decoy and returns false, so that the duration
    /// does not reveal whether an account exists.
    pub(crate) async fn is_right(&self, password: Password, hash: Option<PasswordHash>) -> Outcome<bool> {
        let exists = hash.is_some();
        let hash = hash.unwrap_or_else(|| self.decoy.clone());
        let matches = self.run(move || matches(password.0.as_bytes(), &hash)).await?;
        Ok(exists && matches)
    }

    /// Runs the work on the thread pool; refused if too much waits there. Work that has not begun is dropped with the
    /// returned future.
    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> Outcome<T> + Send + 'static) -> Outcome<T> {
        let place = Arc::clone(&self.places).try_acquire_owned().map_err(|_| overloaded())?;
        let work = async move {
            let _place = place;
            work()
        };
        self.threads.spawn_with_handle(work).map_err(Failure::internal)?.await
    }
}

/// Lowers the priority of this thread. Only Linux has priorities of threads.
fn come_after_other_work() {
    #[cfg(target_os = "linux")]
    if let Err(error) = rustix::process::setpriority_process(Some(rustix::thread::gettid()), NICE) {
        tracing::warn!(%error, "passwords are hashed with the priority of other work");
    }
}

fn argon2id() -> Outcome<Argon2<'static>> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(Failure::internal)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn hash(password: &[u8]) -> Outcome<PasswordHash> {
    let salt = SaltString::encode_b64(&rand::random::<[u8; 16]>()).map_err(Failure::internal)?;
    let hash = argon2id()?.hash_password(password, &salt).map_err(Failure::internal)?;
    Ok(PasswordHash(hash.to_string()))
}

fn matches(password: &[u8], hash: &PasswordHash) -> Outcome<bool> {
    let hash = password_hash::PasswordHash::new(&hash.0).map_err(Failure::internal)?;
    match argon2id()?.verify_password(password, &hash) {
        Ok(()) => Ok(true),
        Err(password_hash::Error::Password) => Ok(false),
        Err(error) => Err(Failure::internal(error)),
    }
}

#[cfg(test)]
mod tests {
    use kit::Code;

    use super::*;

    #[tokio::test]
    async fn more_than_can_be_hashed_within_seconds_is_refused_at_once() {
        let passwords = Passwords::new().unwrap();
        let places = passwords.places.available_permits();
        let password = || Password::new("password", "correct horse battery staple".to_owned()).unwrap();
        let all = (0..places + 5).map(|_| passwords.is_right(password(), None));
        let answers = futures::future::join_all(all).await;
        let refused = answers.iter().filter(|answer| answer.as_ref().is_err_and(|why| why.is(Code::Overloaded)));
        assert_eq!(refused.count(), 5);
        assert!(matches!(passwords.is_right(password(), None).await, Ok(false)), "the places are free again");
    }

    #[test]
    fn a_password_has_limits_in_characters() {
        let text = "möwen über küsten, ".repeat(11);
        for (length, fits) in [(0, false), (9, false), (10, true), (200, true), (201, false)] {
            let text = text.chars().take(length).collect();
            assert_eq!(Password::new("password", text).is_ok(), fits, "{length}");
        }
    }

    #[test]
    fn common_passwords_are_refused() {
        for text in ["1234567890", "qwertyuiop", "aaaaaaaaaaaa", "1q2w3e4r5t", "passwordpassword"] {
            let refused = Password::new("password", text.to_owned());
            assert!(matches!(refused, Err(Refusal::CommonPassword { field: "password" })), "{text}");
        }
        for text in ["correct horse battery", "correct-horse-battery-staple", "Tr0ub4dour&3x", "sunny-lisbon-42"] {
            assert!(Password::new("password", text.to_owned()).is_ok(), "{text}");
        }
    }

    #[tokio::test]
    async fn only_the_same_password_matches() {
        let passwords = Passwords::new().unwrap();
        let hash = passwords.hash(Password::typed("correct horse".to_owned())).await.unwrap();
        assert!(hash.0.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        let right =
            |text: &str, hash: &PasswordHash| passwords.is_right(Password::typed(text.to_owned()), Some(hash.clone()));
        assert!(right("correct horse", &hash).await.unwrap());
        assert!(!right("Correct horse", &hash).await.unwrap());
        assert!(!passwords.is_right(Password::typed("correct horse".to_owned()), None).await.unwrap());
    }

    #[tokio::test]
    async fn the_same_password_is_hashed_differently_each_time() {
        let passwords = Passwords::new().unwrap();
        let first = passwords.hash(Password::typed("correct horse".to_owned())).await.unwrap();
        let second = passwords.hash(Password::typed("correct horse".to_owned())).await.unwrap();
        assert_ne!(first.0, second.0);
    }
}
