//! Text by the name of a property, many properties at once, and a card as a collection of them.

use alloc::string::String;
use alloc::vec::Vec;

use super::edit_error::EditError;
use super::{Card, EntryId, Layout, Properties, Property, PropertyMut, PropertyRef};

impl Card {
    /// Sets the first property of this name to a text, or adds one: `set` for properties of your own.
    ///
    /// # Errors
    ///
    /// The name is not a valid one, or is VERSION (to have the card in another version there is
    /// `convert`); the text has no form in the version of the card.
    ///
    /// ```
    /// use vcardinal::Card;
    ///
    /// let mut card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:A\nEND:VCARD\n")?;
    /// card.set_text("X-ID", "7")?;
    /// card.set_text("X-ID", "8")?;
    /// assert!(card.to_string().contains("\nX-ID:8\n"));
    /// assert!(card.set_text("VERSION", "3.0").unwrap_err().to_string().contains("convert"));
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    pub fn set_text(&mut self, name: &str, text: impl Into<String>) -> Result<EntryId, EditError> {
        if name.eq_ignore_ascii_case("VERSION") {
            return Err(EditError::UseConvert);
        }
        match self.property_mut(name) {
            Some(mut property) => {
                property.set_text(text)?;
                Ok(property.id())
            }
            None => self.add_text(name, text),
        }
    }

    /// Adds a property with a text: `add` for properties of your own.
    ///
    /// # Errors
    ///
    /// As [`set_text`](Self::set_text).
    ///
    /// ```
    /// use vcardinal::Card;
    ///
    /// let mut card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:A\nEND:VCARD\n")?;
    /// card.add_text("X-ID", "7")?;
    /// assert!(card.to_string().contains("\nX-ID:7\n"));
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    pub fn add_text(&mut self, name: &str, text: impl Into<String>) -> Result<EntryId, EditError> {
        if name.eq_ignore_ascii_case("VERSION") {
            return Err(EditError::UseConvert);
        }
        self.push(Property::text(String::from(name), text)?)
    }

    /// Changes the properties that fit, one after the other; how many there were. There is no
    /// `properties_mut`, as two of its items would borrow the card at once.
    ///
    /// # Errors
    ///
    /// The first one of `change`; what was changed before stays changed.
    ///
    /// ```
    /// use vcardinal::Card;
    ///
    /// let mut card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:A\nTEL: 1 2\nTEL:3 4\nEND:VCARD\n")?;
    /// let changed = card.update_where(
    ///     |p| p.is("TEL"),
    ///     |mut p| {
    ///         let new = p.get().text_lossy().replace(' ', "");
    ///         p.set_text(new)
    ///     },
    /// )?;
    /// assert_eq!(changed, 2);
    /// assert!(card.to_string().contains("\nTEL:12\nTEL:34\n"));
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    #[doc(alias = "properties_mut")]
    pub fn update_where<E>(
        &mut self,
        mut fits: impl FnMut(&PropertyRef<'_>) -> bool,
        mut change: impl FnMut(PropertyMut<'_>) -> Result<(), E>,
    ) -> Result<usize, E> {
        let fitting = self.properties().filter(|property| fits(property));
        let ids: Vec<EntryId> = fitting.map(|property| property.id()).collect();
        let mut changed = 0;
        for id in ids {
            // What a change before took away is not there any more.
            if let Some(property) = self.entry_mut(id) {
                change(property)?;
                changed += 1;
            }
        }
        Ok(changed)
    }

    /// Its bytes, without a copy where nothing was changed. Not every card is UTF-8, so that no `String`
    /// is made of it; `to_string` shows what is not as U+FFFD.
    ///
    /// ```
    /// use vcardinal::Card;
    ///
    /// let bytes = b"BEGIN:VCARD\nVERSION:4.0\nFN:A\nEND:VCARD\n";
    /// assert_eq!(Card::parse(bytes)?.into_bytes(), bytes);
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        if self.edits.is_some() {
            return self.to_bytes().into_owned();
        }
        let mut bytes = self.buffer;
        bytes.truncate(self.source as usize);
        bytes
    }

    /// Its bytes laid out anew.
    ///
    /// ```
    /// use vcardinal::{Card, Layout};
    ///
    /// let card = Card::parse("begin:vcard\nVERSION:4.0\nFN:A\n\nEND:VCARD\n")?;
    /// let bytes = card.to_bytes_with(Layout::Canonical);
    /// assert_eq!(bytes, b"begin:vcard\r\nVERSION:4.0\r\nFN:A\r\nEND:VCARD\r\n");
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    #[must_use]
    pub fn to_bytes_with(&self, layout: Layout) -> Vec<u8> {
        let mut bytes = Vec::new();
        self.append_with(layout, &mut bytes);
        bytes
    }
}

/// Its [`properties`](Card::properties).
impl<'a> IntoIterator for &'a Card {
    type Item = PropertyRef<'a>;
    type IntoIter = Properties<'a>;

    fn into_iter(self) -> Properties<'a> {
        self.properties()
    }
}

/// As [`into_bytes`](Card::into_bytes).
impl From<Card> for Vec<u8> {
    fn from(card: Card) -> Vec<u8> {
        card.into_bytes()
    }
}
