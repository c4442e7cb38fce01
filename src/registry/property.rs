//! The row of a property and what its cells mean.

use super::{Elsewhere, ParameterId, PropertyId, ReadAs, ValueType};
use crate::version::Version;

/// One property: what every version says about it.
#[derive(Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PropertyRow {
    /// Its small number.
    pub id: PropertyId,
    /// Its name in the letters the standard, or the producer of an `X-` name, writes.
    pub name: &'static str,
    /// Whether the value is one, a list, or made of components.
    pub shape: Shape,
    /// Where it is defined, the standard that holds today first, for instance `RFC 6350, 6.2.1`;
    /// empty for `X-` names.
    pub sections: &'static [&'static str],
    /// For an `X-` name, what a standard has for it; `None` for names of the standards.
    pub stands_for: Option<StandsFor>,
    /// What reads a value of it, where the value has the default type or another of its own.
    pub(super) read_as: ReadAs,
    /// What reads a value without VALUE in each version: worked out for all rows at compile time, since
    /// typed access asks for it with every value.
    pub(super) without_value: [ReadAs; 3],
    pub(super) columns: [Option<Column>; 3],
}

impl PropertyRow {
    /// What one version says; `None` when it does not have the property.
    ///
    /// ```
    /// use vcardinal::{Version, registry};
    ///
    /// let kind = registry::property(b"KIND").unwrap();
    /// assert!(kind.column(Version::V3_0).is_none());
    /// ```
    #[must_use]
    pub const fn column(&self, version: Version) -> Option<&Column> {
        let [v2_1, v3_0, v4_0] = &self.columns;
        match version {
            Version::V2_1 => v2_1.as_ref(),
            Version::V3_0 => v3_0.as_ref(),
            Version::V4_0 => v4_0.as_ref(),
        }
    }

