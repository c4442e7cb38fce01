//! The page "Where is it?" of DESIGN.md: each file is there, and defines the item.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests"
)]

use std::path::Path;

/// Whether a line of code defines an item of this name.
fn defines(line: &str, item: &str) -> bool {
    const KINDS: [&str; 9] = [
        "fn",
        "struct",
        "enum",
        "trait",
        "static",
        "const",
        "type",
        "mod",
        "macro_rules!",
    ];
    let words: Vec<&str> = line
        .split(|c: char| !(c.is_alphanumeric() || c == '_' || c == '!'))
        .filter(|word| !word.is_empty())
        .collect();
    words
        .windows(2)
        .any(|pair| KINDS.contains(&pair[0]) && pair[1] == item)
}

/// File and item of a row of the table.
fn row(line: &str) -> Option<(&str, &str)> {
    let mut cells = line.strip_prefix('|')?.split('|').map(str::trim);
    let _question = cells.next()?;
    let file = cells.next()?.strip_prefix('`')?.strip_suffix('`')?;
    let item = cells.next()?.strip_prefix('`')?.strip_suffix('`')?;
    Some((file, item))
}

#[test]
fn ok_each_answer_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = std::fs::read_to_string(root.join("DESIGN.md")).unwrap();
    let table = page.split("## Where is it?").nth(1).unwrap();
    let table = table.split("\n## ").next().unwrap();
    let rows: Vec<(&str, &str)> = table.lines().filter_map(row).collect();
    assert!(rows.len() >= 30, "{} rows", rows.len());
    for (file, item) in rows {
        let path = root.join("src").join(file);
        let source = std::fs::read_to_string(&path)
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let code = source
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"));
        let mut code = code.filter(|line| defines(line, item));
        assert!(code.next().is_some(), "{file} does not define {item}");
    }
}

#[test]
fn err_an_item_that_is_only_used_is_not_defined() {
    assert!(defines("pub(crate) fn fold(line: &[u8]) {", "fold"));
    assert!(defines("pub struct Hash<const N: usize> {", "Hash"));
    assert!(!defines("    fold(line)", "fold"));
    assert!(!defines("fn unfold(line: &[u8]) {", "fold"));
}
