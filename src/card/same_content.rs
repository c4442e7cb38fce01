//! Whether two cards say the same, however they are written.

use super::{Card, PropertyRef};
use crate::registry::{self, Shape};
use crate::syntax::ParameterRef;
use crate::syntax::escape::{split, split_components, unescape};
use crate::syntax::flags::Flags;
use crate::syntax::physical::physical_end;
use crate::syntax::span::slice;
use crate::version::Version;

impl Card {
    /// Whether both say the same: the same properties in the same order, with groups, names and
    /// parameter names compared without regard to letter case, and values by what they decode
    /// to. Folds, line endings, blank lines and the spelling of quotes and escapes do not count.
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
                && mine
                    .parameters()
                    .filter(counts)
                    .map(|p| p.meaning().to_ascii_uppercase())
                    .eq(theirs
                        .parameters()
                        .filter(counts)
                        .map(|p| p.meaning().to_ascii_uppercase()))
                && mine
                    .parameters()
                    .filter(counts)
                    .flat_map(|p| p.values())
                    .eq(theirs.parameters().filter(counts).flat_map(|p| p.values()))
                && match (mine.raw_text(), theirs.raw_text()) {
                    _ if is_nested(&mine) && is_nested(&theirs) => same_lines(&mine, &theirs),
                    (Ok(a), Ok(b)) => {
                        let dialect = self.version.unwrap_or(Version::V3_0);
                        match has_parts(&mine) {
                            true => same_parts(&a, &b, dialect),
                            false => unescape(&a, dialect) == unescape(&b, dialect),
                        }
                    }
                    _ => mine.value_bytes() == theirs.value_bytes(),
                }
        });
        same && others.next().is_none() && self.version() == other.version()
    }
}

/// Whether its value has parts, so that an escaped separator does not separate; where it is one text,
/// an escape more or less says nothing.
fn has_parts(property: &PropertyRef<'_>) -> bool {
    registry::property(property.line().name_bytes()).is_none_or(|row| row.shape != Shape::Single)
}

/// Whether two raw values have the same components and list items: a semicolon that is escaped is
/// none that separates.
fn same_parts(mine: &str, theirs: &str, version: Version) -> bool {
    let same = |mine: &str, theirs: &str| unescape(mine, version) == unescape(theirs, version);
    let mut others = split_components(theirs, version);
    split_components(mine, version).all(|mine| {
        let Some(theirs) = others.next() else {
            return false;
        };
        if version == Version::V2_1 {
            return same(mine, theirs);
        }
        let mut others = split(theirs, ',');
        split(mine, ',').all(|mine| others.next().is_some_and(|theirs| same(mine, theirs)))
            && others.next().is_none()
    }) && others.next().is_none()
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
