//! What holds for every text that is read as a value. Functions that panic when it does not, as in `laws.rs`.

use vcardinal::Version;
use vcardinal::value::{
    Address, Binary, ClientPidMap, DataUri, DateAndOrTime, DateOrText, DateTime, E164, Gender, Geo,
    Key, LanguageTag, List, Media, Name, Notes, Organization, PartialDate, PartialTime, Pid, Pref,
    TelUri, Telephone, Text, TextList, TimeZone, Timestamp, Uri, UriOrText, UtcOffset, Value,
    ValueError,
};

fn is_inside(error: &ValueError, text: &str) -> bool {
    error.span.start <= error.span.end
        && text.is_char_boundary(error.span.start)
        && text.is_char_boundary(error.span.end)
}

/// A text as each value type in each version: places are inside of it, strict reading agrees with lenient,
/// and what is written reads back.
pub fn values(text: &str) {
    macro_rules! each {
        ($($type:ty)+) => {$(
            for version in Version::ALL {
                let mut notes = Vec::new();
                let mut sink = |note: ValueError| notes.push(note);
                let read = <$type as Value<'_>>::read(text, version, &mut Notes::to(&mut sink));
                for error in notes.iter().chain(read.as_ref().err()) {
                    assert!(is_inside(error, text), "{error:?} of {text:?}");
                }
                let Ok(read) = read else { continue };
                if let Ok(strict) = <$type as Value<'_>>::parse_strict(text, version) {
                    assert_eq!(strict, read, "strict of {text:?} in {version}");
                }
                let Ok(written) = read.to_text(version) else { continue };
                assert!(!written.contains(['\r', '\n']) || version == Version::V2_1, "{written:?}");
                let again = <$type as Value<'_>>::parse(&written, version);
                let again = again.unwrap_or_else(|error| panic!("{error}: {text:?} in {version} is written {written:?}"));
                assert_eq!(again, read, "{text:?} in {version} is written {written:?}");
                assert_eq!(again.to_text(version).as_ref(), Ok(&written), "{text:?} in {version}, written twice");
            }
        )+};
    }
    each! {
        Address ClientPidMap DateAndOrTime DateOrText DateTime Gender Geo vcardinal::value::Kind LanguageTag
        List<DateAndOrTime> List<DateTime> List<PartialDate> List<PartialTime> List<Timestamp> List<f64>
        List<i64> Name Organization PartialDate PartialTime TelUri Telephone Text TextList TimeZone Timestamp
        Uri UriOrText UtcOffset bool i64 f64 Binary DataUri Media Key
    }
    let _ = (
        E164::parse(text),
        E164::parse_lenient(text),
        TelUri::parse_lenient(text),
    );
    let _ = (Pid::parse_list(text), Pref::parse(text));
}
