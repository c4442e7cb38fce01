//! Cards as xCard and back. RFC 6351.

use vcardinal::convert::ChangeKind;
use vcardinal::validate::{Profile, validate};
use vcardinal::{Card, Limits, xcard};

const NAMESPACE: &str = "urn:ietf:params:xml:ns:vcard-4.0";

fn card(lines: &str) -> Card {
    Card::parse(format!(
        "BEGIN:VCARD\r\nVERSION:4.0\r\n{lines}\r\nEND:VCARD\r\n"
    ))
    .unwrap()
}

/// What stands in the element of a card.
fn content(lines: &str) -> String {
    let xml = xcard::to_string([&card(lines)]).unwrap();
    let (_, inside) = xml.split_once("<vcard>").unwrap();
    inside.split_once("</vcard>").unwrap().0.to_owned()
}

fn document(content: &str) -> String {
    format!("<vcards xmlns=\"{NAMESPACE}\"><vcard>{content}</vcard></vcards>")
}

fn read(xml: &str) -> Result<vcardinal::convert::Conversion, xcard::Error> {
    xcard::Reader::new(xml.as_bytes()).read().unwrap()
}

fn lines(content: &str) -> String {
    let card = read(&document(content)).unwrap().into_card().to_string();
    let lines = card.replace("\r\n ", "").replace("\r\n", "|");
    let lines = lines.strip_prefix("BEGIN:VCARD|VERSION:4.0|").unwrap();
    lines
        .strip_suffix("|END:VCARD|")
        .unwrap_or_default()
        .to_owned()
}

