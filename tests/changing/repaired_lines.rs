//! What becomes of a line: the one right form where there is one, and else nothing.
//!
//! That no repair changes a meaning is a law (`repairs`); here is which repairs there are.

use vcardinal::validate::{Profile, validate};
use vcardinal::{Card, Version};

use Version::{V2_1, V3_0, V4_0};

/// A card that nothing is wrong with but this line.
fn card(version: Version, line: &str) -> String {
    let names = match version {
        V2_1 => "N:Quist;Zoe",
        V3_0 => "N:Quist;Zoe;;;\r\nFN:Zoe Quist",
        _ => "FN:Zoe Quist",
    };
    format!("BEGIN:VCARD\r\nVERSION:{version}\r\n{names}\r\n{line}\r\nEND:VCARD\r\n")
}

/// The card after its repairs; the same one where there are none.
fn repaired(text: &str, profile: Profile) -> String {
    let mut card = Card::parse(text).unwrap();
    let report = validate(&card, profile);
    let offered = report.iter().any(|finding| finding.fix.is_some());
    let made = report.repair(&mut card);
    assert_eq!(made > 0, offered, "{text}");
    assert_eq!(made > 0, *card.to_bytes() != *text.as_bytes(), "{text}");
    card.to_string()
}

/// A reason, and the lines of a version that have a repair for it, or that have none.
struct Row {
    reason: &'static str,
    version: Version,
    lines: &'static [(&'static str, Option<&'static str>)],
}

