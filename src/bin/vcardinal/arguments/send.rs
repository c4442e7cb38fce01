//! The command line of `send`.

use std::path::PathBuf;

use clap::Args;
use vcardinal::send_contact::{BaseUrl, ChatId};
use vcardinal::value::E164;
use vcardinal::value::phone::Region;

use super::ValueFormat;

/// Send a contact to a telephone number or a chat, over the Chert Messaging API
///
/// FILE is one card, or one contact as `vcardinal contact` prints it (named *.json, or beginning
/// with `{`). By default a card goes out as it is, byte for byte, with all that is in it; a
/// contact goes out as its fields, of which the service makes a card.
///
/// It is sent once. What a person is sent twice, they see twice: nothing is tried again.
///
/// The secret is in the environment variable CHERT_SIGNING_SECRET, or in a file. With a tenant
/// the request is signed, and the secret stays here; without, or with --bearer, the secret itself
/// goes with the request. It goes to the base URL alone: redirects are not followed.
#[derive(Debug, Args)]
#[command(
    group = clap::ArgGroup::new("recipient").required(true),
    after_long_help = "\
Examples:
  What would be sent?
      vcardinal send --to +14155550123 --dry-run card.vcf
  Send it, signed:
      export CHERT_TENANT=acme
      vcardinal send --to +14155550123 --secret-file ~/.config/chert-secret card.vcf
  Names, phones and emails of a card alone, into a chat there is:
      vcardinal send --chat ch_7Hq2 --as-contact card.vcf

Exit status: 0 sent, 1 the service refused it, 2 wrong command line, what cannot be sent, or no
answer that tells whether it was.")]
pub struct Send {
    /// What to send; `-`, or no file, is standard input
    #[arg(value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// The telephone number of who gets it, in E.164; the service finds or makes the chat
    #[arg(long, value_name = "NUMBER", group = "recipient")]
    pub to: Option<E164>,
    /// The chat to send it to
    #[arg(long, value_name = "ID", group = "recipient")]
    pub chat: Option<ChatId>,
    /// Send names, phones and emails (the default for a contact)
    #[arg(long)]
    pub as_contact: bool,
    /// Send a card (the default for one); of a contact one of version 3.0 is made
    #[arg(long, conflicts_with = "as_contact")]
    pub as_vcard: bool,
    /// With --as-contact, read numbers without a calling code as those of this country
    #[arg(long, value_name = "COUNTRY")]
    pub region: Option<Region>,
    /// The short name of the account; without this, CHERT_TENANT
    #[arg(long, value_name = "NAME")]
    pub tenant: Option<String>,
    /// A file with nothing but the secret in it; without this, CHERT_SIGNING_SECRET
    #[arg(long, value_name = "FILE")]
    pub secret_file: Option<PathBuf>,
    /// Send the secret instead of a signature
    #[arg(long)]
    pub bearer: bool,
    /// Where the service is
    #[arg(long, value_name = "URL", default_value_t)]
    pub base_url: BaseUrl,
    /// How long to wait for an answer, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..=600))]
    pub timeout: u64,
    /// Send nothing, print the curl command that would; secret and signature are masked
    #[arg(long)]
    pub dry_run: bool,
    /// How to print the answer
    #[arg(long, default_value = "human", value_name = "FORMAT")]
    pub format: ValueFormat,
}
