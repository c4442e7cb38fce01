//! The head of a content line: everything before the colon.
//!
//! ```abnf
//! contentline = [group "."] name *(";" param) ":" value CRLF
//! group       = 1*(ALPHA / DIGIT / "-")
//! name        = 1*(ALPHA / DIGIT / "-")
//! param       = param-name "=" param-value *("," param-value)
//! param-value = *SAFE-CHAR / DQUOTE *QSAFE-CHAR DQUOTE
//! ```
//!
//! RFC 6350, 3.3. What producers write beyond it is read too: other characters in names, white
//! space around the colon, several groups, parameters without a name, quotes inside a value.
//! The checker says so; the lexer only finds out where things begin and end.

use nom::IResult;
use nom::bytes::complete::{take_till, take_while};

use super::byte_class::{ByteSet, is_white_space, trim, trim_end};
use super::flags::Flags;

type Lexed<'a> = IResult<&'a [u8], &'a [u8], ()>;

static NAME: ByteSet = ByteSet::of_names();
/// Where a run of ordinary bytes in parameters ends.
static PARAMETER_STOP: ByteSet = ByteSet::of(b":;\"\\\r\n");

/// ```abnf
/// name = 1*(ALPHA / DIGIT / "-")
/// ```
fn name(input: &[u8]) -> Lexed<'_> {
    take_while(|byte| NAME.has(byte))(input)
}

/// A name as it should not be: any printable ASCII up to the next delimiter, for names such as
/// `X-GOOGLE TALK` and `X-messaging/xmpp-All`.
fn lenient_name(input: &[u8]) -> Lexed<'_> {
    take_till(
        |byte: u8| matches!(byte, b':' | b';' | b'.' | b'"' | b'=' | 0..=8 | 10..=31 | 127..=255),
    )(input)
}

fn ordinary(input: &[u8]) -> Lexed<'_> {
    take_till(|byte| PARAMETER_STOP.has(byte))(input)
}

fn quoted(input: &[u8]) -> Lexed<'_> {
    take_till(|byte| matches!(byte, b'"' | b'\r' | b'\n'))(input)
}

fn white_space(input: &[u8]) -> Lexed<'_> {
    take_while(is_white_space)(input)
}

/// How a line's value is encoded, as far as that decides where the line ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Encoding {
    Plain,
    QuotedPrintable,
    Base64,
}

/// What quotes and backslashes in parameters mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// 3.0, 4.0, and 2.1 as long as no quote or backslash occurs: quotes hide delimiters.
    Quoting,
    /// 2.1: quotes are ordinary characters, a backslash hides the next one.
    Backslash,
    /// A quote that is never closed: quotes are ordinary characters.
    Literal,
}

/// The head of a line, as lengths from its first byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Head {
    /// White space before anything else.
    pub indent: usize,
    /// Group, without its dot; none is 0 with `has_group` false.
    pub group: usize,
    pub has_group: bool,
    /// Name, which follows the group and its dot. 0 when this is no content line.
    pub name: usize,
    /// Bytes before the colon; none when the input ended before one.
    pub colon: Option<usize>,
    pub parameters: usize,
    pub encoding: Encoding,
    /// What there is in the parameters: quotes, backslashes, names that the value is read by.
    pub flags: Flags,
    /// A quote was open where the input ended.
    pub unclosed: bool,
    /// The name is BEGIN or END, and there are no parameters: it may frame a card.
    pub frames: bool,
}

/// Lexes the head of a line, up to its colon or the end of the physical line.
#[inline]
pub(crate) fn head(input: &[u8], dialect: Dialect) -> Head {
    let mut head = Head {
        indent: 0,
        group: 0,
        has_group: false,
        name: 0,
        colon: None,
        parameters: 0,
        encoding: Encoding::Plain,
        flags: Flags::NONE,
        unclosed: false,
        frames: false,
    };
    let mut rest = input;
    if let Some(b' ' | b'\t') = input.first() {
        let (after, indent) = leaf(white_space(input), input);
        head.indent = indent.len();
        rest = after;
    }
    let mut first = rest;
    loop {
        let (mut after, mut part) = leaf(name(first), first);
        if !matches!(after.first(), Some(b':' | b';' | b'.')) {
            (after, part) = leaf(lenient_name(first), first);
            part = trim_end(part);
        }
        match after.split_first() {
            Some((b':', _)) => {
                head.name = part.len();
                head.colon = Some(input.len() - after.len());
                head.frames = match part {
                    [b'B' | b'b', ..] => part.eq_ignore_ascii_case(b"BEGIN"),
                    [b'E' | b'e', ..] => part.eq_ignore_ascii_case(b"END"),
                    _ => false,
                };
                return head;
            }
            Some((b';', after_semicolon)) => {
                head.name = part.len();
                rest = after_semicolon;
                break;
            }
            // The last dot ends the group: vCard 2.1 has groups of groups.
            Some((b'.', after_dot)) => {
                head.has_group = true;
                head.group = rest.len() - after.len();
                first = after_dot;
            }
            _ => return head,
        }
    }
    parameters(input, rest, dialect, &mut head);
    head
}

