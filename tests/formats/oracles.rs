//! Pairs of one card in two formats, as other programs' tests have them: `oracles.tsv` of the corpus that
//! VCARD_CORPUS names. Each is compared by meaning; what differs has its reason here.

use std::path::Path;

use serde_json::{Map, Value};
use vcardinal::{Card, CardReader, jcard, jscontact, xcard};

use crate::common::format_laws::in_jscontact;

/// A pair that differs: what the names of its two files end with, and why.
const DIFFERENT: [(&str, &str, &str); 17] = [
    (
        "AddressesTest.java__L220.vcf",
        "AddressesTest.java__L314.json",
        "a list of two texts is one text with a comma there (RFC 7095, 3.3.1.3)",
    ),
    (
        "PhoneTest.java__L109.vcf",
        "PhoneTest.java__L111.json",
        "one has a word of TYPE more",
    ),
    (
        "UidTest.java__L47.vcf",
        "UidTest.java__L40.json",
        "the type is text there, and VALUE is not (RFC 6350, 6.7.6)",
    ),
    (
        "AddressesTest.java__L427.vcf",
        "AddressesTest.java__L314.json",
        "they are not the same card",
    ),
    (
        "OrganizationsTest.java__L29.vcf",
        "OrganizationsTest.java__L29.json",
        "components stand in one text there (RFC 7095, 3.3.1.3)",
    ),
    (
        "RelatedToTest.java__L74.vcf",
        "RelatedToTest.java__L69.json",
        "the type is text there, and VALUE is not (RFC 6350, 6.6.6)",
    ),
    (
        "vCard-RFC7095.vcf",
        "jCard-RFC7095.json",
        "an offset without VALUE is a text in 4.0 (RFC 6350, 6.5.1)",
    ),
    (
        "escape_semicolon.vcf",
        "escape_semicolon.json",
        "private properties without VALUE are of the type unknown (RFC 7095, 5.1)",
    ),
    (
        "parser__vcard3.vcf",
        "parser__vcard3.json",
        "3.0 values stand there where jCard has those of 4.0 (RFC 7095, 3.3.1.1)",
    ),
    (
        "L1471.vcf",
        "L1461.xml",
        "-5301 is not a date and time (RFC 6350, 4.3.4)",
    ),
    (
        "L2446.vcf",
        "L2453.xml",
        "the element is text there, and VALUE is not (RFC 6350, 6.7.5)",
    ),
    (
        "L2486.vcf",
        "L2476.xml",
        "the element is text there, and VALUE is not (RFC 6350, 6.7.6)",
    ),
    (
        "L2681.vcf",
        "L2671.xml",
        "4.0 does not have CAPURI, so that it is of the type unknown (RFC 6351, 6)",
    ),
    (
        "L1241.vcf",
        "L1226.xml",
        "the element is text there, and VALUE is not (RFC 6351, 6)",
    ),
    (
        "L1985.vcf",
        "L1970.xml",
        "the element is uri there, and VALUE is not (RFC 6350, 6.4.1)",
    ),
    (
        "Multilingual.vcf",
        "jsCard-Multilingual.json",
        "what is expected is of a draft",
    ),
    (
        "jCard-Multilingual.json",
        "jsCard-Multilingual.json",
        "what is expected is of a draft",
    ),
];

