//! The examples of the table of requirements: what is right has no error, and what is wrong is found by
//! a finding that cites the section where the sentence stands; and the example lines of the RFC texts,
//! which have no error.
//!
//! With `VCARD_SPEC` set to the folder of the table and of the texts; without it the tests say so and
//! pass.

use std::collections::{BTreeMap, BTreeSet};

use common::spec::{Requirement, document, findings, names, profile, requirements, stream};
use vcardinal::validate::{Diagnostic, Severity};

use crate::common;

/// Examples of what is right that a strict reader finds an error in, since the row is about what a
/// reader takes all the same.
const TOLERATED: &[(&str, &str)] = &[
    (
        "R6350-3.2-07",
        "a character that a fold splits, which R6350-3.2-06 forbids",
    ),
    ("POL-3.3-02", "an unknown version"),
    ("POL-3.3-03", "a word without a name"),
    (
        "V21-2.9-04",
        "a backslash before a line break, of the grammar alone",
    ),
];

/// Rows whose example of what is wrong breaks the sentence of another section, which the finding cites
/// first; the section of the row stands beside it, in the finding or in the page of the rule.
const SAID_ELSEWHERE: &[(&str, &str, &str)] = &[
    (
        "R2425-5.3-01",
        "RFC 2426, 5",
        "that CHARSET is gone, as in R2426-5-02",
    ),
    (
        "R6868-1-01",
        "RFC 6350, 5",
        "a quote in a value, as in R6350-5-02",
    ),
    (
        "R7095-3.3.1.2.1-02",
        "RFC 9555, 2.3.9",
        "both documents say it",
    ),
    ("R7095-4-02", "RFC 6350, 3.4", COMMA),
    ("R7095-5.2-01", "RFC 6350, 5.2", "which types there are"),
    ("R6351-6-06", "RFC 6350, 5.2", "which types there are"),
    (
        "R9555-3.3.2-01",
        "RFC 9555, 3.2.1",
        "the colon ends the head, so that the value is no JSON",
    ),
    ("R6350-3.3-01", "RFC 6350, 6.2.1", FN),
    ("R6350-3.3-03", "RFC 6350, 6.2.1", FN),
    (
        "R6350-3.3-02",
        "RFC 6350, 6.7.9",
        "the position of VERSION, as in R6350-6.7.9-03",
    ),
    ("R6350-4-03", "RFC 6350, 3.4", "escapes, as in R6350-3.4-07"),
    ("R6350-4.7-01", "RFC 6350, 4.7", OFFSET),
    ("R6350-6.5.1-04", "RFC 6350, 4.7", OFFSET),
    (
        "R6350-5.2-03",
        "RFC 6350, 6.7.4",
        "which types a property has stands in its grammar; 5.2 has no such sentence",
    ),
    (
        "R6350-5.8-03",
        "RFC 6350, 6.2.5",
        "\"can only be present when BDAY-value\" is a comment of the grammar there; 5.8 has no such sentence",
    ),
    ("R6350-6.1.3-02", "RFC 6350, 4.2", URI),
    ("R6350-6.4.3-02", "RFC 6350, 4.2", URI),
    ("R6350-6.6.3-02", "RFC 6350, 4.2", URI),
    ("R6350-6.7.8-02", "RFC 6350, 4.2", URI),
    ("R6350-6.9.1-02", "RFC 6350, 4.2", URI),
    ("R6350-6.9.2-02", "RFC 6350, 4.2", URI),
    ("R6715-2.4-02", "RFC 6350, 4.2", URI),
    ("R9554-3.5-02", "RFC 6350, 4.2", URI),
    ("R2739-2.3.1-01", "RFC 2425, 5.8.4", URI),
    ("R2739-2.3.2-01", "RFC 2425, 5.8.4", URI),
    ("R2739-2.3.3-01", "RFC 2425, 5.8.4", URI),
    ("R6350-6.1.4-11", "RFC 6350, 5.5", PID),
    ("R6350-6.2.6-04", "RFC 6350, 5.5", PID),
    ("R6474-2.1-04", "RFC 6350, 5.5", PID),
    ("R6474-2.2-04", "RFC 6350, 5.5", PID),
    ("R6350-6.2.1-02", "RFC 6350, 3.4", COMMA),
    ("R6350-6.6.1-02", "RFC 6350, 3.4", COMMA),
    ("R6350-6.7.2-02", "RFC 6350, 3.4", COMMA),
    (
        "R6350-6.2.7-05",
        "RFC 6350, 3.4",
        "a semicolon in a component",
    ),
    (
        "R6350-6.2.4-04",
        "RFC 6350, A.2",
        "6.2.4 is about PHOTO, and the example is a LOGO; that ENCODING is gone stands in A.2",
    ),
    (
        "R6350-6.2.5-02",
        "RFC 6350, 4",
        "a text in place of a date, as in R6350-4-01",
    ),
    (
        "R6350-6.2.6-02",
        "RFC 6350, 4",
        "a text in place of a date, as in R6350-4-01",
    ),
    (
        "R6350-6.2.7-07",
        "RFC 6350, 5.6",
        "which properties take no TYPE, as in R6350-5.6-02",
    ),
    ("R6350-6.3.1-10", "RFC 6350, A.2", "that LABEL is gone"),
    ("R6350-6.4.1-11", "RFC 6350, 5.7", MEDIATYPE),
    ("R6350-6.6.6-06", "RFC 6350, 5.7", MEDIATYPE),
    ("R6350-6.8.1-03", "RFC 6350, 5.7", MEDIATYPE),
    (
        "R6350-6.7.4-02",
        "RFC 6350, 4.3.5",
        "a timestamp, as in R6350-4.3.5-01",
    ),
    (
        "R9554-3.1-02",
        "RFC 6350, 4.3.5",
        "a timestamp, as in R6350-4.3.5-01",
    ),
    (
        "R9554-3.3-02",
        "RFC 6350, 4.8",
        "a language tag, as in R6350-4.8-01",
    ),
    (
        "R6474-2.3-03",
        "RFC 6350, 3.3",
        "the example has no colon, as in R6350-3.3-12: the sentence of the row is not broken",
    ),
    (
        "R6715-2.4-03",
        "RFC 6715, 3.1",
        "what INDEX is, as in R6715-3.1-01",
    ),
    (
        "R6352-6.3.2.1-01",
        "RFC 6352, 6.2.2",
        "which versions, as in R6352-6.2.2-01",
    ),
    (
        "R6352-6.3.2.1-02",
        "RFC 2426, 1",
        "which card of 3.0 is valid",
    ),
    (
        "R2425-5.8.2-03",
        "RFC 2426, 5",
        "words without a name, as in R2426-5-05",
    ),
    (
        "R2739-2.3.3-02",
        "RFC 2426, 5",
        "words without a name, as in R2426-5-05",
    ),
    (
        "R2426-2.4.1-01",
        "RFC 2426, 3.1.4",
        "the property says it too, as in R2426-3.1.4-02",
    ),
    (
        "R2426-3.4.1-01",
        "RFC 2426, 2.4.4",
        "an offset from UTC, as in R2426-2.4.4-01",
    ),
    (
        "R2426-3.6.4-01",
        "RFC 2425, 5.8.4",
        "a date, as in R2425-5.8.4-08",
    ),
];

