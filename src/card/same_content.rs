//! Whether two cards say the same, however they are written.

use alloc::borrow::Cow;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use super::{Card, PropertyRef};
use crate::registry::{self, Component, ParameterId, Shape, ValueType};
use crate::syntax::ParameterRef;
use crate::syntax::date_format::{self, Part};
use crate::syntax::escape::{split, split_components, unescape, unescape_uri};
use crate::syntax::flags::Flags;
use crate::syntax::physical::physical_end;
use crate::syntax::plain_number::plain;
use crate::syntax::span::slice;
use crate::version::Version;

impl Card {
    /// Whether both say the same: the same properties in the same order, with groups, names and
    /// parameter names compared without regard to letter case, and values by what they decode
    /// to. Folds, line endings, blank lines and the spelling of quotes and escapes do not count, nor
    /// the order of parameters, whether the values of one are a list or it is repeated, a VALUE that names
    /// the type which the property has anyway, components that are missing at the end, and the hyphens
    /// and colons of dates and times.
    ///
    /// ```
    /// use vcardinal::Card;
    ///
    /// let a = Card::parse("BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Zoë\r\n  Quist\r\nEND:VCARD\r\n")?;
    /// let b = Card::parse("begin:vcard\nVERSION:4.0\nfn:Zoë Quist\nend:vcard\n")?;
    /// assert!(a.same_content(&b) && a != b);
    /// let escaped = Card::parse("BEGIN:VCARD\nVERSION:4.0\nNOTE:a\\;b\nEND:VCARD\n")?;
    /// let plain = Card::parse("BEGIN:VCARD\nVERSION:4.0\nNOTE:a;b\nEND:VCARD\n")?;
    /// assert!(escaped.same_content(&plain));
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    #[doc(alias = "diff")]
    #[must_use]
    pub fn same_content(&self, other: &Card) -> bool {
        let mut others = other.properties();
        let same = self.properties().all(|mine| {
            let Some(theirs) = others.next() else {
                return false;
            };
            let group = match (mine.group(), theirs.group()) {
                (Some(mine), Some(theirs)) => mine.eq_ignore_ascii_case(theirs),
                (None, None) => true,
                _ => false,
            };
            group
                && mine.name().eq_ignore_ascii_case(theirs.name())
                && same_parameters(&mine, &theirs)
                && match (mine.raw_in(), theirs.raw_in()) {
                    _ if is_nested(&mine) && is_nested(&theirs) => same_lines(&mine, &theirs),
                    _ if mine.line().is_base64() || theirs.line().is_base64() => {
                        same_base64(&mine, &theirs)
                    }
                    (Ok(a), Ok(b)) => same_value(&mine, &a, &b),
                    _ => mine.value_bytes() == theirs.value_bytes(),
                }
        });
        same && others.next().is_none() && self.version() == other.version()
    }
}

/// What a raw value is made of, so that an escaped separator is one that does not separate.
enum Made {
    /// One text, where an escape more or less says nothing.
    One,
    /// A URI, where a backslash before a delimiter says nothing.
    Uri,
    /// A comma list of texts.
    List,
    /// Components, of which some are lists.
    Components(&'static [Component]),
    /// Of dates, times, offsets, numbers or booleans, one or a list.
    Of(ValueType),
    /// Nobody knows: of components, all of which may be lists.
    Unknown,
}

impl Made {
    fn of(property: &PropertyRef<'_>) -> Self {
        let version = property.effective_version();
        let row = registry::property(property.line().name_bytes());
        let value_type = match said_type(property) {
            Some(word) => registry::value_type(word.as_bytes()).map(|row| row.value_type),
            None => row.map(|row| row.default_type(version)),
        };
        match (row.map(|row| row.shape), value_type) {
            (_, Some(value_type)) if is_respelled(value_type) => Made::Of(value_type),
            (_, Some(ValueType::Uri | ValueType::Url)) => Made::Uri,
            (Some(Shape::List), _) => Made::List,
            (Some(_), _) => match row.map_or(&[][..], |row| row.components(version)) {
                [] => Made::One,
                components => Made::Components(components),
            },
            (None, Some(ValueType::Text)) => Made::One,
            (None, _) => Made::Unknown,
        }
    }
}

/// Whether there are several spellings of one value of the type.
const fn is_respelled(value_type: ValueType) -> bool {
    value_type.is_date()
        || matches!(
            value_type,
            ValueType::Time
                | ValueType::UtcOffset
                | ValueType::Integer
                | ValueType::Float
                | ValueType::Boolean
        )
}

/// One spelling of a value: dates in the basic format, numbers without zeros that say nothing.
fn respelled(raw: &str, value_type: ValueType) -> Cow<'_, str> {
    match value_type {
        ValueType::Time => date_format::basic(raw, Part::Time),
        ValueType::UtcOffset => date_format::basic(raw, Part::Offset),
        ValueType::Integer | ValueType::Float => plain(raw),
        ValueType::Boolean => Cow::Owned(raw.to_ascii_uppercase()),
        _ => date_format::basic(raw, Part::DateAndTime),
    }
}

