//! One card, line by line, in one pass: which rules look at which line, and in which order.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::cursor::Cursor;
use super::diagnostic::Diagnostic;
use super::findings::Findings;
use super::glance::Glance;
use super::octets::Octets;
use super::placed_line::{LineParameter, PlacedLine};
use super::profile::Profile;
use super::report::Report;
use super::rules::grammatical_genders::Genders;
use super::rules::jscontact::Pointers;
use super::rules::labels::Labels;
use super::rules::members::Members;
use super::rules::occurrences::Occurrences;
use super::rules::phonetic::Sounds;
use super::rules::pids::Pids;
use super::rules::versions::{self, Versions};
use super::rules::{
    agent, base64, begin_end, characters, charsets, encodings, escapes, groups_and_names,
    jscontact, lines, parameter_grammar, parameter_values, permitted_parameters, profiles,
    properties, quoted_printable, servers, streams, type_words, unreadable, value_types, values,
};
use crate::card::{Card, PropertyRef};
use crate::syntax::ContentLine;
use crate::syntax::flags::Flags;
use crate::version::Version;

/// What is wrong with a card by the rules of a profile.
///
/// A card that was edited is looked at as it would be written. At most
/// [`Limits::findings`](crate::Limits) are listed, by the limits the card was read with; those beyond are
/// one finding of the rule `limit-exceeded`, as severe as the worst of them, that has their number.
///
/// ```
/// use vcardinal::{Card, validate::{Profile, validate}};
///
/// let card = Card::parse("BEGIN:VCARD\r\nFN:Ada Quist\r\nVERSION:4.0\r\nEND:VCARD\r\n")?;
/// let report = validate(&card, Profile::Declared);
/// let findings: Vec<_> = report.iter().map(|finding| finding.to_string()).collect();
/// assert_eq!(
///     findings,
///     ["error[version-late]: VERSION stands on line 3 of the card; 4.0 wants it directly after \
///       BEGIN:VCARD (line 3, column 1; RFC 6350, 6.7.9)"]
/// );
/// # Ok::<(), vcardinal::Error>(())
/// ```
#[must_use]
pub fn validate(card: &Card, profile: Profile) -> Report {
    Report::new(check(card, profile).into_list(), profile)
}

/// Hands out all findings of a card, however many they are: so many at a time as [`validate`] lists, each
/// batch in the order of the bytes.
pub(super) fn validate_in_batches(card: &Card, profile: Profile, mut see: impl FnMut(Report)) {
    let most = card.max_findings().max(1);
    let bytes = card.to_bytes();
    let mut cursor = Cursor::new(card, &bytes);
    let mut pass = Pass::new(card, profile, Octets::of(&bytes), true, true);
    while let Some((property, physical)) = pass.next_not_clean(&mut cursor) {
        pass.line_not_clean(property, &mut cursor, physical);
        if pass.findings.len() >= most {
            see(Report::new(pass.findings.take_lines(), profile));
        }
    }
    see(Report::new(pass.finish(card).into_list(), profile));
}

/// What was found in a card.
pub(super) struct Checked {
    pub findings: Vec<Diagnostic>,
    /// That it has no END, which is another fault when a BEGIN follows.
    pub unclosed: Option<Diagnostic>,
}

impl Checked {
    fn into_list(self) -> Vec<Diagnostic> {
        let mut findings = self.findings;
        if let Some(unclosed) = self.unclosed {
            findings.push(unclosed);
        }
        findings
    }
}

pub(super) fn check(card: &Card, profile: Profile) -> Checked {
    check_lines(card, profile, true, true, card.max_findings())
}

/// A card inside of another, by the version it names or else by that of the outer one; cards inside
/// of it are left out.
fn check_agent(card: &Card, outer: Version) -> Vec<Diagnostic> {
    let profile = match (card.version(), outer) {
        (None, Version::V2_1) => Profile::Vcard21,
        (None, Version::V3_0) => Profile::Rfc2426,
        _ => Profile::Declared,
    };
    check_lines(card, profile, true, false, card.max_findings()).into_list()
}

