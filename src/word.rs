//! Options that have a word each: shown, read, and with `serde` a string; and the word that was meant.

/// A text that is none of the words of an option.
///
/// ```
/// use vcardinal::Layout;
///
/// assert_eq!("canonical".parse(), Ok(Layout::Canonical));
/// let error = "pretty".parse::<Layout>().unwrap_err();
/// assert_eq!(error.to_string(), "expected untouched or canonical");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected {expected}")]
#[non_exhaustive]
pub struct UnknownWord {
    /// The words there are.
    pub expected: &'static str,
}

crate::error::into_error! { Value: UnknownWord }

/// `as_str`, `Display`, `FromStr`, and what serde has for a string; the words there are, for errors.
macro_rules! words {
    ($type:ident, $expected:literal: $($variant:ident $word:literal),+ $(,)?) => {
        impl $type {
            /// Its word.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $($type::$variant => $word,)+
                }
            }
        }

        impl core::fmt::Display for $type {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.pad(self.as_str())
            }
        }

        /// Its word.
        impl core::str::FromStr for $type {
            type Err = $crate::word::UnknownWord;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                match text {
                    $($word => Ok($type::$variant),)+
                    _ => Err($crate::word::UnknownWord { expected: $expected }),
                }
            }
        }

        $crate::word::string_of_serde! { $type }
    };
}
pub(crate) use words;

/// A string, as `Display` shows it and `FromStr` reads it.
macro_rules! string_of_serde {
    ($($type:ty)+) => {$(
        /// A string: its word.
        #[cfg(feature = "serde")]
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        /// A string: its word.
        #[cfg(feature = "serde")]
        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = alloc::string::String::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    )+};
}
pub(crate) use string_of_serde;

/// Nobody types more, and comparing takes the square.
const LONG: usize = 64;

/// Of these names the one that somebody may have meant: it differs in one letter that is missing, too many
/// or another, in two neighbours that changed their places, or in two of these where it is long. Letter
/// case does not count, and nothing is near to a name of two letters.
///
/// ```
/// use vcardinal::registry::nearest;
///
/// assert_eq!(nearest("Tpye", ["LANGUAGE", "TYPE"]), Some("TYPE"));
/// assert_eq!(nearest("LANG", ["LANGUAGE", "TYPE"]), None);
/// ```
#[must_use]
pub fn nearest<'k>(name: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let mut nearest: Option<(usize, &str)> = None;
    for known in known {
        let most = match known.len() {
            0..3 => continue,
            3..8 => 1,
            _ => 2,
        };
        if name.len() > LONG || known.len() > LONG || name.len().abs_diff(known.len()) > most {
            continue;
        }
        let distance = distance(name.as_bytes(), known.as_bytes());
        if distance <= most && nearest.is_none_or(|(least, _)| distance < least) {
            nearest = Some((distance, known));
        }
    }
    nearest.map(|(_, known)| known)
}

/// How many letters are missing, too many, others, or have changed places with their neighbour.
fn distance(name: &[u8], known: &[u8]) -> usize {
    // The rows of the table for one letter less, and for two less.
    let mut before: [usize; LONG + 1] = [0; LONG + 1];
    let mut last: [usize; LONG + 1] = core::array::from_fn(|at| at);
    let mut earlier = None;
    for (row, letter) in (1..).zip(name) {
        let mut current = [row; LONG + 1];
        let mut left = row;
        let mut left_of_known = None;
        let cells = current.iter_mut().skip(1);
        let above = last.iter().zip(last.iter().skip(1));
        let diagonals = core::iter::once(&0).chain(&before);
        for (((cell, (corner, above)), swapped), other) in
            cells.zip(above).zip(diagonals).zip(known)
        {
            let is_same = letter.eq_ignore_ascii_case(other);
            let mut least = (corner + usize::from(!is_same))
                .min(above + 1)
                .min(left + 1);
            let is = |one: Option<&u8>, other: &u8| {
                one.is_some_and(|one| one.eq_ignore_ascii_case(other))
            };
            if is(earlier, other) && is(left_of_known, letter) {
                least = least.min(swapped + 1);
            }
            *cell = least;
            left = least;
            left_of_known = Some(other);
        }
        before = last;
        last = current;
        earlier = Some(letter);
    }
    last.get(known.len()).copied().unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_distances() {
        for (name, known, expected) in [
            ("", "", 0),
            ("", "abc", 3),
            ("abc", "", 3),
            ("TPYE", "type", 1),
            ("typ", "TYPE", 1),
            ("TYPEE", "TYPE", 1),
            ("ab", "ba", 1),
            ("abcd", "badc", 2),
            ("kitten", "sitting", 3),
            ("ca", "abc", 3),
        ] {
            let distance = distance(name.as_bytes(), known.as_bytes());
            assert_eq!(distance, expected, "{name} {known}");
        }
    }
}
