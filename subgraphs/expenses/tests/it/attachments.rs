//! Attachments: uploaded and downloaded over HTTP with signed URLs that only members get.

use std::{io::Cursor, sync::Arc};

use contracts::{
    AttachmentId, ExpenseId, UserId,
    roster::{ExpenseEditing, Roster},
};
use image::{DynamicImage, ImageFormat};
use kit::{
    Caller, Subgraph,
    auth::{Keys, TokenCheck},
    testing::person,
};
use reqwest::{Client, Response, Url};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::fixture::Fixture;

const PREPARE: &str = "mutation($id: ID!, $name: String!) { prepareAttachment(expenseId: $id, name: $name) {
    id url expiresAt } }";
const REMOVE: &str = "mutation($id: ID!) { removeAttachment(id: $id) }";
const SHOW: &str = "query($id: ID!) { expense(id: $id) { version attachments {
    id name mediaType size url thumbnailUrl at by { id } } history { version change by { id } } } }";

const PDF: &[u8] = b"%PDF-1.7 a bill";
const HOUR_MS: i64 = 60 * 60 * 1_000;

/// A subgraph with its HTTP routes for files.
struct Files {
    fixture: Fixture,
    base: Url,
    http: Client,
}

impl Files {
    async fn open() -> Self {
        let fixture = Fixture::open_at("2026-11-22T09:30:00Z").await;
        let nowhere: Url = "http://127.0.0.1:1".parse().unwrap();
        let tokens = Arc::new(TokenCheck::new(Keys::Published(nowhere), "quits", "quits").unwrap());
        let routes = fixture.subgraph.services.routes(&tokens);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap()).parse().unwrap();
        tokio::spawn(async move { axum::serve(listener, routes).await });
        Self { fixture, base, http: Client::new() }
    }

    async fn expense(&self) -> Value {
        self.fixture.create(0, self.fixture.dinner("k")).await["id"].take()
    }

    fn later(&self, milliseconds: i64) {
        self.fixture.subgraph.resources.clock.advance_ms(milliseconds);
    }

    async fn prepare(&self, user: usize, expense: &Value, name: &str) -> Value {
        let asked = json!({ "id": expense, "name": name });
        self.fixture.subgraph.data(&self.fixture.caller(user), PREPARE, asked).await["prepareAttachment"].take()
    }

    async fn send(&self, upload: &Value, bytes: &[u8]) -> Response {
        let url = self.base.join(upload["url"].as_str().unwrap()).unwrap();
        self.http.post(url).body(bytes.to_vec()).send().await.unwrap()
    }

    /// Returns the status and the code of a refused upload.
    async fn refused(&self, upload: &Value, bytes: &[u8]) -> (u16, String) {
        let answer = self.send(upload, bytes).await;
        let status = answer.status().as_u16();
        let body: Value = answer.json().await.unwrap();
        (status, body["code"].as_str().unwrap().to_owned())
    }

    /// Attaches a file; returns the attachment.
    async fn attach(&self, user: usize, expense: &Value, name: &str, bytes: &[u8]) -> Value {
        let upload = self.prepare(user, expense, name).await;
        let answer = self.send(&upload, bytes).await;
        assert_eq!(answer.status().as_u16(), 201);
        let added: Value = answer.json().await.unwrap();
        assert_eq!(added["id"], upload["id"]);
        let attachments = self.attachments(expense).await;
        attachments.as_array().unwrap().iter().find(|one| one["id"] == upload["id"]).unwrap().clone()
    }

    async fn show(&self, expense: &Value) -> Value {
        self.fixture.subgraph.data(&self.fixture.caller(0), SHOW, json!({ "id": expense })).await["expense"].take()
    }

    async fn attachments(&self, expense: &Value) -> Value {
        self.show(expense).await["attachments"].take()
    }

    async fn fetch(&self, address: &Value) -> Response {
        self.http.get(self.base.join(address.as_str().unwrap()).unwrap()).send().await.unwrap()
    }

    async fn status(&self, address: &Value) -> u16 {
        self.fetch(address).await.status().as_u16()
    }

    /// Counts the files in `GridFS`.
    async fn stored(&self) -> u64 {
        let files = self.fixture.subgraph.resources.database.collection::<Value>("files.files");
        files.estimated_document_count().await.unwrap()
    }
}

