//! The registry says, cell by cell, what the tables in `fixtures/registry/` say.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use vcardinal::Version;
use vcardinal::registry::{
    self, AnyParameter, Column, Compare, Condition, Defined, Shape, StandsFor,
};

/// The cells of each line of a table below its heading.
fn table(path: &Path) -> Vec<Vec<String>> {
    let text = std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let columns = text.lines().next().unwrap().split('\t').count();
    let rows: Vec<Vec<String>> = text
        .lines()
        .skip(1)
        .map(|line| line.split('\t').map(str::to_owned).collect())
        .collect();
    for row in &rows {
        assert_eq!(row.len(), columns, "{}: {row:?}", path.display());
    }
    rows
}

fn fixture(name: &str) -> Vec<Vec<String>> {
    table(
        &Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("fixtures/registry")
            .join(name),
    )
}

fn sections(sections: &[&str]) -> String {
    sections.join("; ")
}

fn types(column: &Column) -> String {
    let names: Vec<_> = column.types.iter().map(|t| t.name()).collect();
    names.join(" ")
}

fn parameters(column: &Column) -> String {
    let cells: Vec<_> = column
        .parameters
        .iter()
        .map(|allowed| {
            let condition = match allowed.condition {
                Condition::Always => "",
                Condition::IfText => "(text)",
                Condition::IfUri => "(uri)",
                Condition::IfDate => "(date)",
                Condition::ImageFormat => "(image)",
                Condition::AudioFormat => "(audio)",
                Condition::KeyFormat => "(key)",
                Condition::PrefOnly => "(pref)",
                Condition::Required => "(required)",
                Condition::RequiredIfText => "(required for text)",
                Condition::Forbidden => "(forbidden)",
                other => panic!("{other:?} is new"),
            };
            format!("{}{condition}", allowed.parameter.name())
        })
        .collect();
    cells.join("; ")
}

#[test]
fn properties_are_those_of_the_table() {
    let mut actual = Vec::new();
    for row in registry::properties()
        .iter()
        .filter(|row| row.stands_for.is_none())
    {
        for version in Version::ALL {
            let Some(column) = row.column(version) else {
                continue;
            };
            let any = match column.any {
                AnyParameter::No => "none",
                AnyParameter::Extension => "x",
                AnyParameter::Yes => "any",
                other => panic!("{other:?}"),
            };
            actual.push(vec![
                row.name.to_owned(),
                version.to_string(),
                column.occurrence.as_str().to_owned(),
                types(column),
                parameters(column),
                any.to_owned(),
            ]);
        }
    }
    assert_eq!(actual, fixture("properties.tsv"));
}

#[test]
fn shapes_are_those_of_the_table() {
    let mut actual = Vec::new();
    for row in registry::properties()
        .iter()
        .filter(|row| row.stands_for.is_none())
    {
        let (shape, components) = match row.shape {
            Shape::Single => ("single", &[][..]),
            Shape::List => ("list", &[][..]),
            Shape::Components(all) => ("components", all),
            Shape::ComponentsRepeatingLast(all) => ("components, last repeats", all),
            Shape::ComponentsBefore4_0(all) => ("components before 4.0", all),
            other => panic!("{other:?} is new"),
        };
        let components: Vec<_> = components
            .iter()
            .map(|component| {
                let list = if component.list { " [list]" } else { "" };
                let added = if component.rfc9554 { " [RFC 9554]" } else { "" };
                format!("{}{list}{added}", component.name)
            })
            .collect();
        actual.push(vec![
            row.name.to_owned(),
            shape.to_owned(),
            components.join("; "),
            sections(row.sections),
        ]);
    }
    assert_eq!(actual, fixture("shapes.tsv"));
}

#[test]
fn extensions_are_those_of_the_table() {
    let actual: Vec<_> = registry::properties()
        .iter()
        .filter_map(|row| {
            let meaning = match row.stands_for? {
                StandsFor::Property(id) => format!("property {}", id.name()),
                StandsFor::Parameter(id, parameter) => {
                    format!("parameter {} {}", id.name(), parameter.name())
                }
                StandsFor::Related(value) => format!("related {value}"),
                StandsFor::Impp(scheme) => format!("impp {scheme}"),
                StandsFor::Label => "label".to_owned(),
                StandsFor::Private => "private".to_owned(),
                other => panic!("{other:?} is new"),
            };
            Some(vec![row.name.to_owned(), meaning])
        })
        .collect();
    assert_eq!(actual, fixture("extensions.tsv"));
}

