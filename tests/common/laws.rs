//! What holds for every input, as functions that panic when it does not. Property tests feed them
//! random inputs, and the fuzz targets feed them inputs that a fuzzer grows.
#![allow(dead_code, reason = "no test uses all of it")]

use std::io::BufReader;

use vcardinal::value::{Uri, Value};
use vcardinal::{
    Card, CardReader, CardWriter, EntryId, Event, JunkKind, Layout, Limits, LineReader, Parameter,
    Property, PropertyRef, PropertyValue, PushReader, Token, TokenError, Version,
};

use super::choices::Choices;

/// One line of a card, all that can be asked of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    pub raw: Vec<u8>,
    pub group: Option<String>,
    pub name: String,
    pub parameters: Vec<(Option<String>, Vec<String>)>,
    pub value: Vec<u8>,
    pub text: Result<String, String>,
    pub encoded: (bool, bool),
}

impl Said {
    pub fn of(property: &PropertyRef<'_>) -> Self {
        Said {
            raw: property.raw().to_vec(),
            group: property.group().map(String::from),
            name: property.name().into(),
            parameters: property
                .parameters()
                .map(|parameter| {
                    let values = parameter.values().map(String::from).collect();
                    (parameter.name().map(String::from), values)
                })
                .collect(),
            value: property.value_bytes().into(),
            // What is not a property has no text that a version could change.
            text: match property.line().is_content() {
                true => property
                    .text()
                    .map(String::from)
                    .map_err(|error| error.to_string()),
                false => Ok(String::new()),
            },
            encoded: (
                property.line().is_quoted_printable(),
                property.line().is_base64(),
            ),
        }
    }

    /// Without its bytes: what it says, however it is written.
    fn meaning(&self) -> Said {
        let (value, text) = self.read();
        Said {
            raw: Vec::new(),
            value,
            text,
            ..self.clone()
        }
    }

    /// The value and its text. White space means nothing in base64.
    fn read(&self) -> (Vec<u8>, Result<String, String>) {
        let (mut value, mut text) = (self.value.clone(), self.text.clone());
        let digit = |byte: &u8| byte.is_ascii_alphanumeric() || b"+/= \t".contains(byte);
        if self.encoded.1 && value.iter().all(digit) {
            value.retain(|byte| !byte.is_ascii_whitespace());
            if let Ok(text) = &mut text {
                text.retain(|character| !character.is_ascii_whitespace());
            }
        }
        (value, text)
    }
}

/// The lines of a card but for blank ones.
pub fn said(card: &Card) -> Vec<Said> {
    card.lines()
        .filter(|line| !line.line().is_blank())
        .map(|line| Said::of(&line))
        .collect()
}

/// What a reader made of an input.
#[derive(Debug, PartialEq, Eq, Default)]
pub struct Seen {
    /// Where each card begins, its bytes, its lines with the blank ones.
    pub cards: Vec<(u64, u64, Vec<u8>, Vec<Said>)>,
    /// What was refused: message, where.
    pub refused: Vec<(String, u64)>,
    /// Bytes of junk by their kind, neighbours of one kind joined.
    pub junk: Vec<(JunkKind, u64, Vec<u8>)>,
    pub all: Vec<u8>,
}

impl Seen {
    fn note(&mut self, event: &Event<'_>) {
        let at = self.all.len() as u64;
        match event {
            Event::Card(card) => {
                let position = card.position();
                assert_eq!(position.byte, at);
                let lines = card.lines().map(|line| Said::of(&line)).collect();
                let bytes = card.to_bytes();
                self.cards
                    .push((position.byte, position.line, bytes.to_vec(), lines));
                self.all.extend_from_slice(&bytes);
            }
            Event::Junk(junk) => {
                assert!(!junk.bytes().is_empty(), "an empty piece");
                assert_eq!(junk.position().byte, at);
                match self.junk.last_mut() {
                    Some((kind, start, bytes))
                        if *kind == junk.kind() && *start + bytes.len() as u64 == at =>
                    {
                        bytes.extend_from_slice(junk.bytes());
                    }
                    _ => self.junk.push((junk.kind(), at, junk.bytes().to_vec())),
                }
                self.all.extend_from_slice(junk.bytes());
            }
            Event::Bad { error, bytes } => {
                assert!(!bytes.is_empty(), "an empty piece");
                assert_eq!(error.position().unwrap().byte, at);
                self.refused.push((error.to_string(), at));
                self.all.extend_from_slice(bytes);
            }
            _ => unreachable!(),
        }
    }

