//! Values by keys, in the order in which they came: objects by their Ids, and sets. RFC 9553, 1.4.

use alloc::collections::BTreeMap;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;
use core::marker::PhantomData;

use serde::de::{self, Deserialize, Deserializer, MapAccess, Visitor};
use serde::ser::{Serialize, Serializer};

/// Values by their keys, in order: what RFC 9553 writes as `Id[..]` and `String[..]`.
///
/// Looking a key up goes through the keys where they are few, and takes a search in them where they are many.
///
/// ```
/// use vcardinal::jscontact::{ById, EmailAddress};
///
/// let mut emails = ById::new();
/// emails.insert("e1", EmailAddress::new("ada@example.com"));
/// let id = emails.push(EmailAddress::new("ada@example.org"));
/// assert_eq!((&*id, emails.len()), ("1", 2));
/// assert_eq!(emails.get("e1").unwrap().address, "ada@example.com");
/// for (id, email) in &emails {
///     println!("{id}: {}", email.address);
/// }
/// ```
#[derive(Clone)]
pub struct ById<T> {
    entries: Vec<(String, T)>,
    /// The places of the keys, once there are more than a [`FEW`] of them.
    places: BTreeMap<String, usize>,
    /// All numbers below are keys.
    next: usize,
}

/// So many keys are looked through.
const FEW: usize = 16;

/// A set of words, as contexts and features: keys whose value is true.
pub type Set = ById<bool>;

impl<T> ById<T> {
    /// Without a value.
    #[must_use]
    pub const fn new() -> Self {
        ById {
            entries: Vec::new(),
            places: BTreeMap::new(),
            next: 1,
        }
    }

    fn place(&self, key: &str) -> Option<usize> {
        match self.places.is_empty() {
            true => self.entries.iter().position(|(own, _)| own == key),
            false => self.places.get(key).copied(),
        }
    }

    /// Adds a value of a key that is not there.
    fn add(&mut self, key: String, value: T) {
        let place = self.entries.len();
        if !self.places.is_empty() {
            self.places.insert(key.clone(), place);
        }
        self.entries.push((key, value));
        if self.places.is_empty() && self.entries.len() > FEW {
            self.find_places();
        }
    }

    fn find_places(&mut self) {
        let keys = self.entries.iter().map(|(key, _)| key.clone());
        self.places = match self.entries.len() {
            0..=FEW => BTreeMap::new(),
            _ => keys.enumerate().map(|(place, key)| (key, place)).collect(),
        };
    }

    /// The value of a key.
    ///
    /// ```
    /// use vcardinal::jscontact::{ById, Note};
    ///
    /// let notes: ById<Note> = ById::from_iter([("n1", Note::new("a sailor"))]);
    /// assert_eq!(notes.get("n1").unwrap().note, "a sailor");
    /// assert!(notes.get("n2").is_none());
    /// ```
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&T> {
        let (_, value) = self.entries.get(self.place(key)?)?;
        Some(value)
    }

    /// The value of a key, to be changed.
    ///
    /// ```
    /// use vcardinal::jscontact::{ById, Note};
    ///
    /// let mut notes: ById<Note> = ById::from_iter([("n1", Note::new("a sailor"))]);
    /// notes.get_mut("n1").unwrap().note.push('!');
    /// assert_eq!(notes.get("n1").unwrap().note, "a sailor!");
    /// ```
    pub fn get_mut(&mut self, key: &str) -> Option<&mut T> {
        let place = self.place(key)?;
        let (_, value) = self.entries.get_mut(place)?;
        Some(value)
    }

    /// Puts a value in, in place of the one of this key, which is returned.
    ///
    /// ```
    /// use vcardinal::jscontact::{ById, Note};
    ///
    /// let mut notes = ById::new();
    /// assert!(notes.insert("n1", Note::new("a sailor")).is_none());
    /// assert_eq!(notes.insert("n1", Note::new("a cook")).unwrap().note, "a sailor");
    /// ```
    pub fn insert(&mut self, key: impl Into<String>, value: T) -> Option<T> {
        let key = key.into();
        match self.get_mut(&key) {
            Some(own) => Some(core::mem::replace(own, value)),
            None => {
                self.add(key, value);
                None
            }
        }
    }

