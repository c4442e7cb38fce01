//! A marker for each property of the standards, and the methods of cards and builders that are named
//! for it: one row gives both.
//!
//! `vcardinal::property` is the public path of the markers.

use super::entry::IntoEntry;
use super::typed::{All, Typed, TypedProperty};
use crate::card::{Card, CardBuilder};
use crate::registry::{PropertyId, ReadAs};
use crate::value;

macro_rules! value_type {
    (borrowing $type:ident $a:lifetime) => { value::$type<$a> };
    (holding $type:ident $a:lifetime) => { value::$type };
}

/// The example of an accessor, which is run.
macro_rules! example {
    ($line:literal, $use:expr) => {
        concat!(
            "```\nlet card = vcardinal::Card::parse(\n    \"BEGIN:VCARD\\nVERSION:4.0\\n",
            $line,
            "\\nEND:VCARD\\n\",\n)?;\n",
            $use,
            "\n# Ok::<(), Box<dyn std::error::Error>>(())\n```"
        )
    };
}

/// A row: what it is; marker, constant of the registry, name, whether the value borrows, its type; then
/// the method for all of them, for the one that a person means, and that of the builder; and an example.
macro_rules! properties {
    ($(
        #[doc = $doc:literal]
        $marker:ident $id:ident $name:literal $how:ident $type:ident:
        $(many $many:ident,)? $(one $one:ident,)? $(add $add:ident,)? as $line:literal;
    )+) => {
        $(
            #[doc = $doc]
            #[doc = concat!("\n\nThe marker of `", $name, "`, whose value is a [`", stringify!($type),
                "`](value::", stringify!($type), ").\n\n")]
            #[doc = example!($line, concat!("assert!(card.get::<vcardinal::property::",
                stringify!($marker), ">().unwrap().value().is_ok());"))]
            #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
            pub enum $marker {}

            impl TypedProperty for $marker {
                const NAME: &'static str = PropertyId::$id.name();
                const ID: Option<PropertyId> = Some(PropertyId::$id);
                type Value<'a> = value_type!($how $type 'a);
            }
        )+

        /// By the names that people have for them, those under vendors' names included.
        impl Card {
            $($(
                #[doc = $doc]
                #[doc = concat!("\n\nEach `", $name, "`, in the order of the card; see [`all`](Self::all).\n\n")]
                #[doc = example!($line, concat!("assert_eq!(card.", stringify!($many), "().count(), 1);"))]
                #[doc(alias = $name)]
                #[must_use]
                pub fn $many(&self) -> All<'_, $marker> {
                    self.all()
                }
            )?)+
            $($(
                #[doc = $doc]
                #[doc = concat!("\n\nThe `", $name, "` that is preferred, or else the first; `None` without one; see [`preferred`](Self::preferred).\n\n")]
                #[doc = example!($line, concat!("assert!(card.", stringify!($one), "().unwrap().value().is_ok());"))]
                #[doc(alias = $name)]
                #[must_use]
                pub fn $one(&self) -> Option<Typed<'_, $marker>> {
                    self.preferred()
                }
            )?)+
        }

        /// Values of every type, and text wherever a value goes. What goes wrong comes out of
        /// [`build`](CardBuilder::build).
        ///
        /// ```
        /// use vcardinal::typed::Phone;
        /// use vcardinal::value::{E164, Name, PartialDate};
        /// use vcardinal::{Card, Version};
        ///
        /// let card = Card::builder(Version::V4_0)
        ///     .full_name("Zoë Quist")
        ///     .name(Name::new("Quist", "Zoë"))
        ///     .phone(Phone::new("+14155550123".parse::<E164>()?).label("mobile").preferred())
        ///     .email("zoe@example.com")
        ///     .birthday(PartialDate::month_day(12, 10)?)
        ///     .url("https://example.com/")
        ///     .build()?;
        /// assert_eq!(
        ///     card.to_string(),
        ///     "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Zoë Quist\r\nN:Quist;Zoë;;;\r\n\
        ///      TEL;VALUE=uri;PREF=1;TYPE=cell:tel:+14155550123\r\n\
        ///      EMAIL:zoe@example.com\r\nBDAY:--1210\r\nURL:https://example.com/\r\nEND:VCARD\r\n",
        /// );
        /// # Ok::<(), Box<dyn std::error::Error>>(())
        /// ```
        impl CardBuilder {
            $($(
                #[doc = $doc]
                #[doc = concat!("\n\nAdds `", $name, "`: its value, text for it, or an [`Entry`](super::Entry); see [`with`](Self::with).")]
                #[doc(alias = $name)]
                #[must_use]
                pub fn $add<'v>(self, entry: impl IntoEntry<'v, $marker>) -> Self {
                    self.with(entry)
                }
            )?)+
        }

        // A marker and the registry say the same about what a value is read as.
        const _: () = {
            $(assert!(
                matches!(PropertyId::$id.row().form(), ReadAs::$type),
                concat!("the marker and the row of ", stringify!($id), " differ"),
            );)+
        };

        #[cfg(test)]
        mod tests {
            use super::*;

            #[test]
            fn ok_names_are_those_of_the_registry() {
                $(assert_eq!($name, $marker::NAME);)+
            }
        }
    };
}