    /// Without where the bytes of a refused card were cut.
    fn refusals_joined(mut self) -> Self {
        self.junk.retain(|(kind, ..)| *kind != JunkKind::Refused);
        self
    }
}

pub fn seen_in_slice(bytes: &[u8], limits: &Limits) -> Seen {
    let mut seen = Seen::default();
    let mut reader = CardReader::from_slice(bytes).with_limits(limits.clone());
    while let Some(event) = reader.next_event().unwrap() {
        seen.note(&event);
    }
    seen.refusals_joined()
}

pub fn seen_in_stream(bytes: &[u8], capacity: usize, limits: &Limits) -> Seen {
    let mut seen = Seen::default();
    let mut reader = CardReader::from_reader(BufReader::with_capacity(capacity, bytes))
        .with_limits(limits.clone());
    while let Some(event) = reader.next_event().unwrap() {
        seen.note(&event);
    }
    seen.refusals_joined()
}

pub fn seen_in_pieces<'a>(pieces: impl IntoIterator<Item = &'a [u8]>, limits: &Limits) -> Seen {
    let mut seen = Seen::default();
    let mut reader = PushReader::new().with_limits(limits.clone());
    for piece in pieces {
        reader.push(piece);
        while let Some(event) = reader.next_event() {
            seen.note(&event);
        }
    }
    reader.finish();
    while let Some(event) = reader.next_event() {
        seen.note(&event);
    }
    seen.refusals_joined()
}

/// Cuts that follow from the bytes, so that a failure comes again.
fn pieces(bytes: &[u8], mut seed: u64, most: u64) -> Vec<&[u8]> {
    let mut rest = bytes;
    let mut pieces = Vec::new();
    while !rest.is_empty() {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let (piece, after) = rest.split_at(rest.len().min((seed >> 33) as usize % most as usize));
        pieces.push(piece);
        rest = after;
    }
    pieces
}

fn seed(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xCBF2_9CE4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01B3)
    })
}

/// However an input is cut, its cards are the same, and all its bytes come out; each card reads
/// alone as in the input.
pub fn reading(bytes: &[u8], limits: &Limits) {
    let whole = seen_in_slice(bytes, limits);
    assert!(
        whole.all == bytes,
        "copy of\n{:?}\nis\n{:?}",
        lossy(bytes),
        lossy(&whole.all)
    );
    if bytes.len() < 2000 {
        same(
            &whole,
            &seen_in_pieces(bytes.chunks(1), limits),
            "byte by byte",
        );
    }
    let seed = seed(bytes);
    for most in [4, 40, 400] {
        same(
            &whole,
            &seen_in_pieces(pieces(bytes, seed, most), limits),
            "in pieces",
        );
    }
    let capacity = 1 + (seed % 61) as usize;
    same(
        &whole,
        &seen_in_stream(bytes, capacity, limits),
        "as a stream",
    );
    for (_, _, card, lines) in &whole.cards {
        let alone = Card::parse_with(card, limits.clone()).unwrap();
        assert_eq!(&*alone.to_bytes(), card);
        let again: Vec<Said> = alone.lines().map(|line| Said::of(&line)).collect();
        assert_eq!(&again, lines);
        assert_eq!(
            again
                .iter()
                .flat_map(|line| &line.raw)
                .copied()
                .collect::<Vec<_>>(),
            *card
        );
    }
}

fn same(whole: &Seen, pieces: &Seen, how: &str) {
    assert_eq!(whole.cards, pieces.cards, "cards read {how}");
    assert_eq!(whole.refused, pieces.refused, "refusals read {how}");
    assert_eq!(whole.junk, pieces.junk, "junk read {how}");
    assert_eq!(lossy(&whole.all), lossy(&pieces.all), "bytes read {how}");
}

pub fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

