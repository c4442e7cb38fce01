//! The page with the mapping, made of the tables: `BLESS=1 cargo test --features jscontact --lib page` writes
//! it anew.

use alloc::string::String;
use core::fmt::Write;

use super::table::{Becomes, How, PARAMETERS, ROWS, Row};

/// What the value of a property becomes, in words.
fn becomes(how: How) -> &'static str {
    match how {
        How::Member => "the value of the member",
        How::Stamp => "a date and time in UTC",
        How::Entry => "an object by its Id",
        How::Items => "an object by its Id for each text of the list",
        How::FullName => "`full` of the name",
        How::Name => "the components of the name",
        How::Address => "an address by its Id",
        How::Coordinates => "the coordinates of an address",
        How::Zone => "the time zone of an address",
        How::Organization => "an organization and its units, by its Id",
        How::Profile => "an object by its Id, with a URI or the name of a user",
        How::Date => "an anniversary by its Id, with its date",
        How::Place => "the place of an anniversary",
        How::Members => "a set of URIs",
        How::Keywords => "a set of texts",
        How::Relations => "relations, by whom they are to",
        How::Gender => "a member of `speakToAs`",
        How::Pronouns => "objects by their Ids in `speakToAs`",
        How::Label => "the label of what is in its group",
        How::Patch => "a patch of the whole card",
        How::Nothing => "nothing; JSContact needs no counterpart",
    }
}

fn member(row: &Row) -> String {
    let mut text = String::new();
    if !row.member.is_empty() {
        let _ = write!(text, "`{}`", row.member);
    }
    if !row.value.is_empty() {
        let _ = write!(text, " `{}`", row.value);
    }
    if let Some(kind) = row.kind {
        let _ = write!(text, " of the kind `{kind}`");
    }
    text
}

fn page() -> String {
    let mut text = String::from(
        "# vCard and JSContact\n\n\
         Made by `src/jscontact/page.rs` from `src/jscontact/table.rs`; change that, not this page. Each row is \
         read in both directions.\n\n\
         ## Properties\n\n\
         | property | member | becomes | section |\n|---|---|---|---|\n",
    );
    for row in ROWS {
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} |",
            row.property.name(),
            member(row),
            becomes(row.how),
            row.section
        );
    }
    text.push_str(
        "\nWhat has no row is kept as an element of `vCardProps` (RFC 9555, 2.15.1), and what a row cannot say \
         of a property as `vCardParams`, or as JSPROP on the way to vCard.\n\n\
         ## Parameters\n\n\
         | parameter | member | becomes | section |\n|---|---|---|---|\n",
    );
    for row in PARAMETERS {
        let becomes = match row.becomes {
            Becomes::Text => "a text",
            Becomes::Number => "a whole number",
            Becomes::Level => "a level, in the words of the property",
            Becomes::Stamp => "a date and time in UTC",
            Becomes::OfAuthor => "a member of the author of a note",
        };
        let _ = writeln!(
            text,
            "| {} | `{}` | {becomes} | {} |",
            row.parameter.name(),
            row.member,
            row.section
        );
    }
    text
}

#[test]
fn ok_page_of_the_mapping() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/jscontact.md");
    let page = page();
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, &page).unwrap();
    }
    assert_eq!(std::fs::read_to_string(&path).unwrap_or_default(), page);
}
