//! Photos of receipts that Gemini reads.

use std::io::Cursor;

use base64::{Engine, prelude::BASE64_STANDARD};
use image::{DynamicImage, ImageFormat};
use serde_json::{Value, json};

use crate::{
    fixture::Fixture,
    stand_in::{KEY, MODEL, Say, StandIn},
};

const RECEIPT: &str = "mutation($group: ID!) { draftReceipt(groupId: $group,
    photo: { mediaType: \"image/png\", base64: \"iVBORw0KGgo=\" }) { id status text } }";
const RECEIPT_OF: &str =
    "mutation($group: ID!, $photo: PhotoInput!) { draftReceipt(groupId: $group, photo: $photo) { id } }";
const ATTACHMENTS: &str = "query($id: ID!) { expense(id: $id) { attachments {
    name mediaType thumbnailUrl by { id } } history { change } } }";

/// A fixture with a stand-in for Gemini that gives this answer.
async fn house_of(answer: &Value) -> (Fixture, StandIn) {
    let (gemini, _) = StandIn::with([Say::text(&answer.to_string())]).await;
    let told = ["--gemini-api-key", KEY, "--gemini-url", &gemini.url, "--gemini-model", MODEL];
    (Fixture::open_with(&told).await, gemini)
}

/// A receipt of three lines with a tip, for the first three people.
fn receipt() -> Value {
    let items = json!([
        { "name": "Pizza", "amount": "12.00", "people": ["p1"] },
        { "name": "Salad", "amount": "8.00", "people": ["p2"] },
        { "name": "Wine", "amount": "21.00", "people": ["p1", "p2", "p3"] },
    ]);
    let split = json!({
        "mode": "ITEMS", "people": [], "shares": [], "items": items, "tax": null, "tip": "4.10", "discount": null,
    });
    json!({
        "description": "Trattoria", "total": { "amount": "45.10", "currency": "EUR" }, "date": "2026-11-21",
        "category": "dining", "payers": [], "split": split, "questions": [], "guesses": [],
    })
}

/// Requests a draft from a photo and runs the consumer; returns it as it was read.
async fn read(fixture: &Fixture) -> Value {
    let draft = fixture.subgraph.data(&fixture.caller(0), RECEIPT, fixture.asked("")).await["draftReceipt"].take();
    assert_eq!((&draft["status"], &draft["text"]), (&json!("PENDING"), &json!("")));
    fixture.consume().await;
    fixture.show(0, &draft).await
}

#[tokio::test]
async fn a_receipt_becomes_an_itemised_expense() {
    let (fixture, gemini) = house_of(&receipt()).await;
    let draft = read(&fixture).await;
    assert_eq!((&draft["status"], &draft["advisor"]), (&json!("READY"), &json!("GEMINI")), "{draft:#}");
    assert_eq!((&draft["description"], &draft["splitMode"]), (&json!("Trattoria"), &json!("ITEMS")));
    assert_eq!(draft["items"].as_array().unwrap().len(), 3);
    assert_eq!(fixture.count().await, 0, "a draft moves nothing");

    let expense = fixture.confirmed(0, &draft, "k", Value::Null).await;
    assert_eq!(expense["shares"], draft["shares"]);
    assert_eq!(fixture.nets().await, [2_420, -1_650, -770, 0], "the tip is pro rata");

    let [heard] = gemini.heard().try_into().ok().expect("asked once, however often the event comes");
    let sent = &heard.body["contents"][0]["parts"][1]["inlineData"];
    assert_eq!(*sent, json!({ "mimeType": "image/png", "data": "iVBORw0KGgo=" }));
    let photos = fixture.subgraph.resources.database.collection::<Value>("photos");
    assert_eq!(photos.estimated_document_count().await.unwrap(), 0, "a photo is kept until it is read");
    fixture.verified().await;
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_receipt_that_does_not_add_up_is_failed() {
    let mut wrong = receipt();
    wrong["split"]["tip"] = json!("4.11");
    let (fixture, _gemini) = house_of(&wrong).await;
    let draft = read(&fixture).await;
    assert_eq!((&draft["status"], &draft["total"]), (&json!("FAILED"), &Value::Null), "{draft:#}");
    assert_eq!(draft["shares"], json!([]));
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn the_photo_of_a_receipt_is_kept_with_its_expense() {
    let (fixture, _gemini) = house_of(&receipt()).await;
    let mut photo = Cursor::new(Vec::new());
    DynamicImage::new_rgb8(40, 60).write_to(&mut photo, ImageFormat::Jpeg).unwrap();
    let base64 = BASE64_STANDARD.encode(photo.into_inner());
    let asked = json!({ "group": fixture.group.group_id, "photo": { "mediaType": "image/jpeg", "base64": base64 } });
    let draft = fixture.subgraph.data(&fixture.caller(0), RECEIPT_OF, asked).await["draftReceipt"].take();
    fixture.consume().await;
    let expense = fixture.confirmed(0, &draft, "k", Value::Null).await;
    assert_eq!(fixture.confirmed(0, &draft, "k", Value::Null).await, expense, "sent again");

    let id = json!({ "id": expense["id"] });
    let shown = fixture.subgraph.data(&fixture.caller(1), ATTACHMENTS, id).await["expense"].take();
    let [attachment] = shown["attachments"].as_array().unwrap().as_slice() else { panic!("{shown:#}") };
    assert_eq!((&attachment["mediaType"], &attachment["name"]), (&json!("image/jpeg"), &json!("receipt.jpg")));
    assert_eq!((&attachment["by"]["id"], attachment["thumbnailUrl"].is_string()), (&json!(fixture.member(0)), true));
    assert_eq!(shown["history"], json!([{ "change": "added it" }]));
    let photos = fixture.subgraph.resources.database.collection::<Value>("photos");
    assert_eq!(photos.estimated_document_count().await.unwrap(), 0, "it moved");
    fixture.verified().await;
    fixture.subgraph.close().await;
}
