//! Rules about how often a property occurs.

use alloc::borrow::Cow;
use alloc::format;
use alloc::vec::Vec;

use crate::registry::{Column, Occurrence, ParameterId, PropertyId, PropertyRow};
use crate::validate::diagnostic::{
    Rule,
    Severity::{Error, Warning},
};
use crate::validate::findings::Findings;
use crate::validate::fix::{Change, Fix};
use crate::validate::looks_at::{LooksAt, PropertySet};
use crate::validate::placed_line::{LineParameter, PlacedLine, find};

pub(in crate::validate) static RULES: &[&Rule] = &[
    &FN_MISSING,
    &N_MISSING,
    &UID_MISSING,
    &PROPERTY_REPEATED,
    &CONTACT_URI_PREF_MISSING,
];

pub(in crate::validate) const LOOKS_AT: LooksAt = LooksAt::properties(&[PropertyId::CONTACT_URI]);

pub(in crate::validate) static FN_MISSING: Rule = Rule::new(
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

pub(in crate::validate) static N_MISSING: Rule = Rule::new(
    "n-missing",
    [Some(Warning), Some(Error), None],
    &["RFC 2426, 1", "RFC 2426, 3.1.2", "vCard 2.1, 2.2.2"],
    "A card of 2.1 or 3.0 has an N.",
    "Readers of these versions sort by it. 4.0 can do without; the address books of Apple cannot.",
);

pub(in crate::validate) static UID_MISSING: Rule = Rule::for_profiles(
    "uid-missing",
    Error,
    &["RFC 6352, 5.1"],
    "A card on a CardDAV server has a UID, and something in it.",
    "The server finds out by it whether a card is new. Checked under the profile carddav only.",
);

pub(in crate::validate) static PROPERTY_REPEATED: Rule = Rule::new(
    "property-repeated",
    [Some(Warning), Some(Warning), Some(Error)],
    &["RFC 6350, 3.3", "RFC 6350, 5.4", "RFC 2426, 4"],
    "A property that occurs once is there once; those with one ALTID count as one.",
    "Readers take the first or the last, and drop the rest when they write. 3.0 and 2.1 do not count \
     their properties: there it is a warning about those that can only have one meaning.",
);

pub(in crate::validate) static CONTACT_URI_PREF_MISSING: Rule = Rule::new(
    "contact-uri-pref-missing",
    [None, None, Some(Warning)],
    &["RFC 8605, 2.1"],
    "Where there are several CONTACT-URI, one has PREF.",
    "Without it nobody knows which to use first. Nothing is lost.",
);

/// The first of a property that may occur once and is there again.
struct FirstOf<'a> {
    id: PropertyId,
    content: &'a [u8],
    altid: Option<Cow<'a, str>>,
}

impl<'a> FirstOf<'a> {
    /// Looked for in the card, once at most.
    fn find(line: &PlacedLine<'a>, id: PropertyId) -> Option<Self> {
        let first =
            line.property.card().properties().find(|property| {
                property.name().len() == id.name().len() && property.is(id.name())
            })?;
        let altid = first.parameters().find(|parameter| {
            parameter
                .name_bytes()
                .is_some_and(|name| name.eq_ignore_ascii_case(b"ALTID"))
        });
        Some(FirstOf {
            id,
            content: PlacedLine::new(first, line.start).without_ending(),
            altid: altid.map(|parameter| parameter.value()),
        })
    }
}

/// Which properties a card has, up to the current line, where their number matters.
#[derive(Default)]
pub(in crate::validate) struct Occurrences<'a> {
    /// Which properties that may occur once are there.
    once: PropertySet,
    /// Filled when one of them comes again; as many as the tables have at most.
    repeated: Vec<FirstOf<'a>>,
    filled_fn: bool,
    has_fn: bool,
    has_n: bool,
    has_uid: bool,
    /// The first CONTACT-URI, how many there are, and whether one has PREF.
    contact_uri: Option<PlacedLine<'a>>,
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

