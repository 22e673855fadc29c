//! The requests of an import to groups and payments: their public operations with the token of the importing person, so
//! that an import can do nothing that the person could not do by hand.

use async_trait::async_trait;
use chrono::NaiveDate;
use money::{Amount, Currency};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::{
    Code, GroupId, MemberId, PaymentId, Refusal,
    ask::{Asker, Denied, OwnerClient, Unavailable},
};

const GRAPHQL: &str = "/graphql";

const CREATE_GROUP: &str = "mutation($input: CreateGroupInput!) { createGroup(input: $input) { id } }";
const ARCHIVE_GROUP: &str = "mutation($group: ID!) { archiveGroup(id: $group) { id } }";
const ADD_GUEST: &str = "mutation($group: ID!, $name: String!) { addGuest(groupId: $group, name: $name) { id } }";
const RECORD: &str = "mutation($input: RecordPaymentInput!) { recordPayment(input: $input) { id } }";
const VOID: &str = "mutation($id: ID!) { voidPayment(id: $id) { id } }";

/// Creates groups and guests. Implemented by groups.
#[async_trait]
pub trait GroupMaker: Send + Sync {
    /// Creates a group of the asker, once per idempotency key.
    async fn create_group(&self, asker: &Asker, name: &str, currency: Currency, key: &str) -> Result<GroupId, Denied>;
    /// Archives a group of the asker; idempotent.
    async fn archive_group(&self, asker: &Asker, group: GroupId) -> Result<(), Denied>;
    /// Creates a guest in a group of the asker.
    async fn add_guest(&self, asker: &Asker, group: GroupId, name: &str) -> Result<MemberId, Denied>;
}

/// Records payments. Implemented by payments.
#[async_trait]
pub trait PaymentRecorder: Send + Sync {
    /// Records a payment, once per idempotency key.
    async fn record(&self, asker: &Asker, payment: &PaymentToRecord) -> Result<(), Denied>;
    /// Voids a payment.
    async fn void(&self, asker: &Asker, payment: PaymentId) -> Result<(), Denied>;
}

/// A payment that was made.
#[derive(Clone, Debug, PartialEq)]
pub struct PaymentToRecord {
    /// The group.
    pub group_id: GroupId,
    /// The payer.
    pub from: MemberId,
    /// The receiver.
    pub to: MemberId,
    /// The amount.
    pub amount: Amount,
    /// The day the money moved.
    pub date: NaiveDate,
    /// Free text.
    pub note: Option<String>,
    /// Requests with the same key record one payment.
    pub idempotency_key: String,
}

/// Asks groups over HTTP.
pub struct HttpGroupMaker(OwnerClient);

/// Asks payments over HTTP.
pub struct HttpPaymentRecorder(OwnerClient);

impl HttpGroupMaker {
    /// Creates a client for this URL, such as `http://127.0.0.1:4002`.
    pub fn new(groups_url: &str) -> Result<Self, Unavailable> {
        OwnerClient::new("groups", groups_url).map(Self)
    }
}

impl HttpPaymentRecorder {
    /// Creates a client for this URL, such as `http://127.0.0.1:4004`.
    pub fn new(payments_url: &str) -> Result<Self, Unavailable> {
        OwnerClient::new("payments", payments_url).map(Self)
    }
}

#[async_trait]
impl GroupMaker for HttpGroupMaker {
    async fn create_group(&self, asker: &Asker, name: &str, currency: Currency, key: &str) -> Result<GroupId, Denied> {
        let input = json!({ "input": { "name": name, "currency": currency.code(), "idempotencyKey": key } });
        mutate(&self.0, asker, CREATE_GROUP, input, "/createGroup/id").await
    }

    async fn archive_group(&self, asker: &Asker, group: GroupId) -> Result<(), Denied> {
        mutate::<Value>(&self.0, asker, ARCHIVE_GROUP, json!({ "group": group }), "/archiveGroup/id").await.map(drop)
    }

    async fn add_guest(&self, asker: &Asker, group: GroupId, name: &str) -> Result<MemberId, Denied> {
        mutate(&self.0, asker, ADD_GUEST, json!({ "group": group, "name": name }), "/addGuest/id").await
    }
}

#[async_trait]
impl PaymentRecorder for HttpPaymentRecorder {
    async fn record(&self, asker: &Asker, payment: &PaymentToRecord) -> Result<(), Denied> {
        let PaymentToRecord { group_id, from, to, amount, date, note, idempotency_key } = payment;
        let input = json!({ "input": {
            "groupId": group_id, "fromMemberId": from, "toMemberId": to, "date": date, "note": note,
            "amount": { "amount": amount.to_string(), "currency": amount.currency.code() },
            "idempotencyKey": idempotency_key,
        } });
        mutate::<Value>(&self.0, asker, RECORD, input, "/recordPayment/id").await.map(drop)
    }

    async fn void(&self, asker: &Asker, payment: PaymentId) -> Result<(), Denied> {
        mutate::<Value>(&self.0, asker, VOID, json!({ "id": payment }), "/voidPayment/id").await.map(drop)
    }
}

/// Sends a mutation; returns the value at this path of its data.
async fn mutate<T: DeserializeOwned>(
    owner: &OwnerClient,
    asker: &Asker,
    mutation: &str,
    variables: Value,
    place: &str,
) -> Result<T, Denied> {
    let body = json!({ "query": mutation, "variables": variables });
    let answer: Value = owner.post(asker, GRAPHQL, &body).await?;
    if let Some(refusal) = refusal_of(&answer) {
        return Err(refusal.into());
    }
    let made = answer["data"].pointer(place).cloned().unwrap_or_default();
    Ok(serde_json::from_value(made).map_err(|error| owner.unavailable(error))?)
}

/// Returns the refusal in a response; `None` for an internal error.
fn refusal_of(answer: &Value) -> Option<Refusal> {
    let error = answer["errors"].get(0)?;
    let code: Code = serde_json::from_value(error["extensions"]["code"].clone()).ok()?;
    Some(Refusal::new(code, error["message"].as_str().unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refusals_are_distinguished_from_internal_errors() {
        let answer = |code: &str| json!({ "errors": [{ "message": "No.", "extensions": { "code": code } }] });
        assert_eq!(refusal_of(&answer("VALIDATION")), Some(Refusal::new(Code::Validation, "No.")));
        assert_eq!(refusal_of(&answer("INTERNAL")), None);
        assert_eq!(refusal_of(&answer("SERVICE_UNAVAILABLE")), None);
        assert_eq!(refusal_of(&json!({ "data": {} })), None);
    }
}
