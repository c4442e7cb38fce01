//! The three versions of the format.

use core::fmt;
use core::str::FromStr;

/// A version of the vCard format.
///
/// All three are read; new cards are written as 3.0 or 4.0 only.
///
/// ```
/// use vcardinal::Version;
///
/// assert_eq!("4.0".parse(), Ok(Version::V4_0));
/// assert_eq!(Version::V3_0.to_string(), "3.0");
/// assert!(Version::V2_1 < Version::V4_0);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Version {
    /// vCard 2.1, the versit consortium's text of 1996.
    V2_1,
    /// vCard 3.0, RFC 2425 and RFC 2426.
    V3_0,
    /// vCard 4.0, RFC 6350.
    V4_0,
}

impl Version {
    /// Every version, oldest first.
    pub const ALL: [Version; 3] = [Version::V2_1, Version::V3_0, Version::V4_0];

    /// The text of a VERSION property: `2.1`, `3.0` or `4.0`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Version::V2_1 => "2.1",
            Version::V3_0 => "3.0",
            Version::V4_0 => "4.0",
        }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// The text is not `2.1`, `3.0` or `4.0`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a vCard version is 2.1, 3.0 or 4.0")]
#[non_exhaustive]
pub struct UnknownVersion;

impl FromStr for Version {
    type Err = UnknownVersion;

    fn from_str(text: &str) -> Result<Self, UnknownVersion> {
        Version::ALL
            .into_iter()
            .find(|version| version.as_str() == text)
            .ok_or(UnknownVersion)
    }
}

crate::error::into_error! { Value: UnknownVersion }
crate::word::string_of_serde! { Version }
