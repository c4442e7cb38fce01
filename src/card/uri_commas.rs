//! How the commas of URIs are written, which is a choice without a right answer.

use crate::version::Version;

/// How the commas of URIs are written: in URL, SOURCE, RELATED and the like, in `data:` and `geo:` URIs.
///
/// RFC 6350, 3.4 (errata 3845, 3846, 4557 and 4559) escapes them in 4.0; RFC 2426, 4 and the revision
/// of RFC 6350 do not. Both forms are read alike here, in every version. Other readers differ, so that
/// this is an option of a card and of a builder; without it, [`of_version`](Self::of_version) holds.
///
/// - **Plain** is cut at the comma by vobject, and with it by khard and Radicale, which store what is
///   left: a photo as `data:` URI is lost. belcard refuses a card with a plain comma in GEO.
/// - **Escaped** shows a stray backslash in vcard4 and, in URL, in sabre/vobject 4.6 (Nextcloud,
///   Baïkal), which adds another with each save; in 3.0 also in ical.js. Nothing is lost.
///
/// ```
/// use vcardinal::value::Uri;
/// use vcardinal::{Card, UriCommas, Version};
///
/// let url = || Uri::new("https://example.com/a,b").unwrap();
/// let card = Card::builder(Version::V4_0).full_name("A").url(url()).build()?;
/// assert!(card.to_string().contains(r"URL:https://example.com/a\,b"));
/// let builder = Card::builder(Version::V4_0).uri_commas(UriCommas::Plain);
/// let card = builder.full_name("A").url(url()).build()?;
/// assert!(card.to_string().contains("URL:https://example.com/a,b"));
/// # Ok::<(), vcardinal::BuildError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum UriCommas {
    /// `,`
    Plain,
    /// `\,`
    Escaped,
}

crate::word::words! { UriCommas, "plain or escaped": Plain "plain", Escaped "escaped" }

impl UriCommas {
    /// What is written where nobody says otherwise: `\,` in 4.0, `,` before.
    ///
    /// ```
    /// use vcardinal::{UriCommas, Version};
    ///
    /// assert_eq!(UriCommas::of_version(Version::V4_0), UriCommas::Escaped);
    /// assert_eq!(UriCommas::of_version(Version::V3_0), UriCommas::Plain);
    /// ```
    #[must_use]
    pub const fn of_version(version: Version) -> Self {
        match version {
            Version::V4_0 => UriCommas::Escaped,
            Version::V2_1 | Version::V3_0 => UriCommas::Plain,
        }
    }
}

/// How lines are written.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Style {
    pub version: Version,
    pub commas: UriCommas,
}

impl Style {
    /// 2.1 has no escape for a comma.
    pub fn new(version: Version, commas: Option<UriCommas>) -> Self {
        let commas = match version {
            Version::V2_1 => None,
            _ => commas,
        };
        Style {
            version,
            commas: commas.unwrap_or(UriCommas::of_version(version)),
        }
    }
}
