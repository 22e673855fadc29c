use std::collections::BTreeMap;

use money::Amount;

use super::*;
use crate::transfer::Kind;

fn euro() -> Currency {
    Currency::from_code("EUR").unwrap()
}

fn file(format: Format, bytes: &[u8]) -> LedgerFile {
    let mut file = read(format, bytes, euro()).unwrap();
    file.conclude();
    file
}

fn messages(file: &LedgerFile) -> Vec<String> {
    file.problems.iter().map(|one| one.problem.message.clone()).collect()
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
    assert_eq!(
        messages(&file(Format::SplitwiseCsv, text.as_bytes())),
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
    assert_eq!(balances(&bills), ["jeanne 184.67 EUR", "pepe -2.00 EUR", "tata -55.34 EUR", "zorglub -127.33 EUR"]);

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
}

#[test]
fn tables_are_read_in_the_character_set_of_their_program() {
    let table =
        |name: &str| format!("Buchungstag;Empfänger;Betrag\n01.02.2026;{name};-3,20\n02.02.2026;{name};-1,00\n");
    let plain = |name: &str| format!("Date;Description;Amount\n2026-02-01;{name};-3,20\n2026-02-02;{name};-1,00\n");
    let encoded = |encoding: &'static encoding_rs::Encoding, text: &str| encoding.encode(text).0.into_owned();
    let utf16 = |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_le_bytes).collect() };
    for (name, bytes) in [
        ("Bäcker", table("Bäcker").into_bytes()),
        ("Bäcker", encoded(encoding_rs::WINDOWS_1252, &table("Bäcker"))),
        ("Żabka Łódź, pieczywo świeże", encoded(encoding_rs::WINDOWS_1250, &plain("Żabka Łódź, pieczywo świeże"))),
        ("Пятёрочка продукты", encoded(encoding_rs::WINDOWS_1251, &plain("Пятёрочка продукты"))),
        ("スーパーマーケット新宿店", encoded(encoding_rs::SHIFT_JIS, &plain("スーパーマーケット新宿店"))),
        ("Bäcker", utf16(&table("Bäcker"))),
    ] {
        let read = file(Format::BankCsv, &bytes);
        assert_eq!(read.entries.first().map(|entry| entry.description.as_str()), Some(name), "{read:?}");
    }
}

/// Returns the day and the total of each expense of a bank statement.
fn spent(text: &str) -> Vec<String> {
    let read = file(Format::BankCsv, text.as_bytes());
    read.entries.iter().map(|entry| format!("{} {}", entry.date, entry.total)).collect()
}

#[test]
fn thousands_and_decimals_of_a_bank_are_told_apart_by_the_whole_statement() {
    assert_eq!(spent("Datum;Beschreibung;Betrag\n01.02.26;Miete;-1.450\n"), ["2026-02-01 1450.00"]);
    assert_eq!(spent("Datum;Beschreibung;Betrag\n01.02.26;Miete;-1.087\n"), ["2026-02-01 1087.00"]);
    let balance = "Saldo,\"5.000,01 EUR\"\nDate,Description,Amount\n2026-02-01,Rent,-1.450\n";
    assert_eq!(spent(balance), ["2026-02-01 1450.00"]);
    let points =
        "Date,Description,Amount\n2026-02-01,Rent,\"-1,450.00\"\n2026-02-02,Tea,-3.5\n2026-02-03,Car,\"-12,000\"\n";
    assert_eq!(spent(points), ["2026-02-01 1450.00", "2026-02-02 3.50", "2026-02-03 12000.00"]);

    let unclear = file(Format::BankCsv, b"Date,Description,Amount\n2026-02-01,Rent,-1.450\n2026-02-02,Tea,-3\n");
    assert_eq!(
        (messages(&unclear), unclear.entries.len()),
        (vec!["\"-1.450\" is not an amount of EUR.".to_owned()], 1)
    );
}

