//! The command line.

mod contact;
mod convert;
pub mod names;
mod send;

use std::path::PathBuf;

use clap::builder::PossibleValue;
use clap::{Args, Parser, Subcommand, ValueEnum};
use globset::{Glob, GlobBuilder};
use vcardinal::UriCommas;
use vcardinal::validate::Profile;

pub use contact::{Contact, Email, Format as ValueFormat, Phone};
pub use convert::Convert;
use names::Findings;
pub use send::Send;

/// Look into vCard files, check and reformat them; handle contacts, phones and emails.
///
/// Reads vCard 2.1, 3.0 and 4.0, whatever wrote it. A file may be of any size: it is read card by
/// card, and a bad card does not affect the others.
#[derive(Debug, Parser)]
#[command(name = "vcardinal", version, max_term_width = 100, after_long_help = EXAMPLES)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Command,
    /// When to colour the output; setting NO_COLOR turns colours off too
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        default_value = "auto",
        display_order = 900
    )]
    pub color: Color,
}

const EXAMPLES: &str = "\
Examples:
  Show what is wrong with a file, and which section of which standard says so:
      vcardinal check contacts.vcf
  Explain what a rule asks for, and why:
      vcardinal explain version-late
  Print the telephone numbers in a file, with jq:
      vcardinal dump contacts.vcf | jq -r '.properties[] | select(.name == \"TEL\") | .text'
  Write CRLF line endings and fold long lines, as the standards ask for:
      vcardinal format --in-place contacts.vcf
  Bring the export of an old phone to vCard 4.0, and see what could not be carried over:
      vcardinal convert --to 4.0 phone.vcf
  Extract only names, phones and emails, as JSON; and turn that back into a card:
      vcardinal contact contacts.vcf
      vcardinal contact --to-vcard 3.0 contact.json
  Send a card to a telephone number:
      vcardinal send --to +14155550123 card.vcf

Exit status:
  0  success
  1  `check` found an error; `format --check` found a file that it would change; `contact`,
     `phone` or `email` was given something that is not valid; `convert --strict` dropped
     something; or the service refused what `send` sent
  2  a wrong command line, or a file that could not be read or written";

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Color {
    Auto,
    Always,
    Never,
}

impl Color {
    /// For every stream that is opened after this.
    pub fn apply(self) {
        match self {
            Color::Auto => {}
            Color::Always => anstream::ColorChoice::Always.write_global(),
            Color::Never => anstream::ColorChoice::Never.write_global(),
        }
    }
}

