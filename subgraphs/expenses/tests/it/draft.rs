//! Helpers for tests of drafts.

use kit::Caller;
use serde_json::{Value, json};

use crate::fixture::Fixture;

/// The fields that tests select.
macro_rules! fields {
    () => {
        "id text status advisor description category date splitMode problems remarks { code facts { name value } message } createdAt total { amount currency } \
         payers { member { id } amount { amount } } shares { member { id } amount { amount } } \
         items { name amount { amount } members { id } } \
         payment { from { id } to { id } amount { amount currency } date } expense { id } group { id }"
    };
}

pub(crate) const DRAFT: &str =
    concat!("mutation($group: ID!, $text: String!) { draftExpense(groupId: $group, text: $text) { ", fields!(), " } }");
pub(crate) const SHOW: &str = concat!("query($id: ID!) { draft(id: $id) { ", fields!(), " } }");
pub(crate) const CONFIRM: &str = "mutation($id: ID!, $key: String!, $changes: DraftChanges) {
    confirmDraft(id: $id, idempotencyKey: $key, changes: $changes) {
        id version description category notes date splitMode total { amount currency }
        payers { member { id } amount { amount } } shares { member { id } amount { amount } } } }";
pub(crate) const DISCARD: &str = "mutation($id: ID!) { discardDraft(id: $id) }";
pub(crate) const CHANGED: &str = "subscription($id: ID!) { draftChanged(id: $id) { status } }";

impl Fixture {
    pub(crate) fn asked(&self, text: &str) -> Value {
        json!({ "group": self.group.group_id.to_string(), "text": text })
    }

    /// Requests a draft; returns it unread.
    pub(crate) async fn draft(&self, user: usize, text: &str) -> Value {
        let draft = self.subgraph.data(&self.caller(user), DRAFT, self.asked(text)).await["draftExpense"].take();
        assert_eq!(draft["status"], "PENDING");
        draft
    }

    /// Requests a draft and runs the consumer; returns it as it was read.
    pub(crate) async fn read(&self, user: usize, text: &str) -> Value {
        let draft = self.draft(user, text).await;
        self.consume().await;
        self.show(user, &draft).await
    }

    pub(crate) async fn show(&self, user: usize, draft: &Value) -> Value {
        self.subgraph.data(&self.caller(user), SHOW, json!({ "id": draft["id"] })).await["draft"].take()
    }

    /// Returns the response to an attempt to confirm a draft.
    pub(crate) async fn confirm(&self, caller: &Caller, draft: &Value, key: &str, changes: Value) -> Value {
        self.subgraph.ask(caller, CONFIRM, json!({ "id": draft["id"], "key": key, "changes": changes })).await
    }

    /// Confirms a draft; returns the expense.
    pub(crate) async fn confirmed(&self, user: usize, draft: &Value, key: &str, changes: Value) -> Value {
        let mut answer = self.confirm(&self.caller(user), draft, key, changes).await;
        assert!(answer.get("errors").is_none(), "{answer:#}");
        answer["data"]["confirmDraft"].take()
    }
}

/// Returns the code and the field of a refusal.
pub(crate) fn refusal(answer: &Value) -> (String, String) {
    let extensions = &answer["errors"][0]["extensions"];
    let text = |name: &str| extensions[name].as_str().unwrap_or_default().to_owned();
    assert!(answer["errors"].is_array(), "no refusal: {answer:#}");
    (text("code"), text("field"))
}
