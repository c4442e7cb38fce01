//! Limits on what one card may cost, so that hostile input ends in an error and not in a hang.

/// Named limits, each with a default far above what cards of address books need.
///
/// Exceeding one is an error for that card alone; the reader goes on with the next.
///
/// ```
/// use vcardinal::Limits;
///
/// let mut limits = Limits::default();
/// limits.card = 64 * 1024; // a messenger's limit
/// limits.properties = 200;
/// assert_eq!(limits.line, 16 * 1024 * 1024);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// Bytes of one logical line as it stands in the input, folds and line ending included.
    /// Default 16 MiB. BEGIN and END lines have 1 KiB and do not count.
    pub line: usize,
    /// Bytes of one card, BEGIN and END lines included. Default 16 MiB; at most 4 GiB - 1,
    /// because positions inside a card are 32 bit numbers.
    pub card: usize,
    /// Lines of one card between BEGIN and END, those that are not content lines included; blank
    /// lines in a row count as one. Default 100,000.
    pub properties: usize,
    /// Parameters of one line. Default 10,000.
    pub parameters: usize,
    /// How deep cards may lie in AGENT properties of vCard 2.1. Default 16.
    pub nesting: usize,
    /// Values of one property, those of all its components together, when
    /// [`list`](crate::PropertyRef::list) or [`components`](crate::PropertyRef::components) takes
    /// it apart: 16 MiB of commas would be a gigabyte of strings. Exceeding it is an error of that
    /// call; the card and the property's text are there all the same. Default 100,000.
    pub values: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            line: 16 * 1024 * 1024,
            card: 16 * 1024 * 1024,
            properties: 100_000,
            parameters: 10_000,
            nesting: 16,
            values: Limits::VALUES,
        }
    }
}

impl Limits {
    /// The default of `values`.
    pub(crate) const VALUES: usize = 100_000;

    /// No limits except the 4 GiB of a card; for input you made yourself.
    #[must_use]
    pub const fn none() -> Self {
        Limits {
            line: u32::MAX as usize,
            card: u32::MAX as usize,
            properties: usize::MAX,
            parameters: usize::MAX,
            nesting: usize::MAX,
            values: usize::MAX,
        }
    }
}
