//! `check --fix`: files repaired, and diffs.

use std::collections::BTreeMap;

use super::*;
use crate::common::fixtures;

const FAULTY: &str = "BEGIN:VCARD\nVERSION:4.0\nFN:Ada Quist\nEND:VCARD\nsome words\n\
    BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Zo\u{eb} Quist\r\nTEL;TYPE=pref,cell:+14155550123\r\n\
    NOTE:a note that is\r\n  folded\r\nREV:1996-10-22T14:00:00Z\r\nX-Other:1\r\nX-Other:2\r\nEND:VCARD\r\n";

const LF: &str = "BEGIN:VCARD\nVERSION:4.0\nFN:Ada Quist\nEND:VCARD\n";

fn repaired() -> String {
    FAULTY
        .replace(LF, &LF.replace('\n', "\r\n"))
        .replace("TEL;TYPE=pref,cell:", "TEL;TYPE=cell;PREF=1:")
        .replace("REV:1996-10-22T14:00:00Z", "REV:19961022T140000Z")
}

#[test]
fn ok_repaired_in_place() {
    let place = Place::with(&[("a.vcf", FAULTY.as_bytes()), ("b.vcf", SIMPLE.as_bytes())]);
    let run = place.run(&["check", "--fix", "a.vcf", "b.vcf", "--format", "json"]);
    assert_eq!(String::from_utf8(place.read("a.vcf")).unwrap(), repaired());
    assert_eq!(place.read("a.vcf.orig"), FAULTY.as_bytes());
    assert_eq!(place.names(), ["a.vcf", "a.vcf.orig", "b.vcf"]);
    // What is left is said, what was repaired is not.
    assert!(!run.text().contains("\"b.vcf\"") && run.text().contains("junk-outside-card"));
    assert!(!run.text().contains(r#""fix":""#), "{}", run.text());
    assert!(
        run.stderr
            .starts_with("3 repairs in 1 file\n3 cards in 2 files: "),
        "{}",
        run.stderr
    );
    // Nothing is left to repair, so the old file stays what it is.
    let run = place.run(&["check", "--fix", "a.vcf"]);
    assert!(run.stderr.starts_with("0 repairs in 0 files\n"));
    assert_eq!(place.read("a.vcf.orig"), FAULTY.as_bytes());
}

#[test]
fn ok_allowed_rules_are_left_alone() {
    let place = Place::with(&[("a.vcf", FAULTY.as_bytes())]);
    let json = place.run(&["check", "a.vcf", "--format", "json"]);
    let rule = json.text().lines().find_map(|line| {
        let finding: serde_json::Value = serde_json::from_str(line).unwrap();
        let title = finding["fix"].as_str()?;
        (title == "write PREF=1").then(|| String::from(finding["rule"].as_str().unwrap()))
    });
    let run = place.run(&[
        "check",
        "--fix",
        "--no-backup",
        "a.vcf",
        "--allow",
        &rule.unwrap(),
    ]);
    assert!(
        run.stderr.starts_with("2 repairs in 1 file\n"),
        "{}",
        run.stderr
    );
    let expected = repaired().replace("TEL;TYPE=cell;PREF=1:", "TEL;TYPE=pref,cell:");
    assert_eq!(String::from_utf8(place.read("a.vcf")).unwrap(), expected);
    assert_eq!(place.names(), ["a.vcf"]);
}

#[test]
fn ok_dry_run_is_a_diff() {
    let place = Place::with(&[("a.vcf", FAULTY.as_bytes()), ("b.vcf", SIMPLE.as_bytes())]);
    let run = place.run(&["check", "--fix", "--dry-run", "a.vcf", "b.vcf"]);
    assert_expected("fix.diff", run.text());
    assert_eq!(
        (run.code, &*run.stderr),
        (Some(1), "there would be 3 repairs in 1 file\n")
    );
    assert_eq!(place.read("a.vcf"), FAULTY.as_bytes());
    assert_eq!(place.names(), ["a.vcf", "b.vcf"]);
    let run = place.run(&["check", "--fix", "--dry-run", "--quiet", "b.vcf"]);
    assert_eq!((run.code, run.text(), &*run.stderr), (Some(0), "", ""));
}

/// What `patch` does with a diff, strictly.
fn patched(old: &[u8], diff: &[u8]) -> Vec<u8> {
    let lines = |bytes| <[u8]>::split_inclusive(bytes, |byte| *byte == b'\n');
    let old: Vec<_> = lines(old).collect();
    let (mut new, mut done) = (Vec::new(), 0);
    let mut diff: Vec<_> = lines(diff).skip(2).map(<[u8]>::to_vec).collect();
    // The line before has no line break.
    for index in (0..diff.len())
        .filter(|index| diff[*index].starts_with(b"\\"))
        .collect::<Vec<_>>()
    {
        diff[index - 1].pop();
    }
    for line in diff {
        let (sign, text) = line.split_first().unwrap();
        match sign {
            b'@' => {
                let header = String::from_utf8(line).unwrap();
                let place = header.split(['-', ' ']).nth(2).unwrap();
                let (start, count) = place.split_once(',').unwrap();
                let start: usize = start.parse().unwrap();
                let start = start - usize::from(count != "0");
                assert!(start >= done, "hunks overlap");
                new.extend(old[done..start].concat());
                done = start;
            }
            b' ' | b'-' => {
                assert_eq!(old[done], text);
                done += 1;
                if *sign == b' ' {
                    new.extend_from_slice(text);
                }
            }
            b'+' => new.extend_from_slice(text),
            b'\\' => {}
            _ => panic!("{line:?}"),
        }
    }
    new.extend(old[done..].concat());
    new
}

/// Each fixture with and without a line break at the end, and with line breaks that diffs do not know.
fn variants_of_fixtures() -> Vec<(String, Vec<u8>)> {
    let mut variants = Vec::new();
    for path in fixtures() {
        let old = fs::read(&path).unwrap();
        let with_cr: Vec<u8> = old
            .iter()
            .filter(|byte| **byte != b'\r')
            .map(|byte| if *byte == b'\n' { b'\r' } else { *byte })
            .collect();
        // Changes that are near to each other, and far.
        let twice = [
            &old[..],
            SIMPLE.as_bytes(),
            &old,
            SIMPLE.repeat(3).as_bytes(),
            &old,
        ]
        .concat();
        let name = path.file_stem().unwrap().display().to_string();
        for (kind, bytes) in [
            ("twice", twice),
            ("no-end", old.trim_ascii_end().to_vec()),
            ("cr", with_cr),
        ] {
            variants.push((format!("{}-{name}-{kind}.vcf", variants.len()), bytes));
        }
    }
    variants
}

/// How many errors a run of `check --format json` found in each file.
fn errors(run: &Run) -> BTreeMap<String, usize> {
    let mut errors = BTreeMap::new();
    for line in run.text().lines() {
        let finding: serde_json::Value = serde_json::from_str(line).unwrap();
        if finding["severity"] == "error" {
            *errors
                .entry(finding["file"].as_str().unwrap().to_owned())
                .or_default() += 1;
        }
    }
    errors
}

/// The part of a diff of many files that is about one.
fn diff_of<'a>(diff: &'a [u8], name: &str) -> &'a [u8] {
    let header = format!("--- ./{name}\n+++ ./{name}\n");
    let Some(start) = memchr::memmem::find(diff, header.as_bytes()) else {
        return b"";
    };
    let rest = &diff[start..];
    let next = memchr::memmem::find_iter(rest, b".vcf\n+++ ./").nth(1);
    let end = next.map(|at| memchr::memmem::rfind(&rest[..at], b"\n--- ./").unwrap() + 1);
    &rest[..end.unwrap_or(rest.len())]
}

