//! What a database examines, counted by MongoDB's profiler.

use futures::TryStreamExt;
use mongodb::{
    Database,
    bson::{Document, doc},
};

/// Returns how many documents or keys, whichever is more, the database has examined since the last call, and the plans;
/// of one collection only if it is named. The first call starts to count. Fails if a whole collection was scanned, or if
/// anything was sorted in memory.
pub async fn examined(database: &Database, collection: Option<&str>) -> (i64, Vec<String>) {
    let profile = database.collection::<Document>("system.profile");
    let all = || doc! { "ns": { "$not": { "$regex": "system\\.profile$" } } };
    let ours = collection.map_or_else(all, |name| doc! { "ns": format!("{}.{name}", database.name()) });
    let operations: Vec<Document> = profile.find(ours).await.unwrap().try_collect().await.unwrap();
    let number = |operation: &Document, name: &str| {
        operation.get_i32(name).map(i64::from).or_else(|_| operation.get_i64(name)).unwrap_or(0)
    };
    let sum = |name: &str| operations.iter().map(|operation| number(operation, name)).sum::<i64>();
    let most = sum("docsExamined").max(sum("keysExamined"));
    let plans: Vec<String> =
        operations.iter().filter_map(|operation| Some(operation.get_str("planSummary").ok()?.to_owned())).collect();
    assert!(plans.iter().all(|plan| plan != "COLLSCAN"), "{operations:#?}");
    assert!(operations.iter().all(|operation| !operation.get_bool("hasSortStage").unwrap_or(false)), "{operations:#?}");
    database.run_command(doc! { "profile": 0 }).await.unwrap();
    profile.drop().await.unwrap();
    database.run_command(doc! { "profile": 2 }).await.unwrap();
    (most, plans)
}