fn photo(format: ImageFormat) -> Vec<u8> {
    let mut written = Cursor::new(Vec::new());
    DynamicImage::new_rgb8(640, 480).write_to(&mut written, format).unwrap();
    written.into_inner()
}

fn header<'a>(answer: &'a Response, name: &str) -> &'a str {
    answer.headers().get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
}

/// Returns a query parameter of a URL.
fn part(address: &Value, name: &str) -> String {
    let url = Url::parse("http://quits").unwrap().join(address.as_str().unwrap()).unwrap();
    url.query_pairs().find(|(other, _)| other == name).unwrap().1.into_owned()
}

#[tokio::test]
async fn a_photo_is_attached_shown_and_removed() {
    let files = Files::open().await;
    let expense = files.expense().await;
    let attached = files.attach(1, &expense, " Bill & tip?.jpg ", &photo(ImageFormat::Jpeg)).await;
    assert_eq!((&attached["name"], &attached["mediaType"]), (&json!("Bill & tip?.jpg"), &json!("image/jpeg")));
    assert_eq!(
        (&attached["by"]["id"], &attached["at"]),
        (&json!(files.fixture.member(1)), &json!("2026-11-22T09:30:00.000Z"))
    );

    let answer = files.fetch(&attached["url"]).await;
    assert_eq!((header(&answer, "content-type"), header(&answer, "content-disposition")), ("image/jpeg", "inline"));
    assert_eq!(header(&answer, "x-content-type-options"), "nosniff");
    assert!(header(&answer, "content-security-policy").contains("sandbox"));
    assert!(header(&answer, "cache-control").starts_with("private"));
    assert!(answer.url().path().ends_with("/Bill%20&%20tip%3F.jpg"), "{}", answer.url());
    let bytes = answer.bytes().await.unwrap();
    assert_eq!(attached["size"], json!(bytes.len()));
    assert_eq!(image::load_from_memory(&bytes).unwrap().width(), 640);
    let thumbnail = files.fetch(&attached["thumbnailUrl"]).await.bytes().await.unwrap();
    assert_eq!(image::load_from_memory(&thumbnail).unwrap().width(), 320);

    let remove = json!({ "id": attached["id"] });
    let caller = files.fixture.caller(2);
    assert_eq!(files.fixture.subgraph.data(&caller, REMOVE, remove.clone()).await["removeAttachment"], true);
    assert_eq!(files.fixture.subgraph.code(&caller, REMOVE, remove).await, "ATTACHMENT_NOT_FOUND");
    for address in ["url", "thumbnailUrl"] {
        assert_eq!(files.status(&attached[address]).await, 404, "gone at once");
    }
    let shown = files.show(&expense).await;
    assert_eq!((&shown["version"], &shown["attachments"]), (&json!(1), &json!([])));
    let told: Vec<_> =
        shown["history"].as_array().unwrap().iter().map(|one| (&one["change"], &one["by"]["id"])).collect();
    let [ada, ben, cleo] = [0, 1, 2].map(|place| json!(files.fixture.member(place)));
    let expected = [
        (&json!("added it"), &ada),
        (&json!("attached \"Bill & tip?.jpg\""), &ben),
        (&json!("removed the attachment \"Bill & tip?.jpg\""), &cleo),
    ];
    assert_eq!(told, expected);
    assert_eq!(files.fixture.verified().await, 3);
    files.fixture.subgraph.close().await;
}

