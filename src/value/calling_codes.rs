//! Calling code -> how long national numbers under it are, as a table.
//!
//! The rows are Google's metadata, taken from the phonenumber crate; a test compares them with it
//! and, on a difference, prints the rows as they should be.

use super::possibility::Possibility;

/// A calling code and the lengths of the national numbers under it, as sets of bits.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct CallingCode {
    /// The code, 1 to 999.
    pub(crate) code: u16,
    lengths: u32,
    local_lengths: u32,
}

impl CallingCode {
    pub(crate) fn possibility(&self, length: usize) -> Possibility {
        let bit = u32::try_from(length)
            .ok()
            .and_then(|length| 1u32.checked_shl(length))
            .unwrap_or(0);
        if self.lengths & bit != 0 {
            Possibility::Possible
        } else if self.local_lengths & bit != 0 {
            Possibility::LocalOnly
        } else if bit == 0 || bit > self.lengths {
            Possibility::TooLong
        } else if bit.trailing_zeros() < self.lengths.trailing_zeros() {
            Possibility::TooShort
        } else {
            Possibility::WrongLength
        }
    }
}

/// The row of the calling code that `digits` begin with, its place, and the digits after it.
pub(crate) fn find(digits: &str) -> Option<(usize, &'static CallingCode, &str)> {
    let mut code = 0u16;
    // No calling code is the beginning of another, so the first that fits is the one.
    for (at, byte) in digits.bytes().enumerate().take(3) {
        code = code * 10 + u16::from(byte.wrapping_sub(b'0').min(9));
        if let Ok(index) = CALLING_CODES.binary_search_by_key(&code, |row| row.code) {
            return Some((index, CALLING_CODES.get(index)?, digits.get(at + 1..)?));
        }
    }
    None
}

pub(crate) fn split(digits: &str) -> Option<(&'static CallingCode, &str)> {
    find(digits).map(|(_, row, national)| (row, national))
}

/// Whether numbers of this calling code are dialled inside the country with a 0 before them.
pub(crate) fn has_trunk_zero(code: u16) -> bool {
    TRUNK_ZERO.binary_search(&code).is_ok()
}

const fn row(code: u16, lengths: &[u8], local_lengths: &[u8]) -> CallingCode {
    CallingCode {
        code,
        lengths: bits(lengths),
        local_lengths: bits(local_lengths),
    }
}

const fn bits(mut lengths: &[u8]) -> u32 {
    let mut bits = 0;
    while let [length, rest @ ..] = lengths {
        bits |= 1 << *length;
        lengths = rest;
    }
    bits
}

// Sorted, as the search requires.
const _: () = {
    let mut rows: &[CallingCode] = &CALLING_CODES;
    while let [first, rest @ ..] = rows {
        if let [second, ..] = rest {
            assert!(first.code < second.code);
        }
        rows = rest;
    }
};

