//! The table of parameters.

use super::hash::{Hash, is_before, is_constant_of};
use super::property::{Allowed, Condition};
use crate::version::Version;
use Defined::{No, Reserved, Yes};

/// One parameter: what every version says about it.
#[derive(Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ParameterRow {
    /// Its small number.
    pub id: ParameterId,
    /// Its name.
    pub name: &'static str,
    /// Whether one parameter may hold several values between commas.
    pub many: bool,
    /// How two of its values are compared.
    pub compare: Compare,
    /// Whether its value stands in quotes, whatever is in it. RFC 9555, 3.3.1 and 3.3.2.
    pub always_quoted: bool,
    /// Where it is defined, for instance `RFC 6350, 5.6`.
    pub sections: &'static [&'static str],
    defined: [Defined; 3],
}

impl ParameterRow {
    const fn in_quotes(self) -> Self {
        ParameterRow {
            always_quoted: true,
            ..self
        }
    }

    /// Whether this version has it.
    ///
    /// ```
    /// use vcardinal::{Version, registry::{self, Defined}};
    ///
    /// let charset = registry::parameter(b"CHARSET").unwrap();
    /// assert_eq!(charset.defined(Version::V2_1), Defined::Yes);
    /// assert_eq!(charset.defined(Version::V4_0), Defined::No);
    /// ```
    #[must_use]
    pub const fn defined(&self, version: Version) -> Defined {
        let [v2_1, v3_0, v4_0] = self.defined;
        match version {
            Version::V2_1 => v2_1,
            Version::V3_0 => v3_0,
            Version::V4_0 => v4_0,
        }
    }
}

/// Whether a version has a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Defined {
    /// It does.
    Yes,
    /// It does not.
    No,
    /// The name is taken for another representation and never occurs in a card (RFC 7095, 7.1).
    Reserved,
}

/// How two values of a parameter are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Compare {
    /// Without regard to letter case.
    IgnoreCase,
    /// Byte by byte.
    Exactly,
    /// As the URIs they are.
    AsUri,
    /// As the number, time or offset they are.
    ByValue,
}

/// The number of a parameter of the registry.
///
/// ```
/// use vcardinal::registry::{self, ParameterId};
///
/// assert_eq!(registry::parameter(b"pref").map(|row| row.id), Some(ParameterId::PREF));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ParameterId(u8);

impl ParameterId {
    /// The place of its row in the order of their names.
    pub(crate) const fn number(self) -> u8 {
        self.0
    }

    /// Its row.
    ///
    /// ```
    /// assert_eq!(vcardinal::registry::ParameterId::SORT_AS.row().name, "SORT-AS");
    /// ```
    #[must_use]
    #[expect(
        clippy::indexing_slicing,
        reason = "a number is only made together with its row"
    )]
    pub const fn row(self) -> &'static ParameterRow {
        &PARAMETERS[self.0 as usize]
    }

    /// Its name.
    ///
    /// ```
    /// assert_eq!(vcardinal::registry::ParameterId::TYPE.name(), "TYPE");
    /// ```
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.row().name
    }

    /// Whether it may stand on any property of 4.0 that takes parameters its grammar does not name.
    ///
    /// RFC 9554, 4.1 to 4.4 and 4.7.
    ///
    /// ```
    /// assert!(vcardinal::registry::ParameterId::PROP_ID.is_for_any_property());
    /// ```
    #[must_use]
    pub const fn is_for_any_property(self) -> bool {
        matches!(
            self,
            ParameterId::AUTHOR
                | ParameterId::AUTHOR_NAME
                | ParameterId::CREATED
                | ParameterId::DERIVED
                | ParameterId::PROP_ID
        )
    }
}

