//! The words of TYPE <-> labels: the vocabulary. RFC 2426, 3.2.1, 3.3.1; RFC 6350, 5.6, 6.4.1.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use super::{shortened, x_custom};
use crate::card::PropertyRef;
use crate::registry::{self, PropertyId};
use crate::typed::vendor_names;
use crate::version::Version;

/// What words of TYPE say, a bit each.
type Meaning = u16;

const HOME: Meaning = 1;
const WORK: Meaning = 1 << 1;
const SCHOOL: Meaning = 1 << 2;
const OTHER: Meaning = 1 << 3;
const IPHONE: Meaning = 1 << 4;
const CELL: Meaning = 1 << 5;
const FAX: Meaning = 1 << 6;
const PAGER: Meaning = 1 << 7;
const VIDEO: Meaning = 1 << 8;
const CAR: Meaning = 1 << 9;
const MAIN: Meaning = 1 << 10;
const PERSONAL: Meaning = 1 << 11;
const BUSINESS: Meaning = 1 << 12;

/// The words of TYPE that say a label, in any letter case. The standards register most; `iphone`,
/// `main`, `school` and `other` are Apple's, `mobile` and the words for a fax are common mistakes.
const WORDS: [(&str, Meaning); 18] = [
    ("home", HOME),
    ("work", WORK),
    ("school", SCHOOL),
    ("other", OTHER),
    ("iphone", IPHONE),
    ("cell", CELL),
    ("mobile", CELL),
    ("fax", FAX),
    ("home-fax", HOME | FAX),
    ("work-fax", WORK | FAX),
    ("other-fax", OTHER | FAX),
    ("pager", PAGER),
    ("video", VIDEO),
    ("car", CAR),
    ("main", MAIN),
    ("main-number", MAIN),
    ("personal", PERSONAL),
    ("business", BUSINESS),
];

/// The labels that words of TYPE say together: the first that is all there.
const LABELS: [(&str, Meaning); 20] = [
    ("iphone", IPHONE | CELL),
    ("mobile", CELL),
    ("home fax", HOME | FAX),
    ("work fax", WORK | FAX),
    ("other fax", OTHER | FAX),
    ("fax", FAX),
    ("home pager", HOME | PAGER),
    ("work pager", WORK | PAGER),
    ("pager", PAGER),
    ("home video", HOME | VIDEO),
    ("work video", WORK | VIDEO),
    ("car", CAR),
    ("main", MAIN),
    ("home", HOME),
    ("work", WORK),
    ("school", SCHOOL),
    ("other", OTHER),
    ("personal", PERSONAL),
    ("business", BUSINESS),
    ("video", VIDEO),
];

/// Words of TYPE that say how a thing works, or that it is preferred, on whatever property.
const SILENT: [&str; 11] = [
    "pref",
    "voice",
    "internet",
    "msg",
    "text",
    "textphone",
    "x400",
    "isdn",
    "modem",
    "bbs",
    "pcs",
];

/// Words that address books read where the standards do not register them.
const READ_ANYWAY: [(PropertyId, &[&str]); 2] = [
    (PropertyId::TEL, &["iphone", "main", "school", "other"]),
    (PropertyId::EMAIL, &["home", "work", "school", "other"]),
];

/// The label that the words of TYPE of a property say, and what the name of a vendor says:
/// `spouse` of X-SPOUSE.
pub(super) fn read<'a>(property: &PropertyRef<'a>) -> Option<Cow<'a, str>> {
    let mut said = Said::of(id_of(property));
    if let Some(word) = vendor_names::related_type(property) {
        said.add(Cow::Borrowed(word));
    }
    each_word(property, |word| said.add(word));
    said.into_label()
}

fn id_of(property: &PropertyRef<'_>) -> Option<PropertyId> {
    registry::property(property.line().name_bytes()).map(|row| row.id)
}

/// The words of TYPE: one value is one word, but for a list of known words.
pub(in crate::typed) fn each_word<'a>(
    property: &PropertyRef<'a>,
    mut each: impl FnMut(Cow<'a, str>),
) {
    if property.line().parameter_text().is_none() {
        return;
    }
    let id = id_of(property);
    for value in property.values_named("TYPE") {
        words_of(value, id, &mut each);
    }
}

