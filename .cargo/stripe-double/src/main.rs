//! The stand-in for Stripe as a program, for the demo: it listens on the loopback alone.

#![allow(clippy::expect_used, reason = "a stand-in fails loudly")]

use clap::Parser;
use reqwest::Url;
use stripe_double::{Sender, program, unix_seconds};

#[derive(Parser)]
struct Settings {
    /// The port on the loopback.
    #[arg(long, env = "QUITS_PORT", default_value_t = 4012)]
    port: u16,
    /// Where webhooks go.
    #[arg(long, default_value = "http://127.0.0.1:4004/webhooks/stripe")]
    webhooks: Url,
    /// What signs them.
    #[arg(long, default_value = "whsec_payments")]
    secret: String,
}

#[tokio::main]
async fn main() {
    let Settings { port, webhooks, secret } = Settings::parse();
    let own: Url = format!("http://127.0.0.1:{port}/").parse().expect("a port makes an address");
    let routes = program(&own, &format!("{}_", unix_seconds()), Sender { to: webhooks, secret });
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await.expect("the port is free");
    axum::serve(listener, routes).await.expect("it serves until it is ended");
}
