//! Components that are lists: what [`Name`](super::Name) and [`Address`](super::Address) share.
//!
//! RFC 6350, 6.2.2 and 6.3.1: components between semicolons, values between commas in them.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use super::text::{decode, lines, writable, write_component};
use super::{Notes, Reason, Unwritable, ValueError};
use crate::Version;
use crate::syntax::escape::{split, split_components};

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
        let new: Vec<_> = values
            .into_iter()
            .map(|value| lines(value.into()))
            .filter(|value| !value.is_empty())
            .collect();
        let count = new.len();
        self.values.splice(start..start + old, new);
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
        let mut found = 0;
        let mut at = 0;
        for piece in split_components(raw, version) {
            if found < N && !piece.is_empty() {
                components.read_list(piece, at, version, notes)?;
            }
            if let Some(end) = components.ends.get_mut(found) {
                *end = u32::try_from(components.values.len()).unwrap_or(u32::MAX);
            }
            at += piece.len() + 1;
            found += 1;
        }
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

    fn read_list(
        &mut self,
        piece: &'a str,
        mut at: usize,
        version: Version,
        notes: &mut Notes<'_>,
    ) -> Result<(), ValueError> {
        let mut add = |value: &'a str, at, notes: &mut Notes<'_>| {
            notes.inside(at, |notes| {
                if !value.is_empty() {
                    self.values.push(decode(value, version, notes));
                }
                Ok(())
            })
        };
        // 2.1 has no lists: a comma is an ordinary character there.
        if version == Version::V2_1 {
            return add(piece, at, notes);
        }
        for value in split(piece, ',') {
            add(value, at, notes)?;
            at += value.len() + 1;
        }
        Ok(())
    }

    /// Writes the first `count` components.
    pub(super) fn write(
        &self,
        count: usize,
        version: Version,
        out: &mut String,
    ) -> Result<(), Unwritable> {
        if version == Version::V2_1 && (0..N).any(|component| self.get(component).len() > 1) {
            return Err(Unwritable::NotInVersion("a list in a component"));
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
