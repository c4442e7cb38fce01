//! What callers can see is a committed list, so that a change of it is seen: `docs/api.txt`, which
//! `BLESS=1 cargo test --test repository api_snapshot` writes anew. A line that goes or changes there breaks
//! callers, and is told in CHANGELOG.md with what to write instead.
//!
//! The list is made from the sources, so that it needs no other toolchain: each item that is `pub`,
//! each variant of a public enum, each implementation of a trait, and the rows that macros make methods
//! of.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn sources(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true if path.ends_with("bin") => {}
            true => sources(&path, files),
            false => files.push(path),
        }
    }
}

/// Without white space that says nothing.
fn squeezed(text: &str) -> String {
    let words: Vec<_> = text.split_whitespace().collect();
    let text = words.join(" ");
    text.replace("( ", "(")
        .replace(", )", ")")
        .replace(",)", ")")
}

/// The names that `pub use` hands on.
fn handed_on(source: &str) -> BTreeSet<String> {
    let statements = source.split(';').filter_map(|statement| {
        let at = statement.rfind("pub use ")?;
        Some(&statement[at + 8..])
    });
    let is_name = |letter: char| letter.is_alphanumeric() || letter == '_';
    statements
        .flat_map(|names| names.split(move |letter| !is_name(letter)))
        .map(String::from)
        .collect()
}

/// The name of an item, or of the type that an implementation is of.
fn name(line: &str) -> &str {
    let is_name = |letter: char| letter.is_alphanumeric() || letter == '_';
    let of = match line.strip_prefix("impl") {
        Some(rest) => {
            // Behind the generics, which may have brackets of their own.
            let mut depth = 0;
            let end = rest.find(|letter| {
                depth += i32::from(letter == '<') - i32::from(letter == '>');
                depth == 0
            });
            let rest = if rest.starts_with('<') {
                &rest[end.unwrap_or(0) + 1..]
            } else {
                rest
            };
            let of = rest.split(" for ").last().unwrap_or(rest).trim();
            // A reference to it: `&'a Report`.
            match of.strip_prefix("&'") {
                Some(of) => of.split_once(' ').map_or(of, |(_, of)| of),
                None => of,
            }
        }
        None => {
            let words = [
                "pub ", "const ", "async ", "unsafe ", "fn ", "struct ", "enum ", "trait ",
                "type ", "static ", "mod ",
            ];
            let mut rest = line;
            while let Some(after) = words.iter().find_map(|word| rest.strip_prefix(word)) {
                rest = after;
            }
            rest
        }
    };
    let path = of.trim_start_matches(|letter: char| !is_name(letter) && letter != ':');
    let end = path
        .find(|letter: char| !is_name(letter) && letter != ':')
        .unwrap_or(path.len());
    path[..end].rsplit(':').next().unwrap_or_default()
}

/// What follows the name of an item that callers have to expect more of.
const GROWS: &str = " // non_exhaustive";

/// Whether the attributes right before an item say that there may be more of it.
fn may_grow(before: &[&str]) -> bool {
    let attributes = before.iter().rev().take_while(|line| {
        let line = line.trim();
        !line.is_empty() && !line.ends_with(['}', ';', '{', ','])
    });
    attributes
        .into_iter()
        .any(|line| line.trim() == "#[non_exhaustive]")
}

/// The lines of a file that callers can see something of; of the items whose names are these, or of all.
fn seen(source: &str, names: Option<&BTreeSet<String>>) -> Vec<String> {
    let code: Vec<&str> = source
        .split("#[cfg(test)]\nmod tests")
        .next()
        .unwrap()
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect();
    let mut seen = Vec::new();
    let (mut at, mut of) = (0, String::new());
    while let Some(line) = code.get(at) {
        let text = line.trim_start();
        let depth = line.len() - text.len();
        let is_item = text.starts_with("pub ");
        let is_impl = depth == 0 && text.starts_with("impl") && !text.starts_with("impl_");
        let is_row =
            depth == 4 && text.contains(": ") && text.contains(" as \"") && text.ends_with(';')
                || depth == 8
                    && (text.starts_with("many ")
                        || text.starts_with("one ")
                        || text.starts_with("add "));
        let is_variant = depth == 4
            && of.starts_with("pub enum")
            && text.starts_with(|first: char| first.is_ascii_uppercase());
        if is_item || is_impl || is_row || is_variant {
            let (first, mut whole) = (at, String::from(text));
            let is_function = text.contains("fn ");
            let ends = |whole: &str| {
                is_variant || whole.contains(['{', ';']) || !is_function && whole.ends_with(',')
            };
            while !ends(&whole) && at + 1 < code.len() {
                at += 1;
                whole.push(' ');
                whole.push_str(code[at].trim());
            }
            let shown = match is_item || is_impl {
                true if whole.starts_with("pub use") || whole.starts_with("pub const") => {
                    whole.as_str()
                }
                true => whole.split(" {").next().unwrap(),
                false => whole.as_str(),
            };
            let mut shown = squeezed(shown.trim_end_matches([';', ',', '{', ' ']));
            if depth == 0 {
                of.clone_from(&shown);
            }
            if shown.starts_with("pub struct ")
                && whole == format!("{shown};")
                && !whole.contains('(')
            {
                shown.push(';'); // without fields
            }
            if is_item && may_grow(&code[..first]) {
                shown.push_str(GROWS);
            }
            seen.push(format!("{}{shown}", " ".repeat(depth)));
        } else if depth == 0 && *line == "}" {
            of.clear();
        } else if depth == 0 && text.starts_with(|first: char| first.is_ascii_lowercase()) {
            // What follows is of an item that nobody can see, or the rows of a macro.
            let is_macro = text.ends_with("! {") && !text.starts_with("macro_rules");
            seen.push(String::from(if is_macro { "?" } else { "!" }));
        }
        at += 1;
    }
    // What is public in a module that is not, and is not handed on, nobody can see.
    let mut is_seen = true;
    seen.retain(|line| {
        if line == "!" || line == "?" {
            is_seen = line == "?";
            return false;
        } else if !line.starts_with(' ') {
            is_seen =
                names.is_none_or(|names| names.contains(name(line))) || line.starts_with("pub use");
        }
        is_seen
    });
    // An implementation without anything public is of no trait, and says nothing.
    let keeps = |at: usize| {
        let line: &String = &seen[at];
        !line.starts_with("impl")
            || line.contains(" for ")
            || seen.get(at + 1).is_some_and(|next| next.starts_with(' '))
    };
    (0..seen.len())
        .filter(|at| keeps(*at))
        .map(|at| seen[at].clone())
        .collect()
}

