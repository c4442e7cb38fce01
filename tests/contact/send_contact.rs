//! The send-contact request: its bytes, its signature, and both sides over HTTP on loopback.

use crate::common::cases::cases;

#[path = "../../examples/send_contact_server.rs"]
mod server;

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use proptest::prelude::*;
use serde_json::{Value, json};
use vcardinal::contact::Contact;
use vcardinal::send_contact::{
    ApiError, BaseUrl, ChatId, Content, Credentials, ErrorCode, Receiver, Recipient, RequestParts,
    ResponseError, SeenSignatures, SendContact, SendContactError, SendContactResponse,
};
use vcardinal::{Card, Property};

const SECRET: &str = "test-signing-secret";
const TENANT: &str = "acme";

/// The contact of the API's page.
fn sean() -> Contact {
    Contact::builder()
        .full_name("Sean Franklin")
        .given_name("Sean")
        .family_name("Franklin")
        .organization("Acme Inc")
        .phone("+14155551234", "mobile")
        .email("sean@acme.example", "work")
        .build()
        .unwrap()
}

/// The body of the API's page.
const SEAN: &str = r#"{"to":"+14155551234","contact":{"full_name":"Sean Franklin","given_name":"Sean","family_name":"Franklin","organization":"Acme Inc","phones":[{"value":"+14155551234","label":"mobile"}],"emails":[{"value":"sean@acme.example","label":"work"}]}}"#;

fn to_phone() -> SendContact {
    SendContact::to_phone("+14155551234".parse().unwrap())
}

fn to_chat(id: &str) -> SendContact {
    SendContact::to_chat(id.parse().unwrap())
}

fn send_contact_of(chat: &str) -> SendContact {
    match chat {
        "ch_works" => to_chat(chat),
        _ => to_phone(),
    }
}

/// With what another serialisation might change: an umlaut, a quote, a backslash, a fold.
const CARD: &str = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Zoë \"Z\" Quist\r\nNOTE:a\\nb/c \r\n \u{2028}\u{1F600}\r\nEND:VCARD\r\n";

fn now() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap()
        .as_secs()
}

// ---- the request ----

#[test]
fn the_request_of_the_page() {
    let request = to_phone()
        .contact(sean())
        .sign(&Credentials::bearer(SECRET))
        .unwrap();
    assert_eq!(request.method, "POST");
    assert_eq!(
        request.url,
        "https://console.trychert.com/api/v1/chats/send-contact"
    );
    assert_eq!(String::from_utf8(request.body.clone()).unwrap(), SEAN);
    let headers: Vec<_> = request
        .headers
        .iter()
        .map(|h| (h.name(), h.value()))
        .collect();
    assert_eq!(
        headers,
        [
            ("content-type", "application/json"),
            ("authorization", "Bearer test-signing-secret"),
        ]
    );

    let request = to_chat("ch_abc").contact(sean()).unsigned().unwrap();
    assert_eq!(
        request.url,
        "https://console.trychert.com/api/v1/chats/ch_abc/send-contact"
    );
    let body: Value = serde_json::from_slice(&request.body).unwrap();
    let mut page: Value = serde_json::from_str(SEAN).unwrap();
    page.as_object_mut().unwrap().remove("to");
    assert_eq!(body, page);
    for _ in 0..100 {
        assert_eq!(
            to_chat("ch_abc").contact(sean()).body().unwrap(),
            request.body
        );
    }
}

#[test]
fn http_request_is_the_same() {
    let credentials = Credentials::hmac(TENANT, SECRET);
    let parts = to_chat("ch_abc")
        .contact(sean())
        .sign_at(&credentials, 1)
        .unwrap();
    let request = parts.clone().try_into_http().unwrap();
    assert_eq!(request.method(), "POST");
    assert_eq!(request.uri().to_string(), parts.url);
    assert_eq!(request.body(), &parts.body);
    assert_eq!(request.headers().len(), 3);
    for header in &parts.headers {
        let value = &request.headers()[header.name()];
        assert_eq!(value, header.value());
        assert_eq!(value.is_sensitive(), header.is_secret());
    }
}

/// Made with OpenSSL 3:
/// `printf '%s' '<seconds>.<body>' | openssl dgst -sha256 -hmac '<secret>'`
#[test]
fn signatures_are_those_of_openssl() {
    let zoe = r#"{"contact":{"full_name":"Zoë 李"}}"#;
    let long = "x".repeat(100);
    for (seconds, body, secret, hex) in [
        (
            1_700_000_000,
            SEAN,
            SECRET,
            "aef2823cbcd8f1fd5737425ae465ec024109078ce915289cc636e9d06792d4b4",
        ),
        (
            1_700_000_000,
            "",
            SECRET,
            "d90a0bec8b1fe65ac60bca03888c45ba67c1faa293daabc064036f19de105386",
        ),
        (
            0,
            "{}",
            "k",
            "c847cd2c51e393092098d6126ed5aeb9ddbe946df3a0b7cb9e9a8a34fadb2cc7",
        ),
        (
            1_767_225_600,
            zoe,
            &long,
            "c7c62b9e284fe63be931fec11002fa1b844e332b542528351a006013cea08887",
        ),
        (
            1_767_225_600,
            zoe,
            "schlüssel",
            "6f35795b62831e902626547846dd09987418bc5dc29646c682dd9d14b2e9304a",
        ),
    ] {
        let headers = Credentials::hmac(TENANT, secret)
            .headers(seconds, body.as_bytes())
            .unwrap();
        assert_eq!(
            (headers[0].name(), headers[0].value()),
            ("x-chert-tenant", TENANT)
        );
        assert_eq!(headers[1].name(), "x-chert-signature");
        assert_eq!(headers[1].value(), format!("v1,{seconds},{hex}"));
    }
    // And over what the builder sends.
    let request = to_phone()
        .contact(sean())
        .sign_at(&Credentials::hmac(TENANT, SECRET), 1_700_000_000)
        .unwrap();
    assert_eq!(
        request.header("X-Chert-Signature"),
        Some("v1,1700000000,aef2823cbcd8f1fd5737425ae465ec024109078ce915289cc636e9d06792d4b4")
    );
}

