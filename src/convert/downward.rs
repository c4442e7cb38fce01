//! 4.0 -> 3.0, property by property.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::change::ChangeKind::{Approximated, Moved};
use super::draft::{Content, Draft};
use super::parameters::Lowest;
use super::run::{Run, why};
use super::table::{By, by};
use super::vendors::{self, LabelOf};
use super::write::raw_of;
use super::{addresses, dates, media, names, parameters, related, required};
use crate::card::PropertyValue;
use crate::registry::{self, PropertyId, ValueType};
use crate::value::uri::percent_decode;
use crate::value::{UtcOffset, Value};
use crate::version::Version;

/// Makes drafts of 3.0 of those of 4.0.
pub(super) fn all<'a>(run: &mut Run<'a>, drafts: Vec<Draft<'a>>) {
    let mut context = Context {
        labels: LabelOf::of(&drafts),
        is_named: drafts
            .iter()
            .any(|draft| draft.is(PropertyId::N) && !draft.is_empty()),
        has_one_kind: drafts
            .iter()
            .filter(|draft| vendors::says_kind(draft))
            .count()
            == 1,
        sorts: true,
    };
    for draft in drafts {
        let made = one(run, draft, &mut context);
        run.out.extend(made);
    }
    required::once(run);
    let lowest = Lowest::of(&run.out);
    let mut out = core::mem::take(&mut run.out);
    for draft in &mut out {
        parameters::downward(run, draft, &lowest);
    }
    run.out = out;
}

/// What is known of the whole card.
struct Context<'a> {
    labels: LabelOf<'a>,
    is_named: bool,
    /// Whether one property of it says its kind, so that 3.0 finds that under any name.
    has_one_kind: bool,
    /// Whether it may have a SORT-STRING yet: a card has one.
    sorts: bool,
}

fn one<'a>(run: &mut Run<'a>, mut draft: Draft<'a>, context: &mut Context<'_>) -> Vec<Draft<'a>> {
    let Some(row) = draft.row.filter(|row| row.stands_for.is_none()) else {
        return [plain_property(run, draft)].into();
    };
    match by(row.id, Version::V3_0) {
        By::Media
        | By::Birthday
        | By::Timestamp
        | By::TimeZone
        | By::Geo
        | By::Uid
        | By::Tel
        | By::Impp
            if draft.is_of_unknown_type() => {}
        By::Name => {
            if let Some(drafts) = names::phonetic(run, &mut draft) {
                return drafts;
            }
            names::shorten_name(run, &mut draft);
            names::pad(&mut draft);
            let is_wanted = core::mem::take(&mut context.sorts);
            let sort = names::sort_string(run, &mut draft, is_wanted && context.is_named);
            context.sorts = is_wanted && sort.is_none();
            return core::iter::once(draft).chain(sort).collect();
        }
        By::Organization => {
            let is_wanted = core::mem::take(&mut context.sorts);
            let sort = names::sort_string(run, &mut draft, is_wanted && !context.is_named);
            context.sorts = is_wanted && sort.is_none();
            return core::iter::once(draft).chain(sort).collect();
        }
        By::Address => {
            names::pad(&mut draft);
            return addresses::downward(run, draft);
        }
        By::Related => return related::downward(run, draft, &context.labels),
        By::Anniversary => return vendors::anniversary_downward(run, draft, &context.labels),
        By::Kind if run.options.vendor_forms => {
            vendors::kind_downward(run, &mut draft, context.has_one_kind);
        }
        By::Profile if run.options.vendor_forms => vendors::profile_downward(run, &mut draft),
        By::Member if run.options.vendor_forms => {
            as_one_text(&mut draft);
            let reason = why("Apple", "3.0 has no MEMBER; Apple has a name of its own");
            run.note(Moved, &draft, reason);
            draft.rename(PropertyId::X_ADDRESSBOOKSERVER_MEMBER.name());
        }
        By::Kind | By::Profile | By::Member | By::Gender | By::Private => private(run, &mut draft),
        By::Media => media::downward(run, &mut draft),
        By::Birthday => dates::birthday_downward(run, &mut draft),
        By::Timestamp => dates::as_3_0(&mut draft, Version::V4_0),
        By::TimeZone => time_zone(run, &mut draft),
        By::Geo => position(run, &mut draft),
        By::Uid => uid(run, &mut draft),
        By::Tel => telephone(run, &mut draft),
        By::Impp => {
            run.rename_parameter(
                &mut draft,
                "SERVICE-TYPE",
                "X-SERVICE-TYPE",
                "RFC 9554, 4.9",
            );
            run.rename_parameter(&mut draft, "USERNAME", "X-USER", "RFC 9554, 4.10");
        }
        _ if row.column(Version::V3_0).is_none() => private(run, &mut draft),
        _ => {}
    }
    [draft].into()
}

