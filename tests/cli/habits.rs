//! What people of other command-line tools expect of one, whatever it is about.

use super::*;
use serde_json::Value;

fn objects(text: &str) -> Vec<Value> {
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn err_nothing_to_look_at_is_not_all_is_well() {
    let page = "<html>\r\n<body>404 Not Found</body>\r\n</html>\r\n";
    let place = Place::with(&[
        ("empty.vcf", b""),
        ("page.vcf", page.as_bytes()),
        ("card.vcf", SIMPLE.as_bytes()),
        ("folder/notes.txt", b"hello"),
    ]);
    for input in ["", "hello", page, "\r\n\r\n"] {
        let run = place.pipe(&["check", "--format", "json"], input.as_bytes());
        let rules: Vec<_> = objects(run.text())
            .iter()
            .map(|one| one["rule"].clone())
            .collect();
        assert_eq!(rules.last().unwrap(), "no-card", "{input}");
        assert_eq!(run.code, Some(1), "{input}");
    }
    let run = place.run(&[
        "check",
        "--format",
        "json",
        "empty.vcf",
        "page.vcf",
        "card.vcf",
    ]);
    let none: Vec<_> = objects(run.text())
        .into_iter()
        .filter(|one| one["rule"] == "no-card")
        .map(|one| one["file"].clone())
        .collect();
    assert_eq!(none, ["empty.vcf", "page.vcf"]);
    let nothing = "folder: no *.vcf or *.vcard file is in it\n";
    for arguments in [
        &["check"][..],
        &["check", "--fix"],
        &["check", "--fix", "--dry-run"],
    ] {
        let folder = [arguments, &["folder"]].concat();
        let run = place.run(&folder);
        assert_eq!(run.code, Some(2), "{arguments:?}");
        let error = format!("error: {nothing}");
        assert!(run.stderr.starts_with(&error), "{}", run.stderr);
        // What there is beside it is checked.
        let run = place.run(&[&folder[..], &["--quiet", "card.vcf"]].concat());
        assert_eq!((run.code, run.stderr), (Some(2), error), "{arguments:?}");
    }
    let run = place.run(&["check", "--format", "json", "folder", "page.vcf"]);
    assert_eq!(run.code, Some(2));
    assert!(run.text().contains("no-card"), "{}", run.text());
    // What only reads has nothing to read, and says so.
    let run = place.run(&["dump", "folder"]);
    let warning = format!("warning: {nothing}");
    assert_eq!(
        (run.code, run.text(), &*run.stderr),
        (Some(0), "", &*warning)
    );
}

#[test]
fn ok_results_go_to_a_file_when_asked_for() {
    let contact = r#"{"full_name":"Ada Quist","phones":[{"value":"+14155550123"}]}"#;
    let place = Place::with(&[
        ("card.vcf", UNTIDY.as_bytes()),
        ("contact.json", contact.as_bytes()),
    ]);
    for arguments in [
        &["copy", "card.vcf"][..],
        &["dump", "card.vcf"],
        &["format", "card.vcf"],
        &["contact", "card.vcf"],
        &["contact", "--to-vcard", "3.0", "contact.json"],
        &["check", "--format", "json", "card.vcf"],
        &["check", "--format", "sarif", "card.vcf"],
        &["check", "card.vcf"],
        &["convert", "--to", "4.0", "card.vcf"],
        &["phone", "--format", "json", "+14155550123"],
        &["email", "ada@example.com"],
        &["explain", "TEL"],
    ] {
        let plain = place.run(arguments);
        assert!(!plain.stdout.is_empty(), "{arguments:?}");
        fs::write(place.path("there"), "old").unwrap();
        for name in ["new", "there"] {
            let with_file = [arguments, &["-o", name]].concat();
            let run = place.run(&with_file);
            assert_eq!((run.code, run.text()), (plain.code, ""), "{arguments:?}");
            assert_eq!(run.stderr, plain.stderr, "{arguments:?}");
            assert!(place.read(name) == plain.stdout, "{arguments:?} {name}");
        }
        fs::remove_file(place.path("new")).unwrap();
        assert_eq!(
            place.names(),
            ["card.vcf", "contact.json", "there"],
            "{arguments:?}"
        );
    }
}

#[test]
fn ok_the_file_read_may_be_the_file_written() {
    let place = Place::with(&[("card.vcf", UNTIDY.as_bytes())]);
    let tidy = place.run(&["format", "card.vcf"]).stdout;
    let run = place.run(&["format", "-o", "card.vcf", "card.vcf"]);
    assert_eq!(run.code, Some(0));
    assert!(place.read("card.vcf") == tidy);
}

#[test]
fn err_a_file_that_cannot_be_written() {
    let place = Place::with(&[("card.vcf", SIMPLE.as_bytes()), ("folder/a", b"")]);
    for (name, reason) in [("none/file", "No such file"), ("folder", "Is a directory")] {
        let run = place.run(&["copy", "-o", name, "card.vcf"]);
        assert_eq!((run.code, run.text()), (Some(2), ""));
        assert!(
            run.stderr.starts_with(&format!("error: {name}: {reason}")),
            "{}",
            run.stderr
        );
    }
    let run = place.run(&["format", "--check", "-o", "new", "card.vcf"]);
    assert_eq!(run.code, Some(2));
}

#[cfg(unix)]
#[test]
fn ok_a_new_file_has_the_mode_of_new_files() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::with(&[("card.vcf", SIMPLE.as_bytes())]);
    let mode = |name: &str| place.path(name).metadata().unwrap().permissions().mode();
    place.run(&["copy", "-o", "new", "card.vcf"]);
    assert_eq!(mode("new"), mode("card.vcf"));
    fs::set_permissions(place.path("new"), fs::Permissions::from_mode(0o640)).unwrap();
    place.run(&["copy", "-o", "new", "card.vcf"]);
    assert_eq!(mode("new") & 0o777, 0o640);
}