impl<'a> Occurrences<'a> {
    /// Notes a property with nothing wrong in it. Whether that is all there is to say: one that may
    /// occur once and is there again has to be looked at.
    pub fn note_clean(&mut self, row: &PropertyRow, column: &Column, value: &[u8]) -> bool {
        match row.id {
            PropertyId::FN => {
                self.has_fn = true;
                self.filled_fn |= is_filled(value);
                return true;
            }
            PropertyId::VERSION => return true,
            _ => {}
        }
        if is_once(column) && !self.once.insert(row.id) {
            return false;
        }
        self.has_n |= row.id == PropertyId::N;
        self.has_uid |= row.id == PropertyId::UID && is_filled(value);
        true
    }

    pub fn note(
        &mut self,
        findings: &mut Findings,
        line: &PlacedLine<'a>,
        parameters: &[LineParameter<'a>],
    ) {
        let Some(row) = line.row else { return };
        match row.id {
            PropertyId::FN => {
                self.has_fn = true;
                self.filled_fn |= is_filled(line.content.raw_value());
                return;
            }
            PropertyId::N => self.has_n = true,
            PropertyId::UID => self.has_uid |= is_filled(line.content.raw_value()),
            PropertyId::VERSION => return,
            PropertyId::CONTACT_URI => {
                self.contact_uris += 1;
                self.contact_uri.get_or_insert(*line);
                self.contact_uri_pref |= find(parameters, ParameterId::PREF).is_some();
            }
            _ => {}
        }
        let again = row
            .column(findings.standard)
            .is_some_and(|column| is_once(column) && !self.once.insert(row.id));
        if again {
            self.property_repeated(findings, line, parameters, row);
        }
    }

    fn property_repeated(
        &mut self,
        findings: &mut Findings,
        line: &PlacedLine<'a>,
        parameters: &[LineParameter<'a>],
        row: &PropertyRow,
    ) {
        if !self.repeated.iter().any(|first| first.id == row.id) {
            self.repeated.extend(FirstOf::find(line, row.id));
        }
        let Some(first) = self.repeated.iter().find(|first| first.id == row.id) else {
            return;
        };
        let altid = find(parameters, ParameterId::ALTID).map(LineParameter::value);
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
        let same = first.content == line.without_ending();
        findings.add_citing(
            line.section(findings.standard),
            &PROPERTY_REPEATED,
            line,
            line.first_line(),
            message,
        );
        if same {
            findings.fix(|| {
                Some(Fix::new(
                    "remove the repetition",
                    line.entry(),
                    Change::Remove,
                ))
            });
        }
    }

    /// What can only be told at the end of the card. `begin` is its first line.
    pub fn finish(&self, findings: &mut Findings, begin: &PlacedLine<'_>) {
        self.contact_uri_pref_missing(findings);
        self.fn_missing(findings, begin);
        self.n_missing(findings, begin);
        self.uid_missing(findings, begin);
    }

    fn contact_uri_pref_missing(&self, findings: &mut Findings) {
        let several = self.contact_uris > 1 && !self.contact_uri_pref;
        if let Some(line) = self.contact_uri.filter(|_| several) {
            findings.next_line();
            findings.add(
                &CONTACT_URI_PREF_MISSING,
                &line,
                line.first_line(),
                "several CONTACT-URI, and none has PREF; expected PREF=1 on the one to use first",
            );
        }
    }

    fn fn_missing(&self, findings: &mut Findings, begin: &PlacedLine<'_>) {
        let message = match (self.has_fn, self.filled_fn) {
            (false, _) => "the card has no FN",
            (true, false) => "the card has no FN with anything in it",
            (true, true) => return,
        };
        findings.next_line();
        findings.add(&FN_MISSING, begin, begin.first_line(), message);
    }

    fn n_missing(&self, findings: &mut Findings, begin: &PlacedLine<'_>) {
        if !self.has_n {
            findings.next_line();
            findings.add(&N_MISSING, begin, begin.first_line(), "the card has no N");
        }
    }

    fn uid_missing(&self, findings: &mut Findings, begin: &PlacedLine<'_>) {
        if !self.has_uid {
            let message = "the card has no UID with anything in it";
            findings.next_line();
            findings.add(&UID_MISSING, begin, begin.first_line(), message);
        }
    }
}
