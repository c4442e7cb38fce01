//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Look into vCard files, check them, lay them out anew.
///
/// Reads vCard 2.1, 3.0 and 4.0, whatever wrote it. A file may be of any size: it is read card by
/// card, and one bad card never costs the others.
#[derive(Debug, Parser)]
#[command(name = "vcardinal", version, max_term_width = 100, after_long_help = EXAMPLES)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Command,
    /// When to colour the output; NO_COLOR switches colours off too
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: Color,
}

const EXAMPLES: &str = "\
Examples:
  The telephone numbers in it, with jq:
      vcardinal dump contacts.vcf | jq -r '.properties[] | select(.name == \"TEL\") | .text'
  CRLF line endings and folded lines, as the standards ask for:
      vcardinal format --in-place contacts.vcf

Exit status:
  0  all is well
  1  `format --check` a file that it would change
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
    Dump(Dump),
    Format(Format),
    Copy(Copy),
    /// Print the completion script of a shell
    ///
    /// For bash, for instance, put this into ~/.bashrc:
    ///
    ///     source <(vcardinal completions bash)
    #[command(verbatim_doc_comment)]
    Completions {
        /// Which shell
        shell: clap_complete::Shell,
    },
}

/// Where cards come from.
#[derive(Debug, Args)]
pub struct Inputs {
    /// Files to read; `-` is standard input, and of a directory all *.vcf files in it and below
    ///
    /// Without a file, standard input is read, unless that is a terminal.
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Read cards of any size, up to 4 GiB; the limit is 16 MiB else
    #[arg(long)]
    pub no_limits: bool,
}

/// Print what is in cards as JSON, one object a line and card; made for jq
///
/// A card is `{file, card, version, closed, position, span, properties, other_lines}`: `card`
/// counts from 1, `version` is null when there is no known one, `closed` is false without an END
/// line, `span` is its first byte and the one after its last.
///
/// A property is `{group, name, parameters, raw, text, span}`. Names are in upper case; where the
/// file has it otherwise, `written_name` is that. `raw` is the value as it stands in the file,
/// folds and escapes in it. `text` is the value decoded: unfolded, quoted-printable
/// and charset undone, escapes resolved; null when the bytes are not text, and `text_error` says
/// why. A parameter is `{name, values, raw}`; one that vCard 2.1 wrote without a name comes with
/// the name it stands for, TYPE, ENCODING or VALUE.
///
/// `other_lines` are lines in the card that are no properties, blank ones too:
/// `{raw, span}`.
///
/// JSON is UTF-8. Where `raw` is not, it has U+FFFD for the bytes in question, and `raw_base64`
/// beside it has all its bytes.
///
/// What lies between cards is not in the output; standard error says how much that was.
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
  Cards that say something twice:
      vcardinal dump contacts.vcf | jq -c 'select([.properties[] | select(.name == \"UID\")]
        | length > 1) | [.file, .card]'")]
pub struct Dump {
    #[command(flatten)]
    pub inputs: Inputs,
}

/// Lay cards out as the standards ask for: CRLF line endings, lines folded at 75 octets
///
/// Names, parameters and values stay as they are, in the order they are in. Blank lines go, a
/// missing END line is added. What lies between cards has no place in the output: standard
/// error says what was left out. A UTF-16 file becomes UTF-8.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  vcardinal format contacts.vcf > tidy.vcf
  vcardinal format --check *.vcf
  vcardinal format --in-place contacts.vcf

--in-place writes a new file beside the old one and puts it in its place at once, with the same
permissions. A file that is laid out as it should is not touched, and neither is one with a card
that is too large to read.

Exit status: 0 done, 1 with --check when a file would change, 2 wrong command line or unreadable.")]
pub struct Format {
    #[command(flatten)]
    pub inputs: Inputs,
    /// Write nothing, print the names of files that would change
    #[arg(long)]
    pub check: bool,
    /// Write the files anew
    #[arg(long, short, conflicts_with = "check")]
    pub in_place: bool,
}

/// Read cards and write them untouched: the same bytes come out
///
/// That is the promise of this program, as a command: what is not changed stays as it is,
/// whatever lies in and between the cards.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  vcardinal copy contacts.vcf | cmp - contacts.vcf
  vcardinal copy a.vcf b.vcf > both.vcf")]
pub struct Copy {
    #[command(flatten)]
    pub inputs: Inputs,
}
