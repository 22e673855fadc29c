//! Clients that misuse the API, all at once, neither stop nor slow down others for long, and do not fill the memory.

use std::{
    collections::BTreeMap,
    sync::Arc,
    time::{Duration, Instant},
};

use futures::future::join_all;
use rustix::{process::setpriority_process, thread::gettid};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    runtime::{Builder, Runtime},
    time::{interval, sleep, timeout},
};

use crate::{
    percentile::percentile,
    person::{GROUP, Person},
    stack::Stack,
    trip::Trip,
};

const ABORTED_PER_SUBGRAPH: usize = 200;
const SUBSCRIPTIONS: usize = 200;
const ANONYMOUS_SOCKETS: usize = 1_000;
const LARGE_QUERIES: usize = 200;
const LOGINS_PER_SECOND: usize = 100;

/// How long people log in and keep their sockets open.
const SECONDS: usize = 10;
const MISUSE: Duration = Duration::from_secs(SECONDS as u64);

/// How many pages are measured, each time.
const PAGES: usize = 100;

const LOWEST_PRIORITY: i32 = 19;

/// The most that any process may use afterwards.
const MEMORY_MIB: u64 = 512;

/// The slowest page while the others share two processor cores with the services and this test.
const SLOWEST_PAGE: Duration = Duration::from_secs(3);

#[tokio::test(flavor = "multi_thread")]
async fn a_page_is_answered_while_others_misuse_the_api() {
    let stack = Arc::new(Stack::start_alone().await);
    let trip = Trip::of(&stack, &["Ada", "Ben", "Eve"]).await;
    for number in 0..20 {
        trip.spend(0, "30.00", &number.to_string()).await;
    }
    let (ada, eve) = (&trip.people[0], trip.people[2].clone());
    pages(ada, &trip.id).await;
    let (quiet, before) = (pages(ada, &trip.id).await, stack.memory_mib());

    let others = machine_of_others();
    let misuse = others.spawn(misuse(Arc::clone(&stack), eve, trip.id.clone()));
    let (loaded, logins) = tokio::join!(pages(ada, &trip.id), misuse);
    let logins = logins.unwrap();
    let (afterwards, after) = (pages(ada, &trip.id).await, stack.memory_mib());
    // Not before: it drives connections that all people share.
    others.shutdown_background();
    for (name, times) in [("quiet", &quiet), ("under load", &loaded), ("afterwards", &afterwards)] {
        let slowest = &times[PAGES - 10..];
        println!("{name}: p50 {:?}, p99 {:?}, slowest {slowest:?}", percentile(times, 50), percentile(times, 99));
    }
    println!("logins {logins:?}; MiB before {before:?}, after {after:?}");

    assert!(loaded.last().unwrap() < &SLOWEST_PAGE, "{loaded:?}");
    assert!(percentile(&afterwards, 50) < 2 * percentile(&quiet, 50), "{afterwards:?}");
    assert_eq!(logins.values().sum::<usize>(), LOGINS_PER_SECOND * SECONDS);
    assert!(after.values().all(|mib| *mib < MEMORY_MIB), "{after:?}");
}

/// Returns the runtime of those who misuse the API. They have machines of their own: what they compute here gives way
/// to the services.
fn machine_of_others() -> Runtime {
    let give_way = || setpriority_process(Some(gettid()), LOWEST_PRIORITY).unwrap();
    Builder::new_multi_thread().enable_all().on_thread_start(give_way).build().unwrap()
}

/// Does everything at once that is forbidden or useless. Returns how often each code was the answer to a login.
async fn misuse(stack: Arc<Stack>, eve: Person, group: String) -> BTreeMap<String, usize> {
    let ((), (), (), (), logins) = tokio::join!(
        abort_requests(&stack, &eve),
        subscribe_often(&eve, &group),
        connect_anonymously(&stack),
        send_large_queries(&eve),
        log_in_often(&stack),
    );
    logins
}

/// Requests the page of a group again and again; every one is answered. Returns how long they took, the shortest first.
async fn pages(person: &Person, group: &str) -> Vec<Duration> {
    let query = format!(
        "query($id: ID!) {{ me {{ name }} group(id: $id) {{ name members {{ id name }} {GROUP}
            expenses(first: 20) {{ edges {{ node {{ id description total {{ amount }} }} }} }} }} }}"
    );
    let mut times = Vec::new();
    for _ in 0..PAGES {
        let started = Instant::now();
        person.data(&query, json!({ "id": group })).await;
        times.push(started.elapsed());
        sleep(Duration::from_millis(50)).await;
    }
    times.sort_unstable();
    times
}

