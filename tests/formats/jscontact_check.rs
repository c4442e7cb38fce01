//! JSContact cards that are not valid, and where. RFC 9553, 1.4 and 1.7.

use serde_json::{Map, Value, json};
use vcardinal::jscontact;

fn card(members: Value) -> Value {
    let mut map = Map::new();
    map.insert("@type".into(), "Card".into());
    map.insert("version".into(), "2.0".into());
    let Value::Object(members) = members else {
        panic!()
    };
    map.extend(members);
    Value::Object(map)
}

#[test]
fn err_pointers() {
    let cases = [
        (json!({ "Emails": {} }), "/Emails"),
        (
            json!({ "name": { "full": "a", "FULL": "b" } }),
            "/name/FULL",
        ),
        (json!({ "kind": "Group" }), "/kind"),
        (json!({ "extra": 1 }), "/extra"),
        (
            json!({ "name": { "full": "a", "extra": 1 } }),
            "/name/extra",
        ),
        (
            json!({ "name": { "full": "a" }, "localizations": { "de": { "name/extra": 1 } } }),
            "/localizations/de/name~1extra",
        ),
        (json!({ "emails": { "e": { "pref": 1 } } }), "/emails/e"),
        (
            json!({ "emails": { "e": { "address": "no" } } }),
            "/emails/e/address",
        ),
        (
            json!({ "emails": { "e": { "address": 1 } } }),
            "/emails/e/address",
        ),
        (
            json!({ "emails": { "e f": { "address": "a@example.com" } } }),
            "/emails/e f",
        ),
        (json!({ "emails": [] }), "/emails"),
        (
            json!({ "emails": { "e": { "address": "a@example.com", "pref": 0 } } }),
            "/emails/e/pref",
        ),
        (
            json!({ "emails": { "e": { "address": "a@example.com", "pref": 101 } } }),
            "/emails/e/pref",
        ),
        (
            json!({ "emails": { "e": { "address": "a@example.com", "pref": 1.5 } } }),
            "/emails/e/pref",
        ),
        (
            json!({ "emails": { "e": { "address": "a@example.com", "@type": "Email" } } }),
            "/emails/e/@type",
        ),
        (
            json!({ "emails": { "e": { "address": "a@example.com", "contexts": { "Work": true } } } }),
            "/emails/e/contexts/Work",
        ),
        (
            json!({ "emails": { "e": { "address": "a@example.com", "contexts": { "work": 1 } } } }),
            "/emails/e/contexts/work",
        ),
        (
            json!({ "calendars": { "c": { "uri": "https://example.com" } } }),
            "/calendars/c",
        ),
        (
            json!({ "links": { "l": { "uri": "example.com" } } }),
            "/links/l/uri",
        ),
        (json!({ "notes": { "n": {} } }), "/notes/n"),
        (
            json!({ "notes": { "n": { "note": "a", "author": {} } } }),
            "/notes/n/author",
        ),
        (
            json!({ "phones": { "p": { "number": "1", "features": { "voice": false } } } }),
            "/phones/p/features/voice",
        ),
        (json!({ "keywords": { "a": false } }), "/keywords/a"),
        (json!({ "members": { "a": true } }), "/members"),
        (json!({ "prodId": "" }), "/prodId"),
        (json!({ "language": "not a tag" }), "/language"),
        (json!({ "created": "2010-10-10T10:10:10.000Z" }), "/created"),
        (json!({ "created": "2010-10-10t10:10:10Z" }), "/created"),
        (
            json!({ "created": "2010-10-10T10:10:10+00:00" }),
            "/created",
        ),
        (json!({ "created": "2010-02-30T10:10:10Z" }), "/created"),
        (json!({ "name": {} }), "/name"),
        (json!({ "name": { "components": [] } }), "/name/components"),
        (
            json!({ "name": { "full": "a", "defaultSeparator": "b" } }),
            "/name/defaultSeparator",
        ),
        (
            json!({ "name": { "components": [{ "kind": "separator", "value": " " }], "isOrdered": true } }),
            "/name/components",
        ),
        (
            json!({ "name": { "components": [{ "kind": "given", "value": "a" }, { "kind": "separator", "value": " " }] } }),
            "/name/components",
        ),
        (
            json!({ "name": { "components": [{ "kind": "given", "value": "a", "phonetic": "b" }] } }),
            "/name/components",
        ),
        (
            json!({ "name": { "components": [{ "kind": "given", "value": "a" }], "sortAs": { "surname": "b" } } }),
            "/name/sortAs",
        ),
        (
            json!({ "name": { "components": [{ "kind": "given" }] } }),
            "/name/components/0",
        ),
        (
            json!({ "addresses": { "a": { "pref": 1 } } }),
            "/addresses/a",
        ),
        (
            json!({ "addresses": { "a": { "coordinates": "https://example.com" } } }),
            "/addresses/a/coordinates",
        ),
        (
            json!({ "onlineServices": { "o": { "service": "a" } } }),
            "/onlineServices/o",
        ),
        (json!({ "organizations": { "o": {} } }), "/organizations/o"),
        (
            json!({ "organizations": { "o": { "units": [] } } }),
            "/organizations/o/units",
        ),
        (json!({ "speakToAs": {} }), "/speakToAs"),
        (
            json!({ "anniversaries": { "a": { "kind": "birth" } } }),
            "/anniversaries/a",
        ),
        (
            json!({ "anniversaries": { "a": { "kind": "birth", "date": {} } } }),
            "/anniversaries/a/date",
        ),
        (
            json!({ "anniversaries": { "a": { "kind": "birth", "date": { "month": 2 } } } }),
            "/anniversaries/a/date/month",
        ),
        (
            json!({ "anniversaries": { "a": { "kind": "birth", "date": { "year": 1953, "day": 2 } } } }),
            "/anniversaries/a/date/day",
        ),
        (
            json!({ "anniversaries": { "a": { "kind": "birth", "date": { "month": 2, "day": 30 } } } }),
            "/anniversaries/a/date/day",
        ),
        (
            json!({ "anniversaries": { "a": { "kind": "birth", "date": { "utc": "2010-10-10T10:10:10Z" } } } }),
            "/anniversaries/a/date",
        ),
        (
            json!({ "personalInfo": { "p": { "kind": "hobby", "value": "a", "listAs": 0 } } }),
            "/personalInfo/p/listAs",
        ),
        (json!({ "a b": 1 }), "/a b"),
        (json!({ "Mood": 1 }), "/Mood"),
        (json!({ "-example.com:mood": 1 }), "/-example.com:mood"),
        (json!({ "example.com:": 1 }), "/example.com:"),
        (json!({ "example.com:a~b": 1 }), "/example.com:a~0b"),
        (json!({ "kind": "example..com:a" }), "/kind"),
        (
            json!({ "vCardProps": [["x", {}, "text"]] }),
            "/vCardProps/0",
        ),
        (
            json!({ "vCardProps": [["x\r\ny", {}, "text", "a"]] }),
            "/vCardProps/0/0",
        ),
        (
            json!({ "vCardProps": [["x", { "a b": "c" }, "text", "a"]] }),
            "/vCardProps/0/1/a b",
        ),
        (
            json!({ "vCardProps": [["x", { "group": "a.b" }, "text", "a"]] }),
            "/vCardProps/0/1/group",
        ),
        (
            json!({ "name": { "full": "a", "vCardParams": { "x": 1 } } }),
            "/name/vCardParams/x",
        ),
        (
            json!({ "name": { "full": "a", "vCardName": "f n" } }),
            "/name/vCardName",
        ),
        (
            json!({ "localizations": { "not a tag": {} } }),
            "/localizations/not a tag",
        ),
        (
            json!({ "localizations": { "de": { "titles/t/name": "a" } } }),
            "/localizations/de/titles~1t~1name",
        ),
        (
            json!({ "localizations": { "de": { "localizations": {} } } }),
            "/localizations/de/localizations",
        ),
        (
            json!({ "localizations": { "de": { "/kind": "org" } } }),
            "/localizations/de/~1kind",
        ),
        (
            json!({ "name": { "full": "a" }, "localizations": { "de": { "name": { "full": "b" }, "name/full": "c" } } }),
            "/localizations/de/name~1full",
        ),
        (
            json!({ "name": { "full": "a" }, "localizations": { "de": { "name/full": null } } }),
            "/localizations/de/name",
        ),
        (
            json!({ "name": { "full": "a" }, "localizations": { "de": { "name/full": 1 } } }),
            "/localizations/de/name~1full",
        ),
        (
            json!({ "localizations": { "de": { "Emails": {} } } }),
            "/localizations/de/Emails",
        ),
        (
            json!({ "name": { "components": [{ "kind": "given", "value": "a" }] }, "localizations": { "de": { "name/components/-": 1 } } }),
            "/localizations/de/name~1components~1-",
        ),
        (
            json!({ "name": { "components": [{ "kind": "given", "value": "a" }] }, "localizations": { "de": { "name/components/0": null } } }),
            "/localizations/de/name~1components~10",
        ),
    ];
    for (members, pointer) in cases {
        let card = card(members);
        let problems = jscontact::check(&card);
        let found: Vec<&str> = problems.iter().map(|problem| problem.pointer()).collect();
        assert_eq!(found, [pointer], "{card}\n{problems:?}");
        assert!(
            problems
                .iter()
                .all(|problem| problem.section().starts_with("RFC 9"))
        );
        let refused = jscontact::from_value(&card);
        assert_eq!(refused.unwrap_err().problems(), problems);
    }
}

