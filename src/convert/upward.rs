//! 2.1 and 3.0 -> 4.0, property by property.

use alloc::borrow::Cow;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::change::ChangeKind::{Approximated, Moved};
use super::draft::{Content, Draft};
use super::run::{Run, why};
use super::table::{By, by};
use super::vendors::{self, LabelOf};
use super::{addresses, agent, dates, media, names, parameters, related, required, write};
use crate::card::PropertyValue;
use crate::registry::{self, OMITTED_YEAR, PropertyId, StandsFor, ValueType};
use crate::syntax::escape::{closed_escapes, unescape};
use crate::value::{Notes, Uri, UtcOffset, Value, check};
use crate::version::Version;

/// Makes drafts of 4.0 of those of 3.0.
pub(super) fn all<'a>(run: &mut Run<'a>, drafts: Vec<Draft<'a>>) {
    let mut drafts: Vec<Option<Draft<'_>>> = drafts.into_iter().map(Some).collect();
    if run.options.vendor_forms {
        let used = addresses::countries_upward(run, &mut drafts);
        leave_groups(&mut drafts, &used);
    }
    addresses::labels_upward(run, &mut drafts);
    names::sort_as(run, &mut drafts);
    let labels = LabelOf::of(drafts.iter().flatten());
    let mut context = Context::of(&drafts, run.from);
    for place in &mut drafts {
        let Some(draft) = place else {
            continue;
        };
        if let Fate::Gone = one(run, draft, &labels, &mut context) {
            *place = None;
            continue;
        }
        foreign(run, draft, &context);
        parameters::upward(run, draft);
    }
    // Labels that were used up go, and with them the groups they were for.
    for place in &mut drafts {
        let is_label =
            |draft: &Draft<'_>| draft.row.and_then(|row| row.stands_for) == Some(StandsFor::Label);
        let Some(draft) = place.as_ref().filter(|draft| is_label(draft)) else {
            continue;
        };
        let Some(result) = draft
            .group_key()
            .and_then(|group| context.used.get(&group).copied())
        else {
            continue;
        };
        let reason = why(
            "RFC 6350, 5.6",
            "the name or the TYPE of its property says it",
        );
        run.note_as(Moved, draft, result, reason);
        *place = None;
    }
    leave_groups(&mut drafts, &context.used);
    run.out = drafts.into_iter().flatten().collect();
    required::once(run);
}

enum Fate {
    Stays,
    Gone,
}

/// What is known of the whole card.
struct Context<'a> {
    is_group: bool,
    has_kind: bool,
    /// Whether it has a CLIENTPIDMAP, which PID needs.
    has_sources: bool,
    /// The number of the first anniversary and what it says in 4.0.
    anniversary: Option<(usize, Content<'a>)>,
    /// The groups whose label was used up, and by which property.
    used: BTreeMap<Cow<'a, str>, usize>,
}

impl<'a> Context<'a> {
    fn of(drafts: &[Option<Draft<'a>>], version: Version) -> Self {
        let mut kinds = drafts.iter().flatten();
        let kind = kinds.find(|draft| vendors::says_kind(draft));
        let is_group = kind.is_some_and(|draft| {
            let text = draft.text().unwrap_or_default();
            draft.is(PropertyId::X_EVOLUTION_LIST) || text.trim().eq_ignore_ascii_case("group")
        });
        Context {
            is_group,
            has_kind: kind.is_some(),
            has_sources: drafts
                .iter()
                .flatten()
                .any(|draft| draft.is(PropertyId::CLIENTPIDMAP)),
            anniversary: drafts
                .iter()
                .flatten()
                .find(|draft| draft.is(PropertyId::ANNIVERSARY))
                .map(|draft| {
                    let mut draft = draft.clone();
                    dates::without_a_note(&mut draft, version);
                    (draft.number, draft.content)
                }),
            used: BTreeMap::new(),
        }
    }
}

/// Groups of which one property is left go; only those that are named like Apple's.
fn leave_groups(drafts: &mut [Option<Draft<'_>>], used: &BTreeMap<Cow<'_, str>, usize>) {
    if used.is_empty() {
        return;
    }
    let mut members: BTreeMap<Cow<'_, str>, usize> = BTreeMap::new();
    for group in drafts.iter().flatten().filter_map(Draft::group_key) {
        if used.contains_key(&group) && is_numbered(&group) {
            *members.entry(group).or_default() += 1;
        }
    }
    for draft in drafts.iter_mut().flatten() {
        if draft
            .group_key()
            .is_some_and(|group| members.get(&group) == Some(&1))
        {
            draft.group = None;
        }
    }
}

/// Whether a group is named like Apple's: `item1`.
fn is_numbered(group: &str) -> bool {
    group
        .strip_prefix("item")
        .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit()))
}

