//! Whether a number can have as many digits as it has.

use core::fmt;

/// Whether numbers under a calling code can be as long as this one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Possibility {
    /// The length is right.
    Possible,
    /// As long as the part of a number that is dialled inside one town; an area code is missing.
    LocalOnly,
    /// Nobody has this calling code.
    UnknownCallingCode,
    /// Shorter than any number under this calling code.
    TooShort,
    /// Longer than any number under this calling code.
    TooLong,
    /// Between the shortest and the longest, but no number has this length.
    WrongLength,
}

impl fmt::Display for Possibility {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Possibility::Possible => "numbers can be that long",
            Possibility::LocalOnly => "an area code is missing",
            Possibility::UnknownCallingCode => "nobody has this calling code",
            Possibility::TooShort => "shorter than any number of this calling code",
            Possibility::TooLong => "longer than any number of this calling code",
            Possibility::WrongLength => "no number of this calling code is that long",
        })
    }
}