#[test]
fn ok_what_is_not_known() {
    for members in [
        json!({ "mood": { "Emails": 1, "extra": 2 } }),
        json!({ "example.com:mood": { "Emails": 1, "extra": 2 } }),
        json!({ "bücher.example:größe x": null }),
        json!({ "kind": "robot" }),
        json!({ "kind": "example.com:robot" }),
        json!({ "version": "3.0" }),
        json!({ "links": { "l": { "uri": "https://example.com", "kind": "blog" } } }),
        json!({ "emails": { "e": { "address": "a@example.com", "contexts": { "work": false } } } }),
    ] {
        assert_eq!(jscontact::check(&card(members.clone())), [], "{members}");
    }
}

#[test]
fn err_the_card_itself() {
    let pointers = |value: &Value| -> Vec<String> {
        jscontact::check(value)
            .iter()
            .map(|problem| problem.pointer().to_owned())
            .collect()
    };
    assert_eq!(pointers(&json!([])), [""]);
    assert_eq!(pointers(&json!({})), ["", ""]);
    assert_eq!(
        pointers(&json!({ "@type": "card", "version": "2.0" })),
        ["/@type"]
    );
    assert_eq!(
        pointers(&json!({ "@type": "Card", "version": "2" })),
        ["/version"]
    );
    // RFC 9982, 3: a uid is needed in 1.0 alone.
    assert_eq!(
        pointers(&json!({ "@type": "Card", "version": "1.0" })),
        ["/uid"]
    );
    assert!(pointers(&json!({ "@type": "Card", "version": "2.0" })).is_empty());
}