#[test]
fn a_bank_that_writes_the_month_first_is_recognised_by_its_dates() {
    let american = "Date,Description,Amount\n07/05/2026,Tea,-3.00\n07/25/2026,Tea,-4.00\n";
    assert_eq!(spent(american), ["2026-07-05 3.00", "2026-07-25 4.00"]);
    assert_eq!(spent("Date,Description,Amount\n07/05/2026,Tea,-3.00\n"), ["2026-05-07 3.00"]);
}

#[test]
fn refunds_alone_are_negative_expenses_and_in_a_bank_nothing_to_import() {
    let refunds = "Date,Description,Category,Cost,Currency,Ada,Ben\n2026-01-01,Refund,Food,-4.00,EUR,-2.00,2.00\n";
    let refunds = file(Format::SplitwiseCsv, refunds.as_bytes());
    assert_eq!(
        (balances(&refunds), messages(&refunds).len()),
        (vec!["Ada -2.00 EUR".to_owned(), "Ben 2.00 EUR".to_owned()], 0)
    );
    let income = file(Format::BankCsv, b"Date,Description,Amount\n2026-01-01,Salary,1000.00\n2026-01-02,Refund,5.00\n");
    let expected = [
        "1000.00 EUR came in: that is not an expense.",
        "5.00 EUR came in: that is not an expense.",
        "There is nothing in this file that could be taken over.",
    ];
    assert_eq!(messages(&income), expected);
}

#[test]
fn splitwise_tables_are_read_in_every_language() {
    #[derive(serde::Deserialize)]
    struct Words {
        headings: Vec<Vec<String>>,
        total_balance: Vec<String>,
        payment: Vec<String>,
    }
    let words: Words = serde_json::from_str(include_str!("splitwise.json")).unwrap();
    assert_eq!((words.headings.len(), words.total_balance.len()), (12, 13));
    for heading in &words.headings {
        for (total, payment) in words.total_balance.iter().zip(words.payment.iter().cycle()) {
            let heading = heading.join(",");
            let text = format!(
                "{heading},Ada,Ben\n2026-01-01,Tea,Food,4.00,EUR,2.00,-2.00\n2026-01-02,Back,{payment},2.00,EUR,-2.00,2.00\n\
                2026-01-03,{total}, , ,EUR,0.00,0.00\n"
            );
            let read = file(Format::SplitwiseCsv, text.as_bytes());
            assert_eq!((balances(&read).len(), messages(&read).len(), read.expected.len()), (0, 0, 2), "{text}");
            assert_eq!(count(&read, Kind::Payment), 1, "{text}");
        }
    }
}

#[test]
fn a_splitwise_row_that_says_who_paid_whom_is_a_payment() {
    let text = "Date,Description,Category,Cost,Currency,Ada,Ben\n2026-01-01,Ada paid Ben,General,4.00,EUR,4.00,-4.00\n\
        2026-01-01,Ben paid Ada,General,4.00,EUR,4.00,-4.00\n";
    let kinds: Vec<Kind> = file(Format::SplitwiseCsv, text.as_bytes()).entries.iter().map(|entry| entry.kind).collect();
    assert_eq!(kinds, [Kind::Payment, Kind::Expense]);
}

#[test]
fn people_of_the_same_name_stay_different_people() {
    let splitwise =
        "Date,Description,Category,Cost,Currency,Ben,ben,,Ada\n2026-01-01,Tea,Food,4.00,EUR,2.00,-1.50,,-0.50\n";
    let spliit = "Date,Description,Category,Currency,Cost,Split mode,Ben,ben,,Ada\n2026-01-01,Tea,Food,EUR,4.00,Evenly,2.00,-1.50,,-0.50\n";
    for (format, text) in [(Format::SplitwiseCsv, splitwise), (Format::SpliitCsv, spliit)] {
        let read = file(format, text.as_bytes());
        assert_eq!(balances(&read), ["Ada -0.50 EUR", "Ben 2.00 EUR", "ben (2) -1.50 EUR"], "{format:?} {read:?}");
    }
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
    // Line 0 stands for the file: nothing of it is left.
    assert_eq!(lines, [2, 3, 4, 0]);
}
