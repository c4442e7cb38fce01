//! [`Contact`] -> everything that is wrong with it, each with the path of its field.

use alloc::borrow::Cow;
use alloc::format;
#[cfg(feature = "serde")]
use alloc::string::String;
#[cfg(feature = "serde")]
use alloc::vec;
use alloc::vec::Vec;
use core::fmt;

use super::{Contact, blank, control};
use crate::value::{E164, E164Error};

/// What is wrong with a contact. Never empty.
///
/// ```
/// use vcardinal::contact::{Contact, ProblemKind};
///
/// let error = Contact::default().validate().unwrap_err();
/// assert_eq!(error.problems()[0].kind, ProblemKind::NoIdentifyingField);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContactError {
    problems: Vec<Problem>,
}

impl ContactError {
    /// All that is wrong, in the order of the fields.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    #[cfg(feature = "serde")]
    pub(crate) fn one(path: impl Into<Cow<'static, str>>, kind: ProblemKind) -> Self {
        ContactError {
            problems: vec![Problem {
                path: path.into(),
                kind,
            }],
        }
    }
}

/// One thing that is wrong with a contact, and in which field.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Problem {
    /// The field, for instance `phones[0].value`; `.` for the contact as a whole.
    pub path: Cow<'static, str>,
    /// What is wrong with it.
    pub kind: ProblemKind,
}

/// What can be wrong with a field of a contact.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ProblemKind {
    /// No name, organization, phone or email is there.
    #[error("expected a name, an organization, a phone or an email")]
    NoIdentifyingField,
    /// A phone or an email without its value.
    #[error("expected a value")]
    NoValue,
    /// A control character, a line break among them.
    #[error("{0:?} is a control character")]
    Control(char),
    /// A phone that is not in strict E.164 form.
    #[error(transparent)]
    Phone(E164Error),
    /// An email that is not an address.
    #[cfg(feature = "email")]
    #[error(transparent)]
    Email(crate::value::EmailError),
    /// The text is not JSON.
    #[cfg(feature = "serde")]
    #[error("not JSON: {0}")]
    Syntax(String),
    /// JSON of another type than the field has.
    #[cfg(feature = "serde")]
    #[error("{0}")]
    Shape(String),
    /// A field that contacts do not have. Strict reading only.
    #[cfg(feature = "serde")]
    #[error("unknown field")]
    UnknownField,
}

impl fmt::Display for ContactError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.problems.iter().enumerate() {
            if index > 0 {
                f.write_str("; ")?;
            }
            problem.fmt(f)?;
        }
        Ok(())
    }
}

impl core::error::Error for ContactError {}

/// `phones[0].value: expected a value`
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.path != "." {
            write!(f, "{}: ", self.path)?;
        }
        self.kind.fmt(f)
    }
}

pub(super) fn validate(contact: &Contact) -> Result<(), ContactError> {
    let mut problems = Vec::new();
    if !contact.is_identifying() {
        problems.push(Problem {
            path: Cow::Borrowed("."),
            kind: ProblemKind::NoIdentifyingField,
        });
    }
    let mut push = |path: Cow<'static, str>, kind| problems.push(Problem { path, kind });
    for (path, text) in [
        ("full_name", &contact.full_name),
        ("given_name", &contact.given_name),
        ("family_name", &contact.family_name),
        ("organization", &contact.organization),
    ] {
        if let Some(c) = control_in(text) {
            push(Cow::Borrowed(path), ProblemKind::Control(c));
        }
    }
    for (index, phone) in contact.phones.iter().enumerate() {
        if blank(&phone.value) {
            push(
                format!("phones[{index}].value").into(),
                ProblemKind::NoValue,
            );
        } else if let Err(error) = E164::parse(&phone.value) {
            push(
                format!("phones[{index}].value").into(),
                ProblemKind::Phone(error),
            );
        }
        if let Some(c) = control_in(&phone.label) {
            push(
                format!("phones[{index}].label").into(),
                ProblemKind::Control(c),
            );
        }
    }
    for (index, email) in contact.emails.iter().enumerate() {
        if blank(&email.value) {
            push(
                format!("emails[{index}].value").into(),
                ProblemKind::NoValue,
            );
        } else if let Some(kind) = check_email(&email.value) {
            push(format!("emails[{index}].value").into(), kind);
        }
        if let Some(c) = control_in(&email.label) {
            push(
                format!("emails[{index}].label").into(),
                ProblemKind::Control(c),
            );
        }
    }
    match problems.is_empty() {
        true => Ok(()),
        false => Err(ContactError { problems }),
    }
}

/// The first control character of a field that is not blank.
fn control_in(text: &Option<alloc::string::String>) -> Option<char> {
    control(text.as_deref().filter(|text| !blank(text))?)
}

#[cfg(feature = "email")]
fn check_email(text: &str) -> Option<ProblemKind> {
    crate::value::Email::parse(text)
        .err()
        .map(ProblemKind::Email)
}

#[cfg(not(feature = "email"))]
fn check_email(text: &str) -> Option<ProblemKind> {
    control(text).map(ProblemKind::Control)
}

crate::error::into_error! { Contact: ContactError }