fn one<'a>(
    run: &mut Run<'a>,
    draft: &mut Draft<'a>,
    labels: &LabelOf<'_>,
    context: &mut Context<'a>,
) -> Fate {
    let Some(row) = draft.row else {
        plain_property(run, draft);
        return Fate::Stays;
    };
    // A vendor's name with a VALUE is what that says, and nothing else.
    let is_unknown = draft.is_of_unknown_type();
    let is_stated = is_unknown
        || draft
            .value_type
            .is_some_and(|value_type| value_type != ValueType::Text);
    let by = match row.stands_for {
        Some(_) if is_stated || !run.options.vendor_forms => By::Same,
        _ => by(row.id, Version::V4_0),
    };
    match by {
        By::Media | By::Date | By::Timestamp | By::TimeZone | By::Geo | By::Uid | By::Impp
            if is_unknown => {}
        By::Name | By::Address => names::pad(draft),
        By::Media => {
            if draft.is(PropertyId::SOUND) && draft.value_type == Some(ValueType::Text) {
                draft.rename(PropertyId::X_PHONETIC_NAME.name());
                draft.value_type = None;
                let reason = why("RFC 6350, 6.7.5", "SOUND of 4.0 has no text");
                run.note(Moved, draft, reason);
            } else {
                media::upward(run, draft);
            }
        }
        By::Date => dates::upward(run, draft),
        By::Timestamp => dates::timestamp_upward(run, draft),
        By::TimeZone => time_zone(draft, run.from),
        By::Geo => position(draft),
        By::Uid => uid(run, draft),
        By::Impp => {
            run.rename_parameter(draft, "X-SERVICE-TYPE", "SERVICE-TYPE", "RFC 9554, 4.9");
            run.rename_parameter(draft, "X-USER", "USERNAME", "RFC 9554, 4.10");
        }
        By::Agent => agent::upward(run, draft),
        By::LeftOut => {
            let reason = why("RFC 6350, 6.1.1", "BEGIN:VCARD says it");
            let is_vcard = draft
                .text()
                .is_some_and(|text| text.trim().eq_ignore_ascii_case("VCARD"));
            if is_vcard || draft.is_empty() {
                run.note_source(Moved, draft.source, &draft.name, Some(write::BEGIN), reason);
                return Fate::Gone;
            }
            private(run, draft);
        }
        By::Private => private(run, draft),
        By::Messenger => vendors::messenger_upward(run, draft, row),
        By::Related => return related_one(run, draft, labels, context),
        By::Anniversary => return anniversary(run, draft, labels, context),
        By::Gender => vendors::word_upward(run, draft, PropertyId::GENDER),
        By::Kind => kind(run, draft, context),
        By::Member if context.is_group => vendors::member_upward(run, draft),
        By::Profile => vendors::profile_upward(run, draft),
        _ if row.stands_for.is_some() && !is_stated => plain_property(run, draft),
        _ => {}
    }
    Fate::Stays
}

fn related_one<'a>(
    run: &mut Run<'a>,
    draft: &mut Draft<'a>,
    labels: &LabelOf<'_>,
    context: &mut Context<'a>,
) -> Fate {
    if let Some(StandsFor::Related(word)) = draft.row.and_then(|row| row.stands_for) {
        related::named_upward(run, draft, word);
        return Fate::Stays;
    }
    let group = draft.group_key().filter(|_| !labels.is_shared(draft));
    let label = group.as_ref().and_then(|_| labels.text(draft));
    let is_used = related::labelled_upward(run, draft, label);
    if is_used && let Some(group) = group {
        context.used.entry(group).or_insert(draft.number);
    }
    Fate::Stays
}