type Raw<'a> = (Cow<'a, str>, Version);

fn same_value(property: &PropertyRef<'_>, mine: &Raw<'_>, theirs: &Raw<'_>) -> bool {
    let text = |a: &str, b: &str| unescape(a, mine.1) == unescape(b, theirs.1);
    match Made::of(property) {
        Made::One => text(&mine.0, &theirs.0),
        Made::Uri => {
            text(&mine.0, &theirs.0)
                || unescape_uri(&mine.0, mine.1) == unescape_uri(&theirs.0, theirs.1)
        }
        Made::List => same_items(split(&mine.0, ','), split(&theirs.0, ','), text),
        Made::Of(value_type) => {
            text(&mine.0, &theirs.0)
                || same_items(split(&mine.0, ','), split(&theirs.0, ','), |a, b| {
                    respelled(a, value_type) == respelled(b, value_type)
                })
        }
        Made::Components(columns) => same_parts(mine, theirs, |place| {
            columns.get(place).is_none_or(|column| column.list)
        }),
        Made::Unknown => same_parts(mine, theirs, |_| true),
    }
}

fn same_items<'a>(
    mine: impl Iterator<Item = &'a str>,
    mut theirs: impl Iterator<Item = &'a str>,
    same: impl Fn(&str, &str) -> bool,
) -> bool {
    let mut mine = mine;
    mine.all(|mine| theirs.next().is_some_and(|theirs| same(mine, theirs)))
        && theirs.next().is_none()
}

/// Whether two raw values have the same components and list items: a semicolon that is escaped does
/// not separate. Components that are missing at the end are empty.
fn same_parts(mine: &Raw<'_>, theirs: &Raw<'_>, is_list: impl Fn(usize) -> bool) -> bool {
    let same = |a: &str, b: &str| unescape(a, mine.1) == unescape(b, theirs.1);
    let mut others = split_components(&theirs.0, theirs.1);
    let mut place = 0;
    let all = split_components(&mine.0, mine.1).all(|a| {
        let b = others.next().unwrap_or_default();
        place += 1;
        match mine.1 == theirs.1 && is_list(place - 1) {
            true => same_items(split(a, ','), split(b, ','), same),
            false => same(a, b),
        }
    });
    all && others.all(str::is_empty)
}

fn is_nested(property: &PropertyRef<'_>) -> bool {
    property.line().flags().has(Flags::NESTED)
}

/// Whether two nested cards are the same but for their line endings.
fn same_lines(mine: &PropertyRef<'_>, theirs: &PropertyRef<'_>) -> bool {
    let (mut mine, mut theirs) = (mine.line().raw_value(), theirs.line().raw_value());
    while !mine.is_empty() || !theirs.is_empty() {
        let (Some(a), Some(b)) = (physical_end(mine, 0, true), physical_end(theirs, 0, true))
        else {
            return false;
        };
        if slice(mine, ..a.content) != slice(theirs, ..b.content) {
            return false;
        }
        mine = slice(mine, a.next..);
        theirs = slice(theirs, b.next..);
    }
    true
}

