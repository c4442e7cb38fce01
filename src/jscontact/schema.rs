//! What a JSContact object has: a table of object types and their members. RFC 9553, 2; RFC 9982, 4.
//!
//! The checker goes by it, the conversion asks it which parameters an object has a member for.

use serde_json::{Map, Value};

use super::rules::{card_rule, components_rule, date_rule, name_rule};

/// What a member holds.
#[derive(Debug, Clone, Copy)]
pub(super) enum Is {
    /// Any string.
    Text,
    /// A string that is not empty.
    NotEmpty,
    /// A URI. RFC 3986, 3.
    Uri,
    /// A `geo:` URI.
    Geo,
    /// An email address. RFC 5322, 3.4.1.
    Email,
    /// An Id. RFC 9553, 1.4.1.
    Id,
    /// A boolean.
    Bool,
    /// An integer in a range.
    Number(u64, u64),
    /// A date and time in UTC. RFC 9553, 1.4.5.
    UtcDateTime,
    /// A language tag. RFC 5646.
    Language,
    /// A script. RFC 5646, 2.2.3.
    Script,
    /// Two letters. ISO 3166-1.
    CountryCode,
    /// The name of a time zone.
    TimeZone,
    /// A media type.
    MediaType,
    /// A version, as 2.0.
    Version,
    /// The name of a vCard element.
    VcardName,
    /// One of these words, a vendor's, or one that is not known yet.
    OneOf(&'static [&'static str]),
    /// A set: any keys, all of them true; these are the words for them, where there are some.
    Set(&'static [&'static str]),
    /// Contexts: true or false.
    Contexts,
    /// An object of a type.
    Object(&'static ObjectType),
    /// Either of two: the first without `@type`.
    Either(&'static ObjectType, &'static ObjectType),
    /// Objects by their Ids.
    Ids(&'static ObjectType),
    /// Objects by any key.
    Keys(&'static ObjectType),
    /// An array with one entry at least.
    SomeOf(&'static ObjectType),
    /// Texts by kinds of components.
    SortAs,
    /// Patches by language tags.
    Localizations,
    /// jCard properties. RFC 9555, 2.15.1.
    VcardProps,
    /// Parameters of a jCard property. RFC 9555, 2.15.2.
    VcardParams,
}

/// A member of an object type.
#[derive(Debug, Clone, Copy)]
pub(super) struct Member {
    pub name: &'static str,
    pub is: Is,
    pub mandatory: bool,
}

/// An object type.
#[derive(Debug)]
pub(super) struct ObjectType {
    pub name: &'static str,
    pub section: &'static str,
    pub members: &'static [Member],
    /// One of these has to be there.
    pub one_of: &'static [&'static str],
    /// What else holds for the object as a whole: a sentence for what does not, and the member.
    pub rule: Option<Rule>,
}

/// Says what is wrong with an object as a whole, and with which member.
pub(super) type Rule = fn(&Map<String, Value>, &mut dyn FnMut(&'static str, &'static str));

/// Members of any object. RFC 9555, 2.15.
const EVERYWHERE: [Member; 2] = [
    optional("vCardName", Is::VcardName),
    optional("vCardParams", Is::VcardParams),
];

impl ObjectType {
    /// The member of this name.
    pub fn member(&self, name: &str) -> Option<&'static Member> {
        let own = self.members.iter().find(|member| member.name == name);
        own.or_else(|| EVERYWHERE.iter().find(|member| member.name == name))
    }

    /// Whether it has a member of its own.
    pub fn has(&self, name: &str) -> bool {
        self.members.iter().any(|member| member.name == name)
    }

    /// The words for a member.
    pub fn words(&self, name: &str) -> &'static [&'static str] {
        match self.member(name).map(|member| member.is) {
            Some(Is::OneOf(words) | Is::Set(words)) => words,
            Some(Is::Contexts) => CONTEXTS,
            _ => &[],
        }
    }
}

