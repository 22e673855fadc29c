//! All services of a stack: started together, supervised, and stopped in the reverse order. A service that exits is
//! reported and restarted after a pause. Saved data do not depend on it, so the others keep running.

use std::{
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result};

use crate::{
    home::Home,
    http,
    interrupt::{self, Task, at_once},
    process::{Process, stop_all},
    progress::{self, elapsed},
    servers::Servers,
    services::{Service, Settings},
};

/// The timeout until a service is ready.
const READY: Duration = Duration::from_mins(1);

/// The pause before a restart.
const PAUSE: Duration = Duration::from_secs(5);

/// A running stack.
pub(crate) struct Stack {
    servers: Servers,
    services: Vec<Process>,
}

impl Stack {
    /// Starts every service on running servers, and waits until all are ready.
    pub(crate) fn start(home: &Home, servers: Servers, settings: &Settings) -> Result<Self> {
        let mut stack = Self { servers, services: Vec::new() };
        for last in [false, true] {
            let group = settings.services().filter(|service| service.comes_last() == last);
            let starting =
                group.map(|service| Box::new(|| start_service(home, service, settings)) as Task<'_, Process>);
            stack.services.extend(at_once(starting.collect())?);
        }
        Ok(stack)
    }

    /// Restarts processes that exit, until a shutdown is requested.
    pub(crate) fn watch(&mut self) {
        let processes = self.servers.processes.iter_mut().chain(&mut self.services);
        let mut watches: Vec<Watch> = processes.map(Watch::new).collect();
        while !interrupt::requested() {
            for watch in &mut watches {
                watch.look();
            }
            thread::sleep(Duration::from_millis(100));
        }
    }

    /// Stops everything: first the frontend and the router, then the subgraphs, then the servers.
    pub(crate) fn stop(mut self) {
        let step = progress::step("Stopping");
        // The frontend and the router were started last, so they come first now.
        self.services.reverse();
        let (edge, subgraphs) = self.services.split_at_mut(2);
        for group in [edge, subgraphs, &mut self.servers.processes] {
            stop_all(group);
        }
        step.done();
    }
}

fn start_service(home: &Home, service: &Service, settings: &Settings) -> Result<Process> {
    let step = progress::step(service.name);
    let mut process = Process::start(home, service.name, service.command(settings)?)?;
    let log = process.log.clone();
    let mut shown = step.follow(&log);
    let url = service.ready_url(settings.ports);
    let ready = interrupt::wait(READY, || {
        shown.look();
        process.expect_alive()?;
        Ok(http::answers(&url).then_some(()))
    })?;
    ready.with_context(|| format!("{} did not get ready ({url}):\n{}", service.name, process.tail()))?;
    step.done_with(&format!("port {}", settings.ports.of(service.offset)));
    Ok(process)
}

/// A supervised process.
struct Watch<'a> {
    process: &'a mut Process,
    since: Instant,
    /// When to restart it, while it is down.
    due: Option<Instant>,
}

impl<'a> Watch<'a> {
    fn new(process: &'a mut Process) -> Self {
        Self { process, since: Instant::now(), due: None }
    }

    fn look(&mut self) {
        match self.due {
            Some(due) if Instant::now() >= due => self.start_again(),
            Some(_) => {}
            None => self.notice_end(),
        }
    }

    fn notice_end(&mut self) {
        let Some(status) = self.process.exited() else { return };
        let lived = self.since.elapsed();
        let log = self.process.log.display().to_string();
        self.put_off(&format!("ended after {} ({status}, log: {log})", elapsed(lived)));
    }

    fn start_again(&mut self) {
        match self.process.restart() {
            Ok(()) => {
                self.since = Instant::now();
                self.due = None;
                progress::say(format!("  ✓  {} is started again", self.process.name));
            }
            Err(error) => self.put_off(&format!("does not start: {error:#}")),
        }
    }

    fn put_off(&mut self, why: &str) {
        progress::say(format!("  ✗  {} {why}; starting it again in {}", self.process.name, elapsed(PAUSE)));
        self.due = Some(Instant::now() + PAUSE);
    }
}
