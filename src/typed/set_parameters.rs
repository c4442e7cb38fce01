//! What can be read of a property beside its value, set: label, TYPE, preference, language, ALTID,
//! what it is sorted by. RFC 6350, 5.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::card_value::Rendered;
use super::entry::{Entry, Parts};
use super::label::{self, each_word};
use super::preference;
use super::set_error::{SetError, SetErrorKind};
use super::typed::TypedProperty;
use super::value_type::version_of;
use crate::card::{Card, EditError, EntryId, Parameter, PropertyMut, PropertyRef, WriteError};
use crate::registry::{self, PropertyId};
use crate::value::{IntoTexts, Pref, SortAs};
use crate::version::Version;

impl<'a> PropertyRef<'a> {
    /// What to sort it by: SORT-AS, or in 3.0 the SORT-STRING of the card for its N and FN; `None` without
    /// them. RFC 6350, 5.9; RFC 2426, 3.6.5.
    ///
    /// ```
    /// use vcardinal::Card;
    ///
    /// let card = Card::parse(
    ///     "BEGIN:VCARD\nVERSION:4.0\nN;SORT-AS=\"Harten,Rene\":van der Harten;Rene;;;\nEND:VCARD\n",
    /// )?;
    /// assert_eq!(card.name().unwrap().sort_as().unwrap().as_slice(), ["Harten", "Rene"]);
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    #[must_use]
    pub fn sort_as(&self) -> Option<SortAs<'a>> {
        let row = registry::property(self.line().name_bytes());
        let components = row.map_or(1, |row| row.components(Version::V4_0).len());
        let mut values = self.values_named("SORT-AS").peekable();
        if values.peek().is_some() {
            return Some(SortAs::at_most(
                self.max_values(),
                values,
                components.max(1),
            ));
        }
        let is_name = self.is("N") || self.is("FN");
        if !is_name || self.effective_version() == Version::V4_0 {
            return None;
        }
        let line = self.card().property(PropertyId::SORT_STRING.name())?;
        Some(SortAs::new([line.text_lossy()], 1))
    }
}

