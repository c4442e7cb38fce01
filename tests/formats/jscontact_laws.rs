//! What holds for every JSContact card and every vCard: there and back nothing is lost, what comes out is
//! valid, and no input is too much.

use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use vcardinal::validate::{Profile, validate};
use vcardinal::{Card, jscontact};

use crate::common::cases;
use crate::common::format_laws::{meaning, without_empty};
use crate::common::jscontact_cards::Choices;

fn is_valid(card: &Value) -> bool {
    jscontact::check(card).is_empty()
}

/// What comes there and back as it was.
fn comes_back(card: &Value) -> Result<(), TestCaseError> {
    let vcard = jscontact::from_value(card).unwrap();
    let back = jscontact::to_value(&vcard).unwrap();
    prop_assert_eq!(meaning(&back), meaning(card), "{}\n{:#}", vcard, card);
    // And once more to the letter.
    let again = jscontact::to_value(&jscontact::from_value(&back).unwrap()).unwrap();
    prop_assert_eq!(meaning(&again), meaning(&back));
    let text = vcard.to_string();
    prop_assert_eq!(Card::parse(&text).unwrap().to_string(), text);
    let typed = jscontact::Card::from_value(card).unwrap();
    prop_assert_eq!(without_empty(&typed.to_value()), without_empty(card));
    Ok(())
}

/// Cards that did not come back once.
#[test]
fn ok_cards_that_were_lost() {
    let all = [
        // The components have no form in N, so that the name is another one until JSPROP is applied.
        json!({
            "@type": "Card", "version": "2.0",
            "name": {
                "components": [
                    { "kind": "generation", "value": "Jr." },
                    { "kind": "separator", "value": "\u{1}bell" },
                ],
                "isOrdered": true,
            },
            "localizations": { "fr": { "name": { "full": "Brook fils" } } },
        }),
        json!({
            "@type": "Card", "version": "2.0",
            "name": { "components": [
                { "kind": "given", "value": "Ody" }, { "kind": "surname", "value": "\u{1}" },
            ] },
            "localizations": {
                "fr": { "name/components/1/value": "Ruisseau" },
                "de": { "name/full": "Ody Bach", "name/components": [{ "kind": "given", "value": "Ody" }] },
            },
        }),
    ];
    for card in all {
        assert!(is_valid(&card));
        if let Err(error) = comes_back(&card) {
            panic!("{error}");
        }
    }
}

proptest! {
    #![proptest_config(cases::cases(256))]

    /// RFC 9553, RFC 9555: a valid card comes back as it was.
    #[test]
    fn ok_there_and_back(seed in 1_u64..) {
        let card = Choices(seed).card();
        prop_assume!(is_valid(&card));
        comes_back(&card)?;
    }
}

/// The cards that are made are valid nearly always, and have every member there is.
#[test]
fn ok_every_member_occurs() {
    let mut names = BTreeSet::new();
    let mut valid = 0;
    for seed in 1..3000_u64 {
        let card = Choices(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15)).card();
        if let Some(problem) = jscontact::check(&card).first() {
            let message = problem.to_string();
            assert!(
                message.contains("only separators") || message.contains("there is no"),
                "{message}\n{card:#}"
            );
            continue;
        }
        valid += 1;
        let mut left = vec![&card];
        while let Some(value) = left.pop() {
            match value {
                Value::Object(map) => {
                    names.extend(map.keys().cloned());
                    left.extend(map.values());
                }
                Value::Array(items) => left.extend(items),
                _ => {}
            }
        }
    }
    assert!(valid > 2900, "{valid}");
    for name in ["vCardProps", "vCardParams", "vCardName"] {
        assert!(names.contains(name), "{name}");
    }
}

