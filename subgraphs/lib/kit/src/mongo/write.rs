//! Writes that are described first and executed together in one transaction.

use std::collections::BTreeMap;

use mongodb::{
    ClientSession, Collection, Database,
    bson::{Document, RawDocumentBuf, doc, serialize_to_raw_document_buf},
    error::Error,
    options::{ReplaceOptions, UpdateOptions},
};
use serde::Serialize;

use super::is_duplicate_key;
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
    Delete { filter: Document },
}

impl Action {
    /// Returns the command that executes such writes, and its field for the statements.
    fn command(&self) -> (&'static str, &'static str) {
        match self {
            Self::Insert(_) => ("insert", "documents"),
            Self::Replace { .. } | Self::Update { .. } => ("update", "updates"),
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
            Self::Delete { filter } => doc! { "q": filter, "limit": 1 },
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

/// Executes writes in the session's transaction: those of one collection in their order, with as few commands as
/// possible.
pub(crate) async fn carry_out_all(
    writes: &[Write],
    database: &Database,
    session: &mut ClientSession,
) -> Result<(), Error> {
    let mut by_collection: BTreeMap<&str, Vec<&Write>> = BTreeMap::new();
    for write in writes {
        by_collection.entry(write.collection).or_default().push(write);
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

/// Sends writes of the same kind to one collection in one command.
async fn carry_out_together(writes: &[&Write], database: &Database, session: &mut ClientSession) -> Result<(), Error> {
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
