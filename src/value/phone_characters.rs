//! Characters of telephone numbers: digits of other scripts, and what stands between digits.

/// What people put between the digits of a number.
pub(crate) fn is_separator(c: char) -> bool {
    matches!(
        c,
        '-' | '.' | '(' | ')' | '/' | ' ' | '\t'
        | '\u{A0}' | '\u{AD}' | '\u{3000}' | '\u{FEFF}'
        // Spaces, zero-width marks, directions and dashes.
        | '\u{2000}'..='\u{2015}' | '\u{2028}'..='\u{202F}' | '\u{205F}'..='\u{2069}'
        | '\u{2212}' | '\u{FF08}' | '\u{FF09}' | '\u{FF0D}' | '\u{FF0E}' | '\u{FF0F}'
    )
}

/// The ASCII digit that a decimal digit of any of the common scripts stands for.
pub(crate) fn decimal_digit(c: char) -> Option<u8> {
    const ZEROS: [char; 17] = [
        '0', '\u{660}', '\u{6F0}', '\u{7C0}', '\u{966}', '\u{9E6}', '\u{A66}', '\u{AE6}',
        '\u{B66}', '\u{BE6}', '\u{C66}', '\u{CE6}', '\u{D66}', '\u{E50}', '\u{ED0}', '\u{1040}',
        '\u{FF10}',
    ];
    ZEROS.iter().find_map(|&zero| {
        let value = u32::from(c).checked_sub(u32::from(zero))?;
        u8::try_from(value)
            .ok()
            .filter(|v| *v < 10)
            .map(|v| b'0' + v)
    })
}
