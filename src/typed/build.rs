//! What a builder makes conforms: each property is held against its row of the registry.

use alloc::string::String;
use alloc::sync::Arc;

use super::set_error::SetErrorKind;
use crate::card::render::push_raw;
use crate::card::uri_commas::Style;
use crate::card::{BuildError, CardBuilder, Parameter, Property, PropertyValue, required};
use crate::registry::{
    self, Column, Condition, Defined, ParameterId, Permit, PropertyId, PropertyRow, ReadAs,
    ValueType,
};
use crate::syntax::byte_class::is_x_name;
use crate::syntax::escape;
use crate::value::{
    self, Geo, LanguageTag, Media, Name, Notes, Pid, Pref, Reason, Timestamp, Uri, Value,
    ValueError, foreign,
};
use crate::version::Version;

impl CardBuilder {
    /// Adds a property. RFC 6350, 3.3.
    ///
    /// What the version does not have (the property, a parameter, the type of the value, a value of that
    /// type) comes out of [`build`](Self::build); [`build_unchecked`](Self::build_unchecked) lets it pass.
    ///
    /// ```
    /// use vcardinal::{Card, Property, Version};
    ///
    /// let size = Property::text("X-SHOE-SIZE", "38")?.with_group("item1")?;
    /// let card = Card::builder(Version::V4_0).full_name("A").property(size).build()?;
    /// assert!(card.to_string().contains("\r\nitem1.X-SHOE-SIZE:38\r\n"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn property(mut self, property: Property) -> Self {
        let row = registry::property(property.name().as_str().as_bytes());
        if let Some(row) = row
            && let Err(doubt) = check(&property, row, self.style(), true)
        {
            self.doubt(doubt);
        }
        self.note_identity(&property, row.map(|row| row.id));
        self.push(&property, row.map(|row| row.id));
        self
    }

    /// Adds a property whose value a type wrote.
    pub(super) fn typed_property(&mut self, id: Option<PropertyId>, property: &Property) {
        if let Some(id) = id
            && let Err(doubt) = check(property, id.row(), self.style(), false)
        {
            self.doubt(doubt);
        }
        self.note_identity(property, id);
        self.push(property, id);
    }

    /// Remembers the numbers by which programs tell its properties apart. RFC 6350, 6.7.7; RFC 9554,
    /// 4.7.
    fn note_identity(&mut self, property: &Property, id: Option<PropertyId>) {
        if id == Some(PropertyId::CLIENTPIDMAP)
            && let Some(number) = source_of(property.value())
            && !self.identities().maps.insert(number)
        {
            self.doubt(BuildError::SourceTwice { source_id: number });
        }
        for parameter in property.parameters() {
            let row = registry::parameter(parameter.name().as_str().as_bytes());
            match (row.map(|row| row.id), id) {
                (Some(ParameterId::PID), _) => {
                    let pids = parameter.values().iter().map(|list| Pid::parse_list(list));
                    for pid in pids.flatten().flatten() {
                        let source = pid.source.map(core::num::NonZeroU32::get);
                        self.identities().sources.extend(source);
                    }
                }
                (Some(ParameterId::PROP_ID), Some(id)) => {
                    let Some(value) = parameter.values().first() else {
                        continue;
                    };
                    // Those with one ALTID are one property in several languages.
                    let alt_id = property.parameter("ALTID");
                    let alt_id = alt_id.and_then(|given| given.values().first()).cloned();
                    let known = &mut self.identities().prop_ids;
                    let first = known.get(&(id, value.clone())).cloned();
                    known
                        .entry((id, value.clone()))
                        .or_insert_with(|| alt_id.clone());
                    if first.is_some_and(|first| alt_id.is_none() || first != alt_id) {
                        self.doubt(BuildError::PropIdTwice {
                            name: id.name(),
                            value: value.clone(),
                        });
                    }
                }
                _ => {}
            }
        }
    }

    /// Adds what the version demands and the card does not have yet: FN, which is made of N, ORG or EMAIL
    /// and is empty without them, and in 3.0 an N with nothing in it. RFC 6350, 6.2.1; RFC 2426, 3.1.1 and 3.1.2.
    ///
    /// ```
    /// use vcardinal::value::Name;
    /// use vcardinal::{Card, Version};
    ///
    /// let builder = Card::builder(Version::V4_0).name(Name::new("Quist", "Ada"));
    /// assert!(builder.fill_required().build()?.to_string().contains("\r\nFN:Ada Quist\r\n"));
    /// # Ok::<(), vcardinal::BuildError>(())
    /// ```
    #[must_use]
    pub fn fill_required(mut self) -> Self {
        let version = self.version();
        for id in required(version) {
            if self.has(id) {
                continue;
            }
            self = match id {
                PropertyId::N => self.name(Name::default()),
                _ => {
                    let card = self.so_far();
                    let name = card.map(|card| String::from(card.display_name()));
                    self.text("FN", name.unwrap_or_default())
                }
            };
        }
        self
    }
}

