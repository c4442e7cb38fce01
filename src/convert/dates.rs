//! Dates, dates with a time, and timestamps: basic format in 4.0, extended before, and a year of
//! Apple's where there is none.

use alloc::format;
use alloc::string::String;

use super::change::ChangeKind::{Approximated, Derived, Moved};
use super::draft::Draft;
use super::run::{Run, why};
use crate::card::PropertyValue;
use crate::registry::{OMITTED_YEAR, ValueType};
use crate::value::{DateAndOrTime, DateTime, PartialDate, PartialTime, Timestamp, Value};
use crate::version::Version;

/// The year that Apple writes where there is none; a leap year.
const NO_YEAR: u16 = 1604;

fn parsed(draft: &Draft<'_>, version: Version) -> Option<DateAndOrTime> {
    let raw = draft
        .raw()
        .filter(|_| draft.value_type != Some(ValueType::Text))?;
    DateAndOrTime::parse(raw, version).ok()
}

/// Notes that a fraction of a second is lost.
fn note_fraction(run: &mut Run<'_>, draft: &Draft<'_>) {
    let has_fraction = draft.text().is_some_and(|text| {
        let time = text.split_once(['T', 't']).map_or("", |(_, time)| time);
        time.contains(['.', ','])
    });
    if has_fraction {
        let reason = why("RFC 6350, 4.3.2", "4.0 has no fractions of a second");
        run.note(Approximated, draft, reason);
    }
}

/// BDAY and dates like it for 4.0: what is no date becomes text.
pub(super) fn upward(run: &mut Run<'_>, draft: &mut Draft<'_>) {
    let Some(date) = parsed(draft, run.from) else {
        return set_text(draft);
    };
    note_fraction(run, draft);
    let of_every_year = without_year(draft, date);
    set_date(draft, of_every_year.unwrap_or(date));
    if of_every_year.is_some() {
        draft.take(OMITTED_YEAR);
    }
}

/// A date or a timestamp, as somebody wrote it, in the form of 4.0; `None` for what is neither, or would lose
/// a fraction of a second.
pub(super) fn in_4_0(text: &str, value_type: ValueType) -> Option<String> {
    if text.contains(['.', ',']) {
        return None;
    }
    match value_type {
        ValueType::Timestamp => {
            let timestamp = Timestamp::parse(text, Version::V4_0).ok()?;
            timestamp.to_text(Version::V4_0).ok()
        }
        ValueType::Date | ValueType::DateTime | ValueType::DateAndOrTime => {
            let date = DateAndOrTime::parse(text, Version::V4_0).ok()?;
            date.to_text(Version::V4_0).ok()
        }
        _ => None,
    }
}

/// As [`upward`], of a draft that is only compared: nothing is noted of it, and no parameter taken.
pub(super) fn without_a_note(draft: &mut Draft<'_>, version: Version) {
    match parsed(draft, version) {
        None => set_text(draft),
        Some(date) => set_date(draft, without_year(draft, date).unwrap_or(date)),
    }
}

fn set_text(draft: &mut Draft<'_>) {
    if let Some(raw) = draft.raw()
        && !raw.is_empty()
    {
        let text = crate::syntax::escape::unescape(raw, Version::V3_0).into_owned();
        draft.set(PropertyValue::Text(text));
        draft.value_type = Some(ValueType::Text);
    }
}

fn set_date(draft: &mut Draft<'_>, date: DateAndOrTime) {
    if let Ok(text) = date.to_text(Version::V4_0) {
        draft.set(PropertyValue::Raw(text));
        draft.value_type = Some(ValueType::DateAndOrTime);
    }
}

/// The date without the year that Apple's parameter says is none.
fn without_year(draft: &Draft<'_>, date: DateAndOrTime) -> Option<DateAndOrTime> {
    let omitted = draft.parameter(OMITTED_YEAR)?.values.first()?;
    let (year, month, day) = date.date()?.complete()?;
    if omitted.trim().parse() != Ok(year) {
        return None;
    }
    let date_of_year = PartialDate::month_day(month, day).ok()?;
    match date.time() {
        None => Some(date_of_year.into()),
        Some(time) => DateTime::new(date_of_year, time).ok().map(Into::into),
    }
}

/// What a date of 4.0 is in 3.0.
pub(super) enum In3_0 {
    /// The same, in the form of 3.0.
    Same(String, ValueType),
    /// With parts of the time that nobody wrote.
    Filled(String),
    /// A day of every year, with the year of Apple's.
    WithoutYear(String),
    /// 3.0 has no form for it.
    Nothing,
}

