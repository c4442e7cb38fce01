//! One conversion on its way: what is read, what will be written, what was changed.

use alloc::borrow::Cow;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::change::{Change, ChangeKind, Pending, shown};
use super::conversion::{Conversion, ConvertError};
use super::draft::{Content, Draft, Given};
use super::options::Convert;
use crate::card::{Card, PropertyRef, PropertyValue};
use crate::registry;
use crate::version::Version;

/// A property of the source, to be named in changes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Source<'a> {
    pub property: PropertyRef<'a>,
    /// The line of the input on which it begins.
    pub line: u64,
}

/// Why something is not as it was: the section or the practice, and a sentence.
#[derive(Debug, Clone)]
pub(super) struct Why {
    pub section: &'static str,
    pub message: Cow<'static, str>,
}

pub(super) fn why(section: &'static str, message: impl Into<Cow<'static, str>>) -> Why {
    let message = message.into();
    Why { section, message }
}

/// What converts a card that lies so deep in others.
pub(super) type Inner = fn(&Card, &Convert, usize) -> Result<Conversion, ConvertError>;

pub(super) struct Run<'a> {
    pub card: &'a Card,
    pub from: Version,
    pub to: Version,
    pub options: &'a Convert,
    /// How deep the card lies in others.
    pub depth: usize,
    /// Converts a card that lies in this one.
    pub inner: Inner,
    pub sources: Vec<Source<'a>>,
    pub changes: Vec<Pending>,
    /// Where the change of a source, or of a parameter of it, is.
    kept: BTreeMap<(usize, Option<String>), usize>,
    /// What is written, in order.
    pub out: Vec<Draft<'a>>,
    /// The groups of the card in small letters, where one was asked for that is free.
    groups: Option<BTreeSet<String>>,
    group_number: usize,
    number: usize,
}

impl<'a> Run<'a> {
    pub fn new(
        card: &'a Card,
        (from, to): (Version, Version),
        options: &'a Convert,
        (depth, inner): (usize, Inner),
    ) -> Self {
        Run {
            card,
            from,
            to,
            options,
            depth,
            inner,
            sources: Vec::new(),
            changes: Vec::new(),
            kept: BTreeMap::new(),
            out: Vec::new(),
            groups: None,
            group_number: 0,
            number: 0,
        }
    }

    pub fn next_number(&mut self) -> usize {
        self.number += 1;
        self.number
    }

