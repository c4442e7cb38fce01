//! Cards as jCard and back. RFC 7095.

use serde_json::{Value, json};
use vcardinal::convert::ChangeKind;
use vcardinal::{Card, Limits, Version, jcard};

fn card(lines: &str) -> Card {
    Card::parse(format!(
        "BEGIN:VCARD\r\nVERSION:4.0\r\n{lines}\r\nEND:VCARD\r\n"
    ))
    .unwrap()
}

/// The one property of a jCard beside its version.
fn property(line: &str) -> Value {
    jcard::to_value(&card(line)).unwrap()[1][1].clone()
}

/// The lines of a card with these properties.
fn lines(properties: &Value) -> Vec<String> {
    let mut all = vec![json!(["version", {}, "text", "4.0"])];
    all.extend(properties.as_array().unwrap().iter().cloned());
    let card = jcard::from_value(&json!(["vcard", all])).unwrap();
    let text = card.to_string().replace("\r\n ", "");
    let lines: Vec<String> = text.lines().skip(2).map(String::from).collect();
    lines[..lines.len() - 1].to_vec()
}

/// Line, property; both ways.
fn pairs() -> Vec<(&'static str, Value)> {
    vec![
        // RFC 7095, 3.3 and 3.4: names, types, parameters.
        ("FN:Zoë Quist", json!(["fn", {}, "text", "Zoë Quist"])),
        (
            "TEL;TYPE=home,cell:1",
            json!(["tel", {"type": ["home", "cell"]}, "text", "1"]),
        ),
        (
            "TEL;VALUE=uri;PREF=1:tel:+1-418",
            json!(["tel", {"pref": "1"}, "uri", "tel:+1-418"]),
        ),
        ("TEL:tel:+1-418", json!(["tel", {}, "text", "tel:+1-418"])),
        (
            "ITEM1.EMAIL:a@example.com",
            json!(["email", {"group": "item1"}, "text", "a@example.com"]),
        ),
        (
            "NOTE;X-P=\"a,^'b^'\":t",
            json!(["note", {"x-p": "a,\"b\""}, "text", "t"]),
        ),
        (
            "N;SORT-AS=Dam,Ira:van Dam;Ira;;;",
            json!(["n", {"sort-as": ["Dam", "Ira"]}, "text", ["van Dam", "Ira", "", "", ""]]),
        ),
        (
            "FN;SORT-AS=\"Dam, Ira\":x",
            json!(["fn", {"sort-as": "Dam, Ira"}, "text", "x"]),
        ),
        (
            "TITLE;LANGUAGE=fr;ALTID=1:Patronne",
            json!(["title", {"language": "fr", "altid": "1"}, "text", "Patronne"]),
        ),
        // 3.3.1.3: structures and lists.
        (
            "ADR;LABEL=\"1 Elm^nLeeds\":;;a,b;c;d;e;f",
            json!(["adr", {"label": "1 Elm\nLeeds"}, "text", ["", "", ["a", "b"], "c", "d", "e", "f"]]),
        ),
        (
            "N:Quist;Zoë;Q.,Ada;Dr.;Jr.,M.D.",
            json!([
                "n",
                {},
                "text",
                ["Quist", "Zoë", ["Q.", "Ada"], "Dr.", ["Jr.", "M.D."]]
            ]),
        ),
        (
            "N:a;b;;;;c;d",
            json!(["n", {}, "text", ["a", "b", "", "", "", "c", "d"]]),
        ),
        ("ORG:Bits", json!(["org", {}, "text", "Bits"])),
        (
            "ORG:Nut\\; Bolt\\, Inc.;Rings",
            json!(["org", {}, "text", ["Nut; Bolt, Inc.", "Rings"]]),
        ),
        ("GENDER:M", json!(["gender", {}, "text", "M"])),
        (
            "GENDER:;it's complicated",
            json!(["gender", {}, "text", ["", "it's complicated"]]),
        ),
        (
            "CLIENTPIDMAP:1;urn:uuid:53e374d9-337e-4727-8803-a1e9c14e0556",
            json!([
                "clientpidmap",
                {},
                "text",
                ["1", "urn:uuid:53e374d9-337e-4727-8803-a1e9c14e0556"]
            ]),
        ),
        (
            "CATEGORIES:a,b\\,c",
            json!(["categories", {}, "text", "a", "b,c"]),
        ),
        ("NICKNAME:Zo", json!(["nickname", {}, "text", "Zo"])),
        // 3.5: values.
        (
            "NOTE:a\\, b\\nc\\\\d;e",
            json!(["note", {}, "text", "a, b\nc\\d;e"]),
        ),
        (
            "XML:<a xmlns=\"http://example.com/\">b</a>",
            json!(["xml", {}, "text", "<a xmlns=\"http://example.com/\">b</a>"]),
        ),
        (
            "URL:https://example.com/",
            json!(["url", {}, "uri", "https://example.com/"]),
        ),
        ("GEO:geo:1.5\\,2", json!(["geo", {}, "uri", "geo:1.5,2"])),
        (
            "PHOTO:data:image/gif;base64\\,R0lG",
            json!(["photo", {}, "uri", "data:image/gif;base64,R0lG"]),
        ),
        ("LANG:de-CH", json!(["lang", {}, "language-tag", "de-CH"])),
        ("UID;VALUE=text:a-1", json!(["uid", {}, "text", "a-1"])),
        (
            "RELATED;VALUE=text;TYPE=friend:Ada",
            json!(["related", {"type": "friend"}, "text", "Ada"]),
        ),
        (
            "TZ;VALUE=utc-offset:-0500",
            json!(["tz", {}, "utc-offset", "-05:00"]),
        ),
        (
            "TZ:Europe/Berlin",
            json!(["tz", {}, "text", "Europe/Berlin"]),
        ),
        (
            "REV:19951031T222710Z",
            json!(["rev", {}, "timestamp", "1995-10-31T22:27:10Z"]),
        ),
        (
            "BDAY:19850412",
            json!(["bday", {}, "date-and-or-time", "1985-04-12"]),
        ),
        (
            "BDAY:1985-04",
            json!(["bday", {}, "date-and-or-time", "1985-04"]),
        ),
        ("BDAY:1985", json!(["bday", {}, "date-and-or-time", "1985"])),
        (
            "BDAY:--0412",
            json!(["bday", {}, "date-and-or-time", "--04-12"]),
        ),
        ("BDAY:--04", json!(["bday", {}, "date-and-or-time", "--04"])),
        (
            "BDAY:---12",
            json!(["bday", {}, "date-and-or-time", "---12"]),
        ),
        (
            "BDAY:T1022",
            json!(["bday", {}, "date-and-or-time", "T10:22"]),
        ),
        (
            "BDAY:T-2200",
            json!(["bday", {}, "date-and-or-time", "T-22:00"]),
        ),
        (
            "BDAY:--0412T102200",
            json!(["bday", {}, "date-and-or-time", "--04-12T10:22:00"]),
        ),
        (
            "ANNIVERSARY:20090808T1430-0500",
            json!([
                "anniversary",
                {},
                "date-and-or-time",
                "2009-08-08T14:30-05:00"
            ]),
        ),
        (
            "BDAY;VALUE=text:circa 1800",
            json!(["bday", {}, "text", "circa 1800"]),
        ),
        (
            "X-T;VALUE=time:232050Z",
            json!(["x-t", {}, "time", "23:20:50Z"]),
        ),
        ("X-T;VALUE=time:-2050", json!(["x-t", {}, "time", "-20:50"])),
        ("X-T;VALUE=time:--50", json!(["x-t", {}, "time", "--50"])),
        (
            "X-D;VALUE=date:19850412,--0203",
            json!(["x-d", {}, "date", "1985-04-12", "--02-03"]),
        ),
        (
            "X-B;VALUE=boolean:TRUE",
            json!(["x-b", {}, "boolean", true]),
        ),
        (
            "X-I;VALUE=integer:1,-2",
            json!(["x-i", {}, "integer", 1, -2]),
        ),
        (
            "X-F;VALUE=float:1.25,3,-0.5",
            json!(["x-f", {}, "float", 1.25, 3, -0.5]),
        ),
        // 5.1: what nobody knows.
        (
            "X-A:a\\,b;c\\\\n",
            json!(["x-a", {}, "unknown", "a\\,b;c\\\\n"]),
        ),
        ("X-A;VALUE=text:a\\,b", json!(["x-a", {}, "text", "a,b"])),
        (
            "X-A;VALUE=x-mine:a\\,b",
            json!(["x-a", {}, "x-mine", "a\\,b"]),
        ),
        ("TEL;X-FUN=a:1", json!(["tel", {"x-fun": "a"}, "text", "1"])),
        // Default types of later documents: RFC 6474, 6715, 8605, 9554.
        (
            "BIRTHPLACE:Leeds",
            json!(["birthplace", {}, "text", "Leeds"]),
        ),
        (
            "DEATHDATE:19960415",
            json!(["deathdate", {}, "date-and-or-time", "1996-04-15"]),
        ),
        (
            "EXPERTISE;LEVEL=expert;INDEX=1:knots",
            json!(["expertise", {"level": "expert", "index": "1"}, "text", "knots"]),
        ),
        (
            "CONTACT-URI:https://example.com/c",
            json!(["contact-uri", {}, "uri", "https://example.com/c"]),
        ),
        (
            "CREATED:20220705T093412Z",
            json!(["created", {}, "timestamp", "2022-07-05T09:34:12Z"]),
        ),
        ("LANGUAGE:de", json!(["language", {}, "language-tag", "de"])),
        (
            "SOCIALPROFILE;SERVICE-TYPE=Mastodon:https://example.com/@a",
            json!(["socialprofile", {"service-type": "Mastodon"}, "uri", "https://example.com/@a"]),
        ),
        (
            "JSPROP;JSPTR=\"a/b\":1",
            json!(["jsprop", {"jsptr": "a/b"}, "text", "1"]),
        ),
    ]
}

