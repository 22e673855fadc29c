//! Writes that are described first and executed together in one transaction.

use std::{borrow::Cow, collections::BTreeMap};

use mongodb::{
    ClientSession, Collection, Database,
    bson::{Bson, Document, RawDocumentBuf, doc, serialize_to_raw_document_buf},
    error::Error,
    options::{ReplaceOptions, UpdateOptions},
};
use serde::Serialize;

use super::{is_duplicate_key, transaction_options};
use crate::failure::{Failure, Outcome, Refusal};

/// One write of a change, described before the transaction begins. A transaction may be retried several times: a
/// description can be executed again, code with side effects cannot.
#[derive(Clone, Debug)]
pub struct Write {
    collection: &'static str,
    action: Action,
    refusal: Option<Refusal>,
}

#[derive(Clone, Debug)]
enum Action {
    Insert(RawDocumentBuf),
    Replace { filter: Document, document: RawDocumentBuf, upsert: bool },
    Update { filter: Document, update: Document, upsert: bool },
    Add(Addition),
    Delete { filter: Document },
}

/// What is added to the numbers of one document.
#[derive(Clone, Debug)]
struct Addition {
    id: String,
    /// The other fields, for the case that there is no such document yet.
    initial: Document,
    /// By the path of the number.
    increments: BTreeMap<String, Increment>,
}

/// What is added to a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Increment {
    /// To a 64-bit integer.
    Integer(i64),
    /// To a decimal, which has room for every sum of 64-bit integers.
    Decimal(i128),
}

impl Action {
    /// Returns the command that executes such writes, and its field for the statements.
    fn command(&self) -> (&'static str, &'static str) {
        match self {
            Self::Insert(_) => ("insert", "documents"),
            Self::Replace { .. } | Self::Update { .. } | Self::Add(_) => ("update", "updates"),
            Self::Delete { .. } => ("delete", "deletes"),
        }
    }

    /// Returns the statement of this write in such a command.
    fn statement(&self) -> Result<Document, Error> {
        Ok(match self {
            Self::Insert(document) => Document::try_from(document)?,
            Self::Replace { filter, document, upsert } => {
                doc! { "q": filter, "u": Document::try_from(document)?, "upsert": *upsert }
            }
            Self::Update { filter, update, upsert } => doc! { "q": filter, "u": update, "upsert": *upsert },
            Self::Add(addition) => doc! { "q": addition.filter(), "u": addition.update()?, "upsert": true },
            Self::Delete { filter } => doc! { "q": filter, "limit": 1 },
        })
    }
}

impl Addition {
    fn filter(&self) -> Document {
        doc! { "_id": &self.id }
    }

    fn update(&self) -> Result<Document, Error> {
        let mut added = Document::new();
        for (path, increment) in &self.increments {
            added.insert(path, increment.stored()?);
        }
        Ok(doc! { "$inc": added, "$setOnInsert": &self.initial })
    }

    /// Adds what another addition adds to the same document.
    fn merge(&mut self, other: &Self) {
        for (path, increment) in &other.increments {
            let sum = self.increments.get(path).map_or(*increment, |sum| sum.plus(*increment));
            self.increments.insert(path.clone(), sum);
        }
    }
}

impl Increment {
    fn plus(self, other: Self) -> Self {
        match (self, other) {
            (Self::Integer(one), Self::Integer(other)) => Self::Integer(one.saturating_add(other)),
            _ => Self::Decimal(self.wide().saturating_add(other.wide())),
        }
    }

    fn wide(self) -> i128 {
        match self {
            Self::Integer(number) => number.into(),
            Self::Decimal(number) => number,
        }
    }

    fn stored(self) -> Result<Bson, Error> {
        Ok(match self {
            Self::Integer(number) => Bson::Int64(number),
            Self::Decimal(number) => Bson::Decimal128(number.to_string().parse()?),
        })
    }
}

impl Write {
    /// Inserts a document.
    pub fn insert(collection: &'static str, document: &impl Serialize) -> Outcome<Self> {
        Ok(Self::new(collection, Action::Insert(serialize_to_raw_document_buf(document)?)))
    }