#[tokio::test]
async fn the_type_of_a_file_is_that_of_its_content() {
    let files = Files::open().await;
    let expense = files.expense().await;
    let document = files.attach(0, &expense, "bill.jpg", PDF).await;
    assert_eq!((&document["mediaType"], &document["thumbnailUrl"]), (&json!("application/pdf"), &Value::Null));
    let answer = files.fetch(&document["url"]).await;
    assert_eq!(
        (header(&answer, "content-type"), header(&answer, "content-disposition")),
        ("application/pdf", "attachment")
    );
    assert_eq!(answer.bytes().await.unwrap(), PDF);
    for (format, media_type) in [(ImageFormat::Png, "image/png"), (ImageFormat::WebP, "image/jpeg")] {
        assert_eq!(files.attach(0, &expense, "bill.pdf", &photo(format)).await["mediaType"], media_type);
    }

    let upload = files.prepare(0, &expense, "bill.pdf").await;
    let large = [PDF, &vec![0; 10 * 1024 * 1024]].concat();
    for wrong in [&b""[..], b"<html><script>alert(1)</script>", b"\x89PNG\r\n\x1a\n", &large[..=10 * 1024 * 1024]] {
        assert_eq!(files.refused(&upload, wrong).await, (400, "VALIDATION".to_owned()));
    }
    assert_eq!(files.send(&upload, &large).await.status().as_u16(), 413);
    assert_eq!(files.send(&upload, &large[..10 * 1024 * 1024]).await.status().as_u16(), 201, "as large as it may be");
    let caller = files.fixture.caller(0);
    for name in ["", " ", "a\nb", &"x".repeat(101)] {
        let asked = json!({ "id": expense, "name": name });
        assert_eq!(files.fixture.subgraph.code(&caller, PREPARE, asked).await, "VALIDATION", "{name:?}");
    }
    files.fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_group_can_keep_what_others_attached() {
    let files = Files::open().await;
    let expense = files.expense().await;
    let others = files.attach(0, &expense, "bill.pdf", PDF).await;
    let own = files.attach(2, &expense, "another.pdf", PDF).await;
    let roster = Roster { expense_editing: ExpenseEditing::Own, ..files.fixture.group.clone() };
    files.fixture.rosters.put(roster);

    let caller = files.fixture.caller(2);
    let code = files.fixture.subgraph.code(&caller, REMOVE, json!({ "id": others["id"] })).await;
    let removed = files.fixture.subgraph.data(&caller, REMOVE, json!({ "id": own["id"] })).await;

    assert_eq!((code.as_str(), &removed["removeAttachment"]), ("NOT_ALLOWED", &json!(true)));
    files.fixture.subgraph.close().await;
}

#[tokio::test]
async fn only_members_attach_and_remove() {
    let mut files = Files::open().await;
    let expense = files.expense().await;
    let attached = files.attach(2, &expense, "bill.pdf", PDF).await;
    let upload = files.prepare(2, &expense, "another.pdf").await;
    files.fixture.leave(2);
    let cases = [
        (Caller::anonymous(), "UNAUTHENTICATED", "UNAUTHENTICATED"),
        (person(UserId::new()), "EXPENSE_NOT_FOUND", "ATTACHMENT_NOT_FOUND"),
        (files.fixture.caller(2), "NOT_ALLOWED", "NOT_ALLOWED"),
    ];
    for (caller, prepare, remove) in cases {
        let asked = json!({ "id": expense, "name": "bill.pdf" });
        assert_eq!(files.fixture.subgraph.code(&caller, PREPARE, asked).await, prepare);
        assert_eq!(files.fixture.subgraph.code(&caller, REMOVE, json!({ "id": attached["id"] })).await, remove);
    }
    assert_eq!(files.refused(&upload, PDF).await, (403, "LINK_EXPIRED".to_owned()), "it was prepared before leaving");
    for (caller, code) in [(Caller::anonymous(), "UNAUTHENTICATED"), (person(UserId::new()), "EXPENSE_NOT_FOUND")] {
        assert_eq!(files.fixture.subgraph.code(&caller, SHOW, json!({ "id": expense })).await, code);
    }
    let caller = files.fixture.caller(0);
    for unknown in [json!("none"), json!(ExpenseId::new())] {
        let asked = json!({ "id": unknown, "name": "bill.pdf" });
        assert_eq!(files.fixture.subgraph.code(&caller, PREPARE, asked).await, "EXPENSE_NOT_FOUND");
    }
    for unknown in [json!("none"), json!(AttachmentId::new())] {
        assert_eq!(
            files.fixture.subgraph.code(&caller, REMOVE, json!({ "id": unknown })).await,
            "ATTACHMENT_NOT_FOUND"
        );
    }
    assert_eq!(files.attachments(&expense).await.as_array().unwrap().len(), 1);
    files.fixture.subgraph.close().await;
}

#[tokio::test]
async fn urls_expire_and_cannot_be_forged() {
    let files = Files::open().await;
    let expense = files.expense().await;
    let (upload, late) = (files.prepare(0, &expense, "a.pdf").await, files.prepare(0, &expense, "b.pdf").await);
    let attached = files.attach(0, &expense, "bill.pdf", PDF).await;
    let address = attached["url"].as_str().unwrap();
    let (path, query) = address.split_once('?').unwrap();
    let other = files.attach(0, &expense, "other.pdf", PDF).await;
    let other_path = other["url"].as_str().unwrap().split_once('?').unwrap().0;
    for forged in [format!("{other_path}?{query}"), format!("{path}?{}", query.replace("expires=", "expires=9"))] {
        assert_eq!(files.status(&json!(forged)).await, 404, "{forged}");
    }
    assert_eq!(files.status(&json!(path)).await, 400);
    let swapped =
        format!("/files?upload={}&signature={}", part(&late["url"], "upload"), part(&upload["url"], "signature"));
    assert_eq!(files.refused(&json!({ "url": swapped }), PDF).await, (403, "LINK_EXPIRED".to_owned()));

    files.later(10 * 60_000 - 1);
    assert_eq!(files.status(&attached["url"]).await, 200);
    assert_eq!(files.send(&upload, PDF).await.status().as_u16(), 201);
    files.later(1);
    assert_eq!(files.refused(&late, PDF).await, (403, "LINK_EXPIRED".to_owned()));
    files.later(10 * 60_000);
    assert_eq!(files.status(&attached["url"]).await, 404);
    let again = files.attachments(&expense).await[0]["url"].take();
    assert_eq!(files.status(&again).await, 200, "an address is made anew for whoever may see the expense");
    files.fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_repeated_upload_attaches_once_and_unused_files_are_removed() {
    let files = Files::open().await;
    let expense = files.expense().await;
    let upload = files.prepare(0, &expense, "bill.png").await;
    let photo = photo(ImageFormat::Png);
    let sent = futures::future::join_all((0..4).map(|_| files.send(&upload, &photo))).await;
    assert!(sent.iter().all(|answer| answer.status().as_u16() == 201));
    assert_eq!(files.send(&upload, &photo).await.status().as_u16(), 201);
    assert_eq!(files.attachments(&expense).await.as_array().unwrap().len(), 1);

    files.later(HOUR_MS);
    files.fixture.subgraph.services.remove_unused_files().await.unwrap();
    assert_eq!(files.stored().await, 2, "the picture and its thumbnail");
    let attached = files.attachments(&expense).await[0].take();
    assert_eq!(files.status(&attached["url"]).await, 200);

    files.fixture.subgraph.data(&files.fixture.caller(0), REMOVE, json!({ "id": attached["id"] })).await;
    assert_eq!(files.refused(&upload, &photo).await.1, "LINK_EXPIRED", "what was removed does not come back");
    files.later(HOUR_MS);
    assert_eq!(files.fixture.subgraph.services.remove_unused_files().await.unwrap(), 2);
    assert_eq!(files.stored().await, 0);
    let chunks = files.fixture.subgraph.resources.database.collection::<Value>("files.chunks");
    assert_eq!(chunks.estimated_document_count().await.unwrap(), 0);
    files.fixture.subgraph.close().await;
}

#[tokio::test]
async fn an_expense_has_ten_attachments_and_none_when_it_is_deleted() {
    let files = Files::open().await;
    let expense = files.expense().await;
    let waiting = files.prepare(0, &expense, "late.pdf").await;
    for number in 0..10 {
        files.attach(0, &expense, &format!("{number}.pdf"), PDF).await;
    }
    let names: Vec<_> =
        files.attachments(&expense).await.as_array().unwrap().iter().map(|one| one["name"].clone()).collect();
    assert_eq!(names, (0..10).map(|number| json!(format!("{number}.pdf"))).collect::<Vec<_>>(), "the oldest first");
    let asked = json!({ "id": expense, "name": "late.pdf" });
    let caller = files.fixture.caller(0);
    assert_eq!(files.fixture.subgraph.code(&caller, PREPARE, asked.clone()).await, "NOT_ALLOWED");
    assert_eq!(files.refused(&waiting, PDF).await, (403, "NOT_ALLOWED".to_owned()));

    let other = files.fixture.create(0, files.fixture.dinner("other")).await["id"].take();
    let waiting = files.prepare(0, &other, "late.pdf").await;
    let delete = "mutation($id: ID!) { deleteExpense(id: $id, expectedVersion: 1) { id } }";
    files.fixture.subgraph.data(&caller, delete, json!({ "id": other })).await;
    let asked = json!({ "id": other, "name": "late.pdf" });
    assert_eq!(files.fixture.subgraph.code(&caller, PREPARE, asked).await, "NOT_ALLOWED");
    assert_eq!(files.refused(&waiting, PDF).await, (403, "NOT_ALLOWED".to_owned()));
    files.fixture.subgraph.close().await;
}
