//! `send`: a contact to a telephone number or a chat.

mod answer;
mod credentials;
mod curl;
mod transport;

use vcardinal::contact::Contact;
use vcardinal::send_contact::{SendContact, SendContactError};
use vcardinal::{Card, Version};

use crate::arguments::{Inputs, Send};
use crate::contact;
use crate::contact_notes::Notes;
use crate::exit::{Failure, Outcome};
use crate::input::Source;
use crate::message::{self, printable};
use crate::output::{self, Progress};

/// Bytes of a file that are read at most; the service takes less.
const MAX_FILE: u64 = 16 * 1024 * 1024;

pub fn run(command: &Send) -> Outcome {
    let (source, request) = request(command)?;
    let credentials = credentials::find(command)?;
    if let Some(number) = command.to
        && !number.is_valid()
    {
        let meant = number.without_trunk_prefix();
        let meant = meant.map(|number| format!("; did you mean {number}?"));
        message::say(&format!(
            "warning: numbers like {number} are not assigned{}",
            meant.unwrap_or_default()
        ));
    }
    let parts = request
        .sign(&credentials.credentials)
        .map_err(|error| match error {
            SendContactError::Contact(_) | SendContactError::VcardText(_) => {
                source.failure(printable(&error.to_string()))
            }
            other => Failure::Usage(other.to_string()),
        })?;
    if command.dry_run {
        return output::write_once(curl::command(&parts).as_bytes());
    }
    let masks = credentials.masks(&parts);
    let answer = transport::send(command, parts, &masks)?;
    answer::print(command, answer, &masks)
}

/// What is to be sent to whom, and where it was read from.
fn request(command: &Send) -> Result<(Source, SendContact), Failure> {
    let request = match (&command.chat, command.to) {
        (Some(chat), _) => SendContact::to_chat(chat.clone()),
        (None, Some(number)) => SendContact::to_phone(number),
        (None, None) => return Err(Failure::Usage(String::from("expected --to or --chat"))),
    };
    let request = request.base_url(command.base_url.clone());
    let source = source(command)?;
    let progress = Progress::new(0, false);
    let mut stream = source.open(&progress)?;
    if let Some(utf16) = &stream.utf16 {
        message::say(&format!(
            "note: {}: [utf-16] converted from {} to UTF-8",
            source.title(),
            utf16.encoding
        ));
    }
    let is_json = contact::is_json(&source, &mut stream).map_err(|error| source.failure(error))?;
    let bytes = contact::read_all(&source, stream, MAX_FILE)?;
    let bytes = contact::without_mark(&bytes);
    let failure = |error: &dyn std::error::Error| source.failure(printable(&error.to_string()));
    let request = if is_json {
        let contact = Contact::from_json(bytes).map_err(|error| failure(&error))?;
        match command.as_vcard {
            true => {
                let card = contact.to_card(Version::V3_0);
                request.card(&card.map_err(|error| failure(&error))?)
            }
            false => request.contact(contact),
        }
    } else if command.as_contact {
        let card = Card::parse(bytes).map_err(|error| failure(&error))?;
        let (contact, no_place) = command.reading.chosen().contact(&card);
        let mut notes = Notes::of(source.title());
        notes.say(&source.title(), &card, &no_place);
        notes.finish();
        request.contact(contact)
    } else {
        request.vcard_text(bytes)
    };
    Ok((source, request))
}

fn source(command: &Send) -> Result<Source, Failure> {
    if command.file.as_ref().is_some_and(|file| file.is_dir()) {
        return Err(Failure::Usage(String::from(
            "expected one file, found a directory",
        )));
    }
    let inputs = Inputs {
        files: command.file.iter().cloned().collect(),
        ..Inputs::default()
    };
    let source = inputs.sources()?.into_iter().next();
    source.unwrap_or(Ok(Source::Stdin))
}
