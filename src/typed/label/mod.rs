//! What somebody calls a property: the one vocabulary of labels, read and written.
//!
//! A label stands in one of three places; the first that says one counts:
//!
//! ```text
//! item1.TEL:+14155550123                       X-ABLabel of the same group: one's own words,
//! item1.X-ABLabel:Summer house                 or Apple's word for one, as _$!<Home>!$_
//!
//! TEL;X-CUSTOM(Summer house):+14155550123      a parameter that phones of Samsung write
//!
//! TEL;TYPE=HOME,FAX:+14155550123               the words of TYPE: "home fax"
//! ```
//!
//! The words of TYPE (RFC 2426, 3.3.1; RFC 6350, 5.6 and 6.4.1) and of Apple become the words that
//! people have for them; one's own words stay as they are written. Words that say how a thing
//! works, or that it is preferred, are not labels.

//!
//! | file | what it is about |
//! |---|---|
//! | `type_words` | the vocabulary: words of TYPE <-> labels |
//! | `ab_label` | the text of an X-ABLabel <-> a label |
//! | `x_custom` | Samsung's `X-CUSTOM(..)` |
//! | `set` | another label for a property that a card has |

mod ab_label;
mod set;
mod type_words;
mod x_custom;

use alloc::borrow::Cow;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;
use core::cmp::Ordering;

use crate::card::{Card, EntryId, PropertyRef};
use crate::registry::PropertyId;
use crate::version::Version;

pub(crate) use set::set;
pub(super) use type_words::each_word;

/// The property that holds the label of the others in its group.
pub(super) const LABEL: &str = PropertyId::X_ABLABEL.name();

impl<'a> PropertyRef<'a> {
    /// What somebody calls it: `mobile`, `home fax`, `Summer house`.
    ///
    /// The label is the X-ABLabel of its group, with `_$!<Home>!$_` read as `home`; else what a
    /// Samsung phone wrote as `X-CUSTOM(..)`; else what the words of TYPE say: `CELL` is `mobile`,
    /// `HOME,FAX` is `home fax`, `X-Boat` is `Boat`, and `VOICE` or `PREF` say nothing. Names that
    /// people made up keep their letter case. `None` without a label; a blank one does not count.
    ///
    /// This looks through the card where there is a group; for the labels of many properties there
    /// is [`Card::labels`].
    ///
    /// ```
    /// use vcardinal::Card;
    ///
    /// let mut card = Card::parse(
    ///     "BEGIN:VCARD\nVERSION:3.0\nTEL;TYPE=CELL,VOICE:1\nitem1.TEL:2\nitem1.X-ABLabel:Boat\n\
    ///      TEL;TYPE=VOICE:3\nEND:VCARD\n",
    /// )?;
    /// let labels: Vec<_> = card.phones().map(|phone| phone.label()).collect();
    /// assert_eq!(labels, [Some("mobile".into()), Some("Boat".into()), None]);
    ///
    /// let mut boat = card.find_mut(|p| p.is("TEL") && p.label().as_deref() == Some("Boat")).unwrap();
    /// boat.set_text("4")?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn label(&self) -> Option<Cow<'a, str>> {
        if self.is(LABEL) {
            return None;
        }
        self.group()
            .and_then(|group| of_group(self.card(), group))
            .or_else(|| of_parameters(self))
    }

    /// The [`label`](Self::label), or else this.
    ///
    /// ```
    /// use vcardinal::Card;
    ///
    /// let card = Card::parse(
    ///     "BEGIN:VCARD\nVERSION:3.0\nTEL;TYPE=VOICE,WORK:1\nTEL:2\nEND:VCARD\n",
    /// )?;
    /// let labels: Vec<_> = card.phones().map(|phone| phone.label_or("other")).collect();
    /// assert_eq!(labels, ["work", "other"]);
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    #[must_use]
    pub fn label_or<'o>(&self, other: &'o str) -> Cow<'o, str>
    where
        'a: 'o,
    {
        self.label().unwrap_or(Cow::Borrowed(other))
    }
}

/// Whether a property is the label of the others in its group.
pub(crate) fn is_ab_label(property: &PropertyRef<'_>) -> bool {
    property.is(LABEL)
}

/// The label that a phone of Samsung wrote among the parameters, and the names of the parameters
/// that a reader finds there.
#[cfg(feature = "convert")]
pub(crate) fn samsung<'a>(property: &PropertyRef<'a>) -> Option<(Cow<'a, str>, Vec<String>)> {
    let label = x_custom::read(property.line().parameter_text()?)?;
    Some((label, x_custom::names(property)))
}

/// What the X-ABLabel lines of a group say: the first that is not blank.
fn of_group<'a>(card: &'a Card, group: &str) -> Option<Cow<'a, str>> {
    texts_of_group(card, group).find_map(ab_label::read)
}

/// The text of the X-ABLabel of a property as it is written, marks of Apple's and all: the first that is
/// not blank.
pub(super) fn text<'a>(property: &PropertyRef<'a>) -> Option<Cow<'a, str>> {
    let mut texts = texts_of_group(property.card(), property.group()?);
    texts.find(|text| ab_label::read(Cow::Borrowed(text)).is_some())
}

