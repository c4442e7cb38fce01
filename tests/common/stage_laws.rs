//! What holds for every input in the stages above the lines: typed access, findings and repairs, the
//! canonical layout. Functions that panic when it does not, as in `laws.rs`.
#![allow(dead_code, reason = "no test uses all of it")]

use std::collections::BTreeMap;

use vcardinal::property;
use vcardinal::validate::{Checker, Diagnostic, Profile, Severity, validate};
use vcardinal::{Card, CardReader, Event, Layout};

/// The cards of an input.
fn cards(bytes: &[u8]) -> Vec<Card> {
    CardReader::from_slice(bytes).flatten().collect()
}

/// Every typed question to every property of every card; a value set back where it was read says what it
/// said.
pub fn typed(bytes: &[u8]) {
    for card in cards(bytes) {
        for property in card.properties() {
            let _ = (
                property.label(),
                property.types(),
                property.pref(),
                property.language(),
            );
            let _ = (
                property.alt_id(),
                property.pid(),
                property.list(),
                property.components(),
            );
            let _ = property.binary().map(|data| data.map(|data| data.decode()));
            let _ = property.value();
        }
        typed_by_marker(&card);
        let _ = card.display_name();
    }
}

macro_rules! markers {
    ($($marker:ident)+) => {
        /// The markers that are asked with: all there are, which a test compares.
        pub const MARKERS: &[&str] = &[$(stringify!($marker)),+];

        fn typed_by_marker(card: &Card) {$(
            let _ = card.get::<property::$marker>().map(|one| one.value());
            for typed in card.all::<property::$marker>() {
                // A card that says no version is not written as it is read.
                let (Ok(value), Some(_)) = (typed.value(), card.version()) else { continue };
                let (id, before) = (typed.id(), typed.property().value());
                let mut edited = card.clone();
                let Some(mut line) = edited.entry_mut(id) else { continue };
                if line.set(&value).is_err() {
                    continue;
                }
                let now = edited.entry(id).expect("it is there");
                let what = format!("{:?} set back is {now:?}", typed.property());
                assert_eq!(now.value(), before, "{what}");
                let read = Card::parse(&*edited.to_bytes()).expect("a card");
                assert!(read.same_content(&edited), "{what}");
            }
            let _ = card.preferred::<property::$marker>().map(|one| one.value());
            let _ = card.preferred_in::<property::$marker>("en-GB").map(|one| one.value());
            let _ = card.alternatives::<property::$marker>().len();
        )+}
    };
}

markers! {
    Adr Anniversary Bday BirthPlace CalAdrUri CalUri CapUri Categories Class ClientPidMap
    ContactUri Created DeathDate DeathPlace Email Expertise FbUrl FullName Gender Geo
    GramGender Hobby Impp Interest JsProp Key Kind Label Lang Language Logo Mailer Member N
    Nickname Note Org OrgDirectory Photo ProdId Pronouns Related Rev Role SocialProfile
    SortString Sound Source SourceName Tel Title Tz Uid Url Xml
}

fn errors(findings: &[Diagnostic]) -> BTreeMap<&'static str, u64> {
    let mut errors = BTreeMap::new();
    for finding in findings
        .iter()
        .filter(|one| one.severity == Severity::Error)
    {
        *errors.entry(finding.rule.id).or_insert(0) += u64::from(finding.count);
    }
    errors
}

/// A finding lies in its own logical line, between characters, and says on which line that is.
fn placed(card: &Card, bytes: &[u8], finding: &Diagnostic) {
    let start = card.position();
    let shown = || format!("{finding:?} in {:?}", String::from_utf8_lossy(bytes));
    let from = usize::try_from(finding.span.start - start.byte).expect("in the card");
    let to = usize::try_from(finding.span.end - start.byte).expect("in the card");
    assert!(
        from <= to && to <= bytes.len(),
        "outside of the card: {}",
        shown()
    );
    assert!(
        finding.count > 0 && !finding.message.contains(char::is_control),
        "{}",
        shown()
    );
    let mut at = 0;
    let mut holds = from == bytes.len();
    for line in card.lines() {
        let end = at + line.raw().len();
        holds |= (at..end).contains(&from) && to <= end;
        at = end;
    }
    // Lines are put together of what was read: nothing between them.
    if at == bytes.len() {
        assert!(holds, "in two lines: {}", shown());
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        assert!(
            text.is_char_boundary(from) && text.is_char_boundary(to),
            "in a character: {}",
            shown()
        );
    }
}

