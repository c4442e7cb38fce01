//! Values into properties, cards and new cards.

use super::card_value::{CardValue, OMITTED_YEAR};
use super::entry::Entry;
use super::property::TypedProperty;
use super::set_error::SetError;
use super::value_type::{value_parameter, version_of};
use super::vendor;
use crate::card::{Card, EditError, EntryId, Parameter, PropertyMut, PropertyValue};
use crate::registry::ValueType;

impl PropertyMut<'_> {
    /// Sets the value: its canonical text for the version of the card, with VALUE and ENCODING as
    /// that needs; group, name and the other parameters stay as they are written.
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
    /// Sets the property of this kind that [`get`](Card::get) gives, or adds one. The group stays, and
    /// so do the parameters that do not belong to the value.
    ///
    /// # Errors
    ///
    /// The version of the card cannot express the value; or the card does not have the property yet,
    /// and neither does its version.
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
