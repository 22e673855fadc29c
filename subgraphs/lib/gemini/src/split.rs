//! The split in an answer.

use money::{Item, Itemized, Split, split::MOST_LINES};
use reader::limits::LONGEST_NAME;
use serde::Deserialize;

use crate::{
    bounds::{self, Bounds, Flaw},
    nullable::nullable,
};

/// A split in Gemini's structure: a mode, and several lists, of which only the one of the mode is filled.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SplitAnswer {
    mode: Mode,
    people: Vec<String>,
    shares: Vec<ShareAnswer>,
    items: Vec<ItemAnswer>,
    #[serde(deserialize_with = "nullable")]
    tax: Option<String>,
    #[serde(deserialize_with = "nullable")]
    tip: Option<String>,
    #[serde(deserialize_with = "nullable")]
    discount: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
enum Mode {
    Equal,
    Exact,
    Percent,
    Weights,
    Adjustments,
    Items,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ShareAnswer {
    person: String,
    value: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ItemAnswer {
    name: String,
    amount: String,
    people: Vec<String>,
}

impl SplitAnswer {
    /// Converts the answer to a valid split.
    pub(crate) fn read(&self, bounds: &Bounds) -> Result<Split<usize>, Flaw> {
        self.check_lists()?;
        let itemized = self.itemized(bounds)?;
        let shares = || self.shares.iter().map(|share| (share.person.as_str(), share.value.as_str()));
        let split = match self.mode {
            Mode::Equal => Split::Equal(bounds.places(&self.people)?),
            Mode::Exact => Split::Exact(bounds.amounts(shares())?),
            Mode::Percent => Split::Percent(bounds.hundredths(shares())?),
            Mode::Weights => Split::Weights(bounds.hundredths(shares())?),
            Mode::Adjustments => Split::Adjustments(bounds.amounts(shares())?),
            Mode::Items => Split::Items(itemized),
        };
        bounds.check_split(&split)?;
        Ok(split)
    }

    /// Refuses filled lists of another mode, and too many lines.
    fn check_lists(&self) -> Result<(), Flaw> {
        let given = [!self.people.is_empty(), !self.shares.is_empty(), !self.items.is_empty()];
        let wanted = match self.mode {
            Mode::Equal => [true, false, false],
            Mode::Items => [false, false, true],
            Mode::Exact | Mode::Percent | Mode::Weights | Mode::Adjustments => [false, true, false],
        };
        if given != wanted {
            return Err("the lists do not fit the mode");
        }
        let had: usize = self.items.iter().map(|item| item.people.len().max(1)).sum();
        let lines = self.people.len() + self.shares.len() + had;
        if lines > MOST_LINES { Err("the split has too many lines") } else { Ok(()) }
    }

    /// Returns the items with tax, tip and discount; empty in other modes.
    fn itemized(&self, bounds: &Bounds) -> Result<Itemized<usize>, Flaw> {
        let extra = |text: &Option<String>| text.as_deref().map_or(Ok(0), |text| bounds.minor(text));
        let (tax, tip, discount) = (extra(&self.tax)?, extra(&self.tip)?, extra(&self.discount)?);
        let extras = [tax, tip, discount];
        let sign = bounds.total.map_or(0, |total| total.minor.signum());
        if extras.iter().any(|extra| *extra != 0 && (self.mode != Mode::Items || extra.signum() != sign)) {
            return Err("tax, tip or discount do not fit the mode or the total");
        }
        let items = self.items.iter().map(|item| item.read(bounds)).collect::<Result<_, _>>()?;
        Ok(Itemized { items, tax, tip, discount })
    }
}

impl ItemAnswer {
    fn read(&self, bounds: &Bounds) -> Result<Item<usize>, Flaw> {
        let name = bounds::line(&self.name, LONGEST_NAME)?;
        Ok(Item { name, minor: bounds.minor(&self.amount)?, members: bounds.places(&self.people)? })
    }
}