/// The words in one value of TYPE.
///
/// A reader has split it at commas outside of quotes. What is left of a delimiter that somebody
/// escaped (`HOME\,VOICE`) or of a quote that is not closed is not part of a word. Commas inside
/// quotes are a list of known words (`"cell,voice"`) or part of one's own (`"Office, 2nd floor"`).
fn words_of<'a>(value: Cow<'a, str>, id: Option<PropertyId>, each: &mut impl FnMut(Cow<'a, str>)) {
    fn bare(word: &str) -> &str {
        let word = word.trim_matches(|c: char| c.is_whitespace() || c == '"');
        word.trim_end_matches(|c: char| c.is_whitespace() || c == '\\')
    }
    let value = shortened(value, bare);
    if !value.contains([',', ';']) {
        each(value);
        return;
    }
    let is_list = value
        .split([',', ';'])
        .all(|piece| is_known(bare(piece), id));
    if !is_list {
        each(match value.contains('\\') {
            true => Cow::Owned(value.replace("\\,", ",").replace("\\;", ";")),
            false => value,
        });
        return;
    }
    match value {
        Cow::Borrowed(value) => value
            .split([',', ';'])
            .for_each(|piece| each(Cow::Borrowed(bare(piece)))),
        Cow::Owned(value) => value
            .split([',', ';'])
            .for_each(|piece| each(Cow::Owned(String::from(bare(piece))))),
    }
}

/// Whether a word between commas is a TYPE word, and not a part of what somebody calls a thing.
fn is_known(word: &str, id: Option<PropertyId>) -> bool {
    word.is_empty()
        || without_x(word).len() < word.len()
        || meaning(word) != 0
        || is_silent(word, id)
        || is_registered(word, id, &Version::ALL)
}

/// What a word says, whatever its letter case and whether its parts are joined: `HOME-FAX`,
/// `homefax`, `Home Fax`.
///
/// The letters of a word are packed into a number, so that to look for it is to compare numbers.
fn meaning(word: &str) -> Meaning {
    const KNOWN: [u128; WORDS.len()] = {
        let mut known = [0; WORDS.len()];
        let mut rows: &[_] = &WORDS;
        while let [rest @ .., (word, _)] = rows {
            #[expect(clippy::indexing_slicing, reason = "at compile time")]
            {
                known[rest.len()] = match letters(word) {
                    Some(letters) => letters,
                    None => panic!("a word of more letters than there is room for"),
                };
            }
            rows = rest;
        }
        known
    };
    let Some(letters) = letters(word) else {
        return 0;
    };
    let row = KNOWN.iter().position(|known| *known == letters);
    row.and_then(|row| WORDS.get(row))
        .map_or(0, |(_, meaning)| *meaning)
}

/// The letters of a word in small letters, an octet each, without what joins its parts; `None` where
/// they are more than any known word has.
const fn letters(word: &str) -> Option<u128> {
    // The 1 keeps an octet of zero at the beginning from being nothing.
    let mut letters: u128 = 1;
    let mut rest = word.as_bytes();
    while let [letter, after @ ..] = rest {
        if !matches!(letter, b' ' | b'-' | b'_') {
            if letters >> 120 != 0 {
                return None;
            }
            letters = letters << 8 | letter.to_ascii_lowercase() as u128;
        }
        rest = after;
    }
    Some(letters)
}

/// Whether a word that has no [`meaning`] says how a thing works: on whatever property, or what
/// 2.1 and 3.0 register for this one, as the networks of EMAIL, the forms of delivery of ADR and
/// the formats of PHOTO.
fn is_silent(word: &str, id: Option<PropertyId>) -> bool {
    SILENT
        .iter()
        .any(|silent| silent.eq_ignore_ascii_case(word))
        || (meaning(word) == 0 && is_registered(word, id, &[Version::V2_1, Version::V3_0]))
}

fn is_registered(word: &str, id: Option<PropertyId>, versions: &[Version]) -> bool {
    let registered = |id, version| registry::is_registered_type(id, version, word.as_bytes());
    id.is_some_and(|id| versions.iter().any(|version| registered(id, *version)))
}

/// Whether TYPE of a property is the format of what it holds, as JPEG: before 4.0, and in cards
/// of 4.0 that were made of those.
fn is_media(id: Option<PropertyId>) -> bool {
    id.is_some_and(|id| id.row().is_media())
}

/// A word without the `X-` that a name of one's own begins with.
fn without_x(word: &str) -> &str {
    match word.split_at_checked(2) {
        Some((start, own)) if start.eq_ignore_ascii_case("x-") => own.trim_start(),
        _ => word,
    }
}

/// What words of TYPE say together.
struct Said<'w> {
    property: Option<PropertyId>,
    meaning: Meaning,
    /// The first that is not a word of the vocabulary.
    own: Option<Cow<'w, str>>,
}

impl<'w> Said<'w> {
    fn of(property: Option<PropertyId>) -> Self {
        Said {
            property,
            meaning: 0,
            own: None,
        }
    }

