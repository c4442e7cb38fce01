//! Which property of vCard is which member of JSContact, and which parameter: RFC 9555, 2. Read from
//! vCard, written to it and shown in `docs/jscontact.md` from the same rows.

use crate::registry::{self, ParameterId, PropertyId};

/// How a property and a member are made of each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum How {
    /// The value of a member of the card.
    Member,
    /// A date and time in UTC as a member of the card.
    Stamp,
    /// An object by its Id, with the value in one member.
    Entry,
    /// As [`Entry`](Self::Entry), an object for each text of a list.
    Items,
    /// A full name.
    FullName,
    /// The components of a name.
    Name,
    /// An address.
    Address,
    /// Where an address is.
    Coordinates,
    /// The time zone of an address.
    Zone,
    /// An organization and its units.
    Organization,
    /// A profile: a URI, or the name of a user.
    Profile,
    /// The date of an anniversary.
    Date,
    /// The place of an anniversary.
    Place,
    /// A set of URIs, in groups.
    Members,
    /// A set of texts.
    Keywords,
    /// Relations by whom they are to.
    Relations,
    /// A member of `speakToAs`.
    Gender,
    /// Objects by their Ids in `speakToAs`.
    Pronouns,
    /// The label of what is in its group.
    Label,
    /// A patch of the whole card.
    Patch,
    /// Has no counterpart, and needs none.
    Nothing,
}

/// A property and its member.
#[derive(Debug)]
pub(super) struct Row {
    pub property: PropertyId,
    /// The member of the card.
    pub member: &'static str,
    /// The member of the object that has the value.
    pub value: &'static str,
    /// The kind of the object.
    pub kind: Option<&'static str>,
    pub how: How,
    pub section: &'static str,
}

const fn row(
    property: PropertyId,
    how: How,
    member: &'static str,
    value: &'static str,
    section: &'static str,
) -> Row {
    Row {
        property,
        member,
        value,
        kind: None,
        how,
        section,
    }
}

impl Row {
    const fn of_kind(self, kind: &'static str) -> Self {
        Row {
            kind: Some(kind),
            ..self
        }
    }
}

