//! The traits of the standard library that every value type has: one list for each of them.
//!
//! `Display` is what a person reads, `FromStr` what [`FromText`] makes of a text.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::cmp::Ordering;
use core::fmt;
use core::str::FromStr;

use super::{
    Address, Binary, CalScale, ClientPidMap, DataUri, DateAndOrTime, DateOrText, DateTime,
    FromText, Gender, Geo, GeoOrUri, Key, Kind, LanguageTag, Level, List, Media, MediaType, Name,
    Organization, PartialDate, PartialTime, Pid, Pref, Sex, SortAs, Telephone, Text, TextList,
    TimeZone, Timestamp, Types, Uri, UriOrText, UtcOffset, Value, ValueError, Zone,
};
use crate::version::Version;

macro_rules! from_str {
    ($($type:ty)+) => {$(
        /// As [`FromText`].
        impl FromStr for $type {
            type Err = ValueError;

            fn from_str(text: &str) -> Result<Self, ValueError> {
                Self::from_text(Cow::Owned(text.into()))
            }
        }
    )+};
}

from_str! {
    Address<'_> Binary<'_> ClientPidMap<'_> DataUri<'_> DateAndOrTime DateOrText<'_> DateTime
    Gender<'_> Geo<'_> GeoOrUri<'_> Key<'_> Kind<'_> LanguageTag<'_> Media<'_> Name<'_>
    Organization<'_> PartialDate PartialTime Telephone<'_> Text<'_> TextList<'_> TimeZone<'_>
    Timestamp Uri<'_> UriOrText<'_> UtcOffset
}

impl<T: for<'a> FromText<'a>> FromStr for List<T> {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        List::from_text(Cow::Borrowed(text))
    }
}

macro_rules! parsed {
    ($($type:ty)+) => {$(
        /// As its `parse`.
        impl FromStr for $type {
            type Err = ValueError;

            fn from_str(text: &str) -> Result<Self, ValueError> {
                Self::parse(text)
            }
        }
    )+};
}

parsed! { Pref Pid Level }

/// As [`MediaType::parse`].
impl FromStr for MediaType<'_> {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        Self::parse(String::from(text))
    }
}

/// As [`CalScale::parse`].
impl FromStr for CalScale<'_> {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        Self::parse(String::from(text))
    }
}

/// What is between commas.
impl FromStr for Types<'_> {
    type Err = core::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(Types::new([String::from(text)]))
    }
}

/// What is between commas.
impl FromStr for SortAs<'_> {
    type Err = core::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(SortAs::new([String::from(text)], usize::MAX))
    }
}

/// `UTC` or an offset.
impl FromStr for Zone {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        match text {
            "Z" | "z" | "UTC" => Ok(Zone::Utc),
            offset => offset.parse().map(Zone::Offset),
        }
    }
}

/// Its letter or its word, in any letter case.
impl FromStr for Sex {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        let is = |sex: &Sex| {
            sex.as_str().eq_ignore_ascii_case(text) || sex.word().eq_ignore_ascii_case(text)
        };
        Sex::ALL.into_iter().find(is).ok_or_else(|| {
            let reason = super::Reason::Expected("M, F, O, N or U");
            ValueError::new(0..text.len(), reason)
        })
    }
}

macro_rules! text_like {
    ($($type:ident)+) => {$(
        impl AsRef<str> for $type<'_> {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl PartialEq<str> for $type<'_> {
            fn eq(&self, text: &str) -> bool {
                self.as_str() == text
            }
        }

        impl PartialEq<&str> for $type<'_> {
            fn eq(&self, text: &&str) -> bool {
                self.as_str() == *text
            }
        }

        impl PartialEq<$type<'_>> for str {
            fn eq(&self, value: &$type<'_>) -> bool {
                value.as_str() == self
            }
        }

        impl PartialEq<$type<'_>> for &str {
            fn eq(&self, value: &$type<'_>) -> bool {
                value.as_str() == *self
            }
        }
    )+};
}

text_like! { Text Uri UriOrText LanguageTag Kind MediaType CalScale }

