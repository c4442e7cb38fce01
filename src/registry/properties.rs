//! The table of properties.
//!
//! Sorted by name. A row reads: name, shape, sections; then per version occurrence, value types
//! with the default first, the parameters of its grammar, and whether it takes others.

use super::hash::{Hash, is_before, is_constant_of};
use super::parameter_cells::*;
use super::property::{
    ADDRESS, CLIENT_PID_MAP, GENDER, GEO as POSITION, NAME as PERSON, ORGANIZATION,
};
use super::property::{
    AnyParameter, Condition::*, Occurrence, Occurrence::*, PropertyRow, Shape, StandsFor,
};
use super::property_id::{IDENTS, PropertyId};
use super::{Column, ParameterId, ReadAs, ValueType::*};
use crate::version::Version;

impl PropertyId {
    /// Its row.
    ///
    /// ```
    /// assert!(vcardinal::registry::PropertyId::N.row().sections.contains(&"RFC 6350, 6.2.2"));
    /// ```
    #[must_use]
    #[expect(
        clippy::indexing_slicing,
        reason = "a number is only made together with its row"
    )]
    pub const fn row(self) -> &'static PropertyRow {
        &PROPERTIES[self.number() as usize]
    }

    /// Its name.
    ///
    /// ```
    /// assert_eq!(vcardinal::registry::PropertyId::SORT_STRING.name(), "SORT-STRING");
    /// ```
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.row().name
    }
}

const fn row(name: &'static str, shape: Shape, sections: &'static [&'static str]) -> PropertyRow {
    PropertyRow {
        // These two are set for all rows at once below.
        id: PropertyId::FIRST,
        without_value: [ReadAs::Text; 3],
        name,
        shape,
        sections,
        stands_for: None,
        read_as: match shape {
            Shape::List => ReadAs::TextList,
            _ => ReadAs::Text,
        },
        columns: [None, None, None],
    }
}

/// An `X-` name: text, as often as one likes, in every version, with any parameters.
const fn extension(name: &'static str, stands_for: StandsFor) -> PropertyRow {
    const COLUMN: Option<Column> = Some(Column {
        occurrence: Occurrence::Any,
        types: &[Text, Uri],
        parameters: &[],
        any: AnyParameter::Yes,
    });
    PropertyRow {
        stands_for: Some(stands_for),
        columns: [COLUMN; 3],
        ..row(name, Shape::Single, &[])
    }
}

#[expect(
    clippy::indexing_slicing,
    reason = "only ever evaluated at compile time"
)]
const fn completed<const N: usize>(mut rows: [PropertyRow; N]) -> [PropertyRow; N] {
    let mut at = 0;
    while at < N {
        let row = &rows[at];
        rows[at].without_value = [
            row.read_as(row.default_type(Version::V2_1)),
            row.read_as(row.default_type(Version::V3_0)),
            row.read_as(row.default_type(Version::V4_0)),
        ];
        rows[at].id = PropertyId::of_number(at as u8);
        at += 1;
    }
    rows
}

#[expect(
    clippy::indexing_slicing,
    reason = "only ever evaluated at compile time"
)]
const NAMES: [&str; PROPERTIES.len()] = {
    let mut names = [""; PROPERTIES.len()];
    let mut at = 0;
    while at < names.len() {
        names[at] = PROPERTIES[at].name;
        at += 1;
    }
    names
};

pub(super) static HASH: Hash<{ NAMES.len() }, 1024> = Hash::new(0x1b04_b28c_3d64_4b75, &NAMES);

#[expect(
    clippy::indexing_slicing,
    reason = "only ever evaluated at compile time"
)]
const _: () = {
    assert!(IDENTS.len() == NAMES.len());
    let mut at = 0;
    while at < NAMES.len() {
        assert!(
            is_constant_of(IDENTS[at], NAMES[at]),
            "a row and its constant differ"
        );
        assert!(
            at == 0 || is_before(NAMES[at - 1], NAMES[at]),
            "rows are sorted and unique"
        );
        at += 1;
    }
};