impl PropertyMut<'_> {
    /// Says what it is called, as [`label`](PropertyRef::label) reads it, in the form that its version
    /// and the label need; `None`, or a blank one, takes the label away.
    ///
    /// # Errors
    ///
    /// The card has no place for the line that says so.
    ///
    /// ```
    /// use vcardinal::Card;
    ///
    /// let mut card = Card::parse(
    ///     "BEGIN:VCARD\nVERSION:3.0\nitem1.TEL:1\nitem1.X-ABLabel:Boat\nEND:VCARD\n",
    /// )?;
    /// let mut boat = card.find_mut(|p| p.is("TEL") && p.label().as_deref() == Some("Boat")).unwrap();
    /// boat.set_label("Car")?;
    /// assert_eq!(boat.get().label().as_deref(), Some("Car"));
    /// boat.set_label(None)?;
    /// assert!(!card.to_string().contains("X-ABLabel"));
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    pub fn set_label<'t>(&mut self, label: impl Into<Option<&'t str>>) -> Result<(), EditError> {
        let property = self.get();
        let labels = property.card().labels();
        let lines: Vec<EntryId> = labels.lines_of(&property).collect();
        let id = self.id();
        label::set(self.card_mut(), id, &lines, label.into()).map(|_| ())
    }

    /// Sets the words of TYPE: one, several, or none. RFC 6350, 5.6.
    ///
    /// # Errors
    ///
    /// A word has no form in the version of the card.
    ///
    /// ```
    /// use vcardinal::Card;
    ///
    /// let mut card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:A\nTEL;TYPE=home:1\nEND:VCARD\n")?;
    /// card.property_mut("TEL").unwrap().set_types(["work", "cell"])?;
    /// assert!(card.to_string().contains("\nTEL;TYPE=work,cell:1\n"));
    /// card.property_mut("TEL").unwrap().set_types(None::<&str>)?;
    /// assert!(card.to_string().contains("\nTEL:1\n"));
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    pub fn set_types<'t>(&mut self, types: impl IntoTexts<'t>) -> Result<(), EditError> {
        let types: Vec<String> = types.into_texts().map(|word| word.into_owned()).collect();
        self.set_or_remove("TYPE", types)
    }

    /// Says how much it is preferred: PREF in 4.0, `pref` among the words of TYPE before, which have
    /// that for the best alone; `None` takes it away. RFC 6350, 5.3; RFC 2426, 3.3.1.
    ///
    /// # Errors
    ///
    /// The line cannot be changed.
    ///
    /// ```
    /// use vcardinal::Card;
    /// use vcardinal::value::Pref;
    ///
    /// let mut card = Card::parse("BEGIN:VCARD\nVERSION:3.0\nTEL;TYPE=cell:1\nEND:VCARD\n")?;
    /// card.property_mut("TEL").unwrap().set_pref(Pref::FIRST)?;
    /// assert!(card.to_string().contains("\nTEL;TYPE=cell,pref:1\n"));
    /// card.property_mut("TEL").unwrap().set_pref(None)?;
    /// assert!(card.to_string().contains("\nTEL;TYPE=cell:1\n"));
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    pub fn set_pref(&mut self, pref: impl Into<Option<Pref>>) -> Result<(), EditError> {
        let property = self.get();
        let version = property.effective_version();
        let mut types = Vec::new();
        each_word(&property, |word| types.push(String::from(word)));
        let before = types.len();
        types.retain(|word| !word.eq_ignore_ascii_case("pref"));
        let mut changes_types = types.len() < before;
        let mut parameter = None;
        if let Some(pref) = pref.into() {
            let count = types.len();
            parameter = preference::written(pref, version, &mut types)?;
            changes_types |= types.len() > count;
        }
        if changes_types {
            self.set_or_remove("TYPE", types)?;
        }
        match parameter {
            Some(parameter) => self.set_parameter(parameter),
            None => self.remove_parameter("PREF").map(|_| ()),
        }
    }

    /// Says that nothing is preferred to it, or no longer says so: [`set_pref`](Self::set_pref) of the
    /// best, or of nothing.
    ///
    /// # Errors
    ///
    /// The line cannot be changed.
    ///
    /// ```
    /// use vcardinal::Card;
    ///
    /// let mut card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:A\nTEL:1\nEND:VCARD\n")?;
    /// card.property_mut("TEL").unwrap().set_preferred(true)?;
    /// assert!(card.preferred_phone().unwrap().is_preferred());
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    pub fn set_preferred(&mut self, preferred: bool) -> Result<(), EditError> {
        self.set_pref(preferred.then_some(Pref::FIRST))
    }

    /// Sets LANGUAGE, or takes it away. RFC 6350, 5.1.
    ///
    /// # Errors
    ///
    /// The text has no form in the version of the card.
    ///
    /// ```
    /// use vcardinal::Card;
    ///
    /// let mut card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:A\nTITLE:Patronne\nEND:VCARD\n")?;
    /// card.property_mut("TITLE").unwrap().set_language("fr")?;
    /// assert_eq!(card.title().unwrap().language().as_deref(), Some("fr"));
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    pub fn set_language<'t>(
        &mut self,
        language: impl Into<Option<&'t str>>,
    ) -> Result<(), EditError> {
        self.set_or_remove("LANGUAGE", language.into().map(String::from))
    }

    /// Sets ALTID, or takes it away. RFC 6350, 5.4.
    ///
    /// # Errors
    ///
    /// The text has no form in the version of the card.
    ///
    /// ```
    /// use vcardinal::Card;
    ///
    /// let mut card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:A\nTITLE:Patronne\nEND:VCARD\n")?;
    /// card.property_mut("TITLE").unwrap().set_alt_id("1")?;
    /// assert_eq!(card.title().unwrap().alt_id().as_deref(), Some("1"));
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    pub fn set_alt_id<'t>(&mut self, alt_id: impl Into<Option<&'t str>>) -> Result<(), EditError> {
        self.set_or_remove("ALTID", alt_id.into().map(String::from))
    }

    /// Sets what it is sorted by, component by component, or takes that away: SORT-AS in 4.0, the
    /// SORT-STRING of the card for N and FN in 3.0. RFC 6350, 5.9; RFC 2426, 3.6.5.
    ///
    /// # Errors
    ///
    /// The version has no form for it.
    ///
    /// ```
    /// use vcardinal::Card;
    ///
    /// let mut card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:A\nORG:The Able Co\nEND:VCARD\n")?;
    /// card.property_mut("ORG").unwrap().set_sort_as("Able")?;
    /// assert_eq!(card.organization().unwrap().sort_as().unwrap().as_slice(), ["Able"]);
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    pub fn set_sort_as<'t>(&mut self, sort_as: impl IntoTexts<'t>) -> Result<(), EditError> {
        let texts: Vec<String> = sort_as.into_texts().map(|text| text.into_owned()).collect();
        let property = self.get();
        let version = property.effective_version();
        if version == Version::V4_0 {
            return self.set_or_remove("SORT-AS", texts);
        }
        let is_name = property.is("N") || property.is("FN");
        let name = PropertyId::SORT_STRING.name();
        let card = self.card_mut();
        match (texts.is_empty(), is_name && version == Version::V3_0) {
            (true, true) => {
                card.remove_where(|property| property.is(name));
                Ok(())
            }
            (true, false) => Ok(()),
            (false, true) => card.set_text(name, texts.join(" ")).map(|_| ()),
            (false, false) => Err(WriteError::NoForm { version }.into()),
        }
    }

    /// Sets a parameter to these values, or removes it without any.
    fn set_or_remove(
        &mut self,
        name: &str,
        values: impl IntoIterator<Item = String>,
    ) -> Result<(), EditError> {
        let values: Vec<String> = values.into_iter().collect();
        match values.is_empty() {
            true => self.remove_parameter(name).map(|_| ()),
            false => self.set_parameter(Parameter::new(name.to_string(), values)?),
        }
    }
}