/// A value as it stands in 4.0, as one text.
fn as_one_text(draft: &mut Draft<'_>) {
    let text = match (draft.made(), draft.row.map(|row| row.shape)) {
        (Some(PropertyValue::Text(text) | PropertyValue::Uri(text)), _) => text.clone(),
        _ => raw_of(draft, Version::V4_0),
    };
    draft.set(PropertyValue::Text(text));
    draft.value_type = None;
}

/// `X-` before a name that 3.0 does not have.
fn private<'a>(run: &mut Run<'a>, draft: &mut Draft<'a>) {
    let name = draft.name.to_ascii_uppercase();
    let declared = draft.value_type;
    let default = draft.row.map(|row| row.default_type(Version::V4_0));
    as_one_text(draft);
    // The type is said where it is not that of the property.
    if let Some(declared) = declared.filter(|declared| Some(*declared) != default) {
        draft.give_one("VALUE", declared.name());
    }
    draft.rename(format!("X-{name}"));
    let reason = why("RFC 2426, 3.8", format!("3.0 has no {name}"));
    run.note(Moved, draft, reason);
}

/// A property of 3.0 that 4.0 could write only with `X-` in front gets its name back.
fn plain_property<'a>(run: &mut Run<'a>, mut draft: Draft<'a>) -> Draft<'a> {
    const ONLY_3_0: [PropertyId; 5] = [
        PropertyId::CLASS,
        PropertyId::MAILER,
        PropertyId::NAME,
        PropertyId::CAPURI,
        PropertyId::SORT_STRING,
    ];
    let plain = draft.name.get(2..).unwrap_or_default();
    let row = registry::property(plain.as_bytes()).filter(|row| ONLY_3_0.contains(&row.id));
    if let Some(row) = row.filter(|_| registry::is_private(draft.name.as_bytes())) {
        let reason = why(
            row.sections.first().copied().unwrap_or_default(),
            format!("3.0 has {}", row.name),
        );
        run.note(Moved, &draft, reason);
        draft.rename(row.name);
        draft.value_type = None;
        // Under its private name it stood as a text.
        let text = draft.plain_text().into_owned();
        draft.set(match row.default_type(Version::V3_0) {
            ValueType::Uri => PropertyValue::Uri(text),
            _ => PropertyValue::Text(text),
        });
    }
    draft
}

fn time_zone(run: &mut Run<'_>, draft: &mut Draft<'_>) {
    match (draft.made(), draft.value_type) {
        (Some(PropertyValue::Raw(raw)), Some(ValueType::UtcOffset)) => {
            let offset = UtcOffset::parse(raw, Version::V4_0).ok();
            if let Some(text) = offset.and_then(|offset| offset.to_text(Version::V3_0).ok()) {
                draft.set(PropertyValue::Raw(text));
            }
        }
        (Some(PropertyValue::Uri(uri)), _) => {
            draft.set(PropertyValue::Text(uri.clone()));
            draft.value_type = Some(ValueType::Text);
            let reason = why("RFC 2426, 3.4.1", "TZ of 3.0 has no URI; it stands as text");
            run.note(Approximated, draft, reason);
        }
        _ => {}
    }
}