/// The properties, in the order of RFC 9555.
pub(super) const ROWS: &[Row] = &[
    row(PropertyId::KIND, How::Member, "kind", "", "RFC 9555, 2.4.2"),
    row(
        PropertyId::SOURCE,
        How::Entry,
        "directories",
        "uri",
        "RFC 9555, 2.4.3",
    )
    .of_kind("entry"),
    row(
        PropertyId::BDAY,
        How::Date,
        "anniversaries",
        "date",
        "RFC 9555, 2.5.1",
    )
    .of_kind("birth"),
    row(
        PropertyId::BIRTHPLACE,
        How::Place,
        "anniversaries",
        "place",
        "RFC 9555, 2.5.1",
    )
    .of_kind("birth"),
    row(
        PropertyId::DEATHDATE,
        How::Date,
        "anniversaries",
        "date",
        "RFC 9555, 2.5.1",
    )
    .of_kind("death"),
    row(
        PropertyId::DEATHPLACE,
        How::Place,
        "anniversaries",
        "place",
        "RFC 9555, 2.5.1",
    )
    .of_kind("death"),
    row(
        PropertyId::ANNIVERSARY,
        How::Date,
        "anniversaries",
        "date",
        "RFC 9555, 2.5.1",
    )
    .of_kind("wedding"),
    row(
        PropertyId::FN,
        How::FullName,
        "name",
        "full",
        "RFC 9555, 2.5.2",
    ),
    row(
        PropertyId::GRAMGENDER,
        How::Gender,
        "speakToAs",
        "grammaticalGender",
        "RFC 9555, 2.5.4",
    ),
    row(
        PropertyId::PRONOUNS,
        How::Pronouns,
        "speakToAs",
        "pronouns",
        "RFC 9555, 2.5.4",
    ),
    row(
        PropertyId::N,
        How::Name,
        "name",
        "components",
        "RFC 9555, 2.5.5",
    ),
    row(
        PropertyId::NICKNAME,
        How::Items,
        "nicknames",
        "name",
        "RFC 9555, 2.5.6",
    ),
    row(
        PropertyId::PHOTO,
        How::Entry,
        "media",
        "uri",
        "RFC 9555, 2.5.7",
    )
    .of_kind("photo"),
    row(
        PropertyId::ADR,
        How::Address,
        "addresses",
        "components",
        "RFC 9555, 2.6.1",
    ),
    row(
        PropertyId::EMAIL,
        How::Entry,
        "emails",
        "address",
        "RFC 9555, 2.7.1",
    ),
    row(
        PropertyId::IMPP,
        How::Entry,
        "onlineServices",
        "uri",
        "RFC 9555, 2.7.2",
    ),
    row(
        PropertyId::LANG,
        How::Entry,
        "preferredLanguages",
        "language",
        "RFC 9555, 2.7.3",
    ),
    row(
        PropertyId::LANGUAGE,
        How::Member,
        "language",
        "",
        "RFC 9555, 2.7.4",
    ),
    row(
        PropertyId::SOCIALPROFILE,
        How::Profile,
        "onlineServices",
        "uri",
        "RFC 9555, 2.7.5",
    ),
    row(
        PropertyId::TEL,
        How::Entry,
        "phones",
        "number",
        "RFC 9555, 2.7.6",
    ),
    row(
        PropertyId::GEO,
        How::Coordinates,
        "addresses",
        "coordinates",
        "RFC 9555, 2.8.1",
    ),
    row(
        PropertyId::TZ,
        How::Zone,
        "addresses",
        "timeZone",
        "RFC 9555, 2.8.2",
    ),
    row(
        PropertyId::CONTACT_URI,
        How::Entry,
        "links",
        "uri",
        "RFC 9555, 2.9.1",
    )
    .of_kind("contact"),
    row(
        PropertyId::LOGO,
        How::Entry,
        "media",
        "uri",
        "RFC 9555, 2.9.2",
    )
    .of_kind("logo"),
    row(
        PropertyId::MEMBER,
        How::Members,
        "members",
        "",
        "RFC 9555, 2.9.3",
    ),
    row(
        PropertyId::ORG,
        How::Organization,
        "organizations",
        "name",
        "RFC 9555, 2.9.4",
    ),
    row(
        PropertyId::RELATED,
        How::Relations,
        "relatedTo",
        "relation",
        "RFC 9555, 2.9.5",
    ),
    row(
        PropertyId::TITLE,
        How::Entry,
        "titles",
        "name",
        "RFC 9555, 2.9.6",
    )
    .of_kind("title"),
    row(
        PropertyId::ROLE,
        How::Entry,
        "titles",
        "name",
        "RFC 9555, 2.9.6",
    )
    .of_kind("role"),
    row(
        PropertyId::EXPERTISE,
        How::Entry,
        "personalInfo",
        "value",
        "RFC 9555, 2.10.1",
    )
    .of_kind("expertise"),
    row(
        PropertyId::HOBBY,
        How::Entry,
        "personalInfo",
        "value",
        "RFC 9555, 2.10.2",
    )
    .of_kind("hobby"),
    row(
        PropertyId::INTEREST,
        How::Entry,
        "personalInfo",
        "value",
        "RFC 9555, 2.10.3",
    )
    .of_kind("interest"),
    row(
        PropertyId::ORG_DIRECTORY,
        How::Entry,
        "directories",
        "uri",
        "RFC 9555, 2.10.4",
    )
    .of_kind("directory"),
    row(
        PropertyId::CATEGORIES,
        How::Keywords,
        "keywords",
        "",
        "RFC 9555, 2.11.1",
    ),
    row(
        PropertyId::CREATED,
        How::Stamp,
        "created",
        "",
        "RFC 9555, 2.11.3",
    ),
    row(
        PropertyId::NOTE,
        How::Entry,
        "notes",
        "note",
        "RFC 9555, 2.11.4",
    ),
    row(
        PropertyId::PRODID,
        How::Member,
        "prodId",
        "",
        "RFC 9555, 2.11.5",
    ),
    row(
        PropertyId::REV,
        How::Stamp,
        "updated",
        "",
        "RFC 9555, 2.11.6",
    ),
    row(
        PropertyId::SOUND,
        How::Entry,
        "media",
        "uri",
        "RFC 9555, 2.11.7",
    )
    .of_kind("sound"),
    row(PropertyId::UID, How::Member, "uid", "", "RFC 9555, 2.11.8"),
    row(
        PropertyId::URL,
        How::Entry,
        "links",
        "uri",
        "RFC 9555, 2.11.9",
    ),
    row(
        PropertyId::VERSION,
        How::Nothing,
        "",
        "",
        "RFC 9555, 2.11.10",
    ),
    row(
        PropertyId::X_ABLABEL,
        How::Label,
        "",
        "label",
        "RFC 9555, 2.11.11",
    ),
    row(
        PropertyId::KEY,
        How::Entry,
        "cryptoKeys",
        "uri",
        "RFC 9555, 2.12.1",
    ),
    row(
        PropertyId::CALADRURI,
        How::Entry,
        "schedulingAddresses",
        "uri",
        "RFC 9555, 2.13.1",
    ),
    row(
        PropertyId::CALURI,
        How::Entry,
        "calendars",
        "uri",
        "RFC 9555, 2.13.2",
    )
    .of_kind("calendar"),
    row(
        PropertyId::FBURL,
        How::Entry,
        "calendars",
        "uri",
        "RFC 9555, 2.13.3",
    )
    .of_kind("freeBusy"),
    row(PropertyId::JSPROP, How::Patch, "", "", "RFC 9555, 3.2.1"),
];

