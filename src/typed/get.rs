//! The properties of a card by marker; the named accessors are one-line uses.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use super::preference::rank;
use super::property::{self, TypedProperty};
use super::typed::{All, Typed};
use crate::card::Card;

impl Card {
    /// The first property of this kind; one under the name of a vendor, as X-ANNIVERSARY, where
    /// there is none under its own.
    ///
    /// ```
    /// use vcardinal::Card;
    /// use vcardinal::typed::property::{Org, Title};
    ///
    /// let card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nORG:ABC;Sales\nEND:VCARD\n")?;
    /// assert_eq!(card.get::<Org>().unwrap().value()?.units(), ["Sales"]);
    /// assert!(card.get::<Title>().is_none());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn get<P: TypedProperty>(&self) -> Option<Typed<'_, P>> {
        let own = self.properties().next_named(P::NAME);
        own.and_then(Typed::new).or_else(|| self.all().next())
    }

    /// The properties of this kind, in order.
    #[must_use]
    pub fn all<P: TypedProperty>(&self) -> All<'_, P> {
        All::new(self.properties())
    }

    /// The property of this kind that is preferred: the lowest PREF, `TYPE=pref` counting as 1;
    /// the first of several, and the first where none says so. RFC 6350, 5.3; RFC 2426, 3.3.1.
    ///
    /// ```
    /// use vcardinal::Card;
    /// use vcardinal::typed::property::Url;
    ///
    /// let card = Card::parse(
    ///     "BEGIN:VCARD\nVERSION:4.0\nURL:http://a.example\nURL;PREF=9:http://b.example\nEND:VCARD\n",
    /// )?;
    /// assert_eq!(card.preferred::<Url>().unwrap().value()?.as_str(), "http://b.example");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn preferred<P: TypedProperty>(&self) -> Option<Typed<'_, P>> {
        // Of two that are equally preferred, one under its own name.
        let is_vendors = |form: &Typed<'_, P>| !form.is(P::NAME);
        self.all().min_by_key(|form| (rank(form), is_vendors(form)))
    }

    /// As [`preferred`](Card::preferred), and among the forms of that one thing (ALTID) the one in
    /// this language: the same tag, or else a shorter one that it begins with (RFC 4647, 3.4), or
    /// else what [`preferred`](Card::preferred) gives. RFC 6350, 5.4.
    ///
    /// ```
    /// use vcardinal::Card;
    /// use vcardinal::typed::property::Title;
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
    /// let titles = card.alternatives::<vcardinal::typed::property::Title>();
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

/// How many characters of the wanted language a tag fits; none if it is another language.
/// RFC 4647, 3.4.
fn fit(tag: &str, wanted: &str) -> Option<usize> {
    let (start, rest) = wanted.split_at_checked(tag.len())?;
    (start.eq_ignore_ascii_case(tag) && (rest.is_empty() || rest.starts_with('-')))
        .then_some(tag.len())
}

