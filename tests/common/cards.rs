//! Cards made at random of the rows of the registry, right by the standards.
//!
//! Two steps: a [`Draft`] of each property by itself, and then what the properties of a card ask of
//! each other: numbers that differ, maps of the sources of PIDs, ALTIDs, groups with a label.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use vcardinal::registry::{
    self, AnyParameter, Component, Condition, Defined, Occurrence, ParameterId, ParameterRow,
    Permit, PropertyId, PropertyRow, Shape, StandsFor, ValueType,
};
use vcardinal::value::{DateAndOrTime, PartialDate, TelUri, Timestamp, UtcOffset, Value};
use vcardinal::{Card, Parameter, Property, PropertyValue, Version};

/// A private name that no table has. Its value may be of any type.
pub const FREE: &str = "X-VCARDINAL-ANY";

/// The name of the registry that is no name by any grammar, and is only read.
pub const UNWRITABLE: &str = "X-MICROSOFT-ASST_TEL";

/// A property that may be asked for, and the type its value has.
#[derive(Debug, Clone, Copy)]
pub struct Wanted {
    /// None for [`FREE`].
    pub row: Option<&'static PropertyRow>,
    pub value_type: ValueType,
}

impl Wanted {
    pub fn name(self) -> &'static str {
        self.row.map_or(FREE, |row| row.name)
    }

    fn is(self, id: PropertyId) -> bool {
        self.row.is_some_and(|row| row.id == id)
    }

    fn is_label(self) -> bool {
        self.row
            .is_some_and(|row| row.stands_for == Some(StandsFor::Label))
    }

    fn default_type(self, version: Version) -> ValueType {
        let column = self.row.and_then(|row| row.column(version));
        column.map_or(ValueType::Text, |column| column.default_type())
    }

    /// Whether several in a card are too many, unless they are alternatives.
    pub fn is_once(self, version: Version) -> bool {
        let column = self.row.and_then(|row| row.column(version));
        column.is_some_and(|column| {
            matches!(
                column.occurrence,
                Occurrence::AtMostOne | Occurrence::ExactlyOne
            )
        })
    }

    fn takes_private(self, version: Version) -> bool {
        let column = self.row.and_then(|row| row.column(version));
        column.is_none_or(|column| column.any != AnyParameter::No)
    }

    /// When the property may have this parameter. A private name may have any of the version.
    pub fn takes(self, parameter: &ParameterRow, version: Version) -> Option<Condition> {
        if parameter.defined(version) != Defined::Yes {
            return None;
        }
        let Some(row) = self.row else {
            return Some(Condition::Always);
        };
        match row.column(version)?.permit(parameter.id) {
            Permit::If(Condition::Forbidden) | Permit::No => None,
            Permit::If(condition) => Some(condition),
            Permit::Elsewhere => row.stands_for.map(|_| Condition::Always),
        }
    }
}

/// All that a version has, but for BEGIN, VERSION and END, which the builder writes.
pub fn all(version: Version) -> Vec<Wanted> {
    let named = registry::properties()
        .iter()
        .filter(|row| {
            !matches!(
                row.id,
                PropertyId::BEGIN | PropertyId::END | PropertyId::VERSION
            ) && row.name != UNWRITABLE
        })
        .filter_map(|row| Some((row, row.column(version)?)))
        .flat_map(|(row, column)| {
            column.types.iter().map(move |value_type| Wanted {
                row: Some(row),
                value_type: *value_type,
            })
        });
    let free = registry::value_types()
        .iter()
        .filter(|row| row.versions.contains(&version))
        .map(|row| Wanted {
            row: None,
            value_type: row.value_type,
        });
    named.chain(free).collect()
}

/// A parameter: its name and its values.
type Named = (String, Vec<String>);

/// A property, and what the others of the card decide about it in `parameters`: the sources of its
/// PIDs, the start of its PROP-ID, how its companions with PHONETIC sound.
#[derive(Debug, Clone)]
pub struct Draft {
    wanted: Wanted,
    /// The name as it is written.
    name: String,
    group: Option<String>,
    parameters: Vec<Named>,
    value: PropertyValue,
}

impl Draft {
    fn new(name: &str, value: PropertyValue) -> Self {
        Draft {
            wanted: Wanted {
                row: registry::property(name.as_bytes()),
                value_type: ValueType::Text,
            },
            name: name.to_owned(),
            group: None,
            parameters: Vec::new(),
            value,
        }
    }

    fn get(&self, id: ParameterId) -> Option<&[String]> {
        let found = self.parameters.iter().find(|(name, _)| name == id.name());
        found.map(|(_, values)| values.as_slice())
    }

