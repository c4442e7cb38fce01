//! The text that a person has for a value -> the value; one text or several.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use super::uri::first_fault;
use super::{
    Address, Binary, ClientPidMap, DataUri, DateAndOrTime, DateOrText, DateTime, E164, Gender, Geo,
    GeoOrUri, Key, Kind, LanguageTag, List, Media, Name, Organization, PartialDate, PartialTime,
    Reason, TelUri, Telephone, Text, TextList, TimeZone, Timestamp, Uri, UriOrText, UtcOffset,
    Value, ValueError,
};
use crate::version::Version;

/// A value that can be made of text: what builders and setters do with a `&str` and a `String`.
///
/// Text, names of organizations, and what may be a text ([`UriOrText`], [`DateOrText`],
/// [`Telephone`]) take the text as it is, without escapes. All others read it as they read the
/// value of a 4.0 property: `Quist;Zoë` is a [`Name`], `a,b` is a [`TextList`] of two. A URI needs
/// its scheme.
///
/// ```
/// use vcardinal::value::{FromText, Name, PartialDate, Uri, UriOrText};
///
/// assert_eq!(PartialDate::from_text("1985-04-12".into())?, PartialDate::new(1985, 4, 12)?);
/// assert_eq!(Name::from_text("Quist;Zoë".into())?, Name::new("Quist", "Zoë"));
/// assert!(matches!(UriOrText::from_text("urn:uuid:1".into())?, UriOrText::Uri(_)));
/// assert!(Uri::from_text("example.com".into()).is_err());
/// # Ok::<(), vcardinal::value::ValueError>(())
/// ```
pub trait FromText<'a>: Sized {
    /// The value that a text is.
    ///
    /// # Errors
    ///
    /// The text is not a value of this type.
    fn from_text(text: Cow<'a, str>) -> Result<Self, ValueError>;
}

macro_rules! plain {
    ($($type:ident)+) => {$(
        impl<'a> FromText<'a> for $type<'a> {
            fn from_text(text: Cow<'a, str>) -> Result<Self, ValueError> {
                Ok(match text {
                    Cow::Borrowed(text) => $type::from(text),
                    Cow::Owned(text) => $type::from(&*text).into_owned(),
                })
            }
        }
    )+};
}

macro_rules! read {
    ($($type:ident $version:ident $uri:expr;)+) => {$(
        impl<'a> FromText<'a> for $type<'a> {
            fn from_text(text: Cow<'a, str>) -> Result<Self, ValueError> {
                let value = match text {
                    Cow::Borrowed(text) => $type::parse(text, Version::$version)?,
                    Cow::Owned(text) => $type::parse(&text, Version::$version)?.into_owned(),
                };
                // What is read from a card may lack its scheme; what is written must not.
                let uri: for<'v> fn(&'v $type<'a>) -> Option<&'v Uri<'a>> = $uri;
                match uri(&value).and_then(|uri| first_fault(uri.as_str())) {
                    Some(fault) => Err(fault),
                    None => Ok(value),
                }
            }
        }
    )+};
}

macro_rules! holding {
    ($($type:ty)+) => {$(
        impl FromText<'_> for $type {
            fn from_text(text: Cow<'_, str>) -> Result<Self, ValueError> {
                <$type as Value<'_>>::parse(&text, Version::V4_0)
            }
        }
    )+};
}

plain! { Text Organization UriOrText DateOrText Telephone }

read! {
    Address V4_0 |_| None;
    Binary V3_0 |_| None;
    ClientPidMap V4_0 |map| Some(&map.uri);
    DataUri V4_0 |_| None;
    Gender V4_0 |_| None;
    Geo V4_0 |_| None;
    GeoOrUri V4_0 |value| value.uri();
    Key V4_0 |key| match key { Key::Uri(uri) => Some(uri), _ => None };
    Kind V4_0 |_| None;
    LanguageTag V4_0 |_| None;
    Media V4_0 |media| match media { Media::Uri(uri) => Some(uri), _ => None };
    Name V4_0 |_| None;
    TextList V4_0 |_| None;
    TimeZone V4_0 |zone| match zone { TimeZone::Uri(uri) => Some(uri), _ => None };
    Uri V4_0 |uri| Some(uri);
}

holding! {
    PartialDate PartialTime DateTime DateAndOrTime Timestamp UtcOffset E164 TelUri bool i64 f64
}

#[cfg(feature = "email")]
holding! { super::Email }

impl<'a, T: FromText<'a>> FromText<'a> for List<T> {
    fn from_text(text: Cow<'a, str>) -> Result<Self, ValueError> {
        let items: Result<Vec<T>, ValueError> = match text {
            Cow::Borrowed(text) => text
                .split(',')
                .map(|item| T::from_text(Cow::Borrowed(item)))
                .collect(),
            Cow::Owned(text) => text
                .split(',')
                .map(|item| T::from_text(Cow::Owned(item.into())))
                .collect(),
        };
        let items = items?;
        match items.is_empty() {
            true => Err(ValueError::new(
                0..0,
                Reason::Empty("values between commas"),
            )),
            false => Ok(List(items)),
        }
    }
}

/// One text, or several: what the components of a name or of an address take.
///
/// ```
/// use vcardinal::value::Address;
///
/// let one = Address::default().with_street("1 Oak St");
/// assert_eq!(one, Address::default().with_street(["1 Oak St"]));
/// assert_eq!(Address::default().with_street(vec!["a", "b"]).street(), ["a", "b"]);
/// assert_eq!(Address::default().with_street(None::<&str>), Address::default());
/// ```
pub trait IntoTexts<'a> {
    /// The texts.
    fn into_texts(self) -> impl Iterator<Item = Cow<'a, str>>;
}

macro_rules! one_text {
    ($($type:ty)+) => {$(
        impl<'a> IntoTexts<'a> for $type {
            fn into_texts(self) -> impl Iterator<Item = Cow<'a, str>> {
                core::iter::once(self.into())
            }
        }
    )+};
}

one_text! { &'a str String &'a String Cow<'a, str> }

macro_rules! several_texts {
    ([$($generics:tt)*] $type:ty) => {
        impl<'a, T: Into<Cow<'a, str>>, $($generics)*> IntoTexts<'a> for $type {
            fn into_texts(self) -> impl Iterator<Item = Cow<'a, str>> {
                self.into_iter().map(Into::into)
            }
        }
    };
}

several_texts! { [const N: usize] [T; N] }
several_texts! { [] Vec<T> }
several_texts! { [] Option<T> }

impl<'a, T: AsRef<str>> IntoTexts<'a> for &'a [T] {
    fn into_texts(self) -> impl Iterator<Item = Cow<'a, str>> {
        self.iter().map(|text| Cow::Borrowed(text.as_ref()))
    }
}

impl<'a, T: AsRef<str>> IntoTexts<'a> for &'a Vec<T> {
    fn into_texts(self) -> impl Iterator<Item = Cow<'a, str>> {
        self.iter().map(|text| Cow::Borrowed(text.as_ref()))
    }
}

impl<'a, T: AsRef<str>, const N: usize> IntoTexts<'a> for &'a [T; N] {
    fn into_texts(self) -> impl Iterator<Item = Cow<'a, str>> {
        self.iter().map(|text| Cow::Borrowed(text.as_ref()))
    }
}
