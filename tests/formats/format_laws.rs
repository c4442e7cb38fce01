//! What holds for every card in every format: fixtures, the corpus, and cards that are made.

use proptest::prelude::*;
use vcardinal::{Card, CardReader, Limits, Version, jcard, jscontact, xcard};

use crate::common::format_laws::{in_jcard, in_jscontact, in_xcard, jcards, jscontacts, xcards};
use crate::common::{self, any_cards, cards, cases};

/// Each card of some files.
fn each(files: Vec<std::path::PathBuf>, law: fn(&Card)) {
    for file in files {
        for card in CardReader::from_slice(&std::fs::read(file).unwrap()).flatten() {
            law(&card);
        }
    }
}

mod fixtures {
    use super::*;

    #[test]
    fn ok_in_jcard() {
        each(common::fixtures(), in_jcard);
    }

    #[test]
    fn ok_in_xcard() {
        each(common::fixtures(), in_xcard);
    }

    #[test]
    fn ok_in_jscontact() {
        each(common::fixtures(), in_jscontact);
    }
}

/// `VCARD_CORPUS=.. cargo test --all-features --test formats corpus::`
mod corpus {
    use super::*;

    #[test]
    fn ok_in_jcard() {
        each(common::corpus(), in_jcard);
    }

    #[test]
    fn ok_in_xcard() {
        each(common::corpus(), in_xcard);
    }

    #[test]
    fn ok_in_jscontact() {
        each(common::corpus(), in_jscontact);
    }
}

proptest! {
    #![proptest_config(cases::cases(150))]

    #[test]
    fn ok_built_cards(card in cards::any_card(Version::V4_0)) {
        let changes = jcard::JCard::of(&card).unwrap().changes();
        let rounded = |change: &vcardinal::convert::Change| change.message().contains("round");
        prop_assert!(changes.iter().all(rounded), "{card}{changes:?}");
        in_jcard(&card);
        in_xcard(&card);
        in_jscontact(&card);
    }

    #[test]
    fn ok_faulty_cards(card in any_cards::any_card()) {
        in_jcard(&card.0);
        in_xcard(&card.0);
        in_jscontact(&card.0);
    }

    #[test]
    fn ok_any_text_is_read_or_refused(json in "[\\[\\]{}\",:a-z0-9 \\\\]{0,80}", xml in "[<>/&;!?a-z\"'= \\[\\]-]{0,60}") {
        jcards(json.as_bytes());
        jscontacts(json.as_bytes());
        xcards(xml.as_bytes());
        let _ = jcard::from_str(&json);
        let _ = jscontact::from_str(&json);
        let xml = format!(
            "<vcards xmlns=\"urn:ietf:params:xml:ns:vcard-4.0\"><vcard>{xml}</vcard></vcards>"
        );
        let reader = xcard::Reader::new(xml.as_bytes()).with_limits(Limits::none());
        prop_assert!(reader.take(200).count() < 200);
    }
}
