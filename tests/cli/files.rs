//! What `format --in-place` and `check --fix` do to files and folders: all that a file has besides its
//! content stays, and whatever ends the program, the file is the old or the new one, alone in its folder.
#![cfg(unix)]

use std::os::unix::fs::{FileTypeExt, MetadataExt, PermissionsExt, symlink};
use std::time::{Duration, Instant};

use super::*;

const IN_PLACE: [&[&str]; 2] = [
    &["format", "--in-place"],
    &["check", "--fix", "--no-backup", "-q"],
];

#[test]
fn ok_mode_owner_group_and_attributes_stay() {
    for command in IN_PLACE {
        let place = Place::with(&[("a.vcf", UNTIDY.as_bytes())]);
        let path = place.path("a.vcf");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        // Only the superuser may give files away, and not all file systems have attributes.
        let given = std::os::unix::fs::chown(&path, Some(1234), Some(4321)).is_ok();
        let marked = xattr::set(&path, "user.origin", b"a phone").is_ok();
        let run = place.run(&[command, &["a.vcf"]].concat());
        assert!(run.code.is_some_and(|code| code < 2), "{}", run.stderr);
        assert_ne!(place.read("a.vcf"), UNTIDY.as_bytes());
        let metadata = fs::metadata(&path).unwrap();
        assert_eq!(metadata.permissions().mode() & 0o7777, 0o640);
        if given {
            assert_eq!((metadata.uid(), metadata.gid()), (1234, 4321));
        }
        if marked {
            let value = xattr::get(&path, "user.origin").unwrap();
            assert_eq!(value.as_deref(), Some(&b"a phone"[..]));
        }
        assert_eq!(place.names(), ["a.vcf"]);
    }
}

#[test]
fn ok_a_hard_link_is_parted_with_a_word() {
    for command in IN_PLACE {
        let place = Place::with(&[("a.vcf", UNTIDY.as_bytes())]);
        fs::hard_link(place.path("a.vcf"), place.path("b.vcf")).unwrap();
        let run = place.run(&[command, &["a.vcf"]].concat());
        assert!(
            run.stderr.contains(
                "note: a.vcf: the old file has 1 other name (a hard link), which keep the old content"
            ),
            "{}",
            run.stderr
        );
        assert_eq!(place.read("b.vcf"), UNTIDY.as_bytes());
        assert_ne!(place.read("a.vcf"), UNTIDY.as_bytes());
        let again = place.run(&[command, &["a.vcf"]].concat());
        assert!(!again.stderr.contains("hard link"), "{}", again.stderr);
    }
}

/// Everything that a folder can have, at any depth; for every command that takes folders.
#[test]
fn ok_what_is_not_a_regular_file_is_passed_over() {
    let outside = Place::with(&[("outside.vcf", UNTIDY.as_bytes())]);
    let place = Place::with(&[("folder/deep/a.vcf", UNTIDY.as_bytes())]);
    for folder in ["folder", "folder/deep"] {
        let folder = place.path(folder);
        let status = Command::new("mkfifo").arg(folder.join("fifo.vcf")).status();
        assert!(status.unwrap().success());
        let socket = std::os::unix::net::UnixListener::bind(folder.join("socket.vcf")).unwrap();
        drop(socket);
        assert!(
            fs::metadata(folder.join("socket.vcf"))
                .unwrap()
                .file_type()
                .is_socket()
        );
        symlink(outside.path("outside.vcf"), folder.join("link.vcf")).unwrap();
        symlink(outside.path(""), folder.join("folder.vcf")).unwrap();
        symlink("/dev/zero", folder.join("device.vcf")).unwrap();
        symlink(folder.join("fifo.vcf"), folder.join("pipe.vcf")).unwrap();
    }
    for command in [
        &["check", "-q"][..],
        &["check", "--fix", "--dry-run"],
        &["dump"],
        &["copy"],
        &["format"],
        &["format", "--check"],
        &["contact"],
        &["convert", "--to=3.0"],
        &["convert", "--to=jscontact"],
        &["check", "--fix", "--no-backup", "-q"],
        &["format", "--in-place"],
    ] {
        let began = Instant::now();
        let run = place.run(&[command, &["folder"]].concat());
        assert!(began.elapsed() < Duration::from_secs(60), "{command:?}");
        for name in ["fifo", "socket", "link", "folder", "device", "pipe"] {
            for folder in ["folder", "folder/deep"] {
                let note = format!("note: skipped {folder}/{name}.vcf: it is ");
                assert!(
                    run.stderr.contains(&note),
                    "{command:?}: {name}: {}",
                    run.stderr
                );
            }
        }
    }
    assert_ne!(place.read("folder/deep/a.vcf"), UNTIDY.as_bytes());
    assert_eq!(outside.read("outside.vcf"), UNTIDY.as_bytes());
    assert_eq!(outside.names(), ["outside.vcf"]);
    // One that is named is followed, and stays a link.
    place.run(&["format", "--in-place", "folder/link.vcf"]);
    assert_ne!(outside.read("outside.vcf"), UNTIDY.as_bytes());
    assert!(
        fs::symlink_metadata(place.path("folder/link.vcf"))
            .unwrap()
            .is_symlink()
    );
}

