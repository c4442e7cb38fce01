//! A number without what says nothing: `+007.50` is `7.5`.

use alloc::borrow::Cow;
use alloc::string::String;

/// The number without a plus sign, without zeros before it and after its fraction; the text as it is
/// where it is not a number. RFC 6350, 4.5 and 4.6.
pub(crate) fn plain(text: &str) -> Cow<'_, str> {
    let (sign, digits) = match text.as_bytes() {
        [b'-', ..] => ("-", text.get(1..).unwrap_or_default()),
        [b'+', ..] => ("", text.get(1..).unwrap_or_default()),
        _ => ("", text),
    };
    let (whole, fraction) = match digits.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (digits, None),
    };
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_digits(whole) || !fraction.is_none_or(is_digits) {
        return Cow::Borrowed(text);
    }
    let whole = match whole.trim_start_matches('0') {
        "" => "0",
        whole => whole,
    };
    let fraction = fraction.unwrap_or_default().trim_end_matches('0');
    let mut plain = String::with_capacity(text.len());
    if (whole, fraction) != ("0", "") {
        plain.push_str(sign);
    }
    plain.push_str(whole);
    if !fraction.is_empty() {
        plain.push('.');
        plain.push_str(fraction);
    }
    match plain == text {
        true => Cow::Borrowed(text),
        false => Cow::Owned(plain),
    }
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn ok_what_says_nothing_goes() {
        for (text, wanted) in [
            ("42", "42"),
            ("-42", "-42"),
            ("+42", "42"),
            ("007", "7"),
            ("-0", "0"),
            ("000", "0"),
            ("1.30", "1.3"),
            ("-01.0", "-1"),
            ("100", "100"),
            ("0.05", "0.05"),
            ("", ""),
            ("+", "+"),
            ("1.", "1."),
            (".5", ".5"),
            ("1e5", "1e5"),
            ("a", "a"),
            ("1.2.3", "1.2.3"),
        ] {
            assert_eq!(plain(text), wanted, "{text}");
        }
    }
}
