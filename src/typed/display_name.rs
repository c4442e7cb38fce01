//! What to call a card on a screen.

use alloc::borrow::Cow;
use alloc::string::{String, ToString};

use super::card_value::CardValue;
use super::property::{Email, FullName, N, Nickname, Org, Tel};
use super::typed::TypedProperty;
use super::value_type::version_of;
use crate::card::{Card, PropertyRef};
use crate::syntax::Charset;
use crate::value::{Name, Telephone, Value};

impl Card {
    /// What to call it on a screen: the FN with text in it, in any version; else what N, NICKNAME,
    /// ORG, EMAIL or TEL say; else nothing. Of several of one name the preferred one
    /// (RFC 6350, 5.3).
    ///
    /// A name whose bytes are not UTF-8 and that names no charset is read as the
    /// [fall-back charset](Self::set_fallback_charset), or else as Windows-1252; one that cannot be
    /// read under its charset has U+FFFD in place of what cannot be read.
    ///
    /// ```
    /// use vcardinal::Card;
    ///
    /// let card = Card::parse("BEGIN:VCARD\nVERSION:2.1\nN:Quist;Ada\nEND:VCARD\n")?;
    /// assert_eq!(card.display_name(), "Ada Quist");
    ///
    /// let card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:A\nFN;PREF=1:B\nEND:VCARD\n")?;
    /// assert_eq!(card.display_name(), "B");
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    #[must_use]
    pub fn display_name(&self) -> Cow<'_, str> {
        shown::<FullName>(self, |name| name.text_lossy())
            .or_else(|| shown::<N>(self, name))
            .or_else(|| shown::<Nickname>(self, first_item))
            .or_else(|| shown::<Org>(self, organization))
            .or_else(|| shown::<Email>(self, |email| email.text_lossy()))
            .or_else(|| shown::<Tel>(self, number))
            .unwrap_or_default()
    }
}

/// What the preferred property that says something is shown as.
fn shown<'a, P: TypedProperty>(
    card: &'a Card,
    show: impl Fn(PropertyRef<'a>) -> Cow<'a, str>,
) -> Option<Cow<'a, str>> {
    let fallback = card.fallback_charset().unwrap_or(Charset::WINDOWS_1252);
    let show = |property: PropertyRef<'a>| {
        // A name that is damaged says more than the address that comes after it.
        show(property.with_fallback_charset(Some(fallback)))
    };
    let preferred = card.preferred_where::<P>(|form| !show(form.property()).trim().is_empty())?;
    Some(show(preferred.property()))
}

fn name(property: PropertyRef<'_>) -> Cow<'_, str> {
    let read = Name::from_property(&property).map(|name| name.to_string());
    let display = read.or_else(|_| {
        let bytes = property.value_bytes();
        let raw = String::from_utf8_lossy(&bytes);
        Name::parse(&raw, version_of(&property)).map(|name| name.to_string())
    });
    Cow::Owned(display.unwrap_or_default())
}

/// A number without `tel:` before it and parameters after it.
fn number(property: PropertyRef<'_>) -> Cow<'_, str> {
    match Telephone::from_property(&property) {
        Ok(Telephone::Tel(tel)) => Cow::Owned(tel.number().into()),
        _ => property.text_lossy(),
    }
}

fn first_item(property: PropertyRef<'_>) -> Cow<'_, str> {
    let items = property.list().ok();
    let item = items.and_then(|items| items.into_iter().find(|item| !item.trim().is_empty()));
    item.map_or_else(|| property.text_lossy(), Cow::Owned)
}

fn organization(property: PropertyRef<'_>) -> Cow<'_, str> {
    let Ok(parts) = property.components() else {
        return property.text_lossy();
    };
    let name = parts.concat().join(", ");
    Cow::Owned(String::from(name.trim_matches([',', ' '])))
}
