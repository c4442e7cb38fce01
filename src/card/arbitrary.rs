//! Properties for fuzz targets: any text in any place, names that are names.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use arbitrary::{Arbitrary, Result, Unstructured};

use super::new_property::{Parameter, Property, PropertyValue, Token};
use crate::version::Version;

impl<'a> Arbitrary<'a> for Version {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        u.choose(&Version::ALL).copied()
    }
}

/// One to twelve letters, digits and hyphens.
impl<'a> Arbitrary<'a> for Token {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-";
        let mut name = String::new();
        for _ in 0..u.int_in_range(1..=12)? {
            name.push(char::from(*u.choose(LETTERS)?));
        }
        Token::new(name).map_err(|_| arbitrary::Error::IncorrectFormat)
    }
}

impl<'a> Arbitrary<'a> for Parameter {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let name = Token::arbitrary(u)?;
        let mut values = Vec::<String>::arbitrary(u)?;
        // A parameter has at least one value, if an empty one.
        if values.is_empty() {
            values.push(String::new());
        }
        Parameter::new(String::from(name.as_str()), values)
            .map_err(|_| arbitrary::Error::IncorrectFormat)
    }
}

impl<'a> Arbitrary<'a> for PropertyValue {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        Ok(match u.int_in_range(0..=4)? {
            0 => PropertyValue::Text(u.arbitrary()?),
            1 => PropertyValue::List(u.arbitrary()?),
            2 => PropertyValue::Components(u.arbitrary()?),
            3 => PropertyValue::Uri(u.arbitrary()?),
            _ => PropertyValue::Raw(u.arbitrary()?),
        })
    }
}

impl<'a> Arbitrary<'a> for Property {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let name = Token::arbitrary(u)?;
        let value = PropertyValue::arbitrary(u)?;
        let mut property = Property::new(Cow::Owned(String::from(name.as_str())), value)
            .map_err(|_| arbitrary::Error::IncorrectFormat)?;
        property.group = Option::<Token>::arbitrary(u)?;
        property.parameters = Vec::<Parameter>::arbitrary(u)?;
        Ok(property)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::card::Card;

    #[test]
    fn ok_arbitrary_properties_are_written_or_refused() {
        let bytes: Vec<u8> = (0..4000u32).map(|n| (n * n / 7) as u8).collect();
        let mut u = Unstructured::new(&bytes);
        let (mut written, mut refused) = (0, 0);
        while let Ok(property) = Property::arbitrary(&mut u) {
            if u.is_empty() {
                break;
            }
            match Card::builder(Version::V4_0)
                .property(property)
                .build_unchecked()
            {
                Ok(card) => {
                    assert_eq!(card.properties().count(), 2);
                    written += 1;
                }
                Err(_) => refused += 1,
            }
        }
        assert!(
            written > 5 && refused > 0,
            "{written} written, {refused} refused"
        );
    }
}
