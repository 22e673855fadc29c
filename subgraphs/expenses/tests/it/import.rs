//! Imports of files of other programs.

use std::time::Duration;

use contracts::{Code, Event, Refusal};
use futures::StreamExt;
use kit::Caller;
use mongodb::bson::doc;
use serde_json::{Value, json};
use tokio::time::timeout;

use crate::fixture::Fixture;

const IMPORT: &str =
    "mutation($input: ImportInput!) { importLedger(input: $input) { group { id } expenses payments people entries { line isPayment description date total { amount currency } }
    computed { name computed { amount currency } expected { amount } } problems { line code facts { name value } message } } }";

const MOVED: &str = "subscription($key: String!) { importMoved(idempotencyKey: $key) {
    status total entered problem { code message } group { id } } }";

const SPLITWISE: &str = include_str!("../files/splitwise/group-de-two-currencies.csv");
const SPLIIT: &str = include_str!("../files/spliit/group-export-all-features.json");

fn input(format: &str, content: &str, key: &str, more: &Value) -> Value {
    let mut input = json!({ "format": format, "content": content, "idempotencyKey": key });
    input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    json!({ "input": input })
}

impl Fixture {
    /// Collects all progress of an import until it is over.
    async fn progress(&self, user: usize, key: &str) -> Vec<Value> {
        let told = self.subgraph.stream(&self.caller(user), MOVED, json!({ "key": key }));
        told.map(|mut event| event["data"].take()).collect().await
    }

    /// Makes the only import one without progress for long, as after the end of its process.
    async fn abandon_import(&self) {
        let imports = self.subgraph.resources.database.collection::<Value>("imports");
        let long_ago = doc! { "$set": { "touched_at": "2026-01-01T00:00:00.000Z" } };
        imports.update_one(doc! {}, long_ago).await.unwrap();
    }

    /// Returns how many entries each import tells to have entered, when it ends.
    async fn ended(&self) -> Vec<u32> {
        let ends = self.envelopes().await.into_iter().filter_map(|envelope| match envelope.event {
            Event::ImportFinished(import) => Some(import.entries),
            _ => None,
        });
        ends.collect()
    }

    async fn import(&self, variables: Value) -> Value {
        self.subgraph.data(&self.caller(0), IMPORT, variables).await["importLedger"].take()
    }

    /// Returns the balances of the imported group's expenses and the recorded payments, by name and currency.
    async fn imported_balances(&self) -> Vec<(String, String, i64)> {
        let (_, roster) = self.elsewhere.made().remove(0);
        let head = self.subgraph.resources.journal.head(roster.group_id.0).await.unwrap().unwrap();
        let mut rows = Vec::new();
        for member in &roster.members {
            for code in ["EUR", "USD"] {
                let of_expenses = head.ledger.nets.iter().filter(|row| row.member_id == member.member_id);
                let of_expenses = of_expenses.filter(|row| row.currency.code() == code).map(|row| row.amount_minor);
                let payments = self.elsewhere.recorded().into_iter().filter(|one| one.amount.currency.code() == code);
                let of_payments = payments.map(|payment| {
                    let paid = if payment.from == member.member_id { payment.amount.minor } else { 0 };
                    paid - if payment.to == member.member_id { payment.amount.minor } else { 0 }
                });
                let sum: i64 = of_expenses.sum::<i64>() + of_payments.sum::<i64>();
                if sum != 0 {
                    rows.push((member.name.clone(), code.to_owned(), sum));
                }
            }
        }
        rows.sort();
        rows
    }
}

