//! A request has one trace across all services that take part in it.

use kit::testing::{Collector, Span};
use serde_json::{Value, json};

use crate::{
    stack::{Stack, eventually},
    trip::{Trip, create_expense},
};

const CLIENT: &str = "00f067aa0ba902b7";

/// Creates an expense as a client that has started a trace. Returns the trace id.
async fn spend(trip: &Trip) -> String {
    let trace_id = uuid::Uuid::new_v4().simple().to_string();
    let traceparent = format!("00-{trace_id}-{CLIENT}-01");
    let input = json!({ "input": trip.expense(0, "100.00", "k") });
    let answer = trip.people[0].ask_with(&create_expense(), input, &[("traceparent", &traceparent)]).await;
    assert!(answer.get("errors").is_none(), "{answer:#}");
    trace_id
}

/// Whether a line of a service's log contains this trace id.
fn has_line(stack: &Stack, service: &str, trace_id: &str) -> bool {
    let log = stack.log(service);
    let mut lines = log.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    lines.any(|line| line["trace_id"] == trace_id)
}

#[tokio::test]
async fn one_trace_id_leads_through_every_log() {
    let stack = Stack::start().await;
    let trip = Trip::of(&stack, &["Ada", "Ben"]).await;
    let trace_id = spend(&trip).await;
    for service in ["router", "expenses", "groups", "payments", "advise", "collect"] {
        eventually(&format!("{service} has logged the trace"), async || {
            has_line(&stack, service, &trace_id).then_some(())
        })
        .await;
    }
}

/// Returns the ancestors of a span from the client's request on, as service and name, with the router's own spans as
/// one. `None` while an ancestor is missing: the services export their spans independently.
fn causes<'a>(spans: &'a [Span], mut span: &'a Span) -> Option<Vec<String>> {
    let mut causes = Vec::new();
    loop {
        let is_router = span.service == "router";
        causes.push(if is_router { span.service.clone() } else { format!("{} {}", span.service, span.name) });
        if span.parent_id == CLIENT {
            break;
        }
        span = spans.iter().find(|cause| cause.id == span.parent_id)?;
    }
    causes.reverse();
    causes.dedup();
    Some(causes)
}

/// Waits for the ancestors of the first span of a service with this name and this value of an attribute.
async fn path(
    collector: &Collector,
    trace_id: &str,
    service: &str,
    name: &str,
    attribute: (&str, &str),
) -> Vec<String> {
    let (key, value) = attribute;
    let is_it = |span: &&Span| {
        span.service == service && span.name == name && span.attributes.get(key).is_some_and(|text| text == value)
    };
    eventually(&format!("the causes of {service} {name} {value}"), async || {
        let spans = collector.trace(trace_id);
        causes(&spans, spans.iter().find(is_it)?)
    })
    .await
}

#[tokio::test]
async fn one_trace_leads_from_the_client_to_the_consumers() {
    let collector = Collector::start().await;
    let stack = Stack::start_traced(collector.url()).await;
    let trip = Trip::of(&stack, &["Ada", "Ben"]).await;
    let trace_id = spend(&trip).await;

    let created = ("kind", "expense.created.v1");
    let published = ["router", "expenses request", "expenses commit", "expenses publish"];
    for consumer in ["expenses-advise", "reports-collect"] {
        let path = path(&collector, &trace_id, consumer, "handle", created).await;
        assert_eq!(path[..4], published);
        assert_eq!(path[4..], [format!("{consumer} handle")]);
    }
    let balances = path(&collector, &trace_id, "payments", "request", ("path", "/graphql")).await;
    assert_eq!(balances, ["router", "payments request"]);
    // Expenses asks groups for the roster; for the balances in the response, payments does.
    let asked = path(&collector, &trace_id, "groups", "request", ("path", "/rosters")).await;
    assert_eq!((asked[0].as_str(), asked[3].as_str(), asked.len()), ("router", "groups request", 4));
    assert!(asked[2] == "expenses ask" || asked[2] == "payments ask", "{asked:?}");
}
