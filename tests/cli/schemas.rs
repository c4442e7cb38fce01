//! What the program prints for other programs is what its schemas say, whatever is read: findings and dumps by
//! `docs/*.schema.json`, SARIF by what of SARIF 2.1.0 is written. And what terminals show.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::*;

/// What of JSON Schema (2020-12) the schemas here are made of. A word that it does not know is an error.
struct Schema {
    root: Value,
    /// Those of its patterns that were needed.
    patterns: RefCell<BTreeMap<String, regex::Regex>>,
}

impl Schema {
    fn read(path: &str) -> Self {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
        Schema {
            root: serde_json::from_slice(&fs::read(path).unwrap()).unwrap(),
            patterns: RefCell::default(),
        }
    }

    fn faults(&self, value: &Value) -> Vec<String> {
        let mut faults = Vec::new();
        self.check(&self.root, value, "", &mut faults);
        faults
    }

    fn check(&self, schema: &Value, value: &Value, at: &str, faults: &mut Vec<String>) {
        let mut wrong = |what: &str| faults.push(format!("{at}: {what}: {value}"));
        let count = |limit: &Value| limit.as_u64().unwrap() as usize;
        for (word, says) in schema.as_object().unwrap() {
            match word.as_str() {
                "$schema" | "title" | "description" | "$defs" | "properties" => {}
                "type" => {
                    let is = |one: &Value| match one.as_str().unwrap() {
                        "object" => value.is_object(),
                        "array" => value.is_array(),
                        "string" => value.is_string(),
                        "integer" => value.is_u64() || value.is_i64(),
                        "boolean" => value.is_boolean(),
                        "null" => value.is_null(),
                        other => panic!("{other}"),
                    };
                    let fits = says
                        .as_array()
                        .map_or_else(|| is(says), |all| all.iter().any(is));
                    if !fits {
                        wrong("type");
                    }
                }
                "enum" if !says.as_array().unwrap().contains(value) => wrong("enum"),
                "minimum" if value.as_i64().is_some_and(|it| it < says.as_i64().unwrap()) => {
                    wrong("minimum");
                }
                "minLength" if value.as_str().is_some_and(|it| it.is_empty()) => wrong("minLength"),
                "pattern" if value.as_str().is_some_and(|it| !self.is_like(says, it)) => {
                    wrong("pattern");
                }
                "minItems" if value.as_array().is_some_and(|it| it.len() < count(says)) => {
                    wrong("minItems");
                }
                "maxItems" if value.as_array().is_some_and(|it| it.len() > count(says)) => {
                    wrong("maxItems");
                }
                "uniqueItems" => {
                    let items = value.as_array().into_iter().flatten();
                    let all: Vec<String> = items.map(Value::to_string).collect();
                    let unique: BTreeSet<_> = all.iter().collect();
                    if unique.len() < all.len() {
                        wrong("uniqueItems");
                    }
                }
                "enum" | "minimum" | "minLength" | "pattern" | "minItems" | "maxItems" => {}
                "required" => {
                    let missing = says.as_array().unwrap().iter();
                    let missing = missing.map(|name| name.as_str().unwrap());
                    for name in missing.filter(|name| value.get(name).is_none()) {
                        wrong(name);
                    }
                }
                "additionalProperties" => {
                    let known = schema["properties"].as_object().unwrap();
                    for name in value.as_object().into_iter().flat_map(|it| it.keys()) {
                        if !known.contains_key(name) {
                            wrong(name);
                        }
                    }
                }
                "items" => {
                    for (number, item) in value.as_array().into_iter().flatten().enumerate() {
                        self.check(says, item, &format!("{at}/{number}"), faults);
                    }
                    return self.members(schema, value, at, faults);
                }
                "anyOf" => {
                    let fits = says.as_array().unwrap().iter().any(|one| {
                        let mut faults = Vec::new();
                        self.check(one, value, at, &mut faults);
                        faults.is_empty()
                    });
                    if !fits {
                        wrong("anyOf");
                    }
                }
                "$ref" => {
                    let other = says.as_str().unwrap().strip_prefix('#').unwrap();
                    let other = self.root.pointer(other).unwrap();
                    return self.check(other, value, at, faults);
                }
                other => panic!("{other}"),
            }
        }
        self.members(schema, value, at, faults);
    }

