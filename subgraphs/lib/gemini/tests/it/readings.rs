//! Readings from valid answers, and invalid answers.

use gemini::{GeminiFailure, Photo};
use money::{Item, Itemized, Split};
use reader::{Question, Reading, Remark};
use serde_json::{Value, json};

use crate::{
    stand_in::{Say, StandIn},
    table::{bare, day, equal, euros, items, pizza, question, right_answers, shares},
};

async fn read(answer: &Value) -> Result<Reading, GeminiFailure> {
    let (_, gemini) = StandIn::with([Say::text(&answer.to_string())]).await;
    gemini.read(&question("pizza 30")).await
}

/// Asserts that each of these answers is refused as invalid.
async fn all_invalid(answers: &[Value]) {
    for answer in answers {
        let read = read(answer).await;
        assert!(matches!(read, Err(GeminiFailure::Invalid(_))), "{answer}: {read:?}");
    }
}

/// The answer of [`pizza`] with one field changed, by JSON pointer.
fn changed(pointer: &str, value: Value) -> Value {
    let mut answer = pizza(&items());
    *answer.pointer_mut(pointer).unwrap() = value;
    answer
}

#[tokio::test]
async fn every_way_to_split_is_read() {
    let itemized = Itemized {
        items: vec![
            Item { name: "Pizza".to_owned(), minor: 2_000, members: vec![0, 1] },
            Item { name: "Salad".to_owned(), minor: 800, members: vec![2] },
        ],
        tax: 100,
        tip: 200,
        discount: 100,
    };
    let ways = [
        (equal(&["p3", "p1"]), Split::Equal(vec![2, 0])),
        (shares("EXACT", ["12.50", "17.5", "0"]), Split::Exact(vec![(0, 1_250), (1, 1_750), (2, 0)])),
        (shares("PERCENT", ["50", "49.99", "0.01"]), Split::Percent(vec![(0, 5_000), (1, 4_999), (2, 1)])),
        (shares("WEIGHTS", ["2", "1", "0.5"]), Split::Weights(vec![(0, 200), (1, 100), (2, 50)])),
        (shares("ADJUSTMENTS", ["5.00", "-2", "0"]), Split::Adjustments(vec![(0, 500), (1, -200), (2, 0)])),
        (items(), Split::Items(itemized)),
    ];
    for (split, expected) in ways {
        let reading = Reading {
            description: Some("Pizza".to_owned()),
            total: Some(euros(3_000)),
            date: Some(day(21)),
            category: Some("dining".to_owned()),
            payers: vec![(1, 3_000)],
            split: Some(expected),
            questions: vec![],
            guesses: vec![],
            payment: None,
        };
        assert_eq!(read(&pizza(&split)).await, Ok(reading));
    }
}

#[tokio::test]
async fn missing_facts_become_questions() {
    let [unknown, several] = right_answers().split_off(6).try_into().unwrap();
    let unknown = read(&unknown).await.unwrap();
    assert_eq!((unknown.total, unknown.payers.len(), unknown.description), (None, 0, None));
    assert_eq!((unknown.split, unknown.questions.len()), (Some(Split::Equal(vec![0, 2])), 1));
    let several = read(&several).await.unwrap();
    assert_eq!((several.payers, several.split), (vec![(0, 1_001), (2, 1_999)], None));
    assert_eq!(several.guesses, [Remark::Said { text: "Everybody takes part.".to_owned() }]);
}

#[tokio::test]
async fn a_refund_is_negative() {
    let mut refund = pizza(&shares("EXACT", ["-10.00", "-20.00", "0"]));
    refund["total"]["amount"] = json!("-30.00");
    refund["payers"][0]["amount"] = json!("-30.00");
    assert_eq!(read(&refund).await.unwrap().payers, [(1, -3_000)]);
    refund["payers"][0]["amount"] = json!("30.00");
    all_invalid(&[refund]).await;
}

#[tokio::test]
async fn a_known_total_is_kept() {
    let mut silent = pizza(&equal(&["p1"]));
    (silent["total"], silent["payers"]) = (Value::Null, json!([]));
    let answers = [silent, pizza(&equal(&["p1"]))];
    let (_, gemini) = StandIn::with(answers.iter().map(|answer| Say::text(&answer.to_string()))).await;
    let known = |minor| Question { total: Some(euros(minor)), ..question("for Ada alone") };
    assert_eq!(gemini.read(&known(2_500)).await.unwrap().total, Some(euros(2_500)));
    assert!(matches!(gemini.read(&known(2_500)).await, Err(GeminiFailure::Invalid("it changes the total"))));
}