/// Code, lengths, lengths of numbers that are dialled inside one town.
#[rustfmt::skip]
pub(crate) static CALLING_CODES: [CallingCode; 215] = [
    row(1, &[10], &[7]),
    row(7, &[10, 14], &[7]),
    row(20, &[8, 9, 10], &[6, 7]),
    row(27, &[5, 6, 7, 8, 9, 10], &[]),
    row(30, &[10, 11, 12], &[]),
    row(31, &[5, 6, 7, 8, 9, 10, 11], &[]),
    row(32, &[8, 9], &[]),
    row(33, &[9], &[]),
    row(34, &[9], &[]),
    row(36, &[8, 9], &[6, 7]),
    row(39, &[6, 7, 8, 9, 10, 11, 12], &[]),
    row(40, &[6, 9], &[]),
    row(41, &[9, 12], &[]),
    row(43, &[4, 5, 6, 7, 8, 9, 10, 11, 12, 13], &[3]),
    row(44, &[7, 9, 10], &[4, 5, 6, 8]),
    row(45, &[8], &[]),
    row(46, &[6, 7, 8, 9, 10, 12], &[]),
    row(47, &[5, 8], &[]),
    row(48, &[6, 7, 8, 9, 10], &[]),
    row(49, &[4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15], &[2, 3]),
    row(51, &[8, 9], &[6, 7]),
    row(52, &[10], &[7, 8]),
    row(53, &[6, 7, 8, 10], &[4, 5]),
    row(54, &[10, 11], &[6, 7, 8]),
    row(55, &[8, 9, 10, 11], &[]),
    row(56, &[9, 10, 11], &[]),
    row(57, &[8, 10, 11], &[4, 7]),
    row(58, &[10], &[7]),
    row(60, &[8, 9, 10], &[6, 7]),
    row(61, &[5, 6, 7, 8, 9, 10, 12], &[]),
    row(62, &[7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17], &[5, 6]),
    row(63, &[6, 8, 9, 10, 11, 12, 13], &[4, 5, 7]),
    row(64, &[5, 6, 7, 8, 9, 10], &[]),
    row(65, &[8, 10, 11], &[]),
    row(66, &[8, 9, 10, 13], &[]),
    row(81, &[8, 9, 10, 11, 12, 13, 14, 15, 16, 17], &[]),
    row(82, &[5, 6, 8, 9, 10, 11, 12, 13, 14], &[3, 4, 7]),
    row(84, &[7, 8, 9, 10], &[]),
    row(86, &[7, 8, 9, 10, 11, 12], &[5, 6]),
    row(90, &[7, 10, 12, 13], &[]),
    row(91, &[8, 9, 10, 11, 12, 13], &[6, 7]),
    row(92, &[8, 9, 10, 11, 12], &[5, 6, 7]),
    row(93, &[9], &[7]),
    row(94, &[9], &[7]),
    row(95, &[6, 7, 8, 9, 10], &[5]),
    row(98, &[4, 5, 6, 7, 10], &[8]),
    row(211, &[9], &[]),
    row(212, &[9], &[]),
    row(213, &[8, 9], &[]),
    row(216, &[8], &[]),
    row(218, &[9], &[7]),
    row(220, &[7], &[]),
    row(221, &[9], &[]),
    row(222, &[8], &[]),
    row(223, &[8], &[]),
    row(224, &[8, 9], &[]),
    row(225, &[10], &[]),
    row(226, &[8], &[]),
    row(227, &[8], &[]),
    row(228, &[8], &[]),
    row(229, &[8, 10], &[]),
    row(230, &[7, 8, 10], &[]),
    row(231, &[7, 8, 9], &[]),
    row(232, &[8], &[6]),
    row(233, &[8, 9], &[7]),
    row(234, &[10, 11, 12, 13, 14], &[6, 7]),
    row(235, &[8], &[]),
    row(236, &[8], &[]),
    row(237, &[8, 9], &[]),
    row(238, &[7], &[]),
    row(239, &[7], &[]),
    row(240, &[9], &[]),
    row(241, &[7, 8], &[]),
    row(242, &[9], &[]),
    row(243, &[7, 8, 9, 10], &[]),
    row(244, &[9], &[]),
    row(245, &[7, 9], &[]),
    row(246, &[7], &[]),
    row(247, &[5, 6], &[]),
    row(248, &[7], &[]),
    row(249, &[9], &[]),
    row(250, &[8, 9], &[]),
    row(251, &[9], &[7]),
    row(252, &[6, 7, 8, 9], &[]),
    row(253, &[8], &[]),
    row(254, &[7, 8, 9, 10], &[]),
    row(255, &[9], &[]),
    row(256, &[9], &[5, 6, 7]),
    row(257, &[8], &[]),
    row(258, &[8, 9], &[]),
    row(260, &[9], &[6]),
    row(261, &[9], &[7]),
    row(262, &[9], &[]),
    row(263, &[5, 6, 7, 8, 9, 10], &[3, 4]),
    row(264, &[8, 9], &[]),
    row(265, &[7, 9], &[]),
    row(266, &[8], &[]),
    row(267, &[7, 8, 10], &[]),
    row(268, &[8, 9], &[]),
    row(269, &[7], &[4]),
    row(290, &[4, 5], &[]),
    row(291, &[7], &[6]),
    row(297, &[7], &[]),
    row(298, &[6], &[]),
    row(299, &[6], &[]),
    row(350, &[8], &[]),
    row(351, &[9], &[]),
    row(352, &[4, 5, 6, 7, 8, 9, 10, 11], &[]),
    row(353, &[7, 8, 9, 10], &[5, 6]),
    row(354, &[7, 9], &[]),
    row(355, &[6, 7, 8, 9], &[5]),
    row(356, &[8], &[]),
    row(357, &[8], &[]),
    row(358, &[5, 6, 7, 8, 9, 10, 11, 12], &[]),
    row(359, &[6, 7, 8, 9, 12], &[4, 5]),
    row(370, &[8], &[]),
    row(371, &[8], &[]),
    row(372, &[7, 8, 10], &[]),
    row(373, &[8], &[]),
    row(374, &[8], &[5, 6]),
    row(375, &[6, 7, 8, 9, 10, 11], &[5]),
    row(376, &[6, 8, 9], &[]),
    row(377, &[8, 9], &[]),
    row(378, &[8, 10], &[6]),
    row(380, &[9, 10], &[5, 6, 7]),
    row(381, &[6, 7, 8, 9, 10, 11, 12], &[4, 5]),
    row(382, &[8, 9], &[6]),
    row(383, &[8, 9, 10, 11, 12], &[]),
    row(385, &[7, 8, 9], &[6]),
    row(386, &[5, 6, 7, 8], &[]),
    row(387, &[8, 9], &[6]),
    row(389, &[8], &[6, 7]),
    row(420, &[9, 10, 11, 12], &[]),
    row(421, &[6, 7, 9], &[]),
    row(423, &[7, 9], &[]),
    row(500, &[5], &[]),
    row(501, &[7, 11], &[]),
    row(502, &[8, 11], &[]),
    row(503, &[7, 8, 11], &[]),
    row(504, &[8, 11], &[]),
    row(505, &[8], &[]),
    row(506, &[8, 10], &[]),
    row(507, &[7, 8, 10, 11], &[]),
    row(508, &[6, 9], &[]),
    row(509, &[8], &[]),
    row(590, &[9], &[]),
    row(591, &[8, 9], &[7]),
    row(592, &[7], &[]),
    row(593, &[8, 9, 10, 11], &[7]),
    row(594, &[9], &[]),
    row(595, &[6, 7, 8, 9, 10, 11], &[5]),
    row(596, &[9], &[]),
    row(597, &[6, 7], &[]),
    row(598, &[4, 5, 6, 7, 8, 9, 10, 11, 12, 13], &[]),
    row(599, &[7, 8], &[]),
    row(670, &[7, 8], &[]),
    row(672, &[6], &[5]),
    row(673, &[7], &[]),
    row(674, &[7], &[]),
    row(675, &[7, 8], &[]),
    row(676, &[5, 7], &[]),
    row(677, &[5, 7], &[]),
    row(678, &[5, 7], &[]),
    row(679, &[7, 11], &[]),
    row(680, &[7], &[]),
    row(681, &[6, 9], &[]),
    row(682, &[5], &[]),
    row(683, &[4, 7], &[]),
    row(685, &[5, 6, 7, 10], &[]),
    row(686, &[5, 8], &[]),
    row(687, &[6], &[]),
    row(688, &[5, 6, 7], &[]),
    row(689, &[6, 8, 9], &[]),
    row(690, &[4, 5, 6, 7], &[]),
    row(691, &[7], &[]),
    row(692, &[7], &[]),
    row(800, &[8], &[]),
    row(808, &[8], &[]),
    row(850, &[8, 10], &[6, 7]),
    row(852, &[5, 6, 7, 8, 9, 11], &[]),
    row(853, &[7, 8], &[]),
    row(855, &[8, 9, 10], &[6, 7]),
    row(856, &[8, 9, 10], &[6]),
    row(870, &[9, 12], &[]),
    row(878, &[12], &[]),
    row(880, &[6, 7, 8, 9, 10], &[]),
    row(881, &[9, 10], &[]),
    row(882, &[7, 8, 9, 10, 11, 12], &[]),
    row(883, &[8, 9, 10, 11, 12], &[]),
    row(886, &[7, 8, 9, 10, 11], &[]),
    row(888, &[11], &[]),
    row(960, &[7, 10], &[]),
    row(961, &[7, 8], &[]),
    row(962, &[8, 9], &[]),
    row(963, &[8, 9], &[6, 7]),
    row(964, &[8, 9, 10], &[6, 7]),
    row(965, &[7, 8], &[]),
    row(966, &[9, 10], &[7]),
    row(967, &[7, 8, 9], &[6]),
    row(968, &[7, 8, 9], &[]),
    row(970, &[8, 9, 10], &[7]),
    row(971, &[5, 6, 7, 8, 9, 10, 11, 12], &[]),
    row(972, &[7, 8, 9, 10, 11, 12], &[]),
    row(973, &[8], &[]),
    row(974, &[7, 8, 9, 11], &[]),
    row(975, &[7, 8], &[6]),
    row(976, &[8, 9, 10], &[4, 5, 6]),
    row(977, &[8, 10, 11], &[6, 7]),
    row(979, &[9], &[8]),
    row(992, &[9], &[3, 5, 6, 7]),
    row(993, &[8], &[]),
    row(994, &[9], &[7]),
    row(995, &[9], &[6, 7]),
    row(996, &[9, 10], &[5, 6]),
    row(998, &[9], &[]),
];

