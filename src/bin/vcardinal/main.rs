//! The program `vcardinal`: look into vCard files, check and reformat them; handle contacts, phones
//! and emails.
//!
//! | file | what it is about |
//! |---|---|
//! | `arguments` | the command line, and the help that teaches it |
//! | `input` | files, directories and standard input, UTF-16 too; one event after the other |
//! | `output` | standard output, and progress |
//! | `message` | messages for people, and the one gate between text of others and a terminal |
//! | `json` | JSON in which what a terminal would obey is escaped |
//! | `exit` | how a run ends, and its exit code |
//! | `copy`, `convert`, `dump`, `format`, `check`, `explain`, `contact`, `phone`, `email` | one command each |
//! | `contact_notes` | what a contact leaves out of a card |
//! | `findings` | what `check` finds, and ways to print it |
//! | `excerpt` | the lines around a finding |
//! | `reading`, `left_out` | the sources one after the other, and what of them is not in the output |
//! | `send` | files and the environment to a request, and its answer |
//! | `check_fix`, `diff` | what `check --fix` writes, and the diff that `--dry-run` shows |
//! | `replace_file`, `signals` | how a file is rewritten, and what a signal must not leave behind |
//! | `words` | arguments, or the lines of standard input in their stead |
//! | `marked_value` | what `phone` and `email` print: a value with a caret under what is wrong |

mod arguments;
mod card_format;
mod check;
mod check_fix;
mod contact;
mod contact_notes;
mod convert;
mod copy;
mod diff;
mod dump;
mod email;
mod excerpt;
mod exit;
mod explain;
mod findings;
mod format;
mod input;
mod json;
mod left_out;
mod marked_value;
mod message;
mod output;
mod phone;
mod reading;
mod replace_file;
mod send;
mod signals;
mod words;

use std::process::ExitCode;

use arguments::{Arguments, Command};
use clap::{CommandFactory, Parser};
use exit::{Failure, Outcome};

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return refuse(&error),
    };
    arguments.color.apply();
    let result = match &arguments.command {
        Command::Check(command) => check::run(command),
        Command::Dump(command) => dump::run(command),
        Command::Format(command) => format::run(command),
        Command::Copy(command) => copy::run(command),
        Command::Convert(command) => convert::run(command),
        Command::Explain(command) => explain::run(command),
        Command::Contact(command) => contact::run(command),
        Command::Phone(command) => phone::run(command),
        Command::Email(command) => email::run(command),
        Command::Send(command) => send::run(command),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(*shell, &mut Arguments::command(), "vcardinal", &mut script);
            output::write_once(&script)
        }
        Command::Man { command } => manual_page(command.as_deref()),
    };
    exit::exit_code(result)
}

/// Prints the manual page of a command, or that of the program.
fn manual_page(name: Option<&str>) -> Outcome {
    let mut program = Arguments::command();
    program.build();
    let command = match name {
        None => program,
        Some(name) => program.find_subcommand(name).cloned().ok_or_else(|| {
            let name = message::printable(name);
            Failure::Usage(format!("there is no command `{name}`"))
        })?,
    };
    let mut page = Vec::new();
    clap_mangen::Man::new(command).render(&mut page)?;
    output::write_once(&page)
}

/// Says what is wrong with the command line, or the help that it asks for.
fn refuse(error: &clap::Error) -> ExitCode {
    let is_harmless = |argument: std::ffi::OsString| {
        let argument = argument.to_string_lossy();
        argument.chars().all(message::is_harmless)
    };
    if std::env::args_os().all(is_harmless) {
        error.exit();
    }
    // It quotes what it was given, between colours of its own, which would look the same.
    message::say(error.to_string().trim_end());
    ExitCode::from(2)
}