impl<P: TypedProperty> Entry<'_, P> {
    /// Sets the value of a property, and what else the entry says.
    pub(super) fn set_on(self, property: &mut PropertyMut<'_>) -> Result<(), SetError> {
        let (value, parts) = self.into_rendered(version_of(&property.get()));
        set_on(property, P::NAME, value, parts)
    }
}

fn set_on(
    property: &mut PropertyMut<'_>,
    name: &str,
    value: Result<Rendered, SetErrorKind>,
    parts: Parts<'_>,
) -> Result<(), SetError> {
    // What is no value of the property is so under every name.
    if let Err(kind @ (SetErrorKind::Text(_) | SetErrorKind::Nothing)) = value {
        return Err(kind.of(name));
    }
    property.set_rendered(value)?;
    if parts.is_empty() {
        return Ok(());
    }
    let set = || -> Result<(), SetErrorKind> {
        for parameter in parts.parameters {
            property.set_parameter(parameter)?;
        }
        if !parts.types.is_empty() {
            property.set_types(parts.types)?;
        }
        if parts.pref.is_some() {
            property.set_pref(parts.pref)?;
        }
        if let Some(label) = &parts.label {
            property.set_label(&**label)?;
        }
        Ok(())
    };
    set().map_err(|kind| kind.of(name))
}

impl Card {
    /// What to sort it by among others, in letter case: SORT-AS or SORT-STRING, else the family and given
    /// names, else the [display name](Self::display_name). For the order of a language, hand it to a
    /// collator. RFC 6350, 5.9; RFC 2426, 3.6.5.
    ///
    /// ```
    /// use vcardinal::Card;
    ///
    /// let card = |lines: &str| Card::parse(format!("BEGIN:VCARD\nVERSION:4.0\n{lines}END:VCARD\n"));
    /// let mut cards = vec![card("FN:Zoë Quist\nN:Quist;Zoë;;;\n")?, card("FN:Ada Brook\nN:Brook;Ada;;;\n")?];
    /// cards.sort_by_key(|card| card.sort_key());
    /// assert_eq!(cards[0].display_name(), "Ada Brook");
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    #[must_use]
    pub fn sort_key(&self) -> String {
        let joined = |texts: &mut dyn Iterator<Item = &str>| {
            let mut key = String::new();
            for text in texts.map(str::trim).filter(|text| !text.is_empty()) {
                if !key.is_empty() {
                    key.push(' ');
                }
                key.push_str(text);
            }
            key
        };
        let name = self.name();
        let sort_as = name
            .and_then(|name| name.sort_as())
            .or_else(|| self.full_name()?.sort_as())
            .map(|sort_as| joined(&mut sort_as.as_slice().iter().map(|text| &**text)));
        let parts = || {
            let name = name?.value().ok()?;
            let parts = name.family().iter().chain(name.given());
            Some(joined(&mut parts.map(|text| &**text)))
        };
        let full = |key: &String| !key.is_empty();
        sort_as
            .filter(full)
            .or_else(|| parts().filter(full))
            .unwrap_or_else(|| self.display_name().into_owned())
    }
}
