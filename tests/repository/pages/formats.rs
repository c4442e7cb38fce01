//! The pages about jCard and xCard: what the code makes of a line of each property, parameter and value type
//! of 4.0, and reads from it.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use vcardinal::convert::Change;
use vcardinal::registry::{self, Defined};
use vcardinal::{Card, Version, jcard, xcard};

/// A line, and what is special of it in jCard and in xCard.
type Example = (&'static str, &'static str, &'static str);

/// A line of each property, and of forms that differ.
const LINES: &[Example] = &[
    ("SOURCE:https://example.com/dir/brook.vcf", "", ""),
    ("KIND:individual", "", ""),
    (
        "XML:<boat xmlns=\"https://example.com/ns\">Fulmar</boat>",
        "",
        "the element itself",
    ),
    ("FN:Odalys Brook", "", ""),
    (
        "N;SORT-AS=\"Brook,Odalys\":Brook;Odalys;Bea,Ines;Dr.;",
        "a list in a component is an array",
        "a list in a component is a repeated element",
    ),
    ("N:Brook;Odalys;;;Jr.;Solis;Jr.", "", ""),
    (
        "NICKNAME:Ody,Lys",
        "a list is more members",
        "a list is more elements",
    ),
    ("PHOTO:https://example.com/brook.png", "", ""),
    (
        "BDAY:19841210",
        "dates are in the extended format",
        "dates are in the basic format, in the element of their form",
    ),
    ("BDAY:--1210", "", ""),
    ("BDAY;VALUE=text:at harvest", "", ""),
    ("BIRTHPLACE:Ashford", "", ""),
    ("DEATHDATE:2051", "", ""),
    ("DEATHPLACE;VALUE=uri:geo:51.1,0.9", "", ""),
    ("ANNIVERSARY:20090808T143000Z", "", ""),
    ("GENDER:F;it's complicated", "", ""),
    ("GENDER:F", "one component alone is a text", ""),
    ("GRAMGENDER:feminine", "", ""),
    ("PRONOUNS;PREF=1:she/her", "", ""),
    (
        "ADR;LABEL=\"1 Elm St\\nAshford\":;;1 Elm St;Ashford;;TN23;UK",
        "",
        "",
    ),
    ("TEL;TYPE=home,voice;VALUE=uri:tel:+12025550101", "", ""),
    (
        "item1.TEL:+1 202 555 0102",
        "a group is a parameter",
        "a group is an element",
    ),
    ("EMAIL;PREF=1:ody@example.com", "", ""),
    ("IMPP:xmpp:ody@example.com", "", ""),
    (
        "SOCIALPROFILE;SERVICE-TYPE=Boatnet:https://boat.example/ody",
        "",
        "",
    ),
    ("LANG;TYPE=work:pt", "", ""),
    ("LANGUAGE:en", "", ""),
    ("CONTACT-URI;PREF=1:https://example.com/contact", "", ""),
    ("TZ:Europe/London", "", ""),
    ("TZ;VALUE=utc-offset:-0500", "", ""),
    ("GEO:geo:51.1,0.9", "", ""),
    ("TITLE:Shipwright", "", ""),
    ("ROLE:Head of the yard", "", ""),
    ("LOGO:https://example.com/yard.svg", "", ""),
    ("ORG:Fulmar Yard;Keels;Oak", "", ""),
    ("ORG:Fulmar Yard", "", ""),
    (
        "MEMBER:urn:uuid:5c1cd6a7-2ac3-4f37-9df5-4ba09aa2a8b2",
        "",
        "",
    ),
    (
        "RELATED;TYPE=friend:urn:uuid:5c1cd6a7-2ac3-4f37-9df5-4ba09aa2a8b2",
        "",
        "",
    ),
    ("EXPERTISE;LEVEL=expert:keels", "", ""),
    ("HOBBY;LEVEL=high:rowing", "", ""),
    ("INTEREST;INDEX=1:tides", "", ""),
    ("ORG-DIRECTORY:https://example.com/staff", "", ""),
    ("CATEGORIES:boats,yard", "", ""),
    ("CREATED:20240102T030405Z", "", ""),
    ("NOTE:one\\, two\\nthree; four", "", ""),
    ("PRODID:-//Example//Yard 1//EN", "", ""),
    ("REV:20240102T030405Z", "", ""),
    ("SOUND:https://example.com/name.ogg", "", ""),
    ("UID:urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1", "", ""),
    (
        "CLIENTPIDMAP:1;urn:uuid:53e374d9-337e-4727-8803-a1e9c14e0556",
        "",
        "",
    ),
    ("URL:https://example.com/", "", ""),
    ("KEY:https://example.com/brook.pgp", "", ""),
    ("FBURL:https://example.com/busy", "", ""),
    ("CALADRURI:mailto:cal@example.com", "", ""),
    ("CALURI:https://example.com/cal", "", ""),
    ("JSPROP;JSPTR=\"example.com:mood\":\"calm\"", "", ""),
    ("X-SHOE-SIZE;VALUE=integer:38", "", ""),
    (
        "X-MOTTO:slow\\, steady",
        "without VALUE it is of no type, and no escape is taken for one",
        "without VALUE it is of no type, and no escape is taken for one",
    ),
];

/// A line of each parameter.
const PARAMETERS: &[Example] = &[
    ("EMAIL;ALTID=1:ody@example.com", "", ""),
    ("NOTE;AUTHOR=\"mailto:ody@example.com\":tides", "", "a URI"),
    ("NOTE;AUTHOR-NAME=Ody:tides", "", ""),
    ("BDAY;CALSCALE=gregorian:19841210", "", ""),
    ("ADR;CC=GB:;;;;;;", "", ""),
    (
        "NOTE;CREATED=20240102T030405Z:tides",
        "as the card has it",
        "a timestamp",
    ),
    ("N;DERIVED=TRUE:Brook;Odalys;;;", "", ""),
    ("ADR;GEO=\"geo:51.1,0.9\":;;;Ashford;;;", "", "a URI"),
    ("HOBBY;INDEX=1:rowing", "a text, as all of them", "a number"),
    ("CALURI;JSCOMPS=\";0\":https://example.com/cal", "", ""),
    ("JSPROP;JSPTR=\"example.com:mood\":1", "", ""),
    (
        "ADR;LABEL=\"1 Elm St\\nAshford\":;;;Ashford;;;",
        "the only one with escapes",
        "the only one with escapes",
    ),
    ("TITLE;LANGUAGE=pt:Carpinteira", "", "a language tag"),
    ("HOBBY;LEVEL=high:rowing", "", ""),
    (
        "PHOTO;MEDIATYPE=image/png:https://example.com/brook",
        "",
        "",
    ),
    ("N;PHONETIC=ipa:;oda;;;", "", ""),
    ("TEL;PID=1.1,2.1:1", "", ""),
    ("TEL;PREF=1:1", "", "a number"),
    ("TEL;PROP-ID=p1:1", "", ""),
    ("N;SCRIPT=Latn:Brook;;;;", "", ""),
    (
        "SOCIALPROFILE;SERVICE-TYPE=Boatnet:https://boat.example/ody",
        "",
        "",
    ),
    (
        "N;SORT-AS=\"Brook,Odalys\":Brook;Odalys;;;",
        "a member for each component",
        "an element for each component",
    ),
    (
        "TEL;TYPE=home,work:1",
        "a list is an array",
        "a list is more elements",
    ),
    ("ADR;TZ=Europe/London:;;;;;;", "", "a text, or a URI"),
    (
        "SOCIALPROFILE;USERNAME=ody:https://boat.example/ody",
        "",
        "",
    ),
    (
        "TEL;VALUE=uri:tel:+12025550101",
        "the type, and no parameter",
        "the element of the value",
    ),
    (
        "TEL;X-RING=\"a,b\",^'c^':1",
        "as a reader unescapes it",
        "of no type",
    ),
    (
        "BDAY;VALUE=date:19841210",
        "said, though `date-and-or-time` is the default",
        "",
    ),
];

/// A line of each value type.
const TYPES: &[Example] = &[
    ("X-A;VALUE=text:one\\, two\\; three", "", ""),
    ("X-A;VALUE=uri:https://example.com/a,b", "", ""),
    ("X-A;VALUE=date:19841210", "", ""),
    ("X-A;VALUE=time:143000Z", "", ""),
    ("X-A;VALUE=date-time:19841210T143000-0500", "", ""),
    (
        "X-A;VALUE=date-and-or-time:---10",
        "",
        "the element of its form",
    ),
    ("X-A;VALUE=timestamp:19841210T143000Z", "", ""),
    ("X-A;VALUE=boolean:TRUE", "", ""),
    (
        "X-A;VALUE=integer:7,-8",
        "a list is more members",
        "a list is more elements",
    ),
    ("X-A;VALUE=float:0.5", "", ""),
    ("X-A;VALUE=utc-offset:-0500", "", ""),
    ("X-A;VALUE=language-tag:pt-BR", "", ""),
    ("X-A;VALUE=float:0.5000000000000000001", "", ""),
];

fn card(line: &str) -> Card {
    Card::parse(format!(
        "BEGIN:VCARD\r\nVERSION:4.0\r\n{line}\r\nEND:VCARD\r\n"
    ))
    .unwrap()
}

/// A format: what the property of a card becomes, and the card that is read from it.
struct Format {
    title: &'static str,
    remark: fn(&Example) -> &'static str,
    of: fn(&Card) -> String,
    back: fn(&Card) -> Card,
    changes: fn(&Card) -> Vec<Change>,
}

const JCARD: Format = Format {
    title: "jCard",
    remark: |example| example.1,
    of: |card| jcard::to_value(card).unwrap()[1][1].to_string(),
    back: |card| jcard::from_value(&jcard::to_value(card).unwrap()).unwrap(),
    changes: |card| jcard::JCard::of(card).unwrap().changes(),
};

const XCARD: Format = Format {
    title: "xCard",
    remark: |example| example.2,
    of: |card| {
        let xml = xcard::to_string([card]).unwrap();
        let (_, rest) = xml.split_once("<vcard>").unwrap();
        let (own, _) = rest.split_once("</vcard>").unwrap();
        // A row of the page is one line.
        own.replace('\n', "&#10;")
    },
    back: |card| {
        let xml = xcard::to_string([card]).unwrap();
        xcard::Reader::new(xml.as_bytes()).next().unwrap().unwrap()
    },
    changes: |card| xcard::XCard::of(card).unwrap().changes(),
};

/// A table of what lines become, each of which comes back, or a change says what does not.
fn table(page: &mut String, heading: &str, examples: &[Example], format: &Format) {
    writeln!(
        page,
        "\n## {heading}\n\n| vCard | {} | |\n|---|---|---|",
        format.title
    )
    .unwrap();
    for example in examples {
        let line = example.0;
        let card = card(line);
        let written = (format.of)(&card);
        let changes = (format.changes)(&card);
        let back = (format.back)(&card);
        let is_said = card.same_content(&back) || !changes.is_empty();
        assert!(is_said, "{line}: {back}");
        assert!(!line.contains('`') && !written.contains(['`', '|', '\n']));
        let said = changes
            .iter()
            .map(|change| format!("reported: {}", change.message()));
        let remarks = [String::from((format.remark)(example))]
            .into_iter()
            .chain(said);
        let remarks: Vec<String> = remarks.filter(|remark| !remark.is_empty()).collect();
        writeln!(page, "| `{line}` | `{written}` | {} |", remarks.join("; ")).unwrap();
    }
}

fn page(introduction: &str, format: &Format) -> String {
    let mut page = String::from(introduction);
    table(&mut page, "Properties", LINES, format);
    table(&mut page, "Parameters", PARAMETERS, format);
    table(&mut page, "Value types", TYPES, format);
    page
}

/// Whether a line has this parameter.
fn has(line: &str, name: &str) -> bool {
    let card = card(line);
    let property = card.properties().nth(1).unwrap();
    let mut parameters = property.parameters();
    parameters.any(|parameter| parameter.is(name))
}

#[test]
fn ok_all_of_4_0_has_an_example() {
    let names: BTreeSet<&str> = LINES
        .iter()
        .map(|(line, ..)| {
            let name = line.split([':', ';']).next().unwrap();
            name.rsplit('.').next().unwrap()
        })
        .collect();
    for row in registry::properties() {
        let is_frame = ["BEGIN", "END", "VERSION"].contains(&row.name);
        if row.column(Version::V4_0).is_some() && row.stands_for.is_none() && !is_frame {
            assert!(names.contains(row.name), "{}", row.name);
        }
    }
    for row in registry::parameters() {
        if row.defined(Version::V4_0) == Defined::Yes {
            let mut lines = PARAMETERS.iter();
            assert!(lines.any(|(line, ..)| has(line, row.name)), "{}", row.name);
        }
    }
    for row in registry::value_types() {
        if row.versions.contains(&Version::V4_0) {
            let word = format!("VALUE={}:", row.name);
            assert!(
                TYPES.iter().any(|(line, ..)| line.contains(&word)),
                "{word}"
            );
        }
    }
}

#[test]
fn ok_page_of_jcard() {
    let page = page(
        "# vCard and jCard\n\n\
         Made by `tests/repository/pages/formats.rs`: what the library makes of each line, and reads from it: the \
         same, or what is reported. Change the code, not this page. RFC 7095.\n\n\
         A card is `[\"vcard\", [..]]`, its version first; cards of 2.1 and 3.0 are converted to 4.0.\n",
        &JCARD,
    );
    super::expect("jcard.md", &page);
}

#[test]
fn ok_page_of_xcard() {
    let introduction = format!(
        "# vCard and xCard\n\n\
         Made by `tests/repository/pages/formats.rs`: what the library makes of each line, and reads from it: the \
         same, or what is reported. Change the code, not this page. RFC 6351.\n\n\
         A card is `<vcard>` in `<vcards>` of the namespace `urn:ietf:params:xml:ns:vcard-4.0`; cards of 2.1 and \
         3.0 are converted to 4.0. Elements may lie {} deep in each other. Components that RFC 9554 added are in \
         a namespace of ours, `{}`, which other readers pass over. Line breaks are written as they are; here \
         `&#10;` stands for them.\n",
        xcard::MAX_DEPTH,
        xcard::NAMESPACE
    );
    super::expect("xcard.md", &page(&introduction, &XCARD));
}