#[tokio::test]
async fn a_dry_run_reports_and_writes_nothing() {
    let fixture = Fixture::open().await;
    let told = fixture.import(input("SPLITWISE_CSV", SPLITWISE, "k", &json!({ "dryRun": true }))).await;
    assert_eq!(
        (&told["group"], &told["expenses"], &told["payments"]),
        (&Value::Null, &json!(4), &json!(1)),
        "{told:#}"
    );
    assert_eq!(told["people"], json!(["Ada Gärtner", "BEN", "Cem", "Dora"]));
    assert_eq!(told["problems"], json!([]));
    for balance in told["computed"].as_array().unwrap() {
        assert_eq!(balance["computed"]["amount"], balance["expected"]["amount"], "{balance}");
    }
    assert_eq!((fixture.entries().await, fixture.elsewhere.made().len()), (0, 0));
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_file_is_imported_to_the_cent_and_once() {
    let fixture = Fixture::open().await;
    let variables = input("SPLITWISE_CSV", SPLITWISE, "k", &json!({ "groupName": "Reise" }));
    let first = fixture.import(variables.clone()).await;
    let [(name, roster)] = fixture.elsewhere.made().try_into().unwrap();
    assert_eq!((name.as_str(), &first["group"]["id"]), ("Reise", &json!(roster.group_id)));
    assert_eq!((roster.members.len(), roster.currency.code()), (5, "EUR"));
    let expected = [
        ("Ada Gärtner", "EUR", -10_418),
        ("Ada Gärtner", "USD", 10_203),
        ("BEN", "EUR", -246_617),
        ("BEN", "USD", -2_250),
        ("Cem", "EUR", 31_252),
        ("Cem", "USD", 1_750),
        ("Dora", "EUR", 225_783),
        ("Dora", "USD", -9_703),
    ];
    let expected = expected.map(|(name, code, minor)| (name.to_owned(), code.to_owned(), minor)).to_vec();
    assert_eq!(fixture.imported_balances().await, expected);

    assert_eq!(fixture.import(variables).await, first);
    assert_eq!(fixture.ended().await, [5]);
    assert_eq!((fixture.count().await, fixture.elsewhere.made().len(), fixture.elsewhere.recorded().len()), (4, 1, 1));
    let other = input(
        "SPLITWISE_CSV",
        "Date,Description,Category,Cost,Currency,Ada,Ben\n2026-01-01,a,b,2,EUR,1,-1",
        "k",
        &json!({}),
    );
    assert_eq!(fixture.subgraph.code(&fixture.caller(0), IMPORT, other).await, "IDEMPOTENCY_KEY_REUSED");
    fixture.verified().await;
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn an_interrupted_import_continues_where_it_stopped() {
    let fixture = Fixture::open().await;
    fixture.elsewhere.fail_after(0);
    let variables = input("SPLIIT_JSON", SPLIIT, "k", &json!({}));
    assert_eq!(fixture.subgraph.code(&fixture.caller(0), IMPORT, variables.clone()).await, "SERVICE_UNAVAILABLE");
    assert!(fixture.count().await < 10);
    assert_eq!(fixture.subgraph.code(&fixture.caller(0), IMPORT, variables.clone()).await, "OVERLOADED", "running");

    assert_eq!(fixture.ended().await, [0_u32; 0]);
    fixture.abandon_import().await;
    let imported = fixture.import(variables).await;
    assert_eq!(fixture.ended().await, [11]);
    assert_eq!((&imported["expenses"], &imported["payments"]), (&json!(10), &json!(1)));
    let expected = [("Alice", -39_250), ("Bob", 13_100), ("Charlie", 26_150)];
    let expected = expected.map(|(name, minor)| (name.to_owned(), "EUR".to_owned(), minor)).to_vec();
    assert_eq!(fixture.imported_balances().await, expected);
    let [(name, roster)] = fixture.elsewhere.made().try_into().unwrap();
    assert_eq!((name.as_str(), roster.members.len()), ("Test Import Complex Group", 4));
    fixture.verified().await;
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_person_with_the_name_of_the_caller_is_the_caller() {
    let fixture = Fixture::open().await;
    let friend = include_str!("../files/splitwise/friend-with-preamble.csv");
    fixture.import(input("SPLITWISE_CSV", friend, "friend", &json!({}))).await;
    assert_eq!(fixture.elsewhere.made()[0].1.members.len(), 2, "Ada is the caller");
    let bank = include_str!("../files/bank/dkb.csv");
    let told = fixture.import(input("BANK_CSV", bank, "bank", &json!({}))).await;
    assert_eq!((&told["expenses"], fixture.elsewhere.made()[1].1.members.len()), (&json!(2), 1));
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn files_of_another_format_are_refused() {
    let fixture = Fixture::open().await;
    let caller = fixture.caller(0);
    for content in ["", "hello", "{}"] {
        let variables = input("TRICOUNT_JSON", content, "k", &json!({}));
        assert_eq!(fixture.subgraph.code(&caller, IMPORT, variables).await, "VALIDATION", "{content}");
    }
    let both = input("SPLIIT_JSON", SPLIIT, "k", &json!({ "contentBase64": "e30=" }));
    assert_eq!(fixture.subgraph.code(&caller, IMPORT, both).await, "VALIDATION");
    let anonymous = input("SPLIIT_JSON", SPLIIT, "k", &json!({ "dryRun": true }));
    assert_eq!(fixture.subgraph.code(&Caller::anonymous(), IMPORT, anonymous).await, "UNAUTHENTICATED");
    let keyless = input("SPLIIT_JSON", SPLIIT, " ", &json!({}));
    assert_eq!(fixture.subgraph.code(&caller, IMPORT, keyless).await, "VALIDATION");
    assert_eq!((fixture.entries().await, fixture.elsewhere.made().len()), (0, 0));
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn an_import_with_a_refused_part_is_undone() {
    let fixture = Fixture::open().await;
    fixture.elsewhere.refuse(Refusal::new(Code::LedgerFull, "No room for this payment."));
    let variables = input("SPLIIT_JSON", SPLIIT, "k", &json!({}));
    let answer = fixture.subgraph.ask(&fixture.caller(0), IMPORT, variables.clone()).await;
    let error = &answer["errors"][0];
    assert_eq!(
        (&error["extensions"]["code"], &error["message"]),
        (&json!("LEDGER_FULL"), &json!("No room for this payment."))
    );

    let [(_, roster)] = fixture.elsewhere.made().try_into().unwrap();
    assert!(roster.archived, "nothing is left of it");
    assert_eq!(fixture.ended().await, [0_u32; 0]);
    assert_eq!(fixture.elsewhere.counting(), 0);
    let head = fixture.subgraph.resources.journal.head(roster.group_id.0).await.unwrap();
    assert!(head.is_none_or(|head| head.ledger.nets.iter().all(|row| row.amount_minor == 0)));
    assert_eq!(fixture.subgraph.code(&fixture.caller(0), IMPORT, variables).await, "LEDGER_FULL", "told again");
    let told = fixture.progress(0, "k").await;
    let problem = json!({ "code": "LEDGER_FULL", "message": "No room for this payment." });
    let expected = json!({ "status": "UNDONE", "group": null, "problem": problem });
    assert_eq!(told.last().unwrap()["importMoved"]["status"], expected["status"]);
    assert_eq!(told.last().unwrap()["importMoved"]["group"], expected["group"]);
    assert_eq!(told.last().unwrap()["importMoved"]["problem"], expected["problem"]);
    fixture.verified().await;
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn the_importing_person_gets_the_progress() {
    let fixture = Fixture::open().await;
    let variables = input("SPLIIT_JSON", SPLIIT, "k", &json!({}));
    let (told, imported) = tokio::join!(fixture.progress(0, "k"), fixture.import(variables));
    let last = &told.last().unwrap()["importMoved"];
    assert_eq!((&last["status"], &last["total"], &last["entered"]), (&json!("COMPLETE"), &json!(11), &json!(11)));
    assert_eq!((&last["group"], &last["problem"]), (&imported["group"], &Value::Null));
    assert_eq!(fixture.progress(0, "k").await.len(), 1, "it is over");

    let mut anonymous = fixture.subgraph.stream(&Caller::anonymous(), MOVED, json!({ "key": "k" }));
    assert_eq!(anonymous.next().await.unwrap()["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");
    // Idempotency keys are per person: somebody else gets nothing.
    let mut other = fixture.subgraph.stream(&fixture.caller(1), MOVED, json!({ "key": "k" }));
    assert!(timeout(Duration::from_secs(2), other.next()).await.is_err());
    fixture.subgraph.close().await;
}

/// Who continues an import whose process was killed.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Successor {
    /// Another replica, by itself.
    Replica,
    /// The person, who sends the file again.
    Person,
}

#[tokio::test]
async fn an_import_continues_after_a_crash_at_any_step() {
    // The steps: a group, three guests and a payment.
    for steps in 1..=5 {
        for successor in [Successor::Replica, Successor::Person] {
            continues_after(steps, successor).await;
        }
    }
}

async fn continues_after(steps: usize, successor: Successor) {
    let fixture = Fixture::open().await;
    fixture.elsewhere.die_after(steps);
    let variables = input("SPLIIT_JSON", SPLIIT, "k", &json!({}));
    tokio::select! {
        imported = fixture.import(variables.clone()) => panic!("it lives after {steps} steps: {imported}"),
        () = fixture.elsewhere.death() => {}
    }
    let services = &fixture.subgraph.services;
    assert_eq!(services.finish_imports().await.unwrap(), 0, "it may still be running");
    fixture.abandon_import().await;
    if successor == Successor::Replica {
        assert_eq!(services.finish_imports().await.unwrap(), 1, "after {steps} steps");
    }

    let imported = fixture.import(variables).await;
    assert_eq!((&imported["expenses"], &imported["payments"]), (&json!(10), &json!(1)));
    let expected = [("Alice", -39_250), ("Bob", 13_100), ("Charlie", 26_150)];
    let expected = expected.map(|(name, minor)| (name.to_owned(), "EUR".to_owned(), minor)).to_vec();
    assert_eq!(fixture.imported_balances().await, expected, "after {steps} steps, {successor:?}");
    let [(_, roster)] = fixture.elsewhere.made().try_into().expect("one group");
    assert_eq!((roster.members.len(), fixture.count().await), (4, 10), "after {steps} steps, {successor:?}");
    assert_eq!(services.finish_imports().await.unwrap(), 0);
    let files = fixture.subgraph.resources.database.collection::<Value>("import_files");
    assert_eq!(files.count_documents(doc! {}).await.unwrap(), 0, "no file is kept");
    fixture.verified().await;
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_refused_import_is_undone_even_if_its_process_is_gone() {
    let fixture = Fixture::open().await;
    // Dies at the payment; the next try of it is refused.
    fixture.elsewhere.die_after(5);
    tokio::select! {
        imported = fixture.import(input("SPLIIT_JSON", SPLIIT, "k", &json!({}))) => panic!("it lives: {imported}"),
        () = fixture.elsewhere.death() => {}
    }
    fixture.elsewhere.refuse(Refusal::new(Code::LedgerFull, "full"));
    fixture.abandon_import().await;
    assert_eq!(fixture.subgraph.services.finish_imports().await.unwrap(), 0, "undone");

    let [(_, roster)] = fixture.elsewhere.made().try_into().expect("one group");
    assert!(roster.archived);
    assert_eq!(fixture.elsewhere.counting(), 0);
    let head = fixture.subgraph.resources.journal.head(roster.group_id.0).await.unwrap();
    assert!(head.is_none_or(|head| head.ledger.nets.iter().all(|row| row.amount_minor == 0)));
    let told = fixture.progress(0, "k").await;
    assert_eq!(told.last().unwrap()["importMoved"]["status"], "UNDONE");
    fixture.verified().await;
    fixture.subgraph.close().await;
}

const BANK: &str = "Date,Description,Amount\n2026-02-01,Rent,-800.00\n2026-02-02,Tea,-3.50\n2026-02-03,Cinema,-12.00\n";

#[tokio::test]
async fn the_chosen_lines_of_a_statement_are_imported() {
    let fixture = Fixture::open().await;
    let all = fixture.import(input("BANK_CSV", BANK, "k", &json!({ "dryRun": true }))).await;
    let second = json!({ "line": 3, "isPayment": false, "description": "Tea", "date": "2026-02-02",
        "total": { "amount": "3.50", "currency": "EUR" } });
    assert_eq!((all["entries"].as_array().unwrap().len(), &all["entries"][1]), (3, &second));

    let chosen = input("BANK_CSV", BANK, "k", &json!({ "lines": [4, 3] }));
    let imported = fixture.import(chosen.clone()).await;
    assert_eq!((&imported["expenses"], fixture.count().await), (&json!(2), 2));
    assert_eq!(fixture.import(chosen).await, imported);
    for (lines, key) in [(json!([1]), "other"), (json!([3, 99]), "other"), (json!([-3]), "other")] {
        let (code, field) = fixture.import_refusal(input("BANK_CSV", BANK, key, &json!({ "lines": lines }))).await;
        assert_eq!((code.as_str(), field.as_str()), ("VALIDATION", "input.lines"));
    }
    let others = input("BANK_CSV", BANK, "k", &json!({ "lines": [3] }));
    assert_eq!(fixture.import_refusal(others).await.0, "IDEMPOTENCY_KEY_REUSED");
    let none = fixture.import(input("BANK_CSV", BANK, "none", &json!({ "lines": [] }))).await;
    assert_eq!((&none["group"], fixture.elsewhere.made().len()), (&Value::Null, 1));
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn the_importing_person_says_who_they_are_in_the_file() {
    let fixture = Fixture::open().await;
    let file = "Date,Description,Category,Cost,Currency,Ada,Bennie\n2026-01-01,Tea,Food,4.00,EUR,-2.00,2.00\n";
    let unknown = input("SPLITWISE_CSV", file, "k", &json!({ "me": "Dora" }));
    assert_eq!(fixture.import_refusal(unknown).await, ("VALIDATION".to_owned(), "input.me".to_owned()));

    fixture.import(input("SPLITWISE_CSV", file, "k", &json!({ "me": "bennie" }))).await;
    let own = fixture.elsewhere.made().remove(0).1.active_member_of(fixture.users[0]).unwrap().name.clone();
    assert_eq!(fixture.imported_balances().await.iter().find(|(name, ..)| *name == own).unwrap().2, 200);
    fixture.verified().await;
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn stated_balances_are_compared_with_what_can_be_imported() {
    let fixture = Fixture::open().await;
    let file = "Date,Description,Category,Cost,Currency,Ada,Ben\n2026-01-01,Tea,Food,4.00,EUR,2.00,-2.00\n\
        2999-01-01,Too late,Food,4.00,EUR,2.00,-2.00\n2026-01-02,Total balance, , ,EUR,4.00,-4.00\n";
    let told = fixture.import(input("SPLITWISE_CSV", file, "k", &json!({ "dryRun": true }))).await;
    let codes: Vec<&str> =
        told["problems"].as_array().unwrap().iter().map(|one| one["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["VALIDATION", "OTHER_BALANCE", "OTHER_BALANCE"], "{told:#}");
    fixture.subgraph.close().await;
}

impl Fixture {
    async fn import_refusal(&self, variables: Value) -> (String, String) {
        let answer = self.subgraph.ask(&self.caller(0), IMPORT, variables).await;
        let extensions = &answer["errors"][0]["extensions"];
        let text = |name: &str| extensions[name].as_str().unwrap_or_default().to_owned();
        (text("code"), text("field"))
    }
}
