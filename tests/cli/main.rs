//! The program, run as a user runs it: outputs in full, exit codes, files, pipes.
//!
//! What it should print lies in `tests/cli`; `UPDATE_EXPECTED=1 cargo test --features cli --test
//! cli` writes it anew, for `git diff` to look at.
#![cfg(feature = "cli")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests"
)]

#[path = "../common/mod.rs"]
mod common;

use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

const SIMPLE: &str =
    "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Ada Quist\r\nTEL:+1 415 555 0123\r\nEND:VCARD\r\n";
const UNTIDY: &str =
    "begin:vcard\nVERSION:3.0\n\nitem1.fn:Zo\u{eb}\n  Quist\nN:Quist;Zo\u{eb};;;\n";

/// What a run came to.
#[derive(Debug)]
struct Run {
    code: Option<i32>,
    stdout: Vec<u8>,
    stderr: String,
}

impl Run {
    fn text(&self) -> &str {
        std::str::from_utf8(&self.stdout).unwrap()
    }
}

/// A directory to run the program in, so that names in its output are always the same.
struct Place(TempDir);

impl Place {
    fn new() -> Self {
        Place(TempDir::new().unwrap())
    }

    fn with(files: &[(&str, &[u8])]) -> Self {
        let place = Place::new();
        for (name, bytes) in files {
            let path = place.path(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).unwrap()
    }

    fn names(&self) -> Vec<String> {
        let mut names: Vec<_> = fs::read_dir(self.0.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_vcardinal"));
        command
            .args(arguments)
            .current_dir(self.0.path())
            .env_remove("NO_COLOR")
            .env_remove("CLICOLOR_FORCE")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    fn run(&self, arguments: &[&str]) -> Run {
        finish(self.command(arguments).spawn().unwrap())
    }

    fn pipe(&self, arguments: &[&str], input: &[u8]) -> Run {
        let mut child = self
            .command(arguments)
            .stdin(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let input = input.to_vec();
        let writer = std::thread::spawn(move || stdin.write_all(&input));
        let run = finish(child);
        // A program that ended early has not read it all.
        let _ = writer.join().unwrap();
        run
    }
}

fn finish(child: Child) -> Run {
    let output = child.wait_with_output().unwrap();
    Run {
        code: output.status.code(),
        stdout: output.stdout,
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// Compares with a file beside this one.
#[track_caller]
fn assert_expected(name: &str, actual: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/cli")
        .join(name);
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        fs::write(&path, actual).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        actual == expected,
        "{name} should be\n{expected}\nand is\n{actual}"
    );
}

fn utf_16(text: &str, little: bool, mark: bool) -> Vec<u8> {
    let mark = mark.then_some(0xFEFF);
    mark.into_iter()
        .chain(text.encode_utf16())
        .flat_map(|unit| match little {
            true => unit.to_le_bytes(),
            false => unit.to_be_bytes(),
        })
        .collect()
}

mod contact;
mod convert;
mod files;
mod fix;
mod habits;
mod scaling;
mod schemas;
#[cfg(target_os = "linux")]
mod send;
mod terminal;

mod copy {
    use super::*;
    use crate::common::any_cards;
    use crate::common::cases::cases;
    use proptest::prelude::*;

    #[test]
    fn ok_every_fixture_is_copied_byte_for_byte() {
        let files = crate::common::fixtures();
        assert!(files.len() > 150);
        let place = Place::new();
        for path in &files {
            let run = place.run(&["copy", path.to_str().unwrap()]);
            assert!(run.stdout == fs::read(path).unwrap(), "{}", path.display());
            assert_eq!((run.code, &*run.stderr), (Some(0), ""));
        }
    }

    /// The cards in an input, without what ends their last lines.
    fn cards(input: &[u8]) -> Vec<vcardinal::Card> {
        let cards = vcardinal::CardReader::from_slice(input);
        cards.filter_map(Result::ok).collect()
    }

    fn bytes_of(cards: &[vcardinal::Card]) -> Vec<Vec<u8>> {
        let bytes = cards.iter().map(vcardinal::Card::to_bytes);
        bytes.map(|bytes| bytes.trim_ascii_end().to_vec()).collect()
    }

    /// Whether the cards of an input stay apart from what follows: a card that goes on, or that was
    /// refused and goes on, takes it in; and UTF-16 becomes UTF-8.
    fn is_whole(input: &[u8]) -> bool {
        let is_wide = input
            .iter()
            .take(4)
            .any(|byte| matches!(byte, 0 | 0xFE | 0xFF));
        let mut all = vcardinal::CardReader::from_slice(input);
        !is_wide
            && all.all(|card| card.is_ok())
            && cards(input).last().is_none_or(vcardinal::Card::is_closed)
    }

    /// The cards of the files together are those of each.
    fn assert_joined(place: &Place, files: &[PathBuf]) {
        let mut arguments = vec!["copy"];
        arguments.extend(files.iter().map(|path| path.to_str().unwrap()));
        let run = place.run(&arguments);
        let inputs = files.iter().map(|path| fs::read(path).unwrap());
        let expected: Vec<_> = inputs.flat_map(|input| bytes_of(&cards(&input))).collect();
        let copied = bytes_of(&cards(&run.stdout));
        if let Some(at) =
            (0..expected.len().max(copied.len())).find(|at| expected.get(*at) != copied.get(*at))
        {
            let shown =
                |cards: &[Vec<u8>]| cards.get(at).map(|card| card.escape_ascii().to_string());
            panic!(
                "card {at}: {:?}, copied: {:?}",
                shown(&expected),
                shown(&copied)
            );
        }
        assert_eq!((run.code, &*run.stderr), (Some(0), ""));
    }

    #[test]
    fn ok_cards_of_several_files_are_those_of_each() {
        let whole = |path: &PathBuf| is_whole(&fs::read(path).unwrap());
        let fixtures = crate::common::fixtures();
        let of_fixtures = fixtures.len();
        let files: Vec<PathBuf> = fixtures
            .into_iter()
            .chain(crate::common::corpus())
            .filter(whole)
            .collect();
        assert!(files.len() > of_fixtures / 2);
        let place = Place::new();
        for chunk in files.chunks(100) {
            assert_joined(&place, chunk);
        }
    }

    proptest! {
        #![proptest_config(cases(40))]

        /// However each file begins and ends, and whatever its cards are like.
        #[test]
        fn ok_any_cards_of_several_files_are_those_of_each(
            files in prop::collection::vec(
                (
                    any::<bool>(),
                    prop::collection::vec(prop_oneof![any_cards::person(), any_cards::any_card()], 0..3),
                    prop::sample::select(vec!["", "\r\n", "\n", "\r", "\r\n\r\n", "text"]),
                    any::<bool>(),
                ),
                1..6,
            ),
        ) {
            let place = Place::new();
            let mut paths = Vec::new();
            for (number, (has_mark, cards, end, is_cut)) in files.iter().enumerate() {
                let mut input = Vec::new();
                if *has_mark {
                    input.extend_from_slice("\u{feff}".as_bytes());
                }
                for card in cards {
                    input.extend_from_slice(&card.0.to_bytes());
                }
                if *is_cut {
                    input.truncate(input.trim_ascii_end().len());
                }
                input.extend_from_slice(end.as_bytes());
                // The mark before a card is not of the card.
                if is_whole(&input) {
                    let path = place.path(&format!("{number}.vcf"));
                    fs::write(&path, input).unwrap();
                    paths.push(path);
                }
            }
            if !paths.is_empty() {
                assert_joined(&place, &paths);
            }
        }
    }

    #[test]
    fn ok_files_are_joined_between_lines() {
        let short = SIMPLE.trim_end();
        let place = Place::with(&[
            ("short.vcf", short.as_bytes()),
            ("mark.vcf", format!("\u{feff}{SIMPLE}").as_bytes()),
            ("wide.vcf", &utf_16(SIMPLE, true, true)),
            ("none.vcf", b""),
            ("open.vcf", b"BEGIN:VCARD\r\nVERSION:4.0\r\nFN:A"),
        ]);
        let both = format!("{SIMPLE}{SIMPLE}");
        for second in ["mark.vcf", "wide.vcf"] {
            let run = place.run(&["copy", "short.vcf", "none.vcf", second]);
            assert_eq!((run.code, run.text(), &*run.stderr), (Some(0), &*both, ""));
        }
        let run = place.run(&["copy", "none.vcf", "mark.vcf", "mark.vcf", "short.vcf"]);
        let three = format!("\u{feff}{SIMPLE}{SIMPLE}{short}");
        assert_eq!((run.code, run.text(), &*run.stderr), (Some(0), &*three, ""));
        let run = place.run(&["copy", "open.vcf", "short.vcf"]);
        assert_eq!(
            (run.code, &*run.stderr),
            (
                Some(0),
                "warning: open.vcf: its last card has no END:VCARD; what follows may become a part of \
                 it\n"
            )
        );
        assert_eq!(cards(&run.stdout).len(), 2);
    }

    #[test]
    fn ok_bytes_of_any_kind_from_standard_input() {
        let mut state = 7_u32;
        let noise: Vec<u8> = (0..300_000)
            .map(|_| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                state.to_be_bytes()[0]
            })
            .collect();
        let utf_16 = utf_16(SIMPLE, true, true);
        for input in [
            &noise[..],
            SIMPLE.as_bytes(),
            UNTIDY.as_bytes(),
            &utf_16,
            b"",
        ] {
            for arguments in [&["copy"][..], &["copy", "-"]] {
                let run = Place::new().pipe(arguments, input);
                assert!(run.stdout == input);
                assert_eq!((run.code, &*run.stderr), (Some(0), ""));
            }
        }
    }

    #[test]
    fn ok_card_that_is_refused_is_copied_too() {
        let large = format!(
            "BEGIN:VCARD\nVERSION:4.0\nNOTE:{}\nEND:VCARD\n{SIMPLE}",
            "x".repeat(17 << 20)
        );
        let run = Place::new().pipe(&["copy"], large.as_bytes());
        assert!(run.stdout == large.as_bytes());
        assert_eq!((run.code, &*run.stderr), (Some(0), ""));
    }

    #[test]
    fn err_missing_file_does_not_keep_the_others_from_being_read() {
        let place = Place::with(&[("b.vcf", SIMPLE.as_bytes())]);
        let run = place.run(&["copy", "a.vcf", "b.vcf"]);
        assert_eq!(run.text(), SIMPLE);
        assert_eq!(
            (run.code, &*run.stderr),
            (
                Some(2),
                "error: a.vcf: No such file or directory (os error 2)\n"
            )
        );
    }

    #[test]
    fn ok_nobody_reads_the_output() {
        let card = SIMPLE.repeat(200_000);
        let place = Place::with(&[("large.vcf", card.as_bytes())]);
        for command in ["copy", "dump", "format"] {
            let mut child = place.command(&[command, "large.vcf"]).spawn().unwrap();
            let mut stdout = child.stdout.take().unwrap();
            let mut first = [0; 10];
            stdout.read_exact(&mut first).unwrap();
            drop(stdout);
            let run = finish(child);
            assert_eq!((run.code, &*run.stderr), (Some(0), ""), "{command}");
        }
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn err_full_disk() {
        let place = Place::with(&[("a.vcf", SIMPLE.as_bytes())]);
        for command in ["copy", "dump", "format"] {
            let full = fs::File::options().write(true).open("/dev/full").unwrap();
            let child = place
                .command(&[command, "a.vcf"])
                .stdout(full)
                .spawn()
                .unwrap();
            let run = finish(child);
            assert_eq!(
                (run.code, &*run.stderr),
                (
                    Some(2),
                    "error: cannot write: No space left on device (os error 28)\n"
                ),
                "{command}"
            );
        }
    }
}

mod dump {
    use super::*;

    #[test]
    fn ok_groups_parameters_folds_and_lines_that_are_none() {
        let input = "BEGIN:VCARD\nVERSION:3.0\nitem1.tel;type=CELL,voice;TYPE=\"pref\":+1 415\n  555 0123\n\
                     no colon here\n\nNOTE:a\\, b\\nc\nEND:VCARD\njunk\n";
        let run = Place::new().pipe(&["dump"], input.as_bytes());
        assert_expected("dump-lines.json", run.text());
        assert_eq!(
            (run.code, &*run.stderr),
            (
                Some(0),
                "warning: <stdin>: 5 bytes between cards left out, from line 9, column 1 on\n"
            )
        );
    }

    #[test]
    fn ok_bytes_that_are_not_utf_8_are_all_there() {
        let mut input = b"BEGIN:VCARD\nVERSION:2.1\nN:Zo\xEB\nN;CHARSET=ISO-8859-1:Zo\xEB\n\
            NOTE;X-A=\xEB:a\n\xEB\nNOTE;QUOTED-PRINTABLE:=EB\nEND:VCARD\n"
            .to_vec();
        input.extend_from_slice(SIMPLE.as_bytes());
        let run = Place::new().pipe(&["dump", "-"], &input);
        assert_expected("dump-not-utf-8.json", run.text());
        assert_eq!((run.code, &*run.stderr), (Some(0), ""));
    }

    #[test]
    fn err_a_text_that_is_not_what_its_charset_says() {
        let input = b"BEGIN:VCARD\nVERSION:2.1\nN:Quist\nNOTE;CHARSET=UTF-8:J\xF6rn\nEND:VCARD\n";
        let run = Place::new().pipe(&["dump"], input);
        let error = r#""text":null,"text_error":"the value is not UTF-8 as its property says""#;
        assert!(run.text().contains(error), "{}", run.text());
    }

    #[test]
    fn ok_each_line_of_every_fixture_is_json_and_a_card() {
        for path in crate::common::fixtures() {
            let path = path.to_str().unwrap();
            let run = Place::new().run(&["dump", path]);
            let bytes = fs::read(path).unwrap();
            for line in run.text().lines() {
                let card: serde_json::Value = serde_json::from_str(line).unwrap();
                assert_eq!(card["file"], path);
                if run.stderr.contains("[utf-16]") {
                    continue;
                }
                for property in card["properties"].as_array().unwrap() {
                    let span: [usize; 2] =
                        serde_json::from_value(property["span"].clone()).unwrap();
                    let raw = String::from_utf8_lossy(&bytes[span[0]..span[1]]);
                    assert!(raw.contains(property["raw"].as_str().unwrap()), "{path}");
                }
            }
        }
    }

    #[test]
    fn ok_files_and_directories() {
        let place = Place::with(&[
            ("book/b.VCF", SIMPLE.as_bytes()),
            ("book/a/c.vcf", SIMPLE.as_bytes()),
            ("book/a/readme.txt", b"no card"),
            ("one", SIMPLE.as_bytes()),
        ]);
        let run = place.run(&["dump", "one", "book"]);
        let files: Vec<_> = run
            .text()
            .lines()
            .map(|line| {
                let card: serde_json::Value = serde_json::from_str(line).unwrap();
                card["file"].as_str().unwrap().to_string()
            })
            .collect();
        assert_eq!(files, ["one", "book/a/c.vcf", "book/b.VCF"]);
    }

    #[test]
    fn ok_utf_16_is_converted() {
        for (little, name) in [(true, "UTF-16LE"), (false, "UTF-16BE")] {
            for mark in [true, false] {
                let input = utf_16(&SIMPLE.replace("Ada", "Zo\u{eb}"), little, mark);
                let run = Place::new().pipe(&["dump"], &input);
                let card: serde_json::Value = serde_json::from_str(run.text()).unwrap();
                assert_eq!(card["properties"][1]["text"], "Zo\u{eb} Quist");
                assert_eq!(card["position"]["byte"], 0);
                assert_eq!(
                    (run.code, &*run.stderr),
                    (
                        Some(0),
                        &*format!(
                            "note: <stdin>: [utf-16] converted from {name} to UTF-8; \
                             positions refer to the converted text\n"
                        )
                    )
                );
            }
        }
    }

    #[test]
    fn ok_utf_16_that_is_broken() {
        let mut input = utf_16(SIMPLE, true, true);
        input[60..62].copy_from_slice(&[0x00, 0xD8]);
        input.push(b'\r');
        let run = Place::new().pipe(&["dump"], &input);
        assert!(run.text().contains('\u{FFFD}'));
        assert!(
            run.stderr.contains(
                "warning: <stdin>: [utf-16] 2 code units are not valid UTF-16LE; \
                 U+FFFD stands in place of each\n"
            ),
            "{}",
            run.stderr
        );
    }

    #[test]
    fn err_card_larger_than_the_limit() {
        let large = format!(
            "BEGIN:VCARD\nVERSION:4.0\nNOTE:{}\nEND:VCARD\n{SIMPLE}",
            "x".repeat(17 << 20)
        );
        let run = Place::new().pipe(&["dump"], large.as_bytes());
        assert_eq!(run.text().lines().count(), 1);
        assert_eq!(
            (run.code, &*run.stderr),
            (
                Some(2),
                "error: <stdin>: card left out: line 1, column 1: card is larger than the limit of 16777216\n"
            )
        );
        let run = Place::new().pipe(&["dump", "--no-limits"], large.as_bytes());
        assert_eq!(run.text().lines().count(), 2);
        assert_eq!((run.code, &*run.stderr), (Some(0), ""));
    }
}

mod format {
    use super::*;

    const TIDY: &str = "begin:vcard\r\nVERSION:3.0\r\nitem1.fn:Zo\u{eb} Quist\r\nN:Quist;Zo\u{eb};;;\r\nEND:VCARD\r\n";

    #[test]
    fn ok_to_standard_output() {
        let run = Place::new().pipe(&["format"], format!("\u{feff}{UNTIDY}").as_bytes());
        assert_eq!(run.text(), TIDY);
        assert_eq!((run.code, &*run.stderr), (Some(0), ""));
    }

    #[test]
    fn ok_says_what_is_left_out() {
        let input = format!("{SIMPLE}some words\nmore\n{SIMPLE}");
        let run = Place::new().pipe(&["format"], input.as_bytes());
        assert_eq!(run.text(), SIMPLE.repeat(2));
        assert_eq!(
            (run.code, &*run.stderr),
            (
                Some(0),
                "warning: <stdin>: 16 bytes between cards left out, from line 6, column 1 on\n"
            )
        );
    }

    #[test]
    fn ok_writes_commas_and_circumflexes_as_asked() {
        let of = |version: &str, url: &str, label: &str| {
            format!(
                "BEGIN:VCARD\r\nVERSION:{version}\r\nFN:A\r\nN:A;;;;\r\n{url}\r\n{label}END:VCARD\r\n"
            )
        };
        let bare = "ADR;LABEL=1 Elm^nOdda:;;1 Elm;Odda;;;\r\n";
        let quoted = "ADR;LABEL=\"1 Elm^nOdda\":;;1 Elm;Odda;;;\r\n";
        let format = |arguments: &[&str], input: &str| {
            let all: Vec<&str> = ["format"].iter().chain(arguments).copied().collect();
            let run = Place::new().pipe(&all, input.as_bytes());
            assert_eq!((run.code, &*run.stderr), (Some(0), ""), "{all:?}");
            run.text().to_owned()
        };
        let (plain, escaped) = ("URL:https://a.example/1,2", "URL:https://a.example/1\\,2");
        let card = of("4.0", plain, bare);
        assert_eq!(format(&[], &card), card);
        assert_eq!(format(&["--uri-commas", "plain"], &card), card);
        for how in ["escaped", "declared", "carddav"] {
            assert_eq!(
                format(&["--uri-commas", how], &card),
                of("4.0", escaped, bare),
                "{how}"
            );
        }
        let other = of("4.0", escaped, bare);
        assert_eq!(format(&["--uri-commas", "vcard4-bis"], &other), card);
        assert_eq!(
            format(&["--quote-circumflexes"], &card),
            of("4.0", plain, quoted)
        );
        let (plain, escaped) = ("IMPP:xmpp:a,b@a.example", "IMPP:xmpp:a\\,b@a.example");
        let card = of("3.0", plain, "");
        assert_eq!(
            format(&["--uri-commas", "carddav"], &card),
            of("3.0", escaped, "")
        );
        assert_eq!(format(&["--uri-commas", "apple"], &card), card);
        let run = Place::new().pipe(&["format", "--uri-commas", "x"], b"");
        assert_eq!(run.code, Some(2));
    }

    #[test]
    fn ok_check_names_what_would_change() {
        let place = Place::with(&[
            ("tidy.vcf", SIMPLE.as_bytes()),
            ("untidy.vcf", UNTIDY.as_bytes()),
        ]);
        let run = place.run(&["format", "--check", "tidy.vcf"]);
        assert_eq!((run.code, run.text(), &*run.stderr), (Some(0), "", ""));
        let run = place.run(&["format", "--check", "."]);
        assert_eq!(
            (run.code, run.text(), &*run.stderr),
            (Some(1), "./untidy.vcf\n", "")
        );
        assert_eq!(place.read("untidy.vcf"), UNTIDY.as_bytes());
    }

    #[cfg(unix)]
    #[test]
    fn ok_in_place_keeps_permissions_links_and_tidy_files() {
        use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
        let place = Place::with(&[
            ("real.vcf", UNTIDY.as_bytes()),
            ("tidy.vcf", SIMPLE.as_bytes()),
        ]);
        let real = place.path("real.vcf");
        fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
        symlink(&real, place.path("link.vcf")).unwrap();
        let tidy = fs::metadata(place.path("tidy.vcf")).unwrap();

        let run = place.run(&["format", "--in-place", "link.vcf", "tidy.vcf"]);
        assert_eq!((run.code, run.text(), &*run.stderr), (Some(0), "", ""));
        assert_eq!(place.read("real.vcf"), TIDY.as_bytes());
        assert_eq!(
            fs::metadata(&real).unwrap().permissions().mode() & 0o777,
            0o640
        );
        assert!(
            fs::symlink_metadata(place.path("link.vcf"))
                .unwrap()
                .is_symlink()
        );
        let after = fs::metadata(place.path("tidy.vcf")).unwrap();
        assert_eq!(
            (tidy.ino(), tidy.mtime_nsec()),
            (after.ino(), after.mtime_nsec())
        );
        assert_eq!(place.names(), ["link.vcf", "real.vcf", "tidy.vcf"]);
        let run = place.run(&["format", "--check", "."]);
        assert_eq!((run.code, run.text()), (Some(0), ""));
    }

    #[test]
    fn err_in_place_loses_no_card() {
        let large = format!(
            "{UNTIDY}END:VCARD\nBEGIN:VCARD\nVERSION:4.0\nNOTE:{}\nEND:VCARD\n",
            "x".repeat(17 << 20)
        );
        let place = Place::with(&[("large.vcf", large.as_bytes())]);
        let run = place.run(&["format", "--in-place", "large.vcf"]);
        assert_eq!(
            (run.code, &*run.stderr),
            (
                Some(2),
                "error: large.vcf: card left out: line 8, column 1: card is larger than the limit of 16777216\n"
            )
        );
        assert!(place.read("large.vcf") == large.as_bytes());
        assert_eq!(place.names(), ["large.vcf"]);
    }

    #[test]
    fn ok_utf_16_becomes_utf_8_in_place() {
        let place = Place::with(&[("a.vcf", &utf_16(SIMPLE, false, true))]);
        let run = place.run(&["format", "--in-place", "a.vcf"]);
        assert_eq!(run.code, Some(0));
        assert_eq!(place.read("a.vcf"), SIMPLE.as_bytes());
    }

    /// Cards that are not laid out alike twice, and why.
    #[test]
    fn ok_every_fixture_twice_is_once() {
        for path in crate::common::fixtures() {
            let once = Place::new().run(&["format", path.to_str().unwrap()]);
            let twice = Place::new().pipe(&["format", "--check"], &once.stdout);
            assert_eq!(twice.code, Some(0), "{}", path.display());
        }
    }

    #[test]
    fn err_wrong_command_lines() {
        let place = Place::with(&[("a.vcf", UNTIDY.as_bytes())]);
        let run = place.pipe(&["format", "--in-place", "-"], b"");
        assert_eq!(
            (run.code, &*run.stderr),
            (
                Some(2),
                "error: --in-place needs files; it cannot be used with standard input\n"
            )
        );
        let run = place.run(&["format", "--in-place", "--check", "a.vcf"]);
        assert_eq!(run.code, Some(2));
        let run = place.run(&["copy", "-", "-"]);
        assert_eq!(
            (run.code, &*run.stderr),
            (Some(2), "error: standard input can be read only once\n")
        );
        assert_eq!(place.read("a.vcf"), UNTIDY.as_bytes());
    }
}

mod check {
    use super::*;

    /// One card without a fault, one with several, and something between them.
    const FAULTY: &str = "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Ada Quist\r\nEND:VCARD\r\n\
        some words\r\nand more\r\n\
        BEGIN:VCARD\r\nFN:Zo\u{eb} Quist\r\nVERSION:4.0\r\nNOTE:this is private\r\n\
        TEL +1 415 555 0123\r\nNOTE:\u{7}bell\r\nEMAIL:zoe@example.com\r\n\
        NOTE:xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\
        xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\r\n";

    #[test]
    fn ok_findings_for_people() {
        let place = Place::with(&[("faulty.vcf", FAULTY.as_bytes())]);
        let run = place.run(&["check", "faulty.vcf"]);
        assert_expected("check.txt", run.text());
        assert_eq!(
            (run.code, &*run.stderr),
            (
                Some(1),
                "2 cards in 1 file: 4 errors, 2 warnings, 0 infos\n"
            )
        );
        // The line after a faulty one is somebody's own.
        let run = place.run(&["check", "faulty.vcf", "--allow", "junk-outside-card"]);
        assert!(!run.text().contains("private") && !run.text().contains("zoe@"));
    }

    #[test]
    fn ok_findings_as_json() {
        let run = Place::new().pipe(&["check", "--format", "json"], FAULTY.as_bytes());
        assert_expected("check.json", run.text());
        assert_eq!(run.code, Some(1));
        for line in run.text().lines() {
            let finding: serde_json::Value = serde_json::from_str(line).unwrap();
            let keys: Vec<_> = finding.as_object().unwrap().keys().cloned().collect();
            let mut expected = [
                "file",
                "card",
                "rule",
                "severity",
                "section",
                "byte_start",
                "byte_end",
                "line",
                "column",
                "message",
                "count",
                "fix",
            ];
            expected.sort_unstable();
            let mut keys = keys;
            keys.sort();
            assert_eq!(keys, expected);
        }
    }

    #[test]
    fn ok_findings_as_sarif() {
        let place = Place::with(&[("my cards/faulty.vcf", FAULTY.as_bytes())]);
        let run = place.run(&["check", "--format", "sarif", "my cards"]);
        let mut sarif: serde_json::Value = serde_json::from_str(run.text()).unwrap();
        assert_eq!(sarif["version"], "2.1.0");
        let rules = sarif["runs"][0]["tool"]["driver"]["rules"].take();
        let rules: Vec<_> = rules
            .as_array()
            .unwrap()
            .iter()
            .map(|rule| &rule["id"])
            .collect();
        for result in sarif["runs"][0]["results"].as_array().unwrap() {
            assert!(rules.contains(&&result["ruleId"]));
        }
        // Members have no order, and come in one or the other by the features of the build.
        sarif.sort_all_objects();
        let results = serde_json::to_string_pretty(&sarif["runs"][0]["results"]).unwrap();
        assert_expected("check.sarif", &format!("{results}\n"));
        assert_eq!(run.code, Some(1));
        let none = place.pipe(&["check", "--format", "sarif"], SIMPLE.as_bytes());
        let sarif: serde_json::Value = serde_json::from_str(none.text()).unwrap();
        assert_eq!(sarif["runs"][0]["results"], serde_json::json!([]));
        assert_eq!(none.code, Some(0));
    }

    #[test]
    fn ok_every_finding_beside_a_fixture() {
        let mut compared = 0;
        for path in crate::common::fixtures() {
            let Ok(expected) = fs::read_to_string(path.with_extension("findings")) else {
                continue;
            };
            if path.parent().unwrap().ends_with("utf-16") {
                continue;
            }
            let profile = crate::common::profile_of(&path).to_string();
            let path_text = path.to_str().unwrap();
            let run =
                Place::new().run(&["check", "--format=json", "--profile", &profile, path_text]);
            let mut found = String::new();
            for line in run.text().lines() {
                let finding: serde_json::Value = serde_json::from_str(line).unwrap();
                let text = |key: &str| finding[key].as_str().unwrap().to_string();
                found.push_str(&format!(
                    "{} {} {}:{} {}..{}",
                    text("severity"),
                    text("rule"),
                    finding["line"],
                    finding["column"],
                    finding["byte_start"],
                    finding["byte_end"],
                ));
                found.push_str(&format!(" {}", text("message")));
                if finding["count"] != 1 {
                    found.push_str(&format!(" ({} times)", finding["count"]));
                }
                found.push('\n');
            }
            assert_eq!(found, expected, "{}", path.display());
            compared += 1;
        }
        assert!(compared > 100, "{compared}");
    }

    #[test]
    fn ok_clean_files_and_standard_input() {
        let place = Place::with(&[("a.vcf", SIMPLE.as_bytes()), ("b.vcf", SIMPLE.as_bytes())]);
        let run = place.run(&["check", "a.vcf", "b.vcf"]);
        assert_eq!(
            (run.code, run.text(), &*run.stderr),
            (
                Some(0),
                "",
                "2 cards in 2 files: 0 errors, 0 warnings, 0 infos\n"
            )
        );
        let run = place.pipe(&["check", "--quiet"], SIMPLE.as_bytes());
        assert_eq!((run.code, run.text(), &*run.stderr), (Some(0), "", ""));
    }

    #[test]
    fn ok_warnings_alone_are_no_failure_unless_denied() {
        let input = format!("\u{feff}{SIMPLE}");
        let place = Place::new();
        let run = place.pipe(&["check", "--format=json"], input.as_bytes());
        assert!(run.text().contains(r#""severity":"warning""#));
        assert_eq!(run.code, Some(0));
        let deny = ["check", "--format=json", "--deny=byte-order-mark"];
        let run = place.pipe(&deny, input.as_bytes());
        assert!(run.text().contains(r#""severity":"error""#));
        assert_eq!(run.code, Some(1));
        let run = place.pipe(&["check", "--deny", "warnings"], input.as_bytes());
        assert_eq!(run.code, Some(1));
        let run = place.pipe(&["check", "--deny", "warnings"], SIMPLE.as_bytes());
        assert_eq!(run.code, Some(0));
        let run = place.pipe(&["check", "--allow", "byte-order-mark"], input.as_bytes());
        assert_eq!((run.code, run.text()), (Some(0), ""));
        let run = place.pipe(&["check", "--allow", "no-such-rule"], input.as_bytes());
        assert_eq!(
            (run.code, run.text(), &*run.stderr),
            (
                Some(2),
                "",
                "error: invalid value 'no-such-rule' for '--allow <RULE>'\n\n  \
                 tip: `vcardinal explain --list` prints all rules\n\n\
                 For more information, try '--help'.\n"
            )
        );
    }

    #[test]
    fn ok_profile() {
        let card = "BEGIN:VCARD\r\nFN:A\r\nN:A;;;;\r\nVERSION:3.0\r\nEND:VCARD\r\n";
        let place = Place::new();
        assert_eq!(place.pipe(&["check"], card.as_bytes()).code, Some(0));
        let run = place.pipe(&["check", "--profile", "rfc6350"], card.as_bytes());
        assert_eq!(run.code, Some(1));
        let run = place.pipe(&["check", "--profile", "rfc1"], card.as_bytes());
        assert_eq!(run.code, Some(2));
    }

    #[test]
    fn err_missing_file_is_worse_than_a_finding() {
        let place = Place::with(&[("faulty.vcf", FAULTY.as_bytes())]);
        let run = place.run(&["check", "missing.vcf", "faulty.vcf", "--format", "json"]);
        assert_eq!(run.code, Some(2));
        assert_eq!(run.text().lines().count(), 6);
        assert_eq!(
            run.stderr,
            "error: missing.vcf: No such file or directory (os error 2)\n\
             2 cards in 1 file: 4 errors, 2 warnings, 0 infos\n"
        );
    }

    #[test]
    fn ok_card_larger_than_the_limit_is_a_finding() {
        let large = format!(
            "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:A\r\nNOTE:{}\r\nEND:VCARD\r\n{SIMPLE}",
            "x".repeat(17 << 20)
        );
        let place = Place::new();
        let run = place.pipe(&["check", "--format", "json"], large.as_bytes());
        assert!(run.text().contains(r#""rule":"limit-exceeded""#), "{run:?}");
        assert_eq!(run.code, Some(1));
        let arguments = ["check", "--no-limits", "--format=json"];
        let run = place.pipe(&arguments, large.as_bytes());
        assert!(run.text().contains(r#""rule":"line-too-long""#));
        assert_eq!(run.code, Some(0));
    }

    #[test]
    fn ok_utf_16() {
        let place = Place::with(&[("wide.vcf", &utf_16(FAULTY, true, true))]);
        let run = place.run(&["check", "wide.vcf", "--allow=line-too-long"]);
        assert_expected("check-utf-16.txt", run.text());
    }

    #[test]
    fn ok_nothing_steers_a_terminal() {
        let input = b"BEGIN:VCARD\r\nVERSION:4.0\r\nFN:\x1B[31mred\xFF\r\n\x1B]0;title\x07\r\nEND:VCARD\r\n";
        let place = Place::with(&[("a\u{1b}[31m.vcf", input)]);
        for command in ["check", "format"] {
            let run = place.run(&[command, "."]);
            if command == "check" {
                assert!(run.text().contains("control-character"));
                assert!(!run.text().contains('\u{1b}') && !run.text().contains('\u{7}'));
            }
            assert!(!run.stderr.contains('\u{1b}'));
        }
    }

    #[test]
    fn ok_colors_when_asked_for() {
        let place = Place::new();
        for (arguments, variable, colored) in [
            (&["check"][..], None, false),
            (&["check", "--color", "always"], None, true),
            (
                &["check", "--color", "never"],
                Some("CLICOLOR_FORCE"),
                false,
            ),
            (&["check"], Some("CLICOLOR_FORCE"), true),
            (&["check"], Some("NO_COLOR"), false),
        ] {
            let mut command = place.command(arguments);
            if let Some(variable) = variable {
                command.env(variable, "1");
            }
            let mut child = command.stdin(Stdio::piped()).spawn().unwrap();
            let mut stdin = child.stdin.take().unwrap();
            stdin.write_all(FAULTY.as_bytes()).unwrap();
            drop(stdin);
            let run = finish(child);
            assert_eq!(
                run.text().contains('\u{1b}'),
                colored,
                "{arguments:?} {variable:?}"
            );
            assert!(run.text().contains("<stdin>:9:1"));
        }
    }

    #[test]
    fn ok_nobody_reads_the_findings() {
        let place = Place::with(&[("large.vcf", FAULTY.repeat(2000).as_bytes())]);
        for format in ["human", "json", "sarif"] {
            let mut child = place
                .command(&["check", "large.vcf", "--format", format])
                .spawn()
                .unwrap();
            let mut stdout = child.stdout.take().unwrap();
            stdout.read_exact(&mut [0; 10]).unwrap();
            drop(stdout);
            let run = finish(child);
            assert_eq!(&*run.stderr, "", "{format}");
            // SARIF begins with more than a pipe holds, before there is any finding.
            assert!(matches!(run.code, Some(0 | 1)), "{format}");
        }
    }
}

mod explain {
    use super::*;

    #[test]
    fn ok_rules_and_properties() {
        let run = Place::new().run(&["explain", "version-late", "TEL", "adr", "X-Spouse"]);
        assert_expected("explain.txt", run.text());
        assert_eq!((run.code, &*run.stderr), (Some(0), ""));
    }

    #[test]
    fn ok_list() {
        let run = Place::new().run(&["explain", "--list"]);
        let rules = vcardinal::validate::rules();
        assert_eq!(run.text().lines().count(), rules.len());
        for (line, rule) in run.text().lines().zip(rules) {
            assert_eq!(line.split_whitespace().nth(1), Some(rule.id));
            let alone = Place::new().run(&["explain", rule.id]);
            let words: Vec<_> = alone.text().split_whitespace().collect();
            let expected = format!("{} {}", rule.id, rule.summary);
            assert!(words.join(" ").starts_with(&expected));
        }
    }

    #[test]
    fn err_no_such_rule() {
        let run = Place::new().run(&["explain", "no-such"]);
        assert_eq!(
            (run.code, run.text(), &*run.stderr),
            (
                Some(2),
                "",
                "error: there is no rule and no property `no-such`; \
                 `vcardinal explain --list` prints all rules\n"
            )
        );
        assert_eq!(Place::new().run(&["explain"]).code, Some(2));
    }
}

#[cfg(target_os = "linux")]
mod memory {
    use super::*;

    /// Runs a command with so much address space, the program's own code included.
    fn run_in(kilobytes: u32, command: &str, place: &Place) -> (Option<i32>, String) {
        let script = format!(
            "ulimit -v {kilobytes}; exec {} {command} > /dev/null",
            env!("CARGO_BIN_EXE_vcardinal")
        );
        let output = Command::new("sh")
            .args(["-c", &script])
            .current_dir(place.0.path())
            .output()
            .unwrap();
        (
            output.status.code(),
            String::from_utf8(output.stderr).unwrap(),
        )
    }

    /// A diff holds the lines of a few cards, or, where no line feed ends them, up to 32 MiB of the file and as
    /// many of what it would become.
    #[test]
    fn ok_a_diff_is_bounded() {
        let place = Place::new();
        let write = |name: &str, card: &str, size: usize| {
            let mut file = fs::File::create(place.path(name)).unwrap();
            let many = card.repeat(1_000);
            for _ in 0..size / many.len() {
                file.write_all(many.as_bytes()).unwrap();
            }
        };
        let note = format!("NOTE:{}\r\nEND:VCARD", "some words ".repeat(400));
        let clean = SIMPLE.replace("END:VCARD", &note);
        let bad = clean.replace("NOTE:", "REV:1996-10-22T14:00:00Z\r\nNOTE:");
        write("clean.vcf", &clean, 40 << 20);
        write("bad.vcf", &bad, 40 << 20);
        write("cr.vcf", &clean.replace("\r\n", "\r"), 100 << 20);
        for (file, kilobytes, code) in [
            ("clean.vcf", 32_768, 0),
            ("bad.vcf", 32_768, 1),
            ("cr.vcf", 204_800, 0),
        ] {
            let command =
                format!("check --fix --dry-run --quiet --allow bare-carriage-return {file}");
            let (was, stderr) = run_in(kilobytes, &command, &place);
            assert_eq!(was, Some(code), "{file}: {stderr}");
        }
    }

    /// A file of 40 MiB in 32 MiB of address space, the program's own code included.
    #[test]
    fn ok_constant() {
        let place = Place::new();
        let note = format!("NOTE:{}\r\nEND:VCARD", "some words ".repeat(400));
        let card = SIMPLE.replace("END:VCARD", &note);
        let wide = utf_16(&card, true, false);
        for (name, bytes) in [("large.vcf", card.as_bytes()), ("wide.vcf", &wide)] {
            let mut file = fs::File::create(place.path(name)).unwrap();
            for _ in 0..(40 << 20) / bytes.len() {
                file.write_all(bytes).unwrap();
            }
        }
        for command in [
            "copy",
            "dump",
            "format --check",
            "check --quiet --allow utf-16",
        ] {
            for file in ["large.vcf", "wide.vcf"] {
                let (code, stderr) = run_in(32_768, &format!("{command} {file}"), &place);
                let changes = command == "format --check";
                assert_eq!(code, Some(i32::from(changes)), "{command} {file}: {stderr}");
            }
        }
    }
}

mod help {
    use super::*;

    #[test]
    fn ok_help_of_every_command() {
        let place = Place::new();
        for command in COMMANDS {
            let (name, arguments) = match *command {
                "" => (String::from("help"), vec!["--help"]),
                command => (format!("help-{command}"), vec![command, "--help"]),
            };
            let mut command_line = place.command(&arguments);
            let run = finish(command_line.env("COLUMNS", "100").spawn().unwrap());
            assert_eq!((run.code, &*run.stderr), (Some(0), ""));
            assert_expected(&format!("{name}.txt"), run.text());
        }
    }

    const COMMANDS: &[&str] = &[
        "", "check", "dump", "format", "copy", "convert", "explain", "contact", "phone", "email",
        "send",
    ];

    #[test]
    fn ok_completions() {
        for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
            let run = Place::new().run(&["completions", shell]);
            assert_eq!((run.code, &*run.stderr), (Some(0), ""));
            assert!(run.text().contains("in-place"), "{shell}");
        }
    }
}