    /// A property that stands beside another one, or that nobody wrote.
    pub fn draft(
        &mut self,
        name: impl Into<Cow<'a, str>>,
        value: PropertyValue,
        source: Option<usize>,
    ) -> Draft<'a> {
        let name = name.into();
        Draft {
            number: self.next_number(),
            source,
            group: None,
            row: registry::property(name.as_bytes()),
            name,
            value_type: None,
            parameters: Vec::new(),
            content: Content::Made(value),
            card: None,
        }
    }

    /// The lowest `item<n>` that the card does not use.
    pub fn free_group(&mut self) -> String {
        let sources = &self.sources;
        let groups = self.groups.get_or_insert_with(|| {
            let groups = sources.iter().filter_map(|source| source.property.group());
            groups.map(str::to_ascii_lowercase).collect()
        });
        loop {
            self.group_number += 1;
            let group = format!("item{}", self.group_number);
            if groups.insert(group.clone()) {
                return group;
            }
        }
    }

    /// Notes what became of a property or its value.
    pub fn note(&mut self, kind: ChangeKind, draft: &Draft<'_>, why: Why) {
        self.note_source(kind, draft.source, &draft.name, Some(draft.number), why);
    }

    /// Notes that a property is not in the result.
    pub fn note_dropped(&mut self, draft: &Draft<'_>, why: Why) {
        self.note_source(ChangeKind::Dropped, draft.source, &draft.name, None, why);
    }

    /// Notes what became of the property that `draft` was; another one shows it.
    pub fn note_as(&mut self, kind: ChangeKind, draft: &Draft<'_>, result: usize, why: Why) {
        self.note_source(kind, draft.source, &draft.name, Some(result), why);
    }

    pub fn note_source(
        &mut self,
        kind: ChangeKind,
        source: Option<usize>,
        name: &str,
        result: Option<usize>,
        why: Why,
    ) {
        let mut change = self.change(kind, source, name, why);
        let property = source.and_then(|at| self.sources.get(at));
        change.from = property.map(|source| self.line_of(&source.property));
        self.keep(source, Pending { change, result });
    }

    /// One entry for a property or a parameter of the source: the graver one stays.
    fn keep(&mut self, source: Option<usize>, pending: Pending) {
        let Some(source) = source else {
            self.changes.push(pending);
            return;
        };
        let key = (source, pending.change.parameter.clone());
        match self.kept.get(&key).and_then(|at| self.changes.get_mut(*at)) {
            Some(twin) if twin.change.kind >= pending.change.kind => {
                twin.result = twin.result.or(pending.result);
            }
            Some(twin) => *twin = pending,
            None => {
                self.kept.insert(key, self.changes.len());
                self.changes.push(pending);
            }
        }
    }

    /// Notes what became of a parameter: `to` stands in its place, or nothing.
    pub fn note_parameter(
        &mut self,
        kind: ChangeKind,
        draft: &Draft<'_>,
        (name, from): (&str, String),
        to: Option<String>,
        why: Why,
    ) {
        let mut change = self.change(kind, draft.source, &draft.name, why);
        change.parameter = Some(name.to_ascii_uppercase());
        change.from = Some(shown(&from));
        change.to = to.map(|to| shown(&to));
        let pending = Pending {
            change,
            result: None,
        };
        self.keep(draft.source, pending);
    }

    /// Gives a parameter that was taken back under another name, and notes that.
    pub fn move_parameter<'d>(
        &mut self,
        draft: &mut Draft<'d>,
        given: Given<'d>,
        name: impl Into<Cow<'d, str>>,
        why: Why,
    ) {
        let from = given.shown();
        let moved = Given {
            name: name.into(),
            values: given.values,
        };
        let to = Some(moved.shown());
        draft.parameters.push(moved);
        let from = (&*given.name, from);
        self.note_parameter(ChangeKind::Moved, draft, from, to, why);
    }

    /// Gives a parameter the name that the target has for it, unless there is one of that name already.
    pub fn rename_parameter(
        &mut self,
        draft: &mut Draft<'_>,
        old: &str,
        new: &'static str,
        section: &'static str,
    ) {
        if !draft.has(new)
            && let Some(given) = draft.take(old)
        {
            let message = format!("{} has {new} for it", self.to);
            self.move_parameter(draft, given, new, why(section, message));
        }
    }

    /// Notes that a parameter is not in the result.
    pub fn note_dropped_parameter(&mut self, draft: &Draft<'_>, given: &Given<'_>, why: Why) {
        let from = (&*given.name, given.shown());
        self.note_parameter(ChangeKind::Dropped, draft, from, None, why);
    }

    /// Takes back what was noted of a source since there were so many changes.
    pub fn forget(&mut self, since: usize, source: Option<usize>) {
        self.changes.truncate(since);
        if let Some(source) = source {
            let own = (source, None)..=(source, Some(String::from(char::MAX)));
            let gone: Vec<_> = self
                .kept
                .range(own)
                .filter(|(_, at)| **at >= since)
                .map(|(key, _)| key.clone())
                .collect();
            for key in gone {
                self.kept.remove(&key);
            }
        }
    }

    /// A change that does not say yet what was there and what came of it.
    fn change(&self, kind: ChangeKind, source: Option<usize>, name: &str, why: Why) -> Change {
        let source = source.and_then(|at| self.sources.get(at));
        let property = source.map_or(name, |source| source.property.name());
        Change {
            kind,
            entry: source.map(|source| source.property.id()),
            line: source.map(|source| source.line),
            property: (!property.is_empty()).then(|| property.to_ascii_uppercase()),
            parameter: None,
            from: None,
            to: None,
            section: why.section,
            message: why.message,
        }
    }

    /// A property of the source on one line, decoded.
    fn line_of(&self, property: &PropertyRef<'_>) -> String {
        let property = property.with_fallback_charset(self.options.charset(self.card));
        let line = property.line();
        if !line.is_content() {
            return shown(&String::from_utf8_lossy(property.raw()));
        }
        let mut text = match core::str::from_utf8(line.head()) {
            Ok(head) => String::from(head),
            Err(_) => String::from_utf8_lossy(line.head()).into_owned(),
        };
        text.push(':');
        match property.raw_text() {
            Ok(raw) => text.push_str(&raw),
            Err(_) => text.push_str(&String::from_utf8_lossy(&property.value_bytes())),
        }
        shown(&text)
    }
}
