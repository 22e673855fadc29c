use std::collections::BTreeMap;

use money::Amount;

use super::*;
use crate::transfer::Kind;

fn euro() -> Currency {
    Currency::from_code("EUR").unwrap()
}

fn file(format: Format, bytes: &[u8]) -> LedgerFile {
    read(format, bytes, euro()).unwrap()
}

macro_rules! example {
    ($format:ident, $path:literal) => {
        file(Format::$format, include_bytes!(concat!("../../../tests/files/", $path)))
    };
}

/// Returns the balances that are not zero, by name, such as `Ada 6.11 USD`.
fn balances(file: &LedgerFile) -> Vec<String> {
    let named: BTreeMap<_, _> = file
        .balances()
        .into_iter()
        .filter(|(_, minor)| *minor != 0)
        .map(|((person, currency), minor)| {
            ((file.people[person].clone(), currency.code()), Amount::new(minor, currency))
        })
        .collect();
    named.into_iter().map(|((name, code), amount)| format!("{name} {amount} {code}")).collect()
}

fn count(file: &LedgerFile, kind: Kind) -> usize {
    file.entries.iter().filter(|entry| entry.kind == kind).count()
}

#[test]
fn splitwise_groups_have_the_stated_balances() {
    let drift = example!(SplitwiseCsv, "splitwise/group-7-people-drift.csv");
    assert_eq!(
        (balances(&drift), drift.people.len(), drift.problems.len()),
        (Vec::new(), 7, 0),
        "{:?}",
        drift.problems
    );
    assert_eq!((count(&drift, Kind::Expense), count(&drift, Kind::Payment)), (15, 6));

    let german = example!(SplitwiseCsv, "splitwise/group-de-two-currencies.csv");
    let expected = [
        "Ada Gärtner -104.18 EUR",
        "Ada Gärtner 102.03 USD",
        "BEN -2466.17 EUR",
        "BEN -22.50 USD",
        "Cem 312.52 EUR",
        "Cem 17.50 USD",
        "Dora 2257.83 EUR",
        "Dora -97.03 USD",
    ];
    assert_eq!((balances(&german), german.problems.len()), (expected.map(str::to_owned).to_vec(), 0), "{german:?}");
    assert_eq!((count(&german, Kind::Payment), german.entries[2].description.as_str()), (1, "14,30"));

    let friend = example!(SplitwiseCsv, "splitwise/friend-with-preamble.csv");
    assert_eq!(balances(&friend), ["Ada 1790.00 CAD", "Friend A -1790.00 CAD"]);
}

#[test]
fn a_total_that_differs_from_the_rows_is_reported_to_the_cent() {
    let text = "Date,Description,Category,Cost,Currency,Ada,Ben\n2026-01-01,Tea,Food,4.00,EUR,2.00,-2.00\n\
        2026-01-02,Total balance, , ,EUR,2.01,-2.01\n";
    let problems: Vec<String> =
        file(Format::SplitwiseCsv, text.as_bytes()).problems.into_iter().map(|one| one.problem.message).collect();
    assert_eq!(
        problems,
        [
            "The file says 2.01 EUR for Ada; its rows make 2.00 EUR.",
            "The file says -2.01 EUR for Ben; its rows make -2.00 EUR."
        ]
    );
}

#[test]
fn spliit_files_keep_every_split_mode() {
    let group = example!(SpliitJson, "spliit/group-export-all-features.json");
    assert_eq!(balances(&group), ["Alice -392.50 EUR", "Bob 131.00 EUR", "Charlie 261.50 EUR"]);
    assert_eq!((group.name.as_deref(), count(&group, Kind::Payment)), (Some("Test Import Complex Group"), 1));
    let table = "Date,Description,Category,Currency,Cost,Original cost,Original currency,Conversion rate,\
        Is Reimbursement,Split mode,Ada,Ben\n2026-06-01,Tea,General,EUR,4.00,,,,No,Evenly,2.00,-2.00\n\
        2026-06-02,Back,Payment,EUR,1.50,,,,Yes,Evenly,-1.50,1.50\n";
    let table = file(Format::SpliitCsv, table.as_bytes());
    assert_eq!(
        (balances(&table), count(&table, Kind::Payment)),
        (vec!["Ada 0.50 EUR".to_owned(), "Ben -0.50 EUR".to_owned()], 1)
    );
}

