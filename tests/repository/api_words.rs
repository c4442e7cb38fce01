//! Laws of the API that its names alone can break, over `docs/api.txt`: one word each, one path each, one
//! meaning each, the doors of readers and writers, collections.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

fn read(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    std::fs::read_to_string(path).unwrap().replace("\r\n", "\n")
}

/// A function with `self`: the type it is of, its name, its arguments, what it returns.
#[derive(Debug)]
struct Method {
    of: String,
    name: String,
    this: String,
    arguments: String,
    returns: String,
}

/// The letters of a name.
fn word(text: &str) -> &str {
    let end = text.find(|letter: char| !letter.is_alphanumeric() && letter != '_');
    &text[..end.unwrap_or(text.len())]
}

/// Where the bracket closes that a text begins in.
fn closing(text: &str, open: char, close: char) -> usize {
    let mut depth = 1;
    text.char_indices()
        .find(|(at, letter)| {
            let is_arrow = *at > 0 && text.as_bytes()[at - 1] == b'-';
            depth += i32::from(*letter == open) - i32::from(*letter == close && !is_arrow);
            depth == 0
        })
        .map_or(text.len(), |(at, _)| at)
}

fn methods() -> Vec<Method> {
    let list = read("docs/api.txt");
    let mut of = String::new();
    let mut methods = Vec::new();
    for line in list.lines() {
        if !line.starts_with(' ') {
            let name = line.split(" for ").last().unwrap();
            let name = match name.strip_prefix("impl<") {
                Some(rest) => &rest[closing(rest, '<', '>') + 1..],
                None => name.trim_start_matches("impl "),
            };
            of = String::from(name.trim());
            continue;
        }
        let Some((_, rest)) = line.split_once("fn ") else {
            continue;
        };
        let name = word(rest);
        let mut rest = &rest[name.len()..];
        if let Some(generics) = rest.strip_prefix('<') {
            rest = &generics[closing(generics, '<', '>') + 1..];
        }
        let rest = &rest[1..];
        let end = closing(rest, '(', ')');
        let (this, arguments) = rest[..end].split_once(", ").unwrap_or((&rest[..end], ""));
        if !this.ends_with("self") {
            continue;
        }
        let returns = rest[end..]
            .split_once(" -> ")
            .map_or("()", |(_, what)| what);
        methods.push(Method {
            of: of.clone(),
            name: name.into(),
            this: this.into(),
            arguments: arguments.into(),
            returns: returns.split(" where ").next().unwrap().into(),
        });
    }
    assert!(methods.len() > 500, "{}", methods.len());
    methods
}

/// L1: each property has a word for all of them, for the one that is meant, and for the builder, which is
/// the singular; no word stands for two.
#[test]
fn ok_one_word_a_property() {
    let table = read("src/typed/property.rs");
    let mut words = BTreeMap::new();
    let mut rows = 0;
    let start = table.find("\nproperties! {\n").unwrap();
    for row in table[start..]
        .split(';')
        .filter(|row| row.contains(" as \""))
    {
        let row = row.split(" as \"").next().unwrap();
        let Some((head, named)) = row.rsplit_once(": ").or_else(|| row.rsplit_once(":\n")) else {
            continue;
        };
        let marker = head
            .lines()
            .last()
            .unwrap()
            .trim()
            .split(' ')
            .next()
            .unwrap();
        let named = |kind: &str| {
            let mut words = named.split(',').map(str::trim);
            words.find_map(|word| word.strip_prefix(kind)?.strip_prefix(' '))
        };
        let (many, one, add) = (named("many"), named("one"), named("add"));
        rows += 1;
        assert!(many.is_some() || one.is_some(), "{marker}");
        // A picture takes its type and its bytes in the builder.
        let add = add
            .or_else(|| (marker == "Photo").then_some("photo"))
            .unwrap();
        match (many, one) {
            // People have several: one of them is the preferred one.
            (Some(_), Some(one)) if ["Adr", "Email", "Tel"].contains(&marker) => {
                assert_eq!(one, format!("preferred_{add}"));
            }
            (_, Some(one)) => assert_eq!(one, add, "{marker}"),
            // Words that are plural and singular alike, or a list each.
            (many, None) => assert_eq!(many, Some(add), "{marker}"),
        }
        for word in BTreeSet::from_iter(many.into_iter().chain(one)) {
            let other = words.insert(word.to_owned(), marker.to_owned());
            assert_eq!(other, None, "{word} is of {marker} too");
        }
    }
    assert_eq!(rows, 55);
}

