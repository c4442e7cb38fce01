//! Elements of components, parameters and values. RFC 6351, 5 and appendix A.

use crate::registry::{ParameterId, PropertyId};

/// The namespace of xCard.
pub(super) const CARDS: &str = "urn:ietf:params:xml:ns:vcard-4.0";

/// The namespace of the components that RFC 9554 added to N and ADR, which RFC 6351 has no elements for.
/// Their names are those of the RFC, in lower case.
pub const NAMESPACE: &str = "https://docs.rs/vcardinal/xcard/components";

/// How deep the elements of a document may lie in each other. A property needs six; the content of XML
/// properties may have more.
///
/// ```
/// use vcardinal::xcard::{ErrorKind, MAX_DEPTH, Reader};
///
/// let xml = format!(
///     "<vcards xmlns=\"urn:ietf:params:xml:ns:vcard-4.0\"><vcard>{}",
///     "<a xmlns=\"b\">".repeat(MAX_DEPTH)
/// );
/// let error = Reader::new(xml.as_bytes()).next().unwrap().unwrap_err();
/// assert!(matches!(error.kind(), ErrorKind::Limit { max: MAX_DEPTH, .. }));
/// ```
pub const MAX_DEPTH: usize = 64;

/// The elements of the components of a property. RFC 6351, appendix A (section 6.2.2 and others there).
pub(super) const STRUCTURES: [(PropertyId, &[&str]); 4] = [
    (
        PropertyId::N,
        &["surname", "given", "additional", "prefix", "suffix"],
    ),
    (
        PropertyId::ADR,
        &[
            "pobox", "ext", "street", "locality", "region", "code", "country",
        ],
    ),
    (PropertyId::GENDER, &["sex", "identity"]),
    (PropertyId::CLIENTPIDMAP, &["sourceid", "uri"]),
];

/// The elements of the components of a property, where it has some of its own.
pub(super) fn structure(id: PropertyId) -> Option<&'static [&'static str]> {
    let found = STRUCTURES.iter().find(|(own, _)| *own == id);
    found.map(|(_, names)| *names)
}

/// The element of the values of a parameter.
pub(super) fn of_parameter(id: Option<ParameterId>, value: &str) -> &'static str {
    match id {
        Some(ParameterId::LANGUAGE) => "language-tag",
        Some(ParameterId::PREF | ParameterId::INDEX) if is_integer(value) => "integer",
        Some(ParameterId::GEO | ParameterId::AUTHOR) => "uri",
        Some(ParameterId::TZ) if value.contains(':') => "uri",
        Some(ParameterId::CREATED) => "timestamp",
        Some(_) => "text",
        None => "unknown",
    }
}

/// Where the schema has a parameter among those of a property; behind them all what the schema does not have.
/// RFC 6351, 5.2 and appendix A.
pub(super) fn place(property: Option<PropertyId>, parameter: Option<ParameterId>) -> u8 {
    match parameter {
        Some(ParameterId::LANGUAGE) => 0,
        Some(ParameterId::SORT_AS) if property == Some(PropertyId::N) => 1,
        Some(ParameterId::ALTID) => 2,
        Some(ParameterId::PID) => 3,
        Some(ParameterId::PREF) => 4,
        Some(ParameterId::TYPE) => 5,
        Some(ParameterId::MEDIATYPE) => 6,
        Some(ParameterId::CALSCALE) => 7,
        Some(ParameterId::GEO) => 8,
        Some(ParameterId::TZ) => 9,
        Some(ParameterId::LABEL) => 10,
        Some(ParameterId::SORT_AS) => 11,
        _ => 12,
    }
}

fn is_integer(value: &str) -> bool {
    !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a name of a card can be one of an element. Namespaces in XML 1.0, 3.
pub(super) fn is_of_element(name: &str) -> bool {
    name.bytes()
        .next()
        .is_some_and(|first| first.is_ascii_alphabetic())
}

/// What XML 1.0 cannot hold. XML 1.0, 2.2.
pub(super) fn is_not_xml(letter: char) -> bool {
    matches!(letter, '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}')
}
