//! `check --fix`: files repaired, and diffs.

use super::*;
use crate::common::fixtures;

const FAULTY: &str = "BEGIN:VCARD\nVERSION:4.0\nFN:Ada Quist\nEND:VCARD\nsome words\n\
    BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Zo\u{eb} Quist\r\nTEL;TYPE=pref,cell:+14155550123\r\n\
    NOTE:a note that is\r\n  folded\r\nREV:1996-10-22T14:00:00Z\r\nX-Other:1\r\nX-Other:2\r\nEND:VCARD\r\n";

fn repaired() -> String {
    FAULTY
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
            .starts_with("2 repairs in 1 file\n3 cards in 2 files: "),
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
        run.stderr.starts_with("1 repair in 1 file\n"),
        "{}",
        run.stderr
    );
    let expected = FAULTY.replace("REV:1996-10-22T14:00:00Z", "REV:19961022T140000Z");
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
        (Some(1), "there would be 2 repairs in 1 file\n")
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

fn errors(run: &Run) -> usize {
    run.text()
        .lines()
        .filter(|line| line.contains(r#""severity":"error""#))
        .count()
}

#[test]
fn ok_every_fixture_is_repaired_as_its_diff_says() {
    let mut changed = 0;
    for path in fixtures() {
        let old = fs::read(&path).unwrap();
        // With and without a line break at the end, and with line breaks that diffs do not know.
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
        for old in [&twice, old.trim_ascii_end(), &with_cr] {
            let place = Place::with(&[("a.vcf", old)]);
            let before = place.run(&["check", "a.vcf", "--format", "json"]);
            let diff = place.run(&["check", "--fix", "--dry-run", "a.vcf"]);
            if diff.stderr.contains("not repaired: it is UTF-16") {
                continue;
            }
            let after = place.run(&["check", "--fix", "--no-backup", "a.vcf", "--format", "json"]);
            let new = place.read("a.vcf");
            let shown = path.display();
            assert!(patched(old, &diff.stdout) == new, "{shown}\n{diff:?}");
            assert_eq!(diff.code, Some(i32::from(new != old)), "{shown} {diff:?}");
            assert!(
                errors(&after) <= errors(&before),
                "{shown}\n{}",
                after.text()
            );
            changed += usize::from(new != old);
        }
    }
    assert!(changed > 30, "{changed}");
}

#[test]
fn err_what_cannot_be_repaired() {
    let place = Place::with(&[
        ("a.vcf", FAULTY.as_bytes()),
        ("a.vcf.orig", b"older"),
        ("wide.vcf", &utf_16(FAULTY, true, true)),
    ]);
    let run = place.run(&["check", "--fix", "a.vcf", "wide.vcf", "none.vcf", "-q"]);
    let orig = fs::canonicalize(place.path("a.vcf.orig")).unwrap();
    assert_eq!(
        (run.code, run.text(), &*run.stderr),
        (
            Some(2),
            "",
            &*format!(
                "error: a.vcf: not repaired: {} already exists; move it away, or use --no-backup\n\
                 error: wide.vcf: not repaired: it is UTF-16; convert it to UTF-8 with `vcardinal \
                 format --in-place`\n\
                 error: none.vcf: No such file or directory (os error 2)\n",
                orig.display()
            )
        )
    );
    assert_eq!(place.read("a.vcf"), FAULTY.as_bytes());
    assert_eq!(place.read("a.vcf.orig"), b"older");
    assert_eq!(place.names().len(), 3);
    let run = place.pipe(&["check", "--fix"], FAULTY.as_bytes());
    assert_eq!(
        (run.code, &*run.stderr),
        (
            Some(2),
            "error: --fix needs files; it cannot be used with standard input\n"
        )
    );
    assert_eq!(place.run(&["check", "--dry-run", "a.vcf"]).code, Some(2));
    assert_eq!(place.run(&["check", "--no-backup", "a.vcf"]).code, Some(2));
}
