//! Rules about how often a property occurs.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::diagnostic::{
    Rule,
    Severity::{Error, Warning},
};
use super::findings::{Findings, LineAt, Param};
use super::fix::{Change, Fix};
use crate::registry::{Column, Occurrence, ParameterId, PropertyId, PropertyRow};

pub(super) static FN_MISSING: Rule = Rule::new(
    "fn-missing",
    [None, Some(Error), Some(Error)],
    &[
        "RFC 6350, 6.2.1",
        "RFC 6350, 3.3",
        "RFC 2426, 1",
        "RFC 2426, 3.1.1",
    ],
    "A card has an FN, and something in it.",
    "It is what address books show. Servers refuse a card without it.",
);

pub(super) static N_MISSING: Rule = Rule::new(
    "n-missing",
    [Some(Warning), Some(Error), None],
    &["RFC 2426, 1", "RFC 2426, 3.1.2", "vCard 2.1, 2.2.2"],
    "A card of 2.1 or 3.0 has an N.",
    "Readers of these versions sort by it. 4.0 can do without; the address books of Apple cannot.",
);

pub(super) static UID_MISSING: Rule = Rule::of_profile(
    "uid-missing",
    Error,
    &["RFC 6352, 5.1"],
    "A card on a CardDAV server has a UID, and something in it.",
    "The server finds out by it whether a card is new. Checked under the profile carddav only.",
);

pub(super) static PROPERTY_REPEATED: Rule = Rule::new(
    "property-repeated",
    [Some(Warning), Some(Warning), Some(Error)],
    &["RFC 6350, 3.3", "RFC 6350, 5.4", "RFC 2426, 4"],
    "A property that occurs once is there once; those with one ALTID count as one.",
    "Readers take the first or the last, and drop the rest when they write. 3.0 and 2.1 do not count \
     their properties: there it is a warning about those that can only have one meaning.",
);

pub(super) static CONTACT_URI_PREF_MISSING: Rule = Rule::new(
    "contact-uri-pref-missing",
    [None, None, Some(Warning)],
    &["RFC 8605, 2.1"],
    "Where there are several CONTACT-URI, one has PREF.",
    "Without it nobody knows which to use first. Nothing is lost.",
);

/// The first of a property that may occur once and is there again.
struct Limited<'a> {
    id: PropertyId,
    raw: &'a [u8],
    altid: Option<Cow<'a, str>>,
}

/// What was seen so far of a card.
#[derive(Default)]
pub(super) struct Seen<'a> {
    /// Which properties that may occur once are there, a bit each.
    once: [u64; 4],
    /// Filled when one of them comes again; as many as the tables have at most.
    limited: Vec<Limited<'a>>,
    filled_fn: bool,
    has_fn: bool,
    has_n: bool,
    has_uid: bool,
    /// The first CONTACT-URI, how many there are, and whether one has PREF.
    contact_uri: Option<LineAt<'a>>,
    contact_uris: usize,
    contact_uri_pref: bool,
}

/// Whether a column has the property once at most.
fn is_once(column: &Column) -> bool {
    matches!(
        column.occurrence,
        Occurrence::AtMostOne | Occurrence::ExactlyOne
    )
}

fn is_filled(value: &[u8]) -> bool {
    value.iter().any(|byte| *byte > b' ')
}

/// The first property of this id in the card, which is looked for once at most.
fn first_of<'a>(at: &LineAt<'a>, id: PropertyId) -> Option<Limited<'a>> {
    let first = at
        .property
        .card()
        .properties()
        .find(|property| property.name().len() == id.name().len() && property.is(id.name()))?;
    let line = first.line();
    let content = line.raw().len().saturating_sub(line.flags().ending());
    let altid = first.parameters().find(|parameter| {
        parameter
            .name_bytes()
            .is_some_and(|name| name.eq_ignore_ascii_case(b"ALTID"))
    });
    Some(Limited {
        id,
        raw: line.raw().get(..content).unwrap_or_default(),
        altid: altid.map(|parameter| parameter.value()),
    })
}

