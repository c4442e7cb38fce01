//! Rules about properties that depend on each other.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::diagnostic::{
    Rule,
    Severity::{Error, Info, Warning},
};
use super::findings::{Findings, LineAt, Param, shown};
use crate::registry::{self, ParameterId, PropertyId, PropertyRow, Shape, StandsFor};
use crate::syntax::escape;
use crate::value::Pid;
use crate::version::Version;

pub(super) static MEMBER_WITHOUT_GROUP: Rule = Rule::new(
    "member-without-group",
    [None, None, Some(Error)],
    &["RFC 6350, 6.6.5", "RFC 6350, 6.1.4"],
    "A card with MEMBER has KIND:group.",
    "Without KIND it is a person, and readers drop the members. Under a KIND that no table has, it may \
     be a group of a sort.",
);

pub(super) static PID_SOURCE_UNMAPPED: Rule = Rule::new(
    "pid-source-unmapped",
    [None, None, Some(Error)],
    &["RFC 6350, 6.7.7", "RFC 6350, 5.5", "RFC 6350, 7"],
    "The second number of a PID is that of a CLIENTPIDMAP.",
    "Programs that synchronize cannot know who numbered the property.",
);

pub(super) static PID_REPEATED: Rule = Rule::new(
    "pid-repeated",
    [None, None, Some(Warning)],
    &["RFC 6350, 5.5", "RFC 6350, 7"],
    "Two properties of one name have different PIDs.",
    "They are the same property to programs that synchronize, and one is dropped.",
);

pub(super) static CLIENT_PID_MAP_REPEATED: Rule = Rule::new(
    "client-pid-map-repeated",
    [None, None, Some(Error)],
    &["RFC 6350, 6.7.7"],
    "A number has one CLIENTPIDMAP.",
    "The second URI contradicts the first.",
);

pub(super) static CLIENT_PID_MAP_UNUSED: Rule = Rule::new(
    "client-pid-map-unused",
    [None, None, Some(Info)],
    &["RFC 6350, 6.7.7"],
    "A PID uses each CLIENTPIDMAP.",
    "It may belong to a property that is gone.",
);

pub(super) static PROP_ID_REPEATED: Rule = Rule::new(
    "prop-id-repeated",
    [None, None, Some(Error)],
    &["RFC 9554, 4.7"],
    "Two properties of one name have different PROP-IDs.",
    "They are the keys of one object in JSContact, and one property is lost.",
);

pub(super) static PHONETIC_ALONE: Rule = Rule::new(
    "phonetic-alone",
    [None, None, Some(Warning)],
    &["RFC 9554, 4.6"],
    "What has PHONETIC has the ALTID of a property without it, whose sound it says.",
    "Readers cannot know what the value is the sound of.",
);

pub(super) static PHONETIC_COMPONENT_ALONE: Rule = Rule::new(
    "phonetic-component-alone",
    [None, None, Some(Warning)],
    &["RFC 9554, 4.6"],
    "A component that PHONETIC gives the sound of has something in the property that it belongs to.",
    "The sound is of nothing. The property may have fewer sounds than components, not more.",
);

pub(super) static PHONETIC_LANGUAGE_REPEATED: Rule = Rule::new(
    "phonetic-language-repeated",
    [None, None, Some(Warning)],
    &["RFC 9554, 4.6"],
    "The sounds of one value have different LANGUAGEs, and one of them at most has none.",
    "Readers cannot know which sound to take, and keep one.",
);

pub(super) static PHONETIC_SCRIPT_MISSING: Rule = Rule::new(
    "phonetic-script-missing",
    [None, None, Some(Error)],
    &["RFC 9554, 4.6"],
    "PHONETIC=script comes with SCRIPT.",
    "SCRIPT says in which script the sound is written.",
);

pub(super) static LABEL_ALONE: Rule = Rule::new(
    "label-alone",
    [Some(Warning), Some(Warning), Some(Warning)],
    &["RFC 6350, 3.3", "RFC 2425, 5.8.2", "vCard 2.1, 2.1.4.2"],
    "X-ABLabel is in the group of the property that it labels.",
    "It is the label of nothing, and address books drop it. Often the property was removed and the \
     label forgotten.",
);

/// Numbers and names beyond this are not remembered; no card of an address book has as many.
const REMEMBERED: usize = 10_000;

/// What was seen so far of a card.
#[derive(Default)]
pub(super) struct Seen<'a> {
    kind: Option<String>,
    member: Option<LineAt<'a>>,
    sources: BTreeMap<u32, LineAt<'a>>,
    maps: BTreeMap<u32, LineAt<'a>>,
    pids: BTreeSet<(PropertyId, Pid2)>,
    prop_ids: BTreeSet<(PropertyId, String)>,
    phonetic: Vec<(PropertyId, String, LineAt<'a>)>,
    /// What has ALTID without PHONETIC, and which of its components are filled, a bit each.
    plain: BTreeMap<(PropertyId, String), u32>,
    sounds: BTreeSet<(PropertyId, String, Option<String>)>,
    labels: Vec<(&'a str, LineAt<'a>)>,
}