/// Lines, content; both ways.
const PAIRS: &[(&str, &str)] = &[
    (
        "FN:Zoë & <Quist>",
        "<fn><text>Zoë &amp; &lt;Quist&gt;</text></fn>",
    ),
    ("NOTE: a\\nb\\, c ", "<note><text> a\nb, c </text></note>"),
    ("NOTE:", "<note><text/></note>"),
    (
        "TEL;VALUE=uri;PREF=1;TYPE=home,cell:tel:+1",
        "<tel><parameters><pref><integer>1</integer></pref><type><text>home</text><text>cell</text></type></parameters><uri>tel:+1</uri></tel>",
    ),
    ("TEL:tel:+1", "<tel><text>tel:+1</text></tel>"),
    (
        "TITLE;LANGUAGE=fr;ALTID=1:Patronne",
        "<title><parameters><language><language-tag>fr</language-tag></language><altid><text>1</text></altid></parameters><text>Patronne</text></title>",
    ),
    (
        "TEL;X-FUN=a:1",
        "<tel><parameters><x-fun><unknown>a</unknown></x-fun></parameters><text>1</text></tel>",
    ),
    (
        "N:Quist;Zoë;Q.,Ada;;",
        "<n><surname>Quist</surname><given>Zoë</given><additional>Q.</additional><additional>Ada</additional><prefix/><suffix/></n>",
    ),
    (
        "ADR;GEO=\"geo:1,2\";TZ=Europe/Oslo:;;a;b;c;d;e",
        "<adr><parameters><geo><uri>geo:1,2</uri></geo><tz><text>Europe/Oslo</text></tz></parameters><pobox/><ext/><street>a</street><locality>b</locality><region>c</region><code>d</code><country>e</country></adr>",
    ),
    (
        "GENDER:F;grrrl",
        "<gender><sex>F</sex><identity>grrrl</identity></gender>",
    ),
    ("GENDER:;x", "<gender><sex/><identity>x</identity></gender>"),
    ("GENDER:M", "<gender><sex>M</sex></gender>"),
    (
        "CLIENTPIDMAP:1;urn:a:b",
        "<clientpidmap><sourceid>1</sourceid><uri>urn:a:b</uri></clientpidmap>",
    ),
    ("ORG:a;b\\;c", "<org><text>a</text><text>b;c</text></org>"),
    (
        "CATEGORIES:a,b\\,c",
        "<categories><text>a</text><text>b,c</text></categories>",
    ),
    ("BDAY:--0203", "<bday><date>--0203</date></bday>"),
    ("BDAY:T1022", "<bday><time>1022</time></bday>"),
    (
        "BDAY:20090808T1430-0500",
        "<bday><date-time>20090808T1430-0500</date-time></bday>",
    ),
    (
        "BDAY;VALUE=text:circa 1800",
        "<bday><text>circa 1800</text></bday>",
    ),
    (
        "REV:19951031T222710Z",
        "<rev><timestamp>19951031T222710Z</timestamp></rev>",
    ),
    (
        "TZ;VALUE=utc-offset:-0500",
        "<tz><utc-offset>-0500</utc-offset></tz>",
    ),
    ("LANG:de", "<lang><language-tag>de</language-tag></lang>"),
    ("GEO:geo:1\\,2", "<geo><uri>geo:1,2</uri></geo>"),
    ("X-T;VALUE=time:--50", "<x-t><time>--50</time></x-t>"),
    (
        "X-I;VALUE=integer:1,2",
        "<x-i><integer>1</integer><integer>2</integer></x-i>",
    ),
    ("X-F;VALUE=float:1.50", "<x-f><float>1.50</float></x-f>"),
    (
        "X-B;VALUE=boolean:TRUE",
        "<x-b><boolean>true</boolean></x-b>",
    ),
    (
        "X-FILE:alien\\,.jpg",
        "<x-file><unknown>alien\\,.jpg</unknown></x-file>",
    ),
    (
        "A.FN:x|A.TEL:1|B.TEL:2|TEL:3",
        "<group name=\"A\"><fn><text>x</text></fn><tel><text>1</text></tel></group><group name=\"B\"><tel><text>2</text></tel></group><tel><text>3</text></tel>",
    ),
    (
        "XML:<a xmlns=\"http://example.com/\" b=\"c\">d &amp; <e/></a>",
        "<a xmlns=\"http://example.com/\" b=\"c\">d &amp; <e/></a>",
    ),
    ("XML:no markup", "<xml><text>no markup</text></xml>"),
    (
        "XML:<fn xmlns=\"urn:ietf:params:xml:ns:vcard-4.0\"/>",
        "<xml><text>&lt;fn xmlns=&quot;urn:ietf:params:xml:ns:vcard-4.0&quot;/&gt;</text></xml>",
    ),
    (
        "N:a;b;;;;c;d",
        "<n><surname>a</surname><given>b</given><additional/><prefix/><suffix/><secondary-surname xmlns=\"https://docs.rs/vcardinal/xcard/components\">c</secondary-surname><generation xmlns=\"https://docs.rs/vcardinal/xcard/components\">d</generation></n>",
    ),
];

#[test]
fn ok_each_form_both_ways() {
    for (line, wanted) in PAIRS {
        let own = line.replace('|', "\r\n");
        assert_eq!(content(&own), *wanted);
        let read = read(&document(wanted)).unwrap();
        assert!(read.changes().is_empty(), "{line}: {:?}", read.changes());
        assert!(
            read.card().same_content(&card(&own)),
            "{wanted}{}",
            read.card()
        );
    }
}

#[test]
fn ok_prefixes_spaces_comments_and_references() {
    let xml = "\u{FEFF}<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<!-- c --><v:vcards xmlns:v=\"urn:ietf:params:xml:ns:vcard-4.0\" xmlns:h=\"http://example.com/h\">\n\
        <v:vcard>\n  <v:fn><!-- c --><v:text>A&#x20;<![CDATA[<b>]]><?p i?>&amp;&#10;c</v:text></v:fn>\n\
        <h:p h:q=\"1\">x<h:r/></h:p><v:note><v:text>a\r\nb</v:text></v:note></v:vcard> </v:vcards>\n<!-- end -->";
    let card = read(xml).unwrap().into_card();
    assert_eq!(
        card.to_string().replace("\r\n ", ""),
        "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:A <b>&\\nc\r\n\
         XML:<h:p xmlns:h=\"http://example.com/h\" h:q=\"1\">x<h:r/></h:p>\r\nNOTE:a\\nb\r\nEND:VCARD\r\n"
    );
}

