//! The least that publishing can cost: persistent messages of the size of an event to a durable queue, each confirmed.
//!
//! `confirm_loop SECONDS`, with `AMQP_URL`, prints how many were confirmed per second.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, reason = "a measurement for the terminal")]

use std::{
    env,
    time::{Duration, Instant},
};

use futures::future::try_join_all;
use lapin::{
    BasicProperties, Connection, ConnectionProperties,
    options::{BasicPublishOptions, ConfirmSelectOptions, QueueDeclareOptions, QueueDeleteOptions},
    types::FieldTable,
};
use uuid::Uuid;

/// As many messages are on their way at once as the relay publishes together.
const BATCH: u64 = 1_024;
/// About the size of an event, in bytes.
const EVENT: usize = 1_200;
const PERSISTENT: u8 = 2;

#[tokio::main]
async fn main() {
    let seconds: u64 = env::args().nth(1).expect("confirm_loop SECONDS").parse().expect("a number");
    let url = env::var("AMQP_URL").expect("AMQP_URL names the broker");
    let connection = Connection::connect(&url, ConnectionProperties::default()).await.unwrap();
    let channel = connection.create_channel().await.unwrap();
    channel.confirm_select(ConfirmSelectOptions::default()).await.unwrap();
    let queue = format!("confirm-loop-{}", Uuid::new_v4().simple());
    let durable = QueueDeclareOptions { durable: true, ..QueueDeclareOptions::default() };
    channel.queue_declare(queue.as_str().into(), durable, FieldTable::default()).await.unwrap();

    let (event, properties) = (vec![b'x'; EVENT], BasicProperties::default().with_delivery_mode(PERSISTENT));
    let (end, mut confirmed) = (Instant::now() + Duration::from_secs(seconds), 0);
    while Instant::now() < end {
        let mut confirms = Vec::new();
        for _ in 0..BATCH {
            let options = BasicPublishOptions::default();
            let sent = channel.basic_publish("".into(), queue.as_str().into(), options, &event, properties.clone());
            confirms.push(sent.await.unwrap());
        }
        try_join_all(confirms).await.unwrap();
        confirmed += BATCH;
    }
    println!("{}", confirmed / seconds);
    channel.queue_delete(queue.as_str().into(), QueueDeleteOptions::default()).await.unwrap();
}
