//! What to call a card on a screen.

use alloc::borrow::Cow;
use alloc::string::String;

use super::Card;

/// See [`Card::display_name`].
pub(super) fn of(card: &Card) -> Cow<'_, str> {
    let filled = |text: &Cow<'_, str>| !text.trim().is_empty();
    let text = |name: &str| {
        card.properties()
            .filter(|property| property.is(name))
            .filter_map(|property| property.text().ok())
            .find(filled)
    };
    if let Some(name) = text("FN") {
        return name;
    }
    if let Some(components) = card.property("N").and_then(|name| name.components().ok()) {
        let part = |index: usize| {
            components
                .get(index)
                .map(|part| part.join(" "))
                .unwrap_or_default()
        };
        // Prefixes, given, additional, family, suffixes.
        let parts = [part(3), part(1), part(2), part(0), part(4)];
        let mut name = String::new();
        for part in parts
            .iter()
            .map(|part| part.trim())
            .filter(|part| !part.is_empty())
        {
            if !name.is_empty() {
                name.push(' ');
            }
            name.push_str(part);
        }
        if !name.is_empty() {
            return Cow::Owned(name);
        }
    }
    if let Some(organization) = card.property("ORG").and_then(|org| org.components().ok()) {
        let name = organization.concat().join(", ");
        let name = name.trim_matches([',', ' ']);
        if !name.is_empty() {
            return Cow::Owned(String::from(name));
        }
    }
    text("EMAIL").unwrap_or_default()
}
