//! What happens to each property on the way to another version: the table that the conversion goes by,
//! and that its documentation is made of.

use super::change::ChangeKind::{self, Approximated, Derived, Moved};
use crate::registry::PropertyId;
use crate::version::Version;

/// What does it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum By {
    /// The same property, in the form of the target.
    Same,
    /// `X-` before its name.
    Private,
    /// Left out, since something else says it.
    LeftOut,
    Address,
    Agent,
    Anniversary,
    Birthday,
    Date,
    Gender,
    Geo,
    Impp,
    Kind,
    Label,
    Media,
    Member,
    Messenger,
    Name,
    Organization,
    Profile,
    Related,
    SortString,
    Tel,
    TimeZone,
    Timestamp,
    Uid,
}

/// How a property comes over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Carried {
    /// With its name and its meaning, in the form of the target.
    Same,
    /// Under another name, whole.
    Moved,
    /// With less, or in a form that not all read; what exactly, the changes say.
    Sometimes(ChangeKind),
}

/// What happens to a property on the way to a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct CarriedRow {
    /// The property of the source.
    pub property: PropertyId,
    /// The version of the result; from 2.1 and 3.0 to 4.0, or from 4.0 to 3.0.
    pub to: Version,
    /// What it is there.
    pub becomes: &'static str,
    /// How it comes over.
    pub carried: Carried,
    /// The section or the practice behind it.
    pub section: &'static str,
    pub(super) by: By,
}

const fn row(
    property: PropertyId,
    to: Version,
    by: By,
    carried: Carried,
    becomes: &'static str,
    section: &'static str,
) -> CarriedRow {
    CarriedRow {
        property,
        to,
        becomes,
        carried,
        section,
        by,
    }
}

const fn up(
    property: PropertyId,
    by: By,
    carried: Carried,
    becomes: &'static str,
    section: &'static str,
) -> CarriedRow {
    row(property, Version::V4_0, by, carried, becomes, section)
}

const fn down(
    property: PropertyId,
    by: By,
    carried: Carried,
    becomes: &'static str,
    section: &'static str,
) -> CarriedRow {
    row(property, Version::V3_0, by, carried, becomes, section)
}

use Carried::{Same, Sometimes};
use PropertyId as P;

const RELATED_NAMES: &str = "X-ABRELATEDNAMES with a label; AGENT; else X-RELATED";