const ROWS: &[Row] = &[
    Row {
        reason: "a word alone that is no TYPE is the beginning of a data: URI",
        version: V4_0,
        lines: &[
            ("PHOTO;DATA:IMAGE/JPEG;BASE64,/9j/4AAQ", None),
            ("LOGO;data:image/png;base64,iVBORw0K", None),
            ("PHOTO;TYPE=home;DATA:IMAGE/JPEG;BASE64,/9j/4AAQ", None),
        ],
    },
    Row {
        reason: "a backslash before a comma that parts known words",
        version: V3_0,
        lines: &[
            (
                "TEL;TYPE=HOME\\,VOICE:+14155550123",
                Some("TEL;TYPE=HOME,VOICE:+14155550123"),
            ),
            (
                "ADR;TYPE=dom\\,home\\,postal:;;1 Oak St;;;;",
                Some("ADR;TYPE=dom,home,postal:;;1 Oak St;;;;"),
            ),
            ("TEL;TYPE=HOME\\,Boat:+14155550123", None),
        ],
    },
    Row {
        reason: "a backslash before a comma that parts known words",
        version: V4_0,
        lines: &[
            (
                "TEL;TYPE=HOME\\,VOICE:+14155550123",
                Some("TEL;TYPE=HOME,VOICE:+14155550123"),
            ),
            (
                "TEL;TYPE=\"HOME\\,VOICE\":+14155550123",
                Some("TEL;TYPE=HOME,VOICE:+14155550123"),
            ),
            ("TEL;TYPE=HOME\\,Boat:+14155550123", None),
        ],
    },
    Row {
        reason: "CHARSET of a text that is UTF-8, as it says",
        version: V3_0,
        lines: &[
            ("NOTE;CHARSET=utf-8:Zo\u{eb}", Some("NOTE:Zo\u{eb}")),
            (
                "NOTE;LANGUAGE=en;CHARSET=UTF8:Zo\u{eb}",
                Some("NOTE;LANGUAGE=en:Zo\u{eb}"),
            ),
            ("NOTE;CHARSET=ISO-8859-1:Zo\u{eb}", None),
            (
                "NOTE;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Zo=C3=AB",
                None,
            ),
        ],
    },
    Row {
        reason: "CHARSET of a text that is UTF-8, as it says",
        version: V4_0,
        lines: &[
            ("NOTE;CHARSET=utf-8:Zo\u{eb}", Some("NOTE:Zo\u{eb}")),
            ("NOTE;CHARSET=ISO-8859-1:Zo\u{eb}", None),
        ],
    },
    Row {
        reason: "the word of 2.1 for base64, with its name or without",
        version: V3_0,
        lines: &[
            (
                "PHOTO;ENCODING=BASE64;TYPE=JPEG:/9j/4AAQ",
                Some("PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQ"),
            ),
            (
                "PHOTO;TYPE=JPEG;BASE64:/9j/4AAQ",
                Some("PHOTO;TYPE=JPEG;ENCODING=b:/9j/4AAQ"),
            ),
            (
                "PHOTO;JPEG;BASE64:/9j/4AAQ",
                Some("PHOTO;TYPE=JPEG;ENCODING=b:/9j/4AAQ"),
            ),
            ("KEY;base64:AQID", Some("KEY;ENCODING=b:AQID")),
        ],
    },
    Row {
        reason: "a data: URI where base64 is to be",
        version: V3_0,
        lines: &[
            (
                "PHOTO;ENCODING=b;TYPE=JPEG:data:image/jpeg;base64,/9j/4AAQ",
                Some("PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQ"),
            ),
            (
                "LOGO;ENCODING=b:data:image/png;base64,iVBORw0K",
                Some("LOGO;ENCODING=b;TYPE=PNG:iVBORw0K"),
            ),
            (
                "PHOTO;ENCODING=b;TYPE=GIF:data:image/jpeg;base64,/9j/4AAQ",
                None,
            ),
            (
                "PHOTO;ENCODING=b;TYPE=JPEG:data:image/jpegbase64/9j/4AAQ",
                None,
            ),
        ],
    },
    Row {
        reason: "a data: URI where base64 is to be",
        version: V2_1,
        lines: &[
            (
                "PHOTO;ENCODING=BASE64;TYPE=JPEG:data:image/jpeg;base64,/9j/4AAQ\r\n",
                Some("PHOTO;ENCODING=BASE64;TYPE=JPEG:/9j/4AAQ\r\n"),
            ),
            (
                "PHOTO;ENCODING=b;TYPE=JPEG:data:image/jpeg;base64,/9j/4AAQ\r\n",
                Some("PHOTO;ENCODING=BASE64;TYPE=JPEG:/9j/4AAQ\r\n"),
            ),
        ],
    },
    Row {
        reason: "a number with the scheme of a URI, which 3.0 has no type for",
        version: V3_0,
        lines: &[
            ("TEL:tel:+14155550123", Some("TEL:+14155550123")),
            (
                "TEL;TYPE=CELL:tel:+1-415-555-0123",
                Some("TEL;TYPE=CELL:+1-415-555-0123"),
            ),
            ("TEL:tel:+14155550123\\;ext=7", None),
        ],
    },
    Row {
        reason: "a number with the scheme of a URI, which 2.1 has no type for",
        version: V2_1,
        lines: &[
            ("TEL:tel:+14155550123", Some("TEL:+14155550123")),
            (
                "TEL;CELL:tel:+1-415-555-0123",
                Some("TEL;CELL:+1-415-555-0123"),
            ),
        ],
    },
    Row {
        reason: "a number with the scheme of a URI is one",
        version: V4_0,
        lines: &[
            (
                "TEL:tel:+14155550123",
                Some("TEL;VALUE=uri:tel:+14155550123"),
            ),
            (
                "TEL;TYPE=cell:tel:+14155550123;ext=7",
                Some("TEL;TYPE=cell;VALUE=uri:tel:+14155550123;ext=7"),
            ),
            ("TEL;VALUE=text:tel:+14155550123", None),
            ("TEL:tel:(415) 555-0123", None),
        ],
    },
    Row {
        reason: "ENCODING beside a data: URI, which says itself how it is encoded",
        version: V4_0,
        lines: &[
            (
                "PHOTO;ENCODING=b:data:image/jpeg;base64\\,/9j/4AAQ",
                Some("PHOTO:data:image/jpeg;base64\\,/9j/4AAQ"),
            ),
            (
                "KEY;PREF=1;ENCODING=BASE64:data:application/pgp-keys;base64\\,AQID",
                Some("KEY;PREF=1:data:application/pgp-keys;base64\\,AQID"),
            ),
            ("PHOTO;ENCODING=b:/9j/4AAQ", None),
            ("PHOTO;ENCODING=b:data:image/jpegbase64/9j/4AAQ", None),
        ],
    },
    Row {
        reason: "URI alone is VALUE, as in 2.1; a word that 2.1 has not may be anything",
        version: V4_0,
        lines: &[
            (
                "TEL;uri:tel:+14155550123",
                Some("TEL;VALUE=uri:tel:+14155550123"),
            ),
            ("BDAY;text:circa 1800", None),
            ("BDAY;date:19850412", None),
        ],
    },
    Row {
        reason: "URI alone is VALUE, as in 2.1; a word that 2.1 has not may be anything",
        version: V3_0,
        lines: &[
            ("BDAY;date:1985-04-12", None),
            (
                "PHOTO;uri:https://example.com/a.png",
                Some("PHOTO;VALUE=uri:https://example.com/a.png"),
            ),
            ("TEL;uri:tel:+14155550123", None),
        ],
    },
    Row {
        reason: "the type of a date that 4.0 has another name for",
        version: V4_0,
        lines: &[
            ("BDAY;VALUE=DATE:1985-04-12", Some("BDAY:19850412")),
            (
                "ANNIVERSARY;VALUE=date:20090808",
                Some("ANNIVERSARY:20090808"),
            ),
            (
                "BDAY;VALUE=date-time:1985-04-12T10:22:00Z",
                Some("BDAY:19850412T102200Z"),
            ),
            ("BDAY;VALUE=DATE:spring", None),
        ],
    },
    Row {
        reason: "an empty parameter beside others of its name",
        version: V2_1,
        lines: &[
            (
                "TEL;TYPE=;TYPE=cell:+14155550123",
                Some("TEL;TYPE=cell:+14155550123"),
            ),
            (
                "TEL;TYPE=cell;TYPE=:+14155550123",
                Some("TEL;TYPE=cell:+14155550123"),
            ),
            ("TEL;TYPE=;CELL:+14155550123", Some("TEL;CELL:+14155550123")),
            ("NOTE;LANGUAGE=;LANGUAGE=en:a", Some("NOTE;LANGUAGE=en:a")),
        ],
    },
];

#[test]
fn ok_each_line_becomes_its_one_right_form() {
    let mut wrong = Vec::new();
    for Row {
        reason,
        version,
        lines,
    } in ROWS
    {
        for (line, wanted) in *lines {
            let text = card(*version, line);
            let now = repaired(&text, Profile::Declared);
            if now != card(*version, wanted.unwrap_or(line)) {
                wrong.push(format!("{reason}, {version}: {line}\n{now}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Endings of lines become what the standards ask for, whoever asks, and nothing else changes.
#[test]
fn ok_line_endings_become_crlf() {
    for version in Version::ALL {
        let right = card(version, "UID:1\r\nNOTE:one\r\nTEL:+14155550123");
        for profile in [Profile::Declared, Profile::CardDav] {
            assert_eq!(repaired(&right, profile), right, "{version} {profile}");
            for ending in ["\n", "\r"] {
                let text = right.replace("\r\n", ending);
                assert_eq!(
                    repaired(&text, profile),
                    right,
                    "{version} {profile} {ending:?}"
                );
            }
            // Some of them.
            let mixed = right.replacen("\r\n", "\n", 2);
            assert_eq!(repaired(&mixed, profile), right, "{version} {profile}");
        }
    }
}