#[test]
fn ok_each_form_both_ways() {
    for (line, wanted) in pairs() {
        assert_eq!(property(line), wanted, "{line}");
        let read = lines(&json!([wanted.clone()]));
        let back = card(&read.join("\r\n"));
        assert!(back.same_content(&card(line)), "{wanted}: {read:?}");
        // One jCard is one card, and that is the same jCard.
        assert_eq!(property(&read.join("\r\n")), wanted);
    }
}

/// What is read, though it is not what is written.
#[test]
fn ok_reading_is_tolerant_and_says_so() {
    for (properties, wanted, changes) in [
        (json!([["ORG", {}, "text", "A;B"]]), vec!["ORG:A\\;B"], 0),
        (json!([["n", {}, "text", "Quist"]]), vec!["N:Quist;;;;"], 0),
        (
            json!([["geo", {}, "float", [37.5, -122]]]),
            vec!["GEO:geo:37.5\\,-122"],
            1,
        ),
        (json!([["n", {}, "text", ["a", "b"]]]), vec!["N:a;b;;;"], 0),
        (
            json!([["tel", {"type": "home,cell"}, "text", "1"]]),
            vec!["TEL;TYPE=\"home,cell\":1"],
            1,
        ),
        (
            json!([["tel", {"pref": 1, "x-b": true}, "text", "1"]]),
            vec!["TEL;PREF=1;X-B=true:1"],
            2,
        ),
        (
            json!([["tel", {"value": "text"}, "uri", "tel:1"]]),
            vec!["TEL;VALUE=uri:tel:1"],
            1,
        ),
        (
            json!([["bday", {}, "date", "1985-04-12"]]),
            vec!["BDAY:19850412"],
            0,
        ),
        (
            json!([["bday", {}, "date-time", "1985-04-12T10:22:00Z"]]),
            vec!["BDAY:19850412T102200Z"],
            0,
        ),
        (
            json!([["bday", {}, "time", "10:22:00"]]),
            vec!["BDAY:T102200"],
            0,
        ),
        (
            json!([["bday", {}, "date-and-or-time", "soon, maybe"]]),
            vec!["BDAY;VALUE=text:soon\\, maybe"],
            1,
        ),
        (
            json!([["x-t", {}, "time", "-20:50Z"]]),
            vec!["X-T;VALUE=time:-2050"],
            1,
        ),
        (
            json!([["x-i", {}, "integer", 2e3]]),
            vec!["X-I;VALUE=integer:2000"],
            0,
        ),
        (
            json!([["x-i", {}, "integer", 3.0]]),
            vec!["X-I;VALUE=integer:3"],
            0,
        ),
        (
            json!([["x-i", {}, "integer", 3.7]]),
            vec!["X-I;VALUE=integer:3"],
            1,
        ),
        (
            json!([["x-f", {}, "float", 2e-3]]),
            vec!["X-F;VALUE=float:0.002"],
            0,
        ),
        (json!([["note", {}, "text", 5]]), vec!["NOTE:5"], 1),
        (
            json!([["clientpidmap", {}, "text", [1, "urn:a:b"]]]),
            vec!["CLIENTPIDMAP:1;urn:a:b"],
            1,
        ),
        (
            json!([["note", {}, "text", "a", "b"]]),
            vec!["NOTE:a", "NOTE:b"],
            1,
        ),
        (
            json!([["x-a", {}, "unknown", "a\r\nX-EVIL:b"]]),
            vec!["X-A:a\\nX-EVIL:b"],
            1,
        ),
        (
            json!([["url", {}, "uri", "https://a\nb"]]),
            vec!["URL:https://a\\nb"],
            1,
        ),
        (
            json!([["note", {}, "text", "a\u{0}b\u{7}"]]),
            vec!["NOTE:ab"],
            1,
        ),
        (
            json!([["note", {"x-a": "a\r\nb\u{1}"}, "text", ""]]),
            vec!["NOTE;X-A=\"a^nb\":"],
            1,
        ),
    ] {
        let text = format!(
            "[\"vcard\",[[\"version\",{{}},\"text\",\"4.0\"],{}",
            &properties.to_string()[1..]
        );
        let value: Value = serde_json::from_str(&format!("{text}]")).unwrap();
        let read = jcard::read(&value, &Limits::default()).unwrap();
        assert_eq!(lines(&properties), wanted, "{properties}");
        assert_eq!(
            read.changes().len(),
            changes,
            "{properties}: {:?}",
            read.changes()
        );
    }
    for (value, changes) in [
        (json!(["vcard", [["fn", {}, "text", "A"]]]), 1),
        (
            json!([
                "vcard",
                [["fn", {}, "text", "A"], ["version", {}, "text", "4.0"]]
            ]),
            1,
        ),
        (
            json!([
                "vcard",
                [["version", {}, "text", "3.0"], ["fn", {}, "text", "A"]]
            ]),
            1,
        ),
        (
            json!([
                "VCARD",
                [["version", {}, "text", "4.0"], ["fn", {}, "text", "A"]],
                []
            ]),
            1,
        ),
    ] {
        let read = jcard::read(&value, &Limits::default()).unwrap();
        assert_eq!(
            read.card().to_string(),
            "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:A\r\nEND:VCARD\r\n"
        );
        assert_eq!(read.changes().len(), changes);
    }
}