    fn is_like(&self, pattern: &Value, text: &str) -> bool {
        let pattern = pattern.as_str().unwrap();
        let mut patterns = self.patterns.borrow_mut();
        let regex = patterns
            .entry(pattern.to_owned())
            .or_insert_with(|| regex::Regex::new(pattern).unwrap());
        regex.is_match(text)
    }

    fn members(&self, schema: &Value, value: &Value, at: &str, faults: &mut Vec<String>) {
        let schemas = schema["properties"].as_object();
        for (name, schema) in schemas.into_iter().flatten() {
            if let Some(member) = value.get(name) {
                self.check(schema, member, &format!("{at}/{name}"), faults);
            }
        }
    }
}

/// Inputs that are small, large, broken, or no cards.
fn odd() -> Vec<(&'static str, Vec<u8>)> {
    let card = |lines: &[u8]| [b"BEGIN:VCARD\r\nVERSION:4.0\r\n", lines, b"END:VCARD\r\n"].concat();
    let every_control: Vec<u8> = (0..32)
        .chain(127..=255)
        .filter(|byte| *byte != b'\n')
        .collect();
    vec![
        ("empty.vcf", Vec::new()),
        ("nothing but a mark.vcf", b"\xEF\xBB\xBF".to_vec()),
        ("hello.vcf", b"hello".to_vec()),
        ("page.vcf", b"<html><body>404</body></html>\n".to_vec()),
        ("controls.vcf", card(&[b"FN:a\x1b[31m", &every_control[..], b"\r\n"].concat())),
        ("nul.vcf", card(b"FN:\0\r\nNOTE;X-A=\0:\0\r\n")),
        ("latin-1.vcf", card(b"FN:Zo\xEB\r\nN:Qu\xEFst;Zo\xEB;;;\r\nX-\xEB:1\r\nTEL;TYPE=\xEB:1\r\n")),
        ("surrogates.vcf", card("FN:\u{10FFFF}\u{FEFF}\u{2028}\u{202E}\u{85}\r\n".as_bytes())),
        ("huge line.vcf", card(&[b"NOTE:", &b"x,".repeat(20_000)[..], b"\r\n"].concat())),
        ("many.vcf", card(&b"FN:a\r\nTELL:1\r\nREV:now\r\n".repeat(500))),
        ("huge card.vcf", card(&b"NOTE:twenty letters at least\r\n".repeat(20_000))),
        ("open.vcf", b"BEGIN:VCARD\r\nVERSION:4.0\r\nFN:a\r\n".to_vec()),
        ("glued.vcf", b"BEGIN:VCARD\nVERSION:3.0\nFN:a\nEND:VCARDBEGIN:VCARD\n junk\nEND:VCARD".to_vec()),
        ("nested.vcf", card(&[&b"BEGIN:VCARD\r\n".repeat(100)[..], &b"END:VCARD\r\n".repeat(100)].concat())),
        ("2.1.vcf", b"BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=X;ENCODING=QUOTED-PRINTABLE:=C3=\r\n=AB;=\r\nEND:VCARD\r\n".to_vec()),
        ("cr.vcf", b"BEGIN:VCARD\rVERSION:4.0\rREV:1996-10-22T14:00:00Z\rEND:VCARD\r".to_vec()),
        ("wide.vcf", utf_16(SIMPLE, true, true)),
        ("broken wide.vcf", [utf_16(SIMPLE, false, true), vec![0xD8, 0, 0, 1, 7]].concat()),
        ("a b%\u{e9}\u{202e}.vcf", card(b"")),
        ("repairs.vcf", card("FN:Zo\u{eb}\r\nREV:1996-10-22T14:00:00Z\r\nTEL;TYPE=\"a,b\":1 \r\nnote ;X:b\\c\r\n".as_bytes())),
    ]
}

/// Runs the program with these arguments on all inputs, many in a run.
fn every_input(arguments: &[&str], mut look: impl FnMut(&Run)) {
    let odd = odd();
    let files: Vec<(&str, &[u8])> = odd
        .iter()
        .map(|(name, bytes)| (*name, &bytes[..]))
        .collect();
    let place = Place::with(&files);
    let names: Vec<&str> = odd.iter().map(|(name, _)| *name).collect();
    look(&place.run(&[arguments, &names].concat()));
    let fixtures = crate::common::fixtures();
    for some in fixtures.chunks(200) {
        let names: Vec<&str> = some.iter().map(|path| path.to_str().unwrap()).collect();
        look(&place.run(&[arguments, &names].concat()));
    }
}