#[test]
fn ok_reading_is_tolerant_and_says_so() {
    for (content, wanted, changes) in [
        (
            "<version><text>4.0</text></version><fn><text>A</text></fn>",
            "FN:A",
            0,
        ),
        (
            "<version><text>3.0</text></version><fn><text>A</text></fn>",
            "FN:A",
            1,
        ),
        (
            "<bday><date-and-or-time>19850412</date-and-or-time></bday>",
            "BDAY:19850412",
            0,
        ),
        ("<bday><date>1985-04-12</date></bday>", "BDAY:19850412", 0),
        (
            "<tz><utc-offset>-05:00</utc-offset></tz>",
            "TZ;VALUE=utc-offset:-0500",
            0,
        ),
        ("<n><given>b</given></n>", "N:;b;;;", 0),
        ("<n><surname>a</surname><surname/></n>", "N:a,;;;;", 0),
        ("<n><text>Quist</text></n>", "N:Quist;;;;", 1),
        (
            "<gender><sex>F</sex><text>it's complicated</text></gender>",
            "GENDER:F;it's complicated",
            1,
        ),
        (
            "<fn a=\"1\"><text b=\"2\">A</text><z xmlns=\"http://example.com/\">no</z></fn>",
            "FN:A",
            1,
        ),
        (
            "<fn><text>A<z xmlns=\"http://example.com/\">no</z></text></fn>",
            "FN:A",
            1,
        ),
        (
            "<tel><parameters><value><text>uri</text></value><type><text>home</text></type></parameters><uri>tel:1</uri></tel>",
            "TEL;VALUE=uri;TYPE=home:tel:1",
            1,
        ),
        (
            "<x-a><unknown>a\nEVIL:b</unknown></x-a>",
            "X-A:a\\nEVIL:b",
            1,
        ),
        (
            "<note><text>a</text><text>b</text></note>",
            "NOTE:a|NOTE:b",
            1,
        ),
        (
            "<rev><timestamp>yesterday</timestamp></rev>",
            "REV:yesterday",
            1,
        ),
    ] {
        assert_eq!(lines(content), wanted, "{content}");
        let read = read(&document(content)).unwrap();
        assert_eq!(
            read.changes().len(),
            changes,
            "{content}: {:?}",
            read.changes()
        );
    }
    let alone = format!("<vcard xmlns=\"{NAMESPACE}\"><fn><text>A</text></fn></vcard>");
    assert_eq!(read(&alone).unwrap().changes().len(), 1);
    assert!(
        xcard::Reader::new(document("").replace("<vcard></vcard>", "").as_bytes())
            .next()
            .is_none()
    );
}