#[test]
fn err_each_place_is_named() {
    let whole = |value: Value| jcard::from_value(&value).unwrap_err().to_string();
    let one = |property: Value| whole(json!(["vcard", [["version", {}, "text", "4.0"], property]]));
    for (found, wanted) in [
        (
            whole(json!(null)),
            "expected a jCard: an array of \"vcard\" and an array of properties, found null",
        ),
        (
            whole(json!({})),
            "expected a jCard: an array of \"vcard\" and an array of properties, found an object",
        ),
        (whole(json!([])), "expected \"vcard\", found an array"),
        (
            whole(json!(["vcard"])),
            "/0: expected \"vcard\", found another text",
        ),
        (
            whole(json!(["vcalendar", []])),
            "/0: expected \"vcard\", found another text",
        ),
        (
            whole(json!(["vcard", {}])),
            "/1: expected an array of properties, found an object",
        ),
        (
            whole(json!(["vcard", [], [1]])),
            "/2: expected two members, found an array",
        ),
        (
            one(json!("fn")),
            "/1/1: expected a property: an array, found another text",
        ),
        (
            one(json!(["fn", {}, "text"])),
            "/1/1/3: expected a value, found an array",
        ),
        (
            one(json!(["fn", {}])),
            "/1/1: expected four members or more: name, parameters, type, value, found an array",
        ),
        (
            one(json!([1, {}, "text", ""])),
            "/1/1/0: expected the name of a property, found a number",
        ),
        (
            one(json!(["fn", [], "text", ""])),
            "/1/1/1: expected an object of parameters, found an array",
        ),
        (
            one(json!(["fn", {}, null, ""])),
            "/1/1/2: expected the name of a type, found null",
        ),
        (
            one(json!(["fn", {}, "text", null])),
            "/1/1/3: expected a value that is not null or an object, found null",
        ),
        (
            one(json!(["fn", {}, "text", "", {}])),
            "/1/1/4: expected a value that is not null or an object, found an object",
        ),
        (
            one(json!(["note", {}, "text", ["a", "b"]])),
            "/1/1/3: expected a text: the property has no components, found an array",
        ),
        (
            one(json!(["n", {}, "text", []])),
            "/1/1/3: expected a text: the property has no components, found an array",
        ),
        (
            one(json!(["n", {}, "text", ["a", ["b", {}]]])),
            "/1/1/3/1/1: expected a text or an array of texts, found an object",
        ),
        (
            one(json!(["tel", {"type": null}, "text", ""])),
            "/1/1/1/type: expected a text or an array of texts, found null",
        ),
        (
            one(json!(["tel", {"type": ["a", []]}, "text", ""])),
            "/1/1/1/type/1: expected a text or an array of texts, found an array",
        ),
        (
            one(json!(["tel", {"a/b": "c"}, "text", ""])),
            "/1/1/1/a~1b: a name is made of ASCII letters, digits and hyphens; byte 1 is something else",
        ),
        (
            one(json!(["tel", {"group": "a\r\nX:"}, "text", ""])),
            "/1/1/1/group: a name is made of ASCII letters, digits and hyphens; byte 1 is something else",
        ),
        (
            one(json!(["tel\r\nX-EVIL", {}, "text", ""])),
            "/1/1/0: a name is made of ASCII letters, digits and hyphens; byte 3 is something else",
        ),
        (
            one(json!(["tel", {"x-a\r\n": ""}, "text", ""])),
            "/1/1/1/x-a\r\n: a name is made of ASCII letters, digits and hyphens; byte 3 is something else",
        ),
        (
            one(json!(["tel", {}, "te xt", ""])),
            "/1/1/2: a name is made of ASCII letters, digits and hyphens; byte 2 is something else",
        ),
        (
            one(json!(["", {}, "text", ""])),
            "/1/1/0: a name has at least one character",
        ),
        (
            one(json!(["begin", {}, "text", "VCARD"])),
            "/1/1: BEGIN and END frame a card, and VERSION is that of its builder; they cannot be set",
        ),
        (
            one(json!(["version", {}, "text", 4])),
            "/1/1/3: expected the text 4.0, found a number",
        ),
    ] {
        assert_eq!(found, wanted);
    }
    for text in [
        "",
        "[",
        "[\"vcard\",[]",
        "[\"vcard\",[]] x",
        "[1e999]",
        "\"\\ud800\"",
    ] {
        assert!(
            jcard::from_str(text)
                .unwrap_err()
                .to_string()
                .starts_with("not JSON: "),
            "{text}"
        );
    }
}