const fn optional(name: &'static str, is: Is) -> Member {
    let mandatory = false;
    Member {
        name,
        is,
        mandatory,
    }
}

const fn mandatory(name: &'static str, is: Is) -> Member {
    let mandatory = true;
    Member {
        name,
        is,
        mandatory,
    }
}

const fn object(
    name: &'static str,
    section: &'static str,
    members: &'static [Member],
) -> ObjectType {
    ObjectType {
        name,
        section,
        members,
        one_of: &[],
        rule: None,
    }
}

impl ObjectType {
    const fn with_one_of(self, one_of: &'static [&'static str]) -> Self {
        ObjectType { one_of, ..self }
    }

    const fn with_rule(self, rule: Rule) -> Self {
        ObjectType {
            rule: Some(rule),
            ..self
        }
    }
}

/// 2^53-1. RFC 9553, 1.4.2.
const LARGEST: u64 = 9_007_199_254_740_991;

pub(super) const CONTEXTS: &[&str] = &["private", "work"];
const PREF: Member = optional("pref", Is::Number(1, 100));
const LABEL: Member = optional("label", Is::Text);
const IN_CONTEXTS: Member = optional("contexts", Is::Contexts);
const URI: Member = mandatory("uri", Is::Uri);
const MEDIA_TYPE: Member = optional("mediaType", Is::MediaType);
const LIST_AS: Member = optional("listAs", Is::Number(1, LARGEST));
const SYSTEM: Member = optional("phoneticSystem", Is::OneOf(&["ipa", "jyut", "piny"]));
const SCRIPT: Member = optional("phoneticScript", Is::Script);
const PHONETIC: Member = optional("phonetic", Is::Text);
const ORDERED: Member = optional("isOrdered", Is::Bool);
const DEFAULT_SEPARATOR: Member = optional("defaultSeparator", Is::Text);
const SORT_AS: Member = optional("sortAs", Is::Text);

pub(super) const KINDS: &[&str] = &[
    "individual",
    "group",
    "org",
    "location",
    "device",
    "application",
];

/// Kinds of the components of a name.
pub(super) const NAME_KINDS: &[&str] = &[
    "title",
    "given",
    "given2",
    "surname",
    "surname2",
    "credential",
    "generation",
    "separator",
];

const ADDRESS_KINDS: &[&str] = &[
    "room",
    "apartment",
    "floor",
    "building",
    "number",
    "name",
    "block",
    "subdistrict",
    "district",
    "locality",
    "region",
    "postcode",
    "country",
    "direction",
    "landmark",
    "postOfficeBox",
    "separator",
];

const RELATIONS: &[&str] = &[
    "acquaintance",
    "agent",
    "child",
    "co-resident",
    "co-worker",
    "colleague",
    "contact",
    "crush",
    "date",
    "emergency",
    "friend",
    "kin",
    "me",
    "met",
    "muse",
    "neighbor",
    "parent",
    "sibling",
    "spouse",
    "sweetheart",
];

const FEATURES: &[&str] = &[
    "mobile",
    "voice",
    "text",
    "video",
    "main-number",
    "textphone",
    "fax",
    "pager",
];

const GENDERS: &[&str] = &[
    "animate",
    "common",
    "feminine",
    "inanimate",
    "masculine",
    "neuter",
];