    fn set(&mut self, id: ParameterId, values: Vec<String>) {
        match self
            .parameters
            .iter_mut()
            .find(|(name, _)| name == id.name())
        {
            Some((_, old)) => *old = values,
            None => self.parameters.push((id.name().to_owned(), values)),
        }
    }

    fn remove(&mut self, id: ParameterId) -> Option<Vec<String>> {
        let at = self
            .parameters
            .iter()
            .position(|(name, _)| name == id.name())?;
        Some(self.parameters.remove(at).1)
    }

    fn into_property(self) -> Property {
        let mut property = Property::new(self.name, self.value).unwrap();
        if let Some(group) = self.group {
            property = property.with_group(group).unwrap();
        }
        self.parameters
            .into_iter()
            .fold(property, |property, (name, values)| {
                property.with_parameter(Parameter::new(name, values).unwrap())
            })
    }
}

fn words(words: &[&str]) -> BoxedStrategy<String> {
    let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
    select(words).boxed()
}

fn of_chars(chars: &str, lengths: RangeInclusive<usize>) -> BoxedStrategy<String> {
    prop::collection::vec(select(chars.chars().collect::<Vec<_>>()), lengths)
        .prop_map(|chars| chars.into_iter().collect())
        .boxed()
}

/// Some text, never empty.
fn text() -> BoxedStrategy<String> {
    prop_oneof![
        4 => of_chars("aBcXyz019äß漢👩 \t\n,;:\\\"^'=.-_<>&", 1..=20),
        1 => words(&["two\nlines; with, all: \\ of \"them\" ^n", "\\n", "^n^^^'", "Jr."]),
        1 => of_chars("abc déf", 70..=160),
    ]
    .boxed()
}

/// A text that a parameter of the version has a form for. A backslash before some letters looks
/// like an escape there, which is worth knowing.
fn parameter_text(version: Version) -> BoxedStrategy<String> {
    match version {
        Version::V4_0 => prop_oneof![
            of_chars("aBcXyz019äß漢👩 \t\n,;:\"^'=.-_<>&", 1..=20),
            words(&["two\nlines", "C:\\dir", "^n^^^'", "^"]),
        ]
        .boxed(),
        _ => of_chars("aBcXyz019äß漢 ,;:^'=.-_<>&", 1..=20),
    }
}

/// Components of one text or of several, some of them empty.
fn components(all: &'static [Component], count: usize) -> BoxedStrategy<PropertyValue> {
    all.iter()
        .take(count)
        .map(|component| {
            let most = if component.list { 2 } else { 1 };
            prop_oneof![
                3 => prop::collection::vec(text(), 1..=most),
                2 => Just(vec![String::new()]),
            ]
            .boxed()
        })
        .collect::<Vec<_>>()
        .prop_map(PropertyValue::Components)
        .boxed()
}

fn canonical<T: for<'a> Value<'a>>(text: &str, version: Version) -> String {
    let value = T::parse(text, Version::V4_0).unwrap();
    value.to_text(version).unwrap()
}

fn uri(id: Option<PropertyId>) -> BoxedStrategy<String> {
    match id {
        Some(PropertyId::TEL) => (1_000_000_u32..9_999_999, any::<bool>())
            .prop_map(|(number, extension)| {
                let number = TelUri::new(&format!("+1-415-{number}")).unwrap();
                let extension = if extension { ";ext=102" } else { "" };
                format!("{}{extension}", number.as_str())
            })
            .boxed(),
        Some(PropertyId::GEO) => (-89_i32..=89, -179_i32..=179)
            .prop_map(|(latitude, longitude)| format!("geo:{latitude}.5,{longitude}.25"))
            .boxed(),
        Some(PropertyId::CONTACT_URI) => words(&[
            "mailto:a@example.com",
            "https://example.com/a?b=c,d",
            "http://example.com/",
        ]),
        Some(PropertyId::PHOTO | PropertyId::LOGO | PropertyId::SOUND | PropertyId::KEY) => {
            words(&[
                "data:image/png;base64,iVBORw0KGgo=",
                "data:,Hello",
                "https://example.com/photo.png",
            ])
        }
        Some(PropertyId::IMPP) => words(&["xmpp:ada@example.com", "sip:ada@example.com"]),
        _ => words(&[
            "https://example.com/a/b?c=d#e",
            "urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1",
            "mailto:ada@example.com",
            "https://example.com/one,two;three",
            "ldap://ldap.example.com/o=Tech,ou=Engineering",
            "geo:41.731944,-49.945833",
        ]),
    }
}

fn date(version: Version) -> BoxedStrategy<String> {
    (1900_u16..2100, 1_u8..=12, 1_u8..=28, any::<bool>())
        .prop_map(move |(year, month, day, basic)| {
            let text = format!("{year}{month:02}{day:02}");
            match basic {
                true => text,
                false => canonical::<PartialDate>(&text, version),
            }
        })
        .boxed()
}

