//! Rules about MEMBER.

use alloc::format;
use alloc::string::String;

use crate::registry::{self, PropertyId};
use crate::validate::findings::{Findings, shown};
use crate::validate::looks_at::LooksAt;
use crate::validate::placed_line::PlacedLine;
use crate::validate::rule::{
    Rule,
    Severity::{Error, Warning},
};
use crate::version::Version;

pub(in crate::validate) static RULES: &[&Rule] = &[&MEMBER_WITHOUT_GROUP];

pub(in crate::validate) const LOOKS_AT: LooksAt =
    LooksAt::properties(&[PropertyId::KIND, PropertyId::MEMBER]);

pub(in crate::validate) static MEMBER_WITHOUT_GROUP: Rule = Rule::new(
    "member-without-group",
    [None, None, Some(Error)],
    &["RFC 6350, 6.6.5", "RFC 6350, 6.1.4"],
    "A card with MEMBER has KIND:group.",
    "Without KIND it is a person, and readers drop the members. Under a KIND that no table has, it may \
     be a group of a sort.",
);

/// Where it is said of a single kind that it has no MEMBER, and not only of all but groups.
const FORBIDDEN_BY: [(&str, &str); 1] = [("org", "RFC 6350, 6.1.4")];

/// The KIND of a card and its first MEMBER.
#[derive(Default)]
pub(in crate::validate) struct Members<'a> {
    kind: Option<String>,
    first: Option<PlacedLine<'a>>,
}

impl<'a> Members<'a> {
    pub fn note(&mut self, findings: &Findings, line: &PlacedLine<'a>) {
        let Some(row) = line.row.filter(|_| findings.standard == Version::V4_0) else {
            return;
        };
        if row.id == PropertyId::KIND && self.kind.is_none() {
            self.kind = Some(line.property.text_lossy().to_ascii_lowercase());
        }
        if row.id == PropertyId::MEMBER {
            self.first.get_or_insert(*line);
        }
    }

    /// What can only be told at the end of the card.
    pub fn finish(&self, findings: &mut Findings) {
        if let Some(member) = &self.first {
            self.member_without_group(findings, member);
        }
    }

    fn member_without_group(&self, findings: &mut Findings, member: &PlacedLine<'_>) {
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
            registry::is_registered(PropertyId::KIND, None, Version::V4_0, kind)
        });
        let name = member.span_of_name();
        findings.next_line();
        let says_so = FORBIDDEN_BY.iter().find(|(one, _)| kind == Some(*one));
        let section = says_so.map(|(_, section)| *section);
        match known {
            true => findings.add_citing(section, &MEMBER_WITHOUT_GROUP, member, name, message),
            false => findings.add_as(Warning, &MEMBER_WITHOUT_GROUP, member, name, message),
        }
    }
}
