//! One property of a card, to be changed.

use alloc::string::String;

use super::Card;
use super::edit_error::EditError;
use super::entry_id::EntryId;
use super::new_property::{Parameter, Property, PropertyValue, Token, WriteError};
use super::property_ref::PropertyRef;
use super::render::{self, HeadEdit, NewLine};
use crate::syntax::ContentLine;

/// One property of a card, to be changed. Only its own bytes change.
#[derive(Debug)]
pub struct PropertyMut<'a> {
    pub(super) card: &'a mut Card,
    pub(super) id: EntryId,
}

impl PropertyMut<'_> {
    /// Names it for later.
    #[must_use]
    pub fn id(&self) -> EntryId {
        self.id
    }

    /// The property as it is now.
    ///
    /// None after it was removed.
    #[must_use]
    pub fn get(&self) -> Option<PropertyRef<'_>> {
        self.card.entry(self.id)
    }

    fn line(&self) -> Result<ContentLine<'_>, EditError> {
        self.card.content_line(self.id).ok_or(EditError::NoEntry)
    }

    /// Sets the value to one text.
    ///
    /// # Errors
    ///
    /// As [`set_value`](Self::set_value).
    pub fn set_text(&mut self, text: impl Into<String>) -> Result<(), EditError> {
        self.set_value(PropertyValue::Text(text.into()))
    }

    /// Sets the value. Group, name and parameters stay as they are written, but for ENCODING and
    /// CHARSET, which belong to the value.
    ///
    /// # Errors
    ///
    /// When the value has no form in the version of the card.
    pub fn set_value(&mut self, value: PropertyValue) -> Result<(), EditError> {
        let version = self.card.write_version();
        let head = self.head(&["ENCODING", "CHARSET"], None)?;
        let line = render::with_value(head, &value, version, self.card.ending_at(self.id))?;
        if !render::keeps_parameters(&self.line()?, &line, None, version) {
            return Err(WriteError::NoForm { version }.into());
        }
        self.card.replace_line(self.id, line)
    }

    /// Sets a parameter: in the place of the first of its name, and instead of all of its name,
    /// or else after the others.
    ///
    /// # Errors
    ///
    /// When a value has no form in the version of the card, or when the value of the property
    /// would say something else: an encoding or a charset that it is not in.
    ///
    /// ```
    /// use vcardinal::{Card, Parameter};
    ///
    /// let mut card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:A\nTEL;pref=2;X-a=b:1\nEND:VCARD\n")?;
    /// card.property_mut("TEL").unwrap().set_parameter(Parameter::new("PREF", ["1"])?)?;
    /// assert!(card.to_string().contains("\nTEL;PREF=1;X-a=b:1\n"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn set_parameter(&mut self, parameter: Parameter) -> Result<(), EditError> {
        let head = self.head(&[parameter.name().as_str()], Some(&parameter))?;
        self.set_head(head, Some(&parameter))
    }

    /// Removes the parameters of this name, written or meant; whether there were any.
    ///
    /// # Errors
    ///
    /// When the value says something else without it: an encoding or a charset that it is in.
    pub fn remove_parameter(&mut self, name: &str) -> Result<bool, EditError> {
        if self.line()?.parameter(name).is_none() {
            return Ok(false);
        }
        let head = self.head(&[name], None)?;
        self.set_head(head, None)?;
        Ok(true)
    }

    /// Sets or removes the group.
    ///
    /// # Errors
    ///
    /// When the parameters of the line are not UTF-8.
    pub fn set_group(&mut self, group: Option<&Token>) -> Result<(), EditError> {
        let line = self.line()?;
        if !line.is_content() {
            return Err(EditError::NoEntry);
        }
        let edit = HeadEdit {
            line,
            group: group.map(Token::as_str),
            without: &[],
            with: None,
        };
        let head = edit
            .head(self.card.write_version())?
            .ok_or(EditError::NotUtf8)?;
        self.set_head(head, None)
    }

    fn head(&self, without: &[&str], with: Option<&Parameter>) -> Result<String, EditError> {
        let line = self.line()?;
        if !line.is_content() {
            return Err(EditError::NoEntry);
        }
        let edit = HeadEdit {
            line,
            group: line.group(),
            without,
            with,
        };
        edit.head(self.card.write_version())?
            .ok_or(EditError::NotUtf8)
    }

    fn set_head(&mut self, head: String, with: Option<&Parameter>) -> Result<(), EditError> {
        let version = self.card.write_version();
        let old = self.line()?;
        let line = render::with_head(&old, head, version, self.card.ending_at(self.id))?;
        if !render::keeps_parameters(&old, &line, with, version) {
            return Err(WriteError::NoForm { version }.into());
        }
        self.put(line)
    }

    /// Puts a line with another head or value in its place.
    fn put(&mut self, mut line: NewLine) -> Result<(), EditError> {
        if let Some(edits) = &self.card.edits
            && let Some(old) = edits.new_line(self.id)
        {
            line.blank_after |= old.blank_after && line.view().is_base64();
        }
        self.card.replace_line(self.id, line)
    }

    /// Puts another property in its place.
    ///
    /// # Errors
    ///
    /// When the property has no form in the version of the card.
    pub fn replace(&mut self, property: &Property) -> Result<(), EditError> {
        let line = render::property(
            property,
            self.card.write_version(),
            self.card.ending_at(self.id),
        )?;
        self.card.replace_line(self.id, line)
    }

    /// Sets the bytes of a PHOTO, LOGO, SOUND or KEY in the form of the card's version: base64
    /// in 2.1 and 3.0, a `data:` URI in 4.0.
    ///
    /// # Errors
    ///
    /// When the media type is not a valid one.
    #[cfg(feature = "base64")]
    pub fn set_binary(&mut self, media_type: &str, data: &[u8]) -> Result<(), EditError> {
        let version = self.card.write_version();
        let head = self.head(&["ENCODING", "CHARSET", "VALUE", "TYPE", "MEDIATYPE"], None)?;
        let value = PropertyValue::Binary {
            media_type: media_type.into(),
            data: data.into(),
        };
        let line = render::with_value(head, &value, version, self.card.ending_at(self.id))?;
        if !render::keeps_parameters(&self.line()?, &line, None, version) {
            return Err(WriteError::NoForm { version }.into());
        }
        self.card.replace_line(self.id, line)
    }

    /// Removes it.
    ///
    /// Where its neighbours would become one line without it, an empty line stays in its place.
    ///
    /// # Errors
    ///
    /// When the line before it ends in an open soft line break.
    pub fn remove(self) -> Result<(), EditError> {
        self.card.remove_line(self.id)
    }

    /// Moves it to stand after another line of the card, byte for byte as it is.
    ///
    /// # Errors
    ///
    /// When there is no such line, when that is END, or when lines are glued at either place.
    pub fn move_after(&mut self, place: EntryId) -> Result<(), EditError> {
        self.card.move_line(self.id, place)
    }
}