fn timestamp(version: Version) -> BoxedStrategy<String> {
    let parts = (
        1970_u16..2100,
        1_u8..=12,
        1_u8..=28,
        0_u8..24,
        0_u8..60,
        0_u8..60,
    );
    (parts, select(vec!["", "Z", "-0500", "+0930"]))
        .prop_map(move |((year, month, day, hour, minute, second), zone)| {
            let text = format!("{year}{month:02}{day:02}T{hour:02}{minute:02}{second:02}{zone}");
            canonical::<Timestamp>(&text, version)
        })
        .boxed()
}

fn date_and_or_time(version: Version) -> BoxedStrategy<String> {
    let partial = [
        "--0412",
        "--04",
        "1985",
        "1985-04",
        "---12",
        "T10",
        "T1022",
        "T102200",
        "T-2200",
        "T--00",
        "T102200Z",
        "T102200-0800",
        "19531015T231000Z",
        "19961022T140000",
        "--1022T1400",
        "---22T14",
    ];
    let partial = words(&partial).prop_map(move |one| canonical::<DateAndOrTime>(&one, version));
    prop_oneof![date(version), partial].boxed()
}

fn offset(version: Version) -> BoxedStrategy<String> {
    words(&["-0500", "+0930", "+0000"])
        .prop_map(move |one| canonical::<UtcOffset>(&one, version))
        .boxed()
}

/// One of them, or two with a comma between.
fn one_or_two(one: BoxedStrategy<String>) -> BoxedStrategy<String> {
    prop::collection::vec(one, 1..=2)
        .prop_map(|all| all.join(","))
        .boxed()
}

/// The registered values of a property or of a parameter on it; on a private one, those that any
/// property may have.
pub fn registered(
    property: Option<PropertyId>,
    parameter: Option<ParameterId>,
    version: Version,
) -> Vec<String> {
    let groups = registry::groups().iter().filter(|group| {
        let of_property = match property {
            Some(id) => group.properties.is_empty() || group.properties.contains(&id),
            None => group.properties.is_empty(),
        };
        group.parameter == parameter && group.versions.contains(&version) && of_property
    });
    groups
        .flat_map(|group| group.values.iter().map(|value| (*value).to_owned()))
        .collect()
}

/// Data, or a reference to it, as it is written.
fn encoded(id: Option<PropertyId>, value_type: ValueType) -> BoxedStrategy<PropertyValue> {
    match value_type {
        ValueType::Uri => uri(id).prop_map(PropertyValue::Uri).boxed(),
        _ => words(&["iVBORw0KGgo=", "AAAA", "AA=="])
            .prop_map(PropertyValue::Raw)
            .boxed(),
    }
}

/// Data that the builder encodes: base64, or a `data:` URI.
#[cfg(feature = "base64")]
fn binary() -> BoxedStrategy<PropertyValue> {
    let media_type = words(&["image/jpeg", "audio/x-wave", ""]);
    (media_type, prop::collection::vec(any::<u8>(), 1..100))
        .prop_map(|(media_type, data)| PropertyValue::Binary { media_type, data })
        .boxed()
}

