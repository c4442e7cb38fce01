//! The sources, one after the other; one that cannot be read does not cost the others.

use crate::exit::{Failure, Outcome, Status, complain};
use crate::input::Source;
use crate::output::Progress;

/// Goes through the sources. One that cannot be read is reported, and the next is read.
pub fn for_each_source(
    sources: Vec<Result<Source, Failure>>,
    progress: &Progress,
    mut read: impl FnMut(&Source) -> Result<(), Failure>,
) -> Result<Reading, Failure> {
    let mut reading = Reading::Complete;
    for source in sources {
        let result = source.and_then(|source| read(&source));
        match result {
            Err(failure @ (Failure::Input(_) | Failure::Said)) => {
                reading = Reading::Incomplete;
                progress.suspend(|| complain(&failure));
            }
            other => other?,
        }
    }
    progress.finish();
    Ok(reading)
}

/// Whether all sources were read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    Complete,
    /// Some were not, and that was reported.
    Incomplete,
}

impl Reading {
    pub fn outcome(self, status: Status) -> Outcome {
        match self {
            Reading::Complete => Ok(status),
            Reading::Incomplete => Err(Failure::Said),
        }
    }
}
