//! Rules about PID, CLIENTPIDMAP and PROP-ID, which tell the properties of a card apart.

use alloc::collections::btree_map::Entry;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::{String, ToString};

use crate::registry::{Condition, ParameterId, Permit, PropertyId};
use crate::validate::findings::{Findings, REMEMBERED, shown};
use crate::validate::looks_at::LooksAt;
use crate::validate::placed_line::{LineParameter, PlacedLine};
use crate::validate::rule::{
    Rule,
    Severity::{Error, Info, Warning},
};
use crate::value::Pid;
use crate::version::Version;

pub(in crate::validate) static RULES: &[&Rule] = &[
    &PID_SOURCE_UNMAPPED,
    &PID_REPEATED,
    &CLIENT_PID_MAP_REPEATED,
    &CLIENT_PID_MAP_UNUSED,
    &PROP_ID_REPEATED,
];

pub(in crate::validate) const LOOKS_AT: LooksAt = LooksAt {
    properties: &[PropertyId::CLIENTPIDMAP],
    parameters: &[ParameterId::PID, ParameterId::PROP_ID],
    ..LooksAt::NOTHING
};

pub(in crate::validate) static PID_SOURCE_UNMAPPED: Rule = Rule::new(
    "pid-source-unmapped",
    [None, None, Some(Error)],
    &["RFC 6350, 6.7.7", "RFC 6350, 5.5", "RFC 6350, 7"],
    "The second number of a PID is that of a CLIENTPIDMAP.",
    "Programs that synchronize cannot know who numbered the property.",
);

pub(in crate::validate) static PID_REPEATED: Rule = Rule::new(
    "pid-repeated",
    [None, None, Some(Warning)],
    &["RFC 6350, 5.5", "RFC 6350, 7"],
    "Two properties of one name have different PIDs.",
    "They are the same property to programs that synchronize, and one is dropped.",
);

pub(in crate::validate) static CLIENT_PID_MAP_REPEATED: Rule = Rule::new(
    "client-pid-map-repeated",
    [None, None, Some(Error)],
    &["RFC 6350, 6.7.7"],
    "A number has one CLIENTPIDMAP.",
    "The second URI contradicts the first.",
);

pub(in crate::validate) static CLIENT_PID_MAP_UNUSED: Rule = Rule::new(
    "client-pid-map-unused",
    [None, None, Some(Info)],
    &["RFC 6350, 6.7.7"],
    "A PID uses each CLIENTPIDMAP.",
    "It may belong to a property that is gone.",
);

pub(in crate::validate) static PROP_ID_REPEATED: Rule = Rule::new(
    "prop-id-repeated",
    [None, None, Some(Error)],
    &["RFC 9554, 4.7", "RFC 9555, 3.1"],
    "Two properties of one name have different PROP-IDs, unless they are one in several languages.",
    "They are the keys of one object in JSContact, and one property is lost. Those with one ALTID are one \
     property, and share the key.",
);

/// The PIDs, CLIENTPIDMAPs and PROP-IDs of a card, up to the current line.
#[derive(Default)]
pub(in crate::validate) struct Pids<'a> {
    /// The first line with a PID of each source, and whether the property takes a PID: where it takes
    /// none, that is said, and a map for it would mend nothing.
    sources: BTreeMap<u32, (PlacedLine<'a>, bool)>,
    maps: BTreeMap<u32, PlacedLine<'a>>,
    /// The number of a property, and its source.
    pids: BTreeSet<(PropertyId, u32, Option<u32>)>,
    /// With the ALTID of the first one.
    prop_ids: BTreeMap<(PropertyId, String), Option<String>>,
}

