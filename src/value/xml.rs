//! Whether a text is one element of XML, and in which namespace. XML 1.0, 2.1; Namespaces in XML
//! 1.0, 3 and 6; RFC 6350, 6.1.5.
//!
//! What is looked at: that tags match, that attributes stand in quotes and are there once, that each
//! `&` begins a reference, and the namespace of the outermost element. There is no document type, so
//! that the five entities of XML are all there are.

use alloc::collections::BTreeSet;
use alloc::vec::Vec;

/// What is wrong with the text of an XML property.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// It is not one whole element.
    Structure(&'static str),
    /// The element has no namespace.
    NoNamespace,
    /// The namespace is the one that cards themselves have in XML.
    OfCards,
}

const OF_CARDS: &str = "urn:ietf:params:xml:ns:vcard-4.0";

/// Looks for the first fault.
pub(crate) fn check(text: &str) -> Result<(), Fault> {
    let mut scanner = Scanner {
        rest: text.trim_matches(is_space),
    };
    let mut open: Vec<&str> = Vec::new();
    let mut namespace = None;
    if !scanner.rest.starts_with('<') {
        return Err(Fault::Structure("text where an element is expected"));
    }
    loop {
        scanner.text(open.is_empty())?;
        if scanner.rest.is_empty() {
            break;
        }
        match scanner.markup()? {
            Markup::Other if open.is_empty() => {
                return Err(Fault::Structure("something else than one element"));
            }
            Markup::Other => {}
            Markup::End(name) => {
                if open.pop() != Some(name) {
                    return Err(Fault::Structure("an end tag that ends no element"));
                }
            }
            Markup::Start(tag) => {
                if open.is_empty() && namespace.replace(tag.namespace).is_some() {
                    return Err(Fault::Structure("more than one element"));
                }
                if !tag.is_empty {
                    open.push(tag.name);
                }
            }
        }
    }
    match namespace.flatten() {
        _ if !open.is_empty() => Err(Fault::Structure("an element without its end tag")),
        None | Some("") => Err(Fault::NoNamespace),
        Some(OF_CARDS) => Err(Fault::OfCards),
        Some(_) => Ok(()),
    }
}

enum Markup<'a> {
    Start(Tag<'a>),
    End(&'a str),
    /// A comment, an instruction, or text that is marked as such.
    Other,
}

struct Tag<'a> {
    name: &'a str,
    is_empty: bool,
    /// That of the element itself, as far as this tag says.
    namespace: Option<&'a str>,
}

struct Scanner<'a> {
    rest: &'a str,
}

impl<'a> Scanner<'a> {
    fn take(&mut self, start: &str) -> bool {
        match self.rest.strip_prefix(start) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn take_while(&mut self, is_in: impl Fn(char) -> bool) -> &'a str {
        let end = self.rest.find(|character| !is_in(character));
        let (taken, rest) = self
            .rest
            .split_at_checked(end.unwrap_or(self.rest.len()))
            .unwrap_or((self.rest, ""));
        self.rest = rest;
        taken
    }

    /// What comes before the end of a comment and the like.
    fn up_to(&mut self, end: &str) -> Result<(), Fault> {
        let parts = self.rest.split_once(end);
        self.rest = parts.ok_or(Fault::Structure("markup that does not end"))?.1;
        Ok(())
    }

    fn text(&mut self, outside: bool) -> Result<(), Fault> {
        let text = self.take_while(|character| character != '<');
        if outside && !text.trim_matches(is_space).is_empty() {
            return Err(Fault::Structure("text outside of the element"));
        }
        references(text)
    }

    fn name(&mut self) -> Result<&'a str, Fault> {
        let name = self.take_while(is_in_name);
        let first = name.chars().next();
        first
            .filter(|first| !first.is_ascii_digit() && !matches!(first, '-' | '.'))
            .map(|_| name)
            .ok_or(Fault::Structure("a < that begins no tag"))
    }

    /// What begins with `<`.
    fn markup(&mut self) -> Result<Markup<'a>, Fault> {
        if self.take("<!--") {
            self.up_to("-->")?;
        } else if self.take("<![CDATA[") {
            self.up_to("]]>")?;
        } else if self.take("<?") {
            self.up_to("?>")?;
        } else if self.take("</") {
            let name = self.name()?;
            self.take_while(is_space);
            return match self.take(">") {
                true => Ok(Markup::End(name)),
                false => Err(Fault::Structure("an end tag that does not end")),
            };
        } else {
            self.take("<");
            return self.tag().map(Markup::Start);
        }
        Ok(Markup::Other)
    }

    fn tag(&mut self) -> Result<Tag<'a>, Fault> {
        let name = self.name()?;
        let prefix = name.split_once(':').map_or("", |(prefix, _)| prefix);
        let mut names = BTreeSet::new();
        let mut namespace = None;
        loop {
            let space = self.take_while(is_space);
            let is_empty = self.take("/>");
            if is_empty || self.take(">") {
                return Ok(Tag {
                    name,
                    is_empty,
                    namespace,
                });
            }
            if space.is_empty() {
                return Err(Fault::Structure("a tag that does not end"));
            }
            let attribute = self.name()?;
            let value = self.attribute_value()?;
            if !names.insert(attribute) {
                return Err(Fault::Structure("an attribute that is there twice"));
            }
            let declares = match attribute.split_once(':') {
                Some(("xmlns", declared)) => declared == prefix,
                Some(_) => false,
                None => attribute == "xmlns" && prefix.is_empty(),
            };
            if declares {
                namespace = Some(value);
            }
        }
    }

    fn attribute_value(&mut self) -> Result<&'a str, Fault> {
        self.take_while(is_space);
        let equals = self.take("=");
        self.take_while(is_space);
        let quote = if self.take("\"") {
            '"'
        } else if self.take("'") {
            '\''
        } else {
            return Err(Fault::Structure("an attribute without a value in quotes"));
        };
        let value = self.take_while(|character| character != quote && character != '<');
        if !equals || !self.take(if quote == '"' { "\"" } else { "'" }) {
            return Err(Fault::Structure("an attribute whose value does not end"));
        }
        references(value).map(|()| value)
    }
}