type LineSeen = Result<(Vec<u8>, String, Vec<u8>, u64), String>;

fn lines_of<I: vcardinal::syntax::Input>(reader: &mut LineReader<I>, seen: &mut Vec<LineSeen>) {
    loop {
        match reader.next_line() {
            Ok(None) => return,
            Ok(Some(line)) => {
                let (raw, name) = (line.raw().to_vec(), line.name().to_owned());
                let value = if line.is_blank() {
                    Vec::new()
                } else {
                    line.value().into()
                };
                let blank = line.is_blank();
                let at = reader.position().line;
                // A run of blank lines is as long as what has arrived of it.
                match seen.last_mut() {
                    Some(Ok((before, _, _, _)))
                        if blank
                            && before.iter().all(|byte| matches!(byte, b'\r' | b'\n'))
                            && !before.is_empty() =>
                    {
                        before.extend_from_slice(&raw);
                    }
                    _ => seen.push(Ok((raw, name, value, at))),
                }
            }
            Err(error) => seen.push(Err(error.to_string())),
        }
    }
}

/// Lines put together again are the input, and the same however it is cut.
pub fn lines(bytes: &[u8], limits: &Limits) {
    let mut whole = Vec::new();
    lines_of(
        &mut LineReader::from_slice(bytes).with_limits(limits.clone()),
        &mut whole,
    );
    if whole.iter().all(Result::is_ok) {
        let copy: Vec<u8> = whole
            .iter()
            .flatten()
            .flat_map(|line| line.0.clone())
            .collect();
        assert!(
            copy == bytes,
            "copy of\n{:?}\nis\n{:?}",
            lossy(bytes),
            lossy(&copy)
        );
    }
    for most in [2, 9, 90] {
        let mut seen = Vec::new();
        let mut reader = LineReader::from_pieces().with_limits(limits.clone());
        for piece in pieces(bytes, seed(bytes), most) {
            reader.push(piece);
            lines_of(&mut reader, &mut seen);
        }
        reader.finish();
        lines_of(&mut reader, &mut seen);
        assert_eq!(whole, seen, "pieces of at most {most}");
    }
    let mut seen = Vec::new();
    let stream = BufReader::with_capacity(1 + bytes.len() % 7, bytes);
    lines_of(
        &mut LineReader::from_reader(stream).with_limits(limits.clone()),
        &mut seen,
    );
    assert_eq!(whole, seen, "as a stream");
}

/// Whatever can be asked of a card has an answer, and laying it out anew keeps what it says.
pub fn asking(bytes: &[u8]) {
    for card in CardReader::from_slice(bytes) {
        let Ok(card) = card else { continue };
        let _ = (card.display_name(), card.to_string(), card.is_closed());
        for property in card.lines() {
            let _ = (
                property.list(),
                property.components(),
                property.text_lossy(),
                property.span(),
            );
            let _ = (
                property.binary(),
                property.has_type("home"),
                property.nested_card(),
            );
        }
        let mut anew = Vec::new();
        card.append_with(Layout::Canonical, &mut anew);
        let again = Card::parse(&anew).unwrap();
        // Nested cards that are not ended are, and that is part of the value of their AGENT.
        let nested_open = !card.is_closed() && card.properties().any(|line| line.is("AGENT"));
        assert!(
            again.same_content(&card) || nested_open,
            "laid out anew\n{:?}\nis\n{:?}",
            lossy(&card.to_bytes()),
            lossy(&anew)
        );
        let mut twice = Vec::new();
        again.append_with(Layout::Canonical, &mut twice);
        assert_eq!(lossy(&anew), lossy(&twice));
    }
}

/// Cards written one after the other are read one after the other, wherever they came from.
pub fn writing(inputs: &[&[u8]]) {
    let cards: Vec<Card> = inputs
        .iter()
        .flat_map(|bytes| CardReader::from_slice(bytes))
        .flatten()
        .collect();
    for layout in [Layout::Untouched, Layout::Canonical] {
        let mut writer = CardWriter::from_writer(Vec::new()).with_layout(layout);
        for card in &cards {
            writer.write(card).unwrap();
        }
        let bytes = writer.into_inner().unwrap();
        let again: Vec<Card> = CardReader::from_slice(&bytes).map(Result::unwrap).collect();
        assert_eq!(again.len(), cards.len(), "{layout:?}: {:?}", lossy(&bytes));
        for (again, card) in again.iter().zip(&cards) {
            let nested_open = !card.is_closed() && card.properties().any(|line| line.is("AGENT"));
            assert!(
                again.same_content(card) || nested_open,
                "{layout:?}: {:?}",
                lossy(&bytes)
            );
        }
    }
}

