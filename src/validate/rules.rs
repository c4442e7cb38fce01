//! The list of all rules.

use super::diagnostic::Rule;
use super::{
    agent, encoding, escape, frame, jscontact, line, name, occurrence, of_profile, parameter,
    parameter_value, permit, property, relation, stream, value, version,
};

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

static RULES: [&Rule; 128] = [
    &agent::AGENT_INVALID,
    &frame::AGENT_NESTED_OUTSIDE_2_1,
    &parameter::BACKSLASH_IN_PARAMETER,
    &line::BARE_CARRIAGE_RETURN,
    &encoding::BASE64_BLANK_LINE_MISSING,
    &encoding::BASE64_IN_4_0,
    &encoding::BASE64_INVALID,
    &encoding::BASE64_UNINDENTED,
    &frame::BEGIN_INSIDE_CARD,
    &frame::BEGIN_PARAMETERS,
    &frame::BLANK_LINE_INSIDE_CARD,
    &value::BOOLEAN_INVALID,
    &stream::BYTE_ORDER_MARK,
    &parameter_value::CALSCALE_UNKNOWN,
    &stream::CARD_COUNT,
    &parameter::CARET_UNKNOWN,
    &encoding::CHARSET_MISSING,
    &encoding::CHARSET_OUTSIDE_2_1,
    &encoding::CHARSET_UNKNOWN,
    &value::CLIENT_PID_MAP_INVALID,
    &relation::CLIENT_PID_MAP_REPEATED,
    &relation::CLIENT_PID_MAP_UNUSED,
    &name::COLON_MISSING,
    &value::COMMA_UNESCAPED,
    &value::COMPONENT_COUNT,
    &occurrence::CONTACT_URI_PREF_MISSING,
    &line::CONTROL_CHARACTER,
    &parameter_value::COUNTRY_CODE_INVALID,
    &value::DATA_URI_INVALID,
    &value::DATE_INVALID,
    &encoding::ENCODING_BASE64_IN_3_0,
    &property::ENCODING_MISSING,
    &encoding::ENCODING_UNKNOWN,
    &frame::END_MISMATCHED,
    &frame::END_MISSING,
    &stream::END_WITHOUT_BEGIN,
    &escape::ESCAPE_DANGLING,
    &of_profile::ESCAPE_IN_URI,
    &escape::ESCAPE_UNKNOWN,
    &line::FINAL_LINE_ENDING_MISSING,
    &value::FLOAT_INVALID,
    &occurrence::FN_MISSING,
    &line::FOLD_EMPTY,
    &frame::FOLD_FIRST_LINE,
    &line::FOLD_INSIDE_CHARACTER,
    &value::GENDER_INVALID,
    &value::GEO_INVALID,
    &name::GROUP_EMPTY,
    &name::GROUP_INVALID,
    &name::GROUP_NESTED,
    &parameter_value::INDEX_INVALID,
    &value::INTEGER_INVALID,
    &jscontact::JSCOMPS_INVALID,
    &jscontact::JSPROP_INVALID,
    &jscontact::JSPTR_INVALID,
    &stream::JUNK_OUTSIDE_CARD,
    &value::KIND_INVALID,
    &relation::LABEL_ALONE,
    &value::LANGUAGE_TAG_INVALID,
    &parameter_value::LEVEL_INVALID,
    &stream::LIMIT_EXCEEDED,
    &escape::LINE_BREAK_NOT_ENCODED,
    &line::LINE_ENDING_NOT_CRLF,
    &line::LINE_TOO_LONG,
    &parameter_value::MEDIATYPE_INVALID,
    &relation::MEMBER_WITHOUT_GROUP,
    &occurrence::N_MISSING,
    &name::NAME_EMPTY,
    &name::NAME_INVALID,
    &line::NOT_UTF_8,
    &line::NUL_CHARACTER,
    &parameter::PARAMETER_BARE,
    &parameter::PARAMETER_EMPTY,
    &parameter::PARAMETER_NAME_INVALID,
    &permit::PARAMETER_NOT_IN_VERSION,
    &permit::PARAMETER_NOT_PERMITTED,
    &permit::PARAMETER_REPEATED,
    &permit::PARAMETER_REQUIRED,
    &parameter::PARAMETER_VALUE_INVALID,
    &parameter::PARAMETER_VALUE_MISSING,
    &relation::PHONETIC_ALONE,
    &relation::PHONETIC_COMPONENT_ALONE,
    &relation::PHONETIC_LANGUAGE_REPEATED,
    &relation::PHONETIC_SCRIPT_MISSING,
    &parameter_value::PHONETIC_UNKNOWN,
    &parameter_value::PID_INVALID,
    &relation::PID_REPEATED,
    &relation::PID_SOURCE_UNMAPPED,
    &parameter_value::PREF_INVALID,
    &parameter_value::PROP_ID_INVALID,
    &relation::PROP_ID_REPEATED,
    &property::PROPERTY_NOT_IN_VERSION,
    &occurrence::PROPERTY_REPEATED,
    &property::PROPERTY_UNKNOWN,
    &parameter::QUOTE_UNCLOSED,
    &encoding::QUOTED_PRINTABLE_INVALID,
    &encoding::QUOTED_PRINTABLE_LINE_TOO_LONG,
    &encoding::QUOTED_PRINTABLE_OUTSIDE_2_1,
    &encoding::QUOTED_PRINTABLE_UNENDED,
    &of_profile::SEMICOLON_IN_PARAMETER,
    &value::SEMICOLON_UNESCAPED,
    &parameter_value::SORT_AS_TOO_LONG,
    &value::TEL_URI_INVALID,
    &value::TIMESTAMP_INVALID,
    &parameter_value::TYPE_LIST_QUOTED,
    &parameter_value::TYPE_NOT_PERMITTED,
    &parameter_value::TYPE_PREF_IN_4_0,
    &parameter_value::TYPE_UNKNOWN,
    &occurrence::UID_MISSING,
    &value::URI_INVALID,
    &value::URI_SCHEME,
    &value::UTC_OFFSET_INVALID,
    &stream::UTF_16,
    &value::VALUE_EMPTY,
    &value::VALUE_LIST,
    &value::VALUE_NOT_REGISTERED,
    &property::VALUE_TYPE_NOT_PERMITTED,
    &property::VALUE_TYPE_UNKNOWN,
    &of_profile::VALUE_TYPE_UNSTATED,
    &version::VERSION_LATE,
    &version::VERSION_MISSING,
    &version::VERSION_NOT_OF_PROFILE,
    &version::VERSION_REPEATED,
    &version::VERSION_UNKNOWN,
    &frame::WHITE_SPACE_AROUND_COLON,
    &name::WHITE_SPACE_IN_NAME,
    &parameter::WHITE_SPACE_IN_PARAMETER,
    &value::XML_NAMESPACE,
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
