//! Observability: metrics, and one trace from a request to the consumer of its event.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use contracts::{Envelope, Trace, ledger::GroupLedger, topology::COLLECT};
use kit::{
    Outcome, Settings,
    bus::{Handled, Handler, consume},
    journal::{Journal, Relay, Waiting},
    telemetry,
    testing::{Collector, Span},
};
use tokio_util::sync::CancellationToken;

use crate::{
    notebook::{Notebook, eventually},
    served::Fixture,
};

/// Returns the value of a metric with these labels.
fn value(metrics: &str, metric: &str) -> u64 {
    let line = metrics.lines().find_map(|line| line.strip_prefix(metric)?.strip_prefix(' '));
    line.unwrap_or_else(|| panic!("no {metric} in\n{metrics}")).parse().unwrap()
}

#[tokio::test]
async fn requests_and_refusals_are_counted() {
    let fixture = Fixture::open().await;
    let (answered, refused) =
        ("quits_requests_total{outcome=\"answered\"}", "quits_requests_total{outcome=\"refused\"}");
    let before = fixture.metrics().await;

    assert_eq!(fixture.ask("{ read }", Trace::start()).await["data"]["read"], true);
    let refusal = fixture.ask("query MyDiary { secret }", Trace::start()).await;
    assert_eq!(refusal["errors"][0]["extensions"]["code"], "NOT_ALLOWED");

    let after = fixture.metrics().await;
    // Other tests of this process may send requests concurrently.
    assert!(value(&after, answered) > value(&before, answered));
    assert!(value(&after, refused) > value(&before, refused));
    assert!(value(&after, "quits_refusals_total{code=\"NOT_ALLOWED\"}") >= 1);
    assert!(value(&after, "quits_request_duration_seconds_count") >= 2);
    assert_eq!(value(&after, "quits_streams_open"), 0);
    assert_eq!(value(&after, "quits_outbox_waiting"), 0);
    assert!(!after.contains("MyDiary"), "what a client names is no label");
    fixture.close().await;
}

#[tokio::test]
async fn the_backlog_of_the_outbox_is_counted() {
    let notebook = Notebook::open().await;
    assert_eq!(notebook.journal.waiting().await.unwrap(), Waiting { entries: 0, oldest_seconds: 0 });
    for _ in 0..3 {
        notebook.commit(Notebook::change(uuid::Uuid::now_v7(), "a", None)).await;
    }
    assert_eq!(notebook.journal.waiting().await.unwrap().entries, 3);
    notebook.close().await;
}

#[derive(Default)]
struct Heard(Mutex<Vec<Trace>>);

#[async_trait]
impl Handler for Heard {
    async fn handle(&self, envelope: &Envelope) -> Outcome<Handled> {
        self.0.lock().unwrap().push(envelope.traceparent);
        Ok(Handled::Done)
    }
}

/// Returns the spans of a trace by name, from cause to effect.
fn chain<'a>(spans: &'a [Span], trace: Trace, names: &[(&str, &str)]) -> Vec<&'a Span> {
    let mut parent = format!("{:016x}", trace.parent_id);
    let mut chain = Vec::new();
    for (name, kind) in names {
        let found = spans.iter().find(|span| span.name == *name && span.parent_id == parent);
        let span = found.unwrap_or_else(|| panic!("no {name} below {parent} in {spans:#?}"));
        assert_eq!(span.kind.as_str_name(), format!("SPAN_KIND_{kind}"), "{name}");
        parent.clone_from(&span.id);
        chain.push(span);
    }
    chain
}

/// The exporter needs a runtime that keeps running while it flushes the last spans.
#[tokio::test(flavor = "multi_thread")]
async fn one_trace_leads_from_the_request_to_the_consumer() {
    let collector = Collector::start().await;
    let fixture = Fixture::open().await;
    // Spans do not depend on the log level.
    let settings = Settings {
        otlp_endpoint: collector.url().to_owned(),
        log: "error".to_owned(),
        ..fixture.resources.settings.clone()
    };
    let telemetry = telemetry::start(&settings, "notebook").unwrap();

    let trace = Trace::start();
    let answer = fixture.ask(&format!("mutation {{ note(groupsUrl: \"{}\") }}", fixture.url), trace).await;
    assert_eq!(answer["data"]["note"], 1, "{answer:#}");
    let heard = publish_and_hear(&fixture.resources.journal, &fixture).await;
    drop(telemetry);

    let spans = collector.trace(&trace.id());
    assert_eq!(spans.len(), 6, "{spans:#?}");
    assert!(spans.iter().all(|span| span.service == "notebook"));
    chain(&spans, trace, &[("request", "SERVER"), ("ask", "CLIENT"), ("request", "SERVER")]);
    let to_consumer = [("request", "SERVER"), ("commit", "INTERNAL"), ("publish", "PRODUCER"), ("handle", "CONSUMER")];
    let chain = chain(&spans, trace, &to_consumer);
    assert_eq!(chain[0].attributes["path"], "/graphql");
    assert_eq!(chain[1].attributes["kind"], "user.registered.v1");
    // The span of the handler is the parent of everything that it causes.
    assert_eq!((heard.id(), format!("{:016x}", heard.parent_id)), (trace.id(), chain[3].id.clone()));
    fixture.close().await;
}

/// Runs relay and consumer until the event has been received; returns its trace.
async fn publish_and_hear(journal: &Arc<Journal<GroupLedger>>, fixture: &Fixture) -> Trace {
    let (stop, heard, bus) = (CancellationToken::new(), Arc::new(Heard::default()), fixture.resources.bus.clone());
    let relaying = tokio::spawn(Relay::new(journal, bus.clone()).run(stop.clone()));
    let consuming = {
        let (heard, stop) = (Arc::clone(&heard), stop.clone());
        tokio::spawn(async move { consume(&bus, &COLLECT, heard, &stop).await })
    };
    let trace = eventually("it is heard", async || heard.0.lock().unwrap().first().copied()).await;
    eventually("it is marked", async || (journal.waiting().await.unwrap().entries == 0).then_some(())).await;
    stop.cancel();
    relaying.await.unwrap();
    consuming.await.unwrap();
    trace
}
