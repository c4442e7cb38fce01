//! The parts of properties -> a card of 4.0.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use super::outward::change;
use crate::card::{TokenError, WriteError};
use crate::convert::{Change, ChangeKind, Conversion};
use crate::decomposed::{Decomposed, Lines};
use crate::limits::Limits;

/// A card that comes in from another format.
#[derive(Debug)]
pub(crate) struct Inward {
    lines: Lines,
    changes: Vec<Change>,
    properties: usize,
    limits: Limits,
}

/// Why a property cannot be a line of a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refusal {
    Name(TokenError),
    Write(WriteError),
    Limit(&'static str, usize),
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::Name(error) => error.fmt(f),
            Refusal::Write(error) => error.fmt(f),
            Refusal::Limit(limit, max) => write!(f, "{limit} is larger than the limit of {max}"),
        }
    }
}

impl Inward {
    pub fn new(limits: &Limits) -> Self {
        Inward {
            lines: Lines::new(),
            changes: Vec::new(),
            properties: 0,
            limits: limits.clone(),
        }
    }

    /// Adds a property.
    pub fn push(&mut self, parts: &Decomposed<'_>) -> Result<(), Refusal> {
        let composed = parts.to_properties().map_err(Refusal::Name)?;
        for property in &composed.properties {
            self.properties += 1;
            if self.properties > self.limits.properties {
                let max = self.limits.properties;
                return Err(Refusal::Limit("number of properties", max));
            }
            self.lines.push(property).map_err(Refusal::Write)?;
        }
        if self.lines.len() > self.limits.card {
            return Err(Refusal::Limit("card", self.limits.card));
        }
        let deviations = composed.deviations.iter();
        self.changes
            .extend(deviations.map(|deviation| change(*deviation, &parts.name)));
        Ok(())
    }

    /// Adds a change of a property.
    pub fn say(
        &mut self,
        kind: ChangeKind,
        property: Option<&str>,
        section: &'static str,
        message: impl Into<String>,
    ) {
        self.changes
            .push(Change::new(kind, property, section, message));
    }

    pub fn finish(self) -> Result<Conversion, Refusal> {
        let max = self.limits.card;
        // Those on its size are met.
        let limits = Limits {
            values: self.limits.values,
            findings: self.limits.findings,
            ..Limits::none()
        };
        let card = self.lines.finish(limits);
        let card = card.map_err(|_| Refusal::Limit("card", max))?;
        Ok(Conversion::new(card, self.changes))
    }
}