impl<'a> Seen<'a> {
    /// Notes a property of one line with nothing wrong in it. Whether that is all there is to say:
    /// one that may occur once and is there again has to be looked at.
    pub fn note_plain(&mut self, row: &PropertyRow, column: &Column, value: &[u8]) -> bool {
        match row.id {
            PropertyId::FN => {
                self.has_fn = true;
                self.filled_fn |= is_filled(value);
                return true;
            }
            PropertyId::VERSION => return true,
            PropertyId::CONTACT_URI => return false,
            _ => {}
        }
        if is_once(column) && !self.is_first(row.id) {
            return false;
        }
        self.has_n |= row.id == PropertyId::N;
        self.has_uid |= row.id == PropertyId::UID && is_filled(value);
        true
    }

    /// Whether a property that may occur once is there for the first time; false from then on.
    fn is_first(&mut self, id: PropertyId) -> bool {
        let bit = 1 << (id.number() % 64);
        let Some(word) = self.once.get_mut(usize::from(id.number() / 64)) else {
            return true;
        };
        let first = *word & bit == 0;
        *word |= bit;
        first
    }

    pub fn note(&mut self, findings: &mut Findings, at: &LineAt<'a>, params: &[Param<'a>]) {
        let Some(row) = at.row else { return };
        match row.id {
            PropertyId::FN => {
                self.has_fn = true;
                self.filled_fn |= is_filled(at.line.raw_value());
                return;
            }
            PropertyId::N => self.has_n = true,
            PropertyId::UID => self.has_uid |= is_filled(at.line.raw_value()),
            PropertyId::VERSION => return,
            PropertyId::CONTACT_URI => {
                self.contact_uris += 1;
                self.contact_uri.get_or_insert(*at);
                self.contact_uri_pref |= params
                    .iter()
                    .any(|param| param.id == Some(ParameterId::PREF));
            }
            _ => {}
        }
        let again = row
            .column(findings.standard)
            .is_some_and(|column| is_once(column) && !self.is_first(row.id));
        if !again {
            return;
        }
        if !self.limited.iter().any(|seen| seen.id == row.id) {
            self.limited.extend(first_of(at, row.id));
        }
        let altid = params
            .iter()
            .find(|param| param.id == Some(ParameterId::ALTID))
            .map(|param| param.value());
        let Some(first) = self.limited.iter().find(|seen| seen.id == row.id) else {
            return;
        };
        if altid.is_some() && altid == first.altid {
            return;
        }
        let message = match altid.is_some() || first.altid.is_some() {
            true => format!(
                "{} again, and not with the same ALTID; expected it once, or one ALTID",
                row.name
            ),
            false => format!("{} again; expected it once", row.name),
        };
        let same = first.raw == at.content();
        findings.add_in(
            at.section(findings.standard),
            &PROPERTY_REPEATED,
            at,
            at.first_line(),
            message,
        );
        if same {
            findings.fix(|| {
                Some(Fix::new(
                    "remove the repetition",
                    at.entry(),
                    Change::Remove,
                ))
            });
        }
    }

    /// What is not there at the end of the card. `begin` is its first line.
    pub fn missing(&self, findings: &mut Findings, begin: &LineAt<'_>) {
        if let Some(at) = self
            .contact_uri
            .filter(|_| self.contact_uris > 1 && !self.contact_uri_pref)
        {
            findings.next_line();
            findings.add(
                &CONTACT_URI_PREF_MISSING,
                &at,
                at.first_line(),
                "several CONTACT-URI, and none has PREF; expected PREF=1 on the one to use first",
            );
        }
        let mut add = |rule, message: String| {
            findings.next_line();
            findings.add(rule, begin, begin.first_line(), message);
        };
        if !self.has_fn {
            add(&FN_MISSING, String::from("the card has no FN"));
        } else if !self.filled_fn {
            add(
                &FN_MISSING,
                String::from("the card has no FN with anything in it"),
            );
        }
        if !self.has_n {
            add(&N_MISSING, String::from("the card has no N"));
        }
        if !self.has_uid {
            add(
                &UID_MISSING,
                String::from("the card has no UID with anything in it"),
            );
        }
    }
}
