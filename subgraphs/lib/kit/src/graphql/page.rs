//! Cursor-based paging according to the Relay specification (<https://relay.dev/graphql/connections.htm>).

use std::borrow::Cow;

use async_graphql::{
    Context, Object, OutputType, TypeName,
    connection::{Edge, EmptyFields, PageInfo},
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};

use crate::failure::{Outcome, Refusal};

const LONGEST_PAGE: usize = 100;

/// The limit of counting: one more than the largest exact count.
pub const MOST_COUNTED: u64 = 1_001;

const USUAL_PAGE: i32 = 50;

/// A page in the API: `edges { cursor node } pageInfo totalCount`.
pub struct Connection<Node: OutputType> {
    edges: Vec<Edge<String, Node, EmptyFields>>,
    page_info: PageInfo,
    total_count: i32,
}

// The connection of async-graphql cannot have an end cursor after its last edge.
#[Object(name_type, shareable)]
impl<Node: OutputType> Connection<Node> {
    /// Information to aid in pagination.
    async fn page_info(&self) -> &PageInfo {
        &self.page_info
    }

    /// A list of edges.
    async fn edges(&self) -> &[Edge<String, Node, EmptyFields>] {
        &self.edges
    }

    /// How many there are over all pages, up to 1,000; 1,001 means more than that, or more than a search looks at.
    async fn total_count(&self) -> i32 {
        self.total_count
    }
}

impl<Node: OutputType> TypeName for Connection<Node> {
    fn type_name() -> Cow<'static, str> {
        format!("{}Connection", Node::type_name()).into()
    }
}

/// A position in a list that is sorted by a text and then by id, both descending.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cursor {
    /// The sort key.
    pub key: String,
    /// The tie-break between equal keys.
    pub id: String,
}

impl Cursor {
    /// Encodes the cursor for clients.
    pub fn encode(&self) -> String {
        BASE64_URL_SAFE_NO_PAD.encode(format!("{}\n{}", self.key, self.id))
    }

    fn decode(text: &str) -> Option<Self> {
        let text = String::from_utf8(BASE64_URL_SAFE_NO_PAD.decode(text).ok()?).ok()?;
        let (key, id) = text.split_once('\n')?;
        Some(Self { key: key.to_owned(), id: id.to_owned() })
    }
}

/// A requested page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageRequest {
    /// The largest number of entries.
    pub first: usize,
    /// The cursor: only entries after this position.
    pub after: Option<Cursor>,
    counted: bool,
}

impl PageRequest {
    /// Parses the arguments of the field that is being resolved. Its entries are counted only if its `totalCount` is
    /// asked for: that reads more than a page.
    pub fn of(ctx: &Context<'_>, first: impl Into<Option<i32>>, after: Option<&str>) -> Outcome<Self> {
        let counted = ctx.look_ahead().field("totalCount").exists();
        Ok(Self { counted, ..Self::new(first, after)? })
    }

    /// Parses the arguments `first` and `after`, of entries that are not counted; refuses invalid sizes and cursors.
    pub fn new(first: impl Into<Option<i32>>, after: Option<&str>) -> Outcome<Self> {
        let size =
            usize::try_from(first.into().unwrap_or(USUAL_PAGE)).ok().filter(|size| (1..=LONGEST_PAGE).contains(size));
        let sentence = format!("A page has between 1 and {LONGEST_PAGE} entries.");
        let first = size.ok_or_else(|| Refusal::invalid("first", sentence))?;
        let cursor =
            |text| Cursor::decode(text).ok_or_else(|| Refusal::invalid("after", "This is not a cursor of this list."));
        Ok(Self { first, after: after.map(cursor).transpose()?, counted: false })
    }

    /// Whether all entries are to be counted.
    pub fn is_counted(&self) -> bool {
        self.counted
    }
}

/// One page of a list.
#[derive(Clone, Debug)]
pub struct Page<T> {
    /// The entries with their cursors.
    pub entries: Vec<(Cursor, T)>,
    /// Whether there are entries after this page.
    pub has_next: bool,
    /// Whether there are entries before this page.
    pub has_previous: bool,
    /// The position after which the next page begins, if that is not the last entry.
    pub end: Option<Cursor>,
    /// The number of entries on all pages, counted up to [`MOST_COUNTED`]; zero if not counted.
    pub total: u64,
}

impl<T> Page<T> {
    /// Merges the pages of several lists for the same request.
    pub fn merged(pages: Vec<Self>, first: usize) -> Self {
        let has_previous = pages.iter().any(|page| page.has_previous);
        let total = pages.iter().map(|page| page.total).sum::<u64>().min(MOST_COUNTED);
        // After the end of the shortest page, entries of that list are unknown.
        let end = pages.iter().filter(|page| page.has_next).filter_map(Self::last_place).max().cloned();
        let mut entries: Vec<_> = pages.into_iter().flat_map(|page| page.entries).collect();
        entries.retain(|(place, _)| end.as_ref().is_none_or(|end| place >= end));
        entries.sort_by(|(one, _), (other, _)| other.cmp(one));
        let is_cut = entries.len() > first;
        entries.truncate(first);
        Self { entries, has_next: is_cut || end.is_some(), has_previous, end: end.filter(|_| !is_cut), total }
    }

    /// Converts it to a connection.
    pub fn connection<Node: OutputType>(self, node: impl Fn(T) -> Node) -> Connection<Node> {
        let page_info = PageInfo {
            has_previous_page: self.has_previous,
            has_next_page: self.has_next,
            start_cursor: self.entries.first().map(|(place, _)| place.encode()),
            end_cursor: self.last_place().map(Cursor::encode),
        };
        let edges = self.entries.into_iter().map(|(place, entry)| Edge::new(place.encode(), node(entry))).collect();
        Connection { edges, page_info, total_count: i32::try_from(self.total).unwrap_or(i32::MAX) }
    }

    fn last_place(&self) -> Option<&Cursor> {
        self.end.as_ref().or(self.entries.last().map(|(place, _)| place))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_encoded_without_loss() {
        let cursor = Cursor { key: "2026-11-22".to_owned(), id: "a".to_owned() };
        let request = PageRequest::new(10, Some(&cursor.encode())).unwrap();
        assert_eq!(request.after, Some(cursor));
    }

    #[test]
    fn invalid_pages_are_refused() {
        for (first, after) in [(0, None), (-1, None), (101, None), (10, Some("?")), (10, Some("YQ"))] {
            assert!(PageRequest::new(first, after).is_err(), "{first} {after:?}");
        }
    }

    fn page(keys: &[&str], end: Option<&str>) -> Page<()> {
        let place = |key: &str| Cursor { key: key.to_owned(), id: String::new() };
        let entries = keys.iter().map(|key| (place(key), ())).collect();
        Page { entries, has_next: end.is_some(), has_previous: false, end: end.map(place), total: 0 }
    }

    fn keys(page: &Page<()>) -> Vec<&str> {
        page.entries.iter().map(|(place, ())| place.key.as_str()).collect()
    }

    #[test]
    fn pages_of_several_lists_are_merged() {
        let merged = Page::merged(vec![page(&["9", "5"], None), page(&["8", "7"], None)], 3);
        assert_eq!((keys(&merged), merged.has_next, merged.end.as_ref()), (vec!["9", "8", "7"], true, None));
    }

    #[test]
    fn a_merged_page_ends_with_the_shortest_page() {
        let merged = Page::merged(vec![page(&["9"], Some("6")), page(&["8", "5"], None)], 3);
        assert_eq!((keys(&merged), merged.has_next), (vec!["9", "8"], true));
        assert_eq!(merged.end.unwrap().key, "6");
    }
}
