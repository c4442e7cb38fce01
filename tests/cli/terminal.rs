//! No text of others reaches a terminal as it is: every command, every place that text comes from, every
//! character that a terminal obeys or that orders the text around it.

use std::io::BufRead;
use std::net::TcpListener;

use super::*;

/// Every character that must not be sent.
fn characters() -> Vec<char> {
    let ranges = [
        '\0'..='\u{1F}',
        '\u{7F}'..='\u{9F}',
        '\u{61C}'..='\u{61C}',
        '\u{200E}'..='\u{200F}',
        '\u{2028}'..='\u{202E}',
        '\u{2066}'..='\u{206F}',
        '\u{FFF9}'..='\u{FFFB}',
        '\u{E0000}'..='\u{E007F}',
    ];
    ranges.into_iter().flatten().collect()
}

/// All of them between letters but for NUL, none of them at the end of a line.
fn text() -> String {
    let mut text = String::from("a");
    for character in characters() {
        if !matches!(character, '\0' | '\r' | '\n') {
            text.extend([character, 'b']);
        }
    }
    text + "\u{1b}]0;title\u{7}\u{1b}[2J\u{9b}2Jc"
}

/// With NUL too, which no argument and no name of a file can have.
fn text_of_a_file() -> String {
    text() + "\0d"
}

#[track_caller]
fn assert_harmless(what: &str, output: &str) {
    let harmful = characters();
    let found = output.char_indices().find(|(at, character)| {
        let is_line_end = *character == '\n'
            || (*character == '\r'
                && output
                    .get(at + 1..)
                    .is_some_and(|rest| rest.starts_with('\n')));
        !is_line_end && harmful.contains(character)
    });
    if let Some((at, character)) = found {
        let from = (0..=at.saturating_sub(60))
            .rev()
            .find(|at| output.is_char_boundary(*at));
        panic!(
            "{what}: {character:?} after {:?}",
            &output[from.unwrap_or(0)..at]
        );
    }
}

#[track_caller]
fn assert_run_is_harmless(what: &str, run: &Run) {
    assert_harmless(&format!("{what}, standard output"), run.text());
    assert_harmless(&format!("{what}, standard error"), &run.stderr);
    assert!(!run.stderr.contains("panicked"), "{what}: {}", run.stderr);
    assert!(matches!(run.code, Some(0..=2)), "{what}: {:?}", run.code);
}

/// Cards with the text in every place of a line, of every version; and what is not a card.
fn inputs() -> Vec<(String, Vec<u8>)> {
    let text = text_of_a_file();
    let mut inputs = Vec::new();
    for version in ["2.1", "3.0", "4.0"] {
        let mut lines = String::new();
        for name in [
            "FN",
            "N",
            "NOTE",
            "TEL",
            "EMAIL",
            "ORG",
            "ADR",
            "BDAY",
            "REV",
            "URL",
            "PHOTO",
            "KEY",
            "GEO",
            "TZ",
            "UID",
            "KIND",
            "GENDER",
            "LANG",
            "RELATED",
            "CATEGORIES",
            "CLIENTPIDMAP",
            "X-ABLabel",
            "AGENT",
        ] {
            lines += &format!("{name}:{text}\r\nitem1.{name}:{text}\r\n");
        }
        for parameter in [
            "TYPE", "VALUE", "PREF", "LANGUAGE", "ENCODING", "CHARSET", "PID", "X-A",
        ] {
            lines += &format!("TEL;{parameter}={text}:+14155550123\r\n");
            lines += &format!("TEL;{parameter}=\"{text}\":+14155550123\r\n");
        }
        lines +=
            &format!("{text}:a\r\n{text}.FN:a\r\nTEL;{text}=a:1\r\n{text}\r\nVERSION:{text}\r\n");
        lines += "NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:=C2=9B2J=1B[2J=E2=80=AE\r\n";
        lines += "FN;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:=9B2J\r\n";
        let card = format!("BEGIN:VCARD\r\nVERSION:{version}\r\n{lines}END:VCARD\r\n");
        inputs.push((format!("card of {version}"), card.into_bytes()));
        // One line alone, so that it is a name or a contact that can be read.
        for line in [
            format!("FN:{text}"),
            format!("N:{text};{text};;;"),
            format!("TEL;TYPE={text}:+14155550123"),
            format!("EMAIL:{text}@b.example"),
            format!("item1.TEL:+14155550123\r\nitem1.X-ABLabel:{text}"),
        ] {
            let card = format!(
                "BEGIN:VCARD\r\nVERSION:{version}\r\nFN:A\r\nN:A;;;;\r\n{line}\r\nEND:VCARD\r\n"
            );
            inputs.push((format!("{version} {}", &line[..2]), card.into_bytes()));
        }
    }
    let raw: Vec<u8> = (0x80..=0xFF).filter(|byte| *byte != 0xFF).collect();
    let latin = [
        b"BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=ISO-8859-1:".to_vec(),
        raw.clone(),
        b"\r\nFN:".to_vec(),
        raw,
        b"\r\nEND:VCARD\r\n".to_vec(),
    ];
    inputs.push((String::from("bytes of C1"), latin.concat()));
    inputs.push((String::from("junk"), text.clone().into_bytes()));
    inputs.push((
        String::from("utf-16"),
        utf_16(
            &format!("BEGIN:VCARD\r\nVERSION:4.0\r\nFN:{text}\r\n"),
            true,
            true,
        ),
    ));
    let json = serde_json::json!({
        "full_name": text,
        "phones": [{ "value": text, "label": text }],
        "emails": [{ "value": text }],
    });
    inputs.push((String::from("json"), json.to_string().into_bytes()));
    let named = format!(
        "{{\"full_name\": \"A\", {}: 1}}",
        serde_json::to_string(&text).unwrap()
    );
    inputs.push((String::from("json field"), named.into_bytes()));
    inputs
}

