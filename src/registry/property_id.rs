//! The numbers of the properties: one for each row of the table, in the order of their names.

/// The number of a property of the registry.
///
/// ```
/// use vcardinal::registry::{self, PropertyId};
///
/// assert_eq!(PropertyId::TEL.row().name, "TEL");
/// assert_eq!(registry::property(b"tel").map(|row| row.id), Some(PropertyId::TEL));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PropertyId(u8);

impl PropertyId {
    /// The number of the first row.
    pub(super) const FIRST: PropertyId = PropertyId(0);

    pub(super) const fn of_number(number: u8) -> PropertyId {
        PropertyId(number)
    }

    /// The place of its row in the order of their names.
    pub(crate) const fn number(self) -> u8 {
        self.0
    }
}

macro_rules! property_ids {
    ($($ident:ident),+) => {
        #[repr(u8)]
        #[derive(Clone, Copy)]
        #[expect(non_camel_case_types, clippy::upper_case_acronyms, reason = "only counts the rows")]
        enum Number { $($ident),+ }

        impl PropertyId {
            $(
                #[doc = concat!("The row of `", stringify!($ident), "` (a hyphen where there is an underscore).")]
                pub const $ident: PropertyId = PropertyId(Number::$ident as u8);
            )+
        }

        /// The names of the constants, in the order of the rows.
        pub(super) const IDENTS: &[&str] = &[$(stringify!($ident)),+];
    };
}

property_ids! {
    ADR, AGENT, ANNIVERSARY, BDAY, BEGIN, BIRTHPLACE, CALADRURI, CALURI, CAPURI, CATEGORIES, CLASS, CLIENTPIDMAP, CONTACT_URI, CREATED, DEATHDATE, DEATHPLACE, EMAIL, END, EXPERTISE, FBURL, FN, GENDER, GEO, GRAMGENDER, HOBBY, IMPP, INTEREST, JSPROP, KEY, KIND, LABEL, LANG, LANGUAGE, LOGO, MAILER, MEMBER, N, NAME, NICKNAME, NOTE, ORG, ORG_DIRECTORY, PHOTO, PRODID, PROFILE, PRONOUNS, RELATED, REV, ROLE, SOCIALPROFILE, SORT_STRING, SOUND, SOURCE, TEL, TITLE, TZ, UID, URL, VERSION, X_ABADR, X_ABDATE, X_ABLABEL, X_ABRELATEDNAMES, X_ABSHOWAS, X_ABUID, X_ADDRESSBOOKSERVER_KIND, X_ADDRESSBOOKSERVER_MEMBER, X_AIM, X_ANDROID_CUSTOM, X_ANNIVERSARY, X_ASSISTANT, X_CAPURI, X_CLASS, X_EVOLUTION_ANNIVERSARY, X_EVOLUTION_ASSISTANT, X_EVOLUTION_BLOG_URL, X_EVOLUTION_FILE_AS, X_EVOLUTION_LIST, X_EVOLUTION_MANAGER, X_EVOLUTION_SPOUSE, X_EVOLUTION_VIDEO_URL, X_GADUGADU, X_GENDER, X_GOOGLE_TALK, X_GTALK, X_ICQ, X_IRMC_LUID, X_JABBER, X_KADDRESSBOOK_BLOGFEED, X_KADDRESSBOOK_X_ANNIVERSARY, X_KADDRESSBOOK_X_ASSISTANTSNAME, X_KADDRESSBOOK_X_IMADDRESS, X_KADDRESSBOOK_X_MANAGERSNAME, X_KADDRESSBOOK_X_OFFICE, X_KADDRESSBOOK_X_PROFESSION, X_KADDRESSBOOK_X_SPOUSESNAME, X_MAILER, X_MANAGER, X_MATRIX, X_MICROSOFT_ASST_TEL, X_MOZILLA_HTML, X_MS_ANNIVERSARY, X_MS_ASSISTANT, X_MS_CARDPICTURE, X_MS_IMADDRESS, X_MS_MANAGER, X_MS_OL_DEFAULT_POSTAL_ADDRESS, X_MS_OL_DESIGN, X_MS_SPOUSE, X_MS_TEL, X_MSN, X_NAME, X_PHONETIC_FIRST_NAME, X_PHONETIC_LAST_NAME, X_PHONETIC_MIDDLE_NAME, X_PHONETIC_NAME, X_QQ, X_SIP, X_SKYPE, X_SKYPE_PSTNNUMBER, X_SKYPE_USERNAME, X_SOCIALPROFILE, X_SPOUSE, X_TWITTER, X_WA_BIZ_DESCRIPTION, X_WA_BIZ_NAME, X_WAB_GENDER, X_WAB_WEDDING_ANNIVERSARY, X_YAHOO, XML
}
