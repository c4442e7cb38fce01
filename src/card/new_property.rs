//! Properties to be written: validated names, parameters, values.
//!
//! There is no way to put a line break or another control character into a line from here: names
//! are checked when they are made, values encode it or the writer refuses it.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::str::FromStr;

use crate::syntax::byte_class::is_in_token;
use crate::version::Version;

/// A name of a property, a parameter or a group: `1*(ALPHA / DIGIT / "-")`, the iana-token of
/// RFC 6350, 3.3.
///
/// Written as it was given; compared without regard to letter case.
///
/// ```
/// use vcardinal::Token;
///
/// assert_eq!(Token::new("x-abLabel")?, Token::new("X-ABLABEL")?);
/// assert!(Token::new("X-A\r\nTEL").is_err());
/// # Ok::<(), vcardinal::TokenError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Token(Cow<'static, str>);

/// Why a text is not a valid name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TokenError {
    /// There is nothing in it.
    #[error("a name has at least one character")]
    Empty,
    /// Something other than a letter, a digit or a hyphen.
    #[error("a name is made of ASCII letters, digits and hyphens; byte {at} is something else")]
    Character {
        /// Bytes before it.
        at: usize,
    },
    /// Longer than 255 characters.
    #[error("a name has at most 255 characters")]
    TooLong,
    /// BEGIN and END are not properties that can be set: they frame the card; and VERSION is that of a
    /// builder.
    #[error("BEGIN and END frame a card, and VERSION is that of its builder; they cannot be set")]
    Reserved,
}

impl Token {
    /// A name.
    ///
    /// # Errors
    ///
    /// When it is empty, longer than 255 characters, or holds anything but letters, digits and
    /// hyphens.
    ///
    /// ```
    /// use vcardinal::{Token, TokenError};
    ///
    /// assert_eq!(Token::new("X-Shoe-Size")?, Token::new("x-shoe-size")?);
    /// assert_eq!(Token::new("shoe size").unwrap_err(), TokenError::Character { at: 4 });
    /// # Ok::<(), TokenError>(())
    /// ```
    pub fn new(name: impl Into<Cow<'static, str>>) -> Result<Self, TokenError> {
        let name = name.into();
        Token::check(&name)?;
        Ok(Token(name))
    }

    /// Whether it is a valid name.
    pub(crate) fn check(name: &str) -> Result<(), TokenError> {
        if name.is_empty() {
            return Err(TokenError::Empty);
        }
        if let Some(at) = name.bytes().position(|byte| !is_in_token(byte)) {
            return Err(TokenError::Character { at });
        }
        match name.len() {
            ..=255 => Ok(()),
            _ => Err(TokenError::TooLong),
        }
    }

    /// The name as it is written.
    ///
    /// ```
    /// assert_eq!(vcardinal::Token::new("X-Shoe-Size")?.as_str(), "X-Shoe-Size");
    /// # Ok::<(), vcardinal::TokenError>(())
    /// ```
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn is(&self, name: &str) -> bool {
        self.0.eq_ignore_ascii_case(name)
    }
}

impl PartialEq for Token {
    fn eq(&self, other: &Self) -> bool {
        self.0.eq_ignore_ascii_case(&other.0)
    }
}

impl Eq for Token {}

impl FromStr for Token {
    type Err = TokenError;

    fn from_str(name: &str) -> Result<Self, TokenError> {
        Token::new(String::from(name))
    }
}

impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// A parameter to be written: a name and its values.
///
/// Quotes and escapes come with the writing: values hold plain text.
///
/// ```
/// use vcardinal::{Card, Parameter, Property, Version};
///
/// let mut card = Card::parse("BEGIN:VCARD\r\nVERSION:4.0\r\nFN:A\r\nEND:VCARD\r\n")?;
/// card.push(
///     Property::text("NOTE", "hello")?.with_parameter(Parameter::new("X-WHO", ["a:b", "6\" tall"])?),
/// )?;
/// assert!(card.to_string().contains("NOTE;X-WHO=\"a:b\",\"6^' tall\":hello\r\n"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameter {
    name: Token,
    values: Vec<String>,
}

impl Parameter {
    /// A parameter of this name with these values.
    ///
    /// # Errors
    ///
    /// When the name is not a valid name.
    ///
    /// ```
    /// use vcardinal::Parameter;
    ///
    /// let types = Parameter::new("TYPE", ["home", "work"])?;
    /// assert_eq!(types.name().as_str(), "TYPE");
    /// assert_eq!(types.values(), ["home", "work"]);
    /// # Ok::<(), vcardinal::TokenError>(())
    /// ```
    pub fn new<V: Into<String>>(
        name: impl Into<Cow<'static, str>>,
        values: impl IntoIterator<Item = V>,
    ) -> Result<Self, TokenError> {
        Ok(Parameter {
            name: Token::new(name)?,
            values: values.into_iter().map(Into::into).collect(),
        })
    }

    /// The name.
    #[must_use]
    pub fn name(&self) -> &Token {
        &self.name
    }