/// Cards in the formats that `convert` reads, with the text in every place: names, types, values, Ids,
/// pointers; and in one place alone, so that the others are read.
fn inputs_of_formats() -> Vec<(String, Vec<u8>)> {
    let text = text_of_a_file();
    let text = &*text;
    let jcard = |properties: serde_json::Value| {
        let mut all = vec![
            serde_json::json!(["version", {}, "text", "4.0"]),
            serde_json::json!(["fn", {}, "text", text]),
        ];
        all.extend(properties.as_array().unwrap().iter().cloned());
        serde_json::json!(["vcard", all])
    };
    let jscontact = |member: &str, value: serde_json::Value| {
        let mut card = serde_json::json!({
            "@type": "Card", "version": "1.0", "uid": "a", "name": { "full": text },
        });
        card[member] = value;
        card
    };
    let values = [
        jcard(serde_json::json!([])),
        jcard(serde_json::json!([
            ["note", { "language": text, "type": [text, text], "x-a": text }, "text", text],
            ["n", {}, "text", [text, [text, text], text, "", ""]],
            ["x-a", {}, "unknown", text],
            ["tel", {}, "uri", text],
            ["bday", {}, "date", text],
        ])),
        jcard(serde_json::json!([["note", {}, text, "a"]])),
        jcard(serde_json::json!([["note", { text: "a" }, "text", "a"]])),
        jcard(serde_json::json!([["note", { "group": text }, "text", "a"]])),
        jcard(serde_json::json!([[text, {}, "text", "a"]])),
        serde_json::json!([text, []]),
        jscontact("name", serde_json::json!({ "full": text })),
        jscontact("uid", text.into()),
        jscontact(text, text.into()),
        jscontact("kind", text.into()),
        jscontact("language", text.into()),
        jscontact("notes", serde_json::json!({ "a": { "note": text } })),
        jscontact("emails", serde_json::json!({ text: { "address": text } })),
        jscontact(
            "emails",
            serde_json::json!({ "a": { "address": text, "label": text, text: 1 } }),
        ),
        jscontact(
            "phones",
            serde_json::json!({ "a": { "number": text, "features": { text: true } } }),
        ),
        jscontact("localizations", serde_json::json!({ "de": { text: text } })),
        jscontact(
            "localizations",
            serde_json::json!({ text: { "name/full": text } }),
        ),
        jscontact("keywords", serde_json::json!({ text: true })),
        jscontact(
            "vCardProps",
            serde_json::json!([[text, { text: text }, text, text]]),
        ),
        jscontact(
            "vCardProps",
            serde_json::json!([["x-a", { "x-b": text }, "unknown", text]]),
        ),
        serde_json::json!({ "@type": text }),
    ];
    let mut inputs = Vec::new();
    for (number, value) in values.iter().enumerate() {
        inputs.push((format!("value {number}"), value.to_string().into_bytes()));
    }
    // Characters as they are, where JSON lets them; XML has none of C0.
    let raw: String = text
        .chars()
        .filter(|one| !one.is_ascii_control() || *one == '\u{7f}')
        .collect();
    let xcard = |properties: &str| {
        format!(
            "<vcards xmlns=\"urn:ietf:params:xml:ns:vcard-4.0\"><vcard><fn><text>A</text></fn>{properties}\
             </vcard></vcards>"
        )
    };
    for (name, text) in [
        (
            "raw jCard",
            format!("[\"vcard\",[[\"fn\",{{}},\"text\",\"{raw}\"]]]"),
        ),
        (
            "raw JSContact",
            format!("{{\"@type\":\"Card\",\"name\":{{\"full\":\"{raw}\"}}}}"),
        ),
        (
            "xCard",
            xcard(&format!(
                "<note><parameters><language><language-tag>{raw}</language-tag></language>\
             </parameters><text>{raw}</text></note><x-a><unknown>{raw}</unknown></x-a>"
            )),
        ),
        (
            "group of xCard",
            xcard(&format!(
                "<group name=\"{raw}\"><note><text>{raw}</text></note></group>"
            )),
        ),
        (
            "element of xCard",
            xcard(&format!("<a{raw}><text>{raw}</text></a{raw}>")),
        ),
        (
            "type of xCard",
            xcard(&format!("<note><a{raw}>b</a{raw}></note>")),
        ),
        (
            "attribute of xCard",
            xcard(&format!("<note a{raw}=\"{raw}\"><text>b</text></note>")),
        ),
        (
            "reference of xCard",
            xcard("<note><text>&#x9b;2J&#x202e;&#x7f;</text></note>"),
        ),
        (
            "C0 in xCard",
            xcard(&format!("<note><text>{text}</text></note>")),
        ),
        (
            "entity of xCard",
            xcard(&format!("<note><text>&{raw};</text></note>")),
        ),
    ] {
        inputs.push((String::from(name), text.into_bytes()));
    }
    inputs
}