#[test]
fn tricount_i_hate_money_and_cospend_have_the_known_balances() {
    let trip = example!(TricountJson, "tricount/registry-two-transactions.json");
    assert_eq!(
        (balances(&trip), trip.people.len()),
        (vec!["Giulia -6.25 EUR".to_owned(), "Marco 6.25 EUR".to_owned()], 2)
    );

    let bills = example!(IhatemoneyCsv, "ihatemoney/bills.csv");
    assert_eq!(balances(&bills), ["fred 184.67 EUR", "pépé -2.00 EUR", "tata -55.34 EUR", "zorglub -127.33 EUR"]);
    let bills = example!(IhatemoneyJson, "ihatemoney/export-bills.json");
    assert_eq!(balances(&bills), ["jeanne 184.67 EUR", "pépé -2.00 EUR", "tata -55.34 EUR", "zorglub -127.33 EUR"]);
    assert_eq!(count(&bills, Kind::Payment), 1);
    let bills = example!(IhatemoneyJson, "ihatemoney/import-7.0.json");
    assert_eq!(balances(&bills).len(), 4);

    let cospend = example!(CospendCsv, "cospend/sections.csv");
    assert_eq!(balances(&cospend), ["Ada 6.11 USD", "Ben 27.22 USD", "Cem -33.33 USD"]);
    assert_eq!(cospend.entries[0].notes.as_deref(), Some("pizza & drinks"));
    assert_eq!(cospend.entries[1].description, "Train \"tickets\"");
}

#[test]
fn money_that_left_a_bank_account_is_an_expense_of_its_owner() {
    let dkb = example!(BankCsv, "bank/dkb.csv");
    let amounts: Vec<String> = dkb.entries.iter().map(|entry| entry.total.to_string()).collect();
    assert_eq!(amounts, ["8.67", "1450.00"], "{dkb:?}");
    assert_eq!((dkb.problems.len(), dkb.importer), (1, Some(0)));
    assert!(dkb.problems[0].problem.message.contains("1000.00 EUR came in"), "{:?}", dkb.problems);
    let revolut = example!(BankCsv, "bank/revolut-it.csv");
    assert_eq!((revolut.entries.len(), revolut.entries[0].total.to_string()), (1, "12.50".to_owned()));
    assert_eq!(revolut.entries[0].date.to_string(), "2026-10-05");
    let latin: Vec<u8> = "Buchungstag;Empfänger;Betrag\n01.02.2026;Bäcker;-3,20\n"
        .chars()
        .map(|letter| u8::try_from(u32::from(letter)).unwrap())
        .collect();
    assert_eq!(file(Format::BankCsv, &latin).entries[0].description, "Bäcker");
}

#[test]
fn empty_files_and_other_formats_have_different_errors() {
    for format in
        [Format::QuitsJson, Format::SplitwiseCsv, Format::SpliitJson, Format::TricountJson, Format::CospendCsv]
    {
        assert_eq!(read(format, b" \n ", euro()).unwrap_err(), Fault::EmptyFile);
        let other = read(format, b"{\"a\": 1}", euro()).unwrap_err();
        assert!(matches!(other, Fault::OtherFile { .. }), "{format:?}: {other}");
    }
    let nothing = file(Format::SplitwiseCsv, b"Date,Description,Category,Cost,Currency,Ada,Ben\n");
    assert_eq!(nothing.problems[0].problem.message, "There is nothing in this file that could be taken over.");
}

#[test]
fn rows_that_do_not_add_up_are_reported_by_line() {
    let text = "Date,Description,Category,Cost,Currency,Ada,Ben\n2026-01-01,Tea,Food,4.00,EUR,2.00,-1.00\n\
        2026-01-01,Tea,Food,4.001,EUR,2.00,-2.00\n2026-13-01,Tea,Food,4.00,EUR,2.00,-2.00\n";
    let lines: Vec<usize> = file(Format::SplitwiseCsv, text.as_bytes()).problems.iter().map(|one| one.line).collect();
    assert_eq!(lines, [2, 3, 4]);
}