/// With or without passing over what is clean at a glance, which makes no difference to what is
/// found.
pub(super) fn check_lines(
    card: &Card,
    profile: Profile,
    glances: bool,
    agents: bool,
    most: usize,
) -> Checked {
    let bytes = card.to_bytes();
    let mut cursor = Cursor::new(card, &bytes);
    let mut pass = Pass::new(card, profile, Octets::of(&bytes), glances, agents);
    pass.findings.at_most(most, &streams::LIMIT_EXCEEDED);
    while let Some((property, physical)) = pass.next_not_clean(&mut cursor) {
        pass.line_not_clean(property, &mut cursor, physical);
    }
    pass.finish(card)
}

/// One pass over the lines of a card, and what the rules remember of those that were passed.
struct Pass<'a> {
    findings: Findings,
    octets: Octets,
    /// By which lines that are clean are passed over.
    glance: Option<Glance>,
    /// Whether cards in AGENT are looked at.
    agents: bool,
    versions: Versions,
    occurrences: Occurrences<'a>,
    /// Nothing as long as all lines are clean; in a box, since there is much of it to move otherwise.
    relations: Option<Box<Relations<'a>>>,
    /// Those of the current line.
    parameters: Vec<LineParameter<'a>>,
    begin: Option<PlacedLine<'a>>,
    /// The line before, unless nothing has to be known of it.
    previous: Option<PlacedLine<'a>>,
}

/// What is remembered of lines that name others.
#[derive(Default)]
struct Relations<'a> {
    members: Members<'a>,
    pids: Pids<'a>,
    sounds: Sounds<'a>,
    genders: Genders,
    pointers: Pointers<'a>,
    labels: Labels<'a>,
}

impl<'a> Pass<'a> {
    fn new(card: &'a Card, profile: Profile, octets: Octets, glances: bool, agents: bool) -> Self {
        let standard = versions::standard(card, profile);
        let mut findings = Findings::new(profile, standard);
        findings.repairs = card.effective_version() == standard;
        Pass {
            findings,
            octets,
            glance: glances.then(|| Glance::new(profile, standard, octets)),
            agents,
            versions: Versions::default(),
            occurrences: Occurrences::new(profile),
            relations: None,
            parameters: Vec::new(),
            begin: None,
            previous: None,
        }
    }

    /// Passes over the lines about which no rule has anything to say. The first of the others, and
    /// whether it is clean as far as physical lines go.
    ///
    /// Nearly all lines are passed here, so it asks once what is the same for all of them, and takes
    /// of each only what it looks at.
    #[inline(always)]
    fn next_not_clean(&mut self, cursor: &mut Cursor<'a>) -> Option<(PropertyRef<'a>, bool)> {
        // Apart, since the lines of an edited card come out of a function that is not inlined: its
        // result stands in memory, and the parts of all lines would be written there and read again.
        match cursor.is_in_source() {
            true => self.first_not_clean(cursor, Cursor::next_of_source),
            false => self.next_not_clean_of_edited(cursor),
        }
    }

    #[inline(never)]
    fn next_not_clean_of_edited(
        &mut self,
        cursor: &mut Cursor<'a>,
    ) -> Option<(PropertyRef<'a>, bool)> {
        self.first_not_clean(cursor, Cursor::next)
    }