macro_rules! parameter_ids {
    ($($ident:ident),+) => {
        #[repr(u8)]
        #[derive(Clone, Copy)]
        #[expect(non_camel_case_types, clippy::upper_case_acronyms, reason = "only counts the rows")]
        enum Number { $($ident),+ }

        impl ParameterId {
            $(
                #[doc = concat!("The row of `", stringify!($ident), "` (a hyphen where there is an underscore).")]
                pub const $ident: ParameterId = ParameterId(Number::$ident as u8);
            )+
        }

        const IDENTS: &[&str] = &[$(stringify!($ident)),+];

        /// The parameters as cells of the table of properties.
        #[allow(dead_code, reason = "not every parameter is named by a grammar")]
        pub(super) mod names {
            use super::{Allowed, Condition, ParameterId};

            $(pub(in super::super) const $ident: Allowed = Allowed {
                parameter: ParameterId::$ident,
                condition: Condition::Always,
            };)+
        }
    };
}

impl Allowed {
    pub(super) const fn when(self, condition: Condition) -> Self {
        Allowed { condition, ..self }
    }
}

const fn parameter(
    name: &'static str,
    defined: [Defined; 3],
    many: bool,
    compare: Compare,
    sections: &'static [&'static str],
) -> ParameterRow {
    // The number is set for all rows at once below.
    ParameterRow {
        id: ParameterId(0),
        name,
        many,
        compare,
        always_quoted: false,
        sections,
        defined,
    }
}

#[expect(
    clippy::indexing_slicing,
    reason = "only ever evaluated at compile time"
)]
const fn numbered<const N: usize>(mut rows: [ParameterRow; N]) -> [ParameterRow; N] {
    let mut at = 0;
    while at < N {
        rows[at].id = ParameterId(at as u8);
        at += 1;
    }
    rows
}

#[expect(
    clippy::indexing_slicing,
    reason = "only ever evaluated at compile time"
)]
const NAMES: [&str; PARAMETERS.len()] = {
    let mut names = [""; PARAMETERS.len()];
    let mut at = 0;
    while at < names.len() {
        names[at] = PARAMETERS[at].name;
        at += 1;
    }
    names
};

pub(super) static HASH: Hash<{ NAMES.len() }, 128> = Hash::new(0x442e_3d43_7204_e52d, &NAMES);

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

parameter_ids! {
    ALTID, AUTHOR, AUTHOR_NAME, CALSCALE, CC, CHARSET, CONTEXT, CREATED, DERIVED, ENCODING, GEO, GROUP, INDEX, JSCOMPS, JSPTR, LABEL, LANGUAGE, LEVEL, MEDIATYPE, PHONETIC, PID, PREF, PROP_ID, SCRIPT, SERVICE_TYPE, SORT_AS, TYPE, TZ, USERNAME, VALUE
}