/// Commands that print for people, or JSON. `copy`, `format` and the like hand out the bytes of cards, and
/// are looked at for what they say besides.
const COMMANDS: &[&[&str]] = &[
    &["check"],
    &["check", "--color=never"],
    &["check", "--profile=rfc6350"],
    &["check", "--profile=rfc2426"],
    &["check", "--profile=vcard21"],
    &["check", "--profile=carddav"],
    &["check", "--format=json"],
    &["check", "--format=sarif"],
    &["dump"],
    &["dump", "--no-limits"],
    &["contact"],
    &["contact", "--pretty"],
    &["contact", "--from-json"],
    &["convert", "--to=jcard"],
    &["convert", "--to=jcard", "--array", "--pretty"],
    &["convert", "--to=jscontact"],
    &["convert", "--to=jscontact", "--pretty"],
];

/// Of these only standard error is for people.
const OF_BYTES: &[&[&str]] = &[
    &["copy"],
    &["convert", "--to=3.0"],
    &["convert", "--to=4.0"],
    &["convert", "--to=xcard"],
    &["format"],
    &["format", "--check"],
    &["contact", "--to-vcard=3.0"],
    &["check", "--fix", "--dry-run", "--show-repairs"],
    &[
        "check",
        "--fix",
        "--dry-run",
        "--show-repairs",
        "--format=json",
    ],
];

#[test]
fn ok_no_text_of_a_file_steers_a_terminal() {
    let place = Place::new();
    for (name, bytes) in inputs() {
        fs::write(place.path("a.vcf"), &bytes).unwrap();
        for command in COMMANDS {
            let run = place.run(&[*command, &["a.vcf"]].concat());
            assert_run_is_harmless(&format!("{command:?} of {name}"), &run);
        }
        for command in OF_BYTES {
            let run = place.run(&[*command, &["a.vcf"]].concat());
            assert_harmless(&format!("{command:?} of {name}"), &run.stderr);
        }
        place.run(&["convert", "--to=3.0", "--report=report.json", "a.vcf"]);
        let report = String::from_utf8(place.read("report.json")).unwrap();
        assert_harmless(&format!("report on {name}"), &report);
        let run = place.pipe(&["check", "--fix", "-"], &bytes);
        assert_harmless(&format!("--fix of {name}"), &run.stderr);
        let run = place.run(&["send", "--dry-run", "--to=+14155550123", "a.vcf"]);
        assert_run_is_harmless(&format!("send of {name}"), &run);
        let run = place.run(&[
            "send",
            "--dry-run",
            "--to=+14155550123",
            "--as-contact",
            "a.vcf",
        ]);
        assert_run_is_harmless(&format!("send of {name} as contact"), &run);
    }
}

