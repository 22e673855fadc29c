//! What is kept about Stripe, as it is stored: when to ask about which intent, accounts, and the events that came.

use contracts::{PaymentId, Timestamp, UserId};
use kit::{
    Outcome,
    mongo::{PURGE_AT, Write, index, is_duplicate_key, purge_index, purge_time, stored, unique, unique_where},
};
use mongodb::{
    Collection, Database,
    bson::{Bson, Document, doc},
    options::ReturnDocument,
};

use super::{DAY_MS, IntentCheck, PayoutAccount};

const INTENTS: &str = "card_intents";
const ACCOUNTS: &str = "payout_accounts";
const EVENTS: &str = "stripe_events";

/// Stripe repeats an event for three days.
const EVENTS_KEPT_MS: i64 = 30 * DAY_MS;

/// The collections of payments by card.
pub(crate) struct CardStore {
    intents: Collection<IntentCheck>,
    accounts: Collection<PayoutAccount>,
    events: Collection<Document>,
}

impl CardStore {
    /// In this database.
    pub(crate) fn new(database: &Database) -> Self {
        Self {
            intents: database.collection(INTENTS),
            accounts: database.collection(ACCOUNTS),
            events: database.collection(EVENTS),
        }
    }

    /// Makes the indexes.
    pub(crate) async fn prepare(&self) -> Outcome<()> {
        let of_intent = unique_where(doc! { "intent_id": 1 }, doc! { "intent_id": { "$type": "string" } });
        self.intents.create_indexes([index(doc! { "due_at": 1 }), of_intent]).await?;
        self.accounts.create_indexes([index(doc! { "due_at": 1 }), unique(doc! { "account_id": 1 })]).await?;
        self.events.create_index(purge_index()).await?;
        Ok(())
    }

    /// Begins to ask about a payment, as a part of its begin.
    pub(crate) fn insert(&self, check: &IntentCheck) -> Outcome<Write> {
        Write::insert(INTENTS, check)
    }

    /// What is known about the intent of a payment.
    pub(crate) async fn check(&self, payment: PaymentId) -> Outcome<Option<IntentCheck>> {
        Ok(self.intents.find_one(doc! { "_id": payment.to_string() }).await?)
    }

    /// Keeps the name of a payment's intent.
    pub(crate) async fn set_intent(&self, payment: PaymentId, intent: &str) -> Outcome<()> {
        let set = doc! { "$set": { "intent_id": intent } };
        self.intents.update_one(doc! { "_id": payment.to_string() }, set).await?;
        Ok(())
    }

    /// The check that has been due for longest, which is left alone by others until that moment.
    pub(crate) async fn claim_check(&self, now: Timestamp, until: Timestamp) -> Outcome<Option<IntentCheck>> {
        let due = doc! { "due_at": { "$lte": stored(&now)? } };
        let claim = doc! { "$set": { "due_at": stored(&until)? } };
        let claimed = self.intents.find_one_and_update(due, claim).sort(doc! { "due_at": 1 });
        Ok(claimed.return_document(ReturnDocument::After).await?)
    }

    /// Asks about a payment again then, or never; nothing if there is a newer reason to ask than the one it was claimed for.
    pub(crate) async fn asked(&self, check: &IntentCheck, again: Option<Timestamp>) -> Outcome<()> {
        let claimed = doc! { "_id": check.payment_id.to_string(), "due_at": stored(&check.due_at)? };
        match again {
            Some(again) => {
                self.intents.update_one(claimed, doc! { "$set": { "due_at": stored(&again)? } }).await?;
            }
            None => {
                self.intents.delete_one(claimed).await?;
            }
        }
        Ok(())
    }

    /// Has Stripe asked about an intent now.
    pub(crate) async fn hurry_intent(&self, intent: &str, now: Timestamp) -> Outcome<()> {
        let due = doc! { "$set": { "due_at": stored(&now)? } };
        self.intents.update_one(doc! { "intent_id": intent }, due).await?;
        Ok(())
    }

    /// Where a person is paid out.
    pub(crate) async fn account(&self, user: UserId) -> Outcome<Option<PayoutAccount>> {
        Ok(self.accounts.find_one(doc! { "_id": user.to_string() }).await?)
    }

    /// Keeps the account of a person who had none.
    pub(crate) async fn insert_account(&self, account: &PayoutAccount) -> Outcome<()> {
        match self.accounts.insert_one(account).await {
            Err(error) if is_duplicate_key(&error) => Ok(()),
            other => Ok(other.map(drop)?),
        }
    }

    /// The account that has been due for longest, which is left alone by others until that moment.
    pub(crate) async fn claim_account(&self, now: Timestamp, until: Timestamp) -> Outcome<Option<PayoutAccount>> {
        let due = doc! { "due_at": { "$lte": stored(&now)? } };
        let claim = doc! { "$set": { "due_at": stored(&until)? } };
        let claimed = self.accounts.find_one_and_update(due, claim).sort(doc! { "due_at": 1 });
        Ok(claimed.return_document(ReturnDocument::After).await?)
    }

    /// Keeps whether an account can receive; asks no more unless there is a newer reason.
    pub(crate) async fn set_ready(&self, account: &PayoutAccount, ready: bool) -> Outcome<()> {
        let claimed = doc! { "_id": account.user_id.to_string(), "due_at": stored(&account.due_at)? };
        self.accounts.update_one(claimed, doc! { "$set": { "ready": ready, "due_at": Bson::Null } }).await?;
        Ok(())
    }

    /// Has Stripe asked about an account now.
    pub(crate) async fn hurry_account(&self, account: &str, now: Timestamp) -> Outcome<()> {
        let due = doc! { "$set": { "due_at": stored(&now)? } };
        self.accounts.update_one(doc! { "account_id": account }, due).await?;
        Ok(())
    }

    /// Whether an event came before.
    pub(crate) async fn has_event(&self, id: &str) -> Outcome<bool> {
        Ok(self.events.find_one(doc! { "_id": id }).await?.is_some())
    }

    /// Keeps that an event came.
    pub(crate) async fn keep_event(&self, id: &str, now: Timestamp) -> Outcome<()> {
        let purge_at = purge_time(now.plus_ms(EVENTS_KEPT_MS));
        let event = doc! { "_id": id, "received_at": stored(&now)?, PURGE_AT: purge_at };
        match self.events.insert_one(event).await {
            Err(error) if is_duplicate_key(&error) => Ok(()),
            other => Ok(other.map(drop)?),
        }
    }
}
