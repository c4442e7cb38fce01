//! Text -> [`BaseUrl`]: where the service is, over TLS unless it is this very machine.

use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

/// Scheme, host, port and first part of the path of the service.
///
/// `https` only; `http` to loopback is for tests. No user, no query, no fragment.
///
/// ```
/// use vcardinal::send_contact::BaseUrl;
///
/// assert_eq!(BaseUrl::default().as_str(), "https://console.trychert.com");
/// assert!("https://api.example.com/chert/".parse::<BaseUrl>().is_ok());
/// assert!("http://127.0.0.1:8080".parse::<BaseUrl>().is_ok());
/// assert_eq!(
///     "http://api.example.com".parse::<BaseUrl>().unwrap_err().to_string(),
///     "plain http goes to loopback only; use https"
/// );
/// assert!("http://localhost.example.com".parse::<BaseUrl>().is_err());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct BaseUrl(String);

impl BaseUrl {
    /// The URL without a slash at its end.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Default for BaseUrl {
    fn default() -> Self {
        BaseUrl("https://console.trychert.com".to_owned())
    }
}

impl FromStr for BaseUrl {
    type Err = BaseUrlError;

    fn from_str(text: &str) -> Result<Self, BaseUrlError> {
        let strange = |c: char| {
            !(c.is_ascii_alphanumeric()
                || matches!(c, '-' | '.' | '_' | '~' | ':' | '/' | '[' | ']'))
        };
        if let Some(c) = text.chars().find(|c| strange(*c)) {
            return Err(BaseUrlError::Character(c));
        }
        let (scheme, rest) = text.split_once("://").ok_or(BaseUrlError::Scheme)?;
        let (authority, path) = match rest.find('/') {
            Some(at) => rest.split_at_checked(at).unwrap_or((rest, "")),
            None => (rest, ""),
        };
        let host = host(authority).ok_or(BaseUrlError::Host)?;
        if path.contains([':', '[', ']'])
            || path
                .trim_end_matches('/')
                .split('/')
                .skip(1)
                .any(|s| matches!(s, "" | "." | ".."))
        {
            return Err(BaseUrlError::Path);
        }
        if scheme.eq_ignore_ascii_case("http") {
            if !is_loopback(host) {
                return Err(BaseUrlError::PlainHttp);
            }
        } else if !scheme.eq_ignore_ascii_case("https") {
            return Err(BaseUrlError::Scheme);
        }
        Ok(BaseUrl(format!(
            "{}://{authority}{}",
            scheme.to_ascii_lowercase(),
            path.trim_end_matches('/')
        )))
    }
}

/// The host of `host [":" port]`, where both are well formed.
fn host(authority: &str) -> Option<&str> {
    let (host, port) = match authority.strip_prefix('[') {
        Some(rest) => {
            let (address, port) = rest.split_once(']')?;
            address.parse::<Ipv6Addr>().ok()?;
            let end = address.len() + 2;
            (
                authority.get(..end)?,
                port.strip_prefix(':').or(port.is_empty().then_some("80"))?,
            )
        }
        None => authority.split_once(':').unwrap_or((authority, "80")),
    };
    let digits = !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit());
    let named = host.starts_with('[')
        || host.split('.').all(|label| {
            let hyphens = label.starts_with('-') || label.ends_with('-');
            !label.is_empty()
                && !hyphens
                && label
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b == b'-')
        });
    (digits && port.parse::<u16>().is_ok() && named).then_some(host)
}

fn is_loopback(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost")
        || host
            .parse::<Ipv4Addr>()
            .is_ok_and(|address| address.is_loopback())
        || host
            .trim_matches(['[', ']'])
            .parse::<Ipv6Addr>()
            .is_ok_and(|address| address.is_loopback())
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// Why a text is not the URL of a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BaseUrlError {
    /// Neither `https://` nor `http://` comes first.
    #[error("expected https:// first")]
    Scheme,
    /// Plain HTTP to another machine.
    #[error("plain http goes to loopback only; use https")]
    PlainHttp,
    /// No host, a user name, or a port that is not valid.
    #[error("expected a host after https://, and at most a port after it")]
    Host,
    /// Empty or dot segments in the path.
    #[error("expected a path without empty or dot segments")]
    Path,
    /// A character that is not needed there, a query or a fragment among them.
    #[error("{0:?} cannot be part of a base URL")]
    Character(char),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn taken_and_refused() {
        for (text, url) in [
            ("https://api.example.com", "https://api.example.com"),
            ("HTTPS://api.example.com/", "https://api.example.com"),
            (
                "https://api.example.com:8443/a/b/",
                "https://api.example.com:8443/a/b",
            ),
            ("https://[2001:db8::1]:8443", "https://[2001:db8::1]:8443"),
            ("http://localhost", "http://localhost"),
            ("http://127.1.2.3:80", "http://127.1.2.3:80"),
            ("http://[::1]:8080", "http://[::1]:8080"),
        ] {
            assert_eq!(
                text.parse::<BaseUrl>().map(|url| url.0),
                Ok(url.to_owned()),
                "{text}"
            );
        }
        use BaseUrlError as E;
        for (text, error) in [
            ("", E::Scheme),
            ("api.example.com", E::Scheme),
            ("ftp://api.example.com", E::Scheme),
            ("https://", E::Host),
            ("https:///path", E::Host),
            ("https://:80", E::Host),
            ("https://a..b", E::Host),
            ("https://-a.b", E::Host),
            ("https://a:b", E::Host),
            ("https://a:", E::Host),
            ("https://a:65536", E::Host),
            ("https://[::1", E::Host),
            ("https://[::1]x", E::Host),
            ("https://[x]", E::Host),
            ("https://a_b.example", E::Host),
            ("https://user@api.example.com", E::Character('@')),
            ("http://localhost@api.example.com", E::Character('@')),
            ("https://api.example.com?x", E::Character('?')),
            ("https://api.example.com/#x", E::Character('#')),
            ("https://api.example.com/%2e", E::Character('%')),
            ("https://api.example.com\\x", E::Character('\\')),
            ("https://api.example.com\r\n", E::Character('\r')),
            ("https://api.example.com/a//b", E::Path),
            ("https://api.example.com/../b", E::Path),
            ("https://api.example.com/a:b", E::Path),
            ("http://api.example.com", E::PlainHttp),
            ("http://10.0.0.1", E::PlainHttp),
            ("http://127.0.0.1.example.com", E::PlainHttp),
            ("http://[::2]", E::PlainHttp),
            ("http://2130706433", E::PlainHttp),
        ] {
            assert_eq!(text.parse::<BaseUrl>(), Err(error), "{text}");
        }
    }
}