/// Whether each `&` begins a reference.
fn references(text: &str) -> Result<(), Fault> {
    let is_reference = |rest: &str| {
        let Some((name, _)) = rest.split_once(';') else {
            return false;
        };
        match name.strip_prefix('#') {
            None => matches!(name, "amp" | "lt" | "gt" | "quot" | "apos"),
            Some(number) => match number.strip_prefix('x') {
                Some(digits) => {
                    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
                }
                None => !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()),
            },
        }
    };
    // Between two of them there is one name at most, so that nothing is looked at twice.
    match text.split('&').skip(1).all(is_reference) {
        true => Ok(()),
        false => Err(Fault::Structure("an & that begins no reference")),
    }
}

/// White space of XML.
const fn is_space(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\r' | '\n')
}

/// A character of a name, as far as it is not ASCII in a coarse way.
fn is_in_name(character: char) -> bool {
    character.is_ascii_alphanumeric()
        || matches!(character, '_' | '-' | '.' | ':')
        || !character.is_ascii()
}

#[cfg(test)]
mod tests {
    extern crate std;

    use super::*;
    use alloc::string::String;

    const N: &str = "xmlns=\"http://example.com/n\"";

    fn with_namespace(text: &str) -> Result<(), Fault> {
        check(&text.replace("NS", N))
    }

    #[test]
    fn ok_one_element_with_its_namespace() {
        for text in [
            "<a NS/>",
            "<a NS></a>",
            "<a NS >x &amp; y<b/><c d='>'>z</c ></a>",
            "<a t=\">\" NS/>",
            "<a t='<!'  NS />".replace("<!", "!").as_str(),
            "<n:a xmlns:n='http://example.com/n'><n:b/></n:a>",
            "<a NS><!-- <b> & --><![CDATA[ <c> & ]]><?d e?></a>",
            " <a NS/>\n",
            "<\u{e9}l NS>&#233;&#xE9;&lt;</\u{e9}l>",
            "<a xmlns:n='urn:ietf:params:xml:ns:vcard-4.0' NS/>",
        ] {
            assert_eq!(with_namespace(text), Ok(()), "{text}");
        }
    }

    #[test]
    fn err_what_is_not_one_element() {
        for text in [
            "",
            "a",
            "a<a NS/>",
            "<a NS/>a",
            "<a NS/><b NS/>",
            "<a NS>",
            "<a NS><b></a></b>",
            "<a NS></b>",
            "</a>",
            "<a NS",
            "<a NS t=\"",
            "<a NS t=x/>",
            "<a NS t/>",
            "<a NS t='1't='2'/>",
            "<a NS t='1' t='2'/>",
            "<a NS t='<'/>",
            "<a NS t='&'/>",
            "<a NS>&</a>",
            "<a NS>&nbsp;</a>",
            "<a NS>&#;&#x;</a>",
            "<a NS>1 < 2</a>",
            "<a NS><!-- </a>",
            "<1 NS/>",
            "<!-- a --><a NS/>",
            "<?xml version='1.0'?><a NS/>",
        ] {
            let found = with_namespace(text);
            assert!(
                matches!(found, Err(Fault::Structure(_))),
                "{text}: {found:?}"
            );
        }
    }

    #[test]
    fn err_elements_without_a_namespace_of_their_own() {
        for text in [
            "<a/>",
            "<a title=\"xmlns\"/>",
            "<a xmlns=''/>",
            "<n:a NS/>",
            "<a xmlns:n='http://example.com/n'/>",
            "<a><b NS/></a>",
        ] {
            assert_eq!(with_namespace(text), Err(Fault::NoNamespace), "{text}");
        }
        for text in [
            "<a xmlns='urn:ietf:params:xml:ns:vcard-4.0'/>",
            "<n:a NS xmlns:n=\"urn:ietf:params:xml:ns:vcard-4.0\"/>",
        ] {
            assert_eq!(with_namespace(text), Err(Fault::OfCards), "{text}");
        }
    }

    /// Deep, long and cut off: whatever comes, in one pass.
    #[test]
    fn ok_hostile_text_is_read_in_one_pass() {
        for piece in [
            "<a>",
            "<a b='",
            "&",
            "<!--",
            "<",
            "</a>",
            "<a xmlns='x' ",
            "&lt",
        ] {
            let text: String = piece.repeat(50_000);
            assert!(check(&text).is_err());
        }
        let deep = std::format!(
            "<a {N}>{}{}</a>",
            "<b>".repeat(50_000),
            "</b>".repeat(50_000)
        );
        assert_eq!(check(&deep), Ok(()));
    }
}
