//! How much a finding matters: what a standard forbids is an error, what means nothing an info, what
//! it allows nothing, and what follows from another finding neither.

use common::spec::findings;
use vcardinal::Version;
use vcardinal::registry::{
    self, AnyParameter, Condition, Defined, Occurrence, ParameterId, Permit, PropertyRow,
};
use vcardinal::validate::{Profile, Severity};

use crate::common;

fn found(card: &str) -> Vec<String> {
    findings(card.replace('|', "\r\n").as_bytes(), Profile::Declared)
        .iter()
        .map(|finding| format!("{} {}", finding.severity, finding.rule.id))
        .collect()
}

fn of(version: &str, lines: &str) -> Vec<String> {
    let has = |name: &str| {
        lines
            .split('|')
            .any(|line| line.split([';', ':']).next() == Some(name))
    };
    let fn_line = if has("FN") { "" } else { "FN:Ida Quill|" };
    let n_line = if has("N") || version == "4.0" {
        ""
    } else {
        "N:Quill;Ida;;;|"
    };
    found(&format!(
        "BEGIN:VCARD|VERSION:{version}|{fn_line}{n_line}{lines}|END:VCARD|"
    ))
}

/// What is right, or nearly so, and was found too severe.
#[test]
fn ok_no_false_alarms() {
    let cases: &[(&str, &str, &[&str])] = &[
        ("4.0", "FN:", &["warning fn-empty"]),
        ("3.0", "FN:", &["warning fn-empty"]),
        ("2.1", "FN:", &["warning fn-empty"]),
        ("4.0", "FN: |TEL:1", &["warning fn-empty"]),
        (
            "4.0",
            "SOCIALPROFILE;PREF=1:https://fable.example/@ida",
            &[],
        ),
        (
            "4.0",
            "SOCIALPROFILE;TYPE=work;PID=1:https://fable.example/@ida",
            &[],
        ),
        ("4.0", "GRAMGENDER;VALUE=text:neuter", &[]),
        ("4.0", "LANGUAGE;VALUE=language-tag:de", &[]),
        ("4.0", "KIND;ALTID=1:individual", &[]),
        (
            "4.0",
            "PHOTO;LANGUAGE=en:https://fable.example/ida.png",
            &["info parameter-not-permitted"],
        ),
        (
            "4.0",
            "RELATED;LANGUAGE=en:https://fable.example/ida",
            &["info parameter-not-permitted"],
        ),
        (
            "3.0",
            "TEL;TYPE=HOME;X-SLOT=1:1",
            &["info parameter-not-permitted"],
        ),
        ("3.0", "TEL;TYPE=HOME;SLOT=1:1", &["info parameter-unknown"]),
        ("4.0", "ADR;GEO=\"https://fable.example/map\":;;;;;;", &[]),
        ("4.0", "ADR;GEO=\"fable\":;;;;;;", &["error geo-invalid"]),
        ("4.0", "GEO:https://fable.example/map", &["info uri-scheme"]),
        (
            "4.0",
            "CONTACT-URI;PREF=1:https://fable.example/|CONTACT-URI;PREF=2:tel:+1",
            &[],
        ),
        (
            "4.0",
            "CONTACT-URI;PREF=2:tel:+1|CONTACT-URI;PREF=1:mailto:ida@fable.example",
            &[],
        ),
        ("4.0", "CONTACT-URI:tel:+1", &["warning uri-scheme"]),
        (
            "4.0",
            "CONTACT-URI;PREF=1:tel:+1|CONTACT-URI;PREF=2:tel:+2",
            &["warning uri-scheme"],
        ),
        ("4.0", "HOBBY;INDEX=+1:boats", &[]),
        ("4.0", "HOBBY;INDEX=9223372036854775807:boats", &[]),
        (
            "4.0",
            "HOBBY;INDEX=9223372036854775808:boats",
            &["error index-invalid"],
        ),
        ("4.0", "HOBBY;INDEX=-1:boats", &["error index-invalid"]),
        ("4.0", "HOBBY;INDEX=0:boats", &["error index-invalid"]),
        (
            "4.0",
            "URL;MEDIATYPE=\"text/x;a=^'b;c^'\":https://fable.example/",
            &[],
        ),
        (
            "4.0",
            "URL;MEDIATYPE=\"text/x;a=^'b\\^';c^'\":https://fable.example/",
            &[],
        ),
        (
            "4.0",
            "URL;MEDIATYPE=\"text/x;a=^'b;c\":https://fable.example/",
            &["warning mediatype-invalid"],
        ),
        (
            "3.0",
            "REV:2017-05-10T14:36:01Z(2)",
            &["warning timestamp-invalid"],
        ),
        (
            "2.1",
            "NOTE;ENCODING=8-BIT:a",
            &["warning encoding-unknown"],
        ),
        ("2.1", "NOTE;ENCODING=9BIT:a", &["error encoding-unknown"]),
        (
            "4.0",
            "PHOTO:data:image/png;base64\\,AAAA=",
            &["warning data-uri-invalid"],
        ),
        (
            "4.0",
            "PHOTO:data:image/png;base64\\,AA=====",
            &["warning data-uri-invalid"],
        ),
        (
            "4.0",
            "PHOTO:data:image/png;base64\\,A?AA",
            &["error data-uri-invalid"],
        ),
        ("4.0", "PHOTO:data:image/png;base64\\,AAA=", &[]),
    ];
    for (version, lines, expected) in cases {
        assert_eq!(of(version, lines), *expected, "{version} {lines}");
    }
}