#[test]
fn err_each_is_named() {
    for (xml, wanted) in [
        (String::new(), "expected <vcards>, found the end"),
        ("x".into(), "expected an element, found a text"),
        (
            "<vcards/>".into(),
            "expected <vcards>, found <vcards> of another namespace",
        ),
        (
            format!("<card xmlns=\"{NAMESPACE}\"/>"),
            "expected <vcards>, found <card>",
        ),
        (
            format!("<!DOCTYPE v><vcards xmlns=\"{NAMESPACE}\"/>"),
            "a document type is not read",
        ),
        (
            format!(
                "<!DOCTYPE v [<!ENTITY a \"aa\"><!ENTITY b \"&a;&a;\">]><vcards xmlns=\"{NAMESPACE}\"/>"
            ),
            "a document type is not read",
        ),
        (
            document("<fn><text>&a;</text></fn>"),
            "the entity &a; is not one of XML",
        ),
        (
            document("<fn><text>&nbsp;</text></fn>"),
            "the entity &nbsp; is not one of XML",
        ),
        (document("<fn>A</fn>"), "expected an element, found a text"),
        (
            document("<fn/>"),
            "expected an element of a value, found an empty property",
        ),
        (
            document("<n/>"),
            "expected an element of a component, found an empty property",
        ),
        (
            document("<n><sur>a</sur></n>"),
            "expected an element of a component, found <sur>",
        ),
        (
            document("<fn><text><b/></text></fn>"),
            "expected the text of a value, found <b>",
        ),
        (
            document("<group><fn><text>A</text></fn></group>"),
            "expected the attribute name of a group, found none",
        ),
        (
            document("<group name=\"a\"><group name=\"b\"/></group>"),
            "expected a property, found a group in a group",
        ),
        (
            document("<group name=\"a&#10;b\"/>"),
            "<a\nb>: a name is made of ASCII letters, digits and hyphens; byte 1 is something else",
        ),
        (
            document("<é><text>A</text></é>"),
            "<é>: a name is made of ASCII letters, digits and hyphens; byte 0 is something else",
        ),
        (
            document("<begin><text>VCARD</text></begin>"),
            "BEGIN and END frame a card, and VERSION is that of its builder; they cannot be set",
        ),
        (
            document("<p:a/>"),
            "not XML: nothing says what the prefix p stands for",
        ),
        (
            "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a/>".into(),
            "not XML: its encoding is not UTF-8",
        ),
    ] {
        let error = read(&xml).unwrap_err();
        assert_eq!(error.kind().to_string(), wanted, "{xml}");
        assert!(error.byte() <= xml.len() as u64);
        assert_eq!(
            error.to_string(),
            format!("byte {}: {wanted}", error.byte())
        );
    }
    for content in [
        "<fn>",
        "<fn></n>",
        "<fn><text>A",
        "</fn>",
        "<fn a=1/>",
        "<fn a='1' a='2'/>",
        "<fn><text>&</text></fn>",
        "<fn><text>&#0;</text></fn>",
    ] {
        let error = read(&document(content)).unwrap_err();
        assert!(
            matches!(error.kind(), xcard::ErrorKind::Xml(_)),
            "{content}: {error}"
        );
    }
    let not_utf_8 = [document("<fn><text>").as_bytes(), b"\xFF"].concat();
    assert!(xcard::Reader::new(&not_utf_8[..]).next().unwrap().is_err());
}

#[test]
fn ok_cards_before_an_error_are_there() {
    let good = "<vcard><fn><text>A</text></fn></vcard>";
    let xml =
        format!("<vcards xmlns=\"{NAMESPACE}\">{good}{good}<vcard><fn/></vcard>{good}</vcards>");
    let read: Vec<bool> = xcard::Reader::new(xml.as_bytes())
        .map(|card| card.is_ok())
        .collect();
    assert_eq!(read, [true, true, false]);
    let whole = document("<fn><text>A</text></fn>");
    for end in 1..whole.len() {
        let cut = whole.get(..end).unwrap();
        let read: Vec<_> =
            xcard::Reader::new(std::io::BufReader::with_capacity(3, cut.as_bytes())).collect();
        assert!(read.last().unwrap().is_err(), "{cut}");
        assert!(read.len() <= 2);
    }
}

/// RFC 6351, 5.2: the schema does not say how often a property may be there; the checker does, of what was
/// read as of any card.
#[test]
fn ok_cardinalities_are_checked_of_what_was_read() {
    let rules = |content: &str| -> Vec<&str> {
        let read = read(&document(content)).unwrap();
        let report = validate(read.card(), Profile::Declared);
        report.iter().map(|finding| finding.rule.id).collect()
    };
    let name = "<fn><text>A</text></fn>";
    let date = "<bday><date>--0203</date></bday>";
    assert!(rules(&format!("{name}{date}")).is_empty());
    assert_eq!(rules(&format!("{name}{date}{date}")), ["property-repeated"]);
    assert_eq!(rules(date), ["fn-missing"]);
}

