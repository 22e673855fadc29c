//! Reading: a small query, and the page of a group.

use std::time::{Duration, Instant};

use futures::future::join_all;
use serde_json::{Value, json};

use crate::{
    machine::{cpu, each, ms, of_services, ratio, used},
    percentile::percentile,
    person::{GROUP, Person},
    stack::Stack,
    trip::Trip,
};

const CLIENTS: usize = 16;
const TIME: Duration = Duration::from_secs(5);
const PAGES: usize = 300;
const SMALL: &str = "{ me { id } }";

pub(crate) async fn measure(stack: &Stack) {
    let trip = Trip::of(stack, &["Ada", "Ben", "Cleo"]).await;
    for number in 0..50 {
        trip.spend(0, "30.00", &number.to_string()).await;
    }
    let ada = &trip.people[0];
    small_queries(stack, ada).await;
    group_pages(stack, ada, &trip.id).await;
    group_pages_at_once(stack, &trip).await;
}

async fn small_queries(stack: &Stack, person: &Person) {
    let users = stack.url("users", "/graphql");
    let direct = rate(async || person.ask_subgraph(&users, SMALL, json!({}), &[]).await).await;
    let before = cpu(stack);
    let routed = rate(async || person.ask(SMALL, json!({})).await).await;
    let cost = each(of_services(&used(&before, &cpu(stack))), routed * TIME.as_secs());
    println!("small query: {routed}/s, directly {direct}/s, ratio {}; {} CPU", ratio(routed, direct), ms(cost));
}

/// Asks as fast as the answers come. Returns how many came per second.
async fn rate(ask: impl AsyncFn() -> Value) -> u64 {
    let end = Instant::now() + TIME;
    let client = async || {
        let mut answered = 0;
        while Instant::now() < end {
            let answer = ask().await;
            assert!(answer["data"]["me"]["id"].is_string(), "{answer:#}");
            answered += 1;
        }
        answered
    };
    join_all((0..CLIENTS).map(|_| client())).await.into_iter().sum::<u64>() / TIME.as_secs()
}

async fn group_pages(stack: &Stack, person: &Person, group: &str) {
    let query = group_page();
    let before = cpu(stack);
    let mut times = Vec::new();
    for _ in 0..PAGES {
        let started = Instant::now();
        person.data(&query, json!({ "id": group })).await;
        times.push(started.elapsed());
    }
    let used = used(&before, &cpu(stack));
    times.sort_unstable();
    let count = u64::try_from(PAGES).unwrap();
    let (p50, p99) = (percentile(&times, 50), percentile(&times, 99));
    let (services, all) = (of_services(&used), used.values().sum());
    println!(
        "group page: p50 {}, p99 {}; {} CPU, of which services {}",
        ms(p50),
        ms(p99),
        ms(each(all, count)),
        ms(each(services, count))
    );
}

/// The same pages, asked for by everybody of the group: what a page costs while processors and caches are in use.
async fn group_pages_at_once(stack: &Stack, trip: &Trip) {
    let (query, before, started) = (group_page(), cpu(stack), Instant::now());
    let client = async |number: usize| {
        let person = &trip.people[number % trip.people.len()];
        for _ in 0..PAGES / CLIENTS {
            person.data(&query, json!({ "id": trip.id })).await;
        }
    };
    join_all((0..CLIENTS).map(client)).await;
    let used = used(&before, &cpu(stack));
    let pages = u64::try_from(PAGES / CLIENTS * CLIENTS).unwrap();
    let rate = u128::from(pages) * 1_000 / started.elapsed().as_millis();
    let (services, all) = (each(of_services(&used), pages), each(used.values().sum(), pages));
    println!("group page, {CLIENTS} at once: {rate}/s; {} CPU, of which services {}", ms(all), ms(services));
}

fn group_page() -> String {
    format!(
        "query($id: ID!) {{ group(id: $id) {{ name members {{ id name }} {GROUP}
            expenses(first: 20) {{ edges {{ node {{ id description total {{ amount }} }} }} }} }} }}"
    )
}
