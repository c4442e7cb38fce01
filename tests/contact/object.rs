//! The contact object: its JSON, its checks, its normal form.

use proptest::prelude::*;
use serde_json::json;
use vcardinal::contact::{Contact, ContactPhone, ProblemKind};

use crate::common::cases::cases;

/// Errors of reading `json`, as their messages.
fn problems(json: &str) -> Vec<String> {
    match Contact::from_json(json.as_bytes()) {
        Ok(_) => Vec::new(),
        Err(error) => error.problems().iter().map(ToString::to_string).collect(),
    }
}

#[test]
fn every_field_in_the_order_of_the_api() {
    let contact = Contact::builder()
        .emails_and_phones()
        .organization("Acme Inc")
        .family_name("Franklin")
        .given_name("Sean")
        .full_name("Sean Franklin")
        .build()
        .unwrap();
    let text = r#"{"full_name":"Sean Franklin","given_name":"Sean","family_name":"Franklin","organization":"Acme Inc","phones":[{"value":"+14155551234","label":"mobile"}],"emails":[{"value":"sean@acme.example","label":"work"}]}"#;
    assert_eq!(contact.to_json(), text);
    assert_eq!(serde_json::to_string(&contact).unwrap(), text);
    assert_eq!(Contact::from_json(text.as_bytes()).unwrap(), contact);
    assert_eq!(serde_json::from_str::<Contact>(text).unwrap(), contact);
}

trait Both {
    fn emails_and_phones(self) -> Self;
}

impl Both for vcardinal::contact::ContactBuilder {
    fn emails_and_phones(self) -> Self {
        self.email("sean@acme.example", "work")
            .phone("+14155551234", "mobile")
    }
}

#[test]
fn any_one_field_identifies() {
    for json in [
        r#"{"full_name":"Z"}"#,
        r#"{"given_name":"Z"}"#,
        r#"{"family_name":"Z"}"#,
        r#"{"organization":"Z"}"#,
        r#"{"phones":[{"value":"+14155550123"}]}"#,
        r#"{"emails":[{"value":"zoe@example.com"}]}"#,
    ] {
        assert_eq!(problems(json), [""; 0], "{json}");
    }
    let none = "expected a name, an organization, a phone or an email";
    for json in [
        "{}",
        r#"{"full_name":""}"#,
        r#"{"full_name":" \t ","given_name":null}"#,
        r#"{"phones":[],"emails":[]}"#,
        r#"{"phones":null,"emails":null}"#,
        r#"{"nick_name":"Z"}"#,
    ] {
        assert!(
            problems(json)[0].starts_with(none),
            "{json}: {:?}",
            problems(json)
        );
        assert!(serde_json::from_str::<Contact>(json).is_err(), "{json}");
    }
}

