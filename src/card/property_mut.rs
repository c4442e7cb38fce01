//! One property of a card, to be changed.

use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::vec::Vec;

use super::Card;
use super::edit_error::EditError;
use super::entry_id::EntryId;
use super::inline_bytes::Inline;
use super::new_property::{Parameter, Property, PropertyValue, Token, WriteError};
use super::of_value::NewValue;
use super::property_ref::PropertyRef;
use super::render::{self, HeadEdit, NewLine, ParameterEdit};
use super::uri_commas::Style;
use crate::registry::{self, PropertyRow, ValueType};
use crate::syntax::flags::Flags;
use crate::syntax::{ContentLine, wide};
use crate::version::Version;

/// One property of a card, to be changed. Only its own bytes change.
#[derive(Debug)]
pub struct PropertyMut<'a> {
    pub(super) card: &'a mut Card,
    pub(super) id: EntryId,
}

impl PropertyMut<'_> {
    /// Names it for later.
    ///
    /// ```
    /// use vcardinal::Card;
    ///
    /// let mut card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:A\nEND:VCARD\n")?;
    /// let id = card.property_mut("FN").unwrap().id();
    /// assert_eq!(card.entry(id).unwrap().text_lossy(), "A");
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    #[must_use]
    pub fn id(&self) -> EntryId {
        self.id
    }

    /// The property as it is now.
    ///
    /// ```
    /// use vcardinal::Card;
    ///
    /// let mut card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:A\nNOTE:b\nEND:VCARD\n")?;
    /// let note = card.property_mut("NOTE").unwrap();
    /// assert_eq!(note.get().text_lossy(), "b");
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    #[must_use]
    pub fn get(&self) -> PropertyRef<'_> {
        // Only `remove` takes it away, and takes this along.
        let line = self.card.content_line(self.id).unwrap_or_default();
        PropertyRef::new(self.card, self.id, line)
    }

    /// The card that it is in.
    pub(crate) fn card_mut(&mut self) -> &mut Card {
        self.card
    }

    /// How lines of its card are written.
    pub(crate) fn card_style(&self) -> Style {
        self.card.style()
    }

    fn line(&self) -> Result<ContentLine<'_>, EditError> {
        self.card.content_line(self.id).ok_or(EditError::NoEntry)
    }

    /// Sets the value to one text.
    ///
    /// # Errors
    ///
    /// As [`set_value`](Self::set_value).
    ///
    /// ```
    /// use vcardinal::Card;
    ///
    /// let mut card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:A\nitem1.NOTE;LANGUAGE=en:old\nEND:VCARD\n")?;
    /// card.property_mut("NOTE").unwrap().set_text("new; and longer")?;
    /// assert!(card.to_string().contains("\nitem1.NOTE;LANGUAGE=en:new; and longer\n"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn set_text(&mut self, text: impl Into<String>) -> Result<(), EditError> {
        self.set_value(PropertyValue::Text(text.into()))
    }

    /// Sets the value. Group and name stay as they are written, and so do the parameters, but for those
    /// that described the old value ([`BelongsTo`](crate::registry::BelongsTo)): ENCODING and CHARSET,
    /// LABEL and GEO of an address, SORT-AS, JSCOMPS and the like. A value that is there already changes
    /// nothing.
    ///
    /// The properties of its name and ALTID that have PHONETIC say how the old value sounds (RFC 9554,
    /// 4.6), and are removed.
    ///
    /// The value is of the type that VALUE says of the old one, but for inline data.
    ///
    /// # Errors
    ///
    /// When the value has no form in the version of the card.
    ///
    /// ```
    /// use vcardinal::Card;
    ///
    /// let mut card = Card::parse(
    ///     "BEGIN:VCARD\nVERSION:4.0\nFN:A\nORG;SORT-AS=\"Able\";TYPE=work:The Able Company\nEND:VCARD\n",
    /// )?;
    /// card.property_mut("ORG").unwrap().set_text("Best Company")?;
    /// assert!(card.to_string().contains("\nORG;TYPE=work:Best Company\n"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn set_value(&mut self, value: PropertyValue) -> Result<(), EditError> {
        let property = self.get();
        if is_there(&property, &value) {
            return Ok(());
        }
        let version = self.card.write_version();
        let row = registry::property(property.line().name_bytes());
        let new = match Inline::of(&value) {
            Some((media_type, _)) => {
                let new = NewValue::new(row, ValueType::inline(version), version);
                match media_type.is_empty() {
                    true => new.keeping_media_type(),
                    false => new,
                }
            }
            None => NewValue::new(row, type_of(&property, row), version).keeping_type(),
        };
        self.set_typed_value(&value, new, None, &[])
    }

    /// Writes the value that is there another way: all parameters stay but for ENCODING and CHARSET.
    pub(crate) fn respell(&mut self, value: &PropertyValue) -> Result<(), EditError> {
        let edits = self.without(&["ENCODING", "CHARSET"])?;
        self.rewrite(&edits, value)
    }

    /// Sets the value, and changes parameters at the same time.
    pub(crate) fn rewrite(
        &mut self,
        edits: &[ParameterEdit],
        value: &PropertyValue,
    ) -> Result<(), EditError> {
        let version = self.card.write_version();
        let head = self.head(edits)?;
        self.set_with_head(head, value, edits, version)
    }

    /// Sets the value, with what its type needs in the place of what described the old value
    /// ([`of_value`](super::of_value)). What is to be there of another parameter comes last.
    pub(crate) fn set_typed_value(
        &mut self,
        value: &PropertyValue,
        new: NewValue,
        declared: Option<&'static str>,
        others: &[Parameter],
    ) -> Result<(), EditError> {
        let version = self.card.write_version();
        let line = self.line()?;
        if !line.is_content() {
            return Err(EditError::NoEntry);
        }
        let declared = declared
            .map(|declared| Parameter::new("VALUE", [declared]))
            .transpose()?;
        let edit = HeadEdit {
            line,
            group: line.group(),
            edits: &[],
            for_value: Some(new),
            with: declared.as_ref(),
        };
        let mut head = edit.head(version)?.ok_or(EditError::NotUtf8)?;
        for parameter in others {
            head.push(';');
            render::parameter(parameter, version, &mut head)?;
        }
        let sounds = self.card.sounds_of(self.id);
        if sounds.is_empty() {
            return self.set_with_head(head, value, &[], version);
        }
        // All of it or nothing.
        let mut card = self.card.clone();
        let mut same = PropertyMut {
            card: &mut card,
            id: self.id,
        };
        same.set_with_head(head, value, &[], version)?;
        for sound in sounds {
            card.remove_with_label(sound)?;
        }
        *self.card = card;
        Ok(())
    }

    fn set_with_head(
        &mut self,
        head: String,
        value: &PropertyValue,
        edits: &[ParameterEdit],
        version: Version,
    ) -> Result<(), EditError> {
        let mut line = self.rendered(head, value)?;
        self.check_parameters(&line, edits, version)?;
        // One blank line ends a block of base64, and there may be one already.
        if line.blank_after {
            line.blank_after = !self.card.is_before_blank(self.id);
        }
        self.card.replace_line(self.id, line)
    }

    /// The line of a head and a value for this place.
    ///
    /// What is written by the rules of a version has to be read by them. So where the line is the last
    /// one by which a card without VERSION looks like 2.1, it goes on saying so, in quoted-printable.
    fn rendered(&self, head: String, value: &PropertyValue) -> Result<NewLine, EditError> {
        let (style, ending) = (self.card.style(), self.card.ending_at(self.id));
        if self.get().is("VERSION") {
            // A quote that does not end hides the colon from those who do not know the version yet.
            if head.bytes().filter(|byte| *byte == b'"').count() % 2 == 1 {
                let version = self.card.write_version();
                return Err(WriteError::NoForm { version }.into());
            }
            let line = render::with_value(head.clone(), value, style, ending)?;
            // What names the version is read by the rules of the version that it names.
            let style = self.card.style_with(self.id, line.view())?;
            return render::with_value(head, value, style, ending).map_err(EditError::from);
        }
        let is_by_looks = self.card.looks_like_2_1() && Inline::of(value).is_none();
        let encoded = is_by_looks.then(|| head.clone() + ";ENCODING=QUOTED-PRINTABLE");
        let line = render::with_value(head, value, style, ending)?;
        Ok(match encoded {
            Some(head) if self.card.leaves_2_1(self.id, line.view()) => {
                render::with_value(head, value, style, ending)?
            }
            _ => line,
        })
    }

    /// Sets the value to base64, in the encoding that a parameter names, and changes parameters at
    /// the same time.
    pub(crate) fn rewrite_base64(
        &mut self,
        edits: &[ParameterEdit],
        base64: &str,
    ) -> Result<(), EditError> {
        let version = self.card.write_version();
        let head = self.head(edits)?;
        let ending = self.card.ending_at(self.id);
        let mut line = render::with_base64(head, base64, version, ending)?;
        self.check_parameters(&line, edits, version)?;
        line.blank_after = version == Version::V2_1 && !self.card.is_before_blank(self.id);
        self.put(line)
    }

    /// Sets a parameter: in the place of the first of its name, and instead of all of its name,
    /// or else after the others.
    ///
    /// # Errors
    ///
    /// When a value has no form in the version of the card, or when the value of the property
    /// would say something else: an encoding or a charset that it is not in.
    ///
    /// ```
    /// use vcardinal::{Card, Parameter};
    ///
    /// let mut card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:A\nTEL;pref=2;X-a=b:1\nEND:VCARD\n")?;
    /// card.property_mut("TEL").unwrap().set_parameter(Parameter::new("PREF", ["1"])?)?;
    /// assert!(card.to_string().contains("\nTEL;PREF=1;X-a=b:1\n"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn set_parameter(&mut self, parameter: Parameter) -> Result<(), EditError> {
        let mut edits = self.without(&[parameter.name().as_str()])?;
        match edits.first_mut() {
            Some(ParameterEdit::Remove(place)) => {
                let first = ParameterEdit::Replace(*place, parameter);
                edits.splice(..1, [first]);
            }
            _ => edits.push(ParameterEdit::Add(parameter)),
        }
        self.edit_parameters(&edits)
    }

    /// Changes some of its parameters, and keeps the value byte for byte.
    pub(crate) fn edit_parameters(&mut self, edits: &[ParameterEdit]) -> Result<(), EditError> {
        let head = self.head(edits)?;
        self.set_head(head, edits)
    }

    /// Removes the parameters of this name, written or meant; whether there were any.
    ///
    /// # Errors
    ///
    /// When the value says something else without it: an encoding or a charset that it is in.
    ///
    /// ```
    /// use vcardinal::Card;
    ///
    /// let mut card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:A\nTEL;PREF=1;TYPE=home:1\nEND:VCARD\n")?;
    /// let mut tel = card.property_mut("TEL").unwrap();
    /// assert!(tel.remove_parameter("pref")?);
    /// assert!(!tel.remove_parameter("pref")?);
    /// assert!(card.to_string().contains("\nTEL;TYPE=home:1\n"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn remove_parameter(&mut self, name: &str) -> Result<bool, EditError> {
        let edits = self.without(&[name])?;
        if edits.is_empty() {
            return Ok(false);
        }
        self.edit_parameters(&edits)?;
        Ok(true)
    }

    /// Removes the parameters that have one of these names, as written, all at once.
    pub(crate) fn remove_parameters(&mut self, names: &[String]) -> Result<(), EditError> {
        let names: BTreeSet<String> = names.iter().map(|name| name.to_ascii_uppercase()).collect();
        let parameters = self.line()?.parameters().enumerate();
        let is_one = |name: &str| names.contains(&name.to_ascii_uppercase());
        let edits: Vec<ParameterEdit> = parameters
            .filter(|(_, parameter)| parameter.name().is_some_and(is_one))
            .map(|(place, _)| ParameterEdit::Remove(place))
            .collect();
        match edits.is_empty() {
            true => Ok(()),
            false => self.edit_parameters(&edits),
        }
    }

    /// Sets the group, or with `None` removes it.
    ///
    /// # Errors
    ///
    /// The name is not one that a group can have, or the parameters of the line are not UTF-8.
    ///
    /// ```
    /// use vcardinal::Card;
    ///
    /// let mut card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:A\nNOTE:b\nEND:VCARD\n")?;
    /// card.property_mut("NOTE").unwrap().set_group("item7")?;
    /// assert!(card.to_string().contains("\nitem7.NOTE:b\n"));
    /// card.property_mut("NOTE").unwrap().set_group(None)?;
    /// assert!(card.to_string().contains("\nNOTE:b\n"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn set_group<'t>(&mut self, group: impl Into<Option<&'t str>>) -> Result<(), EditError> {
        let group = group.into().map(String::from);
        let group = group.map(Token::new).transpose()?;
        let line = self.line()?;
        if !line.is_content() {
            return Err(EditError::NoEntry);
        }
        let edit = HeadEdit {
            line,
            group: group.as_ref().map(Token::as_str),
            edits: &[],
            for_value: None,
            with: None,
        };
        let head = edit
            .head(self.card.write_version())?
            .ok_or(EditError::NotUtf8)?;
        self.set_head(head, &[])
    }

    /// All parameters of these names removed.
    fn without(&self, names: &[&str]) -> Result<Vec<ParameterEdit>, EditError> {
        let parameters = self.line()?.parameters().enumerate();
        Ok(parameters
            .filter(|(_, parameter)| names.iter().any(|name| parameter.is(name)))
            .map(|(place, _)| ParameterEdit::Remove(place))
            .collect())
    }

    fn head(&self, edits: &[ParameterEdit]) -> Result<String, EditError> {
        let line = self.line()?;
        if !line.is_content() {
            return Err(EditError::NoEntry);
        }
        let edit = HeadEdit {
            line,
            group: line.group(),
            edits,
            for_value: None,
            with: None,
        };
        edit.head(self.card.write_version())?
            .ok_or(EditError::NotUtf8)
    }

    fn set_head(&mut self, head: String, edits: &[ParameterEdit]) -> Result<(), EditError> {
        let version = self.card.write_version();
        let old = self.line()?;
        let line = render::with_head(&old, head, version, self.card.ending_at(self.id))?;
        self.check_parameters(&line, edits, version)?;
        self.put(line)
    }

    /// Whether the parameters of a line that is to be put here say what they are to say.
    fn check_parameters(
        &self,
        line: &NewLine,
        edits: &[ParameterEdit],
        version: Version,
    ) -> Result<(), EditError> {
        // Most lines have no quotes and are not put together to find that out.
        match !line.delimits() || keeps_parameters(&self.line()?, line, edits, version) {
            true => Ok(()),
            false => Err(WriteError::NoForm { version }.into()),
        }
    }

    /// Puts a line with another head or value in its place.
    fn put(&mut self, mut line: NewLine) -> Result<(), EditError> {
        if let Some(edits) = &self.card.edits
            && let Some(old) = edits.new_line(self.id)
        {
            line.blank_after |= old.blank_after && line.view().is_base64();
        }
        self.card.replace_line(self.id, line)
    }

    /// Puts another property in its place.
    ///
    /// # Errors
    ///
    /// When the property has no form in the version of the card.
    ///
    /// ```
    /// use vcardinal::{Card, Property};
    ///
    /// let mut card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:A\nX-ROLE:cook\nEND:VCARD\n")?;
    /// card.property_mut("X-ROLE").unwrap().replace(&Property::text("ROLE", "Cook")?)?;
    /// assert!(card.to_string().ends_with("\nROLE:Cook\nEND:VCARD\n"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn replace(&mut self, property: &Property) -> Result<(), EditError> {
        let head = render::head(property, self.card.write_version())?;
        let line = self.rendered(head, property.value())?;
        let (card, id) = (&*self.card, self.id);
        let line = card.in_version_after(line, property, Some(id), id)?;
        self.card.replace_line(id, line)
    }

    /// Removes it, and with it the label (X-ABLabel) of its group, if it is the last property in that:
    /// a label alone says nothing.
    ///
    /// Where its neighbours would become one line without it, an empty line stays in its place.
    ///
    /// # Errors
    ///
    /// When the line before it ends in an open soft line break.
    ///
    /// ```
    /// use vcardinal::Card;
    ///
    /// let mut card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:A\nitem1.TEL:1\nitem1.X-ABLabel:Boat\nEND:VCARD\n")?;
    /// card.property_mut("TEL").unwrap().remove()?;
    /// assert_eq!(card.to_string(), "BEGIN:VCARD\nVERSION:4.0\nFN:A\nEND:VCARD\n");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn remove(self) -> Result<(), EditError> {
        self.card.remove_with_label(self.id)
    }

    /// Moves it to stand after another line of the card, byte for byte as it is.
    ///
    /// # Errors
    ///
    /// When there is no such line, when that is END, or when lines are glued at either place.
    ///
    /// ```
    /// use vcardinal::Card;
    ///
    /// let mut card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nNOTE:b\nFN:A\nEND:VCARD\n")?;
    /// let name = card.property("FN").unwrap().id();
    /// card.property_mut("NOTE").unwrap().move_after(name)?;
    /// assert_eq!(card.to_string(), "BEGIN:VCARD\nVERSION:4.0\nFN:A\nNOTE:b\nEND:VCARD\n");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn move_after(&mut self, place: EntryId) -> Result<(), EditError> {
        self.card.move_line(self.id, place)
    }
}