/// Whether a property is as its version has it.
fn check(
    property: &Property,
    row: &'static PropertyRow,
    style: Style,
    with_value: bool,
) -> Result<(), BuildError> {
    let (name, version) = (row.name, style.version);
    let Some(column) = row.column(version) else {
        return Err(BuildError::NotInVersion { name, version });
    };
    let value_type = value_type(property, row, column, version)?;
    for parameter in property.parameters() {
        check_parameter(parameter, row, column, value_type, version)?;
    }
    check_script(property, row.name)?;
    if needs_parameter(row.id) {
        check_needed(property, name, column, value_type)?;
    }
    match with_value || foreign::is_foreign(row.id) {
        true => check_value(property, row, value_type, style),
        false => Ok(()),
    }
}

/// The number of a CLIENTPIDMAP.
fn source_of(value: &PropertyValue) -> Option<u32> {
    let first = match value {
        PropertyValue::Text(text) | PropertyValue::Raw(text) => text.split(';').next()?,
        PropertyValue::Components(components) => components.first()?.first()?,
        _ => return None,
    };
    first.trim().parse().ok()
}

/// Whether a property has to have a parameter in some version that is built: so few have to that
/// nobody goes through the columns of the others.
pub(super) fn needs_parameter(id: PropertyId) -> bool {
    static NEED_ONE: [bool; 256] = {
        let mut need_one = [false; 256];
        let mut rows = registry::properties();
        while let [row, rest @ ..] = rows {
            #[expect(clippy::indexing_slicing, reason = "at compile time")]
            {
                need_one[row.id.number() as usize] = needs_one(row.column(Version::V2_1))
                    || needs_one(row.column(Version::V3_0))
                    || needs_one(row.column(Version::V4_0));
            }
            rows = rest;
        }
        need_one
    };
    let needed = NEED_ONE.get(usize::from(id.number()));
    needed.is_some_and(|needed| *needed)
}

const fn needs_one(column: Option<&Column>) -> bool {
    matches!(column, Some(column) if column.needs_parameter())
}

/// Whether the SCRIPT is there that PHONETIC=script is written in. RFC 9554, 4.6.
fn check_script(property: &Property, name: &'static str) -> Result<(), BuildError> {
    let of = |id: ParameterId| property.parameter(id.name());
    let is_script = |one: &Parameter| {
        one.values()
            .iter()
            .any(|word| word.eq_ignore_ascii_case("script"))
    };
    match of(ParameterId::PHONETIC) {
        Some(phonetic) if is_script(phonetic) && of(ParameterId::SCRIPT).is_none() => {
            Err(BuildError::ParameterMissing {
                name,
                parameter: ParameterId::SCRIPT.name(),
            })
        }
        _ => Ok(()),
    }
}

/// Whether a property has the parameters that it has to have.
fn check_needed(
    property: &Property,
    name: &'static str,
    column: &Column,
    value_type: ValueType,
) -> Result<(), BuildError> {
    let missing = column.parameters.iter().find(|allowed| {
        allowed.is_needed(Some(value_type))
            && property.parameter(allowed.parameter.name()).is_none()
    });
    if let Some(allowed) = missing {
        let parameter = allowed.parameter.name();
        return Err(BuildError::ParameterMissing { name, parameter });
    }
    Ok(())
}

/// The type of a value, by what VALUE says.
fn value_type(
    property: &Property,
    row: &'static PropertyRow,
    column: &Column,
    version: Version,
) -> Result<ValueType, BuildError> {
    if property.value().is_inline() {
        return Ok(ValueType::inline(version));
    }
    let named = property.parameter("VALUE");
    let Some(word) = named.and_then(|parameter| parameter.values().first()) else {
        return Ok(column.default_type());
    };
    match registry::value_type(word.as_bytes()) {
        Some(row) if column.permits_type(row.value_type) || column.types.is_empty() => {
            Ok(row.value_type)
        }
        Some(named) => Err(BuildError::ValueType {
            name: row.name,
            value_type: named.name,
            version,
        }),
        // Readers take a value of a type that is not registered for one of the usual type.
        None if !is_x_name(word.as_bytes()) => Ok(column.default_type()),
        None => Ok(ValueType::Text),
    }
}

fn check_parameter(
    parameter: &Parameter,
    row: &'static PropertyRow,
    column: &Column,
    value_type: ValueType,
    version: Version,
) -> Result<(), BuildError> {
    let Some(of) = registry::parameter(parameter.name().as_str().as_bytes()) else {
        return Ok(());
    };
    let permitted = of.defined(version) == Defined::Yes
        && match column.permit(of.id) {
            Permit::No | Permit::If(Condition::Forbidden) => false,
            Permit::If(Condition::IfText) => value_type == ValueType::Text,
            Permit::If(Condition::IfUri) => value_type == ValueType::Uri,
            Permit::If(Condition::IfDate) => value_type != ValueType::Text,
            Permit::If(_) | Permit::Meaningless => true,
        };
    if !permitted {
        return Err(BuildError::Parameter {
            name: row.name,
            parameter: of.name,
            version,
        });
    }
    match parameter
        .values()
        .iter()
        .find(|value| !is_value_of(of.id, value))
    {
        Some(wrong) => Err(BuildError::ParameterValue {
            name: row.name,
            parameter: of.name,
            value: wrong.clone(),
        }),
        None => Ok(()),
    }
}