    /// Replaces the matching document; add a refusal for the case that none matches.
    pub fn replace(collection: &'static str, filter: Document, document: &impl Serialize) -> Outcome<Self> {
        let document = serialize_to_raw_document_buf(document)?;
        Ok(Self::new(collection, Action::Replace { filter, document, upsert: false }))
    }

    /// Replaces the matching document, or inserts it.
    pub fn put(collection: &'static str, filter: Document, document: &impl Serialize) -> Outcome<Self> {
        let document = serialize_to_raw_document_buf(document)?;
        Ok(Self::new(collection, Action::Replace { filter, document, upsert: true }))
    }

    /// Updates the matching document; add a refusal for the case that none matches.
    pub fn update(collection: &'static str, filter: Document, update: Document) -> Self {
        Self::new(collection, Action::Update { filter, update, upsert: false })
    }

    /// Updates the matching document, or inserts it.
    pub fn upsert(collection: &'static str, filter: Document, update: Document) -> Self {
        Self::new(collection, Action::Update { filter, update, upsert: true })
    }

    /// Adds to numbers of the document with this id, which has these other fields if it does not exist yet. Several such
    /// writes of one transaction to the same document are sent as one.
    pub fn add(
        collection: &'static str,
        id: String,
        initial: Document,
        increments: BTreeMap<String, Increment>,
    ) -> Self {
        Self::new(collection, Action::Add(Addition { id, initial, increments }))
    }

    /// Removes the matching document.
    pub fn delete(collection: &'static str, filter: Document) -> Self {
        Self::new(collection, Action::Delete { filter })
    }

    /// Sets the refusal for a violated unique index, and for the case that nothing matches.
    #[must_use]
    pub fn or_refuse(mut self, refusal: Refusal) -> Self {
        self.refusal = Some(refusal);
        self
    }

    /// Whether this write and the next one may be sent in one command: they are alike, and nothing depends on what each
    /// of them has matched.
    fn may_precede(&self, next: &Self) -> bool {
        let is_plain = |write: &Self| write.refusal.is_none();
        is_plain(self) && is_plain(next) && self.action.command() == next.action.command()
    }

    fn new(collection: &'static str, action: Action) -> Self {
        Self { collection, action, refusal: None }
    }

    /// Executes the write in the session's transaction.
    pub(crate) async fn carry_out(&self, database: &Database, session: &mut ClientSession) -> Result<(), Error> {
        let collection: Collection<RawDocumentBuf> = database.collection(self.collection);
        let matched = match &self.action {
            Action::Insert(document) => collection.insert_one(document).session(session).await.map(|_| true),
            Action::Replace { filter, document, upsert } => {
                let options = ReplaceOptions::builder().upsert(*upsert).build();
                let done =
                    collection.replace_one(filter.clone(), document).with_options(options).session(session).await;
                done.map(|done| *upsert || done.matched_count > 0)
            }
            Action::Update { filter, update, upsert } => {
                let options = UpdateOptions::builder().upsert(*upsert).build();
                let done =
                    collection.update_one(filter.clone(), update.clone()).with_options(options).session(session).await;
                done.map(|done| *upsert || done.matched_count > 0)
            }
            Action::Add(addition) => {
                let (filter, update) = (addition.filter(), addition.update()?);
                collection.update_one(filter, update).upsert(true).session(session).await.map(|_| true)
            }
            Action::Delete { filter } => {
                let done = collection.delete_one(filter.clone()).session(session).await;
                done.map(|done| done.deleted_count > 0)
            }
        };
        match (matched, &self.refusal) {
            (Ok(false), Some(refusal)) => Err(refuse(refusal)),
            // Without a refusal, a write that matches nothing counts as already made.
            (Ok(_), _) => Ok(()),
            (Err(error), Some(refusal)) if is_duplicate_key(&error) => Err(refuse(refusal)),
            (Err(error), _) => Err(error),
        }
    }
}

/// Executes writes in a transaction of their own, all or none.
pub async fn commit_writes(writes: &[Write], database: &Database) -> Outcome<()> {
    let mut session = database.client().start_session().await?;
    session.start_transaction().with_options(transaction_options()).await?;
    carry_out_all(writes, database, &mut session).await?;
    session.commit_transaction().await?;
    Ok(())
}

