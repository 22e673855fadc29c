//! All services of a stack: started together, supervised, and stopped in the reverse order. A service that exits is
//! reported and restarted after a pause. Saved data do not depend on it, so the others keep running.

use std::time::{Duration, Instant};

use anyhow::Result;

use crate::{
    home::Home,
    http,
    interrupt::{self, at_once},
    process::{Process, stop_all},
    progress::{self, elapsed, say},
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
            stack.services.extend(at_once(group, |service| start_service(home, service, settings))?);
        }
        Ok(stack)
    }

    /// Restarts processes that exit, until a shutdown is requested.
    pub(crate) fn watch(&mut self) {
        let processes = self.servers.processes.iter_mut().chain(&mut self.services);
        // It ends by the request only.
        let _ = at_once(processes, keep_running);
    }

    /// Stops everything: first the frontend and the router, then the subgraphs, then the servers.
    pub(crate) fn stop(mut self) -> Result<()> {
        progress::step("Stopping", |_| {
            // The frontend and the router were started last, so they come first now.
            self.services.reverse();
            let (edge, subgraphs) = self.services.split_at_mut(2);
            for group in [edge, subgraphs, &mut self.servers.processes] {
                stop_all(group);
            }
            Ok(())
        })
    }
}

fn start_service(home: &Home, service: &Service, settings: &Settings) -> Result<Process> {
    progress::step(format!("{}, port {}", service.name, settings.ports.of(service.offset)), |step| {
        let mut process = Process::start(home, service.name, service.command(settings)?)?;
        let url = service.ready_url(settings.ports);
        process.expect_ready(step, READY, || http::answers(&url))?;
        Ok(process)
    })
}

/// Starts a process again whenever it has ended.
fn keep_running(process: &mut Process) -> Result<()> {
    loop {
        let since = Instant::now();
        let status = interrupt::wait(|| Ok(process.exited()))?;
        let (lived, log) = (elapsed(since.elapsed()), process.log.display().to_string());
        let mut why = format!("ended after {lived} ({status}, log: {log})");
        loop {
            say(format!("  ✗  {} {why}; starting it again in {}", process.name, elapsed(PAUSE)));
            interrupt::wait_at_most(PAUSE, || Ok(None::<()>))?;
            let Err(error) = process.restart() else { break };
            why = format!("does not start: {error:#}");
        }
        say(format!("  ✓  {} is started again", process.name));
    }
}