/// Nothing follows from a VERSION that is not there.
#[test]
fn ok_a_missing_version_is_one_finding() {
    let alone = [
        "N:Quist;Zoe|TEL;HOME;VOICE:1",
        "N:Quist;Zoe",
        "N:Quist;Zoe|NOTE;CHARSET=UTF-8:a",
        "N:Quist;Zoe|NOTE;ENCODING=QUOTED-PRINTABLE:a=20b",
        "FN:Zoe Quist",
        "FN:Zoe Quist|TEL;TYPE=home:1",
        "FN:Zoe Quist|TEL;CELL:1",
        "FN:Zoe Quist|N:Quist;Zoe;;;",
    ];
    for lines in alone {
        let card = format!("BEGIN:VCARD|{lines}|END:VCARD|");
        assert_eq!(found(&card), ["error version-missing"], "{lines}");
    }
    // Every version that has no bare words wants an FN.
    assert_eq!(
        found("BEGIN:VCARD|TEL:1|END:VCARD|"),
        ["error version-missing", "error fn-missing"]
    );
    // A profile that says which version it is asks for what that has.
    let card = "BEGIN:VCARD\r\nFN:Zoe Quist\r\nEND:VCARD\r\n";
    let ids: Vec<_> = findings(card.as_bytes(), Profile::Rfc2426)
        .iter()
        .map(|finding| finding.rule.id)
        .collect();
    assert_eq!(ids, ["version-missing", "n-missing"]);
}

/// The properties of RFC 6350 that have TYPE, and no others of it (5.6).
const WITH_TYPE: [&str; 23] = [
    "FN",
    "NICKNAME",
    "PHOTO",
    "ADR",
    "TEL",
    "EMAIL",
    "IMPP",
    "LANG",
    "TZ",
    "GEO",
    "TITLE",
    "ROLE",
    "LOGO",
    "ORG",
    "RELATED",
    "CATEGORIES",
    "NOTE",
    "SOUND",
    "URL",
    "KEY",
    "FBURL",
    "CALADRURI",
    "CALURI",
];

fn is_of_rfc_6350(row: &PropertyRow) -> bool {
    row.sections
        .iter()
        .any(|section| section.starts_with("RFC 6350,"))
}

#[test]
fn ok_the_registry_tells_apart_what_must_not_and_what_means_nothing() {
    let mut rows = 0;
    for row in registry::properties() {
        let Some(column) = row.column(Version::V4_0) else {
            continue;
        };
        if column.any != AnyParameter::Yes || row.stands_for.is_some() {
            continue;
        }
        rows += 1;
        let is_once = matches!(
            column.occurrence,
            Occurrence::ExactlyOne | Occurrence::AtMostOne
        );
        let permit = |id| column.permit(id);
        let forbidden = Permit::If(Condition::Forbidden);
        let no_type = is_of_rfc_6350(row) && !WITH_TYPE.contains(&row.name);
        assert_eq!(
            permit(ParameterId::TYPE) == forbidden,
            no_type,
            "{}",
            row.name
        );
        let no_pid = is_once || row.name == "CLIENTPIDMAP";
        assert_eq!(
            permit(ParameterId::PID) == forbidden,
            no_pid,
            "{}",
            row.name
        );
        assert!(
            permit(ParameterId::PREF) != Permit::Meaningless || is_once,
            "{}",
            row.name
        );
        for id in [ParameterId::VALUE, ParameterId::ALTID, ParameterId::AUTHOR] {
            assert_eq!(permit(id), Permit::If(Condition::Always), "{}", row.name);
        }
    }
    assert!(rows > 30, "{rows}");
}

/// A value that each parameter of 4.0 has.
fn value_of(id: ParameterId) -> &'static str {
    match id {
        ParameterId::PREF | ParameterId::INDEX => "1",
        ParameterId::PID => "1",
        ParameterId::AUTHOR | ParameterId::GEO => "\"geo:1,2\"",
        ParameterId::CREATED => "20240401T101500Z",
        ParameterId::DERIVED => "true",
        ParameterId::LANGUAGE => "de",
        ParameterId::MEDIATYPE => "image/png",
        ParameterId::CALSCALE => "gregorian",
        ParameterId::SCRIPT => "Latn",
        ParameterId::PHONETIC => "ipa",
        ParameterId::CC => "DE",
        ParameterId::LEVEL => "high",
        _ => "a",
    }
}

/// The rule says of each property and parameter what the registry does.
#[test]
fn ok_findings_weigh_what_the_registry_says() {
    let mut seen = [0; 3];
    for row in registry::properties() {
        let Some(column) = row.column(Version::V4_0) else {
            continue;
        };
        if row.stands_for.is_some() || ["BEGIN", "END", "VERSION"].contains(&row.name) {
            continue;
        }
        for parameter in registry::parameters() {
            if parameter.defined(Version::V4_0) != Defined::Yes || parameter.name == "VALUE" {
                continue;
            }
            let card = format!(
                "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:A\r\n{};{}={}:geo:1\\,2\r\nEND:VCARD\r\n",
                row.name,
                parameter.name,
                value_of(parameter.id)
            );
            let found = findings(card.as_bytes(), Profile::Rfc6350);
            let severity = found
                .iter()
                .find(|finding| finding.rule.id == "parameter-not-permitted")
                .map(|finding| finding.severity);
            let expected = match column.permit(parameter.id) {
                Permit::If(Condition::Forbidden) | Permit::No => Some(Severity::Error),
                Permit::Meaningless => Some(Severity::Info),
                Permit::If(Condition::Always | Condition::Required | Condition::RequiredIfText) => {
                    None
                }
                // It depends on the value.
                _ => continue,
            };
            seen[expected.map_or(0, |severity| if severity == Severity::Info { 1 } else { 2 })] +=
                1;
            assert_eq!(severity, expected, "{card}{found:#?}");
        }
    }
    assert!(seen.iter().all(|count| *count > 50), "{seen:?}");
}