/// Text of the formats that `convert` reads, into each that it writes.
#[test]
fn ok_no_text_of_another_format_steers_a_terminal() {
    let place = Place::new();
    for (name, bytes) in inputs_of_formats() {
        fs::write(place.path("a"), &bytes).unwrap();
        for to in ["jcard", "jscontact", "3.0", "4.0", "xcard"] {
            let to = format!("--to={to}");
            let run = place.run(&["convert", &to, "--report=report.json", "a"]);
            assert_harmless(&format!("{to} of {name}"), &run.stderr);
            let report = String::from_utf8(place.read("report.json")).unwrap();
            assert_harmless(&format!("report of {to} on {name}"), &report);
            if to.starts_with("--to=j") {
                assert_run_is_harmless(&format!("{to} of {name}"), &run);
            }
        }
    }
}

/// Only systems that take any bytes in names have such files.
#[cfg(unix)]
#[test]
fn ok_no_name_of_a_file_steers_a_terminal() {
    let place = Place::new();
    let all: Vec<char> = characters().split_off(1);
    for some in all.chunks(40) {
        let name: String = some
            .iter()
            .chain(['\u{1b}', '[', '2', 'J'].iter())
            .collect();
        let name = format!("{name}.vcf");
        let card =
            "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:a, b\r\nX-A:b\r\nREV:1996-10-22T14:00:00Z\r\nTEL:c";
        fs::create_dir_all(place.path("folder")).unwrap();
        for folder in ["", "folder/"] {
            fs::write(place.path(&format!("{folder}{name}")), card).unwrap();
        }
        std::os::unix::fs::symlink("nowhere", place.path(&format!("folder/link{name}"))).unwrap();
        let missing = format!("no{name}");
        let uses = [&name[..], "folder", &missing];
        for source in uses {
            for command in COMMANDS.iter().chain(OF_BYTES) {
                let run = place.run(&[*command, &[source]].concat());
                assert_harmless(&format!("{command:?} of {source:?}"), &run.stderr);
                if COMMANDS.contains(command) || command.contains(&"--dry-run") {
                    assert_harmless(&format!("{command:?} of {source:?}"), run.text());
                }
            }
            let run = place.run(&["send", "--dry-run", "--to=+14155550123", source]);
            assert_run_is_harmless(&format!("send of {source:?}"), &run);
            for in_place in [&["format", "--in-place"][..], &["check", "--fix"]] {
                let run = place.run(&[in_place, &[source]].concat());
                assert_harmless(&format!("{in_place:?} of {source:?}"), &run.stderr);
            }
        }
        let secret = format!("--secret-file={name}");
        let run = place.run(&["send", "--dry-run", "--to=+14155550123", &secret, "folder"]);
        assert_run_is_harmless("name of a secret file", &run);
        fs::remove_dir_all(place.path("folder")).unwrap();
    }
}

#[test]
fn ok_no_argument_steers_a_terminal() {
    let place = Place::with(&[("a.vcf", SIMPLE.as_bytes())]);
    let text = text();
    let (phone, email) = (format!("+1415555{text}"), format!("{text}@b.example"));
    let domain = format!("a@{text}.example");
    let quoted = format!("\"{text}\"@b.example");
    let tel = format!("tel:+14155550123;ext={text}");
    let allowed = format!("--allow={text}");
    let with = |option: &str| format!("--{option}={text}");
    let options = [
        "color", "format", "profile", "limits", "deny", "to-vcard", "region", "to", "chat",
        "base-url", "tenant", "timeout", "charset", "from", "report", "output",
    ];
    let mut commands: Vec<Vec<String>> = vec![vec![text.clone()], vec![format!("--{text}")]];
    for command in [
        "check",
        "dump",
        "format",
        "copy",
        "explain",
        "contact",
        "phone",
        "email",
        "send",
        "convert",
        "man",
        "completions",
    ] {
        commands.push(vec![command.into(), text.clone()]);
        commands.push(vec![command.into(), format!("--{text}")]);
        commands.push(vec![command.into(), format!("-{text}")]);
        for option in options {
            commands.push(vec![command.into(), with(option), "a.vcf".into()]);
        }
    }
    for input in [&text, &phone, &tel] {
        for format in ["human", "json"] {
            let format = format!("--format={format}");
            commands.push(vec![
                "phone".into(),
                format.clone(),
                "--region=US".into(),
                input.clone(),
            ]);
            commands.push(vec!["phone".into(), format, input.clone()]);
        }
    }
    for input in [&text, &email, &domain, &quoted] {
        for format in ["human", "json"] {
            commands.push(vec![
                "email".into(),
                format!("--format={format}"),
                input.clone(),
            ]);
        }
    }
    commands.push(vec!["check".into(), allowed, "a.vcf".into()]);
    for command in commands {
        let command: Vec<&str> = command.iter().map(String::as_str).collect();
        for always in [None, Some("--color=always")] {
            let mut command = command.clone();
            if let Some(always) = always.filter(|_| !command.contains(&with("color").as_str())) {
                command.insert(0, always);
            }
            let run = place.run(&command);
            // Colours are made of ESC and are the program's own.
            let (out, err) = (uncoloured(run.text()), uncoloured(&run.stderr));
            assert_harmless(&format!("{command:?}"), &out);
            assert_harmless(&format!("{command:?}"), &err);
        }
    }
}

