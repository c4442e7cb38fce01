//! JSON pointers (RFC 6901) and the patches that use them. RFC 9553, 1.4.3.

use alloc::borrow::Cow;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::rc::Rc;
use alloc::string::String;
use alloc::vec::Vec;

use serde_json::{Map, Value};

/// Appends a token with `~` and `/` escaped.
pub(super) fn push_token(pointer: &mut String, token: &str) {
    for character in token.chars() {
        match character {
            '~' => pointer.push_str("~0"),
            '/' => pointer.push_str("~1"),
            other => pointer.push(other),
        }
    }
}

/// The pointer one token longer; without a slash in front, as patches have it.
pub(super) fn joined(pointer: &str, token: &str) -> String {
    let mut joined = String::from(pointer);
    if !joined.is_empty() {
        joined.push('/');
    }
    push_token(&mut joined, token);
    joined
}

/// Where a value is: a token, and what it is in. Its text is made when there is something to say, since
/// many values may be below a long name.
#[derive(Debug, Clone)]
pub(super) struct Place<'v> {
    below: Option<Rc<Place<'v>>>,
    token: Cow<'v, str>,
}

impl<'v> Place<'v> {
    /// Where this pointer leads.
    pub fn at(pointer: impl Into<Cow<'v, str>>) -> Rc<Self> {
        Rc::new(Place {
            below: None,
            token: pointer.into(),
        })
    }

    pub fn below(self: &Rc<Self>, token: impl Into<Cow<'v, str>>) -> Rc<Self> {
        Rc::new(Place {
            below: Some(Rc::clone(self)),
            token: token.into(),
        })
    }

    fn text(&self) -> String {
        let mut tokens = Vec::new();
        let mut place = self;
        while let Some(below) = &place.below {
            tokens.push(&place.token);
            place = below;
        }
        let mut text = String::from(place.token.as_ref());
        for token in tokens.into_iter().rev() {
            text.push('/');
            push_token(&mut text, token);
        }
        text
    }
}

impl From<&Place<'_>> for String {
    fn from(place: &Place<'_>) -> String {
        place.text()
    }
}

/// The tokens of a pointer, with a slash in front or without. `None` where a `~` begins no escape.
pub(super) fn tokens(pointer: &str) -> Option<Vec<String>> {
    let path = pointer.strip_prefix('/').unwrap_or(pointer);
    path.split('/')
        .map(|token| {
            let mut pieces = token.split('~');
            let mut plain = String::from(pieces.next().unwrap_or_default());
            for piece in pieces {
                plain.push(match piece.as_bytes().first() {
                    Some(b'0') => '~',
                    Some(b'1') => '/',
                    _ => return None,
                });
                plain.push_str(piece.get(1..).unwrap_or_default());
            }
            Some(plain)
        })
        .collect()
}

/// The place that a token names in an array; digits without a zero in front.
pub(super) fn index(token: &str) -> Option<usize> {
    let is_number = !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_digit());
    let is_canonical = is_number && (token == "0" || !token.starts_with('0'));
    is_canonical.then(|| token.parse().ok()).flatten()
}

/// Why a patch cannot be applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unfit {
    /// A `~` that begins no escape.
    Tilde,
    /// A slash in front.
    Slash,
    /// Something before its last token is not there.
    NoParent,
    /// There is no such place in an array.
    NoIndex,
    /// An element of an array would be removed.
    Removes,
    /// The path of one begins with the path of another.
    Prefix,
}

impl Unfit {
    pub const fn as_str(self) -> &'static str {
        match self {
            Unfit::Tilde => "a ~ in the path is followed by neither 0 nor 1",
            Unfit::Slash => "its path begins with a slash",
            Unfit::NoParent => "something on the path is not there",
            Unfit::NoIndex => "there is no such place in the array",
            Unfit::Removes => "nothing can be removed from an array",
            Unfit::Prefix => "its path begins with the path of another patch",
        }
    }
}