#[test]
fn err_limits() {
    let mut limits = Limits::default();
    (
        limits.properties,
        limits.parameters,
        limits.values,
        limits.card,
        limits.line,
    ) = (2, 2, 3, 4000, 1000);
    let read = |content: &str| {
        let xml = document(content);
        let mut reader = xcard::Reader::new(xml.as_bytes()).with_limits(limits.clone());
        reader
            .next()
            .unwrap()
            .map(|_| ())
            .map_err(|error| error.kind().to_string())
    };
    let one = "<fn><text>A</text></fn>";
    assert_eq!(read(&one.repeat(2)), Ok(()));
    assert_eq!(
        read(&one.repeat(3)).unwrap_err(),
        "number of properties is larger than the limit of 2"
    );
    let values = |times: usize| {
        format!(
            "<categories>{}</categories>",
            "<text>a</text>".repeat(times)
        )
    };
    assert_eq!(read(&values(3)), Ok(()));
    assert_eq!(
        read(&values(4)).unwrap_err(),
        "number of values is larger than the limit of 3"
    );
    let parameters = |names: &[&str]| {
        let each: String = names
            .iter()
            .map(|name| format!("<{name}><text>1</text></{name}>"))
            .collect();
        format!("<tel><parameters>{each}</parameters><text>1</text></tel>")
    };
    assert_eq!(read(&parameters(&["a", "b"])), Ok(()));
    assert_eq!(
        read(&parameters(&["a", "b", "c"])).unwrap_err(),
        "number of parameters is larger than the limit of 2"
    );
    assert_eq!(
        read(&format!("<note><text>{}</text></note>", "a".repeat(5000))).unwrap_err(),
        "card is larger than the limit of 4000"
    );
    assert_eq!(
        read(&format!("<note><text>{}</text></note>", "a".repeat(80_000))).unwrap_err(),
        "property is larger than the limit of 66536"
    );
    assert_eq!(
        read(&format!("<note {}/>", "a".repeat(80_000))).unwrap_err(),
        "property is larger than the limit of 66536"
    );
    let deep = |depth: usize| {
        format!(
            "<a xmlns=\"http://example.com/\">{}{}</a>",
            "<b>".repeat(depth),
            "</b>".repeat(depth)
        )
    };
    assert_eq!(read(&deep(61)), Ok(()));
    assert_eq!(
        read(&deep(62)).unwrap_err(),
        "depth of elements is larger than the limit of 64"
    );
    assert_eq!(
        read(&deep(100_000).replace("</b>", "")).unwrap_err(),
        "depth of elements is larger than the limit of 64"
    );
}

#[test]
fn ok_what_changes_is_said() {
    for (line, wanted, kind) in [
        (
            "NOTE:a\u{1}b",
            "<note><text>a\u{FFFD}b</text></note>",
            ChangeKind::Approximated,
        ),
        (
            "1A:b",
            "<x-1a><unknown>b</unknown></x-1a>",
            ChangeKind::Moved,
        ),
        (
            "X-A;VALUE=x-mine:b",
            "<x-a><x-mine>b</x-mine></x-a>",
            ChangeKind::Approximated,
        ),
        (
            "BDAY:1985/04/12",
            "<bday><unknown>1985/04/12</unknown></bday>",
            ChangeKind::Approximated,
        ),
    ] {
        let card = card(line);
        assert_eq!(content(line), wanted);
        let changes = xcard::XCard::of(&card).unwrap().changes();
        assert_eq!(changes.len(), 1, "{line}: {changes:?}");
        assert_eq!(changes[0].kind(), kind);
    }
}
