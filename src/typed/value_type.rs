//! Which type the value of a property has: what VALUE says, or the default of the property.
//!
//! RFC 6350, 5.2; RFC 2425, 5.8.3; vCard 2.1, 2.1.8. The checker asks the same function.

use crate::card::uri_commas::{Style, UriCommas};
use crate::card::{PropertyRef, PropertyValue};
use crate::registry::{self, PropertyId, PropertyRow, ValueType};
use crate::syntax::flags::Flags;
use crate::version::Version;

/// The version whose rules hold for a property.
pub(super) fn version_of(property: &PropertyRef<'_>) -> Version {
    property.effective_version()
}

/// The type of a value, from the row of its property and the word in VALUE; `None` where that word
/// is not registered, so that the type cannot be known.
///
/// A type that no version allows for the property is ignored: `TEL;VALUE=integer` is a telephone
/// number like any other.
pub(crate) fn effective(
    row: Option<&PropertyRow>,
    named: Option<&[u8]>,
    version: Version,
) -> Option<ValueType> {
    Named::by(named, version).effective(row, version)
}

/// What VALUE says of a property: looked for once, since it decides both what reads a value and
/// what that makes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Named {
    Nothing,
    /// 2.1 says INLINE of a value that stands on the line, whatever its type.
    Inline,
    Type(ValueType),
    /// A word that is not registered.
    Unknown,
}

impl Named {
    #[inline(always)]
    pub fn of(property: &PropertyRef<'_>) -> Self {
        // Most properties have no such parameter.
        match property.line().flags().has(Flags::MAY_NAME_TYPE) {
            true => Named::of_parameters(property),
            false => Named::Nothing,
        }
    }

    #[inline(never)]
    fn of_parameters(property: &PropertyRef<'_>) -> Self {
        // One without a value says nothing.
        let mut values = property.values_named("VALUE");
        let word = values.find(|value| !value.is_empty());
        Named::by(word.as_deref().map(str::as_bytes), version_of(property))
    }

    #[inline]
    fn by(word: Option<&[u8]>, version: Version) -> Self {
        match word {
            None | Some([]) => Named::Nothing,
            Some(word) if version == Version::V2_1 && word.eq_ignore_ascii_case(b"INLINE") => {
                Named::Inline
            }
            Some(word) => match registry::value_type(word) {
                Some(row) => Named::Type(row.value_type),
                None => Named::Unknown,
            },
        }
    }

    /// As [`effective`].
    #[inline(always)]
    fn effective(self, row: Option<&PropertyRow>, version: Version) -> Option<ValueType> {
        let default = || row.map_or(ValueType::Text, |row| row.default_type(version));
        match self {
            Named::Nothing | Named::Inline => Some(default()),
            Named::Type(named) => {
                let foreign = row.is_some_and(|row| !row.ever_permits_type(named));
                Some(if foreign { default() } else { named })
            }
            Named::Unknown => None,
        }
    }

    /// As [`declared`].
    #[inline]
    pub fn declared(self) -> Option<ValueType> {
        match self {
            Named::Nothing | Named::Inline => None,
            Named::Type(named) => Some(named),
            Named::Unknown => Some(ValueType::Text),
        }
    }
}

/// What VALUE says; `None` where it says nothing. A word that is not registered makes it text,
/// which is all it can be read as.
pub(crate) fn declared(property: &PropertyRef<'_>) -> Option<ValueType> {
    Named::of(property).declared()
}

/// Whether a value is a text, by what VALUE says or by the default of the property that its name
/// stands for: a KEY or a SOUND of 2.1.
pub(super) fn is_text(property: &PropertyRef<'_>) -> bool {
    let row = registry::property(property.line().name_bytes());
    let row = row.map(|row| row.id.stands_for_property().map_or(row, PropertyId::row));
    let named = Named::of(property);
    named.effective(row, version_of(property)) == Some(ValueType::Text)
        || named == Named::Nothing && is_spoken(property, row)
}

/// Whether a word of TYPE says that a SOUND is a text, in a version that does not have that.
fn is_spoken(property: &PropertyRef<'_>, row: Option<&PropertyRow>) -> bool {
    row.is_some_and(|row| row.id == PropertyId::SOUND)
        && property
            .values_named("TYPE")
            .any(|word| registry::is_word_of_spoken(&word))
}

/// What VALUE has to say, where a value is not of the default type of its property. A type that
/// the version does not have there is not named: `UID:urn:uuid:...` of 3.0 is a text.
pub(super) fn value_parameter(
    row: Option<&PropertyRow>,
    value_type: ValueType,
    version: Version,
) -> Option<&'static str> {
    let column = row.and_then(|row| row.column(version));
    let needed = match column {
        Some(column) => column.default_type() != value_type && column.permits_type(value_type),
        None => value_type != ValueType::Text,
    };
    needed.then(|| value_type.name())
}

/// The raw text of a URI with its commas written as they are to be: value types write them as the
/// version has it.
pub(super) fn with_commas(
    value: PropertyValue,
    value_type: ValueType,
    style: Style,
) -> PropertyValue {
    if value_type != ValueType::Uri || style.commas == UriCommas::of_version(style.version) {
        return value;
    }
    match value {
        PropertyValue::Raw(raw) => PropertyValue::Raw(match style.commas {
            UriCommas::Plain => raw.replace("\\,", ","),
            UriCommas::Escaped => raw.replace(',', "\\,"),
        }),
        value => value,
    }
}

impl PropertyRef<'_> {
    /// The type of its value: what VALUE names, or the default of the property in the version of
    /// its card (3.0 when that names none); [`Binary`](ValueType::Binary) for what is encoded as
    /// base64. `None` where VALUE names a type that is not registered, such as `VALUE=x-mine`.
    ///
    /// A type that no version allows for the property is ignored, so that the default holds.
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
        self.value_type_by(row, Named::of(self))
    }

    /// As [`value_type`](Self::value_type), by a row and a VALUE that were looked up already.
    #[inline]
    pub(super) fn value_type_by(
        &self,
        row: Option<&PropertyRow>,
        named: Named,
    ) -> Option<ValueType> {
        match named {
            Named::Nothing if self.line().is_base64() => Some(ValueType::Binary),
            named => named.effective(row, version_of(self)),
        }
    }
}