properties! {
    /// A postal address. RFC 6350, 6.3.1.
    Adr ADR "ADR" borrowing Address:
        many addresses, one preferred_address, add address, as "ADR:;;1 Oak St;Town;;;";
    /// The wedding anniversary or a similar day, which 3.0 does not have. RFC 6350, 6.2.6.
    Anniversary ANNIVERSARY "ANNIVERSARY" borrowing DateOrText:
        many anniversaries, one anniversary, add anniversary, as "ANNIVERSARY:19960415";
    /// The birthday. RFC 6350, 6.2.5.
    Bday BDAY "BDAY" borrowing DateOrText:
        many birthdays, one birthday, add birthday, as "BDAY:19850412";
    /// Where somebody was born. RFC 6474, 2.1.
    BirthPlace BIRTHPLACE "BIRTHPLACE" borrowing UriOrText:
        many birth_places, one birth_place, add birth_place, as "BIRTHPLACE:Oslo";
    /// Where to send an invitation. RFC 6350, 6.9.2.
    CalAdrUri CALADRURI "CALADRURI" borrowing Uri:
        many calendar_addresses, one calendar_address, add calendar_address, as "CALADRURI:mailto:ada@example.com";
    /// A calendar. RFC 6350, 6.9.3.
    CalUri CALURI "CALURI" borrowing Uri:
        many calendars, one calendar, add calendar, as "CALURI:https://example.com/ada.ics";
    /// The address of a calendar access protocol, which 3.0 alone has. RFC 2739, 2.1.
    CapUri CAPURI "CAPURI" borrowing Uri:
        many calendar_access_uris, one calendar_access_uri, add calendar_access_uri, as "CAPURI:cap://example.com";
    /// Categories, each property a list. RFC 6350, 6.7.1.
    Categories CATEGORIES "CATEGORIES" borrowing TextList:
        many categories, add categories, as "CATEGORIES:friend,sailor";
    /// Who may see the card, which 3.0 alone has. RFC 2426, 3.7.1.
    Class CLASS "CLASS" borrowing Text: many classes, one class, add class, as "CLASS:PRIVATE";
    /// What the source numbers of PIDs stand for. RFC 6350, 6.7.7.
    ClientPidMap CLIENTPIDMAP "CLIENTPIDMAP" borrowing ClientPidMap:
        many client_pid_maps, one client_pid_map, add client_pid_map, as "CLIENTPIDMAP:1;urn:uuid:53e374d9-337e-4727-8803-a1e9c14e0556";
    /// Where to ask for contact data. RFC 8605, 2.1.
    ContactUri CONTACT_URI "CONTACT-URI" borrowing Uri:
        many contact_uris, one contact_uri, add contact_uri, as "CONTACT-URI:mailto:contact@example.com";
    /// When the card was made. RFC 9554, 3.1.
    Created CREATED "CREATED" holding Timestamp:
        one created, add created, as "CREATED:20220705T093412Z";
    /// When somebody died. RFC 6474, 2.3.
    DeathDate DEATHDATE "DEATHDATE" borrowing DateOrText:
        many death_dates, one death_date, add death_date, as "DEATHDATE:19960415";
    /// Where somebody died. RFC 6474, 2.2.
    DeathPlace DEATHPLACE "DEATHPLACE" borrowing UriOrText:
        many death_places, one death_place, add death_place, as "DEATHPLACE:Oslo";
    /// An email address. RFC 6350, 6.4.2.
    Email EMAIL "EMAIL" borrowing Text:
        many emails, one preferred_email, add email, as "EMAIL:zoe@example.com";
    /// A field of expertise. RFC 6715, 2.1.
    Expertise EXPERTISE "EXPERTISE" borrowing Text:
        many expertises, one expertise, add expertise, as "EXPERTISE:knots";
    /// When somebody is busy. RFC 6350, 6.9.1.
    FbUrl FBURL "FBURL" borrowing Uri:
        many free_busy_urls, one free_busy_url, add free_busy_url, as "FBURL:https://example.com/busy";
    /// The name as it is shown. RFC 6350, 6.2.1.
    FullName FN "FN" borrowing Text:
        many full_names, one full_name, add full_name, as "FN:Zoë Quist";
    /// The gender. RFC 6350, 6.2.7.
    Gender GENDER "GENDER" borrowing Gender: one gender, add gender, as "GENDER:F";
    /// Where it is: a position on earth, or a URI of another scheme. RFC 6350, 6.5.2.
    Geo GEO "GEO" borrowing GeoOrUri: many geos, one geo, add geo, as "GEO:geo:46.7,-71.2";
    /// The gender to use in sentences. RFC 9554, 3.2.
    GramGender GRAMGENDER "GRAMGENDER" borrowing Text:
        many gram_genders, one gram_gender, add gram_gender, as "GRAMGENDER:neuter";
    /// A hobby. RFC 6715, 2.2.
    Hobby HOBBY "HOBBY" borrowing Text: many hobbies, one hobby, add hobby, as "HOBBY:sailing";
    /// An address for instant messages. RFC 6350, 6.4.3.
    Impp IMPP "IMPP" borrowing Uri:
        many impps, one impp, add impp, as "IMPP:xmpp:zoe@example.com";
    /// An interest. RFC 6715, 2.3.
    Interest INTEREST "INTEREST" borrowing Text:
        many interests, one interest, add interest, as "INTEREST:knots";
    /// A property of JSContact, as JSON. RFC 9555, 3.2.1.
    JsProp JSPROP "JSPROP" borrowing Text:
        many js_props, one js_prop, add js_prop, as "JSPROP;JSPTR=a:1";
    /// A key or a certificate. RFC 6350, 6.8.1.
    Key KEY "KEY" borrowing Key:
        many keys, one key, add key, as "KEY:https://example.com/key.asc";
    /// What the card is about; without it an individual. RFC 6350, 6.1.4.
    Kind KIND "KIND" borrowing Kind: one kind, add kind, as "KIND:org";
    /// The text of a delivery label, which 4.0 does not have. RFC 2426, 3.2.2.
    Label LABEL "LABEL" borrowing Text:
        many address_labels, one address_label, add address_label, as "LABEL:1 Oak St";
    /// A language that one may talk in. RFC 6350, 6.4.4.
    Lang LANG "LANG" borrowing LanguageTag:
        many languages, one language, add language, as "LANG:fr";
    /// The language of texts that name none themselves. RFC 9554, 3.3.
    Language LANGUAGE "LANGUAGE" borrowing LanguageTag:
        one default_language, add default_language, as "LANGUAGE:de";
    /// A logo. RFC 6350, 6.6.3.
    Logo LOGO "LOGO" borrowing Media:
        many logos, one logo, add logo, as "LOGO:https://example.com/logo.png";
    /// The program that mail is read with, which 4.0 does not have. RFC 2426, 3.3.3.
    Mailer MAILER "MAILER" borrowing Text: many mailers, one mailer, add mailer, as "MAILER:Post";
    /// A member of a group, which a card with [`Kind`] `group` is. RFC 6350, 6.6.5.
    Member MEMBER "MEMBER" borrowing Uri:
        many members, one member, add member, as "MEMBER:mailto:ada@example.com";
    /// The name in its parts: one, but for its forms in other languages. RFC 6350, 6.2.2.
    N N "N" borrowing Name: many names, one name, add name, as "N:Quist;Zoë;;;";
    /// Nicknames, each property a list. RFC 6350, 6.2.3.
    Nickname NICKNAME "NICKNAME" borrowing TextList:
        many nicknames, one nickname, add nickname, as "NICKNAME:Zo";
    /// A note. RFC 6350, 6.7.2.
    Note NOTE "NOTE" borrowing Text: many notes, one note, add note, as "NOTE:rings twice";
    /// An organization and its units. RFC 6350, 6.6.4.
    Org ORG "ORG" borrowing Organization:
        many organizations, one organization, add organization, as "ORG:Example;Sales";
    /// A directory of an organization. RFC 6715, 2.4.
    OrgDirectory ORG_DIRECTORY "ORG-DIRECTORY" borrowing Uri:
        many org_directories, one org_directory, add org_directory, as "ORG-DIRECTORY:https://example.com/people";
    /// A photo. RFC 6350, 6.2.4.
    Photo PHOTO "PHOTO" borrowing Media:
        many photos, one photo, as "PHOTO:https://example.com/zoe.png";
    /// The program that made the card. RFC 6350, 6.7.3.
    ProdId PRODID "PRODID" borrowing Text:
        one product_id, add product_id, as "PRODID:-//Example//1";
    /// How to speak of somebody. RFC 9554, 3.4.
    Pronouns PRONOUNS "PRONOUNS" borrowing Text:
        many pronouns, add pronouns, as "PRONOUNS:they/them";
    /// Somebody who has to do with it. RFC 6350, 6.6.6.
    Related RELATED "RELATED" borrowing UriOrText:
        many related, add related, as "RELATED:urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6";
    /// When the card was last changed. RFC 6350, 6.7.4.
    Rev REV "REV" holding Timestamp: one rev, add rev, as "REV:19951031T222710Z";
    /// What somebody does there. RFC 6350, 6.6.2.
    Role ROLE "ROLE" borrowing Text: many roles, one role, add role, as "ROLE:Programmer";
    /// A profile in a social network. RFC 9554, 3.5.
    SocialProfile SOCIALPROFILE "SOCIALPROFILE" borrowing UriOrText:
        many social_profiles, one social_profile, add social_profile, as "SOCIALPROFILE:https://example.com/@zoe";
    /// What to sort the name by, which 3.0 alone has. RFC 2426, 3.6.5.
    SortString SORT_STRING "SORT-STRING" borrowing Text:
        many sort_strings, one sort_string, add sort_string, as "SORT-STRING:Quist";
    /// A sound. RFC 6350, 6.7.5.
    Sound SOUND "SOUND" borrowing Media:
        many sounds, one sound, add sound, as "SOUND:https://example.com/zoe.ogg";
    /// Where the card can be fetched anew. RFC 6350, 6.1.3.
    Source SOURCE "SOURCE" borrowing Uri:
        many sources, one source, add source, as "SOURCE:https://example.com/zoe.vcf";
    /// The name of the source, which 3.0 alone has. RFC 2426, 2.1.2.
    SourceName NAME "NAME" borrowing Text: one source_name, add source_name, as "NAME:Zoë's card";
    /// A telephone number. RFC 6350, 6.4.1.
    Tel TEL "TEL" borrowing Telephone:
        many phones, one preferred_phone, add phone, as "TEL:+1 415 555 0123";
    /// A job title. RFC 6350, 6.6.1.
    Title TITLE "TITLE" borrowing Text: many titles, one title, add title, as "TITLE:Boss";
    /// A time zone. RFC 6350, 6.5.1.
    Tz TZ "TZ" borrowing TimeZone:
        many time_zones, one time_zone, add time_zone, as "TZ:Europe/Oslo";
    /// What names this card and no other. RFC 6350, 6.7.6.
    Uid UID "UID" borrowing UriOrText:
        one uid, add uid, as "UID:urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6";
    /// A web page. RFC 6350, 6.7.8.
    Url URL "URL" borrowing Uri: many urls, one url, add url, as "URL:https://example.com/";
    /// XML that says more. RFC 6350, 6.1.5.
    Xml XML "XML" borrowing Text: many xmls, one xml, add xml, as "XML:<a xmlns='x:y'/>";
}