pub(super) fn in_3_0(draft: &Draft<'_>) -> In3_0 {
    let is_gregorian = draft.parameter("CALSCALE").is_none_or(|scale| {
        scale
            .values
            .iter()
            .all(|value| value.eq_ignore_ascii_case("gregorian"))
    });
    let Some(date) = parsed(draft, Version::V4_0).filter(|_| is_gregorian) else {
        return In3_0::Nothing;
    };
    let value_type = date.value_type(Version::V3_0);
    let no_year = |date: PartialDate| {
        let (None, Some(month), Some(day)) = (date.year(), date.month(), date.day()) else {
            return None;
        };
        PartialDate::new(NO_YEAR, month, day)
            .ok()?
            .to_text(Version::V3_0)
            .ok()
    };
    let is_whole = date.date().is_some_and(|date| date.complete().is_some());
    match date {
        DateAndOrTime::Date(date) if is_whole => match date.to_text(Version::V3_0) {
            Ok(text) => In3_0::Same(text, value_type),
            Err(_) => In3_0::Nothing,
        },
        DateAndOrTime::Date(date) => no_year(date).map_or(In3_0::Nothing, In3_0::WithoutYear),
        DateAndOrTime::DateTime(both) if is_whole => match both.to_text(Version::V3_0) {
            Ok(text) => In3_0::Same(text, value_type),
            Err(_) => filled(both).map_or(In3_0::Nothing, In3_0::Filled),
        },
        _ => In3_0::Nothing,
    }
}

/// A date and a time whose minutes and seconds are zero where they are not given.
fn filled(both: DateTime) -> Option<String> {
    let hour = both.time().hour()?;
    let (minute, second) = (both.time().minute(), both.time().second());
    let mut time = PartialTime::new(hour, minute.unwrap_or(0), second.unwrap_or(0)).ok()?;
    if let Some(zone) = both.time().zone() {
        time = time.in_zone(zone).ok()?;
    }
    DateTime::new(both.date(), time)
        .ok()?
        .to_text(Version::V3_0)
        .ok()
}

/// BDAY for 3.0.
pub(super) fn birthday_downward(run: &mut Run<'_>, draft: &mut Draft<'_>) {
    match in_3_0(draft) {
        In3_0::Same(text, value_type) => {
            draft.set(PropertyValue::Raw(text));
            draft.value_type = Some(value_type);
            draft.take("CALSCALE");
        }
        In3_0::Filled(text) => {
            draft.set(PropertyValue::Raw(text));
            draft.value_type = Some(ValueType::DateTime);
            let reason = why(
                "RFC 2426, 3.1.5",
                "3.0 has no time without minutes and seconds",
            );
            run.note(Derived, draft, reason);
        }
        In3_0::WithoutYear(text) if run.options.vendor_forms => {
            with_year_of_apple(draft, text);
            let message = format!(
                "3.0 has no date without a year; written with the year {NO_YEAR} and {OMITTED_YEAR}"
            );
            run.note(Approximated, draft, why("RFC 2426, 3.1.5", message));
        }
        In3_0::WithoutYear(_) | In3_0::Nothing if draft.is_empty() => {}
        In3_0::WithoutYear(_) | In3_0::Nothing => {
            draft.rename(format!("X-{}", draft.name.to_ascii_uppercase()));
            // A text that looks like a date would come back as one.
            if draft.value_type.take() == Some(ValueType::Text) {
                draft.give_one("VALUE", "text");
            }
            let reason = why("RFC 2426, 3.1.5", "3.0 has whole dates only");
            run.note(Moved, draft, reason);
        }
    }
}

pub(super) fn with_year_of_apple(draft: &mut Draft<'_>, text: String) {
    draft.set(PropertyValue::Raw(text));
    draft.value_type = None;
    draft.take("CALSCALE");
    draft.give_one(OMITTED_YEAR, format!("{NO_YEAR}"));
}

/// REV and CREATED for 4.0.
pub(super) fn timestamp_upward(run: &mut Run<'_>, draft: &mut Draft<'_>) {
    let Some(raw) = draft.raw() else {
        return;
    };
    let Ok(timestamp) = Timestamp::parse(raw, run.from) else {
        return;
    };
    note_fraction(run, draft);
    let is_date = !raw.contains(['T', 't']);
    let Ok(text) = timestamp.to_text(Version::V4_0) else {
        return;
    };
    draft.value_type = None;
    if is_date {
        draft.set(PropertyValue::Raw(format!("{text}Z")));
        let reason = why(
            "RFC 6350, 6.7.4",
            "4.0 demands a time; it is midnight of UTC",
        );
        run.note(Derived, draft, reason);
    } else {
        draft.set(PropertyValue::Raw(text));
    }
}

/// REV for 3.0; dates of 2.1 for 3.0.
pub(super) fn as_3_0(draft: &mut Draft<'_>, version: Version) {
    let Some(raw) = draft.raw() else {
        return;
    };
    let date = DateAndOrTime::parse(raw, version).ok();
    let Some(date) = date.filter(|_| draft.value_type != Some(ValueType::Text)) else {
        return;
    };
    if let Ok(text) = date.to_text(Version::V3_0) {
        draft.set(PropertyValue::Raw(text));
        draft.value_type = Some(date.value_type(Version::V3_0));
    }
}
