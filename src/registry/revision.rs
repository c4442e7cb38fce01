//! What the revision of RFC 6350 says otherwise about properties than RFC 6350 and its extensions.
//!
//! draft-ietf-calext-vcard4-bis. It takes up the verified errata, and those are in the columns of 4.0
//! already: that ANNIVERSARY has LANGUAGE with a text is erratum 3086. What is left is one row.

use super::parameter_cells::*;
use super::property::{AnyParameter, Condition::*, Occurrence};
use super::{Column, PropertyId, ValueType::*};

/// The column of a property in the revision, where it is another than that of 4.0.
pub(crate) fn revised(property: PropertyId) -> Option<&'static Column> {
    let row = REVISED.iter().find(|(id, _)| *id == property)?;
    Some(&row.1)
}

static REVISED: [(PropertyId, Column); 1] = [
    // 6.6.5: a text is the UID of a member whose UID is a text.
    (
        PropertyId::MEMBER,
        Column {
            occurrence: Occurrence::Any,
            types: &[Uri, Text],
            parameters: &[VALUE, PID, PREF, ALTID, MEDIATYPE.when(IfUri)],
            any: AnyParameter::Yes,
        },
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::version::Version;

    #[test]
    fn ok_each_revised_column_differs() {
        for (id, column) in &REVISED {
            assert_ne!(
                Some(column),
                id.row().column(Version::V4_0),
                "{}",
                id.name()
            );
        }
    }
}
