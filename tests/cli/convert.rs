//! `convert`.

use super::*;

const PHONE: &str = "BEGIN:VCARD\r\nVERSION:2.1\r\nN:Quist;Zoe\r\nTEL;CELL;PREF:+14155550123\r\n\
    SOUND;X-IRMC-N:;;;;\r\nEND:VCARD\r\njunk\r\n\
    BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Ada\r\nEND:VCARD\r\n";
const CONVERTED: &str = "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Zoe Quist\r\nN:Quist;Zoe;;;\r\n\
    TEL;TYPE=CELL;PREF=1:+14155550123\r\nEND:VCARD\r\n\
    BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Ada\r\nEND:VCARD\r\n";

#[test]
fn ok_cards_are_converted_and_changes_said() {
    let place = Place::with(&[("phone.vcf", PHONE.as_bytes())]);
    let run = place.run(&["convert", "--to", "4.0", "phone.vcf"]);
    assert_eq!(run.text(), CONVERTED);
    assert_eq!(
        (run.code, &*run.stderr),
        (
            Some(0),
            "phone.vcf:1: FN:Zoe Quist: made of what the card says, since 4.0 demands it (derived; \
             RFC 6350, 6.2.1)\n\
             phone.vcf:5: SOUND;X-IRMC-N:;;;;: it says no sound (dropped; IrMC)\n\
             warning: phone.vcf: 6 bytes between cards left out, from line 7, column 1 on\n\
             2 cards converted to 4.0: 1 dropped, 1 derived\n"
        )
    );
    let run = place.run(&["convert", "--to", "4.0", "--quiet", "--strict", "phone.vcf"]);
    assert_eq!((run.code, run.text()), (Some(1), CONVERTED));
    let piped = place.pipe(&["convert", "--to", "4.0", "-q"], PHONE.as_bytes());
    assert_eq!(piped.text(), CONVERTED);
}

#[test]
fn ok_changes_are_lines_of_json() {
    let place = Place::with(&[("phone.vcf", PHONE.as_bytes())]);
    let run = place.run(&[
        "convert",
        "--to",
        "4.0",
        "-q",
        "-o",
        "out.vcf",
        "--report",
        "report.jsonl",
        "phone.vcf",
    ]);
    assert_eq!((run.code, run.text()), (Some(0), ""));
    assert_eq!(place.read("out.vcf"), CONVERTED.as_bytes());
    let report = String::from_utf8(place.read("report.jsonl")).unwrap();
    let lines: Vec<serde_json::Value> = report
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines.len(), 2);
    let dropped = &lines[1];
    assert_eq!(dropped["file"], "phone.vcf");
    assert_eq!((&dropped["card"], &dropped["line"]), (&1.into(), &5.into()));
    assert_eq!(dropped["kind"], "dropped");
    assert_eq!(dropped["from"], "SOUND;X-IRMC-N:;;;;");
    assert!(dropped["to"].is_null() && dropped["parameter"].is_null());
    assert!(lines[0]["line"].is_null());
}

#[test]
fn err_what_cannot_be_done_is_refused() {
    let place = Place::with(&[("a.vcf", PHONE.as_bytes())]);
    for (arguments, expected) in [
        (
            &["convert", "--to", "2.1", "a.vcf"] as &[&str],
            "2.1 is read and not written",
        ),
        (
            &["convert", "--to", "5", "a.vcf"],
            "the formats are 3.0, 4.0, jcard, jscontact, xcard",
        ),
        (
            &["convert", "--to", "4.0", "-o", "a.vcf", "a.vcf"],
            "cannot be written over",
        ),
        (&["convert", "--to", "4.0", "missing.vcf"], "missing.vcf"),
    ] {
        let run = place.run(arguments);
        assert_eq!(run.code, Some(2), "{arguments:?}");
        assert!(run.stderr.contains(expected), "{}", run.stderr);
    }
    assert_eq!(place.read("a.vcf"), PHONE.as_bytes());
}

