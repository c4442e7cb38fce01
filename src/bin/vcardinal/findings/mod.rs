//! What `check` finds, and ways to print it: for people (`human`), as JSON lines (`json`), as SARIF
//! (`sarif`), or only counted (`statistics`).

pub mod human;
pub mod json;
pub mod sarif;
pub mod statistics;

use std::ops::{Deref, DerefMut, Range};

use vcardinal::validate::{Diagnostic, Rule};

use crate::message::count;

/// One finding, and what the program knows of it besides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    found: Diagnostic,
    /// Which card of the file, from 1.
    pub card: Option<u64>,
    /// The repair in bytes, where that was asked for.
    pub edit: Option<Edit>,
    /// What a person should know besides.
    pub note: Option<&'static str>,
}

impl Deref for Finding {
    type Target = Diagnostic;

    fn deref(&self) -> &Diagnostic {
        &self.found
    }
}

impl DerefMut for Finding {
    fn deref_mut(&mut self) -> &mut Diagnostic {
        &mut self.found
    }
}

impl Finding {
    pub fn new(found: Diagnostic, card: Option<u64>) -> Self {
        Finding {
            found,
            card,
            edit: None,
            note: None,
        }
    }

    /// The input was converted before it was checked.
    pub fn utf16(encoding: &str) -> Option<Self> {
        let mut finding =
            Finding::of_the_encoding(format!("the input is {encoding}; expected UTF-8"))?;
        finding.note = Some(
            "it was converted to UTF-8; the positions of all findings refer to the converted text",
        );
        Some(finding)
    }

    /// Not all of it could be converted.
    pub fn malformed_utf16(encoding: &str, units: u64) -> Option<Self> {
        Finding::of_the_encoding(format!(
            "{} not valid {encoding}; U+FFFD stands in place of each",
            count(units, "code unit is", "code units are")
        ))
    }

    fn of_the_encoding(message: String) -> Option<Self> {
        let rule = vcardinal::validate::rule("utf-16")?;
        Some(Finding::new(Diagnostic::new(rule, message), None))
    }
}

/// A repair: text in the place of some bytes of a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// In the card.
    pub range: Range<usize>,
    pub text: String,
}

impl Edit {
    /// What makes one text of the other.
    pub fn between(old: &[u8], new: &[u8]) -> Option<Edit> {
        let same = |pairs: &mut dyn Iterator<Item = (&u8, &u8)>| {
            pairs.take_while(|(old, new)| old == new).count()
        };
        let mut start = same(&mut old.iter().zip(new));
        let (old_rest, new_rest) = (old.get(start..)?, new.get(start..)?);
        let mut tail = same(&mut old_rest.iter().rev().zip(new_rest.iter().rev()));
        // Between characters.
        let is_inside = |at: usize| old.get(at).is_some_and(|byte| byte & 0xC0 == 0x80);
        while start > 0 && is_inside(start) {
            start -= 1;
        }
        while tail > 0 && is_inside(old.len() - tail) {
            tail -= 1;
        }
        let text = new.get(start..new.len() - tail)?;
        let text = String::from_utf8(text.to_vec()).ok()?;
        Some(Edit {
            range: start..old.len() - tail,
            text,
        })
    }
}

/// A place where findings are printed.
pub trait Printer {
    /// Whether it prints the bytes of repairs.
    fn takes_edits(&self) -> bool {
        false
    }

    /// Prints one. `source` is what it was found in, and its first byte's place in the input.
    fn print(
        &mut self,
        out: &mut dyn std::io::Write,
        file: File<'_>,
        finding: &Finding,
        source: (&[u8], u64),
    ) -> std::io::Result<()>;

    /// Prints what comes before all findings.
    fn begin(&mut self, _: &mut dyn std::io::Write, _: &[&'static Rule]) -> std::io::Result<()> {
        Ok(())
    }

    /// Prints what comes after all findings.
    fn end(&mut self, _: &mut dyn std::io::Write) -> std::io::Result<()> {
        Ok(())
    }
}

/// What the file of a finding is called in data, and on a screen.
#[derive(Debug, Clone, Copy)]
pub struct File<'a> {
    pub name: &'a str,
    pub title: &'a str,
}

/// The bytes of `source` that a finding is about.
pub fn range_in(finding: &Finding, (source, base): (&[u8], u64)) -> Option<Range<usize>> {
    let start = usize::try_from(finding.span.start.checked_sub(base)?).ok()?;
    let end = usize::try_from(finding.span.end.checked_sub(base)?).ok()?;
    (start <= source.len() && !source.is_empty()).then(|| start..end.clamp(start, source.len()))
}
