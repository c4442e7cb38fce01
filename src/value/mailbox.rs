//! Text -> an email address as people write it: RFC 5322, 3.4 (`Zoe <zoe@example.com>`) and
//! RFC 6068 (`mailto:zoe@example.com`).

use alloc::borrow::Cow;
use alloc::string::String;

use super::uri;

/// The address in a text, and whether there is something else beside it.
///
/// EMAIL holds an address alone (RFC 6350, 6.4.2; RFC 2426, 3.3.2), and cards hold the other forms
/// all the same. Nothing is checked here: [`Email`](super::Email) says whether it is an address.
///
/// ```
/// use vcardinal::value::Mailbox;
///
/// let mailbox = Mailbox::parse("\"Zoe Quist\" <zoe@example.com>");
/// assert_eq!((mailbox.address(), mailbox.has_more()), ("zoe@example.com", true));
/// let mailbox = Mailbox::parse(" mailto:zoe%2Bnews@example.com ");
/// assert_eq!((mailbox.address(), mailbox.has_more()), ("zoe+news@example.com", false));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Mailbox<'a> {
    address: Cow<'a, str>,
    more: bool,
}

impl<'a> Mailbox<'a> {
    /// Looks for the address: in angle brackets at the end, after `mailto:`, or else the text
    /// without white space around it.
    ///
    /// ```
    /// use vcardinal::value::Mailbox;
    ///
    /// assert_eq!(Mailbox::parse("Zoe Quist <zoe@example.com>").address(), "zoe@example.com");
    /// ```
    #[must_use]
    pub fn parse(text: &'a str) -> Mailbox<'a> {
        let text = text.trim();
        let bracketed = text
            .strip_suffix('>')
            .and_then(|text| text.rsplit_once('<'));
        let (name, address) = bracketed.unwrap_or(("", text));
        let (address, headers) = mailto(address.trim());
        Mailbox {
            address,
            more: headers || !name.trim().is_empty(),
        }
    }

    /// The address, which need not be a valid one.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Whether there was a name beside the address, or headers after it (`?subject=..`).
    #[must_use]
    pub const fn has_more(&self) -> bool {
        self.more
    }
}

/// The address of a `mailto:` URI, and whether headers follow it; other texts as they are.
fn mailto(text: &str) -> (Cow<'_, str>, bool) {
    const SCHEME: &str = "mailto:";
    let scheme = text.get(..SCHEME.len());
    if !scheme.is_some_and(|scheme| scheme.eq_ignore_ascii_case(SCHEME)) {
        return (Cow::Borrowed(text), false);
    }
    let rest = text.get(SCHEME.len()..).unwrap_or_default();
    let (address, headers) = rest.split_once('?').unwrap_or((rest, ""));
    // A common slip: mailto has no authority.
    let address = address.strip_prefix("//").unwrap_or(address);
    let decoded = uri::percent_decode(address)
        .ok()
        .and_then(|bytes| String::from_utf8(bytes).ok());
    let address = decoded.map_or(Cow::Borrowed(address), Cow::Owned);
    (address, !headers.is_empty())
}