#[tokio::test]
async fn a_photo_is_read_like_a_text() {
    let (stand_in, gemini) = StandIn::with([Say::text(&pizza(&items()).to_string())]).await;
    let photo = Photo { media_type: "image/png", bytes: b"\x89PNG" };
    let reading = gemini.read_photo(&photo, &question("")).await.unwrap();
    assert!(matches!(reading.split, Some(Split::Items(_))));
    let body = &stand_in.heard()[0].body;
    let sent = &body["contents"][0]["parts"][1];
    assert_eq!(*sent, json!({ "inlineData": { "mimeType": "image/png", "data": "iVBORw==" } }));
}

#[tokio::test]
async fn amounts_that_do_not_add_up_are_refused() {
    all_invalid(&[
        changed("/payers/0/amount", json!("29.99")),
        changed("/split/tip", json!("2.01")),
        changed("/split/discount", json!("-1.00")),
        pizza(&shares("EXACT", ["12.50", "17.51", "0"])),
        pizza(&shares("EXACT", ["-12.50", "42.50", "0"])),
        pizza(&shares("PERCENT", ["33", "33", "35"])),
        pizza(&shares("WEIGHTS", ["0", "0", "0"])),
        pizza(&shares("WEIGHTS", ["-1", "1", "1"])),
        pizza(&shares("ADJUSTMENTS", ["20", "20", "0"])),
        changed("/total/amount", json!("0.00")),
    ])
    .await;
}

#[tokio::test]
async fn unknown_and_repeated_people_are_refused() {
    let twice = json!([{ "person": "p2", "amount": "15.00" }, { "person": "p2", "amount": "15.00" }]);
    all_invalid(&[
        changed("/payers/0/person", json!("p4")),
        changed("/payers/0/person", json!("Ben")),
        changed("/split/items/0/people/0", json!("p0")),
        changed("/split/items/0/people", json!(["p1", "p1"])),
        changed("/split/items/0/people", json!([])),
        changed("/payers", twice),
        pizza(&equal(&["p1", "p1"])),
        pizza(&equal(&["p1", "everyone"])),
    ])
    .await;
}

#[tokio::test]
async fn texts_and_numbers_out_of_bounds_are_refused() {
    let item = json!({ "name": "Beer", "amount": "0.10", "people": ["p1"] });
    all_invalid(&[
        changed("/total/amount", json!("30.000")),
        changed("/total/amount", json!(30)),
        changed("/total/amount", json!("NaN")),
        changed("/total/currency", json!("euro")),
        changed("/total/currency", json!("JPY")),
        changed("/date", json!("2062-11-21")),
        changed("/date", json!("yesterday")),
        changed("/description", json!("x".repeat(201))),
        changed("/category", json!("a\u{7}b")),
        changed("/split/items/0/name", json!("Pizza\u{202E}azziP")),
        changed("/split/items", Value::Array(vec![item; 300])),
        changed("/questions", json!(["Why?", "Why?", "Why?", "Why?", "Why?", "Why?"])),
        changed("/guesses", json!(["!".repeat(201)])),
    ])
    .await;
}

#[tokio::test]
async fn another_structure_is_refused() {
    let mut with_more = pizza(&items());
    with_more["shares"] = json!([]);
    let mut with_less = pizza(&items());
    with_less.as_object_mut().unwrap().remove("category");
    let mut mixed = pizza(&items());
    mixed["split"]["people"] = json!(["p1"]);
    let tip = json!("1.00");
    let mut tipped = pizza(&equal(&["p1"]));
    tipped["split"]["tip"] = tip;
    let without_total = changed("/total", Value::Null);
    let wrapped = json!([pizza(&items())]);
    all_invalid(&[with_more, with_less, mixed, tipped, without_total, wrapped, pizza(&bare("EQUAL"))]).await;
    all_invalid(&[pizza(&bare("HALF")), json!("paid by Ben"), json!(null), json!({})]).await;
}
