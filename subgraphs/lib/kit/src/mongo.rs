//! MongoDB for subgraphs: connections, indexes, and writes that are described first and executed together in one
//! transaction.

mod write;

use std::time::Duration;

use contracts::Timestamp;
use futures::TryStreamExt;
use mongodb::{
    Client, Collection, Database, IndexModel,
    bson::{self, Bson, Document, doc, serialize_to_bson},
    error::{Error, ErrorKind, WriteFailure},
    options::{
        Acknowledgment, ClientOptions, CollectionOptions, IndexOptions, ReadConcern, SelectionCriteria,
        TransactionOptions, WriteConcern,
    },
};
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    failure::Outcome,
    graphql::{Cursor, MOST_COUNTED, Page, PageRequest},
    settings::Settings,
};

pub use write::Write;
pub(crate) use write::carry_out_all;

/// MongoDB's error code for a violated unique index.
const DUPLICATE_KEY: i32 = 11_000;

/// The connections for concurrent probes.
const PROBE_CONNECTIONS: u32 = 2;

/// The most documents that a page examines if no index covers its whole filter.
const MOST_EXAMINED: u32 = 1_000;

/// The batch size of such a query, per requested entry.
const EXAMINED_FOR_ONE: usize = 5;

/// The timeout for selecting a server.
const SERVER_SELECTION_MS: u64 = 5_000;

/// Opens a subgraph's database. Does not wait for the server: readiness does.
pub async fn database(settings: &Settings, name: &str) -> Outcome<Database> {
    Ok(Client::with_options(options(settings, name).await?)?.database(&settings.database(name)))
}

/// Opens the database with a separate connection pool, so that probes do not wait for requests.
pub(crate) async fn database_for_probes(settings: &Settings, name: &str) -> Outcome<Database> {
    let mut options = options(settings, name).await?;
    options.max_pool_size = Some(PROBE_CONNECTIONS);
    Ok(Client::with_options(options)?.database(&settings.database(name)))
}

pub(crate) async fn options(settings: &Settings, name: &str) -> Outcome<ClientOptions> {
    let mut options = ClientOptions::parse(&settings.mongodb_uri).await?;
    options.app_name = Some(settings.database(name));
    options.max_pool_size = Some(settings.mongodb_connections);
    options.server_selection_timeout = Some(Duration::from_millis(SERVER_SELECTION_MS));
    options.retry_writes = Some(true);
    options.write_concern = Some(majority());
    options.read_concern = Some(ReadConcern::majority());
    Ok(options)
}

/// Acknowledged by a majority, and in the journal on disk.
fn majority() -> WriteConcern {
    WriteConcern::builder().w(Acknowledgment::Majority).journal(true).build()
}

/// The options of every transaction: snapshot reads, durable commit.
pub(crate) fn transaction_options() -> TransactionOptions {
    TransactionOptions::builder()
        .read_concern(ReadConcern::snapshot())
        .write_concern(majority())
        .selection_criteria(SelectionCriteria::ReadPreference(mongodb::options::ReadPreference::Primary))
        .build()
}

/// Returns the collection with snapshot read concern. In a snapshot session the driver would otherwise silently use the
/// read concern of the client, so that each read would see another moment.
pub fn in_snapshot<T: Send + Sync>(collection: &Collection<T>) -> Collection<T> {
    let options = CollectionOptions::builder().read_concern(ReadConcern::snapshot()).build();
    collection.client().database(&collection.namespace().db).collection_with_options(collection.name(), options)
}

/// Describes an index on these keys.
pub fn index(keys: Document) -> IndexModel {
    IndexModel::builder().keys(keys).build()
}

/// Describes a unique index on these keys.
pub fn unique(keys: Document) -> IndexModel {
    IndexModel::builder().keys(keys).options(IndexOptions::builder().unique(true).build()).build()
}

/// Describes a unique index on the documents that match the filter.
pub fn unique_where(keys: Document, filter: Document) -> IndexModel {
    let options = IndexOptions::builder().unique(true).partial_filter_expression(filter).build();
    IndexModel::builder().keys(keys).options(options).build()
}

/// The field of [`purge_index`]: the time after which MongoDB may remove a document. Removal can be late by up to a
/// minute, so nothing may depend on it.
pub const PURGE_AT: &str = "purge_at";

/// Describes the TTL index by which MongoDB removes expired documents.
pub fn purge_index() -> IndexModel {
    let options = IndexOptions::builder().expire_after(Duration::ZERO).build();
    IndexModel::builder().keys(doc! { PURGE_AT: 1 }).options(options).build()
}

/// Returns the value of [`PURGE_AT`] for this time: the TTL index only understands BSON dates.
pub fn purge_time(at: Timestamp) -> bson::DateTime {
    bson::DateTime::from_millis(at.unix_seconds().saturating_mul(1_000))
}

/// The serialization of [`PURGE_AT`] for types with such a field; precise to the second.
pub mod purge_at {
    use contracts::Timestamp;
    use mongodb::bson::DateTime;
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