#[test]
fn ok_every_fixture_is_repaired_as_its_diff_says() {
    let mut changed = 0;
    for files in variants_of_fixtures().chunks(150) {
        let place = Place::new();
        for (name, bytes) in files {
            fs::write(place.path(name), bytes).unwrap();
        }
        let before = errors(&place.run(&["check", ".", "--format", "json"]));
        let diff = place.run(&["check", "--fix", "--dry-run", "."]);
        let after = errors(&place.run(&["check", "--fix", "--no-backup", ".", "--format", "json"]));
        // A file of which there is no diff is an error.
        let mut code = 0;
        for (name, old) in files {
            let new = place.read(name);
            if diff
                .stderr
                .contains(&format!("{name}: no diff: it is UTF-16"))
            {
                code = 2;
                continue;
            }
            code = code.max(i32::from(new != *old));
            let part = diff_of(&diff.stdout, name);
            assert!(patched(old, part) == new, "{name}\n{}", part.escape_ascii());
            let file = format!("./{name}");
            assert!(after.get(&file) <= before.get(&file), "{name}");
            changed += usize::from(new != *old);
        }
        assert_eq!(diff.code, Some(code), "{}", diff.stderr);
    }
    assert!(changed > 90, "{changed}");
}

#[test]
fn err_what_cannot_be_repaired() {
    // Half of a surrogate pair is no text.
    let mut broken = utf_16(FAULTY, true, true);
    broken[60..62].copy_from_slice(&[0x00, 0xD8]);
    let place = Place::with(&[
        ("broken.vcf", &broken),
        ("wide.vcf", &utf_16(FAULTY, true, true)),
    ]);
    let run = place.run(&[
        "check",
        "--fix",
        "broken.vcf",
        "none.vcf",
        "-q",
        "--format",
        "json",
    ]);
    assert_eq!(
        (run.code, &*run.stderr),
        (
            Some(2),
            "error: broken.vcf: not repaired: 1 code unit is not valid UTF-16LE\n\
             error: none.vcf: No such file or directory (os error 2)\n"
        )
    );
    // It is checked all the same.
    assert!(run.text().contains("type-pref-in-4.0"), "{}", run.text());
    assert_eq!(place.read("broken.vcf"), broken);
    let run = place.run(&["check", "--fix", "--dry-run", "-q", "wide.vcf"]);
    assert_eq!(
        (run.code, &*run.stderr),
        (
            Some(2),
            "error: wide.vcf: no diff: it is UTF-16LE, of which --fix makes UTF-8\n"
        )
    );
    let run = place.run(&["check", "--fix", "-q", "--allow", "utf-16", "wide.vcf"]);
    assert_eq!(
        (run.code, &*run.stderr),
        (
            Some(2),
            "error: wide.vcf: not repaired: it is UTF-16LE, and --allow utf-16 keeps it so\n"
        )
    );
    let run = place.pipe(&["check", "--fix", "-", "wide.vcf"], FAULTY.as_bytes());
    assert_eq!(
        (run.code, run.text(), &*run.stderr),
        (
            Some(2),
            "",
            "error: --fix takes files, or standard input alone, which goes to standard output\n"
        )
    );
    assert_eq!(place.names(), ["broken.vcf", "wide.vcf"]);
    assert_eq!(place.run(&["check", "--dry-run", "wide.vcf"]).code, Some(2));
    assert_eq!(
        place.run(&["check", "--no-backup", "wide.vcf"]).code,
        Some(2)
    );
    assert_eq!(
        place.run(&["check", "--show-repairs", "wide.vcf"]).code,
        Some(2)
    );
}