#[test]
fn err_limits() {
    let mut limits = Limits::default();
    (
        limits.properties,
        limits.parameters,
        limits.values,
        limits.card,
    ) = (3, 3, 3, 200);
    let read = |property: Value| {
        jcard::read(&json!(["vcard", property]), &limits)
            .map(|_| ())
            .map_err(|error| error.to_string())
    };
    let fn_ = json!(["fn", {}, "text", "A"]);
    assert_eq!(read(json!([fn_, fn_, fn_])), Ok(()));
    assert_eq!(
        read(json!([fn_, fn_, fn_, fn_])).unwrap_err(),
        "/1/3: number of properties is larger than the limit of 3"
    );
    assert_eq!(
        read(json!([["fn", {"a": "1", "b": "2", "c": "3"}, "text", "A"]])),
        Ok(())
    );
    assert_eq!(
        read(json!([["fn", {"a": "1", "b": "2", "c": "3", "d": ""}, "text", "A"]])).unwrap_err(),
        "/1/0/1: number of parameters is larger than the limit of 3"
    );
    assert_eq!(
        read(json!([["categories", {}, "text", "a", "b", "c"]])),
        Ok(())
    );
    assert_eq!(
        read(json!([["categories", {}, "text", "a", "b", "c", "d"]])).unwrap_err(),
        "/1/0: number of values is larger than the limit of 3"
    );
    assert_eq!(
        read(json!([["n", {}, "text", ["a", ["b", "c", "d"]]]])).unwrap_err(),
        "/1/0/3: number of values is larger than the limit of 3"
    );
    assert_eq!(
        read(json!([["note", {}, "text", "a".repeat(300)]])).unwrap_err(),
        "/1/0: card is larger than the limit of 200"
    );
}

