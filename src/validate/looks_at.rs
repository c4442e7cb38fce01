//! What rules have to see whatever it says, so that no glance may pass over it.

use crate::registry::{ParameterId, PropertyId};
use crate::syntax::flags::Flags;

/// What the rules of a file have to see.
///
/// Most rules find something only in what is not right, and leave alone what is clean. A rule that
/// counts, compares or has a list of its own names here what it is about.
pub(super) struct LooksAt {
    pub properties: &'static [PropertyId],
    pub parameters: &'static [ParameterId],
    pub flags: Flags,
}

impl LooksAt {
    pub const NOTHING: LooksAt = LooksAt {
        properties: &[],
        parameters: &[],
        flags: Flags::NONE,
    };

    pub const fn properties(properties: &'static [PropertyId]) -> Self {
        LooksAt {
            properties,
            ..Self::NOTHING
        }
    }

    pub const fn parameters(parameters: &'static [ParameterId]) -> Self {
        LooksAt {
            parameters,
            ..Self::NOTHING
        }
    }

    pub const fn flags(flags: Flags) -> Self {
        LooksAt {
            flags,
            ..Self::NOTHING
        }
    }
}

/// Properties, a bit each.
#[derive(Clone, Copy, Default)]
pub(super) struct PropertySet([u64; 4]);

impl PropertySet {
    pub const fn new() -> Self {
        PropertySet([0; 4])
    }

    const fn place(id: PropertyId) -> (usize, u64) {
        let number = id.number();
        ((number / 64) as usize, 1 << (number % 64))
    }

    pub const fn has(&self, id: PropertyId) -> bool {
        let (word, bit) = Self::place(id);
        #[expect(clippy::indexing_slicing, reason = "a byte has four times 64 values")]
        let word = self.0[word];
        word & bit != 0
    }

    /// Adds a property; whether it was not there before.
    pub const fn insert(&mut self, id: PropertyId) -> bool {
        let is_new = !self.has(id);
        let (word, bit) = Self::place(id);
        #[expect(clippy::indexing_slicing, reason = "a byte has four times 64 values")]
        {
            self.0[word] |= bit;
        }
        is_new
    }
}

/// Parameters, a bit each.
#[derive(Clone, Copy, Default)]
pub(super) struct ParameterSet(u64);

impl ParameterSet {
    pub const fn new() -> Self {
        ParameterSet(0)
    }

    const fn bit(id: ParameterId) -> u64 {
        1 << id.number()
    }

    pub const fn has(self, id: ParameterId) -> bool {
        self.0 & Self::bit(id) != 0
    }

    /// Adds a parameter; whether it was not there before.
    pub const fn insert(&mut self, id: ParameterId) -> bool {
        let is_new = !self.has(id);
        self.0 |= Self::bit(id);
        is_new
    }
}
