//! Rules about texts with a grammar of their own, and about values that are one of a list.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::value_text::ValueText;
use crate::registry::{self, PropertyId};
use crate::syntax::byte_class::{is_token, is_x_name};
use crate::syntax::escape;
use crate::validate::findings::{Findings, shown};
use crate::validate::looks_at::LooksAt;
use crate::validate::rule::{
    Rule,
    Severity::{Error, Info, Warning},
};
use crate::value::xml;

pub(in crate::validate) static RULES: &[&Rule] = &[
    &GENDER_INVALID,
    &KIND_INVALID,
    &CLIENT_PID_MAP_INVALID,
    &LANGUAGE_TAG_INVALID,
    &VALUE_NOT_REGISTERED,
    &XML_INVALID,
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
    &[
        "RFC 9554, 3.2",
        "RFC 2426, 2.1.3",
        "RFC 2426, 3.7.1",
        "RFC 6350, 6.1.4",
    ],
    "The value of CLASS, PROFILE, GRAMGENDER and KIND is one of a list.",
    "Readers cannot know what another means. They take a KIND that they do not know for individual, which \
     is an info.",
);

pub(in crate::validate) static XML_NAMESPACE: Rule = Rule::new(
    "xml-namespace",
    [None, None, Some(Error)],
    &["RFC 6350, 6.1.5"],
    "The element of an XML property has a namespace, which is not that of vCard.",
    "Write it into the tag of the element itself, as <a xmlns=\"http://example.com/\">. What vCard \
     has, has a property of its own.",
);

pub(in crate::validate) static XML_INVALID: Rule = Rule::new(
    "xml-invalid",
    [None, None, Some(Error)],
    &["RFC 6350, 6.1.5"],
    "The value of XML is one whole element of XML.",
    "With nothing before or after it: its tags match, its attributes stand in quotes and are there \
     once, and an & begins a reference. A reader that puts it into a document fails otherwise.",
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
        PropertyId::CLASS | PropertyId::PROFILE | PropertyId::GRAMGENDER | PropertyId::KIND
    ) || registry::is_registered(id, None, standard, value.text)
        || (id != PropertyId::PROFILE && is_x_name(value.text.as_bytes()))
        // Of a KIND that is not a word at all, another rule says so.
        || (id == PropertyId::KIND && !is_token(value.text.as_bytes()))
    {
        return false;
    }
    let message = format!(
        "\"{}\" is not a value of {}; expected {}",
        shown(value.text.as_bytes()),
        id.name(),
        registry::registered_values(id, None, standard)
            .collect::<Vec<_>>()
            .join(", ")
    );
    let section = value.line.section(standard);
    let (rule, line, whole) = (&VALUE_NOT_REGISTERED, value.line, value.whole());
    // Readers take another kind for an individual (RFC 6350, 6.1.4).
    match id {
        PropertyId::KIND => findings.add_citing_as(Info, section, rule, line, whole, message),
        _ => findings.add_citing(section, rule, line, whole, message),
    }
    true
}

pub(in crate::validate) fn xml(findings: &mut Findings, value: &ValueText<'_, '_>) {
    let text = escape::unescape(value.text, findings.standard);
    let Err(fault) = xml::check(&text) else {
        return;
    };
    let (rule, message) = match fault {
        xml::Fault::Structure(what) => {
            (&XML_INVALID, format!("{what}; expected one whole element"))
        }
        xml::Fault::NoNamespace => (
            &XML_NAMESPACE,
            String::from("the element has no namespace; expected one, as <a xmlns=\"…\">"),
        ),
        xml::Fault::OfCards => (
            &XML_NAMESPACE,
            String::from("the element is in the namespace of vCard; expected another"),
        ),
    };
    let section = value.line.section(findings.standard);
    findings.add_citing(section, rule, value.line, value.whole(), message);
}
