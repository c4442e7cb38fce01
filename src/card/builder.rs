//! New cards, 3.0 and 4.0.

use alloc::string::String;
use alloc::vec::Vec;

use super::groups::Groups;
use super::new_property::{Property, TokenError, WriteError};
use super::{Card, render};
use crate::error::Error;
use crate::version::Version;

/// Makes a card, line by line. What goes wrong on the way comes out of
/// [`build`](CardBuilder::build).
///
/// ```
/// use vcardinal::{Card, Property, Version};
///
/// let card = Card::builder(Version::V4_0)
///     .full_name("Zoë Quist")
///     .property(Property::components("N", ["Quist", "Zoë", "", "", ""])?)
///     .text("NOTE", "Likes commas, semicolons; and\nnew lines")
///     .build()?;
/// assert_eq!(
///     card.to_string(),
///     "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Zoë Quist\r\nN:Quist;Zoë;;;\r\n\
///      NOTE:Likes commas\\, semicolons; and\\nnew lines\r\nEND:VCARD\r\n",
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct CardBuilder {
    version: Version,
    bytes: Vec<u8>,
    /// Lines so far.
    lines: usize,
    scratch: String,
    error: Option<BuildError>,
    groups: Groups,
}

/// Why a card was not built.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BuildError {
    /// A property has no form in the version of the card.
    #[error("{name}: {error}")]
    Write {
        /// The property.
        name: String,
        /// Why.
        #[source]
        error: WriteError,
    },
    /// A name is not a valid name.
    #[error("{name:?}: {error}")]
    Name {
        /// The name as it was given.
        name: String,
        /// Why.
        #[source]
        error: TokenError,
    },
    /// vCard 2.1 is read, and 2.1 cards are edited, but no new ones are made.
    #[error("new cards are vCard 3.0 or 4.0")]
    Version,
    /// A value of another kind was refused.
    #[error("{0}")]
    Value(String),
    /// The card exceeds a default limit.
    #[error(transparent)]
    Limit(Error),
}

impl Clone for BuildError {
    fn clone(&self) -> Self {
        match self {
            BuildError::Write { name, error } => BuildError::Write {
                name: name.clone(),
                error: *error,
            },
            BuildError::Name { name, error } => BuildError::Name {
                name: name.clone(),
                error: *error,
            },
            BuildError::Version => BuildError::Version,
            BuildError::Value(value) => BuildError::Value(value.clone()),
            BuildError::Limit(error) => BuildError::Value(alloc::format!("{error}")),
        }
    }
}

impl Card {
    /// Begins a new card of version 3.0 or 4.0.
    #[must_use]
    pub fn builder(version: Version) -> CardBuilder {
        let mut bytes = Vec::with_capacity(256);
        bytes.extend_from_slice(b"BEGIN:VCARD\r\nVERSION:");
        bytes.extend_from_slice(version.as_str().as_bytes());
        bytes.extend_from_slice(b"\r\n");
        let error = (version == Version::V2_1).then_some(BuildError::Version);
        CardBuilder {
            version,
            bytes,
            lines: 2,
            scratch: String::new(),
            error,
            groups: Groups::default(),
        }
    }
}

impl CardBuilder {
    /// The version of the card.
    #[must_use]
    pub fn version(&self) -> Version {
        self.version
    }

    /// Adds a property. RFC 6350, 3.3.
    #[must_use]
    pub fn property(mut self, property: Property) -> Self {
        if self.error.is_none() {
            let (scratch, bytes) = (&mut self.scratch, &mut self.bytes);
            match render::append_property(&property, self.version, scratch, bytes) {
                Ok(()) => {
                    self.lines += 1;
                    if let Some(group) = &property.group {
                        let name = property.name.as_str().as_bytes();
                        self.groups.join(group.as_str(), name);
                    }
                }
                Err(error) => {
                    self.error = Some(BuildError::Write {
                        name: property.name.as_str().into(),
                        error,
                    });
                }
            }
        }
        self
    }

    /// Adds a property with text.
    #[must_use]
    pub fn text(self, name: &str, text: impl Into<String>) -> Self {
        match Property::text(String::from(name), text) {
            Ok(property) => self.property(property),
            Err(error) => self.refuse(BuildError::Name {
                name: name.into(),
                error,
            }),
        }
    }

    /// Adds a property with text and TYPE values: `TEL;TYPE=cell,voice:...`.
    #[must_use]
    pub fn typed<T: Into<String>>(
        self,
        name: &str,
        types: impl IntoIterator<Item = T>,
        text: impl Into<String>,
    ) -> Self {
        match Property::text(String::from(name), text) {
            Ok(property) => self.property(property.with_types(types)),
            Err(error) => self.refuse(BuildError::Name {
                name: name.into(),
                error,
            }),
        }
    }

    /// Adds FN, the name as it is shown. RFC 6350, 6.2.1: every card has one.
    #[must_use]
    pub fn full_name(self, name: impl Into<String>) -> Self {
        self.text("FN", name)
    }

    /// Adds a PHOTO with its bytes: base64 in 3.0, a `data:` URI in 4.0. RFC 6350, 6.2.4.
    #[cfg(feature = "base64")]
    #[must_use]
    pub fn photo(self, media_type: &str, data: &[u8]) -> Self {
        let value = super::PropertyValue::Binary {
            media_type: media_type.into(),
            data: data.into(),
        };
        match Property::new("PHOTO", value) {
            Ok(property) => self.property(property),
            Err(error) => self.refuse(BuildError::Name {
                name: "PHOTO".into(),
                error,
            }),
        }
    }

    /// A group that no property has yet, `item1` or the next; another one each time.
    pub(crate) fn free_group(&mut self) -> String {
        self.groups.take_free()
    }

    /// Keeps the first thing that went wrong.
    #[must_use]
    pub(crate) fn refuse(mut self, error: BuildError) -> Self {
        self.error.get_or_insert(error);
        self
    }

    /// The card.
    ///
    /// # Errors
    ///
    /// The first thing that went wrong on the way.
    pub fn build(mut self) -> Result<Card, BuildError> {
        if let Some(error) = self.error {
            return Err(error);
        }
        self.bytes.extend_from_slice(b"END:VCARD\r\n");
        let card = Card::parse(&self.bytes).map_err(BuildError::Limit)?;
        // Only a parameter such as ENCODING=QUOTED-PRINTABLE can join lines.
        if card.lines.len() != self.lines + 1 {
            return Err(BuildError::Value(String::from(
                "a parameter names an encoding that its value is not in",
            )));
        }
        Ok(card)
    }
}