/// Lexes `param *(";" param) ":"`; `rest` is what follows the first semicolon.
fn parameters<'a>(input: &'a [u8], mut rest: &'a [u8], dialect: Dialect, head: &mut Head) {
    head.parameters = 1;
    begin_parameter(rest, head);
    loop {
        let (after, _) = leaf(ordinary(rest), rest);
        let Some((stop, after_stop)) = after.split_first() else {
            return;
        };
        rest = after_stop;
        match stop {
            b':' => {
                head.colon = Some(input.len() - after.len());
                return;
            }
            b';' => {
                head.parameters += 1;
                begin_parameter(rest, head);
            }
            b'"' => {
                head.flags.set(Flags::QUOTE);
                if dialect == Dialect::Quoting {
                    let (after, _) = leaf(quoted(rest), rest);
                    match after.split_first() {
                        Some((b'"', after_quote)) => rest = after_quote,
                        _ => {
                            head.unclosed = true;
                            return;
                        }
                    }
                }
            }
            b'\\' => {
                head.flags.set(Flags::BACKSLASH);
                if dialect == Dialect::Backslash {
                    match rest.split_first() {
                        Some((b'\r' | b'\n', _)) | None => {}
                        Some((_, after_escaped)) => rest = after_escaped,
                    }
                }
            }
            _ => return,
        }
    }
}

/// Notes what the parameter at the start of `input` names, or may name.
#[inline(always)]
fn begin_parameter(input: &[u8], head: &mut Head) {
    let may_name = may_name(input);
    head.flags.set(may_name);
    if may_name.has(Flags::MAY_NAME_ENCODING) {
        head.encoding = encoding(input, head.encoding);
    }
}

/// The encoding that the parameter at the start of `input` names, or what was known before.
///
/// `ENCODING=QUOTED-PRINTABLE`, `ENCODING=BASE64`, `ENCODING=b`, quoted or not, and the bare
/// `QUOTED-PRINTABLE` and `BASE64` of vCard 2.1. What joins parameters of one name writes
/// `ENCODING=b,b`, which says it twice.
fn encoding(input: &[u8], known: Encoding) -> Encoding {
    let (_, parameter) = leaf(ordinary_or_quotes(input), input);
    let parameter = trim(parameter);
    match parameter.split_at_checked(8) {
        Some((name, value)) if name.eq_ignore_ascii_case(b"ENCODING") => {
            let Some((b'=', value)) = trim(value).split_first() else {
                return known;
            };
            let mut named = value.split(|byte| *byte == b',').map(encoding_named);
            match named.next().flatten() {
                Some(first) if named.all(|other| other == Some(first)) => first,
                _ => known,
            }
        }
        _ if parameter.eq_ignore_ascii_case(b"B") => known,
        _ => encoding_named(parameter).unwrap_or(known),
    }
}

/// The encoding of a value that a word names, quoted or not; `None` for any other word.
fn encoding_named(word: &[u8]) -> Option<Encoding> {
    let word = trim(word);
    let word = word.strip_prefix(b"\"").unwrap_or(word);
    let word = word.strip_suffix(b"\"").unwrap_or(word);
    match encoding_word(word) {
        Some((encoding @ (Encoding::QuotedPrintable | Encoding::Base64), _)) => Some(encoding),
        _ if word.eq_ignore_ascii_case(b"B") => Some(Encoding::Base64),
        _ => None,
    }
}

/// Whether a word names quoted-printable.
pub(crate) fn is_quoted_printable(word: &[u8]) -> bool {
    encoding_word(word).is_some_and(|(encoding, _)| encoding == Encoding::QuotedPrintable)
}

/// The encoding that a word of 2.1 names, and the word as the standard writes it. vCard 2.1, 2.1.5.
///
/// Producers write QUOTEDPRINTABLE, 8-BIT and the like, and mean the same.
pub(crate) fn encoding_word(word: &[u8]) -> Option<(Encoding, &'static str)> {
    const WORDS: [(Encoding, &str); 4] = [
        (Encoding::QuotedPrintable, "QUOTED-PRINTABLE"),
        (Encoding::Base64, "BASE64"),
        (Encoding::Plain, "8BIT"),
        (Encoding::Plain, "7BIT"),
    ];
    fn letters(word: &[u8]) -> impl Iterator<Item = u8> {
        let letters = word.iter().filter(|byte| !matches!(byte, b'-' | b'_'));
        letters.map(u8::to_ascii_uppercase)
    }
    WORDS
        .into_iter()
        .find(|(_, known)| letters(known.as_bytes()).eq(letters(word)))
}

/// What a parameter may name, by its first octet alone; white space may stand before a name. A table,
/// since every parameter of every line is looked up in it.
static MAY_NAME: [Flags; 256] = {
    const EACH: Flags =
        Flags::MAY_NAME_TYPE.or(Flags::MAY_NAME_CHARSET.or(Flags::MAY_NAME_ENCODING));
    let mut flags = [Flags::NONE; 256];
    let mut octet = 0;
    while octet < 256 {
        #[expect(clippy::indexing_slicing, reason = "a table of all octets")]
        {
            flags[octet] = match (octet as u8).to_ascii_uppercase() {
                b'V' | b'I' | b'U' => Flags::MAY_NAME_TYPE,
                b'C' => Flags::MAY_NAME_TYPE.or(Flags::MAY_NAME_CHARSET),
                b'E' | b'Q' | b'B' => Flags::MAY_NAME_ENCODING,
                ..=b' ' => EACH,
                _ => Flags::NONE,
            };
        }
        octet += 1;
    }
    flags
};

/// What the parameter at the start of `input` may name.
#[inline(always)]
fn may_name(input: &[u8]) -> Flags {
    let flags = input
        .first()
        .and_then(|first| MAY_NAME.get(usize::from(*first)));
    flags.copied().unwrap_or_default()
}

fn ordinary_or_quotes(input: &[u8]) -> Lexed<'_> {
    take_till(|byte| matches!(byte, b':' | b';' | b'\r' | b'\n'))(input)
}

/// The leaves above accept anything, so that their error cannot occur.
#[inline(always)]
fn leaf<'a>(
    lexed: Result<(&'a [u8], &'a [u8]), nom::Err<()>>,
    input: &'a [u8],
) -> (&'a [u8], &'a [u8]) {
    lexed.unwrap_or((input, &[]))
}
