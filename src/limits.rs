//! Limits on what one card may cost, so that hostile input ends in an error and not in a hang.

use core::fmt;

/// Named limits, each with a default far above what cards of address books need.
///
/// They are set with [`with_card`](Self::with_card) and its like, one after the other, and not with
/// `Limits { card: 1, ..Limits::default() }`: there may be more of them. Exceeding one is an error for
/// that card alone; the reader goes on with the next.
///
/// ```
/// use vcardinal::Limits;
///
/// let limits = Limits::default()
///     .with_card(64 * 1024) // a messenger's limit
///     .with_properties(200);
/// assert_eq!((limits.card, limits.line), (64 * 1024, 16 * 1024 * 1024));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// Bytes of one logical line as it stands in the input, folds and line ending included.
    /// Default 16 MiB. BEGIN and END lines have 1 KiB and do not count.
    // Enforced in syntax/lexer.rs.
    pub line: usize,
    /// Bytes of one card, BEGIN and END lines included. Default 16 MiB; at most 4 GiB - 1,
    /// because positions inside a card are 32 bit numbers.
    // Enforced in card/assemble.rs.
    pub card: usize,
    /// Lines of one card between BEGIN and END, those that are not content lines included; blank
    /// lines in a row count as one. Default 100,000.
    // Enforced in card/assemble.rs.
    pub properties: usize,
    /// Parameters of one line. Default 10,000.
    // Enforced in syntax/lexer.rs.
    pub parameters: usize,
    /// How deep cards may lie in AGENT properties of vCard 2.1. Default 16.
    // Enforced in card/assemble.rs.
    pub nesting: usize,
    /// Values of one property, those of all its components together, when
    /// [`list`](crate::PropertyRef::list), [`components`](crate::PropertyRef::components) or typed
    /// access takes it apart: 16 MiB of commas would be a gigabyte of strings. Exceeding it is an
    /// error of that call; the card and the property's text are there all the same. Of TYPE,
    /// PID and SORT-AS so many values are looked at. Default 100,000.
    // Enforced in card/property_ref.rs, typed/card_value.rs, typed/parameter.rs,
    // typed/set_parameters.rs.
    pub values: usize,
    /// Findings of one card that [`validate`](crate::validate::validate) and the checker of a
    /// stream list; what is found beyond that is one finding with a count. Default 10,000.
    // Enforced in validate/findings.rs.
    pub findings: usize,
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
            findings: Limits::FINDINGS,
        }
    }
}

impl Limits {
    /// The same with another limit on [`line`](Limits::line).
    ///
    /// ```
    /// use vcardinal::{Card, Limits};
    ///
    /// let limits = Limits::default().with_line(12);
    /// assert!(Card::parse_with("BEGIN:VCARD\nFN:A long name\nEND:VCARD\n", limits).is_err());
    /// ```
    #[must_use]
    pub const fn with_line(mut self, line: usize) -> Self {
        self.line = line;
        self
    }

    /// The same with another limit on [`card`](Limits::card).
    ///
    /// ```
    /// use vcardinal::{Card, Limits};
    ///
    /// let limits = Limits::default().with_card(20);
    /// assert!(Card::parse_with("BEGIN:VCARD\nFN:A long name\nEND:VCARD\n", limits).is_err());
    /// ```
    #[must_use]
    pub const fn with_card(mut self, card: usize) -> Self {
        self.card = card;
        self
    }

    /// The same with another limit on [`properties`](Limits::properties).
    ///
    /// ```
    /// use vcardinal::{Card, Limits};
    ///
    /// let limits = Limits::default().with_properties(2);
    /// assert!(Card::parse_with("BEGIN:VCARD\nFN:A\nTEL:1\nTEL:2\nEND:VCARD\n", limits).is_err());
    /// ```
    #[must_use]
    pub const fn with_properties(mut self, properties: usize) -> Self {
        self.properties = properties;
        self
    }