impl<'a> Pids<'a> {
    pub fn note(
        &mut self,
        findings: &mut Findings,
        line: &PlacedLine<'a>,
        parameters: &[LineParameter<'a>],
    ) {
        if findings.standard != Version::V4_0 {
            return;
        }
        let property = line.row.map(|row| row.id);
        if property == Some(PropertyId::CLIENTPIDMAP) {
            self.client_pid_map(findings, line);
        }
        for parameter in parameters {
            match (parameter.id, property) {
                // A PID of a private property has a source too.
                (Some(ParameterId::PID), id) => self.pid(findings, line, parameter, id),
                (Some(ParameterId::PROP_ID), Some(id)) => {
                    self.prop_id_repeated(findings, line, parameter, id);
                }
                _ => {}
            }
        }
    }

    fn client_pid_map(&mut self, findings: &mut Findings, line: &PlacedLine<'a>) {
        let text = line.property.text_lossy();
        let first = text.split(';').next().map(str::trim_ascii);
        let Some(number) = first.and_then(|digits| digits.parse().ok()) else {
            return;
        };
        if self.maps.contains_key(&number) {
            client_pid_map_repeated(findings, line, number);
        } else if self.maps.len() < REMEMBERED {
            self.maps.insert(number, *line);
        }
    }

    fn pid(
        &mut self,
        findings: &mut Findings,
        line: &PlacedLine<'a>,
        parameter: &LineParameter<'a>,
        property: Option<PropertyId>,
    ) {
        let column = line.row.and_then(|row| findings.column(row));
        let takes = column.is_none_or(|column| {
            !matches!(
                column.permit(ParameterId::PID),
                Permit::No | Permit::If(Condition::Forbidden)
            )
        });
        for value in parameter.written.values() {
            for pid in value.split(',').filter_map(|one| Pid::parse(one).ok()) {
                let source = pid.source.map(core::num::NonZeroU32::get);
                if let Some(source) = source
                    && self.sources.len() < REMEMBERED
                {
                    let first = self.sources.entry(source).or_insert((*line, takes));
                    if takes && !first.1 {
                        *first = (*line, takes);
                    }
                }
                let Some(property) = property else { continue };
                if self.pids.len() < REMEMBERED
                    && !self.pids.insert((property, pid.id.get(), source))
                {
                    pid_repeated(findings, line, parameter, pid, property);
                }
            }
        }
    }

    fn prop_id_repeated(
        &mut self,
        findings: &mut Findings,
        line: &PlacedLine<'a>,
        parameter: &LineParameter<'a>,
        property: PropertyId,
    ) {
        let value = parameter.value();
        if self.prop_ids.len() >= REMEMBERED {
            return;
        }
        let alt_id = line.property.parameter("ALTID");
        let alt_id = alt_id.map(|parameter| parameter.value().into_owned());
        let first = match self.prop_ids.entry((property, value.to_string())) {
            Entry::Vacant(place) => {
                place.insert(alt_id);
                return;
            }
            Entry::Occupied(first) => first.into_mut(),
        };
        if alt_id.is_none() || *first != alt_id {
            findings.add(
                &PROP_ID_REPEATED,
                line,
                line.span_of(parameter.written.raw()),
                format!(
                    "the PROP-ID {} is that of another {}",
                    shown(value.as_bytes()),
                    property.name()
                ),
            );
        }
    }

    /// What can only be told at the end of the card.
    pub fn finish(&self, findings: &mut Findings) {
        self.pid_source_unmapped(findings);
        self.client_pid_map_unused(findings);
    }

    fn pid_source_unmapped(&self, findings: &mut Findings) {
        // One finding a line, however many numbers a hostile one has.
        let mut unmapped: BTreeMap<u64, (u32, &PlacedLine<'_>)> = BTreeMap::new();
        for (number, (line, takes)) in &self.sources {
            if *takes && !self.maps.contains_key(number) {
                let first = unmapped.entry(line.start.byte);
                first.or_insert((*number, line));
            }
        }
        for (number, line) in unmapped.into_values() {
            findings.next_line();
            findings.add(
                &PID_SOURCE_UNMAPPED,
                line,
                line.first_line(),
                format!(
                    "a PID with the source {number}, and no CLIENTPIDMAP for it; expected \
                     CLIENTPIDMAP:{number};urn:uuid:…"
                ),
            );
        }
    }

    fn client_pid_map_unused(&self, findings: &mut Findings) {
        for (number, line) in &self.maps {
            if self.sources.contains_key(number) {
                continue;
            }
            findings.next_line();
            findings.add(
                &CLIENT_PID_MAP_UNUSED,
                line,
                line.first_line(),
                format!(
                    "CLIENTPIDMAP for the number {number}, and no PID that has it as its source"
                ),
            );
        }
    }
}

fn client_pid_map_repeated(findings: &mut Findings, line: &PlacedLine<'_>, number: u32) {
    findings.add(
        &CLIENT_PID_MAP_REPEATED,
        line,
        line.first_line(),
        format!("CLIENTPIDMAP for the number {number} again; expected one for each number"),
    );
}

fn pid_repeated(
    findings: &mut Findings,
    line: &PlacedLine<'_>,
    parameter: &LineParameter<'_>,
    pid: Pid,
    property: PropertyId,
) {
    findings.add(
        &PID_REPEATED,
        line,
        line.span_of(parameter.written.raw()),
        format!(
            "the PID {pid} is that of another {}; expected another number",
            property.name()
        ),
    );
}
