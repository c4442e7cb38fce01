//! CONFORMANCE.md is made from the table of requirements: what proves that each is kept, or the honest
//! word that nothing does.
//!
//! | proof | counts when |
//! |---|---|
//! | a rule | the example of what is wrong gives a finding that cites the section, first or beside, of a rule that finds nothing in the right one; a warning at least, or for SHOULD any |
//! | a value | what `fixtures/conformance.tsv` expects is what is read of the right example, or written |
//! | a pair | a card and its jCard, xCard or JSContact come from each other as `fixtures/pairs.tsv` says (`pairs.rs`) |
//! | a test | a named one, which is there |
//!
//! Each of the first two is run with the wrong example or with another expectation too, and has to fail;
//! 60 of them are run with an octet of the example gone. Of a pair each character and each member is altered.
//! A wrong example of `-` says that the one of the table shows another fault than the row is about, so that
//! what is read has to prove it.
//!
//! With `VCARD_SPEC` set to the folder of the table, the page is compared with what it should be;
//! with `BLESS=1` too, it is written anew.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use common::reading::reading;
use common::spec::{
    Requirement, document, findings, names, own_requirements, profile, requirements, stream,
    unescaped,
};
use vcardinal::Version;
use vcardinal::validate::{Diagnostic, Severity};

use crate::common;
use crate::pairs::{self, Pair};

/// What proves a requirement.
enum Proof {
    /// Rules that the wrong example breaks, and the right one does not.
    Rules(BTreeSet<&'static str>),
    /// What is read of the right example, or written.
    Values(Vec<(String, String)>),
    /// A card and another form of it.
    Pairs(Vec<String>),
    /// A test.
    Test(String),
    Not(String),
    /// An example or an expectation of our own does not show what it should.
    Wrong(String),
}

/// What we say of a requirement over the table.
#[derive(Default)]
struct Own {
    ok: Vec<u8>,
    bad: Vec<u8>,
    proof: String,
    /// What is asked for, and what is expected.
    expect: Vec<(String, String)>,
    pairs: Vec<Pair>,
}

/// Examples and proofs of our own, by the id of the requirement.
fn own() -> BTreeMap<String, Own> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/conformance.tsv");
    let mut all: BTreeMap<String, Own> = std::fs::read_to_string(path)
        .unwrap()
        .lines()
        .skip(1)
        .map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            let statements = cells[4].split(" && ").filter(|one| !one.is_empty());
            let own = Own {
                ok: unescaped(cells[1]),
                bad: unescaped(cells[2]),
                proof: cells[3].to_owned(),
                expect: statements
                    .map(|one| one.split_once(" =").unwrap())
                    .map(|(asked, wanted)| {
                        (
                            asked.to_owned(),
                            wanted.strip_prefix(' ').unwrap_or(wanted).to_owned(),
                        )
                    })
                    .collect(),
                pairs: Vec::new(),
            };
            (cells[0].to_owned(), own)
        })
        .collect();
    for (id, pairs) in pairs::by_id() {
        all.entry(id).or_default().pairs = pairs;
    }
    all
}

/// The rows of the table, and our own beside them.
fn all_requirements() -> Vec<Requirement> {
    let mut rows = requirements();
    if !rows.is_empty() {
        rows.extend(own_requirements());
    }
    rows
}

/// The version that examples of a document are of.
fn version(row: &Requirement) -> Version {
    match &*row.rfc {
        "RFC2425" | "RFC2426" | "RFC2739" | "RFC4770" => Version::V3_0,
        "VCARD2.1" => Version::V2_1,
        _ => Version::V4_0,
    }
}

/// What is found in an example; in a card without it, where there is none.
fn found(example: &[u8], row: &Requirement) -> Vec<Diagnostic> {
    let example = match example {
        b"" => b"NOTE:a",
        example => example,
    };
    stream(example, &row.rfc).map_or_else(Vec::new, |card| findings(&card, profile(&row.rfc)))
}

