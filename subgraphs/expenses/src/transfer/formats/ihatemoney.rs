//! I Hate Money: bills paid by one person for several. Each bill has the weight of its payer.

use std::collections::HashMap;

use money::{Currency, Split, parse_hundredths};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use super::{
    fields::{amount, currency, day, other_file},
    table::{column, rows, separator},
};
use crate::transfer::{Fault, Kind, LedgerEntry, LedgerFile, shared};

/// The weight of a person without a known one, in hundredths.
const ONE: u64 = 100;

/// A bill, with numbers as text.
#[derive(Deserialize)]
pub(super) struct Bill {
    #[serde(skip)]
    pub(super) line: usize,
    pub(super) date: String,
    pub(super) what: String,
    #[serde(deserialize_with = "written")]
    pub(super) amount: String,
    #[serde(default)]
    pub(super) currency: String,
    pub(super) payer_name: String,
    #[serde(deserialize_with = "written")]
    pub(super) payer_weight: String,
    pub(super) owers: Vec<String>,
    #[serde(default, rename = "bill_type")]
    pub(super) kind: String,
    #[serde(skip)]
    pub(super) notes: Option<String>,
}

/// Reads a number or a text as a text.
fn written<'de, D: Deserializer<'de>>(input: D) -> Result<String, D::Error> {
    Ok(match Value::deserialize(input)? {
        Value::String(text) => text,
        other => other.to_string(),
    })
}

pub(super) fn read_json(text: &str, otherwise: Currency) -> Result<LedgerFile, Fault> {
    let mut bills: Vec<Bill> = serde_json::from_str(text).map_err(|_| other_file("I Hate Money"))?;
    for (place, bill) in bills.iter_mut().enumerate() {
        bill.line = place + 1;
    }
    Ok(file_of(&bills, HashMap::new(), otherwise))
}

pub(super) fn read_csv(text: &str, otherwise: Currency) -> Result<LedgerFile, Fault> {
    let rows = rows(text, separator(text));
    let header = rows.first().ok_or_else(|| other_file("I Hate Money"))?;
    let place = |name: &str| column(header, &[name]).ok_or_else(|| other_file("I Hate Money"));
    let (date, what, amount) = (place("date")?, place("what")?, place("amount")?);
    let (payer, weight, owers) = (place("payer_name")?, place("payer_weight")?, place("owers")?);
    let (code, kind) = (column(header, &["currency"]), column(header, &["bill_type"]));
    let bills: Vec<Bill> = rows[1..]
        .iter()
        .map(|row| Bill {
            line: row.line,
            date: row.cell(date).to_owned(),
            what: row.cell(what).to_owned(),
            amount: row.cell(amount).to_owned(),
            currency: code.map_or(String::new(), |code| row.cell(code).to_owned()),
            payer_name: row.cell(payer).to_owned(),
            payer_weight: row.cell(weight).to_owned(),
            owers: names(row.cell(owers)),
            kind: kind.map_or(String::new(), |kind| row.cell(kind).to_owned()),
            notes: None,
        })
        .collect();
    Ok(file_of(&bills, HashMap::new(), otherwise))
}

/// Splits a cell with several names.
pub(super) fn names(cell: &str) -> Vec<String> {
    cell.split(',').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

/// Converts bills to a ledger; `weights` has known weights by name.
pub(super) fn file_of(bills: &[Bill], mut weights: HashMap<String, u64>, otherwise: Currency) -> LedgerFile {
    for bill in bills {
        if let Ok(weight) = parse_hundredths(decimal(&bill.payer_weight)) {
            weights.entry(bill.payer_name.trim().to_owned()).or_insert(weight);
        }
    }
    let mut file = LedgerFile::default();
    for bill in bills {
        let entry = bill.entry(&mut file, &weights, otherwise);
        file.add(bill.line, entry);
    }
    file
}

/// Returns a weight without trailing zeros.
fn decimal(text: &str) -> &str {
    if text.contains('.') { text.trim().trim_end_matches('0').trim_end_matches('.') } else { text.trim() }
}

impl Bill {
    fn entry(
        &self,
        file: &mut LedgerFile,
        weights: &HashMap<String, u64>,
        otherwise: Currency,
    ) -> Result<Option<LedgerEntry>, Fault> {
        let total = amount(&self.amount, currency(&self.currency, otherwise)?)?;
        let payer = file.person(&self.payer_name);
        let weight = |name: &String| weights.get(name.trim()).copied().unwrap_or(ONE);
        let weighed: Vec<(usize, u64)> = self.owers.iter().map(|name| (file.person(name), weight(name))).collect();
        if total.minor == 0 {
            return Ok(None);
        }
        let is_payment = self.kind == "Reimbursement"
            && total.minor > 0
            && matches!(weighed.as_slice(), [(ower, _)] if *ower != payer);
        Ok(Some(LedgerEntry {
            rate: None,
            line: self.line,
            kind: if is_payment { Kind::Payment } else { Kind::Expense },
            description: self.what.clone(),
            date: day(&self.date)?,
            category: None,
            notes: self.notes.clone(),
            total,
            payers: vec![(payer, total.minor)],
            shares: shared(total, &Split::Weights(weighed))?,
        }))
    }
}
