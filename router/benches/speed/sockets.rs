//! Many sockets on which nothing happens.

use std::time::Duration;

use futures::{StreamExt, stream};
use tokio::time::sleep;

use crate::{
    installation::Installation,
    machine::{cpu, of_services, used},
    person::Person,
    stack::Stack,
};

/// The router's limit of long-lived clients is 10,000.
const SOCKETS: usize = 9_900;
const PEOPLE: usize = 20;
const AT_ONCE: usize = 50;
const WATCHED: Duration = Duration::from_secs(20);

pub(crate) async fn measure(stack: &Stack) {
    // The gate would need as many connections again in this process.
    let front = Installation::at(&format!("http://127.0.0.1:{}", stack.own_port("router")));
    let mut people = Vec::new();
    for number in 0..PEOPLE {
        people.push(Person::register(&front, &format!("S{number}")).await);
    }
    let before = stack.memory_mib()["router"];
    let open = stream::iter(0..SOCKETS).map(|number| {
        let person = people[number % PEOPLE].clone();
        async move { person.try_connect().await }
    });
    let opened: Vec<_> = open.buffer_unordered(AT_ONCE).filter_map(std::future::ready).collect().await;
    let (held, busy) = (stack.memory_mib()["router"], cpu(stack));
    sleep(WATCHED).await;
    let used = of_services(&used(&busy, &cpu(stack)));
    println!(
        "{} of {SOCKETS} idle sockets: {} KiB each ({before} -> {held} MiB); {} thousandths of a core",
        opened.len(),
        held.saturating_sub(before) * 1_024 / u64::try_from(opened.len().max(1)).unwrap(),
        used.as_millis() * 1_000 / WATCHED.as_millis()
    );
}
