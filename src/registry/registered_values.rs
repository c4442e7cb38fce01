//! The table of registered values of properties and parameters.

use super::{ParameterId, PropertyId};
use crate::version::Version;
use crate::version::Version::{V2_1, V3_0, V4_0};

/// Values that one section registers together.
#[derive(Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ValueGroup {
    /// The properties they are for; empty for any.
    pub properties: &'static [PropertyId],
    /// The parameter whose values they are; `None` where they are the property's.
    pub parameter: Option<ParameterId>,
    /// The versions that have them.
    pub versions: &'static [Version],
    /// The values, which compare without regard to letter case.
    pub values: &'static [&'static str],
    /// Where they are defined.
    pub sections: &'static [&'static str],
}

/// The registered values of a property, or of a parameter on it, in the order of the sections.
///
/// Most of these lists are open: an `x-` name, or one registered later, is not an error.
///
/// ```
/// use vcardinal::Version;
/// use vcardinal::registry::{ParameterId, PropertyId, registered_values};
///
/// let types = registered_values(PropertyId::TEL, Some(ParameterId::TYPE), Version::V4_0);
/// assert!(types.clone().any(|value| value == "textphone"));
/// assert!(!types.clone().any(|value| value == "pcs"));
/// assert!(registered_values(PropertyId::KIND, None, Version::V4_0).any(|value| value == "org"));
/// ```
pub fn registered_values(
    property: PropertyId,
    parameter: Option<ParameterId>,
    version: Version,
) -> impl Iterator<Item = &'static str> + Clone {
    VALUES
        .iter()
        .filter(move |group| {
            group.parameter == parameter
                && group.versions.contains(&version)
                && (group.properties.is_empty() || group.properties.contains(&property))
        })
        .flat_map(|group| group.values.iter().copied())
}

/// All groups of registered values.
///
/// ```
/// assert!(vcardinal::registry::groups().iter().all(|group| !group.sections.is_empty()));
/// ```
#[must_use]
pub fn groups() -> &'static [ValueGroup] {
    &VALUES
}

const fn values(
    properties: &'static [PropertyId],
    parameter: Option<ParameterId>,
    versions: &'static [Version],
    values: &'static [&'static str],
    sections: &'static [&'static str],
) -> ValueGroup {
    ValueGroup {
        properties,
        parameter,
        versions,
        values,
        sections,
    }
}

