//! Authorisation of drafts.

use contracts::UserId;
use futures::StreamExt;
use kit::{Caller, testing::person};
use serde_json::{Value, json};

use crate::{
    draft::{CHANGED, CONFIRM, DISCARD, DRAFT, SHOW},
    fixture::Fixture,
};

const RECEIPT: &str =
    "mutation($group: ID!, $photo: PhotoInput!) { draftReceipt(groupId: $group, photo: $photo) { id } }";

#[tokio::test]
async fn only_members_draft() {
    let mut fixture = Fixture::open().await;
    fixture.leave(2);
    let mut photo = fixture.asked("");
    photo["photo"] = json!({ "mediaType": "image/png", "base64": "" });
    let cases = [
        (Caller::anonymous(), "UNAUTHENTICATED"),
        (person(UserId::new()), "GROUP_NOT_FOUND"),
        (fixture.caller(2), "NOT_ALLOWED"),
    ];
    for (caller, code) in cases {
        assert_eq!(fixture.subgraph.code(&caller, DRAFT, fixture.asked("Dinner 30")).await, code);
    }
    // Without a key for Gemini the request is refused before the photo is looked at.
    for (caller, code) in [(Caller::anonymous(), "UNAUTHENTICATED"), (fixture.caller(0), "NOT_CONFIGURED")] {
        assert_eq!(fixture.subgraph.code(&caller, RECEIPT, photo.clone()).await, code);
    }
    assert_eq!(fixture.entries().await, 0);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn only_members_send_receipts_and_only_photos() {
    let mut fixture = Fixture::open_with(&["--gemini-api-key", "a key for tests"]).await;
    fixture.leave(2);
    let asked = |media_type: &str, base64: &str| {
        let mut asked = fixture.asked("");
        asked["photo"] = json!({ "mediaType": media_type, "base64": base64 });
        asked
    };
    // The PNG signature "\x89PNG\r\n\x1a\n".
    let png = asked("image/png", "iVBORw0KGgo=");
    let cases = [
        (Caller::anonymous(), "UNAUTHENTICATED"),
        (person(UserId::new()), "GROUP_NOT_FOUND"),
        (fixture.caller(2), "NOT_ALLOWED"),
    ];
    for (caller, code) in cases {
        assert_eq!(fixture.subgraph.code(&caller, RECEIPT, png.clone()).await, code);
    }
    for lie in [asked("image/svg+xml", "iVBORw0KGgo="), asked("image/jpeg", "iVBORw0KGgo="), asked("image/png", "?")] {
        assert_eq!(fixture.subgraph.code(&fixture.caller(0), RECEIPT, lie).await, "VALIDATION");
    }
    let draft = fixture.subgraph.data(&fixture.caller(0), RECEIPT, png).await["draftReceipt"].take();
    let photos = fixture.subgraph.resources.database.collection::<Value>("photos");
    assert_eq!(photos.estimated_document_count().await.unwrap(), 1);
    fixture.subgraph.data(&fixture.caller(0), DISCARD, json!({ "id": draft["id"] })).await;
    assert_eq!(photos.estimated_document_count().await.unwrap(), 0, "the photo goes with its draft");
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn only_the_author_can_use_a_draft() {
    let fixture = Fixture::open().await;
    let draft = fixture.read(0, "Dinner 30").await;
    let id = json!({ "id": draft["id"], "key": "k" });
    let cases = [
        (Caller::anonymous(), "UNAUTHENTICATED"),
        (person(UserId::new()), "DRAFT_NOT_FOUND"),
        (fixture.caller(1), "DRAFT_NOT_FOUND"),
    ];
    for (caller, code) in cases {
        for operation in [SHOW, CONFIRM, DISCARD] {
            assert_eq!(fixture.subgraph.code(&caller, operation, id.clone()).await, code, "{operation}");
        }
        let mut stream = fixture.subgraph.stream(&caller, CHANGED, id.clone());
        assert_eq!(stream.next().await.unwrap()["errors"][0]["extensions"]["code"], code);
        assert_eq!(stream.next().await, None);
    }
    assert_eq!(fixture.show(0, &draft).await, draft);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn former_members_see_their_drafts_but_cannot_confirm_them() {
    let mut fixture = Fixture::open().await;
    let draft = fixture.read(2, "Dinner 30").await;
    fixture.leave(2);
    let id = json!({ "id": draft["id"], "key": "k" });
    assert_eq!(fixture.show(2, &draft).await["status"], "READY");
    assert_eq!(fixture.subgraph.code(&fixture.caller(2), CONFIRM, id.clone()).await, "NOT_ALLOWED");
    assert_eq!(fixture.subgraph.data(&fixture.caller(2), DISCARD, id).await["discardDraft"], true);
    assert_eq!(fixture.count().await, 0);
    fixture.subgraph.close().await;
}