/// Sends requests to each subgraph and closes the connections while they are worked on.
async fn abort_requests(stack: &Stack, person: &Person) {
    let queries = [
        ("users", "{ me { id name } }"),
        ("groups", "{ groups(first: 1) { totalCount } }"),
        ("expenses", r#"{ expense(id: "00000000-0000-7000-8000-000000000000") { id } }"#),
        ("payments", r#"{ payment(id: "00000000-0000-7000-8000-000000000000") { id } }"#),
        ("reports", "{ notifications(first: 1) { edges { node { id } } } }"),
    ];
    let token = person.token.as_ref().unwrap();
    let requests = queries.map(|(name, query)| {
        let (address, body) = (address(stack, name), json!({ "query": query }).to_string());
        let request = format!(
            "POST /graphql HTTP/1.1\r\nhost: quits\r\ncontent-type: application/json\r\nauthorization: Bearer {token}\r\n\
             content-length: {}\r\n\r\n{body}",
            body.len()
        );
        (address, request)
    });
    let all = requests.iter().flat_map(|request| std::iter::repeat_n(request, ABORTED_PER_SUBGRAPH));
    let abort = async |(address, request): &(String, String)| {
        let mut connection = TcpStream::connect(address).await.unwrap();
        connection.write_all(request.as_bytes()).await.unwrap();
        sleep(Duration::from_millis(20)).await;
    };
    join_all(all.map(&abort)).await;
}

/// Opens more subscriptions on one WebSocket than a person may have, and ends the WebSocket when each is answered.
async fn subscribe_often(person: &Person, group: &str) {
    let query = format!("subscription($id: ID!) {{ groupMoved(groupId: $id) {{ {GROUP} }} }}");
    let mut live = person.connect().await;
    for number in 0..SUBSCRIPTIONS {
        live.subscribe(&number.to_string(), &query, json!({ "id": group })).await;
    }
    // The first message of each; those that are not refused may be pushed to again meanwhile.
    let mut refused = BTreeMap::new();
    while refused.len() < SUBSCRIPTIONS {
        let message = live.message().await;
        assert_ne!(message["type"], "close", "{message}");
        let id = message["id"].as_str().unwrap().to_owned();
        refused.entry(id).or_insert(message["payload"]["errors"].is_array());
    }
    let refused = refused.values().filter(|is_refused| **is_refused).count();
    assert!(refused >= SUBSCRIPTIONS / 2, "{refused}");
}

/// Opens sockets without a token from many addresses and waits, on each, until it is closed or the time is over.
async fn connect_anonymously(stack: &Stack) {
    let router = address(stack, "router");
    let open = async |number: usize| {
        let upgrade = format!(
            "GET /graphql/ws HTTP/1.1\r\nhost: quits\r\nupgrade: websocket\r\nconnection: Upgrade\r\n\
             sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\
             sec-websocket-protocol: graphql-transport-ws\r\nx-forwarded-for: 10.1.{}.{}\r\n\r\n",
            number / 250,
            number % 250
        );
        let mut connection = TcpStream::connect(&router).await.unwrap();
        connection.write_all(upgrade.as_bytes()).await.unwrap();
        // An error is the end of the connection as well.
        drop(timeout(MISUSE, connection.read_to_end(&mut Vec::new())).await);
    };
    join_all((0..ANONYMOUS_SOCKETS).map(open)).await;
}

/// Sends different operations of the largest size, none of which is in the router's caches.
async fn send_large_queries(person: &Person) {
    for number in 0..LARGE_QUERIES {
        let query = format!("{{ me {{ id }} }} # {number} {}", "x".repeat(30 * 1024));
        person.ask(&query, json!({})).await;
    }
}

/// Guesses passwords at a steady rate, each from an address of its own. Returns how often each code was the answer.
async fn log_in_often(stack: &Stack) -> BTreeMap<String, usize> {
    let query = "mutation($input: LoginInput!) { login(input: $input) { accessToken } }";
    let mut ticks = interval(Duration::from_secs(1) / u32::try_from(LOGINS_PER_SECOND).unwrap());
    let mut guesses = Vec::new();
    for number in 0..LOGINS_PER_SECOND * SECONDS {
        ticks.tick().await;
        let input = json!({ "input": { "email": format!("{number}@example.org"), "password": "not the password" } });
        let guesser = Person::nobody(stack);
        guesses.push(tokio::spawn(async move { guesser.ask(query, input).await }));
    }
    let mut codes = BTreeMap::new();
    for answer in join_all(guesses).await {
        *codes.entry(code_of(&answer.expect("every login is answered"))).or_default() += 1;
    }
    codes
}

fn code_of(answer: &Value) -> String {
    answer["errors"][0]["extensions"]["code"].as_str().unwrap_or("none").to_owned()
}

fn address(stack: &Stack, name: &str) -> String {
    stack.url(name, "").replacen("http://", "", 1)
}