/// What has no form, or another, is named; nothing is written that JSON readers would round.
#[test]
fn ok_what_changes_is_said() {
    for (line, wanted, kind) in [
        (
            "BDAY:1985/04/12",
            json!(["bday", {}, "unknown", "1985/04/12"]),
            ChangeKind::Approximated,
        ),
        (
            "X-I;VALUE=integer:9007199254740993",
            json!(["x-i", {}, "unknown", "9007199254740993"]),
            ChangeKind::Approximated,
        ),
        (
            "X-I;VALUE=integer:1,9007199254740993",
            json!(["x-i", {}, "unknown", "1,9007199254740993"]),
            ChangeKind::Approximated,
        ),
        (
            "X-F;VALUE=float:0.12345678901234567890",
            json!(["x-f", {}, "unknown", "0.12345678901234567890"]),
            ChangeKind::Approximated,
        ),
        (
            "X-I;VALUE=integer:x",
            json!(["x-i", {}, "unknown", "x"]),
            ChangeKind::Approximated,
        ),
        (
            "TEL;VALUE=integer:1",
            json!(["tel", {}, "text", "1"]),
            ChangeKind::Approximated,
        ),
        (
            "TEL;GROUP=a:1",
            json!(["tel", {}, "text", "1"]),
            ChangeKind::Dropped,
        ),
        (
            "PHOTO;ENCODING=b;TYPE=jpeg:/9j/4AAQ",
            json!(["photo", {"type": "jpeg"}, "uri", "data:image/jpeg;base64,/9j/4AAQ"]),
            ChangeKind::Moved,
        ),
        (
            "a line that is not one\r\nFN:A",
            json!(["fn", {}, "text", "A"]),
            ChangeKind::Dropped,
        ),
    ] {
        let card = card(line);
        assert_eq!(property(line), wanted, "{line}");
        let changes = jcard::JCard::of(&card).unwrap().changes();
        assert_eq!(changes.len(), 1, "{line}: {changes:?}");
        assert_eq!(changes[0].kind(), kind, "{line}");
        assert_eq!(changes[0].line(), Some(3), "{line}");
    }
    let limit = json!(["x-i", {}, "integer", 9_007_199_254_740_992_i64]);
    assert_eq!(property("X-I;VALUE=integer:9007199254740992"), limit);
}

