//! What several tests share: where the cards are, how random ones are made, and laws that fuzz targets hold too.
#![allow(dead_code, reason = "no test uses all of it")]

pub mod any_cards;
pub mod any_value;
pub mod cards;
pub mod cases;
pub mod choices;
#[cfg(feature = "serde")]
pub mod contact_laws;
#[cfg(feature = "convert")]
pub mod convert_laws;
pub mod damage;
#[cfg(all(feature = "jcard", feature = "xcard", feature = "jscontact"))]
pub mod format_laws;
pub mod growth;
pub mod hostile;
#[cfg(feature = "jscontact")]
pub mod jscontact_cards;
#[cfg(feature = "base64")]
pub mod laws;
pub mod reading;
#[cfg(feature = "sign")]
pub mod receive_laws;
#[cfg(feature = "base64")]
pub mod set_laws;
pub mod spec;
#[cfg(feature = "base64")]
pub mod stage_laws;
pub mod value_laws;

use std::path::{Path, PathBuf};

use vcardinal::validate::Profile;

/// Every file under `fixtures/` that ends in `.vcf`, in order.
pub fn fixtures() -> Vec<PathBuf> {
    files(Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures"))
}

/// What a fixture is held against: its name may say a profile.
pub fn profile_of(file: &Path) -> Profile {
    let name = file.file_stem().unwrap().to_str().unwrap();
    Profile::ALL
        .into_iter()
        .filter(|profile| *profile != Profile::Declared)
        .find(|profile| name.contains(profile.as_str()))
        .unwrap_or_default()
}

/// Every `.vcf` file of the corpus that the environment variable `VCARD_CORPUS` names; says so
/// when there is none.
pub fn corpus() -> Vec<PathBuf> {
    match std::env::var_os("VCARD_CORPUS") {
        Some(folder) => {
            let files = files(PathBuf::from(&folder).join("files"));
            assert!(
                !files.is_empty(),
                "no cards in VCARD_CORPUS={}",
                folder.display()
            );
            files
        }
        None => {
            eprintln!("skipped the corpus: VCARD_CORPUS is not set");
            Vec::new()
        }
    }
}

fn files(root: PathBuf) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "vcf") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}
