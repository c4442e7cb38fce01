//! Which type the value of a property has: what VALUE says, or the default of the property.
//!
//! RFC 6350, 5.2; RFC 2425, 5.8.3; vCard 2.1, 2.1.8. The checker asks the same function.

use crate::card::PropertyRef;
use crate::registry::{self, PropertyRow, ValueType};
use crate::version::Version;

/// The type of a value, from the row of its property and the word in VALUE; none where that is a
/// word nobody has registered, so that nobody can know what the value is.
///
/// A type that no version has for the property says nothing: `TEL;VALUE=integer` is a telephone
/// number like any other.
pub(crate) fn effective(
    row: Option<&PropertyRow>,
    named: Option<&[u8]>,
    version: Version,
) -> Option<ValueType> {
    let default = || row.map_or(ValueType::Text, |row| row.default_type(version));
    match named {
        None | Some([]) => Some(default()),
        // 2.1 says so of a value that stands on the line, whatever its type.
        Some(word) if version == Version::V2_1 && word.eq_ignore_ascii_case(b"INLINE") => {
            Some(default())
        }
        Some(word) => {
            let named = registry::value_type(word)?.value_type;
            let foreign = row.is_some_and(|row| !row.ever_permits_type(named));
            Some(if foreign { default() } else { named })
        }
    }
}

/// The word in VALUE, written or meant: 2.1 writes INLINE, URL, CONTENT-ID and CID without it.
fn named<'a>(property: &PropertyRef<'a>) -> Option<alloc::borrow::Cow<'a, str>> {
    let may = |letter| matches!(letter, b'v' | b'i' | b'u' | b'c');
    if !property.line().may_have_parameter(may) {
        return None;
    }
    Some(property.parameter("VALUE")?.value())
}

/// What VALUE says, where it says anything; a word nobody has registered makes it text, which is
/// all one can read it as.
pub(crate) fn declared(property: &PropertyRef<'_>) -> Option<ValueType> {
    let named = named(property)?;
    let version = super::card_value::version_of(property);
    if named.is_empty() || (version == Version::V2_1 && named.eq_ignore_ascii_case("INLINE")) {
        return None;
    }
    Some(registry::value_type(named.as_bytes()).map_or(ValueType::Text, |row| row.value_type))
}

impl PropertyRef<'_> {
    /// The type of its value: what VALUE names, or the default of the property in the version of
    /// its card (3.0 when that names none); [`Binary`](ValueType::Binary) for what is encoded as
    /// base64. None where VALUE names a type that is not registered, such as `VALUE=x-mine`.
    ///
    /// A type that no version has for the property says nothing, so that the default holds.
    /// RFC 6350, 5.2; RFC 2425, 5.8.3; vCard 2.1, 2.1.8.
    ///
    /// ```
    /// use vcardinal::{Card, registry::ValueType};
    ///
    /// let card = Card::parse(
    ///     "BEGIN:VCARD\nVERSION:4.0\nBDAY:19850412\nTEL;VALUE=uri:tel:+1\nX-A;VALUE=x-mine:1\nEND:VCARD\n",
    /// )?;
    /// let types: Vec<_> = card.properties().skip(1).map(|property| property.value_type()).collect();
    /// assert_eq!(types, [Some(ValueType::DateAndOrTime), Some(ValueType::Uri), None]);
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    #[must_use]
    pub fn value_type(&self) -> Option<ValueType> {
        let row = registry::property(self.line().name_bytes());
        self.value_type_by(row)
    }

    /// As [`value_type`](Self::value_type), by a row that was looked up already.
    #[inline]
    pub(super) fn value_type_by(&self, row: Option<&PropertyRow>) -> Option<ValueType> {
        let version = super::card_value::version_of(self);
        match named(self) {
            Some(named) => effective(row, Some(named.as_bytes()), version),
            None if self.line().is_base64() => Some(ValueType::Binary),
            None => effective(row, None, version),
        }
    }
}