/// The rules that the wrong example breaks and that cite the section, and that the right one does not
/// break.
fn broken(wrong: &[u8], right: &[u8], row: &Requirement) -> BTreeSet<&'static str> {
    let least = match row.level.starts_with("MUST") || row.level == "GRAMMAR" {
        true => Severity::Warning,
        false => Severity::Info,
    };
    let in_right: BTreeSet<&str> = found(right, row).iter().map(|one| one.rule.id).collect();
    found(wrong, row)
        .iter()
        .filter(|one| one.severity >= least && names(one, row).1)
        .map(|one| one.rule.id)
        .filter(|id| !in_right.contains(id))
        .collect()
}

/// The first expectation that what is read of an example does not meet.
fn unmet(example: &[u8], expect: &[(String, String)], row: &Requirement) -> Option<String> {
    let Some(card) = stream(example, &row.rfc) else {
        return Some("there is no example".to_owned());
    };
    expect.iter().find_map(|(asked, wanted)| {
        let read = reading(&card, asked, version(row));
        (read != *wanted).then(|| format!("{asked} = {read}"))
    })
}

/// The right example and the wrong one: ours, or that of the table.
fn examples<'a>(row: &'a Requirement, own: &'a Own) -> (&'a [u8], &'a [u8]) {
    let or = |ours: &'a [u8], theirs: &'a [u8]| match ours {
        b"" => theirs,
        ours => ours,
    };
    // What is wrong in the example of the row is another matter than the row.
    let bad = match &*own.bad {
        b"-" => b"",
        bad => or(bad, &row.bad),
    };
    (or(&own.ok, &row.ok), bad)
}

/// Whether the files that a proof names are there, and hold the tests that it names.
fn is_there(proof: &str) -> bool {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut text = String::new();
    let parts: Vec<&str> = proof.split('`').skip(1).step_by(2).collect();
    let paths = parts.iter().filter(|part| part.contains('/'));
    for path in paths {
        let path = root.join(path);
        match path.is_dir() {
            true => {}
            false => match std::fs::read_to_string(path) {
                Ok(file) => text += &file,
                Err(_) => return false,
            },
        }
    }
    let rules = parts
        .iter()
        .filter(|part| !part.contains('/') && part.contains('-'));
    let words = proof
        .split([' ', ',', ';', ':'])
        .filter(|word| word.starts_with("ok_") || word.starts_with("err_"));
    rules
        .into_iter()
        .all(|id| vcardinal::validate::rule(id).is_some())
        && words
            .into_iter()
            .all(|name| text.contains(&format!("fn {name}(")))
}

fn proof(row: &Requirement, own: &BTreeMap<String, Own>) -> Proof {
    let none = Own::default();
    let own = own.get(&row.id).unwrap_or(&none);
    if !own.proof.is_empty() {
        return match own.proof.strip_prefix("not covered: ") {
            Some(reason) => Proof::Not(reason.to_owned()),
            None if is_there(&own.proof) => Proof::Test(own.proof.clone()),
            None => Proof::Wrong(format!("there is no {}", own.proof)),
        };
    }
    let (right, wrong) = examples(row, own);
    let rules = match wrong {
        b"" => BTreeSet::new(),
        wrong => broken(wrong, right, row),
    };
    if !wrong.is_empty() && !own.bad.is_empty() && rules.is_empty() {
        let found: Vec<String> = found(wrong, row)
            .iter()
            .map(|one| {
                format!(
                    "{}[{}] {} beside {:?}",
                    one.severity, one.rule.id, one.section, one.see_also
                )
            })
            .collect();
        return Proof::Wrong(format!("our wrong example is not found: {found:?}"));
    }
    if !rules.is_empty() {
        return Proof::Rules(rules);
    }
    if !own.pairs.is_empty() {
        let wrong: Vec<String> = own.pairs.iter().filter_map(Pair::wrong).collect();
        return match wrong.is_empty() {
            true => Proof::Pairs(own.pairs.iter().map(Pair::shown).collect()),
            false => Proof::Wrong(wrong.join("; ")),
        };
    }
    if !own.expect.is_empty() {
        let clean = found(right, row)
            .iter()
            .all(|one| one.severity < Severity::Error);
        return match unmet(right, &own.expect, row) {
            Some(read) => Proof::Wrong(read),
            None if !clean && row.applies_to.contains("validate") => {
                Proof::Wrong("the right example has an error".to_owned())
            }
            None => Proof::Values(own.expect.clone()),
        };
    }
    let other = match &*row.rfc {
        "RFC6352" => Some("what a server or its client does"),
        _ if row.applies_to == "convert" => {
            Some("about conversion, whose laws are those of `tests/formats/convert.rs`")
        }
        _ => None,
    };
    Proof::Not(match (other, &*row.level) {
        (Some(reason), _) => reason.to_owned(),
        (None, "SHOULD" | "SHOULD NOT" | "MAY") => "left to the caller".to_owned(),
        (None, _) => "no proof that holds".to_owned(),
    })
}

