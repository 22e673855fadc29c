//! Parses the XML of the European Central Bank, in which a `Cube` of a day contains one for each currency:
//! `<Cube time="2026-11-27"><Cube currency="USD" rate="1.0837"/></Cube>`.

use std::collections::BTreeMap;

use money::{Currency, Rate};
use roxmltree::{Document, Node};

use super::DayRates;

const CUBE: &str = "Cube";

/// Returns the rates of each day, in the order of the document; currencies that are not known here are left out. The
/// error is a text for the log.
pub(super) fn read(text: &str) -> Result<Vec<DayRates>, String> {
    let document = Document::parse(text).map_err(|error| error.to_string())?;
    let cubes = document.descendants().filter(|node| node.has_tag_name_of(CUBE));
    let days: Vec<DayRates> =
        cubes.filter_map(|cube| cube.attribute("time").map(|day| (cube, day))).map(day).collect::<Result<_, _>>()?;
    if days.is_empty() { Err("it has no rates of any day".to_owned()) } else { Ok(days) }
}

fn day((cube, day): (Node<'_, '_>, &str)) -> Result<DayRates, String> {
    let day = day.parse().map_err(|_| "a day is not a date".to_owned())?;
    let mut per_euro = BTreeMap::new();
    for one in cube.children().filter(|node| node.has_tag_name_of(CUBE)) {
        let (Some(code), Some(rate)) = (one.attribute("currency"), one.attribute("rate")) else { continue };
        let Ok(currency) = Currency::from_code(code) else { continue };
        let rate = Rate::parse(rate).map_err(|refusal| format!("the rate of {}: {refusal}", currency.code()))?;
        per_euro.insert(currency.code().to_owned(), rate.to_string());
    }
    if per_euro.is_empty() { Err(format!("{day} has no rates")) } else { Ok(DayRates { day, per_euro }) }
}

trait Named {
    /// Whether an element has this name, in whatever namespace.
    fn has_tag_name_of(&self, name: &str) -> bool;
}

impl Named for Node<'_, '_> {
    fn has_tag_name_of(&self, name: &str) -> bool {
        self.is_element() && self.tag_name().name() == name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TWO_DAYS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
        <gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">
          <gesmes:subject>Reference rates</gesmes:subject>
          <Cube>
            <Cube time="2026-11-27"><Cube currency="USD" rate="1.1000"/><Cube currency="JPY" rate="165"/><Cube currency="ZZZ" rate="2"/></Cube>
            <Cube time="2026-11-26"><Cube currency="USD" rate="1.0900"/></Cube>
          </Cube>
        </gesmes:Envelope>"#;

    fn rate(day: &DayRates, from: &str, to: &str) -> Option<String> {
        let [from, to] = [from, to].map(|code| Currency::from_code(code).unwrap());
        day.between(from, to).map(|suggested| suggested.rate.to_string())
    }

    #[test]
    fn each_day_has_its_rates_and_those_between_two_currencies() {
        let [friday, thursday] = read(TWO_DAYS).unwrap().try_into().unwrap();
        assert_eq!([friday.day, thursday.day].map(|day| day.to_string()), ["2026-11-27", "2026-11-26"]);
        for (from, to, expected) in [
            ("EUR", "USD", Some("1.1")),
            ("USD", "EUR", Some("0.9090909091")),
            ("USD", "JPY", Some("150")),
            ("EUR", "EUR", Some("1")),
            ("EUR", "CHF", None),
        ] {
            assert_eq!(rate(&friday, from, to).as_deref(), expected, "{from} {to}");
        }
        assert_eq!(rate(&thursday, "USD", "JPY"), None);
    }

    #[test]
    fn anything_else_is_refused_as_a_whole() {
        for text in [
            "",
            "<html><body>Moved</body></html>",
            "{}",
            r#"<Cube time="yesterday"><Cube currency="USD" rate="1.1"/></Cube>"#,
            r#"<Cube time="2026-11-27"></Cube>"#,
            r#"<Cube time="2026-11-27"><Cube currency="USD" rate="-1.1"/></Cube>"#,
            r#"<Cube time="2026-11-27"><Cube currency="USD" rate="1,1"/></Cube>"#,
            r#"<!DOCTYPE x [<!ENTITY a "b">]><Cube time="2026-11-27"><Cube currency="USD" rate="1.1"/></Cube>"#,
        ] {
            assert!(read(text).is_err(), "{text}");
        }
    }
}