pub(super) static CARD: ObjectType = object(
    "Card",
    "RFC 9553, 2",
    &[
        mandatory("@type", Is::OneOf(&["Card"])),
        mandatory("version", Is::Version),
        optional("created", Is::UtcDateTime),
        optional("kind", Is::OneOf(KINDS)),
        optional("language", Is::Language),
        optional("members", Is::Set(&[])),
        optional("prodId", Is::NotEmpty),
        optional("relatedTo", Is::Keys(&RELATION)),
        optional("uid", Is::Text),
        optional("updated", Is::UtcDateTime),
        optional("name", Is::Object(&NAME)),
        optional("nicknames", Is::Ids(&NICKNAME)),
        optional("organizations", Is::Ids(&ORGANIZATION)),
        optional("speakToAs", Is::Object(&SPEAK_TO_AS)),
        optional("titles", Is::Ids(&TITLE)),
        optional("emails", Is::Ids(&EMAIL_ADDRESS)),
        optional("onlineServices", Is::Ids(&ONLINE_SERVICE)),
        optional("phones", Is::Ids(&PHONE)),
        optional("preferredLanguages", Is::Ids(&LANGUAGE_PREF)),
        optional("calendars", Is::Ids(&CALENDAR)),
        optional("schedulingAddresses", Is::Ids(&SCHEDULING_ADDRESS)),
        optional("addresses", Is::Ids(&ADDRESS)),
        optional("cryptoKeys", Is::Ids(&CRYPTO_KEY)),
        optional("directories", Is::Ids(&DIRECTORY)),
        optional("links", Is::Ids(&LINK)),
        optional("media", Is::Ids(&MEDIA)),
        optional("localizations", Is::Localizations),
        optional("anniversaries", Is::Ids(&ANNIVERSARY)),
        optional("keywords", Is::Set(&[])),
        optional("notes", Is::Ids(&NOTE)),
        optional("personalInfo", Is::Ids(&PERSONAL_INFO)),
        optional("vCardProps", Is::VcardProps),
    ],
)
.with_rule(card_rule);

static RELATION: ObjectType = object(
    "Relation",
    "RFC 9553, 2.1.8",
    &[optional("relation", Is::Set(RELATIONS))],
);

static NAME: ObjectType = object(
    "Name",
    "RFC 9553, 2.2.1.1",
    &[
        optional("components", Is::SomeOf(&NAME_COMPONENT)),
        ORDERED,
        DEFAULT_SEPARATOR,
        optional("full", Is::Text),
        optional("sortAs", Is::SortAs),
        SCRIPT,
        SYSTEM,
    ],
)
.with_one_of(&["components", "full"])
.with_rule(name_rule);

static NAME_COMPONENT: ObjectType = object(
    "NameComponent",
    "RFC 9553, 2.2.1.2",
    &[
        mandatory("value", Is::Text),
        mandatory("kind", Is::OneOf(NAME_KINDS)),
        PHONETIC,
    ],
);

static NICKNAME: ObjectType = object(
    "Nickname",
    "RFC 9553, 2.2.2",
    &[mandatory("name", Is::Text), IN_CONTEXTS, PREF],
);

static ORGANIZATION: ObjectType = object(
    "Organization",
    "RFC 9553, 2.2.3",
    &[
        optional("name", Is::Text),
        optional("units", Is::SomeOf(&ORG_UNIT)),
        SORT_AS,
        IN_CONTEXTS,
    ],
)
.with_one_of(&["name", "units"]);

static ORG_UNIT: ObjectType = object(
    "OrgUnit",
    "RFC 9553, 2.2.3",
    &[mandatory("name", Is::Text), SORT_AS],
);

static SPEAK_TO_AS: ObjectType = object(
    "SpeakToAs",
    "RFC 9553, 2.2.4",
    &[
        optional("grammaticalGender", Is::OneOf(GENDERS)),
        optional("pronouns", Is::Ids(&PRONOUNS)),
    ],
)
.with_one_of(&["grammaticalGender", "pronouns"]);

static PRONOUNS: ObjectType = object(
    "Pronouns",
    "RFC 9553, 2.2.4",
    &[mandatory("pronouns", Is::Text), IN_CONTEXTS, PREF],
);

static TITLE: ObjectType = object(
    "Title",
    "RFC 9553, 2.2.5",
    &[
        mandatory("name", Is::Text),
        optional("kind", Is::OneOf(&["title", "role"])),
        optional("organizationId", Is::Id),
    ],
);

static EMAIL_ADDRESS: ObjectType = object(
    "EmailAddress",
    "RFC 9553, 2.3.1",
    &[mandatory("address", Is::Email), IN_CONTEXTS, PREF, LABEL],
);

