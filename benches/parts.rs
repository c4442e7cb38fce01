//! Cards taken apart, to be built again: shared by the benchmarks and the comparison with peers.

use vcardinal::{Card, EntryId, Parameter, Property, PropertyRef, PropertyValue, Version};

/// A card as a program holds it that never read one.
pub struct Parts {
    /// 3.0 or 4.0.
    pub version: Version,
    /// All but VERSION.
    pub properties: Vec<Property>,
}

/// Takes a card apart into decoded values; VERSION comes from the builder.
pub fn parts(card: &Card) -> Parts {
    Parts {
        version: card.version().unwrap_or(Version::V4_0),
        properties: card
            .properties()
            .filter(|property| !property.is("VERSION"))
            .map(|property| whole(&property))
            .collect(),
    }
}

/// A new value for every property but VERSION: the one it has.
pub fn values(card: &Card) -> Vec<(EntryId, PropertyValue)> {
    card.properties()
        .filter(|property| !property.is("VERSION"))
        .map(|property| (property.id(), value(&property)))
        .collect()
}

/// Builds a card from its parts.
pub fn build(parts: &Parts) -> Card {
    parts
        .properties
        .iter()
        .fold(Card::builder(parts.version), |builder, property| {
            builder.property(property.clone())
        })
        // Cards that were read may have what none that is built has, as the TYPE of a URL in 3.0.
        .build_unchecked()
        .expect("what was read can be written")
}

/// Sets every value.
pub fn set_all(card: &mut Card, values: &[(EntryId, PropertyValue)]) {
    for (id, value) in values {
        card.entry_mut(*id)
            .expect("the property is there")
            .set_value(value.clone())
            .expect("what was read can be written");
    }
}

fn whole(property: &PropertyRef<'_>) -> Property {
    let mut new =
        Property::new(property.name().to_owned(), value(property)).expect("it has a name");
    if let Some(group) = property.group() {
        new = new.with_group(group.to_owned()).expect("it has a group");
    }
    let binary = is_binary(new.value());
    for parameter in property.parameters() {
        let name = parameter.meaning().to_owned();
        // These come with the value.
        if name.eq_ignore_ascii_case("ENCODING") || binary && name.eq_ignore_ascii_case("TYPE") {
            continue;
        }
        let parameter = Parameter::new(name, parameter.values()).expect("it has a name");
        new = new.with_parameter(parameter);
    }
    new
}

fn value(property: &PropertyRef<'_>) -> PropertyValue {
    #[cfg(feature = "base64")]
    if let Some(Ok(binary)) = property.binary() {
        return PropertyValue::Binary {
            media_type: binary.media_type().to_owned(),
            data: binary.decode().expect("base64"),
        };
    }
    const COMPONENTS: [&str; 3] = ["N", "ADR", "ORG"];
    const LISTS: [&str; 2] = ["CATEGORIES", "NICKNAME"];
    const URIS: [&str; 4] = ["URL", "UID", "IMPP", "PHOTO"];
    let is = |names: &[&str]| names.iter().any(|name| property.is(name));
    if is(&COMPONENTS) {
        PropertyValue::Components(property.components().expect("UTF-8"))
    } else if is(&LISTS) {
        PropertyValue::List(property.list().expect("UTF-8"))
    } else if is(&URIS) {
        PropertyValue::Raw(property.raw_text().expect("UTF-8").into_owned())
    } else {
        PropertyValue::Text(property.text().expect("UTF-8").into_owned())
    }
}

#[cfg(feature = "base64")]
fn is_binary(value: &PropertyValue) -> bool {
    matches!(value, PropertyValue::Binary { .. })
}

#[cfg(not(feature = "base64"))]
fn is_binary(_: &PropertyValue) -> bool {
    false
}