    /// The values.
    #[must_use]
    pub fn values(&self) -> &[String] {
        &self.values
    }
}

/// A value to be written. How it looks on the line depends on the version of the card.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum PropertyValue {
    /// Text. Line breaks in it become `\n`; other control characters than tabs are refused.
    Text(String),
    /// Texts separated by commas, as in NICKNAME and CATEGORIES.
    List(Vec<String>),
    /// Components separated by semicolons, each a list, as in N and ADR.
    Components(Vec<Vec<String>>),
    /// A URI, with plain commas; how they are written says [`UriCommas`](crate::UriCommas).
    Uri(String),
    /// The value as it stands on an unfolded line, escapes and all: what a value type formatted.
    Raw(String),
    /// Bytes inline that are base64 already, as [`Binary`](Self::Binary) writes them.
    Base64 {
        /// The media type, such as `image/jpeg`, or nothing.
        media_type: String,
        /// The base64 text, without white space.
        data: String,
    },
    /// Bytes inline: base64 in 2.1 and 3.0, a `data:` URI in 4.0.
    #[cfg(feature = "base64")]
    Binary {
        /// The media type, such as `image/jpeg`, or nothing.
        media_type: String,
        /// The bytes, at least one.
        data: Vec<u8>,
    },
}

impl PropertyValue {
    /// The media type of bytes that stand inline, which may be empty; `None` for all other values.
    pub(crate) fn inline_media_type(&self) -> Option<&str> {
        match self {
            PropertyValue::Base64 { media_type, .. } => Some(media_type),
            #[cfg(feature = "base64")]
            PropertyValue::Binary { media_type, .. } => Some(media_type),
            _ => None,
        }
    }

    /// Whether it is bytes that stand inline.
    pub(crate) fn is_inline(&self) -> bool {
        self.inline_media_type().is_some()
    }
}

/// A property to be written.
///
/// ```
/// use vcardinal::{Card, Property, Version};
///
/// let card = Card::builder(Version::V4_0)
///     .full_name("Zoë Quist")
///     .property(Property::text("NOTE", "one, two\nthree")?.with_group("item1")?)
///     .build()?;
/// assert!(card.to_string().contains("item1.NOTE:one\\, two\\nthree\r\n"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Property {
    pub(crate) group: Option<Token>,
    pub(crate) name: Token,
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) value: PropertyValue,
}

impl Property {
    /// Whether a property can have this name.
    pub(crate) fn check_name(name: &str) -> Result<(), TokenError> {
        Token::check(name)?;
        let is_reserved = ["BEGIN", "END"]
            .iter()
            .any(|reserved| name.eq_ignore_ascii_case(reserved));
        match is_reserved {
            true => Err(TokenError::Reserved),
            false => Ok(()),
        }
    }

    /// A property of this name with this value.
    ///
    /// # Errors
    ///
    /// When the name is not a valid name, or is BEGIN or END, which delimit a card.
    ///
    /// ```
    /// use vcardinal::{Property, PropertyValue, TokenError};
    ///
    /// let org = Property::new("ORG", PropertyValue::Text("Able & Best".into()))?;
    /// assert_eq!(org.name().as_str(), "ORG");
    /// assert_eq!(org.value(), &PropertyValue::Text("Able & Best".into()));
    /// assert_eq!(Property::new("END", PropertyValue::Text("VCARD".into())), Err(TokenError::Reserved));
    /// # Ok::<(), TokenError>(())
    /// ```
    pub fn new(
        name: impl Into<Cow<'static, str>>,
        value: PropertyValue,
    ) -> Result<Self, TokenError> {
        let name = name.into();
        Property::check_name(&name)?;
        Ok(Property {
            group: None,
            name: Token(name),
            parameters: Vec::new(),
            value,
        })
    }

