//! CLIENTPIDMAP. RFC 6350, 6.7.7, erratum 4245.

use alloc::string::String;
use core::fmt::Write;
use core::num::NonZeroU32;

use super::{Notes, Reason, Unwritable, Uri, Value, ValueError};
use crate::registry::ValueType;
use crate::version::Version;

/// The URI that a source number in a PID stands for.
///
/// RFC 6350, 6.7.7.
///
/// ```
/// use vcardinal::Version;
/// use vcardinal::value::{ClientPidMap, Value};
///
/// let text = "1;urn:uuid:53e374d9-337e-4727-8803-a1e9c14e0556";
/// let map = ClientPidMap::parse(text, Version::V4_0)?;
/// assert_eq!((map.source.get(), map.uri.scheme()), (1, Some("urn")));
/// assert!(ClientPidMap::parse("0;urn:a:b", Version::V4_0).is_err());
/// # Ok::<(), vcardinal::value::ValueError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct ClientPidMap<'a> {
    /// The number that the second part of a PID refers to.
    pub source: NonZeroU32,
    /// What it stands for.
    pub uri: Uri<'a>,
}

impl<'a> ClientPidMap<'a> {
    /// What this source number stands for.
    ///
    /// ```
    /// use std::num::NonZeroU32;
    /// use vcardinal::value::{ClientPidMap, Uri};
    /// use vcardinal::{Card, Version};
    ///
    /// let uri = Uri::new("urn:uuid:53e374d9-337e-4727-8803-a1e9c14e0556")?;
    /// let map = ClientPidMap::new(NonZeroU32::MIN, uri);
    /// let card = Card::builder(Version::V4_0).full_name("A").client_pid_map(map).build()?;
    /// assert!(card.to_string().contains("CLIENTPIDMAP:1;urn:uuid:53e374d9-"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn new(source: NonZeroU32, uri: Uri<'a>) -> Self {
        ClientPidMap { source, uri }
    }

    /// The same value, owned.
    #[must_use]
    pub fn into_owned(self) -> ClientPidMap<'static> {
        ClientPidMap {
            source: self.source,
            uri: self.uri.into_owned(),
        }
    }
}

impl<'a> Value<'a> for ClientPidMap<'a> {
    fn read_trimmed(
        raw: &'a str,
        version: Version,
        notes: &mut Notes<'_>,
    ) -> Result<Self, ValueError> {
        const EXPECTED: &str = "a number from 1, a semicolon and a URI, as 1;urn:uuid:...";
        let error = |end| ValueError::new(0..end, Reason::Expected(EXPECTED));
        let (number, uri) = raw.split_once(';').ok_or_else(|| error(raw.len()))?;
        if !number.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(error(number.len()));
        }
        let source = number.parse().map_err(|_| error(number.len()))?;
        let uri = notes.inside(number.len() + 1, |notes| Uri::read(uri, version, notes))?;
        Ok(ClientPidMap { source, uri })
    }

    fn write_to(&self, version: Version, out: &mut String) -> Result<(), Unwritable> {
        let start = out.len();
        let written = write!(out, "{};", self.source);
        debug_assert!(written.is_ok(), "a String takes everything");
        self.uri
            .write_to(version, out)
            .inspect_err(|_| out.truncate(start))
    }

    fn value_type(&self, _: Version) -> ValueType {
        ValueType::Text
    }
}
