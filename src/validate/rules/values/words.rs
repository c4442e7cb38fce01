//! Rules about texts with a grammar of their own, and about values that are one of a list.

use alloc::format;
use alloc::vec::Vec;

use super::value_text::ValueText;
use crate::registry::{self, PropertyId};
use crate::syntax::escape;
use crate::validate::diagnostic::{
    Rule,
    Severity::{Error, Info, Warning},
};
use crate::validate::findings::{Findings, shown};
use crate::validate::looks_at::LooksAt;

pub(in crate::validate) static RULES: &[&Rule] = &[
    &GENDER_INVALID,
    &KIND_INVALID,
    &CLIENT_PID_MAP_INVALID,
    &LANGUAGE_TAG_INVALID,
    &VALUE_NOT_REGISTERED,
    &XML_NAMESPACE,
];

pub(in crate::validate) const LOOKS_AT: LooksAt = LooksAt::properties(&[
    PropertyId::CLASS,
    PropertyId::PROFILE,
    PropertyId::GRAMGENDER,
    PropertyId::XML,
]);

pub(in crate::validate) static GENDER_INVALID: Rule = Rule::new(
    "gender-invalid",
    [None, None, Some(Error)],
    &["RFC 6350, 6.2.7"],
    "GENDER is M, F, O, N, U or nothing, and a text after a semicolon.",
    "Words go into the second component: GENDER:;femme.",
);

pub(in crate::validate) static KIND_INVALID: Rule = Rule::new(
    "kind-invalid",
    [None, None, Some(Error)],
    &["RFC 6350, 6.1.4"],
    "KIND is one word.",
    "individual, group, org or location, another registered one, or a private one with X-.",
);

pub(in crate::validate) static CLIENT_PID_MAP_INVALID: Rule = Rule::new(
    "client-pid-map-invalid",
    [None, None, Some(Error)],
    &["RFC 6350, 6.7.7"],
    "CLIENTPIDMAP is a number from 1 and a URI, with a semicolon between them.",
    "The number is the second one of the PID parameters; the URI names the program that gave them.",
);

pub(in crate::validate) static LANGUAGE_TAG_INVALID: Rule = Rule::new(
    "language-tag-invalid",
    [Some(Warning), Some(Warning), Some(Error)],
    &[
        "RFC 6350, 4.8",
        "RFC 6350, 5.1",
        "RFC 2425, 5.8.3",
        "vCard 2.1, 2.1.7",
    ],
    "A language is one language tag of RFC 5646.",
    "Parts are separated by hyphens: en-US, not en_US.",
);

pub(in crate::validate) static VALUE_NOT_REGISTERED: Rule = Rule::new(
    "value-not-registered",
    [Some(Info), Some(Warning), Some(Warning)],
    &["RFC 9554, 3.2", "RFC 2426, 2.1.3", "RFC 2426, 3.7.1"],
    "The value of CLASS, PROFILE and GRAMGENDER is one of a list.",
    "Readers cannot know what another means.",
);

pub(in crate::validate) static XML_NAMESPACE: Rule = Rule::new(
    "xml-namespace",
    [None, None, Some(Error)],
    &["RFC 6350, 6.1.5"],
    "XML begins with the tag of an element, with a namespace that is not that of vCard.",
    "What vCard has, has a property of its own. Whether the element is whole, and the only one, is \
     for a reader of XML to say.",
);

/// Whether a value is not one of those that the property has.
pub(in crate::validate) fn value_not_registered(
    findings: &mut Findings,
    value: &ValueText<'_, '_>,
    id: PropertyId,
) -> bool {
    let standard = findings.standard;
    if !matches!(
        id,
        PropertyId::CLASS | PropertyId::PROFILE | PropertyId::GRAMGENDER
    ) || registry::is_registered(id, None, standard, value.text)
        || registry::is_private(value.text.as_bytes())
    {
        return false;
    }
    let message = format!(
        "\"{}\" is none of the values of {}; expected {}",
        shown(value.text.as_bytes()),
        id.name(),
        registry::registered_values(id, None, standard)
            .collect::<Vec<_>>()
            .join(", ")
    );
    let section = value.line.section(standard);
    findings.add_citing(
        section,
        &VALUE_NOT_REGISTERED,
        value.line,
        value.whole(),
        message,
    );
    true
}

pub(in crate::validate) fn xml_namespace(findings: &mut Findings, value: &ValueText<'_, '_>) {
    let xml = escape::unescape(value.text, findings.standard);
    let start = xml.trim_start();
    let tag = start.split('>').next().unwrap_or_default();
    let message = if !start.starts_with('<') || !tag.contains("xmlns") {
        "no element with its namespace; expected one, as <a xmlns=\"…\">"
    } else if tag.contains("urn:ietf:params:xml:ns:vcard-4.0") {
        "the element is in the namespace of vCard; expected another"
    } else {
        return;
    };
    let section = value.line.section(findings.standard);
    findings.add_citing(section, &XML_NAMESPACE, value.line, value.whole(), message);
}
