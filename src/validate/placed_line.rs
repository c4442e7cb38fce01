//! One line of a card, where it stands in the input, and where its parts do.

use alloc::borrow::Cow;
use alloc::vec::Vec;
use core::ops::Range;

use super::diagnostic::section_in;
use crate::card::{EntryId, PropertyRef};
use crate::error::Position;
use crate::registry::{self, ParameterId, PropertyRow};
use crate::syntax::byte_class::{is_white_space, trim};
use crate::syntax::flags::Flags;
use crate::syntax::fold::source_offset;
use crate::syntax::physical::physical_end;
use crate::syntax::span::slice;
use crate::syntax::{ContentLine, ParameterRef};
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

    /// Names it for a repair.
    pub fn entry(&self) -> EntryId {
        self.property.id()
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
            SpanIn::Value(span) => {
                let at = self.value_at();
                if !self.flags().has(Flags::VALUE_FOLDED) {
                    return at + span.start..at + span.end;
                }
                let value = self.content.raw_value();
                let kept =
                    self.property.version() == Some(Version::V2_1) && !self.content.is_base64();
                unfolded_span(span, |offset| {
                    at + match kept {
                        true => kept_offset(value, offset),
                        false => source_offset(value, offset),
                    }
                })
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
                unfolded_span(span, |offset| source_offset(head, indent + offset))
            }
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

/// The end of a part is after its last byte, not after a fold that follows it.
fn unfolded_span(span: Range<usize>, place: impl Fn(usize) -> usize) -> Range<usize> {
    let start = place(span.start);
    match span.is_empty() {
        true => start..start,
        false => start..place(span.end - 1) + 1,
    }
}

/// As [`source_offset`], where the white space at a fold is text and only the break goes.
fn kept_offset(value: &[u8], unfolded: usize) -> usize {
    let mut left = unfolded;
    let mut start = 0;
    while let Some(end) = physical_end(value, start, true) {
        let length = end.content - start;
        if left < length || end.next >= value.len() {
            break;
        }
        left -= length;
        start = end.next;
    }
    start + left
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

/// The first parameter that is this one.
pub(super) fn find<'p, 'a>(
    parameters: &'p [LineParameter<'a>],
    id: ParameterId,
) -> Option<&'p LineParameter<'a>> {
    parameters.iter().find(|parameter| parameter.is(id))
}
