//! Fills `fuzz/corpus/*` from `fixtures/` and `fuzz/seeds/`: `cargo run --example seed` in this folder.

use std::fs;
use std::path::{Path, PathBuf};

fn main() -> std::io::Result<()> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = files(here.join("../fixtures"))?;
    for target in [
        "lines",
        "cards",
        "edits",
        "builds",
        "typed",
        "findings",
        "contact",
        "receive",
        "canonical",
        "set",
        "converts",
        "formats",
        "jcard",
        "xcard",
        "jscontact",
    ] {
        let folder = here.join("corpus").join(target);
        fs::create_dir_all(&folder)?;
        // Its own, which are whole inputs.
        let own = here.join("seeds").join(target);
        if own.is_dir() {
            for entry in fs::read_dir(own)? {
                let entry = entry?;
                fs::copy(entry.path(), folder.join(entry.file_name()))?;
            }
        }
        if target == "receive" {
            continue;
        }
        if ["jcard", "xcard", "jscontact"].contains(&target) {
            in_format(target, &files, &folder)?;
            continue;
        }
        for (number, path) in files.iter().enumerate() {
            let mut bytes = fs::read(path)?;
            if bytes.len() > 4096 {
                continue;
            }
            if target == "contact" {
                bytes.insert(0, 0);
                fs::write(folder.join(format!("fixture-{number:04}")), bytes)?;
                continue;
            }
            // Each with other line endings too.
            for (ending, name) in [("\r\n", "crlf"), ("\n", "lf"), ("\r", "cr")] {
                if let Ok(text) = std::str::from_utf8(&bytes) {
                    let text = text.replace("\r\n", "\n").replace('\n', ending) + "\0";
                    fs::write(folder.join(format!("{name}-{number:04}")), text)?;
                }
            }
            // Decisions that differ from seed to seed, and how many they are.
            let decisions = (number % 64) as u8;
            bytes.extend((0..decisions).map(|at| {
                (number as u8)
                    .wrapping_mul(31)
                    .wrapping_add(at.wrapping_mul(87))
            }));
            bytes.push(decisions);
            if target == "builds" {
                bytes.drain(..bytes.len().saturating_sub(400));
            }
            fs::write(folder.join(format!("fixture-{number:04}")), bytes)?;
        }
    }
    println!("{} fixtures", files.len());
    Ok(())
}

/// Fixtures in another format, as far as they are small.
#[cfg(feature = "charset")]
fn in_format(target: &str, files: &[PathBuf], folder: &Path) -> std::io::Result<()> {
    use vcardinal::{CardReader, jcard, jscontact, xcard};

    for (number, path) in files.iter().enumerate() {
        let bytes = fs::read(path)?;
        for card in CardReader::from_slice(&bytes).flatten().take(1) {
            let text = match target {
                "jcard" => jcard::to_string(&card),
                "xcard" => xcard::to_string([&card]),
                _ => jscontact::to_string(&card),
            };
            if let Ok(text) = text
                && text.len() <= 4096
            {
                fs::write(folder.join(format!("fixture-{number:04}")), text)?;
            }
        }
    }
    Ok(())
}

/// Which cannot be read without conversions.
#[cfg(not(feature = "charset"))]
fn in_format(_: &str, _: &[PathBuf], _: &Path) -> std::io::Result<()> {
    Ok(())
}

fn files(root: PathBuf) -> std::io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![root];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "vcf") {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}
