//! One card of each kind of address book.

use crate::rng::Rng;
use crate::text::{ascii_letters, base64, escape, fold_into, uuid};
use crate::words::{
    CITIES, CJK, CYR, DEPTS, EMOJI, FAMILY, GIVEN, INTL_FAMILY, INTL_GIVEN, ORGS, STATES, STREETS,
    TITLES, WORDS,
};

/// What a reader must find in one card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardFacts {
    /// The text of FN, unescaped.
    pub full_name: String,
    /// The text of NOTE, unescaped.
    pub note: String,
    /// Logical lines, without BEGIN and END, with VERSION.
    pub properties: usize,
    /// Bytes of the decoded photo, 0 without one.
    pub photo: usize,
}

pub struct CardText<'a> {
    out: &'a mut Vec<u8>,
    facts: CardFacts,
}

impl<'a> CardText<'a> {
    pub fn begin(out: &'a mut Vec<u8>) -> Self {
        fold_into(out, "BEGIN:VCARD");
        CardText {
            out,
            facts: CardFacts {
                full_name: String::new(),
                note: String::new(),
                properties: 0,
                photo: 0,
            },
        }
    }

    pub fn end(self) -> CardFacts {
        fold_into(self.out, "END:VCARD");
        self.facts
    }

    fn line(&mut self, line: &str) {
        self.facts.properties += 1;
        fold_into(self.out, line);
    }

    fn full_name(&mut self, text: String) {
        self.line(&format!("FN:{}", escape(&text)));
        self.facts.full_name = text;
    }

    fn note(&mut self, text: String) {
        self.line(&format!("NOTE:{}", escape(&text)));
        self.facts.note = text;
    }
}

fn name(r: &mut Rng) -> (&'static str, &'static str) {
    if r.below(10) == 0 {
        (r.pick(INTL_GIVEN), r.pick(INTL_FAMILY))
    } else {
        (r.pick(GIVEN), r.pick(FAMILY))
    }
}

fn words(r: &mut Rng, n: u64) -> String {
    let words: Vec<&str> = (0..n).map(|_| r.pick(WORDS)).collect();
    words.join(" ")
}

/// Cyrillic, CJK, emoji, and now and then something to escape.
fn mixed(r: &mut Rng, n: u64) -> String {
    const TO_ESCAPE: &[&str] = &["a, b; c", "path\\to\\file", "line one\nline two", "1;2,3"];
    let words: Vec<&str> = (0..n)
        .map(|_| match r.below(10) {
            0..5 => r.pick(CYR),
            5..8 => r.pick(CJK),
            8 => r.pick(EMOJI),
            _ => r.pick(TO_ESCAPE),
        })
        .collect();
    words.join(" ")
}

fn next_uuid(r: &mut Rng) -> String {
    uuid(&r.bytes(16))
}

/// Fifteen properties of 4.0, nearly all ASCII, few folds.
pub fn plain(r: &mut Rng, card: &mut CardText<'_>) {
    const INITIALS: &[u8] = b"ABCDEFGHJKLMNPRST";
    let (given, family) = name(r);
    card.line("VERSION:4.0");
    card.full_name(format!("{given} {family}"));
    card.line(&format!(
        "N:{};{};{}.;;",
        escape(family),
        escape(given),
        char::from(r.pick(INITIALS))
    ));
    card.line(&format!(
        "TEL;VALUE=uri;TYPE=cell:tel:+1-{}-555-{:04}",
        r.between(201, 989),
        r.below(10000)
    ));
    card.line(&format!(
        "TEL;TYPE=work,voice:+1 {} 555 {:04}",
        r.between(201, 989),
        r.below(10000)
    ));
    let local = format!("{}.{}", ascii_letters(given), ascii_letters(family));
    card.line(&format!(
        "EMAIL;TYPE=work:{local}{}@example.com",
        r.below(1000)
    ));
    card.line(&format!(
        "EMAIL;TYPE=home;PREF={}:{local}@mail.example.org",
        r.between(1, 100)
    ));
    card.line(&format!(
        "ADR;TYPE=home:;;{} {} Street;{};{};{};USA",
        r.between(1, 9999),
        r.pick(STREETS),
        r.pick(CITIES),
        r.pick(STATES),
        r.between(10000, 99999)
    ));
    card.line(&format!(
        "ORG:{};{}",
        escape(r.pick(ORGS)),
        escape(r.pick(DEPTS))
    ));
    card.line(&format!("TITLE:{}", escape(r.pick(TITLES))));
    let n = r.between(4, 14);
    let mut note = words(r, n);
    if r.below(4) == 0 {
        note = note.replacen(' ', ", ", 1);
    }
    card.note(note);
    card.line(&format!(
        "BDAY:{}{:02}{:02}",
        r.between(1940, 2005),
        r.between(1, 12),
        r.between(1, 28)
    ));
    card.line(&format!("UID:urn:uuid:{}", next_uuid(r)));
    card.line(&format!(
        "REV:20{}{:02}{:02}T{:02}{:02}{:02}Z",
        r.between(10, 25),
        r.between(1, 12),
        r.between(1, 28),
        r.below(24),
        r.below(60),
        r.below(60)
    ));
    card.line(&format!("URL:https://www.example.com/people/{local}"));
}

