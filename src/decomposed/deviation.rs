//! What could not be taken apart, or put together, as it was.

use core::fmt;

use crate::registry::ValueType;

/// Why the parts of a property are not all that its line says, or a new line not all that the parts
/// say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Deviation {
    /// The bytes are not text; U+FFFD stands for what cannot be read.
    NotText,
    /// The value is not of the type that the property says it has; it is taken as it stands, as of an
    /// unknown type.
    NotOfType(ValueType),
    /// VALUE names a type that the property cannot have, or that the version does not have.
    TypeNotPermitted,
    /// There are more values than [`Limits::values`](crate::Limits); the text is taken as it stands.
    TooManyValues,
    /// GROUP is reserved for jCard and cannot be a parameter of a line; it was left out.
    GroupParameter,
    /// A name had other characters than letters, digits and hyphens; hyphens stand for them.
    Renamed,
    /// Nothing of a name of a property or a parameter can be written; it was left out.
    Nameless,
    /// Control characters have no form and were left out.
    ControlCharacters,
    /// A line break has no form in a value of this type and is written as the escape `\n`.
    LineBreak,
    /// A property that has one value had several; each is on a line of its own.
    SeveralValues,
    /// The zone of a truncated time was left out.
    ZoneOfTruncatedTime,
    /// The data stand inline, as they did before 4.0, and became a `data:` URI.
    InlineData,
}

impl Deviation {
    /// What is said about it.
    ///
    /// ```
    /// use vcardinal::decomposed::Deviation;
    ///
    /// assert_eq!(Deviation::GroupParameter.section(), "RFC 7095, 7.1");
    /// ```
    #[must_use]
    pub const fn message(self) -> &'static str {
        match self {
            Deviation::NotText => "the bytes are not text; U+FFFD stands for what cannot be read",
            Deviation::NotOfType(_) => {
                "the value is not of its type and is taken as it stands, as of an unknown type"
            }
            Deviation::TypeNotPermitted => {
                "the property cannot have the type that VALUE names; its default type is taken"
            }
            Deviation::TooManyValues => "there are too many values; the text is taken as it stands",
            Deviation::GroupParameter => {
                "GROUP is reserved and cannot be a parameter; it is left out"
            }
            Deviation::Renamed => {
                "names are letters, digits and hyphens; a hyphen stands for each other character"
            }
            Deviation::Nameless => "nothing of the name is a letter, a digit or a hyphen",
            Deviation::ControlCharacters => "control characters have no form and are left out",
            Deviation::LineBreak => {
                "a line break has no form in a value of this type; it is written as an escape"
            }
            Deviation::SeveralValues => "the property has one value; each is on a line of its own",
            Deviation::ZoneOfTruncatedTime => "a truncated time has no zone; it is left out",
            Deviation::InlineData => "inline data became a data: URI",
        }
    }

    /// The section that says so.
    #[must_use]
    pub const fn section(self) -> &'static str {
        match self {
            Deviation::NotText => "RFC 6350, 3.1",
            Deviation::NotOfType(_) => "RFC 7095, 5.1",
            Deviation::TypeNotPermitted => "RFC 6350, 5.2",
            Deviation::TooManyValues => "",
            Deviation::GroupParameter => "RFC 7095, 7.1",
            Deviation::Renamed
            | Deviation::Nameless
            | Deviation::ControlCharacters
            | Deviation::LineBreak => "RFC 6350, 3.3",
            Deviation::SeveralValues => "RFC 7095, 3.3",
            Deviation::ZoneOfTruncatedTime => "RFC 6350, 4.3.2",
            Deviation::InlineData => "RFC 6350, 4.2",
        }
    }
}

impl fmt::Display for Deviation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.message())
    }
}
