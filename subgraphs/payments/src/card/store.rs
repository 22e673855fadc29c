//! Storage of Stripe's data: due checks of intents, accounts, and received events.

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

/// How long events are stored, in milliseconds. Stripe repeats an event for three days.
const EVENTS_KEPT_MS: i64 = 30 * DAY_MS;

/// The collections of card payments.
pub(crate) struct CardStore {
    intents: Collection<IntentCheck>,
    accounts: Collection<PayoutAccount>,
    events: Collection<Document>,
}

impl CardStore {
    pub(crate) fn new(database: &Database) -> Self {
        Self {
            intents: database.collection(INTENTS),
            accounts: database.collection(ACCOUNTS),
            events: database.collection(EVENTS),
        }
    }

    /// Creates the indexes.
    pub(crate) async fn prepare(&self) -> Outcome<()> {
        let of_intent = unique_where(doc! { "intent_id": 1 }, doc! { "intent_id": { "$type": "string" } });
        self.intents.create_indexes([index(doc! { "due_at": 1 }), of_intent]).await?;
        self.accounts.create_indexes([index(doc! { "due_at": 1 }), unique(doc! { "account_id": 1 })]).await?;
        self.events.create_index(purge_index()).await?;
        Ok(())
    }

    /// Inserts the check of a payment, in the transaction that starts it.
    pub(crate) fn insert(&self, check: &IntentCheck) -> Outcome<Write> {
        Write::insert(INTENTS, check)
    }

    /// Returns the check of a payment.
    pub(crate) async fn check(&self, payment: PaymentId) -> Outcome<Option<IntentCheck>> {
        Ok(self.intents.find_one(doc! { "_id": payment.to_string() }).await?)
    }

    /// Stores the id of a payment's intent.
    pub(crate) async fn set_intent(&self, payment: PaymentId, intent: &str) -> Outcome<()> {
        let set = doc! { "$set": { "intent_id": intent } };
        self.intents.update_one(doc! { "_id": payment.to_string() }, set).await?;
        Ok(())
    }

    /// Claims the check that has been due for longest, until the given time.
    pub(crate) async fn claim_check(&self, now: Timestamp, until: Timestamp) -> Outcome<Option<IntentCheck>> {
        let due = doc! { "due_at": { "$lte": stored(&now)? } };
        let claim = doc! { "$set": { "due_at": stored(&until)? } };
        let claimed = self.intents.find_one_and_update(due, claim).sort(doc! { "due_at": 1 });
        Ok(claimed.return_document(ReturnDocument::After).await?)
    }

    /// Sets the next check of a payment, or ends its checks; without effect if a webhook has made it due since it was
    /// claimed.
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

    /// Makes the check of an intent due now.
    pub(crate) async fn hurry_intent(&self, intent: &str, now: Timestamp) -> Outcome<()> {
        let due = doc! { "$set": { "due_at": stored(&now)? } };
        self.intents.update_one(doc! { "intent_id": intent }, due).await?;
        Ok(())
    }

    /// Returns the account of a person.
    pub(crate) async fn account(&self, user: UserId) -> Outcome<Option<PayoutAccount>> {
        Ok(self.accounts.find_one(doc! { "_id": user.to_string() }).await?)
    }

    /// Stores the account of a person; without effect if there is one.
    pub(crate) async fn insert_account(&self, account: &PayoutAccount) -> Outcome<()> {
        match self.accounts.insert_one(account).await {
            Err(error) if is_duplicate_key(&error) => Ok(()),
            other => Ok(other.map(drop)?),
        }
    }

    /// Replaces an account that was lost; without effect if that was done already.
    pub(crate) async fn replace_account(&self, lost: &str, account: &PayoutAccount) -> Outcome<()> {
        let before = doc! { "_id": account.user_id.to_string(), "account_id": lost };
        self.accounts.replace_one(before, account).await?;
        Ok(())
    }

    /// Claims the account check that has been due for longest, until the given time.
    pub(crate) async fn claim_account(&self, now: Timestamp, until: Timestamp) -> Outcome<Option<PayoutAccount>> {
        let due = doc! { "due_at": { "$lte": stored(&now)? } };
        let claim = doc! { "$set": { "due_at": stored(&until)? } };
        let claimed = self.accounts.find_one_and_update(due, claim).sort(doc! { "due_at": 1 });
        Ok(claimed.return_document(ReturnDocument::After).await?)
    }

    /// Stores whether an account can receive payments, and ends its check, unless a webhook has made it due again.
    pub(crate) async fn set_ready(&self, account: &PayoutAccount, ready: bool) -> Outcome<()> {
        let claimed = doc! { "_id": account.user_id.to_string(), "due_at": stored(&account.due_at)? };
        self.accounts.update_one(claimed, doc! { "$set": { "ready": ready, "due_at": Bson::Null } }).await?;
        Ok(())
    }

    /// Makes the check of an account due now.
    pub(crate) async fn hurry_account(&self, account: &str, now: Timestamp) -> Outcome<()> {
        let due = doc! { "$set": { "due_at": stored(&now)? } };
        self.accounts.update_one(doc! { "account_id": account }, due).await?;
        Ok(())
    }

    /// Whether an event was received before.
    pub(crate) async fn has_event(&self, id: &str) -> Outcome<bool> {
        Ok(self.events.find_one(doc! { "_id": id }).await?.is_some())
    }

    /// Stores that an event was received.
    pub(crate) async fn keep_event(&self, id: &str, now: Timestamp) -> Outcome<()> {
        let purge_at = purge_time(now.plus_ms(EVENTS_KEPT_MS));
        let event = doc! { "_id": id, "received_at": stored(&now)?, PURGE_AT: purge_at };
        match self.events.insert_one(event).await {
            Err(error) if is_duplicate_key(&error) => Ok(()),
            other => Ok(other.map(drop)?),
        }
    }
}