static ONLINE_SERVICE: ObjectType = object(
    "OnlineService",
    "RFC 9553, 2.3.2",
    &[
        optional("service", Is::Text),
        optional("uri", Is::Uri),
        optional("user", Is::Text),
        IN_CONTEXTS,
        PREF,
        LABEL,
    ],
)
.with_one_of(&["uri", "user"]);

static PHONE: ObjectType = object(
    "Phone",
    "RFC 9553, 2.3.3",
    &[
        mandatory("number", Is::Text),
        optional("features", Is::Set(FEATURES)),
        IN_CONTEXTS,
        PREF,
        LABEL,
    ],
);

static LANGUAGE_PREF: ObjectType = object(
    "LanguagePref",
    "RFC 9553, 2.3.4",
    &[mandatory("language", Is::Language), IN_CONTEXTS, PREF],
);

static CALENDAR: ObjectType = object(
    "Calendar",
    "RFC 9553, 2.4.1",
    &[
        mandatory("kind", Is::OneOf(&["calendar", "freeBusy"])),
        URI,
        MEDIA_TYPE,
        IN_CONTEXTS,
        PREF,
        LABEL,
    ],
);

static SCHEDULING_ADDRESS: ObjectType = object(
    "SchedulingAddress",
    "RFC 9553, 2.4.2",
    &[URI, IN_CONTEXTS, PREF, LABEL],
);

pub(super) static ADDRESS: ObjectType = object(
    "Address",
    "RFC 9553, 2.5.1.1",
    &[
        optional("components", Is::SomeOf(&ADDRESS_COMPONENT)),
        ORDERED,
        optional("countryCode", Is::CountryCode),
        optional("coordinates", Is::Geo),
        optional("timeZone", Is::TimeZone),
        optional(
            "contexts",
            Is::Set(&["private", "work", "billing", "delivery"]),
        ),
        optional("full", Is::Text),
        DEFAULT_SEPARATOR,
        PREF,
        SCRIPT,
        SYSTEM,
    ],
)
.with_one_of(&[
    "components",
    "coordinates",
    "countryCode",
    "full",
    "timeZone",
])
.with_rule(components_rule);

static ADDRESS_COMPONENT: ObjectType = object(
    "AddressComponent",
    "RFC 9553, 2.5.1.2",
    &[
        mandatory("value", Is::Text),
        mandatory("kind", Is::OneOf(ADDRESS_KINDS)),
        PHONETIC,
    ],
);

static CRYPTO_KEY: ObjectType = object(
    "CryptoKey",
    "RFC 9553, 2.6.1",
    &[
        optional("kind", Is::OneOf(&[])),
        URI,
        MEDIA_TYPE,
        IN_CONTEXTS,
        PREF,
        LABEL,
    ],
);

static DIRECTORY: ObjectType = object(
    "Directory",
    "RFC 9553, 2.6.2",
    &[
        mandatory("kind", Is::OneOf(&["directory", "entry"])),
        URI,
        MEDIA_TYPE,
        IN_CONTEXTS,
        PREF,
        LABEL,
        LIST_AS,
    ],
);

static LINK: ObjectType = object(
    "Link",
    "RFC 9553, 2.6.3",
    &[
        optional("kind", Is::OneOf(&["contact"])),
        URI,
        MEDIA_TYPE,
        IN_CONTEXTS,
        PREF,
        LABEL,
    ],
);

static MEDIA: ObjectType = object(
    "Media",
    "RFC 9553, 2.6.4",
    &[
        mandatory("kind", Is::OneOf(&["photo", "sound", "logo"])),
        URI,
        MEDIA_TYPE,
        IN_CONTEXTS,
        PREF,
        LABEL,
    ],
);

