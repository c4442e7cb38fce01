//! Values of any type.

use vcardinal::PropertyMut;
use vcardinal::typed::{AnyValue, SetError};

/// Sets a property to the value.
pub fn set(property: &mut PropertyMut<'_>, value: &AnyValue<'_>) -> Result<(), SetError> {
    macro_rules! each {
        ($($variant:ident)+) => {
            match value {
                $(AnyValue::$variant(value) => property.set(value),)+
                _ => panic!("a variant that the test does not know"),
            }
        };
    }
    each! {
        Address Binary Boolean ClientPidMap DateOrText DatesAndOrTimes Floats Gender GeoOrUri Integers Key
        Kind LanguageTag Media Name Organization Telephone Text TextList TimeZone Timestamp Timestamps
        Uri UriOrText UtcOffset
    }
}