fn anniversary<'a>(
    run: &mut Run<'a>,
    draft: &mut Draft<'a>,
    labels: &LabelOf<'_>,
    context: &mut Context<'a>,
) -> Fate {
    let group = draft.group_key();
    let is_labelled = draft.is(PropertyId::X_ABDATE);
    if is_labelled {
        let label = labels.text(draft).unwrap_or_default();
        let is_anniversary = ["_$!<Anniversary>!$_", "Anniversary"]
            .iter()
            .any(|own| own.eq_ignore_ascii_case(label));
        if !is_anniversary {
            return Fate::Stays;
        }
    }
    let mut made = draft.clone();
    let changes = run.changes.len();
    // Alternatives of one anniversary are not merged. RFC 6350, 5.4.
    let first = context.anniversary.as_ref();
    match first.filter(|_| !draft.has("X-ALTID")) {
        None => {
            if !vendors::anniversary_upward(run, draft) {
                return Fate::Stays;
            }
            context.anniversary = Some((draft.number, draft.content.clone()));
        }
        Some((number, content)) => {
            // One date that several names say is one anniversary; another date is copied.
            let number = *number;
            let is_date = vendors::anniversary_upward(run, &mut made);
            run.forget(changes, draft.source);
            let says_more = draft.parameters.iter().any(|given| !given.is(OMITTED_YEAR));
            let is_same = made.is(PropertyId::ANNIVERSARY) && made.content == *content;
            if !is_date || says_more || !is_same {
                return Fate::Stays;
            }
            let reason = why("RFC 6350, 6.2.6", "ANNIVERSARY says the same date");
            run.note_as(Moved, draft, number, reason);
            if let Some(group) = group.filter(|_| is_labelled) {
                context.used.entry(group).or_insert(number);
            }
            return Fate::Gone;
        }
    }
    if let Some(group) = group.filter(|_| is_labelled && !labels.is_shared(draft)) {
        context.used.entry(group).or_insert(draft.number);
    }
    Fate::Stays
}

fn kind(run: &mut Run<'_>, draft: &mut Draft<'_>, context: &mut Context<'_>) {
    let text = draft.text().unwrap_or_default().trim();
    if draft.is(PropertyId::X_ABSHOWAS) {
        if !text.eq_ignore_ascii_case("COMPANY") || context.has_kind {
            return;
        }
        context.has_kind = true;
    } else if draft.is(PropertyId::X_EVOLUTION_LIST) && !vendors::is_list(draft) {
        return;
    }
    vendors::word_upward(run, draft, PropertyId::KIND);
}

/// A property or a parameter of 4.0 in a card of another version that is not what 4.0 asks for: it
/// said nothing wrong there, and goes under `X-`.
fn foreign<'a>(run: &mut Run<'a>, draft: &mut Draft<'a>, context: &Context<'_>) {
    let Some(row) = draft.row.filter(|row| row.stands_for.is_none()) else {
        return;
    };
    let is_inline = draft.made().is_some_and(PropertyValue::is_inline);
    let is_new = row.column(Version::V3_0).is_none() && row.column(Version::V4_0).is_some();
    if is_new && !is_inline {
        let value_type = draft.value_type.unwrap_or(row.default_type(Version::V4_0));
        let raw = write::raw_of(draft, Version::V4_0);
        let read = check(
            Some(row.id),
            value_type,
            &raw,
            Version::V4_0,
            &mut Notes::none(),
        );
        if read.is_err() {
            private(run, draft);
            return;
        }
    }
    let is_wrong_pref = draft
        .parameter("PREF")
        .is_some_and(|given| !is_pref(&given.values));
    for (name, is_wrong) in [("PID", !context.has_sources), ("PREF", is_wrong_pref)] {
        if is_wrong && let Some(given) = draft.take(name) {
            let reason = why("RFC 6350, 5", "it is not what 4.0 asks for");
            run.move_parameter(draft, given, format!("X-{name}"), reason);
        }
    }
}

