//! The table of parameters.

use super::hash::{Hash, is_before, is_constant_of};
use super::parameter_id::{IDENTS, ParameterId};
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
    /// What it says something about, so that it goes with that.
    pub belongs_to: BelongsTo,
    /// Whether its value is free text or a URI, which may have a semicolon in it and then stands in
    /// quotes. Where the quotes were forgotten, what follows the semicolon looks like a parameter.
    pub is_free_text: bool,
    /// Whether its value has the escapes of text: of parameters, LABEL alone. RFC 6350, 6.3.1.
    pub has_escapes: bool,
    /// What it says on a property of 4.0 whose grammar does not name it, and takes others.
    pub elsewhere: Elsewhere,
    /// Where it is defined, for instance `RFC 6350, 5.6`.
    pub sections: &'static [&'static str],
    defined: [Defined; 3],
}

/// What a parameter says on a property of 4.0 whose grammar does not name it, but takes it as one of
/// any name (`any-param`, RFC 6350, 3.3). What a standard forbids for a single property is a cell of
/// that property, [`Condition::Forbidden`](super::Condition::Forbidden).
///
/// ```
/// use vcardinal::registry::{Elsewhere, ParameterId};
///
/// assert_eq!(ParameterId::VALUE.row().elsewhere, Elsewhere::Meant);
/// assert_eq!(ParameterId::SORT_AS.row().elsewhere, Elsewhere::Meaningless);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Elsewhere {
    /// The same as anywhere: VALUE (RFC 6350, 5.2), ALTID (5.4), TYPE on properties of other
    /// documents (5.6), those of RFC 9554, 4.1 to 4.4 and 4.7.
    Meant,
    /// The same, where the value is a text: LANGUAGE (RFC 6350, 5.1).
    MeantOnText,
    /// The same, where the property may be there several times, and nothing on others: PREF
    /// (RFC 6350, 5.3).
    MeantWhereRepeated,
    /// The same, where the property may be there several times; on others it must not stand: PID
    /// (RFC 6350, 5.5).
    OnlyWhereRepeated,
    /// Nothing: it is about properties that have it in their grammar.
    Meaningless,
}

impl ParameterRow {
    const fn of(self, belongs_to: BelongsTo) -> Self {
        ParameterRow { belongs_to, ..self }
    }

    const fn elsewhere(self, elsewhere: Elsewhere) -> Self {
        ParameterRow { elsewhere, ..self }
    }

    const fn free_text(self) -> Self {
        ParameterRow {
            is_free_text: true,
            ..self
        }
    }

    const fn with_escapes(self) -> Self {
        ParameterRow {
            has_escapes: true,
            ..self
        }
    }

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
#[non_exhaustive]
pub enum Defined {
    /// It does.
    Yes,
    /// It does not.
    No,
    /// The name is taken for another representation and never occurs in a card (RFC 7095, 7.1).
    Reserved,
}

/// What a parameter says something about: when the value of a property becomes another, what
/// described the old one goes with it.
///
/// ```
/// use vcardinal::registry::{BelongsTo, ParameterId};
///
/// // The label of an old address is not that of the new one.
/// assert_eq!(ParameterId::LABEL.row().belongs_to, BelongsTo::Value);
/// assert_eq!(ParameterId::PREF.row().belongs_to, BelongsTo::Entry);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum BelongsTo {
    /// The value: how it is encoded, which type it has, how it is sorted, where it is.
    Value,
    /// The value, and as much another that takes the parameter: LANGUAGE stays where a text becomes
    /// another text, and goes where it becomes a date; USERNAME stays with URIs.
    SuchValues,
    /// The property, whatever its value is: AUTHOR, LEVEL, SERVICE-TYPE, names that nobody knows.
    Property,
    /// The place of the property among others: TYPE, PREF, PID, ALTID. (The words of TYPE that name
    /// a media type before 4.0 belong to the value.)
    Entry,
}

/// How two values of a parameter are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
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

