//! The lines of a card that a contact is made of, and those it is not made of.

use alloc::borrow::{Cow, ToOwned};
use alloc::collections::BTreeSet;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::cell::LazyCell;

use super::left_out::{LeftOut, LeftOutItem, LeftOutReason};
use super::reading_options::FromCard;
use super::{blank, control, trimmed};
use crate::card::{Card, EntryId, PropertyRef};
use crate::registry::{self, PropertyId};
use crate::syntax::Charset;
use crate::syntax::flags::Flags;
use crate::typed::property::{FullName, Kind, N, Nickname, Org};
use crate::typed::{CardValue, Labels, Typed, TypedProperty, label};
use crate::value::{self, Mailbox, Organization, TelUri};

/// What a contact is made of, and where it stands in the card.
pub(super) struct ContactLines<'a> {
    /// There is no contact of a group.
    pub is_group: bool,
    pub full_name: Option<NameLine>,
    pub name: Option<(EntryId, Vec<Vec<String>>)>,
    pub organization: Option<(EntryId, Organization<'a>)>,
    pub phones: Vec<LabelledLine>,
    pub emails: Vec<LabelledLine>,
    /// Lines with a field that could not be read, so that nothing must be written over them.
    pub unreadable: Vec<PropertyRef<'a>>,
    labels: Labels<'a>,
    pub left_out: LeftOut,
}

/// The line that says the name as it is shown.
pub(super) struct NameLine {
    pub id: EntryId,
    pub text: String,
    /// It is a NICKNAME, in a card without FN.
    pub is_nickname: bool,
}

/// The line of a phone or an email.
pub(super) struct LabelledLine {
    pub id: EntryId,
    pub value: String,
    pub label: Option<String>,
    /// The X-ABLabel lines that label it.
    pub label_lines: Vec<EntryId>,
}

/// Of several properties of a kind the one that a contact is made of.
#[derive(Default)]
struct Chosen {
    full_name: Option<EntryId>,
    name: Option<EntryId>,
    nickname: Option<EntryId>,
    organization: Option<EntryId>,
}

impl Chosen {
    fn of(card: &Card, charset: Option<Charset>) -> Chosen {
        let text = |line: PropertyRef<'_>| line.text().is_ok_and(|text| !blank(&text));
        let is_said = |part: &String| !blank(part);
        let list = |line: PropertyRef<'_>| line.list().is_ok_and(|list| list.iter().any(is_said));
        // Of the first so many components, which have a field.
        let parts = |count: usize| {
            move |line: PropertyRef<'_>| {
                let mut is_one = false;
                let read = line.each_in_components(|place, text| {
                    is_one |= place < count && !blank(&text);
                });
                read.is_ok() && is_one
            }
        };
        let has_name = || {
            preferred::<FullName>(card, charset, text).is_some()
                || preferred::<N>(card, charset, parts(usize::MAX)).is_some()
        };
        let nickname = card.get::<Nickname>().filter(|_| !has_name());
        Chosen {
            full_name: only::<FullName>(card)
                .or_else(|| preferred::<FullName>(card, charset, text)),
            name: only::<N>(card)
                .or_else(|| preferred::<N>(card, charset, parts(2)))
                .or_else(|| preferred::<N>(card, charset, parts(usize::MAX))),
            nickname: nickname.and_then(|_| preferred::<Nickname>(card, charset, list)),
            organization: only::<Org>(card)
                .or_else(|| preferred::<Org>(card, charset, parts(1)))
                .or_else(|| preferred::<Org>(card, charset, parts(usize::MAX))),
        }
    }
}

/// The property of a kind that is the only one. Whether it says something, its line tells as it is read;
/// to ask before would read it twice, in nearly every card.
fn only<P: TypedProperty>(card: &Card) -> Option<EntryId> {
    let mut all = card.all::<P>();
    let first = all.next()?;
    all.next().is_none().then(|| first.id())
}