    /// Adds a value under an Id that is free, which is returned: a number.
    ///
    /// ```
    /// use vcardinal::jscontact::{ById, Note};
    ///
    /// let mut notes = ById::new();
    /// assert_eq!(notes.push(Note::new("a sailor")), "1");
    /// assert_eq!(notes.push(Note::new("a cook")), "2");
    /// ```
    pub fn push(&mut self, value: T) -> String {
        let mut key = self.next.to_string();
        while self.place(&key).is_some() {
            self.next += 1;
            key = self.next.to_string();
        }
        self.next += 1;
        self.add(key.clone(), value);
        key
    }

    /// Takes the value of a key out.
    ///
    /// ```
    /// use vcardinal::jscontact::{ById, Note};
    ///
    /// let mut notes: ById<Note> = ById::from_iter([("n1", Note::new("a sailor"))]);
    /// assert_eq!(notes.remove("n1").unwrap().note, "a sailor");
    /// assert!(notes.is_empty());
    /// ```
    pub fn remove(&mut self, key: &str) -> Option<T> {
        let place = self.place(key)?;
        let (_, value) = self.entries.remove(place);
        self.find_places();
        self.next = 1;
        Some(value)
    }

    /// The keys and their values.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&str, &T)> + ExactSizeIterator {
        self.entries
            .iter()
            .map(|(key, value)| (key.as_str(), value))
    }

    /// The keys.
    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &str> + ExactSizeIterator {
        self.entries.iter().map(|(key, _)| key.as_str())
    }

    /// The values.
    pub fn values(&self) -> impl DoubleEndedIterator<Item = &T> + ExactSizeIterator {
        self.entries.iter().map(|(_, value)| value)
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

impl ById<bool> {
    /// Whether a word is in the set.
    ///
    /// ```
    /// use vcardinal::jscontact::Set;
    ///
    /// let mut contexts = Set::new();
    /// contexts.set("work");
    /// assert!(contexts.has("work") && !contexts.has("private"));
    /// ```
    #[must_use]
    pub fn has(&self, word: &str) -> bool {
        self.get(word) == Some(&true)
    }

    /// Puts a word into the set.
    ///
    /// ```
    /// use vcardinal::jscontact::Set;
    ///
    /// let mut features = Set::new();
    /// features.set("mobile");
    /// features.set("voice");
    /// assert_eq!(features.keys().collect::<Vec<_>>(), ["mobile", "voice"]);
    /// ```
    pub fn set(&mut self, word: impl Into<String>) {
        self.insert(word, true);
    }
}

impl<T: fmt::Debug> fmt::Debug for ById<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ById").field(&self.entries).finish()
    }
}

impl<T: PartialEq> PartialEq for ById<T> {
    fn eq(&self, other: &Self) -> bool {
        self.entries == other.entries
    }
}

impl<T: Eq> Eq for ById<T> {}

impl<T> Default for ById<T> {
    fn default() -> Self {
        ById::new()
    }
}

impl<K: Into<String>, T> FromIterator<(K, T)> for ById<T> {
    /// The last of several values of one key counts.
    fn from_iter<I: IntoIterator<Item = (K, T)>>(values: I) -> Self {
        let mut all = ById::new();
        for (key, value) in values {
            all.insert(key, value);
        }
        all
    }
}

impl<'a, T> IntoIterator for &'a ById<T> {
    type Item = (&'a str, &'a T);
    type IntoIter = Iter<'a, T>;

    fn into_iter(self) -> Iter<'a, T> {
        Iter(self.entries.iter())
    }
}

impl<T> IntoIterator for ById<T> {
    type Item = (String, T);
    type IntoIter = alloc::vec::IntoIter<(String, T)>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.into_iter()
    }
}

/// The keys and values of a [`ById`].
#[derive(Debug, Clone)]
pub struct Iter<'a, T>(core::slice::Iter<'a, (String, T)>);

impl<'a, T> Iterator for Iter<'a, T> {
    type Item = (&'a str, &'a T);

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next().map(|(key, value)| (key.as_str(), value))
    }
}

impl<T: Serialize> Serialize for ById<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for ById<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Entries(PhantomData))
    }
}

struct Entries<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for Entries<T> {
    type Value = ById<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<ById<T>, A::Error> {
        let mut all = ById::new();
        while let Some((key, value)) = members.next_entry::<String, T>()? {
            if all.place(&key).is_some() {
                let message = alloc::format!("the name {key} comes twice");
                return Err(de::Error::custom(message));
            }
            all.add(key, value);
        }
        Ok(all)
    }
}
