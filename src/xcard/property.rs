//! The elements of one property -> its parts.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use std::io::BufRead;

use super::error::{Error, ErrorKind};
use super::foreign;
use super::names::{NAMESPACE, structure};
use super::source::{Source, Step, Tag};
use crate::card::Token;
use crate::decomposed::{Decomposed, GivenParameter, Type, Values};
use crate::limits::Limits;
use crate::registry::{self, PropertyId, ReadAs, ValueType};
use crate::version::Version;

/// A property, and what of it was left out.
pub(super) struct Read {
    pub parts: Decomposed<'static>,
    pub left_out: Vec<&'static str>,
}

/// A name that a line can have.
pub(super) fn checked<R: BufRead>(source: &Source<R>, name: &str) -> Result<String, Error> {
    match Token::new(String::from(name)) {
        Ok(_) => Ok(name.to_ascii_uppercase()),
        Err(error) => Err(source.error(ErrorKind::Refused(format!("<{name}>: {error}")))),
    }
}

/// The text of an element without elements in it.
fn text_of<R: BufRead>(
    source: &mut Source<R>,
    left_out: &mut Vec<&'static str>,
) -> Result<String, Error> {
    let mut text = String::new();
    loop {
        match source.next()? {
            Step::Text(piece) if text.is_empty() => text = piece,
            Step::Text(piece) => text.push_str(&piece),
            Step::Start { name, .. } => {
                return Err(source.expected("the text of a value", format!("<{name}>")));
            }
            Step::Foreign(tag) => {
                foreign::read(source, &tag)?;
                left_out.push("an element of another namespace inside of a property is left out");
            }
            Step::End(_) | Step::Eof => return Ok(text),
        }
    }
}

/// Refuses text where elements are.
pub(super) fn refuse_text<R: BufRead>(source: &Source<R>, text: &str) -> Result<(), Error> {
    match text.trim_matches([' ', '\t', '\r', '\n']) {
        "" => Ok(()),
        _ => Err(source.expected("an element", "a text")),
    }
}

fn parameters<R: BufRead>(
    source: &mut Source<R>,
    limits: &Limits,
    left_out: &mut Vec<&'static str>,
) -> Result<Vec<GivenParameter<'static>>, Error> {
    let mut all: Vec<GivenParameter<'static>> = Vec::new();
    loop {
        match source.next()? {
            Step::Text(text) => refuse_text(source, &text)?,
            Step::Foreign(tag) => {
                foreign::read(source, &tag)?;
                left_out.push("an element of another namespace inside of a property is left out");
            }
            Step::End(_) | Step::Eof => return Ok(all),
            Step::Start { name, .. } => {
                let name = checked(source, &name)?;
                let mut values = Vec::new();
                loop {
                    match source.next()? {
                        Step::Text(text) => refuse_text(source, &text)?,
                        Step::Start { .. } => {
                            if values.len() >= limits.values {
                                let (limit, max) = ("number of values", limits.values);
                                return Err(source.error(ErrorKind::Limit { limit, max }));
                            }
                            values.push(Cow::Owned(text_of(source, left_out)?));
                        }
                        Step::Foreign(tag) => {
                            foreign::read(source, &tag)?;
                        }
                        Step::End(_) | Step::Eof => break,
                    }
                }
                if all.len() >= limits.parameters {
                    let (limit, max) = ("number of parameters", limits.parameters);
                    return Err(source.error(ErrorKind::Limit { limit, max }));
                }
                match name.as_str() {
                    "VALUE" | "GROUP" => {
                        left_out.push("VALUE and GROUP are not parameters of xCard; left out");
                    }
                    _ if values.is_empty() => {}
                    _ => all.push(GivenParameter {
                        name: Cow::Owned(name),
                        values,
                    }),
                }
            }
        }
    }
}

/// Whether an element is a component of RFC 9554, as it is written here.
fn is_component(tag: &Tag) -> bool {
    let mut bindings = tag.bindings.iter().rev();
    let default = bindings.find(|(prefix, _)| prefix.is_empty());
    default.is_some_and(|(_, namespace)| namespace == NAMESPACE)
}

fn local_name(tag: &Tag) -> &str {
    let name = tag
        .markup
        .split(|letter: char| letter.is_ascii_whitespace());
    name.into_iter().next().unwrap_or_default()
}

