//! One line of a card, where it stands in the input, and where its parts do.

use alloc::borrow::Cow;
use alloc::vec::Vec;
use core::ops::Range;

use super::rule::section_in;
use crate::card::PropertyRef;
use crate::position::Position;
use crate::registry::{self, ParameterId, PropertyRow};
use crate::syntax::byte_class::{is_white_space, trim};
use crate::syntax::flags::Flags;
use crate::syntax::fold::{head_offset, source_offset};
use crate::syntax::line_head::{Encoding, encoding_word};
use crate::syntax::physical::physical_end;
use crate::syntax::span::slice;
use crate::syntax::{ContentLine, ParameterRef, charset};
use crate::version::Version;

/// A part of a line, by the text that it is counted in. Where that is in the input is looked up
/// once a finding is new: back over the folds of a long line that is work, and a hostile line has
/// the same fault many times.
#[derive(Debug, Clone)]
pub(super) enum SpanIn {
    /// In the line as in the input.
    Line(Range<usize>),
    /// In the unfolded head.
    Head(Range<usize>),
    /// In the unfolded value.
    Value(Range<usize>),
}

impl From<Range<usize>> for SpanIn {
    fn from(span: Range<usize>) -> Self {
        SpanIn::Line(span)
    }
}

/// The character that an offset lies inside of, if it does.
fn character_around(bytes: &[u8], at: usize) -> Option<Range<usize>> {
    /// Octets of a character at most.
    const MOST: usize = 4;
    let is_inside = |at: usize| bytes.get(at).is_some_and(|byte| byte & 0xC0 == 0x80);
    if !is_inside(at) {
        return None;
    }
    let start = (at.saturating_sub(MOST - 1)..at)
        .rev()
        .find(|at| !is_inside(*at))?;
    let end = (at + 1..=start + MOST).find(|at| !is_inside(*at))?;
    let one = core::str::from_utf8(bytes.get(start..end)?).ok()?;
    (one.chars().count() == 1).then_some(start..end)
}

/// One line of a card and where it stands in the input.
#[derive(Clone, Copy)]
pub(super) struct PlacedLine<'a> {
    pub property: PropertyRef<'a>,
    pub content: ContentLine<'a>,
    /// Where its first byte is in the input.
    pub start: Position,
    /// The row of the property, if it has one.
    pub row: Option<&'static PropertyRow>,
}

impl<'a> PlacedLine<'a> {
    pub fn new(property: PropertyRef<'a>, start: Position) -> Self {
        let content = property.line();
        let row = match content.is_content() && !content.flags().has(Flags::SENTINEL) {
            true => registry::property(content.name_bytes()),
            false => None,
        };
        PlacedLine {
            property,
            content,
            start,
            row,
        }
    }

    pub fn flags(&self) -> Flags {
        self.content.flags()
    }

