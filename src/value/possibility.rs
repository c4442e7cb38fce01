//! Whether a number can have as many digits as it has.

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
