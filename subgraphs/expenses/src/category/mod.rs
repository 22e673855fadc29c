//! Categories that the members of a group have added to those that everybody has.

pub mod operations;
pub mod store;

use contracts::{CategoryId, GroupId, MemberId, event::CategoryFacts};
use kit::text::line;
use reader::limits::LONGEST_CATEGORY;
use serde::{Deserialize, Serialize};

use crate::refusal::{CategoryRefusal, Refusal};

/// So many categories a group may add.
pub const MOST_CATEGORIES: u64 = 50;

/// Enough for an emoji of several parts, or for the name of an icon.
const LONGEST_ICON: usize = 32;

/// A category as it is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Category {
    /// Which category.
    #[serde(rename = "_id")]
    pub id: CategoryId,
    /// Of which group.
    pub group_id: GroupId,
    /// The word by which expenses name it. It stays when the name is changed, so that they need not be changed.
    pub key: String,
    /// What it is called.
    pub name: String,
    /// An emoji, or the name of an icon.
    pub icon: String,
    /// As `#rrggbb`.
    pub colour: String,
}

/// What a person says about a category.
#[derive(Clone, Debug)]
pub struct Look {
    /// What it is called.
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
    /// A new category of a group; expenses name it by its name in lower case.
    pub fn new(group_id: GroupId, look: Look) -> Result<Self, Refusal> {
        let Look { name, icon, colour } = look.checked()?;
        Ok(Self { id: CategoryId::new(), group_id, key: name.to_lowercase(), name, icon, colour })
    }

    /// The category with another look.
    pub fn looking(&self, look: Look) -> Result<Self, Refusal> {
        let Look { name, icon, colour } = look.checked()?;
        Ok(Self { name, icon, colour, ..self.clone() })
    }

    /// What others are told about it.
    pub fn facts(&self, by: MemberId) -> CategoryFacts {
        CategoryFacts {
            category_id: self.id,
            group_id: self.group_id,
            key: self.key.clone(),
            name: self.name.clone(),
            by,
        }
    }
}

fn colour(text: &str) -> Result<String, CategoryRefusal> {
    let digits = text.trim().strip_prefix('#').filter(|digits| digits.len() == 6);
    let digits = digits.filter(|digits| digits.chars().all(|digit| digit.is_ascii_hexdigit()));
    digits.map(|digits| format!("#{}", digits.to_lowercase())).ok_or(CategoryRefusal::Colour)
}