/// The row of a property; `None` for one that has no counterpart and goes to `vCardProps`.
pub(super) fn row_of(property: PropertyId) -> Option<&'static Row> {
    ROWS.iter().find(|row| row.property == property)
}

/// Whether a name is that of a property with a member of its own.
pub(super) fn has_member(name: &str) -> bool {
    let id = registry::property(name.as_bytes()).map(|row| row.id);
    let row = id.and_then(row_of);
    row.is_some_and(|row| !matches!(row.how, How::Label | How::Patch | How::Nothing))
}

/// The rows of the objects in a member of the card.
pub(super) fn rows_of(member: &str) -> impl Iterator<Item = &'static Row> {
    ROWS.iter().filter(move |row| row.member == member)
}

/// What the value of a parameter is in JSContact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Becomes {
    /// A text.
    Text,
    /// A whole number.
    Number,
    /// A level: of expertise in other words than of the rest. RFC 9555, 2.3.13.
    Level,
    /// A date and time in UTC.
    Stamp,
    /// A member of the author of a note.
    OfAuthor,
}

/// A parameter and its member, where the object has one.
#[derive(Debug)]
pub(super) struct ParameterRow {
    pub parameter: ParameterId,
    pub member: &'static str,
    pub becomes: Becomes,
    /// For the page with the mapping.
    #[cfg_attr(not(test), expect(dead_code, reason = "the page is made by a test"))]
    pub section: &'static str,
}

const fn parameter(
    parameter: ParameterId,
    member: &'static str,
    becomes: Becomes,
    section: &'static str,
) -> ParameterRow {
    ParameterRow {
        parameter,
        member,
        becomes,
        section,
    }
}