/// The preferred property of those that say something. RFC 6350, 5.3.
fn preferred<P: TypedProperty>(
    card: &Card,
    charset: Option<Charset>,
    says: impl Fn(PropertyRef<'_>) -> bool,
) -> Option<EntryId> {
    let says = |form: &Typed<'_, P>| says(form.property().with_fallback_charset(charset));
    Some(card.preferred_where::<P>(says)?.id())
}

impl<'a> ContactLines<'a> {
    pub fn of(card: &'a Card, reading: &FromCard) -> ContactLines<'a> {
        let kind = card
            .kind()
            .and_then(|kind| Some((kind.id(), kind.value().ok()?)));
        let mut lines = ContactLines {
            is_group: matches!(&kind, Some((_, value::Kind::Group))),
            full_name: None,
            name: None,
            organization: None,
            phones: Vec::new(),
            emails: Vec::new(),
            unreadable: Vec::new(),
            labels: Labels::default(),
            left_out: LeftOut::default(),
        };
        if let (true, Some((id, _))) = (lines.is_group, kind) {
            if let Some(kind) = card.entry(id) {
                lines.leave_out(&kind, LeftOutReason::Group);
            }
            return lines;
        }
        lines.labels = card.labels();
        let charset = reading.charset(card);
        let chosen = Chosen::of(card, charset);
        for line in card.lines() {
            let line = line.with_fallback_charset(charset);
            if let Err(reason) = lines.read(&line, &chosen, reading) {
                lines.leave_out(&line, reason);
            }
        }
        lines.take_back_what_is_held(card);
        lines
    }

    fn read(
        &mut self,
        line: &PropertyRef<'a>,
        chosen: &Chosen,
        reading: &FromCard,
    ) -> Result<(), LeftOutReason> {
        let content = line.line();
        if content.is_blank() || content.flags().has(Flags::SENTINEL) {
            return Ok(());
        }
        if !content.is_content() {
            return Err(LeftOutReason::NotAProperty);
        }
        // Under its own name or under a vendor's, which is looked up once.
        let row = registry::property(content.name_bytes());
        match row.map(|row| row.id.stands_for_property().unwrap_or(row.id)) {
            Some(PropertyId::FN) => self.read_full_name(line, chosen),
            Some(PropertyId::N) => self.read_name(line, chosen),
            Some(PropertyId::NICKNAME) if chosen.nickname == Some(line.id()) => {
                self.read_nickname(line)
            }
            Some(PropertyId::ORG) => self.read_organization(line, chosen),
            Some(PropertyId::TEL) => self.read_phone(line, reading),
            Some(PropertyId::EMAIL) => self.read_email(line),
            Some(PropertyId::VERSION) => Ok(()),
            _ => Err(LeftOutReason::NoField),
        }
    }

    fn leave_out(&mut self, line: &PropertyRef<'_>, reason: LeftOutReason) {
        let name = match reason {
            LeftOutReason::NotAProperty => String::new(),
            _ => line.name().to_owned(),
        };
        self.left_out.push(LeftOutItem {
            entry: line.id(),
            name,
            reason,
        });
    }

    /// The text of a line that has a field.
    fn text(&mut self, line: &PropertyRef<'a>) -> Result<Cow<'a, str>, LeftOutReason> {
        let text = line.text().map_err(|_| self.cannot_read(line))?;
        // What stands there as it is was read by no charset, and need not be looked at again.
        if matches!(text, Cow::Owned(_)) {
            self.note_charset(line);
        }
        Ok(text)
    }

    fn note_charset(&mut self, line: &PropertyRef<'a>) {
        if let Some(charset) = line.assumed_charset() {
            self.leave_out(line, LeftOutReason::AssumedCharset(charset));
        }
    }

    fn cannot_read(&mut self, line: &PropertyRef<'a>) -> LeftOutReason {
        self.unreadable.push(*line);
        LeftOutReason::Unreadable
    }

    fn read_full_name(
        &mut self,
        line: &PropertyRef<'a>,
        chosen: &Chosen,
    ) -> Result<(), LeftOutReason> {
        let text = self.text(line)?;
        if blank(&text) {
            return Ok(());
        }
        if chosen.full_name != Some(line.id()) {
            return Err(LeftOutReason::Another);
        }
        let text = self.noted(line, &text);
        self.full_name = Some(NameLine {
            id: line.id(),
            text,
            is_nickname: false,
        });
        Ok(())
    }

    fn read_nickname(&mut self, line: &PropertyRef<'a>) -> Result<(), LeftOutReason> {
        let names = line.list().map_err(|_| self.cannot_read(line))?;
        self.note_charset(line);
        let mut names = names.iter().filter(|name| !blank(name));
        let Some(first) = names.next() else {
            return Ok(());
        };
        if names.next().is_some() {
            self.leave_out(line, LeftOutReason::Parts);
        }
        let text = self.noted(line, first);
        self.full_name = Some(NameLine {
            id: line.id(),
            text,
            is_nickname: true,
        });
        Ok(())
    }

    /// Its components as they are, so that a change of one keeps what a contact cannot hold.
    fn read_name(&mut self, line: &PropertyRef<'a>, chosen: &Chosen) -> Result<(), LeftOutReason> {
        let components = line.components().map_err(|_| self.cannot_read(line))?;
        let is_blank = components.iter().flatten().all(|part| blank(part));
        if chosen.name != Some(line.id()) && (!is_blank || self.name.is_some()) {
            return match is_blank {
                true => Ok(()),
                false => Err(LeftOutReason::Another),
            };
        }
        let rest = components.iter().skip(2).flatten();
        if rest.into_iter().any(|part| !blank(part)) {
            self.leave_out(line, LeftOutReason::Parts);
        }
        self.note_charset(line);
        for part in components.iter().take(2).flatten() {
            self.note_controls(line, part);
        }
        self.name = Some((line.id(), components));
        Ok(())
    }

    fn read_organization(
        &mut self,
        line: &PropertyRef<'a>,
        chosen: &Chosen,
    ) -> Result<(), LeftOutReason> {
        let organization = Organization::from_property(line);
        let organization = organization.map_err(|_| self.cannot_read(line))?;
        let mut parts = organization.units().iter();
        let is_blank = blank(organization.name()) && parts.all(|unit| blank(unit));
        if chosen.organization != Some(line.id()) && (!is_blank || self.organization.is_some()) {
            return match is_blank {
                true => Ok(()),
                false => Err(LeftOutReason::Another),
            };
        }
        if organization.units().iter().any(|unit| !blank(unit)) {
            self.leave_out(line, LeftOutReason::Parts);
        }
        self.note_charset(line);
        self.note_controls(line, organization.name());
        self.organization = Some((line.id(), organization));
        Ok(())
    }

    fn read_phone(
        &mut self,
        line: &PropertyRef<'a>,
        reading: &FromCard,
    ) -> Result<(), LeftOutReason> {
        let text = self.text(line)?;
        let uri = TelUri::parse_lenient(&text).ok();
        let number = match &uri {
            Some(uri) if uri.number().contains("%20") => {
                Cow::Owned(uri.number().replace("%20", " "))
            }
            Some(uri) => Cow::Borrowed(uri.number()),
            None => Cow::Borrowed(text.trim()),
        };
        let (value, beside) = reading.number(&number)?;
        if uri
            .as_ref()
            .is_some_and(|uri| uri.parameters().next().is_some())
        {
            self.leave_out(line, LeftOutReason::TelParameters);
        }
        for reason in beside {
            self.leave_out(line, reason);
        }
        let line = self.labelled(line, String::from(value));
        self.phones.push(line);
        Ok(())
    }

    fn read_email(&mut self, line: &PropertyRef<'a>) -> Result<(), LeftOutReason> {
        let text = self.text(line)?;
        let mailbox = Mailbox::parse(&text);
        let address = email(mailbox.address())?;
        if mailbox.has_more() {
            self.leave_out(line, LeftOutReason::AroundAddress);
        }
        let line = self.labelled(line, address);
        self.emails.push(line);
        Ok(())
    }

    /// What was left out as a line without a field and is in the contact all the same, once that is
    /// known: labels, and that the card is of a person or, without a name, of its organization.
    fn take_back_what_is_held(&mut self, card: &Card) {
        let labelled = self.phones.iter().chain(&self.emails);
        let labels: BTreeSet<EntryId> = labelled
            .filter_map(|line| line.label_lines.first().copied())
            .collect();
        let mut left_out = core::mem::take(&mut self.left_out);
        // Few cards say that they are of an organization.
        let is_company = LazyCell::new(|| {
            let has_name = self.given_name().is_some() || self.family_name().is_some();
            let organization = self.organization();
            let full_name = self.full_name.as_ref().map(|name| &name.text);
            !has_name
                && organization.is_some()
                && full_name.is_none_or(|name| Some(name) == organization.as_ref())
        });
        let is_held = |line: PropertyRef<'_>| {
            if label::is_ab_label(&line) {
                return labels.contains(&line.id());
            }
            match Typed::<Kind>::new(line).and_then(|kind| kind.value().ok()) {
                Some(value::Kind::Individual) => true,
                Some(value::Kind::Org) => *is_company,
                _ => false,
            }
        };
        // By their names alone, most lines that are left out are neither.
        let may_be_held = |name: &str| {
            let row = registry::property(name.as_bytes());
            row.is_some_and(|row| {
                let meant = row.id.stands_for_property().unwrap_or(row.id);
                row.id == PropertyId::X_ABLABEL || meant == PropertyId::KIND
            })
        };
        left_out.retain(|item| {
            item.reason != LeftOutReason::NoField
                || !may_be_held(&item.name)
                || !card.entry(item.entry).is_some_and(is_held)
        });
        self.left_out = left_out;
    }

    fn labelled(&self, line: &PropertyRef<'a>, value: String) -> LabelledLine {
        let label = self.labels.of(line);
        let label = label.map(|label| contact_text(&label));
        LabelledLine {
            id: line.id(),
            value,
            label: label.filter(|label| !label.is_empty()),
            label_lines: self.labels.lines_of(line).collect(),
        }
    }

    /// Reports control characters, which a contact cannot hold.
    fn note_controls(&mut self, line: &PropertyRef<'_>, text: &str) {
        if control(text).is_some() {
            self.leave_out(line, LeftOutReason::Control);
        }
    }

    /// The text as a contact has it; control characters in it are reported.
    fn noted(&mut self, line: &PropertyRef<'_>, text: &str) -> String {
        self.note_controls(line, text);
        contact_text(text)
    }

    pub fn family_name(&self) -> Option<String> {
        self.name_part(0)
    }

    pub fn given_name(&self) -> Option<String> {
        self.name_part(1)
    }

    fn name_part(&self, index: usize) -> Option<String> {
        let (_, components) = self.name.as_ref()?;
        let items = components.get(index)?;
        // A space after the comma: a comma in a name, by a writer that did not escape it.
        let prose = items.iter().skip(1).any(|item| item.starts_with(' '));
        let text = match items.as_slice() {
            // As of most names, which need no text made of several.
            [only] => contact_text(only),
            items => contact_text(&items.join(if prose { "," } else { " " })),
        };
        Some(text).filter(|text| !blank(text))
    }

    pub fn organization(&self) -> Option<String> {
        let (_, organization) = self.organization.as_ref()?;
        let text = Some(contact_text(organization.name()));
        text.filter(|text| !blank(text))
    }
}

#[cfg(feature = "email")]
fn email(text: &str) -> Result<String, LeftOutReason> {
    value::Email::parse(text)
        .map(String::from)
        .map_err(LeftOutReason::NotAnAddress)
}

#[cfg(not(feature = "email"))]
fn email(text: &str) -> Result<String, LeftOutReason> {
    match control(text).is_some() || blank(text) {
        true => Err(LeftOutReason::Unreadable),
        false => Ok(text.to_string()),
    }
}

/// With a space for each control character, which a contact cannot hold, and without white space
/// around it.
fn contact_text(text: &str) -> String {
    match control(text) {
        Some(_) => trimmed(&text.replace(char::is_control, " ")).to_string(),
        None => trimmed(text).to_string(),
    }
}