#[test]
fn wrong_types_are_refused_with_their_path() {
    for (json, start) in [
        (r#"[]"#, "invalid type: sequence, expected an object"),
        (r#"["Zoe"]"#, "invalid type: sequence, expected an object"),
        (r#""Zoe""#, "invalid type: string"),
        (r#"null"#, "invalid type: null"),
        (r#"{"full_name":1}"#, "full_name: invalid type: integer"),
        (
            r#"{"full_name":["Zoe"]}"#,
            "full_name: invalid type: sequence",
        ),
        (
            r#"{"organization":{"name":"Z"}}"#,
            "organization: invalid type: map",
        ),
        (
            r#"{"phones":"+14155550123"}"#,
            "phones: invalid type: string",
        ),
        (
            r#"{"phones":{"value":"+14155550123"}}"#,
            "phones: invalid type: map",
        ),
        (
            r#"{"phones":["+14155550123"]}"#,
            "phones[0]: invalid type: string",
        ),
        (
            r#"{"phones":[["+14155550123","home"]]}"#,
            "phones[0]: invalid type: sequence",
        ),
        (
            r#"{"phones":[{"value":14155550123}]}"#,
            "phones[0].value: invalid type: integer",
        ),
        (
            r#"{"phones":[{"value":null}]}"#,
            "phones[0].value: invalid type: null",
        ),
        (
            r#"{"phones":[{"label":"home"}]}"#,
            "phones[0]: missing field `value`",
        ),
        (
            r#"{"phones":[{"value":"+1","label":true}]}"#,
            "phones[0].label: invalid type: boolean",
        ),
        (
            r#"{"emails":[{"value":"a@b"},{"value":{}}]}"#,
            "emails[1].value: invalid type: map",
        ),
        (
            r#"{"full_name":"a","full_name":"b"}"#,
            "duplicate field `full_name`",
        ),
        (r#"{"full_name":"a"#, "not JSON: EOF"),
        (r#"{"full_name":"a"} x"#, "not JSON: trailing characters"),
        ("", "not JSON: EOF"),
        ("{\"full_name\":\"a\nb\"}", "not JSON: control character"),
        ("{\"full_name\":\"\\ud800\"}", "not JSON: "),
    ] {
        let found = problems(json);
        assert!(
            found.len() == 1 && found[0].starts_with(start),
            "{json}: {found:?}"
        );
    }
    assert!(Contact::from_json(b"{\"full_name\":\"\xff\"}").is_err());
    assert!(Contact::from_json("[".repeat(100_000).as_bytes()).is_err());
    let deep = format!(
        "{{\"full_name\":\"Z\",\"x\":{}1{}}}",
        "[".repeat(10_000),
        "]".repeat(10_000)
    );
    let _ = Contact::from_json(deep.as_bytes());
    let long = format!("{{\"phones\":\"{}\"}}", "x".repeat(100_000));
    assert!(problems(&long)[0].len() < 300);
}

#[test]
fn all_problems_are_reported() {
    let json = json!({
        "full_name": "Zoe\r\nNOTE:x",
        "organization": "a\u{0}b",
        "phones": [
            {"value": "+14155550123", "label": "mo\nbile"},
            {"value": "4155550123"},
            {"value": " "},
        ],
        "emails": [{"value": "zoe@"}, {"value": "zoe@example.com\r\nBcc: a@b"}],
    });
    assert_eq!(
        problems(&json.to_string()),
        [
            "full_name: '\\r' is a control character",
            "organization: '\\0' is a control character",
            "phones[0].label: '\\n' is a control character",
            "phones[1].value: byte 0: expected '+' and the calling code first",
            "phones[2].value: expected a value",
            "emails[0].value: byte 4: expected a domain after '@'",
            "emails[1].value: byte 15: '\\r' cannot be part of an address",
        ]
    );
    let error = Contact::from_json(json.to_string().as_bytes()).unwrap_err();
    assert!(matches!(error.problems()[4].kind, ProblemKind::NoValue));
}

#[test]
fn unknown_fields_are_passed_over_unless_strict() {
    for (json, path) in [
        (r#"{"full_name":"Z","x":[{"y":1}]}"#, "x"),
        (
            r#"{"full_name":"Z","phones":[{"value":"+1"},{"value":"+1","type":"x"}]}"#,
            "phones[1].type",
        ),
        (r#"{"emails":[{"value":"a@b","kind":1}]}"#, "emails[0].kind"),
    ] {
        assert_eq!(problems(json), [""; 0]);
        let error = Contact::from_json_strict(json.as_bytes()).unwrap_err();
        assert_eq!(error.to_string(), format!("{path}: unknown field"));
    }
    assert!(Contact::from_json_strict(br#"{"full_name":"Z","phones":null}"#).is_ok());
    assert!(Contact::from_json_strict(b"[]").is_err());
}

#[test]
fn blank_is_absent() {
    let mut contact = Contact::default();
    contact.full_name = Some(" ".into());
    contact.organization = Some("Example Works".into());
    contact.phones = vec![ContactPhone::new("")];
    assert_eq!(contact.to_json(), r#"{"organization":"Example Works"}"#);
    assert_eq!(
        serde_json::to_value(&contact).unwrap()["full_name"],
        json!(null)
    );
    let normalized = contact.normalized();
    assert_eq!(normalized.full_name.as_deref(), Some("Example Works"));
    assert!(normalized.phones.is_empty());
    // White space around a word is part of it.
    let contact = Contact::builder()
        .full_name(" Zoe ")
        .phone("+1", " ")
        .build()
        .unwrap();
    assert_eq!(contact.full_name.as_deref(), Some(" Zoe "));
    assert_eq!(contact.phones[0].label, None);
}

#[test]
fn full_name_is_made_of_what_there_is() {
    let full_name = |json: &str| {
        Contact::from_json(json.as_bytes())
            .unwrap()
            .normalized()
            .full_name
            .unwrap()
    };
    assert_eq!(
        full_name(r#"{"given_name":"Zoe","family_name":"Quist"}"#),
        "Zoe Quist"
    );
    assert_eq!(
        full_name(r#"{"given_name":"Zoe","organization":"W"}"#),
        "Zoe"
    );
    assert_eq!(
        full_name(r#"{"family_name":"Quist","organization":"W"}"#),
        "Quist"
    );
    assert_eq!(
        full_name(r#"{"organization":"W","phones":[{"value":"+1"}]}"#),
        "W"
    );
    assert_eq!(
        full_name(r#"{"phones":[{"value":"+1"}],"emails":[{"value":"a@b"}]}"#),
        "+1"
    );
    assert_eq!(full_name(r#"{"emails":[{"value":"a@b"}]}"#), "a@b");
    assert_eq!(full_name(r#"{"full_name":"Z","given_name":"Zoe"}"#), "Z");
}

fn contacts() -> impl Strategy<Value = Contact> {
    let text = || proptest::option::of(any::<String>());
    let phones = proptest::collection::vec(("\\+[1-9][0-9]{0,14}", text()), 0..4);
    let emails = proptest::collection::vec(("[a-z]{1,9}@[a-z]{1,9}\\.example", text()), 0..4);
    (text(), text(), text(), text(), phones, emails).prop_map(
        |(full, given, family, organization, phones, emails)| {
            let mut builder = Contact::builder();
            for (value, label) in &phones {
                builder = builder.phone(value.as_str(), label.as_deref());
            }
            for (value, label) in &emails {
                builder = builder.email(value.as_str(), label.as_deref());
            }
            let mut contact = Contact::builder().full_name("x").build().unwrap();
            let built = builder.organization("x").build();
            if let Ok(built) = built {
                (contact.phones, contact.emails) = (built.phones, built.emails);
            }
            contact.full_name = full;
            contact.given_name = given;
            contact.family_name = family;
            contact.organization = organization;
            contact
        },
    )
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn json_and_back_is_the_identity(contact in contacts()) {
        if contact.validate().is_ok() {
            let json = contact.to_json();
            let again = Contact::from_json(json.as_bytes()).unwrap();
            prop_assert_eq!(again.to_json(), json);
            prop_assert_eq!(again.normalized(), contact.normalized());
            prop_assert_eq!(contact.normalized().normalized(), contact.normalized());
            prop_assert!(Contact::from_json_strict(again.to_json().as_bytes()).is_ok());
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(json in any::<Vec<u8>>()) {
        let _ = Contact::from_json(&json);
    }
}
