//! Elements of other namespaces, which are XML properties. RFC 6351, 6.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use std::io::BufRead;

use super::error::Error;
use super::names::{CARDS, is_not_xml};
use super::source::{Source, Step, Tag, escaped};
use crate::value::xml;

/// Whether a text is one element that means in a card what it means alone: it says its own namespace, and
/// a reader of XML gives it back letter by letter.
pub(super) fn can_stand_in_a_card(text: &str) -> bool {
    // Text of a comment would be passed over, CDATA would come back as references.
    let has_others = ["<!", "<?", "\r"].iter().any(|other| text.contains(other));
    let Some(end) = text.find('>') else {
        return false;
    };
    let tag = text.get(..end).unwrap_or_default();
    text.starts_with('<')
        && text.ends_with('>')
        && !has_others
        && tag.contains("xmlns=")
        && !text.contains(is_not_xml)
        && xml::check(text).is_ok()
        && is_as_written(text)
}

/// Whether reading the element gives back its letters, for instance no `&gt;` where `>` would do.
fn is_as_written(text: &str) -> bool {
    let mut source = Source::new(text.as_bytes(), text.len() + 1);
    let Ok(Step::Foreign(tag)) = source.next() else {
        return false;
    };
    let read = read(&mut source, &tag);
    read.is_ok_and(|read| read == text) && matches!(source.next(), Ok(Step::Eof))
}

/// The markup of an element whose tag was read.
pub(super) fn read<R: BufRead>(source: &mut Source<R>, tag: &Tag) -> Result<String, Error> {
    let mut markup = String::new();
    let own = tag_of(tag, &mut markup);
    // The elements that are open; of those of xCard the name, which is written without its prefix.
    let mut open: Vec<Option<String>> = Vec::new();
    if !tag.is_empty {
        open.push(None);
    }
    while !open.is_empty() {
        match source.next()? {
            Step::Foreign(tag) => {
                let place = tag_of(&tag, &mut markup);
                if open.iter().any(Option::is_some) {
                    markup.insert_str(place, &default_of(&tag));
                }
                if !tag.is_empty {
                    open.push(None);
                }
            }
            // The namespace that holds around the whole has to hold in it. RFC 6351, 5.1.
            Step::Start { name, .. } => {
                markup.push_str(&format!("<{name} xmlns=\"{CARDS}\">"));
                open.push(Some(name));
            }
            Step::End(name) => {
                let name = open.pop().flatten().unwrap_or(name);
                markup.push_str("</");
                markup.push_str(&name);
                markup.push('>');
            }
            Step::Text(text) => markup.push_str(&escaped(&text)),
            Step::Eof => break,
        }
    }
    // Prefixes that were declared around it are declared in it.
    let mut declarations = String::new();
    for (at, (prefix, namespace)) in tag.bindings.iter().enumerate() {
        let later = tag.bindings.get(at + 1..).unwrap_or_default();
        let is_hidden = later.iter().any(|(other, _)| other == prefix);
        let declaration = match prefix.as_str() {
            "" => String::from("xmlns"),
            prefix => format!("xmlns:{prefix}"),
        };
        let is_declared = tag.markup.contains(&format!("{declaration}="));
        let is_used = !prefix.is_empty() && markup.contains(&format!("{prefix}:"));
        if is_used && !is_hidden && !is_declared {
            let namespace = quick_xml::escape::escape(namespace.as_str());
            declarations.push_str(&format!(" {declaration}=\"{namespace}\""));
        }
    }
    markup.insert_str(own, &declarations);
    Ok(markup)
}

/// The declaration that an element without a prefix needs, which stands in one of xCard.
fn default_of(tag: &Tag) -> String {
    let name = tag.markup.split([' ', '\t', '\r', '\n']).next();
    let has_prefix = name.is_some_and(|name| name.contains(':'));
    if has_prefix || tag.markup.contains("xmlns=") {
        return String::new();
    }
    let default = tag
        .bindings
        .iter()
        .rev()
        .find(|(prefix, _)| prefix.is_empty());
    let namespace = default
        .map(|(_, namespace)| namespace.as_str())
        .unwrap_or_default();
    format!(" xmlns=\"{}\"", quick_xml::escape::escape(namespace))
}

/// Appends a tag; where the first attribute of it can stand.
fn tag_of(tag: &Tag, markup: &mut String) -> usize {
    markup.push('<');
    let name = tag.markup.find(|letter: char| letter.is_ascii_whitespace());
    let place = markup.len() + name.unwrap_or(tag.markup.len());
    markup.push_str(&tag.markup);
    if tag.is_empty {
        markup.push('/');
    }
    markup.push('>');
    place
}