    /// The components of a structured value in this version, those of RFC 9554 included in 4.0;
    /// empty for other values.
    ///
    /// ```
    /// use vcardinal::{Version, registry};
    ///
    /// let n = registry::property(b"N").unwrap();
    /// assert_eq!(n.components(Version::V4_0).len(), 7);
    /// assert_eq!(n.components(Version::V3_0).len(), 5);
    /// assert!(n.components(Version::V3_0)[0].list && !n.components(Version::V2_1)[0].list);
    /// ```
    #[must_use]
    pub fn components(&self, version: Version) -> &'static [Component] {
        self.shape.components(version)
    }

    /// The form of the property's values: for an `X-` name, of what it stands for.
    ///
    /// ```
    /// use vcardinal::registry::{PropertyId, ReadAs};
    ///
    /// assert_eq!(PropertyId::N.row().form(), ReadAs::Name);
    /// assert_eq!(PropertyId::X_ANNIVERSARY.row().form(), ReadAs::DateOrText);
    /// ```
    #[must_use]
    pub const fn form(&self) -> ReadAs {
        match self.stands_for {
            None => self.read_as,
            Some(StandsFor::Property(id)) => id.row().read_as,
            Some(StandsFor::Related(_)) => ReadAs::UriOrText,
            Some(StandsFor::Impp(_)) => ReadAs::Uri,
            Some(StandsFor::Parameter(..) | StandsFor::Label | StandsFor::Private) => ReadAs::Text,
        }
    }

    /// What reads a value of this type on this property: its own form, or else what reads the type
    /// on any property.
    ///
    /// ```
    /// use vcardinal::registry::{PropertyId, ReadAs, ValueType};
    ///
    /// let bday = PropertyId::BDAY.row();
    /// assert_eq!(bday.read_as(ValueType::DateAndOrTime), ReadAs::DateOrText);
    /// assert_eq!(bday.read_as(ValueType::Integer), ReadAs::Integers);
    /// ```
    #[must_use]
    #[inline]
    pub const fn read_as(&self, value_type: ValueType) -> ReadAs {
        // An X- name with a VALUE is what that says, and nothing else.
        if self.stands_for.is_none() && self.read_as.takes(value_type) {
            self.read_as
        } else {
            ReadAs::of_type(value_type)
        }
    }

    /// As [`read_as`](Self::read_as), of a value of the default type.
    #[inline]
    pub(crate) const fn read_without_value_as(&self, version: Version) -> ReadAs {
        let [v2_1, v3_0, v4_0] = self.without_value;
        match version {
            Version::V2_1 => v2_1,
            Version::V3_0 => v3_0,
            Version::V4_0 => v4_0,
        }
    }

    /// Whether values are pictures, sounds or keys: PHOTO, LOGO, SOUND and KEY, and what stands for
    /// them. Before 4.0 their TYPE names a format, and the data may stand inline.
    ///
    /// ```
    /// use vcardinal::registry::PropertyId;
    ///
    /// assert!(PropertyId::KEY.row().is_media() && !PropertyId::URL.row().is_media());
    /// ```
    #[must_use]
    pub const fn is_media(&self) -> bool {
        matches!(self.form(), ReadAs::Media | ReadAs::Key)
    }

    /// How many components a structured value has: those of all versions, and those with the ones
    /// of RFC 9554; nothing for other values.
    pub(crate) const fn component_counts(&self) -> (usize, usize) {
        let (Shape::Components(all)
        | Shape::ComponentsRepeatingLast(all)
        | Shape::ComponentsBefore4_0(all)) = self.shape
        else {
            return (0, 0);
        };
        let mut old = 0;
        let mut rest = all;
        while let [first, others @ ..] = rest
            && !first.rfc9554
        {
            old += 1;
            rest = others;
        }
        (old, all.len())
    }

    /// The type of a value without a VALUE parameter; where the version does not have the
    /// property, that of the latest one that has it.
    ///
    /// ```
    /// use vcardinal::{Version, registry::{PropertyId, ValueType}};
    ///
    /// let kind = PropertyId::KIND.row();
    /// assert_eq!(kind.default_type(Version::V3_0), ValueType::Text);
    /// ```
    #[must_use]
    pub const fn default_type(&self, version: Version) -> ValueType {
        let [v2_1, v3_0, v4_0] = &self.columns;
        match (self.column(version), v4_0, v3_0, v2_1) {
            (Some(column), ..)
            | (None, Some(column), ..)
            | (None, None, Some(column), _)
            | (None, None, None, Some(column)) => column.default_type(),
            (None, None, None, None) => ValueType::Text,
        }
    }

    /// Whether a value may have this type in any version; one of an `X-` name may have each.
    #[must_use]
    pub fn ever_permits_type(&self, value_type: ValueType) -> bool {
        let mut columns = self.columns.iter().flatten();
        self.stands_for.is_some() || columns.any(|column| column.permits_type(value_type))
    }

    pub(super) const fn reads(self, read_as: ReadAs) -> Self {
        PropertyRow { read_as, ..self }
    }

    pub(super) const fn in_2_1(
        self,
        occurrence: Occurrence,
        types: &'static [ValueType],
        parameters: &'static [Allowed],
        any: AnyParameter,
    ) -> Self {
        let [_, v3_0, v4_0] = self.columns;
        let column = Column {
            occurrence,
            types,
            parameters,
            any,
        };
        PropertyRow {
            columns: [Some(column), v3_0, v4_0],
            ..self
        }
    }

    pub(super) const fn in_3_0(
        self,
        occurrence: Occurrence,
        types: &'static [ValueType],
        parameters: &'static [Allowed],
        any: AnyParameter,
    ) -> Self {
        let [v2_1, _, v4_0] = self.columns;
        let column = Column {
            occurrence,
            types,
            parameters,
            any,
        };
        PropertyRow {
            columns: [v2_1, Some(column), v4_0],
            ..self
        }
    }

    pub(super) const fn in_4_0(
        self,
        occurrence: Occurrence,
        types: &'static [ValueType],
        parameters: &'static [Allowed],
        any: AnyParameter,
    ) -> Self {
        let [v2_1, v3_0, _] = self.columns;
        let column = Column {
            occurrence,
            types,
            parameters,
            any,
        };
        PropertyRow {
            columns: [v2_1, v3_0, Some(column)],
            ..self
        }
    }
}

