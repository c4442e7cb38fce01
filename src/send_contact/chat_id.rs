//! Text -> [`ChatId`], which is safe to put into a path.

use std::fmt;
use std::str::FromStr;

/// The id of a chat, `ch_...`: ASCII letters, digits, `_` and `-`, at most 128 of them.
///
/// Nothing that could end or leave its place in a path is among these.
///
/// ```
/// use vcardinal::send_contact::ChatId;
///
/// let id: ChatId = "ch_7Hq2".parse()?;
/// assert_eq!(id.as_str(), "ch_7Hq2");
/// for smuggled in ["", "ch_1/../ch_2", "ch_1?x=y", "ch_1%2F", "..", "ch 1", "ch_1\r\n"] {
///     assert!(smuggled.parse::<ChatId>().is_err());
/// }
/// # Ok::<(), vcardinal::send_contact::ChatIdError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ChatId(String);

impl ChatId {
    /// Characters of an id at most.
    pub const MAX_LENGTH: usize = 128;

    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for ChatId {
    type Err = ChatIdError;

    fn from_str(text: &str) -> Result<Self, ChatIdError> {
        let strange =
            |c: &(usize, char)| !(c.1.is_ascii_alphanumeric() || matches!(c.1, '_' | '-'));
        match text.char_indices().find(strange) {
            _ if text.is_empty() => Err(ChatIdError::Empty),
            Some((offset, c)) => Err(ChatIdError::Character { offset, c }),
            None if text.len() > ChatId::MAX_LENGTH => Err(ChatIdError::TooLong),
            None => Ok(ChatId(text.to_owned())),
        }
    }
}

impl TryFrom<&str> for ChatId {
    type Error = ChatIdError;

    fn try_from(text: &str) -> Result<Self, ChatIdError> {
        text.parse()
    }
}

impl AsRef<str> for ChatId {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ChatId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// Why a text is not the id of a chat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ChatIdError {
    /// The text is empty.
    #[error("expected the id of a chat, found nothing")]
    Empty,
    /// A character that ids do not have.
    #[error(
        "byte {offset}: expected a letter, a digit, '_' or '-' in the id of a chat, found {c:?}"
    )]
    Character {
        /// The byte of the text in question, from 0.
        offset: usize,
        /// The character.
        c: char,
    },
    /// More than [`ChatId::MAX_LENGTH`] characters.
    #[error(
        "expected no more than {} characters in the id of a chat",
        ChatId::MAX_LENGTH
    )]
    TooLong,
}