impl ParameterId {
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
        &PARAMETERS[self.number() as usize]
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
    /// RFC 6350, 5.2 and 5.4, and RFC 9554, 4.1 to 4.4 and 4.7.
    ///
    /// ```
    /// assert!(vcardinal::registry::ParameterId::PROP_ID.is_for_any_property());
    /// ```
    #[must_use]
    pub const fn is_for_any_property(self) -> bool {
        matches!(self.row().elsewhere, Elsewhere::Meant)
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
        id: ParameterId::FIRST,
        name,
        many,
        compare,
        always_quoted: false,
        belongs_to: BelongsTo::Property,
        is_free_text: false,
        has_escapes: false,
        elsewhere: Elsewhere::Meaningless,
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
        rows[at].id = ParameterId::of_number(at as u8);
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

pub(super) static PARAMETERS: [ParameterRow; 30] = numbered([
    parameter(
        "ALTID",
        [No, No, Yes],
        false,
        Compare::Exactly,
        &["RFC 6350, 5.4"],
    )
    .elsewhere(Elsewhere::Meant)
    .of(BelongsTo::Entry)
    .free_text(),
    parameter(
        "AUTHOR",
        [No, No, Yes],
        false,
        Compare::AsUri,
        &["RFC 9554, 4.1"],
    )
    .elsewhere(Elsewhere::Meant)
    .free_text(),
    parameter(
        "AUTHOR-NAME",
        [No, No, Yes],
        false,
        Compare::Exactly,
        &["RFC 9554, 4.2"],
    )
    .elsewhere(Elsewhere::Meant)
    .free_text(),
    parameter(
        "CALSCALE",
        [No, No, Yes],
        false,
        Compare::IgnoreCase,
        &["RFC 6350, 5.8"],
    )
    .of(BelongsTo::Value),
    parameter(
        "CC",
        [No, No, Yes],
        false,
        Compare::IgnoreCase,
        &["RFC 8605, 3.1"],
    )
    .of(BelongsTo::Value),
    parameter(
        "CHARSET",
        [Yes, No, No],
        false,
        Compare::IgnoreCase,
        &["vCard 2.1, 2.1.6"],
    )
    .of(BelongsTo::Value),
    parameter(
        "CONTEXT",
        [No, Yes, No],
        false,
        Compare::IgnoreCase,
        &["RFC 2425, 5.8.3"],
    )
    .free_text(),
    parameter(
        "CREATED",
        [No, No, Yes],
        false,
        Compare::ByValue,
        &["RFC 9554, 4.3"],
    )
    .elsewhere(Elsewhere::Meant),
    parameter(
        "DERIVED",
        [No, No, Yes],
        false,
        Compare::IgnoreCase,
        &["RFC 9554, 4.4"],
    )
    .elsewhere(Elsewhere::Meant)
    .of(BelongsTo::Value),
    parameter(
        "ENCODING",
        [Yes, Yes, No],
        false,
        Compare::IgnoreCase,
        &["RFC 2425, 5.8.3", "vCard 2.1, 2.1.5"],
    )
    .of(BelongsTo::Value),
    parameter(
        "GEO",
        [No, No, Yes],
        false,
        Compare::AsUri,
        &["RFC 6350, 5.10"],
    )
    .of(BelongsTo::Value)
    .free_text(),
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
    )
    .of(BelongsTo::Entry),
    parameter(
        "JSCOMPS",
        [No, No, Yes],
        false,
        Compare::Exactly,
        &["RFC 9555, 3.3.1", "RFC 9982, 7.3"],
    )
    .of(BelongsTo::Value)
    .free_text()
    .in_quotes(),
    parameter(
        "JSPTR",
        [No, No, Yes],
        false,
        Compare::Exactly,
        &["RFC 9555, 3.3.2"],
    )
    .free_text(),
    parameter(
        "LABEL",
        [No, No, Yes],
        false,
        Compare::Exactly,
        &["RFC 6350, 6.3.1", "RFC 9554, 4.5"],
    )
    .of(BelongsTo::Value)
    .free_text()
    .with_escapes(),
    parameter(
        "LANGUAGE",
        [Yes, Yes, Yes],
        false,
        Compare::IgnoreCase,
        &["RFC 6350, 5.1", "RFC 2425, 5.8.3", "vCard 2.1, 2.1.7"],
    )
    .elsewhere(Elsewhere::MeantOnText)
    .of(BelongsTo::SuchValues),
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
    )
    .of(BelongsTo::Value)
    .free_text(),
    parameter(
        "PHONETIC",
        [No, No, Yes],
        false,
        Compare::IgnoreCase,
        &["RFC 9554, 4.6"],
    )
    .of(BelongsTo::Value),
    parameter(
        "PID",
        [No, No, Yes],
        true,
        Compare::ByValue,
        &["RFC 6350, 5.5"],
    )
    .elsewhere(Elsewhere::OnlyWhereRepeated)
    .of(BelongsTo::Entry),
    parameter(
        "PREF",
        [No, No, Yes],
        false,
        Compare::ByValue,
        &["RFC 6350, 5.3"],
    )
    .elsewhere(Elsewhere::MeantWhereRepeated)
    .of(BelongsTo::Entry),
    parameter(
        "PROP-ID",
        [No, No, Yes],
        false,
        Compare::Exactly,
        &["RFC 9554, 4.7"],
    )
    .elsewhere(Elsewhere::Meant)
    .of(BelongsTo::Entry),
    parameter(
        "SCRIPT",
        [No, No, Yes],
        false,
        Compare::IgnoreCase,
        &["RFC 9554, 4.8"],
    )
    .of(BelongsTo::Value),
    parameter(
        "SERVICE-TYPE",
        [No, No, Yes],
        false,
        Compare::IgnoreCase,
        &["RFC 9554, 4.9"],
    )
    .free_text(),
    parameter(
        "SORT-AS",
        [No, No, Yes],
        true,
        Compare::Exactly,
        &["RFC 6350, 5.9"],
    )
    .of(BelongsTo::Value)
    .free_text(),
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
    )
    .elsewhere(Elsewhere::Meant)
    .of(BelongsTo::Entry),
    parameter(
        "TZ",
        [No, No, Yes],
        false,
        Compare::ByValue,
        &["RFC 6350, 5.11"],
    )
    .of(BelongsTo::Value)
    .free_text(),
    parameter(
        "USERNAME",
        [No, No, Yes],
        false,
        Compare::Exactly,
        &["RFC 9554, 4.10"],
    )
    .of(BelongsTo::SuchValues)
    .free_text(),
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
    )
    .elsewhere(Elsewhere::Meant)
    .of(BelongsTo::Value),
]);
