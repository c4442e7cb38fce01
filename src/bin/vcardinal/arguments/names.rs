//! Names that can be typed: each can be completed, and one that is not known gets the nearest that is.

use std::ffi::OsStr;

use clap::builder::{PossibleValue, TypedValueParser};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Command, Error};
use vcardinal::registry;
use vcardinal::validate::{self, Severity};
use vcardinal::value::phone::Region;

/// What a list of findings is about: one rule, or all findings of a severity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Findings {
    Rule(&'static str),
    Severity(Severity),
}

const SEVERITIES: [(&str, Severity); 3] = [
    ("errors", Severity::Error),
    ("warnings", Severity::Warning),
    ("infos", Severity::Info),
];

impl Findings {
    pub fn holds(self, rule: &str, severity: Severity) -> bool {
        match self {
            Findings::Rule(id) => id == rule,
            Findings::Severity(of) => of == severity,
        }
    }

    /// `errors` and `error` are one.
    pub fn named(name: &str) -> Option<Findings> {
        let severity = SEVERITIES.iter().find(|(plural, _)| {
            name.eq_ignore_ascii_case(plural)
                || plural
                    .strip_suffix('s')
                    .is_some_and(|one| name.eq_ignore_ascii_case(one))
        });
        match severity {
            Some((_, severity)) => Some(Findings::Severity(*severity)),
            None => validate::rule(&name.to_ascii_lowercase()).map(|rule| Findings::Rule(rule.id)),
        }
    }
}

pub fn rules() -> impl Iterator<Item = &'static str> {
    validate::rules().iter().map(|rule| rule.id)
}

/// Rules and properties.
pub fn facts() -> impl Iterator<Item = &'static str> {
    rules().chain(registry::properties().iter().map(|row| row.name))
}

/// The country that somebody may have meant by a code that no country has.
pub fn nearest_country(code: &str) -> Option<&'static str> {
    // What people write, and the standard has under another code.
    const OTHERS: [(&str, &str); 3] = [("UK", "GB"), ("EL", "GR"), ("EN", "GB")];
    let by = |(other, _): &&(&str, &str)| code.eq_ignore_ascii_case(other);
    let alpha_3 = |code: &str| {
        // Most codes of three letters begin with that of two.
        let two = code.get(..2).filter(|_| code.len() == 3)?;
        two.parse::<Region>().ok().map(Region::as_str)
    };
    match OTHERS.iter().find(by) {
        Some((_, country)) => Some(country),
        None => alpha_3(code),
    }
}

/// One of the known names, as what it means.
#[derive(Clone)]
pub struct Known<T> {
    read: fn(&str) -> Option<T>,
    names: fn() -> Vec<&'static str>,
    nearest: fn(&str) -> Option<&'static str>,
    /// Where all names can be seen.
    list: &'static str,
}

/// A rule, or a severity for all findings that have it.
pub fn findings() -> Known<Findings> {
    fn names() -> Vec<&'static str> {
        rules()
            .chain(SEVERITIES.iter().map(|(name, _)| *name))
            .collect()
    }
    Known {
        read: Findings::named,
        names,
        nearest: |name| registry::nearest(name, names()),
        list: "`vcardinal explain --list` prints all rules",
    }
}

/// A country, by its code of two letters.
pub fn country() -> Known<Region> {
    Known {
        read: |name| name.parse().ok(),
        names: || Region::all().map(Region::as_str).collect(),
        nearest: nearest_country,
        list: "expected the code of a country in ISO 3166-1, such as US",
    }
}

/// A rule or a property, as it was typed: [`crate::explain`] finds it, and says it if there is none.
pub fn fact() -> Known<String> {
    Known {
        read: |name| Some(String::from(name)),
        names: || facts().collect(),
        nearest: |_| None,
        list: "",
    }
}

impl<T: Clone + Send + Sync + 'static> TypedValueParser for Known<T> {
    type Value = T;

    fn parse_ref(
        &self,
        command: &Command,
        argument: Option<&Arg>,
        value: &OsStr,
    ) -> Result<T, Error> {
        let value = value.to_string_lossy();
        if let Some(known) = (self.read)(&value) {
            return Ok(known);
        }
        let mut error = Error::new(ErrorKind::InvalidValue).with_cmd(command);
        if let Some(argument) = argument {
            let argument = ContextValue::String(argument.to_string());
            error.insert(ContextKind::InvalidArg, argument);
        }
        match (self.nearest)(&value) {
            Some(nearest) => error.insert(
                ContextKind::SuggestedValue,
                ContextValue::String(String::from(nearest)),
            ),
            None => error.insert(
                ContextKind::Suggested,
                ContextValue::StyledStrs(vec![self.list.into()]),
            ),
        };
        error.insert(
            ContextKind::InvalidValue,
            ContextValue::String(value.into_owned()),
        );
        Err(error)
    }

    /// For completions. Help does not list them.
    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new((self.names)().into_iter().map(PossibleValue::new)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_what_was_meant() {
        for (typed, meant) in [
            ("version-lates", Some("version-late")),
            ("VERSION-LATE", Some("version-late")),
            ("line-to-long", Some("line-too-long")),
            ("telephone", None),
            ("x", None),
            ("TELL", Some("TEL")),
            ("org ", Some("ORG")),
        ] {
            assert_eq!(registry::nearest(typed, facts()), meant, "{typed}");
        }
        for (typed, meant) in [
            ("uk", Some("GB")),
            ("USA", Some("US")),
            ("Q", None),
            ("QQQ", None),
        ] {
            assert_eq!(nearest_country(typed), meant, "{typed}");
        }
    }

    #[test]
    fn ok_severities_in_both_numbers() {
        for (name, severity) in SEVERITIES {
            let one = name.strip_suffix('s').unwrap();
            for name in [name, one] {
                assert_eq!(Findings::named(name), Some(Findings::Severity(severity)));
            }
        }
        assert_eq!(
            Findings::named("Version-Late"),
            Some(Findings::Rule("version-late"))
        );
        assert_eq!(Findings::named("late"), None);
    }
}