fn value(wanted: Wanted, version: Version) -> BoxedStrategy<PropertyValue> {
    let id = wanted.row.map(|row| row.id);
    let shape = wanted.row.map_or(Shape::Single, |row| row.shape);
    let raw = |texts: BoxedStrategy<String>| texts.prop_map(PropertyValue::Raw).boxed();
    let known = registered(id, None, version);
    match (id, wanted.value_type) {
        (Some(PropertyId::N | PropertyId::ADR), _) => {
            let all = wanted.row.unwrap().components(version);
            let few = all.iter().filter(|component| !component.rfc9554).count();
            prop_oneof![components(all, few), components(all, all.len())].boxed()
        }
        (Some(PropertyId::ORG), _) => prop::collection::vec(text(), 1..=3)
            .prop_map(|all| {
                PropertyValue::Components(all.into_iter().map(|one| vec![one]).collect())
            })
            .boxed(),
        (Some(PropertyId::GENDER), _) => (select(known), prop::option::of(text()), any::<bool>())
            .prop_map(|(sex, identity, known)| {
                let mut all = vec![vec![if known { sex } else { String::new() }]];
                match (identity, known) {
                    (Some(identity), _) => all.push(vec![identity]),
                    (None, false) => all.push(vec!["femme".to_owned()]),
                    (None, true) => {}
                }
                PropertyValue::Components(all)
            })
            .boxed(),
        (Some(PropertyId::CLIENTPIDMAP), _) => {
            raw(words(&["urn:uuid:53e374d9-337e-4727-8803-a1e9c14e0556"]))
        }
        (Some(PropertyId::KIND | PropertyId::CLASS | PropertyId::GRAMGENDER), _) => {
            let mut known = known;
            known.push("x-own".to_owned());
            raw(select(known).boxed())
        }
        (_, ValueType::Text) if !known.is_empty() => raw(select(known).boxed()),
        (Some(PropertyId::XML), _) => words(&[
            "<a xmlns=\"http://example.com/ns\">b, c; d</a>",
            "<n:a xmlns:n='http://example.com/ns'/>",
        ])
        .prop_map(PropertyValue::Text)
        .boxed(),
        (Some(PropertyId::JSPROP), _) => words(&["{\"a\":[1,2]}", "\"two\\nlines\"", "true"])
            .prop_map(PropertyValue::Text)
            .boxed(),
        // White space alone is no name.
        (Some(PropertyId::FN), _) => text()
            .prop_map(|text| PropertyValue::Text(text + "."))
            .boxed(),
        (Some(PropertyId::EMAIL), _) => prop_oneof![words(&["ada@example.com"]), text()]
            .prop_map(PropertyValue::Text)
            .boxed(),
        (Some(PropertyId::GEO), ValueType::Float) => {
            raw(words(&["37.386013;-122.082932", "0.5;-1.0", "-90;180"]))
        }
        (Some(PropertyId::REV), ValueType::DateTime) => raw(timestamp(version)),
        (Some(PropertyId::BDAY), ValueType::DateTime) => {
            raw(prop_oneof![timestamp(version), words(&["1987-09-27T08:30:00-06:00"])].boxed())
        }
        (_, ValueType::Vcard) => Just(PropertyValue::Text(
            "BEGIN:VCARD\nVERSION:3.0\nN:Pell;;;;\nFN:Pell\nEND:VCARD\n".to_owned(),
        ))
        .boxed(),
        (_, ValueType::Text) if shape == Shape::List => prop::collection::vec(text(), 1..4)
            .prop_map(PropertyValue::List)
            .boxed(),
        (_, ValueType::Text | ValueType::PhoneNumber) => {
            text().prop_map(PropertyValue::Text).boxed()
        }
        #[cfg(feature = "base64")]
        (
            Some(PropertyId::PHOTO | PropertyId::LOGO | PropertyId::SOUND | PropertyId::KEY),
            ValueType::Binary | ValueType::Uri,
        ) => prop_oneof![binary(), encoded(id, wanted.value_type)].boxed(),
        (_, ValueType::Binary) => encoded(id, wanted.value_type),
        (id, ValueType::Uri) => uri(id).prop_map(PropertyValue::Uri).boxed(),
        (None, ValueType::Date) => raw(one_or_two(date(version))),
        (_, ValueType::Date) => raw(date(version)),
        (None, ValueType::DateAndOrTime) => raw(one_or_two(date_and_or_time(version))),
        (_, ValueType::DateAndOrTime) => raw(date_and_or_time(version)),
        (None, ValueType::Timestamp | ValueType::DateTime) => raw(one_or_two(timestamp(version))),
        (_, ValueType::Timestamp | ValueType::DateTime) => raw(timestamp(version)),
        (_, ValueType::Time) => raw(match version {
            Version::V4_0 => words(&["102200", "10", "-2200", "102200Z", "102200,--00"]),
            _ => words(&["10:22:00", "102200Z", "10:22:00-05:00"]),
        }),
        (_, ValueType::UtcOffset) => raw(offset(version)),
        (_, ValueType::LanguageTag) => raw(words(&["en", "de-CH", "zh-Hant-TW", "x-own"])),
        (_, ValueType::Boolean) => raw(words(&["TRUE", "false"])),
        (_, ValueType::Integer) => raw(words(&["0", "-42", "1,2,3", "9223372036854775807"])),
        (_, ValueType::Float) => raw(words(&["20.30", "-1000000.0000001", "1.0,2"])),
        (id, other) => panic!("say what a {} of {id:?} is", other.name()),
    }
}