type Pid2 = (u32, Option<u32>);

impl<'a> Seen<'a> {
    pub fn note(&mut self, findings: &mut Findings, at: &LineAt<'a>, params: &[Param<'a>]) {
        self.label(at);
        if findings.standard != Version::V4_0 {
            return;
        }
        let Some(row) = at.row else {
            // A PID of a private property has a source too.
            for param in params.iter().filter(|it| it.id == Some(ParameterId::PID)) {
                self.pid(findings, at, param, None);
            }
            return;
        };
        match row.id {
            PropertyId::KIND if self.kind.is_none() => {
                self.kind = Some(at.property.text_lossy().to_ascii_lowercase());
            }
            PropertyId::MEMBER => {
                self.member.get_or_insert(*at);
            }
            PropertyId::CLIENTPIDMAP => self.map(findings, at),
            _ => {}
        }
        let mut altid = None;
        let mut phonetic = None;
        let mut script = false;
        let mut language = None;
        for param in params {
            match param.id {
                Some(ParameterId::PID) => self.pid(findings, at, param, Some(row.id)),
                Some(ParameterId::PROP_ID) => self.prop_id(findings, at, param, row.id),
                Some(ParameterId::ALTID) => altid = Some(param.value()),
                Some(ParameterId::PHONETIC) => phonetic = Some(param),
                Some(ParameterId::SCRIPT) => script = true,
                Some(ParameterId::LANGUAGE) => language = Some(param.value()),
                _ => {}
            }
        }
        if let Some(param) = phonetic {
            let by_script = param.value().eq_ignore_ascii_case("script");
            if by_script && !script {
                findings.add(
                    &PHONETIC_SCRIPT_MISSING,
                    at,
                    at.of_head(param.parameter.raw()),
                    "PHONETIC=script without SCRIPT; expected it, as SCRIPT=Latn",
                );
            }
            match altid {
                None => phonetic_alone(findings, at),
                Some(altid) if self.phonetic.len() < REMEMBERED => {
                    let language = language.map(|tag| tag.to_ascii_lowercase());
                    let sound = (row.id, altid.to_string(), language);
                    if self.sounds.contains(&sound) {
                        language_repeated(findings, at, row.name, sound.2.as_deref());
                    }
                    self.sounds.insert(sound);
                    self.phonetic.push((row.id, altid.to_string(), *at));
                }
                Some(_) => {}
            }
        } else if let Some(altid) = altid
            && self.plain.len() < REMEMBERED
        {
            let filled = filled(at, row);
            *self.plain.entry((row.id, altid.to_string())).or_default() |= filled;
        }
    }

    fn label(&mut self, at: &LineAt<'a>) {
        if is_label(at.row) && self.labels.len() < REMEMBERED {
            self.labels.push((at.line.group().unwrap_or_default(), *at));
        }
    }

    fn map(&mut self, findings: &mut Findings, at: &LineAt<'a>) {
        let text = at.property.text_lossy();
        let number = text
            .split(';')
            .next()
            .and_then(|digits| digits.parse().ok());
        let Some(number) = number else { return };
        if self.maps.contains_key(&number) {
            findings.add(
                &CLIENT_PID_MAP_REPEATED,
                at,
                at.first_line(),
                format!("CLIENTPIDMAP for the number {number} again; expected one for each number"),
            );
        } else if self.maps.len() < REMEMBERED {
            self.maps.insert(number, *at);
        }
    }

    fn pid(
        &mut self,
        findings: &mut Findings,
        at: &LineAt<'a>,
        param: &Param<'a>,
        id: Option<PropertyId>,
    ) {
        for value in param.parameter.values() {
            for pid in value.split(',').filter_map(|one| Pid::parse(one).ok()) {
                let source = pid.source.map(core::num::NonZeroU32::get);
                if let Some(source) = source
                    && self.sources.len() < REMEMBERED
                {
                    self.sources.entry(source).or_insert(*at);
                }
                let Some(id) = id else { continue };
                if self.pids.len() < REMEMBERED && !self.pids.insert((id, (pid.id.get(), source))) {
                    findings.add(
                        &PID_REPEATED,
                        at,
                        at.of_head(param.parameter.raw()),
                        format!(
                            "the PID {pid} is that of another {}; expected another number",
                            id.name()
                        ),
                    );
                }
            }
        }
    }

    fn prop_id(
        &mut self,
        findings: &mut Findings,
        at: &LineAt<'a>,
        param: &Param<'a>,
        id: PropertyId,
    ) {
        let value = param.value();
        if self.prop_ids.len() < REMEMBERED && !self.prop_ids.insert((id, value.to_string())) {
            findings.add(
                &PROP_ID_REPEATED,
                at,
                at.of_head(param.parameter.raw()),
                format!(
                    "the PROP-ID {} is that of another {}",
                    shown(value.as_bytes()),
                    id.name()
                ),
            );
        }
    }

    /// What can only be told at the end of the card.
    pub fn finish(self, findings: &mut Findings) {
        let nothing = self.member.is_none()
            && self.sources.is_empty()
            && self.maps.is_empty()
            && self.phonetic.is_empty()
            && self.labels.is_empty();
        if nothing {
            return;
        }
        self.members(findings);
        // One finding a line, however many numbers a hostile one has.
        let mut unmapped: BTreeMap<u64, (u32, &LineAt<'_>)> = BTreeMap::new();
        for (number, at) in &self.sources {
            if !self.maps.contains_key(number) {
                unmapped.entry(at.byte).or_insert((*number, at));
            }
        }
        for (number, at) in unmapped.into_values() {
            findings.next_line();
            findings.add(
                &PID_SOURCE_UNMAPPED,
                at,
                at.first_line(),
                format!("a PID with the source {number}, and no CLIENTPIDMAP for it; expected CLIENTPIDMAP:{number};urn:uuid:…"),
            );
        }
        for (number, at) in &self.maps {
            if !self.sources.contains_key(number) {
                findings.next_line();
                findings.add(
                    &CLIENT_PID_MAP_UNUSED,
                    at,
                    at.first_line(),
                    format!(
                        "CLIENTPIDMAP for the number {number}, and no PID that has it as its source"
                    ),
                );
            }
        }
        for (id, altid, at) in &self.phonetic {
            findings.next_line();
            match self.plain.get(&(*id, altid.clone())) {
                None => phonetic_alone(findings, at),
                Some(plain) => component_alone(findings, at, id.row(), *plain),
            }
        }
        let Some((_, first)) = self.labels.first() else {
            return;
        };
        let mut groups: Vec<String> = first
            .property
            .card()
            .properties()
            .filter_map(|property| {
                let group = property.group()?;
                (!is_label(registry::property(property.line().name_bytes())))
                    .then(|| group.to_ascii_lowercase())
            })
            .collect();
        groups.sort_unstable();
        for (group, at) in &self.labels {
            let key = group.to_ascii_lowercase();
            let found = groups.binary_search(&key);
            if group.is_empty() || found.is_err() {
                findings.next_line();
                findings.add(
                    &LABEL_ALONE,
                    at,
                    at.first_line(),
                    "a label, and no other property in its group; expected the group of what it labels",
                );
            }
        }
    }

    fn members(&self, findings: &mut Findings) {
        let Some(member) = &self.member else { return };
        let kind = self.kind.as_deref().map(str::trim);
        let message = match kind {
            Some("group") => return,
            None => String::from("MEMBER, and no KIND; expected KIND:group"),
            Some(kind) => format!(
                "MEMBER in a card of KIND {}; expected KIND:group",
                shown(kind.as_bytes())
            ),
        };
        let known = kind.is_none_or(|kind| {
            matches!(
                kind,
                "individual" | "org" | "location" | "application" | "device"
            )
        });
        let name = member.of_head(member.line.name_bytes());
        findings.next_line();
        match known {
            true => findings.add(&MEMBER_WITHOUT_GROUP, member, name, message),
            false => findings.add_as(Warning, &MEMBER_WITHOUT_GROUP, member, name, message),
        }
    }
}

