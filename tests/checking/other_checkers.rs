//! What the best checkers of other libraries look for, and what none does: each case is a card and
//! all that is found in it, of any severity, or nothing.

use std::fmt::Write as _;

use common::spec::findings;
use vcardinal::validate::Profile;

use crate::common;

/// A card of this version, with what it has to have.
fn card(version: &str, lines: &str) -> String {
    let has = |name: &str| {
        lines.split('\n').any(|line| {
            line.starts_with(&format!("{name}:")) || line.starts_with(&format!("{name};"))
        })
    };
    let mut card = format!("BEGIN:VCARD\nVERSION:{version}\n");
    if version != "2.1" && !has("FN") {
        card += "FN:Odalys Brook\n";
    }
    if version != "4.0" && !has("N") {
        card += "N:Brook;Odalys;;;\n";
    }
    card += lines;
    if !lines.is_empty() {
        card.push('\n');
    }
    card += "END:VCARD\n";
    card.replace('\n', "\r\n")
}

/// `severity rule` of each finding, in the order of the input.
fn found(input: &[u8], profile: Profile) -> String {
    let all: Vec<String> = findings(input, profile)
        .iter()
        .map(|finding| format!("{} {}", finding.severity, finding.rule.id))
        .collect();
    all.join(", ")
}

