//! Components that are lists: what [`Name`](super::Name) and [`Address`](super::Address) share.
//!
//! RFC 6350, 6.2.2 and 6.3.1: components between semicolons, values between commas in them.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

use super::text::{bare_delimiters, decode, is_literal, lines, writable, write_component};
use super::{Notes, Reason, Unwritable, ValueError};
use crate::syntax::escape::{split, split_components};
use crate::syntax::wide;
use crate::version::Version;

/// Whether components are clean at a glance, folds and all: there are as many as RFC 6350 has, and
/// nothing is wrong with the escapes in them.
pub(super) fn is_clean(raw: &[u8], version: Version, old: usize) -> bool {
    let Some((semicolons, _)) = bare_delimiters(raw, version) else {
        return false;
    };
    // What stands in a component of RFC 9554 has to stand in another one too.
    semicolons + 1 == old && !has_escaped_semicolon(raw)
}

/// Whether a semicolon has a backslash before it, which may have been meant to separate.
pub(super) fn has_escaped_semicolon(raw: &[u8]) -> bool {
    wide::any(raw, |byte| byte == b'\\') && memchr::memmem::find(raw, b"\\;").is_some()
}

/// How many values the components have together, each at least one.
pub(super) fn count_values(raw: &str, version: Version) -> usize {
    let components = split_components(raw, version);
    match version {
        Version::V2_1 => components.count(),
        _ => components.map(|one| split(one, ',').count()).sum(),
    }
}

/// `N` components, each a list of texts that are not empty; one allocation for all of them.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Components<'a, const N: usize> {
    values: Vec<Cow<'a, str>>,
    /// Where the values of each component end.
    ends: [u32; N],
}

impl<const N: usize> Default for Components<'_, N> {
    fn default() -> Self {
        Components {
            values: Vec::new(),
            ends: [0; N],
        }
    }
}

impl<'a, const N: usize> Components<'a, N> {
    /// The values of one component.
    pub(super) fn get(&self, component: usize) -> &[Cow<'a, str>] {
        let end = self.ends.get(component).map_or(0, |end| *end as usize);
        self.values
            .get(self.start(component)..end)
            .unwrap_or_default()
    }

    fn start(&self, component: usize) -> usize {
        let before = component
            .checked_sub(1)
            .and_then(|before| self.ends.get(before));
        before.map_or(0, |end| *end as usize)
    }

