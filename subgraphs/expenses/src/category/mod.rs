//! Categories that members have added to their group, beside the built-in ones.

pub(crate) mod operations;
pub(crate) mod store;

use contracts::{CategoryId, GroupId, MemberId, event::CategoryFacts};
use kit::text::{folded, line};
use reader::limits::LONGEST_CATEGORY;
use serde::{Deserialize, Serialize};

use crate::{
    expense::OTHER,
    refusal::{CategoryRefusal, Refusal},
};

/// The most categories that a group may add.
pub(crate) const MOST_CATEGORIES: usize = 50;

/// The longest icon, in characters: enough for an emoji of several code points, or for the name of an icon.
const LONGEST_ICON: usize = 32;

/// A category as it is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Category {
    /// Its id.
    #[serde(rename = "_id")]
    pub id: CategoryId,
    /// The group that has it.
    pub group_id: GroupId,
    /// The key by which expenses refer to the category. It stays the same when the name changes, so that expenses need
    /// no update.
    pub key: String,
    /// The name that is shown.
    pub name: String,
    /// An emoji, or the name of an icon.
    pub icon: String,
    /// As `#rrggbb`.
    pub colour: String,
}

/// The editable part of a category.
#[derive(Clone, Debug)]
pub(crate) struct Look {
    /// The name that is shown.
    pub name: String,
    /// An emoji, or the name of an icon.
    pub icon: String,
    /// As `#rrggbb`.
    pub colour: String,
}

impl Look {
    fn checked(self) -> Result<Self, Refusal> {
        Ok(Self {
            name: line("input.name", &self.name, LONGEST_CATEGORY)?,
            icon: line("input.icon", &self.icon, LONGEST_ICON)?,
            colour: colour(&self.colour)?,
        })
    }
}

impl Category {
    /// Creates a category of a group that has these already. Its key is the folded name. Refuses the name of another.
    pub(crate) fn new(group_id: GroupId, look: Look, present: &[Self]) -> Result<Self, Refusal> {
        let Look { name, icon, colour } = look.checked()?;
        let key = folded(&name);
        if present.iter().any(|other| other.key == key) {
            return Err(CategoryRefusal::Taken.into());
        }
        check_name(&name, present)?;
        Ok(Self { id: CategoryId::new(), group_id, key, name, icon, colour })
    }

    /// Returns the category with another name, icon and colour; the key stays. Refuses the name of another.
    pub(crate) fn looking(&self, look: Look, present: &[Self]) -> Result<Self, Refusal> {
        let Look { name, icon, colour } = look.checked()?;
        let others: Vec<Self> = present.iter().filter(|other| other.id != self.id).cloned().collect();
        check_name(&name, &others)?;
        Ok(Self { name, icon, colour, ..self.clone() })
    }

    /// The payload of its events.
    pub(crate) fn facts(&self, by: MemberId) -> CategoryFacts {
        CategoryFacts {
            category_id: self.id,
            group_id: self.group_id,
            key: self.key.clone(),
            name: self.name.clone(),
            by,
        }
    }
}

/// Refuses a name that reads like that of a built-in category or of one of these.
fn check_name(name: &str, others: &[Category]) -> Result<(), CategoryRefusal> {
    let name = folded(name);
    let is_built_in = name == OTHER || reader::CATEGORIES.contains(&name.as_str());
    let is_taken = is_built_in || others.iter().any(|other| folded(&other.name) == name);
    if is_taken { Err(CategoryRefusal::Taken) } else { Ok(()) }
}

fn colour(text: &str) -> Result<String, CategoryRefusal> {
    let digits = text.trim().strip_prefix('#').filter(|digits| digits.len() == 6);
    let digits = digits.filter(|digits| digits.chars().all(|digit| digit.is_ascii_hexdigit()));
    digits.map(|digits| format!("#{}", digits.to_lowercase())).ok_or(CategoryRefusal::Colour)
}