    /// Serializes a time as [`super::purge_time`] does.
    pub fn serialize<S: Serializer>(at: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
        super::purge_time(*at).serialize(serializer)
    }

    /// Deserializes a time.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Timestamp, D::Error> {
        let seconds = DateTime::deserialize(deserializer)?.timestamp_millis() / 1_000;
        Timestamp::from_unix_seconds(seconds).ok_or_else(|| D::Error::custom("a moment beyond the calendar"))
    }
}

/// Whether a unique index rejected the write.
pub fn is_duplicate_key(error: &Error) -> bool {
    match &*error.kind {
        ErrorKind::Write(WriteFailure::WriteError(error)) => error.code == DUPLICATE_KEY,
        ErrorKind::Command(error) => error.code == DUPLICATE_KEY,
        _ => false,
    }
}

/// Serializes a value for use in filters and updates.
pub fn stored(value: &impl Serialize) -> Outcome<Bson> {
    Ok(serialize_to_bson(value)?)
}

/// Checks that the server can be reached.
pub async fn ping(database: &Database) -> Outcome<()> {
    database.run_command(doc! { "ping": 1 }).await?;
    Ok(())
}

/// Returns a page of the matching documents, newest first: sorted by a text field and then by `_id`, both descending.
pub async fn newest_first<T>(
    collection: &Collection<T>,
    filter: Document,
    field: &str,
    request: &PageRequest,
    cursor: impl Fn(&T) -> Cursor,
) -> Outcome<Page<T>>
where
    T: DeserializeOwned + Send + Sync,
{
    let total =
        if request.is_counted() { collection.count_documents(filter.clone()).limit(MOST_COUNTED).await? } else { 0 };
    // One more than requested shows whether there is a next page.
    let limit = u32::try_from(request.first + 1).unwrap_or(MOST_EXAMINED);
    let page = scanned(collection, filter, field, request, cursor, |_| true, limit).await?;
    Ok(Page { total, ..page })
}

/// Returns a page, without a count, of the matching documents that also pass a test which no index covers. It examines
/// at most [`MOST_EXAMINED`] documents: if they do not fill the page, the next page continues after them.
pub async fn newest_first_passing<T>(
    collection: &Collection<T>,
    filter: Document,
    field: &str,
    request: &PageRequest,
    cursor: impl Fn(&T) -> Cursor,
    passes: impl Fn(&T) -> bool,
) -> Outcome<Page<T>>
where
    T: DeserializeOwned + Send + Sync,
{
    scanned(collection, filter, field, request, cursor, passes, MOST_EXAMINED).await
}

/// Returns a page of the documents that match and pass, among the first `most` that match.
async fn scanned<T>(
    collection: &Collection<T>,
    filter: Document,
    field: &str,
    request: &PageRequest,
    cursor: impl Fn(&T) -> Cursor,
    passes: impl Fn(&T) -> bool,
    most: u32,
) -> Outcome<Page<T>>
where
    T: DeserializeOwned + Send + Sync,
{
    let mut wanted = vec![filter];
    if let Some(Cursor { key, id }) = &request.after {
        let same = doc! { field: key, "_id": { "$lt": id } };
        // The first condition is redundant, but tells the database where in the index to begin.
        wanted.push(doc! { field: { "$lte": key } });
        wanted.push(doc! { "$or": [{ field: { "$lt": key } }, same] });
    }
    // Enough for a page of which one document in this many passes; all documents of a batch are examined, needed or
    // not.
    let batch = u32::try_from((request.first + 1) * EXAMINED_FOR_ONE).unwrap_or(MOST_EXAMINED);
    let found = collection.find(doc! { "$and": wanted }).sort(doc! { field: -1, "_id": -1 });
    let mut found = found.batch_size(batch).limit(i64::from(most)).await?;
    let has_previous = request.after.is_some();
    let mut page = Page { entries: Vec::new(), has_next: false, has_previous, end: None, total: 0 };
    for examined in 1..=most {
        let Some(entry) = found.try_next().await? else { break };
        let (place, is_wanted) = (cursor(&entry), passes(&entry));
        if is_wanted && page.entries.len() == request.first {
            page.has_next = true;
            break;
        }
        if examined == most {
            (page.has_next, page.end) = (true, Some(place.clone()));
        }
        if is_wanted {
            page.entries.push((place, entry));
        }
    }
    Ok(page)
}

/// Returns how many of the matching documents pass a test, counted up to [`MOST_COUNTED`].
pub async fn count_passing<T>(collection: &Collection<T>, filter: Document, passes: impl Fn(&T) -> bool) -> Outcome<u64>
where
    T: DeserializeOwned + Send + Sync,
{
    let mut found = collection.find(filter).await?;
    let mut count = 0;
    while let Some(entry) = found.try_next().await?.filter(|_| count < MOST_COUNTED) {
        count += u64::from(passes(&entry));
    }
    Ok(count)
}
