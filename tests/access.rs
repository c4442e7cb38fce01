//! Typed access to the properties of a card.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests"
)]

use vcardinal::Card;

fn card(version: &str, lines: &str) -> Card {
    Card::parse(format!(
        "BEGIN:VCARD\r\nVERSION:{version}\r\n{lines}\r\nEND:VCARD\r\n"
    ))
    .unwrap()
}

/// Media type and base64 of what stands inline in PHOTO.
fn inline(version: &str, line: &str) -> Option<Result<(String, Option<String>), String>> {
    let card = card(version, line);
    let data = card.property("PHOTO").unwrap().binary()?;
    Some(match data {
        Ok(data) => Ok((
            data.media_type().to_owned(),
            data.as_base64().map(str::to_owned),
        )),
        Err(error) => Err(error.to_string()),
    })
}

#[test]
fn ok_inline_data_as_producers_write_it() {
    for (version, line, media_type, base64) in [
        (
            "3.0",
            "PHOTO;ENCODING=b;TYPE=JPEG:/9j/4A==",
            "image/jpeg",
            "/9j/4A==",
        ),
        (
            "3.0",
            "PHOTO;ENCODING=B;TYPE=jpg:/9j/4A",
            "image/jpeg",
            "/9j/4A",
        ),
        ("3.0", "PHOTO;ENCODING=b:/9j/\r\n 4A==", "", "/9j/4A=="),
        (
            "2.1",
            "PHOTO;ENCODING=BASE64;TYPE=GIF:\r\n R0lG\r\n ODlh\r\n",
            "image/gif",
            "R0lGODlh",
        ),
        (
            "2.1",
            "PHOTO;GIF;BASE64:\r\n R0lG\r\n ODlh\r\n",
            "image/gif",
            "R0lGODlh",
        ),
        ("3.0", "PHOTO;ENCODING=b;TYPE=wav:R0lG", "audio/wav", "R0lG"),
        (
            "3.0",
            "PHOTO;ENCODING=b;TYPE=PGP:R0lG",
            "application/pgp-keys",
            "R0lG",
        ),
        (
            "3.0",
            "PHOTO;ENCODING=b;TYPE=image/webp:R0lG",
            "image/webp",
            "R0lG",
        ),
        (
            "3.0",
            "PHOTO;ENCODING=b:data:image/png;base64,iVBO",
            "image/png",
            "iVBO",
        ),
        (
            "4.0",
            r"PHOTO:data:image/png;base64\,iVBO",
            "image/png",
            "iVBO",
        ),
        (
            "2.1",
            r"PHOTO:data:image/png;base64\,iVBO",
            "image/png",
            "iVBO",
        ),
        (
            "4.0",
            "PHOTO:DATA:image/png;BASE64,iV\r\n  BO",
            "image/png",
            "iVBO",
        ),
    ] {
        let expected = (media_type.to_owned(), Some(base64.to_owned()));
        assert_eq!(inline(version, line), Some(Ok(expected)), "{line}");
    }
    let text = inline("4.0", "PHOTO:data:text/plain,a%20b");
    assert_eq!(text, Some(Ok(("text/plain".to_owned(), None))));
    for line in ["PHOTO:https://example.com/a.gif", "PHOTO:R0lG", "PHOTO:"] {
        assert_eq!(inline("4.0", line), None, "{line}");
    }
}

#[test]
fn err_inline_data_that_is_damaged() {
    let damaged = |line| inline("3.0", line).unwrap().unwrap_err();
    assert_eq!(damaged("PHOTO;ENCODING=b:R0!G"), "expected base64 text");
    assert_eq!(damaged("PHOTO;ENCODING=b:"), "empty; expected base64 text");
    assert_eq!(
        damaged("PHOTO:data:image/png;base64"),
        "expected a data: URI, as data:image/png;base64,iVBORw0K"
    );
}