static ANNIVERSARY: ObjectType = object(
    "Anniversary",
    "RFC 9553, 2.8.1",
    &[
        mandatory("kind", Is::OneOf(&["birth", "death", "wedding"])),
        mandatory("date", Is::Either(&PARTIAL_DATE, &TIMESTAMP)),
        optional("place", Is::Object(&ADDRESS)),
    ],
);

static PARTIAL_DATE: ObjectType = object(
    "PartialDate",
    "RFC 9553, 2.8.1",
    &[
        optional("year", Is::Number(0, LARGEST)),
        optional("month", Is::Number(1, 12)),
        optional("day", Is::Number(1, 31)),
        optional("calendarScale", Is::OneOf(&[])),
    ],
)
.with_rule(date_rule);

static TIMESTAMP: ObjectType = object(
    "Timestamp",
    "RFC 9553, 2.8.1",
    &[mandatory("utc", Is::UtcDateTime)],
);

static NOTE: ObjectType = object(
    "Note",
    "RFC 9553, 2.8.3",
    &[
        mandatory("note", Is::Text),
        optional("created", Is::UtcDateTime),
        optional("author", Is::Object(&AUTHOR)),
    ],
);

static AUTHOR: ObjectType = object(
    "Author",
    "RFC 9553, 2.8.3",
    &[optional("name", Is::Text), optional("uri", Is::Uri)],
)
.with_one_of(&["name", "uri"]);

static PERSONAL_INFO: ObjectType = object(
    "PersonalInfo",
    "RFC 9553, 2.8.4",
    &[
        mandatory("kind", Is::OneOf(&["expertise", "hobby", "interest"])),
        mandatory("value", Is::Text),
        optional("level", Is::OneOf(&["high", "medium", "low"])),
        LIST_AS,
        LABEL,
    ],
);

/// All types, in the order of RFC 9553.
pub(super) static OBJECTS: [&ObjectType; 29] = [
    &CARD,
    &RELATION,
    &NAME,
    &NAME_COMPONENT,
    &NICKNAME,
    &ORGANIZATION,
    &ORG_UNIT,
    &SPEAK_TO_AS,
    &PRONOUNS,
    &TITLE,
    &EMAIL_ADDRESS,
    &ONLINE_SERVICE,
    &PHONE,
    &LANGUAGE_PREF,
    &CALENDAR,
    &SCHEDULING_ADDRESS,
    &ADDRESS,
    &ADDRESS_COMPONENT,
    &CRYPTO_KEY,
    &DIRECTORY,
    &LINK,
    &MEDIA,
    &ANNIVERSARY,
    &PARTIAL_DATE,
    &TIMESTAMP,
    &NOTE,
    &AUTHOR,
    &PERSONAL_INFO,
    &NO_OBJECT,
];

/// Stands for what has no type of its own: a vendor's object.
static NO_OBJECT: ObjectType = object("", "", &[]);

/// The type of the objects in a member of a card.
pub(super) fn type_in(member: &str) -> Option<&'static ObjectType> {
    match CARD.member(member)?.is {
        Is::Ids(object) | Is::Keys(object) | Is::Object(object) => Some(object),
        _ => None,
    }
}

/// The type of the objects in a member of an object.
pub(super) fn type_in_object(object: &ObjectType, member: &str) -> Option<&'static ObjectType> {
    match object.member(member)?.is {
        Is::Ids(object) | Is::Object(object) => Some(object),
        _ => None,
    }
}

/// The registered name that this one is but for its letter case; `None` where it is one, or like none.
/// RFC 9553, 1.7.1.
pub(super) fn name_in_other_case(name: &str) -> Option<&'static str> {
    let known = || {
        let of_types = OBJECTS.iter().flat_map(|object| object.members.iter());
        of_types
            .chain(&EVERYWHERE)
            .map(|member| member.name)
            .chain([RESERVED])
    };
    if known().any(|own| own == name) {
        return None;
    }
    known().find(|own| own.eq_ignore_ascii_case(name))
}

/// The name that no object has. RFC 9553, 1.7.3.1.
pub(super) const RESERVED: &str = "extra";
