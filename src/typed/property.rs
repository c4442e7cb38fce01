//! A marker for each property of the standards: what [`Card::get`](crate::Card::get) and
//! [`Card::all`](crate::Card::all) are asked with.
//!
//! A property of your own takes two lines:
//!
//! ```
//! use vcardinal::Card;
//! use vcardinal::typed::TypedProperty;
//!
//! struct Lucky;
//!
//! impl TypedProperty for Lucky {
//!     const NAME: &'static str = "X-LUCKY";
//!     type Value<'a> = i64;
//! }
//!
//! let card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nX-LUCKY;VALUE=integer:7\nEND:VCARD\n")?;
//! assert_eq!(card.get::<Lucky>().unwrap().value()?, 7);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use super::CardValue;
use crate::registry::{PropertyId, ReadAs};
use crate::value;

/// A property: its name, and the type of its value.
pub trait TypedProperty {
    /// The name.
    const NAME: &'static str;

    /// Its number in the registry, if it has one: names of vendors that stand for it are read as
    /// well, X-ANNIVERSARY for ANNIVERSARY.
    const ID: Option<PropertyId> = None;

    /// What its value is.
    type Value<'a>: CardValue<'a>;
}

macro_rules! value_type {
    (borrowing $type:ident $a:lifetime) => { value::$type<$a> };
    (holding $type:ident $a:lifetime) => { value::$type };
}

macro_rules! properties {
    ($($marker:ident $id:ident $how:ident $type:ident;)+) => {
        $(
            #[doc = concat!(
                "The property `", stringify!($id), "` (a hyphen where there is an underscore), whose value is a [`",
                stringify!($type), "`](value::", stringify!($type), ")."
            )]
            #[derive(Debug, Clone, Copy)]
            pub enum $marker {}

            impl TypedProperty for $marker {
                const NAME: &'static str = PropertyId::$id.name();
                const ID: Option<PropertyId> = Some(PropertyId::$id);
                type Value<'a> = value_type!($how $type 'a);
            }
        )+

        // A marker and the registry say the same about what a value is read as.
        const _: () = {
            $(assert!(
                matches!(PropertyId::$id.row().form(), ReadAs::$type),
                concat!("the marker and the row of ", stringify!($id), " differ"),
            );)+
        };
    };
}

properties! {
    Adr ADR borrowing Address;
    Anniversary ANNIVERSARY borrowing DateOrText;
    Bday BDAY borrowing DateOrText;
    BirthPlace BIRTHPLACE borrowing UriOrText;
    CalAdrUri CALADRURI borrowing Uri;
    CalUri CALURI borrowing Uri;
    CapUri CAPURI borrowing Uri;
    Categories CATEGORIES borrowing TextList;
    Class CLASS borrowing Text;
    ClientPidMap CLIENTPIDMAP borrowing ClientPidMap;
    ContactUri CONTACT_URI borrowing Uri;
    Created CREATED holding Timestamp;
    DeathDate DEATHDATE borrowing DateOrText;
    DeathPlace DEATHPLACE borrowing UriOrText;
    Email EMAIL borrowing Text;
    Expertise EXPERTISE borrowing Text;
    FbUrl FBURL borrowing Uri;
    Fn FN borrowing Text;
    Gender GENDER borrowing Gender;
    Geo GEO borrowing Geo;
    GramGender GRAMGENDER borrowing Text;
    Hobby HOBBY borrowing Text;
    Impp IMPP borrowing Uri;
    Interest INTEREST borrowing Text;
    JsProp JSPROP borrowing Text;
    Key KEY borrowing Key;
    Kind KIND borrowing Kind;
    Label LABEL borrowing Text;
    Lang LANG borrowing LanguageTag;
    Language LANGUAGE borrowing LanguageTag;
    Logo LOGO borrowing Media;
    Mailer MAILER borrowing Text;
    Member MEMBER borrowing Uri;
    N N borrowing Name;
    Nickname NICKNAME borrowing TextList;
    Note NOTE borrowing Text;
    Org ORG borrowing Organization;
    OrgDirectory ORG_DIRECTORY borrowing Uri;
    Photo PHOTO borrowing Media;
    ProdId PRODID borrowing Text;
    Pronouns PRONOUNS borrowing Text;
    Related RELATED borrowing UriOrText;
    Rev REV holding Timestamp;
    Role ROLE borrowing Text;
    SocialProfile SOCIALPROFILE borrowing UriOrText;
    SortString SORT_STRING borrowing Text;
    Sound SOUND borrowing Media;
    Source SOURCE borrowing Uri;
    SourceName NAME borrowing Text;
    Tel TEL borrowing Telephone;
    Title TITLE borrowing Text;
    Tz TZ borrowing TimeZone;
    Uid UID borrowing UriOrText;
    Url URL borrowing Uri;
    Version VERSION borrowing Text;
    Xml XML borrowing Text;
}