/// What a parameter may say; none where it cannot be there.
fn parameter(
    id: ParameterId,
    wanted: Wanted,
    version: Version,
    condition: Condition,
) -> Option<BoxedStrategy<Vec<String>>> {
    let is_text = matches!(wanted.value_type, ValueType::Text | ValueType::PhoneNumber);
    let is_date = matches!(
        wanted.value_type,
        ValueType::Date | ValueType::DateTime | ValueType::DateAndOrTime | ValueType::Timestamp
    );
    let is_uri = wanted.value_type == ValueType::Uri;
    let fits = match condition {
        Condition::IfText => is_text,
        Condition::IfUri => is_uri,
        Condition::IfDate => is_date,
        Condition::Forbidden => false,
        _ => true,
    };
    if !fits {
        return None;
    }
    let of_registry = registered(wanted.row.map(|row| row.id), Some(id), version);
    let one = |text: BoxedStrategy<String>| Some(text.prop_map(|one| vec![one]).boxed());
    let number = |most: u32| (1..=most).prop_map(|number| number.to_string()).boxed();
    match id {
        ParameterId::VALUE => one(words(&[wanted.value_type.name()])),
        ParameterId::ENCODING if wanted.value_type == ValueType::Binary => one(words(&["b"])),
        ParameterId::TYPE => match condition {
            Condition::PrefOnly => one(select(of_registry).boxed()),
            Condition::ImageFormat => one(words(&["JPEG", "PNG"])),
            Condition::AudioFormat => one(words(&["BASIC", "WAVE"])),
            Condition::KeyFormat => one(select(of_registry).boxed()),
            _ => {
                let own = ["x-desk".to_owned()];
                let known: Vec<String> = of_registry.into_iter().chain(own).collect();
                let most = known.len().min(3);
                Some(subsequence(known, 1..=most).boxed())
            }
        },
        ParameterId::CALSCALE if wanted.row.is_none() && is_date => one(words(&["gregorian"])),
        ParameterId::LEVEL | ParameterId::CALSCALE | ParameterId::DERIVED => {
            let known = of_registry;
            (!known.is_empty()).then(|| select(known).prop_map(|one| vec![one]).boxed())
        }
        // How each of one or two companions sounds.
        ParameterId::PHONETIC => {
            let known = of_registry;
            (!known.is_empty()).then(|| subsequence(known, 1..=2).boxed())
        }
        // The numbers of the sources; 0 for none.
        ParameterId::PID => {
            Some(prop::collection::vec(words(&["0", "1", "2", "3"]), 1..=2).boxed())
        }
        // What makes it unique follows.
        ParameterId::PROP_ID => one(of_chars("abcXYZ019-_", 1..=12)),
        // The default separator or nothing, another separator, and a seed of the order.
        ParameterId::JSCOMPS => {
            let components = matches!(wanted.row?.shape, Shape::Components(_));
            let separator = || words(&["", " ", ", ", "; ", "\\", "\"", "^", "-\n"]);
            let texts = (prop::option::of(separator()), separator(), any::<u32>());
            components.then(|| {
                texts
                    .prop_map(|(default, other, seed)| {
                        let default = default.map_or(String::new(), |one| separator_entry(&one));
                        vec![default, separator_entry(&other), seed.to_string()]
                    })
                    .boxed()
            })
        }
        ParameterId::JSPTR if condition == Condition::Required => {
            one(words(&["phones/p1/example.com:a~1b", "example.com"]))
        }
        ParameterId::SORT_AS => {
            let most = match wanted.row.map(|row| row.shape) {
                Some(Shape::Components(_) | Shape::ComponentsRepeatingLast(_)) => 3,
                _ => 1,
            };
            Some(prop::collection::vec(of_chars("abcXYZ ä", 1..=8), 1..=most).boxed())
        }
        ParameterId::LANGUAGE => one(words(&["en", "de-AT", "ja", "zh-Hant"])),
        ParameterId::PREF => one(number(100)),
        ParameterId::INDEX => one(number(1000)),
        ParameterId::MEDIATYPE => one(words(&["text/plain", "image/svg+xml"])),
        ParameterId::CREATED => one(timestamp(version)),
        ParameterId::AUTHOR => one(words(&["mailto:a@example.com", "https://example.com/a,b"])),
        ParameterId::AUTHOR_NAME => one(parameter_text(version)),
        ParameterId::LABEL => one(text()),
        ParameterId::CC => one(words(&["DE", "US"])),
        ParameterId::CONTEXT => one(words(&["LDAP", "x-own"])),
        ParameterId::GEO => one(words(&["geo:12.5,-3.25"])),
        ParameterId::TZ => one(words(&["-0500", "Europe/Oslo", "https://example.com/tz"])),
        ParameterId::ALTID => one(words(&["1", "2", "a;b, c:d"])),
        ParameterId::SCRIPT => one(words(&["Latn", "Jpan"])),
        ParameterId::USERNAME => one(parameter_text(version)),
        ParameterId::SERVICE_TYPE => one(words(&["Mastodon", "One: two"])),
        _ => None,
    }
}

/// Whether a parameter has to be there.
fn is_required(id: ParameterId, wanted: Wanted, version: Version, condition: Condition) -> bool {
    match id {
        ParameterId::ENCODING => true,
        ParameterId::VALUE => {
            wanted.value_type != wanted.default_type(version)
                && wanted.value_type != ValueType::Binary
        }
        _ => match condition {
            Condition::Required => true,
            Condition::RequiredIfText => wanted.value_type == ValueType::Text,
            _ => false,
        },
    }
}