/// A vCard and the members that are expected of it, which differ: the file, the place in it, and why.
const OTHER_MEMBERS: [(&str, usize, &str); 22] = [
    ("002_anniversary", 1, FROM_OTHERS),
    ("006_communication", 1, NAMED),
    ("007_organizational", 6, IDS),
    ("013_localizations", 0, IDS),
    ("013_localizations", 1, IDS),
    ("013_localizations", 2, SOUNDS),
    ("013_localizations", 3, SOUNDS),
    ("013_localizations", 4, FROM_OTHERS),
    ("013_localizations", 5, FROM_OTHERS),
    ("015_rfc6350", 1, FROM_OTHERS),
    ("015_rfc6350", 2, FROM_OTHERS),
    ("015_rfc6350", 3, FROM_OTHERS),
    ("015_rfc6350", 4, FROM_OTHERS),
    ("015_rfc6350", 5, FROM_OTHERS),
    ("015_rfc6350", 6, FROM_OTHERS),
    ("015_rfc6350", 28, NAMED),
    (
        "015_rfc6350",
        30,
        "a name with a blank is not one of a time zone (RFC 9555, 2.8.2)",
    ),
    (
        "015_rfc6350",
        52,
        "a moment without seconds has no form (RFC 9555, 2.5.1); a GEO with a TYPE has an address of its own",
    ),
    ("017_rfc9554", 7, FROM_OTHERS),
    ("017_rfc9554", 8, "a user is not a URI (RFC 9555, 2.7.5)"),
    (
        "017_rfc9554",
        12,
        "an FN that is derived is left out (RFC 9555, 2.3.7)",
    ),
    ("017_rfc9554", 14, SOUNDS),
];

const FROM_OTHERS: &str = "the language is taken from LANGUAGE and FN alone (RFC 9555, 2.3.11)";
const NAMED: &str = "vCardName is impp (RFC 9555, 2.7.2)";
const IDS: &str = "the Ids are others (RFC 9555, 2.1.3)";
const SOUNDS: &str = "how components sound is a member of them (RFC 9555, 2.3.15)";

fn read(folder: &Path, file: &str) -> Vec<u8> {
    std::fs::read(folder.join(file)).unwrap()
}

/// The cards of a file by what its name ends with.
fn cards(bytes: &[u8], file: &str) -> Vec<Card> {
    match file.rsplit('.').next() {
        Some("json") => jcard::Reader::new(bytes).map(Result::unwrap).collect(),
        Some("xml") => xcard::Reader::new(bytes).map(Result::unwrap).collect(),
        _ => CardReader::from_slice(bytes).map(Result::unwrap).collect(),
    }
}

/// What a card says, in an order that says nothing.
fn said(card: &Card) -> Vec<String> {
    let value = jcard::to_value(card).unwrap();
    let mut all: Vec<String> = value[1]
        .as_array()
        .unwrap()
        .iter()
        .map(|property| {
            let mut property = property.clone();
            property[1].as_object_mut().unwrap().sort_keys();
            property.to_string()
        })
        .collect();
    all.sort();
    all
}

/// The rows of the list, by their columns: type, files and their parts.
fn rows(folder: &Path) -> Vec<Vec<String>> {
    let list = String::from_utf8(read(folder, "oracles.tsv")).unwrap();
    let rows = list.lines().skip(1);
    rows.map(|row| row.split('\t').map(String::from).collect())
        .collect()
}

fn corpus() -> Option<std::path::PathBuf> {
    let folder = std::env::var_os("VCARD_CORPUS").map(std::path::PathBuf::from);
    if folder.is_none() {
        eprintln!("skipped the oracles: VCARD_CORPUS is not set");
    }
    folder
}

#[test]
fn ok_pairs_say_the_same() {
    let Some(folder) = corpus() else { return };
    let (mut same, mut differing) = (0, Vec::new());
    for row in rows(&folder) {
        let [kind, left, _, right, ..] = row.as_slice() else {
            continue;
        };
        if !["vcf->jcard", "vcf<->xcard", "xcard->vcf"].contains(&&**kind) {
            continue;
        }
        let of = |file: &str| -> Vec<Vec<String>> {
            let bytes = read(&folder, file);
            cards(&bytes, file).iter().map(said).collect()
        };
        let is_same = of(left) == of(right);
        let reason = DIFFERENT
            .iter()
            .find(|(own, other, _)| left.ends_with(own) && right.ends_with(other));
        match (is_same, reason) {
            (true, None) => same += 1,
            (false, Some(_)) => {}
            _ => differing.push(format!("{is_same} {left} {right}")),
        }
    }
    assert!(differing.is_empty(), "{differing:#?}");
    assert!(same > 70, "{same}");
}