    /// As in the input, with folds and line ending.
    pub fn raw(&self) -> &'a [u8] {
        self.content.raw()
    }

    /// Offset of its ending.
    pub fn content_end(&self) -> usize {
        self.raw().len().saturating_sub(self.flags().ending())
    }

    /// Whether its value stands on the line as it is: no parameter names an encoding that would
    /// have to be undone and done again.
    pub fn is_plain(&self) -> bool {
        let encoded = Flags::QUOTED_PRINTABLE.or(Flags::BASE64).or(Flags::NESTED);
        let names_other = || {
            self.content.parameter("ENCODING").is_some_and(|encoding| {
                let value = encoding.value();
                let word = encoding_word(value.as_bytes());
                !value.is_empty() && !matches!(word, Some((Encoding::Plain, _)))
            })
        };
        !self.flags().has(encoded)
            && (!self.flags().has(Flags::MAY_NAME_ENCODING) || !names_other())
    }

    /// Where the standard of the version defines the property.
    pub fn section(&self, version: Version) -> Option<&'static str> {
        section_in(self.row?.sections, version)
    }

    /// Its bytes without the ending.
    pub fn without_ending(&self) -> &'a [u8] {
        slice(self.raw(), 0..self.content_end())
    }

    /// Offset of the value.
    pub fn value_at(&self) -> usize {
        self.content_end() - self.content.raw_value().len()
    }

    /// The whole value.
    pub fn span_of_value(&self) -> SpanIn {
        SpanIn::Line(self.value_at()..self.content_end())
    }

    /// A part of the value as it is written, with folds and encoding.
    pub fn span_in_written_value(&self, span: Range<usize>) -> SpanIn {
        let at = self.value_at();
        SpanIn::Line(at + span.start..at + span.end)
    }

    /// The name.
    pub fn span_of_name(&self) -> SpanIn {
        self.span_of(self.content.name_bytes())
    }

    /// A part of the unfolded head, given as a slice of it.
    pub fn span_of(&self, part: &[u8]) -> SpanIn {
        let head = self.content.head().as_ptr_range();
        debug_assert!(
            head.start <= part.as_ptr() && part.as_ptr_range().end <= head.end || part.is_empty(),
            "{part:?} is not a part of the head"
        );
        let at = (part.as_ptr() as usize).saturating_sub(head.start as usize);
        SpanIn::Head(at..at + part.len())
    }

    /// From the name to the end of the head.
    pub fn name_to_value(&self) -> Range<usize> {
        self.in_line(self.span_of_name()).start..self.value_at()
    }

    /// Its first physical line, without the ending.
    pub fn first_line(&self) -> Range<usize> {
        0..physical_end(self.raw(), 0, true).map_or(self.raw().len(), |end| end.content)
    }

    /// Where in the line as in the input a part of it is, back over the folds.
    pub fn in_line(&self, span: SpanIn) -> Range<usize> {
        match span {
            SpanIn::Line(span) => span,
            // Decoding has changed lengths: a part of the text is no part of the octets.
            SpanIn::Value(_) if self.is_decoded() => self.value_at()..self.content_end(),
            SpanIn::Value(span) => {
                let at = self.value_at();
                if !self.flags().has(Flags::VALUE_FOLDED) {
                    return at + span.start..at + span.end;
                }
                let value = self.content.raw_value();
                unfolded_span(span, |offset| at + source_offset(value, offset))
            }
            SpanIn::Head(span) => {
                let colon = self.value_at().saturating_sub(1);
                if !self.flags().has(Flags::HEAD_FOLDED) {
                    let at = colon.saturating_sub(self.content.head().len());
                    return at + span.start..at + span.end;
                }
                let indent = self.raw().iter().take_while(|byte| is_white_space(**byte));
                let indent = indent.count();
                let head = slice(self.raw(), 0..colon);
                unfolded_span(span, |offset| head_offset(head, indent + offset))
            }
        }
    }

    /// Whether the text of the value has other octets than the value, folds aside.
    fn is_decoded(&self) -> bool {
        /// With which ISO-2022-JP leaves ASCII.
        const ESCAPE: u8 = 0x1B;
        let value = self.content.raw_value();
        if value.is_ascii() && memchr::memchr(ESCAPE, value).is_none() {
            return false;
        }
        let is_other =
            |named: ParameterRef<'_>| !named.values().all(|label| charset::is_utf8(&label));
        self.property.parameter("CHARSET").is_some_and(is_other)
            || simdutf8::basic::from_utf8(&self.content.value()).is_err()
    }

    /// A part of the line, widened to whole characters of UTF-8.
    pub fn whole_characters(&self, span: Range<usize>) -> Range<usize> {
        let raw = self.raw();
        let end = span.end.min(raw.len());
        let start = span.start.min(end);
        let first = character_around(raw, start).map_or(start, |around| around.start);
        match end > start {
            true => first..character_around(raw, end).map_or(end, |around| around.end),
            false => first..first,
        }
    }

    /// Where in the input an octet of the line is.
    pub fn position(&self, offset: usize) -> Position {
        let mut start = 0;
        let mut line = self.start.line;
        while let Some(end) = physical_end(self.raw(), start, true) {
            if end.next > offset || end.next == end.content {
                break;
            }
            start = end.next;
            line += 1;
        }
        Position {
            byte: self.start.byte + offset as u64,
            line,
            column: (offset - start.min(offset)) as u64 + 1,
        }
    }
}

impl<'a> From<&PlacedLine<'a>> for PropertyRef<'a> {
    fn from(line: &PlacedLine<'a>) -> Self {
        line.property
    }
}

/// The end of a part is after its last byte, not after a fold that follows it.
fn unfolded_span(span: Range<usize>, place: impl Fn(usize) -> usize) -> Range<usize> {
    let start = place(span.start);
    match span.is_empty() {
        true => start..start,
        false => start..place(span.end - 1) + 1,
    }
}

/// One parameter of a line, and what it is known as.
#[derive(Clone, Copy)]
pub(super) struct LineParameter<'a> {
    pub written: ParameterRef<'a>,
    pub id: Option<ParameterId>,
}

impl<'a> LineParameter<'a> {
    /// Takes the parameters of a line apart, in the place of those of another.
    pub fn collect(parameters: &mut Vec<Self>, line: &PlacedLine<'a>) {
        parameters.clear();
        if line.content.head().len() <= line.content.name_bytes().len() {
            return;
        }
        for written in line.property.parameters() {
            let id = match written.name_bytes() {
                Some(name) => registry::parameter(name).map(|row| row.id),
                // A name without a value.
                None if registry::parameter(trim(written.raw())).is_some() => None,
                None => match written.meaning() {
                    "ENCODING" => Some(ParameterId::ENCODING),
                    "VALUE" => Some(ParameterId::VALUE),
                    _ => Some(ParameterId::TYPE),
                },
            };
            parameters.push(LineParameter { written, id });
        }
    }

    /// Whether it is this one, by its name or by what its value means.
    pub fn is(&self, id: ParameterId) -> bool {
        self.id == Some(id)
    }

    /// Its first value.
    pub fn value(&self) -> Cow<'a, str> {
        self.written.value()
    }
}

/// The first parameter that is this one and has a value, or else the first.
pub(super) fn find<'p, 'a>(
    parameters: &'p [LineParameter<'a>],
    id: ParameterId,
) -> Option<&'p LineParameter<'a>> {
    let mut all = parameters.iter().filter(|parameter| parameter.is(id));
    let first = all.next()?;
    match first.value().is_empty() {
        true => all.find(|other| !other.value().is_empty()).or(Some(first)),
        false => Some(first),
    }
}