const FN: &str = "that FN is there, as in R6350-6.2.1-01";
const OFFSET: &str = "two rows have this example; the form of an offset is that of 4.7";
const URI: &str = "a URI has a scheme, as in R6350-4.2-01";
const PID: &str = "which properties take no PID, as in R6350-5.5-02";
const COMMA: &str = "a comma in a text, as in R6350-3.4-01";
const MEDIATYPE: &str = "what MEDIATYPE is for, as in R6350-5.7-03";

/// What an example of a row gives.
fn of(example: &[u8], row: &Requirement) -> Option<Vec<Diagnostic>> {
    let card = stream(example, &row.rfc)?;
    Some(findings(&card, profile(&row.rfc)))
}

/// Whether a checker of text is asked: what must be, shown by an example that is no jCard and no xCard.
fn is_of_checker(row: &Requirement) -> bool {
    let must = matches!(&*row.level, "MUST" | "MUST NOT" | "GRAMMAR");
    must && !row.bad.starts_with(b"{") && !NOT_SEEN.iter().any(|(id, _)| *id == row.id)
}

/// Examples of what a writer or a converter must not do that are right cards.
const NOT_SEEN: &[(&str, &str)] = &[
    (
        "R9554-4.2-02",
        "the colon ends the head, so that the line is another, and right",
    ),
    ("R9555-2.9.4-01", "what JSContact said is not in the card"),
    ("R7095-4-03", "what jCard said is not in the card"),
    ("R8605-2.1-05", "RFC 9555, 2.9.1, has TYPE on CONTACT-URI"),
];

fn shown(found: &[Diagnostic]) -> String {
    let found: Vec<String> = found
        .iter()
        .map(|one| {
            let (severity, rule, beside) = (one.severity, one.rule.id, one.see_also);
            format!("{severity}[{rule}] {} beside {beside:?}", one.section)
        })
        .collect();
    found.join("; ")
}

/// What of the table is right, of one document.
#[derive(Default)]
struct Figures {
    ok: usize,
    clean: usize,
    bad: usize,
    found: usize,
    first: usize,
    elsewhere: usize,
}

