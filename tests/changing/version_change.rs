//! Setting VERSION changes how every other line of the card is read. It leaves every value and every
//! parameter as it was, or it is refused.

use proptest::prelude::*;
use vcardinal::{Card, CardReader, EditError, PropertyRef, Version};

use crate::common;
use crate::common::{any_cards, cases};

/// Values of parameters, the text or the bytes that are none, and the components.
type Said = (Vec<Vec<String>>, Result<String, Vec<u8>>, Vec<String>);

/// What a property says, in whatever version.
fn said(property: &PropertyRef<'_>) -> Said {
    let parameters = property.parameters().map(|parameter| {
        let values = parameter.values();
        values.map(std::borrow::Cow::into_owned).collect()
    });
    let text = property.text().map(std::borrow::Cow::into_owned);
    let components = property.components().unwrap_or_default();
    // 2.1 has no lists.
    let components = components.iter().map(|items| items.join(",")).collect();
    (
        parameters.collect(),
        text.map_err(|_| property.value_bytes().into_owned()),
        components,
    )
}

/// Whether the change was made; either way nothing else is said by it.
fn changes(card: &Card, to: Version) -> bool {
    let mut changed = card.clone();
    let Some(mut version) = changed.property_mut("VERSION") else {
        return false;
    };
    let result = version.set_text(to.to_string());
    let place = format!("{result:?} to {to}:\n{card}");
    if result.is_err() {
        assert!(changed.to_bytes() == card.to_bytes(), "{place}");
        return false;
    }
    let read = Card::parse(changed.to_bytes()).unwrap();
    let others = |card: &Card| -> Vec<_> {
        let others = card.properties().filter(|property| !property.is("VERSION"));
        others.map(|property| said(&property)).collect()
    };
    for now in [&changed, &read] {
        assert_eq!(others(card), others(now), "{place}");
    }
    true
}

#[test]
fn ok_values_stay_or_the_change_is_refused() {
    let mut made = [0, 0];
    let files = common::fixtures().into_iter().chain(common::corpus());
    for file in files {
        let bytes = std::fs::read(&file).unwrap();
        for card in CardReader::from_slice(&bytes).filter_map(Result::ok) {
            for version in Version::ALL {
                made[usize::from(changes(&card, version))] += 1;
            }
        }
    }
    assert!(made.iter().all(|count| *count > 100), "{made:?}");
}

proptest! {
    #![proptest_config(cases::cases(200))]

    #[test]
    fn ok_random_cards(card in any_cards::any_card()) {
        for version in Version::ALL {
            changes(&card.0, version);
        }
    }
}

#[test]
fn ok_what_can_and_cannot_become_another_version() {
    for (from, line, to, is_ok) in [
        // All versions read a line break here, and an unknown escape as it is written.
        ("2.1", "NOTE:D:\\notes\\travel", "4.0", true),
        ("4.0", "FN:one\\ntwo\\, three", "2.1", true),
        ("3.0", "NOTE:one\\ntwo", "2.1", true),
        ("2.1", "TITLE:D:\\\\disk", "4.0", false),
        ("2.1", "TITLE:D:\\\\disk", "3.0", false),
        ("4.0", "TITLE:D:\\\\disk", "2.1", false),
        ("2.1", "ORG;ENCODING=QUOTED-PRINTABLE:a=3Bb;c", "3.0", false),
        (
            "2.1",
            "ORG;ENCODING=QUOTED-PRINTABLE:a=5C=6E;c",
            "3.0",
            false,
        ),
        ("3.0", "NOTE:one\\ntwo", "4.0", true),
        ("3.0", "NOTE;X-A=a^nb:x", "4.0", false),
        ("4.0", "NOTE;X-A=a^nb:x", "3.0", false),
        ("4.0", "NOTE;X-A=\"a;b\":x", "3.0", true),
        ("4.0", "NOTE;X-A=\"a;b\":x", "2.1", false),
        ("2.1", "TEL;HOME:1", "3.0", true),
        ("2.1", "ORG:a;b", "4.0", true),
    ] {
        let text = format!("BEGIN:VCARD\r\nVERSION:{from}\r\n{line}\r\nEND:VCARD\r\n");
        let mut card = Card::parse(&text).unwrap();
        let mut version = card.property_mut("VERSION").unwrap();
        let result = version.set_text(to);
        let expected = match is_ok {
            true => Ok(()),
            false => Err(EditError::Version),
        };
        assert_eq!(result, expected, "{line} from {from} to {to}");
    }
    let message = EditError::Version.to_string();
    assert!(message.contains("use convert"), "{message}");
}