/// Lines by their ids, as the card shows them.
fn snapshot(card: &Card) -> Vec<(EntryId, Said)> {
    card.lines()
        .map(|line| (line.id(), Said::of(&line)))
        .collect()
}

/// Random operations on a card: what they do not touch stays as it is, what is refused changes
/// nothing, and parsing the edited bytes gives the edited lines.
pub fn editing(bytes: &[u8], choices: &mut Choices<'_>) {
    let Some(Ok(mut card)) = CardReader::from_slice(bytes).next() else {
        return;
    };
    // Where the card came from does not matter, and editing begins with its bytes.
    card = Card::parse(card.to_bytes()).unwrap();
    let mut removed = Vec::new();
    for _ in 0..16 {
        if choices.is_empty() {
            break;
        }
        let before = snapshot(&card);
        let bytes_before = card.to_bytes().into_owned();
        match edit(&mut card, choices, &before, &mut removed) {
            Outcome::Refused(what) => {
                assert_eq!(snapshot(&card), before, "{what} was refused");
                assert_eq!(
                    lossy(&card.to_bytes()),
                    lossy(&bytes_before),
                    "{what} was refused"
                );
            }
            Outcome::Done {
                what,
                order,
                touched,
            } => {
                let after = snapshot(&card);
                let now: Vec<EntryId> = after.iter().map(|(id, _)| *id).collect();
                // What says how the old value sounds goes with it.
                let is_sound = |id: &EntryId| {
                    before.iter().any(|(own, said)| {
                        let names = said.parameters.iter().filter_map(|(name, _)| name.as_ref());
                        own == id
                            && names
                                .into_iter()
                                .any(|name| name.eq_ignore_ascii_case("PHONETIC"))
                    })
                };
                let order: Vec<EntryId> = order
                    .into_iter()
                    .filter(|id| now.contains(id) || !is_sound(id))
                    .collect();
                assert_eq!(now, order, "order after {what}");
                for (id, said) in &after {
                    let old = before.iter().find(|(old, _)| old == id);
                    match old {
                        Some((_, old)) if Some(*id) != touched => {
                            assert_eq!(old, said, "untouched by {what}")
                        }
                        _ => {}
                    }
                }
                reads_back(&card, &what);
            }
        }
        for id in &removed {
            assert!(card.entry(*id).is_none());
        }
    }
}

/// The labels of the group of a property that has no other property in it.
fn labels_left_alone(before: &[(EntryId, Said)], id: EntryId, old: &Said) -> Vec<EntryId> {
    let is_label = |said: &Said| {
        vcardinal::registry::property(said.name.as_bytes())
            .is_some_and(|row| row.stands_for == Some(vcardinal::registry::StandsFor::Label))
    };
    let Some(group) = old.group.as_ref().filter(|_| !is_label(old)) else {
        return Vec::new();
    };
    let in_group = |said: &Said| {
        let own = said.group.as_ref();
        own.is_some_and(|own| own.eq_ignore_ascii_case(group))
    };
    let others: Vec<_> = before
        .iter()
        .filter(|(other, said)| *other != id && in_group(said))
        .collect();
    match others.iter().all(|(_, said)| is_label(said)) {
        true => others.iter().map(|(id, _)| *id).collect(),
        false => Vec::new(),
    }
}