/// By the names that people have for them.
impl Card {
    /// The names as they are shown. RFC 6350, 6.2.1.
    #[must_use]
    pub fn full_names(&self) -> All<'_, property::Fn> {
        self.all()
    }

    /// The names in their parts: one, but for its forms in other languages. RFC 6350, 6.2.2.
    #[must_use]
    pub fn names(&self) -> All<'_, property::N> {
        self.all()
    }

    /// The nicknames, each property a list. RFC 6350, 6.2.3.
    #[must_use]
    pub fn nicknames(&self) -> All<'_, property::Nickname> {
        self.all()
    }

    /// The telephone numbers. RFC 6350, 6.4.1.
    #[must_use]
    pub fn phones(&self) -> All<'_, property::Tel> {
        self.all()
    }

    /// The email addresses. RFC 6350, 6.4.2.
    #[must_use]
    pub fn emails(&self) -> All<'_, property::Email> {
        self.all()
    }

    /// The postal addresses. RFC 6350, 6.3.1.
    #[must_use]
    pub fn addresses(&self) -> All<'_, property::Adr> {
        self.all()
    }

    /// The organizations and their units. RFC 6350, 6.6.4.
    #[must_use]
    pub fn organizations(&self) -> All<'_, property::Org> {
        self.all()
    }

    /// The job titles. RFC 6350, 6.6.1.
    #[must_use]
    pub fn titles(&self) -> All<'_, property::Title> {
        self.all()
    }

    /// What the person does there. RFC 6350, 6.6.2.
    #[must_use]
    pub fn roles(&self) -> All<'_, property::Role> {
        self.all()
    }

    /// The web pages. RFC 6350, 6.7.8.
    #[must_use]
    pub fn urls(&self) -> All<'_, property::Url> {
        self.all()
    }

    /// The addresses for instant messages. RFC 6350, 6.4.3.
    #[must_use]
    pub fn impps(&self) -> All<'_, property::Impp> {
        self.all()
    }

    /// The profiles in social networks. RFC 9554, 3.5.
    #[must_use]
    pub fn social_profiles(&self) -> All<'_, property::SocialProfile> {
        self.all()
    }

    /// The notes. RFC 6350, 6.7.2.
    #[must_use]
    pub fn notes(&self) -> All<'_, property::Note> {
        self.all()
    }

    /// The photos. RFC 6350, 6.2.4.
    #[must_use]
    pub fn photos(&self) -> All<'_, property::Photo> {
        self.all()
    }

    /// The logos. RFC 6350, 6.6.3.
    #[must_use]
    pub fn logos(&self) -> All<'_, property::Logo> {
        self.all()
    }

    /// The sounds. RFC 6350, 6.7.5.
    #[must_use]
    pub fn sounds(&self) -> All<'_, property::Sound> {
        self.all()
    }

    /// The keys and certificates. RFC 6350, 6.8.1.
    #[must_use]
    pub fn keys(&self) -> All<'_, property::Key> {
        self.all()
    }

    /// The categories, each property a list. RFC 6350, 6.7.1.
    #[must_use]
    pub fn categories(&self) -> All<'_, property::Categories> {
        self.all()
    }

    /// Others who have to do with it. RFC 6350, 6.6.6.
    #[must_use]
    pub fn related(&self) -> All<'_, property::Related> {
        self.all()
    }

    /// The members of a group. RFC 6350, 6.6.5.
    #[must_use]
    pub fn members(&self) -> All<'_, property::Member> {
        self.all()
    }

    /// The languages one may talk in. RFC 6350, 6.4.4.
    #[must_use]
    pub fn languages(&self) -> All<'_, property::Lang> {
        self.all()
    }

    /// The calendars. RFC 6350, 6.9.3.
    #[must_use]
    pub fn calendars(&self) -> All<'_, property::CalUri> {
        self.all()
    }

    /// The birthday. RFC 6350, 6.2.5.
    #[must_use]
    pub fn birthday(&self) -> Option<Typed<'_, property::Bday>> {
        self.get()
    }

    /// The day of marriage, or its like. RFC 6350, 6.2.6.
    #[must_use]
    pub fn anniversary(&self) -> Option<Typed<'_, property::Anniversary>> {
        self.get()
    }

    /// The first photo. RFC 6350, 6.2.4.
    #[must_use]
    pub fn photo(&self) -> Option<Typed<'_, property::Photo>> {
        self.get()
    }

    /// What names this card and no other. RFC 6350, 6.7.6.
    #[must_use]
    pub fn uid(&self) -> Option<Typed<'_, property::Uid>> {
        self.get()
    }

    /// When it was last changed. RFC 6350, 6.7.4.
    #[must_use]
    pub fn rev(&self) -> Option<Typed<'_, property::Rev>> {
        self.get()
    }

    /// What it is about; without one, an individual. RFC 6350, 6.1.4.
    #[must_use]
    pub fn kind(&self) -> Option<Typed<'_, property::Kind>> {
        self.get()
    }

    /// The gender. RFC 6350, 6.2.7.
    #[must_use]
    pub fn gender(&self) -> Option<Typed<'_, property::Gender>> {
        self.get()
    }

    /// The first position on earth. RFC 6350, 6.5.2.
    #[must_use]
    pub fn geo(&self) -> Option<Typed<'_, property::Geo>> {
        self.get()
    }

    /// The first time zone. RFC 6350, 6.5.1.
    #[must_use]
    pub fn time_zone(&self) -> Option<Typed<'_, property::Tz>> {
        self.get()
    }

    /// What made it. RFC 6350, 6.7.3.
    #[must_use]
    pub fn product_id(&self) -> Option<Typed<'_, property::ProdId>> {
        self.get()
    }

    /// The language that its texts are in where they do not say. RFC 9554, 3.3.
    #[must_use]
    pub fn language(&self) -> Option<Typed<'_, property::Language>> {
        self.get()
    }

    /// The phone that is preferred; see [`preferred`](Card::preferred).
    #[must_use]
    pub fn preferred_phone(&self) -> Option<Typed<'_, property::Tel>> {
        self.preferred()
    }

    /// The email that is preferred; see [`preferred`](Card::preferred).
    #[must_use]
    pub fn preferred_email(&self) -> Option<Typed<'_, property::Email>> {
        self.preferred()
    }

    /// The address that is preferred; see [`preferred`](Card::preferred).
    #[must_use]
    pub fn preferred_address(&self) -> Option<Typed<'_, property::Adr>> {
        self.preferred()
    }
}
