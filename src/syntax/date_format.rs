//! The basic format of dates and times, `19850412T102200+0500`, and the extended one,
//! `1985-04-12T10:22:00+05:00`: letter by letter, so that nothing is added and nothing is lost.
//!
//! vCard 4.0 has the basic format but for `1985-04` (RFC 6350, 4.3), jCard the extended one
//! (RFC 7095, 3.5.3 to 3.5.7, 3.5.11). What is of neither format stays as it is.

use alloc::borrow::Cow;
use alloc::string::String;

/// Whether all of `bytes` are as `form` has them, in which `9` stands for a digit.
fn is(bytes: &[u8], form: &[u8]) -> bool {
    bytes.len() == form.len()
        && bytes.iter().zip(form).all(|(byte, form)| match form {
            b'9' => byte.is_ascii_digit(),
            form => byte == form,
        })
}

/// A text in three: the date, the time with the T before it, and the zone or offset.
fn parts(text: &str, is_time: bool) -> (&str, &str, &str) {
    let time_at = match is_time {
        true => 0,
        false => text.find(['T', 't']).unwrap_or(text.len()),
    };
    let (date, rest) = text.split_at_checked(time_at).unwrap_or((text, ""));
    // A truncated time begins with hyphens, which are not those of a zone.
    let start = rest
        .find(|letter: char| !matches!(letter, 'T' | 't' | '-'))
        .unwrap_or(rest.len());
    let zone = rest
        .get(start..)
        .and_then(|rest| rest.find(['+', '-', 'Z', 'z']));
    let (time, zone) = rest
        .split_at_checked(zone.map_or(rest.len(), |at| start + at))
        .unwrap_or((rest, ""));
    match is_zone(zone.as_bytes()) {
        true => (date, time, zone),
        false => (date, rest, ""),
    }
}

/// Whether a text is a zone or an offset, or nothing.
pub(crate) fn is_zone(zone: &[u8]) -> bool {
    match zone {
        [] | [b'Z' | b'z'] => true,
        [b'+' | b'-', digits @ ..] => {
            is(digits, b"99") || is(digits, b"9999") || is(digits, b"99:99")
        }
        _ => false,
    }
}

#[cfg(any(feature = "jcard", feature = "jscontact", test))]
/// Appends `text` with `separator` at places counted from its beginning.
fn separated(text: &str, separator: char, at: &[usize], out: &mut String) {
    for (place, letter) in text.char_indices() {
        if at.contains(&place) {
            out.push(separator);
        }
        out.push(letter);
    }
}

#[cfg(any(feature = "jcard", feature = "jscontact", test))]
fn extend_date(date: &str, out: &mut String) {
    match date.as_bytes() {
        bytes if is(bytes, b"99999999") => separated(date, '-', &[4, 6], out),
        bytes if is(bytes, b"--9999") => separated(date, '-', &[4], out),
        _ => out.push_str(date),
    }
}

#[cfg(any(feature = "jcard", feature = "jscontact", test))]
fn extend_time(time: &str, out: &mut String) {
    let bare = time.trim_start_matches(['T', 't']);
    let skipped = time.len() - bare.len();
    out.push_str(time.get(..skipped).unwrap_or_default());
    match bare.as_bytes() {
        bytes if is(bytes, b"999999") => separated(bare, ':', &[2, 4], out),
        bytes if is(bytes, b"9999") => separated(bare, ':', &[2], out),
        bytes if is(bytes, b"-9999") => separated(bare, ':', &[3], out),
        _ => out.push_str(bare),
    }
}

#[cfg(any(feature = "jcard", feature = "jscontact", test))]
fn extend_zone(zone: &str, out: &mut String) {
    match zone.as_bytes() {
        [b'+' | b'-', digits @ ..] if is(digits, b"9999") => separated(zone, ':', &[3], out),
        _ => out.push_str(zone),
    }
}

fn without(text: &str, separator: char, out: &mut String) {
    out.extend(text.chars().filter(|letter| *letter != separator));
}

fn shorten_date(date: &str, out: &mut String) {
    match date.as_bytes() {
        bytes if is(bytes, b"9999-99-99") => without(date, '-', out),
        bytes if is(bytes, b"--99-99") => {
            out.push_str("--");
            without(date, '-', out);
        }
        _ => out.push_str(date),
    }
}

