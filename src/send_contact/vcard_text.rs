//! Bytes -> a card as the service takes it in `vcard_text`, untouched.

use crate::card::Card;
use crate::error::ErrorKind;

/// Why a text cannot be sent as a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum VcardTextError {
    /// `BEGIN:VCARD` is not the very first thing.
    #[error("expected BEGIN:VCARD first")]
    Begin,
    /// Bytes that are not UTF-8, which JSON cannot carry.
    #[error("byte {0}: not UTF-8")]
    NotUtf8(usize),
    /// A control character other than line breaks and tabs.
    #[error("{0:?} is a control character")]
    Control(char),
    /// A second card, or something else after the first.
    #[error("expected nothing after the card")]
    NotOneCard,
    /// A card that is larger than a card can be.
    #[error("the card is too large")]
    TooLarge,
    /// No `END:VCARD`.
    #[error("expected END:VCARD last")]
    NotClosed,
    /// No VERSION, or one that is not known.
    #[error("expected VERSION 2.1, 3.0 or 4.0")]
    Version,
    /// Nothing that tells whose card it is.
    #[error("expected a name, an organization, a phone or an email")]
    NoIdentifyingField,
}

/// The text of exactly one card, closed, of a known version, that tells whose it is.
pub(super) fn check(bytes: &[u8]) -> Result<&str, VcardTextError> {
    let text =
        std::str::from_utf8(bytes).map_err(|error| VcardTextError::NotUtf8(error.valid_up_to()))?;
    if !text.starts_with("BEGIN:VCARD") {
        return Err(VcardTextError::Begin);
    }
    let control = |c: &char| c.is_control() && !matches!(c, '\r' | '\n' | '\t');
    if let Some(c) = text.chars().find(control) {
        return Err(VcardTextError::Control(c));
    }
    let card = Card::parse(bytes).map_err(|error| match error.kind() {
        ErrorKind::NotOneCard => VcardTextError::NotOneCard,
        ErrorKind::Limit { .. } => VcardTextError::TooLarge,
        _ => VcardTextError::Begin,
    })?;
    if card.position().byte != 0 {
        return Err(VcardTextError::Begin);
    }
    if !card.is_closed() {
        return Err(VcardTextError::NotClosed);
    }
    let after = bytes.get(card.to_bytes().len()..).unwrap_or_default();
    if !after.iter().all(|byte| matches!(byte, b'\r' | b'\n')) {
        return Err(VcardTextError::NotOneCard);
    }
    if card.version().is_none() {
        return Err(VcardTextError::Version);
    }
    let identifying = ["FN", "N", "ORG", "TEL", "EMAIL"];
    let says_something = card.properties().any(|property| {
        let value = property.text_lossy();
        identifying.iter().any(|name| property.is(name))
            && value.contains(|c: char| c != ';' && !c.is_whitespace())
    });
    match says_something {
        true => Ok(text),
        false => Err(VcardTextError::NoIdentifyingField),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn taken_and_refused() {
        let of = |lines: &str| format!("BEGIN:VCARD\r\nVERSION:3.0\r\n{lines}END:VCARD\r\n");
        for text in [
            of("FN:Zoe\r\n"),
            of("N:Quist;Zoe;;;\r\n"),
            of("TEL:1\r\n") + "\r\n\r\n",
            of("EMAIL:a\r\nNOTE:a\tb\r\n"),
            "BEGIN:VCARD\nVERSION:4.0\nFN:Zo\u{eb}\nEND:VCARD".to_owned(),
        ] {
            assert_eq!(check(text.as_bytes()), Ok(text.as_str()));
        }
        use VcardTextError as E;
        let zoe = of("FN:Zoe\r\n");
        for (text, error) in [
            (String::new(), E::Begin),
            ("Zoe".to_owned(), E::Begin),
            (
                "BEGIN:VCARDS\r\nFN:Zoe\r\nEND:VCARD\r\n".to_owned(),
                E::Begin,
            ),
            (format!("\u{FEFF}{zoe}"), E::Begin),
            (format!("\r\n{zoe}"), E::Begin),
            (format!("{zoe}{zoe}"), E::NotOneCard),
            (format!("{zoe}x"), E::NotOneCard),
            (format!("{zoe} "), E::NotOneCard),
            (of("FN:Zoe\r\n").replace("END:VCARD\r\n", ""), E::NotClosed),
            (of("FN:Zoe\r\n").replace("3.0", "5.0"), E::Version),
            (of(""), E::NoIdentifyingField),
            (of("FN: \r\nN:;;;;\r\nNOTE:x\r\n"), E::NoIdentifyingField),
            (of("FN:Zoe\0\r\n"), E::Control('\0')),
            (of("FN:Zoe\u{85}\r\n"), E::Control('\u{85}')),
        ] {
            assert_eq!(check(text.as_bytes()), Err(error), "{text}");
        }
        assert_eq!(check(b"BEGIN:VCARD\xff"), Err(E::NotUtf8(11)));
    }
}
