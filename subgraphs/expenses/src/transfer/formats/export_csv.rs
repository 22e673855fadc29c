//! The CSV format for exports: a row for each expense and payment, a column for each person with what the row adds to
//! the person's balance. Each row adds up to zero.

use csv::Writer;
use kit::text::not_a_formula as safe;
use money::Amount;

use crate::transfer::{Kind, LedgerEntry, LedgerFile};

const HEADINGS: [&str; 7] = ["Date", "Kind", "Description", "Category", "Notes", "Amount", "Currency"];

/// Writes a ledger as CSV.
pub(super) fn write(file: &LedgerFile) -> Result<String, String> {
    let mut table = Writer::from_writer(Vec::new());
    let headings = HEADINGS.iter().map(|heading| (*heading).to_owned());
    let people = file.people.iter().map(|name| safe(name));
    table.write_record(headings.chain(people)).map_err(|error| error.to_string())?;
    for entry in &file.entries {
        table.write_record(row(entry, file.people.len())).map_err(|error| error.to_string())?;
    }
    let bytes = table.into_inner().map_err(|error| error.to_string())?;
    String::from_utf8(bytes).map_err(|error| error.to_string())
}

fn row(entry: &LedgerEntry, people: usize) -> Vec<String> {
    let kind = match entry.kind {
        Kind::Expense => "expense",
        Kind::Payment => "payment",
    };
    let text = |text: &Option<String>| safe(text.as_deref().unwrap_or_default());
    let mut nets = vec![0_i64; people];
    for (person, minor) in &entry.payers {
        nets[*person] += minor;
    }
    for (person, minor) in &entry.shares {
        nets[*person] -= minor;
    }
    let currency = entry.total.currency;
    let mut row = vec![
        entry.date.to_string(),
        kind.to_owned(),
        safe(&entry.description),
        text(&entry.category),
        text(&entry.notes),
        entry.total.to_string(),
        currency.code().to_owned(),
    ];
    row.extend(nets.into_iter().map(|minor| Amount::new(minor, currency).to_string()));
    row
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_never_a_formula() {
        for text in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"] {
            assert_eq!(safe(text), format!("'{text}"));
        }
        assert_eq!(safe("Dinner = 5"), "Dinner = 5");
    }
}
