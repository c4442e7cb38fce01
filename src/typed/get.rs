//! The properties of a card by marker.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use super::preference::rank;
use super::typed::{All, Marker, Typed, TypedProperty};
use crate::card::Card;

impl Card {
    /// The first property of this kind under its own name, or else the first under a vendor's name
    /// for it, such as X-ANNIVERSARY; `None` without either.
    ///
    /// ```
    /// use vcardinal::Card;
    /// use vcardinal::property::{Org, Title};
    ///
    /// let card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nORG:ABC;Sales\nEND:VCARD\n")?;
    /// assert_eq!(card.get::<Org>().unwrap().value()?.units(), ["Sales"]);
    /// assert!(card.get::<Title>().is_none());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn get<P: TypedProperty>(&self) -> Option<Typed<'_, P>> {
        let own = self.properties().next_named(P::NAME);
        // Most have no other names, so that there is nothing else to look for.
        match own.and_then(Typed::new) {
            None if Marker::of::<P>().lengths_of_vendor_names() != 0 => self.all().next(),
            own => own,
        }
    }

    /// The properties of this kind in the order of the card, those under vendors' names included.
    ///
    /// ```
    /// use vcardinal::{Card, property};
    ///
    /// let card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:A\nNOTE:b\nTEL:1\nNOTE:c\nEND:VCARD\n")?;
    /// let notes: Vec<String> = card.all::<property::Note>().map(|note| note.to_string()).collect();
    /// assert_eq!(notes, ["b", "c"]);
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    #[must_use]
    pub fn all<P: TypedProperty>(&self) -> All<'_, P> {
        All::new(self.properties())
    }

    /// The property of this kind that is preferred: the lowest PREF, `TYPE=pref` counting as 1; the
    /// first of several that are equally preferred, and one under its own name before one under a
    /// vendor's. `None` where the card has no property of this kind. RFC 6350, 5.3; RFC 2426, 3.3.1.
    ///
    /// ```
    /// use vcardinal::Card;
    /// use vcardinal::property::Url;
    ///
    /// let card = Card::parse(
    ///     "BEGIN:VCARD\nVERSION:4.0\nURL:http://a.example\nURL;PREF=9:http://b.example\nEND:VCARD\n",
    /// )?;
    /// assert_eq!(card.preferred::<Url>().unwrap().value()?.as_str(), "http://b.example");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn preferred<P: TypedProperty>(&self) -> Option<Typed<'_, P>> {
        self.preferred_where(|_| true)
    }

    /// As [`preferred`](Card::preferred), of those that pass the test.
    pub(crate) fn preferred_where<'a, P: TypedProperty>(
        &'a self,
        is: impl Fn(&Typed<'a, P>) -> bool,
    ) -> Option<Typed<'a, P>> {
        // Of two that are equally preferred, one under its own name.
        let is_vendors = |form: &Typed<'_, P>| !form.is(P::NAME);
        self.all()
            .filter(is)
            .min_by_key(|form| (rank(form), is_vendors(form)))
    }

    /// As [`preferred`](Card::preferred), and among the forms of that one thing (ALTID) the one in
    /// this language: the same tag, or else a shorter one that it begins with (RFC 4647, 3.4), or
    /// else what [`preferred`](Card::preferred) gives. RFC 6350, 5.4.
    ///
    /// ```
    /// use vcardinal::Card;
    /// use vcardinal::property::Title;
    ///
    /// let card = Card::parse(
    ///     "BEGIN:VCARD\nVERSION:4.0\nTITLE;ALTID=1;LANGUAGE=fr:Patronne\n\
    ///      TITLE;ALTID=1;LANGUAGE=en:Boss\nTITLE;LANGUAGE=en:Helper\nEND:VCARD\n",
    /// )?;
    /// assert_eq!(card.preferred_in::<Title>("en-GB").unwrap().value()?.as_str(), "Boss");
    /// assert_eq!(card.preferred_in::<Title>("de").unwrap().value()?.as_str(), "Patronne");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn preferred_in<P: TypedProperty>(&self, language: &str) -> Option<Typed<'_, P>> {
        let preferred = self.preferred::<P>()?;
        let Some(alt_id) = preferred.alt_id() else {
            return Some(preferred);
        };
        let forms = self
            .all::<P>()
            .filter(|form| form.alt_id().as_ref() == Some(&alt_id));
        // Of the same fit the first, of which `max_by_key` would take the last.
        let fitting = forms.filter_map(|form| Some((fit(&form.language()?, language)?, form)));
        let best = fitting.reduce(|best, form| if form.0 > best.0 { form } else { best });
        Some(best.map_or(preferred, |(_, form)| form))
    }

    /// The things that the properties of this kind stand for, each with all its forms: those of
    /// one ALTID are one. RFC 6350, 5.4.
    ///
    /// ```
    /// use vcardinal::Card;
    ///
    /// let card = Card::parse(
    ///     "BEGIN:VCARD\nVERSION:4.0\nTITLE;ALTID=1;LANGUAGE=fr:Patronne\nTITLE:Helper\n\
    ///      TITLE;ALTID=1;LANGUAGE=en:Boss\nEND:VCARD\n",
    /// )?;
    /// let titles = card.alternatives::<vcardinal::property::Title>();
    /// assert_eq!(titles.iter().map(Vec::len).collect::<Vec<_>>(), [2, 1]);
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    #[must_use]
    pub fn alternatives<P: TypedProperty>(&self) -> Vec<Vec<Typed<'_, P>>> {
        let mut sets: Vec<Vec<Typed<'_, P>>> = Vec::new();
        let mut set_of = BTreeMap::new();
        for form in self.all::<P>() {
            let set = match form.alt_id() {
                Some(alt_id) => *set_of.entry(alt_id).or_insert(sets.len()),
                None => sets.len(),
            };
            match sets.get_mut(set) {
                Some(set) => set.push(form),
                None => sets.push([form].into()),
            }
        }
        sets
    }
}

/// How many characters of the wanted language a tag fits; `None` if it is another language.
/// RFC 4647, 3.4.
fn fit(tag: &str, wanted: &str) -> Option<usize> {
    let (start, rest) = wanted.split_at_checked(tag.len())?;
    (start.eq_ignore_ascii_case(tag) && (rest.is_empty() || rest.starts_with('-')))
        .then_some(tag.len())
}
