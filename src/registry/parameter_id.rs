//! The numbers of the parameters: one for each row of the table, in the order of their names.

/// Gives the names of all rows to a macro.
macro_rules! each_parameter {
    ($make:ident) => {
        $make! {
            ALTID, AUTHOR, AUTHOR_NAME, CALSCALE, CC, CHARSET, CONTEXT, CREATED, DERIVED, ENCODING, GEO, GROUP, INDEX, JSCOMPS, JSPTR, LABEL, LANGUAGE, LEVEL, MEDIATYPE, PHONETIC, PID, PREF, PROP_ID, SCRIPT, SERVICE_TYPE, SORT_AS, TYPE, TZ, USERNAME, VALUE
        }
    };
}

pub(super) use each_parameter;

/// The number of a parameter of the registry.
///
/// ```
/// use vcardinal::registry::{self, ParameterId};
///
/// assert_eq!(registry::parameter(b"pref").map(|row| row.id), Some(ParameterId::PREF));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ParameterId(u8);

impl ParameterId {
    /// The number of the first row.
    pub(super) const FIRST: ParameterId = ParameterId(0);

    pub(super) const fn of_number(number: u8) -> ParameterId {
        ParameterId(number)
    }

    /// The place of its row in the order of their names.
    pub(crate) const fn number(self) -> u8 {
        self.0
    }
}

macro_rules! parameter_ids {
    ($($ident:ident),+) => {
        #[repr(u8)]
        #[derive(Clone, Copy)]
        #[expect(non_camel_case_types, clippy::upper_case_acronyms, reason = "only counts the rows")]
        enum Number { $($ident),+ }

        impl ParameterId {
            $(
                #[doc = concat!("The row of `", stringify!($ident), "` (a hyphen where there is an underscore).")]
                pub const $ident: ParameterId = ParameterId(Number::$ident as u8);
            )+
        }

        /// The names of the constants, in the order of the rows.
        pub(super) const IDENTS: &[&str] = &[$(stringify!($ident)),+];
    };
}

each_parameter!(parameter_ids);
