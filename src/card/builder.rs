//! New cards, 3.0 and 4.0.

use alloc::boxed::Box;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;

use super::groups::Groups;
use super::new_property::{Property, PropertyValue, TokenError, WriteError};
use super::uri_commas::{Style, UriCommas};
use super::{Card, render};
use crate::error::Error;
use crate::registry::{Column, PropertyId};
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
pub struct CardBuilder(Box<Building>);

/// A card that is being made. In a box: a builder goes by value into each of its methods and out of it,
/// and copies a pointer there, and not all of this.
#[derive(Debug, Clone)]
struct Building {
    version: Version,
    bytes: Vec<u8>,
    /// Lines so far.
    lines: usize,
    scratch: String,
    error: Option<BuildError>,
    /// Counted when a free one is asked for: most cards have no group at all, or all of them given.
    groups: Option<Groups>,
    has_groups: bool,
    uri_commas: Option<UriCommas>,
    /// A bit for each property that it has.
    seen: [u64; 4],
    /// Whether its KIND is group.
    is_group: bool,
    /// The numbers that tell its properties apart, where it has any.
    identities: Option<Box<Identities>>,
    /// What it would not conform in.
    doubt: Option<BuildError>,
}

/// The numbers by which programs that synchronize tell the properties of a card apart.
#[derive(Debug, Clone, Default)]
pub(crate) struct Identities {
    /// The sources of PIDs.
    pub sources: BTreeSet<u32>,
    /// The numbers of CLIENTPIDMAPs.
    pub maps: BTreeSet<u32>,
    /// PROP-IDs, which are of one kind of property, and the ALTID of the first that has it.
    pub prop_ids: BTreeMap<(PropertyId, String), Option<String>>,
}

/// Why a card was not built.
///
/// ```
/// use vcardinal::{BuildError, Card, Version};
///
/// let error = Card::builder(Version::V4_0).full_name("A").url("example.com").build().unwrap_err();
/// assert_eq!(error.property(), Some("URL"));
/// let error = Card::builder(Version::V4_0).note("b").build().unwrap_err();
/// assert!(matches!(error, BuildError::Missing { name: "FN", .. }));
/// ```
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum BuildError {
    /// A property has no form in the version of the card.
    #[error("{name}: {error}")]
    Write {
        /// The property.
        name: String,
        /// Why.
        error: WriteError,
    },
    /// A name is not a valid name.
    #[error("{name:?}: {error}")]
    Name {
        /// The name as it was given.
        name: String,
        /// Why.
        error: TokenError,
    },
    /// vCard 2.1 is read, and 2.1 cards are edited, but no new ones are made.
    #[error("new cards are vCard 3.0 or 4.0")]
    Version,
    /// The version demands a property that the card does not have. RFC 6350, 6.2.1; RFC 2426, 3.1.2.
    #[error("vCard {version} demands {name}; add it, or call fill_required")]
    Missing {
        /// The property.
        name: &'static str,
        /// The version of the card.
        version: Version,
    },
    /// A card has the property once at most, unless they are alternatives with one ALTID. RFC 6350, 5.4.
    #[error("a card has {name} once")]
    TooMany {
        /// The property.
        name: &'static str,
    },
    /// The version does not have the property.
    #[error("vCard {version} has no property {name}")]
    NotInVersion {
        /// The property.
        name: &'static str,
        /// The version of the card.
        version: Version,
    },
    /// A parameter does not belong there: the version does not have it, or the property does not take it
    /// with a value of its type.
    #[error("{name} does not take the parameter {parameter} in vCard {version} with such a value")]
    Parameter {
        /// The property.
        name: &'static str,
        /// The parameter.
        parameter: &'static str,
        /// The version of the card.
        version: Version,
    },
    /// A parameter has to be there: SERVICE-TYPE of a SOCIALPROFILE that is a text. RFC 9554, 3.5.
    #[error("{name} with such a value needs the parameter {parameter}")]
    ParameterMissing {
        /// The property.
        name: &'static str,
        /// The parameter.
        parameter: &'static str,
    },
    /// MEMBER is for cards whose KIND is group. RFC 6350, 6.6.5.
    #[error("MEMBER needs KIND:group")]
    MemberOfNoGroup,
    /// A PID has a source that no CLIENTPIDMAP names. RFC 6350, 6.7.7.
    #[error("a PID has the source {source_id}, which needs a CLIENTPIDMAP")]
    PidWithoutMap {
        /// The source: the second number of the PID.
        source_id: u32,
    },
    /// A value is not one of the property, or the version has no form for it; the error names the
    /// property, and [`set_error`](Self::set_error) is the error.
    #[error("{error}")]
    Value {
        /// The property.
        name: String,
        /// Why: a [`SetError`](crate::typed::SetError).
        error: Arc<dyn core::error::Error + Send + Sync>,
    },
    /// VALUE names a type that the property does not have in the version.
    #[error("{name}: the value is not of type {value_type} in vCard {version}")]
    ValueType {
        /// The property.
        name: &'static str,
        /// The word of VALUE.
        value_type: &'static str,
        /// The version of the card.
        version: Version,
    },
    /// A parameter has a value that it cannot have.
    #[error("{name}: {value:?} is not a value of {parameter}")]
    ParameterValue {
        /// The property.
        name: &'static str,
        /// The parameter.
        parameter: &'static str,
        /// Its value.
        value: String,
    },
    /// Two CLIENTPIDMAPs have one number. RFC 6350, 6.7.7.
    #[error("CLIENTPIDMAP: the number {source_id} has one already")]
    SourceTwice {
        /// The number.
        source_id: u32,
    },
    /// Two properties of one name have one PROP-ID. RFC 9554, 4.7.
    #[error("{name}: another one has the PROP-ID {value}")]
    PropIdTwice {
        /// The property.
        name: &'static str,
        /// The PROP-ID.
        value: String,
    },
    /// A parameter names an encoding that its value is not in.
    #[error("a parameter names an encoding that its value is not in")]
    Encoding,
    /// The card exceeds a default limit.
    #[error(transparent)]
    Limit(Arc<Error>),
}

