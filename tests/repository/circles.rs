//! No circle between the files of `src/`: what a file imports does not import it in turn.
//!
//! A file that only gathers others (`mod.rs` and its `mod` and `pub use` lines) is no link of a circle: an item
//! that is reached through it counts as imported from the file that defines it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The path of a module: `["syntax", "fold"]`.
type Module = Vec<String>;

/// The modules of a crate, and the code of each without comments and tests.
fn modules(folder: &Path, module: &Module, all: &mut BTreeMap<Module, String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let stem = path.file_stem().unwrap().to_str().unwrap().to_owned();
        if path.is_dir() {
            let inner = [module.clone(), vec![stem]].concat();
            modules(&path, &inner, all);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let own = match stem.as_str() {
                "mod" | "lib" | "main" => module.clone(),
                _ => [module.clone(), vec![stem]].concat(),
            };
            let source = std::fs::read_to_string(&path).unwrap();
            let source = source.split("#[cfg(test)]").next().unwrap();
            let code: Vec<&str> = source
                .lines()
                .map(|line| line.split("//").next().unwrap())
                .collect();
            all.insert(own, code.join("\n"));
        }
    }
}

/// `a::{b, c::{d}}` as `a::b` and `a::c::d`.
fn paths(tree: &str) -> Vec<String> {
    let Some((before, rest)) = tree.split_once('{') else {
        return vec![tree.split(" as ").next().unwrap().trim().to_owned()];
    };
    let inner = rest.trim_end().strip_suffix('}').unwrap();
    let (mut items, mut depth, mut item) = (Vec::new(), 0, String::new());
    for letter in inner.chars() {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                items.push(std::mem::take(&mut item));
                continue;
            }
            _ => {}
        }
        item.push(letter);
    }
    items.push(item);
    items
        .iter()
        .map(|item| item.trim())
        .filter(|item| !item.is_empty())
        .flat_map(paths)
        .map(|path| format!("{}{path}", before.trim()))
        .collect()
}

/// The `use` statements of some code; with `public`, those that hand items on.
fn uses(code: &str, public: bool) -> Vec<String> {
    code.split(';')
        .filter_map(|statement| {
            let at = statement.rfind("use ")?;
            let before = statement[..at].rsplit(['\n', '}']).next()?.trim();
            let is_public = before.starts_with("pub");
            (is_public == public && (is_public || before.is_empty()))
                .then(|| paths(&statement[at + 4..]))
        })
        .flatten()
        .collect()
}

/// The module in which the item of a path is defined.
fn resolve(
    from: &Module,
    path: &str,
    all: &BTreeMap<Module, String>,
    depth: usize,
) -> Option<Module> {
    let mut words = path.split("::").map(str::trim).peekable();
    let mut here = from.clone();
    match words.peek().copied()? {
        "crate" => {
            here.clear();
            words.next();
        }
        "self" => drop(words.next()),
        "super" => {
            while words.next_if_eq(&"super").is_some() {
                here.pop();
            }
        }
        first => {
            let child = [here.clone(), vec![first.to_owned()]].concat();
            all.contains_key(&child).then_some(())?;
        }
    }
    while let Some(word) = words.peek() {
        let child = [here.clone(), vec![(*word).to_owned()]].concat();
        if !all.contains_key(&child) {
            break;
        }
        here = child;
        words.next();
    }
    if let Some(item) = words.next()
        && depth < 8
    {
        for handed_on in uses(all.get(&here)?, true) {
            if handed_on.rsplit("::").next() == Some(item) && handed_on != path {
                let inside = resolve(&here, &handed_on, all, depth + 1);
                if inside.is_some() {
                    return inside;
                }
            }
        }
    }
    Some(here)
}

/// Which modules each module imports from.
fn imports(all: &BTreeMap<Module, String>) -> BTreeMap<&Module, BTreeSet<Module>> {
    all.iter()
        .map(|(module, code)| {
            let mut found: BTreeSet<Module> = uses(code, false)
                .iter()
                .filter(|path| {
                    ["crate", "super", "self"].contains(&path.split("::").next().unwrap())
                })
                .filter_map(|path| resolve(module, path, all, 0))
                .collect();
            found.remove(module);
            (module, found)
        })
        .collect()
}

/// A way from a module back to itself.
fn circle(imports: &BTreeMap<&Module, BTreeSet<Module>>) -> Option<Vec<Module>> {
    imports.keys().find_map(|start| {
        let mut before: BTreeMap<&Module, &Module> = BTreeMap::new();
        let mut next = vec![*start];
        while let Some(module) = next.pop() {
            for imported in imports.get(module).into_iter().flatten() {
                if imported == *start {
                    let mut way = vec![module.clone()];
                    let mut at = module;
                    while let Some(earlier) = before.get(at) {
                        way.push((*earlier).clone());
                        at = earlier;
                    }
                    way.reverse();
                    return Some(way);
                }
                if !before.contains_key(imported) && imports.contains_key(imported) {
                    before.insert(imported, module);
                    next.push(imported);
                }
            }
        }
        None
    })
}

fn check(folder: &str, least: usize) {
    let mut all = BTreeMap::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    modules(&root, &Vec::new(), &mut all);
    // The program is a crate of its own.
    all.retain(|module, _| module.first().is_none_or(|first| first != "bin"));
    let imports = imports(&all);
    let arrows: usize = imports.values().map(BTreeSet::len).sum();
    assert!(arrows > least, "{arrows} imports seen");
    if let Some(way) = circle(&imports) {
        let way: Vec<String> = way.iter().map(|module| module.join("/")).collect();
        panic!("a circle of {} files: {}", way.len(), way.join(" -> "));
    }
}

#[test]
fn ok_no_circle_in_the_library() {
    check("src", 400);
}

#[test]
fn ok_no_circle_in_the_program() {
    check("src/bin/vcardinal", 50);
}

#[test]
fn err_a_circle_is_found() {
    let module = |name: &str| vec![name.to_owned()];
    let code = [
        ("a", "use super::b::B;\nuse crate::c;"),
        ("b", "use crate::{c::C, d};"),
        ("c", "use super::a::{A, B as Other};"),
        ("d", ""),
    ];
    let mut all: BTreeMap<Module, String> = code
        .iter()
        .map(|(name, code)| (module(name), (*code).to_owned()))
        .collect();
    all.insert(Vec::new(), String::new());
    let found = circle(&imports(&all)).unwrap();
    assert!(found.contains(&module("a")) && found.contains(&module("c")));
    all.insert(module("c"), String::new());
    assert_eq!(circle(&imports(&all)), None);
}
