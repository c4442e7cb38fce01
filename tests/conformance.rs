//! CONFORMANCE.md is made from the table of requirements: which rule or test proves each, or the
//! honest word that nothing does.
//!
//! With `VCARD_SPEC` set to the folder of the table, the page is compared with what it should be;
//! with `BLESS=1` too, it is written anew.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests"
)]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use common::spec::{Requirement, cites, document, findings, requirements, stream, unescaped};
use vcardinal::validate::{Profile, Severity};

/// What proves a requirement.
enum Proof {
    /// A rule that is broken by the example of what is wrong, and cites the section.
    Rules(BTreeSet<&'static str>),
    /// A test.
    Test(String),
    Not(String),
    /// An example of our own does not show what it should.
    Wrong(&'static str),
}

/// What we say of a requirement that the table has no example for.
struct Own {
    ok: Vec<u8>,
    bad: Vec<u8>,
    proof: String,
}

/// Examples and proofs of our own, by the id of the requirement.
fn own() -> BTreeMap<String, Own> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/conformance.tsv");
    std::fs::read_to_string(path)
        .unwrap()
        .lines()
        .skip(1)
        .map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            let own = Own {
                ok: unescaped(cells[1]),
                bad: unescaped(cells[2]),
                proof: cells[3].to_owned(),
            };
            (cells[0].to_owned(), own)
        })
        .collect()
}

/// The rules that an example breaks and that cite the section.
fn broken(example: &[u8], row: &Requirement) -> BTreeSet<&'static str> {
    let Some(card) = stream(example, &row.rfc) else {
        return BTreeSet::new();
    };
    findings(&card, Profile::Declared)
        .iter()
        .filter(|finding| cites(finding, row))
        .map(|finding| finding.rule.id)
        .collect()
}

fn is_read(example: &[u8], row: &Requirement) -> bool {
    stream(example, &row.rfc).is_some_and(|card| {
        findings(&card, Profile::Declared)
            .iter()
            .all(|finding| finding.severity < Severity::Error)
    })
}

fn proof(row: &Requirement, own: &BTreeMap<String, Own>) -> Proof {
    let own = own.get(&row.id);
    if let Some(own) = own.filter(|own| !own.proof.is_empty()) {
        return match own.proof.strip_prefix("not covered: ") {
            Some(reason) => Proof::Not(reason.to_owned()),
            None => Proof::Test(own.proof.clone()),
        };
    }
    let mut rules = broken(&row.bad, row);
    if let Some(own) = own {
        let ours = broken(&own.bad, row);
        if !own.ok.is_empty() && !is_read(&own.ok, row) {
            return Proof::Wrong("our ok example has an error");
        }
        if !own.bad.is_empty() && ours.is_empty() {
            return Proof::Wrong("no finding about our bad example cites the section");
        }
        rules.extend(ours);
    }
    if !rules.is_empty() {
        return Proof::Rules(rules);
    }
    let later = match &*row.rfc {
        "RFC6351" => Some("xCard is a later step"),
        "RFC7095" => Some("jCard is a later step"),
        "RFC9555" | "RFC9982" => Some("JSContact is a later step"),
        _ if row.applies_to == "convert" => Some("conversion is a later step"),
        _ => None,
    };
    if let Some(reason) = later {
        return Proof::Not(reason.into());
    }
    let read = own.is_some_and(|own| !own.ok.is_empty() && own.bad.is_empty())
        || (row.bad.is_empty() && is_read(&row.ok, row));
    if read {
        return Proof::Test("`tests/conformance.rs`: the example is read and has no error".into());
    }
    Proof::Not(match &*row.level {
        "SHOULD" | "SHOULD NOT" | "MAY" => "left to the caller".into(),
        _ => "no test of its own yet".into(),
    })
}

fn page(rows: &[Requirement]) -> (String, Vec<String>) {
    let own = own();
    let mut counts: BTreeMap<String, [usize; 4]> = BTreeMap::new();
    let mut lists: BTreeMap<String, String> = BTreeMap::new();
    let mut missing = Vec::new();
    for row in rows {
        let name = match &*row.rfc {
            "POLICY" => String::from("Our own"),
            rfc => document(rfc),
        };
        let counts = counts.entry(name.clone()).or_default();
        counts[0] += 1;
        let shown = match proof(row, &own) {
            Proof::Rules(rules) => {
                counts[1] += 1;
                let rules: Vec<&str> = rules.into_iter().collect();
                format!("rule `{}`", rules.join("`, `"))
            }
            Proof::Test(test) => {
                counts[2] += 1;
                test
            }
            Proof::Wrong(reason) => {
                missing.push(format!("{}: {reason}", row.id));
                continue;
            }
            Proof::Not(reason) => {
                counts[3] += 1;
                let must = matches!(&*row.level, "MUST" | "MUST NOT" | "GRAMMAR");
                if must && row.applies_to != "convert" && reason == "no test of its own yet" {
                    missing.push(row.id.clone());
                }
                format!("not covered: {reason}")
            }
        };
        let requirement = row.requirement.replace('|', "\\|").replace('<', "&lt;");
        writeln!(
            lists.entry(name).or_default(),
            "| {} | {} | {} | {requirement} | {shown} |",
            row.id,
            row.section,
            row.level
        )
        .unwrap();
    }
    let mut page = String::from(
        "# Conformance\n\nWhat the standards ask for, row by row, and what proves that it is done: a rule of the \
         checker\nthat an example of the contrary breaks, with the section in the finding; a test; or \
         nothing yet, and why.\nThis page is made by `tests/conformance.rs`.\n\n\
         | document | requirements | by a rule | by a test | not covered |\n|---|---|---|---|---|\n",
    );
    for (name, [all, rules, tests, not]) in &counts {
        writeln!(page, "| {name} | {all} | {rules} | {tests} | {not} |").unwrap();
    }
    for (name, list) in &lists {
        write!(
            page,
            "\n## {name}\n\n| id | section | level | requirement | proof |\n|---|---|---|---|---|\n{list}"
        )
        .unwrap();
    }
    (page, missing)
}

#[test]
fn ok_conformance_page() {
    let rows = requirements();
    if rows.is_empty() {
        return;
    }
    let (made, missing) = page(&rows);
    println!("without a proof: {}\n{}", missing.len(), missing.join("\n"));
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("CONFORMANCE.md");
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, &made).unwrap();
    }
    let known = std::fs::read_to_string(path).unwrap();
    assert!(
        known == made,
        "CONFORMANCE.md is out of date: run with BLESS=1"
    );
    assert!(missing.is_empty(), "without a proof: {missing:?}");
}
