//! CONFORMANCE.md is made from the table of requirements: which rule or test proves each, or the
//! honest word that none does.
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

use common::spec::{Requirement, cites, document, findings, requirements, stream};
use vcardinal::validate::{Profile, Severity};

/// What proves a requirement.
enum Proof {
    /// A rule that is broken by the example of what is wrong, and cites the section.
    Rules(BTreeSet<&'static str>),
    /// A test.
    Test(String),
    Not(String),
}

/// Rows that a test of ours proves, where no example in the table can: id and test.
fn tests() -> BTreeMap<String, String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/conformance.tsv");
    std::fs::read_to_string(path)
        .unwrap()
        .lines()
        .skip(1)
        .map(|line| {
            let (id, test) = line.split_once('\t').unwrap();
            (id.to_owned(), test.to_owned())
        })
        .collect()
}

fn proof(row: &Requirement, tests: &BTreeMap<String, String>) -> Proof {
    if let Some(test) = tests.get(&row.id) {
        return match test.strip_prefix("not covered: ") {
            Some(reason) => Proof::Not(reason.to_owned()),
            None => Proof::Test(test.clone()),
        };
    }
    let bad = stream(&row.bad, &row.rfc).map(|card| findings(&card, Profile::Declared));
    let rules: BTreeSet<&'static str> = bad
        .iter()
        .flatten()
        .filter(|finding| cites(finding, row))
        .map(|finding| finding.rule.id)
        .collect();
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
    if let Some(card) = stream(&row.ok, &row.rfc)
        && row.bad.is_empty()
        && findings(&card, Profile::Declared)
            .iter()
            .all(|finding| finding.severity < Severity::Error)
    {
        return Proof::Test("`tests/conformance.rs`: the example is read and has no error".into());
    }
    Proof::Not(match &*row.level {
        "SHOULD" | "SHOULD NOT" | "MAY" => "left to the caller".into(),
        _ => "no test of its own yet".into(),
    })
}

fn page(rows: &[Requirement]) -> (String, Vec<String>) {
    let tests = tests();
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
        let shown = match proof(row, &tests) {
            Proof::Rules(rules) => {
                counts[1] += 1;
                let rules: Vec<&str> = rules.into_iter().collect();
                format!("rule `{}`", rules.join("`, `"))
            }
            Proof::Test(test) => {
                counts[2] += 1;
                test
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
