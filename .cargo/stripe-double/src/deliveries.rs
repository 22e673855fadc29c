//! How events arrive: repeated, in another order, or not at all.

use rand::{Rng, SeedableRng, rngs::StdRng, seq::SliceRandom};

/// The most often that an event is delivered.
const MOST: usize = 10;

/// The deliveries of events, which a seed repeats, reorders and loses.
pub struct Deliveries {
    chance: StdRng,
    waiting: Vec<String>,
}

impl Deliveries {
    /// Begins with this seed.
    pub fn new(seed: u64) -> Self {
        Self { chance: StdRng::seed_from_u64(seed), waiting: Vec::new() }
    }

    /// Returns how often an event is delivered: up to ten times, or never.
    pub fn times(&mut self) -> usize {
        self.chance.random_range(0..=MOST)
    }

    /// Adds all deliveries of an event to those that wait; false if the event is lost.
    pub fn add(&mut self, event: &str) -> bool {
        let times = self.times();
        self.waiting.extend(std::iter::repeat_n(event.to_owned(), times));
        self.waiting.shuffle(&mut self.chance);
        times > 0
    }

    /// Takes some of those that wait, perhaps none.
    pub fn some(&mut self) -> Vec<String> {
        let kept = self.chance.random_range(0..=self.waiting.len());
        self.waiting.split_off(kept)
    }

    /// Takes all that wait.
    pub fn rest(&mut self) -> Vec<String> {
        std::mem::take(&mut self.waiting)
    }
}
