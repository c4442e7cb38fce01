//! The command line of what deals with contacts: `contact`, `phone` and `email`.

use clap::{Args, ValueEnum};
use vcardinal::Version;
use vcardinal::value::phone::Region;

use super::Inputs;

/// Turn cards into contacts, which are names, phones and emails as JSON; or back into cards
///
/// A contact is one JSON object a line: full_name, given_name, family_name, organization, phones
/// and emails; each of phones and emails is a list of {value, label}. What of a card has no place
/// in it is named on standard error, and so is a contact that could not be sent as it is.
///
/// A file named *.json, or one that begins with `{`, has contacts in it instead, one or more, one
/// after the other. They are checked; all that is wrong with one is said, each with its field.
/// Such a file may have 16 MiB.
///
/// Phones are E.164. Numbers without a calling code are left out, unless `--region` says where
/// they are from; then standard error has each number that was made this way.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  vcardinal contact card.vcf
  vcardinal contact --region GB contacts.vcf | jq -r '.phones[]?.value'
  vcardinal contact --to-vcard 4.0 contact.json > card.vcf
  jq -c '.people[]' people.json | vcardinal contact --from-json --to-vcard 3.0

A card made with --to-vcard has the fields of a contact alone. For messaging, 3.0 is what phones
take.

Exit status: 0 done, 1 a contact is not one, 2 wrong command line or unreadable file.")]
pub struct Contact {
    #[command(flatten)]
    pub inputs: Inputs,
    /// Print cards of this version, 3.0 or 4.0
    #[arg(long, value_name = "VERSION", value_parser = new_version)]
    pub to_vcard: Option<Version>,
    /// Read contacts, whatever the files are called
    #[arg(long)]
    pub from_json: bool,
    /// Read numbers without a calling code as those of this country, for instance US
    #[arg(long, value_name = "COUNTRY")]
    pub region: Option<Region>,
    /// One field a line
    #[arg(long, conflicts_with = "to_vcard")]
    pub pretty: bool,
    /// Do not say what has no place in a contact
    #[arg(long, short)]
    pub quiet: bool,
}

fn new_version(text: &str) -> Result<Version, String> {
    match text.parse() {
        Ok(version @ (Version::V3_0 | Version::V4_0)) => Ok(version),
        _ => Err(String::from("new cards are 3.0 or 4.0")),
    }
}

/// Say whether a telephone number is one, where it belongs and what it is for
///
/// Three questions, each of which takes the one before: is it written as a number, can a number of
/// its calling code have as many digits, and does anybody hand out such numbers. Whether anyone
/// answers is not known.
///
/// E.164 is the plus sign and digits alone, which is what contacts must have. A number with
/// separators, a tel: URI, and with --region a number without its calling code are understood
/// too; `e164` is then what to write instead.
///
/// With `--format json`, each number is one line: input, valid, written (e164, separators,
/// tel-uri, national or null), e164, derived (whether it is a guess from the region), extension,
/// calling_code, national_number, possible (possible, local-only, unknown-calling-code, too-short,
/// too-long, wrong-length), region, kind, suggestion, error, error_byte (from 0, in the input).
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  vcardinal phone +14155550123
  vcardinal phone --region GB '020 7946 0123' '+44 (0)20 7946 0123'
  vcardinal phone --format json tel:+1-415-555-0123 | jq -r .e164

Exit status: 0 all are valid, 1 at least one is not, 2 wrong command line.")]
pub struct Phone {
    /// What to explain
    #[arg(value_name = "NUMBER", required = true)]
    pub numbers: Vec<String>,
    /// Read numbers without a calling code as those of this country, for instance US
    #[arg(long, value_name = "COUNTRY")]
    pub region: Option<Region>,
    /// How to print it
    #[arg(long, default_value = "human", value_name = "FORMAT")]
    pub format: Format,
}

/// Say whether an email address is one, and what its parts are
///
/// By RFC 5321 and, for characters beyond ASCII, RFC 6531; a domain beyond ASCII must be one by
/// RFC 5891. Whether there is such a mailbox is not known.
///
/// With `--format json`, each address is one line: input, valid, local_part, domain,
/// ascii_domain (as name servers have it), internationalized, literal (an IP address stands for
/// the domain), normalized, error, error_byte (from 0), section.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  vcardinal email zoe@example.com
  vcardinal email --format json zoë@bücher.example | jq -r .ascii_domain

Exit status: 0 all are valid, 1 at least one is not, 2 wrong command line.")]
pub struct Email {
    /// What to explain
    #[arg(value_name = "ADDRESS", required = true)]
    pub addresses: Vec<String>,
    /// How to print it
    #[arg(long, default_value = "human", value_name = "FORMAT")]
    pub format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people
    Human,
    /// One JSON object a line
    Json,
}
