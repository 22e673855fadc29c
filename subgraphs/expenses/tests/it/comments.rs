//! Comments on expenses.

use contracts::{CommentId, Event, ExpenseId, UserId};
use kit::{Caller, testing::person};
use serde_json::{Value, json};

use crate::fixture::Fixture;

const ADD: &str = "mutation($id: ID!, $text: String!) { addComment(expenseId: $id, text: $text) {
    id text by { id } mentions { id } at editedAt } }";
const EDIT: &str = "mutation($id: ID!, $text: String!) { editComment(id: $id, text: $text) {
    id text by { id } mentions { id } at editedAt } }";
const DELETE: &str = "mutation($id: ID!) { deleteComment(id: $id) }";
const SHOW: &str = "query($id: ID!) { expense(id: $id) { version comments { text by { id } } } }";

impl Fixture {
    async fn comment(&self, user: usize, expense: &Value, text: &str) -> Value {
        let answer = self.subgraph.data(&self.caller(user), ADD, json!({ "id": expense, "text": text })).await;
        answer["addComment"].clone()
    }

    async fn comments(&self, expense: &Value) -> Value {
        let answer = self.subgraph.data(&self.caller(0), SHOW, json!({ "id": expense })).await;
        answer["expense"]["comments"].clone()
    }
}

#[tokio::test]
async fn comments_are_written_edited_and_deleted_by_their_author() {
    let fixture = Fixture::open().await;
    let id = fixture.create(0, fixture.dinner("k")).await["id"].take();
    let other = fixture.create(0, fixture.dinner("other")).await["id"].take();
    let nets = fixture.nets().await;

    let first = fixture.comment(1, &id, " Was it @Cleo's birthday? ").await;
    assert_eq!((&first["text"], &first["editedAt"]), (&json!("Was it @Cleo's birthday?"), &Value::Null));
    assert_eq!(first["mentions"], json!([{ "id": fixture.member(2) }]));
    let told = fixture.envelopes().await.pop().unwrap().event;
    let Event::ExpenseCommented(told) = told else { panic!("a comment") };
    let mut sharers = [0, 1, 2].map(|place| fixture.group.members[place].member_id);
    sharers.sort();
    assert_eq!(told.concerned, sharers);
    fixture.comment(0, &id, "Yes").await;
    fixture.comment(0, &other, "Elsewhere").await;

    let edited = json!({ "id": first["id"], "text": "Was it a birthday, @Ada?" });
    let edited = fixture.subgraph.data(&fixture.caller(1), EDIT, edited).await["editComment"].take();
    assert_eq!((&edited["id"], &edited["at"]), (&first["id"], &first["at"]));
    assert_eq!((edited["editedAt"].is_string(), &edited["mentions"]), (true, &json!([{ "id": fixture.member(0) }])));
    let expected = json!([
        { "text": "Was it a birthday, @Ada?", "by": { "id": fixture.member(1) } },
        { "text": "Yes", "by": { "id": fixture.member(0) } },
    ]);
    assert_eq!(fixture.comments(&id).await, expected);

    let gone = json!({ "id": first["id"] });
    assert_eq!(fixture.subgraph.data(&fixture.caller(1), DELETE, gone.clone()).await["deleteComment"], true);
    assert_eq!(fixture.comments(&id).await.as_array().unwrap().len(), 1);
    assert_eq!(fixture.subgraph.code(&fixture.caller(1), DELETE, gone).await, "COMMENT_NOT_FOUND");
    assert_eq!(fixture.nets().await, nets, "words move no money");
    assert_eq!(fixture.verified().await, 7);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn only_members_comment_and_only_authors_change_theirs() {
    let mut fixture = Fixture::open().await;
    let id = fixture.create(0, fixture.dinner("k")).await["id"].take();
    let comment = fixture.comment(2, &id, "Mine").await["id"].take();
    fixture.leave(2);
    let cases = [
        (Caller::anonymous(), "UNAUTHENTICATED", "UNAUTHENTICATED"),
        (person(UserId::new()), "EXPENSE_NOT_FOUND", "COMMENT_NOT_FOUND"),
        (fixture.caller(2), "NOT_ALLOWED", "NOT_ALLOWED"),
    ];
    for (caller, add, change) in cases {
        assert_eq!(fixture.subgraph.code(&caller, ADD, json!({ "id": id, "text": "x" })).await, add);
        assert_eq!(fixture.subgraph.code(&caller, EDIT, json!({ "id": comment, "text": "x" })).await, change);
        assert_eq!(fixture.subgraph.code(&caller, DELETE, json!({ "id": comment })).await, change);
    }
    assert_eq!(
        fixture.subgraph.code(&fixture.caller(0), EDIT, json!({ "id": comment, "text": "x" })).await,
        "NOT_ALLOWED"
    );
    assert_eq!(fixture.subgraph.code(&fixture.caller(0), DELETE, json!({ "id": comment })).await, "NOT_ALLOWED");
    assert_eq!(fixture.comments(&id).await.as_array().unwrap().len(), 1);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_comment_has_a_text_and_an_expense() {
    let fixture = Fixture::open().await;
    let id = fixture.create(0, fixture.dinner("k")).await["id"].take();
    let caller = fixture.caller(0);
    for text in ["", " \n ", "bell\u{7}", &"x".repeat(1_001)] {
        assert_eq!(fixture.subgraph.code(&caller, ADD, json!({ "id": id, "text": text })).await, "VALIDATION");
    }
    for unknown in [json!("none"), json!(ExpenseId::new())] {
        let code = fixture.subgraph.code(&caller, ADD, json!({ "id": unknown, "text": "x" })).await;
        assert_eq!(code, "EXPENSE_NOT_FOUND");
    }
    for unknown in [json!("none"), json!(CommentId::new())] {
        assert_eq!(fixture.subgraph.code(&caller, DELETE, json!({ "id": unknown })).await, "COMMENT_NOT_FOUND");
    }
    assert_eq!(fixture.entries().await, 1);
    fixture.subgraph.close().await;
}