/// How a value is encoded says nothing about what it says.
fn counts(parameter: &ParameterRef<'_>) -> bool {
    !parameter.is("ENCODING") && !parameter.is("CHARSET")
}

/// What VALUE says that is not the case without it: the word, where it is not the default of the property
/// and not ignored there.
fn said_type<'a>(property: &PropertyRef<'a>) -> Option<Cow<'a, str>> {
    let mut words = property.parameter_values("VALUE");
    let word = words.find(|word| !word.is_empty())?;
    let row = registry::property(property.line().name_bytes());
    let named = registry::value_type(word.as_bytes());
    let (Some(row), Some(named)) = (row.filter(|row| row.stands_for.is_none()), named) else {
        return Some(Cow::Owned(word.to_ascii_lowercase()));
    };
    let (named, default) = (
        named.value_type,
        row.default_type(property.effective_version()),
    );
    let says_nothing =
        named == default || !row.ever_permits_type(named) || (named.is_date() && default.is_date());
    (!says_nothing).then_some(Cow::Borrowed(named.name()))
}

/// Whether the same values stand under the same names, in whatever order the names are.
fn same_parameters(mine: &PropertyRef<'_>, theirs: &PropertyRef<'_>) -> bool {
    /// Each value, the name it is under, and whether it is the first of its parameter.
    fn values<'a>(
        property: &PropertyRef<'a>,
    ) -> impl Iterator<Item = (Cow<'a, str>, &'a str, bool)> {
        property.parameters().filter(counts).flat_map(|parameter| {
            let values = parameter.values().enumerate();
            values.map(move |(place, value)| (value, parameter.meaning(), place == 0))
        })
    }
    let mut others = values(theirs);
    let as_written = values(mine).all(|(value, name, is_first)| {
        let Some((other, other_name, is_first_other)) = others.next() else {
            return false;
        };
        // A long name with many values is looked at once.
        value == other && (!(is_first || is_first_other) || name.eq_ignore_ascii_case(other_name))
    }) && others.next().is_none();
    as_written || gathered(mine) == gathered(theirs)
}

/// The values of each parameter by its name. A list of words is the same in quotes (errata 3100 and
/// 3488 of RFC 6350), so that what is said is their letters with the commas.
fn gathered<'a>(property: &PropertyRef<'a>) -> BTreeMap<String, Vec<Cow<'a, str>>> {
    let mut all: BTreeMap<String, Vec<Cow<'a, str>>> = BTreeMap::new();
    for parameter in property.parameters().filter(counts) {
        let name = parameter.meaning().to_ascii_uppercase();
        let row = registry::parameter(name.as_bytes());
        if row.is_some_and(|row| row.id == ParameterId::VALUE) {
            continue;
        }
        let is_list = row.is_some_and(|row| row.many);
        let has_escapes = row.is_some_and(|row| row.has_escapes);
        let values = all.entry(name).or_default();
        for value in parameter.values() {
            match values.last_mut().filter(|_| is_list) {
                Some(list) => {
                    let list = list.to_mut();
                    list.push(',');
                    list.push_str(&value);
                }
                None if has_escapes => values.push(match unescape(&value, Version::V4_0) {
                    Cow::Borrowed(_) => value,
                    Cow::Owned(text) => Cow::Owned(text),
                }),
                None => values.push(value),
            }
        }
    }
    if let Some(word) = said_type(property) {
        all.insert(String::from("VALUE"), Vec::from([word]));
    }
    all
}

/// Whether two values are the same base64, whose white space and padding say nothing. What is not in
/// base64 is a text, and not the data.
fn same_base64(mine: &PropertyRef<'_>, theirs: &PropertyRef<'_>) -> bool {
    fn digits(value: &[u8]) -> impl Iterator<Item = u8> {
        let is_digit = |byte: &u8| !byte.is_ascii_whitespace() && *byte != b'=';
        value.iter().copied().filter(is_digit)
    }
    let (mine, theirs) = (mine.line(), theirs.line());
    mine.is_base64() == theirs.is_base64()
        && digits(mine.raw_value()).eq(digits(theirs.raw_value()))
}
