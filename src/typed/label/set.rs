//! Another label for a property that a card has.

use alloc::string::String;
use alloc::vec::Vec;

use super::{LABEL, Written, type_words, written, x_custom};
use crate::card::{Card, EditError, EntryId, Parameter, Property, Token};

/// Says in a card what a property is called, or no longer says it; where the last line that says
/// so is then. The words of TYPE that say no label stay, and so does the label of other properties
/// in the group.
///
/// `lines` are the X-ABLabel lines that label it, as [`Labels::lines_of`](super::Labels::lines_of)
/// gives them.
pub(crate) fn set(
    card: &mut Card,
    id: EntryId,
    lines: &[EntryId],
    label: Option<&str>,
) -> Result<EntryId, EditError> {
    let property = card.entry(id).ok_or(EditError::NoEntry)?;
    let version = property.effective_version();
    let group = property.group().map(String::from);
    let mut types = type_words::others(&property);
    let others: Vec<&str> = types.iter().map(String::as_str).collect();
    let text = match label.and_then(|label| written(label, property.name(), version, &others)) {
        Some(Written::Types(words)) => {
            types.extend(words);
            None
        }
        Some(Written::Line(text)) => Some(text),
        None => None,
    };
    set_types(card, id, types)?;
    // Another property may show the same label.
    let shared = group
        .as_deref()
        .is_some_and(|group| card.is_group_shared(group));
    match (text, lines.first()) {
        (Some(text), Some(first)) if !shared => {
            let mut line = card.entry_mut(*first).ok_or(EditError::NoEntry)?;
            line.set_text(text)?;
            Ok(*first)
        }
        (Some(text), _) => {
            // The groups of groups that 2.1 has are not to be written.
            let own = group.filter(|group| !shared && Token::new(group.clone()).is_ok());
            let group = match own {
                Some(group) => group,
                None => {
                    let group = card.free_group();
                    let mut property = card.entry_mut(id).ok_or(EditError::NoEntry)?;
                    property.set_group(&*group)?;
                    group
                }
            };
            card.insert_after(id, Property::text(LABEL, text)?.with_group(group)?)
        }
        (None, None) => Ok(id),
        (None, Some(_)) => {
            if shared {
                let mut property = card.entry_mut(id).ok_or(EditError::NoEntry)?;
                property.set_group(None)?;
            } else {
                remove_lines(card, lines)?;
            }
            Ok(id)
        }
    }
}

/// Sets the words of TYPE, where they are others than are there.
fn set_types(card: &mut Card, id: EntryId, types: Vec<String>) -> Result<(), EditError> {
    let property = card.entry(id).ok_or(EditError::NoEntry)?;
    let mut words = Vec::new();
    type_words::each_word(&property, |word| words.push(word));
    let names = x_custom::names(&property);
    if names.is_empty() && words.iter().eq(types.iter()) {
        return Ok(());
    }
    let mut property = card.entry_mut(id).ok_or(EditError::NoEntry)?;
    match types.is_empty() {
        true => drop(property.remove_parameter("TYPE")?),
        false => property.set_parameter(Parameter::new("TYPE", types)?)?,
    }
    property.remove_parameters(&names)
}

fn remove_lines(card: &mut Card, lines: &[EntryId]) -> Result<(), EditError> {
    for line in lines {
        // The last property of a group takes its label along.
        if let Some(line) = card.entry_mut(*line) {
            line.remove()?;
        }
    }
    Ok(())
}
