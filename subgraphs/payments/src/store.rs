//! Payments in MongoDB.

use std::collections::HashMap;

use contracts::{GroupId, PaymentId};
use futures::TryStreamExt;
use kit::{
    Outcome,
    graphql::{Cursor, Page, PageRequest},
    mongo::{Write, index, newest_first},
};
use mongodb::{Collection, Database, bson::doc};

use crate::payment::Payment;

const PAYMENTS: &str = "payments";

/// The documents of payments.
#[derive(Clone)]
pub struct Store {
    payments: Collection<Payment>,
}

impl Store {
    /// In this database.
    pub fn new(database: &Database) -> Self {
        Self { payments: database.collection(PAYMENTS) }
    }

    /// Makes the indexes.
    pub async fn prepare(&self) -> Outcome<()> {
        self.payments.create_index(index(doc! { "group_id": 1, "date": -1, "_id": -1 })).await?;
        Ok(())
    }

    /// Adds a payment.
    pub fn insert(payment: &Payment) -> Outcome<Write> {
        Write::insert(PAYMENTS, payment)
    }

    /// One payment.
    pub async fn payment(&self, id: PaymentId) -> Outcome<Option<Payment>> {
        Ok(self.payments.find_one(doc! { "_id": id.to_string() }).await?)
    }

    /// Those of the payments that exist.
    pub async fn payments(&self, ids: &[PaymentId]) -> Outcome<HashMap<PaymentId, Payment>> {
        let ids: Vec<String> = ids.iter().map(PaymentId::to_string).collect();
        let found = self.payments.find(doc! { "_id": { "$in": ids } }).await?;
        Ok(found.map_ok(|payment| (payment.id, payment)).try_collect().await?)
    }

    /// A page of a group's payments, by the day the money moved.
    pub async fn page(&self, group: GroupId, request: &PageRequest) -> Outcome<Page<Payment>> {
        let cursor = |payment: &Payment| Cursor { key: payment.date.to_string(), id: payment.id.to_string() };
        newest_first(&self.payments, doc! { "group_id": group.to_string() }, "date", request, cursor).await
    }
}