/// How many of each kind: all, by a rule, by a value, by a pair, by a named test, not covered.
type Counts = [usize; 6];

fn page(rows: &[Requirement], own: &BTreeMap<String, Own>) -> (String, Vec<String>) {
    let mut counts: BTreeMap<String, Counts> = BTreeMap::new();
    let mut lists: BTreeMap<String, String> = BTreeMap::new();
    let mut wrong = Vec::new();
    for row in rows {
        let name = match &*row.rfc {
            "POLICY" => String::from("Our own"),
            rfc => document(rfc),
        };
        let counts = counts.entry(name.clone()).or_default();
        counts[0] += 1;
        let (kind, shown) = match proof(row, own) {
            Proof::Rules(rules) => {
                let rules: Vec<&str> = rules.into_iter().collect();
                (1, format!("rule `{}`", rules.join("`, `")))
            }
            Proof::Values(values) => (2, shown_values(&values)),
            Proof::Pairs(pairs) => (3, pairs.join("; ")),
            Proof::Test(test) => (4, test),
            Proof::Not(reason) => (5, format!("not covered: {reason}")),
            Proof::Wrong(reason) => {
                wrong.push(format!("{}: {reason}", row.id));
                continue;
            }
        };
        counts[kind] += 1;
        let requirement = row.requirement.replace('|', "\\|").replace('<', "&lt;");
        let (id, section, level) = (&row.id, &row.section, &row.level);
        let list = lists.entry(name).or_default();
        writeln!(
            list,
            "| {id} | {section} | {level} | {requirement} | {shown} |"
        )
        .unwrap();
    }
    let mut page = String::from(HEAD);
    let mut all = Counts::default();
    for (name, counts) in &counts {
        row_of_counts(name, counts, &mut page);
        for (sum, count) in all.iter_mut().zip(counts) {
            *sum += count;
        }
    }
    row_of_counts("all", &all, &mut page);
    for (name, list) in &lists {
        write!(
            page,
            "\n## {name}\n\n| id | section | level | requirement | proof |\n|---|---|---|---|---|\n{list}"
        )
        .unwrap();
    }
    (page, wrong)
}

const HEAD: &str = "# Conformance\n\nWhat the standards ask for, row by row, and what proves that it is kept:\n\n\
    - a rule of the checker, which finds an example of the contrary, cites the section, and finds nothing in the \
    right example;\n- a value that is read of the right example, or a line that is written, compared with what is \
    expected;\n- a pair: a card, and the jCard, xCard or JSContact that comes of it, or of which it comes; or what \
    is refused of these, beside what is not;\n- a named test;\n- or nothing, and why.\n\nEach proof of the first two kinds is run with the wrong \
    example or another expectation as well, and has to fail;\neach pair is run with each part of it altered.\nThis page is made by `tests/checking/conformance.rs`.\n\n\
    | document | requirements | by a rule | by a value | by a pair | by a named test | not covered |\n|---|---|---|---|---|---|---|\n";

fn row_of_counts(name: &str, counts: &Counts, page: &mut String) {
    let counts: Vec<String> = counts.iter().map(usize::to_string).collect();
    writeln!(page, "| {name} | {} |", counts.join(" | ")).unwrap();
}

fn shown_values(values: &[(String, String)]) -> String {
    let values: Vec<String> = values
        .iter()
        .map(|(asked, wanted)| {
            let wanted = match &**wanted {
                "" => "nothing",
                wanted => wanted,
            };
            format!("`{asked} = {wanted}`").replace('|', "\\|")
        })
        .collect();
    values.join(", ")
}

