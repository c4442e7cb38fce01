//! The page "Where is it?" of DESIGN.md: each file is there, and defines the item.

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
        let is_outside = ["tests/", "benches/", "fuzz/"]
            .iter()
            .any(|folder| file.starts_with(folder));
        let path = match is_outside {
            true => root.join(file),
            false => root.join("src").join(file),
        };
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

/// Behind each sentence of the page on security stands a test that is there.
#[test]
fn ok_the_tests_that_the_page_on_security_names() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = std::fs::read_to_string(root.join("SECURITY.md")).unwrap();
    let mut sources = String::new();
    let mut folders = vec![root.join("tests"), root.join("fuzz/fuzz_targets")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                sources += &std::fs::read_to_string(path).unwrap();
            }
        }
    }
    let mut named = 0;
    for name in page.split('`').skip(1).step_by(2) {
        let is_file = name.ends_with(".rs");
        let is_test = name.matches('_').count() > 2 && !name.contains(['-', ' ', ':']);
        if is_file {
            assert!(
                root.join("tests").join(name).is_file(),
                "tests/{name} is not there"
            );
        } else if is_test {
            assert!(
                sources.contains(&format!("fn {name}(")),
                "there is no test {name}"
            );
        }
        named += usize::from(is_file || is_test);
    }
    assert!(named > 20, "the page names {named} tests");
    for target in page
        .split("target `")
        .skip(1)
        .filter_map(|rest| rest.split('`').next())
    {
        assert!(
            root.join(format!("fuzz/fuzz_targets/{target}.rs"))
                .is_file(),
            "no target {target}"
        );
    }
}

/// Every limit that has a name has a row on the page on security, with its default.
#[test]
fn ok_each_limit_is_on_the_page_on_security() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = std::fs::read_to_string(root.join("SECURITY.md")).unwrap();
    let source = std::fs::read_to_string(root.join("src/limits.rs")).unwrap();
    let fields: Vec<&str> = source
        .lines()
        .filter_map(|line| line.strip_prefix("    pub ")?.strip_suffix(": usize,"))
        .collect();
    assert!(fields.len() >= 7, "{fields:?}");
    let row = |limit: &str| {
        let start = format!("| `{limit}` |");
        let row = page.lines().find(|line| line.starts_with(&start));
        row.unwrap_or_else(|| panic!("no row for {limit}"))
    };
    for field in fields {
        let row = row(field);
        let default = source
            .split(&format!("    pub {field}: usize"))
            .next()
            .and_then(|before| before.rsplit("Default ").next())
            .and_then(|rest| rest.split(['.', ';']).next())
            .unwrap();
        let default = default.split_whitespace().filter(|word| *word != "///");
        let default = default.collect::<Vec<_>>().join(" ");
        assert!(
            row.ends_with(&format!("| {default} |")),
            "{row} and not {default}"
        );
    }
    for (limit, file) in [
        ("jcard::MAX_DEPTH", "src/jcard/reader.rs"),
        ("jscontact::MAX_DEPTH", "src/jscontact/check.rs"),
        ("jscontact::MAX_PROBLEMS", "src/jscontact/problem.rs"),
        ("jscontact::MAX_COPIED", "src/jscontact/patches.rs"),
        ("xcard::MAX_DEPTH", "src/xcard/names.rs"),
    ] {
        let source = std::fs::read_to_string(root.join(file)).unwrap();
        let name = limit.split("::").nth(1).unwrap();
        let value = source
            .split(&format!("pub const {name}: usize = "))
            .nth(1)
            .and_then(|rest| rest.split(';').next())
            .unwrap()
            .replace('_', "");
        let row = row(limit).replace(',', "");
        assert!(
            row.ends_with(&format!("| {value} |")),
            "{row} and not {value}"
        );
    }
}