#[derive(Debug, Subcommand)]
pub enum Command {
    Check(Check),
    Dump(Dump),
    Format(Format),
    Copy(Copy),
    Convert(Convert),
    Explain(Explain),
    Contact(Contact),
    Phone(Phone),
    Email(Email),
    Send(Send),
    /// Print a completion script for a shell
    ///
    /// For bash, for instance, put this into ~/.bashrc:
    ///
    ///     source <(vcardinal completions bash)
    #[command(verbatim_doc_comment)]
    Completions {
        /// Which shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page, as `man` takes it
    ///
    ///     vcardinal man > ~/.local/share/man/man1/vcardinal.1
    ///
    /// With the name of a command, print the page of that.
    #[command(verbatim_doc_comment)]
    Man {
        /// The command that the page is about
        command: Option<String>,
    },
}

/// Where cards come from.
#[derive(Debug, Default, Args)]
pub struct Inputs {
    /// Files to read; `-` is standard input; a directory stands for all *.vcf and *.vcard files below it
    ///
    /// Without FILE, standard input is read, unless it is a terminal.
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Pass over what of a directory has this name or path, such as `old*` or `**/drafts/*`; may be
    /// repeated
    #[arg(long, value_name = "GLOB", value_parser = glob)]
    pub exclude: Vec<Glob>,
    /// Read hidden files and directories of a directory too
    #[arg(long)]
    pub hidden: bool,
    /// Read cards of any size, up to 4 GiB; by default the limit is 16 MiB
    #[arg(long)]
    pub no_limits: bool,
}

/// Report what is wrong with cards, where, and which section of which standard says so
///
/// Findings go to standard output, a summary to standard error. Lines and columns are counted
/// from 1, columns in bytes. A finding shows the line in question, shortened if it is long;
/// of the lines around it only the names are shown.
///
/// With `--format json`, each finding is one line: file, card (from 1; null outside of cards),
/// rule, severity (error, warning or info), section, byte_start and byte_end (from 0), line,
/// column, message, count (how often the card breaks the rule, where that is reported once), fix.
///
/// UTF-16 files are converted to UTF-8 first; positions refer to the converted text.
///
/// A file without a card is an error, and so is a directory without a file to check.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  vcardinal check contacts.vcf
  curl -s https://dav.example/book | vcardinal check
  vcardinal check --format json exports/ | jq -r .rule | sort | uniq -c
  vcardinal check --profile rfc2426 --deny byte-order-mark --allow line-too-long card.vcf
  vcardinal check --fix --dry-run contacts.vcf
  vcardinal format old.vcf | vcardinal check --fix --quiet > new.vcf

--fix does not touch violations of rules named with --allow, lines that it does not repair, or
anything between cards. A file that cannot be written to is replaced too, where its folder can be.

Exit status: 0 no errors; 1 at least one error, or with --dry-run something to repair; 2 wrong
command line or unreadable file.")]
pub struct Check {
    #[command(flatten)]
    pub inputs: Inputs,
    /// Which standard or product to check cards against
    #[arg(long, default_value = "declared", value_name = "PROFILE")]
    pub profile: ProfileName,
    /// How to print findings
    #[arg(long, default_value = "human", value_name = "FORMAT")]
    pub format: FindingFormat,
    /// Treat rules as errors, or all `warnings` or `infos`; a list with commas, may be repeated
    #[arg(long, value_name = "RULE", value_delimiter = ',', hide_possible_values = true,
        value_parser = names::findings())]
    pub deny: Vec<Findings>,
    /// Do not report rules, or `warnings` or `infos`; a list with commas, may be repeated
    #[arg(long, value_name = "RULE", value_delimiter = ',', hide_possible_values = true,
        value_parser = names::findings())]
    pub allow: Vec<Findings>,
    /// Print how often each rule is broken, and whether --fix repairs it, instead of the findings
    #[arg(long)]
    pub statistics: bool,
    #[command(flatten)]
    pub to_file: ToFile,
    /// Print no summary
    #[arg(long, short)]
    pub quiet: bool,
    /// Repair what has exactly one right form and report the rest; FILE.orig keeps the old file
    ///
    /// Where FILE.orig is there, it stays, and FILE.orig.1 or the next keeps the old file. Files in
    /// UTF-16 become UTF-8. What comes from standard input goes to standard output, repaired or not;
    /// the findings then go to standard error.
    #[arg(long)]
    pub fix: bool,
    /// With --fix, print each repair to standard error: the rule, and the line before and after
    #[arg(long, requires = "fix")]
    pub show_repairs: bool,
    /// With --fix, do not keep FILE.orig
    #[arg(long, requires = "fix")]
    pub no_backup: bool,
    /// With --fix, write no file but print a diff for `patch -p0`
    #[arg(long, requires = "fix", conflicts_with = "no_backup")]
    pub dry_run: bool,
}

fn glob(pattern: &str) -> Result<Glob, String> {
    let glob = GlobBuilder::new(pattern).literal_separator(true).build();
    glob.map_err(|error| error.kind().to_string())
}

