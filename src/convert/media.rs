//! Pictures, sounds and keys: base64 with ENCODING and TYPE before 4.0, `data:` URIs in 4.0.

use alloc::borrow::Cow;
use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::change::ChangeKind::{Approximated, Derived, Moved};
use super::draft::{Content, Draft, Given};
use super::run::{Run, why};
use crate::card::inline_bytes::is_media_type;
use crate::card::{PropertyRef, PropertyValue};
use crate::registry::{self, PropertyId, ValueType};
use crate::typed::value_type::declared;
use crate::value::{Binary, DataUri};
use crate::version::Version;

/// The property whose media words a draft has.
fn media_id(draft: &Draft<'_>) -> PropertyId {
    let id = draft.id().map(|id| id.stands_for_property().unwrap_or(id));
    id.filter(|id| id.row().is_media())
        .unwrap_or(PropertyId::PHOTO)
}

/// Reads inline data; whether there is some.
pub(super) fn read(run: &mut Run<'_>, draft: &mut Draft<'_>, property: &PropertyRef<'_>) -> bool {
    let is_media = draft
        .row
        .is_some_and(|row| row.stands_for.is_none() && row.is_media());
    let is_private = draft.row.is_none_or(|row| row.stands_for.is_some());
    let may_be_inline =
        || property.line().is_base64() || declared(property) == Some(ValueType::Uri);
    if !(is_media || is_private && may_be_inline()) {
        return false;
    }
    match property.binary() {
        None => false,
        Some(Ok(data)) => {
            draft.value_type = None;
            draft.set(inline(run, draft, &data));
            if run.from != Version::V4_0 {
                let id = media_id(draft);
                draft.take_types(|word| registry::is_media_word(id, word));
            }
            true
        }
        Some(Err(_)) if property.line().is_base64() => {
            damaged(run, draft, property);
            true
        }
        Some(Err(_)) => false,
    }
}

fn inline(run: &mut Run<'_>, draft: &Draft<'_>, data: &DataUri<'_>) -> PropertyValue {
    let mut media_type = data.media_type();
    if let Some((essence, _)) = media_type.split_once(';')
        && run.to == Version::V3_0
    {
        let reason = why("RFC 2426, 3.1.4", "3.0 has no parameters of a media type");
        run.note(Approximated, draft, reason);
        media_type = essence;
    }
    // As of `data:base64,..`, whose writer has forgotten a semicolon.
    if !is_media_type(media_type) {
        let message = "what stands for a media type is not one, and is left out";
        run.note(Approximated, draft, why("RFC 2397, 3", message));
        media_type = "";
    }
    let media_type = String::from(media_type);
    match data.as_base64() {
        Some(base64) => PropertyValue::Base64 {
            media_type,
            data: base64.into(),
        },
        None => match data.decode() {
            Ok(bytes) if !bytes.is_empty() => PropertyValue::Binary {
                media_type,
                data: bytes,
            },
            _ => PropertyValue::Uri(format!("data:{media_type},")),
        },
    }
}

/// Base64 that cannot be decoded goes over as it stands, in the form of the target.
fn damaged(run: &mut Run<'_>, draft: &mut Draft<'_>, property: &PropertyRef<'_>) {
    let bytes = property.value_bytes();
    let text: String = String::from_utf8_lossy(&bytes)
        .chars()
        .filter(|character| !character.is_whitespace() && !character.is_control())
        .collect();
    draft.value_type = None;
    if text.is_empty() {
        draft.set(PropertyValue::Raw(text));
    } else if run.to == Version::V4_0 {
        let id = media_id(draft);
        let words = draft.take_types(|word| registry::is_media_word(id, word));
        let word = words.first();
        let media_type = word.map_or_else(Default::default, |word| registry::media_type(id, word));
        draft.value_type = Some(ValueType::Uri);
        draft.set(PropertyValue::Uri(format!(
            "data:{media_type};base64,{text}"
        )));
    } else {
        draft.give_one("ENCODING", "b");
        draft.set(PropertyValue::Raw(text));
    }
}

/// What bytes begin with, by their media type.
const MAGIC: [(&[u8], usize, &str); 7] = [
    (b"GIF8", 0, "image/gif"),
    (b"\x89PNG", 0, "image/png"),
    (b"\xFF\xD8\xFF", 0, "image/jpeg"),
    (b"WEBP", 8, "image/webp"),
    (b"BM", 0, "image/bmp"),
    (b"II*\0", 0, "image/tiff"),
    (b"MM\0*", 0, "image/tiff"),
];

fn sniffed(data: &str) -> &'static str {
    let start = data.get(..24.min(data.len())).unwrap_or_default();
    let bytes: Vec<u8> = Binary::from_base64(start)
        .and_then(|start| start.decode())
        .unwrap_or_default();
    let begins = |(magic, at, _): &&(&[u8], usize, &str)| {
        bytes
            .get(*at..)
            .is_some_and(|bytes| bytes.starts_with(magic))
    };
    let found = MAGIC.iter().find(begins);
    found.map_or("application/octet-stream", |(_, _, media_type)| media_type)
}