impl BuildError {
    /// The property that it is about, by its name; `None` where it is about the whole card.
    ///
    /// ```
    /// use vcardinal::{Card, Version};
    ///
    /// let error = Card::builder(Version::V4_0).full_name("A").text("NO TE", "b").build().unwrap_err();
    /// assert_eq!(error.property(), Some("NO TE"));
    /// ```
    #[must_use]
    pub fn property(&self) -> Option<&str> {
        match self {
            BuildError::Write { name, .. }
            | BuildError::Name { name, .. }
            | BuildError::Value { name, .. } => Some(name),
            BuildError::Missing { name, .. }
            | BuildError::TooMany { name }
            | BuildError::NotInVersion { name, .. }
            | BuildError::Parameter { name, .. }
            | BuildError::ParameterMissing { name, .. }
            | BuildError::ParameterValue { name, .. }
            | BuildError::ValueType { name, .. }
            | BuildError::PropIdTwice { name, .. } => Some(name),
            BuildError::MemberOfNoGroup => Some("MEMBER"),
            BuildError::SourceTwice { .. } => Some("CLIENTPIDMAP"),
            BuildError::Version
            | BuildError::PidWithoutMap { .. }
            | BuildError::Encoding
            | BuildError::Limit(_) => None,
        }
    }
}

impl Card {
    /// Begins a new card of version 3.0 or 4.0.
    ///
    /// ```
    /// use vcardinal::{Card, Version};
    ///
    /// let card = Card::builder(Version::V4_0).full_name("Zoë Quist").email("zoe@example.com").build()?;
    /// assert_eq!(
    ///     card.to_string(),
    ///     "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Zoë Quist\r\nEMAIL:zoe@example.com\r\nEND:VCARD\r\n",
    /// );
    /// # Ok::<(), vcardinal::BuildError>(())
    /// ```
    #[must_use]
    pub fn builder(version: Version) -> CardBuilder {
        // Room for most cards and lines, so that it seldom has to grow.
        let mut bytes = Vec::with_capacity(1000);
        bytes.extend_from_slice(b"BEGIN:VCARD\r\nVERSION:");
        bytes.extend_from_slice(version.as_str().as_bytes());
        bytes.extend_from_slice(b"\r\n");
        let error = (version == Version::V2_1).then_some(BuildError::Version);
        CardBuilder(Box::new(Building {
            version,
            bytes,
            lines: 2,
            scratch: String::with_capacity(250),
            error,
            groups: None,
            has_groups: false,
            uri_commas: None,
            seen: [0; 4],
            is_group: false,
            identities: None,
            doubt: None,
        }))
    }
}

impl CardBuilder {
    /// The version of the card.
    ///
    /// ```
    /// use vcardinal::{Card, Version};
    ///
    /// assert_eq!(Card::builder(Version::V3_0).version(), Version::V3_0);
    /// ```
    #[must_use]
    pub fn version(&self) -> Version {
        self.0.version
    }

    /// How the commas of URIs are written from here on: [`UriCommas`] says who breaks on what.
    #[must_use]
    pub fn uri_commas(mut self, commas: UriCommas) -> Self {
        self.0.uri_commas = Some(commas);
        self
    }