#[test]
fn what_cannot_be_sent_is_refused() {
    let credentials = Credentials::bearer(SECRET);
    assert_eq!(
        to_phone().sign(&credentials).unwrap_err(),
        SendContactError::NoContent
    );
    let mut contact = sean();
    contact.phones[0].value = "4155551234".into();
    contact.full_name = Some("a\nb".into());
    let error = to_phone().contact(contact).sign(&credentials).unwrap_err();
    assert!(matches!(&error, SendContactError::Contact(error) if error.problems().len() == 2));
    assert!(to_phone().contact(Contact::default()).unsigned().is_err());

    let send = to_phone().contact(sean());
    for tenant in ["", "a b", "a\r\nx: y", "é"] {
        let credentials = Credentials::hmac(tenant, SECRET);
        assert_eq!(
            send.sign(&credentials).unwrap_err(),
            SendContactError::Tenant,
            "{tenant:?}"
        );
        let credentials = Credentials::bearer(SECRET).tenant(tenant);
        assert_eq!(
            send.sign(&credentials).unwrap_err(),
            SendContactError::Tenant,
            "{tenant:?}"
        );
    }
    for secret in ["", "a b", "a\r\nx: y", "é"] {
        let error = send.sign(&Credentials::bearer(secret)).unwrap_err();
        assert_eq!(error, SendContactError::Secret, "{secret:?}");
    }
    assert!(send.sign(&Credentials::hmac(TENANT, "")).is_err());
    let error = ChatId::try_from("ch_1/../../x").unwrap_err();
    assert_eq!(
        error.to_string(),
        "byte 4: expected a letter, a digit, '_' or '-' in the id of a chat, found '/'"
    );
    assert!("a".repeat(128).parse::<ChatId>().is_ok());
    assert!("a".repeat(129).parse::<ChatId>().is_err());
}

#[test]
fn cards_go_as_they_are() {
    let body = to_phone().vcard_text(CARD).body().unwrap();
    let value: Value = serde_json::from_slice(&body).unwrap();
    assert_eq!(value, json!({"to": "+14155551234", "vcard_text": CARD}));
    let mut card = Card::parse(CARD).unwrap();
    assert_eq!(to_phone().card(&card).body().unwrap(), body);
    card.push(Property::text("TITLE", "x").unwrap()).unwrap();
    let changed = to_phone().card(&card).body().unwrap();
    let value: Value = serde_json::from_slice(&changed).unwrap();
    let text = value["vcard_text"].as_str().unwrap();
    assert_eq!(text, CARD.replace("END:", "TITLE:x\r\nEND:"));

    let error = to_phone()
        .vcard_text("FN:Zoe")
        .sign(&Credentials::bearer(SECRET))
        .unwrap_err();
    assert_eq!(error.to_string(), "vcard_text: expected BEGIN:VCARD first");
    let both = to_phone().vcard_text("FN:Zoe").contact(sean());
    assert_eq!(both.body().unwrap(), SEAN.as_bytes());
}

#[test]
fn secrets_are_shown_nowhere() {
    let secret = "s3cr3t-of-acme";
    for credentials in [
        Credentials::bearer(secret),
        Credentials::hmac(TENANT, secret),
        Credentials::bearer(secret).tenant(TENANT),
    ] {
        let send = to_phone().contact(sean());
        let request = send.sign_at(&credentials, 1_700_000_000).unwrap();
        let value = request.headers.last().unwrap().value().to_owned();
        let shown = [
            format!("{credentials:?} {credentials:#?}"),
            format!("{request:?} {request:#?} {:?}", request.headers),
            format!("{:?}", request.try_into_http().unwrap()),
            format!("{:?}", Receiver::new().tenant(TENANT, secret)),
        ];
        for shown in shown {
            assert!(
                !shown.contains(secret) && !shown.contains(&value),
                "{shown}"
            );
        }
    }
    for wrong in ["s3cr3t\nof acme", "s3cr3t of acme"] {
        let error = to_phone()
            .contact(sean())
            .sign(&Credentials::bearer(wrong))
            .unwrap_err();
        assert!(!format!("{error} {error:?}").contains("s3cr3t"));
    }
    let receiver = Receiver::new().tenant(TENANT, secret);
    let error = receiver
        .receive(None, [("authorization", "Bearer s3cr3t-of-acm")], b"{}")
        .unwrap_err();
    assert!(!format!("{error} {error:?} {}", error.to_json()).contains("s3cr3t"));
}