/// What a standard closes for good; the reason is in the documentation of each.
const CLOSED: [&str; 2] = ["Zone", "Sex"];

/// What a caller could match or make whole grows without breaking the caller: enums, structs whose
/// fields are public or that have none. Markers are enums without values, so that there is none of them.
#[test]
fn ok_what_can_grow_says_so() {
    let list = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/api.txt"));
    let list = list.unwrap();
    let lines: Vec<&str> = list.lines().collect();
    let mut closed = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let body = || {
            lines[at + 1..]
                .iter()
                .take_while(|line| line.starts_with("    "))
        };
        let can_grow = if line.starts_with("pub enum ") {
            body().count() > 0
        } else if let Some(rest) = line.strip_prefix("pub struct ") {
            rest.contains(';')
                || rest.contains("(pub ")
                || body().any(|field| field.starts_with("    pub "))
        } else {
            continue;
        };
        if can_grow && !line.ends_with(GROWS) {
            closed.push(name(line));
        }
    }
    assert_eq!(closed, CLOSED);
}

#[test]
fn ok_the_list_is_what_the_sources_say() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    sources(&root.join("src"), &mut files);
    files.sort();
    let read = |file: &PathBuf| std::fs::read_to_string(file).unwrap().replace("\r\n", "\n");
    let mut names: BTreeSet<String> = files
        .iter()
        .flat_map(|file| handed_on(&read(file)))
        .collect();
    // Markers are handed on all at once; what a public module has itself is public.
    let own = files.iter().filter(|file| {
        file.ends_with("typed/property.rs") || file.ends_with("mod.rs") || file.ends_with("lib.rs")
    });
    for file in own {
        let lines = seen(&read(file), None);
        let items = lines.iter().filter(|line| line.starts_with("pub "));
        names.extend(items.map(|line| name(line).to_owned()));
    }
    let mut list = String::new();
    for file in files {
        let lines = seen(&read(&file), Some(&names));
        if !lines.is_empty() {
            let name = file
                .strip_prefix(root.join("src"))
                .unwrap()
                .to_str()
                .unwrap();
            list.push_str(&format!(
                "# {}\n{}\n\n",
                name.replace('\\', "/"),
                lines.join("\n")
            ));
        }
    }
    let path = root.join("docs/api.txt");
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, &list).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    let differs = list
        .lines()
        .zip(committed.lines())
        .find(|(now, then)| now != then);
    assert!(
        committed == list,
        "what callers see has changed ({differs:?}): BLESS=1 cargo test --test repository api_snapshot writes docs/api.txt \
         anew, and CHANGELOG.md tells of it"
    );
}

#[test]
fn ok_what_is_public_is_in_the_list() {
    let source = "use b;\n\n/// A.\n#[derive(Debug)]\n#[non_exhaustive]\npub struct A {\n    /// B.\n    pub b: u8,\n    c: u8,\n}\n\nimpl A {\n    pub fn d(\n        \
                  &self,\n        e: u8,\n    ) -> u8 {\n        1\n    }\n    fn f() {}\n}\n\nimpl Clone for A {\n}\n\nimpl A {\n    \
                  fn g() {}\n}\n\npub enum H {\n    I { j: u8 },\n    K,\n}\n";
    let mut seen = seen(source, None);
    seen.retain(|line| line != "!");
    assert_eq!(
        seen,
        [
            "pub struct A // non_exhaustive",
            "    pub b: u8",
            "impl A",
            "    pub fn d(&self, e: u8) -> u8",
            "impl Clone for A",
            "pub enum H",
            "    I { j: u8 }",
            "    K"
        ]
    );
}