/// What one version says about a property.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Column {
    /// How often it occurs in a card. Properties with one ALTID count as one (RFC 6350, 5.4).
    pub occurrence: Occurrence,
    /// The value types it may have, the default first.
    pub types: &'static [ValueType],
    /// The parameters its grammar names.
    pub parameters: &'static [Allowed],
    /// Which parameters it takes beyond those.
    pub any: AnyParameter,
}

impl Column {
    /// The type of a value without a VALUE parameter.
    ///
    /// ```
    /// use vcardinal::{Version, registry::{self, ValueType}};
    ///
    /// let uid = registry::property(b"UID").unwrap();
    /// assert_eq!(uid.column(Version::V3_0).unwrap().default_type(), ValueType::Text);
    /// assert_eq!(uid.column(Version::V4_0).unwrap().default_type(), ValueType::Uri);
    /// ```
    #[must_use]
    pub const fn default_type(&self) -> ValueType {
        match self.types {
            [default, ..] => *default,
            [] => ValueType::Text,
        }
    }

    /// Whether a card has to have it.
    pub(crate) const fn is_required(&self) -> bool {
        matches!(
            self.occurrence,
            Occurrence::ExactlyOne | Occurrence::OneOrMore
        )
    }

    /// Whether a card has it once at most.
    pub(crate) const fn is_once(&self) -> bool {
        matches!(
            self.occurrence,
            Occurrence::ExactlyOne | Occurrence::AtMostOne
        )
    }

    /// Whether the property has to have some parameter.
    pub(crate) const fn needs_parameter(&self) -> bool {
        let mut allowed = self.parameters;
        while let [first, rest @ ..] = allowed {
            if matches!(
                first.condition,
                Condition::Required | Condition::RequiredIfText
            ) {
                return true;
            }
            allowed = rest;
        }
        false
    }

    /// Whether a value may have this type.
    ///
    /// ```
    /// use vcardinal::{Version, registry::{self, ValueType}};
    ///
    /// let tel = registry::property(b"TEL").unwrap();
    /// assert!(tel.column(Version::V4_0).unwrap().permits_type(ValueType::Uri));
    /// assert!(!tel.column(Version::V3_0).unwrap().permits_type(ValueType::Uri));
    /// ```
    #[must_use]
    pub fn permits_type(&self, value_type: ValueType) -> bool {
        self.types.contains(&value_type)
    }

    /// Whether the grammar of the property names this parameter.
    pub(crate) fn names(&self, parameter: ParameterId) -> bool {
        let mut named = self.parameters.iter();
        named.any(|allowed| allowed.parameter == parameter)
    }

    /// Whether the property takes this parameter, and on which condition.
    ///
    /// ```
    /// use vcardinal::{Version, registry::{self, Condition, ParameterId, Permit}};
    ///
    /// let tel = registry::property(b"TEL").unwrap().column(Version::V4_0).unwrap();
    /// assert_eq!(tel.permit(ParameterId::PREF), Permit::If(Condition::Always));
    /// assert_eq!(tel.permit(ParameterId::MEDIATYPE), Permit::If(Condition::IfUri));
    /// assert_eq!(tel.permit(ParameterId::AUTHOR), Permit::If(Condition::Always));
    /// assert_eq!(tel.permit(ParameterId::SORT_AS), Permit::Meaningless);
    /// let url = registry::property(b"URL").unwrap().column(Version::V3_0).unwrap();
    /// assert_eq!(url.permit(ParameterId::TYPE), Permit::No);
    /// ```
    #[must_use]
    pub fn permit(&self, parameter: ParameterId) -> Permit {
        let named = self
            .parameters
            .iter()
            .find(|allowed| allowed.parameter == parameter);
        match named {
            Some(allowed) => Permit::If(allowed.condition),
            None if self.any != AnyParameter::Yes => Permit::No,
            None => match parameter.row().elsewhere {
                Elsewhere::Meant => Permit::If(Condition::Always),
                Elsewhere::MeantOnText => Permit::If(Condition::IfText),
                Elsewhere::MeantWhereRepeated | Elsewhere::OnlyWhereRepeated if !self.is_once() => {
                    Permit::If(Condition::Always)
                }
                Elsewhere::OnlyWhereRepeated => Permit::If(Condition::Forbidden),
                Elsewhere::MeantWhereRepeated | Elsewhere::Meaningless => Permit::Meaningless,
            },
        }
    }
}