/// What is not here comes over as it is, with the escapes and parameters of the target.
static ROWS: [CarriedRow; 98] = [
    up(
        P::N,
        By::Name,
        Same,
        "N with five components",
        "RFC 6350, 6.2.2",
    ),
    up(
        P::ADR,
        By::Address,
        Same,
        "ADR with seven components",
        "RFC 6350, 6.3.1",
    ),
    up(
        P::LABEL,
        By::Label,
        Carried::Moved,
        "LABEL of its ADR",
        "RFC 6350, 6.3.1",
    ),
    up(
        P::SORT_STRING,
        By::SortString,
        Carried::Moved,
        "SORT-AS of N, or of ORG",
        "RFC 6350, 5.9",
    ),
    up(
        P::PHOTO,
        By::Media,
        Sometimes(Derived),
        "PHOTO as data: URI",
        "RFC 6350, 6.2.4",
    ),
    up(
        P::LOGO,
        By::Media,
        Sometimes(Derived),
        "LOGO as data: URI",
        "RFC 6350, 6.6.3",
    ),
    up(
        P::SOUND,
        By::Media,
        Sometimes(Derived),
        "SOUND as data: URI",
        "RFC 6350, 6.7.5",
    ),
    up(
        P::KEY,
        By::Media,
        Sometimes(Derived),
        "KEY as data: URI",
        "RFC 6350, 6.8.1",
    ),
    up(
        P::BDAY,
        By::Date,
        Sometimes(Approximated),
        "BDAY in basic format",
        "RFC 6350, 6.2.5",
    ),
    up(
        P::DEATHDATE,
        By::Date,
        Sometimes(Approximated),
        "DEATHDATE in basic format",
        "RFC 6474, 2.3",
    ),
    up(
        P::ANNIVERSARY,
        By::Date,
        Sometimes(Approximated),
        "ANNIVERSARY in basic format",
        "RFC 6350, 6.2.6",
    ),
    up(
        P::REV,
        By::Timestamp,
        Sometimes(Derived),
        "REV in basic format",
        "RFC 6350, 6.7.4",
    ),
    up(
        P::CREATED,
        By::Timestamp,
        Sometimes(Derived),
        "CREATED in basic format",
        "RFC 9554, 3.1",
    ),
    up(
        P::TZ,
        By::TimeZone,
        Same,
        "TZ with VALUE=utc-offset, or text",
        "RFC 6350, 6.5.1",
    ),
    up(P::GEO, By::Geo, Same, "GEO as geo: URI", "RFC 6350, 6.5.2"),
    up(
        P::UID,
        By::Uid,
        Same,
        "UID, with VALUE=text unless it is a URI",
        "RFC 6350, 6.7.6",
    ),
    up(
        P::IMPP,
        By::Impp,
        Same,
        "IMPP with SERVICE-TYPE and USERNAME",
        "RFC 9554, 4.9",
    ),
    up(
        P::AGENT,
        By::Agent,
        Carried::Moved,
        "RELATED with TYPE=agent",
        "RFC 6350, 6.6.6",
    ),
    up(
        P::PROFILE,
        By::LeftOut,
        Carried::Moved,
        "nothing: BEGIN:VCARD says it",
        "RFC 6350, 6.1.1",
    ),
    up(
        P::CLASS,
        By::Private,
        Carried::Moved,
        "X-CLASS",
        "RFC 6350, A.2",
    ),
    up(
        P::MAILER,
        By::Private,
        Carried::Moved,
        "X-MAILER",
        "RFC 6350, A.2",
    ),
    up(
        P::NAME,
        By::Private,
        Carried::Moved,
        "X-NAME",
        "RFC 6350, A.2",
    ),
    up(
        P::CAPURI,
        By::Private,
        Carried::Moved,
        "X-CAPURI",
        "RFC 2739, 2.3.3",
    ),
    up(
        P::X_ANNIVERSARY,
        By::Anniversary,
        Carried::Moved,
        "ANNIVERSARY",
        "RFC 6350, 6.2.6",
    ),
    up(
        P::X_EVOLUTION_ANNIVERSARY,
        By::Anniversary,
        Carried::Moved,
        "ANNIVERSARY",
        "RFC 6350, 6.2.6",
    ),
    up(
        P::X_MS_ANNIVERSARY,
        By::Anniversary,
        Carried::Moved,
        "ANNIVERSARY",
        "RFC 6350, 6.2.6",
    ),
    up(
        P::X_KADDRESSBOOK_X_ANNIVERSARY,
        By::Anniversary,
        Carried::Moved,
        "ANNIVERSARY",
        "RFC 6350, 6.2.6",
    ),
    up(
        P::X_WAB_WEDDING_ANNIVERSARY,
        By::Anniversary,
        Carried::Moved,
        "ANNIVERSARY",
        "RFC 6350, 6.2.6",
    ),
    up(
        P::X_ABDATE,
        By::Anniversary,
        Carried::Moved,
        "ANNIVERSARY, where its label says so",
        "RFC 6350, 6.2.6",
    ),
    up(
        P::X_GENDER,
        By::Gender,
        Carried::Moved,
        "GENDER",
        "RFC 6350, 6.2.7",
    ),
    up(
        P::X_ADDRESSBOOKSERVER_KIND,
        By::Kind,
        Carried::Moved,
        "KIND",
        "RFC 6350, 6.1.4",
    ),
    up(
        P::X_EVOLUTION_LIST,
        By::Kind,
        Carried::Moved,
        "KIND:group, where it is TRUE",
        "RFC 6350, 6.1.4",
    ),
    up(
        P::X_ABSHOWAS,
        By::Kind,
        Carried::Moved,
        "KIND:org",
        "RFC 6350, 6.1.4",
    ),
    up(
        P::X_ADDRESSBOOKSERVER_MEMBER,
        By::Member,
        Carried::Moved,
        "MEMBER of a group",
        "RFC 6350, 6.6.5",
    ),
    up(
        P::X_SOCIALPROFILE,
        By::Profile,
        Carried::Moved,
        "SOCIALPROFILE",
        "RFC 9554, 3.5",
    ),
    up(
        P::X_ABADR,
        By::Same,
        Carried::Moved,
        "CC of the ADR in its group",
        "RFC 8605, 3.1",
    ),
    up(
        P::X_ABRELATEDNAMES,
        By::Related,
        Carried::Moved,
        "RELATED, TYPE by its label",
        "RFC 6350, 6.6.6",
    ),
    up(
        P::X_SPOUSE,
        By::Related,
        Carried::Moved,
        "RELATED with TYPE=spouse",
        "RFC 6350, 6.6.6",
    ),
    up(
        P::X_EVOLUTION_SPOUSE,
        By::Related,
        Carried::Moved,
        "RELATED with TYPE=spouse",
        "RFC 6350, 6.6.6",
    ),
    up(
        P::X_MS_SPOUSE,
        By::Related,
        Carried::Moved,
        "RELATED with TYPE=spouse",
        "RFC 6350, 6.6.6",
    ),
    up(
        P::X_KADDRESSBOOK_X_SPOUSESNAME,
        By::Related,
        Carried::Moved,
        "RELATED with TYPE=spouse",
        "RFC 6350, 6.6.6",
    ),
    up(
        P::X_ASSISTANT,
        By::Related,
        Carried::Moved,
        "RELATED with TYPE=agent",
        "RFC 6350, 6.6.6",
    ),
    up(
        P::X_EVOLUTION_ASSISTANT,
        By::Related,
        Carried::Moved,
        "RELATED with TYPE=agent",
        "RFC 6350, 6.6.6",
    ),
    up(
        P::X_MS_ASSISTANT,
        By::Related,
        Carried::Moved,
        "RELATED with TYPE=agent",
        "RFC 6350, 6.6.6",
    ),
    up(
        P::X_KADDRESSBOOK_X_ASSISTANTSNAME,
        By::Related,
        Carried::Moved,
        "RELATED with TYPE=agent",
        "RFC 6350, 6.6.6",
    ),
    up(
        P::X_MANAGER,
        By::Related,
        Carried::Moved,
        "RELATED with TYPE=x-manager",
        "RFC 6350, 6.6.6",
    ),
    up(
        P::X_EVOLUTION_MANAGER,
        By::Related,
        Carried::Moved,
        "RELATED with TYPE=x-manager",
        "RFC 6350, 6.6.6",
    ),
    up(
        P::X_MS_MANAGER,
        By::Related,
        Carried::Moved,
        "RELATED with TYPE=x-manager",
        "RFC 6350, 6.6.6",
    ),
    up(
        P::X_KADDRESSBOOK_X_MANAGERSNAME,
        By::Related,
        Carried::Moved,
        "RELATED with TYPE=x-manager",
        "RFC 6350, 6.6.6",
    ),
    up(
        P::X_AIM,
        By::Messenger,
        Carried::Moved,
        "IMPP with aim:",
        "RFC 6350, 6.4.3",
    ),
    up(
        P::X_GADUGADU,
        By::Messenger,
        Carried::Moved,
        "IMPP with gg:",
        "RFC 6350, 6.4.3",
    ),
    up(
        P::X_GOOGLE_TALK,
        By::Messenger,
        Carried::Moved,
        "IMPP with xmpp:",
        "RFC 6350, 6.4.3",
    ),
    up(
        P::X_GTALK,
        By::Messenger,
        Carried::Moved,
        "IMPP with xmpp:",
        "RFC 6350, 6.4.3",
    ),
    up(
        P::X_ICQ,
        By::Messenger,
        Carried::Moved,
        "IMPP with icq:",
        "RFC 6350, 6.4.3",
    ),
    up(
        P::X_JABBER,
        By::Messenger,
        Carried::Moved,
        "IMPP with xmpp:",
        "RFC 6350, 6.4.3",
    ),
    up(
        P::X_MATRIX,
        By::Messenger,
        Carried::Moved,
        "IMPP with matrix:",
        "RFC 6350, 6.4.3",
    ),
    up(
        P::X_MSN,
        By::Messenger,
        Carried::Moved,
        "IMPP with msnim:",
        "RFC 6350, 6.4.3",
    ),
    up(
        P::X_QQ,
        By::Messenger,
        Carried::Moved,
        "IMPP with qq:",
        "RFC 6350, 6.4.3",
    ),
    up(
        P::X_SIP,
        By::Messenger,
        Carried::Moved,
        "IMPP with sip:",
        "RFC 6350, 6.4.3",
    ),
    up(
        P::X_SKYPE,
        By::Messenger,
        Carried::Moved,
        "IMPP with skype:",
        "RFC 6350, 6.4.3",
    ),
    up(
        P::X_SKYPE_USERNAME,
        By::Messenger,
        Carried::Moved,
        "IMPP with skype:",
        "RFC 6350, 6.4.3",
    ),
    up(
        P::X_YAHOO,
        By::Messenger,
        Carried::Moved,
        "IMPP with ymsgr:",
        "RFC 6350, 6.4.3",
    ),
    down(
        P::N,
        By::Name,
        Sometimes(Approximated),
        "N, and SORT-STRING for SORT-AS",
        "RFC 2426, 3.1.2",
    ),
    down(
        P::ORG,
        By::Organization,
        Sometimes(Moved),
        "ORG, and SORT-STRING where N says nothing",
        "RFC 2426, 3.5.5",
    ),
    down(
        P::ADR,
        By::Address,
        Sometimes(Approximated),
        "ADR, LABEL, and X-ABADR for CC",
        "RFC 2426, 3.2.1",
    ),
    down(
        P::PHOTO,
        By::Media,
        Same,
        "PHOTO with ENCODING=b, or a URI",
        "RFC 2426, 3.1.4",
    ),
    down(
        P::LOGO,
        By::Media,
        Same,
        "LOGO with ENCODING=b, or a URI",
        "RFC 2426, 3.5.3",
    ),
    down(
        P::SOUND,
        By::Media,
        Same,
        "SOUND with ENCODING=b, or a URI",
        "RFC 2426, 3.6.6",
    ),
    down(
        P::KEY,
        By::Media,
        Sometimes(Approximated),
        "KEY with ENCODING=b, a URI or text",
        "RFC 2426, 3.7.2",
    ),
    down(
        P::BDAY,
        By::Birthday,
        Sometimes(Approximated),
        "BDAY of a whole date; else X-BDAY",
        "RFC 2426, 3.1.5",
    ),
    down(
        P::ANNIVERSARY,
        By::Anniversary,
        Carried::Moved,
        "X-ABDATE with a label; else X-ANNIVERSARY",
        "Apple",
    ),
    down(
        P::REV,
        By::Timestamp,
        Same,
        "REV in extended format",
        "RFC 2426, 3.6.4",
    ),
    down(
        P::TZ,
        By::TimeZone,
        Sometimes(Approximated),
        "TZ, with VALUE=text unless it is an offset",
        "RFC 2426, 3.4.1",
    ),
    down(
        P::GEO,
        By::Geo,
        Sometimes(Approximated),
        "GEO as two numbers; else X-GEO",
        "RFC 2426, 3.4.2",
    ),
    down(P::UID, By::Uid, Same, "UID", "RFC 2426, 3.6.7"),
    down(
        P::TEL,
        By::Tel,
        Sometimes(Approximated),
        "TEL with the number of a tel: URI; else IMPP",
        "RFC 2426, 3.3.1",
    ),
    down(
        P::IMPP,
        By::Impp,
        Same,
        "IMPP with X-SERVICE-TYPE and X-USER",
        "RFC 4770, 2",
    ),
    down(
        P::RELATED,
        By::Related,
        Carried::Moved,
        RELATED_NAMES,
        "Apple",
    ),
    down(
        P::KIND,
        By::Kind,
        Carried::Moved,
        "X-ADDRESSBOOKSERVER-KIND, or X-ABShowAs",
        "Apple",
    ),
    down(
        P::MEMBER,
        By::Member,
        Carried::Moved,
        "X-ADDRESSBOOKSERVER-MEMBER",
        "Apple",
    ),
    down(
        P::GENDER,
        By::Gender,
        Carried::Moved,
        "X-GENDER",
        "RFC 2426, 3.8",
    ),
    down(
        P::SOCIALPROFILE,
        By::Profile,
        Carried::Moved,
        "X-SOCIALPROFILE",
        "Apple",
    ),
    down(
        P::LANG,
        By::Private,
        Carried::Moved,
        "X-LANG",
        "RFC 2426, 3.8",
    ),
    down(
        P::XML,
        By::Private,
        Carried::Moved,
        "X-XML",
        "RFC 2426, 3.8",
    ),
    down(
        P::BIRTHPLACE,
        By::Private,
        Carried::Moved,
        "X-BIRTHPLACE",
        "RFC 2426, 3.8",
    ),
    down(
        P::DEATHPLACE,
        By::Private,
        Carried::Moved,
        "X-DEATHPLACE",
        "RFC 2426, 3.8",
    ),
    down(
        P::DEATHDATE,
        By::Private,
        Carried::Moved,
        "X-DEATHDATE",
        "RFC 2426, 3.8",
    ),
    down(
        P::EXPERTISE,
        By::Private,
        Carried::Moved,
        "X-EXPERTISE",
        "RFC 2426, 3.8",
    ),
    down(
        P::HOBBY,
        By::Private,
        Carried::Moved,
        "X-HOBBY",
        "RFC 2426, 3.8",
    ),
    down(
        P::INTEREST,
        By::Private,
        Carried::Moved,
        "X-INTEREST",
        "RFC 2426, 3.8",
    ),
    down(
        P::ORG_DIRECTORY,
        By::Private,
        Carried::Moved,
        "X-ORG-DIRECTORY",
        "RFC 2426, 3.8",
    ),
    down(
        P::CONTACT_URI,
        By::Private,
        Carried::Moved,
        "X-CONTACT-URI",
        "RFC 2426, 3.8",
    ),
    down(
        P::CREATED,
        By::Private,
        Carried::Moved,
        "X-CREATED",
        "RFC 2426, 3.8",
    ),
    down(
        P::GRAMGENDER,
        By::Private,
        Carried::Moved,
        "X-GRAMGENDER",
        "RFC 2426, 3.8",
    ),
    down(
        P::LANGUAGE,
        By::Private,
        Carried::Moved,
        "X-LANGUAGE",
        "RFC 2426, 3.8",
    ),
    down(
        P::PRONOUNS,
        By::Private,
        Carried::Moved,
        "X-PRONOUNS",
        "RFC 2426, 3.8",
    ),
    down(
        P::JSPROP,
        By::Private,
        Carried::Moved,
        "X-JSPROP",
        "RFC 2426, 3.8",
    ),
    down(
        P::CLIENTPIDMAP,
        By::Private,
        Carried::Moved,
        "X-CLIENTPIDMAP",
        "RFC 2426, 3.8",
    ),
];

