//! The table of value types.

use ValueType::*;

use crate::version::Version;

/// The type of a value, as a VALUE parameter names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ValueType {
    /// `text`
    Text,
    /// `uri`
    Uri,
    /// `date`
    Date,
    /// `time`
    Time,
    /// `date-time`
    DateTime,
    /// `date-and-or-time`
    DateAndOrTime,
    /// `timestamp`
    Timestamp,
    /// `boolean`
    Boolean,
    /// `integer`
    Integer,
    /// `float`
    Float,
    /// `utc-offset`
    UtcOffset,
    /// `language-tag`
    LanguageTag,
    /// `binary` of 3.0, and the inline data of 2.1.
    Binary,
    /// `vcard` of 3.0, and the nested card of 2.1.
    Vcard,
    /// `phone-number` of 3.0.
    PhoneNumber,
    /// `url` of 2.1.
    Url,
    /// `content-id` of 2.1.
    ContentId,
}

impl ValueType {
    /// Its row.
    ///
    /// ```
    /// use vcardinal::registry::ValueType;
    ///
    /// assert_eq!(ValueType::Date.row().name, "date");
    /// ```
    #[must_use]
    #[expect(
        clippy::indexing_slicing,
        reason = "there is a row for each, checked below"
    )]
    pub const fn row(self) -> &'static ValueTypeRow {
        &VALUE_TYPES[self as usize]
    }

    /// That of inline data: a `data:` URI in 4.0, base64 before. RFC 6350, 6.2.4; RFC 2426, 2.4.1.
    #[must_use]
    pub(crate) const fn inline(version: Version) -> ValueType {
        match version {
            Version::V4_0 => ValueType::Uri,
            Version::V2_1 | Version::V3_0 => ValueType::Binary,
        }
    }

    /// Whether its values are dates, with or without a time: not a time alone.
    ///
    /// ```
    /// use vcardinal::registry::ValueType;
    ///
    /// assert!(ValueType::Timestamp.is_date() && !ValueType::Time.is_date());
    /// ```
    #[must_use]
    pub const fn is_date(self) -> bool {
        matches!(self, Date | DateTime | DateAndOrTime | Timestamp)
    }

    /// The word for it in a VALUE parameter, in lower case.
    ///
    /// ```
    /// use vcardinal::registry::ValueType;
    ///
    /// assert_eq!(ValueType::UtcOffset.name(), "utc-offset");
    /// ```
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.row().name
    }
}

/// One value type.
#[derive(Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ValueTypeRow {
    /// The type.
    pub value_type: ValueType,
    /// The word for it in a VALUE parameter.
    pub name: &'static str,
    /// The versions that have it.
    pub versions: &'static [Version],
    /// The word for it in jCard; `None` where a converter has to change the value first.
    pub jcard: Option<&'static str>,
    /// Where it is defined.
    pub sections: &'static [&'static str],
}

const fn row(
    value_type: ValueType,
    name: &'static str,
    versions: &'static [Version],
    jcard: Option<&'static str>,
    sections: &'static [&'static str],
) -> ValueTypeRow {
    ValueTypeRow {
        value_type,
        name,
        versions,
        jcard,
        sections,
    }
}

const V2_1: &[Version] = &[Version::V2_1];
const V3_0: &[Version] = &[Version::V3_0];
const V4_0: &[Version] = &[Version::V4_0];
const SINCE_3_0: &[Version] = &[Version::V3_0, Version::V4_0];
const ALL: &[Version] = &Version::ALL;

pub(super) static VALUE_TYPES: [ValueTypeRow; 17] = [
    row(
        Text,
        "text",
        ALL,
        Some("text"),
        &["RFC 6350, 4.1", "RFC 2426, 4", "vCard 2.1, 2.1.3"],
    ),
    row(
        Uri,
        "uri",
        SINCE_3_0,
        Some("uri"),
        &["RFC 6350, 4.2", "RFC 2425, 5.8.4"],
    ),
    row(
        Date,
        "date",
        ALL,
        Some("date"),
        &["RFC 6350, 4.3.1", "RFC 2425, 5.8.4", "vCard 2.1, 2.2.4"],
    ),
    row(
        Time,
        "time",
        SINCE_3_0,
        Some("time"),
        &["RFC 6350, 4.3.2", "RFC 2425, 5.8.4"],
    ),
    row(
        DateTime,
        "date-time",
        ALL,
        Some("date-time"),
        &["RFC 6350, 4.3.3", "RFC 2425, 5.8.4", "vCard 2.1, 2.6.2"],
    ),
    row(
        DateAndOrTime,
        "date-and-or-time",
        V4_0,
        Some("date-and-or-time"),
        &["RFC 6350, 4.3.4"],
    ),
    row(
        Timestamp,
        "timestamp",
        V4_0,
        Some("timestamp"),
        &["RFC 6350, 4.3.5"],
    ),
    row(
        Boolean,
        "boolean",
        SINCE_3_0,
        Some("boolean"),
        &["RFC 6350, 4.4", "RFC 2425, 5.8.4"],
    ),
    row(
        Integer,
        "integer",
        SINCE_3_0,
        Some("integer"),
        &["RFC 6350, 4.5", "RFC 2425, 5.8.4"],
    ),
    row(
        Float,
        "float",
        SINCE_3_0,
        Some("float"),
        &["RFC 6350, 4.6", "RFC 2425, 5.8.4"],
    ),
    row(
        UtcOffset,
        "utc-offset",
        ALL,
        Some("utc-offset"),
        &["RFC 6350, 4.7", "RFC 2426, 4", "vCard 2.1, 2.4.5"],
    ),
    row(
        LanguageTag,
        "language-tag",
        V4_0,
        Some("language-tag"),
        &["RFC 6350, 4.8"],
    ),
    row(
        Binary,
        "binary",
        V3_0,
        None,
        &["RFC 2426, 2.4.1", "vCard 2.1, 2.1.9"],
    ),
    row(
        Vcard,
        "vcard",
        V3_0,
        None,
        &["RFC 2426, 2.4.2", "vCard 2.1, 2.5.4"],
    ),
    row(
        PhoneNumber,
        "phone-number",
        V3_0,
        Some("text"),
        &["RFC 2426, 2.4.3"],
    ),
    row(Url, "url", V2_1, Some("uri"), &["vCard 2.1, 2.1.8"]),
    row(ContentId, "content-id", V2_1, None, &["vCard 2.1, 2.1.8"]),
];

#[expect(
    clippy::indexing_slicing,
    reason = "only ever evaluated at compile time"
)]
const _: () = {
    let mut at = 0;
    while at < VALUE_TYPES.len() {
        assert!(
            VALUE_TYPES[at].value_type as usize == at,
            "rows are in the order of the enum"
        );
        at += 1;
    }
};

pub(super) fn find(name: &[u8]) -> Option<&'static ValueTypeRow> {
    let row = VALUE_TYPES
        .iter()
        .find(|row| row.name.as_bytes().eq_ignore_ascii_case(name));
    row.or_else(|| {
        if name.eq_ignore_ascii_case(b"ptext") {
            Some(Text.row())
        } else if name.eq_ignore_ascii_case(b"cid") {
            Some(ContentId.row())
        } else {
            None
        }
    })
}