/// How many lines there are, each of which fits.
fn count_lines_that_fit(schema: &Schema, arguments: &[&str]) -> usize {
    let mut count = 0;
    every_input(arguments, |run| {
        for line in run.text().lines() {
            let faults = schema.faults(&serde_json::from_str(line).unwrap());
            assert!(faults.is_empty(), "{line}: {faults:?}");
            count += 1;
        }
    });
    count
}

#[test]
fn ok_findings_are_what_their_schema_says() {
    let schema = Schema::read("docs/check.schema.json");
    let seen = count_lines_that_fit(&schema, &["check", "--format=json"]);
    assert!(seen > 1000, "{seen}");
}

#[test]
fn ok_dumps_are_what_their_schema_says() {
    let schema = Schema::read("docs/dump.schema.json");
    for arguments in [&["dump"][..], &["dump", "--charset=latin1"]] {
        let seen = count_lines_that_fit(&schema, arguments);
        assert!(seen > 1000, "{seen}");
    }
}

#[test]
fn ok_sarif_is_sarif() {
    let schema = Schema::read("tests/cli/sarif.schema.json");
    let mut fixes = 0;
    every_input(&["check", "--format=sarif"], |run| {
        let log: Value = serde_json::from_slice(&run.stdout).unwrap();
        let faults = schema.faults(&log);
        assert!(faults.is_empty(), "{faults:?}");
        let run = &log["runs"][0];
        let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
        let rules: BTreeSet<_> = rules
            .iter()
            .filter_map(|rule| rule["id"].as_str())
            .collect();
        for result in run["results"].as_array().unwrap() {
            // A result of no rule of the tool cannot be explained.
            let rule = result["ruleId"].as_str().unwrap();
            assert!(rules.contains(rule), "{result}");
            fixes += result["fixes"].as_array().map_or(0, Vec::len);
        }
    });
    assert!(fixes > 50, "{fixes}");
}

/// The schemas refuse what is not right.
#[test]
fn err_what_a_schema_does_not_say() {
    let schema = Schema::read("docs/check.schema.json");
    let run = Place::with(&[("a.vcf", b"hello")]).run(&["check", "--format=json", "a.vcf"]);
    let right: Value = serde_json::from_str(run.text().lines().next().unwrap()).unwrap();
    assert!(schema.faults(&right).is_empty());
    for (name, wrong) in [
        ("line", serde_json::json!(0)),
        ("severity", serde_json::json!("fatal")),
        ("message", serde_json::json!(null)),
        ("card", serde_json::json!("1")),
        ("more", serde_json::json!(1)),
    ] {
        let mut value = right.clone();
        value[name] = wrong;
        assert_eq!(schema.faults(&value).len(), 1, "{value}");
    }
    for name in right.as_object().unwrap().keys() {
        let mut value = right.clone();
        value.as_object_mut().unwrap().remove(name);
        assert_eq!(schema.faults(&value).len(), 1, "{name}");
    }
}

/// What a terminal of each width shows.
#[test]
fn ok_pictures_at_three_widths() {
    let card = "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Zo\u{eb} Quist\r\nREV:1996-10-22T14:00:00Z\r\n\
                NOTE:\u{6f22}\u{5b57} and a line that is longer than any terminal of these is wide, so that it is cut\\, or folded\\x\r\n\
                TELL:1\r\nEND:VCARD\r\n";
    let place = Place::with(&[("zoe.vcf", card.as_bytes())]);
    for columns in ["60", "80", "120"] {
        let mut picture = String::new();
        for arguments in [
            &["check", "zoe.vcf"][..],
            &["explain", "fn-missing", "ADR"],
            &["convert", "--help"],
        ] {
            let child = place
                .command(arguments)
                .env("COLUMNS", columns)
                .spawn()
                .unwrap();
            let run = finish(child);
            picture.push_str(&format!("$ vcardinal {}\n", arguments.join(" ")));
            picture.push_str(run.text());
            picture.push_str(&run.stderr);
            picture.push('\n');
        }
        assert_expected(&format!("picture-{columns}.txt"), &picture);
    }
}