/// Whether numbers of this calling code begin with a 0 that is dialled from abroad too.
pub(crate) fn has_zero_of_its_own(code: u16) -> bool {
    // Italy with the Vatican, Ivory Coast, Congo, San Marino.
    matches!(code, 39 | 225 | 242 | 378)
}

/// Calling codes whose numbers have the trunk prefix 0.
#[rustfmt::skip]
const TRUNK_ZERO: [u16; 103] = [
    20, 27, 31, 32, 33, 40, 41, 43, 44, 46, 49, 51, 53, 54, 55, 57,
    58, 60, 61, 62, 63, 64, 66, 81, 82, 84, 86, 90, 91, 92, 93, 94,
    95, 98, 211, 212, 213, 218, 231, 232, 233, 234, 243, 249, 250, 251, 252, 254,
    255, 256, 260, 261, 262, 263, 264, 265, 291, 353, 355, 358, 359, 370, 373, 374,
    377, 380, 381, 382, 383, 385, 386, 387, 389, 421, 423, 508, 590, 591, 593, 594,
    595, 596, 598, 686, 850, 855, 856, 880, 886, 961, 962, 963, 964, 966, 967, 970,
    971, 972, 976, 977, 994, 995, 996,
];

#[cfg(all(test, feature = "phone"))]
mod tests {
    use super::{CALLING_CODES, TRUNK_ZERO, row};
    use phonenumber::metadata::{DATABASE, Descriptors};

