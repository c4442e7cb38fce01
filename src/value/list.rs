//! Values between commas: dates, times, integers and floats. RFC 6350, 4.

use alloc::string::String;
use alloc::vec::Vec;

use super::{Notes, Reason, Unwritable, Value, ValueError};
use crate::registry::ValueType;
use crate::syntax::escape::split;
use crate::version::Version;

/// Values of one type between commas, at least one.
///
/// No property of the standards has such a list of its own; extensions may, as
/// `X-LUCKY;VALUE=integer:3,7`. RFC 6350, 4 (`integer-list` and its like).
///
/// ```
/// use vcardinal::Version;
/// use vcardinal::value::{List, Value};
///
/// let numbers = List::<i64>::parse("+1234556790,432109876", Version::V4_0)?;
/// assert_eq!(numbers.0, [1_234_556_790, 432_109_876]);
/// # Ok::<(), vcardinal::value::ValueError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct List<T>(pub Vec<T>);

impl<T> List<T> {
    /// A list of these values.
    ///
    /// ```
    /// use vcardinal::Version;
    /// use vcardinal::value::{List, Value};
    ///
    /// assert_eq!(List::new([3_i64, 7]).to_text(Version::V4_0)?, "3,7");
    /// # Ok::<(), vcardinal::value::Unwritable>(())
    /// ```
    #[must_use]
    pub fn new(values: impl IntoIterator<Item = T>) -> Self {
        List(values.into_iter().collect())
    }

    /// The values.
    ///
    /// ```
    /// use vcardinal::value::List;
    ///
    /// assert_eq!(List::new([3_i64, 7]).iter().sum::<i64>(), 10);
    /// ```
    pub fn iter(&self) -> core::slice::Iter<'_, T> {
        self.0.iter()
    }

    /// How many values there are.
    ///
    /// ```
    /// use vcardinal::value::List;
    ///
    /// assert_eq!(List::new([3_i64, 7]).len(), 2);
    /// ```
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is no value.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<'a, T: Value<'a>> Value<'a> for List<T> {
    const TAKES_WHITE_SPACE: bool = true;

    fn read_trimmed(
        raw: &'a str,
        version: Version,
        notes: &mut Notes<'_>,
    ) -> Result<Self, ValueError> {
        if raw.is_empty() {
            return Err(ValueError::new(
                0..0,
                Reason::Empty("values between commas"),
            ));
        }
        let mut values = Vec::new();
        let mut at = 0;
        for item in split(raw, ',') {
            values.push(notes.inside(at, |notes| T::read(item, version, notes))?);
            at += item.len() + 1;
        }
        Ok(List(values))
    }

    fn count_values(raw: &str, _: Version) -> usize {
        split(raw, ',').count()
    }

    fn write_to(&self, version: Version, out: &mut String) -> Result<(), Unwritable> {
        if self.0.is_empty() {
            return Err(Unwritable::not_in(
                version,
                "an empty list",
                "remove the property",
            ));
        }
        let start = out.len();
        for (at, value) in self.0.iter().enumerate() {
            if at > 0 {
                out.push(',');
            }
            let written = value.write_to(version, out);
            if written.is_err() {
                out.truncate(start);
                return written;
            }
        }
        Ok(())
    }

    fn value_type(&self, version: Version) -> ValueType {
        self.0
            .first()
            .map_or(ValueType::Text, |value| value.value_type(version))
    }
}
