//! Faults put into a card, of the kinds that rules know and programs make.

use super::choices::Choices;

/// Parameters that are empty, or words without a name, or what is not of the version.
const PARAMETERS: &[&str] = &[
    "",
    "TYPE=",
    "TYPE=\"\"",
    "PREF=",
    "LANGUAGE=",
    "PID=",
    "VALUE=",
    "MEDIATYPE=",
    "ALTID=",
    "ENCODING=",
    "CHARSET=",
    "X-A=",
    "TYPE=home",
    "TYPE=cell,voice",
    "type=WORK",
    "TYPE=pref",
    "TYPE=\"home,work\"",
    "TYPE=\"Office, 2nd floor\"",
    "TYPE=HOME\\,VOICE",
    "TYPE=\"CELL\\,VOICE\"",
    "TYPE=x-own,pref",
    "TYPE=\"home,pref\"",
    "TYPE=\"pref\"",
    "TYPE=FAX\\,Zed",
    "TYPE=home\\",
    "PREF=1",
    "PREF=50",
    "PREF=abc",
    "HOME",
    "WORK",
    "CELL",
    "PREF",
    "INTERNET",
    "FOO",
    "date",
    "uri",
    "JPEG",
    "BASE64",
    "QUOTED-PRINTABLE",
    "\"HOME\"",
    "b",
    "X-A=b",
    "LABEL=12 Main St;Springfield",
    "AUTHOR-NAME=a;b",
    "SORT-AS=Harten;Rene",
    "MEDIATYPE=image/png;foo",
    "X-A=a;HOME",
    "LABEL=x;HOME;WORK",
    "CHARSET=UTF-8",
    "CHARSET=utf-8",
    "CHARSET=ISO-8859-1",
    "ENCODING=BASE64",
    "ENCODING=b",
    "ENCODING=8BIT",
    "ENCODING=x-own",
    "VALUE=date",
    "VALUE=DATE-TIME",
    "VALUE=uri",
    "VALUE=text",
    "LANGUAGE=en",
    "PID=1.1",
    "TYPE=\"a^'b\"",
    "A=\"b",
    " TYPE=home",
    "TYPE=,home",
    "TYPE=home,",
    "TYPE=home, work",
    "TYPE=on board",
    "TPYE=home",
    "MEDIATYPE=text/plain;charset=utf-8",
    "CREATED=20221122",
    "SCRIPT=Latin",
];

/// Values that are nearly right, and of the other versions.
const VALUES: &[&str] = &[
    "",
    "1985-04-12",
    "19850412",
    "--0412",
    "--04-12",
    "T102200.5",
    "T10:22:00",
    "1996-10-22T14:00:00Z",
    "19961022T140000Z",
    "19961022T140000.5Z",
    "1996-10-22",
    "2020-4-1",
    "-05:00",
    "-0500",
    "-5",
    "a, b; c",
    "a\\, b; c",
    "a\\; b, c",
    "C:\\new, table",
    "a\\:b,c",
    "https://example.com/a,b",
    "https://example.com/a\\,b\\;c",
    "tel:+14155550101",
    "TEL:+1-415-555-0102",
    "tel:+1;ext=7",
    "tel:5550101",
    "mailto:a@example.com",
    "data:image/jpeg;base64,/9j/4A==",
    "data:image/png;base64\\,iVBORw0KGgo=",
    "data:image/jpegbase64/9j/4A==",
    "data:,abc",
    "/9j/4A==",
    "Zo\u{eb}, Quist",
    "IMAGE/JPEG;BASE64,/9j/4A==",
    " 19850412",
    "geo:37.38,-122.08",
    "geo:+37.38\\,-122.08",
    "37.38\\;-122.08",
    "https\\://example.com/a\\:b",
    "http://[a]:b/#c#d",
    "mailto:a@example.com, b@example.com",
    "Quist;Zoe;;;;Alonso;Jr.",
    ";;;;;;;;;;12;Main St;;;;;;",
    "Quist\\;Zoe\\;;;;",
    "1996-04-15T10:00:00Z",
];

const NAMES: &[&str] = &[
    "TEL",
    "EMAIL",
    "ADR",
    "NOTE",
    "PHOTO",
    "KEY",
    "SOUND",
    "BDAY",
    "ANNIVERSARY",
    "REV",
    "TZ",
    "URL",
    "GEO",
    "N",
    "ORG",
    "X-A",
    "FN",
    "VERSION",
    "UID",
    "RELATED",
    "CREATED",
    "SOCIALPROFILE",
    "CATEGORIES",
    "IMPP",
];

/// A card with a few faults.
pub fn damage(card: &str, choices: &mut Choices<'_>) -> String {
    let unfolded = card.replace("\r\n ", "");
    let mut lines: Vec<String> = unfolded.lines().map(String::from).collect();
    for _ in 0..1 + choices.below(6) {
        let at = 1 + choices.below(lines.len().saturating_sub(2).max(1));
        match choices.below(10) {
            0..=3 => add_parameter(&mut lines[at], choices),
            4 | 5 => {
                let mut line = choices.pick(NAMES).to_owned();
                for _ in 0..choices.below(3) {
                    line.push(';');
                    line.push_str(choices.pick(PARAMETERS));
                }
                line.push(':');
                line.push_str(choices.pick(VALUES));
                lines.insert(at + 1, line);
            }
            6 => {
                let colon = lines[at].find(':').unwrap_or_default();
                lines[at].truncate(colon + 1);
                lines[at].push_str(choices.pick(VALUES));
            }
            7 => {
                let (from, to) = choices.pick(&[
                    ("\"", ""),
                    ("\\,", ","),
                    ("\\;", ";"),
                    ("TYPE=", ""),
                    ("VALUE=", ""),
                    (",", "\\,"),
                ]);
                lines[at] = lines[at].replacen(from, to, 1 + choices.below(2));
            }
            8 => {
                let again = lines[at].clone();
                lines.insert(at + choices.below(2), again);
            }
            _ => {
                let line = lines.remove(at);
                let to = 1 + choices.below(lines.len().saturating_sub(1).max(1));
                lines.insert(to, line);
            }
        }
    }
    let mut text = String::new();
    let mixed = choices.once_in(6);
    let ending = choices.pick(&["\r\n", "\r\n", "\r\n", "\n", "\r", "\r\r\n"]);
    let fold = choices.once_in(4);
    for (index, line) in lines.iter().enumerate() {
        let ending = if mixed {
            choices.pick(&["\r\n", "\n", "\r", "\r\r\n"])
        } else {
            ending
        };
        match line.char_indices().nth(20) {
            Some((middle, _)) if fold && index > 0 => {
                text.extend([&line[..middle], ending, " ", &line[middle..]]);
            }
            _ => text.push_str(line),
        }
        if index + 1 < lines.len() || !choices.once_in(5) {
            text.push_str(ending);
        }
    }
    text
}

/// Puts a parameter somewhere among those of a line.
fn add_parameter(line: &mut String, choices: &mut Choices<'_>) {
    let parameter = choices.pick(PARAMETERS);
    let head = line.find(':').unwrap_or(line.len());
    let mut places: Vec<usize> = line[..head].match_indices(';').map(|(at, _)| at).collect();
    places.push(head);
    let at = places[choices.below(places.len())];
    line.insert_str(at, &format!(";{parameter}"));
}