    fn add(&mut self, word: Cow<'w, str>) {
        let meaning = meaning(&word);
        self.meaning |= meaning;
        // `iPhone` alone is a name; beside CELL it is Apple's word.
        if self.own.is_some() || (meaning != 0 && meaning != IPHONE) {
            return;
        }
        if x_custom::is_begun(word.as_bytes())
            || is_silent(&word, self.property)
            || is_media(self.property)
        {
            return;
        }
        let own = match is_registered(&word, self.property, &Version::ALL) {
            true => Cow::Owned(word.to_ascii_lowercase()),
            false => shortened(word, without_x),
        };
        self.own = Some(own).filter(|own| !own.is_empty());
    }

    fn into_label(self) -> Option<Cow<'w, str>> {
        let known = LABELS
            .iter()
            .find(|(_, meaning)| self.meaning & meaning == *meaning);
        match known {
            Some((label, _)) => Some(Cow::Borrowed(label)),
            None => self.own,
        }
    }
}

/// The words of TYPE to write beside these others, so that together they say a label; `None` where
/// they cannot.
///
/// `CELL` in 3.0 and before, as every phone writes it; `cell` in 4.0, as RFC 6350 does.
pub(super) fn write(
    label: &str,
    name: &str,
    version: Version,
    others: &[&str],
) -> Option<Vec<String>> {
    let id = registry::property(name.as_bytes())?.id;
    let words = words_for(label, id, version)?;
    let mut said = Said::of(Some(id));
    for other in others.iter().copied() {
        words_of(Cow::Borrowed(other), Some(id), &mut |word| said.add(word));
    }
    for word in &words {
        said.add(Cow::Borrowed(word));
    }
    if said.into_label().as_deref() != Some(label) {
        return None;
    }
    let is_new = |word: &&str| !others.iter().any(|other| other.eq_ignore_ascii_case(word));
    let cased = |word: &str| match version {
        Version::V4_0 => String::from(word),
        Version::V2_1 | Version::V3_0 => word.to_ascii_uppercase(),
    };
    Some(words.into_iter().filter(is_new).map(cased).collect())
}

/// The words of TYPE that say a label, in small letters.
fn words_for(label: &str, id: PropertyId, version: Version) -> Option<Vec<&str>> {
    let Some((_, meaning)) = LABELS.iter().find(|(known, _)| *known == label) else {
        let is_word = is_registered(label, Some(id), &[version]);
        return is_word.then(|| [label].into());
    };
    let bits = (0..Meaning::BITS).map(|bit| 1 << bit);
    let bits = bits.filter(|bit| meaning & bit != 0);
    bits.map(|bit| word_for(bit, id, version)).collect()
}

/// The word for one bit of meaning: one that the version registers for the property, or one that
/// is read all the same.
fn word_for(bit: Meaning, id: PropertyId, version: Version) -> Option<&'static str> {
    let mut words = WORDS.iter().filter(|(_, meaning)| *meaning == bit);
    let mut any = words.clone();
    let registered = |word: &str| is_registered(word, Some(id), &[version]);
    let read_anyway = |word: &str| {
        let mut rows = READ_ANYWAY.iter();
        rows.any(|(property, words)| *property == id && words.contains(&word))
    };
    let found = words.find(|(word, _)| registered(word));
    found
        .or_else(|| any.find(|(word, _)| read_anyway(word)))
        .map(|(word, _)| *word)
}

/// The words of TYPE that say no label, as they are written: those that stay when a property gets
/// another label.
pub(super) fn others(property: &PropertyRef<'_>) -> Vec<String> {
    let id = id_of(property);
    let keeps_all = is_media(id);
    let mut others = Vec::new();
    each_word(property, |word| {
        if is_silent(&word, id) || (keeps_all && meaning(&word) == 0) {
            others.push(word.into_owned());
        }
    });
    others
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The words one by one, letter by letter.
    fn plain_meaning(word: &str) -> Meaning {
        let letters = |word: &str| word.replace([' ', '-', '_'], "").to_ascii_lowercase();
        let row = WORDS
            .iter()
            .find(|(known, _)| letters(known) == letters(word));
        row.map_or(0, |(_, meaning)| *meaning)
    }

    proptest! {
        #[test]
        fn ok_packed_letters_mean_what_the_word_does(
            start in "[\0 _a-]{0,3}",
            (word, _) in prop::sample::select(WORDS.to_vec()),
            upper in any::<bool>(),
            at in 0..12_usize,
            end in "[\0 _x-]{0,9}",
        ) {
            let mut word = String::from(word);
            if upper {
                word.make_ascii_uppercase();
            }
            word.insert(at.min(word.len()), '_');
            for word in [&word, &[start.as_str(), &word, &end].concat()] {
                prop_assert_eq!(meaning(word), plain_meaning(word), "{:?}", word);
            }
        }
    }
}
