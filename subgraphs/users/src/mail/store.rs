//! Queued mails and valid links in MongoDB.

use contracts::{Timestamp, UserId};
use kit::{
    Outcome,
    mongo::{PURGE_AT, Write, index, purge_index, purge_time, stored, unique},
};
use mongodb::{
    Collection, Database,
    bson::{self, Document, doc},
    options::ReturnDocument,
};

use super::{Link, LinkSecret, Mail};
use crate::refusal::Refusal;

const MAILS: &str = "mails";
const LINKS: &str = "mail_links";

pub(crate) struct MailStore {
    mails: Collection<Mail>,
    links: Collection<Link>,
}

impl MailStore {
    pub(crate) fn new(database: &Database) -> Self {
        Self { mails: database.collection(MAILS), links: database.collection(LINKS) }
    }

    /// Creates the indexes.
    pub(crate) async fn prepare(&self) -> Outcome<()> {
        self.mails.create_index(index(doc! { "due_at": 1, "_id": 1 })).await?;
        self.links.create_indexes([unique(doc! { "secret_hash": 1 }), purge_index()]).await?;
        Ok(())
    }

    /// Queues a mail in the transaction of the change that it is about.
    pub(crate) fn queue(&self, mail: &Mail) -> Outcome<Write> {
        Write::insert(MAILS, mail)
    }

    /// Queues a mail that is not about a change.
    pub(crate) async fn queue_now(&self, mail: &Mail) -> Outcome<()> {
        self.mails.insert_one(mail).await?;
        Ok(())
    }

    /// Claims the mail that has been due for longest, until the given time.
    pub(crate) async fn claim(&self, now: Timestamp, until: Timestamp) -> Outcome<Option<Mail>> {
        let claim = doc! { "$set": { "due_at": stored(&until)? }, "$inc": { "tries": 1 } };
        let due = self.mails.find_one_and_update(doc! { "due_at": { "$lte": stored(&now)? } }, claim);
        Ok(due.sort(doc! { "due_at": 1, "_id": 1 }).return_document(ReturnDocument::After).await?)
    }

    /// Sets the time of the next attempt.
    pub(crate) async fn postpone(&self, mail: &Mail, until: Timestamp) -> Outcome<()> {
        self.mails.update_one(doc! { "_id": &mail.id }, doc! { "$set": { "due_at": stored(&until)? } }).await?;
        Ok(())
    }

    /// Removes a mail from the queue.
    pub(crate) async fn remove(&self, mail: &Mail) -> Outcome<()> {
        self.mails.delete_one(doc! { "_id": &mail.id }).await?;
        Ok(())
    }

    /// Stores a link, which replaces the one before.
    pub(crate) async fn put_link(&self, link: &Link) -> Outcome<()> {
        let mut document = bson::serialize_to_document(link)?;
        document.insert(PURGE_AT, purge_time(link.expires_at));
        let links = self.links.clone_with_type::<Document>();
        links.replace_one(doc! { "_id": &link.id }, document).upsert(true).await?;
        Ok(())
    }

    /// Returns the link with this secret, unless it has expired.
    pub(crate) async fn link(&self, secret: &str, now: Timestamp) -> Outcome<Option<Link>> {
        let filter = doc! { "secret_hash": LinkSecret::hash(secret), "expires_at": { "$gt": stored(&now)? } };
        Ok(self.links.find_one(filter).await?)
    }

    /// Removes a link; refused if it has been used or replaced.
    pub(crate) fn use_up(&self, link: &Link) -> Write {
        let write = Write::delete(LINKS, doc! { "_id": &link.id, "secret_hash": &link.secret_hash });
        write.or_refuse(Refusal::LinkExpired.into())
    }

    /// Removes the mails and links of a user.
    pub(crate) async fn forget(&self, user: UserId) -> Outcome<()> {
        let of_user = doc! { "user_id": user.to_string() };
        self.links.delete_many(of_user.clone()).await?;
        self.mails.delete_many(of_user).await?;
        Ok(())
    }
}
