//! Boolean, integer and float: `bool`, `i64` and `f64`. RFC 6350, 4.4 to 4.6.

use alloc::string::String;
use core::fmt::Write;

use super::{Notes, Reason, Unwritable, Value, ValueError};
use crate::registry::ValueType;
use crate::version::Version;

/// `TRUE` or `FALSE` in any letter case. RFC 6350, 4.4.
impl<'a> Value<'a> for bool {
    fn read_trimmed(raw: &'a str, _: Version, _: &mut Notes<'_>) -> Result<Self, ValueError> {
        if raw.eq_ignore_ascii_case("TRUE") {
            Ok(true)
        } else if raw.eq_ignore_ascii_case("FALSE") {
            Ok(false)
        } else {
            Err(ValueError::new(
                0..raw.len(),
                Reason::Expected("TRUE or FALSE"),
            ))
        }
    }

    fn write_to(&self, _: Version, out: &mut String) -> Result<(), Unwritable> {
        out.push_str(if *self { "TRUE" } else { "FALSE" });
        Ok(())
    }

    fn value_type(&self, _: Version) -> ValueType {
        ValueType::Boolean
    }
}

/// An optional sign and digits, of 64 bits. RFC 6350, 4.5.
impl<'a> Value<'a> for i64 {
    fn read_trimmed(raw: &'a str, _: Version, _: &mut Notes<'_>) -> Result<Self, ValueError> {
        let digits = raw.strip_prefix(['+', '-']).unwrap_or(raw);
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(ValueError::new(
                0..raw.len(),
                Reason::Expected("an integer, as -42"),
            ));
        }
        let reason =
            Reason::Expected("an integer between -9223372036854775808 and 9223372036854775807");
        raw.parse()
            .map_err(|_| ValueError::new(0..raw.len(), reason))
    }

    fn write_to(&self, _: Version, out: &mut String) -> Result<(), Unwritable> {
        let written = write!(out, "{self}");
        debug_assert!(written.is_ok(), "a String takes everything");
        Ok(())
    }

    fn value_type(&self, _: Version) -> ValueType {
        ValueType::Integer
    }
}

/// An optional sign, digits, and optionally a dot and digits. RFC 6350, 4.6.
impl<'a> Value<'a> for f64 {
    fn read_trimmed(raw: &'a str, _: Version, _: &mut Notes<'_>) -> Result<Self, ValueError> {
        float(raw).ok_or_else(|| {
            let reason = Reason::Expected("a number without exponent, as -17.25");
            ValueError::new(0..raw.len(), reason)
        })
    }

    fn write_to(&self, _: Version, out: &mut String) -> Result<(), Unwritable> {
        if !self.is_finite() {
            return Err(Unwritable::NotFinite);
        }
        // Display never writes an exponent, and enough digits to read the same number.
        let written = write!(out, "{self}");
        debug_assert!(written.is_ok(), "a String takes everything");
        Ok(())
    }

    fn value_type(&self, _: Version) -> ValueType {
        ValueType::Float
    }
}

/// A float of the grammar that is also finite.
pub(super) fn float(raw: &str) -> Option<f64> {
    let digits = raw.strip_prefix(['+', '-']).unwrap_or(raw);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let all = |digits: &str| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    if !all(whole) || !all(fraction) {
        return None;
    }
    raw.parse().ok().filter(|number: &f64| number.is_finite())
}