fn position<'a>(run: &mut Run<'a>, draft: &mut Draft<'a>) {
    let raw = String::from(draft.text().unwrap_or_default());
    if raw.is_empty() {
        return;
    }
    let plain = raw.replace("\\,", ",");
    let numbers = plain
        .get(..4)
        .filter(|scheme| scheme.eq_ignore_ascii_case("geo:"))
        .and_then(|_| plain.get(4..))
        .and_then(in_degrees);
    match numbers {
        Some((text, is_all)) => {
            if !is_all {
                let reason = why(
                    "RFC 2426, 3.4.2",
                    "3.0 has a latitude and a longitude, nothing more",
                );
                run.note(Approximated, draft, reason);
            }
            draft.set(PropertyValue::Raw(text));
            draft.value_type = None;
        }
        None => {
            draft.set(PropertyValue::Text(plain));
            draft.value_type = None;
            draft.rename("X-GEO");
            let reason = why(
                "RFC 2426, 3.4.2",
                "GEO of 3.0 is a latitude and a longitude of WGS 84",
            );
            run.note(Moved, draft, reason);
        }
    }
}

/// The latitude and the longitude of a geo: URI of WGS 84, with its digits; and whether that is all.
fn in_degrees(rest: &str) -> Option<(String, bool)> {
    let mut pieces = rest.split(';');
    let mut numbers = pieces.next()?.split(',');
    let (latitude, longitude) = (numbers.next()?, numbers.next()?);
    let is_number = |text: &str| text.parse::<f64>().is_ok_and(f64::is_finite);
    if !is_number(latitude) || !is_number(longitude) {
        return None;
    }
    let mut is_all = numbers.next().is_none();
    for parameter in pieces {
        let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
        if name.eq_ignore_ascii_case("crs") {
            if !value.eq_ignore_ascii_case("wgs84") {
                return None;
            }
        } else {
            is_all = false;
        }
    }
    Some((format!("{latitude};{longitude}"), is_all))
}

fn uid(run: &mut Run<'_>, draft: &mut Draft<'_>) {
    draft.set(PropertyValue::Text(draft.text().unwrap_or_default().into()));
    draft.value_type = None;
    if let Some(given) = draft.take("X-TYPE") {
        let reason = why("RFC 2426, 3.6.7", "UID of 3.0 has a TYPE");
        run.move_parameter(draft, given, "TYPE", reason);
    }
}

fn telephone(run: &mut Run<'_>, draft: &mut Draft<'_>) {
    let Content::Made(PropertyValue::Uri(uri)) = &draft.content else {
        return;
    };
    draft.value_type = None;
    let Some(rest) = uri
        .get(..4)
        .filter(|scheme| scheme.eq_ignore_ascii_case("tel:"))
        .and_then(|_| uri.get(4..))
    else {
        let has_scheme = uri.split_once(':').is_some_and(|(scheme, _)| {
            !scheme.is_empty()
                && scheme
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
        });
        if has_scheme {
            let reason = why(
                "RFC 4770, 1",
                "TEL of 3.0 is a number; other URIs of calls stand in IMPP",
            );
            run.note(Moved, draft, reason);
            draft.value_type = Some(ValueType::Uri);
            draft.rename("IMPP");
        } else {
            draft.set(PropertyValue::Text(uri.clone()));
        }
        return;
    };
    let mut pieces = rest.split(';');
    let decoded = |text: &str| {
        let bytes = percent_decode(text).unwrap_or_else(|_| text.as_bytes().to_vec());
        String::from_utf8(bytes).unwrap_or_else(|_| text.into())
    };
    let mut number = decoded(pieces.next().unwrap_or_default());
    let mut lost = None;
    for parameter in pieces {
        match parameter.split_once('=') {
            Some((name, value)) if name.eq_ignore_ascii_case("ext") => {
                number.push_str(" x");
                number.push_str(&decoded(value));
                lost = lost.or(Some("3.0 has an extension in the text of the number"));
            }
            _ => lost = Some("3.0 has a number without the parameters of a tel: URI"),
        }
    }
    if let Some(message) = lost {
        run.note(Approximated, draft, why("RFC 2426, 3.3.1", message));
    }
    draft.set(PropertyValue::Text(number));
    draft.take("MEDIATYPE");
}
