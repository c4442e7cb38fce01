//! The list of all rules.

use super::{encoding, escape, frame, line, name, parameter, stream, version};
use crate::diagnostic::Rule;

/// Every rule, in the order of their ids.
///
/// ```
/// let ids = vcardinal::validate::rules().iter().map(|rule| rule.id);
/// assert!(ids.clone().is_sorted() && ids.clone().any(|id| id == "colon-missing"));
/// ```
#[must_use]
pub fn rules() -> &'static [&'static Rule] {
    &RULES
}

/// The rule of this id.
///
/// ```
/// let rule = vcardinal::validate::rule("line-too-long").unwrap();
/// assert!(rule.sections.contains(&"RFC 6350, 3.2"));
/// assert!(vcardinal::validate::rule("no-such-rule").is_none());
/// ```
#[must_use]
pub fn rule(id: &str) -> Option<&'static Rule> {
    let index = RULES.binary_search_by(|rule| rule.id.cmp(id)).ok()?;
    RULES.get(index).copied()
}

static RULES: [&Rule; 56] = [
    &frame::AGENT_NESTED_OUTSIDE_2_1,
    &line::BARE_CARRIAGE_RETURN,
    &encoding::BASE64_BLANK_LINE_MISSING,
    &encoding::BASE64_IN_4_0,
    &encoding::BASE64_INVALID,
    &encoding::BASE64_UNINDENTED,
    &frame::BEGIN_INSIDE_CARD,
    &frame::BEGIN_PARAMETERS,
    &frame::BLANK_LINE_INSIDE_CARD,
    &stream::BYTE_ORDER_MARK,
    &parameter::CARET_UNKNOWN,
    &encoding::CHARSET_MISSING,
    &encoding::CHARSET_OUTSIDE_2_1,
    &encoding::CHARSET_UNKNOWN,
    &name::COLON_MISSING,
    &line::CONTROL_CHARACTER,
    &encoding::ENCODING_BASE64_IN_3_0,
    &encoding::ENCODING_UNKNOWN,
    &frame::END_MISMATCHED,
    &frame::END_MISSING,
    &stream::END_WITHOUT_BEGIN,
    &escape::ESCAPE_DANGLING,
    &escape::ESCAPE_UNKNOWN,
    &line::FINAL_LINE_ENDING_MISSING,
    &line::FOLD_EMPTY,
    &frame::FOLD_FIRST_LINE,
    &line::FOLD_INSIDE_CHARACTER,
    &name::GROUP_EMPTY,
    &name::GROUP_INVALID,
    &name::GROUP_NESTED,
    &stream::JUNK_OUTSIDE_CARD,
    &stream::LIMIT_EXCEEDED,
    &line::LINE_ENDING_NOT_CRLF,
    &line::LINE_TOO_LONG,
    &name::NAME_EMPTY,
    &name::NAME_INVALID,
    &line::NOT_UTF_8,
    &line::NUL_CHARACTER,
    &parameter::PARAMETER_BARE,
    &parameter::PARAMETER_EMPTY,
    &parameter::PARAMETER_NAME_INVALID,
    &parameter::PARAMETER_VALUE_INVALID,
    &parameter::PARAMETER_VALUE_MISSING,
    &parameter::QUOTE_UNCLOSED,
    &encoding::QUOTED_PRINTABLE_INVALID,
    &encoding::QUOTED_PRINTABLE_LINE_TOO_LONG,
    &encoding::QUOTED_PRINTABLE_OUTSIDE_2_1,
    &encoding::QUOTED_PRINTABLE_UNENDED,
    &stream::UTF_16,
    &version::VERSION_LATE,
    &version::VERSION_MISSING,
    &version::VERSION_REPEATED,
    &version::VERSION_UNKNOWN,
    &frame::WHITE_SPACE_AROUND_COLON,
    &name::WHITE_SPACE_IN_NAME,
    &parameter::WHITE_SPACE_IN_PARAMETER,
];

#[expect(
    clippy::indexing_slicing,
    reason = "only ever evaluated at compile time"
)]
const _: () = {
    let mut at = 1;
    while at < RULES.len() {
        assert!(
            is_before(RULES[at - 1].id.as_bytes(), RULES[at].id.as_bytes()),
            "rules are sorted and unique"
        );
        at += 1;
    }
};

const fn is_before(mut first: &[u8], mut second: &[u8]) -> bool {
    loop {
        match (first, second) {
            ([a, after_a @ ..], [b, after_b @ ..]) => {
                if *a != *b {
                    return *a < *b;
                }
                first = after_a;
                second = after_b;
            }
            ([], [_, ..]) => return true,
            _ => return false,
        }
    }
}