/// Looks whether a patch has a place.
pub(super) fn fits(root: &Map<String, Value>, path: &[String], value: &Value) -> Option<Unfit> {
    let (last, parents) = path.split_last()?;
    let mut parents = parents.iter();
    let mut at = match parents.next() {
        None => return None,
        Some(first) => match root.get(first) {
            Some(value) => value,
            None => return Some(Unfit::NoParent),
        },
    };
    for token in parents {
        let next = match at {
            Value::Object(map) => map.get(token),
            Value::Array(items) => index(token).and_then(|index| items.get(index)),
            _ => None,
        };
        match next {
            Some(next) => at = next,
            None => return Some(Unfit::NoParent),
        }
    }
    match at {
        Value::Object(_) => None,
        Value::Array(items) => match index(last).and_then(|index| items.get(index)) {
            None => Some(Unfit::NoIndex),
            Some(_) if value.is_null() => Some(Unfit::Removes),
            Some(_) => None,
        },
        _ => Some(Unfit::NoParent),
    }
}

/// Puts a value where a path leads, or takes what is there away where it is null. Whether it
/// [fits](fits) is known.
pub(super) fn apply(root: &mut Map<String, Value>, path: &[String], value: Value) {
    let Some((last, parents)) = path.split_last() else {
        return;
    };
    let mut parents = parents.iter();
    let Some(first) = parents.next() else {
        put(root, last, value);
        return;
    };
    let Some(mut at) = root.get_mut(first) else {
        return;
    };
    for token in parents {
        let next = match at {
            Value::Object(map) => map.get_mut(token),
            Value::Array(items) => index(token).and_then(|index| items.get_mut(index)),
            _ => None,
        };
        match next {
            Some(next) => at = next,
            None => return,
        }
    }
    match at {
        Value::Object(map) => put(map, last, value),
        Value::Array(items) => {
            if let Some(item) = index(last).and_then(|index| items.get_mut(index)) {
                *item = value;
            }
        }
        _ => {}
    }
}

/// [Applies](apply) patches of which none begins with the path of another one. What is taken away of one
/// object is so at once, since each time moves all that is behind it.
pub(super) fn apply_all<'p>(
    root: &mut Map<String, Value>,
    patches: impl IntoIterator<Item = (&'p [String], &'p Value)>,
) {
    let mut gone: BTreeMap<&[String], BTreeSet<&str>> = BTreeMap::new();
    for (path, value) in patches {
        match path.split_last() {
            Some((last, parents)) if value.is_null() => {
                gone.entry(parents).or_default().insert(last);
            }
            _ => apply(root, path, value.clone()),
        }
    }
    for (path, names) in gone {
        if let Some(map) = object_at(root, path) {
            map.retain(|name, _| !names.contains(name.as_str()));
        }
    }
}

fn object_at<'m>(
    root: &'m mut Map<String, Value>,
    path: &[String],
) -> Option<&'m mut Map<String, Value>> {
    let Some((first, rest)) = path.split_first() else {
        return Some(root);
    };
    let at = rest
        .iter()
        .try_fold(root.get_mut(first)?, |at, token| match at {
            Value::Object(map) => map.get_mut(token),
            Value::Array(items) => index(token).and_then(|index| items.get_mut(index)),
            _ => None,
        })?;
    at.as_object_mut()
}

fn put(map: &mut Map<String, Value>, name: &str, value: Value) {
    match value.is_null() {
        true => {
            remove(map, name);
        }
        false => {
            map.insert(name.into(), value);
        }
    }
}

/// Takes a member away; those behind it stay in their order.
pub(super) fn remove(map: &mut Map<String, Value>, name: &str) -> Option<Value> {
    map.shift_remove(name)
}

/// The paths that are the beginning of another one, by their place in the list.
pub(super) fn prefixes(paths: &[&[String]]) -> Vec<usize> {
    let all: BTreeSet<&[String]> = paths.iter().copied().collect();
    let mut found = Vec::new();
    for (place, path) in paths.iter().enumerate() {
        // Paths are no longer than a card is deep, so that looking for each beginning is linear.
        let has_prefix =
            (1..path.len()).any(|end| path.get(..end).is_some_and(|p| all.contains(p)));
        if has_prefix {
            found.push(place);
        }
    }
    found
}
