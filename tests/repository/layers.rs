//! A stage knows only the stages before it: the `crate::` paths in its files say so.

use std::path::{Path, PathBuf};

/// What stages of other formats know.
const FORMATS: &[&str] = &[
    "syntax",
    "registry",
    "value",
    "card",
    "typed",
    "decomposed",
    "convert",
    "interchange",
];

/// What each stage may know, besides itself and the ground below all stages.
const STAGES: [(&str, &[&str]); 14] = [
    ("registry", &[]),
    ("syntax", &[]),
    ("value", &["syntax", "registry"]),
    ("card", &["syntax", "registry"]),
    ("typed", &["syntax", "registry", "value", "card"]),
    (
        "decomposed",
        &["syntax", "registry", "value", "card", "typed"],
    ),
    (
        "validate",
        &["syntax", "registry", "value", "card", "typed"],
    ),
    ("convert", &["syntax", "registry", "value", "card", "typed"]),
    ("interchange", FORMATS),
    ("jcard", FORMATS),
    ("xcard", FORMATS),
    (
        "jscontact",
        &[
            "syntax",
            "registry",
            "value",
            "card",
            "typed",
            "decomposed",
            "convert",
            "interchange",
        ],
    ),
    ("contact", &["syntax", "registry", "value", "card", "typed"]),
    (
        "send_contact",
        &[
            "syntax", "registry", "value", "card", "typed", "contact", "validate",
        ],
    ),
];

/// Knows no stage, known to all.
const GROUND: [&str; 5] = ["error", "limits", "position", "version", "word"];

fn source_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(path);
            }
        }
    }
    files
}

/// The first words after `crate::`, outside of tests and documentation.
fn known_modules(source: &str) -> Vec<String> {
    let code = source.split("#[cfg(test)]").next().unwrap_or_default();
    let lines = code
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    let code = lines.collect::<Vec<_>>().join("\n");
    let word = |text: &str| -> String {
        text.trim_start()
            .chars()
            .take_while(|character| character.is_alphanumeric() || *character == '_')
            .collect()
    };
    code.match_indices("crate::")
        .flat_map(|(at, path)| {
            let rest = &code[at + path.len()..];
            match rest.strip_prefix('{') {
                Some(list) => {
                    let list = list.split('}').next().unwrap_or_default();
                    list.split(',')
                        .map(word)
                        .filter(|name| !name.is_empty())
                        .collect()
                }
                None => vec![word(rest)],
            }
        })
        .collect()
}

/// Which stage a name at the root of the crate comes from; none for a module's own name.
fn stage_of_root_item(name: &str) -> Option<&'static str> {
    let root =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).unwrap();
    let line = root
        .split(';')
        .map(str::trim)
        .filter_map(|statement| statement.rsplit_once("pub use ").map(|(_, path)| path))
        .find(|path| {
            path.split(|c: char| !c.is_alphanumeric() && c != '_')
                .any(|word| word == name)
        });
    let module = line?.split("::").next()?;
    STAGES
        .iter()
        .map(|(stage, _)| *stage)
        .chain(GROUND)
        .find(|stage| *stage == module)
}

#[test]
fn ok_stages_know_only_those_before_them() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut checked = 0;
    for (stage, may_know) in STAGES {
        let folder = source.join(stage);
        assert!(folder.is_dir(), "{stage} is no folder");
        for file in source_files(&folder) {
            for module in known_modules(&std::fs::read_to_string(&file).unwrap()) {
                let known = if module.starts_with(char::is_uppercase) {
                    match stage_of_root_item(&module) {
                        Some(stage) => stage.to_owned(),
                        None => continue,
                    }
                } else {
                    module
                };
                let may =
                    known == stage || may_know.contains(&&*known) || GROUND.contains(&&*known);
                assert!(may, "{} knows {known}", file.display());
                checked += 1;
            }
        }
    }
    assert!(checked > 50, "{checked} paths seen");
}

#[test]
fn ok_the_ground_knows_no_stage() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for module in GROUND {
        let text = std::fs::read_to_string(source.join(module).with_extension("rs")).unwrap();
        for known in known_modules(&text) {
            assert!(GROUND.contains(&&*known), "{module} knows {known}");
        }
    }
}

/// One function of the library opens the file that a caller names, and one creates it; none starts a program
/// or reaches a network. The program is another thing.
#[test]
fn ok_the_library_reaches_no_network_and_opens_what_is_named() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let (program, of_tests) = (source.join("bin"), ["tests.rs", "page.rs"]);
    let mut touched = Vec::new();
    for file in source_files(&source) {
        let name = file.file_name().and_then(|name| name.to_str()).unwrap();
        if file.starts_with(&program) || of_tests.contains(&name) {
            continue;
        }
        let text = std::fs::read_to_string(&file).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for line in code.lines().map(str::trim) {
            for word in [
                "Tcp",
                "Udp",
                "UnixStream",
                "ureq",
                "process::",
                "ToSocketAddrs",
            ] {
                let is_code = !line.starts_with("//");
                assert!(
                    !is_code || !line.contains(word),
                    "{}: {line}",
                    file.display()
                );
            }
            if !line.starts_with("//") && (line.contains("fs::") || line.contains("File::")) {
                touched.push(format!("{name}: {line}"));
            }
        }
    }
    touched.sort();
    assert_eq!(
        touched,
        [
            "input.rs: impl StreamInput<std::io::BufReader<std::fs::File>> {",
            "input.rs: let file = std::fs::File::open(path).map_err(|error| {",
            "reader.rs: impl CardReader<StreamInput<std::io::BufReader<std::fs::File>>> {",
            "writer.rs: let file = File::create(path).map_err(|error| {",
            "writer.rs: use std::fs::File;",
        ]
    );
}