/// Parameters that are a member of the object of their property. TYPE, SORT-AS, JSCOMPS, PHONETIC,
/// SCRIPT, LANGUAGE, ALTID and PROP-ID are in no such way one member.
pub(super) const PARAMETERS: &[ParameterRow] = &[
    parameter(
        ParameterId::AUTHOR,
        "uri",
        Becomes::OfAuthor,
        "RFC 9555, 2.3.2",
    ),
    parameter(
        ParameterId::AUTHOR_NAME,
        "name",
        Becomes::OfAuthor,
        "RFC 9555, 2.3.3",
    ),
    parameter(
        ParameterId::CC,
        "countryCode",
        Becomes::Text,
        "RFC 9555, 2.3.5",
    ),
    parameter(
        ParameterId::CREATED,
        "created",
        Becomes::Stamp,
        "RFC 9555, 2.3.6",
    ),
    parameter(
        ParameterId::GEO,
        "coordinates",
        Becomes::Text,
        "RFC 9555, 2.3.8",
    ),
    parameter(
        ParameterId::INDEX,
        "listAs",
        Becomes::Number,
        "RFC 9555, 2.3.10",
    ),
    parameter(
        ParameterId::LABEL,
        "full",
        Becomes::Text,
        "RFC 9555, 2.3.12",
    ),
    parameter(
        ParameterId::LEVEL,
        "level",
        Becomes::Level,
        "RFC 9555, 2.3.13",
    ),
    parameter(
        ParameterId::MEDIATYPE,
        "mediaType",
        Becomes::Text,
        "RFC 9555, 2.3.14",
    ),
    parameter(
        ParameterId::PREF,
        "pref",
        Becomes::Number,
        "RFC 9555, 2.3.17",
    ),
    parameter(
        ParameterId::SERVICE_TYPE,
        "service",
        Becomes::Text,
        "RFC 9555, 2.3.20",
    ),
    parameter(
        ParameterId::TZ,
        "timeZone",
        Becomes::Text,
        "RFC 9555, 2.3.23",
    ),
    parameter(
        ParameterId::USERNAME,
        "user",
        Becomes::Text,
        "RFC 9555, 2.3.24",
    ),
];

/// The row of a parameter for objects that have its member. LABEL, CC, GEO and TZ are those of
/// addresses alone, AUTHOR and CREATED those of notes, which the members say.
pub(super) fn parameter_row(id: ParameterId) -> Option<&'static ParameterRow> {
    PARAMETERS.iter().find(|row| row.parameter == id)
}

/// Words of TYPE and what they are among the contexts. RFC 9555, 2.3.22 and 2.6.1.
pub(super) const CONTEXTS: &[(&str, &str)] = &[
    ("home", "private"),
    ("work", "work"),
    ("billing", "billing"),
    ("delivery", "delivery"),
];

/// Words of TYPE of a telephone and what they are among its features. RFC 9555, 2.7.6.
pub(super) const FEATURES: &[(&str, &str)] = &[
    ("cell", "mobile"),
    ("fax", "fax"),
    ("main-number", "main-number"),
    ("pager", "pager"),
    ("text", "text"),
    ("textphone", "textphone"),
    ("video", "video"),
    ("voice", "voice"),
];

/// Values of LEVEL of an EXPERTISE and what they are in JSContact. RFC 9555, 2.3.13.
pub(super) const LEVELS: &[(&str, &str)] = &[
    ("beginner", "low"),
    ("average", "medium"),
    ("expert", "high"),
];

/// What a word of vCard is in JSContact, in any letter case.
pub(super) fn in_jscontact(pairs: &'static [(&str, &str)], word: &str) -> Option<&'static str> {
    let pair = pairs.iter().find(|(own, _)| own.eq_ignore_ascii_case(word));
    pair.map(|(_, other)| *other)
}

/// What a word of JSContact is in vCard.
pub(super) fn in_vcard(pairs: &'static [(&str, &str)], word: &str) -> Option<&'static str> {
    pairs
        .iter()
        .find(|(_, own)| *own == word)
        .map(|(own, _)| *own)
}

/// The kinds of the components of N, in their order. RFC 9555, 2.5.5.
pub(super) const NAME: &[&str] = &[
    "surname",
    "given",
    "given2",
    "title",
    "credential",
    "surname2",
    "generation",
];

/// The kinds of the components of ADR, in their order; those of the extended address and of the street
/// address stand for several in a value of RFC 9554. RFC 9555, 2.6.1.
pub(super) const ADDRESS: &[&str] = &[
    "postOfficeBox",
    "apartment",
    "name",
    "locality",
    "region",
    "postcode",
    "country",
    "room",
    "apartment",
    "floor",
    "number",
    "name",
    "building",
    "block",
    "subdistrict",
    "district",
    "landmark",
    "direction",
];

/// What stands in the extended address too. RFC 9555, 2.6.1.
pub(super) const EXTENDED: &[&str] = &["room", "floor", "apartment", "building"];

/// What stands in the street address too.
pub(super) const STREET: &[&str] = &[
    "number",
    "name",
    "block",
    "direction",
    "landmark",
    "subdistrict",
    "district",
];
