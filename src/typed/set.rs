//! Values into properties, cards and new cards.

use super::any::AnyValue;
use super::build::needs_parameter;
use super::card_value::{CardValue, Rendered};
use super::entry::{Entry, IntoEntry};
use super::set_error::{SetError, SetErrorKind};
use super::typed::{Marker, TypedProperty, next_of};
use super::value_type::{declared, value_parameter, version_of, with_commas};
use super::vendor_names;
use crate::card::of_value::NewValue;
use crate::card::{Card, EntryId, PropertyMut, PropertyRef, PropertyValue};
use crate::registry::{self, PropertyRow, ReadAs, ValueType};
use crate::syntax::escape::is_escaped_text;
use crate::syntax::flags::Flags;
use crate::value;
use crate::version::Version;

impl PropertyMut<'_> {
    /// Sets the value: its canonical text for the version of the card, with VALUE and ENCODING as
    /// that needs.
    ///
    /// What described the old value goes with it: the LABEL, GEO and TZ of an address, SORT-AS,
    /// MEDIATYPE, CALSCALE, the media type in TYPE, and LANGUAGE where the new value takes none. Group,
    /// name and the other parameters stay as they are written
    /// ([`BelongsTo`](crate::registry::BelongsTo)). A value that is there already changes nothing.
    ///
    /// What says how the old value sounds goes too: the properties of the same name and ALTID that have
    /// PHONETIC (RFC 9554, 4.6). Forms in other languages stay, which
    /// [`alternatives`](crate::Card::alternatives) gives.
    ///
    /// # Errors
    ///
    /// The version of the card cannot express the value, or the line cannot be changed.
    ///
    /// ```
    /// use vcardinal::Card;
    /// use vcardinal::value::E164;
    ///
    /// let mut card = Card::parse(
    ///     "BEGIN:VCARD\nVERSION:4.0\nFN:A\nhome.tel;type=cell:(415) 555-0100\nEND:VCARD\n",
    /// )?;
    /// if let Some(mut mobile) = card.find_mut(|p| p.is("TEL") && p.has_type("cell")) {
    ///     mobile.set(&"+14155550123".parse::<E164>()?)?;
    /// }
    /// assert!(card.to_string().contains("\nhome.tel;type=cell;VALUE=uri:tel:+14155550123\n"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn set<'v>(&mut self, value: &impl CardValue<'v>) -> Result<(), SetError> {
        let version = version_of(&self.get());
        self.set_rendered(Rendered::of(value, version).map_err(Into::into))
    }

    pub(super) fn set_rendered(
        &mut self,
        value: Result<Rendered, SetErrorKind>,
    ) -> Result<(), SetError> {
        match value.and_then(|value| self.try_set(value)) {
            Ok(()) => Ok(()),
            Err(kind) => Err(kind.of(self.get().name())),
        }
    }

    fn try_set(&mut self, rendered: Rendered) -> Result<(), SetErrorKind> {
        let property = self.get();
        let version = version_of(&property);
        let Rendered {
            mut value,
            mut value_type,
            parameters: others,
        } = rendered;
        let name = property.name();
        // The same letters may be another value, as those of a date that is a text.
        let is_unsaid = value_type == ValueType::Text
            && vendor_names::has_to_say_text(name, &value, version)
            && declared(&property) != Some(ValueType::Text);
        if !is_unsaid && is_there(&property, &value, value_type, version) {
            return Ok(());
        }
        if let PropertyValue::Raw(raw) = &value
            && let Some(text) = vendor_names::vendor_text(name, raw, version)?
        {
            value = PropertyValue::Raw(text);
            value_type = ValueType::Text;
        }
        let row = registry::property(property.line().name_bytes());
        needs_nothing_more(&property, row, value_type, version)?;
        let value = with_commas(value, value_type, self.card_style());
        let mut new = NewValue::new(row, value_type, version);
        let inline = value.inline_media_type();
        if inline == Some("") {
            new = new.keeping_media_type();
        }
        // ENCODING says enough.
        let declared = match inline {
            Some(_) => None,
            None if value_type == ValueType::Text
                && vendor_names::has_to_say_text(name, &value, version) =>
            {
                Some(value_type.name())
            }
            None => value_parameter(row, value_type, version),
        };
        Ok(self.set_typed_value(&value, new, declared, &others)?)
    }
}

