//! The arguments of `convert`.

use std::path::PathBuf;

use clap::Args;
use vcardinal::Version;
use vcardinal::convert::Convert as Conversion;

use super::Inputs;
use super::contact::TextReading;

/// Convert cards to vCard 3.0 or 4.0, jCard, xCard or JSContact, and report what could not be carried over
///
/// vCard, jCard (RFC 7095) or the answer of an RDAP server, JSContact (RFC 9553) and xCard (RFC 6351) are read;
/// which it is, the content tells. JSON is one card, an array of them, or one after the other; it goes out one
/// card a line.
///
/// Cards go to standard output, in canonical layout; a card of the version asked for goes out byte
/// for byte. What is not in the output as it was is reported on standard error, one line for each
/// property or parameter: moved (under another name), approximated (says less), derived (worked out)
/// or dropped.
///
/// With `--report`, each change is one line of JSON in a file: file, card (from 1), line (null for
/// what was worked out), property, parameter, kind, from, to (null for what was dropped), section,
/// message.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  vcardinal convert --to 4.0 phone-export.vcf > contacts.vcf
  vcardinal convert --to 3.0 -o for-the-server.vcf --report lost.jsonl contacts.vcf
  vcardinal convert --to jcard --array contacts.vcf > contacts.json
  vcardinal convert --to jscontact contacts.vcf > contacts.jsonl
  vcardinal convert --to 4.0 contacts.xml
  curl -s https://dav.example/book | vcardinal convert --to 3.0 --strict

Exit status: 0 the cards were converted, also when something was lost or there are none, as in []; 1 a card could
not be read and was left out, an input is something else than cards, or, with --strict, something was dropped; 2
wrong command line, or a file that could not be read or written.")]
pub struct Convert {
    #[command(flatten)]
    pub inputs: Inputs,
    /// What to convert to: 3.0, 4.0, jcard, xcard or jscontact
    #[arg(long, value_name = "FORMAT")]
    pub to: String,
    /// What the input is: vcard, jcard, xcard or jscontact [default: what its content tells]
    #[arg(long, value_name = "FORMAT")]
    pub from: Option<String>,
    /// Write all cards as one array of JSON
    #[arg(long)]
    pub array: bool,
    /// Write JSON with line breaks and indents
    #[arg(long)]
    pub pretty: bool,
    /// Write the cards to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Write each change as a line of JSON to this file
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
    /// Exit with 1 when something was dropped
    #[arg(long)]
    pub strict: bool,
    /// Do not report changes on standard error
    #[arg(short, long)]
    pub quiet: bool,
    /// Use no names of vendors, such as X-ABDATE: write what a version does not have under X- and its name
    #[arg(long)]
    pub no_vendor_forms: bool,
    #[command(flatten)]
    pub text: TextReading,
}

impl Convert {
    /// The options of a conversion to a version.
    pub fn chosen(&self, version: Version) -> Conversion {
        Conversion::to(version)
            .vendor_forms(!self.no_vendor_forms)
            .fallback_charset(self.text.charset.0)
    }
}