/// Numbers, addresses and names from standard input.
#[test]
fn ok_no_word_steers_a_terminal() {
    let place = Place::new();
    let text = text_of_a_file();
    let words = format!(
        "{text}\n+1415555{text}\ntel:+14155550123;ext={text}\n{text}@b.example\na@{text}.example\n\
         \"{text}\"@b.example\nX-{text}\n"
    );
    for word in words.lines().chain([&*words]) {
        for command in [
            &["phone"][..],
            &["phone", "--region=US"],
            &["email"],
            &["explain"],
        ] {
            for format in ["--format=human", "--format=json"] {
                let run = place.pipe(&[command, &[format, "-"]].concat(), word.as_bytes());
                assert_run_is_harmless(&format!("{command:?} {format} of {word:?}"), &run);
            }
        }
    }
    for command in ["phone", "email", "explain"] {
        let run = place.pipe(&[command], b"\x9b2J \xC2\x9b\x1b[2J\xFF\0\n");
        assert_run_is_harmless(&format!("{command} of bytes"), &run);
    }
}

/// Without the sequences that colour text: ESC, `[`, digits and `;`, `m`.
fn uncoloured(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let mut out = String::from(parts.next().unwrap_or_default());
    for part in parts {
        match part.split_once('m') {
            Some((codes, rest)) if codes.bytes().all(|b| b.is_ascii_digit() || b == b';') => {
                out.push_str(rest);
            }
            _ => {
                out.push_str("\u{1b}[");
                out.push_str(part);
            }
        }
    }
    out
}

/// With colours the only ESC are those of colours.
#[test]
fn ok_colours_are_the_programs_own() {
    let place = Place::new();
    for (name, bytes) in inputs() {
        fs::write(place.path("a.vcf"), &bytes).unwrap();
        let run = place.run(&["--color=always", "check", "a.vcf"]);
        assert_harmless(&name, &uncoloured(run.text()));
        assert!(!run.text().contains("\u{1b}[31mb"), "{name}");
    }
}

/// A server that answers with the text in its head and its body.
#[test]
fn ok_no_answer_of_a_server_steers_a_terminal() {
    let text = text();
    let in_json = serde_json::to_string(&text).unwrap();
    let in_head: String = text.chars().filter(|one| !one.is_ascii_control()).collect();
    let answers = [
        (
            200,
            format!("{{\"chat_id\":{in_json},\"status\":{in_json}}}"),
        ),
        (
            400,
            format!(
                "{{\"success\":false,\"error\":{{\"status\":400,\"code\":1002,\"message\":{in_json},\
                 \"retryable\":false}},\"trace_id\":{in_json}}}"
            ),
        ),
        (500, text.clone()),
        (302, text.clone()),
        (200, format!("{{{in_json}:1}}")),
    ];
    for (status, body) in answers {
        for format in ["human", "json"] {
            let listener = TcpListener::bind("127.0.0.1:0").unwrap();
            let url = format!("--base-url=http://{}", listener.local_addr().unwrap());
            let answer = format!(
                "HTTP/1.1 {status} {in_head}\r\nx-trace-id: {in_head}\r\nlocation: {in_head}\r\n\
                 connection: close\r\ncontent-length: {}\r\n\r\n{body}",
                body.len()
            );
            let thread = std::thread::spawn(move || {
                let (mut stream, _) = listener.accept().unwrap();
                let mut reader = std::io::BufReader::new(stream.try_clone().unwrap());
                let mut line = String::new();
                while reader.read_line(&mut line).unwrap() > 2 {
                    line.clear();
                }
                let _ = stream.write_all(answer.as_bytes());
                let _ = std::io::copy(&mut reader, &mut std::io::sink());
            });
            let place = Place::with(&[("a.vcf", SIMPLE.as_bytes())]);
            let mut command = place.command(&["send", "--to=+14155550123", &url, "a.vcf"]);
            command
                .arg(format!("--format={format}"))
                .env("CHERT_SIGNING_SECRET", "a-secret")
                .env_remove("CHERT_TENANT")
                .env_remove("http_proxy")
                .env_remove("HTTP_PROXY");
            let run = finish(command.spawn().unwrap());
            assert_run_is_harmless(&format!("{status} as {format}"), &run);
            thread.join().unwrap();
        }
    }
}
