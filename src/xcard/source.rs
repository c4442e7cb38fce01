//! The events of a document, within limits, and with what a card must not have refused.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use std::io::{self, BufRead, Read};

use quick_xml::NsReader;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::name::ResolveResult;

use super::error::{Error, ErrorKind};
use super::names::{CARDS, MAX_DEPTH};

/// Bytes that may be read before the budget is renewed, so that the one event that quick-xml keeps in
/// memory is bounded.
#[derive(Debug)]
struct Budget<R> {
    input: R,
    left: usize,
    is_spent: bool,
}

impl<R: BufRead> Read for Budget<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut chunk = self.fill_buf()?;
        let read = chunk.read(buffer)?;
        self.consume(read);
        Ok(read)
    }
}

impl<R: BufRead> BufRead for Budget<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        let left = self.left;
        let chunk = self.input.fill_buf()?;
        if left == 0 && !chunk.is_empty() {
            self.is_spent = true;
            return Err(io::Error::other("the limit is reached"));
        }
        Ok(chunk.get(..left.min(chunk.len())).unwrap_or_default())
    }

    fn consume(&mut self, amount: usize) {
        self.left = self.left.saturating_sub(amount);
        self.input.consume(amount);
    }
}

/// What happens in a document, with the names of elements resolved.
#[derive(Debug)]
pub(super) enum Step {
    /// An element of xCard begins.
    Start { name: String, group: Option<String> },
    /// An element of another namespace, or of none, begins: the markup of its tag.
    Foreign(Tag),
    /// An element ends.
    End(String),
    /// Text: characters, CDATA and references.
    Text(String),
    /// The end of the document.
    Eof,
}

/// The tag of an element that is kept as it is.
#[derive(Debug)]
pub(super) struct Tag {
    /// What stands between the brackets.
    pub markup: String,
    pub is_empty: bool,
    /// What the prefixes that hold here stand for, outermost first; the empty one is the default.
    pub bindings: Vec<(String, String)>,
}

/// The events of a document.
pub(super) struct Source<R> {
    reader: NsReader<Budget<R>>,
    buffer: Vec<u8>,
    depth: usize,
    /// An element without content was read as its beginning; this is its end.
    pending_end: Option<String>,
    budget: usize,
}

impl<R: BufRead> Source<R> {
    pub fn new(input: R, budget: usize) -> Self {
        let mut reader = NsReader::from_reader(Budget {
            input,
            left: budget,
            is_spent: false,
        });
        reader.config_mut().check_comments = false;
        Source {
            reader,
            buffer: Vec::new(),
            depth: 0,
            pending_end: None,
            budget,
        }
    }

    /// Lets as much be read as a property may have.
    pub fn renew(&mut self) {
        self.reader.get_mut().left = self.budget;
    }

    pub fn set_budget(&mut self, budget: usize) {
        self.budget = budget;
        self.renew();
    }

    pub fn at(&self) -> u64 {
        self.reader.buffer_position()
    }

    pub fn error(&self, kind: ErrorKind) -> Error {
        Error::new(kind, self.at())
    }

    pub fn expected(&self, expected: &'static str, found: impl Into<String>) -> Error {
        let found = found.into();
        self.error(ErrorKind::Expected { expected, found })
    }

