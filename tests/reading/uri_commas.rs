//! How commas of URIs are written where a profile or somebody says: the lines that are there, and nothing
//! else of them.

use vcardinal::registry::ValueType;
use vcardinal::validate::Profile;
use vcardinal::{Card, CardReader, UriCommas, Version};

use crate::common;

fn card(version: Version, lines: &str) -> Card {
    Card::parse(format!(
        "BEGIN:VCARD\r\nVERSION:{version}\r\nFN:A\r\nN:A;;;;\r\n{lines}\r\nEND:VCARD\r\n"
    ))
    .unwrap()
}

fn lines_for(profile: Profile, version: Version, lines: &str) -> String {
    let mut card = card(version, lines);
    card.rewrite_uri_commas(|property| profile.uri_commas(property.name(), version))
        .unwrap();
    let text = card.to_string();
    let (_, lines) = text.split_once("N:A;;;;\r\n").unwrap();
    lines.strip_suffix("\r\nEND:VCARD\r\n").unwrap().to_owned()
}

#[test]
fn ok_commas_are_written_as_a_profile_has_them() {
    const OF_4_0: [&str; 2] = [
        "URL:https://example.com/a,b",
        "URL:https://example.com/a\\,b",
    ];
    const PHOTO: [&str; 2] = [
        "PHOTO:data:image/gif;base64,R0lG",
        "PHOTO:data:image/gif;base64\\,R0lG",
    ];
    const GEO: [&str; 2] = ["GEO:geo:1,2", "GEO:geo:1\\,2"];
    for lines in [OF_4_0, PHOTO, GEO] {
        for line in lines {
            for profile in [Profile::Declared, Profile::Rfc6350, Profile::CardDav] {
                assert_eq!(
                    lines_for(profile, Version::V4_0, line),
                    lines[1],
                    "{profile}"
                );
            }
            assert_eq!(lines_for(Profile::Vcard4Bis, Version::V4_0, line), lines[0]);
        }
    }
    for (name, on_servers) in [
        ("URL", ","),
        ("PHOTO;VALUE=uri", ","),
        ("SOURCE", "\\,"),
        ("IMPP", "\\,"),
    ] {
        let of = |comma: &str| format!("{name}:https://example.com/a{comma}b");
        for comma in [",", "\\,"] {
            let line = of(comma);
            for profile in [Profile::Declared, Profile::Rfc2426, Profile::Apple] {
                assert_eq!(
                    lines_for(profile, Version::V3_0, &line),
                    of(","),
                    "{profile}"
                );
            }
            assert_eq!(
                lines_for(Profile::CardDav, Version::V3_0, &line),
                of(on_servers)
            );
        }
    }
}

#[test]
fn ok_nothing_but_commas_of_uris_changes() {
    let lines = "NOTE:a\\,b\r\nURL:https://example.com/a\\;b\\\\\\,c,d\r\nTEL;VALUE=uri:tel:+1\r\n\
                 RELATED;VALUE=text:a\\,b\r\nRELATED;X-A=\"1,2\":https://example.com/1,2\r\nX-A:1,2";
    let mut plain = card(Version::V4_0, lines);
    assert_eq!(plain.rewrite_uri_commas(|_| UriCommas::Escaped), Ok(2));
    let text = plain.to_string();
    assert!(
        text.contains("\r\nURL:https://example.com/a\\;b\\\\\\,c\\,d\r\n"),
        "{text}"
    );
    assert!(text.contains("\r\nNOTE:a\\,b\r\n") && text.contains("\r\nX-A:1,2\r\n"));
    assert!(
        text.contains("\r\nRELATED;X-A=\"1,2\":https://example.com/1\\,2\r\n"),
        "{text}"
    );
    assert_eq!(plain.rewrite_uri_commas(|_| UriCommas::Escaped), Ok(0));
    // 2.1 has no escape.
    let mut old = card(Version::V2_1, "URL:https://example.com/a,b");
    assert_eq!(old.rewrite_uri_commas(|_| UriCommas::Escaped), Ok(0));
}

/// Every value of every fixture reads as it did, whichever way commas and circumflexes are written.
#[test]
fn ok_values_of_files_stay_as_they_are() {
    let mut changed = 0;
    for path in common::fixtures().into_iter().chain(common::corpus()) {
        let bytes = std::fs::read(&path).unwrap();
        for card in CardReader::from_slice(&bytes).flatten() {
            for commas in [UriCommas::Plain, UriCommas::Escaped] {
                let mut other = card.clone();
                changed += other.rewrite_uri_commas(|_| commas).unwrap();
                changed += other.quote_circumflexes().unwrap();
                let said = |card: &Card| -> Vec<_> {
                    let properties = card.properties();
                    properties
                        .map(|property| {
                            let parameters: Vec<Vec<String>> = property
                                .parameters()
                                .map(|one| one.values().map(String::from).collect())
                                .collect();
                            // A URI is compared as one: as a text it has its escapes undone, too.
                            let is_uri = property.value_type() == Some(ValueType::Uri);
                            let value = property.value().map(|value| format!("{value:?}"));
                            (
                                parameters,
                                property.text().map(String::from).ok().filter(|_| !is_uri),
                                value.ok(),
                            )
                        })
                        .collect()
                };
                assert_eq!(said(&card), said(&other), "{}", path.display());
            }
        }
    }
    assert!(changed > 10, "{changed}");
}
