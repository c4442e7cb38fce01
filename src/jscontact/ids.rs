//! The Ids of the objects that come of properties. RFC 9553, 1.4.1; RFC 9555, 3.3 (PROP-ID).

use alloc::borrow::ToOwned;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::String;

use super::line::Line;
use super::strings;
use super::table::{self, How, Row};
use crate::registry::{ParameterId, PropertyId};

/// Which Ids are used, or will be by a PROP-ID that comes later.
pub(super) struct Ids {
    /// In each member.
    used: BTreeMap<&'static str, BTreeSet<String>>,
    /// The last number of each property.
    counts: BTreeMap<PropertyId, usize>,
}

impl Ids {
    pub fn of(lines: &[Line<'_>]) -> Self {
        let mut used: BTreeMap<&'static str, BTreeSet<String>> = BTreeMap::new();
        for line in lines {
            let row = line.id().and_then(table::row_of);
            if let (Some(row), Some(id)) = (row, line.first(ParameterId::PROP_ID))
                && strings::is_id(id)
            {
                used.entry(space(row)).or_default().insert(id.to_owned());
            }
        }
        Ids {
            used,
            counts: BTreeMap::new(),
        }
    }

    /// The name of the property and the first number that is free.
    pub fn make(&mut self, row: &Row) -> String {
        let used = self.used.entry(space(row)).or_default();
        let count = self.counts.entry(row.property).or_default();
        loop {
            *count += 1;
            let id = format!("{}-{count}", row.property.name());
            if used.insert(id.clone()) {
                return id;
            }
        }
    }
}

/// Where the Ids of the objects of a row are unique.
fn space(row: &Row) -> &'static str {
    match row.how {
        How::Pronouns => row.value,
        _ => row.member,
    }
}
