//! The bytes, or the text, of a span that is known to be inside.
//!
//! Spans come from the lexer, or from a search in the same bytes a moment ago, so that one that
//! points outside is a mistake in this crate. A library must not panic over it; nor should it hand
//! out nothing as if that stood there. So tests stop at the place, and a release goes on with
//! nothing. Where a span may well be outside, plain `get` says so.

use core::fmt::Debug;
use core::slice::SliceIndex;

/// The bytes of a span.
#[inline]
#[track_caller]
pub(crate) fn slice<I>(bytes: &[u8], span: I) -> &[u8]
where
    I: SliceIndex<[u8], Output = [u8]> + Clone + Debug,
{
    get(bytes, span).unwrap_or_default()
}

/// As [`slice`], for a caller who can stop: that is cheaper than to go on with nothing.
#[inline]
#[track_caller]
pub(crate) fn get<I>(bytes: &[u8], span: I) -> Option<&[u8]>
where
    I: SliceIndex<[u8], Output = [u8]> + Clone + Debug,
{
    let part = bytes.get(span.clone());
    debug_assert!(part.is_some(), "{span:?} of {} bytes", bytes.len());
    part
}

/// The text of a span, which parts no character.
#[inline]
#[track_caller]
pub(crate) fn text<I>(whole: &str, span: I) -> &str
where
    I: SliceIndex<str, Output = str> + Clone + Debug,
{
    let part = whole.get(span.clone());
    debug_assert!(part.is_some(), "{span:?} of {} bytes of text", whole.len());
    part.unwrap_or_default()
}

/// The bytes before a place, and those from there on.
#[inline]
#[track_caller]
pub(crate) fn split(bytes: &[u8], at: usize) -> (&[u8], &[u8]) {
    let parts = bytes.split_at_checked(at);
    debug_assert!(parts.is_some(), "{at} of {} bytes", bytes.len());
    parts.unwrap_or((bytes, &[]))
}
