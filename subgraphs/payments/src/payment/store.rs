//! Payments in MongoDB.

use std::collections::HashMap;

use chrono::NaiveDate;
use contracts::{GroupId, MemberId, PaymentBatchId, PaymentId, payments::PaymentsQuestion};
use futures::{TryStreamExt, future::try_join_all};
use kit::{
    Failure, Outcome,
    graphql::{Cursor, Page, PageRequest},
    mongo::{MOST_RANGES, Write, after_place, index, newest_first},
};
use money::Currency;
use mongodb::{
    Collection, Database,
    bson::{Document, doc},
};

use super::Payment;
use crate::refusal::Refusal;

const PAYMENTS: &str = "payments";

/// The states in which a payment counts in balances.
const COUNTED: [&str; 2] = ["processed", "disputed"];

/// The collection of payments.
#[derive(Clone)]
pub(super) struct PaymentStore {
    payments: Collection<Payment>,
}

impl PaymentStore {
    pub(super) fn new(database: &Database) -> Self {
        Self { payments: database.collection(PAYMENTS) }
    }

    /// Creates the indexes.
    pub(super) async fn prepare(&self) -> Outcome<()> {
        for owner in ["group_id", "from", "to"] {
            self.payments.create_index(index(doc! { owner: 1, "date": -1, "_id": -1 })).await?;
        }
        self.payments.create_index(index(doc! { "batch_id": 1, "group_id": 1, "_id": 1 })).await?;
        Ok(())
    }

    /// Inserts a payment.
    pub(super) fn insert(&self, payment: &Payment) -> Outcome<Write> {
        Write::insert(PAYMENTS, payment)
    }

    /// Replaces a payment by its next version; refused if it was changed concurrently.
    pub(super) fn replace(&self, payment: &Payment) -> Outcome<Write> {
        let before = doc! { "_id": payment.id.to_string(), "version": payment.version - 1 };
        Ok(Write::replace(PAYMENTS, before, payment)?.or_refuse(Refusal::Stale { present: None }.into()))
    }

    /// Returns the payments that were recorded together, ordered by group.
    pub(super) async fn of_batch(&self, batch: PaymentBatchId) -> Outcome<Vec<Payment>> {
        let in_order = doc! { "group_id": 1, "_id": 1 };
        Ok(self.payments.find(doc! { "batch_id": batch.to_string() }).sort(in_order).await?.try_collect().await?)
    }

    pub(super) async fn payment(&self, id: PaymentId) -> Outcome<Option<Payment>> {
        Ok(self.payments.find_one(doc! { "_id": id.to_string() }).await?)
    }

    /// Returns those payments that exist.
    pub(super) async fn payments(&self, ids: &[PaymentId]) -> Outcome<HashMap<PaymentId, Payment>> {
        let ids: Vec<String> = ids.iter().map(PaymentId::to_string).collect();
        let found = self.payments.find(doc! { "_id": { "$in": ids } }).await?;
        Ok(found.map_ok(|payment| (payment.id, payment)).try_collect().await?)
    }

    /// Returns the payments that count in a group's balances in one currency, those of one member or between two, the
    /// latest first.
    pub(super) async fn moving(
        &self,
        (group, currency): (GroupId, Currency),
        (member, other): (MemberId, Option<MemberId>),
        limit: usize,
        after: Option<(NaiveDate, PaymentId)>,
    ) -> Outcome<Vec<Payment>> {
        let member = member.to_string();
        let parties = match other.map(|other| other.to_string()) {
            None => doc! { "$or": [{ "from": &member }, { "to": &member }] },
            Some(other) => doc! { "$or": [{ "from": &member, "to": &other }, { "from": &other, "to": &member }] },
        };
        let mut wanted = vec![parties];
        wanted.extend(after.map(behind));
        let filter = doc! {
            "group_id": group.to_string(),
            "amount.currency": currency.code(),
            "status": { "$in": COUNTED },
            "$and": wanted,
        };
        let limit = i64::try_from(limit).map_err(Failure::internal)?;
        let latest = doc! { "date": -1, "_id": -1 };
        Ok(self.payments.find(filter).sort(latest).limit(limit).await?.try_collect().await?)
    }

    /// Returns the sum of what a member paid in one currency after leaving the group, in minor units.
    pub(super) async fn paid_after_leaving(
        &self,
        (group, currency): (GroupId, Currency),
        member: MemberId,
    ) -> Outcome<i64> {
        let filter = doc! {
            "from": member.to_string(),
            "group_id": group.to_string(),
            "amount.currency": currency.code(),
            "status": { "$in": COUNTED },
            "payer_had_left": true,
        };
        let mut paid = self.payments.find(filter).await?;
        let mut sum: i64 = 0;
        while let Some(payment) = paid.try_next().await? {
            let more = sum.checked_add(payment.counted_minor());
            sum = more.ok_or_else(|| Failure::internal("a sum of payments exceeds 64 bits"))?;
        }
        Ok(sum)
    }

    /// Returns a page of the payments that count in a group's balances, the latest first.
    pub(super) async fn counted(&self, question: &PaymentsQuestion) -> Outcome<Vec<Payment>> {
        let mut filter = doc! { "group_id": question.group.to_string(), "status": { "$in": COUNTED } };
        filter.extend(question.after.map(|place| behind((place.date, place.payment_id))).unwrap_or_default());
        let limit = i64::try_from(question.first).map_err(Failure::internal)?;
        let latest = doc! { "date": -1, "_id": -1 };
        Ok(self.payments.find(filter).sort(latest).limit(limit).await?.try_collect().await?)
    }

    /// Returns a page of the payments from and to these members, ordered by the day the money moved.
    pub(super) async fn page_of_members(&self, members: &[MemberId], request: &PageRequest) -> Outcome<Page<Payment>> {
        let of_few = |members: &[MemberId]| {
            let members: Vec<String> = members.iter().map(MemberId::to_string).collect();
            let filter = doc! { "$or": [{ "from": { "$in": &members } }, { "to": { "$in": &members } }] };
            newest_first(&self.payments, filter, "date", request, cursor)
        };
        // A person is one member of a group, so no payment is on two of these pages.
        let pages = members.chunks(MOST_RANGES / 2).map(of_few);
        Ok(Page::merged(try_join_all(pages).await?, request.first))
    }

    /// Returns a page of a group's payments, ordered by the day the money moved.
    pub(super) async fn page(&self, group: GroupId, request: &PageRequest) -> Outcome<Page<Payment>> {
        newest_first(&self.payments, doc! { "group_id": group.to_string() }, "date", request, cursor).await
    }
}

/// A filter for the payments after a place in the list, the latest first.
fn behind((date, id): (NaiveDate, PaymentId)) -> Document {
    after_place("date", &date.to_string(), &id.to_string())
}

fn cursor(payment: &Payment) -> Cursor {
    Cursor { key: payment.date.to_string(), id: payment.id.to_string() }
}
