//! A link to the broker on which nothing arrives any more: it is noticed, shown and replaced.

use std::{sync::Arc, time::Duration};

use async_graphql::{EmptyMutation, EmptySubscription, SchemaBuilder};
use async_trait::async_trait;
use contracts::ledger::GroupLedger;
use kit::{
    Outcome, Subgraph,
    bus::{Bus, Nudges},
    role::Resources,
    testing::{gate::Gate, resources, serve},
};
use lapin::uri::AMQPUri;
use serde_json::{Value, json};
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::{
    notebook::eventually,
    served::{Nothing, Query},
};

/// Longer than a silent link goes unnoticed.
const HOUR: Duration = Duration::from_hours(1);
const PATIENCE: Duration = Duration::from_secs(20);

struct Listener;

#[async_trait]
impl Subgraph for Listener {
    const NAME: &'static str = "groups";
    const PORT: u16 = 0;
    type Settings = Nothing;
    type Ledger = GroupLedger;
    type Query = Query;
    type Mutation = EmptyMutation;
    type Subscription = EmptySubscription;

    fn schema() -> SchemaBuilder<Query, EmptyMutation, EmptySubscription> {
        kit::graphql::schema(Query, EmptyMutation, EmptySubscription)
    }

    async fn open(_: &Resources<Nothing, GroupLedger>) -> Outcome<Arc<Self>> {
        Ok(Arc::new(Self))
    }
}

/// Whether `/ready` says that the nudges have a link, and the line about it in the metrics.
async fn shown(url: &str) -> Option<(Value, String)> {
    // Refused while the server starts.
    let ready: Value = reqwest::get(format!("{url}/ready")).await.ok()?.json().await.unwrap();
    let metrics = reqwest::get(format!("{url}/metrics")).await.unwrap().text().await.unwrap();
    let line = metrics.lines().find(|line| line.contains("part=\"nudges\"")).unwrap_or_default().to_owned();
    Some((ready["brokerLinks"]["nudges"].clone(), line))
}

#[tokio::test]
async fn a_silent_broker_is_noticed_and_left() {
    let mut resources = resources::<Listener>(Nothing {}).await;
    let broker: AMQPUri = resources.settings.amqp_url.parse().unwrap();
    let gate = Gate::to(&broker.authority.host, broker.authority.port).await;
    let (old, new) = (format!(":{}", broker.authority.port), format!(":{}", gate.port()));
    resources.settings.amqp_url = resources.settings.amqp_url.replacen(&old, &new, 1);
    resources.bus = Bus::new(&resources.settings);
    let (bus, database, stop) = (resources.bus.clone(), resources.database.clone(), CancellationToken::new());
    let nudges = Nudges::new();
    let listening = tokio::spawn({
        let (nudges, stop) = (nudges.clone(), stop.clone());
        async move { nudges.listen(&bus, &["#"], &stop).await }
    });
    let url = serve(Arc::new(Listener), Arc::new(resources), stop.clone());
    let links = async |open: bool| {
        let expected = (json!(open), format!("quits_broker_links{{part=\"nudges\"}} {}", i32::from(open)));
        (shown(&url).await? == expected).then_some(())
    };
    eventually("the link is open", async || links(true).await).await;

    let mut watch = nudges.watch(Uuid::now_v7(), HOUR);
    gate.hush();
    eventually("the silence is noticed", async || links(false).await).await;
    gate.mend();
    assert!(timeout(PATIENCE, watch.next()).await.expect("a new link"), "everything may have changed meanwhile");
    eventually("the link is open again", async || links(true).await).await;
    stop.cancel();
    listening.await.unwrap();
    database.drop().await.unwrap();
}
