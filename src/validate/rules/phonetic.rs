//! Rules about PHONETIC: which value the sound is of.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::registry::{ParameterId, PropertyId, PropertyRow, Shape};
use crate::syntax::escape;
use crate::validate::findings::{Findings, REMEMBERED, shown};
use crate::validate::looks_at::LooksAt;
use crate::validate::placed_line::{LineParameter, PlacedLine, find};
use crate::validate::rule::{
    Rule,
    Severity::{Error, Warning},
};
use crate::value::LanguageTag;
use crate::version::Version;

pub(in crate::validate) static RULES: &[&Rule] = &[
    &PHONETIC_ALONE,
    &PHONETIC_COMPONENT_ALONE,
    &PHONETIC_LANGUAGE_REPEATED,
    &PHONETIC_LANGUAGE_SCRIPT,
    &PHONETIC_SCRIPT_MISSING,
];

pub(in crate::validate) const LOOKS_AT: LooksAt =
    LooksAt::parameters(&[ParameterId::PHONETIC, ParameterId::ALTID]);

pub(in crate::validate) static PHONETIC_ALONE: Rule = Rule::new(
    "phonetic-alone",
    [None, None, Some(Warning)],
    &["RFC 9554, 4.6"],
    "What has PHONETIC has the ALTID of a property without it, whose sound it says.",
    "Readers cannot know what the value is the sound of.",
);

pub(in crate::validate) static PHONETIC_COMPONENT_ALONE: Rule = Rule::new(
    "phonetic-component-alone",
    [None, None, Some(Warning)],
    &["RFC 9554, 4.6"],
    "A component that PHONETIC gives the sound of has something in the property that it belongs to.",
    "The sound is of nothing. The property may have fewer sounds than components, not more.",
);

pub(in crate::validate) static PHONETIC_LANGUAGE_REPEATED: Rule = Rule::new(
    "phonetic-language-repeated",
    [None, None, Some(Warning)],
    &["RFC 9554, 4.6"],
    "The sounds of one value have different LANGUAGEs, and one of them at most has none.",
    "Readers cannot know which sound to take, and keep one.",
);

pub(in crate::validate) static PHONETIC_LANGUAGE_SCRIPT: Rule = Rule::new(
    "phonetic-language-script",
    [None, None, Some(Warning)],
    &["RFC 9554, 4.6"],
    "The LANGUAGE of a value with PHONETIC names no script.",
    "SCRIPT names it, and a script in LANGUAGE is passed over. Write LANGUAGE=zh and SCRIPT=Latn.",
);

pub(in crate::validate) static PHONETIC_SCRIPT_MISSING: Rule = Rule::new(
    "phonetic-script-missing",
    [None, None, Some(Error)],
    &["RFC 9554, 4.6"],
    "PHONETIC=script comes with SCRIPT.",
    "SCRIPT says in which script the sound is written.",
);

/// The sounds of a card and what they may be of, up to the current line.
#[derive(Default)]
pub(in crate::validate) struct Sounds<'a> {
    /// What has PHONETIC and an ALTID.
    sounds: Vec<(PropertyId, String, PlacedLine<'a>)>,
    /// Its property, ALTID and LANGUAGE.
    languages: BTreeSet<(PropertyId, String, Option<String>)>,
    /// What has ALTID without PHONETIC, and which of its components are filled, a bit each.
    spelt: BTreeMap<(PropertyId, String), u32>,
}