/// A pipe that is named is read to its end.
#[test]
fn ok_a_pipe_that_is_named_is_read() {
    let place = Place::new();
    let status = Command::new("mkfifo").arg(place.path("a.vcf")).status();
    assert!(status.unwrap().success());
    for command in [&["check", "-q"][..], &["copy"], &["convert", "--to=4.0"]] {
        let child = place
            .command(&[command, &["a.vcf"]].concat())
            .spawn()
            .unwrap();
        // Waits for the program to open it.
        fs::write(place.path("a.vcf"), SIMPLE).unwrap();
        let run = finish(child);
        assert_eq!(
            (run.code, &*run.stderr),
            (
                Some(0),
                match command[0] {
                    "convert" => "1 card converted to 4.0: nothing lost\n",
                    _ => "",
                }
            ),
            "{command:?}"
        );
        if command[0] == "copy" {
            assert_eq!(run.stdout, SIMPLE.as_bytes());
        }
    }
    assert!(
        fs::metadata(place.path("a.vcf"))
            .unwrap()
            .file_type()
            .is_fifo()
    );
}

/// As the help says: what cannot be written to is replaced where its folder can be, and stays so.
#[test]
fn ok_a_file_that_cannot_be_written_to_is_replaced() {
    for command in IN_PLACE {
        let place = Place::with(&[("a.vcf", UNTIDY.as_bytes())]);
        fs::set_permissions(place.path("a.vcf"), fs::Permissions::from_mode(0o444)).unwrap();
        let run = place.run(&[command, &["a.vcf"]].concat());
        assert!(run.code.is_some_and(|code| code < 2), "{}", run.stderr);
        assert_ne!(place.read("a.vcf"), UNTIDY.as_bytes());
        let mode = fs::metadata(place.path("a.vcf"))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(
            (mode & 0o7777, place.names()),
            (0o444, vec![String::from("a.vcf")])
        );
    }
    for help in ["check", "format"] {
        let help = Place::new().run(&[help, "--help"]);
        let text = help.text().split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(
            text.contains(
                "A file that cannot be written to is replaced too, where its folder can be."
            ),
            "{text}"
        );
    }
}

/// Ends the program at moments all over its run; how often it was not through yet.
fn interrupt(
    command: &[&str],
    signal: &str,
    moments: u32,
    old: &[u8],
    new: &[u8],
    whole: Duration,
) -> u32 {
    let mut ended = 0;
    let mut state = 1 + signal.len() as u32;
    for moment in 0..moments {
        let place = Place::with(&[("a.vcf", old)]);
        let child = place
            .command(&[command, &["a.vcf"]].concat())
            .spawn()
            .unwrap();
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        std::thread::sleep(whole * (state >> 16) / 65_536);
        let signalled = Command::new("kill")
            .args([format!("-{signal}"), child.id().to_string()])
            .stderr(Stdio::null())
            .status();
        signalled.unwrap();
        let run = finish(child);
        ended += u32::from(run.code.is_none());
        let mut names = place.names();
        let bytes = place.read("a.vcf");
        let what = format!("{command:?}, {signal}, moment {moment}, {:?}", run.code);
        // No program can wait with SIGKILL until a whole new file, which has a name by then, is in its place.
        if signal == "KILL" {
            names.retain(|name| !(name.starts_with(".tmp") && place.read(name) == new));
        }
        assert!(
            bytes == old || bytes == new,
            "{what}: {} bytes",
            bytes.len()
        );
        assert!(
            run.code.is_none() || bytes == new,
            "{what}: ended by itself, yet nothing is done"
        );
        if !command.contains(&"--no-backup") && command.contains(&"--fix") && names.len() == 2 {
            assert_eq!(names, ["a.vcf", "a.vcf.orig"], "{what}");
            assert_eq!(place.read("a.vcf.orig"), old, "{what}");
        } else {
            assert_eq!(names, ["a.vcf"], "{what}");
        }
    }
    ended
}

/// Of each signal so many moments; `VCARD_SIGNALS` says another number.
#[test]
fn ok_a_signal_leaves_the_old_or_the_new_file_alone() {
    let moments = std::env::var("VCARD_SIGNALS").map_or(6, |moments| moments.parse().unwrap());
    let old = UNTIDY.repeat(4_000) + "END:VCARD\n";
    for command in [
        &["format", "--in-place"][..],
        &["check", "--fix", "--no-backup", "-q"],
        &["check", "--fix", "-q"],
        // It takes the place of the file that it reads.
        &["format", "--output=a.vcf"],
    ] {
        let place = Place::with(&[("a.vcf", old.as_bytes())]);
        let began = Instant::now();
        place.run(&[command, &["a.vcf"]].concat());
        let whole = began.elapsed();
        let new = place.read("a.vcf");
        assert_ne!(new, old.as_bytes());
        let mut ended = 0;
        for signal in ["HUP", "INT", "QUIT", "TERM", "KILL"] {
            ended += interrupt(command, signal, moments, old.as_bytes(), &new, whole);
        }
        assert!(ended > 0, "{command:?}: no moment was before its end");
    }
}

/// Whoever starts it with a signal ignored wants to have it ignored.
#[test]
fn ok_an_ignored_signal_stays_ignored() {
    let old = UNTIDY.repeat(2_000);
    let place = Place::with(&[("a.vcf", old.as_bytes())]);
    let program = env!("CARGO_BIN_EXE_vcardinal");
    let script = format!(
        "trap '' HUP; '{program}' format --in-place a.vcf & sleep 0.05; kill -HUP $!; wait $!"
    );
    let status = Command::new("sh")
        .arg("-c")
        .arg(script)
        .current_dir(place.path(""))
        .stderr(Stdio::null())
        .status();
    assert_eq!(status.unwrap().code(), Some(0));
    assert_ne!(place.read("a.vcf"), old.as_bytes());
    assert_eq!(place.names(), ["a.vcf"]);
}