#[test]
fn ok_words_come_from_standard_input_too() {
    let place = Place::new();
    for (command, words) in [
        ("phone", ["+14155550123", "+1"]),
        ("email", ["ada@example.com", "ada"]),
        ("explain", ["TEL", "version-late"]),
    ] {
        for format in ["human", "json"] {
            let base = [command, "--format", format];
            let by_name = place.run(&[&base[..], &words].concat());
            let [one, other] = words;
            let lines = format!("\u{feff}{one}\r\n\r\n \t\n  {other}");
            for arguments in [&base[..], &[&base[..], &["-"]].concat()] {
                let run = place.pipe(arguments, lines.as_bytes());
                assert_eq!(
                    (run.code, run.text()),
                    (by_name.code, by_name.text()),
                    "{command}"
                );
            }
            let mixed = place.pipe(&[&base[..], &["-", other]].concat(), one.as_bytes());
            assert_eq!(mixed.text(), by_name.text(), "{command}");
        }
        assert_eq!(place.pipe(&[command, "-", "-"], b"").code, Some(2));
        assert_eq!(place.pipe(&[command], b"").code, Some(2));
        let long = vec![b'x'; 100_000];
        let run = place.pipe(&[command, "-"], &long);
        assert_eq!(
            (run.code, &*run.stderr),
            (
                Some(2),
                "error: <stdin>: line 1 is longer than 65536 bytes\n"
            )
        );
    }
}