macro_rules! ordered {
    ($($type:ident)+) => {$(
        impl PartialOrd for $type<'_> {
            fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
                Some(self.cmp(other))
            }
        }

        /// By their text.
        impl Ord for $type<'_> {
            fn cmp(&self, other: &Self) -> Ordering {
                self.as_str().cmp(other.as_str())
            }
        }

        impl From<$type<'_>> for String {
            fn from(value: $type<'_>) -> String {
                value.as_str().into()
            }
        }
    )+};
}

ordered! { Text Uri }

impl AsRef<str> for Level {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

macro_rules! displayed_as_str {
    ($($type:ty)+) => {$(
        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.as_str())
            }
        }
    )+};
}

displayed_as_str! { UriOrText<'_> Kind<'_> CalScale<'_> Level }

/// Puts a separator between what is shown.
fn join<T: fmt::Display>(
    f: &mut fmt::Formatter<'_>,
    separator: &str,
    items: impl IntoIterator<Item = T>,
) -> fmt::Result {
    for (at, item) in items.into_iter().enumerate() {
        if at > 0 {
            f.write_str(separator)?;
        }
        item.fmt(f)?;
    }
    Ok(())
}

/// `a, b`
impl fmt::Display for TextList<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        join(f, ", ", self.as_slice())
    }
}

/// `a, b`
impl fmt::Display for SortAs<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        join(f, ", ", self.as_slice())
    }
}

/// `1, 2`
impl<T: fmt::Display> fmt::Display for List<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        join(f, ", ", &self.0)
    }
}

/// The name, and its units after commas.
impl fmt::Display for Organization<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = Some(self.name()).filter(|name| !name.is_empty());
        let units = self.units().iter().map(|unit| &**unit);
        join(f, ", ", name.into_iter().chain(units))
    }
}

/// The identity, or else the word for the sex.
impl fmt::Display for Gender<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.identity(), self.sex()) {
            ("", Some(sex)) => sex.fmt(f),
            (identity, _) => f.pad(identity),
        }
    }
}

/// `male`, `female`, `other`, `none`, `unknown`
impl fmt::Display for Sex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

/// `1;urn:uuid:..`
impl fmt::Display for ClientPidMap<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{};{}", self.source, self.uri)
    }
}

/// The geo: URI, without the backslashes of a card.
impl fmt::Display for Geo<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.to_text(Version::V4_0).map_err(|_| fmt::Error)?;
        f.write_str(&text.replace("\\,", ","))
    }
}

/// The data: URI.
impl fmt::Display for DataUri<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.to_text(Version::V4_0).map_err(|_| fmt::Error)?;
        f.write_str(&text.replace("\\,", ","))
    }
}

/// The base64.
impl fmt::Display for Binary<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_base64())
    }
}

macro_rules! displayed_as_one_of {
    ($($type:ident { $($variant:ident)+ })+) => {$(
        impl fmt::Display for $type<'_> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self {
                    $($type::$variant(value) => value.fmt(f),)+
                }
            }
        }
    )+};
}

displayed_as_one_of! {
    Media { Data Inline Uri Text }
    Key { Data Inline Uri Text }
    TimeZone { Name Offset Uri }
    GeoOrUri { Geo Uri }
    DateOrText { Date Text }
}

/// The number, and its extension: `+1-415-555-0123 ext. 5`; a URI that is not a tel: URI as it is.
impl fmt::Display for Telephone<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Telephone::Text(text) => text.fmt(f),
            Telephone::Uri(uri) => uri.fmt(f),
            Telephone::Tel(tel) => match tel.extension() {
                Some(extension) => write!(f, "{} ext. {extension}", tel.number()),
                None => f.pad(tel.number()),
            },
        }
    }
}

/// In hyphens: `1985-04-12`, `1985-04`, `--04-12`. ISO 8601.
impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.year(), self.month(), self.day()) {
            (Some(year), Some(month), Some(day)) => write!(f, "{year:04}-{month:02}-{day:02}"),
            (Some(year), Some(month), None) => write!(f, "{year:04}-{month:02}"),
            (Some(year), None, _) => write!(f, "{year:04}"),
            (None, Some(month), Some(day)) => write!(f, "--{month:02}-{day:02}"),
            (None, Some(month), None) => write!(f, "--{month:02}"),
            (None, None, day) => write!(f, "---{:02}", day.unwrap_or(0)),
        }
    }
}