/// How often a property occurs in one card. RFC 6350, 3.3 and 6.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Occurrence {
    /// `1`: it must be there, once.
    ExactlyOne,
    /// `*1`: it may be there, once.
    AtMostOne,
    /// `1*`: it must be there, and may be there several times.
    OneOrMore,
    /// `*`: it may be there any number of times, or not at all.
    Any,
}

impl Occurrence {
    /// The notation of RFC 6350, 6: `1`, `*1`, `1*` or `*`.
    ///
    /// ```
    /// assert_eq!(vcardinal::registry::Occurrence::OneOrMore.as_str(), "1*");
    /// ```
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Occurrence::ExactlyOne => "1",
            Occurrence::AtMostOne => "*1",
            Occurrence::OneOrMore => "1*",
            Occurrence::Any => "*",
        }
    }

    /// Whether a card may have this many of it.
    ///
    /// ```
    /// use vcardinal::registry::Occurrence;
    ///
    /// assert!(Occurrence::AtMostOne.permits(0));
    /// assert!(!Occurrence::AtMostOne.permits(2));
    /// ```
    #[must_use]
    pub const fn permits(self, count: usize) -> bool {
        match self {
            Occurrence::ExactlyOne => count == 1,
            Occurrence::AtMostOne => count <= 1,
            Occurrence::OneOrMore => count >= 1,
            Occurrence::Any => true,
        }
    }
}

/// A parameter a property takes, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Allowed {
    /// The parameter.
    pub parameter: ParameterId,
    /// When it is allowed.
    pub condition: Condition,
}

impl Allowed {
    /// Whether it has to be there on a value of this type, where that is known.
    pub(crate) fn is_needed(&self, value_type: Option<ValueType>) -> bool {
        match self.condition {
            Condition::Required => true,
            Condition::RequiredIfText => value_type == Some(ValueType::Text),
            _ => false,
        }
    }
}

/// When a property takes a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Condition {
    /// On any value.
    Always,
    /// On a text value only, as LANGUAGE on BDAY (RFC 6350, 6.2.5).
    IfText,
    /// On a URI value only, as MEDIATYPE on TEL (RFC 6350, 6.4.1).
    IfUri,
    /// On a value with a date, as CALSCALE on BDAY (RFC 6350, 6.2.5).
    IfDate,
    /// TYPE names an image format (RFC 2426, 3.1.4).
    ImageFormat,
    /// TYPE names an audio format (RFC 2426, 3.6.6).
    AudioFormat,
    /// TYPE names a kind of key (RFC 2426, 3.7.2).
    KeyFormat,
    /// TYPE with the one value `pref` (RFC 2739, 2.3, erratum 7914).
    PrefOnly,
    /// It has to be there, as JSPTR on JSPROP (RFC 9555, 3.2.1).
    Required,
    /// It has to be there on a text value, as SERVICE-TYPE on SOCIALPROFILE (RFC 9554, 3.5).
    RequiredIfText,
    /// It must not be there, as PID on CLIENTPIDMAP (RFC 6350, 6.7.7) and TYPE on UID (5.6).
    Forbidden,
}

/// Which parameters a property takes beyond the ones its grammar names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum AnyParameter {
    /// None.
    No,
    /// Those whose names begin with `X-` (RFC 2426, 4).
    Extension,
    /// Any: `any-param` of RFC 6350, 3.3.
    Yes,
}

/// The answer of [`Column::permit`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Permit {
    /// Yes, on this condition, which may be [`Condition::Forbidden`].
    If(Condition),
    /// By the grammar, through `any-param`; but it means nothing there.
    Meaningless,
    /// No.
    No,
}

impl Permit {
    /// Whether the property may have the parameter and it means something there, on some condition.
    ///
    /// ```
    /// use vcardinal::Version;
    /// use vcardinal::registry::{ParameterId, PropertyId};
    ///
    /// let telephone = PropertyId::TEL.row().column(Version::V4_0).unwrap();
    /// assert!(telephone.permit(ParameterId::PREF).is_permitted());
    /// assert!(!telephone.permit(ParameterId::SORT_AS).is_permitted());
    /// ```
    #[must_use]
    pub fn is_permitted(self) -> bool {
        matches!(self, Permit::If(condition) if condition != Condition::Forbidden)
    }
}

