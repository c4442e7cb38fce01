//! What other parameters say of a property, whatever its value is: TYPE, LANGUAGE, ALTID, PID.
//! RFC 6350, 5.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use super::vendor_names;
use crate::card::PropertyRef;
use crate::value::{Pid, Types};

impl<'a> PropertyRef<'a> {
    /// The values of TYPE, written or meant, and what the name of a vendor says: `spouse` of
    /// X-SPOUSE, and of an X-ABRELATEDNAMES that has Apple's label for it. RFC 6350, 5.6.
    ///
    /// What they say together, in one word, is the [`label`](Self::label). Those beyond
    /// [`Limits::values`](crate::Limits) are left out.
    ///
    /// ```
    /// use vcardinal::Card;
    ///
    /// let card = Card::parse("BEGIN:VCARD\nVERSION:2.1\nTEL;WORK;TYPE=voice,msg:1\nEND:VCARD\n")?;
    /// assert_eq!(card.phones().next().unwrap().types().to_string(), "WORK,voice,msg");
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    #[must_use]
    pub fn types(&self) -> Types<'a> {
        let of_name = vendor_names::related_type(self).map(Cow::Borrowed);
        let of_vendor = of_name.or_else(|| vendor_names::related_type_by_label(self));
        Types::new(of_vendor.into_iter().chain(self.limited_values("TYPE")))
    }

    /// The language of the value; `None` where LANGUAGE does not say. RFC 6350, 5.1.
    ///
    /// ```
    /// use vcardinal::Card;
    ///
    /// let card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nTITLE;LANGUAGE=fr:Patronne\nEND:VCARD\n")?;
    /// assert_eq!(card.property("TITLE").unwrap().language().as_deref(), Some("fr"));
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    #[must_use]
    pub fn language(&self) -> Option<Cow<'a, str>> {
        self.parameter_text("LANGUAGE")
    }

    /// What it has in common with the other forms of the same thing; `None` without ALTID. RFC 6350, 5.4.
    ///
    /// ```
    /// use vcardinal::Card;
    ///
    /// let card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nTITLE;ALTID=1:Patronne\nEND:VCARD\n")?;
    /// assert_eq!(card.property("TITLE").unwrap().alt_id().as_deref(), Some("1"));
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    #[must_use]
    pub fn alt_id(&self) -> Option<Cow<'a, str>> {
        self.parameter_text("ALTID")
    }

    /// Which property it is for synchronization; values that are not a PID are left out, and
    /// those beyond [`Limits::values`](crate::Limits). RFC 6350, 5.5.
    ///
    /// ```
    /// use vcardinal::Card;
    ///
    /// let card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nTEL;PID=4.1,x,5:1\nEND:VCARD\n")?;
    /// let pids = card.property("TEL").unwrap().pid();
    /// assert_eq!(pids.iter().map(ToString::to_string).collect::<Vec<_>>(), ["4.1", "5"]);
    /// # Ok::<(), vcardinal::Error>(())
    /// ```
    #[must_use]
    pub fn pid(&self) -> Vec<Pid> {
        let pids = self.limited_values("PID");
        pids.flat_map(|pids| Pid::parse_list(&pids).unwrap_or_default())
            .collect()
    }

    /// The values of a parameter, each one item or several between commas, as many items as
    /// [`Limits::values`](crate::Limits) permits.
    fn limited_values(&self, name: &'static str) -> impl Iterator<Item = Cow<'a, str>> {
        let mut left = self.max_values();
        self.values_named(name).map_while(move |value| {
            let most = left.checked_sub(1)?;
            let mut commas = memchr::memchr_iter(b',', value.as_bytes());
            left = most - commas.by_ref().take(most).count();
            let end = commas.next();
            Some(match (end, value) {
                (None, value) => value,
                (Some(end), Cow::Borrowed(value)) => {
                    Cow::Borrowed(value.get(..end).unwrap_or_default())
                }
                (Some(end), Cow::Owned(mut value)) => {
                    value.truncate(end);
                    Cow::Owned(value)
                }
            })
        })
    }

    fn parameter_text(&self, name: &'static str) -> Option<Cow<'a, str>> {
        self.values_named(name).find(|value| !value.is_empty())
    }
}