pub(super) static PARAMETERS: [ParameterRow; 30] = numbered([
    parameter(
        "ALTID",
        [No, No, Yes],
        false,
        Compare::Exactly,
        &["RFC 6350, 5.4"],
    ),
    parameter(
        "AUTHOR",
        [No, No, Yes],
        false,
        Compare::AsUri,
        &["RFC 9554, 4.1"],
    ),
    parameter(
        "AUTHOR-NAME",
        [No, No, Yes],
        false,
        Compare::Exactly,
        &["RFC 9554, 4.2"],
    ),
    parameter(
        "CALSCALE",
        [No, No, Yes],
        false,
        Compare::IgnoreCase,
        &["RFC 6350, 5.8"],
    ),
    parameter(
        "CC",
        [No, No, Yes],
        false,
        Compare::IgnoreCase,
        &["RFC 8605, 3.1"],
    ),
    parameter(
        "CHARSET",
        [Yes, No, No],
        false,
        Compare::IgnoreCase,
        &["vCard 2.1, 2.1.6"],
    ),
    parameter(
        "CONTEXT",
        [No, Yes, No],
        false,
        Compare::IgnoreCase,
        &["RFC 2425, 5.8.3"],
    ),
    parameter(
        "CREATED",
        [No, No, Yes],
        false,
        Compare::ByValue,
        &["RFC 9554, 4.3"],
    ),
    parameter(
        "DERIVED",
        [No, No, Yes],
        false,
        Compare::IgnoreCase,
        &["RFC 9554, 4.4"],
    ),
    parameter(
        "ENCODING",
        [Yes, Yes, No],
        false,
        Compare::IgnoreCase,
        &["RFC 2425, 5.8.3", "vCard 2.1, 2.1.5"],
    ),
    parameter(
        "GEO",
        [No, No, Yes],
        false,
        Compare::AsUri,
        &["RFC 6350, 5.10"],
    ),
    parameter(
        "GROUP",
        [No, No, Reserved],
        false,
        Compare::IgnoreCase,
        &["RFC 7095, 7.1"],
    ),
    parameter(
        "INDEX",
        [No, No, Yes],
        false,
        Compare::ByValue,
        &["RFC 6715, 3.1"],
    ),
    parameter(
        "JSCOMPS",
        [No, No, Yes],
        false,
        Compare::Exactly,
        &["RFC 9555, 3.3.1", "RFC 9982, 7.3"],
    )
    .in_quotes(),
    parameter(
        "JSPTR",
        [No, No, Yes],
        false,
        Compare::Exactly,
        &["RFC 9555, 3.3.2"],
    )
    .in_quotes(),
    parameter(
        "LABEL",
        [No, No, Yes],
        false,
        Compare::Exactly,
        &["RFC 6350, 6.3.1", "RFC 9554, 4.5"],
    ),
    parameter(
        "LANGUAGE",
        [Yes, Yes, Yes],
        false,
        Compare::IgnoreCase,
        &["RFC 6350, 5.1", "RFC 2425, 5.8.3", "vCard 2.1, 2.1.7"],
    ),
    parameter(
        "LEVEL",
        [No, No, Yes],
        false,
        Compare::IgnoreCase,
        &["RFC 6715, 3.2"],
    ),
    parameter(
        "MEDIATYPE",
        [No, No, Yes],
        false,
        Compare::IgnoreCase,
        &["RFC 6350, 5.7"],
    ),
    parameter(
        "PHONETIC",
        [No, No, Yes],
        false,
        Compare::IgnoreCase,
        &["RFC 9554, 4.6"],
    ),
    parameter(
        "PID",
        [No, No, Yes],
        true,
        Compare::ByValue,
        &["RFC 6350, 5.5"],
    ),
    parameter(
        "PREF",
        [No, No, Yes],
        false,
        Compare::ByValue,
        &["RFC 6350, 5.3"],
    ),
    parameter(
        "PROP-ID",
        [No, No, Yes],
        false,
        Compare::Exactly,
        &["RFC 9554, 4.7"],
    ),
    parameter(
        "SCRIPT",
        [No, No, Yes],
        false,
        Compare::IgnoreCase,
        &["RFC 9554, 4.8"],
    ),
    parameter(
        "SERVICE-TYPE",
        [No, No, Yes],
        false,
        Compare::IgnoreCase,
        &["RFC 9554, 4.9"],
    ),
    parameter(
        "SORT-AS",
        [No, No, Yes],
        true,
        Compare::Exactly,
        &["RFC 6350, 5.9"],
    ),
    parameter(
        "TYPE",
        [Yes, Yes, Yes],
        true,
        Compare::IgnoreCase,
        &[
            "RFC 6350, 5.6",
            "RFC 2426, 3",
            "RFC 2426, 4",
            "vCard 2.1, 2.9",
        ],
    ),
    parameter(
        "TZ",
        [No, No, Yes],
        false,
        Compare::ByValue,
        &["RFC 6350, 5.11"],
    ),
    parameter(
        "USERNAME",
        [No, No, Yes],
        false,
        Compare::Exactly,
        &["RFC 9554, 4.10"],
    ),
    parameter(
        "VALUE",
        [Yes, Yes, Yes],
        false,
        Compare::IgnoreCase,
        &[
            "RFC 6350, 5.2",
            "RFC 2425, 5.8.3",
            "RFC 2426, 2.3",
            "vCard 2.1, 2.1.8",
        ],
    ),
]);