#[test]
fn ok_lists_and_severities() {
    let faulty = SIMPLE.replace("Ada Quist", "Ada, Quist");
    let input = format!("\u{feff}{faulty}\r\n{SIMPLE}");
    let rules = |arguments: &[&str]| {
        let arguments = [&["check", "--format", "json"], arguments].concat();
        let run = Place::new().pipe(&arguments, input.as_bytes());
        let found = objects(run.text());
        let found = found.iter().map(|one| {
            let word = |name: &str| String::from(one[name].as_str().unwrap());
            (word("rule"), word("severity"))
        });
        (found.collect::<Vec<_>>(), run.code)
    };
    let (all, code) = rules(&[]);
    assert_eq!(code, Some(0));
    let warnings = all
        .iter()
        .filter(|(_, severity)| severity == "warning")
        .count();
    let infos = all
        .iter()
        .filter(|(_, severity)| severity == "info")
        .count();
    assert!(
        warnings >= 2 && infos >= 1 && warnings + infos == all.len(),
        "{all:?}"
    );
    let errors = |found: &[(String, String)]| {
        found
            .iter()
            .filter(|(_, severity)| severity == "error")
            .count()
    };

    let ids: Vec<&str> = all.iter().map(|(id, _)| id.as_str()).collect();
    assert_eq!(rules(&["--allow", &ids.join(",")]).0, []);
    assert_eq!(errors(&rules(&["--deny", &ids.join(",")]).0), all.len());
    for name in ["warning", "warnings", "WARNINGS"] {
        assert_eq!(rules(&["--allow", name]).0.len(), infos);
        assert_eq!(errors(&rules(&["--deny", name]).0), warnings);
    }
    assert_eq!(
        errors(&rules(&["--deny", "info", "--deny", ids[0]]).0),
        infos + 1
    );
    assert_eq!(errors(&rules(&["--deny", "info,warning"]).0), all.len());
    // What is denied is not allowed by the severity that it would have.
    assert_eq!(rules(&["--allow", "warnings,infos"]), (vec![], Some(0)));
}

#[test]
fn err_a_name_that_is_not_known_gets_the_nearest() {
    let place = Place::with(&[("card.vcf", SIMPLE.as_bytes())]);
    for (arguments, meant) in [
        (
            &["check", "--deny", "line-to-long", "card.vcf"][..],
            "'line-too-long'",
        ),
        (
            &["check", "--allow", "version-late,waring", "card.vcf"],
            "'warnings'",
        ),
        (&["explain", "version-lat"], "`version-late`"),
        (
            &["explain", "--format", "json", "ANIVERSARY"],
            "`ANNIVERSARY`",
        ),
        (&["phone", "--region", "UK", "020 7946 0123"], "'GB'"),
        (&["contact", "--region", "USA", "card.vcf"], "'US'"),
        (&["check", "--profile", "declare", "card.vcf"], "'declared'"),
    ] {
        let run = place.run(arguments);
        assert_eq!((run.code, run.text()), (Some(2), ""), "{arguments:?}");
        assert!(run.stderr.contains(meant), "{arguments:?}: {}", run.stderr);
    }
    let run = place.run(&["phone", "--region", "XX", "1"]);
    assert!(run.stderr.contains("ISO 3166-1"), "{}", run.stderr);
}

#[test]
fn err_a_file_that_is_not_there_may_be_something_else() {
    let place = Place::with(&[("card.vcf", SIMPLE.as_bytes())]);
    let missing = |arguments: &[&str], name: &str| {
        let run = place.run(arguments);
        assert_eq!(run.code, Some(2), "{arguments:?}");
        let start = format!("error: {name}: ");
        let message = run.stderr.split_once(&start);
        let (_, message) = message.unwrap_or_else(|| panic!("{arguments:?}: {}", run.stderr));
        let note = message
            .lines()
            .nth(1)
            .filter(|line| line.starts_with("note: "));
        String::from(note.unwrap_or_default())
    };
    // A list with a blank in it.
    for name in ["fn-missing", "WARNINGS"] {
        let note = missing(&["check", "--deny", "uid-missing", name, "card.vcf"], name);
        assert!(
            note.contains("--deny fn-missing,uid-missing"),
            "{name}: {note}"
        );
    }
    // A pattern in quotes, for every command that reads cards.
    for command in ["check", "contact", "copy", "dump", "format"] {
        for name in ["folder/*.vcf", "?.vcf", "[a-c].vcf"] {
            let note = missing(&[command, name], name);
            assert!(
                note.starts_with("note: only the shell"),
                "{command} {name}: {note}"
            );
        }
    }
    let note = missing(&["convert", "--to", "4.0", "*.vcf"], "*.vcf");
    assert!(note.starts_with("note: only the shell"), "{note}");
    // What is there is no pattern, and other names are just missing.
    assert_eq!(missing(&["check", "other.vcf"], "other.vcf"), "");
    let place = Place::with(&[("a[1].vcf", SIMPLE.as_bytes()), ("fn-missing", b"")]);
    assert_eq!(place.run(&["dump", "a[1].vcf"]).code, Some(0));
    let run = place.run(&["check", "fn-missing"]);
    assert!(!run.stderr.contains("note"), "{}", run.stderr);
}