/// The members of each object type of RFC 9553, 2: of a type, in a map or in a list of one.
const MEMBERS: [(&str, &str); 28] = [
    (
        "Card",
        "@type version created kind language members prodId relatedTo*Relation uid updated name:Name \
         nicknames*Nickname organizations*Organization speakToAs:SpeakToAs titles*Title emails*EmailAddress \
         onlineServices*OnlineService phones*Phone preferredLanguages*LanguagePref calendars*Calendar \
         schedulingAddresses*SchedulingAddress addresses*Address cryptoKeys*CryptoKey directories*Directory \
         links*Link media*Media localizations anniversaries*Anniversary keywords notes*Note \
         personalInfo*PersonalInfo",
    ),
    ("Relation", "@type relation"),
    (
        "Name",
        "components*NameComponent isOrdered defaultSeparator full sortAs phoneticScript phoneticSystem",
    ),
    ("NameComponent", "value kind phonetic"),
    ("Nickname", "@type name contexts pref"),
    ("Organization", "@type name units*OrgUnit sortAs contexts"),
    ("OrgUnit", "@type name sortAs"),
    ("SpeakToAs", "grammaticalGender pronouns*Pronouns"),
    ("Pronouns", "@type pronouns contexts pref"),
    ("Title", "@type name kind organizationId"),
    ("EmailAddress", "@type address contexts pref label"),
    (
        "OnlineService",
        "@type service uri user contexts pref label",
    ),
    ("Phone", "@type number features contexts pref label"),
    ("LanguagePref", "@type language contexts pref"),
    ("Calendar", "@type kind uri mediaType contexts pref label"),
    ("SchedulingAddress", "@type uri contexts pref label"),
    (
        "Address",
        "@type components*AddressComponent isOrdered countryCode coordinates timeZone contexts full \
         defaultSeparator pref phoneticScript phoneticSystem",
    ),
    ("AddressComponent", "value kind phonetic"),
    ("CryptoKey", "@type kind uri mediaType contexts pref label"),
    (
        "Directory",
        "@type kind uri mediaType contexts pref label listAs",
    ),
    ("Link", "@type kind uri mediaType contexts pref label"),
    ("Media", "@type kind uri mediaType contexts pref label"),
    ("Anniversary", "@type kind date:PartialDate place:Address"),
    ("PartialDate", "@type year month day calendarScale utc"),
    ("Note", "@type note created author:Author"),
    ("Author", "@type name uri"),
    ("PersonalInfo", "@type kind value level listAs label"),
    ("", ""),
];

/// Each member of each type of RFC 9553 occurs in the cards that are made.
#[test]
fn ok_every_member_of_every_type_occurs() {
    let mut seen = BTreeSet::new();
    for seed in 1..3000_u64 {
        let card = Choices(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15)).card();
        let mut left = vec![("Card", &card)];
        while let Some((name, object)) = left.pop() {
            let members = MEMBERS.iter().find(|(own, _)| *own == name).unwrap().1;
            for member in members.split_whitespace() {
                let (key, inner) = match member.split_once([':', '*']) {
                    Some((key, inner)) => (key, Some(inner)),
                    None => (member, None),
                };
                let Some(value) = object.get(key) else {
                    continue;
                };
                seen.insert((name, key));
                let Some(inner) = inner else { continue };
                match value {
                    one if member.contains(':') => left.push((inner, one)),
                    Value::Object(map) => left.extend(map.values().map(|one| (inner, one))),
                    Value::Array(items) => left.extend(items.iter().map(|one| (inner, one))),
                    other => panic!("{other}"),
                }
            }
        }
    }
    for (name, members) in MEMBERS {
        for member in members.split_whitespace() {
            let key = member.split([':', '*']).next().unwrap();
            assert!(seen.contains(&(name, key)), "{name}.{key}");
        }
    }
}

/// What comes of a vCard is valid JSContact, and its vCard comes to the same.
#[test]
fn ok_fixtures() {
    let mut count = 0;
    let mut differing: Vec<String> = Vec::new();
    let mut folders = vec![std::path::PathBuf::from("fixtures")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            if path.extension().is_none_or(|extension| extension != "vcf") {
                continue;
            }
            for card in vcardinal::CardReader::from_path(&path).unwrap().flatten() {
                let value = jscontact::to_value(&card).unwrap();
                let problems = jscontact::check(&value);
                assert!(
                    problems.is_empty(),
                    "{}: {problems:?}\n{value:#}",
                    path.display()
                );
                let back = jscontact::from_value(&value).unwrap();
                let again = jscontact::to_value(&back).unwrap();
                if meaning(&again) != meaning(&value) {
                    differing.push(path.display().to_string());
                }
                let _ = validate(&back, Profile::Declared);
                count += 1;
            }
        }
    }
    assert!(count > 500, "{count}");
    differing.sort();
    // A type that is not known is that of the property when it comes back; and a property in another
    // language is a localization once it stands after the one without.
    assert_eq!(
        differing,
        [
            "fixtures/cards/rfc9554-properties.vcf",
            "fixtures/producers/misc-servers/rev-value-date-number.vcf",
            "fixtures/producers/nextcloud/value-unknown-upper-groups.vcf",
        ]
    );
}