pub(super) static PROPERTIES: [PropertyRow; 130] = completed([
    row(
        "ADR",
        Shape::Components(ADDRESS),
        &[
            "RFC 6350, 6.3.1",
            "RFC 9554, 2.1",
            "RFC 8605, 3.1",
            "RFC 2426, 3.2.1",
            "vCard 2.1, 2.3.1",
        ],
    )
    .reads(ReadAs::Address)
    .in_2_1(
        Any,
        &[Text],
        &[TYPE, ENCODING, CHARSET, LANGUAGE, VALUE],
        AnyParameter::Extension,
    )
    .in_3_0(
        Any,
        &[Text],
        &[TYPE, VALUE, LANGUAGE],
        AnyParameter::Extension,
    )
    .in_4_0(
        Any,
        &[Text],
        &[
            VALUE, LABEL, LANGUAGE, GEO, TZ, ALTID, PID, PREF, TYPE, CC, PHONETIC, SCRIPT, JSCOMPS,
        ],
        AnyParameter::Yes,
    ),
    row(
        "AGENT",
        Shape::Single,
        &["RFC 2426, 3.5.4", "vCard 2.1, 2.5.4"],
    )
    .in_2_1(Any, &[Vcard], &[VALUE], AnyParameter::No)
    .in_3_0(Any, &[Vcard, Text, Uri], &[VALUE], AnyParameter::No),
    row("ANNIVERSARY", Shape::Single, &["RFC 6350, 6.2.6"])
        .reads(ReadAs::DateOrText)
        .in_4_0(
            AtMostOne,
            &[DateAndOrTime, Text],
            &[
                VALUE,
                LANGUAGE.when(IfText),
                ALTID,
                CALSCALE.when(IfDate),
                TYPE.when(Forbidden),
            ],
            AnyParameter::Yes,
        ),
    row(
        "BDAY",
        Shape::Single,
        &["RFC 6350, 6.2.5", "RFC 2426, 3.1.5", "vCard 2.1, 2.2.4"],
    )
    .reads(ReadAs::DateOrText)
    .in_2_1(
        AtMostOne,
        &[Date],
        &[ENCODING, CHARSET, LANGUAGE, VALUE],
        AnyParameter::Extension,
    )
    .in_3_0(AtMostOne, &[Date, DateTime], &[VALUE], AnyParameter::No)
    .in_4_0(
        AtMostOne,
        &[DateAndOrTime, Text],
        &[
            VALUE,
            LANGUAGE.when(IfText),
            ALTID,
            CALSCALE.when(IfDate),
            TYPE.when(Forbidden),
        ],
        AnyParameter::Yes,
    ),
    row(
        "BEGIN",
        Shape::Single,
        &[
            "RFC 6350, 6.1.1",
            "RFC 2425, 6.4",
            "RFC 2426, 2.1.1",
            "vCard 2.1, 2.1.1",
        ],
    )
    .in_2_1(ExactlyOne, &[Text], &[], AnyParameter::No)
    .in_3_0(ExactlyOne, &[Text], &[], AnyParameter::No)
    .in_4_0(ExactlyOne, &[Text], &[], AnyParameter::No),
    row("BIRTHPLACE", Shape::Single, &["RFC 6474, 2.1"])
        .reads(ReadAs::UriOrText)
        .in_4_0(
            AtMostOne,
            &[Text, Uri],
            &[VALUE, ALTID, LANGUAGE],
            AnyParameter::Yes,
        ),
    row(
        "CALADRURI",
        Shape::Single,
        &["RFC 6350, 6.9.2", "RFC 2739, 2.3.2"],
    )
    .reads(ReadAs::Uri)
    .in_3_0(Any, &[Uri], &[TYPE.when(PrefOnly)], AnyParameter::No)
    .in_4_0(
        Any,
        &[Uri],
        &[VALUE, PID, PREF, TYPE, MEDIATYPE, ALTID],
        AnyParameter::Yes,
    ),
    row(
        "CALURI",
        Shape::Single,
        &["RFC 6350, 6.9.3", "RFC 2739, 2.3.4"],
    )
    .reads(ReadAs::Uri)
    .in_3_0(Any, &[Uri], &[TYPE.when(PrefOnly)], AnyParameter::No)
    .in_4_0(
        Any,
        &[Uri],
        &[VALUE, PID, PREF, TYPE, MEDIATYPE, ALTID],
        AnyParameter::Yes,
    ),
    row("CAPURI", Shape::Single, &["RFC 2739, 2.3.3"])
        .reads(ReadAs::Uri)
        .in_3_0(Any, &[Uri], &[TYPE.when(PrefOnly)], AnyParameter::No),
    row(
        "CATEGORIES",
        Shape::List,
        &["RFC 6350, 6.7.1", "RFC 2426, 3.6.1"],
    )
    .in_3_0(Any, &[Text], &[VALUE, LANGUAGE], AnyParameter::Extension)
    .in_4_0(
        Any,
        &[Text],
        &[VALUE, PID, PREF, TYPE, ALTID],
        AnyParameter::Yes,
    ),
    row("CLASS", Shape::Single, &["RFC 2426, 3.7.1"]).in_3_0(
        AtMostOne,
        &[Text],
        &[],
        AnyParameter::No,
    ),
    row(
        "CLIENTPIDMAP",
        Shape::Components(CLIENT_PID_MAP),
        &["RFC 6350, 6.7.7"],
    )
    .reads(ReadAs::ClientPidMap)
    .in_4_0(
        Any,
        &[Text],
        &[PID.when(Forbidden), TYPE.when(Forbidden)],
        AnyParameter::Yes,
    ),
    // RFC 9555 gives it a TYPE (2.9.1) and, as any property that comes more than once, a PROP-ID (3.1).
    row(
        "CONTACT-URI",
        Shape::Single,
        &["RFC 8605, 2.1", "RFC 9555, 2.9.1"],
    )
    .reads(ReadAs::Uri)
    .in_4_0(Any, &[Uri], &[VALUE, PREF, TYPE, PROP_ID], AnyParameter::No),
    row("CREATED", Shape::Single, &["RFC 9554, 3.1"])
        .reads(ReadAs::Timestamp)
        .in_4_0(AtMostOne, &[Timestamp], &[VALUE], AnyParameter::Yes),
    row("DEATHDATE", Shape::Single, &["RFC 6474, 2.3"])
        .reads(ReadAs::DateOrText)
        .in_4_0(
            AtMostOne,
            &[DateAndOrTime, Text],
            &[VALUE, CALSCALE.when(IfDate), LANGUAGE.when(IfText), ALTID],
            AnyParameter::Yes,
        ),
    row("DEATHPLACE", Shape::Single, &["RFC 6474, 2.2"])
        .reads(ReadAs::UriOrText)
        .in_4_0(
            AtMostOne,
            &[Text, Uri],
            &[VALUE, ALTID, LANGUAGE],
            AnyParameter::Yes,
        ),
    row(
        "EMAIL",
        Shape::Single,
        &["RFC 6350, 6.4.2", "RFC 2426, 3.3.2", "vCard 2.1, 2.4.2"],
    )
    .in_2_1(
        Any,
        &[Text],
        &[TYPE, ENCODING, CHARSET, LANGUAGE, VALUE],
        AnyParameter::Extension,
    )
    .in_3_0(Any, &[Text], &[TYPE], AnyParameter::No)
    .in_4_0(
        Any,
        &[Text],
        &[VALUE, PID, PREF, TYPE, ALTID],
        AnyParameter::Yes,
    ),
    row(
        "END",
        Shape::Single,
        &[
            "RFC 6350, 6.1.2",
            "RFC 2425, 6.5",
            "RFC 2426, 2.1.1",
            "vCard 2.1, 2.1.1",
        ],
    )
    .in_2_1(AtMostOne, &[Text], &[], AnyParameter::No)
    .in_3_0(ExactlyOne, &[Text], &[], AnyParameter::No)
    .in_4_0(ExactlyOne, &[Text], &[], AnyParameter::No),
    row("EXPERTISE", Shape::Single, &["RFC 6715, 2.1"]).in_4_0(
        Any,
        &[Text],
        &[LEVEL, INDEX, LANGUAGE, PREF, ALTID, TYPE],
        AnyParameter::Yes,
    ),
    row(
        "FBURL",
        Shape::Single,
        &["RFC 6350, 6.9.1", "RFC 2739, 2.3.1"],
    )
    .reads(ReadAs::Uri)
    .in_3_0(Any, &[Uri], &[TYPE.when(PrefOnly)], AnyParameter::No)
    .in_4_0(
        Any,
        &[Uri],
        &[VALUE, PID, PREF, TYPE, MEDIATYPE, ALTID],
        AnyParameter::Yes,
    ),
    row(
        "FN",
        Shape::Single,
        &["RFC 6350, 6.2.1", "RFC 2426, 3.1.1", "vCard 2.1, 2.2.1"],
    )
    .in_2_1(
        AtMostOne,
        &[Text],
        &[ENCODING, CHARSET, LANGUAGE, VALUE],
        AnyParameter::Extension,
    )
    .in_3_0(
        ExactlyOne,
        &[Text],
        &[VALUE, LANGUAGE],
        AnyParameter::Extension,
    )
    .in_4_0(
        OneOrMore,
        &[Text],
        &[VALUE, TYPE, LANGUAGE, ALTID, PID, PREF, DERIVED],
        AnyParameter::Yes,
    ),
    row("GENDER", Shape::Components(GENDER), &["RFC 6350, 6.2.7"])
        .reads(ReadAs::Gender)
        .in_4_0(
            AtMostOne,
            &[Text],
            &[VALUE, TYPE.when(Forbidden)],
            AnyParameter::Yes,
        ),
    row(
        "GEO",
        Shape::ComponentsBefore4_0(POSITION),
        &["RFC 6350, 6.5.2", "RFC 2426, 3.4.2", "vCard 2.1, 2.4.6"],
    )
    .reads(ReadAs::GeoOrUri)
    .in_2_1(
        AtMostOne,
        &[Float],
        &[ENCODING, CHARSET, LANGUAGE, VALUE],
        AnyParameter::Extension,
    )
    .in_3_0(AtMostOne, &[Float], &[], AnyParameter::No)
    .in_4_0(
        Any,
        &[Uri],
        &[VALUE, PID, PREF, TYPE, MEDIATYPE, ALTID],
        AnyParameter::Yes,
    ),
    row("GRAMGENDER", Shape::Single, &["RFC 9554, 3.2"]).in_4_0(
        Any,
        &[Text],
        &[LANGUAGE],
        AnyParameter::Yes,
    ),
    row("HOBBY", Shape::Single, &["RFC 6715, 2.2"]).in_4_0(
        Any,
        &[Text],
        &[LEVEL, INDEX, LANGUAGE, PREF, ALTID, TYPE],
        AnyParameter::Yes,
    ),
    row(
        "IMPP",
        Shape::Single,
        &["RFC 6350, 6.4.3", "RFC 4770, 2", "RFC 9554, 4.9"],
    )
    .reads(ReadAs::Uri)
    .in_3_0(Any, &[Uri], &[TYPE], AnyParameter::No)
    .in_4_0(
        Any,
        &[Uri],
        &[
            VALUE,
            PID,
            PREF,
            TYPE,
            MEDIATYPE,
            ALTID,
            SERVICE_TYPE,
            USERNAME,
        ],
        AnyParameter::Yes,
    ),
    row("INTEREST", Shape::Single, &["RFC 6715, 2.3"]).in_4_0(
        Any,
        &[Text],
        &[LEVEL, INDEX, LANGUAGE, PREF, ALTID, TYPE],
        AnyParameter::Yes,
    ),
    row("JSPROP", Shape::Single, &["RFC 9555, 3.2.1"]).in_4_0(
        Any,
        &[Text],
        &[JSPTR.when(Required), VALUE],
        AnyParameter::Yes,
    ),
    row(
        "KEY",
        Shape::Single,
        &["RFC 6350, 6.8.1", "RFC 2426, 3.7.2", "vCard 2.1, 2.7.1"],
    )
    .reads(ReadAs::Key)
    .in_2_1(
        Any,
        &[Text, Binary, Url, ContentId],
        &[TYPE.when(KeyFormat), ENCODING, CHARSET, LANGUAGE, VALUE],
        AnyParameter::Extension,
    )
    .in_3_0(
        Any,
        &[Binary, Text],
        &[VALUE, ENCODING, TYPE.when(KeyFormat)],
        AnyParameter::No,
    )
    .in_4_0(
        Any,
        &[Uri, Text],
        &[VALUE, MEDIATYPE.when(IfUri), ALTID, PID, PREF, TYPE],
        AnyParameter::Yes,
    ),
    row(
        "KIND",
        Shape::Single,
        &["RFC 6350, 6.1.4", "RFC 6473, 2", "RFC 6869, 3"],
    )
    .reads(ReadAs::Kind)
    .in_4_0(
        AtMostOne,
        &[Text],
        &[VALUE, TYPE.when(Forbidden)],
        AnyParameter::Yes,
    ),
    row(
        "LABEL",
        Shape::Single,
        &["RFC 2426, 3.2.2", "vCard 2.1, 2.3.2"],
    )
    .in_2_1(
        Any,
        &[Text],
        &[TYPE, ENCODING, CHARSET, LANGUAGE, VALUE],
        AnyParameter::Extension,
    )
    .in_3_0(
        Any,
        &[Text],
        &[TYPE, VALUE, LANGUAGE],
        AnyParameter::Extension,
    ),
    row("LANG", Shape::Single, &["RFC 6350, 6.4.4"])
        .reads(ReadAs::LanguageTag)
        .in_4_0(
            Any,
            &[LanguageTag],
            &[VALUE, PID, PREF, ALTID, TYPE],
            AnyParameter::Yes,
        ),
    row("LANGUAGE", Shape::Single, &["RFC 9554, 3.3"])
        .reads(ReadAs::LanguageTag)
        .in_4_0(
            AtMostOne,
            &[LanguageTag],
            &[LANGUAGE.when(Forbidden)],
            AnyParameter::Yes,
        ),
    row(
        "LOGO",
        Shape::Single,
        &["RFC 6350, 6.6.3", "RFC 2426, 3.5.3", "vCard 2.1, 2.5.3"],
    )
    .reads(ReadAs::Media)
    .in_2_1(
        Any,
        &[Binary, Url, ContentId],
        &[TYPE.when(ImageFormat), VALUE, ENCODING, CHARSET, LANGUAGE],
        AnyParameter::Extension,
    )
    .in_3_0(
        Any,
        &[Binary, Uri],
        &[VALUE, ENCODING, TYPE.when(ImageFormat)],
        AnyParameter::No,
    )
    .in_4_0(
        Any,
        &[Uri],
        &[VALUE, LANGUAGE, PID, PREF, TYPE, MEDIATYPE, ALTID],
        AnyParameter::Yes,
    ),
    row(
        "MAILER",
        Shape::Single,
        &["RFC 2426, 3.3.3", "vCard 2.1, 2.4.3"],
    )
    .in_2_1(
        AtMostOne,
        &[Text],
        &[ENCODING, CHARSET, LANGUAGE, VALUE],
        AnyParameter::Extension,
    )
    .in_3_0(
        AtMostOne,
        &[Text],
        &[VALUE, LANGUAGE],
        AnyParameter::Extension,
    ),
    row("MEMBER", Shape::Single, &["RFC 6350, 6.6.5"])
        .reads(ReadAs::Uri)
        .in_4_0(
            Any,
            &[Uri],
            &[VALUE, PID, PREF, ALTID, MEDIATYPE, TYPE.when(Forbidden)],
            AnyParameter::Yes,
        ),
    row(
        "N",
        Shape::Components(PERSON),
        &[
            "RFC 6350, 6.2.2",
            "RFC 9554, 2.2",
            "RFC 2426, 3.1.2",
            "vCard 2.1, 2.2.2",
        ],
    )
    .reads(ReadAs::Name)
    .in_2_1(
        ExactlyOne,
        &[Text],
        &[ENCODING, CHARSET, LANGUAGE, VALUE],
        AnyParameter::Extension,
    )
    .in_3_0(
        ExactlyOne,
        &[Text],
        &[VALUE, LANGUAGE],
        AnyParameter::Extension,
    )
    .in_4_0(
        AtMostOne,
        &[Text],
        &[
            VALUE,
            SORT_AS,
            LANGUAGE,
            ALTID,
            PHONETIC,
            SCRIPT,
            JSCOMPS,
            TYPE.when(Forbidden),
        ],
        AnyParameter::Yes,
    ),
    row("NAME", Shape::Single, &["RFC 2425, 6.2", "RFC 2426, 2.1.2"]).in_3_0(
        AtMostOne,
        &[Text],
        &[],
        AnyParameter::No,
    ),
    row(
        "NICKNAME",
        Shape::List,
        &["RFC 6350, 6.2.3", "RFC 2426, 3.1.3"],
    )
    .in_3_0(Any, &[Text], &[VALUE, LANGUAGE], AnyParameter::Extension)
    .in_4_0(
        Any,
        &[Text],
        &[VALUE, TYPE, LANGUAGE, ALTID, PID, PREF],
        AnyParameter::Yes,
    ),
    row(
        "NOTE",
        Shape::Single,
        &["RFC 6350, 6.7.2", "RFC 2426, 3.6.2", "vCard 2.1, 2.6.1"],
    )
    .in_2_1(
        Any,
        &[Text],
        &[ENCODING, CHARSET, LANGUAGE, VALUE],
        AnyParameter::Extension,
    )
    .in_3_0(Any, &[Text], &[VALUE, LANGUAGE], AnyParameter::Extension)
    .in_4_0(
        Any,
        &[Text],
        &[
            VALUE,
            LANGUAGE,
            PID,
            PREF,
            TYPE,
            ALTID,
            AUTHOR,
            AUTHOR_NAME,
            CREATED,
        ],
        AnyParameter::Yes,
    ),
    row(
        "ORG",
        Shape::ComponentsRepeatingLast(ORGANIZATION),
        &["RFC 6350, 6.6.4", "RFC 2426, 3.5.5", "vCard 2.1, 2.5.5"],
    )
    .reads(ReadAs::Organization)
    .in_2_1(
        Any,
        &[Text],
        &[ENCODING, CHARSET, LANGUAGE, VALUE],
        AnyParameter::Extension,
    )
    .in_3_0(Any, &[Text], &[VALUE, LANGUAGE], AnyParameter::Extension)
    .in_4_0(
        Any,
        &[Text],
        &[VALUE, SORT_AS, LANGUAGE, PID, PREF, ALTID, TYPE],
        AnyParameter::Yes,
    ),
    row("ORG-DIRECTORY", Shape::Single, &["RFC 6715, 2.4"])
        .reads(ReadAs::Uri)
        .in_4_0(
            Any,
            &[Uri],
            &[PREF, INDEX, LANGUAGE, PID, ALTID, TYPE],
            AnyParameter::Yes,
        ),
    row(
        "PHOTO",
        Shape::Single,
        &["RFC 6350, 6.2.4", "RFC 2426, 3.1.4", "vCard 2.1, 2.2.3"],
    )
    .reads(ReadAs::Media)
    .in_2_1(
        Any,
        &[Binary, Url, ContentId],
        &[TYPE.when(ImageFormat), VALUE, ENCODING, CHARSET, LANGUAGE],
        AnyParameter::Extension,
    )
    .in_3_0(
        Any,
        &[Binary, Uri],
        &[VALUE, ENCODING, TYPE.when(ImageFormat)],
        AnyParameter::No,
    )
    .in_4_0(
        Any,
        &[Uri],
        &[VALUE, ALTID, TYPE, MEDIATYPE, PREF, PID],
        AnyParameter::Yes,
    ),
    row(
        "PRODID",
        Shape::Single,
        &["RFC 6350, 6.7.3", "RFC 2426, 3.6.3"],
    )
    .in_3_0(AtMostOne, &[Text], &[], AnyParameter::No)
    .in_4_0(
        AtMostOne,
        &[Text],
        &[VALUE, TYPE.when(Forbidden)],
        AnyParameter::Yes,
    ),
    row(
        "PROFILE",
        Shape::Single,
        &["RFC 2425, 6.3", "RFC 2426, 2.1.3"],
    )
    .in_3_0(AtMostOne, &[Text], &[], AnyParameter::No),
    row("PRONOUNS", Shape::Single, &["RFC 9554, 3.4"]).in_4_0(
        Any,
        &[Text],
        &[LANGUAGE, PREF, TYPE, ALTID],
        AnyParameter::Yes,
    ),
    row("RELATED", Shape::Single, &["RFC 6350, 6.6.6"])
        .reads(ReadAs::UriOrText)
        .in_4_0(
            Any,
            &[Uri, Text],
            &[
                VALUE,
                MEDIATYPE.when(IfUri),
                LANGUAGE.when(IfText),
                PID,
                PREF,
                ALTID,
                TYPE,
            ],
            AnyParameter::Yes,
        ),
    row(
        "REV",
        Shape::Single,
        &["RFC 6350, 6.7.4", "RFC 2426, 3.6.4", "vCard 2.1, 2.6.2"],
    )
    .reads(ReadAs::Timestamp)
    .in_2_1(
        AtMostOne,
        &[DateTime],
        &[ENCODING, CHARSET, LANGUAGE, VALUE],
        AnyParameter::Extension,
    )
    .in_3_0(AtMostOne, &[DateTime, Date], &[VALUE], AnyParameter::No)
    .in_4_0(
        AtMostOne,
        &[Timestamp],
        &[VALUE, TYPE.when(Forbidden)],
        AnyParameter::Yes,
    ),
    row(
        "ROLE",
        Shape::Single,
        &["RFC 6350, 6.6.2", "RFC 2426, 3.5.2", "vCard 2.1, 2.5.2"],
    )
    .in_2_1(
        Any,
        &[Text],
        &[ENCODING, CHARSET, LANGUAGE, VALUE],
        AnyParameter::Extension,
    )
    .in_3_0(Any, &[Text], &[VALUE, LANGUAGE], AnyParameter::Extension)
    .in_4_0(
        Any,
        &[Text],
        &[VALUE, LANGUAGE, PID, PREF, TYPE, ALTID],
        AnyParameter::Yes,
    ),
    row("SOCIALPROFILE", Shape::Single, &["RFC 9554, 3.5"])
        .reads(ReadAs::UriOrText)
        .in_4_0(
            Any,
            &[Uri, Text],
            &[
                VALUE,
                SERVICE_TYPE.when(RequiredIfText),
                USERNAME.when(IfUri),
            ],
            AnyParameter::Yes,
        ),
    row("SORT-STRING", Shape::Single, &["RFC 2426, 3.6.5"]).in_3_0(
        AtMostOne,
        &[Text],
        &[VALUE, LANGUAGE],
        AnyParameter::Extension,
    ),
    row(
        "SOUND",
        Shape::Single,
        &["RFC 6350, 6.7.5", "RFC 2426, 3.6.6", "vCard 2.1, 2.6.3"],
    )
    .reads(ReadAs::Media)
    .in_2_1(
        Any,
        &[Text, Binary, Url, ContentId],
        &[TYPE.when(AudioFormat), VALUE, ENCODING, CHARSET, LANGUAGE],
        AnyParameter::Extension,
    )
    .in_3_0(
        Any,
        &[Binary, Uri],
        &[VALUE, ENCODING, TYPE.when(AudioFormat)],
        AnyParameter::No,
    )
    .in_4_0(
        Any,
        &[Uri],
        &[VALUE, LANGUAGE, PID, PREF, TYPE, MEDIATYPE, ALTID],
        AnyParameter::Yes,
    ),
    row(
        "SOURCE",
        Shape::Single,
        &["RFC 6350, 6.1.3", "RFC 2425, 6.1", "RFC 2426, 2.1.4"],
    )
    .reads(ReadAs::Uri)
    .in_3_0(Any, &[Uri], &[VALUE, CONTEXT], AnyParameter::Extension)
    .in_4_0(
        Any,
        &[Uri],
        &[VALUE, PID, PREF, ALTID, MEDIATYPE, TYPE.when(Forbidden)],
        AnyParameter::Yes,
    ),
    row(
        "TEL",
        Shape::Single,
        &[
            "RFC 6350, 6.4.1",
            "RFC 2426, 3.3.1",
            "vCard 2.1, 2.4.1",
            "RFC 7852, 11.7",
        ],
    )
    .reads(ReadAs::Telephone)
    .in_2_1(
        Any,
        &[Text],
        &[TYPE, ENCODING, CHARSET, LANGUAGE, VALUE],
        AnyParameter::Extension,
    )
    .in_3_0(Any, &[PhoneNumber], &[TYPE], AnyParameter::No)
    .in_4_0(
        Any,
        &[Text, Uri],
        &[VALUE, TYPE, PID, PREF, ALTID, MEDIATYPE.when(IfUri)],
        AnyParameter::Yes,
    ),
    row(
        "TITLE",
        Shape::Single,
        &["RFC 6350, 6.6.1", "RFC 2426, 3.5.1", "vCard 2.1, 2.5.1"],
    )
    .in_2_1(
        Any,
        &[Text],
        &[ENCODING, CHARSET, LANGUAGE, VALUE],
        AnyParameter::Extension,
    )
    .in_3_0(Any, &[Text], &[VALUE, LANGUAGE], AnyParameter::Extension)
    .in_4_0(
        Any,
        &[Text],
        &[VALUE, LANGUAGE, PID, PREF, ALTID, TYPE],
        AnyParameter::Yes,
    ),
    row(
        "TZ",
        Shape::Single,
        &["RFC 6350, 6.5.1", "RFC 2426, 3.4.1", "vCard 2.1, 2.4.5"],
    )
    .reads(ReadAs::TimeZone)
    .in_2_1(
        AtMostOne,
        &[UtcOffset],
        &[ENCODING, CHARSET, LANGUAGE, VALUE],
        AnyParameter::Extension,
    )
    .in_3_0(AtMostOne, &[UtcOffset, Text], &[VALUE], AnyParameter::No)
    .in_4_0(
        Any,
        &[Text, Uri, UtcOffset],
        &[VALUE, ALTID, PID, PREF, TYPE, MEDIATYPE],
        AnyParameter::Yes,
    ),
    row(
        "UID",
        Shape::Single,
        &["RFC 6350, 6.7.6", "RFC 2426, 3.6.7", "vCard 2.1, 2.6.5"],
    )
    .reads(ReadAs::UriOrText)
    .in_2_1(
        AtMostOne,
        &[Text],
        &[ENCODING, CHARSET, LANGUAGE, VALUE],
        AnyParameter::Extension,
    )
    .in_3_0(AtMostOne, &[Text], &[TYPE], AnyParameter::No)
    .in_4_0(
        AtMostOne,
        &[Uri, Text],
        &[VALUE, TYPE.when(Forbidden)],
        AnyParameter::Yes,
    ),
    row(
        "URL",
        Shape::Single,
        &["RFC 6350, 6.7.8", "RFC 2426, 3.6.8", "vCard 2.1, 2.6.4"],
    )
    .reads(ReadAs::Uri)
    .in_2_1(
        Any,
        &[Url],
        &[ENCODING, CHARSET, LANGUAGE, VALUE],
        AnyParameter::Extension,
    )
    .in_3_0(Any, &[Uri], &[], AnyParameter::No)
    .in_4_0(
        Any,
        &[Uri],
        &[VALUE, PID, PREF, TYPE, MEDIATYPE, ALTID],
        AnyParameter::Yes,
    ),
    row(
        "VERSION",
        Shape::Single,
        &["RFC 6350, 6.7.9", "RFC 2426, 3.6.9", "vCard 2.1, 2.6.6"],
    )
    .in_2_1(ExactlyOne, &[Text], &[], AnyParameter::No)
    .in_3_0(ExactlyOne, &[Text], &[], AnyParameter::No)
    .in_4_0(
        ExactlyOne,
        &[Text],
        &[VALUE, TYPE.when(Forbidden)],
        AnyParameter::Yes,
    ),
    extension(
        "X-ABADR",
        StandsFor::Parameter(PropertyId::ADR, ParameterId::CC),
    ),
    extension("X-ABDATE", StandsFor::Property(PropertyId::ANNIVERSARY)),
    extension("X-ABLabel", StandsFor::Label),
    extension("X-ABRELATEDNAMES", StandsFor::Property(PropertyId::RELATED)),
    extension("X-ABShowAs", StandsFor::Property(PropertyId::KIND)),
    // What only its own address book finds the card by.
    extension("X-ABUID", StandsFor::Private),
    extension(
        "X-ADDRESSBOOKSERVER-KIND",
        StandsFor::Property(PropertyId::KIND),
    ),
    extension(
        "X-ADDRESSBOOKSERVER-MEMBER",
        StandsFor::Property(PropertyId::MEMBER),
    ),
    extension("X-AIM", StandsFor::Impp("aim")),
    extension("X-ANDROID-CUSTOM", StandsFor::Private),
    extension(
        "X-ANNIVERSARY",
        StandsFor::Property(PropertyId::ANNIVERSARY),
    ),
    extension("X-ASSISTANT", StandsFor::Related("agent")),
    extension("X-CAPURI", StandsFor::Property(PropertyId::CAPURI)),
    extension("X-CLASS", StandsFor::Property(PropertyId::CLASS)),
    extension(
        "X-EVOLUTION-ANNIVERSARY",
        StandsFor::Property(PropertyId::ANNIVERSARY),
    ),
    extension("X-EVOLUTION-ASSISTANT", StandsFor::Related("agent")),
    extension("X-EVOLUTION-BLOG-URL", StandsFor::Property(PropertyId::URL)),
    extension(
        "X-EVOLUTION-FILE-AS",
        StandsFor::Property(PropertyId::SORT_STRING),
    ),
    extension("X-EVOLUTION-LIST", StandsFor::Property(PropertyId::KIND)),
    extension("X-EVOLUTION-MANAGER", StandsFor::Related("x-manager")),
    extension("X-EVOLUTION-SPOUSE", StandsFor::Related("spouse")),
    extension(
        "X-EVOLUTION-VIDEO-URL",
        StandsFor::Property(PropertyId::URL),
    ),
    extension("X-GADUGADU", StandsFor::Impp("gg")),
    extension("X-GENDER", StandsFor::Property(PropertyId::GENDER)),
    extension("X-GOOGLE-TALK", StandsFor::Impp("xmpp")),
    extension("X-GTALK", StandsFor::Impp("xmpp")),
    extension("X-ICQ", StandsFor::Impp("icq")),
    extension("X-IRMC-LUID", StandsFor::Private),
    extension("X-JABBER", StandsFor::Impp("xmpp")),
    extension(
        "X-KADDRESSBOOK-BlogFeed",
        StandsFor::Property(PropertyId::URL),
    ),
    extension(
        "X-KADDRESSBOOK-X-Anniversary",
        StandsFor::Property(PropertyId::ANNIVERSARY),
    ),
    extension(
        "X-KADDRESSBOOK-X-AssistantsName",
        StandsFor::Related("agent"),
    ),
    extension(
        "X-KADDRESSBOOK-X-IMAddress",
        StandsFor::Property(PropertyId::IMPP),
    ),
    extension(
        "X-KADDRESSBOOK-X-ManagersName",
        StandsFor::Related("x-manager"),
    ),
    extension("X-KADDRESSBOOK-X-Office", StandsFor::Private),
    extension(
        "X-KADDRESSBOOK-X-Profession",
        StandsFor::Property(PropertyId::ROLE),
    ),
    extension("X-KADDRESSBOOK-X-SpousesName", StandsFor::Related("spouse")),
    extension("X-MAILER", StandsFor::Property(PropertyId::MAILER)),
    extension("X-MANAGER", StandsFor::Related("x-manager")),
    extension("X-MATRIX", StandsFor::Impp("matrix")),
    extension("X-MICROSOFT-ASST_TEL", StandsFor::Property(PropertyId::TEL)),
    extension("X-MOZILLA-HTML", StandsFor::Private),
    extension(
        "X-MS-ANNIVERSARY",
        StandsFor::Property(PropertyId::ANNIVERSARY),
    ),
    extension("X-MS-ASSISTANT", StandsFor::Related("agent")),
    extension("X-MS-CARDPICTURE", StandsFor::Property(PropertyId::PHOTO)),
    extension("X-MS-IMADDRESS", StandsFor::Property(PropertyId::IMPP)),
    extension("X-MS-MANAGER", StandsFor::Related("x-manager")),
    extension("X-MS-OL-DEFAULT-POSTAL-ADDRESS", StandsFor::Private),
    extension("X-MS-OL-DESIGN", StandsFor::Private),
    extension("X-MS-SPOUSE", StandsFor::Related("spouse")),
    extension("X-MS-TEL", StandsFor::Property(PropertyId::TEL)),
    extension("X-MSN", StandsFor::Impp("msnim")),
    extension("X-NAME", StandsFor::Property(PropertyId::NAME)),
    extension(
        "X-PHONETIC-FIRST-NAME",
        StandsFor::Parameter(PropertyId::N, ParameterId::PHONETIC),
    ),
    extension(
        "X-PHONETIC-LAST-NAME",
        StandsFor::Parameter(PropertyId::N, ParameterId::PHONETIC),
    ),
    extension(
        "X-PHONETIC-MIDDLE-NAME",
        StandsFor::Parameter(PropertyId::N, ParameterId::PHONETIC),
    ),
    extension(
        "X-PHONETIC-NAME",
        StandsFor::Parameter(PropertyId::N, ParameterId::PHONETIC),
    ),
    extension("X-QQ", StandsFor::Impp("qq")),
    extension("X-SIP", StandsFor::Impp("sip")),
    extension("X-SKYPE", StandsFor::Impp("skype")),
    extension("X-SKYPE-PSTNNUMBER", StandsFor::Property(PropertyId::TEL)),
    extension("X-SKYPE-USERNAME", StandsFor::Impp("skype")),
    extension(
        "X-SOCIALPROFILE",
        StandsFor::Property(PropertyId::SOCIALPROFILE),
    ),
    extension("X-SPOUSE", StandsFor::Related("spouse")),
    extension("X-TWITTER", StandsFor::Property(PropertyId::SOCIALPROFILE)),
    extension(
        "X-WA-BIZ-DESCRIPTION",
        StandsFor::Property(PropertyId::NOTE),
    ),
    extension("X-WA-BIZ-NAME", StandsFor::Property(PropertyId::ORG)),
    extension("X-WAB-GENDER", StandsFor::Property(PropertyId::GENDER)),
    extension(
        "X-WAB-WEDDING-ANNIVERSARY",
        StandsFor::Property(PropertyId::ANNIVERSARY),
    ),
    extension("X-YAHOO", StandsFor::Impp("ymsgr")),
    row("XML", Shape::Single, &["RFC 6350, 6.1.5"]).in_4_0(
        Any,
        &[Text],
        &[VALUE, ALTID],
        AnyParameter::No,
    ),
]);