/// Whether a property has this value already, however that is written.
fn is_there(
    property: &PropertyRef<'_>,
    value: &PropertyValue,
    value_type: ValueType,
    version: Version,
) -> bool {
    if let PropertyValue::Raw(raw) = value
        && is_another_text(property, raw, version)
    {
        return false;
    }
    let is_so = |old: Result<AnyValue<'_>, _>| says(old.ok(), value, value_type, version);
    is_so(property.value()) || property.value_of_other_type(value_type).is_some_and(is_so)
}

/// Whether a value that was read is the one that is to be written.
fn says(
    old: Option<AnyValue<'_>>,
    value: &PropertyValue,
    value_type: ValueType,
    version: Version,
) -> bool {
    let Some(old) = old else {
        return false;
    };
    // Texts, which are long, are not written to be compared. 2.1 has more than one form for them.
    if let (AnyValue::Text(old), PropertyValue::Raw(raw)) = (&old, value)
        && version != Version::V2_1
    {
        return value_type == ValueType::Text && is_escaped_text(raw, old, version);
    }
    let Ok((old, old_type)) = old.to_property(version) else {
        return false;
    };
    match (&old, value) {
        // TYPE says what it is, and may go on doing so.
        (PropertyValue::Base64 { data: old, .. }, PropertyValue::Base64 { media_type, data })
            if media_type.is_empty() =>
        {
            old == data
        }
        (old, new) => old == new && old_type == value_type,
    }
}

/// Whether a property is seen to have another text, or list or components of texts, than `raw`, without
/// being read and written once more: most values that are set are others than those that are there.
///
/// In one whose letters are kept and that says neither type, encoding nor charset, each letter and digit
/// but the N of a line break is written as it was read. Folds, escapes and delimiters are passed over, and
/// what is not ASCII, of which some is white space. Letters that are the same say nothing.
fn is_another_text(property: &PropertyRef<'_>, raw: &str, version: Version) -> bool {
    const SAYS_MORE: Flags = Flags::MAY_NAME_TYPE
        .or(Flags::MAY_NAME_CHARSET)
        .or(Flags::MAY_NAME_ENCODING)
        .or(Flags::BASE64)
        .or(Flags::QUOTED_PRINTABLE)
        .or(Flags::NESTED);
    let line = property.line();
    // An octet of another charset may look like a letter.
    let is_decoded = property.has_fallback_charset() && !line.raw_value().is_ascii();
    if line.flags().has(SAYS_MORE) || version == Version::V2_1 || is_decoded {
        return false;
    }
    let Some(row) = registry::property(line.name_bytes()).filter(|row| row.stands_for.is_none())
    else {
        return false;
    };
    let read_as = row.read_without_value_as(version);
    let is_text = matches!(
        read_as,
        ReadAs::Address | ReadAs::Name | ReadAs::Organization | ReadAs::Text | ReadAs::TextList
    );
    fn letters(text: &[u8]) -> impl Iterator<Item = u8> {
        let is_kept = |byte: &u8| byte.is_ascii_alphanumeric() && !matches!(byte, b'n' | b'N');
        text.iter().copied().filter(is_kept)
    }
    is_text
        && !letters(line.raw_value()).eq(letters(raw.as_bytes()))
        && value::keeps_letters(read_as, line.raw_value(), version)
}

/// Whether a property has the parameters that a value of this type asks for.
fn needs_nothing_more(
    property: &PropertyRef<'_>,
    row: Option<&'static PropertyRow>,
    value_type: ValueType,
    version: Version,
) -> Result<(), SetErrorKind> {
    let row = row.filter(|row| needs_parameter(row.id));
    let Some(column) = row.and_then(|row| row.column(version)) else {
        return Ok(());
    };
    let missing = column.parameters.iter().find(|allowed| {
        allowed.is_needed(Some(value_type))
            && property.parameter(allowed.parameter.name()).is_none()
    });
    match missing {
        None => Ok(()),
        Some(allowed) => Err(SetErrorKind::Needs {
            parameter: allowed.parameter.name(),
        }),
    }
}