/// Findings have a place; the checker of streams finds the same; repairs are made once, and break nothing.
pub fn checked(bytes: &[u8]) {
    for profile in Profile::ALL {
        for card in cards(bytes) {
            let raw = card.to_bytes().into_owned();
            let report = validate(&card, profile);
            let before: Vec<Diagnostic> = report.iter().cloned().collect();
            for finding in &before {
                placed(&card, &raw, finding);
            }
            let mut repaired = card.clone();
            let made = report.repair(&mut repaired);
            assert!(
                made > 0 || *repaired.to_bytes() == raw,
                "no repair, and yet another card"
            );
            if made == 0 {
                continue;
            }
            let now = repaired.to_bytes().into_owned();
            let shown = || {
                format!(
                    "{:?}\n{:?}",
                    String::from_utf8_lossy(&raw),
                    String::from_utf8_lossy(&now)
                )
            };
            let after: Vec<Diagnostic> = validate(&repaired, profile).iter().cloned().collect();
            let (old, new) = (errors(&before), errors(&after));
            for (rule, count) in &new {
                let had = old.get(rule).copied().unwrap_or_default();
                assert!(
                    *count <= had,
                    "{profile}: {rule} {had} -> {count}: {}",
                    shown()
                );
            }
            let mut twice = repaired.clone();
            assert_eq!(
                validate(&twice, profile).repair(&mut twice),
                0,
                "{profile}: {}",
                shown()
            );
            let read = Card::parse(&now).expect("a card");
            assert!(read.same_content(&repaired), "{profile}: {}", shown());
        }
        let mut streamed = Vec::new();
        let mut checker = Checker::new(profile);
        let mut reader = CardReader::from_slice(bytes);
        while let Some(event) = reader.next_event().expect("a slice can be read") {
            checker.event(&event, &mut |finding| streamed.push(finding));
        }
        checker.finish(&mut |finding| streamed.push(finding));
        for finding in &streamed {
            assert!(finding.span.end <= bytes.len() as u64, "{finding:?}");
        }
    }
    for mut card in cards(bytes) {
        let _ = vcardinal::validate::fill_required(&mut card);
        let once = card.to_bytes().into_owned();
        let _ = vcardinal::validate::fill_required(&mut card);
        assert_eq!(*card.to_bytes(), once, "filled twice");
    }
}

/// In the canonical layout a card is laid out for good, is whole, and has no error that it had not. (A
/// blank line stays only before what would frame a card without it.)
pub fn canonical(bytes: &[u8]) {
    for card in cards(bytes) {
        let mut once = Vec::new();
        card.append_with(Layout::Canonical, &mut once);
        let shown = || {
            format!(
                "{:?}\n{:?}",
                String::from_utf8_lossy(&card.to_bytes()),
                String::from_utf8_lossy(&once)
            )
        };
        let mut reader = CardReader::from_slice(&once);
        let Some(Event::Card(read)) = reader.next_event().expect("readable") else {
            panic!("no card: {}", shown());
        };
        let read = read.clone();
        assert!(
            reader.next_event().expect("readable").is_none(),
            "more than a card: {}",
            shown()
        );
        assert!(read.is_closed(), "{}", shown());
        assert_eq!(read.version(), card.version(), "{}", shown());
        let mut twice = Vec::new();
        read.append_with(Layout::Canonical, &mut twice);
        assert!(
            once == twice,
            "laid out again: {}\n{:?}",
            shown(),
            String::from_utf8_lossy(&twice)
        );
        let before: Vec<Diagnostic> = validate(&card, Profile::Declared).iter().cloned().collect();
        let after: Vec<Diagnostic> = validate(&read, Profile::Declared).iter().cloned().collect();
        let had = errors(&before);
        for rule in errors(&after).keys() {
            assert!(had.contains_key(rule), "{rule} is new: {}", shown());
        }
        for finding in &after {
            let layout = [
                "line-ending-not-crlf",
                "fold-empty",
                "fold-inside-character",
            ];
            assert!(!layout.contains(&finding.rule.id), "{finding}: {}", shown());
        }
    }
}
