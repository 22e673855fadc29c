//! Advice: what an advisor thinks of an expense. It never changes anything by itself.

use serde::{Deserialize, Serialize};

/// Who gives advice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Advisor {
    /// The rules below.
    Rules,
}

/// Advice for one version of an expense.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Advice {
    /// The category that fits better.
    pub category: String,
    /// Why, in plain words.
    pub reason: String,
    /// Who says so.
    pub advisor: Advisor,
}

/// Categories with the words that give them away. The first word of a description that is known decides.
const WORDS: &[(&str, &[&str])] = &[
    (
        "groceries",
        &[
            "groceries",
            "grocery",
            "supermarket",
            "market",
            "bakery",
            "bread",
            "vegetables",
            "aldi",
            "lidl",
            "rewe",
            "edeka",
            "tesco",
            "carrefour",
            "walmart",
        ],
    ),
    (
        "dining",
        &[
            "dinner",
            "lunch",
            "breakfast",
            "brunch",
            "restaurant",
            "pizza",
            "pizzeria",
            "burger",
            "sushi",
            "cafe",
            "café",
            "coffee",
            "takeaway",
            "tapas",
            "ramen",
        ],
    ),
    ("drinks", &["drinks", "beer", "beers", "wine", "bar", "pub", "cocktails"]),
    (
        "transport",
        &[
            "taxi", "uber", "bus", "train", "metro", "tram", "fuel", "petrol", "gas", "parking", "toll", "ticket",
            "tickets", "ferry",
        ],
    ),
    ("travel", &["flight", "flights", "hotel", "hostel", "airbnb", "apartment", "campsite", "luggage"]),
    ("home", &["rent", "furniture", "ikea", "cleaning", "detergent", "repair"]),
    ("utilities", &["electricity", "power", "water", "heating", "internet", "wifi", "phone"]),
    (
        "entertainment",
        &[
            "cinema", "movie", "movies", "concert", "museum", "theatre", "theater", "netflix", "spotify", "game",
            "games", "ski", "skipass",
        ],
    ),
    ("health", &["pharmacy", "doctor", "dentist", "medicine", "gym"]),
    ("gifts", &["gift", "gifts", "present", "flowers", "birthday"]),
];

/// Reads a category out of a description; `None` when no word gives one away or it is set already.
pub fn by_rules(description: &str, category: &str) -> Option<Advice> {
    let lower = description.to_lowercase();
    let mut words = lower.split(|letter: char| !letter.is_alphanumeric());
    let (word, better) = words.find_map(|word| category_of(word).map(|category| (word, category)))?;
    (better != category).then(|| Advice {
        category: better.to_owned(),
        reason: format!("\"{word}\" usually belongs to {better}."),
        advisor: Advisor::Rules,
    })
}

fn category_of(word: &str) -> Option<&'static str> {
    WORDS.iter().find(|(_, words)| words.contains(&word)).map(|(category, _)| *category)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_gives_a_category_away() {
        assert_eq!(by_rules("Pizza with Ben", "other").unwrap().category, "dining");
        assert_eq!(by_rules("TAXI, airport", "other").unwrap().category, "transport");
    }

    #[test]
    fn no_advice_where_none_is_needed() {
        assert_eq!(by_rules("Pizza", "dining"), None);
        assert_eq!(by_rules("Xyzzy", "other"), None);
        assert_eq!(by_rules("", "other"), None);
        assert_eq!(by_rules("barter", "other"), None);
    }
}