pub(super) static VALUES: [ValueGroup; 40] = [
    values(
        &[PropertyId::BEGIN],
        None,
        &[V2_1, V3_0, V4_0],
        &["VCARD"],
        &["RFC 6350, 6.1.1"],
    ),
    values(
        &[PropertyId::END],
        None,
        &[V2_1, V3_0, V4_0],
        &["VCARD"],
        &["RFC 6350, 6.1.2"],
    ),
    values(
        &[PropertyId::PROFILE],
        None,
        &[V3_0],
        &["VCARD"],
        &["RFC 2426, 2.1.3"],
    ),
    values(
        &[PropertyId::VERSION],
        None,
        &[V2_1],
        &["2.1"],
        &["vCard 2.1, 2.6.6"],
    ),
    values(
        &[PropertyId::VERSION],
        None,
        &[V3_0],
        &["3.0"],
        &["RFC 2426, 3.6.9"],
    ),
    values(
        &[PropertyId::VERSION],
        None,
        &[V4_0],
        &["4.0"],
        &["RFC 6350, 6.7.9"],
    ),
    values(
        &[PropertyId::KIND],
        None,
        &[V4_0],
        &["individual", "group", "org", "location"],
        &["RFC 6350, 6.1.4"],
    ),
    values(
        &[PropertyId::KIND],
        None,
        &[V4_0],
        &["application"],
        &["RFC 6473, 2"],
    ),
    values(
        &[PropertyId::KIND],
        None,
        &[V4_0],
        &["device"],
        &["RFC 6869, 3"],
    ),
    values(
        &[PropertyId::GENDER],
        None,
        &[V4_0],
        &["M", "F", "O", "N", "U"],
        &["RFC 6350, 6.2.7"],
    ),
    values(
        &[PropertyId::CLASS],
        None,
        &[V3_0],
        &["PUBLIC", "PRIVATE", "CONFIDENTIAL"],
        &["RFC 2426, 3.7.1"],
    ),
    values(
        &[PropertyId::GRAMGENDER],
        None,
        &[V4_0],
        &[
            "animate",
            "common",
            "feminine",
            "inanimate",
            "masculine",
            "neuter",
        ],
        &["RFC 9554, 3.2"],
    ),
    values(
        &[
            PropertyId::FN,
            PropertyId::NICKNAME,
            PropertyId::PHOTO,
            PropertyId::ADR,
            PropertyId::TEL,
            PropertyId::EMAIL,
            PropertyId::IMPP,
            PropertyId::LANG,
            PropertyId::TZ,
            PropertyId::GEO,
            PropertyId::TITLE,
            PropertyId::ROLE,
            PropertyId::LOGO,
            PropertyId::ORG,
            PropertyId::RELATED,
            PropertyId::CATEGORIES,
            PropertyId::NOTE,
            PropertyId::SOUND,
            PropertyId::URL,
            PropertyId::KEY,
            PropertyId::FBURL,
            PropertyId::CALADRURI,
            PropertyId::CALURI,
            PropertyId::EXPERTISE,
            PropertyId::HOBBY,
            PropertyId::INTEREST,
            PropertyId::ORG_DIRECTORY,
            PropertyId::PRONOUNS,
        ],
        Some(ParameterId::TYPE),
        &[V4_0],
        &["work", "home"],
        &["RFC 6350, 5.6"],
    ),
    values(
        &[PropertyId::TEL],
        Some(ParameterId::TYPE),
        &[V4_0],
        &[
            "text",
            "voice",
            "fax",
            "cell",
            "video",
            "pager",
            "textphone",
        ],
        &["RFC 6350, 6.4.1"],
    ),
    values(
        &[PropertyId::TEL],
        Some(ParameterId::TYPE),
        &[V4_0],
        &["main-number"],
        &["RFC 7852, 11.7"],
    ),
    values(
        &[PropertyId::RELATED],
        Some(ParameterId::TYPE),
        &[V4_0],
        &[
            "contact",
            "acquaintance",
            "friend",
            "met",
            "co-worker",
            "colleague",
            "co-resident",
            "neighbor",
            "child",
            "parent",
            "sibling",
            "spouse",
            "kin",
            "muse",
            "crush",
            "date",
            "sweetheart",
            "me",
            "agent",
            "emergency",
        ],
        &["RFC 6350, 6.6.6"],
    ),
    values(
        &[PropertyId::ADR],
        Some(ParameterId::TYPE),
        &[V4_0],
        &["billing"],
        &["RFC 9554, 5.1"],
    ),
    values(
        &[PropertyId::ADR],
        Some(ParameterId::TYPE),
        &[V4_0],
        &["delivery"],
        &["RFC 9554, 5.2"],
    ),
    values(
        &[PropertyId::ADR, PropertyId::LABEL],
        Some(ParameterId::TYPE),
        &[V2_1, V3_0],
        &["dom", "intl", "postal", "parcel", "home", "work"],
        &["RFC 2426, 3.2.1", "vCard 2.1, 2.3.1.1"],
    ),
    values(
        &[PropertyId::TEL],
        Some(ParameterId::TYPE),
        &[V2_1],
        &["pref"],
        &["vCard 2.1, 2.4.1.1"],
    ),
    values(
        &[
            PropertyId::ADR,
            PropertyId::LABEL,
            PropertyId::TEL,
            PropertyId::EMAIL,
            PropertyId::IMPP,
            PropertyId::FBURL,
            PropertyId::CALURI,
            PropertyId::CALADRURI,
            PropertyId::CAPURI,
        ],
        Some(ParameterId::TYPE),
        &[V3_0],
        &["pref"],
        &["RFC 2426, 3", "RFC 4770, 2", "erratum 7914"],
    ),
    values(
        &[PropertyId::TEL],
        Some(ParameterId::TYPE),
        &[V2_1, V3_0],
        &[
            "home", "work", "voice", "fax", "msg", "cell", "pager", "bbs", "modem", "car", "isdn",
            "video",
        ],
        &["RFC 2426, 3.3.1", "vCard 2.1, 2.4.1.1"],
    ),
    values(
        &[PropertyId::TEL],
        Some(ParameterId::TYPE),
        &[V3_0],
        &["pcs"],
        &["RFC 2426, 3.3.1"],
    ),
    values(
        &[PropertyId::EMAIL],
        Some(ParameterId::TYPE),
        &[V2_1, V3_0],
        &["internet", "x400"],
        &["RFC 2426, 3.3.2", "vCard 2.1, 2.4.2.1"],
    ),
    values(
        &[PropertyId::EMAIL],
        Some(ParameterId::TYPE),
        &[V2_1],
        &[
            "aol",
            "applelink",
            "attmail",
            "cis",
            "eworld",
            "ibmmail",
            "mcimail",
            "powershare",
            "prodigy",
            "tlx",
        ],
        &["vCard 2.1, 2.4.2.1"],
    ),
    values(
        &[PropertyId::IMPP],
        Some(ParameterId::TYPE),
        &[V3_0],
        &["personal", "business", "home", "work", "mobile"],
        &["RFC 4770, 2"],
    ),
    values(
        &[PropertyId::PHOTO, PropertyId::LOGO],
        Some(ParameterId::TYPE),
        &[V2_1],
        &[
            "gif", "cgm", "wmf", "bmp", "met", "pmb", "dib", "pict", "tiff", "ps", "pdf", "jpeg",
            "mpeg", "mpeg2", "avi", "qtime",
        ],
        &["vCard 2.1, 2.2.3.1"],
    ),
    values(
        &[PropertyId::SOUND],
        Some(ParameterId::TYPE),
        &[V2_1],
        &["wave", "pcm", "aiff"],
        &["vCard 2.1, 2.6.3.1"],
    ),
    values(
        &[PropertyId::KEY],
        Some(ParameterId::TYPE),
        &[V2_1, V3_0],
        &["x509", "pgp"],
        &["RFC 2426, 3.7.2", "vCard 2.1, 2.7.2"],
    ),
    values(
        &[
            PropertyId::BDAY,
            PropertyId::ANNIVERSARY,
            PropertyId::DEATHDATE,
        ],
        Some(ParameterId::CALSCALE),
        &[V4_0],
        &["gregorian"],
        &["RFC 6350, 5.8"],
    ),
    values(
        &[PropertyId::EXPERTISE],
        Some(ParameterId::LEVEL),
        &[V4_0],
        &["beginner", "average", "expert"],
        &["RFC 6715, 3.2"],
    ),
    values(
        &[PropertyId::HOBBY, PropertyId::INTEREST],
        Some(ParameterId::LEVEL),
        &[V4_0],
        &["high", "medium", "low"],
        &["RFC 6715, 3.2"],
    ),
    values(
        &[PropertyId::N, PropertyId::ADR],
        Some(ParameterId::PHONETIC),
        &[V4_0],
        &["ipa", "jyut", "piny", "script"],
        &["RFC 9554, 4.6"],
    ),
    values(
        &[],
        Some(ParameterId::DERIVED),
        &[V4_0],
        &["true", "false"],
        &["RFC 9554, 4.4"],
    ),
    values(
        &[],
        Some(ParameterId::VALUE),
        &[V4_0],
        &[
            "text",
            "uri",
            "date",
            "time",
            "date-time",
            "date-and-or-time",
            "timestamp",
            "boolean",
            "integer",
            "float",
            "utc-offset",
            "language-tag",
        ],
        &["RFC 6350, 5.2"],
    ),
    values(
        &[],
        Some(ParameterId::VALUE),
        &[V3_0],
        &[
            "uri",
            "text",
            "date",
            "time",
            "date-time",
            "integer",
            "boolean",
            "float",
        ],
        &["RFC 2425, 5.8.3"],
    ),
    values(
        &[],
        Some(ParameterId::VALUE),
        &[V3_0],
        &["binary", "vcard", "phone-number", "utc-offset"],
        &["RFC 2426, 2.4"],
    ),
    values(
        &[],
        Some(ParameterId::VALUE),
        &[V2_1],
        &["inline", "url", "content-id", "cid"],
        &["vCard 2.1, 2.1.8"],
    ),
    values(
        &[],
        Some(ParameterId::ENCODING),
        &[V2_1],
        &["7bit", "8bit", "quoted-printable", "base64"],
        &["vCard 2.1, 2.1.5"],
    ),
    values(
        &[
            PropertyId::PHOTO,
            PropertyId::LOGO,
            PropertyId::SOUND,
            PropertyId::KEY,
        ],
        Some(ParameterId::ENCODING),
        &[V3_0],
        &["b"],
        &["RFC 2425, 5.8.3"],
    ),
];