fn texts_of_group<'a>(card: &'a Card, group: &str) -> impl Iterator<Item = Cow<'a, str>> {
    let mut properties = card.properties();
    core::iter::from_fn(move || properties.next_named(LABEL))
        .filter(|line| {
            line.group()
                .is_some_and(|own| own.eq_ignore_ascii_case(group))
        })
        .map(|line| line.text_lossy())
}

/// The labels of all groups of a card, so that those of many properties take linear time.
///
/// ```
/// use vcardinal::Card;
///
/// let card = Card::parse(
///     "BEGIN:VCARD\nVERSION:3.0\nitem1.TEL:1\nitem1.X-ABLabel:Boat\nTEL;TYPE=CELL:2\nEND:VCARD\n",
/// )?;
/// let labels = card.labels();
/// let of_phones: Vec<_> = card.phones().map(|phone| labels.of(&phone)).collect();
/// assert_eq!(of_phones, [Some("Boat".into()), Some("mobile".into())]);
/// # Ok::<(), vcardinal::Error>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct Labels<'a> {
    by_group: BTreeMap<Group<'a>, GroupLabel<'a>>,
}

/// What a group is called, and the lines that say so.
#[derive(Debug, Clone)]
struct GroupLabel<'a> {
    /// What the first line says that is not blank.
    text: Option<Cow<'a, str>>,
    line: EntryId,
    /// The other X-ABLabel lines, blank ones among them, which do not count as long as that is there.
    further: Vec<EntryId>,
}

impl Card {
    /// The labels of its groups, gathered once; see [`Labels`].
    #[must_use]
    pub fn labels(&self) -> Labels<'_> {
        let mut labels = Labels::default();
        let mut properties = self.properties();
        while let Some(line) = properties.next_named(LABEL) {
            let Some(group) = line.group().map(Group) else {
                continue;
            };
            let text = ab_label::read(line.text_lossy());
            match labels.by_group.get_mut(&group) {
                Some(first) if first.text.is_none() && text.is_some() => {
                    first.further.push(first.line);
                    (first.text, first.line) = (text, line.id());
                }
                Some(first) => first.further.push(line.id()),
                None => {
                    let label = GroupLabel {
                        text,
                        line: line.id(),
                        further: Vec::new(),
                    };
                    labels.by_group.insert(group, label);
                }
            }
        }
        labels
    }
}

impl<'a> Labels<'a> {
    /// The [`label`](PropertyRef::label) of a property of the card; `None` without one.
    #[must_use]
    pub fn of(&self, property: &PropertyRef<'a>) -> Option<Cow<'a, str>> {
        if property.is(LABEL) {
            return None;
        }
        let of_group = self.of_group(property).and_then(|label| label.text.clone());
        of_group.or_else(|| of_parameters(property))
    }

    /// The X-ABLabel lines that label a property, the one that counts first.
    pub(crate) fn lines_of(
        &self,
        property: &PropertyRef<'a>,
    ) -> impl Iterator<Item = EntryId> + use<'_, 'a> {
        let label = self.of_group(property);
        let further = label.map_or(&[][..], |label| &label.further);
        label
            .map(|label| label.line)
            .into_iter()
            .chain(further.iter().copied())
    }

    fn of_group(&self, property: &PropertyRef<'a>) -> Option<&GroupLabel<'a>> {
        self.by_group.get(&Group(property.group()?))
    }
}

/// What the parameters of a property say that it is called.
fn of_parameters<'a>(property: &PropertyRef<'a>) -> Option<Cow<'a, str>> {
    let parameters = property.line().parameter_text();
    parameters
        .and_then(x_custom::read)
        .or_else(|| type_words::read(property))
}

/// How a label is written.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Written<'l> {
    /// As words of TYPE, beside those that are there.
    Types(Vec<String>),
    /// As the text of an X-ABLabel in a group with the property.
    Line(Cow<'l, str>),
}

/// How a label is written on a property with these other words of TYPE, so that it is read back;
/// `None` where it is blank.
pub(super) fn written<'l>(
    label: &'l str,
    name: &str,
    version: Version,
    others: &[&str],
) -> Option<Written<'l>> {
    let label = label.trim();
    if label.is_empty() {
        return None;
    }
    Some(match type_words::write(label, name, version, others) {
        Some(words) => Written::Types(words),
        None => Written::Line(ab_label::write(label)),
    })
}

/// The name of a group, which compares without regard to letter case.
#[derive(Debug, Clone, Copy)]
struct Group<'a>(&'a str);

impl Group<'_> {
    fn letters(&self) -> impl Iterator<Item = u8> {
        self.0.bytes().map(|byte| byte.to_ascii_lowercase())
    }
}

impl Ord for Group<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.letters().cmp(other.letters())
    }
}

impl PartialOrd for Group<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Group<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.0.eq_ignore_ascii_case(other.0)
    }
}

impl Eq for Group<'_> {}

/// A part of a text, which borrows what the text borrows.
fn shortened<'a>(text: Cow<'a, str>, part: impl FnOnce(&str) -> &str) -> Cow<'a, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(part(text)),
        Cow::Owned(text) => match part(&text) {
            shorter if shorter.len() == text.len() => Cow::Owned(text),
            shorter => Cow::Owned(String::from(shorter)),
        },
    }
}
