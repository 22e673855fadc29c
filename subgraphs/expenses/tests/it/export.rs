//! Exports: what importing one gives, and how a spreadsheet reads one.

use std::collections::BTreeMap;

use contracts::{UserId, roster::Roster};
use kit::{Caller, testing::person};
use money::{Amount, Currency};
use mongodb::bson::doc;
use serde_json::{Value, json};

use crate::{fixture::Fixture, lists::fill, splits::splits};

const EXPORT: &str = "query($group: ID!, $format: ExportFormat!, $from: Date, $to: Date) {
    exportGroup(groupId: $group, format: $format, from: $from, to: $to) { filename mediaType content } }";
const IMPORT: &str =
    "mutation($input: ImportInput!) { importLedger(input: $input) { expenses payments people problems { message } } }";
const DELETE: &str = "mutation($id: ID!) { deleteExpense(id: $id, expectedVersion: 1) { version } }";

/// Minor units by name of the member and code of the currency, without zeros.
type Balances = BTreeMap<(String, &'static str), i64>;

fn euro(minor: i64) -> Amount {
    Amount::new(minor, Currency::from_code("EUR").unwrap())
}

fn asked(fixture: &Fixture, format: &str) -> Value {
    json!({ "group": fixture.group.group_id, "format": format })
}

impl Fixture {
    async fn export(&self, format: &str) -> Value {
        self.subgraph.data(&self.caller(0), EXPORT, asked(self, format)).await["exportGroup"].take()
    }

    /// Creates expenses of every kind and payments among all members; one member leaves.
    async fn spend_in_every_way(&mut self) {
        for (mode, split) in splits(self) {
            self.create(0, self.dinner_with(mode, &json!({ "split": split, "date": "2026-03-01" }))).await;
        }
        let several = json!({
            "total": { "amount": "10.001", "currency": "KWD" },
            "description": "=Taxi, \"quoted\"",
            "notes": "two\nlines",
            "category": "travel",
            "rate": "2.9741",
            "date": "2026-01-31",
            "payers": [{ "memberId": self.member(1), "amount": "10" }, { "memberId": self.member(3), "amount": "0.001" }],
            "split": { "equal": [self.member(3), self.member(1)] },
        });
        self.create(1, self.dinner_with("several", &several)).await;
        let refund = json!({
            "total": { "amount": "-30", "currency": "JPY" },
            "payers": [{ "memberId": self.member(0), "amount": "-30" }],
            "date": "2026-04-01",
        });
        self.create(1, self.dinner_with("refund", &refund)).await;
        let deleted = self.create(0, self.dinner_with("deleted", &json!({ "date": "2026-04-02" }))).await;
        self.subgraph.data(&self.caller(0), DELETE, json!({ "id": deleted["id"] })).await;
        self.elsewhere.pay("2026-03-05", self.member(1), self.member(0), euro(12_34), Some("+thanks\n:)"));
        self.elsewhere.pay("2026-02-05", self.member(3), self.member(2), euro(1), None);
        self.leave(2);
    }

    /// Returns the balances of a group's expenses and these payments.
    async fn balances(
        &self,
        roster: &Roster,
        payments: &[(contracts::MemberId, contracts::MemberId, Amount)],
    ) -> Balances {
        let name = |id| roster.member(id).unwrap().name.clone();
        let head = self.subgraph.resources.journal.head(roster.group_id.0).await.unwrap().unwrap();
        let mut balances = Balances::new();
        for row in &head.ledger.nets {
            *balances.entry((name(row.member_id), row.currency.code())).or_default() += row.amount_minor;
        }
        for (from, to, amount) in payments {
            *balances.entry((name(*from), amount.currency.code())).or_default() += amount.minor;
            *balances.entry((name(*to), amount.currency.code())).or_default() -= amount.minor;
        }
        balances.retain(|_, minor| *minor != 0);
        balances
    }
}

#[tokio::test]
async fn an_imported_export_has_the_same_balances() {
    let mut fixture = Fixture::open().await;
    fixture.spend_in_every_way().await;
    let file = fixture.export("JSON").await;
    let name = file["filename"].as_str().unwrap();
    let (group_and_day, extension) = name.rsplit_once('.').unwrap();
    assert!(group_and_day.starts_with("quits-trip-20") && extension == "json", "{name}");
    assert_eq!(file["mediaType"], "application/json");

    let input = json!({ "format": "QUITS_JSON", "content": file["content"], "idempotencyKey": "k" });
    let imported = fixture.subgraph.data(&fixture.caller(0), IMPORT, json!({ "input": input })).await;
    let expected = json!({ "expenses": 8, "payments": 2, "people": ["Ada", "Ben", "Dora", "Cleo"], "problems": [] });
    assert_eq!(imported["importLedger"], expected);

    let known: Vec<_> = fixture.elsewhere.known().iter().map(|one| (one.from, one.to, one.amount)).collect();
    let recorded: Vec<_> = fixture.elsewhere.recorded().iter().map(|one| (one.from, one.to, one.amount)).collect();
    let (_, copy) = fixture.elsewhere.made().remove(0);
    assert_eq!((copy.name.as_str(), copy.currency.code()), ("Trip", "EUR"));
    let before = fixture.balances(&fixture.group, &known).await;
    assert_eq!(fixture.balances(&copy, &recorded).await, before);
    assert_eq!(before.keys().map(|(_, code)| *code).collect::<std::collections::BTreeSet<_>>().len(), 3);
    let copied = fixture.subgraph.resources.database.collection::<Value>("expenses");
    let of_copy = doc! { "group_id": copy.group_id.to_string(), "conversion": { "$type": "object" } };
    let taxi = copied.find_one(of_copy).await.unwrap().expect("the rate came along");
    assert_eq!(taxi["conversion"], json!({ "rate": "2.9741", "currency": "EUR" }));
    assert_eq!(fixture.elsewhere.recorded()[1].note.as_deref(), Some("+thanks\n:)"));
    fixture.verified().await;
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn the_rows_of_a_table_add_up_to_zero_and_none_is_a_formula() {
    let mut fixture = Fixture::open().await;
    fixture.spend_in_every_way().await;
    fixture.group.members[3].name = "@Dora".to_owned();
    fixture.rosters.put(fixture.group.clone());
    let file = fixture.export("CSV").await;
    assert_eq!(file["mediaType"], "text/csv; charset=utf-8");

    let mut table = csv::Reader::from_reader(file["content"].as_str().unwrap().as_bytes());
    let headings: Vec<String> = table.headers().unwrap().iter().map(str::to_owned).collect();
    let expected =
        ["Date", "Kind", "Description", "Category", "Notes", "Amount", "Currency", "Ada", "Ben", "'@Dora", "Cleo"];
    assert_eq!(headings, expected);
    let rows: Vec<csv::StringRecord> = table.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 10);
    let minor = |cell: &str| cell.replace('.', "").parse::<i64>().unwrap();
    for row in &rows {
        assert_eq!(row.iter().skip(7).map(minor).sum::<i64>(), 0, "{row:?}");
        assert!(!row.iter().skip(2).take(3).any(|cell| cell.starts_with(['=', '+', '-', '@', '\t', '\r'])), "{row:?}");
    }
    assert_eq!(rows[0].get(2), Some("'=Taxi, \"quoted\""), "the oldest is the first");
    let payment = rows.iter().find(|row| row.get(1) == Some("payment") && row.get(5) == Some("12.34")).unwrap();
    assert_eq!(
        payment.iter().skip(4).collect::<Vec<_>>(),
        ["'+thanks\n:)", "12.34", "EUR", "-12.34", "12.34", "0.00", "0.00"]
    );
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn many_payments_are_exported_whole() {
    let fixture = Fixture::open().await;
    for _ in 0..1_201 {
        fixture.elsewhere.pay("2026-02-05", fixture.member(1), fixture.member(0), euro(1), None);
    }
    let content = fixture.export("CSV").await["content"].take();
    assert_eq!(content.as_str().unwrap().lines().count(), 1_202);
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_group_that_is_too_large_for_one_file_is_exported_in_parts() {
    let fixture = Fixture::open().await;
    fixture.create(0, fixture.dinner("k")).await;
    fill(&fixture, 11_000).await;
    let mut variables = asked(&fixture, "CSV");
    assert_eq!(fixture.subgraph.code(&fixture.caller(0), EXPORT, variables.clone()).await, "VALIDATION");
    variables["from"] = json!("2000-01-01");
    variables["to"] = json!("2000-01-03");
    let part = fixture.subgraph.data(&fixture.caller(0), EXPORT, variables.clone()).await;
    let days: Vec<&str> =
        part["exportGroup"]["content"].as_str().unwrap().lines().skip(1).map(|row| &row[..10]).collect();
    // There are two expenses per day, and those of the second day are deleted.
    assert_eq!(days, ["2000-01-01", "2000-01-01", "2000-01-03", "2000-01-03"]);
    variables["to"] = json!("soon");
    assert_eq!(fixture.subgraph.code(&fixture.caller(0), EXPORT, variables).await, "VALIDATION");
    fixture.subgraph.close().await;
}

#[tokio::test]
async fn only_members_export_a_group() {
    let mut fixture = Fixture::open().await;
    fixture.create(0, fixture.dinner("k")).await;
    fixture.leave(2);
    let variables = asked(&fixture, "JSON");
    assert_eq!(fixture.subgraph.code(&Caller::anonymous(), EXPORT, variables.clone()).await, "UNAUTHENTICATED");
    let stranger = person(UserId::new());
    let nowhere = json!({ "group": contracts::GroupId::new(), "format": "JSON" });
    let unknown = fixture.subgraph.ask(&stranger, EXPORT, nowhere).await;
    assert_eq!(unknown["errors"][0]["extensions"]["code"], "GROUP_NOT_FOUND");
    for caller in [stranger, fixture.caller(2)] {
        assert_eq!(fixture.subgraph.ask(&caller, EXPORT, variables.clone()).await, unknown);
    }
    assert_eq!(
        fixture.subgraph.code(&fixture.caller(0), EXPORT, json!({ "group": "none", "format": "JSON" })).await,
        "GROUP_NOT_FOUND"
    );
    fixture.subgraph.close().await;
}