    /// The next step; comments and processing instructions are passed over.
    pub fn next(&mut self) -> Result<Step, Error> {
        if let Some(name) = self.pending_end.take() {
            return Ok(Step::End(name));
        }
        loop {
            self.buffer.clear();
            let event = match self.reader.read_event_into(&mut self.buffer) {
                Ok(event) => event,
                Err(error) => {
                    let is_spent = self.reader.get_mut().is_spent;
                    let kind = match error {
                        quick_xml::Error::Io(_) if is_spent => ErrorKind::Limit {
                            limit: "property",
                            max: self.budget,
                        },
                        quick_xml::Error::Io(error) => {
                            ErrorKind::Io(io::Error::new(error.kind(), error.to_string()))
                        }
                        error => ErrorKind::Xml(error.to_string()),
                    };
                    return Err(Error::new(kind, self.reader.error_position()));
                }
            };
            let at = self.reader.buffer_position();
            let fail = |kind| Err(Error::new(kind, at));
            match event {
                Event::Start(tag) | Event::Empty(tag) if self.depth >= MAX_DEPTH => {
                    drop(tag);
                    let (limit, max) = ("depth of elements", MAX_DEPTH);
                    return fail(ErrorKind::Limit { limit, max });
                }
                Event::Start(tag) => {
                    self.depth += 1;
                    return started(&self.reader, &tag, false).or_else(fail);
                }
                Event::Empty(tag) => {
                    let step = started(&self.reader, &tag, true).or_else(fail)?;
                    if let Step::Start { name, .. } = &step {
                        self.pending_end = Some(name.clone());
                    }
                    return Ok(step);
                }
                Event::End(tag) => {
                    self.depth = self.depth.saturating_sub(1);
                    let name = String::from_utf8_lossy(tag.name().as_ref()).into_owned();
                    return Ok(Step::End(name));
                }
                Event::Text(text) => match text.xml10_content() {
                    Ok(text) => return Ok(Step::Text(text.into_owned())),
                    Err(error) => return fail(ErrorKind::Xml(error.to_string())),
                },
                Event::CData(text) => match text.xml10_content() {
                    Ok(text) => return Ok(Step::Text(text.into_owned())),
                    Err(error) => return fail(ErrorKind::Xml(error.to_string())),
                },
                Event::GeneralRef(reference) => {
                    return resolved(&reference).map(Step::Text).or_else(fail);
                }
                Event::DocType(_) => return fail(ErrorKind::DocumentType),
                Event::Decl(declaration) => {
                    let encoding = declaration.encoding().transpose();
                    let is_utf_8 = encoding.is_ok_and(|name| {
                        name.is_none_or(|name| name.eq_ignore_ascii_case(b"UTF-8"))
                    });
                    if !is_utf_8 {
                        let message = String::from("its encoding is not UTF-8");
                        return fail(ErrorKind::Xml(message));
                    }
                }
                Event::Comment(_) | Event::PI(_) => {}
                Event::Eof if self.depth > 0 => {
                    let message = String::from("the document ends inside of an element");
                    return fail(ErrorKind::Xml(message));
                }
                Event::Eof => return Ok(Step::Eof),
            }
        }
    }
}

/// The text of a reference.
pub(super) fn resolved(reference: &BytesRef<'_>) -> Result<String, ErrorKind> {
    let xml = |message: String| ErrorKind::Xml(message);
    match reference.resolve_char_ref() {
        Ok(Some(letter)) => return Ok(String::from(letter)),
        Ok(None) => {}
        Err(error) => return Err(xml(error.to_string())),
    }
    let name = reference.decode().map_err(|error| xml(error.to_string()))?;
    match quick_xml::escape::resolve_predefined_entity(&name) {
        Some(text) => Ok(String::from(text)),
        None => Err(ErrorKind::Entity(name.into_owned())),
    }
}

fn utf8(bytes: &[u8]) -> Result<&str, ErrorKind> {
    core::str::from_utf8(bytes).map_err(|error| ErrorKind::Xml(error.to_string()))
}

fn started<R>(
    reader: &NsReader<R>,
    tag: &BytesStart<'_>,
    is_empty: bool,
) -> Result<Step, ErrorKind> {
    let (namespace, local) = reader.resolver().resolve_element(tag.name());
    let is_of_cards =
        matches!(&namespace, ResolveResult::Bound(found) if found.as_ref() == CARDS.as_bytes());
    if let ResolveResult::Unknown(prefix) = &namespace {
        let prefix = String::from_utf8_lossy(prefix);
        return Err(ErrorKind::Xml(format!(
            "nothing says what the prefix {prefix} stands for"
        )));
    }
    let mut group = None;
    for attribute in tag.attributes() {
        let attribute = attribute.map_err(|error| ErrorKind::Xml(error.to_string()))?;
        let value = attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0);
        let value = value.map_err(|error| ErrorKind::Xml(error.to_string()))?;
        if attribute.key.as_ref() == b"name" {
            group = Some(value.into_owned());
        }
    }
    if is_of_cards {
        let name = utf8(local.into_inner())?.to_string();
        return Ok(Step::Start { name, group });
    }
    let mut bindings = Vec::new();
    for (prefix, namespace) in reader.resolver().bindings() {
        let prefix = match prefix {
            quick_xml::name::PrefixDeclaration::Default => "",
            quick_xml::name::PrefixDeclaration::Named(prefix) => utf8(prefix)?,
        };
        bindings.push((
            prefix.to_string(),
            utf8(namespace.into_inner())?.to_string(),
        ));
    }
    Ok(Step::Foreign(Tag {
        markup: utf8(tag)?.to_string(),
        is_empty,
        bindings,
    }))
}

/// A text of a document as markup again.
pub(super) fn escaped(text: &str) -> Cow<'_, str> {
    quick_xml::escape::partial_escape(text)
}