    /// How its lines are written.
    pub(crate) fn style(&self) -> Style {
        Style::new(self.0.version, self.0.uri_commas)
    }

    /// Adds a line, as it is asked for.
    pub(crate) fn push(&mut self, property: &Property, id: Option<PropertyId>) {
        if self.0.error.is_some() {
            return;
        }
        if id == Some(PropertyId::VERSION) {
            self.0.error = Some(BuildError::Name {
                name: property.name.as_str().into(),
                error: TokenError::Reserved,
            });
            return;
        }
        let style = self.style();
        let this = &mut *self.0;
        match render::append_property(property, style, &mut this.scratch, &mut this.bytes) {
            Ok(()) => {
                this.lines += 1;
                if let Some(group) = &property.group {
                    this.has_groups = true;
                    if let Some(groups) = &mut this.groups {
                        groups.take(group.as_str());
                    }
                }
                if let Some(id) = id {
                    self.count(id, property);
                }
            }
            Err(error) => {
                self.0.error = Some(BuildError::Write {
                    name: property.name.as_str().into(),
                    error,
                });
            }
        }
    }

    /// Remembers that it has a property.
    fn count(&mut self, id: PropertyId, property: &Property) {
        let (at, bit) = place(id);
        let mut is_too_many = false;
        let Some(seen) = self.0.seen.get_mut(at) else {
            return;
        };
        let is_first = *seen & bit == 0;
        if !is_first && property.parameter("ALTID").is_none() {
            let column = id.row().column(self.0.version);
            is_too_many = column.is_some_and(Column::is_once);
        }
        *seen |= bit;
        if is_too_many {
            self.doubt(BuildError::TooMany { name: id.name() });
        }
        if id == PropertyId::KIND
            && let PropertyValue::Text(kind) | PropertyValue::Raw(kind) = &property.value
        {
            // Of alternatives the first counts, as for who checks the card.
            self.0.is_group |= is_first && kind.eq_ignore_ascii_case("group");
        }
    }

    /// Whether it has a property already.
    pub(crate) fn has(&self, id: PropertyId) -> bool {
        let (at, bit) = place(id);
        self.0.seen.get(at).is_some_and(|seen| seen & bit != 0)
    }

    /// The numbers that tell its properties apart.
    pub(crate) fn identities(&mut self) -> &mut Identities {
        self.0.identities.get_or_insert_default()
    }

    /// Keeps the first thing that the card would not conform in.
    pub(crate) fn doubt(&mut self, doubt: BuildError) {
        self.0.doubt.get_or_insert(doubt);
    }

    /// The card as far as it is made; nothing where it cannot be read.
    pub(crate) fn so_far(&self) -> Option<Card> {
        let mut bytes = self.0.bytes.clone();
        bytes.extend_from_slice(b"END:VCARD\r\n");
        Card::parse(&bytes).ok()
    }

    /// Adds a property with text.
    ///
    /// ```
    /// use vcardinal::{Card, Version};
    ///
    /// let card = Card::builder(Version::V4_0).full_name("A").text("X-SHOE-SIZE", "38").build()?;
    /// assert!(card.to_string().contains("\r\nX-SHOE-SIZE:38\r\n"));
    /// # Ok::<(), vcardinal::BuildError>(())
    /// ```
    #[must_use]
    pub fn text(self, name: &str, text: impl Into<String>) -> Self {
        self.made(name, Property::text(String::from(name), text))
    }

    /// Adds a property of this name, if it was made.
    fn made(self, name: &str, property: Result<Property, TokenError>) -> Self {
        match property {
            Ok(property) => self.property(property),
            Err(error) => self.refuse(BuildError::Name {
                name: name.into(),
                error,
            }),
        }
    }

    /// Adds a property with text and TYPE values: `TEL;TYPE=cell,voice:...`.
    ///
    /// ```
    /// use vcardinal::{Card, Version};
    ///
    /// let card = Card::builder(Version::V4_0).full_name("A").typed("TEL", ["home", "cell"], "1").build()?;
    /// assert!(card.to_string().contains("\r\nTEL;TYPE=home,cell:1\r\n"));
    /// # Ok::<(), vcardinal::BuildError>(())
    /// ```
    #[must_use]
    pub fn typed<T: Into<String>>(
        self,
        name: &str,
        types: impl IntoIterator<Item = T>,
        text: impl Into<String>,
    ) -> Self {
        let property = Property::text(String::from(name), text);
        self.made(name, property.map(|property| property.with_types(types)))
    }