#[test]
fn ok_utf_16_becomes_utf_8() {
    let wide = utf_16(FAULTY, false, true);
    let place = Place::with(&[("wide.vcf", &wide)]);
    let run = place.run(&["check", "--fix", "wide.vcf", "--format", "json"]);
    assert!(
        run.stderr.starts_with("4 repairs in 1 file\n"),
        "{}",
        run.stderr
    );
    assert!(!run.text().contains("utf-16"), "{}", run.text());
    assert_eq!(
        String::from_utf8(place.read("wide.vcf")).unwrap(),
        repaired()
    );
    assert_eq!(place.read("wide.vcf.orig"), wide);
}

#[test]
fn ok_the_first_old_file_stays() {
    let place = Place::with(&[
        ("a.vcf", FAULTY.as_bytes()),
        ("a.vcf.orig", b"older"),
        ("a.vcf.orig.1", b"old"),
    ]);
    let run = place.run(&["check", "--fix", "a.vcf", "-q"]);
    assert_eq!((run.code, &*run.stderr), (Some(0), ""), "{}", run.text());
    assert_eq!(String::from_utf8(place.read("a.vcf")).unwrap(), repaired());
    assert_eq!(place.read("a.vcf.orig"), b"older");
    assert_eq!(place.read("a.vcf.orig.1"), b"old");
    assert_eq!(place.read("a.vcf.orig.2"), FAULTY.as_bytes());
    assert_eq!(place.names().len(), 4);
}