#[test]
fn ok_every_format_to_every_other() {
    // As JSContact has it, so that nothing becomes other on any way.
    let card = "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Zoë <Quist>\r\nN:Quist;Zoë;;;;;\r\n\
        TEL;VALUE=uri;TYPE=home;PROP-ID=TEL-1:tel:+1\r\nBDAY;PROP-ID=BDAY-1:19850412\r\nEND:VCARD\r\n";
    let place = Place::with(&[("cards.vcf", card.repeat(2).as_bytes())]);
    let formats = ["jcard", "xcard", "jscontact", "4.0"];
    for format in formats {
        let written = place.run(&["convert", "--to", format, "cards.vcf"]);
        assert_eq!(written.code, Some(0), "{}", written.stderr);
        for to in formats {
            let wanted = place.run(&["convert", "--to", to, "-q", "cards.vcf"]);
            let found = place.pipe(&["convert", "--to", to], written.text().as_bytes());
            assert_eq!(found.text(), wanted.text(), "{format} to {to}");
            let last = format!("2 cards converted to {}: nothing lost\n", wanted_title(to));
            assert_eq!(found.stderr, last);
        }
    }
    for format in ["jcard", "jscontact"] {
        let lines = place.run(&["convert", "--to", format, "-q", "cards.vcf"]);
        assert_eq!(lines.text().lines().count(), 2);
        for layout in [&["--array"][..], &["--array", "--pretty"], &["--pretty"]] {
            let arguments = [&["convert", "--to", format, "-q", "cards.vcf"], layout].concat();
            let array = place.run(&arguments);
            for from in [&[][..], &["--from", format]] {
                let back = place.pipe(
                    &[&["convert", "--to", "4.0", "-q"], from].concat(),
                    array.text().as_bytes(),
                );
                assert_eq!(back.text(), card.repeat(2), "{layout:?} {from:?}");
            }
        }
    }
}

fn wanted_title(format: &str) -> &str {
    match format {
        "jcard" => "jCard",
        "xcard" => "xCard",
        "jscontact" => "JSContact",
        other => other,
    }
}

#[test]
fn err_one_bad_jcard_costs_only_itself() {
    let input =
        "[[\"vcard\",[[\"fn\",{},\"text\",\"A\"]]],[\"vcard\",[[\"fn\",{},\"text\",null]]]]";
    let run = Place::new().pipe(&["convert", "--to", "4.0", "-q"], input.as_bytes());
    assert_eq!(
        run.text(),
        "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:A\r\nEND:VCARD\r\n"
    );
    assert_eq!(run.code, Some(1));
    assert_eq!(
        run.stderr,
        "error: <stdin>: card 2 left out: byte 34: /1/1/0/3: expected a value that is not null or an \
         object, found null\n"
    );
    for arguments in [&["--to", "4.0", "--array"], &["--to", "xcard", "--pretty"]] {
        let run = Place::new().pipe(&[&["convert"], &arguments[..]].concat(), b"");
        assert_eq!(run.code, Some(2), "{}", run.stderr);
    }
}

#[test]
fn err_one_bad_jscontact_card_costs_only_itself() {
    let card = |more: &str| format!("{{\"@type\":\"Card\",\"version\":\"2.0\"{more}}}");
    let input = [
        card(",\"kind\":\"org\""),
        card(",\"Kind\":\"org\",\"notes\":{\"n\":{}}"),
        card(",\"emails\":{\"e\":{}}"),
        String::from("{\"version\":\"2.0\",\"version\":\"2.0\"}"),
        card(""),
    ];
    let run = Place::new().pipe(
        &["convert", "--to", "jscontact"],
        input.join("\n").as_bytes(),
    );
    assert_eq!(run.text(), format!("{}\n{}\n", input[0], input[4]));
    assert_eq!(run.code, Some(1));
    assert_eq!(
        run.stderr,
        "error: <stdin>: card 2 left out: byte 46: the JSContact card is not valid: 2 problems\n\
         error: <stdin>: card 2: /Kind: expected kind, in this letter case (RFC 9553, 1.7.1)\n\
         error: <stdin>: card 2: /notes/n: note is missing (RFC 9553, 2.8.3)\n\
         error: <stdin>: card 3 left out: byte 109: the JSContact card is not valid: /emails/e: address is \
         missing (RFC 9553, 2.3.1)\n\
         error: <stdin>: card 4 left out: byte 160: not JSON: the name version comes twice at line 1 column \
         26\n\
         2 cards converted to JSContact: nothing lost\n"
    );
}