/// Version, lines with `\n` between them, and what is found.
type Case = (&'static str, &'static str, &'static str);

fn compare(cases: &[Case]) {
    let mut failures = String::new();
    for (version, lines, expected) in cases {
        let found = found(card(version, lines).as_bytes(), Profile::Declared);
        if found != *expected {
            writeln!(
                failures,
                "{version} {lines:?}\n  expected {expected:?}\n  found    {found:?}"
            )
            .unwrap();
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

fn compare_streams(cases: &[(&str, &str)]) {
    let mut failures = String::new();
    for (input, expected) in cases {
        let found = found(input.replace('\n', "\r\n").as_bytes(), Profile::Declared);
        if found != *expected {
            writeln!(
                failures,
                "{input:?}\n  expected {expected:?}\n  found    {found:?}"
            )
            .unwrap();
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

#[test]
fn ok_properties_a_version_does_not_have() {
    const ONLY_4_0: &str = "ANNIVERSARY:19960415|BIRTHPLACE:Ely|CLIENTPIDMAP:1;urn:uuid:53e374d9-337e-4727-8803-a1e9c14e0556|\
        DEATHDATE:19960415|DEATHPLACE:Ely|EXPERTISE:bees|GENDER:F|HOBBY:bees|\
        INTEREST:bees|KIND:individual|LANG:en|MEMBER:urn:uuid:53e374d9-337e-4727-8803-a1e9c14e0556|\
        ORG-DIRECTORY:https://fable.example/o|RELATED:https://fable.example/r|XML:<a/>";
    const CALENDARS: &str = "CALADRURI:mailto:a@fable.example|CALURI:https://fable.example/c|FBURL:https://fable.example/f";
    const ONLY_3_0: &str = "CLASS:PUBLIC|NAME:a|PROFILE:VCARD|SORT-STRING:a";
    const NOT_2_1: &str = "CATEGORIES:a|IMPP:xmpp:a@fable.example|NICKNAME:a|PRODID:a";
    const NOT_4_0: &str = "AGENT;VALUE=uri:cid:a@fable.example|LABEL:a|MAILER:a";
    for (lines, versions) in [
        (ONLY_4_0, &["2.1", "3.0"][..]),
        // RFC 2739 has these for 3.0.
        (CALENDARS, &["2.1"]),
        (ONLY_3_0, &["2.1", "4.0"]),
        (NOT_2_1, &["2.1"]),
        (NOT_4_0, &["4.0"]),
    ] {
        for (line, version) in lines
            .split('|')
            .flat_map(|line| versions.iter().map(move |it| (line, it)))
        {
            let found = found(card(version, line).as_bytes(), Profile::Declared);
            assert!(
                found.contains("warning property-not-in-version"),
                "{version} {line}: {found}"
            );
        }
    }
}

#[test]
fn ok_what_a_card_has_to_have() {
    compare_streams(&[
        ("BEGIN:VCARD\nVERSION:2.1\nEND:VCARD\n", "warning n-missing"),
        (
            "BEGIN:VCARD\nVERSION:3.0\nFN:A\nEND:VCARD\n",
            "error n-missing",
        ),
        (
            "BEGIN:VCARD\nVERSION:3.0\nN:A;;;;\nEND:VCARD\n",
            "error fn-missing",
        ),
        ("BEGIN:VCARD\nVERSION:4.0\nEND:VCARD\n", "error fn-missing"),
        ("BEGIN:VCARD\nVERSION:4.0\nFN:A\nEND:VCARD\n", ""),
        ("BEGIN:VCARD\nVERSION:4.0\nFN:A\nFN:B\nEND:VCARD\n", ""),
        (
            "BEGIN:VCARD\nVERSION:3.0\nFN:A\nFN:B\nN:A;;;;\nEND:VCARD\n",
            "warning property-repeated",
        ),
        (
            "BEGIN:VCARD\nFN:A\nN:A;;;;\nEND:VCARD\n",
            "error version-missing",
        ),
        (
            "BEGIN:VCARD\nVERSION:5.0\nFN:A\nEND:VCARD\n",
            "error version-unknown",
        ),
        (
            "BEGIN:VCARD\nVERSION:4.0\nVERSION:4.0\nFN:A\nEND:VCARD\n",
            "error version-repeated",
        ),
        (
            "BEGIN:VCARD\nFN:A\nVERSION:4.0\nEND:VCARD\n",
            "error version-late",
        ),
        ("BEGIN:VCARD\nN:A;;;;\nFN:A\nVERSION:3.0\nEND:VCARD\n", ""),
        (
            "BEGIN:VCARD\nEND:VCARD\n",
            "error version-missing, error fn-missing",
        ),
    ]);
}

#[test]
fn ok_between_cards_and_around_them() {
    compare_streams(&[
        (
            "BEGIN:\nFN:A\nEND:VCARD\n",
            "warning junk-outside-card, error end-without-begin",
        ),
        (
            "BEGIN:VCARD\nVERSION:4.0\nFN:A\nEND:\nEND:VCARD\n",
            "error end-mismatched",
        ),
        ("END:VCARD\n", "error end-without-begin"),
        ("BEGIN:VCARD\nVERSION:4.0\nFN:A\n", "error end-missing"),
        (
            "BEGIN:VCARD\nVERSION:4.0\nFN:A\nBEGIN:VCARD\nVERSION:4.0\nFN:B\nEND:VCARD\n",
            "error begin-inside-card",
        ),
        (
            "BEGIN;X-A=1:VCARD\nVERSION:4.0\nFN:A\nEND:VCARD\n",
            "error begin-parameters, warning junk-outside-card, error end-without-begin",
        ),
        (
            "a.BEGIN:VCARD\nVERSION:4.0\nFN:A\na.END:VCARD\n",
            "error begin-parameters",
        ),
        (
            "\u{FEFF}BEGIN:VCARD\nVERSION:4.0\nFN:A\nEND:VCARD\n",
            "warning byte-order-mark",
        ),
        (
            "hello\nBEGIN:VCARD\nVERSION:4.0\nFN:A\nEND:VCARD\n",
            "warning junk-outside-card",
        ),
        (
            " BEGIN:VCARD\nVERSION:4.0\nFN:A\nEND:VCARD\n",
            "error fold-first-line, warning junk-outside-card, error end-without-begin",
        ),
        (
            "BEGIN:VCARD\n FN:A\nVERSION:4.0\nFN:A\nEND:VCARD\n",
            "error fold-first-line, error version-late",
        ),
        (
            "BEGIN:VCARD\nVERSION:4.0\nFN:A\nEND:VCARD",
            "warning final-line-ending-missing",
        ),
        ("", "error no-card"),
    ]);
    let lf = "BEGIN:VCARD\nVERSION:4.0\nFN:A\nEND:VCARD\n";
    assert_eq!(
        found(lf.as_bytes(), Profile::Declared),
        "warning line-ending-not-crlf"
    );
    let cr = lf.replace('\n', "\r");
    assert_eq!(
        found(cr.as_bytes(), Profile::Declared),
        "error bare-carriage-return"
    );
}

#[test]
fn ok_lines_and_names() {
    let long = format!("NOTE:{}", "a".repeat(80));
    assert_eq!(
        found(card("3.0", &long).as_bytes(), Profile::Declared),
        "warning line-too-long"
    );
    compare(&[
        ("3.0", "NOTE", "error colon-missing"),
        ("4.0", ":a", "error name-empty"),
        ("4.0", "NO TE:a", "error white-space-in-name"),
        ("4.0", "X_A:a", "error name-invalid"),
        ("3.0", "X-:a", "error name-invalid"),
        ("4.0", "FABLE:a", "info property-unknown"),
        ("4.0", "X-FABLE:a", ""),
        ("4.0", ".NOTE:a", "error group-empty"),
        ("4.0", "a b.NOTE:a", "error group-invalid"),
        ("3.0", "a_b.NOTE:a", "error group-invalid"),
        ("2.1", "a_b.NOTE:a", ""),
        ("2.1", "A.B.NOTE:a", ""),
        ("4.0", "a.b.NOTE:a", "error group-nested"),
        ("4.0", "NOTE:a\n \n b", "warning fold-empty"),
        ("4.0", "NOTE:a\u{1}", "error control-character"),
        ("4.0", "NOTE:a\u{7F}", "error control-character"),
        ("4.0", "NOTE:a\u{0}", "error nul-character"),
        ("4.0", "NOTE:a\tb", ""),
        ("4.0", "\nNOTE:a", "warning blank-line-inside-card"),
        (
            "3.0",
            "item1.X-ABLabel:_$!<Other>!$_",
            "warning label-alone",
        ),
        ("3.0", "X-ABLabel:Other", "warning label-alone"),
        (
            "3.0",
            "item1.TEL:+14155550100\nitem1.X-ABLabel:_$!<Other>!$_",
            "",
        ),
        ("4.0", "item1.TEL:+14155550100", ""),
    ]);
    for (note, expected) in [
        (&b"NOTE:\xE9\r\n"[..], "error not-utf-8"),
        (b"NOTE:a\xC3\r\n \xA9\r\n", "error fold-inside-character"),
    ] {
        let card = [
            b"BEGIN:VCARD\r\nVERSION:4.0\r\nFN:A\r\n",
            note,
            b"END:VCARD\r\n",
        ]
        .concat();
        assert_eq!(found(&card, Profile::Declared), expected);
    }
}

#[test]
fn ok_parameters() {
    compare(&[
        ("4.0", "TEL;:1", "error parameter-empty"),
        ("4.0", "TEL;TYPE:1", "error parameter-value-missing"),
        ("4.0", "TEL;TYPE=:1", "error parameter-value-missing"),
        ("3.0", "TEL;TYPE=:1", "warning parameter-value-missing"),
        ("4.0", "TEL;work:1", "error parameter-bare"),
        ("3.0", "TEL;WORK:1", "warning parameter-bare"),
        ("2.1", "TEL;WORK:1", ""),
        ("4.0", "TEL;X_A=1:1", "error parameter-name-invalid"),
        ("4.0", "TEL;=1:1", "error parameter-name-invalid"),
        ("4.0", "TEL;X-A=\"work:1", "error quote-unclosed"),
        ("4.0", "TEL;X-A=a\"b:1", "error quote-unclosed"),
        ("4.0", "TEL; TYPE=work:1", "error white-space-in-parameter"),
        ("4.0", "TEL;X-A=a^b:1", "info caret-unknown"),
        ("4.0", "TEL;X-A=a^nb:1", ""),
        ("4.0", "NOTE;X-A=a\\nb:1", "info backslash-in-parameter"),
        ("4.0", "ADR;LABEL=\"a\\nb\":;;a;b;c;d;e", ""),
        ("4.0", "TEL;PREF=1;PREF=2:1", "error parameter-repeated"),
        ("4.0", "TEL;TYPE=work;TYPE=cell:1", ""),
        ("4.0", "NOTE;LANGUAGE=en,fr:a", "error parameter-repeated"),
        ("4.0", "TEL;PREF=0:1", "error pref-invalid"),
        ("4.0", "TEL;PREF=101:1", "error pref-invalid"),
        ("4.0", "TEL;PREF=x:1", "error pref-invalid"),
        ("4.0", "TEL;PID=0:1", "error pid-invalid"),
        (
            "4.0",
            "TEL;PID=1.1:1\nCLIENTPIDMAP:1;urn:uuid:53e374d9-337e-4727-8803-a1e9c14e0556",
            "",
        ),
        ("4.0", "TEL;PID=1.x:1", "error pid-invalid"),
        ("4.0", "HOBBY;INDEX=0:bees", "error index-invalid"),
        ("4.0", "HOBBY;INDEX=-1:bees", "error index-invalid"),
        ("4.0", "HOBBY;INDEX=x:bees", "error index-invalid"),
        ("4.0", "ADR;GEO=\"x\":;;a;b;c;d;e", "error geo-invalid"),
        ("4.0", "ADR;GEO=\"geo:12.5,-3.25\":;;a;b;c;d;e", ""),
        (
            "4.0",
            "BDAY;CALSCALE=hebrew:19960415",
            "warning calscale-unknown",
        ),
        ("4.0", "BDAY;CALSCALE=x-fable:19960415", ""),
        (
            "4.0",
            "NOTE;CALSCALE=gregorian:a",
            "info parameter-not-permitted",
        ),
        (
            "4.0",
            "BDAY;CALSCALE=gregorian;VALUE=text:a",
            "error parameter-not-permitted",
        ),
        ("3.0", "NOTE;CHARSET=utf-8:a", "warning charset-outside-2.1"),
        ("4.0", "NOTE;CHARSET=utf-8:a", "warning charset-outside-2.1"),
        ("2.1", "NOTE;CHARSET=x-none-such:a", "error charset-unknown"),
        ("4.0", "NOTE;ENCODING=8BIT:a", "warning encoding-unknown"),
        ("2.1", "NOTE;ENCODING=8BIT:a", ""),
        ("2.1", "NOTE;ENCODING=zip:a", "error encoding-unknown"),
        (
            "3.0",
            "PHOTO;ENCODING=BASE64;TYPE=PNG:AAAA",
            "warning encoding-base64-in-3.0",
        ),
        ("3.0", "PHOTO;ENCODING=b;TYPE=PNG:AAAA", ""),
        ("4.0", "PHOTO;ENCODING=b:AAAA", "error base64-in-4.0"),
        (
            "3.0",
            "NOTE;ENCODING=QUOTED-PRINTABLE:a",
            "error quoted-printable-outside-2.1",
        ),
        (
            "2.1",
            "NOTE;ENCODING=QUOTED-PRINTABLE:a=zz",
            "error quoted-printable-invalid",
        ),
        ("4.0", "NOTE;VALUE=wrong:a", "warning value-type-unknown"),
        ("4.0", "NOTE;VALUE=x-own:a", ""),
        (
            "4.0",
            "BDAY;VALUE=uri:19960415",
            "error value-type-not-permitted",
        ),
        (
            "4.0",
            "BDAY;VALUE=date:19960415",
            "warning value-type-not-permitted",
        ),
        (
            "3.0",
            "NOTE;VALUE=integer:1",
            "warning value-type-not-permitted",
        ),
        (
            "3.0",
            "URL;VALUE=url:https://fable.example/",
            "warning value-type-not-permitted",
        ),
        ("2.1", "PHOTO;VALUE=content-id:<a@fable.example>", ""),
        (
            "3.0",
            "TEL;VALUE=uri:tel:+1-415-555-0123",
            "warning value-type-not-permitted",
        ),
        ("3.0", "SOURCE;CONTEXT=LDAP:ldap://fable.example/", ""),
    ]);
    for (name, value) in [
        ("ALTID", "1"),
        ("CALSCALE", "gregorian"),
        ("GEO", "\"geo:1,2\""),
        ("INDEX", "1"),
        ("LEVEL", "high"),
        ("MEDIATYPE", "image/png"),
        ("PID", "1"),
        ("SORT-AS", "a"),
        ("TZ", "-0500"),
        ("PREF", "1"),
    ] {
        for version in ["2.1", "3.0"] {
            let found = found(
                card(version, &format!("NOTE;{name}={value}:a")).as_bytes(),
                Profile::Declared,
            );
            assert!(
                found.contains("parameter-not-in-version"),
                "{version} {name}: {found}"
            );
        }
    }
}

#[test]
fn ok_types() {
    compare(&[
        (
            "4.0",
            "EMAIL;TYPE=internet:a@fable.example",
            "warning type-not-permitted",
        ),
        ("3.0", "EMAIL;TYPE=internet,pref:a@fable.example", ""),
        ("3.0", "EMAIL;TYPE=x400:a", ""),
        ("2.1", "EMAIL;AOL:a@fable.example", ""),
        (
            "3.0",
            "EMAIL;TYPE=aol:a@fable.example",
            "info type-not-permitted",
        ),
        ("4.0", "EMAIL;TYPE=home,work:a@fable.example", ""),
        ("4.0", "TEL;TYPE=bbs:1", "warning type-not-permitted"),
        ("2.1", "TEL;BBS;CAR;ISDN;MODEM;MSG;PREF:1", ""),
        ("3.0", "TEL;TYPE=bbs,car,isdn,modem,msg,pref,pcs:1", ""),
        ("2.1", "TEL;PCS:1", "info type-not-permitted"),
        (
            "4.0",
            "TEL;TYPE=text,textphone,cell,fax,video,pager,voice:1",
            "",
        ),
        ("3.0", "TEL;TYPE=textphone:1", "info type-not-permitted"),
        (
            "4.0",
            "ADR;TYPE=dom:;;a;b;c;d;e",
            "warning type-not-permitted",
        ),
        (
            "3.0",
            "ADR;TYPE=dom,intl,postal,parcel,pref:;;a;b;c;d;e",
            "",
        ),
        ("4.0", "TEL;TYPE=pref:1", "warning type-pref-in-4.0"),
        (
            "4.0",
            "TEL;TYPE=\"work,cell\":1",
            "warning type-list-quoted",
        ),
        (
            "3.0",
            "TEL;TYPE=\"work,cell\":1",
            "warning type-list-quoted",
        ),
        ("4.0", "TEL;TYPE=fable:1", "info type-unknown"),
        (
            "4.0",
            "RELATED;TYPE=friend,colleague:https://fable.example/",
            "",
        ),
        (
            "4.0",
            "RELATED;TYPE=rival:https://fable.example/",
            "info type-unknown",
        ),
        ("4.0", "GENDER;TYPE=home:F", "error parameter-not-permitted"),
        ("4.0", "EXPERTISE;LEVEL=high:bees", "error level-invalid"),
        ("4.0", "HOBBY;LEVEL=expert:bees", "error level-invalid"),
        ("4.0", "INTEREST;LEVEL=medium:bees", ""),
        ("4.0", "N;SORT-AS=\"Brook,Odalys\":Brook;Odalys;;;", ""),
        ("4.0", "ORG;SORT-AS=a,b,c:A;B", "error sort-as-too-long"),
    ]);
}

#[test]
fn ok_values() {
    compare(&[
        ("4.0", "NOTE:", "info value-empty"),
        ("4.0", "URL:", "warning uri-invalid"),
        ("4.0", "BDAY:", "warning date-invalid"),
        ("4.0", "GENDER:", "info value-empty"),
        ("4.0", "GENDER:;text", ""),
        ("4.0", "GENDER:X", "error gender-invalid"),
        ("4.0", "FN:", "warning fn-empty"),
        (
            "3.0",
            "BDAY;VALUE=text:spring",
            "warning value-type-not-permitted",
        ),
        ("3.0", "BDAY:spring", "error date-invalid"),
        ("3.0", "BDAY:--0412", "warning date-invalid"),
        ("4.0", "BDAY:--0412", ""),
        ("4.0", "BDAY:1985-04", ""),
        ("4.0", "BDAY:198504", "error date-invalid"),
        ("4.0", "BDAY:1985-04-12", "warning date-invalid"),
        ("4.0", "BDAY:19850230", "error date-invalid"),
        ("4.0", "BDAY:T-2200Z", "warning date-invalid"),
        ("4.0", "BDAY;VALUE=text:spring", ""),
        ("4.0", "BDAY:spring", "error date-invalid"),
        ("4.0", "REV:19960415", "warning timestamp-invalid"),
        (
            "4.0",
            "REV:1996-04-15T10:00:00Z",
            "warning timestamp-invalid",
        ),
        ("4.0", "CREATED:spring", "error timestamp-invalid"),
        ("3.0", "REV:spring", "error timestamp-invalid"),
        ("2.1", "TZ:here", "warning utc-offset-invalid"),
        ("3.0", "TZ:here", "error utc-offset-invalid"),
        ("3.0", "TZ:-05:00", ""),
        ("3.0", "TZ:-0500", "warning utc-offset-invalid"),
        ("4.0", "TZ:Europe/Oslo", ""),
        ("4.0", "TZ;VALUE=utc-offset:-0500", ""),
        ("3.0", "GEO:1.5", "error geo-invalid"),
        ("3.0", "GEO:1.5;", "error geo-invalid"),
        ("3.0", "GEO:1.5;2.5", ""),
        ("4.0", "GEO:1.5;2.5", "warning geo-invalid"),
        ("4.0", "GEO:geo:91\\,2", "error geo-invalid"),
        ("4.0", "GEO:https://fable.example/", "info uri-scheme"),
        (
            "3.0",
            "KEY;VALUE=uri:https://fable.example/k",
            "warning value-type-not-permitted",
        ),
        (
            "4.0",
            "MEMBER:urn:uuid:53e374d9-337e-4727-8803-a1e9c14e0556",
            "error member-without-group",
        ),
        (
            "4.0",
            "KIND:group\nMEMBER:urn:uuid:53e374d9-337e-4727-8803-a1e9c14e0556",
            "",
        ),
        ("4.0", "KIND:two words", "warning kind-invalid"),
        ("3.0", "PROFILE:FABLE", "warning value-not-registered"),
        ("3.0", "CLASS:SECRET", "warning value-not-registered"),
        ("4.0", "GRAMGENDER:other", "warning value-not-registered"),
        (
            "4.0",
            "CLIENTPIDMAP:x;urn:uuid:53e374d9-337e-4727-8803-a1e9c14e0556",
            "error client-pid-map-invalid",
        ),
        (
            "4.0",
            "CLIENTPIDMAP:1",
            "info client-pid-map-unused, error client-pid-map-invalid",
        ),
        ("4.0", "IMPP:a b", "warning uri-invalid"),
        ("4.0", "TEL;VALUE=uri:https://fable.example/", ""),
        ("4.0", "TEL;VALUE=uri:tel:+1-415-555-0123;ext=7", ""),
        ("4.0", "TEL;VALUE=uri:tel:+xyz", "error tel-uri-invalid"),
        ("4.0", "XML:hello", "error xml-invalid"),
        (
            "4.0",
            "XML:<a xmlns=\"urn:ietf:params:xml:ns:vcard-4.0\"/>",
            "error xml-namespace",
        ),
        ("4.0", "URL:fable", "warning uri-invalid"),
        (
            "4.0",
            "URL:https://fable.example/a,b",
            "info comma-unescaped",
        ),
        ("4.0", "URL:https://fable.example/a\\,b", ""),
        ("4.0", "PHOTO:data:image/png;base64,AAAA", ""),
        (
            "4.0",
            "PHOTO:data:image/png;base64,!",
            "error data-uri-invalid",
        ),
        ("4.0", "LANG:en_US", "error language-tag-invalid"),
        ("4.0", "LANGUAGE:en-US", ""),
        ("4.0", "NOTE;LANGUAGE=e:a", "error language-tag-invalid"),
        ("4.0", "NOTE:a\\x", "warning escape-unknown"),
        ("4.0", "NOTE:a\\", "error escape-dangling"),
        ("4.0", "NOTE:a, b", "warning comma-unescaped"),
        ("4.0", "NOTE:a; b", ""),
        ("3.0", "NOTE:a; b", "warning semicolon-unescaped"),
        ("2.1", "NOTE:a, b; c", ""),
        ("4.0", "N:A;B", "warning component-count"),
        ("3.0", "N:A;B", "info component-count"),
        ("2.1", "N:A;B;C,D", ""),
        ("4.0", "ADR:;;a", "warning component-count"),
        ("4.0", "ADR:;;1 Fell Rd;Ely;;;UK;;;;1;Fell Rd;;;;;;", ""),
        ("2.1", "ADR:;;a,b;c;d;e;f", ""),
        ("3.0", "SOUND:AAAA", "error encoding-missing"),
        ("3.0", "AGENT:hello", "warning agent-invalid"),
        ("4.0", "X-A;VALUE=integer:x", "error integer-invalid"),
        ("4.0", "X-A;VALUE=boolean:x", "error boolean-invalid"),
        ("4.0", "X-A;VALUE=float:1e5", "error float-invalid"),
        (
            "4.0",
            "UID:urn:uuid:53e374d9-337e-4727-8803-a1e9c14e0556",
            "",
        ),
    ]);
}

#[test]
fn ok_how_often() {
    for name in [
        "ANNIVERSARY:19960415",
        "BDAY:19960415",
        "BIRTHPLACE:Ely",
        "CREATED:19960415T100000Z",
        "DEATHDATE:19960415",
        "DEATHPLACE:Ely",
        "GENDER:F",
        "KIND:org",
        "LANGUAGE:en",
        "N:A;B;;;",
        "PRODID:a",
        "REV:19960415T100000Z",
        "UID:a",
    ] {
        let twice = format!("{name}\n{name}");
        let found = found(card("4.0", &twice).as_bytes(), Profile::Declared);
        assert!(found.contains("error property-repeated"), "{name}: {found}");
    }
    compare(&[
        (
            "4.0",
            "N;ALTID=1;LANGUAGE=ja:a;b;;;\nN;ALTID=1;LANGUAGE=en:A;B;;;",
            "",
        ),
        (
            "4.0",
            "N;ALTID=1:a;b;;;\nN;ALTID=2:A;B;;;",
            "error property-repeated",
        ),
        (
            "4.0",
            "N;ALTID=1:a;b;;;\nN:A;B;;;",
            "error property-repeated",
        ),
        ("3.0", "N:a;b;;;\nN:A;B;;;", "warning property-repeated"),
        (
            "4.0",
            "NICKNAME:a\nNICKNAME:b\nTITLE:a\nTITLE:b\nNOTE:a\nNOTE:b",
            "",
        ),
        ("4.0", "TEL;PID=1.1:1", "error pid-source-unmapped"),
        ("4.0", "TEL;PID=1:1\nTEL;PID=1:2", "warning pid-repeated"),
        (
            "4.0",
            "TEL;PROP-ID=a:1\nTEL;PROP-ID=a:2",
            "error prop-id-repeated",
        ),
        (
            "4.0",
            "CLIENTPIDMAP;PID=1:1;urn:uuid:53e374d9-337e-4727-8803-a1e9c14e0556",
            "info client-pid-map-unused, error parameter-not-permitted",
        ),
        (
            "4.0",
            "CLIENTPIDMAP:1;urn:uuid:53e374d9-337e-4727-8803-a1e9c14e0556\n\
             CLIENTPIDMAP:1;urn:uuid:53e374d9-337e-4727-8803-a1e9c14e0556",
            "info client-pid-map-unused, error client-pid-map-repeated",
        ),
    ]);
}

/// JSContact, sounds and lists.
#[test]
fn ok_what_later_documents_add() {
    compare(&[
        ("4.0", "N;JSCOMPS=\";1;0\":Brook;Odalys;;;;;", ""),
        (
            "4.0",
            "N;JSCOMPS=\";1\":Brook;Odalys;;;;;",
            "warning jscomps-invalid",
        ),
        (
            "4.0",
            "N;JSCOMPS=\"0;1\":Brook;Odalys;;;;;",
            "error jscomps-invalid",
        ),
        ("4.0", "JSPROP;JSPTR=\"a/b~1c\":{\"a\":[1\\,2]}", ""),
        ("4.0", "JSPROP;JSPTR=\"a~b\":true", "error jsptr-invalid"),
        (
            "4.0",
            "JSPROP;JSPTR=\"a\":{\"a\": 1}",
            "warning jsprop-invalid",
        ),
        (
            "4.0",
            "N;ALTID=1:a;b;;;\nN;ALTID=1;PHONETIC=ipa:c;d;;;\nN;ALTID=1;PHONETIC=piny:e;f;;;",
            "warning phonetic-language-repeated",
        ),
        (
            "4.0",
            "N;ALTID=1:a;b;;;\nN;ALTID=1;PHONETIC=ipa:c;d;e;;",
            "warning phonetic-component-alone",
        ),
        ("4.0", "LANG:en,fr", "error value-list"),
        ("4.0", "BDAY:19850412,19850413", "error value-list"),
        ("4.0", "BDAY:19850412,", "error date-invalid"),
        ("2.1", "NOTE:a\\nb", "info line-break-not-encoded"),
        ("3.0", "NOTE:a\\nb", ""),
        ("4.0", "GEO:geo:1\\,2;crs=wgs84;u=5;a=b", ""),
        ("4.0", "GEO:geo:1\\,2;u=5;crs=wgs84", "warning geo-invalid"),
        (
            "3.0",
            "REV:1995-10-31T22:27:10-06",
            "warning timestamp-invalid",
        ),
        ("4.0", "REV:19951031T222710-06", ""),
        ("3.0", "GEO:;", "warning geo-invalid"),
        (
            "3.0",
            "PHOTO:https://fable.example/a.png",
            "warning encoding-missing",
        ),
        ("3.0", "PHOTO:", "warning value-empty"),
    ]);
}

/// What JSON is, is looked up with the feature that brings a reader of it.
#[cfg(feature = "serde")]
#[test]
fn ok_json() {
    let deep = "[".repeat(200) + &"]".repeat(200);
    let deep = format!("JSPROP;JSPTR=\"a\":{deep}");
    let found = found(card("4.0", &deep).as_bytes(), Profile::Declared);
    assert_eq!(found, "warning line-too-long");
    compare(&[
        ("4.0", "JSPROP;JSPTR=\"a\":tux", "error jsprop-invalid"),
        ("4.0", "JSPROP;JSPTR=\"a\":[1", "error jsprop-invalid"),
        ("4.0", "JSPROP;JSPTR=\"a\":\"tux hux\"", ""),
        (
            "4.0",
            "JSPROP;JSPTR=example.com:foo:\"x\"",
            "error jsprop-invalid",
        ),
        ("4.0", "JSPROP;JSPTR=foo:\"x\"", ""),
    ]);
}

/// Under the profiles of servers and address books.
#[test]
fn ok_profiles() {
    let of = |version: &str, lines: &str, profile| found(card(version, lines).as_bytes(), profile);
    assert_eq!(of("3.0", "", Profile::CardDav), "error uid-missing");
    assert_eq!(of("3.0", "UID:a", Profile::CardDav), "");
    assert_eq!(
        of("2.1", "UID:a", Profile::CardDav),
        "error version-not-of-profile"
    );
}

/// A card inside of a card.
#[test]
fn ok_agents() {
    compare(&[
        (
            "2.1",
            "N:C;D\nAGENT:\nBEGIN:VCARD\nVERSION:2.1\nN:A;B\nNOTE;ENCODING=zip:a\nEND:VCARD",
            "warning agent-invalid",
        ),
        // Of a card in the card of an AGENT too.
        (
            "2.1",
            "N:C;D\nAGENT:\nBEGIN:VCARD\nVERSION:2.1\nN:A;B\nAGENT:\nBEGIN:VCARD\nVERSION:2.1\n\
             NOTE;ENCODING=zip:a\nEND:VCARD\nEND:VCARD",
            "warning agent-invalid",
        ),
        (
            "3.0",
            "AGENT:BEGIN:VCARD\\nFN:A\\nREV:spring\\nEND:VCARD",
            "warning agent-invalid",
        ),
        ("3.0", "AGENT;VALUE=uri:https://fable.example/a", ""),
        (
            "2.1",
            "N:C;D\nAGENT:\nBEGIN:VCARD\nVERSION:2.1\nN:A;B\nTEL;PCS:1\nEND:VCARD",
            "",
        ),
        (
            "3.0",
            "AGENT:BEGIN:VCARD\\nVERSION:3.0\\nFN:A\\nN:A\\;\\;\\;\\;\\nEND:VCARD",
            "",
        ),
    ]);
}
