//! Nextcloud Cospend: several tables in one file. Weights belong to members; bills may be marked as deleted.

use std::collections::HashMap;

use money::{Currency, parse_hundredths};

use super::{
    fields::{currency, other_file},
    ihatemoney::{Bill, file_of, names},
    table::{Row, column, rows, separator},
};
use crate::transfer::{Fault, LedgerFile};

/// The category of payments.
const REIMBURSEMENT: &str = "-11";

pub(super) fn read(text: &str, otherwise: Currency) -> Result<LedgerFile, Fault> {
    let rows = rows(text, separator(text));
    let mut weights = HashMap::new();
    let mut code = String::new();
    let mut bills = Vec::new();
    let mut header: Option<&Row> = None;
    for row in &rows {
        if is_header(row) {
            header = Some(row);
            continue;
        }
        match header {
            Some(table) if column(table, &["payer_name"]).is_some() => bills.extend(bill(table, row)),
            Some(table) if table.cell(0) == "name" => {
                let weight = column(table, &["weight"]).and_then(|place| parse_hundredths(row.cell(place)).ok());
                weights.extend(weight.map(|weight| (row.cell(0).to_owned(), weight)));
            }
            Some(table) if table.cell(0) == "currencyname" && row.cell(1) == "1" => {
                row.cell(0).clone_into(&mut code);
            }
            _ => {}
        }
    }
    if bills.is_empty() && weights.is_empty() {
        return Err(other_file("Cospend"));
    }
    let mut file = file_of(&bills, weights.clone(), currency(&code, otherwise)?);
    let mut members: Vec<&String> = weights.keys().collect();
    members.sort();
    for name in members {
        file.person(name);
    }
    Ok(file)
}

/// Whether a row is the header of one of the tables.
fn is_header(row: &Row) -> bool {
    let begins = ["name", "what", "categoryname", "paymentmodename", "currencyname"];
    begins.contains(&row.cell(0))
        && row
            .cells
            .iter()
            .skip(1)
            .any(|cell| ["weight", "amount", "categoryid", "paymentmodeid", "exchange_rate"].contains(&cell.trim()))
}

/// Returns a bill; `None` if it is marked as deleted.
fn bill(table: &Row, row: &Row) -> Option<Bill> {
    let cell = |name: &str| column(table, &[name]).map_or("", |place| row.cell(place)).to_owned();
    if cell("deleted") == "1" {
        return None;
    }
    let comment = percent_decoded(&cell("comment"));
    Some(Bill {
        line: row.line,
        date: cell("date"),
        what: cell("what"),
        amount: cell("amount"),
        currency: String::new(),
        payer_name: cell("payer_name"),
        payer_weight: cell("payer_weight"),
        owers: names(&cell("owers")),
        kind: if cell("categoryid") == REIMBURSEMENT { "Reimbursement".to_owned() } else { String::new() },
        notes: Some(comment).filter(|comment| !comment.trim().is_empty()),
    })
}

/// Decodes a form-encoded text.
fn percent_decoded(text: &str) -> String {
    let encoded = format!("x={text}");
    reqwest::Url::parse(&format!("http://localhost/?{encoded}"))
        .ok()
        .and_then(|url| url.query_pairs().next().map(|(_, value)| value.into_owned()))
        .unwrap_or_else(|| text.to_owned())
}
