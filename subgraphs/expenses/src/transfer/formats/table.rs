//! Reads tables of text: character encodings, separators, rows.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use csv::ReaderBuilder;
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::transfer::LedgerFile;

/// A row with its cells.
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// Its first line, counted from 1.
    pub(super) line: usize,
    pub(super) cells: Vec<String>,
}

impl Row {
    /// Returns the trimmed text of a cell; empty if there is none.
    pub(super) fn cell(&self, place: usize) -> &str {
        self.cells.get(place).map_or("", |cell| cell.trim())
    }
}

/// Decodes a file: by its byte order mark, else as UTF-8 if valid, else in the encoding that its bytes suggest.
pub(super) fn decoded(bytes: &[u8]) -> String {
    let marked = Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
    let encoding = marked.or_else(|| utf16(bytes)).unwrap_or_else(|| {
        let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
        detector.feed(bytes, true);
        if std::str::from_utf8(bytes).is_ok() { UTF_8 } else { detector.guess(None, Utf8Detection::Allow) }
    });
    encoding.decode(bytes).0.into_owned()
}

/// Returns the UTF-16 encoding of a text without a byte order mark: its separators and digits have a zero byte each.
fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let zeros = |odd: usize| bytes.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    let enough = bytes.len().div_ceil(4).max(1);
    match (zeros(0) >= enough, zeros(1) >= enough) {
        (false, true) => Some(UTF_16LE),
        (true, false) => Some(UTF_16BE),
        _ => None,
    }
}

/// Returns the rows of a table without empty ones.
pub(super) fn rows(text: &str, separator: u8) -> Vec<Row> {
    let mut reader =
        ReaderBuilder::new().delimiter(separator).flexible(true).has_headers(false).from_reader(text.as_bytes());
    let row = |record: csv::StringRecord| {
        let line = record.position().map_or(0, csv::Position::line);
        Row { line: usize::try_from(line).unwrap_or(0), cells: record.iter().map(str::to_owned).collect() }
    };
    let rows = reader.records().filter_map(Result::ok).map(row);
    rows.filter(|row| row.cells.iter().any(|cell| !cell.trim().is_empty())).collect()
}

/// Returns the most frequent of the separators `;`, tab and `,`.
pub(super) fn separator(text: &str) -> u8 {
    let count = |separator: u8| text.bytes().filter(|byte| *byte == separator).count();
    [b';', b'\t', b','].into_iter().max_by_key(|separator| count(*separator)).unwrap_or(b',')
}

/// Returns the index of the first column with one of these headings, ignoring case.
pub(super) fn column(header: &Row, names: &[&str]) -> Option<usize> {
    names.iter().find_map(|name| header.cells.iter().position(|cell| cell.trim().to_lowercase() == *name))
}

impl LedgerFile {
    /// Adds the people in the headings of columns from this one on; returns the columns that have a name.
    pub(super) fn people_in(&mut self, header: &Row, first: usize) -> Vec<usize> {
        let columns: Vec<usize> =
            (first..header.cells.len()).filter(|column| !header.cell(*column).is_empty()).collect();
        self.people.extend(columns.iter().map(|column| header.cell(*column).to_owned()));
        columns
    }
}