/// L6: what comes out of a card does not hold on to what was asked.
#[test]
fn ok_no_argument_ties_the_result() {
    // What they are given is what they may give back.
    let gives_back = ["label_or"];
    for method in methods() {
        for lifetime in method.arguments.split("&'").skip(1).map(word) {
            let is_tied = method.returns.contains(&format!("'{lifetime}"));
            assert!(
                !is_tied || gives_back.contains(&&*method.name),
                "{method:?}"
            );
        }
    }
}

/// L9: `with_x` is a setter that consumes, whatever constructs is `new` or `from_x`.
#[test]
fn ok_with_is_a_setter() {
    for line in read("docs/api.txt").lines() {
        let Some((_, rest)) = line.split_once("fn with_") else {
            continue;
        };
        // A number with its extension is another number.
        let takes_self = rest.contains("(mut self") || rest.contains("(self");
        assert!(takes_self || rest.starts_with("extension(&self"), "{line}");
    }
    let methods = methods();
    for of in [
        "CardReader<StreamInput<R>>",
        "LineReader<super::input::StreamInput<R>>",
    ] {
        for door in ["get_ref", "get_mut", "into_inner"] {
            let has = methods.iter().any(|one| one.of == of && one.name == door);
            assert!(has, "{of}::{door}");
        }
    }
}

/// L4: what has `iter` has `len`, `is_empty`, and goes into `for`.
#[test]
fn ok_collections_are_collections() {
    let methods = methods();
    // Those of values come of a macro; the laws of values hold them.
    let values = ["List<T>", "Types<'a>", "TextList<'a>"];
    let list = read("docs/api.txt");
    let mut seen = 0;
    for method in methods.iter().filter(|method| method.name == "iter") {
        let has = |name: &str| {
            methods
                .iter()
                .any(|one| one.of == method.of && one.name == name)
        };
        assert!(has("len") && has("is_empty"), "{}", method.of);
        let into = format!(" IntoIterator for &'a {}", method.of);
        assert!(
            values.contains(&&*method.of) || list.lines().any(|line| line.ends_with(&into)),
            "{into}"
        );
        seen += 1;
    }
    assert!(seen >= 5, "{seen}");
}

/// L11: each item is reachable by one path.
#[test]
fn ok_one_path_an_item() {
    let source = read("src/lib.rs");
    let modules = source
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod "));
    let modules: Vec<&str> = modules
        .map(word)
        .filter(|name| *name != "property")
        .collect();
    assert!(modules.len() > 10, "{modules:?}");
    let mut files: Vec<(&str, String)> = vec![("", String::from("src/lib.rs"))];
    files.extend(
        modules
            .iter()
            .map(|name| (*name, format!("src/{name}/mod.rs"))),
    );
    files.push(("value::phone", "src/value/phone/mod.rs".into()));
    let mut paths: BTreeMap<(String, String), String> = BTreeMap::new();
    let mut seen = 0;
    for (module, file) in files {
        for statement in read(&file).split("pub use ").skip(1) {
            let statement = statement.split(';').next().unwrap();
            let (from, names) = match statement.split_once('{') {
                Some((from, names)) => (from.trim_end_matches("::"), names.trim_end_matches('}')),
                None => statement.rsplit_once("::").unwrap_or(("", statement)),
            };
            // Where it is: `syntax::Charset` of the root is `charset::Charset` of the module.
            for name in names
                .split(',')
                .map(str::trim)
                .filter(|name| !name.is_empty() && *name != "*")
            {
                let stage = match module {
                    "" => from.split("::").next().unwrap(),
                    own => own,
                };
                let key = (String::from(stage), String::from(name));
                let path = format!("{module}::{name}");
                seen += 1;
                let other = paths.insert(key, path.clone());
                assert_eq!(other, None, "{path} is a second path");
            }
        }
    }
    assert!(seen > 200, "{seen}");
}

