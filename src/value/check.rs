//! Which type the value of a property is to be read as, in one place.

use super::text::bare_delimiters;
use super::{
    Address, Binary, ClientPidMap, DateAndOrTime, DateTime, Gender, Geo, GeoOrUri, Kind,
    LanguageTag, List, Name, Notes, Organization, PartialDate, PartialTime, TelUri, Text, TextList,
    Timestamp, Uri, UtcOffset, Value, ValueError,
};
use crate::registry::{PropertyId, ReadAs, ValueType};
use crate::version::Version;

/// Reads a value as what its property and its VALUE parameter say it is, and drops it.
///
/// This is for a checker: the notes and the error are what is wrong with the value.
/// `value_type` is what VALUE names, or the default of the property. `vcard`, `url` and
/// `content-id` of old versions, and inline data of 2.1, are taken as they are.
///
/// # Errors
///
/// The text is not a value of this type.
///
/// ```
/// use vcardinal::Version;
/// use vcardinal::registry::{PropertyId, ValueType};
/// use vcardinal::value::{Notes, check};
///
/// let bday = Some(PropertyId::BDAY);
/// let read = |raw| check(bday, ValueType::DateAndOrTime, raw, Version::V4_0, &mut Notes::none());
/// assert!(read("--0412").is_ok());
/// assert!(read("circa 1800").is_err());
/// ```
pub fn check(
    property: Option<PropertyId>,
    value_type: ValueType,
    raw: &str,
    version: Version,
    notes: &mut Notes<'_>,
) -> Result<(), ValueError> {
    fn read<'a, T: Value<'a>>(
        raw: &'a str,
        version: Version,
        notes: &mut Notes<'_>,
    ) -> Result<(), ValueError> {
        T::read(raw, version, notes).map(|_| ())
    }
    let read_as = match property {
        Some(id) => id.row().read_as(value_type),
        None => ReadAs::of_type(value_type),
    };
    match (read_as, value_type) {
        (ReadAs::Address, _) => read::<Address>(raw, version, notes),
        (ReadAs::ClientPidMap, _) => read::<ClientPidMap>(raw, version, notes),
        (ReadAs::Gender, _) => read::<Gender>(raw, version, notes),
        (ReadAs::GeoOrUri, ValueType::Uri) => read::<GeoOrUri>(raw, version, notes),
        // Without a type that takes one, a URI is not a position.
        (ReadAs::GeoOrUri, _) => read::<Geo>(raw, version, notes),
        (ReadAs::Kind, _) => read::<Kind>(raw, version, notes),
        (ReadAs::Name, _) => read::<Name>(raw, version, notes),
        (ReadAs::Organization, _) => read::<Organization>(raw, version, notes),
        (ReadAs::TextList, _) => read::<TextList>(raw, version, notes),
        (ReadAs::Timestamp, _) => read::<Timestamp>(raw, version, notes),
        // An offset is one without VALUE, too.
        (ReadAs::TimeZone, ValueType::Text) if UtcOffset::parse(raw, version).is_ok() => {
            notes.trim(raw);
            Ok(())
        }
        // The type says which of several they are.
        (_, ValueType::Text | ValueType::PhoneNumber) => read::<Text>(raw, version, notes),
        (_, ValueType::Uri) => read::<Uri>(raw, version, notes),
        (_, ValueType::UtcOffset) => read::<UtcOffset>(raw, version, notes),
        // RFC 2426, 3.1.5 has date-times of BDAY without VALUE: the T tells.
        (ReadAs::DateOrText, _) => read::<DateAndOrTime>(raw, version, notes),
        (ReadAs::LanguageTag, _) => read::<LanguageTag>(raw, version, notes),
        (ReadAs::Boolean, _) => read::<bool>(raw, version, notes),
        (ReadAs::Floats, _) => read::<List<f64>>(raw, version, notes),
        (ReadAs::Integers, _) => read::<List<i64>>(raw, version, notes),
        (ReadAs::Dates, _) => read::<List<PartialDate>>(raw, version, notes),
        (ReadAs::Times, _) => read::<List<PartialTime>>(raw, version, notes),
        (ReadAs::DateTimes, _) => read::<List<DateTime>>(raw, version, notes),
        (ReadAs::DatesAndOrTimes, _) => read::<List<DateAndOrTime>>(raw, version, notes),
        (ReadAs::Timestamps, _) => read::<List<Timestamp>>(raw, version, notes),
        (_, ValueType::Binary) if version != Version::V2_1 => read::<Binary>(raw, version, notes),
        // References and inline data of 2.1, and cards in AGENT, are taken as they are.
        _ => Ok(()),
    }
}