impl Card {
    /// Sets the property of this kind that [`get`](Card::get) gives, or adds one. The group stays, and
    /// so do the parameters that do not belong to the value, as with
    /// [`PropertyMut::set`](crate::PropertyMut::set). As with [`add`](Card::add), the rest of the card is not
    /// looked at.
    ///
    /// # Errors
    ///
    /// The version of the card cannot express the value; or the card does not have the property yet,
    /// and neither does its version.
    ///
    /// ```
    /// use vcardinal::Card;
    /// use vcardinal::value::PartialDate;
    /// use vcardinal::property;
    ///
    /// let mut card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nfn;PREF=1:Zoe\nEND:VCARD\n")?;
    /// card.set::<property::FullName>("Zoë")?;
    /// card.set::<property::Bday>(PartialDate::month_day(12, 10)?)?;
    /// assert_eq!(
    ///     card.to_string(),
    ///     "BEGIN:VCARD\nVERSION:4.0\nfn;PREF=1:Zoë\nBDAY:--1210\nEND:VCARD\n",
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn set<'v, P: TypedProperty>(
        &mut self,
        value: impl IntoEntry<'v, P>,
    ) -> Result<EntryId, SetError> {
        self.set_entry(value.into_entry())
    }

    fn set_entry<P: TypedProperty>(&mut self, entry: Entry<'_, P>) -> Result<EntryId, SetError> {
        let known = self.known_to_set(Marker::of::<P>());
        match known.and_then(|id| self.entry_mut(id)) {
            Some(mut property) => {
                entry.set_on(&mut property)?;
                Ok(property.id())
            }
            None => self.add_entry(entry),
        }
    }

    /// The property that [`get`](Card::get) gives, found without a look through the card where it was
    /// found before.
    fn known_to_set(&mut self, marker: Marker) -> Option<EntryId> {
        if let Some(own) = self.first_named(marker.name) {
            return Some(own);
        }
        let id = marker
            .id
            .filter(|_| marker.lengths_of_vendor_names() != 0)?;
        if let Some(known) = self.vendors_for(marker.name) {
            return Some(known);
        }
        let found = next_of(&mut self.properties(), &mut None, marker, id)?.id();
        self.remember_vendors(marker.name, found);
        Some(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::format;
    use alloc::string::String;
    use proptest::prelude::*;

    fn part() -> impl Strategy<Value = String> {
        let pieces = [
            "a", "N", "n", "7", "\u{e9}", "\u{a0}", " ", "\t", ",", "\\,", "\\;", "\\n", "\\N",
            "\\\\", "\\x", "\r\n ", "\r\n\t", "\"", ":",
        ];
        prop::collection::vec(prop::sample::select(pieces.to_vec()), 0..6)
            .prop_map(|pieces| pieces.concat())
    }

    /// Components as many as the property has, or some other number.
    fn line() -> impl Strategy<Value = String> {
        let names = [
            ("FN", 1),
            ("NOTE", 1),
            ("EMAIL", 1),
            ("CATEGORIES", 1),
            ("NICKNAME", 1),
        ];
        let structured = [
            ("N", 5),
            ("ADR", 7),
            ("ORG", 1),
            ("ORG", 3),
            ("ADR", 18),
            ("N", 7),
        ];
        let names = [&names[..], &structured[..]].concat();
        (prop::sample::select(names), prop::bool::weighted(0.1)).prop_flat_map(
            |((name, count), is_other)| {
                let count = if is_other { 1..=20 } else { count..=count };
                prop::collection::vec(part(), count)
                    .prop_map(move |parts| format!("{name}:{}", parts.join(";")))
            },
        )
    }

    proptest! {
        /// Of what a property has, as it is written once it was read, nothing says it is another text.
        #[test]
        fn ok_a_text_that_is_there_is_not_another_one(line in line(), is_3_0 in any::<bool>()) {
            let version = if is_3_0 { Version::V3_0 } else { Version::V4_0 };
            let text = format!("BEGIN:VCARD\r\nVERSION:{version}\r\n{line}\r\nEND:VCARD\r\n");
            let card = Card::parse(&text).unwrap();
            let property = card.properties().nth(1).unwrap();
            let written = property.value().map(|value| value.to_property(version));
            if let Ok(Ok((PropertyValue::Raw(written), _))) = written {
                prop_assert!(!is_another_text(&property, &written, version), "{text:?} {written:?}");
            }
        }
    }

    #[test]
    fn ok_another_text_is_seen_unread() {
        for line in [
            "FN:Ada",
            "N:Quist;Zo\u{eb};;;",
            "ADR:;;1 Oak\r\n  St;Oslo;;;",
            "ORG:Works;Paint",
        ] {
            let text = format!("BEGIN:VCARD\r\nVERSION:4.0\r\n{line}\r\nEND:VCARD\r\n");
            let card = Card::parse(&text).unwrap();
            let property = card.properties().nth(1).unwrap();
            assert!(is_another_text(&property, "Other", Version::V4_0), "{line}");
        }
    }
}