    fn lengths(of: &Descriptors) -> (Vec<u8>, Vec<u8>) {
        let kinds = [
            of.fixed_line(),
            of.mobile(),
            of.toll_free(),
            of.premium_rate(),
            of.shared_cost(),
            of.personal_number(),
            of.voip(),
            of.pager(),
            of.uan(),
            of.voicemail(),
        ];
        let set = |pick: fn(&phonenumber::metadata::Descriptor) -> &[u16]| {
            let mut all: Vec<u8> = kinds
                .iter()
                .flatten()
                .flat_map(|kind| pick(kind).iter().map(|n| *n as u8))
                .collect();
            all.sort_unstable();
            all.dedup();
            all
        };
        let national = set(|kind| kind.possible_length());
        let mut local = set(|kind| kind.possible_local_length());
        local.retain(|length| !national.contains(length));
        (national, local)
    }

    #[test]
    fn table_is_the_metadata() {
        let mut expected = Vec::new();
        let mut source = String::new();
        for code in 1..=999u16 {
            // The first region is the main one, whose lengths hold for the whole code.
            let Some(main) = DATABASE
                .by_code(&code)
                .and_then(|regions| regions.into_iter().next())
            else {
                continue;
            };
            let (national, local) = lengths(main.descriptors());
            source += &format!("    row({code}, &{national:?}, &{local:?}),\n");
            expected.push(row(code, &national, &local));
        }
        assert!(
            expected == CALLING_CODES,
            "the rows should be, {} of them:\n{source}",
            expected.len()
        );
    }

    #[test]
    fn trunk_zeros_are_those_of_the_metadata() {
        let has_zero = |code: &u16| {
            let regions = DATABASE.by_code(code).unwrap_or_default();
            let main = regions.into_iter().next();
            main.is_some_and(|main| main.national_prefix() == Some("0"))
        };
        let expected: Vec<u16> = (1..=999).filter(has_zero).collect();
        assert_eq!(expected, TRUNK_ZERO);
    }

    #[test]
    fn zeros_of_their_own_are_dialled_from_abroad() {
        for number in [
            "+390612345678",
            "+2250123456789",
            "+242061234567",
            "+3780549886377",
        ] {
            let number = crate::value::E164::parse(number).unwrap();
            let (row, national) = number.split().unwrap();
            assert!(number.is_valid(), "{number}");
            assert!(national.starts_with('0') && super::has_zero_of_its_own(row.code));
            assert!(!super::has_trunk_zero(row.code), "{number}");
        }
    }

    #[test]
    fn no_code_begins_another() {
        for one in &CALLING_CODES {
            for other in &CALLING_CODES {
                let (one, other) = (one.code.to_string(), other.code.to_string());
                assert!(one == other || !one.starts_with(&other), "{one} {other}");
            }
        }
    }
}