/// Deep, wide and full of faults: refused or read, and not for long.
#[test]
fn err_hostile() {
    // The macro would copy what is deep, call by call.
    let mut deep = Value::from(1);
    for _ in 0..2000 {
        deep = Value::Array(vec![deep]);
    }
    let mut with_deep = Map::new();
    with_deep.insert("example.com:deep".into(), deep);
    let problems = jscontact::check(&card(Value::Object(with_deep)));
    assert_eq!(problems.len(), 1);
    let bad: Map<String, Value> = (0..100_000)
        .map(|at| (format!("A{at}"), json!(1)))
        .collect();
    let problems = jscontact::check(&card(Value::Object(bad)));
    assert_eq!(problems.len(), jscontact::MAX_PROBLEMS + 1);
    // Each language would copy the whole name.
    let text = "a".repeat(10);
    let components: Vec<Value> = (0..20_000)
        .map(|_| json!({ "kind": "given", "value": text }))
        .collect();
    let localizations: Map<String, Value> = (0..2000)
        .map(|at| {
            (
                format!("de-x-{at}"),
                json!({ "name/components/0/value": "b" }),
            )
        })
        .collect();
    let card =
        card(json!({ "name": { "components": components }, "localizations": localizations }));
    assert!(!jscontact::check(&card).is_empty());
}

/// A card at each limit is read, and one past it is refused.
#[test]
fn err_limits() {
    use vcardinal::Limits;

    let text = card(json!({
        "name": { "full": "Ada" },
        "emails": { "a": { "address": "a@b.example" }, "b": { "address": "c@b.example" } },
    }))
    .to_string();
    let read = |limits: Limits| {
        let mut reader = jscontact::Reader::new(text.as_bytes()).with_limits(limits);
        reader.next().unwrap()
    };
    let whole = read(Limits::default()).unwrap();
    let lines = whole.properties().count();
    assert!(read(Limits::default().with_properties(lines)).is_ok());
    let refused = read(Limits::default().with_properties(lines - 1)).unwrap_err();
    assert!(
        refused.to_string().contains("number of properties"),
        "{refused}"
    );
    // Of the card, and of its JSON.
    let larger = whole.to_bytes().len().max(text.len());
    assert!(read(Limits::default().with_card(larger)).is_ok());
    for less in [larger - 1, whole.to_bytes().len() - 1, text.len() - 1] {
        let refused = read(Limits::default().with_card(less)).unwrap_err();
        assert!(refused.to_string().contains("card"), "{refused}");
    }
    // The card is one level, and the number in the arrays another.
    let deep = |arrays: usize| {
        let deep = (0..arrays).fold(Value::from(1), |inner, _| Value::Array(vec![inner]));
        jscontact::check(&card(json!({ "example.com:deep": deep })))
    };
    assert_eq!(deep(jscontact::MAX_DEPTH - 2), []);
    assert_eq!(
        deep(jscontact::MAX_DEPTH - 1)[0].to_string(),
        "the card: a card is at most 128 deep (RFC 8259, 9)"
    );
}

#[test]
fn err_text() {
    for (text, message) in [
        (&b"{\"a\":1,\"a\":2}"[..], "the name a comes twice"),
        (b"{\"a\":{\"b\":1,\"b\":2}}", "the name b comes twice"),
        (b"{\"a\":\"\\ud800\"}", "hex escape"),
        (b"{\"a\":\"\xFF\"}", "unicode"),
        (b"{", "EOF"),
        (b"{} {}", "trailing"),
    ] {
        let error = jscontact::read(text).unwrap_err().to_string();
        assert!(
            error.contains(message) || error.to_lowercase().contains(message),
            "{error}"
        );
    }
    let deep = "[".repeat(100_000);
    assert!(jscontact::read(deep.as_bytes()).is_err());
}
