//! The command line of what deals with contacts: `contact`, `phone` and `email`.

use std::str::FromStr;

use clap::{Args, ValueEnum};
use vcardinal::contact::FromCard;
use vcardinal::value::phone::Region;
use vcardinal::{Charset, Version};

use super::names::country;
use super::{Inputs, ToFile};

/// Turn cards into contacts (names, phones and emails as JSON), or contacts into cards
///
/// A contact is one JSON object per line: full_name, given_name, family_name, organization, phones
/// and emails; phones and emails are lists of {value, label}. What a contact cannot hold of a card
/// is reported on standard error, and so is a contact that could not be sent as it is.
///
/// A file named *.json, or one that begins with `{`, is read as one or more contacts, one after
/// the other. They are checked, and everything that is wrong with one is reported, with the name
/// of the field. Such a file may be up to 16 MiB long.
///
/// Phones are in E.164 form. Numbers without a calling code are left out, unless `--region` says
/// where they are from; each number completed that way is reported on standard error, and so is a
/// zero in brackets or an extension that was taken away. A card of a group is not a contact.
///
/// More than ten notes of one kind in a file are counted.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  vcardinal contact card.vcf
  vcardinal contact --region GB contacts.vcf | jq -r '.phones[]?.value'
  vcardinal contact --to-vcard 4.0 contact.json > card.vcf
  jq -c '.people[]' people.json | vcardinal contact --from-json --to-vcard 3.0

A card made with --to-vcard has only the fields of a contact. For messaging use 3.0, which is what
phones accept.

Exit status: 0 done; 1 a contact is not valid; 2 wrong command line or unreadable file.")]
pub struct Contact {
    #[command(flatten)]
    pub inputs: Inputs,
    /// Print cards of this version, 3.0 or 4.0
    #[arg(long, value_name = "VERSION", value_parser = new_version)]
    pub to_vcard: Option<Version>,
    /// Read contacts, whatever the names of the files
    #[arg(long)]
    pub from_json: bool,
    #[command(flatten)]
    pub reading: ContactReading,
    #[command(flatten)]
    pub to_file: ToFile,
    /// Print one field per line
    #[arg(long, conflicts_with = "to_vcard")]
    pub pretty: bool,
    /// Do not report what a contact cannot hold
    #[arg(long, short)]
    pub quiet: bool,
}

/// How cards are read as contacts.
#[derive(Debug, Args)]
pub struct ContactReading {
    /// Read numbers without a calling code as numbers of this country, for instance US
    #[arg(long, value_name = "COUNTRY", hide_possible_values = true, value_parser = country())]
    pub region: Option<Region>,
    #[command(flatten)]
    pub text: TextReading,
}

impl ContactReading {
    pub fn chosen(&self) -> FromCard {
        let reading = FromCard::new().fallback_charset(self.text.charset.0);
        match self.region {
            Some(region) => reading.region(region),
            None => reading,
        }
    }
}

/// How text is read that is not UTF-8.
#[derive(Debug, Args)]
pub struct TextReading {
    /// What text is read as that is not UTF-8 and names no charset; `none` reads none of it
    #[arg(long, value_name = "CHARSET", default_value = "windows-1252")]
    pub charset: FallbackCharset,
}

/// A charset, or none.
#[derive(Debug, Clone, Copy)]
pub struct FallbackCharset(pub Option<Charset>);

impl FromStr for FallbackCharset {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "none" => Ok(FallbackCharset(None)),
            label => match Charset::for_label(label) {
                Some(charset) => Ok(FallbackCharset(Some(charset))),
                None => Err(String::from(
                    "not a charset we know; expected its name, such as windows-1252, or none",
                )),
            },
        }
    }
}

fn new_version(text: &str) -> Result<Version, String> {
    match text.parse() {
        Ok(version @ (Version::V3_0 | Version::V4_0)) => Ok(version),
        _ => Err(String::from("expected 3.0 or 4.0")),
    }
}

/// Say whether a telephone number is valid, which country it belongs to and what kind it is
///
/// It answers three questions: is it written as a number, can a number with its calling code have
/// that many digits, and are such numbers assigned. Whether anyone answers is not checked.
///
/// E.164 is a plus sign and digits, nothing else; contacts must have this form. A number with
/// separators, a tel: URI and, with --region, a number without its calling code are understood
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
  vcardinal phone --format json - < numbers.txt | jq -r 'select(.valid | not) | .input'

Exit status: 0 all are valid; 1 at least one is not; 2 wrong command line.")]
pub struct Phone {
    /// The telephone numbers to look at
    ///
    /// With `-`, or without numbers where standard input is not a terminal, each line of it is one.
    #[arg(value_name = "NUMBER")]
    pub numbers: Vec<String>,
    /// Read numbers without a calling code as numbers of this country, for instance US
    #[arg(long, value_name = "COUNTRY", hide_possible_values = true, value_parser = country())]
    pub region: Option<Region>,
    /// How to print the answer
    #[arg(long, default_value = "human", value_name = "FORMAT")]
    pub format: Format,
    #[command(flatten)]
    pub to_file: ToFile,
}

/// Say whether an email address is valid, and what its parts are
///
/// The address must conform to RFC 5321 or, with characters outside ASCII, to RFC 6531; a domain
/// with such characters must conform to RFC 5891. Whether the mailbox exists is not checked.
///
/// With `--format json`, each address is one line: input, valid, local_part, domain,
/// ascii_domain (the domain as DNS has it), internationalized, literal (whether the domain is an
/// IP address), normalized, error, error_byte (from 0), section.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  vcardinal email zoe@example.com
  vcardinal email --format json zoë@bücher.example | jq -r .ascii_domain

Exit status: 0 all are valid; 1 at least one is not; 2 wrong command line.")]
pub struct Email {
    /// The email addresses to look at
    ///
    /// With `-`, or without addresses where standard input is not a terminal, each line of it is one.
    #[arg(value_name = "ADDRESS")]
    pub addresses: Vec<String>,
    /// How to print the answer
    #[arg(long, default_value = "human", value_name = "FORMAT")]
    pub format: Format,
    #[command(flatten)]
    pub to_file: ToFile,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people
    Human,
    /// One JSON object per line
    Json,
}