fn is_pref(values: &[Cow<'_, str>]) -> bool {
    matches!(values, [value] if value.parse().is_ok_and(|pref: u8| (1..=100).contains(&pref)))
}

/// `X-` before a name that 4.0 does not have.
fn private(run: &mut Run<'_>, draft: &mut Draft<'_>) {
    draft.rename(format!("X-{}", draft.name.to_ascii_uppercase()));
    draft.value_type = None;
    let reason = why("RFC 6350, 6.10", "4.0 has no such property");
    run.note(Moved, draft, reason);
}

/// A property of 4.0 that 3.0 could write only with `X-` in front gets its name back.
fn plain_property(run: &mut Run<'_>, draft: &mut Draft<'_>) {
    if !registry::is_private(draft.name.as_bytes()) || draft.is_of_unknown_type() {
        return;
    }
    let plain = draft.name.get(2..).unwrap_or_default();
    let Some(row) = registry::property(plain.as_bytes()) else {
        return;
    };
    let Some(column) = row.column(Version::V4_0) else {
        return;
    };
    let of_3_0 = row.column(Version::V3_0);
    let is_of_4_0 = of_3_0.is_none() || of_3_0.is_some_and(registry::Column::is_once);
    if row.stands_for.is_some() || !is_of_4_0 || row.id == PropertyId::VERSION {
        return;
    }
    let declared = draft
        .parameter("VALUE")
        .and_then(|given| given.values.first());
    let declared = declared
        .and_then(|word| registry::value_type(word.as_bytes()))
        .map(|row| row.value_type)
        .or(draft.value_type);
    let value_type = declared.unwrap_or(column.default_type());
    let raw = String::from(draft.text().unwrap_or_default());
    let text = || unescape(&raw, Version::V3_0).into_owned();
    // What is not such a value was not written for it, and stays what it is.
    let is_structured = of_3_0.is_some() && row.component_counts() != (0, 0);
    if !is_structured && !raw.is_empty() {
        let mut notes = Notes::none();
        let value = text();
        if check(Some(row.id), value_type, &value, Version::V4_0, &mut notes).is_err() {
            return;
        }
    }
    draft.take("VALUE");
    let section = row.sections.first().copied().unwrap_or_default();
    // A date that was of 4.0 before is in its form, one that somebody else wrote may be in another.
    let date = dates::in_4_0(&text(), value_type).filter(|date| *date != raw);
    let (kind, message) = match date {
        Some(_) => (
            Approximated,
            format!("4.0 has {}, in basic format", row.name),
        ),
        None => (Moved, format!("4.0 has {}", row.name)),
    };
    run.note(kind, draft, why(section, message));
    draft.rename(row.name);
    draft.value_type = Some(value_type);
    if let Some(date) = date {
        draft.set(PropertyValue::Raw(date));
        return;
    }
    draft.set(match (row.shape, value_type) {
        // N stands in its own form under X-N, GENDER as one text.
        _ if is_structured => PropertyValue::Raw(raw),
        (registry::Shape::Single, ValueType::Text) => PropertyValue::Text(text()),
        (_, ValueType::Uri) => PropertyValue::Uri(text()),
        // Of 4.0 it was, or somebody else wrote it, and its backslashes were no escapes.
        _ => PropertyValue::Raw(closed_escapes(text(), Version::V4_0)),
    });
}

/// TZ for 4.0.
fn time_zone(draft: &mut Draft<'_>, version: Version) {
    let Some(raw) = draft.raw() else {
        return;
    };
    match UtcOffset::parse(raw, version)
        .ok()
        .and_then(|offset| offset.to_text(Version::V4_0).ok())
    {
        Some(text) => {
            draft.set(PropertyValue::Raw(text));
            draft.value_type = Some(ValueType::UtcOffset);
        }
        None => {
            draft.set(PropertyValue::Text(
                unescape(raw, Version::V3_0).into_owned(),
            ));
            draft.value_type = Some(ValueType::Text);
        }
    }
}

fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    !digits.is_empty()
        && digits
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'.')
        && digits.bytes().any(|byte| byte.is_ascii_digit())
}

/// GEO for 4.0; the digits stay.
fn position(draft: &mut Draft<'_>) {
    let raw = String::from(draft.text().unwrap_or_default());
    draft.value_type = Some(ValueType::Uri);
    if let Some((latitude, longitude)) = raw.split_once(';').or_else(|| raw.split_once(',')) {
        let (latitude, longitude) = (latitude.trim(), longitude.trim());
        if is_number(latitude) && is_number(longitude) {
            let plain = |number: &str| String::from(number.strip_prefix('+').unwrap_or(number));
            let uri = format!("geo:{},{}", plain(latitude), plain(longitude));
            draft.set(PropertyValue::Uri(uri));
        }
    }
}

/// UID for 4.0: the string never changes.
fn uid<'a>(run: &mut Run<'a>, draft: &mut Draft<'a>) {
    let text = String::from(draft.text().unwrap_or_default());
    let is_uri = Uri::parse(&text, Version::V3_0)
        .is_ok_and(|uri| uri.scheme().is_some() && uri.as_str() == text);
    let (value, value_type) = match is_uri {
        true => (PropertyValue::Uri(text), ValueType::Uri),
        false => (PropertyValue::Text(text), ValueType::Text),
    };
    draft.set(value);
    draft.value_type = Some(value_type);
    if let Some(given) = draft.take("TYPE") {
        let reason = why("RFC 6350, 6.7.6", "UID of 4.0 has no TYPE");
        run.move_parameter(draft, given, "X-TYPE", reason);
    }
}