#[test]
fn ok_conformance_page() {
    let rows = all_requirements();
    if rows.is_empty() {
        return;
    }
    let own = own();
    let (made, wrong) = page(&rows, &own);
    println!("{} are wrong\n{}", wrong.len(), wrong.join("\n"));
    assert!(wrong.is_empty(), "{wrong:#?}");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("CONFORMANCE.md");
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, &made).unwrap();
    }
    let known = std::fs::read_to_string(path).unwrap();
    assert!(
        known == made,
        "CONFORMANCE.md is out of date: run with BLESS=1"
    );
    let ids: BTreeSet<&str> = rows.iter().map(|row| &*row.id).collect();
    for id in own.keys() {
        assert!(ids.contains(&**id), "{id} is no row");
    }
}

/// A proof that could not fail proves nothing: each is run with the other example, or with each of its
/// expectations altered.
#[test]
fn ok_each_proof_can_fail() {
    let own = own();
    let mut ran = [0; 2];
    let mut passed = Vec::new();
    for row in &requirements() {
        let none = Own::default();
        let ours = own.get(&row.id).unwrap_or(&none);
        let (right, wrong) = examples(row, ours);
        match proof(row, &own) {
            Proof::Rules(_) => {
                ran[0] += 1;
                if !broken(right, b"", row).is_empty() || !broken(wrong, wrong, row).is_empty() {
                    passed.push(format!("{}: the right example for the wrong one", row.id));
                }
            }
            Proof::Values(values) => {
                ran[1] += 1;
                for place in 0..values.len() {
                    let mut other = values.clone();
                    other[place].1.push('q');
                    if unmet(right, &other, row).is_none() {
                        passed.push(format!("{}: {:?}", row.id, other[place]));
                    }
                }
                // Nothing of it is in a card without the example.
                if unmet(b"X-OTHER:a", &values, row).is_none() {
                    passed.push(format!("{}: another card", row.id));
                }
            }
            _ => {}
        }
    }
    println!(
        "{} proofs by rules and {} by values can fail",
        ran[0], ran[1]
    );
    assert!(passed.is_empty(), "{passed:#?}");
}

/// The same 60 each time: those after which a counter says so.
#[test]
fn ok_sixty_proofs_fail_on_other_examples() {
    let own = own();
    let rows = requirements();
    let all: Vec<(&Requirement, Proof)> = rows
        .iter()
        .map(|row| (row, proof(row, &own)))
        .filter(|(_, proof)| matches!(proof, Proof::Rules(_) | Proof::Values(_)))
        .collect();
    if all.is_empty() {
        return;
    }
    let mut seed = 20_261_130_u64;
    let mut next = |most: usize| {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).unwrap() % most
    };
    let mut picked = BTreeSet::new();
    while picked.len() < 60 {
        picked.insert(next(all.len()));
    }
    let mut passed = Vec::new();
    let mut kinds = [0; 2];
    for place in picked {
        let (row, proof) = &all[place];
        let none = Own::default();
        let (right, wrong) = examples(row, own.get(&row.id).unwrap_or(&none));
        let failed = match proof {
            // The octets that make it wrong are gone.
            Proof::Rules(rules) => {
                kinds[0] += 1;
                let found = broken(right, b"", row);
                !wrong.is_empty() && rules.iter().all(|rule| !found.contains(rule))
            }
            Proof::Values(values) => {
                kinds[1] += 1;
                let at = next(right.len());
                let mut other = right.to_vec();
                other.remove(at);
                let failed = unmet(&other, values, row).is_some();
                if !failed {
                    passed.push(format!(
                        "{}: without octet {at} of {:?}",
                        row.id,
                        String::from_utf8_lossy(right)
                    ));
                }
                failed
            }
            _ => unreachable!(),
        };
        if !failed && kinds[0] > 0 && matches!(proof, Proof::Rules(_)) {
            passed.push(row.id.clone());
        }
    }
    println!(
        "60 proofs, {} by rules and {} by values; {} did not fail",
        kinds[0],
        kinds[1],
        passed.len()
    );
    println!("{}", passed.join("\n"));
    assert!(passed.len() <= 2, "{passed:#?}");
}