#[test]
fn ok_completions_know_the_names() {
    for shell in ["bash", "zsh", "fish"] {
        let run = Place::new().run(&["completions", shell]);
        let of_options = ["version-late", "line-too-long", "carddav", "GB", "warnings"];
        // The script for fish completes options alone.
        let of_arguments = (shell != "fish").then_some("ANNIVERSARY");
        for name in of_options.into_iter().chain(of_arguments) {
            assert!(run.text().contains(name), "{name} in {shell}");
        }
    }
    // Help is for people, and does not list them.
    for command in ["check", "explain", "phone"] {
        let run = Place::new().run(&[command, "--help"]);
        assert!(!run.text().contains("ANNIVERSARY") && !run.text().contains("AC, AD"));
    }
}

#[test]
fn ok_facts_are_for_scripts_too() {
    let place = Place::new();
    let rules = objects(place.run(&["explain", "--list", "--format", "json"]).text());
    assert_eq!(rules.len(), vcardinal::validate::rules().len());
    for (object, rule) in rules.iter().zip(vcardinal::validate::rules()) {
        assert_eq!(object["id"], rule.id);
        assert_eq!(object["summary"], rule.summary);
        assert_eq!(object["sections"][0], rule.sections[0]);
        let severity = rule.severity_in(vcardinal::Version::V4_0);
        let severity = severity.map_or(Value::Null, |it| it.as_str().into());
        assert_eq!(object["severity"]["4.0"], severity);
    }
    let listed = place.run(&["explain", "--list=properties", "--format", "json"]);
    let listed = objects(listed.text());
    let rows = vcardinal::registry::properties();
    assert_eq!(listed.len(), rows.len());
    let text = place.run(&["explain", "--list=properties"]);
    assert_eq!(text.text().lines().count(), rows.len());

    let run = place.run(&[
        "explain",
        "--format",
        "json",
        "tel",
        "Version-Late",
        "X-SPOUSE",
    ]);
    let [tel, rule, spouse] = <[Value; 3]>::try_from(objects(run.text())).unwrap();
    assert_eq!(
        (&tel["kind"], &tel["name"]),
        (&"property".into(), &"TEL".into())
    );
    assert_eq!(tel["versions"]["4.0"]["occurrence"], "any number");
    assert!(
        tel["versions"]["3.0"]["parameters"]
            .as_array()
            .unwrap()
            .contains(&"TYPE".into())
    );
    assert_eq!(
        (&rule["kind"], &rule["id"]),
        (&"rule".into(), &"version-late".into())
    );
    assert!(spouse["stands_for"].as_str().unwrap().contains("RELATED"));
}