    /// A property with text.
    ///
    /// # Errors
    ///
    /// As [`Property::new`].
    ///
    /// ```
    /// use vcardinal::{Card, Property};
    ///
    /// let mut card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:A\nEND:VCARD\n")?;
    /// card.push(Property::text("NOTE", "one, two\nthree")?)?;
    /// assert!(card.to_string().contains("\nNOTE:one\\, two\\nthree\n"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn text(
        name: impl Into<Cow<'static, str>>,
        text: impl Into<String>,
    ) -> Result<Self, TokenError> {
        Property::new(name, PropertyValue::Text(text.into()))
    }

    /// A property with a URI. In 4.0 a property whose default is another type needs
    /// `VALUE=uri` beside it.
    ///
    /// # Errors
    ///
    /// As [`Property::new`].
    ///
    /// ```
    /// use vcardinal::{Card, Parameter, Property};
    ///
    /// let mut card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:A\nEND:VCARD\n")?;
    /// let tel = Property::uri("TEL", "tel:+1-202-555-0101")?;
    /// card.push(tel.with_parameter(Parameter::new("VALUE", ["uri"])?))?;
    /// assert!(card.to_string().contains("\nTEL;VALUE=uri:tel:+1-202-555-0101\n"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn uri(
        name: impl Into<Cow<'static, str>>,
        uri: impl Into<String>,
    ) -> Result<Self, TokenError> {
        Property::new(name, PropertyValue::Uri(uri.into()))
    }

    /// A property with a comma list of texts.
    ///
    /// # Errors
    ///
    /// As [`Property::new`].
    ///
    /// ```
    /// use vcardinal::{Card, Property};
    ///
    /// let mut card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:A\nEND:VCARD\n")?;
    /// card.push(Property::list("CATEGORIES", ["friend", "sea, sail"])?)?;
    /// assert!(card.to_string().contains("\nCATEGORIES:friend,sea\\, sail\n"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn list<T: Into<String>>(
        name: impl Into<Cow<'static, str>>,
        items: impl IntoIterator<Item = T>,
    ) -> Result<Self, TokenError> {
        Property::new(
            name,
            PropertyValue::List(items.into_iter().map(Into::into).collect()),
        )
    }

    /// A property with components, each of one text.
    ///
    /// # Errors
    ///
    /// As [`Property::new`].
    ///
    /// ```
    /// use vcardinal::{Card, Property};
    ///
    /// let mut card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:A\nEND:VCARD\n")?;
    /// card.push(Property::components("N", ["Quist", "Zoë", "", "", ""])?)?;
    /// assert!(card.to_string().contains("\nN:Quist;Zoë;;;\n"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn components<T: Into<String>>(
        name: impl Into<Cow<'static, str>>,
        components: impl IntoIterator<Item = T>,
    ) -> Result<Self, TokenError> {
        let components = components
            .into_iter()
            .map(|text| [text.into()].into())
            .collect();
        Property::new(name, PropertyValue::Components(components))
    }

    /// With a group before the name.
    ///
    /// # Errors
    ///
    /// When the group is not a valid name.
    ///
    /// ```
    /// use vcardinal::Property;
    ///
    /// let tel = Property::text("TEL", "1")?.with_group("item1")?;
    /// assert_eq!(tel.group().unwrap().as_str(), "item1");
    /// assert!(tel.with_group("item 1").is_err());
    /// # Ok::<(), vcardinal::TokenError>(())
    /// ```
    pub fn with_group(mut self, group: impl Into<Cow<'static, str>>) -> Result<Self, TokenError> {
        self.group = Some(Token::new(group)?);
        Ok(self)
    }

    /// With one more parameter.
    ///
    /// ```
    /// use vcardinal::{Parameter, Property};
    ///
    /// let note = Property::text("NOTE", "bonjour")?.with_parameter(Parameter::new("LANGUAGE", ["fr"])?);
    /// assert_eq!(note.parameters()[0].values(), ["fr"]);
    /// # Ok::<(), vcardinal::TokenError>(())
    /// ```
    #[must_use]
    pub fn with_parameter(mut self, parameter: Parameter) -> Self {
        self.parameters.push(parameter);
        self
    }

    /// With TYPE values, written `TYPE=a,b`: unquoted, because many readers take a quoted list
    /// for one value.
    ///
    /// ```
    /// use vcardinal::{Card, Property};
    ///
    /// let mut card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:A\nEND:VCARD\n")?;
    /// card.push(Property::text("TEL", "1")?.with_types(["home", "cell"]))?;
    /// assert!(card.to_string().contains("\nTEL;TYPE=home,cell:1\n"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn with_types<T: Into<String>>(self, types: impl IntoIterator<Item = T>) -> Self {
        let values = types.into_iter().map(Into::into).collect();
        self.with_parameter(Parameter {
            name: Token(Cow::Borrowed("TYPE")),
            values,
        })
    }

    /// The group.
    #[must_use]
    pub fn group(&self) -> Option<&Token> {
        self.group.as_ref()
    }

    /// The name.
    #[must_use]
    pub fn name(&self) -> &Token {
        &self.name
    }

    /// The parameters.
    #[must_use]
    pub fn parameters(&self) -> &[Parameter] {
        &self.parameters
    }

    /// The first parameter of this name, in any letter case.
    pub(crate) fn parameter(&self, name: &str) -> Option<&Parameter> {
        self.parameters.iter().find(|one| one.name.is(name))
    }

    /// The value.
    #[must_use]
    pub fn value(&self) -> &PropertyValue {
        &self.value
    }
}

/// What is to be written has no form in the version of the card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// A control character in a value. Only line breaks and tabs have a form in text.
    #[error("the value holds the control character U+{character:04X}, which no escape exists for")]
    ControlCharacter {
        /// The code point.
        character: u32,
    },
    /// A parameter value with a character that the version cannot write there.
    #[error(
        "the parameter value holds {character:?}, which vCard {version} cannot write in a parameter"
    )]
    ParameterCharacter {
        /// The character.
        character: char,
        /// The version of the card.
        version: Version,
    },
    /// The line would read back as something else: a backslash before a semicolon in 2.1, a
    /// parameter that names an encoding which the value is not in.
    #[error("vCard {version} has no form for this value with these parameters")]
    NoForm {
        /// The version of the card.
        version: Version,
    },
}