    /// Adds a PHOTO with its bytes: base64 in 3.0, a `data:` URI in 4.0; a link is
    /// `with::<property::Photo>(uri)`. RFC 6350, 6.2.4.
    ///
    /// ```
    /// use vcardinal::{Card, Version};
    ///
    /// let card = Card::builder(Version::V4_0).full_name("Zoë").photo("image/gif", b"GIF89a").build()?;
    /// assert_eq!(card.photo().unwrap().bytes()?, b"GIF89a");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[cfg(feature = "base64")]
    #[must_use]
    pub fn photo(self, media_type: &str, data: impl AsRef<[u8]>) -> Self {
        let value = PropertyValue::Binary {
            media_type: media_type.into(),
            data: data.as_ref().into(),
        };
        self.made("PHOTO", Property::new("PHOTO", value))
    }

    /// A group that no property has yet, `item1` or the next; another one each time.
    pub(crate) fn free_group(&mut self) -> String {
        let groups = match self.0.groups.take() {
            Some(groups) => groups,
            None if self.0.has_groups => self
                .so_far()
                .as_ref()
                .map(Groups::of_card)
                .unwrap_or_default(),
            None => Groups::default(),
        };
        self.0.groups.insert(groups).take_free()
    }

    /// Keeps the first thing that went wrong.
    #[must_use]
    pub(crate) fn refuse(mut self, error: BuildError) -> Self {
        self.0.error.get_or_insert(error);
        self
    }

    /// The card, which has all that its version demands, and nothing that it does not have.
    ///
    /// # Errors
    ///
    /// The first thing that went wrong on the way; a property that the version demands is missing
    /// ([`fill_required`](Self::fill_required) adds those); a property, a parameter or a type of a value
    /// is not one of the version. [`build_unchecked`](Self::build_unchecked) asks for none of that.
    ///
    /// ```
    /// use vcardinal::{Card, Version};
    ///
    /// let error = Card::builder(Version::V3_0).full_name("Ada").build().unwrap_err();
    /// assert_eq!(error.to_string(), "vCard 3.0 demands N; add it, or call fill_required");
    /// let error = Card::builder(Version::V3_0).full_name("Ada").text("KIND", "org").build();
    /// assert_eq!(error.unwrap_err().to_string(), "vCard 3.0 has no property KIND");
    /// ```
    pub fn build(mut self) -> Result<Card, BuildError> {
        if let Some(error) = self.0.error.take().or_else(|| self.0.doubt.take()) {
            return Err(error);
        }
        let version = self.0.version;
        if let Some(id) = required(version).find(|id| !self.has(*id)) {
            let name = id.name();
            return Err(BuildError::Missing { name, version });
        }
        if self.has(PropertyId::MEMBER) && !self.0.is_group {
            return Err(BuildError::MemberOfNoGroup);
        }
        let identities = self.0.identities.as_deref();
        let unmapped =
            identities.and_then(|known| known.sources.difference(&known.maps).next().copied());
        if let Some(source_id) = unmapped {
            return Err(BuildError::PidWithoutMap { source_id });
        }
        self.build_unchecked()
    }

    /// The card as it was asked for, whether or not it conforms: for a card that lacks something on
    /// purpose, as one to test a reader with.
    ///
    /// # Errors
    ///
    /// The first thing that could not be written.
    ///
    /// ```
    /// use vcardinal::{Card, Version};
    ///
    /// let card = Card::builder(Version::V3_0).text("NOTE", "nobody").build_unchecked()?;
    /// assert_eq!(card.to_string(), "BEGIN:VCARD\r\nVERSION:3.0\r\nNOTE:nobody\r\nEND:VCARD\r\n");
    /// # Ok::<(), vcardinal::BuildError>(())
    /// ```
    pub fn build_unchecked(mut self) -> Result<Card, BuildError> {
        if let Some(error) = self.0.error {
            return Err(error);
        }
        self.0.bytes.extend_from_slice(b"END:VCARD\r\n");
        let mut card =
            Card::parse(&self.0.bytes).map_err(|error| BuildError::Limit(Arc::new(error)))?;
        // Only a parameter such as ENCODING=QUOTED-PRINTABLE can join lines.
        if card.lines.len() != self.0.lines + 1 {
            return Err(BuildError::Encoding);
        }
        card.uri_commas = self.0.uri_commas;
        Ok(card)
    }
}

/// What a version demands of every card, but for the lines that the builder writes itself.
pub(crate) fn required(version: Version) -> impl Iterator<Item = PropertyId> {
    [PropertyId::FN, PropertyId::N]
        .into_iter()
        .filter(move |id| id.row().column(version).is_some_and(Column::is_required))
}

/// Where the bit of a property is.
fn place(id: PropertyId) -> (usize, u64) {
    let number = usize::from(id.number());
    (number / 64, 1 << (number % 64))
}