/// The rows of properties that do not come over as they are, to 4.0 first. What has none comes over
/// under its name, as text, list or components in the escapes of the target.
///
/// ```
/// use vcardinal::{Version, convert, registry::PropertyId};
///
/// let row = convert::rows()
///     .iter()
///     .find(|row| row.property == PropertyId::LABEL && row.to == Version::V4_0)
///     .unwrap();
/// assert_eq!(row.becomes, "LABEL of its ADR");
/// ```
#[must_use]
pub fn rows() -> &'static [CarriedRow] {
    &ROWS
}

/// For each property, by its number, one more than the number of its row.
type Index = [u8; 256];

#[expect(
    clippy::indexing_slicing,
    reason = "only ever evaluated at compile time"
)]
const fn index(up: bool) -> Index {
    let mut index = [0; 256];
    let mut at = 0;
    while at < ROWS.len() {
        if matches!(ROWS[at].to, Version::V4_0) == up {
            let place = &mut index[ROWS[at].property.number() as usize];
            assert!(*place == 0, "a property has one row for each direction");
            *place = at as u8 + 1;
        }
        at += 1;
    }
    index
}

static UP: Index = index(true);
static DOWN: Index = index(false);

/// What carries a property over to a version.
pub(super) fn by(property: PropertyId, to: Version) -> By {
    let index = if to == Version::V4_0 { &UP } else { &DOWN };
    let at = index
        .get(usize::from(property.number()))
        .copied()
        .unwrap_or_default();
    let row = usize::from(at).checked_sub(1).and_then(|at| ROWS.get(at));
    row.map_or(By::Same, |row| row.by)
}