#[test]
fn ok_standard_input_goes_to_standard_output() {
    let place = Place::new();
    let run = place.pipe(&["check", "--fix", "--format", "json"], FAULTY.as_bytes());
    assert_eq!(run.text(), repaired());
    assert_eq!(run.code, Some(0));
    let findings: Vec<_> = run.stderr.lines().collect();
    assert!(findings[0].contains("junk-outside-card"), "{}", run.stderr);
    assert!(
        run.stderr
            .contains("\n3 repairs in 1 file\n2 cards in 1 file: "),
        "{}",
        run.stderr
    );
    // What cannot be repaired is said, and goes through.
    let bad = "BEGIN:VCARD\r\nVERSION:4.0\r\nTEL:1\r\nEND:VCARD\r\n";
    let run = place.pipe(
        &["check", "--fix", "--format", "json", "-q"],
        bad.as_bytes(),
    );
    assert_eq!((run.code, run.text()), (Some(1), bad));
    assert!(run.stderr.contains("fn-missing"), "{}", run.stderr);
    let run = place.pipe(&["check", "--fix", "--dry-run"], FAULTY.as_bytes());
    assert!(
        run.text().starts_with("--- <stdin>\n+++ <stdin>\n@@ "),
        "{}",
        run.text()
    );
    assert_eq!(run.code, Some(1));
}

#[test]
fn ok_each_repair_can_be_seen() {
    let place = Place::with(&[("a.vcf", FAULTY.as_bytes())]);
    let arguments = [
        "check",
        "--fix",
        "--dry-run",
        "--show-repairs",
        "-q",
        "a.vcf",
    ];
    let run = place.run(&arguments);
    assert_eq!(
        run.stderr,
        "a.vcf: line 1: end all lines in CRLF [line-ending-not-crlf]\n\
         \u{20} - BEGIN:VCARD\n  + BEGIN:VCARD\n\
         a.vcf: line 9: write PREF=1 [type-pref-in-4.0]\n\
         \u{20} - TEL;TYPE=pref,cell:+14155550123\n  + TEL;TYPE=cell;PREF=1:+14155550123\n\
         a.vcf: line 12: write 19961022T140000Z [timestamp-invalid]\n\
         \u{20} - REV:1996-10-22T14:00:00Z\n  + REV:19961022T140000Z\n"
    );
    let run = place.run(&[
        "check",
        "--fix",
        "--show-repairs",
        "-q",
        "a.vcf",
        "--format",
        "json",
    ]);
    let repairs: Vec<serde_json::Value> = run
        .stderr
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(repairs.len(), 3);
    assert_eq!(
        repairs[1],
        serde_json::json!({
            "file": "a.vcf", "rule": "type-pref-in-4.0", "line": 9, "repair": "write PREF=1",
            "before": "TEL;TYPE=pref,cell:+14155550123\r\n",
            "after": "TEL;TYPE=cell;PREF=1:+14155550123\r\n",
        })
    );
}

/// A link out of the directory is not written through, and a pipe is not waited for.
#[cfg(unix)]
#[test]
fn ok_only_files_of_a_directory_are_read() {
    let place = Place::with(&[
        ("out.vcf", FAULTY.as_bytes()),
        ("d/a.vcf", SIMPLE.as_bytes()),
    ]);
    std::os::unix::fs::symlink(place.path("out.vcf"), place.path("d/link.vcf")).unwrap();
    let made = Command::new("mkfifo")
        .arg(place.path("d/pipe.vcf"))
        .status();
    assert!(made.unwrap().success());
    let run = place.run(&["check", "--fix", "d"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert_eq!(
        run.stderr,
        "note: skipped d/link.vcf: it is a link; name it to have it read\n\
         note: skipped d/pipe.vcf: it is not a regular file; name it to have it read\n\
         0 repairs in 0 files\n1 card in 1 file: 0 errors, 0 warnings, 0 infos\n"
    );
    assert_eq!(place.read("out.vcf"), FAULTY.as_bytes());
    // A link that is named stays one.
    let run = place.run(&["check", "--fix", "-q", "d/link.vcf"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert_eq!(
        String::from_utf8(place.read("out.vcf")).unwrap(),
        repaired()
    );
    assert!(place.path("d/link.vcf").is_symlink());
}
