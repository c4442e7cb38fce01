//! KIND. RFC 6350, 6.1.4; RFC 6473; RFC 6869.

use alloc::borrow::Cow;
use alloc::string::String;

use super::{Notes, Reason, Unwritable, Value, ValueError};
use crate::registry::ValueType;
use crate::syntax::byte_class::is_token;
use crate::version::Version;

/// What a card is about. An unknown kind is to be treated as an individual.
///
/// RFC 6350, 6.1.4.
///
/// ```
/// use vcardinal::Version;
/// use vcardinal::value::{Kind, Value};
///
/// assert_eq!(Kind::parse("Group", Version::V4_0)?, Kind::Group);
/// assert_eq!(Kind::parse("x-robot", Version::V4_0)?, Kind::Other("x-robot".into()));
/// assert!(Kind::parse_strict("some body", Version::V4_0).is_err());
/// # Ok::<(), vcardinal::value::ValueError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Kind<'a> {
    /// One person, the default.
    #[default]
    Individual,
    /// Several people or things, its MEMBERs.
    Group,
    /// An organization.
    Org,
    /// A place.
    Location,
    /// A piece of software (RFC 6473).
    Application,
    /// A thing (RFC 6869).
    Device,
    /// Another token, in lower case.
    Other(Cow<'a, str>),
}

impl Kind<'_> {
    /// The same value, owned.
    #[must_use]
    pub fn into_owned(self) -> Kind<'static> {
        match self {
            Kind::Individual => Kind::Individual,
            Kind::Group => Kind::Group,
            Kind::Org => Kind::Org,
            Kind::Location => Kind::Location,
            Kind::Application => Kind::Application,
            Kind::Device => Kind::Device,
            Kind::Other(token) => Kind::Other(Cow::Owned(token.into_owned())),
        }
    }

    /// The token.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Kind::Individual => "individual",
            Kind::Group => "group",
            Kind::Org => "org",
            Kind::Location => "location",
            Kind::Application => "application",
            Kind::Device => "device",
            Kind::Other(token) => token,
        }
    }
}

impl<'a> Value<'a> for Kind<'a> {
    fn read_trimmed(token: &'a str, _: Version, notes: &mut Notes<'_>) -> Result<Self, ValueError> {
        const EXPECTED: &str = "a kind, as individual, group, org, location or x-robot";
        const NAMED: [Kind<'static>; 6] = [
            Kind::Individual,
            Kind::Group,
            Kind::Org,
            Kind::Location,
            Kind::Application,
            Kind::Device,
        ];
        if token.is_empty() {
            return Err(ValueError::new(0..0, Reason::Empty(EXPECTED)));
        }
        if let Some(kind) = NAMED
            .into_iter()
            .find(|kind| kind.as_str().eq_ignore_ascii_case(token))
        {
            return Ok(kind);
        }
        if !is_token(token.as_bytes()) {
            notes.add(0..token.len(), Reason::Expected(EXPECTED));
        }
        let upper = token.bytes().any(|byte| byte.is_ascii_uppercase());
        Ok(Kind::Other(if upper {
            Cow::Owned(token.to_ascii_lowercase())
        } else {
            Cow::Borrowed(token)
        }))
    }

    fn write_to(&self, _: Version, out: &mut String) -> Result<(), Unwritable> {
        if let Kind::Other(token) = self
            && (!is_token(token.as_bytes()) || token.bytes().any(|byte| byte.is_ascii_uppercase()))
        {
            return Err(Unwritable::Ambiguous(
                "another kind, since it is not a token in lower case",
            ));
        }
        out.push_str(self.as_str());
        Ok(())
    }

    fn value_type(&self, _: Version) -> ValueType {
        ValueType::Text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registry::{PropertyId, registered_values};

    #[test]
    fn ok_each_registered_kind_has_its_variant() {
        let registered = registered_values(PropertyId::KIND, None, Version::V4_0);
        assert_eq!(registered.clone().count(), 6);
        for word in registered {
            let kind = Kind::parse(word, Version::V4_0);
            assert!(
                kind.is_ok_and(|kind| kind.as_str() == word && !matches!(kind, Kind::Other(_)))
            );
        }
    }
}
