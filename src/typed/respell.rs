//! Lines that are there written another way that says the same: the commas of their URIs, and
//! circumflexes in their parameters.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use crate::card::{
    Card, EditError, EntryId, Parameter, ParameterEdit, PropertyRef, PropertyValue, UriCommas,
};
use crate::registry::ValueType;
use crate::version::Version;

impl Card {
    /// Writes the commas of the URIs that are there as `commas` says of each property; how many lines
    /// that changed.
    ///
    /// Which readers break on what, says [`UriCommas`]; [`set_uri_commas`](Card::set_uri_commas) is for
    /// lines to come. 2.1 has no escape, and its lines stay. RFC 6350, 3.4 (errata 3845, 3846);
    /// RFC 2426, 4.
    ///
    /// # Errors
    ///
    /// When a line cannot be changed; those before it are.
    ///
    /// ```
    /// use vcardinal::{Card, UriCommas};
    ///
    /// let mut card = Card::parse(
    ///     "BEGIN:VCARD\nVERSION:4.0\nFN:A\\,B\nURL:http://a.example/1,2\\,3\nEND:VCARD\n",
    /// )?;
    /// assert_eq!(card.rewrite_uri_commas(|_| UriCommas::Plain)?, 1);
    /// assert!(card.to_string().contains("\nFN:A\\,B\nURL:http://a.example/1,2,3\n"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn rewrite_uri_commas(
        &mut self,
        mut commas: impl FnMut(&PropertyRef<'_>) -> UriCommas,
    ) -> Result<usize, EditError> {
        if self.effective_version() == Version::V2_1 {
            return Ok(0);
        }
        let changes: Vec<(EntryId, String)> = self
            .properties()
            .filter(|property| property.value_type() == Some(ValueType::Uri))
            .filter_map(|property| {
                let raw = plain_text(&property)?;
                let written = with_commas(&raw, commas(&property));
                (written != *raw).then(|| (property.id(), written))
            })
            .collect();
        let count = changes.len();
        for (id, raw) in changes {
            let mut property = self.entry_mut(id).ok_or(EditError::NoEntry)?;
            property.respell(&PropertyValue::Raw(raw))?;
        }
        Ok(count)
    }

    /// Puts the parameters of 4.0 with a circumflex into quotes, where one reader refuses what stands
    /// bare and another does not decode it; how many lines that changed. RFC 6868.
    ///
    /// # Errors
    ///
    /// When a line cannot be changed; those before it are.
    ///
    /// ```
    /// use vcardinal::Card;
    ///
    /// let mut card = Card::parse(
    ///     "BEGIN:VCARD\nVERSION:4.0\nFN:A\nADR;LABEL=1 St^nTown:;;1 St;Town;;;\nEND:VCARD\n",
    /// )?;
    /// assert_eq!(card.quote_circumflexes()?, 1);
    /// assert!(card.to_string().contains("\nADR;LABEL=\"1 St^nTown\":;;1 St;Town;;;\n"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn quote_circumflexes(&mut self) -> Result<usize, EditError> {
        if self.effective_version() != Version::V4_0 {
            return Ok(0);
        }
        let mut changes: Vec<(EntryId, Vec<ParameterEdit>)> = Vec::new();
        for property in self.properties() {
            let text = property.line().parameter_text().unwrap_or_default();
            if memchr::memchr(b'^', text).is_none() {
                continue;
            }
            let bare = property.parameters().enumerate().filter(|(_, parameter)| {
                let mut values = parameter.raw_values();
                values.any(|raw| raw.contains(&b'^') && !raw.trim_ascii().starts_with(b"\""))
            });
            let edits: Vec<ParameterEdit> = bare
                .filter_map(|(place, parameter)| {
                    let values = parameter.values().map(Cow::into_owned);
                    let same = Parameter::new(String::from(parameter.name()?), values).ok()?;
                    Some(ParameterEdit::Replace(place, same))
                })
                .collect();
            if !edits.is_empty() {
                changes.push((property.id(), edits));
            }
        }
        for (id, edits) in &changes {
            let mut property = self.entry_mut(*id).ok_or(EditError::NoEntry)?;
            property.edit_parameters(edits)?;
        }
        Ok(changes.len())
    }
}

/// The raw text of a value that stands on its line as it is.
fn plain_text<'a>(property: &PropertyRef<'a>) -> Option<Cow<'a, str>> {
    let line = property.line();
    let is_encoded = line.is_quoted_printable() || line.is_base64();
    if is_encoded || property.parameter("CHARSET").is_some() {
        return None;
    }
    property.raw_text().ok()
}

/// A URI with its commas, plain or escaped, all one way; other escapes stay.
fn with_commas(raw: &str, commas: UriCommas) -> String {
    let comma = match commas {
        UriCommas::Plain => ",",
        UriCommas::Escaped => "\\,",
    };
    let mut written = String::with_capacity(raw.len() + 8);
    let mut characters = raw.chars();
    while let Some(character) = characters.next() {
        match character {
            ',' => written.push_str(comma),
            '\\' => match characters.next() {
                Some(',') => written.push_str(comma),
                other => {
                    written.push('\\');
                    written.extend(other);
                }
            },
            other => written.push(other),
        }
    }
    written
}
