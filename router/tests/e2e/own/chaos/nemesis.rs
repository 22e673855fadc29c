//! Kills and pauses services, and breaks their links to the broker.

use std::{
    collections::BTreeMap,
    fmt,
    ops::Range,
    time::{Duration, Instant},
};

use rand::{Rng, SeedableRng, rngs::StdRng, seq::IndexedRandom};
use rustix::process::Signal;
use tokio::time::sleep;

use crate::stack::Stack;

/// In this order they are started: the router needs users.
const VICTIMS: [&str; 8] = ["users", "groups", "expenses", "payments", "reports", "advise", "collect", "router"];

/// What goes wrong, as the seed says.
pub(crate) struct Nemesis {
    chance: StdRng,
    done: BTreeMap<String, u64>,
    /// When everything was ready and nothing was harmed.
    pub calm: Vec<Range<Instant>>,
}

impl Nemesis {
    pub(crate) fn new(seed: u64) -> Self {
        Self { chance: StdRng::seed_from_u64(seed), done: BTreeMap::new(), calm: Vec::new() }
    }

    /// Does harm for a while; then everything runs again.
    pub(crate) async fn rage(&mut self, stack: &mut Stack, time: Duration) {
        let started = Instant::now();
        while started.elapsed() < time {
            self.rest(100..1_500).await;
            match self.chance.random_range(0..11) {
                0..6 => self.kill(stack).await,
                6..8 => self.pause(stack).await,
                8 => self.cut(stack).await,
                9 => self.hush(stack).await,
                _ => self.calm_down(stack).await,
            }
        }
        self.calm_down(stack).await;
    }

    /// Kills some services at once, and starts them again after a moment.
    async fn kill(&mut self, stack: &mut Stack) {
        let victims = self.victims();
        for name in &victims {
            stack.kill(name).await;
            self.count("kill -9", name);
        }
        self.rest(0..3_000).await;
        for name in &victims {
            stack.run_unready(name);
        }
        for name in victims {
            stack.wait_until_ready(name).await;
        }
    }

    /// Stops some services as a machine without time for them does.
    async fn pause(&mut self, stack: &Stack) {
        let victims = self.victims();
        for name in &victims {
            stack.signal(name, Signal::STOP);
            self.count("pause", name);
        }
        self.rest(500..8_000).await;
        for name in &victims {
            stack.signal(name, Signal::CONT);
        }
    }

    async fn cut(&mut self, stack: &Stack) {
        stack.broker.cut();
        self.count("cut", "broker");
        self.rest(500..8_000).await;
        stack.broker.mend();
    }

    async fn hush(&mut self, stack: &Stack) {
        stack.broker.hush();
        self.count("hush", "broker");
        self.rest(5_000..15_000).await;
        stack.broker.mend();
    }

    async fn calm_down(&mut self, stack: &mut Stack) {
        for name in VICTIMS {
            stack.wait_until_ready(name).await;
        }
        let since = Instant::now();
        self.rest(6_000..12_000).await;
        self.calm.push(since..Instant::now());
        self.count("calm", "all");
    }

    fn victims(&mut self) -> Vec<&'static str> {
        let number = self.chance.random_range(1..=3);
        let mut victims: Vec<&str> = VICTIMS.choose_multiple(&mut self.chance, number).copied().collect();
        victims.sort_by_key(|name| VICTIMS.iter().position(|victim| victim == name));
        victims
    }

    async fn rest(&mut self, milliseconds: Range<u64>) {
        sleep(Duration::from_millis(self.chance.random_range(milliseconds))).await;
    }

    fn count(&mut self, what: &str, name: &str) {
        *self.done.entry(format!("{what} {name}")).or_default() += 1;
    }
}

impl fmt::Display for Nemesis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let done: Vec<String> = self.done.iter().map(|(what, times)| format!("{what} {times}")).collect();
        write!(f, "{}", done.join(", "))
    }
}