/// Reads the rest of a property whose tag was read.
pub(super) fn read<R: BufRead>(
    source: &mut Source<R>,
    name: &str,
    group: Option<&str>,
    limits: &Limits,
) -> Result<Read, Error> {
    let name = checked(source, name)?;
    let id = registry::property(name.as_bytes())
        .filter(|row| row.stands_for.is_none())
        .map(|row| row.id);
    let names = id.and_then(structure);
    let columns = id.map_or(&[][..], |id| id.row().components(Version::V4_0));
    let mut left_out = Vec::new();
    let mut given = None;
    let mut components: Vec<Vec<Cow<'static, str>>> = Vec::new();
    let mut values: Vec<Cow<'static, str>> = Vec::new();
    let mut value_type: Option<String> = None;
    loop {
        let step = source.next()?;
        let count = values.len() + components.iter().map(Vec::len).sum::<usize>();
        if count > limits.values {
            let (limit, max) = ("number of values", limits.values);
            return Err(source.error(ErrorKind::Limit { limit, max }));
        }
        match step {
            Step::Text(text) => refuse_text(source, &text)?,
            Step::End(_) | Step::Eof => break,
            Step::Start { name, .. } if name == "parameters" && given.is_none() => {
                given = Some(parameters(source, limits, &mut left_out)?);
            }
            Step::Start { name, .. } => {
                let place = names.and_then(|names| names.iter().position(|own| *own == name));
                let text = text_of(source, &mut left_out)?;
                match place {
                    Some(place) => put(&mut components, place, text),
                    None if names.is_some() && name == "text" => {
                        let next = components.len();
                        put(&mut components, next, text);
                        left_out.push("a text stands where elements of components belong");
                    }
                    None if names.is_some() => {
                        return Err(
                            source.expected("an element of a component", format!("<{name}>"))
                        );
                    }
                    None => {
                        if value_type.as_ref().is_some_and(|first| *first != name) {
                            left_out.push("the values are of several types; the first is taken");
                        }
                        values.push(as_in_cards(&name, text));
                        value_type.get_or_insert(name);
                    }
                }
            }
            Step::Foreign(tag) if names.is_some() && is_component(&tag) => {
                let own = local_name(&tag);
                let known = columns.iter().position(|column| column.name == own);
                let place = known.unwrap_or(components.len().max(columns.len()));
                let text = match tag.is_empty {
                    true => String::new(),
                    false => text_of(source, &mut left_out)?,
                };
                put(&mut components, place, text);
            }
            Step::Foreign(tag) => {
                foreign::read(source, &tag)?;
                left_out.push("an element of another namespace inside of a property is left out");
            }
        }
    }
    let (value_type, values) = match names {
        Some(_) if components.is_empty() => {
            return Err(source.expected("an element of a component", "an empty property"));
        }
        Some(_) => (Type::Known(ValueType::Text), Values::Components(components)),
        None => (type_of_elements(source, value_type)?, shaped(id, values)),
    };
    let parts = Decomposed {
        group: group.map(|group| Cow::Owned(String::from(group))),
        name: Cow::Owned(name),
        parameters: given.unwrap_or_default(),
        value_type,
        values,
        deviations: Vec::new(),
    };
    Ok(Read { parts, left_out })
}

/// The text of a value of this name: XML Schema has other words for booleans than cards.
fn as_in_cards(name: &str, text: String) -> Cow<'static, str> {
    match (name, &*text) {
        ("boolean", "true" | "1") => Cow::Borrowed("TRUE"),
        ("boolean", "false" | "0") => Cow::Borrowed("FALSE"),
        _ => Cow::Owned(text),
    }
}

/// The type that the elements of a property name.
fn type_of_elements<R: BufRead>(
    source: &Source<R>,
    name: Option<String>,
) -> Result<Type<'static>, Error> {
    let Some(name) = name else {
        return Err(source.expected("an element of a value", "an empty property"));
    };
    let token = Token::new(name.clone());
    token.map_err(|error| source.error(ErrorKind::Refused(format!("<{name}>: {error}"))))?;
    Ok(match Type::of(&name) {
        Type::Known(known) => Type::Known(known),
        Type::Unknown => Type::Unknown,
        Type::Other(name) => Type::Other(Cow::Owned(name.into_owned())),
    })
}

/// ORG has its components as texts one after the other. RFC 6351, appendix A.
fn shaped(id: Option<PropertyId>, values: Vec<Cow<'static, str>>) -> Values<'static> {
    match id.map(|id| id.row().form()) {
        Some(ReadAs::Organization) => {
            Values::Components(values.into_iter().map(|text| Vec::from([text])).collect())
        }
        _ => Values::Texts(values),
    }
}

/// Adds a text to a component.
fn put(components: &mut Vec<Vec<Cow<'static, str>>>, place: usize, text: String) {
    while components.len() < place {
        components.push(Vec::from([Cow::Borrowed("")]));
    }
    let text = Cow::Owned(text);
    match components.get_mut(place) {
        // One that was not there so far is empty.
        Some(texts) if texts.as_slice() == [Cow::Borrowed("")] && is_filler(texts) => {
            *texts = Vec::from([text]);
        }
        Some(texts) => texts.push(text),
        None => components.push(Vec::from([text])),
    }
}

/// Whether a component was added for one after it, and not read.
fn is_filler(texts: &[Cow<'static, str>]) -> bool {
    matches!(texts, [Cow::Borrowed(_)])
}