/// The name of a property in any letters; one of several where it is private.
fn name(wanted: Wanted) -> BoxedStrategy<String> {
    let usual = match wanted.row {
        Some(row) => Just(row.name.to_owned()).boxed(),
        None => words(&[FREE, "X-1", "x-Locker", "X-A-B-C-"]),
    };
    (usual, prop::bool::weighted(0.1))
        .prop_map(|(name, lower)| match lower {
            true => name.to_ascii_lowercase(),
            false => name,
        })
        .boxed()
}

/// A property with some of the parameters it takes, in any order.
fn draft(wanted: Wanted, version: Version) -> BoxedStrategy<Draft> {
    let mut parameters: Vec<BoxedStrategy<Option<Named>>> = registry::parameters()
        .iter()
        .filter_map(|one| {
            let condition = wanted.takes(one, version)?;
            let values = parameter(one.id, wanted, version, condition)?;
            let named = values.prop_map(|values| (one.name.to_owned(), values));
            Some(match is_required(one.id, wanted, version, condition) {
                true => named.prop_map(Some).boxed(),
                false => prop::option::weighted(0.3, named).boxed(),
            })
        })
        .collect();
    if wanted.takes_private(version) {
        let values = prop::collection::vec(parameter_text(version), 1..=2);
        let named = values.prop_map(|values| ("X-WHY".to_owned(), values));
        parameters.push(prop::option::weighted(0.1, named).boxed());
    }
    let group = prop::option::weighted(0.2, words(&["item1", "item2", "Work", "a-1"]));
    let parameters = parameters.prop_shuffle();
    let parts = (name(wanted), group, value(wanted, version), parameters);
    (parts, any::<bool>())
        .prop_map(move |((name, group, value, parameters), apart)| {
            let mut draft = Draft {
                wanted,
                name,
                group,
                parameters: parameters.into_iter().flatten().collect(),
                value,
            };
            agree_with_value(&mut draft);
            if apart {
                types_apart(&mut draft);
            }
            draft
        })
        .boxed()
}

/// `TYPE=home;TYPE=cell` says the same as `TYPE=home,cell`.
fn types_apart(draft: &mut Draft) {
    if let Some(types) = draft.remove(ParameterId::TYPE) {
        let name = ParameterId::TYPE.name();
        let each = types.into_iter().map(|one| (name.to_owned(), vec![one]));
        draft.parameters.extend(each);
    }
}

/// What parameters say about the value.
fn agree_with_value(draft: &mut Draft) {
    // A time alone has no calendar.
    if matches!(&draft.value, PropertyValue::Raw(text) if text.starts_with('T')) {
        draft.remove(ParameterId::CALSCALE);
    }
    let PropertyValue::Components(components) = &draft.value else {
        return;
    };
    let count = components.len();
    if let Some(mut values) = draft.remove(ParameterId::SORT_AS) {
        values.truncate(count);
        draft.set(ParameterId::SORT_AS, values);
    }
    let PropertyValue::Components(components) = &draft.value else {
        return;
    };
    if let Some([default, other, seed]) = draft.get(ParameterId::JSCOMPS) {
        let seed = seed.parse().unwrap();
        let order = jscomps(draft.wanted.name(), components, default, other, seed);
        draft.remove(ParameterId::JSCOMPS);
        if let Some(order) = order {
            draft.set(ParameterId::JSCOMPS, vec![order]);
        }
    }
}

fn separator_entry(verbatim: &str) -> String {
    let escaped = verbatim
        .replace('\\', "\\\\")
        .replace(',', "\\,")
        .replace(';', "\\;");
    format!("s,{escaped}")
}

/// The order of the values of N or ADR in any order; none when there is no value. RFC 9555, 3.3.1.
fn jscomps(
    name: &str,
    components: &[Vec<String>],
    default: &str,
    separator: &str,
    seed: u32,
) -> Option<String> {
    let is_new = |at: usize| at >= 7;
    let in_component = |at: usize, value: &String| {
        components
            .get(at)
            .is_some_and(|values: &Vec<String>| values.contains(value))
    };
    let newer = components
        .iter()
        .enumerate()
        .any(|(at, values)| is_new(at) && values.iter().any(|value| !value.is_empty()));
    let mut positions = Vec::new();
    for (at, values) in components.iter().enumerate() {
        for (index, value) in values.iter().enumerate() {
            // What is there for old readers too counts where it belongs.
            let twice = match (name, at) {
                ("N", 0) => in_component(5, value),
                ("N", 4) => in_component(6, value),
                ("ADR", 2) => newer,
                _ => false,
            };
            if value.is_empty() || twice {
                continue;
            }
            let key = (seed ^ (at * 8 + index) as u32).wrapping_mul(0x9E37_79B1);
            positions.push((
                key,
                match index {
                    0 => at.to_string(),
                    _ => format!("{at},{index}"),
                },
            ));
        }
    }
    positions.sort_unstable();
    let entries: Vec<String> = positions
        .into_iter()
        .flat_map(|(key, position)| {
            let separated = key & 3 == 0;
            [Some(position), separated.then(|| separator.to_owned())]
        })
        .flatten()
        .collect();
    (!entries.is_empty()).then(|| format!("{default};{}", entries.join(";")))
}