/// With colons: `10:22:00`, `10:22`, `-22:00`, and the zone. ISO 8601.
impl fmt::Display for PartialTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.hour(), self.minute(), self.second()) {
            (Some(hour), Some(minute), Some(second)) => {
                write!(f, "{hour:02}:{minute:02}:{second:02}")?;
            }
            (Some(hour), Some(minute), None) => write!(f, "{hour:02}:{minute:02}")?,
            (Some(hour), None, _) => write!(f, "{hour:02}")?,
            (None, Some(minute), Some(second)) => write!(f, "-{minute:02}:{second:02}")?,
            (None, Some(minute), None) => write!(f, "-{minute:02}")?,
            (None, None, second) => write!(f, "--{:02}", second.unwrap_or(0))?,
        }
        match self.zone() {
            Some(zone) => zone.fmt(f),
            None => Ok(()),
        }
    }
}

/// `Z`, or `-05:00`.
impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Zone::Utc => f.write_str("Z"),
            Zone::Offset(offset) => offset.fmt(f),
        }
    }
}

/// `1985-04-12T10:22:00`
impl fmt::Display for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}T{}", self.date(), self.time())
    }
}

/// `1985-04-12`, `1985-04-12T10:22:00`, `T10:22:00`
impl fmt::Display for DateAndOrTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DateAndOrTime::Date(date) => date.fmt(f),
            DateAndOrTime::DateTime(both) => both.fmt(f),
            DateAndOrTime::Time(time) => write!(f, "T{time}"),
        }
    }
}

/// `1995-10-31T22:27:10Z`
impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}T{}", self.date(), self.time())
    }
}

impl<'a, T: Into<Cow<'a, str>>> FromIterator<T> for TextList<'a> {
    fn from_iter<I: IntoIterator<Item = T>>(texts: I) -> Self {
        TextList::new(texts)
    }
}

impl<'a, T: Into<Cow<'a, str>>> Extend<T> for TextList<'a> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, texts: I) {
        let mut all = core::mem::take(self).into_vec();
        all.extend(TextList::new(texts).into_vec());
        *self = TextList::new(all);
    }
}

impl<'a, T: Into<Cow<'a, str>>> FromIterator<T> for Types<'a> {
    fn from_iter<I: IntoIterator<Item = T>>(types: I) -> Self {
        Types::new(types)
    }
}

impl<T> FromIterator<T> for List<T> {
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Self {
        List(values.into_iter().collect())
    }
}

impl<T> Extend<T> for List<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, values: I) {
        self.0.extend(values);
    }
}

macro_rules! iterated {
    ([$($generics:tt)*] $type:ty, $item:ty, $this:ident => $slice:expr, $vec:expr) => {
        impl<'s, $($generics)*> IntoIterator for &'s $type {
            type Item = &'s $item;
            type IntoIter = core::slice::Iter<'s, $item>;

            fn into_iter(self) -> Self::IntoIter {
                let $this = self;
                $slice.iter()
            }
        }

        impl<$($generics)*> IntoIterator for $type {
            type Item = $item;
            type IntoIter = alloc::vec::IntoIter<$item>;

            fn into_iter(self) -> Self::IntoIter {
                let $this = self;
                Vec::into_iter($vec)
            }
        }
    };
}

iterated! { ['a] TextList<'a>, Cow<'a, str>, this => this.as_slice(), this.into_vec() }
iterated! { ['a] Types<'a>, Cow<'a, str>, this => this.as_slice(), this.into_vec() }
iterated! { ['a] SortAs<'a>, Cow<'a, str>, this => this.as_slice(), this.into_vec() }
iterated! { [T] List<T>, T, this => this.0, this.0 }

impl<'a> From<Vec<Cow<'a, str>>> for TextList<'a> {
    fn from(texts: Vec<Cow<'a, str>>) -> Self {
        TextList::new(texts)
    }
}

impl<'a> From<Cow<'a, str>> for Text<'a> {
    fn from(text: Cow<'a, str>) -> Self {
        Text::new(text)
    }
}

impl<'a> From<&'a String> for Text<'a> {
    fn from(text: &'a String) -> Self {
        Text::new(text.as_str())
    }
}