/// Parsing the bytes of a card gives its lines.
fn reads_back(card: &Card, what: &str) {
    let bytes = card.to_bytes();
    let again = Card::parse(&bytes)
        .unwrap_or_else(|error| panic!("after {what}: {error}\n{:?}", lossy(&bytes)));
    assert_eq!(&*again.to_bytes(), &*bytes, "after {what}");
    assert_eq!(
        again.version(),
        card.version(),
        "version after {what}: {:?}",
        lossy(&bytes)
    );
    let (mut wanted, mut got) = (said(card), said(&again));
    for said in wanted.iter_mut().chain(&mut got) {
        // The last line of a card may have had no line ending, and gets one if it is moved.
        let len = said.raw.trim_ascii_end().len();
        if said
            .raw
            .last()
            .is_none_or(|last| !matches!(last, b'\r' | b'\n'))
            || len < said.raw.len()
        {
            while matches!(said.raw.last(), Some(b'\r' | b'\n')) {
                said.raw.pop();
            }
        }
    }
    assert_eq!(wanted, got, "after {what}: {:?}", lossy(&bytes));
}

enum Outcome {
    Refused(String),
    Done {
        what: String,
        order: Vec<EntryId>,
        touched: Option<EntryId>,
    },
}

fn edit(
    card: &mut Card,
    choices: &mut Choices<'_>,
    before: &[(EntryId, Said)],
    removed: &mut Vec<EntryId>,
) -> Outcome {
    let (id, old) = &before[choices.below(before.len())];
    let (id, old) = (*id, old.clone());
    let mut order: Vec<EntryId> = before.iter().map(|(id, _)| *id).collect();
    let kind = choices.below(11);
    if kind < 3 {
        let property = property(choices);
        let Ok(property) = property else {
            return Outcome::Refused("a name that is not valid".into());
        };
        let version = card.version();
        let what = format!(
            "{} {property:?} at {:?}",
            ["insert after", "insert before", "push"][kind],
            lossy(&old.raw)
        );
        let done = match kind {
            0 => card.insert_after(id, property.clone()),
            1 => card.insert_before(id, property.clone()),
            _ => card.push(property.clone()),
        };
        let Ok(new) = done else {
            return Outcome::Refused(what);
        };
        let index = match kind {
            0 => order.iter().position(|other| *other == id).unwrap() + 1,
            1 => order.iter().position(|other| *other == id).unwrap(),
            _ => snapshot(card)
                .iter()
                .position(|(id, _)| *id == new)
                .unwrap(),
        };
        order.insert(index, new);
        if card.version() == version {
            says(&card.entry(new).unwrap(), &property, &what);
        }
        return Outcome::Done {
            what,
            order,
            touched: Some(new),
        };
    }
    if kind == 3 {
        let (place, _) = before[choices.below(before.len())];
        let what = format!(
            "move {:?} after {:?}",
            lossy(&old.raw),
            card.entry(place).map(|line| lossy(line.raw()))
        );
        let Some(mut entry) = card.entry_mut(id) else {
            return Outcome::Refused(what);
        };
        if entry.move_after(place).is_err() {
            return Outcome::Refused(what);
        }
        if place != id {
            order.retain(|other| *other != id);
            let index = order.iter().position(|other| *other == place).unwrap();
            order.insert(index + 1, id);
        }
        return Outcome::Done {
            what,
            order,
            touched: None,
        };
    }
    if kind == 4 {
        let what = format!("remove {:?}", lossy(&old.raw));
        let Some(entry) = card.entry_mut(id) else {
            return Outcome::Refused(what);
        };
        if entry.remove().is_err() {
            return Outcome::Refused(what);
        }
        let mut gone: Vec<EntryId> = vec![id];
        gone.extend(labels_left_alone(before, id, &old));
        // A label that is glued to its neighbours stays.
        gone.retain(|one| *one == id || card.entry(*one).is_none());
        order.retain(|other| !gone.contains(other));
        removed.extend(gone);
        return Outcome::Done {
            what,
            order,
            touched: None,
        };
    }
    let version = card.version();
    let Some(mut entry) = card.entry_mut(id) else {
        return Outcome::Refused("BEGIN or END".into());
    };
    let what;
    // Another version may read the same bytes in another way.
    let other_version = |card: &PropertyRef<'_>| card.version() != version;
    match kind {
        5 => {
            let text = choices.text();
            what = format!("set text {text:?} of {:?}", lossy(&old.raw));
            if entry.set_text(text.clone()).is_err() {
                return Outcome::Refused(what);
            }
            let new = entry.get();
            if !other_version(&new) {
                assert_eq!(newlines(&new.text().unwrap()), newlines(&text), "{what}");
            }
            assert_eq!(
                (new.group(), new.name()),
                (old.group.as_deref(), &*old.name),
                "{what}"
            );
        }
        6 => {
            let value = value(choices);
            what = format!("set value {value:?} of {:?}", lossy(&old.raw));
            if entry.set_value(value.clone()).is_err() {
                return Outcome::Refused(what);
            }
            let new = entry.get();
            if !other_version(&new) {
                holds(&new, &value, &what);
            }
            assert_eq!(
                (new.group(), new.name()),
                (old.group.as_deref(), &*old.name),
                "{what}"
            );
        }
        7 => {
            let Ok(parameter) = parameter(choices) else {
                return Outcome::Refused("a name that is not valid".into());
            };
            what = format!("set {parameter:?} of {:?}", lossy(&old.raw));
            if entry.set_parameter(parameter.clone()).is_err() {
                return Outcome::Refused(what);
            }
            let new = Said::of(&entry.get());
            let (name, set) = (parameter.name().as_str(), wanted_values(&parameter));
            assert_eq!((&new.group, &new.name), (&old.group, &old.name), "{what}");
            assert_eq!(new.read(), old.read(), "{what}");
            let named = |(other, _): &(Option<String>, Vec<String>)| {
                other
                    .as_deref()
                    .is_some_and(|other| other.eq_ignore_ascii_case(name))
            };
            let found: Vec<_> = new.parameters.iter().filter(|item| named(item)).collect();
            assert_eq!(found.len(), 1, "{what}: {:?}", lossy(&new.raw));
            assert_eq!(found[0].1, set, "{what}");
            let rest = |said: &Said| {
                said.parameters
                    .iter()
                    .filter(|item| !named(item) && item.0.is_some())
                    .cloned()
                    .collect::<Vec<_>>()
            };
            assert_eq!(rest(&new), rest(&old), "{what}");
        }
        8 => {
            let name = choices.name();
            let name = match old.parameters.is_empty() || choices.once_in(4) {
                true => name.to_owned(),
                false => {
                    let item = &old.parameters[choices.below(old.parameters.len())];
                    item.0.clone().unwrap_or_else(|| "TYPE".into())
                }
            };
            what = format!("remove parameter {name:?} of {:?}", lossy(&old.raw));
            let Ok(any) = entry.remove_parameter(&name) else {
                return Outcome::Refused(what);
            };
            let new = Said::of(&entry.get());
            if !any {
                assert_eq!(new, old, "{what}");
            }
            assert!(entry.get().parameter(&name).is_none(), "{what}");
            assert_eq!((&new.group, &new.name), (&old.group, &old.name), "{what}");
            assert_eq!(new.read(), old.read(), "{what}");
        }
        9 => {
            let name = choices.once_in(2).then(|| Token::new(choices.name()));
            let Ok(name) = name.transpose() else {
                return Outcome::Refused("a name that is not valid".into());
            };
            what = format!("set group {name:?} of {:?}", lossy(&old.raw));
            if entry
                .set_group(name.as_ref().map(vcardinal::Token::as_str))
                .is_err()
            {
                return Outcome::Refused(what);
            }
            let new = Said::of(&entry.get());
            let group = name.map(|name| name.as_str().to_owned());
            assert_eq!(
                new.meaning(),
                Said {
                    group,
                    ..old.meaning()
                },
                "{what}"
            );
        }
        _ => {
            let Ok(property) = property(choices) else {
                return Outcome::Refused("a name that is not valid".into());
            };
            what = format!("put {property:?} in place of {:?}", lossy(&old.raw));
            if entry.replace(&property).is_err() {
                return Outcome::Refused(what);
            }
            let new = entry.get();
            if !other_version(&new) {
                says(&new, &property, &what);
            }
        }
    }
    Outcome::Done {
        what,
        order,
        touched: Some(id),
    }
}

