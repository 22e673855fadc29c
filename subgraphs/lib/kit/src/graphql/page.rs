//! Paging by cursors, as the Relay specification has it
//! (<https://relay.dev/graphql/connections.htm>).

use async_graphql::{
    OutputType, SimpleObject,
    connection::{self, DefaultConnectionName, DefaultEdgeName, DisableNodesField, Edge, EmptyFields},
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};

use crate::failure::{Outcome, Refusal};

const LONGEST_PAGE: usize = 100;

/// Counting ends here: one more than what is told exactly.
pub const MOST_COUNTED: u64 = 1_001;

const USUAL_PAGE: i32 = 50;

/// What a connection has beside edges and page info.
#[derive(SimpleObject)]
pub struct TotalCount {
    /// How many there are over all pages, up to 1,000; 1,001 means more than that.
    total_count: i32,
}

/// A page as the API gives it: `edges { cursor node } pageInfo totalCount`.
pub type Connection<Node> = connection::Connection<
    String,
    Node,
    TotalCount,
    EmptyFields,
    DefaultConnectionName,
    DefaultEdgeName,
    DisableNodesField,
>;

/// A place in a list that is sorted by a text and then by id, both descending.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// What the list is sorted by.
    pub key: String,
    /// What decides between equal keys.
    pub id: String,
}

impl Cursor {
    /// The place as clients send it back.
    pub fn encode(&self) -> String {
        BASE64_URL_SAFE_NO_PAD.encode(format!("{}\n{}", self.key, self.id))
    }

    fn decode(text: &str) -> Option<Self> {
        let text = String::from_utf8(BASE64_URL_SAFE_NO_PAD.decode(text).ok()?).ok()?;
        let (key, id) = text.split_once('\n')?;
        Some(Self { key: key.to_owned(), id: id.to_owned() })
    }
}

/// Which page is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageRequest {
    /// How many at the most.
    pub first: usize,
    /// Only what comes after this place.
    pub after: Option<Cursor>,
    counted: bool,
}

impl PageRequest {
    /// From the arguments `first` and `after`; refuses sizes and cursors that make no sense.
    pub fn new(first: impl Into<Option<i32>>, after: Option<&str>) -> Outcome<Self> {
        let size =
            usize::try_from(first.into().unwrap_or(USUAL_PAGE)).ok().filter(|size| (1..=LONGEST_PAGE).contains(size));
        let sentence = format!("A page has between 1 and {LONGEST_PAGE} entries.");
        let first = size.ok_or_else(|| Refusal::invalid("first", sentence))?;
        let cursor =
            |text| Cursor::decode(text).ok_or_else(|| Refusal::invalid("after", "This is not a cursor of this list."));
        Ok(Self { first, after: after.map(cursor).transpose()?, counted: true })
    }

    /// The same page; all entries are counted only where that is wanted, because counting reads more than a page.
    #[must_use]
    pub fn counted(self, counted: bool) -> Self {
        Self { counted, ..self }
    }

    /// Whether all entries are to be counted.
    pub fn is_counted(&self) -> bool {
        self.counted
    }
}

/// One page of a list.
#[derive(Clone, Debug)]
pub struct Page<T> {
    /// The entries with their places.
    pub entries: Vec<(Cursor, T)>,
    /// Whether there is more after them.
    pub has_next: bool,
    /// Whether there is more before them.
    pub has_previous: bool,
    /// How many there are over all pages, counted up to [`MOST_COUNTED`]; zero where they were not counted.
    pub total: u64,
}

impl<T> Page<T> {
    /// The page as the API gives it.
    pub fn connection<Node: OutputType>(self, node: impl Fn(T) -> Node) -> Connection<Node> {
        let total_count = TotalCount { total_count: i32::try_from(self.total).unwrap_or(i32::MAX) };
        let mut connection = Connection::with_additional_fields(self.has_previous, self.has_next, total_count);
        connection
            .edges
            .extend(self.entries.into_iter().map(|(cursor, entry)| Edge::new(cursor.encode(), node(entry))));
        connection
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_comes_back_as_it_was() {
        let cursor = Cursor { key: "2026-11-22".to_owned(), id: "a".to_owned() };
        let request = PageRequest::new(10, Some(&cursor.encode())).unwrap();
        assert_eq!(request.after, Some(cursor));
    }

    #[test]
    fn what_is_not_a_page_is_refused() {
        for (first, after) in [(0, None), (-1, None), (101, None), (10, Some("?")), (10, Some("YQ"))] {
            assert!(PageRequest::new(first, after).is_err(), "{first} {after:?}");
        }
    }
}