/// The lines of a card with these properties, and with what they and the version ask for.
fn complete(drafts: Vec<Draft>, version: Version) -> Vec<Draft> {
    let has = |id| drafts.iter().any(|draft| draft.wanted.is(id));
    let text = |text: &str| PropertyValue::Text(text.to_owned());
    let is_group = has(PropertyId::MEMBER);
    let mut lines = Vec::new();
    if !has(PropertyId::FN) {
        lines.push(Draft::new("FN", text("Ada Quist")));
    }
    if version == Version::V3_0 && !has(PropertyId::N) {
        let parts = ["Quist", "Ada", "", "", ""].map(|part| vec![part.to_owned()]);
        lines.push(Draft::new("N", PropertyValue::Components(parts.into())));
    }
    if is_group {
        lines.push(Draft::new("KIND", text("group")));
    }
    let mut labels = Vec::new();
    for draft in drafts {
        if draft.wanted.is_label() {
            labels.push(draft);
        } else if !draft.wanted.is_once(version) {
            lines.push(draft);
        } else {
            push_once(&mut lines, draft, version);
        }
    }
    let mut lines: Vec<Draft> = lines
        .into_iter()
        .enumerate()
        .flat_map(|(at, line)| with_companions(line, at))
        .collect();
    for (index, mut label) in labels.into_iter().enumerate() {
        let count = lines.len();
        let labelled = &mut lines[(index * 7 + 3) % count];
        let group = labelled
            .group
            .get_or_insert_with(|| format!("item{}", index + 7));
        label.group = Some(group.clone());
        lines.push(label);
    }
    number(&mut lines, version);
    identify(&mut lines);
    lines
}

/// Adds a property that occurs once: as an alternative where there is one, or not at all.
fn push_once(lines: &mut Vec<Draft>, mut draft: Draft, version: Version) {
    let name = draft.wanted.name();
    let of_name = |line: &&mut Draft| line.wanted.name() == name;
    let sounds = |draft: &Draft| draft.get(ParameterId::PHONETIC).is_some();
    let mut others: Vec<&mut Draft> = lines.iter_mut().filter(of_name).collect();
    if others.is_empty() {
        return lines.push(draft);
    }
    let takes = draft.wanted.takes(ParameterId::ALTID.row(), version);
    // Whose sound a companion is would not be clear.
    if takes.is_none() || sounds(&draft) || others.iter().any(|other| sounds(other)) {
        return;
    }
    let altid = match others[0].get(ParameterId::ALTID) {
        Some(values) => values.to_vec(),
        None => vec!["1".to_owned()],
    };
    others[0].set(ParameterId::ALTID, altid.clone());
    draft.set(ParameterId::ALTID, altid);
    lines.push(draft);
}

/// Numbers that one card has once: PIDs and their maps; and what several of one name need.
fn number(lines: &mut Vec<Draft>, version: Version) {
    if version != Version::V4_0 {
        return;
    }
    let mut maps = 0;
    for line in lines
        .iter_mut()
        .filter(|line| line.wanted.is(PropertyId::CLIENTPIDMAP))
    {
        maps += 1;
        if let PropertyValue::Raw(uri) = &line.value {
            line.value = PropertyValue::Raw(format!("{maps};{uri}"));
        }
    }
    let mut next: BTreeMap<&str, u32> = BTreeMap::new();
    let mut sources = BTreeSet::new();
    for line in lines.iter_mut() {
        let id = next.entry(line.wanted.name()).or_insert(1);
        let Some(values) = line.remove(ParameterId::PID) else {
            continue;
        };
        let pids = values.into_iter().map(|source| {
            let pid = match source.as_str() {
                "0" => id.to_string(),
                source => format!("{id}.{source}"),
            };
            sources.extend(source.parse::<u32>().ok().filter(|source| *source > 0));
            *id += 1;
            pid
        });
        let pids = pids.collect();
        line.set(ParameterId::PID, pids);
    }
    // A map that no PID uses is worth knowing.
    for source in (1..=maps).filter(|source| !sources.contains(source)) {
        let pid = &mut next.get_mut("FN").unwrap();
        let name = lines
            .iter_mut()
            .find(|line| line.wanted.is(PropertyId::FN))
            .unwrap();
        let mut pids = name.remove(ParameterId::PID).unwrap_or_default();
        pids.push(format!("{pid}.{source}"));
        name.set(ParameterId::PID, pids);
        **pid += 1;
    }
    for source in sources.into_iter().filter(|source| *source > maps) {
        let map = format!("{source};urn:uuid:1f762d2b-03c4-4a83-9a03-75ff658a6ee{source}");
        lines.push(Draft::new("CLIENTPIDMAP", PropertyValue::Raw(map)));
    }
    let mut of_contact: Vec<&mut Draft> = lines
        .iter_mut()
        .filter(|line| line.wanted.is(PropertyId::CONTACT_URI))
        .collect();
    let preferred = |line: &&mut Draft| line.get(ParameterId::PREF).is_some();
    if of_contact.len() > 1 && !of_contact.iter().any(preferred) {
        of_contact[0].set(ParameterId::PREF, vec!["1".to_owned()]);
    }
    let languages = [
        "en", "de", "fr", "es", "it", "pl", "ja", "ko", "fi", "el", "sv", "da",
    ];
    let of_grammar: Vec<&mut Draft> = lines
        .iter_mut()
        .filter(|line| line.wanted.is(PropertyId::GRAMGENDER))
        .collect();
    if of_grammar.len() > 1 {
        for (line, language) in of_grammar.into_iter().zip(languages) {
            line.set(ParameterId::LANGUAGE, vec![language.to_owned()]);
        }
    }
}

