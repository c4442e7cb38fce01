//! When two cards say the same: parameters by name and value, base64 by its octets.

use vcardinal::Card;

fn card(version: &str, lines: &str) -> Card {
    Card::parse(format!(
        "BEGIN:VCARD\r\nVERSION:{version}\r\n{lines}\r\nEND:VCARD\r\n"
    ))
    .unwrap()
}

fn assert_same(version: &str, a: &str, b: &str, is_same: bool) {
    let (a, b) = (card(version, a), card(version, b));
    assert_eq!(a.same_content(&b), is_same, "{a}{b}");
    assert_eq!(b.same_content(&a), is_same, "{a}{b}");
    assert!(a.same_content(&a) && b.same_content(&b));
}

#[test]
fn ok_a_value_belongs_to_its_parameter() {
    for (a, b, is_same) in [
        ("TEL;X-A=1;X-B=2,3:1", "TEL;X-A=1,2;X-B=3:1", false),
        ("TEL;X-A=1,2;X-B=3:1", "TEL;X-A=1;X-B=2,3:1", false),
        ("TEL;X-A=1;X-B=2:1", "TEL;X-A=1;X-C=2:1", false),
        ("TEL;X-A=1:1", "TEL;X-A=1,2:1", false),
        ("TEL;X-A=1:1", "TEL;X-A=1;X-A=2:1", false),
        ("TEL;X-A=:1", "TEL;X-A:1", false),
        // A list, a repeated parameter and both are the same. RFC 6350, 5.
        ("TEL;TYPE=home,cell:1", "TEL;type=home;TYPE=cell:1", true),
        (
            "TEL;TYPE=home,cell,x:1",
            "TEL;TYPE=home;TYPE=cell,x:1",
            true,
        ),
        ("TEL;X-A=\"a\":1", "tel;x-a=a:1", true),
        // Their order says nothing, and JSON objects have none.
        ("TEL;X-A=a;X-B=b:1", "TEL;X-B=b;X-A=a:1", true),
        ("TEL;X-A=a;X-B=b:1", "TEL;X-B=a;X-A=b:1", false),
        ("TEL;X-A=a,b;X-B=c:1", "TEL;X-B=c;X-A=b,a:1", false),
        ("TEL;X-A=1;TYPE=a;X-A=2:1", "TEL;TYPE=a;X-A=1,2:1", true),
    ] {
        for version in ["3.0", "4.0"] {
            assert_same(version, a, b, is_same);
        }
    }
}

#[test]
fn ok_base64_is_the_octets_that_it_stands_for() {
    for (version, a, b, is_same) in [
        (
            "2.1",
            "PHOTO;GIF;BASE64:\r\n R0lG\r\n ODlh\r\n",
            "PHOTO;GIF;ENCODING=BASE64:R0lGODlh\r\n",
            true,
        ),
        (
            "2.1",
            "PHOTO;GIF;BASE64:\r\n    R0lG\r\n    ODlh\r\n",
            "PHOTO;GIF;BASE64:R0lGODl\r\n h\r\n",
            true,
        ),
        (
            "3.0",
            "PHOTO;ENCODING=b:/9j/4A==",
            "PHOTO;ENCODING=BASE64:/9j/\r\n  4A",
            true,
        ),
        (
            "3.0",
            "PHOTO;ENCODING=b:/9j/4A==",
            "PHOTO;ENCODING=b:/9j/4B==",
            false,
        ),
        (
            "3.0",
            "PHOTO;ENCODING=b:AAAA",
            "PHOTO;ENCODING=b:AAA",
            false,
        ),
        // The letters alone are a text or a reference.
        ("3.0", "PHOTO;ENCODING=b:AAAA", "PHOTO:AAAA", false),
        ("2.1", "KEY;BASE64:AQID\r\n", "KEY:AQID", false),
    ] {
        assert_same(version, a, b, is_same);
    }
}

#[test]
fn ok_what_says_nothing_does_not_count() {
    for (a, b, is_same) in [
        // Errata 3100 and 3488 of RFC 6350.
        ("TEL;TYPE=\"home,cell\":1", "TEL;TYPE=home,cell:1", true),
        ("TEL;X-A=\"home,cell\":1", "TEL;X-A=home,cell:1", false),
        ("N;SORT-AS=\"A,B\":A;B;;;", "N;SORT-AS=A,B:A;B;;;", true),
        ("ADR;LABEL=\"a\\nb\":;;;;;;", "ADR;LABEL=a^nb:;;;;;;", true),
        ("NOTE;X-A=\"a\\nb\":", "NOTE;X-A=a^nb:", false),
        // The type that it has anyway.
        ("TEL;VALUE=text:1", "TEL:1", true),
        ("TEL;VALUE=uri:tel:1", "TEL:tel:1", false),
        (
            "TEL;TYPE=a;VALUE=uri:tel:1",
            "TEL;VALUE=URI;TYPE=a:tel:1",
            true,
        ),
        ("TEL;VALUE=integer:1", "TEL:1", true),
        ("BDAY;VALUE=date:19850412", "BDAY:19850412", true),
        ("BDAY;VALUE=text:19850412", "BDAY:19850412", false),
        ("X-A;VALUE=text:1", "X-A:1", false),
        ("X-A;VALUE=x-mine:1", "X-A;VALUE=X-MINE:1", true),
        // One spelling or another.
        ("BDAY:1985-04-12", "BDAY:19850412", true),
        ("BDAY:1985-04", "BDAY:198504", false),
        (
            "BDAY;VALUE=text:1985-04-12",
            "BDAY;VALUE=text:19850412",
            false,
        ),
        (
            "REV:2020-01-01T10:00:00+01:00",
            "REV:20200101T100000+0100",
            true,
        ),
        (
            "TZ;VALUE=utc-offset:-05:00",
            "TZ;VALUE=utc-offset:-0500",
            true,
        ),
        ("TZ:-05:00", "TZ:-0500", false),
        (
            "X-A;VALUE=date:1985-04-12,2020-01-01",
            "X-A;VALUE=date:19850412,20200101",
            true,
        ),
        ("X-A;VALUE=float:1.30,+2", "X-A;VALUE=float:1.3,2", true),
        ("X-A;VALUE=integer:1,2", "X-A;VALUE=integer:12", false),
        ("X-A;VALUE=boolean:true", "X-A;VALUE=boolean:TRUE", true),
        ("X-A:1985-04-12", "X-A:19850412", false),
        // Separators that separate.
        ("NICKNAME:a;b", "NICKNAME:a\\;b", true),
        ("NICKNAME:a,b", "NICKNAME:a\\,b", false),
        ("ORG:a,b;c", "ORG:a\\,b;c", true),
        ("ORG:a;b", "ORG:a\\;b", false),
        ("N:a,b;c;;;", "N:a\\,b;c;;;", false),
        ("X-A:a,b", "X-A:a\\,b", false),
        ("X-A;VALUE=text:a,b", "X-A;VALUE=text:a\\,b", true),
        ("N:a;b", "N:a;b;;;", true),
        ("N:a;b", "N:a;b;;c;", false),
        ("GEO:geo:1,2", "GEO:geo:1\\,2", true),
    ] {
        assert_same("4.0", a, b, is_same);
    }
}
