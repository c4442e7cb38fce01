//! Values into properties, cards and new cards.

use super::card_value::{CardValue, OMITTED_YEAR, version_of};
use super::entry::Entry;
use super::property::TypedProperty;
use super::vendor;
use crate::card::Card;
use crate::card::EditError;
use crate::card::EntryId;
use crate::card::Parameter;
use crate::card::PropertyMut;
use crate::card::PropertyValue;
use crate::card::TokenError;
use crate::card::WriteError;
use crate::registry::{self, ValueType};
use crate::value::Unwritable;
use crate::version::Version;

/// Why a value was not set.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SetError {
    /// The version of the card has no text for the value.
    #[error(transparent)]
    Value(#[from] Unwritable),
    /// The line cannot be changed or added.
    #[error(transparent)]
    Edit(#[from] EditError),
    /// The version of the card does not have the property. One that is there can be changed.
    #[error("vCard {version} has no property {name}")]
    NotInVersion {
        /// The property.
        name: &'static str,
        /// The version of the card.
        version: Version,
    },
}

impl From<TokenError> for SetError {
    fn from(error: TokenError) -> Self {
        SetError::Edit(error.into())
    }
}

impl From<WriteError> for SetError {
    fn from(error: WriteError) -> Self {
        SetError::Edit(error.into())
    }
}

/// Whether a version has a property; names that no registry knows are in every one.
pub(super) fn is_in_version(name: &'static str, version: Version) -> Result<(), SetError> {
    match registry::property(name.as_bytes()) {
        Some(row) if row.column(version).is_none() => Err(SetError::NotInVersion { name, version }),
        _ => Ok(()),
    }
}

/// What VALUE has to say, where a value is not of the default type of its property. A type that
/// the version does not have there is not named: `UID:urn:uuid:...` of 3.0 is a text.
pub(super) fn value_parameter(
    name: &str,
    value_type: ValueType,
    version: Version,
) -> Option<&'static str> {
    let column = registry::property(name.as_bytes()).and_then(|row| row.column(version));
    let needed = match column {
        Some(column) => column.default_type() != value_type && column.permits_type(value_type),
        None => value_type != ValueType::Text,
    };
    needed.then(|| value_type.name())
}

impl PropertyMut<'_> {
    /// Sets the value: its canonical text for the version of the card, with VALUE and ENCODING as
    /// that needs; group, name and the other parameters stay as they are written.
    ///
    /// # Errors
    ///
    /// The version of the card has no text for the value, or the line cannot be changed.
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
        let property = self.get().ok_or(EditError::NoEntry)?;
        let version = version_of(&property);
        let (mut value, mut value_type) = value.to_property(version)?;
        if let PropertyValue::Raw(raw) = &value
            && let Some(text) = vendor::vendor_text(property.name(), raw, version)
        {
            value = PropertyValue::Raw(text);
            value_type = ValueType::Text;
        }
        let declared = value_parameter(property.name(), value_type, version);
        match value {
            #[cfg(feature = "base64")]
            PropertyValue::Binary { media_type, data } => self.set_binary(&media_type, &data)?,
            value => {
                self.set_value(value)?;
                match declared {
                    Some(declared) => self.set_parameter(Parameter::new("VALUE", [declared])?)?,
                    None => {
                        self.remove_parameter("VALUE")?;
                    }
                }
            }
        }
        self.remove_parameter(OMITTED_YEAR)?;
        Ok(())
    }
}

impl Card {
    /// Sets the property of this kind that [`get`](Card::get) gives, or adds one. What it was read with stays: its group
    /// and its parameters but those that belong to the value.
    ///
    /// # Errors
    ///
    /// The version of the card has no text for the value, or no such property where none is there.
    ///
    /// ```
    /// use vcardinal::Card;
    /// use vcardinal::value::PartialDate;
    /// use vcardinal::typed::property::{Bday, Fn};
    ///
    /// let mut card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nfn;PREF=1:Zoe\nEND:VCARD\n")?;
    /// card.set::<Fn>("Zoë")?;
    /// card.set::<Bday>(PartialDate::month_day(12, 10)?)?;
    /// assert_eq!(
    ///     card.to_string(),
    ///     "BEGIN:VCARD\nVERSION:4.0\nfn;PREF=1:Zoë\nBDAY:--1210\nEND:VCARD\n",
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn set<'v, P: TypedProperty>(
        &mut self,
        value: impl Into<P::Value<'v>>,
    ) -> Result<EntryId, SetError> {
        let value = value.into();
        let known = self.get::<P>().map(|property| property.id());
        match known.and_then(|id| self.entry_mut(id)) {
            Some(mut property) => {
                property.set(&value)?;
                Ok(property.id())
            }
            None => self.add::<P>(Entry::new(value)),
        }
    }
}
