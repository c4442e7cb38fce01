//! Rules about booleans, numbers and positions.

use crate::validate::rule::{
    Rule,
    Severity::{Error, Warning},
};
use crate::value::{Reason, ValueError};

pub(in crate::validate) static RULES: &[&Rule] = &[
    &BOOLEAN_INVALID,
    &INTEGER_INVALID,
    &FLOAT_INVALID,
    &GEO_INVALID,
];

pub(in crate::validate) static BOOLEAN_INVALID: Rule = Rule::new(
    "boolean-invalid",
    [Some(Warning), Some(Error), Some(Error)],
    &["RFC 6350, 4.4", "RFC 2425, 5.8.4"],
    "A boolean is true or false.",
    "In any letter case.",
);

pub(in crate::validate) static INTEGER_INVALID: Rule = Rule::new(
    "integer-invalid",
    [Some(Warning), Some(Error), Some(Error)],
    &["RFC 6350, 4.5", "RFC 2425, 5.8.4"],
    "An integer is decimal digits, with a sign or without, and has 64 bits.",
    "Readers have no room for more.",
);

pub(in crate::validate) static FLOAT_INVALID: Rule = Rule::new(
    "float-invalid",
    [Some(Warning), Some(Error), Some(Error)],
    &["RFC 6350, 4.6", "RFC 2425, 5.8.4"],
    "A number with a point has digits on both sides of it.",
    "There is no exponent.",
);

pub(in crate::validate) static GEO_INVALID: Rule = Rule::new(
    "geo-invalid",
    [Some(Warning), Some(Error), Some(Error)],
    &[
        "RFC 6350, 6.5.2",
        "RFC 6350, 5.10",
        "RFC 5870, 3.3",
        "RFC 5870, 3.4.2",
        "RFC 2426, 3.4.2",
        "vCard 2.1, 2.4.6",
        "RFC 6350, 5",
    ],
    "A position is a geo: URI in 4.0, and two numbers before.",
    "geo:37.386,-122.083 in 4.0, 37.386;-122.083 in 3.0. Latitude comes first, from -90 to 90.",
);

/// The section of RFC 5870 that a geo: URI breaks: its grammar, or what its numbers mean.
pub(in crate::validate) fn section(error: &ValueError) -> &'static str {
    let of_range = match error.reason {
        Reason::OutOfRange { .. } => true,
        Reason::Expected(expected) => expected.contains(" between "),
        _ => false,
    };
    match of_range {
        true => "RFC 5870, 3.4.2",
        false => "RFC 5870, 3.3",
    }
}