/// Without what a caller takes off: references, `Option`, `Result`, `Cow`, whether it is owned.
fn meaning(returns: &str) -> String {
    let mut meaning: String = returns.replace("'static ", "").replace(['&', ' '], "");
    for name in ["'a", "'_", "'s", "'v", "mut"] {
        meaning = meaning
            .replace(&format!("<{name}>"), "")
            .replace(&format!("<{name},"), "<");
        meaning = meaning.replace(name, "");
    }
    loop {
        let inner = [
            "Option<",
            "Result<",
            "Cow<",
            "alloc::vec::Vec<",
            "Vec<",
            "[",
            "impl",
            "core::",
        ];
        let Some(rest) = inner.iter().find_map(|outer| meaning.strip_prefix(outer)) else {
            break;
        };
        let of_result = meaning.starts_with("Result<");
        let rest = rest.trim_end_matches(['>', ']']);
        let rest = match rest.rsplit_once(',') {
            Some((value, _)) if of_result => value,
            _ => rest,
        };
        meaning = rest.into();
    }
    let meaning = meaning.replace("String", "str").replace("Token", "str");
    let meaning = meaning
        .trim_end_matches(['>', ']'])
        .split('+')
        .next()
        .unwrap();
    String::from(meaning.rsplit("::").next().unwrap())
}

/// L11: a method name means one thing. What stands here means two, for a reason.
#[test]
fn ok_one_meaning_a_name() {
    // Words of the language, whose result is by nature of the type that is asked.
    let general = [
        "build",
        "get",
        "get_mut",
        "get_ref",
        "into_inner",
        "into_owned",
        "into_parts",
        "iter",
        "kind",
        "of",
        "reason",
        "row",
        "set",
        "remove",
        "push",
        "replace",
        "next",
        "finish",
        "value",
        "values",
        "check",
        "decode",
        "normalized",
        "next_event",
        "read",
        "column",
        "line",
        "complete",
        "changes",
        "address",
    ];
    let two_meanings = [
        ("bytes", "of a PHOTO, decoded; of junk, as it is"),
        ("card", "what a conversion holds, or converts"),
        ("components", "of a value; of a kind of property"),
        ("contact", "what a card is read as"),
        (
            "entry",
            "the property by its id; the id that a change is about",
        ),
        ("fill_required", "of a card: how many were added"),
        ("group", "of a line"),
        (
            "name",
            "of a property and its like; what a card names somebody",
        ),
        ("parameter", "of a line; the name of one, in a change"),
        ("parameters", "of a line, of a media type, of a tel: URI"),
        (
            "property",
            "of a card; the name of one, in errors and changes",
        ),
        ("set_text", "on a card: where it is then"),
        ("text", "of a line"),
        ("uri", "of a PHOTO; of a GEO"),
        (
            "validate",
            "a card for its findings, a contact for an error",
        ),
        ("fallback_charset", "of a card"),
        ("uri_commas", "of a profile"),
        ("types", "of a line"),
        ("label", "of a line"),
        ("pref", "of a line"),
        ("preferred", "of a card"),
    ];
    let mut meanings: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for method in methods() {
        // Setters, which give back what they are called on.
        let is_setter = method.this.ends_with("self") && !method.this.starts_with('&');
        if is_setter && (method.returns == "Self" || method.of.contains(&method.returns)) {
            continue;
        }
        let meaning = meaning(&method.returns);
        let of = meanings.entry(method.name).or_default();
        of.entry(meaning).or_insert(method.of);
    }
    let several: BTreeMap<_, _> = meanings
        .iter()
        .filter(|(_, all)| all.len() > 1)
        .filter(|(name, _)| !general.contains(&&***name))
        .filter(|(name, _)| two_meanings.iter().all(|(known, _)| known != name))
        .collect();
    assert!(several.is_empty(), "{several:#?}");
    // What no longer means two goes from the list.
    for (name, _) in two_meanings {
        assert!(meanings.contains_key(name), "{name}");
    }
}
