//! What an installation uses while nobody uses it.

use std::time::Duration;

use tokio::time::sleep;

use crate::{
    machine::{MONGOD, cpu, of_services, used},
    stack::Stack,
};

const SETTLED: Duration = Duration::from_secs(10);
const WATCHED: Duration = Duration::from_secs(30);

pub(crate) async fn measure(stack: &Stack) {
    sleep(SETTLED).await;
    let before = cpu(stack);
    sleep(WATCHED).await;
    let used = used(&before, &cpu(stack));
    let permille = |time: Duration| time.as_millis() * 1_000 / WATCHED.as_millis();
    let memory = stack.memory_mib();
    println!("idle: {} MiB in {} processes {memory:?}", memory.values().sum::<u64>(), memory.len());
    println!(
        "idle: mongod {} and the services {} thousandths of a core",
        permille(used[MONGOD]),
        permille(of_services(&used))
    );
}
