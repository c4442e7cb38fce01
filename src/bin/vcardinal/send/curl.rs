//! A request -> the curl command that sends it, without its secrets.

use std::fmt::Write;

use vcardinal::send_contact::RequestParts;

use crate::message::printable;

pub fn command(request: &RequestParts) -> String {
    let mut text = format!("curl -X {} {}", request.method, quoted(&request.url));
    for header in &request.headers {
        let value = match header.is_secret() {
            // A reader should see which of the two ways it is.
            true if header.value().starts_with("Bearer ") => "Bearer ***",
            true => "***",
            false => header.value(),
        };
        let _ = write!(
            text,
            " \\\n  -H {}",
            quoted(&format!("{}: {value}", header.name()))
        );
    }
    let body = String::from_utf8_lossy(&request.body);
    let _ = writeln!(text, " \\\n  --data-binary {}", quoted(&body));
    text
}

/// One word of a shell. Where it would steer a terminal, in the form `$'...'` of POSIX 2024.
fn quoted(word: &str) -> String {
    if printable(word) == word {
        return format!("'{}'", word.replace('\'', r"'\''"));
    }
    let mut text = String::from("$'");
    for character in word.chars() {
        match character {
            '\'' | '\\' => text.extend(['\\', character]),
            _ if printable(character.encode_utf8(&mut [0; 4])).starts_with(character) => {
                text.push(character);
            }
            _ => {
                for byte in character.encode_utf8(&mut [0; 4]).bytes() {
                    // Octal: a hexadecimal escape would take the digits after it too.
                    let _ = write!(text, "\\{byte:03o}");
                }
            }
        }
    }
    text.push('\'');
    text
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn ok_words() {
        assert_eq!(quoted(r#"a "b" \n $x"#), r#"'a "b" \n $x'"#);
        assert_eq!(quoted("it's"), r"'it'\''s'");
        assert_eq!(quoted("\u{202E}1'\\Zo\u{eb}"), r"$'\342\200\2561\'\\Zoë'");
    }
}