/// Members whose values are objects by Ids.
const BY_ID: [&str; 19] = [
    "nicknames",
    "organizations",
    "pronouns",
    "titles",
    "emails",
    "onlineServices",
    "phones",
    "preferredLanguages",
    "calendars",
    "schedulingAddresses",
    "addresses",
    "cryptoKeys",
    "directories",
    "links",
    "media",
    "anniversaries",
    "notes",
    "personalInfo",
    "relatedTo",
];

/// Without Ids and what is private, in an order that says nothing.
fn plain(value: &Value, name: &str) -> Value {
    let sort = |mut values: Vec<Value>| {
        values.sort_by_key(Value::to_string);
        Value::Array(values)
    };
    match value {
        Value::Object(map) if BY_ID.contains(&name) => {
            sort(map.values().map(|one| plain(one, "")).collect())
        }
        Value::Object(map) => {
            let hidden = ["vCard", "@type", "version", "vCardProps", "vCardParams"];
            let members = map.iter().filter(|(name, _)| !hidden.contains(&&***name));
            let mut map: Map<String, Value> = members
                .map(|(name, value)| (name.clone(), plain(value, name)))
                .collect();
            let is_ordered = map.get("isOrdered") == Some(&Value::Bool(true));
            if let Some(Value::Array(components)) = map.get("components")
                && !is_ordered
            {
                let components = sort(components.clone());
                map.insert("components".into(), components);
            }
            map.sort_keys();
            Value::Object(map)
        }
        Value::Array(items) => items.iter().map(|item| plain(item, "")).collect(),
        other => other.clone(),
    }
}

#[test]
fn ok_members_are_those_expected() {
    let Some(folder) = corpus() else { return };
    let (mut same, mut differing) = (0, Vec::new());
    for row in rows(&folder) {
        let [kind, file, place, ..] = row.as_slice() else {
            continue;
        };
        if kind == "vcf->jscontact" || kind == "jcard->jscontact" {
            let bytes = read(&folder, file);
            cards(&bytes, file).iter().for_each(in_jscontact);
            continue;
        }
        if kind != "vcardprops<->jscontact" {
            continue;
        }
        let cases: Value = serde_json::from_slice(&read(&folder, file)).unwrap();
        let digits = place.trim_start_matches('[').split(']').next();
        let place: usize = digits.unwrap().parse().unwrap();
        let case = &cases[place];
        let input = case["input"].as_str().unwrap();
        if input.trim_start().starts_with('"') {
            continue; // JSContact of a draft
        }
        let text = match input.contains("BEGIN:VCARD") {
            true => input.to_owned(),
            false => format!(
                "BEGIN:VCARD\nVERSION:4.0\n{}\nEND:VCARD\n",
                input.trim_end()
            ),
        };
        let card = Card::parse(&text).unwrap();
        in_jscontact(&card);
        let steps = case["steps"].as_array().unwrap().iter();
        let mut texts = steps.filter_map(|step| step["text"].as_str());
        let Some(expected) = texts.find(|text| text.trim_start().starts_with('"')) else {
            continue;
        };
        let expected: Value = serde_json::from_str(&format!("{{{expected}}}")).unwrap();
        let found = jscontact::to_value(&card).unwrap();
        let is_same = plain(&found, "") == plain(&expected, "");
        let reason = OTHER_MEMBERS
            .iter()
            .find(|(own, at, _)| file.contains(own) && *at == place);
        match (is_same, reason) {
            (true, None) => same += 1,
            (false, Some(_)) => {}
            _ => differing.push(format!(
                "{is_same} {file} {place}\n{input}\n{}\n{}",
                plain(&found, ""),
                plain(&expected, "")
            )),
        }
    }
    assert!(differing.is_empty(), "{}", differing.join("\n"));
    assert!(same > 80, "{same}");
}