/// Whether a property says this already.
fn is_there(property: &PropertyRef<'_>, value: &PropertyValue) -> bool {
    match value {
        PropertyValue::Text(text) => says_plainly(property, text)
            .unwrap_or_else(|| property.text().is_ok_and(|old| old == *text)),
        PropertyValue::List(items) => property.list().is_ok_and(|old| old == *items),
        PropertyValue::Components(components) => are_there(property, components),
        PropertyValue::Uri(text) | PropertyValue::Raw(text) => {
            property.raw_text().is_ok_and(|old| old == *text)
        }
        PropertyValue::Base64 { .. } => false,
        #[cfg(feature = "base64")]
        PropertyValue::Binary { .. } => false,
    }
}

/// Whether a property says this text, as far as the octets of its line alone tell: no form has to be
/// undone to read most values, and then two texts are the same if their octets are.
fn says_plainly(property: &PropertyRef<'_>, text: &str) -> Option<bool> {
    let plain = property.line().plain_value()?;
    if wide::any(plain, |byte| byte == b'\\') {
        return None;
    }
    // Other octets may say the same in another charset.
    match plain == text.as_bytes() {
        false if property.has_fallback_charset() && !plain.is_ascii() => None,
        is_same => Some(is_same),
    }
}

/// Whether a property has these components, which are not put together for that.
fn are_there(property: &PropertyRef<'_>, components: &[Vec<String>]) -> bool {
    let in_place = |(place, texts)| core::iter::repeat(place).zip(texts);
    let mut wanted = components.iter().enumerate().flat_map(in_place);
    let (mut same, mut count) = (true, 0);
    let read = property.each_in_components(|place, text| {
        same &= wanted
            .next()
            .is_some_and(|(at, wanted): (usize, &String)| at == place && **wanted == *text);
        count = place + 1;
    });
    // Those without any text count, too.
    read.is_ok() && same && wanted.next().is_none() && count == components.len()
}