fn is_label(row: Option<&PropertyRow>) -> bool {
    row.is_some_and(|row| matches!(row.stands_for, Some(StandsFor::Label)))
}

/// Which components are filled, a bit each; none where there are no components.
fn filled(at: &LineAt<'_>, row: &PropertyRow) -> u32 {
    if !matches!(row.shape, Shape::Components(_)) {
        return 0;
    }
    let Ok(text) = at.property.raw_text() else {
        return 0;
    };
    let mut filled = 0;
    for (index, component) in escape::split(&text, ';').take(32).enumerate() {
        filled |= u32::from(!component.is_empty()) << index;
    }
    filled
}

fn component_alone(findings: &mut Findings, at: &LineAt<'_>, row: &PropertyRow, plain: u32) {
    let alone = filled(at, row) & !plain;
    if alone == 0 {
        return;
    }
    findings.add(
        &PHONETIC_COMPONENT_ALONE,
        at,
        at.first_line(),
        format!(
            "a sound in component {}, which is empty in the {} that has the same ALTID; expected it there too",
            alone.trailing_zeros() + 1,
            row.name
        ),
    );
}

fn language_repeated(findings: &mut Findings, at: &LineAt<'_>, name: &str, language: Option<&str>) {
    let message = match language {
        Some(tag) => format!(
            "another {name} with PHONETIC and the same ALTID has LANGUAGE={} too; expected another",
            shown(tag.as_bytes())
        ),
        None => format!(
            "another {name} with PHONETIC and the same ALTID has no LANGUAGE either; expected one"
        ),
    };
    findings.add(&PHONETIC_LANGUAGE_REPEATED, at, at.first_line(), message);
}

fn phonetic_alone(findings: &mut Findings, at: &LineAt<'_>) {
    findings.add(
        &PHONETIC_ALONE,
        at,
        at.first_line(),
        "PHONETIC, and no property without it that has the same ALTID; expected ALTID on both",
    );
}