/// Whether the value of a property is one, a list, or made of components.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Shape {
    /// One value.
    Single,
    /// Values between commas.
    List,
    /// Components between semicolons.
    Components(&'static [Component]),
    /// Components, of which the last may come any number of times: ORG.
    ComponentsRepeatingLast(&'static [Component]),
    /// Components in 2.1 and 3.0, one value in 4.0: GEO.
    ComponentsBefore4_0(&'static [Component]),
}

impl Shape {
    fn components(self, version: Version) -> &'static [Component] {
        let all = match self {
            Shape::Single | Shape::List => &[],
            Shape::Components(all) | Shape::ComponentsRepeatingLast(all) => all,
            Shape::ComponentsBefore4_0(all) if version < Version::V4_0 => all,
            Shape::ComponentsBefore4_0(_) => &[],
        };
        match version {
            Version::V4_0 => all,
            Version::V3_0 => all
                .split_at_checked(before_rfc_9554(all))
                .map_or(all, |parts| parts.0),
            Version::V2_1 if all == NAME => NAME_2_1,
            Version::V2_1 if all == ADDRESS => ADDRESS_2_1,
            Version::V2_1 => all,
        }
    }
}

fn before_rfc_9554(components: &[Component]) -> usize {
    components
        .iter()
        .take_while(|component| !component.rfc9554)
        .count()
}

/// One component of a structured value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Component {
    /// A short name of ours for it.
    pub name: &'static str,
    /// Whether it is a list between commas.
    pub list: bool,
    /// Whether RFC 9554 added it.
    pub rfc9554: bool,
}

const fn list(name: &'static str) -> Component {
    Component {
        name,
        list: true,
        rfc9554: false,
    }
}

const fn added(name: &'static str) -> Component {
    Component {
        name,
        list: true,
        rfc9554: true,
    }
}

const fn one(name: &'static str) -> Component {
    Component {
        name,
        list: false,
        rfc9554: false,
    }
}

pub(super) const NAME: &[Component] = &[
    list("family"),
    list("given"),
    list("additional"),
    list("prefixes"),
    list("suffixes"),
    added("secondary-surname"),
    added("generation"),
];

pub(super) const NAME_2_1: &[Component] = &[
    one("family"),
    one("given"),
    one("additional"),
    one("prefixes"),
    one("suffixes"),
];

pub(super) const ADDRESS: &[Component] = &[
    list("pobox"),
    list("extended"),
    list("street"),
    list("locality"),
    list("region"),
    list("code"),
    list("country"),
    added("room"),
    added("apartment"),
    added("floor"),
    added("streetnumber"),
    added("streetname"),
    added("building"),
    added("block"),
    added("subdistrict"),
    added("district"),
    added("landmark"),
    added("direction"),
];

pub(super) const ADDRESS_2_1: &[Component] = &[
    one("pobox"),
    one("extended"),
    one("street"),
    one("locality"),
    one("region"),
    one("code"),
    one("country"),
];

pub(super) const ORGANIZATION: &[Component] = &[one("name"), one("unit")];
pub(super) const GENDER: &[Component] = &[one("sex"), one("identity")];
pub(super) const CLIENT_PID_MAP: &[Component] = &[one("source-id"), one("uri")];
pub(super) const GEO: &[Component] = &[one("latitude"), one("longitude")];

/// What an `X-` name stands for: where its content belongs in a 4.0 card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum StandsFor {
    /// The content of this property.
    Property(PropertyId),
    /// A parameter of this property: X-ABADR is the CC of the ADR in its group.
    Parameter(PropertyId, ParameterId),
    /// RELATED with this TYPE and a name as text.
    Related(&'static str),
    /// IMPP with a URI of this scheme.
    Impp(&'static str),
    /// The label of the other properties in its group.
    Label,
    /// Nothing: it makes sense to its producer only.
    Private,
}