/// Long addresses and notes of 4.0, mostly outside ASCII, three quarters of the lines folded.
pub fn folded(r: &mut Rng, card: &mut CardText<'_>) {
    card.line("VERSION:4.0");
    card.full_name(format!("{} {}", r.pick(CYR), r.pick(CJK)));
    card.line(&format!(
        "N:{};{};;;",
        escape(r.pick(CJK)),
        escape(r.pick(CYR))
    ));
    for kind in ["home", "work"] {
        let components: Vec<String> = (0..5)
            .map(|_| {
                let n = r.between(6, 12);
                escape(&mixed(r, n))
            })
            .collect();
        let label = mixed(r, 6).replace('\n', " ").replace('\\', "/");
        card.line(&format!(
            "ADR;TYPE={kind};LABEL=\"{label}\":;;{}",
            components.join(";")
        ));
    }
    card.line(&format!(
        "TEL;VALUE=uri;TYPE=cell:tel:+81-3-5555-{:04}",
        r.below(10000)
    ));
    card.line(&format!("EMAIL:user{}@example.jp", r.below(100_000)));
    let n = r.between(60, 140);
    card.note(mixed(r, n));
    card.line(&format!("UID:urn:uuid:{}", next_uuid(r)));
}

/// A 3.0 card with 30 to 75 kB of base64.
pub fn photo30(r: &mut Rng, card: &mut CardText<'_>) {
    photo(r, card, "3.0", "CELL", "PHOTO;ENCODING=b;TYPE=JPEG:");
}

/// A 4.0 card with 30 to 75 kB of photo in a data: URI.
pub fn photo40(r: &mut Rng, card: &mut CardText<'_>) {
    photo(r, card, "4.0", "cell", "PHOTO:data:image/jpeg;base64,");
}

fn photo(r: &mut Rng, card: &mut CardText<'_>, version: &str, cell: &str, head: &str) {
    let (given, family) = name(r);
    card.line(&format!("VERSION:{version}"));
    let name = format!("N:{};{};;;", escape(family), escape(given));
    if version == "3.0" {
        card.line(&name);
    }
    card.full_name(format!("{given} {family}"));
    if version == "4.0" {
        card.line(&name);
    }
    card.line(&format!(
        "TEL;TYPE={cell}:+1 {} 555 {:04}",
        r.between(201, 989),
        r.below(10000)
    ));
    let n = r.between(30000, 75000) as usize;
    card.facts.photo = n;
    card.line(&format!("{head}{}", base64(&r.bytes(n))));
    card.note(words(r, 6));
}