#[test]
fn ok_older_cards_come_as_4_0() {
    let old = Card::parse("BEGIN:VCARD\nVERSION:2.1\nN;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:Qu=C3=ADst;Zo;;;\nTEL;CELL;PREF:1\nBDAY:1985-04-12\nEND:VCARD\n").unwrap();
    let value = jcard::to_value(&old).unwrap();
    assert_eq!(value[1][0], json!(["version", {}, "text", "4.0"]));
    let converted = old.convert(Version::V4_0).unwrap();
    assert!(
        jcard::from_value(&value)
            .unwrap()
            .same_content(converted.card())
    );
    assert!(
        value
            .to_string()
            .contains("[\"bday\",{},\"date-and-or-time\",\"1985-04-12\"]")
    );
    let changes = jcard::JCard::of(&old).unwrap().changes();
    assert_eq!(changes, converted.changes());
}

mod stream {
    use super::*;

    fn shown(input: &[u8]) -> Vec<String> {
        let reader = jcard::Reader::new(std::io::BufReader::with_capacity(3, input));
        let whole: Vec<String> = show(reader);
        assert_eq!(show(jcard::Reader::new(input)), whole);
        whole
    }

    fn show<R: std::io::BufRead>(reader: jcard::Reader<R>) -> Vec<String> {
        reader
            .map(|card| match card {
                Ok(card) => card.display_name().to_string(),
                Err(error) => format!("! {error}"),
            })
            .collect()
    }