fn shorten_time(time: &str, out: &mut String) {
    let bare = time.trim_start_matches(['T', 't']).as_bytes();
    match is(bare, b"99:99:99") || is(bare, b"99:99") || is(bare, b"-99:99") {
        true => without(time, ':', out),
        false => out.push_str(time),
    }
}

fn shorten_zone(zone: &str, out: &mut String) {
    match zone.as_bytes() {
        [b'+' | b'-', digits @ ..] if is(digits, b"99:99") => without(zone, ':', out),
        _ => out.push_str(zone),
    }
}

/// Which part of a date and time a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// A date, and a time after a T.
    DateAndTime,
    /// A time, without the T.
    Time,
    /// An offset from UTC.
    Offset,
}

/// A date, time or offset in the extended format.
#[cfg(any(feature = "jcard", feature = "jscontact", test))]
pub(crate) fn extended(text: &str, part: Part) -> Cow<'_, str> {
    let mut out = String::with_capacity(text.len() + 8);
    if part == Part::Offset {
        extend_zone(text, &mut out);
    } else {
        let (date, time, zone) = parts(text, part == Part::Time);
        extend_date(date, &mut out);
        extend_time(time, &mut out);
        extend_zone(zone, &mut out);
    }
    changed(text, out)
}

/// A date, time or offset in the basic format.
pub(crate) fn basic(text: &str, part: Part) -> Cow<'_, str> {
    if !text.contains(['-', ':']) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    if part == Part::Offset {
        shorten_zone(text, &mut out);
    } else {
        let (date, time, zone) = parts(text, part == Part::Time);
        shorten_date(date, &mut out);
        shorten_time(time, &mut out);
        shorten_zone(zone, &mut out);
    }
    changed(text, out)
}

fn changed(text: &str, out: String) -> Cow<'_, str> {
    match out == text {
        true => Cow::Borrowed(text),
        false => Cow::Owned(out),
    }
}

#[cfg(test)]
mod tests {
    use super::{Part, basic, extended};

    /// Basic, extended. RFC 7095, 3.5.3 to 3.5.6 and 3.5.11.
    const PAIRS: &[(Part, &str, &str)] = &[
        (Part::DateAndTime, "19850412", "1985-04-12"),
        (Part::DateAndTime, "1985-04", "1985-04"),
        (Part::DateAndTime, "1985", "1985"),
        (Part::DateAndTime, "--0412", "--04-12"),
        (Part::DateAndTime, "--04", "--04"),
        (Part::DateAndTime, "---12", "---12"),
        (Part::DateAndTime, "T102200", "T10:22:00"),
        (Part::DateAndTime, "T1022", "T10:22"),
        (Part::DateAndTime, "T10", "T10"),
        (Part::DateAndTime, "T-2200", "T-22:00"),
        (Part::DateAndTime, "T--00", "T--00"),
        (Part::DateAndTime, "T102200Z", "T10:22:00Z"),
        (
            Part::DateAndTime,
            "19850412T232050-0500",
            "1985-04-12T23:20:50-05:00",
        ),
        (Part::DateAndTime, "19850412T23-05", "1985-04-12T23-05"),
        (Part::DateAndTime, "--0412T2320", "--04-12T23:20"),
        (Part::DateAndTime, "---12T23", "---12T23"),
        (Part::Time, "232050", "23:20:50"),
        (Part::Time, "2320", "23:20"),
        (Part::Time, "23+0400", "23+04:00"),
        (Part::Time, "-2050", "-20:50"),
        (Part::Time, "-20", "-20"),
        (Part::Time, "--50", "--50"),
        (Part::Time, "232050Z", "23:20:50Z"),
        (Part::Offset, "-0500", "-05:00"),
        (Part::Offset, "+05", "+05"),
        (Part::Offset, "Z", "Z"),
    ];

    #[test]
    fn ok_both_ways() {
        for (part, short, long) in PAIRS {
            assert_eq!(extended(short, *part), *long);
            assert_eq!(basic(long, *part), *short);
            assert_eq!(extended(long, *part), *long);
            assert_eq!(basic(short, *part), *short);
        }
    }

    #[test]
    fn ok_what_is_of_neither_format_stays() {
        for text in [
            "",
            "circa 1800",
            "1985/04/12",
            "2020-4-1",
            "19é50412",
            "-",
            "T",
            "12:34:56:78",
        ] {
            for part in [Part::DateAndTime, Part::Time, Part::Offset] {
                assert_eq!(extended(text, part), text);
                assert_eq!(basic(text, part), text);
            }
        }
    }
}