    /// Replaces the values of one component; empty ones are left out.
    pub(super) fn set<T: Into<Cow<'a, str>>>(
        &mut self,
        component: usize,
        values: impl IntoIterator<Item = T>,
    ) {
        let old = self.get(component).len();
        let start = self.start(component);
        let new = values
            .into_iter()
            .map(|value| lines(value.into()))
            .filter(|value| !value.is_empty());
        let count = if start + old == self.values.len() {
            // Mostly they are set from the first to the last, so that nothing has to be moved.
            self.values.truncate(start);
            self.values.extend(new);
            self.values.len() - start
        } else {
            let new: Vec<_> = new.collect();
            let count = new.len();
            self.values.splice(start..start + old, new);
            count
        };
        for end in self.ends.iter_mut().skip(component) {
            let moved = *end as usize - old + count;
            *end = u32::try_from(moved).unwrap_or(u32::MAX);
        }
    }

    pub(super) fn into_owned(self) -> Components<'static, N> {
        let values = self
            .values
            .into_iter()
            .map(|value| Cow::Owned(value.into_owned()));
        Components {
            values: values.collect(),
            ends: self.ends,
        }
    }

    /// Whether any component from this one on has a value.
    pub(super) fn has_from(&self, component: usize) -> bool {
        self.values.len() > self.start(component)
    }

    /// Reads components; missing ones are empty, those past the last are left out with a note.
    pub(super) fn read(
        raw: &'a str,
        version: Version,
        expected: &'static str,
        is_right: impl Fn(usize) -> bool,
        notes: &mut Notes<'_>,
    ) -> Result<Self, ValueError> {
        let mut components = Components::<N> {
            values: Vec::with_capacity(N.min(8)),
            ends: [0; N],
        };
        // 2.1 has no lists: a comma is an ordinary character there, and so is a backslash but
        // before a semicolon.
        let lists = version != Version::V2_1;
        if !notes.wanted() && is_literal(raw) {
            return Ok(components.read_literal(raw, lists));
        }
        let (mut found, mut start, mut escaped) = (0, 0, false);
        for (at, &byte) in raw.as_bytes().iter().enumerate() {
            match byte {
                b';' if !escaped => {
                    components.push(found, raw, start..at, version, notes)?;
                    components.end(found);
                    found += 1;
                    start = at + 1;
                }
                b',' if !escaped && lists => {
                    components.push(found, raw, start..at, version, notes)?;
                    start = at + 1;
                }
                b'\\' => escaped = !escaped || !lists,
                _ => escaped = false,
            }
        }
        components.push(found, raw, start..raw.len(), version, notes)?;
        components.end(found);
        found += 1;
        let last = u32::try_from(components.values.len()).unwrap_or(u32::MAX);
        for end in components.ends.iter_mut().skip(found) {
            *end = last;
        }
        if !is_right(found) {
            let found = u32::try_from(found).unwrap_or(u32::MAX);
            notes.add(0..raw.len(), Reason::Components { found, expected });
        }
        Ok(components)
    }

    /// Reads what has no escapes.
    fn read_literal(mut self, raw: &'a str, lists: bool) -> Self {
        let (mut found, mut start) = (0, 0);
        for (at, &byte) in raw.as_bytes().iter().enumerate() {
            if byte == b';' || (byte == b',' && lists) {
                self.push_literal(found, raw.get(start..at));
                start = at + 1;
                if byte == b';' {
                    self.end(found);
                    found += 1;
                }
            }
        }
        self.push_literal(found, raw.get(start..));
        let last = u32::try_from(self.values.len()).unwrap_or(u32::MAX);
        for end in self.ends.iter_mut().skip(found) {
            *end = last;
        }
        self
    }

    fn push_literal(&mut self, component: usize, value: Option<&'a str>) {
        if let Some(value) = value
            && component < N
            && !value.is_empty()
        {
            self.values.push(Cow::Borrowed(value));
        }
    }

    /// Adds a value to the component being read, unless it is empty or past the last component.
    fn push(
        &mut self,
        component: usize,
        raw: &'a str,
        span: Range<usize>,
        version: Version,
        notes: &mut Notes<'_>,
    ) -> Result<(), ValueError> {
        if component < N && !span.is_empty() {
            let at = span.start;
            let value = raw.get(span).unwrap_or_default();
            self.values
                .push(notes.inside(at, |notes| Ok(decode(value, version, notes)))?);
        }
        Ok(())
    }

    fn end(&mut self, component: usize) {
        if let Some(end) = self.ends.get_mut(component) {
            *end = u32::try_from(self.values.len()).unwrap_or(u32::MAX);
        }
    }

    /// Writes the first `count` components.
    pub(super) fn write(
        &self,
        count: usize,
        version: Version,
        out: &mut String,
    ) -> Result<(), Unwritable> {
        if version == Version::V2_1 && (0..N).any(|component| self.get(component).len() > 1) {
            return Err(Unwritable::not_in_2_1("a list in a component"));
        }
        let start = out.len();
        for component in 0..count {
            if component > 0 {
                out.push(';');
            }
            for (at, value) in self.get(component).iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                let written = writable(value).and_then(|()| write_component(value, version, out));
                if written.is_err() {
                    out.truncate(start);
                    return written;
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::escape::{split, split_components, unescape};
    use proptest::prelude::*;

    proptest! {
        /// The one pass gives what splitting into components and then into values gives.
        #[test]
        fn one_pass_equals_splitting(raw in "[a\\\\,;n\r]{0,16}") {
            for version in Version::ALL {
                let notes = &mut Notes::none();
                let read = Components::<4>::read(&raw, version, "", |_| true, notes).unwrap();
                for (at, piece) in split_components(&raw, version).take(4).enumerate() {
                    let values: Vec<_> = match version {
                        Version::V2_1 => [piece].to_vec(),
                        _ => split(piece, ',').collect(),
                    };
                    let values = values.into_iter().filter(|value| !value.is_empty());
                    let values: Vec<_> = values.map(|value| lines(unescape(value, version))).collect();
                    prop_assert_eq!(read.get(at), values.as_slice());
                }
            }
        }
    }
}