impl<'a> Sounds<'a> {
    pub fn note(
        &mut self,
        findings: &mut Findings,
        line: &PlacedLine<'a>,
        parameters: &[LineParameter<'a>],
    ) {
        let Some(row) = line.row.filter(|_| findings.standard == Version::V4_0) else {
            return;
        };
        // The last one counts, if there are several.
        let last = |id| parameters.iter().rev().find(|parameter| parameter.is(id));
        let altid = last(ParameterId::ALTID).map(LineParameter::value);
        let Some(phonetic) = last(ParameterId::PHONETIC) else {
            if let Some(altid) = altid
                && self.spelt.len() < REMEMBERED
            {
                let filled = filled(line, row);
                let spelt = self.spelt.entry((row.id, altid.to_string()));
                *spelt.or_default() |= filled;
            }
            return;
        };
        let by_script = phonetic.value().eq_ignore_ascii_case("script");
        if by_script && find(parameters, ParameterId::SCRIPT).is_none() {
            phonetic_script_missing(findings, line, phonetic);
        }
        if let Some(language) = last(ParameterId::LANGUAGE)
            && let Some(script) = LanguageTag::new(language.value())
                .ok()
                .as_ref()
                .and_then(LanguageTag::script)
        {
            let message = format!(
                "LANGUAGE={} names the script {script}; expected it in SCRIPT only",
                shown(language.value().as_bytes())
            );
            let span = line.span_of(language.written.raw());
            findings.add(&PHONETIC_LANGUAGE_SCRIPT, line, span, message);
        }
        match altid {
            None => phonetic_alone(findings, line),
            Some(altid) if self.sounds.len() < REMEMBERED => {
                let language = last(ParameterId::LANGUAGE);
                let language = language.map(|tag| tag.value().to_ascii_lowercase());
                let key = (row.id, altid.to_string(), language);
                if self.languages.contains(&key) {
                    phonetic_language_repeated(findings, line, row.name, key.2.as_deref());
                }
                self.languages.insert(key);
                self.sounds.push((row.id, altid.to_string(), *line));
            }
            Some(_) => {}
        }
    }

    /// What can only be told at the end of the card.
    pub fn finish(self, findings: &mut Findings) {
        for (id, altid, line) in self.sounds {
            findings.next_line();
            match self.spelt.get(&(id, altid)) {
                None => phonetic_alone(findings, &line),
                Some(filled) => phonetic_component_alone(findings, &line, id.row(), *filled),
            }
        }
    }
}

/// Which components are filled, a bit each; none where there are no components.
fn filled(line: &PlacedLine<'_>, row: &PropertyRow) -> u32 {
    if !matches!(row.shape, Shape::Components(_)) {
        return 0;
    }
    let Ok(text) = line.property.raw_text() else {
        return 0;
    };
    let mut filled = 0;
    for (index, component) in escape::split(&text, ';').take(32).enumerate() {
        filled |= u32::from(!component.is_empty()) << index;
    }
    filled
}

fn phonetic_script_missing(
    findings: &mut Findings,
    line: &PlacedLine<'_>,
    phonetic: &LineParameter<'_>,
) {
    findings.add(
        &PHONETIC_SCRIPT_MISSING,
        line,
        line.span_of(phonetic.written.raw()),
        "PHONETIC=script without SCRIPT; expected it, as SCRIPT=Latn",
    );
}

fn phonetic_language_repeated(
    findings: &mut Findings,
    line: &PlacedLine<'_>,
    name: &str,
    language: Option<&str>,
) {
    let message = match language {
        Some(tag) => format!(
            "another {name} with PHONETIC and the same ALTID has LANGUAGE={} too; expected another",
            shown(tag.as_bytes())
        ),
        None => format!(
            "another {name} with PHONETIC and the same ALTID has no LANGUAGE either; expected one"
        ),
    };
    findings.add(
        &PHONETIC_LANGUAGE_REPEATED,
        line,
        line.first_line(),
        message,
    );
}

fn phonetic_alone(findings: &mut Findings, line: &PlacedLine<'_>) {
    findings.add(
        &PHONETIC_ALONE,
        line,
        line.first_line(),
        "PHONETIC, and no property without it that has the same ALTID; expected ALTID on both",
    );
}

/// `spelt` are the components of what the sound is of that are filled.
fn phonetic_component_alone(
    findings: &mut Findings,
    line: &PlacedLine<'_>,
    row: &PropertyRow,
    spelt: u32,
) {
    let alone = filled(line, row) & !spelt;
    if alone == 0 {
        return;
    }
    findings.add(
        &PHONETIC_COMPONENT_ALONE,
        line,
        line.first_line(),
        format!(
            "a sound in component {}, which is empty in the {} that has the same ALTID; expected it \
             there too",
            alone.trailing_zeros() + 1,
            row.name
        ),
    );
}