/// The type of the value that a property has: what VALUE says, or else the default.
fn type_of(property: &PropertyRef<'_>, row: Option<&PropertyRow>) -> ValueType {
    let declared = match property.line().flags().has(Flags::MAY_NAME_TYPE) {
        true => property.parameter("VALUE"),
        false => None,
    };
    let declared =
        declared.and_then(|parameter| registry::value_type(parameter.value().as_bytes()));
    let version = property.effective_version();
    match declared {
        Some(row) => row.value_type,
        None => row.map_or(ValueType::Text, |row| row.default_type(version)),
    }
}

/// Whether the quotes and backslashes in a line mean what they meant before another head or value
/// was put beside them, and whether new parameters read back. Only for a new line that
/// [delimits](NewLine::delimits).
fn keeps_parameters(
    old: &ContentLine<'_>,
    new: &NewLine,
    edits: &[ParameterEdit],
    version: Version,
) -> bool {
    let new = new.view();
    let same = |flag| old.flags().has(flag) == new.flags().has(flag);
    let old_delimits = old.flags().has(Flags::QUOTE) || old.flags().has(Flags::BACKSLASH);
    if old_delimits && !(same(Flags::LITERAL_QUOTES) && same(Flags::BACKSLASH_ESCAPES)) {
        return false;
    }
    edits.iter().filter_map(ParameterEdit::with).all(|with| {
        let newlines = |text: &str| text.replace("\r\n", "\n").replace('\r', "\n");
        new.parameters_of(version)
            .filter(|parameter| parameter.is(with.name().as_str()))
            .any(|parameter| match with.values() {
                [] => parameter.value().is_empty(),
                values => parameter
                    .values()
                    .eq(values.iter().map(|value| newlines(value))),
            })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn ok_components_are_there_where_they_are_read(
            raw in "[a,;]{0,5}",
            wanted in prop::collection::vec(prop::collection::vec("a?", 0..3), 0..4),
        ) {
            let card = Card::parse(alloc::format!("BEGIN:VCARD\nN:{raw}\nEND:VCARD\n")).unwrap();
            let name = card.property("N").unwrap();
            let read = name.components().unwrap();
            prop_assert_eq!(are_there(&name, &wanted), read == wanted);
            prop_assert!(are_there(&name, &read));
        }
    }
}