/// Executes writes in the session's transaction: those of one collection in their order, with as few commands as
/// possible.
pub(crate) async fn carry_out_all(
    writes: &[Write],
    database: &Database,
    session: &mut ClientSession,
) -> Result<(), Error> {
    let mut by_collection: BTreeMap<&str, Vec<Cow<'_, Write>>> = BTreeMap::new();
    for write in writes {
        let earlier = by_collection.entry(write.collection).or_default();
        if !is_merged(earlier, write) {
            earlier.push(Cow::Borrowed(write));
        }
    }
    for writes in by_collection.values() {
        for alike in writes.chunk_by(|one, next| one.may_precede(next)) {
            match alike {
                [write] => write.carry_out(database, session).await?,
                alike => carry_out_together(alike, database, session).await?,
            }
        }
    }
    Ok(())
}

/// Merges an addition with one to the same document among those before it. Additions may be made in any order, but stay
/// between the other writes.
fn is_merged(earlier: &mut [Cow<'_, Write>], write: &Write) -> bool {
    let Action::Add(addition) = &write.action else { return false };
    for before in earlier.iter_mut().rev() {
        match &before.action {
            Action::Add(known) if known.id == addition.id => {
                if let Action::Add(known) = &mut before.to_mut().action {
                    known.merge(addition);
                }
                return true;
            }
            Action::Add(_) => {}
            _ => return false,
        }
    }
    false
}

/// Sends writes of the same kind to one collection in one command.
async fn carry_out_together(
    writes: &[Cow<'_, Write>],
    database: &Database,
    session: &mut ClientSession,
) -> Result<(), Error> {
    let Some(first) = writes.first() else { return Ok(()) };
    let statements = writes.iter().map(|write| write.action.statement()).collect::<Result<Vec<Document>, Error>>()?;
    let (command, field) = first.action.command();
    let command = doc! { command: first.collection, field: statements, "ordered": true };
    let answer = database.run_command(command).session(session).await?;
    // An error of a statement in a transaction is an error of the command.
    if answer.contains_key("writeErrors") {
        return Err(Failure::internal(format!("writes to `{}` failed: {answer}", first.collection)).into());
    }
    Ok(())
}

fn refuse(refusal: &Refusal) -> Error {
    Failure::from(refusal.clone()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn add(id: &str, path: &str, increment: Increment) -> Write {
        Write::add("sums", id.to_owned(), doc! {}, BTreeMap::from([(path.to_owned(), increment)]))
    }

    #[test]
    fn additions_to_one_document_are_merged_up_to_the_next_other_write() {
        let writes = [
            add("a", "count", Increment::Integer(1)),
            add("b", "count", Increment::Integer(1)),
            add("a", "count", Increment::Integer(-3)),
            add("a", "minor", Increment::Decimal(i128::from(i64::MAX))),
            add("a", "minor", Increment::Decimal(1)),
            Write::delete("sums", doc! { "_id": "a" }),
            add("a", "count", Increment::Integer(5)),
        ];
        let mut merged = Vec::new();
        for write in &writes {
            if !is_merged(&mut merged, write) {
                merged.push(Cow::Borrowed(write));
            }
        }
        let sums = |write: &Cow<'_, Write>| match &write.action {
            Action::Add(addition) => Some((addition.id.clone(), addition.increments.clone())),
            _ => None,
        };
        let of = |id: &str, increments: &[(&str, Increment)]| {
            let increments = increments.iter().map(|(path, increment)| ((*path).to_owned(), *increment));
            Some((id.to_owned(), increments.collect()))
        };
        let beyond = Increment::Decimal(i128::from(i64::MAX) + 1);
        let expected = [
            of("a", &[("count", Increment::Integer(-2)), ("minor", beyond)]),
            of("b", &[("count", Increment::Integer(1))]),
            None,
            of("a", &[("count", Increment::Integer(5))]),
        ];
        assert_eq!(merged.iter().map(sums).collect::<Vec<_>>(), expected);
    }
}
