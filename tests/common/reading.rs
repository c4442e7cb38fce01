//! What is read of a card, in short words, for tables of expectations.
//!
//! | asks | for |
//! |---|---|
//! | `cards` | how many cards there are |
//! | `version` | the version that the first card is read by |
//! | `#TEL` | how many there are |
//! | `TEL` | the text of the first; components with `;` between them, and values of a list with `|` |
//! | `TEL[2]` | of the second |
//! | `TEL value` | the value as its type, as `Debug` shows it |
//! | `TEL type` | the type of the value |
//! | `TEL group`, `TEL raw` | the group, and the line as it is written again |
//! | `TEL;TYPE` | the values of the parameter with `|` between them |
//! | `TEL has home` | whether TYPE has the word |
//! | `found` | the rules that findings are of, infos too |
//! | `best TEL` | the text of the preferred one |
//! | `write text NOTE a` | the line that is written for the text; likewise `list`, with `|`, and `components` |
//! | `write parameter X-P a` | the line of a NOTE with the parameter |
//!
//! A line break is shown as `⏎`, and what cannot be read as `!`.

use vcardinal::property;
use vcardinal::validate::Profile;
use vcardinal::{
    Card, CardReader, Parameter, Property, PropertyRef, PropertyValue, Version, registry,
};

use super::spec::findings;

fn shown(text: &str) -> String {
    text.replace("\r\n", "⏎").replace('\n', "⏎")
}

/// The text of a property: of its components, its list, or all of it.
fn text_of(property: &PropertyRef<'_>, version: Version) -> String {
    let row = registry::property(property.name().as_bytes());
    let compound = row.is_some_and(|row| !row.components(version).is_empty() || row.name == "ORG");
    let list = row.is_some_and(|row| matches!(row.name, "NICKNAME" | "CATEGORIES"));
    let text = if compound {
        property.components().map(|components| {
            let components: Vec<String> = components.iter().map(|one| one.join("|")).collect();
            components.join(";")
        })
    } else if list {
        property.list().map(|values| values.join("|"))
    } else {
        property.text().map(|text| text.into_owned())
    };
    text.map_or_else(|_| "!".to_owned(), |text| shown(&text))
}

/// The line that is written for `text NOTE a`.
fn written(asked: &str, version: Version) -> String {
    let mut words = asked.splitn(3, ' ');
    let mut word = || words.next().unwrap().to_owned();
    let (kind, name, value) = (word(), word(), word().replace('⏎', "\n"));
    let values = |text: &str| -> Vec<String> { text.split('|').map(str::to_owned).collect() };
    let property = match &*kind {
        "text" => Property::text(name, value),
        "list" => Property::new(name, PropertyValue::List(values(&value))),
        "components" => {
            let components = value.split(';').map(values).collect();
            Property::new(name, PropertyValue::Components(components))
        }
        "parameter" => {
            let parameter = Parameter::new(name, values(&value)).unwrap();
            Property::text("NOTE", "a").map(|note| note.with_parameter(parameter))
        }
        other => panic!("{other}"),
    };
    let card = Card::builder(version)
        .property(property.unwrap())
        .build_unchecked();
    let Ok(card) = card else {
        return "!".to_owned();
    };
    let line = card.properties().next_back().unwrap();
    shown(std::str::from_utf8(line.raw()).unwrap().trim_end())
}

fn of_property(property: &PropertyRef<'_>, asked: &str, version: Version) -> String {
    match asked {
        "" => text_of(property, version),
        "value" => property
            .value()
            .map_or_else(|_| "!".to_owned(), |value| shown(&format!("{value:?}"))),
        "type" => property
            .value_type()
            .map_or_else(String::new, |one| one.name().to_owned()),
        "group" => property.group().unwrap_or_default().to_owned(),
        "raw" => shown(String::from_utf8_lossy(property.raw()).trim_end()),
        has if has.starts_with("has ") => property.has_type(&has[4..]).to_string(),
        parameter => {
            let name = parameter.strip_prefix(';').unwrap();
            let values: Vec<_> = property.parameter_values(name).collect();
            shown(&values.join("|"))
        }
    }
}

fn best(card: &Card, name: &str) -> Option<String> {
    let version = card.effective_version();
    let property = match name {
        "TEL" => card.preferred::<property::Tel>()?.property(),
        "FBURL" => card.preferred::<property::FbUrl>()?.property(),
        "CALADRURI" => card.preferred::<property::CalAdrUri>()?.property(),
        "CALURI" => card.preferred::<property::CalUri>()?.property(),
        "EMAIL" => card.preferred::<property::Email>()?.property(),
        other => panic!("{other}"),
    };
    Some(text_of(&property, version))
}

/// What is read of a stream of cards.
pub fn reading(stream: &[u8], asked: &str, version: Version) -> String {
    if let Some(asked) = asked.strip_prefix("write ") {
        return written(asked, version);
    }
    if asked == "found" {
        let mut ids: Vec<&str> = findings(stream, Profile::Declared)
            .iter()
            .map(|one| one.rule.id)
            .collect();
        ids.sort_unstable();
        ids.dedup();
        return ids.join(" ");
    }
    let cards: Vec<Card> = CardReader::from_slice(stream).flatten().collect();
    if asked == "cards" {
        return cards.len().to_string();
    }
    let Some(card) = cards.first() else {
        return "no card".to_owned();
    };
    let version = card.effective_version();
    if asked == "version" {
        return version.to_string();
    }
    if let Some(name) = asked.strip_prefix("best ") {
        return best(card, name).unwrap_or_else(|| "none".to_owned());
    }
    if let Some(name) = asked.strip_prefix('#') {
        let count = card
            .properties()
            .filter(|property| property.is(name))
            .count();
        return count.to_string();
    }
    let end = asked.find([' ', ';']).unwrap_or(asked.len());
    let (name, asked) = asked.split_at(end);
    let (name, place) = match name.split_once('[') {
        Some((name, place)) => (name, place.trim_end_matches(']').parse().unwrap()),
        None => (name, 1),
    };
    let mut named = card.properties().filter(|property| property.is(name));
    named.nth(place - 1).map_or_else(
        || "none".to_owned(),
        |property| of_property(&property, asked.trim_start(), version),
    )
}