#[test]
fn parameters_are_those_of_the_table() {
    let defined = |row: &registry::ParameterRow, version| {
        match row.defined(version) {
            Defined::Yes => "yes",
            Defined::No => "no",
            Defined::Reserved => "reserved",
            other => panic!("{other:?}"),
        }
        .to_owned()
    };
    let actual: Vec<_> = registry::parameters()
        .iter()
        .map(|row| {
            let compare = match row.compare {
                Compare::IgnoreCase => "insensitive",
                Compare::Exactly => "sensitive",
                Compare::AsUri => "uri",
                Compare::ByValue => "none",
                other => panic!("{other:?}"),
            };
            vec![
                row.name.to_owned(),
                defined(row, Version::V2_1),
                defined(row, Version::V3_0),
                defined(row, Version::V4_0),
                if row.many { "list" } else { "one" }.to_owned(),
                compare.to_owned(),
                sections(row.sections),
            ]
        })
        .collect();
    assert_eq!(actual, fixture("parameters.tsv"));
}

#[test]
fn value_types_are_those_of_the_table() {
    let actual: Vec<_> = registry::value_types()
        .iter()
        .map(|row| {
            let versions: Vec<_> = row.versions.iter().map(|v| v.as_str()).collect();
            vec![
                row.name.to_owned(),
                versions.join(" "),
                row.jcard.unwrap_or("none").to_owned(),
                sections(row.sections),
            ]
        })
        .collect();
    assert_eq!(actual, fixture("types.tsv"));
}

#[test]
fn registered_values_are_those_of_the_table() {
    let mut actual = Vec::new();
    for group in registry::groups() {
        let properties: Vec<_> = group.properties.iter().map(|id| id.name()).collect();
        let versions: Vec<_> = group.versions.iter().map(|v| v.as_str()).collect();
        for value in group.values {
            actual.push(vec![
                if properties.is_empty() {
                    "any".to_owned()
                } else {
                    properties.join(" ")
                },
                group.parameter.map_or("", |id| id.name()).to_owned(),
                (*value).to_owned(),
                versions.join(" "),
                sections(group.sections),
            ]);
        }
    }
    assert_eq!(actual, fixture("values.tsv"));
}

#[test]
fn every_name_is_found_in_any_letter_case() {
    for row in registry::properties() {
        for name in [
            row.name.to_owned(),
            row.name.to_lowercase(),
            row.name.to_uppercase(),
        ] {
            assert_eq!(registry::property(name.as_bytes()), Some(row));
        }
        assert_eq!(row.id.row(), row);
    }
    for row in registry::parameters() {
        assert_eq!(
            registry::parameter(row.name.to_lowercase().as_bytes()),
            Some(row)
        );
        assert_eq!(row.id.row(), row);
    }
    for row in registry::value_types() {
        assert_eq!(
            registry::value_type(row.name.to_uppercase().as_bytes()),
            Some(row)
        );
    }
}

/// The obvious look-up, which the hash has to agree with.
fn linear(name: &[u8]) -> Option<&'static registry::PropertyRow> {
    registry::properties()
        .iter()
        .find(|row| row.name.as_bytes().eq_ignore_ascii_case(name))
}

#[test]
fn the_hash_agrees_with_a_linear_scan() {
    for name in [
        "",
        "X",
        "TE",
        "TELL",
        "X-",
        "X-ABLABEL-",
        "-----",
        "\u{212a}IND",
        "fnfnfnfn",
    ] {
        assert_eq!(
            registry::property(name.as_bytes()),
            linear(name.as_bytes()),
            "{name}"
        );
    }
    for row in registry::properties() {
        let name = row.name.as_bytes();
        for at in 0..name.len() {
            for byte in [b'A', b'-', b'_', b'@', b'`', 0, 0xff, name[at] ^ 0x20] {
                let mut other = name.to_vec();
                other[at] = byte;
                assert_eq!(registry::property(&other), linear(&other), "{other:?}");
            }
            assert_eq!(registry::property(&name[..at]), linear(&name[..at]));
            assert_eq!(registry::property(&name[at..]), linear(&name[at..]));
        }
    }
}

#[test]
fn a_name_stands_for_something_that_exists_in_4_0() {
    for row in registry::properties() {
        match row.stands_for {
            Some(StandsFor::Property(id)) if id.row().stands_for.is_none() => {
                let of_old = ["SORT-STRING", "MAILER", "CLASS", "CAPURI", "NAME"];
                assert!(
                    id.row().column(Version::V4_0).is_some() || of_old.contains(&id.name()),
                    "{}",
                    row.name
                );
            }
            Some(StandsFor::Property(id)) => panic!("{} stands for {}", row.name, id.name()),
            _ => {}
        }
    }
}