#[test]
fn ok_what_jscontact_moves_is_reported() {
    let input = "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Quist;Zoe;;;\r\nFN:Zoe Quist\r\nX-SHOE-SIZE:43\r\nEND:VCARD\r\n";
    let place = Place::with(&[("zoe.vcf", input.as_bytes())]);
    let run = place.run(&[
        "convert",
        "--to",
        "jscontact",
        "--report",
        "report.jsonl",
        "zoe.vcf",
    ]);
    let value: serde_json::Value = serde_json::from_str(run.text()).unwrap();
    assert_eq!(value["vCardProps"][0][0], "x-shoe-size");
    assert_eq!(
        (run.code, &*run.stderr),
        (
            Some(0),
            "zoe.vcf:1: X-SHOE-SIZE:43: has no counterpart in JSContact and is kept in vCardProps (moved; \
             RFC 9555, 2.15.1)\n1 card converted to JSContact: 1 moved\n"
        )
    );
    let report: serde_json::Value = serde_json::from_slice(&place.read("report.jsonl")).unwrap();
    assert_eq!(report["property"], "X-SHOE-SIZE");
    let back = place.pipe(
        &[
            "convert",
            "--to",
            "4.0",
            "--report",
            "report.jsonl",
            "--from",
            "jscontact",
        ],
        b"[{\"@type\":\"Card\",\"version\":\"2.0\",\"example.com:mood\":\"calm\"}]",
    );
    assert_eq!(back.code, Some(0), "{}", back.stderr);
    let report: serde_json::Value = serde_json::from_slice(&place.read("report.jsonl")).unwrap();
    assert_eq!(report["property"], "example.com:mood");
    assert_eq!(
        (&report["to"], &report["card"]),
        (&"JSPROP".into(), &1.into())
    );
}

/// What of JSON an input is, its content tells: the cards of a server's answer lie in it.
#[test]
fn ok_format_by_content() {
    let jcard = "[\"vcard\",[[\"version\",{},\"text\",\"4.0\"],[\"fn\",{},\"text\",\"A\"]]]";
    let answer = format!(
        "{{ \"objectClassName\":\"entity\", \"handle\":\"@type\\\"\", \"vcardArray\":{jcard}}}"
    );
    let contact = "{\"vendor.example:x\":{\"vcardArray\":1},\"@type\":\"Card\",\"version\":\"2.0\",\"name\":{\"full\":\"A\"}}";
    let xml = "<vcards xmlns=\"urn:ietf:params:xml:ns:vcard-4.0\"><vcard><fn><text>A</text></fn></vcard></vcards>";
    for input in [
        jcard,
        &format!("[{jcard}]"),
        &answer,
        &format!(" [ {answer} ]"),
        contact,
        &format!("\u{FEFF}\n[\n{contact}]"),
        xml,
        &format!("\r\n \n\n{xml}"),
        &contact.replace(
            "{\"vendor",
            &format!("{{\"a\":\"{}\",\"vendor", "b".repeat(50_000)),
        ),
    ] {
        let run = Place::new().pipe(&["convert", "--to", "4.0", "-q"], input.as_bytes());
        assert_eq!((run.code, &*run.stderr), (Some(0), ""), "{input}");
        assert!(run.text().contains("\r\nFN:A\r\n"), "{}", run.text());
    }
    let run = Place::new().pipe(&["convert", "--to", "4.0"], b"what is this?");
    assert_eq!(run.code, Some(1));
    assert!(
        run.stderr
            .starts_with("error: <stdin>: there is no card in it\n"),
        "{}",
        run.stderr
    );
    // None are no cards too, in each format, and go out as that.
    let none = "<vcards xmlns=\"urn:ietf:params:xml:ns:vcard-4.0\"/>";
    for input in ["", "\n", "[]", "\u{FEFF} [ ]\n", none] {
        let run = Place::new().pipe(&["convert", "--to", "4.0"], input.as_bytes());
        assert_eq!((run.code, run.text()), (Some(0), ""), "{input}");
    }
    // What does not tell is one of JSON by its first letter, a mark before it or not.
    for input in ["[", "{", "\u{FEFF}{\"a\"", "\u{FEFF}{}"] {
        let run = Place::new().pipe(&["convert", "--to", "4.0"], input.as_bytes());
        assert_eq!(run.code, Some(1), "{input}");
        assert!(run.stderr.contains("card 1 left out"), "{}", run.stderr);
    }
}