/// Whether a parameter may have this value, as far as its own grammar goes.
fn is_value_of(parameter: ParameterId, value: &str) -> bool {
    let version = Version::V4_0;
    match parameter {
        ParameterId::PREF => value.parse().is_ok_and(|pref| Pref::new(pref).is_ok()),
        ParameterId::PID => Pid::parse_list(value).is_ok(),
        ParameterId::INDEX => value.parse::<u32>().is_ok_and(|index| index > 0),
        ParameterId::DERIVED => bool::parse(value, version).is_ok(),
        ParameterId::LANGUAGE => LanguageTag::parse(value, version).is_ok(),
        ParameterId::CREATED => Timestamp::parse(value, version).is_ok(),
        ParameterId::AUTHOR => Uri::new(value).is_ok(),
        ParameterId::GEO => Geo::parse(value, version).is_ok() && value.contains(':'),
        ParameterId::JSCOMPS => value.is_empty() || foreign::js_comps(value).is_ok(),
        ParameterId::JSPTR => foreign::js_ptr_fault(value).is_none(),
        ParameterId::LEVEL => registry::groups()
            .iter()
            .filter(|group| group.parameter == Some(parameter))
            .any(|group| {
                group
                    .values
                    .iter()
                    .any(|word| word.eq_ignore_ascii_case(value))
            }),
        ParameterId::PROP_ID => {
            let is_in_it = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
            (1..=255).contains(&value.len()) && value.bytes().all(is_in_it)
        }
        _ => true,
    }
}

/// A value written by hand that is not one of its property.
fn refuse(row: &'static PropertyRow, fault: ValueError) -> Result<(), BuildError> {
    Err(BuildError::Value {
        name: row.name.into(),
        error: Arc::new(SetErrorKind::Text(fault).of(row.name)),
    })
}

/// Whether a value that no type wrote can be read as its type.
fn check_value(
    property: &Property,
    row: &'static PropertyRow,
    value_type: ValueType,
    style: Style,
) -> Result<(), BuildError> {
    let is_inline = property.value().is_inline();
    let has_encoding = || property.parameter("ENCODING").is_some();
    if value_type == ValueType::Binary && row.is_media() && !is_inline && !has_encoding() {
        return Err(BuildError::ParameterMissing {
            name: row.name,
            parameter: ParameterId::ENCODING.name(),
        });
    }
    if let PropertyValue::Raw(raw) | PropertyValue::Uri(raw) = property.value()
        && raw.bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1
    {
        let end = raw.len();
        return refuse(row, ValueError::new(end - 1..end, Reason::OpenEscape));
    }
    let is_any_text = row.stands_for.is_some()
        || matches!(value_type, ValueType::Text | ValueType::PhoneNumber)
            && !matches!(
                row.form(),
                ReadAs::ClientPidMap | ReadAs::Timestamp | ReadAs::Gender
            )
            && !foreign::is_foreign(row.id)
        || value_type == ValueType::Vcard;
    if is_any_text {
        return Ok(());
    }
    if let PropertyValue::Raw(text) | PropertyValue::Uri(text) | PropertyValue::Text(text) =
        property.value()
        && !foreign::is_foreign(row.id)
        && value::is_clean(
            row.read_as(value_type),
            value_type,
            text.as_bytes(),
            style.version,
        )
    {
        return Ok(());
    }
    if is_inline {
        return Ok(());
    }
    let mut raw = String::new();
    push_raw(property.value(), style, &mut raw);
    let text = escape::unescape(&raw, style.version);
    if !text.is_empty()
        && let Some(expected) = foreign::fault_of_text(row.id, &text)
    {
        return refuse(
            row,
            ValueError::new(0..text.len(), Reason::Expected(expected)),
        );
    }
    let mut bare = None;
    let mut sink = |note: ValueError| {
        if note.reason == Reason::BareSemicolon {
            bare = Some(note);
        }
    };
    let mut notes = Notes::to(&mut sink);
    let read = value::check(Some(row.id), value_type, &raw, style.version, &mut notes);
    // Without VALUE it may be data too, and what is neither that nor a URI cannot be read.
    let is_data_or_uri = value_type == ValueType::Uri
        && row.form() == ReadAs::Media
        && property.parameter("VALUE").is_none()
        && !raw.trim_ascii().is_empty();
    let media = match is_data_or_uri {
        true => Media::parse(&raw, style.version).map(drop),
        false => Ok(()),
    };
    match (read.and(media), bare) {
        (Err(error), _) => refuse(row, error),
        // 3.0 has readers that take it for text.
        (Ok(()), Some(note)) if style.version == Version::V4_0 => refuse(row, note),
        _ => Ok(()),
    }
}
