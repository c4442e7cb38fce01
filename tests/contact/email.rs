//! Email addresses: a table of verdicts, and what must hold for any text.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use proptest::prelude::*;
use vcardinal::value::{Email, EmailReason};

use crate::common::cases;

/// `<U+000D>` and `<64*a>` in the table.
fn expand(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        out.push_str(&rest[..start]);
        rest = &rest[start..];
        let end = rest.find('>').map_or(rest.len(), |end| end + 1);
        let inner = rest[..end].trim_start_matches('<').trim_end_matches('>');
        let times = inner.split_once('*');
        if let Some(hex) = inner.strip_prefix("U+") {
            out.push(char::from_u32(u32::from_str_radix(hex, 16).unwrap()).unwrap());
        } else if let Some((Ok(times), c)) = times.map(|(n, c)| (n.parse::<usize>(), c)) {
            out.push_str(&c.repeat(times));
        } else {
            out.push('<');
            rest = &rest[1..];
            continue;
        }
        rest = &rest[end..];
    }
    out + rest
}

#[test]
fn verdicts_of_the_table() {
    let (mut rows, mut wrong) = (0, String::new());
    for row in include_str!("../../fixtures/email/addresses.tsv").lines() {
        if row.starts_with("# ") {
            continue;
        }
        rows += 1;
        let columns: Vec<&str> = row.split('\t').collect();
        let [verdict, address, offset, clause] = columns[..4] else {
            panic!("{row}");
        };
        assert!(clause.starts_with("RFC "), "{row}");
        let address = expand(address);
        let result = address.parse::<Email>();
        let right = match &result {
            Ok(email) => {
                verdict == "ok"
                    && email.as_str() == address
                    && format!("{}@{}", email.local_part(), email.domain()) == address
                    && email.is_internationalized() != address.is_ascii()
                    && email.is_literal() == address.ends_with(']')
                    && email.normalized().parse::<Email>().unwrap().normalized()
                        == email.normalized()
            }
            Err(error) => verdict == "no" && error.offset().to_string() == offset,
        };
        if !right {
            writeln!(wrong, "{row}\n    {result:?}").unwrap();
        }
    }
    assert!(rows >= 200, "{rows} rows");
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn messages_say_what_would_have_been_right() {
    for (address, message) in [
        ("", "byte 0: expected an address, found nothing"),
        ("zoe", "byte 3: expected '@' and a domain"),
        (
            "zoe quist@example.com",
            "byte 3: ' ' cannot stand before '@' without quotes",
        ),
        (
            "zoe.@example.com",
            "byte 3: expected a dot only between other characters",
        ),
        ("zoe@exa_mple.com", "byte 7: '_' cannot be part of a domain"),
        (
            "zoe@-a.example",
            "byte 4: a hyphen cannot begin or end a name in the domain",
        ),
        (
            "zoe\n@example.com",
            "byte 3: '\\n' cannot be part of an address",
        ),
        (
            "zoe@[1.2.3]",
            "byte 5: expected an IPv4 address, or \"IPv6:\" and an IPv6 address",
        ),
        ("\"zoe@example.com", "byte 16: expected a closing quote"),
        (
            "zoe@example.com ",
            "byte 15: expected no space around the address",
        ),
    ] {
        assert_eq!(address.parse::<Email>().unwrap_err().to_string(), message);
    }
}

#[test]
fn a_megabyte_is_refused() {
    for text in ["a", "@", "\"", "\\", ".", "\u{e9}", "a@b."] {
        let text = text.repeat(1 << 20);
        assert!(text.parse::<Email>().is_err());
    }
}

/// All characters that are special in one of the grammars, and some that are in none.
const CHARACTERS: &str = "[a-z0-9@@..\"\\\\ \\[\\]:<>()_-é\u{301}\u{1F600}\r\n\0;,!]{0,24}";

proptest! {
    #![proptest_config(cases::cases(4_000))]

    #[test]
    fn what_is_read_is_kept_and_holds_no_line(text in CHARACTERS) {
        if let Ok(email) = text.parse::<Email>() {
            prop_assert_eq!(email.as_str(), &text);
            prop_assert!(!text.contains(char::is_control));
            prop_assert!(text.len() <= 254 && email.local_part().len() <= 64);
            let normalized = email.normalized();
            let again: Email = normalized.parse().unwrap();
            prop_assert_eq!(again.normalized(), normalized);
        }
    }

    #[test]
    fn errors_point_into_the_text(text in CHARACTERS) {
        if let Err(error) = text.parse::<Email>() {
            prop_assert!(error.offset() <= text.len());
            prop_assert!(
                text.is_char_boundary(error.offset()) || error.reason() == EmailReason::TooLong
            );
        }
    }

    /// Every address made by the grammar is read.
    #[test]
    fn addresses_of_the_grammar_are_read(
        local in "[a-z0-9!#$%&'*+/=?^_`{|}~-]{1,8}(\\.[a-z0-9!#$%&'*+/=?^_`{|}~-]{1,8}){0,3}\
                 |\"([ !#-\\[\\]-~]|\\\\[ -~]){0,20}\"",
        domain in "[a-z0-9]([a-z0-9-]{0,8}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,8}[a-z0-9])?){0,4}"
    ) {
        let text = format!("{local}@{domain}");
        let email = text.parse::<Email>();
        prop_assert!(email.is_ok(), "{text}: {email:?}");
    }
}

#[test]
fn sections_are_named() {
    let sections: BTreeSet<&str> = ["x", "zoe@[x]", &"a".repeat(65)]
        .iter()
        .map(|text| text.parse::<Email>().unwrap_err().section())
        .collect();
    assert!(sections.contains("RFC 5321, 4.1.3") && sections.contains("RFC 5321, 4.1.2"));
}

#[cfg(feature = "idna")]
#[test]
fn domains_as_name_servers_know_them() {
    let ascii = |text: &str| {
        let email: Email = text.parse().unwrap();
        email.ascii_domain().map(|domain| domain.into_owned())
    };
    assert_eq!(
        ascii("zoe@bücher.example").unwrap(),
        "xn--bcher-kva.example"
    );
    assert_eq!(
        ascii("zoe@BÜCHER.example").unwrap(),
        "xn--bcher-kva.example"
    );
    assert_eq!(
        ascii("zoe@उदाहरण.example").unwrap(),
        "xn--p1b6ci4b4b3a.example"
    );
    assert_eq!(ascii("zoe@[192.0.2.1]").unwrap(), "[192.0.2.1]");
    assert_eq!(
        ascii("zoe@xn--99999999.example").unwrap_err().reason(),
        EmailReason::Idna
    );
    assert!(ascii(&format!("zoe@{}.example", "é".repeat(60))).is_err());
}
