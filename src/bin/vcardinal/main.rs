//! The program `vcardinal`: look into vCard files, check and reformat them; handle contacts, phones
//! and emails.
//!
//! | file | what it is about |
//! |---|---|
//! | `arguments` | the command line, and the help that teaches it |
//! | `input` | files, directories and standard input, UTF-16 too; one event after the other |
//! | `output` | standard output, progress, and how a run ends |
//! | `copy`, `dump`, `format`, `check`, `explain`, `contact`, `phone`, `email` | one command each |
//! | `findings` | what `check` finds, and ways to print it |
//! | `excerpt` | the lines around a finding |
//! | `send` | files and the environment to a request, and its answer |
//! | `repair`, `replace` | what `check --fix` writes, and how a file is rewritten |
//! | `caret` | a value with a caret under what is wrong |

mod arguments;
mod caret;
mod check;
mod contact;
mod copy;
mod dump;
mod email;
mod excerpt;
mod explain;
mod findings;
mod format;
mod input;
mod left_out;
mod output;
mod phone;
mod reading;
mod repair;
mod replace;
mod send;

use std::process::ExitCode;

use arguments::{Arguments, Command};
use clap::{CommandFactory, Parser};

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    arguments.color.apply();
    let result = match &arguments.command {
        Command::Check(command) => check::run(command),
        Command::Dump(command) => dump::run(command),
        Command::Format(command) => format::run(command),
        Command::Copy(command) => copy::run(command),
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
    };
    output::exit_code(result)
}