#[test]
fn ok_hidden_and_excluded_are_passed_over() {
    let names = [
        "folder/a.vcf",
        "folder/old-a.vcf",
        "folder/.b.vcf",
        "folder/.git/c.vcf",
        "folder/sub/d.vcf",
        "folder/sub/drafts/e.vcf",
        "folder/drafts/f.vcf",
        ".hidden/g.vcf",
    ];
    let files: Vec<_> = names
        .iter()
        .map(|name| (*name, SIMPLE.as_bytes()))
        .collect();
    let place = Place::with(&files);
    let read = |arguments: &[&str]| {
        let run = place.run(&[&["dump"], arguments].concat());
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        objects(run.text())
            .iter()
            .map(|card| String::from(card["file"].as_str().unwrap().trim_start_matches("folder/")))
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert_eq!(
        read(&["folder"]),
        "a.vcf drafts/f.vcf old-a.vcf sub/d.vcf sub/drafts/e.vcf"
    );
    assert_eq!(
        read(&["--hidden", "folder"]),
        ".b.vcf .git/c.vcf a.vcf drafts/f.vcf old-a.vcf sub/d.vcf sub/drafts/e.vcf"
    );
    // What is named is read.
    assert_eq!(read(&[".hidden", "folder/.b.vcf"]), ".hidden/g.vcf .b.vcf");
    for (globs, expected) in [
        (
            &["--exclude", "old*"][..],
            "a.vcf drafts/f.vcf sub/d.vcf sub/drafts/e.vcf",
        ),
        (&["--exclude", "drafts"], "a.vcf old-a.vcf sub/d.vcf"),
        (
            &["--exclude", "sub/drafts"],
            "a.vcf drafts/f.vcf old-a.vcf sub/d.vcf",
        ),
        (&["--exclude", "folder/sub"], "a.vcf drafts/f.vcf old-a.vcf"),
        (
            &["--exclude", "**/drafts/*", "--exclude", "[a-c].vcf"],
            "old-a.vcf sub/d.vcf",
        ),
    ] {
        assert_eq!(read(&[globs, &["folder"]].concat()), expected, "{globs:?}");
    }
    let run = place.run(&["check", "--exclude", "a[", "folder"]);
    assert_eq!(run.code, Some(2));
}

#[test]
fn ok_numbers_on_request() {
    let faulty = SIMPLE.replace("FN:Ada Quist", "FN:Ada, Quist\r\nREV:1996-10-22T14:00:00Z");
    let place = Place::with(&[("a.vcf", faulty.as_bytes()), ("b.vcf", faulty.as_bytes())]);
    let each = objects(
        place
            .run(&["check", "--format", "json", "a.vcf", "b.vcf"])
            .text(),
    );
    let run = place.run(&[
        "check",
        "--statistics",
        "--format",
        "json",
        "a.vcf",
        "b.vcf",
    ]);
    let counts = objects(run.text());
    assert!(counts.len() > 1);
    for count in &counts {
        let of = || each.iter().filter(|one| one["rule"] == count["rule"]);
        let times: u64 = of().map(|one| one["count"].as_u64().unwrap()).sum();
        let repairs = of().filter(|one| !one["fix"].is_null()).count();
        assert_eq!(count["count"], times);
        assert_eq!(count["repairs"], repairs);
    }
    let counted: u64 = counts
        .iter()
        .map(|count| count["count"].as_u64().unwrap())
        .sum();
    let found: u64 = each.iter().map(|one| one["count"].as_u64().unwrap()).sum();
    assert_eq!(counted, found);
    let run = place.run(&["check", "--statistics", "a.vcf", "b.vcf"]);
    assert!(
        run.text().contains("comma-unescaped  [*]\n"),
        "{}",
        run.text()
    );
    assert!(!run.text().contains("Quist"));
    let run = place.run(&["check", "--statistics", "--format", "sarif", "a.vcf"]);
    assert_eq!(run.code, Some(2));
}

/// The fixes of SARIF, made by what they say alone, are those that `--fix` makes.
#[test]
fn ok_fixes_of_sarif_are_repairs() {
    let place = Place::new();
    let mut made = 0;
    for (name, bytes) in [
        ("comma.vcf", SIMPLE.replace("Ada Quist", "Zo\u{eb}, Quist")),
        (
            "rev.vcf",
            SIMPLE.replace("TEL:", "REV:1996-10-22T14:00:00Z\r\nTEL:"),
        ),
        (
            "late.vcf",
            "BEGIN:VCARD\r\nFN:A\r\nVERSION:4.0\r\nEND:VCARD\r\n".into(),
        ),
        ("ends.vcf", SIMPLE.replace("\r\n", "\n")),
        (
            "second.vcf",
            format!("{SIMPLE}{}", SIMPLE.replace("Ada Quist", "Ada, Quist")),
        ),
    ] {
        fs::write(place.path(name), &bytes).unwrap();
        let run = place.run(&["check", "--format", "sarif", name]);
        let sarif: Value = serde_json::from_slice(&run.stdout).unwrap();
        let results = sarif["runs"][0]["results"].as_array().unwrap();
        let fixes: Vec<_> = results.iter().filter_map(|one| one.get("fixes")).collect();
        let [fix] = fixes[..] else {
            panic!("{name}: {fixes:?}")
        };
        let change = &fix[0]["artifactChanges"][0];
        assert_eq!(change["artifactLocation"]["uri"], name);
        let replacement = &change["replacements"][0];
        let region = &replacement["deletedRegion"];
        let number = |name: &str| usize::try_from(region[name].as_u64().unwrap()).unwrap();
        let start = number("byteOffset");
        let end = start + number("byteLength");
        // Lines and columns say the same.
        let place_of = |line: &str, column: &str| {
            let lines: Vec<&str> = bytes.split_inclusive('\n').collect();
            let before: usize = lines[..number(line) - 1]
                .iter()
                .map(|line| line.len())
                .sum();
            let rest = lines.get(number(line) - 1).copied().unwrap_or_default();
            before
                + rest
                    .chars()
                    .take(number(column) - 1)
                    .map(char::len_utf8)
                    .sum::<usize>()
        };
        assert_eq!(place_of("startLine", "startColumn"), start, "{name}");
        assert_eq!(place_of("endLine", "endColumn"), end, "{name}");
        let text = replacement["insertedContent"]["text"].as_str().unwrap();
        let fixed = format!("{}{text}{}", &bytes[..start], &bytes[end..]);
        place.run(&["check", "--fix", "--no-backup", name]);
        assert_eq!(fixed.as_bytes(), place.read(name), "{name}");
        made += 1;
    }
    assert_eq!(made, 5);
    let run = place.pipe(&["check", "--format", "sarif"], SIMPLE.as_bytes());
    let sarif: Value = serde_json::from_slice(&run.stdout).unwrap();
    let rules = sarif["runs"][0]["tool"]["driver"]["rules"]
        .as_array()
        .unwrap();
    for (rule, uri) in [
        (
            "version-late",
            "https://www.rfc-editor.org/rfc/rfc6350#section-6.7.9",
        ),
        (
            "card-count",
            "https://www.rfc-editor.org/rfc/rfc6352#section-5.1",
        ),
    ] {
        let rule = rules.iter().find(|one| one["id"] == rule).unwrap();
        assert_eq!(rule["helpUri"], uri);
    }
}

#[test]
fn ok_manual_pages() {
    let run = Place::new().run(&["man"]);
    assert!(run.text().contains(".TH vcardinal 1") && run.text().contains("convert"));
    let run = Place::new().run(&["man", "check"]);
    assert!(run.text().contains("statistics"), "{}", run.text());
    assert_eq!(Place::new().run(&["man", "none"]).code, Some(2));
}

/// Nothing for people is wider than the terminal, but for words that are, and what is quoted.
#[test]
fn ok_lines_fit_the_terminal() {
    let long = SIMPLE.replace("Ada Quist", &"Ada Quist ".repeat(30));
    let place = Place::with(&[("card.vcf", long.as_bytes())]);
    for columns in [60, 80, 120] {
        for arguments in [
            &["check", "card.vcf"][..],
            &["explain", "ADR", "version-late", "junk-outside-card"],
            &["convert", "--help"],
            &["check", "--help"],
        ] {
            let child = place
                .command(arguments)
                .env("COLUMNS", columns.to_string())
                .spawn()
                .unwrap();
            let run = finish(child);
            for line in run.text().lines() {
                let is_title = line.starts_with("warning[") || line.starts_with("error[");
                let is_example = line.trim_start().starts_with("vcardinal ")
                    || line.trim_start().starts_with("curl ");
                let width = line.chars().count();
                let fits = width <= columns || is_title || is_example;
                assert!(fits, "{columns}: {arguments:?}: {line}");
            }
        }
    }
}