/// Where results go.
#[derive(Debug, Args)]
pub struct ToFile {
    /// Write to this file instead of standard output; it takes its place when all is written
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// A profile, by its name.
#[derive(Debug, Clone, Copy)]
pub struct ProfileName(pub Profile);

impl ValueEnum for ProfileName {
    fn value_variants<'a>() -> &'a [Self] {
        const ALL: [ProfileName; Profile::ALL.len()] = {
            let mut all = [ProfileName(Profile::Declared); Profile::ALL.len()];
            let mut rest: &[Profile] = &Profile::ALL;
            let mut left: &mut [ProfileName] = &mut all;
            while let ([profile, profiles @ ..], [name, names @ ..]) = (rest, left) {
                *name = ProfileName(*profile);
                rest = profiles;
                left = names;
            }
            all
        };
        &ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.0.as_str()).help(match self.0 {
            Profile::Declared => "each card against the standard of the version it names",
            Profile::Rfc6350 => "vCard 4.0",
            Profile::Rfc2426 => "vCard 3.0",
            Profile::Vcard21 => "vCard 2.1",
            Profile::Vcard4Bis => "vCard 4.0 as it is being revised",
            Profile::CardDav => "what a CardDAV server accepts, RFC 6352",
            Profile::Apple => "what the address books of Apple accept",
            _ => "",
        }))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FindingFormat {
    /// For people, with the line in question
    Human,
    /// One JSON object per line
    Json,
    /// SARIF 2.1.0, for code hosts
    Sarif,
}

/// Print what is in cards as JSON, one card per line; made for jq
///
/// A card is `{file, card, version, closed, position, span, properties, other_lines}`: `card`
/// counts from 1, `version` is null when it is missing or unknown, `closed` is false without an
/// END line, `span` is the offset of its first byte and of the byte after its last.
///
/// A property is `{group, name, parameters, raw, type, values, text, span}`. Names are in upper case; where the
/// file writes one differently, `written_name` has it as written. `raw` is the value as it stands
/// in the file, folds and escapes included. `type` and `values` are what jCard has (RFC 7095): what
/// VALUE says or the default of the property, and the values decoded, where a structure is one array
/// with an array for each component; `unknown` is the raw text. `text` is the value decoded: unfolded,
/// quoted-printable and charset undone, escapes resolved; null when the bytes are not text, and
/// then `text_error` says why. Where no charset is named and the bytes are not UTF-8, the text is
/// that of `--charset`, and `charset_assumed` names it. A parameter is `{name, values, raw}`; one that vCard 2.1 writes
/// without a name comes with the name it stands for: TYPE, ENCODING or VALUE.
///
/// `other_lines` are the lines of the card that are not properties, blank ones included:
/// `{raw, span}`.
///
/// JSON is UTF-8. Where the bytes of `raw` are not, U+FFFD stands for those that are not, and
/// `raw_base64` beside it has all of them.
///
/// What lies between cards is not in the output; a warning on standard error says how much it was.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  How many cards of each version?
      vcardinal dump *.vcf | jq -r .version | sort | uniq -c
  Names and mail addresses:
      vcardinal dump contacts.vcf | jq -r '.properties[]
        | select(.name == \"FN\" or .name == \"EMAIL\") | .text'
  Mobile numbers:
      vcardinal dump contacts.vcf | jq -r '.properties[] | select(.name == \"TEL\" and any(
        .parameters[]; .name == \"TYPE\" and any(.values[]; ascii_downcase == \"cell\"))) | .text'
  Cards with more than one UID:
      vcardinal dump contacts.vcf | jq -c 'select([.properties[] | select(.name == \"UID\")]
        | length > 1) | [.file, .card]'")]
pub struct Dump {
    #[command(flatten)]
    pub inputs: Inputs,
    #[command(flatten)]
    pub to_file: ToFile,
    #[command(flatten)]
    pub text: contact::TextReading,
}

/// Lay out cards as the standards ask for: CRLF line endings, lines folded at 75 octets
///
/// Names, parameters and values stay as they are, in the same order, but for what `--uri-commas` and
/// `--quote-circumflexes` ask for. Blank lines are removed, a
/// missing END line is added. What lies between cards is left out, and a warning on standard
/// error says so. A UTF-16 file becomes UTF-8.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  vcardinal format contacts.vcf > tidy.vcf
  vcardinal format --check *.vcf
  vcardinal format --in-place contacts.vcf
  vcardinal format --uri-commas carddav contacts.vcf > upload.vcf

--in-place writes a new file beside the old one and then replaces the old one in a single step,
keeping its permissions, owner, group and extended attributes; a hard link to it keeps the old
content. A file that cannot be written to is replaced too, where its folder can be. A file that is
already laid out as it should be is not touched, and neither is one with a card that is too large
to read.

Exit status: 0 done; 1 with --check, a file would change; 2 wrong command line or unreadable file.")]
pub struct Format {
    #[command(flatten)]
    pub inputs: Inputs,
    /// Write nothing but the names of the files that would change
    #[arg(long, conflicts_with = "output")]
    pub check: bool,
    /// Rewrite the files themselves
    #[arg(long, short, conflicts_with_all = ["check", "output"])]
    pub in_place: bool,
    #[command(flatten)]
    pub to_file: ToFile,
    /// Write commas of URIs plain or as `\,`, or as suits the readers of a profile
    ///
    /// Without it they stay as they are. Cards of 2.1 have no escape, and stay so in any case.
    #[arg(long, value_name = "HOW")]
    pub uri_commas: Option<Commas>,
    /// Put parameters of 4.0 with a circumflex into quotes, which more readers understand
    #[arg(long)]
    pub quote_circumflexes: bool,
}

/// How the commas of URIs are written.
#[derive(Debug, Clone, Copy)]
pub enum Commas {
    All(UriCommas),
    For(Profile),
}

impl ValueEnum for Commas {
    fn value_variants<'a>() -> &'a [Self] {
        &[
            Commas::All(UriCommas::Plain),
            Commas::All(UriCommas::Escaped),
            Commas::For(Profile::Declared),
            Commas::For(Profile::Vcard4Bis),
            Commas::For(Profile::CardDav),
            Commas::For(Profile::Apple),
        ]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let (name, help) = match self {
            Commas::All(UriCommas::Plain) => ("plain", "`,`"),
            Commas::All(UriCommas::Escaped) => ("escaped", "`\\,`"),
            Commas::All(_) => return None,
            Commas::For(Profile::Declared) => ("declared", "`\\,` in 4.0, `,` before"),
            Commas::For(Profile::Vcard4Bis) => ("vcard4-bis", "`,`, as 4.0 is being revised"),
            Commas::For(Profile::CardDav) => (
                "carddav",
                "`\\,` in 4.0, and in SOURCE and IMPP of 3.0, where servers cut a plain one",
            ),
            Commas::For(profile) => (profile.as_str(), "`\\,` in 4.0, `,` before"),
        };
        Some(PossibleValue::new(name).help(help))
    }
}

/// Read cards and write them unchanged, byte for byte
///
/// A way to see that nothing is lost: what is not edited stays as it is, in the cards and between
/// them.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  vcardinal copy contacts.vcf | cmp - contacts.vcf
  vcardinal copy a.vcf b.vcf > both.vcf")]
pub struct Copy {
    #[command(flatten)]
    pub inputs: Inputs,
    #[command(flatten)]
    pub to_file: ToFile,
}

/// Explain what a rule of `check` asks for, and why; or what the standards say about a property
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  vcardinal explain version-late
  vcardinal explain TEL
  vcardinal explain --list
  vcardinal explain --list --format json | jq -r 'select(.severity.\"4.0\" == \"error\") | .id'
  vcardinal check --format json contacts.vcf | jq -r .rule | sort -u | vcardinal explain -")]
pub struct Explain {
    /// The name of a rule, as `check` prints it in brackets, or the name of a property
    ///
    /// With `-`, or without names where standard input is not a terminal, each line of it is one.
    #[arg(value_name = "RULE-OR-PROPERTY", hide_possible_values = true, value_parser = names::fact())]
    pub names: Vec<String>,
    /// List all rules, one per line, or all properties
    #[arg(long, conflicts_with = "names", value_name = "WHAT", num_args = 0..=1,
        require_equals = true, default_missing_value = "rules")]
    pub list: Option<Listed>,
    /// How to print the answer
    #[arg(long, default_value = "human", value_name = "FORMAT")]
    pub format: ValueFormat,
    #[command(flatten)]
    pub to_file: ToFile,
}

/// What `explain --list` lists.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Listed {
    Rules,
    Properties,
}