    /// The same with another limit on [`parameters`](Limits::parameters).
    ///
    /// ```
    /// use vcardinal::{Card, Limits};
    ///
    /// let limits = Limits::default().with_parameters(1);
    /// assert!(Card::parse_with("BEGIN:VCARD\nFN;X-A=1;X-B=2:A\nEND:VCARD\n", limits).is_err());
    /// ```
    #[must_use]
    pub const fn with_parameters(mut self, parameters: usize) -> Self {
        self.parameters = parameters;
        self
    }

    /// The same with another limit on [`nesting`](Limits::nesting).
    #[must_use]
    pub const fn with_nesting(mut self, nesting: usize) -> Self {
        self.nesting = nesting;
        self
    }

    /// The same with another limit on [`values`](Limits::values).
    ///
    /// ```
    /// use vcardinal::{Card, Limits};
    ///
    /// let limits = Limits::default().with_values(2);
    /// let card = Card::parse_with("BEGIN:VCARD\nVERSION:4.0\nFN:A\nNICKNAME:a,b,c\nEND:VCARD\n", limits)?;
    /// assert!(card.property("NICKNAME").unwrap().list().is_err());
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    #[must_use]
    pub const fn with_values(mut self, values: usize) -> Self {
        self.values = values;
        self
    }

    /// The same with another limit on [`findings`](Limits::findings).
    #[must_use]
    pub const fn with_findings(mut self, findings: usize) -> Self {
        self.findings = findings;
        self
    }

    /// The default of `values`.
    pub(crate) const VALUES: usize = 100_000;

    /// The default of `findings`.
    pub(crate) const FINDINGS: usize = 10_000;

    /// No limits except the 4 GiB of a card; for input you made yourself.
    ///
    /// ```
    /// use vcardinal::{Card, Limits};
    ///
    /// let card = format!("BEGIN:VCARD\nVERSION:4.0\nFN:A\n{}END:VCARD\n", "TEL:1\n".repeat(100_001));
    /// assert!(Card::parse(&card).is_err());
    /// assert!(Card::parse_with(&card, Limits::none()).is_ok());
    /// ```
    #[must_use]
    pub const fn none() -> Self {
        Limits {
            line: u32::MAX as usize,
            card: u32::MAX as usize,
            properties: usize::MAX,
            parameters: usize::MAX,
            nesting: usize::MAX,
            values: usize::MAX,
            findings: usize::MAX,
        }
    }
}

/// Which of the [`Limits`] was exceeded: a variant for each field.
///
/// ```
/// use vcardinal::{Card, ErrorKind, Limit, Limits};
///
/// let card = "BEGIN:VCARD\nVERSION:4.0\nFN:Ada Quist\nEND:VCARD\n";
/// let error = Card::parse_with(card, Limits::default().with_card(40)).unwrap_err();
/// assert!(matches!(error.kind(), ErrorKind::Limit { limit: Limit::Card, max: 40 }));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Limit {
    /// [`Limits::line`], of one logical line.
    Line,
    /// [`Limits::card`], of one card.
    Card,
    /// [`Limits::properties`], of one card.
    Properties,
    /// [`Limits::parameters`], of one line.
    Parameters,
    /// [`Limits::nesting`], of cards in AGENT.
    Nesting,
    /// [`Limits::values`], of one property.
    Values,
    /// [`Limits::findings`], of one card.
    Findings,
}

impl Limit {
    /// What is limited, in words: `line`, `number of properties`.
    ///
    /// ```
    /// assert_eq!(vcardinal::Limit::Properties.as_str(), "number of properties");
    /// ```
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Limit::Line => "line",
            Limit::Card => "card",
            Limit::Properties => "number of properties",
            Limit::Parameters => "number of parameters",
            Limit::Nesting => "nesting",
            Limit::Values => "number of values",
            Limit::Findings => "number of findings",
        }
    }
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