/// Why the findings about a bad example do not say what the row says.
fn fault_of(row: &Requirement, found: &[Diagnostic], figures: &mut Figures) -> Option<String> {
    figures.bad += 1;
    figures.found += usize::from(!found.is_empty());
    let first = found.iter().any(|one| names(one, row).0);
    figures.first += usize::from(first);
    let elsewhere = SAID_ELSEWHERE.iter().find(|(id, _, _)| *id == row.id);
    match elsewhere {
        None if first => None,
        None => Some(format!(
            "{} is not cited first: {}",
            row.section,
            shown(found)
        )),
        Some((_, section, _)) => {
            figures.elsewhere += usize::from(!first);
            let own = format!("{}, {}", document(&row.rfc), row.section);
            let is = |one: &Diagnostic| {
                one.section == *section
                    && (one.section == own
                        || names(one, row).1
                        || one.rule.sections.contains(&&*own)
                        // A mistake of the row: its section says nothing of the kind.
                        || matches!(&*row.id, "R6474-2.3-03" | "R6350-6.2.4-04" | "R6350-5.8-03")
                        // The same sentence in a document about another format.
                        || matches!(&*row.id, "R7095-4-02" | "R6868-1-01" | "R2425-5.3-01"))
            };
            (!found.iter().any(is)).then(|| format!("expected {section}: {}", shown(found)))
        }
    }
}

