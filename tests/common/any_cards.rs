//! Cards of every version, as the builder makes them or with faults put into them, of lines that
//! contacts are made of, and with octets that are text of one charset or another, or of none.

use proptest::prelude::*;
use proptest::sample::select;

use vcardinal::{Card, Version};

use super::cards;
use super::choices::Choices;
use super::damage::damage;

/// A card that shows as text when a case fails.
#[derive(Clone)]
pub struct Shown(pub Card);

impl std::fmt::Debug for Shown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "{}", self.0.to_bytes().escape_ascii())?;
        write!(f, "{}", self.0)
    }
}

/// Lines of persons, as producers write them.
const LINES: &[&str] = &[
    "FN:Zoe Quist",
    "FN;TYPE=pref:Z",
    "FN;PREF=2:Zo",
    "FN: ",
    "FN:\\n",
    "N:Quist;Zoe;;;",
    "N:;;;;",
    "N:;;Mid;Dr.;",
    "N;ENCODING=QUOTED-PRINTABLE:Qu=69st;Zo=65;;;",
    "ORG:Elm;Sales",
    "ORG:;Sales",
    "ORG;TYPE=pref:Ash",
    "NICKNAME:zo,z",
    "TEL:+14155550123",
    "TEL;TYPE=CELL,pref:+1 (415) 555-0124",
    "item1.TEL:+49 (0) 30 23125020",
    "item1.TEL;TYPE=WORK:+14155550130",
    "item1.X-ABLabel:Boat",
    "item2.EMAIL;TYPE=INTERNET:zoe@example.com",
    "item2.X-ABLabel:_$!<Work>!$_",
    "ITEM1.x-ablabel: Desk ",
    "TEL;VALUE=uri:tel:+14155550125;ext=7",
    "TEL;HOME;FAX:+14155550126",
    "TEL;X-CUSTOM(Desk):+14155550127",
    "TEL;TYPE=x-Aft:+14155550123",
    "TEL:112",
    "TEL:",
    "TEL;TYPE=HOME:(415) 555-0128",
    "TEL:+14155550129 ext. 5",
    "EMAIL:mailto:a@example.com",
    "EMAIL:Zoe <c@example.com>",
    "EMAIL;PREF=1:d@example.com",
    "EMAIL:nobody",
    "EMAIL:a@example.com",
    "X-MS-TEL:+14155550131",
    "X-WA-BIZ-NAME:Oak",
    "X-ABShowAs:COMPANY",
    "KIND:org",
    "X-PHONETIC-FIRST-NAME:zo",
    "NOTE:a, b",
    "CATEGORIES:a,b",
    "TEL+14155550132",
    "",
];

/// Octets that are text of one charset or another.
const OCTETS: &[&[u8]] = &[
    b"\xE9",
    b"\xC3\xA9",
    b"\x83\x5C",
    b"\x8E\xB1",
    b"\xED\xA0\xBD",
    b"\xFC",
    b"\xE5\xB1\xB1",
    b"\xA0",
    b"\xFF",
];

const CHARSETS: &[&str] = &[
    ";CHARSET=UTF-8",
    ";CHARSET=ISO-8859-1",
    ";CHARSET=windows-1252",
    ";CHARSET=SHIFT_JIS",
    ";CHARSET=US-ASCII",
    ";CHARSET=x-none",
    ";CHARSET=",
    "",
    "",
    "",
];

/// Puts octets that are not ASCII into a few lines, encoded or as they are, and names charsets.
fn with_octets(text: &str, choices: &mut Choices<'_>) -> Vec<u8> {
    let mut lines: Vec<Vec<u8>> = text
        .split_inclusive('\n')
        .map(|line| line.as_bytes().to_vec())
        .collect();
    for _ in 0..1 + choices.below(4) {
        let at = 1 + choices.below(lines.len().saturating_sub(2).max(1));
        let Some(line) = lines.get_mut(at) else {
            continue;
        };
        let Some(colon) = line.iter().position(|octet| *octet == b':') else {
            continue;
        };
        let end = line.trim_ascii_end().len().max(colon + 1);
        let place = colon + 1 + choices.below(end - colon);
        let octets = choices.pick(OCTETS);
        let mut parameter = choices.pick(CHARSETS).to_owned();
        let octets = match choices.once_in(4) {
            true => {
                parameter.push_str(";ENCODING=QUOTED-PRINTABLE");
                octets
                    .iter()
                    .flat_map(|octet| format!("={octet:02X}").into_bytes())
                    .collect()
            }
            false => octets.to_vec(),
        };
        line.splice(place..place, octets);
        line.splice(colon..colon, parameter.into_bytes());
    }
    lines.concat()
}

/// Any card: of any version and with any faults.
pub fn any_card() -> impl Strategy<Value = Shown> {
    let made = select(vec![Version::V3_0, Version::V4_0]).prop_flat_map(cards::any_card);
    let bytes = || prop::collection::vec(any::<u8>(), 8..80);
    (made, bytes(), 0..4_u8, 0..4_u8, 0..4_u8).prop_map(|(card, bytes, older, faults, octets)| {
        let mut choices = Choices::new(&bytes);
        let mut text = card.to_string();
        if older == 0 {
            text = text.replacen("VERSION:3.0", "VERSION:2.1", 1);
        }
        if faults != 0 {
            text = damage(&text, &mut choices);
        }
        let bytes = match octets {
            0 => with_octets(&text, &mut choices),
            _ => text.into_bytes(),
        };
        Shown(Card::parse(bytes).unwrap())
    })
}

/// A card of somebody: lines that contacts are made of, with faults.
pub fn person() -> impl Strategy<Value = Shown> {
    let lines = prop::collection::vec(select(LINES), 0..9);
    let version = select(Version::ALL.to_vec());
    let bytes = prop::collection::vec(any::<u8>(), 8..60);
    (version, lines, bytes, 0..3_u8, 0..4_u8).prop_map(|(version, lines, bytes, faults, octets)| {
        let mut choices = Choices::new(&bytes);
        let mut text = format!("BEGIN:VCARD\r\nVERSION:{version}\r\n");
        for line in lines {
            text.extend([line, "\r\n"]);
        }
        text.push_str("END:VCARD\r\n");
        if faults == 0 {
            text = damage(&text, &mut choices);
        }
        let bytes = match octets {
            0 => with_octets(&text, &mut choices),
            _ => text.into_bytes(),
        };
        Shown(Card::parse(bytes).unwrap())
    })
}
