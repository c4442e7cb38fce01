//! How a run ends: what was found or failed, and the exit code for it.

use std::io;
use std::process::ExitCode;

use crate::message::error;

/// How a run ended, when nothing failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    Clean,
    /// An error was found, or a file would change.
    Found,
}

/// Why something could not be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// The command line asks for what is not there.
    Usage(String),
    /// Something could not be read, or written in its place. Other files can be.
    Input(String),
    /// As `Input`, but already reported where it happened.
    Said,
    /// Standard output could not be written.
    Output(String),
    /// The reader of standard output has closed it, which is not reported.
    BrokenPipe(Status),
}

impl From<io::Error> for Failure {
    /// An error of writing to standard output.
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Failure::BrokenPipe(Status::Clean),
            _ => Failure::Output(error.to_string()),
        }
    }
}

pub type Outcome = Result<Status, Failure>;

pub fn exit_code(outcome: Outcome) -> ExitCode {
    match outcome {
        Ok(Status::Clean) | Err(Failure::BrokenPipe(Status::Clean)) => ExitCode::SUCCESS,
        Ok(Status::Found) | Err(Failure::BrokenPipe(Status::Found)) => ExitCode::from(1),
        Err(failure) => {
            complain(&failure);
            ExitCode::from(2)
        }
    }
}

pub fn complain(failure: &Failure) {
    match failure {
        Failure::Usage(message) | Failure::Input(message) => error(message),
        Failure::Output(message) => error(&format!("cannot write: {message}")),
        Failure::Said | Failure::BrokenPipe(_) => {}
    }
}