/// Where we differ from the specification tables of the folder `VCARD_SPEC` on purpose: property,
/// version, column, and why.
const CORRECTIONS: &[(&str, &str, &str, &str)] = &[
    ("KEY", "2.1", "parameters", "ENCODING stands there twice"),
    (
        "KEY",
        "2.1",
        "types",
        "vCard 2.1, 2.1.8: a value of any property may be a reference",
    ),
    (
        "SOCIALPROFILE",
        "4.0",
        "parameters",
        "RFC 9554, 3.5: SERVICE-TYPE must be there on text",
    ),
    (
        "LANGUAGE",
        "4.0",
        "parameters",
        "LANGUAGE(forbidden) in the notation of the other rows",
    ),
    (
        "CLIENTPIDMAP",
        "4.0",
        "parameters",
        "PID(forbidden) in the notation of the other rows",
    ),
    (
        "CONTACT-URI",
        "4.0",
        "parameters",
        "RFC 9555, 2.9.1 and 3.1: TYPE and PROP-ID",
    ),
];

/// Run with `VCARD_SPEC` naming the folder that has `properties.tsv`, `params.tsv`, `values.tsv`.
#[test]
fn the_specification_tables_agree_but_for_our_corrections() {
    let Some(folder) = std::env::var_os("VCARD_SPEC").map(PathBuf::from) else {
        return;
    };
    let mut differences = BTreeSet::new();
    for cells in table(&folder.join("properties.tsv")) {
        let row = registry::property(cells[0].as_bytes()).expect("every property has a row");
        for (at, version) in Version::ALL.into_iter().enumerate() {
            let Some(column) = row.column(version) else {
                assert_eq!(cells[3 + at], "", "{} in {version}", row.name);
                continue;
            };
            let mut differs = |what: &'static str, ours: String, theirs: String| {
                if ours != theirs {
                    differences.insert((row.name, version.as_str(), what));
                    eprintln!("{} {version} {what}: {ours} / {theirs}", row.name);
                }
            };
            differs(
                "occurrence",
                column.occurrence.as_str().to_owned(),
                cells[3 + at].clone(),
            );
            let default = plain_types(&cells[6 + at]);
            let mut theirs = vec![default.clone()];
            let all = plain_types(&cells[9 + at]);
            theirs.extend(all.split(' ').filter(|t| *t != default).map(str::to_owned));
            differs("types", types(column), theirs.join(" "));
            let any = match column.any {
                AnyParameter::No => "",
                AnyParameter::Extension => " X-",
                AnyParameter::Yes => " any",
                other => panic!("{other:?}"),
            };
            // RFC 6350, 5.6, which the tables leave to the row of TYPE.
            let ours = parameters(column).replace("TYPE(forbidden)", "");
            let ours = ours.replace("; ", " ") + any;
            differs(
                "parameters",
                sorted(&ours),
                sorted(&plain_parameters(&cells[12 + at])),
            );
        }
    }
    let expected: BTreeSet<_> = CORRECTIONS.iter().map(|c| (c.0, c.1, c.2)).collect();
    assert_eq!(differences, expected);

    for cells in table(&folder.join("params.tsv")) {
        let row = registry::parameter(cells[0].as_bytes()).expect("every parameter has a row");
        for (at, version) in Version::ALL.into_iter().enumerate() {
            let theirs = match &*cells[1 + at] {
                "y" => Defined::Yes,
                "reserved" => Defined::Reserved,
                _ => Defined::No,
            };
            assert_eq!(row.defined(version), theirs, "{} in {version}", row.name);
        }
        assert_eq!(row.many, cells[6].starts_with("yes"), "{}", row.name);
    }

    for cells in table(&folder.join("values.tsv")) {
        // `unknown` never occurs in a card, so it is no registered value of ours.
        if cells[2] == "unknown" {
            continue;
        }
        let parameter = registry::parameter(cells[1].as_bytes()).map(|row| row.id);
        for version in Version::ALL
            .into_iter()
            .filter(|v| cells[3].contains(v.as_str()))
        {
            for name in cells[0].split(' ') {
                let only_tel = cells[3].contains("2.1 TEL only") && version == Version::V2_1;
                if only_tel && name != "TEL" {
                    continue;
                }
                let name = if name == "any" { "NOTE" } else { name };
                let property = registry::property(name.as_bytes()).unwrap().id;
                assert!(
                    registry::is_registered(property, parameter, version, &cells[2]),
                    "{cells:?}"
                );
            }
        }
    }
}

fn plain_types(cell: &str) -> String {
    cell.replace("structured text", "text")
        .replace("structured float", "float")
        .replace("structured (integer;uri)", "text")
        .replace("nested vCard", "vcard")
        .replace("text-list", "text")
        .replace(" (base64)", "")
}

fn plain_parameters(cell: &str) -> String {
    cell.replace("none", "")
        .replace("(image format)", "(image)")
        .replace("(audio format)", "(audio)")
        .replace("(WAVE PCM AIFF)", "(audio)")
        .replace("(X509 PGP)", "(key)")
        .replace("(DOM INTL POSTAL PARCEL HOME WORK)", "")
        .replace("(PREF)", "(pref)")
}

fn sorted(words: &str) -> String {
    let mut words: Vec<_> = words.split_whitespace().collect();
    words.sort_unstable();
    words.join(" ")
}
