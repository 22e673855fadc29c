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
        Acknowledgment, ClientOptions, CollectionOptions, FindOptions, Hint, IndexOptions, ReadConcern,
        SelectionCriteria, TransactionOptions, WriteConcern,
    },
};
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    failure::{Failure, Outcome},
    graphql::{Cursor, MOST_COUNTED, Page, PageRequest},
    settings::Settings,
};

pub(crate) use write::carry_out_all;
pub use write::{Increment, Write, commit_writes};

/// MongoDB's error code for a violated unique index.
const DUPLICATE_KEY: i32 = 11_000;

/// MongoDB's error code for an index that does not exist.
const INDEX_NOT_FOUND: i32 = 27;

/// The connections for concurrent probes.
const PROBE_CONNECTIONS: u32 = 2;

/// What a page may examine if no index covers its whole filter: so many documents for each entry it returns...
const EXAMINED_FOR_ONE: usize = 10;

/// ... and so many besides. MongoDB examines up to ten keys more, at the ends of index ranges.
const EXAMINED_BESIDES: usize = 40;

/// The batch size of such a query.
const EXAMINED_AT_ONCE: usize = 20;

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

/// Whether the index that was to be removed does not exist.
pub(crate) fn is_index_not_found(error: &Error) -> bool {
    matches!(&*error.kind, ErrorKind::Command(error) if error.code == INDEX_NOT_FOUND)
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

/// The most values of an indexed field in one sorted query: MongoDB merges the ranges of an index only while there are
/// few, and sorts all matches in memory otherwise. For more, merge the pages of several queries.
pub const MOST_RANGES: usize = 40;

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
    let all = request.first + 1;
    let page =
        scanned(collection, filter, field, request, cursor, |_| true, Scan { batch: all, most: |_| all, keys: None })
            .await?;
    Ok(Page { total, ..page })
}

/// Returns a page, without a count, of the matching documents that also pass a test which no index covers. It examines
/// at most ten documents for each that it returns and 40 besides: if they do not fill the page, the next page continues
/// after them. `keys` are those of the index to use: a comparison of several indexes by MongoDB examines more.
pub async fn newest_first_passing<T>(
    collection: &Collection<T>,
    (filter, keys): (Document, Document),
    field: &str,
    request: &PageRequest,
    cursor: impl Fn(&T) -> Cursor,
    passes: impl Fn(&T) -> bool,
) -> Outcome<Page<T>>
where
    T: DeserializeOwned + Send + Sync,
{
    let most = |found: usize| EXAMINED_FOR_ONE * found + EXAMINED_BESIDES;
    scanned(
        collection,
        filter,
        field,
        request,
        cursor,
        passes,
        Scan { batch: EXAMINED_AT_ONCE, most, keys: Some(keys) },
    )
    .await
}

/// A condition: the document comes after this one in a list that is sorted by a text field and then by `_id`, both
/// descending.
pub fn after_place(field: &str, key: &str, id: &str) -> Document {
    // Not "before the key, or at the key and before the id": of the indexes and plans for an `$or`, MongoDB would try
    // several.
    doc! { field: { "$lte": key }, "$nor": [{ field: key, "_id": { "$gte": id } }] }
}

/// How a page reads the documents that match.
struct Scan<F> {
    /// How many are read at once.
    batch: usize,
    /// How many may be read, given how many of them passed so far.
    most: F,
    /// The keys of the index to use; by default MongoDB chooses one.
    keys: Option<Document>,
}

/// Returns a page of the documents that match and pass.
async fn scanned<T>(
    collection: &Collection<T>,
    filter: Document,
    field: &str,
    request: &PageRequest,
    cursor: impl Fn(&T) -> Cursor,
    passes: impl Fn(&T) -> bool,
    scan: Scan<impl Fn(usize) -> usize>,
) -> Outcome<Page<T>>
where
    T: DeserializeOwned + Send + Sync,
{
    let mut wanted = vec![filter];
    if let Some(Cursor { key, id }) = &request.after {
        wanted.push(after_place(field, key, id));
    }
    let options = FindOptions::builder()
        .sort(doc! { field: -1, "_id": -1 })
        .batch_size(u32::try_from(scan.batch).map_err(Failure::internal)?)
        .limit(i64::try_from((scan.most)(request.first)).map_err(Failure::internal)?)
        .hint(scan.keys.map(Hint::Keys))
        .build();
    let mut found = collection.find(doc! { "$and": wanted }).with_options(options).await?;
    let has_previous = request.after.is_some();
    let mut page = Page { entries: Vec::new(), has_next: false, has_previous, end: None, total: 0 };
    let mut last = None;
    for examined in 0.. {
        // All documents of a batch are examined, needed or not.
        if examined % scan.batch == 0 && examined + scan.batch > (scan.most)(page.entries.len()) {
            (page.has_next, page.end) = (true, last);
            break;
        }
        let Some(entry) = found.try_next().await? else { break };
        let (place, is_wanted) = (cursor(&entry), passes(&entry));
        if is_wanted && page.entries.len() == request.first {
            page.has_next = true;
            break;
        }
        last = Some(place.clone());
        if is_wanted {
            page.entries.push((place, entry));
        }
    }
    Ok(page)
}

/// Returns how many of the matching documents pass a test; [`MOST_COUNTED`] if more than that match.
/// `keys` are those of the index to use.
pub async fn count_passing<T>(
    collection: &Collection<T>,
    (filter, keys): (Document, Document),
    passes: impl Fn(&T) -> bool,
) -> Outcome<u64>
where
    T: DeserializeOwned + Send + Sync,
{
    let most = i64::try_from(MOST_COUNTED).map_err(Failure::internal)?;
    let mut found = collection.find(filter).hint(Hint::Keys(keys)).limit(most).await?;
    let (mut examined, mut count) = (0, 0);
    while let Some(entry) = found.try_next().await? {
        examined += 1;
        count += u64::from(passes(&entry));
    }
    Ok(if examined == MOST_COUNTED { MOST_COUNTED } else { count })
}