proptest! {
    #![proptest_config(cases(256))]

    /// No name, label or number gets out of its string.
    #[test]
    fn no_field_is_injected(name in any::<String>(), label in any::<String>(), text in any::<String>()) {
        let mut contact = sean();
        contact.full_name = Some(name.clone());
        contact.organization = Some(text);
        contact.phones[0].label = Some(label.clone());
        if let Ok(body) = to_phone().contact(contact).body() {
            prop_assert!(!body.contains(&b'\n') && !body.contains(&b'\r'));
            let body: Value = serde_json::from_slice(&body).unwrap();
            let keys: Vec<&String> = body.as_object().unwrap().keys().collect();
            prop_assert_eq!(keys.len(), 2);
            let known = ["full_name", "given_name", "family_name", "organization", "phones", "emails"];
            let contact = body["contact"].as_object().unwrap();
            prop_assert!(contact.keys().all(|key| known.contains(&key.as_str())));
            if !name.trim().is_empty() {
                prop_assert_eq!(contact["full_name"].as_str(), Some(name.as_str()));
            }
            prop_assert_eq!(contact["phones"].as_array().unwrap().len(), 1);
        }
    }

    #[test]
    fn any_answer_is_read_or_refused(status in any::<u16>(), body in any::<Vec<u8>>()) {
        let _ = SendContactResponse::from_parts(status, [("retry-after", "x")], &body);
    }

    #[test]
    fn any_request_is_received_or_refused(
        id in proptest::option::of(any::<String>()),
        value in any::<Vec<u8>>(),
        body in any::<Vec<u8>>()
    ) {
        let receiver = Receiver::new().tenant(TENANT, SECRET);
        for name in ["authorization", "x-chert-signature", "x-chert-tenant"] {
            prop_assert!(receiver.receive(id.as_deref(), [(name, &value)], &body).is_err());
        }
        let bearer = format!("Bearer {SECRET}");
        let _ = receiver.receive(id.as_deref(), [("authorization", &bearer)], &body);
    }
}

// ---- the answer ----

fn api_error(status: u16, headers: &[(&str, &str)], body: &str) -> ApiError {
    let headers = headers.iter().copied();
    match SendContactResponse::from_parts(status, headers, body.as_bytes()) {
        Err(ResponseError::Api(error)) => error,
        other => panic!("{other:?}"),
    }
}

#[test]
fn every_code_is_named_or_kept() {
    for code in 0..10_000u32 {
        let body = json!({"success": false, "error": {"status": 400, "code": code,
            "message": "m", "retryable": code % 2 == 0}, "trace_id": "t"});
        let error = api_error(418, &[("X-Trace-Id", "h")], &body.to_string());
        assert_eq!(u32::from(error.code), code);
        assert_eq!(error.retryable, code % 2 == 0, "as sent, not by code");
        assert_eq!(error.status, 418);
        assert_eq!(error.trace_id.as_deref(), Some("t"));
        let named = ErrorCode::NAMED.contains(&error.code);
        assert_eq!(named, !matches!(error.code, ErrorCode::Other(_)));
    }
    assert_eq!(ErrorCode::NAMED.len(), 20);
}