/// Whether a value is clean at a glance: [`check`] reads it, once it is unfolded, without a note.
///
/// A part of what is: of each type, what most values of cards that programs write look like. That
/// the value is not empty and holds no control character is for the caller to know. `read_as` is
/// what reads it on a property that stands for itself.
#[inline(always)]
pub(crate) fn is_clean(
    read_as: ReadAs,
    value_type: ValueType,
    raw: &[u8],
    version: Version,
) -> bool {
    match (read_as, value_type) {
        (ReadAs::Address, _) => Address::is_clean(raw, version),
        (ReadAs::Name, _) => Name::is_clean(raw, version),
        (ReadAs::Organization, _) => Organization::is_clean(raw, version),
        (ReadAs::TextList, _) => TextList::is_clean(raw, version),
        // What VALUE says may be another type than the value has.
        (ReadAs::Timestamp, ValueType::Date) | (ReadAs::DateOrText, ValueType::DateTime) => false,
        (ReadAs::Timestamp, _) => Timestamp::is_clean(raw, version),
        (ReadAs::ClientPidMap | ReadAs::Gender | ReadAs::GeoOrUri | ReadAs::Kind, _) => false,
        // An offset may have white space around it, which is noted.
        (ReadAs::TimeZone, ValueType::Text) if raw.trim_ascii().len() < raw.len() => false,
        (_, ValueType::Text | ValueType::PhoneNumber) => Text::is_clean(raw, version),
        (ReadAs::Telephone, ValueType::Uri) => TelUri::is_clean(raw),
        (_, ValueType::Uri) => Uri::is_clean(raw),
        (ReadAs::DateOrText, _) => DateAndOrTime::is_clean(raw, version),
        (ReadAs::LanguageTag, _) => LanguageTag::is_clean(raw),
        _ => false,
    }
}

/// Whether reading keeps each letter and digit of a text, of a list or of components of texts, in
/// their order, and writing it adds none, as far as can be seen at a glance: nothing is wrong with an
/// escape, and there are no components of RFC 9554, which are written in older ones too, or beyond
/// them, which are not kept.
pub(crate) fn keeps_letters(read_as: ReadAs, raw: &[u8], version: Version) -> bool {
    let known = match read_as {
        ReadAs::Address => PropertyId::ADR.row().component_counts().0,
        ReadAs::Name => PropertyId::N.row().component_counts().0,
        ReadAs::Organization => usize::MAX,
        _ => return is_clean(read_as, ValueType::Text, raw, version),
    };
    bare_delimiters(raw, version).is_some_and(|(semicolons, _)| semicolons < known)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registry;
    use alloc::string::String;
    use proptest::prelude::*;

    /// Values of each type, right and nearly right.
    const VALUES: [&str; 44] = [
        "a",
        "a b",
        "a,b",
        "a;b",
        "a\\,b",
        "a\\;b",
        "a\\nb",
        "a\\x",
        "a\\",
        ";;;;",
        "a;b;c;d;e",
        "a,b;c;d;e;f",
        ";;;;;;",
        ";;;;;;;;;;;;;;;;;",
        ";;;;;;;",
        "tel:+1-415-555-0123",
        "tel:+1 4",
        "tel:1",
        "https://example.com/a",
        "http://a b/",
        "urn:uuid:4fbe8971",
        "mailto:a@b",
        "data:a",
        "x:y",
        "19850412",
        "1985-04-12",
        "19850230",
        "--0412",
        "19951031T222710Z",
        "1995-10-31T22:27:10Z",
        "en",
        "deu",
        "e",
        "en_US",
        "4.0",
        "1",
        "true",
        "-0500",
        "-05:00",
        "geo:1,2",
        "1;2",
        "M",
        ";x",
        "\u{e9}",
    ];

    #[test]
    fn ok_clean_values_are_read_without_a_note() {
        let mut clean = 0;
        for row in registry::properties() {
            if row.stands_for.is_some() {
                continue;
            }
            for value_type in registry::value_types().iter().map(|row| row.value_type) {
                for (version, raw) in Version::ALL
                    .into_iter()
                    .flat_map(|version| VALUES.map(|raw| (version, raw)))
                {
                    if !is_clean(row.read_as(value_type), value_type, raw.as_bytes(), version) {
                        continue;
                    }
                    clean += 1;
                    let mut noted = None;
                    let mut sink = |note| noted = Some(note);
                    let mut sink = Notes::to(&mut sink);
                    let read = check(Some(row.id), value_type, raw, version, &mut sink);
                    assert!(
                        read.is_ok() && noted.is_none(),
                        "{} {value_type:?} {version} {raw:?}: {read:?} {noted:?}",
                        row.name
                    );
                }
            }
        }
        assert!(clean > 1000, "{clean}");
    }

    /// What [`keeps_letters`] promises, but for the N of a line break.
    fn assert_letters<'a, T: Value<'a>>(raw: &'a str, version: Version) {
        let letters = |text: &str| -> String {
            text.chars()
                .filter(|one| one.is_ascii_alphanumeric() && !matches!(one, 'n' | 'N'))
                .collect()
        };
        let read = T::parse(raw, version).unwrap();
        let written = read.to_text(Version::V4_0).unwrap();
        assert_eq!(letters(&written), letters(raw), "{raw:?} in {version}");
    }

    proptest! {
        #[test]
        fn ok_letters_are_kept(raw in "([a-dnN]|,|;|;|;|;|;|\\\\[,;nN\\\\x]|\\\\|é| ){0,24}") {
            for version in Version::ALL {
                let keeps = |read_as| keeps_letters(read_as, raw.as_bytes(), version);
                if keeps(ReadAs::Name) {
                    assert_letters::<Name<'_>>(&raw, version);
                }
                if keeps(ReadAs::Address) {
                    assert_letters::<Address<'_>>(&raw, version);
                }
                if keeps(ReadAs::Organization) {
                    assert_letters::<Organization<'_>>(&raw, version);
                }
                if keeps(ReadAs::TextList) {
                    assert_letters::<TextList<'_>>(&raw, version);
                }
                if keeps(ReadAs::Text) {
                    assert_letters::<Text<'_>>(&raw, version);
                }
            }
        }
    }
}