fn newlines(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

pub fn parameter(choices: &mut Choices<'_>) -> Result<Parameter, TokenError> {
    let values: Vec<String> = match choices.once_in(4) {
        true => (0..choices.below(4)).map(|_| choices.text()).collect(),
        false => vec![
            choices
                .text()
                .replace(|c: char| c.is_ascii_control() || c == '"', ""),
        ],
    };
    Parameter::new(choices.name(), values)
}

pub fn value(choices: &mut Choices<'_>) -> PropertyValue {
    match choices.below(8) {
        0 | 1 => PropertyValue::Text(choices.text()),
        2 => PropertyValue::List((0..choices.below(4)).map(|_| choices.text()).collect()),
        3 | 4 => PropertyValue::Components(
            (0..choices.below(5))
                .map(|_| (0..1 + choices.below(3)).map(|_| choices.text()).collect())
                .collect(),
        ),
        5 => PropertyValue::Uri(choices.text()),
        6 => PropertyValue::Raw(choices.text()),
        _ => PropertyValue::Binary {
            media_type: choices
                .pick(&[
                    "image/jpeg",
                    "image/gif",
                    "audio/ogg",
                    "",
                    "x",
                    "text/plain;a=b",
                ])
                .into(),
            data: choices.bytes(200),
        },
    }
}

pub fn property(choices: &mut Choices<'_>) -> Result<Property, TokenError> {
    let name = choices.name();
    let mut property = Property::new(name, value(choices))?;
    if choices.once_in(3) {
        property = property.with_group(choices.name())?;
    }
    for _ in 0..choices.below(3) {
        property = property.with_parameter(parameter(choices)?);
    }
    Ok(property)
}

/// The values of a parameter as they are read: none at all is one without anything in it.
fn wanted_values(parameter: &Parameter) -> Vec<String> {
    match parameter.values() {
        [] => vec![String::new()],
        values => values.iter().map(|value| newlines(value)).collect(),
    }
}

/// A property that was read says what was written.
fn says(read: &PropertyRef<'_>, written: &Property, what: &str) {
    assert_eq!(read.group(), written.group().map(Token::as_str), "{what}");
    assert_eq!(read.name(), written.name().as_str(), "{what}");
    let mut parameters = read.parameters();
    for wanted in written.parameters() {
        let got = parameters
            .next()
            .unwrap_or_else(|| panic!("{what}: {:?}", lossy(read.raw())));
        assert_eq!(got.name(), Some(wanted.name().as_str()), "{what}");
        let values: Vec<_> = got.values().collect();
        assert_eq!(values, wanted_values(wanted), "{what}");
    }
    // What the form of a value needs comes after them.
    for more in parameters {
        assert!(
            ["ENCODING", "CHARSET", "VALUE", "TYPE"].contains(&more.name().unwrap_or_default()),
            "{what}: {:?}",
            lossy(read.raw())
        );
    }
    holds(read, written.value(), what);
}

/// A property that was read has this value.
fn holds(read: &PropertyRef<'_>, value: &PropertyValue, what: &str) {
    let is_2_1 = read.effective_version() == Version::V2_1;
    match value {
        PropertyValue::Text(text) => {
            assert_eq!(newlines(&read.text().unwrap()), newlines(text), "{what}")
        }
        PropertyValue::List(items) if is_2_1 => {
            // 2.1 has no lists: it is one text with commas in it.
            let text = newlines(&read.text().unwrap());
            assert_eq!(text, newlines(&items.join(",")), "{what}");
        }
        PropertyValue::List(items) => {
            let items: Vec<_> = match &**items {
                [] => vec![String::new()],
                items => items.iter().map(|item| newlines(item)).collect(),
            };
            assert_eq!(read.list().unwrap(), items, "{what}");
        }
        PropertyValue::Components(components) => {
            let wanted: Vec<Vec<String>> = match &**components {
                [] => vec![vec![String::new()]],
                components if is_2_1 => components
                    .iter()
                    .map(|items| vec![newlines(&items.join(","))])
                    .collect(),
                components => components
                    .iter()
                    .map(|items| items.iter().map(|item| newlines(item)).collect())
                    .collect(),
            };
            let got: Vec<Vec<String>> = read
                .components()
                .unwrap()
                .iter()
                .map(|items| items.iter().map(|item| newlines(item)).collect())
                .collect();
            assert_eq!(got, wanted, "{what}");
        }
        PropertyValue::Uri(uri) if is_2_1 => assert_eq!(read.raw_text().unwrap(), &**uri, "{what}"),
        PropertyValue::Uri(uri) => {
            let escaped = uri.replace('\\', "\\\\");
            let wanted = match read.effective_version() {
                Version::V4_0 => escaped.replace(',', "\\,"),
                _ => escaped,
            };
            let raw = read.raw_text().unwrap();
            assert_eq!(raw, wanted, "{what}");
            if let Ok(read) = Uri::parse(&raw, read.effective_version()) {
                assert_eq!(read.as_str(), uri.trim_ascii(), "{what}");
            }
        }
        PropertyValue::Raw(raw) if is_2_1 => {
            assert_eq!(newlines(&read.raw_text().unwrap()), newlines(raw), "{what}")
        }
        PropertyValue::Raw(raw) => assert_eq!(read.raw_text().unwrap(), &**raw, "{what}"),
        PropertyValue::Binary { data, .. } => {
            let got = read
                .binary()
                .unwrap_or_else(|| panic!("{what}: {:?}", lossy(read.raw())))
                .unwrap();
            assert_eq!(&got.decode().unwrap(), data, "{what}");
        }
        _ => unreachable!(),
    }
}

/// Whether a value could be refused: a control character, or something that says how the value is
/// encoded.
fn may_be_refused(property: &Property, version: Version) -> bool {
    let control = |text: &str| {
        text.chars()
            .any(|c| c.is_ascii_control() && !matches!(c, '\t' | '\n' | '\r'))
    };
    let control_or_break = |text: &str| text.chars().any(|c| c.is_ascii_control() && c != '\t');
    let value = match property.value() {
        PropertyValue::Text(text) => control(text),
        PropertyValue::List(items) => items.iter().any(|text| control(text)),
        PropertyValue::Components(components) => {
            components.iter().flatten().any(|text| control(text))
        }
        PropertyValue::Uri(text) | PropertyValue::Raw(text) => {
            control_or_break(text) || text == "VCARD"
        }
        PropertyValue::Binary { media_type, data } => {
            data.is_empty()
                || media_type.contains(';')
                || !(media_type.is_empty() || media_type.contains('/'))
        }
        _ => true,
    };
    value
        || property.parameters().iter().any(|parameter| {
            let name = parameter.name().as_str();
            name.eq_ignore_ascii_case("ENCODING")
                || name.eq_ignore_ascii_case("CHARSET")
                || parameter.values().iter().any(|value| match version {
                    Version::V4_0 => control(value),
                    _ => control_or_break(value) || value.contains('"'),
                })
        })
}

/// Any strings in: the card reads back as what was set, and no line more.
pub fn building(choices: &mut Choices<'_>) {
    let version = choices.pick(&[Version::V4_0, Version::V3_0]);
    let mut builder = Card::builder(version);
    let mut properties = Vec::new();
    for _ in 0..choices.below(6) {
        if let Ok(property) = property(choices) {
            builder = builder.property(property.clone());
            properties.push(property);
        }
    }
    let card = match builder.build_unchecked() {
        Ok(card) => card,
        Err(error) => {
            assert!(
                properties
                    .iter()
                    .any(|property| may_be_refused(property, version)),
                "refused {properties:?}: {error}"
            );
            return;
        }
    };
    let bytes = card.to_bytes();
    let text = std::str::from_utf8(&bytes).unwrap();
    for line in text.strip_suffix("\r\n").unwrap().split("\r\n") {
        assert!(line.len() <= 75, "{line:?}");
        assert!(!line.contains(['\r', '\n']), "{line:?}");
    }
    let again = Card::parse(&bytes).unwrap();
    for card in [&card, &again] {
        let what = format!("{text:?}");
        assert_eq!(card.version(), Some(version), "{what}");
        assert_eq!(card.lines().count(), properties.len() + 3, "{what}");
        let mut read = card.properties();
        assert!(read.next().unwrap().is("VERSION"));
        for written in &properties {
            says(&read.next().unwrap(), written, &what);
        }
        assert!(read.next().is_none());
    }
}