/// What Apple's address book exports: 3.0, item groups, X-AB names, `type=` repeated.
pub fn apple30(r: &mut Rng, card: &mut CardText<'_>) {
    let (given, family) = name(r);
    card.line("VERSION:3.0");
    card.line("PRODID:-//Apple Inc.//iPhone OS 17.4.1//EN");
    card.line(&format!(
        "N:{};{};;{};",
        escape(family),
        escape(given),
        r.pick(&["", "Dr.", "Prof."])
    ));
    card.full_name(format!("{given} {family}"));
    if r.below(3) != 0 {
        let nickname: String = given.chars().take(3).collect();
        card.line(&format!("NICKNAME:{}", escape(&nickname)));
    }
    card.line(&format!(
        "ORG:{};{}",
        escape(&format!("{}, Inc.", r.pick(ORGS))),
        escape(r.pick(DEPTS))
    ));
    card.line(&format!("TITLE:{}", escape(r.pick(TITLES))));
    let local = format!("{}.{}", ascii_letters(given), ascii_letters(family));
    card.line(&format!(
        "EMAIL;type=INTERNET;type=HOME;type=pref:{local}@icloud.example.com"
    ));
    card.line(&format!(
        "EMAIL;type=INTERNET;type=WORK:{local}@corp.example.com"
    ));
    card.line(&format!(
        "item1.EMAIL;type=INTERNET:{local}{}@other.example.net",
        r.below(1000)
    ));
    card.line("item1.X-ABLabel:_$!<Other>!$_");
    card.line(&format!(
        "TEL;type=CELL;type=VOICE;type=pref:+1 ({}) 555-{:04}",
        r.between(201, 989),
        r.below(10000)
    ));
    card.line(&format!(
        "TEL;type=HOME;type=VOICE:({}) 555-{:04}",
        r.between(201, 989),
        r.below(10000)
    ));
    card.line(&format!(
        "TEL;type=IPHONE;type=CELL;type=VOICE:+49 170 {}",
        r.between(1_000_000, 9_999_999)
    ));
    card.line(&format!("item2.TEL:+44 20 7946 {:04}", r.below(10000)));
    card.line(&format!(
        "item2.X-ABLabel:{}",
        r.pick(&["Reception", "Assistant", "Ferienhaus"])
    ));
    card.line(&format!(
        "item3.ADR;type=HOME;type=pref:;;{} {} Street\\nApt {};{};{};{};United States",
        r.between(1, 9999),
        r.pick(STREETS),
        r.between(1, 99),
        r.pick(CITIES),
        r.pick(STATES),
        r.between(10000, 99999)
    ));
    card.line("item3.X-ABADR:us");
    card.line(&format!("item4.URL;type=pref:https://{local}.example.com/"));
    card.line("item4.X-ABLabel:_$!<HomePage>!$_");
    card.line(&format!(
        "item5.X-ABRELATEDNAMES;type=pref:{} {}",
        r.pick(GIVEN),
        escape(family)
    ));
    card.line("item5.X-ABLabel:_$!<Spouse>!$_");
    card.line(&format!(
        "item6.X-ABDATE;type=pref:{}-{:02}-{:02}",
        r.between(1990, 2024),
        r.between(1, 12),
        r.between(1, 28)
    ));
    card.line("item6.X-ABLabel:_$!<Anniversary>!$_");
    card.line(&format!(
        "BDAY:{}-{:02}-{:02}",
        r.between(1940, 2005),
        r.between(1, 12),
        r.between(1, 28)
    ));
    let n = r.between(5, 25);
    let mut note = words(r, n);
    if r.below(3) == 0 {
        note.push_str("\nsecond line; more, text");
    }
    card.note(note);
    let handle = ascii_letters(family);
    card.line(&format!(
        "X-SOCIALPROFILE;type=twitter;x-user={handle}{}:http://twitter.com/{handle}",
        r.below(100)
    ));
    card.line(&format!(
        "IMPP;X-SERVICE-TYPE=Skype;type=HOME;type=pref:skype:{local}"
    ));
    card.line(&format!(
        "CATEGORIES:{},{}",
        r.pick(&["Friends", "Work", "Family"]),
        r.pick(&["VIP", "Newsletter"])
    ));
    card.line(&format!(
        "X-ABUID:{}\\:ABPerson",
        next_uuid(r).to_uppercase()
    ));
    card.line(&format!(
        "REV:20{}-{:02}-{:02}T{:02}:{:02}:{:02}Z",
        r.between(10, 25),
        r.between(1, 12),
        r.between(1, 28),
        r.below(24),
        r.below(60),
        r.below(60)
    ));
}