#[test]
fn ok_and_bad_examples() {
    let rows = requirements();
    let mut all: BTreeMap<String, Figures> = BTreeMap::new();
    let mut wrong = Vec::new();
    let mut seen = BTreeSet::new();
    for row in &rows {
        let figures = all.entry(row.rfc.clone()).or_default();
        if let Some(found) = of(&row.ok, row) {
            let clean = found.iter().all(|one| one.severity < Severity::Error);
            let tolerated = TOLERATED.iter().any(|(id, _)| *id == row.id);
            figures.ok += 1;
            figures.clean += usize::from(clean);
            if clean == tolerated {
                wrong.push(format!("{}, what is right: {}", row.id, shown(&found)));
            }
        }
        if is_of_checker(row)
            && let Some(found) = of(&row.bad, row)
        {
            seen.insert(&*row.id);
            if let Some(fault) = fault_of(row, &found, figures) {
                wrong.push(format!("{}, what is wrong: {fault}", row.id));
            }
        }
    }
    println!(
        "document: ok examples, without an error; bad ones, found, cite the row first, another first"
    );
    let mut sum = Figures::default();
    for (rfc, one) in &all {
        let Figures {
            ok,
            clean,
            bad,
            found,
            first,
            elsewhere,
        } = one;
        println!("{rfc}: {ok}, {clean}; {bad}, {found}, {first}, {elsewhere}");
        sum.ok += ok;
        sum.clean += clean;
        sum.bad += bad;
        sum.found += found;
        sum.first += first;
        sum.elsewhere += elsewhere;
    }
    let Figures {
        ok,
        clean,
        bad,
        found,
        first,
        elsewhere,
    } = sum;
    println!("all: {ok}, {clean}; {bad}, {found}, {first}, {elsewhere}");
    assert!(
        wrong.is_empty(),
        "{} rows:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    assert_eq!(found, bad, "all are found");
    if !rows.is_empty() {
        for (id, _, _) in SAID_ELSEWHERE {
            assert!(seen.contains(id), "{id} is in the list, and no row");
        }
    }
}

/// The texts with examples, and the version they are about.
const TEXTS: [(&str, &str); 13] = [
    ("rfc2425", "3.0"),
    ("rfc2426", "3.0"),
    ("rfc2739", "3.0"),
    ("rfc4770", "3.0"),
    ("rfc6350", "4.0"),
    ("rfc6473", "4.0"),
    ("rfc6474", "4.0"),
    ("rfc6715", "4.0"),
    ("rfc6868", "4.0"),
    ("rfc6869", "4.0"),
    ("rfc8605", "4.0"),
    ("rfc9554", "4.0"),
    ("rfc9555", "4.0"),
];

/// Examples with an error that is one: the text, how the example begins, the rule, and why.
const ERRONEOUS: &[(&str, &str, &str, &str)] = &[
    (
        "rfc2426",
        "KEY;ENCODING=b:",
        "base64-invalid",
        "the data of the example has a digit too many",
    ),
    (
        "rfc2426",
        "BEGIN:vCard\r\nVERSION:3.0\r\nFN:Frank",
        "n-missing",
        AUTHORS,
    ),
    (
        "rfc2426",
        "BEGIN:vCard\r\nVERSION:3.0\r\nFN:Tim",
        "n-missing",
        AUTHORS,
    ),
    ("rfc4770", "BEGIN:vCard", "n-missing", AUTHORS),
    (
        "rfc6350",
        "TZ;VALUE=utc-offset:-0500 ; Note",
        "utc-offset-invalid",
        "a comment in the line",
    ),
    (
        "rfc6350",
        "BEGIN:VCARD\r\nVERSION:4.0\r\nEMAIL;PID=4.2,5.1",
        "fn-missing",
        IN_PART,
    ),
    (
        "rfc6350",
        "BEGIN:VCARD\r\nVERSION:4.0\r\nEMAIL;PID=5.1,5.2",
        "fn-missing",
        IN_PART,
    ),
];

const AUTHORS: &str = "the cards of the authors have no N, which section 1 of RFC 2426 demands";
const IN_PART: &str = "the cards of 7.2 show what matters there; 6.2.1 demands FN";

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// Whether a line of a text is a content line of a property that the registry has.
fn is_content_line(line: &str) -> bool {
    let Some((head, _)) = line.split_once(':') else {
        return false;
    };
    let name = head.split(';').next().unwrap();
    let name = name.rsplit('.').next().unwrap();
    !name.bytes().any(|byte| byte.is_ascii_lowercase())
        && vcardinal::registry::property(name.as_bytes()).is_some()
}

/// The cards of a text, and its single lines, unfolded.
fn examples(text: &str) -> Vec<String> {
    let lines = text.lines().filter(|line| {
        !line.contains("[Page ") && !line.starts_with("RFC ") && !line.contains('\u{c}')
    });
    let mut examples: Vec<String> = Vec::new();
    // The indentation of the example that may go on.
    let mut open = None;
    let mut in_card = false;
    for line in lines {
        let content = line.trim_start();
        if content.trim().is_empty() {
            // A page may end inside of a card.
            open = None;
            continue;
        }
        if let Some(first) = open
            && (first + 1..first + 4).contains(&indent(line))
            && !is_content_line(content)
        {
            examples.last_mut().unwrap().push_str(&line[first + 1..]);
            continue;
        }
        if !is_content_line(content) {
            open = None;
            continue;
        }
        open = Some(indent(line));
        let begins = content.eq_ignore_ascii_case("BEGIN:VCARD");
        if in_card && !begins {
            let card = examples.last_mut().unwrap();
            card.push_str("\r\n");
            card.push_str(content);
        } else {
            examples.push(content.to_owned());
        }
        in_card = (in_card || begins) && !content.eq_ignore_ascii_case("END:VCARD");
    }
    examples.retain(|example| {
        let whole =
            example.to_ascii_uppercase().starts_with("BEGIN:VCARD\r\n") && example.len() > 30;
        let delimiter = ["BEGIN:", "END:", "VERSION:"]
            .iter()
            .any(|name| example.starts_with(name));
        // What is left out of a value cannot be read.
        (whole || !delimiter) && !example.contains("...")
    });
    examples
}

/// What a line needs around it, that the text says and the example does not show.
fn with_context(example: &str) -> String {
    let mut lines = example.to_owned();
    if example.starts_with("MEMBER") {
        lines += "\r\nKIND:group";
    }
    if example.contains(";PID=") && !example.contains("\r\n") {
        lines += "\r\nCLIENTPIDMAP:1;urn:uuid:53e374d9-337e-4727-8803-a1e9c14e0556";
        lines += "\r\nCLIENTPIDMAP:2;urn:uuid:1f762d2b-03c4-4a83-9a03-75ff658a6eee";
    }
    lines
}

#[test]
fn ok_example_lines_of_the_texts() {
    let Some(folder) = std::env::var_os("VCARD_SPEC") else {
        eprintln!("skipped the texts: VCARD_SPEC is not set");
        return;
    };
    let mut wrong = Vec::new();
    let mut count = 0;
    let mut known = BTreeSet::new();
    for (name, version) in TEXTS {
        let path = std::path::Path::new(&folder).join(format!("rfc/{name}.txt"));
        let text = std::fs::read_to_string(path).unwrap();
        let of_text = examples(&text);
        println!("{name}: {} examples", of_text.len());
        count += of_text.len();
        let rfc = if version == "3.0" {
            "RFC2426"
        } else {
            "RFC6350"
        };
        for example in of_text {
            let card = stream(with_context(&example).as_bytes(), rfc).unwrap();
            for one in findings(&card, profile(rfc)) {
                if one.severity < Severity::Error {
                    continue;
                }
                let is_known = |(text, start, rule, _): &(&str, &str, &str, &str)| {
                    *text == name && example.starts_with(start) && one.rule.id == *rule
                };
                match ERRONEOUS.iter().position(is_known) {
                    Some(place) => {
                        known.insert(place);
                    }
                    None => wrong.push(format!("{name} {example:?}\n    {one}")),
                }
            }
        }
    }
    println!(
        "{count} examples, {} with an error that is one",
        known.len()
    );
    assert!(count > 250, "{count}: the examples were not found");
    assert_eq!(known.len(), ERRONEOUS.len(), "one of the list has no error");
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
}