/// PHOTO, LOGO, SOUND and KEY for 4.0.
pub(super) fn upward(run: &mut Run<'_>, draft: &mut Draft<'_>) {
    if draft.value_type != Some(ValueType::Text)
        && let Some(given) = draft.take("X-TYPE")
    {
        let to = Some(format!("TYPE={}", given.values.join(",")));
        draft.add_types(given.values.iter().cloned());
        let reason = why(
            "RFC 6350, 5.6",
            "4.0 has TYPE for it, which names no format",
        );
        run.note_parameter(Moved, draft, ("X-TYPE", given.shown()), to, reason);
        upward_value(run, draft, &given.values);
    } else {
        upward_value(run, draft, &[]);
    }
}

/// `labels` are words of TYPE that name no format.
fn upward_value(run: &mut Run<'_>, draft: &mut Draft<'_>, labels: &[Cow<'_, str>]) {
    let labels: BTreeSet<String> = labels.iter().map(|own| own.to_ascii_lowercase()).collect();
    let is_label = |word: &str| labels.contains(&word.to_ascii_lowercase());
    match &mut draft.content {
        Content::Made(PropertyValue::Base64 { media_type, data }) if media_type.is_empty() => {
            *media_type = sniffed(data).into();
            let message =
                format!("4.0 names the media type; it is {media_type} by its first bytes");
            let reason = why("RFC 6350, 6.2.4", message);
            run.note(Derived, draft, reason);
        }
        Content::Made(PropertyValue::Base64 { .. } | PropertyValue::Binary { .. }) => {}
        _ if draft.value_type == Some(ValueType::Text) => {
            let is_kind = |word: &str| {
                let mut rows = registry::media_rows().iter();
                rows.any(|row| row.word.eq_ignore_ascii_case(word))
            };
            let values = draft.take_types(is_kind);
            if !values.is_empty() {
                let name = "TYPE".into();
                let given = Given { name, values };
                draft.give("X-TYPE", given.values.clone());
                let to = format!("X-{}", given.shown());
                let reason = why(
                    "RFC 6350, 6.8.1",
                    "TYPE of a key is home or work in 4.0, and MEDIATYPE needs a URI",
                );
                run.note_parameter(Moved, draft, ("TYPE", given.shown()), Some(to), reason);
            }
        }
        _ => {
            let id = media_id(draft);
            let words =
                draft.take_types(|word| registry::is_media_word(id, word) && !is_label(word));
            if let Some(word) = words.first()
                && !draft.has("MEDIATYPE")
            {
                let media_type = registry::media_type(id, word).into_owned();
                draft.give_one("MEDIATYPE", media_type);
            }
        }
    }
}

/// PHOTO, LOGO, SOUND and KEY for 3.0.
pub(super) fn downward(run: &mut Run<'_>, draft: &mut Draft<'_>) {
    let id = media_id(draft);
    let is_text = draft.value_type == Some(ValueType::Text);
    let words = draft.take_types(|word| registry::is_media_word(id, word) && !is_text);
    if !words.is_empty() {
        let text = words.join(",");
        draft.give("X-TYPE", words);
        let from = ("TYPE", format!("TYPE={text}"));
        let to = Some(format!("X-TYPE={text}"));
        let reason = why(
            "RFC 2426, 3.1.4",
            "3.0 takes words of TYPE for a format here",
        );
        run.note_parameter(Moved, draft, from, to, reason);
    }
    match &mut draft.content {
        Content::Made(
            PropertyValue::Base64 { media_type, .. } | PropertyValue::Binary { media_type, .. },
        ) => {
            if media_type == "application/octet-stream" {
                media_type.clear();
            }
            let media_type = media_type.clone();
            if let Some(given) = draft.take("MEDIATYPE")
                && given
                    .values
                    .iter()
                    .all(|own| !own.eq_ignore_ascii_case(&media_type))
            {
                let reason = why("RFC 2397, 2", "the data names its media type itself");
                run.note_dropped_parameter(draft, &given, reason);
            }
        }
        _ if draft.value_type == Some(ValueType::Text) => {
            if let Some(given) = draft.take("X-TYPE") {
                draft.add_types(given.values.iter().cloned());
                let to = format!("TYPE={}", given.values.join(","));
                let reason = why("RFC 2426, 3.7.2", "3.0 names the kind of key in TYPE");
                run.note_parameter(Moved, draft, ("X-TYPE", given.shown()), Some(to), reason);
            }
        }
        _ => {
            if let Some(given) = draft.take("MEDIATYPE")
                && let Some(media_type) = given.values.first()
            {
                let word = registry::media_word(media_id(draft), media_type).into_owned();
                draft.add_type(word);
            }
            if media_id(draft) == PropertyId::KEY {
                let message = "3.0 has no URI in KEY; readers of it take it for the text of a key";
                run.note(Approximated, draft, why("RFC 2426, 3.7.2", message));
            }
        }
    }
}