    #[inline(always)]
    fn first_not_clean(
        &mut self,
        cursor: &mut Cursor<'a>,
        next: impl Fn(&mut Cursor<'a>) -> Option<ContentLine<'a>>,
    ) -> Option<(PropertyRef<'a>, bool)> {
        let glance = self.glance.filter(|_| self.may_be_clean());
        // Not as an option that each line would copy.
        let Some(glance) = &glance else {
            let content = next(cursor)?;
            let physical = lines::are_clean(&content);
            return Some((cursor.entry(content), physical));
        };
        loop {
            let content = next(cursor)?;
            let physical = lines::are_clean(&content);
            if !physical || !glance.is_clean(&content, &mut self.versions, &mut self.occurrences) {
                return Some((cursor.entry(content), physical));
            }
            self.previous = None;
            self.versions.lines += 1;
            cursor.pass(content.raw(), 1);
        }
    }

    /// Whether the line that comes next may be passed over; and after one that was, the next. The
    /// first line is remembered in any case.
    #[inline]
    fn may_be_clean(&self) -> bool {
        self.begin.is_some() && !self.previous.as_ref().is_some_and(base64::looks_at_next)
    }

    /// Whether no rule has anything to say about a line, but those about physical lines.
    fn is_clean(&mut self, content: &ContentLine<'_>) -> bool {
        self.may_be_clean()
            && self.glance.is_some_and(|glance| {
                glance.is_clean(content, &mut self.versions, &mut self.occurrences)
            })
    }

    /// A line that rules have to look at: those about physical lines only, or, if that is all there
    /// is to `physical`, the others.
    fn line_not_clean(
        &mut self,
        property: PropertyRef<'a>,
        cursor: &mut Cursor<'a>,
        physical: bool,
    ) {
        let line = PlacedLine::new(property, cursor.position());
        self.findings.next_line();
        if line.raw() == b"BEGIN:VCARD\r\n" && self.begin.is_none() && self.glance.is_some() {
            // As every card begins, with nothing wrong in it.
            self.versions.lines += 1;
            self.begin = Some(line);
            self.previous = Some(line);
            return cursor.pass(line.raw(), 1);
        }
        let is_last = cursor.is_last(line.raw());
        let physical_lines = lines::check(&mut self.findings, &line, self.octets, is_last);
        characters::check(&mut self.findings, &line, self.octets);
        // A long text is folded, and as right as a short one.
        if physical || !self.is_clean(&line.content) {
            self.rules(&line);
        }
        if !line.content.is_blank() {
            self.versions.lines += 1;
        }
        self.begin.get_or_insert(line);
        self.previous = Some(line);
        cursor.pass(line.raw(), physical_lines);
    }

    /// Rules about a line as a whole.
    fn rules(&mut self, line: &PlacedLine<'a>) {
        let findings = &mut self.findings;
        begin_end::check(findings, line, self.previous.as_ref());
        if let Some(previous) = &self.previous {
            base64::base64_blank_line_missing(findings, previous, line);
        }
        if line.content.is_content() && !line.flags().has(Flags::SENTINEL) {
            self.rules_of_properties(line);
        } else if line.flags().has(Flags::MALFORMED) {
            groups_and_names::malformed(findings, line);
        }
    }

    /// Rules about a property: its name, its parameters, its value, and how it goes with others.
    fn rules_of_properties(&mut self, line: &PlacedLine<'a>) {
        LineParameter::collect(&mut self.parameters, line);
        let findings = &mut self.findings;
        let parameters = self.parameters.as_slice();
        let octets = self.octets;
        groups_and_names::check(findings, line);
        if !parameters.is_empty() {
            parameter_grammar::check(findings, line, parameters, octets);
            encodings::check(findings, line, parameters);
            charsets::check(findings, line, parameters);
        }
        base64::check(findings, line);
        quoted_printable::check(findings, line);
        charsets::charset_missing(findings, line, octets);
        unreadable::check(findings, line, octets);
        escapes::check(findings, line, octets);
        self.versions.check(findings, line);
        properties::check(findings, line);
        let value_type = value_types::check(findings, line, parameters);
        encodings::encoding_missing(findings, line, parameters, value_type);
        permitted_parameters::check(findings, line, parameters, value_type);
        if !parameters.is_empty() {
            parameter_values::check(findings, line, parameters);
            type_words::check(findings, line, parameters);
            jscontact::check(findings, line, parameters);
        }
        values::check(findings, line, value_type);
        profiles::check(findings, line, parameters, value_type);
        servers::check(findings, line, value_type);
        if self.agents {
            agent::check(findings, line, value_type, check_agent);
        }
        self.occurrences.note(findings, line, parameters);
        let relations = self.relations.get_or_insert_default();
        relations.members.note(findings, line);
        relations.pids.note(findings, line, parameters);
        relations.sounds.note(findings, line, parameters);
        relations.genders.note(findings, line, parameters);
        relations.pointers.note(findings, line);
        relations.labels.note(line);
    }

    /// Rules that can only be told at the end of the card, after which there is nothing left. All of it stays
    /// where it is, since there is much of it to move.
    fn finish(&mut self, card: &Card) -> Checked {
        let Some(begin) = &self.begin else {
            return Checked {
                findings: Vec::new(),
                unclosed: None,
            };
        };
        let findings = &mut self.findings;
        self.versions.finish(findings, begin, card);
        self.occurrences.finish(findings, begin, card.version());
        if let Some(relations) = self.relations.take() {
            relations.members.finish(findings);
            relations.pids.finish(findings);
            relations.sounds.finish(findings);
            relations.pointers.finish(findings);
            relations.labels.finish(findings);
        }
        let unclosed = begin_end::end_missing(card, begin, findings.profile, findings.standard);
        Checked {
            findings: findings.take_list(),
            unclosed,
        }
    }
}
