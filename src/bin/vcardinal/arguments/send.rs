//! The command line of `send`.

use std::path::PathBuf;

use clap::Args;
use vcardinal::send_contact::{BaseUrl, ChatId};
use vcardinal::value::E164;

use super::ValueFormat;
use super::contact::ContactReading;

/// Send a contact to a telephone number or a chat, over the Chert Messaging API
///
/// FILE is one card, or one contact as `vcardinal contact` prints it (named *.json, or beginning
/// with `{`). By default a card is sent as it is, byte for byte, with everything in it; a contact
/// is sent as its fields, from which the service makes a card.
///
/// How a card is read as a contact, with --as-contact, is told by --region and --charset.
///
/// The request is made once and never repeated, because a person who is sent a card twice sees it
/// twice.
///
/// The secret is read from the environment variable CHERT_SIGNING_SECRET, or from a file. With a
/// tenant the request is signed, and the secret does not leave this machine; without a tenant, or
/// with --bearer, the secret itself is sent, and only to the base URL: redirects are not followed.
#[derive(Debug, Args)]
#[command(
    group = clap::ArgGroup::new("recipient").required(true),
    after_long_help = "\
Examples:
  Show what would be sent:
      vcardinal send --to +14155550123 --dry-run card.vcf
  Send a card, signed:
      export CHERT_TENANT=acme
      vcardinal send --to +14155550123 --secret-file ~/.config/chert-secret card.vcf
  Send only the names, phones and emails of a card, to an existing chat:
      vcardinal send --chat ch_7Hq2 --as-contact card.vcf

Exit status: 0 sent; 1 the service refused it; 2 wrong command line, something that cannot be sent,
or no answer that tells whether it was sent.")]
pub struct Send {
    /// The card or contact to send; without FILE, or with `-`, standard input is read
    #[arg(value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// The telephone number to send it to, in E.164 form; the service finds or creates the chat
    #[arg(long, value_name = "NUMBER", group = "recipient")]
    pub to: Option<E164>,
    /// The id of the chat to send it to
    #[arg(long, value_name = "ID", group = "recipient")]
    pub chat: Option<ChatId>,
    /// Send names, phones and emails (the default for a contact)
    #[arg(long)]
    pub as_contact: bool,
    /// Send a card (the default for a card); a contact is turned into a card of version 3.0
    #[arg(long, conflicts_with = "as_contact")]
    pub as_vcard: bool,
    #[command(flatten)]
    pub reading: ContactReading,
    /// The short name of the account; by default that in CHERT_TENANT
    #[arg(long, value_name = "NAME")]
    pub tenant: Option<String>,
    /// A file that contains only the secret; by default the secret is that in CHERT_SIGNING_SECRET
    #[arg(long, value_name = "FILE")]
    pub secret_file: Option<PathBuf>,
    /// Send the secret instead of a signature
    #[arg(long)]
    pub bearer: bool,
    /// The URL of the service
    #[arg(long, value_name = "URL", default_value_t)]
    pub base_url: BaseUrl,
    /// How long to wait for an answer, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..=600))]
    pub timeout: u64,
    /// Send nothing, but print the equivalent curl command, with secret and signature masked
    #[arg(long)]
    pub dry_run: bool,
    /// How to print the answer
    #[arg(long, default_value = "human", value_name = "FORMAT")]
    pub format: ValueFormat,
}