/// A property, and the properties that say how it sounds. RFC 9554, 4.6.
fn with_companions(mut draft: Draft, at: usize) -> Vec<Draft> {
    let Some(systems) = draft.remove(ParameterId::PHONETIC) else {
        return vec![draft];
    };
    let script = draft.remove(ParameterId::SCRIPT);
    // An ALTID that no other property of the name has.
    let altid = match draft.wanted.is(PropertyId::N) {
        true => draft
            .get(ParameterId::ALTID)
            .map_or("1".to_owned(), |values| values[0].clone()),
        false => format!("sound {at}"),
    };
    let PropertyValue::Components(components) = &draft.value else {
        panic!("{} has no sound", draft.wanted.name());
    };
    // Not every component has to have a sound.
    let sound = components.iter().enumerate().map(|(at, values)| {
        let silent = at % 3 == 2 || values.iter().all(String::is_empty);
        vec![if silent {
            String::new()
        } else {
            format!("sun{at}")
        }]
    });
    let sound: Vec<Vec<String>> = sound.collect();
    let companions = systems.into_iter().enumerate().map(|(at, system)| {
        let mut companion = Draft::new(
            draft.wanted.name(),
            PropertyValue::Components(sound.clone()),
        );
        let scripts = match (&script, system.as_str()) {
            (Some(script), _) => Some(script.clone()),
            (None, "script") => Some(vec!["Latn".to_owned()]),
            (None, _) => None,
        };
        companion.set(ParameterId::ALTID, vec![altid.clone()]);
        companion.set(ParameterId::PHONETIC, vec![system]);
        if let Some(scripts) = scripts {
            companion.set(ParameterId::SCRIPT, scripts);
        }
        if at > 0 {
            companion.set(ParameterId::LANGUAGE, vec!["yue".to_owned()]);
        }
        companion
    });
    let companions: Vec<Draft> = companions.collect();
    draft.set(ParameterId::ALTID, vec![altid]);
    [draft].into_iter().chain(companions).collect()
}

fn identify(lines: &mut [Draft]) {
    for (at, line) in lines.iter_mut().enumerate() {
        if let Some(ids) = line.remove(ParameterId::PROP_ID) {
            line.set(ParameterId::PROP_ID, vec![format!("{}-{at}", ids[0])]);
        }
    }
}

/// A card with these properties, and with what they and the version ask for.
pub fn card(wanted: Vec<Wanted>, version: Version) -> BoxedStrategy<Card> {
    let drafts: Vec<_> = wanted.into_iter().map(|one| draft(one, version)).collect();
    drafts
        .prop_map(move |drafts| {
            complete(drafts, version)
                .into_iter()
                .map(Draft::into_property)
                .fold(Card::builder(version), |builder, property| {
                    builder.property(property)
                })
                .build()
                .unwrap()
        })
        .boxed()
}

/// A card with a few properties of a version; those of one name more often than chance has it.
pub fn any_card(version: Version) -> impl Strategy<Value = Card> {
    let all = all(version);
    (
        prop::collection::vec(select(all), 0..8),
        prop::collection::vec(any::<prop::sample::Index>(), 0..3),
    )
        .prop_flat_map(move |(mut wanted, again)| {
            if !wanted.is_empty() {
                wanted.extend(
                    again
                        .iter()
                        .map(|one| *one.get(&wanted))
                        .collect::<Vec<_>>(),
                );
            }
            card(wanted, version)
        })
}