#[test]
fn retry_after_and_trace_id_come_from_body_or_header() {
    let body = |extra: &str| {
        format!(r#"{{"error":{{"code":4002,"retryable":true{extra}}},"new":[1],"success":false}}"#)
    };
    let seconds = |headers: &[(&str, &str)], extra: &str| {
        api_error(503, headers, &body(extra))
            .retry_after
            .map(|time| time.as_secs_f64())
    };
    assert_eq!(seconds(&[], ""), None);
    assert_eq!(seconds(&[("Retry-After", " 5 ")], ""), Some(5.0));
    assert_eq!(
        seconds(&[("retry-after", "5")], r#","retry_after":3"#),
        Some(3.0)
    );
    assert_eq!(seconds(&[], r#","retry_after":0.5"#), Some(0.5));
    for odd in ["-1", "1e300", "null", "\"3\"", "[]"] {
        assert_eq!(
            seconds(&[], &format!(r#","retry_after":{odd}"#)),
            None,
            "{odd}"
        );
    }
    assert_eq!(
        seconds(&[("retry-after", "Fri, 31 Dec 2027 23:59:59 GMT")], ""),
        None
    );
    let error = api_error(503, &[("x-trace-id", "abc")], &body(""));
    assert_eq!(error.trace_id.as_deref(), Some("abc"));
    assert_eq!(error.to_string(), "error 4002, HTTP 503, trace abc: \"\"");
    // 4099 comes as 501 here and as 422 elsewhere.
    for status in [501, 422] {
        let error = api_error(status, &[], r#"{"error":{"code":4099,"retryable":false}}"#);
        assert_eq!(
            (error.code, error.status),
            (ErrorCode::LineCannotSend, status)
        );
    }
    // Nothing said about trying again: do not.
    assert!(!api_error(500, &[], r#"{"error":{"code":3001}}"#).retryable);
}

#[test]
fn malformed_answers_are_errors_with_an_excerpt() {
    let huge = format!("{{\"x\":\"{}", "é".repeat(1 << 20));
    for (status, body, reason) in [
        (200, "", "the body is not a JSON object"),
        (
            200,
            "{\"chat_id\":\"ch_1\",\"sta",
            "the body is not a JSON object",
        ),
        (200, "[]", "the body is not a JSON object"),
        (200, "{}", "the body lacks chat_id or status"),
        (
            200,
            "{\"chat_id\":1,\"status\":\"sent\"}",
            "the body lacks chat_id or status",
        ),
        (
            200,
            "{\"chat_id\":\"ch_1\"}",
            "the body lacks chat_id or status",
        ),
        (
            502,
            "<html>Bad Gateway</html>",
            "the body is not a JSON object",
        ),
        (
            404,
            "{\"chat_id\":\"ch_1\",\"status\":\"sent\"}",
            "the status is not a success and the body has no error",
        ),
        (
            400,
            "{\"error\":\"no\"}",
            "the status is not a success and the body has no error",
        ),
        (
            400,
            "{\"error\":{\"code\":\"1001\"}}",
            "the error has no code",
        ),
        (400, "{\"error\":{\"code\":-1}}", "the error has no code"),
        (
            400,
            "{\"error\":{\"code\":4294967296}}",
            "the error has no code",
        ),
        (200, &huge, "the body is larger than 1 MiB"),
    ] {
        let answer =
            SendContactResponse::from_parts(status, [("x-trace-id", "t")], body.as_bytes());
        let Err(ResponseError::Malformed(error)) = answer else {
            panic!("{answer:?}");
        };
        assert_eq!(
            (error.status, error.reason),
            (status, reason),
            "{}",
            error.excerpt
        );
        assert!(error.excerpt.len() <= 400);
        assert!(body.starts_with(error.excerpt.trim_end_matches('\u{FFFD}')));
        assert_eq!(error.trace_id.as_deref(), Some("t"));
    }
    // New fields are passed over.
    let body = br#"{"chat_id":"ch_1","status":"sent","new":{"a":1}}"#;
    let none: [(&str, &str); 0] = [];
    assert_eq!(
        SendContactResponse::from_parts(202, none, body)
            .unwrap()
            .chat_id,
        "ch_1"
    );
}

#[test]
fn answers_round_trip() {
    let none: [(&str, &str); 0] = [];
    for code in ErrorCode::NAMED {
        let mut error = ApiError::new(*code, "why \"not\"");
        error.trace_id = Some("t".into());
        error.retry_after = Some(Duration::from_secs(3));
        let answer =
            SendContactResponse::from_parts(error.status, none, error.to_json().as_bytes());
        assert_eq!(answer, Err(ResponseError::Api(error)));
    }
    let response = SendContactResponse::sent(&"ch_1".parse().unwrap());
    let answer = SendContactResponse::from_parts(200, none, response.to_json().as_bytes());
    assert_eq!(answer, Ok(response));
}

// ---- the other side ----

fn receive(path_id: Option<&str>, body: &str) -> Result<vcardinal::send_contact::Received, u32> {
    let bearer = format!("Bearer {SECRET}");
    Receiver::new()
        .tenant(TENANT, SECRET)
        .receive(path_id, [("Authorization", bearer)], body.as_bytes())
        .map_err(|error| u32::from(error.code))
}

#[test]
fn bodies_are_taken_or_refused_with_their_code() {
    let zoe = r#""contact":{"full_name":"Zoe Quist"}"#;
    for (path_id, body, code) in [
        (Some("ch_1"), format!("{{{zoe}}}"), 0),
        (None, format!(r#"{{"to":"+14155550123",{zoe}}}"#), 0),
        // `to` is not looked at when the path has an id.
        (Some("ch_1"), format!(r#"{{"to":"nonsense",{zoe}}}"#), 0),
        (Some("ch_1"), format!(r#"{{"to":[1],{zoe}}}"#), 0),
        // `contact` wins; unknown fields are passed over.
        (
            Some("ch_1"),
            format!(r#"{{"vcard_text":7,{zoe},"new":1}}"#),
            0,
        ),
        (Some("ch_1"), "{}".into(), 1001),
        (Some("ch_1"), r#"{"contact":null}"#.into(), 1001),
        (
            Some("ch_1"),
            r#"{"contact":"  ","vcard_text":" "}"#.into(),
            1001,
        ),
        (Some("ch_1"), json!({"vcard_text": CARD}).to_string(), 0),
        (
            Some("ch_1"),
            json!({"vcard_text": CARD, "contact": {}}).to_string(),
            1002,
        ),
        (
            Some("ch_1"),
            json!({"vcard_text": CARD, "contact": null}).to_string(),
            0,
        ),
        (Some("ch_1"), json!({"vcard_text": "Zoe"}).to_string(), 1002),
        (
            Some("ch_1"),
            json!({"vcard_text": [CARD]}).to_string(),
            1002,
        ),
        (
            Some("ch_1"),
            json!({"vcard_text": (CARD.repeat(2))}).to_string(),
            1002,
        ),
        (Some("ch_1"), "[]".into(), 1002),
        (Some("ch_1"), r#"{"contact":{}}"#.into(), 1002),
        (Some("ch_1"), r#"{"contact":[]}"#.into(), 1002),
        (Some("ch_1"), r#"{"contact":"Zoe"}"#.into(), 1002),
        (
            Some("ch_1"),
            r#"{"contact":{"full_name":" "}}"#.into(),
            1002,
        ),
        (Some("ch_1"), r#"{"contact":{"full_name":1}}"#.into(), 1002),
        (
            Some("ch_1"),
            r#"{"contact":{"phones":["+1"]}}"#.into(),
            1002,
        ),
        (
            Some("ch_1"),
            r#"{"contact":{"emails":[{"value":"zoe"}]}}"#.into(),
            1002,
        ),
        (
            Some("ch_1"),
            r#"{"contact":{"full_name":"a\r\nTEL:1"}}"#.into(),
            1002,
        ),
        (
            Some("ch_1"),
            r#"{"contact":{"phones":[{"value":"415"}]}}"#.into(),
            1003,
        ),
        (None, format!("{{{zoe}}}"), 1003),
        (None, format!(r#"{{"to":"(415) 555-0123",{zoe}}}"#), 1003),
        (None, format!(r#"{{"to":14155550123,{zoe}}}"#), 1003),
        (Some("ch_1"), String::new(), 1004),
        (Some("ch_1"), "{".into(), 1004),
        (Some("ch_1"), format!("{{{zoe}}} x"), 1004),
        (Some("ch_1"), "[".repeat(100_000), 1004),
        (Some("../x"), format!("{{{zoe}}}"), 2002),
        (Some(""), format!("{{{zoe}}}"), 2002),
    ] {
        let found = receive(path_id, &body).map_or_else(|code| code, |_| 0);
        assert_eq!(found, code, "{path_id:?} {}", &body[..body.len().min(100)]);
    }
    let received = receive(None, &format!(r#"{{"to":"+14155550123",{zoe}}}"#)).unwrap();
    assert_eq!(
        received.recipient,
        Recipient::Phone("+14155550123".parse().unwrap())
    );
    assert_eq!(received.tenant, TENANT);
    let Content::Contact(contact) = received.content else {
        panic!("{:?}", received.content);
    };
    assert_eq!(contact.full_name.as_deref(), Some("Zoe Quist"));
    let body = json!({"to": "+14155550123", "vcard_text": CARD}).to_string();
    assert_eq!(
        receive(None, &body).unwrap().content,
        Content::VcardText(CARD.to_owned())
    );
}

#[test]
fn strict_refuses_unknown_fields() {
    let bearer = format!("Bearer {SECRET}");
    let receiver = Receiver::new().tenant(TENANT, SECRET).strict(true);
    for (body, message) in [
        (r#"{"contact":{"full_name":"Z"},"x":1}"#, "x: unknown field"),
        (
            r#"{"contact":{"full_name":"Z","x":1}}"#,
            "contact.x: unknown field",
        ),
        (
            r#"{"contact":{"phones":[{"value":"+1","x":1}]}}"#,
            "contact.phones[0].x: unknown field",
        ),
    ] {
        let headers = [("authorization", &bearer)];
        let error = receiver
            .receive(Some("ch_1"), headers, body.as_bytes())
            .unwrap_err();
        assert_eq!(
            (u32::from(error.code), error.message.as_str()),
            (1002, message)
        );
        assert!(receive(Some("ch_1"), body).is_ok());
    }
}

/// A secret that was not configured opens nothing, and is not sent.
#[test]
fn blank_secrets_are_no_secrets() {
    let body = to_chat("ch_1").contact(sean()).body().unwrap();
    let at = 1_700_000_000;
    for blank in [
        "", " ", "\n", "\r\n", " \t ", "\0", "\u{a0}", "\u{2028}", "\u{7f}",
    ] {
        for credentials in [
            Credentials::bearer(blank),
            Credentials::bearer(blank).tenant(TENANT),
            Credentials::hmac(TENANT, blank),
        ] {
            let refused = credentials.headers(at, &body).unwrap_err();
            assert_eq!(refused, SendContactError::Secret, "{blank:?}");
            assert!(to_phone().contact(sean()).sign(&credentials).is_err());
        }
        let receiver = Receiver::new().tenant(TENANT, blank);
        // What anybody can work out who guesses that the secret is blank.
        let signature = hmac_sha256(blank, &[at.to_string().as_bytes(), b".", &body].concat());
        let signature = format!("v1,{at},{signature}");
        for headers in [
            vec![
                ("x-chert-tenant", TENANT.to_owned()),
                ("x-chert-signature", signature),
            ],
            vec![("authorization", format!("Bearer {blank}"))],
            vec![("authorization", String::from("Bearer "))],
            vec![
                ("authorization", String::from("Bearer")),
                ("x-chert-tenant", TENANT.to_owned()),
            ],
        ] {
            let error = receiver
                .receive_at(Some("ch_1"), headers.clone(), &body, at)
                .unwrap_err();
            assert_eq!(error.code, ErrorCode::BadSignature, "{blank:?} {headers:?}");
        }
        // Beside one that is good, it does no harm.
        let receiver = receiver.tenant(TENANT, SECRET);
        let good = Credentials::hmac(TENANT, SECRET)
            .headers(at, &body)
            .unwrap();
        let good = good.iter().map(|header| (header.name(), header.value()));
        assert!(receiver.receive_at(Some("ch_1"), good, &body, at).is_ok());
    }
}

fn hmac_sha256(secret: &str, message: &[u8]) -> String {
    use hmac::{Hmac, KeyInit, Mac};
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(message);
    let bytes = mac.finalize().into_bytes();
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Of two equal fields, one parser keeps the first and another the last.
#[test]
fn a_field_twice_is_refused_at_every_depth() {
    let zoe = r#""contact":{"full_name":"Zoe Quist"}"#;
    for body in [
        format!(r#"{{"to":"+14155550123","to":"+14155550124",{zoe}}}"#),
        format!(r#"{{"to":"+14155550123","to":"+14155550123",{zoe}}}"#),
        format!(r#"{{"to":"+14155550123","\u0074o":"+14155550124",{zoe}}}"#),
        format!(r#"{{{zoe},{zoe}}}"#),
        r#"{"contact":{"full_name":"A","full_name":"B"}}"#.to_owned(),
        r#"{"contact":{"full_name":"A","phones":[{"value":"+14155550123","value":"+14155550124"}]}}"#.to_owned(),
        r#"{"contact":{"full_name":"A","x":{"a":[{"b":1,"b":2}]}}}"#.to_owned(),
        format!(r#"{{{zoe},"vcard_text":"","vcard_text":null}}"#),
    ] {
        for strict in [false, true] {
            let bearer = format!("Bearer {SECRET}");
            let receiver = Receiver::new().tenant(TENANT, SECRET).strict(strict);
            let error = receiver.receive(Some("ch_1"), [("authorization", bearer)], body.as_bytes()).unwrap_err();
            assert_eq!((error.code, error.status), (ErrorCode::InvalidJson, 400), "{body}");
            assert_eq!(error.message, "the body has a field twice");
        }
    }
    // The same name at two places is not twice.
    let body = r#"{"contact":{"full_name":"A","phones":[{"value":"+14155550123"},{"value":"+14155550124"}]}}"#;
    assert!(receive(Some("ch_1"), body).is_ok());
}

/// While a tenant changes its secret, the old and the new one are good, in both ways.
#[test]
fn a_tenant_may_have_several_secrets() {
    let receiver = Receiver::new()
        .tenant(TENANT, "old")
        .tenant("other", "others")
        .tenant(TENANT, "new");
    let body = to_chat("ch_1").contact(sean()).body().unwrap();
    let at = 1_700_000_000;
    for (secret, is_good) in [
        ("old", true),
        ("new", true),
        ("others", false),
        ("none", false),
    ] {
        for credentials in [
            Credentials::hmac(TENANT, secret),
            Credentials::bearer(secret).tenant(TENANT),
        ] {
            let headers = credentials.headers(at, &body).unwrap();
            let headers = headers.iter().map(|header| (header.name(), header.value()));
            let received = receiver.receive_at(Some("ch_1"), headers, &body, at);
            assert_eq!(received.is_ok(), is_good, "{secret} {credentials:?}");
            if let Ok(received) = received {
                assert_eq!(received.tenant, TENANT);
            }
        }
    }
}

/// What was asked of the store: which signature, when, and how long it is to be remembered.
#[derive(Default)]
struct Seen(Mutex<Vec<(String, u64, u64)>>);

impl SeenSignatures for Seen {
    fn is_first(&self, signature: &str, now: u64, until: u64) -> bool {
        let mut seen = self.0.lock().unwrap();
        let is_first = seen.iter().all(|(one, ..)| one != signature);
        seen.push((signature.to_owned(), now, until));
        is_first
    }
}

#[test]
fn a_signature_is_taken_once_where_that_is_asked_for() {
    let seen = Arc::new(Seen::default());
    let receiver = Receiver::new()
        .tenant(TENANT, SECRET)
        .refuse_seen(seen.clone());
    let body = to_chat("ch_1").contact(sean()).body().unwrap();
    let at = 1_700_000_000;
    let send = |credentials: &Credentials, signed: u64, now: u64, body: &[u8]| {
        let headers = credentials.headers(signed, body).unwrap();
        let headers = headers.iter().map(|header| (header.name(), header.value()));
        receiver
            .receive_at(Some("ch_1"), headers, body, now)
            .map_err(|error| error.message)
    };
    let own = Credentials::hmac(TENANT, SECRET);
    let used = Err(String::from("the signature was used before"));
    assert!(send(&own, at, at, &body).is_ok());
    assert_eq!(send(&own, at, at, &body), used);
    assert_eq!(send(&own, at, at + 300, &body), used);
    // Signed again, it is another request.
    assert!(send(&own, at + 1, at + 1, &body).is_ok());
    assert_eq!(seen.0.lock().unwrap()[0].2, at + 300);
    // Nobody without the secret, and nothing out of time, gets into the store.
    let asked = seen.0.lock().unwrap().len();
    assert!(send(&Credentials::hmac(TENANT, "another"), at + 2, at + 2, &body).is_err());
    assert!(send(&own, at, at + 301, &body).is_err());
    assert_eq!(seen.0.lock().unwrap().len(), asked);
    // A request that is refused for its body has used its signature up.
    assert!(send(&own, at + 3, at + 3, b"{}").is_err());
    assert_eq!(send(&own, at + 3, at + 3, b"{}"), used);
    // A bearer token is the same each time.
    for _ in 0..2 {
        assert!(send(&Credentials::bearer(SECRET), at, at, &body).is_ok());
    }
    // Without a store, nothing is remembered.
    let headers = own.headers(at, &body).unwrap();
    for _ in 0..2 {
        let headers = headers.iter().map(|header| (header.name(), header.value()));
        assert!(
            Receiver::new()
                .tenant(TENANT, SECRET)
                .receive_at(Some("ch_1"), headers, &body, at)
                .is_ok()
        );
    }
}

#[test]
fn credentials_are_checked() {
    let receiver = Receiver::new()
        .tenant("other", "another")
        .tenant(TENANT, SECRET);
    let at = 1_700_000_000;
    let body = to_chat("ch_1").contact(sean()).body().unwrap();
    let code = |headers: &[(&str, &str)], body: &[u8], time: u64| {
        let result = receiver.receive_at(Some("ch_1"), headers.iter().copied(), body, time);
        result.map_or_else(|error| u32::from(error.code), |_| 0)
    };
    let signed = |credentials: &Credentials| {
        let headers = credentials.headers(at, &body).unwrap();
        headers.last().unwrap().value().to_owned()
    };
    let signature = signed(&Credentials::hmac(TENANT, SECRET));
    let hmac = [
        ("X-Chert-Tenant", TENANT),
        ("X-Chert-Signature", signature.as_str()),
    ];
    assert_eq!(code(&hmac, &body, at), 0);
    for (time, expected) in [
        (at + 300, 0),
        (at - 300, 0),
        (at + 301, 2013),
        (at - 301, 2013),
        (0, 2013),
    ] {
        assert_eq!(code(&hmac, &body, time), expected, "{time}");
    }
    assert_eq!(code(&[], &body, at), 2012);
    assert_eq!(code(&[("x-chert-tenant", TENANT)], &body, at), 2012);
    assert_eq!(code(&hmac, &body[1..], at), 2004);
    assert_eq!(code(&[("x-chert-signature", &signature)], &body, at), 2004);
    for tenant in ["other", "nobody", "", "ACME"] {
        assert_eq!(
            code(&[("x-chert-tenant", tenant), hmac[1]], &body, at),
            2004,
            "{tenant}"
        );
    }
    let wrong = signed(&Credentials::hmac(TENANT, "not the secret"));
    for signature in [
        wrong.as_str(),
        "",
        "v1",
        "v1,1700000000,",
        &signature[..signature.len() - 1],
        &format!("{signature}0"),
        &signature.to_uppercase(),
        &signature.replace("v1", "v2"),
        &signature.replace("1700000000", "1700000001"),
        &signature.replace("1700000000", "01700000000"),
        &signature.replace("1700000000", "+1700000000"),
        &signature.replace("1700000000", "99999999999999999999"),
        &signature.replace(',', ";"),
    ] {
        assert_eq!(
            code(&[hmac[0], ("x-chert-signature", signature)], &body, at),
            2004,
            "{signature}"
        );
    }
    // A wrong signature is not made good by a right token, and two are one too many.
    let bearer = ("authorization", "Bearer test-signing-secret");
    assert_eq!(
        code(&[hmac[0], ("x-chert-signature", &wrong), bearer], &body, at),
        2004
    );
    assert_eq!(
        code(
            &[hmac[0], hmac[1], ("authorization", "Bearer wrong")],
            &body,
            at
        ),
        0
    );
    assert_eq!(code(&[hmac[0], hmac[1], hmac[1]], &body, at), 2004);

    assert_eq!(code(&[bearer], &body, at), 0);
    assert_eq!(code(&[bearer, ("x-chert-tenant", TENANT)], &body, at), 0);
    assert_eq!(
        code(&[bearer, ("x-chert-tenant", "other")], &body, at),
        2004
    );
    assert_eq!(
        code(
            &[("authorization", "bearer test-signing-secret")],
            &body,
            at
        ),
        0
    );
    for token in [
        "",
        "Bearer",
        "Bearer ",
        "Bearer test",
        "Basic test-signing-secret",
        SECRET,
        "Bearer test-signing-secret x",
    ] {
        assert_eq!(
            code(&[("authorization", token)], &body, at),
            2004,
            "{token}"
        );
    }
    // No tenant, no entry; an empty token least of all.
    let nobody = Receiver::new().receive(None, [("authorization", "Bearer ")], b"{}");
    assert_eq!(nobody.unwrap_err().code, ErrorCode::BadSignature);
}

// ---- over HTTP ----

#[derive(Debug)]
enum Failure {
    Transport(ureq::Error),
    Response(ResponseError),
}

fn send(request: RequestParts) -> Result<SendContactResponse, Failure> {
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .timeout_global(Some(Duration::from_secs(2)))
        .build()
        .into();
    let request = request.try_into_http().unwrap();
    let (head, mut body) = agent.run(request).map_err(Failure::Transport)?.into_parts();
    let body = body.read_to_vec().map_err(Failure::Transport)?;
    SendContactResponse::from_parts(head.status.as_u16(), &head.headers, &body)
        .map_err(Failure::Response)
}

fn send_api_error(request: RequestParts) -> ApiError {
    match send(request) {
        Err(Failure::Response(ResponseError::Api(error))) => error,
        other => panic!("{other:?}"),
    }
}

fn base_url(address: SocketAddr) -> BaseUrl {
    format!("http://{address}").parse().unwrap()
}

type Chats = Arc<Mutex<server::Chats>>;

fn start() -> (BaseUrl, Chats) {
    let chats = Arc::new(Mutex::new(server::Chats::of_each_kind()));
    let receiver = Receiver::new().tenant(TENANT, SECRET).max_body(64 * 1024);
    let address = server::spawn(receiver, Arc::clone(&chats)).unwrap();
    (base_url(address), chats)
}

#[test]
fn delivered_by_either_way_to_either_recipient() {
    let (url, chats) = start();
    for credentials in [
        Credentials::bearer(SECRET),
        Credentials::bearer(SECRET).tenant(TENANT),
        Credentials::hmac(TENANT, SECRET),
    ] {
        for (send_contact, chat) in [
            (to_chat("ch_works"), "ch_works"),
            (to_phone(), "ch_14155551234"),
        ] {
            let request = send_contact.contact(sean()).base_url(url.clone());
            let response = send(request.sign(&credentials).unwrap()).unwrap();
            assert_eq!(
                (response.chat_id.as_str(), response.status.as_str()),
                (chat, "sent")
            );
            assert!(response.trace_id.unwrap().starts_with("trace"));
            // A card as it is.
            let request = send_contact_of(chat).vcard_text(CARD).base_url(url.clone());
            assert_eq!(
                send(request.sign(&credentials).unwrap()).unwrap().chat_id,
                chat
            );
            // The chat that was made takes the next one.
            let id: ChatId = chat.parse().unwrap();
            let request = SendContact::to_chat(id)
                .contact(sean())
                .base_url(url.clone());
            assert_eq!(
                send(request.sign(&credentials).unwrap()).unwrap().chat_id,
                chat
            );
        }
    }
    let delivered = &chats.lock().unwrap().delivered;
    assert_eq!(delivered.len(), 18);
    for (index, (_, content)) in delivered.iter().enumerate() {
        let expected = match index % 3 {
            1 => Content::VcardText(CARD.to_owned()),
            _ => Content::Contact(sean()),
        };
        assert_eq!(*content, expected);
    }
}

#[test]
fn each_row_of_the_error_table() {
    let (url, chats) = start();
    let credentials = Credentials::hmac(TENANT, SECRET);
    for (chat, code, status, retryable) in [
        ("ch_nowhere", ErrorCode::ChatNotFound, 404, false),
        ("ch_fails", ErrorCode::DeliveryFailed, 502, false),
        ("ch_busy", ErrorCode::LinesSaturated, 503, true),
        ("ch_plain", ErrorCode::LineCannotSend, 501, false),
        ("ch_unpinned", ErrorCode::LineCannotSend, 501, false),
    ] {
        let request = to_chat(chat).contact(sean()).base_url(url.clone());
        let error = send_api_error(request.sign(&credentials).unwrap());
        assert_eq!(
            (error.code, error.status, error.retryable),
            (code, status, retryable)
        );
        assert!(error.trace_id.unwrap().starts_with("trace"));
        assert_eq!(
            error.retry_after,
            (chat == "ch_busy").then_some(Duration::from_secs(7))
        );
    }
    // What the builder does not make is put into a request by hand, and signed.
    for (body, code, status) in [
        (r#"{"to":"+14155550123"}"#, ErrorCode::NoContent, 400),
        (r#"{"contact":{}}"#, ErrorCode::InvalidContent, 400),
        (
            r#"{"contact":{"full_name":["Zoe"]}}"#,
            ErrorCode::InvalidContent,
            400,
        ),
        (
            r#"{"contact":{"phones":[{"value":"1"}]}}"#,
            ErrorCode::InvalidPhone,
            400,
        ),
        ("{\"contact\":", ErrorCode::InvalidJson, 400),
    ] {
        let request = to_chat("ch_works").contact(sean()).base_url(url.clone());
        let mut request = request.unsigned().unwrap();
        request.body = body.as_bytes().to_vec();
        request
            .headers
            .extend(credentials.headers(now(), &request.body).unwrap());
        let error = send_api_error(request);
        assert_eq!((error.code, error.status), (code, status), "{body}");
        assert!(!error.retryable);
    }
    assert!(chats.lock().unwrap().delivered.is_empty());
}

#[test]
fn credentials_over_http() {
    let (url, chats) = start();
    let request = || to_chat("ch_works").contact(sean()).base_url(url.clone());
    let hmac = Credentials::hmac(TENANT, SECRET);
    for (request, code) in [
        (request().unsigned().unwrap(), ErrorCode::NoCredentials),
        (
            request().sign(&Credentials::bearer("wrong")).unwrap(),
            ErrorCode::BadSignature,
        ),
        (
            request().sign(&Credentials::hmac(TENANT, "wrong")).unwrap(),
            ErrorCode::BadSignature,
        ),
        (
            request().sign(&Credentials::hmac("other", SECRET)).unwrap(),
            ErrorCode::BadSignature,
        ),
        // A clock that is off either way, and an old request sent again.
        (
            request().sign_at(&hmac, now() - 400).unwrap(),
            ErrorCode::TimestampSkew,
        ),
        (
            request().sign_at(&hmac, now() + 400).unwrap(),
            ErrorCode::TimestampSkew,
        ),
        (
            request().sign_at(&hmac, 1_700_000_000).unwrap(),
            ErrorCode::TimestampSkew,
        ),
    ] {
        let error = send_api_error(request);
        assert_eq!((error.code, error.status), (code, 401));
        assert!(!error.retryable);
    }
    // Tampered on the way, by one byte.
    let mut tampered = request().sign(&hmac).unwrap();
    let at = tampered.body.iter().position(|b| *b == b'S').unwrap();
    tampered.body[at] = b'D';
    assert_eq!(send_api_error(tampered).code, ErrorCode::BadSignature);
    assert!(chats.lock().unwrap().delivered.is_empty());
    assert!(send(request().sign_at(&hmac, now() - 290).unwrap()).is_ok());
}

#[test]
fn oversized_body() {
    let (url, chats) = start();
    let mut contact = sean();
    contact.organization = Some("x".repeat(100 * 1024));
    let request = to_chat("ch_works").contact(contact).base_url(url);
    let error = send_api_error(request.sign(&Credentials::hmac(TENANT, SECRET)).unwrap());
    assert_eq!((error.code, error.status), (ErrorCode::InvalidJson, 413));
    assert!(chats.lock().unwrap().delivered.is_empty());
}

/// A server that answers one request with these bytes, then waits, then closes.
fn answer_once(answer: &'static [u8], wait: Duration) -> BaseUrl {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = base_url(listener.local_addr().unwrap());
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut request = Vec::new();
        let mut buffer = [0; 1024];
        while !request.ends_with(b"}") {
            let read = stream.read(&mut buffer).unwrap();
            request.extend_from_slice(&buffer[..read]);
        }
        stream.write_all(answer).unwrap();
        std::thread::sleep(wait);
    });
    url
}

#[test]
fn truncated_slow_and_foreign_answers() {
    let request = |url| {
        let send_contact = to_chat("ch_works").contact(sean()).base_url(url);
        send_contact.sign(&Credentials::bearer(SECRET)).unwrap()
    };
    // Cut short against its length: the client notices.
    let url = answer_once(
        b"HTTP/1.1 200 OK\r\ncontent-length: 40\r\n\r\n{\"chat_id\":\"ch_",
        Duration::ZERO,
    );
    let answer = send(request(url));
    assert!(matches!(answer, Err(Failure::Transport(_))), "{answer:?}");
    // Cut short without a length: the answer is malformed.
    let url = answer_once(
        b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n{\"chat_id\":\"ch_",
        Duration::ZERO,
    );
    let answer = send(request(url));
    let Err(Failure::Response(ResponseError::Malformed(error))) = answer else {
        panic!("{answer:?}");
    };
    assert_eq!(
        (error.status, error.excerpt.as_str()),
        (200, "{\"chat_id\":\"ch_")
    );
    // A proxy that knows nothing of the service.
    let url = answer_once(
        b"HTTP/1.1 502 Bad Gateway\r\ncontent-length: 13\r\nx-trace-id: p\r\n\r\n<html></html>",
        Duration::ZERO,
    );
    let answer = send(request(url));
    let Err(Failure::Response(ResponseError::Malformed(error))) = answer else {
        panic!("{answer:?}");
    };
    assert_eq!((error.status, error.trace_id.as_deref()), (502, Some("p")));
    // Slower than the client waits, in its body and altogether.
    for answer in [&b"HTTP/1.1 200 OK\r\ncontent-length: 40\r\n\r\n{"[..], b""] {
        let url = answer_once(answer, Duration::from_secs(6));
        let answer = send(request(url));
        assert!(
            matches!(answer, Err(Failure::Transport(ureq::Error::Timeout(_)))),
            "{answer:?}"
        );
    }
}
