//! Rules about how often a property occurs.

use alloc::borrow::Cow;
use alloc::format;
use alloc::vec::Vec;

use super::values::uris::URI_SCHEME;
use crate::registry::{Column, ParameterId, PropertyId, PropertyRow};
use crate::syntax::byte_class::trim;
use crate::validate::findings::Findings;
use crate::validate::fix::{Change, Fix};
use crate::validate::looks_at::{LooksAt, PropertySet};
use crate::validate::octets::begins_with;
use crate::validate::placed_line::{LineParameter, PlacedLine, find};
use crate::validate::profile::Profile;
use crate::validate::rule::{
    Rule,
    Severity::{Error, Warning},
};
use crate::version::Version;

pub(in crate::validate) static RULES: &[&Rule] = &[
    &FN_MISSING,
    &FN_EMPTY,
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
    "A card has an FN.",
    "It is what address books show. Servers refuse a card without it.",
);

pub(in crate::validate) static FN_EMPTY: Rule = Rule::new(
    "fn-empty",
    [Some(Warning), Some(Warning), Some(Warning)],
    &["RFC 6350, 6.2.1", "RFC 2426, 3.1.1", "vCard 2.1, 2.2.1"],
    "There is something in an FN.",
    "An empty one is grammatical: it is how a card without a name is written where an FN must be there. \
     Address books show nothing for such a card, or its number.",
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
    /// Whether servers are asked, which take some properties once whatever the version says.
    servers: bool,
    has_fn: bool,
    has_n: bool,
    has_uid: bool,
    /// The first CONTACT-URI, how many there are, and whether one has PREF.
    contact_uri: Option<PlacedLine<'a>>,
    contact_uris: usize,
    contact_uri_pref: bool,
    contact_uri_of_mail_or_web: bool,
}

fn is_filled(value: &[u8]) -> bool {
    value.iter().any(|byte| *byte > b' ')
}

/// Whether sabre/dav refuses a card that has the property twice: it counts by RFC 6350, in 3.0 too
/// and without regard to ALTID, and FN among them.
fn is_once_on_servers(row: &PropertyRow) -> bool {
    let of_rfc_6350 = || {
        let mut sections = row.sections.iter();
        sections.any(|section| section.starts_with("RFC 6350,"))
    };
    let once = || row.column(Version::V4_0).is_some_and(Column::is_once);
    row.id == PropertyId::FN || (row.stands_for.is_none() && of_rfc_6350() && once())
}

impl<'a> Occurrences<'a> {
    pub fn new(profile: Profile) -> Self {
        Occurrences {
            servers: profile == Profile::CardDav,
            ..Occurrences::default()
        }
    }

    /// Notes a property with nothing wrong in it. Whether that is all there is to say: one that may
    /// occur once and is there again has to be looked at.
    pub fn note_clean(&mut self, row: &PropertyRow, column: &Column, value: &[u8]) -> bool {
        match row.id {
            PropertyId::FN => {
                self.has_fn = true;
                let is_counted = self.servers || column.is_once();
                return is_filled(value) && (!is_counted || self.once.insert(row.id));
            }
            PropertyId::VERSION => return true,
            _ => {}
        }
        if column.is_once() && !self.once.insert(row.id) {
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
                if !is_filled(line.content.raw_value()) {
                    fn_empty(findings, line);
                }
            }
            PropertyId::N => self.has_n = true,
            PropertyId::UID => self.has_uid |= is_filled(line.content.raw_value()),
            PropertyId::VERSION => return,
            PropertyId::CONTACT_URI => {
                self.contact_uris += 1;
                self.contact_uri.get_or_insert(*line);
                self.contact_uri_pref |= find(parameters, ParameterId::PREF).is_some();
                let value = line.content.value();
                self.contact_uri_of_mail_or_web |= ["mailto:", "http:", "https:"]
                    .iter()
                    .any(|scheme| begins_with(trim(&value), scheme));
            }
            _ => {}
        }
        let once = row.column(findings.standard).is_some_and(Column::is_once)
            || (self.servers && is_once_on_servers(row));
        if once && !self.once.insert(row.id) {
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
        let refused = self.servers && is_once_on_servers(row);
        if !self.repeated.iter().any(|first| first.id == row.id) {
            self.repeated.extend(FirstOf::find(line, row.id));
        }
        let Some(first) = self.repeated.iter().find(|first| first.id == row.id) else {
            return;
        };
        let altid = find(parameters, ParameterId::ALTID).map(LineParameter::value);
        if altid.is_some() && altid == first.altid && !refused {
            return;
        }
        let of_altid = !refused
            && findings.standard == Version::V4_0
            && (altid.is_some() || first.altid.is_some());
        let message = match of_altid {
            true => format!(
                "{} again, and not with the same ALTID; expected it once, or one ALTID",
                row.name
            ),
            false => format!("{} again; expected it once", row.name),
        };
        let same = first.content == line.without_ending();
        let section = match of_altid {
            true => Some("RFC 6350, 5.4"),
            false => line.section(findings.standard),
        };
        let rule = &PROPERTY_REPEATED;
        let span = line.first_line();
        match self.servers && !refused {
            true => findings.add_citing_as(Warning, section, rule, line, span, message),
            false => findings.add_citing(section, rule, line, span, message),
        }
        if same {
            findings.fix(|| Some(Fix::new("remove the repetition", line, Change::Remove)));
        }
    }

    /// What can only be told at the end of the card. `begin` is its first line.
    pub fn finish(
        &self,
        findings: &mut Findings,
        begin: &PlacedLine<'_>,
        declared: Option<Version>,
    ) {
        self.contact_uri_pref_missing(findings);
        self.contact_uri_scheme(findings);
        // A card that does not say its version may be of 4.0, which needs no N, or of 2.1, which needs no FN.
        let named = findings.profile.version().or(declared).is_some();
        if named || self.servers || !self.has_n {
            self.fn_missing(findings, begin);
        }
        if named {
            self.n_missing(findings, begin);
        }
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

    /// RFC 8605, 2.1 wants one of mail or the web among those of a card.
    fn contact_uri_scheme(&self, findings: &mut Findings) {
        let others = !self.contact_uri_of_mail_or_web;
        if let Some(line) = self.contact_uri.filter(|_| others) {
            findings.next_line();
            findings.add_citing(
                line.section(findings.standard),
                &URI_SCHEME,
                &line,
                line.span_of_value(),
                "no CONTACT-URI is one of mail or the web; expected one with mailto:, http: or https:",
            );
        }
    }

    fn fn_missing(&self, findings: &mut Findings, begin: &PlacedLine<'_>) {
        if !self.has_fn {
            findings.next_line();
            findings.add(&FN_MISSING, begin, begin.first_line(), "the card has no FN");
        }
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

fn fn_empty(findings: &mut Findings, line: &PlacedLine<'_>) {
    findings.add(
        &FN_EMPTY,
        line,
        line.name_to_value(),
        "FN has nothing in it; expected the name to show",
    );
}