    const A: &str = r#"["vcard",[["fn",{},"text","A ]\"["]]]"#;
    const B: &str = r#"["vcard",[["fn",{},"text","B"]]]"#;

    #[test]
    fn ok_arrays_lines_and_rdap() {
        let both = ["A ]\"[", "B"];
        assert_eq!(shown(format!("{A}\n{B}\n").as_bytes()), both);
        assert_eq!(shown(format!("{A}{B}").as_bytes()), both);
        assert_eq!(shown(format!("\u{FEFF} [{A},\r\n{B}]\n").as_bytes()), both);
        assert_eq!(shown(format!("[{A}]\n[ ]\n[{B}]").as_bytes()), both);
        assert_eq!(
            shown(format!("{{\"vcardArray\":{A},\"x\":[]}}\n{B}").as_bytes()),
            both
        );
        assert_eq!(shown(b""), [""; 0]);
        assert_eq!(shown(b" \n [] "), [""; 0]);
    }

    #[test]
    fn err_one_bad_card_costs_only_itself() {
        let bad = r#"["vcard",[["fn",{},"text",null]]]"#;
        assert_eq!(
            shown(format!("[{A},{bad},{B},1,{{}},\"x\"]").as_bytes()),
            [
                "A ]\"[",
                "! byte 39: /1/1/0/3: expected a value that is not null or an object, found null",
                "B",
                "! byte 106: /3: expected a jCard: an array of \"vcard\" and an array of properties, found a number",
                "! byte 108: /4: expected a jCard: an array of \"vcard\" and an array of properties, found an object",
                "! byte 111: /5: expected a jCard: an array of \"vcard\" and an array of properties, found another text",
            ]
        );
        assert_eq!(shown(format!("{bad}\n{B}").as_bytes()).len(), 2);
        assert_eq!(
            shown(format!("nonsense\n{B}\n").as_bytes()),
            ["! byte 0: expected a jCard, found another text", "B"]
        );
        assert_eq!(
            shown(format!("{{\"vcardArray\":{bad}}}").as_bytes()),
            [
                "! byte 0: /vcardArray/1/0/3: expected a value that is not null or an object, found null"
            ]
        );
    }

    #[test]
    fn err_truncated_and_torn() {
        for end in 1..A.len() {
            let found = shown(&A.as_bytes()[..end]);
            assert_eq!(found.len(), 1, "{end}");
            assert!(found[0].starts_with("! byte 0: not JSON: "), "{found:?}");
        }
        assert_eq!(
            shown(format!("[{A},").as_bytes()),
            [
                "A ]\"[",
                "! byte 39: expected the end of the array, found the end of the input"
            ]
        );
        assert_eq!(
            shown(format!("[{A} {B}]").as_bytes()),
            [
                "A ]\"[",
                "! byte 39: expected a comma, found something else"
            ]
        );
        assert!(shown(b"[\"vcard\",[[\"fn\",{},\"text\",\"\xFF\"]]]")[0].contains("not JSON: "));
    }

    #[test]
    fn err_too_deep_and_too_large() {
        let deep = format!("{}{}\n{B}", "[\"x\",".repeat(500), "]".repeat(500));
        assert_eq!(
            shown(deep.as_bytes()),
            [
                "! byte 0: depth of arrays and objects is larger than the limit of 16",
                "B"
            ]
        );
        let deep = format!(
            "[{}{},{B}]",
            "[\"x\",".repeat(100_000),
            "1]".repeat(100_000)
        );
        assert_eq!(
            shown(deep.as_bytes()),
            [
                "! byte 1: /0: depth of arrays and objects is larger than the limit of 16",
                "B"
            ]
        );
        let mut limits = Limits::default();
        limits.card = 60;
        let large = format!("[{},{B}]", A.replace("A ", &"a".repeat(60)));
        let found = show(jcard::Reader::new(large.as_bytes()).with_limits(limits));
        assert_eq!(
            found,
            ["! byte 1: /0: card is larger than the limit of 60", "B"]
        );
    }
}
