//! Fills `fuzz/corpus/*` from `fixtures/`: `cargo run --example seed` in this folder.

use std::fs;
use std::path::{Path, PathBuf};

fn main() -> std::io::Result<()> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = files(here.join("../fixtures"))?;
    for target in ["lines", "cards", "edits", "builds"] {
        let folder = here.join("corpus").join(target);
        fs::create_dir_all(&folder)?;
        for (number, path) in files.iter().enumerate() {
            let mut bytes = fs::read(path)?;
            if bytes.len() > 4096 {
                continue;
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
