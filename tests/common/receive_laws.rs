//! What holds for every request to a receiver. Functions that panic when it does not, as in `laws.rs`.

use std::collections::BTreeSet;

use vcardinal::Card;
use vcardinal::send_contact::{
    ApiError, Content, Credentials, Received, Receiver, ResponseError, SendContactResponse,
};

/// A request, and what the receiver knows.
struct Asked<'a> {
    /// Names and secrets; the third is another secret of the first.
    tenants: [(&'static str, &'static str); 3],
    /// Whether none of the secrets is one.
    blank: bool,
    now: u64,
    body: &'a [u8],
}

impl Asked<'_> {
    /// The right signature of a tenant.
    fn signature(&self, tenant: usize) -> String {
        let (name, secret) = self.tenants[tenant];
        let secret = match secret.trim().is_empty() {
            true => "another",
            false => secret,
        };
        let headers = Credentials::hmac(name, secret).headers(self.now, self.body);
        headers.expect("credentials")[1].value().to_owned()
    }

    /// The header lines, with signatures in the place of their marks.
    fn headers<'h>(&self, head: &'h str) -> Vec<(&'h str, String)> {
        let lines = head.lines().filter_map(|line| line.split_once(':'));
        let headers = lines.map(|(name, value)| {
            let value = value.trim();
            let value = match value.rsplit_once('@') {
                Some((start, "1")) => format!("{start}{}", self.signature(0)),
                Some((start, "2")) => format!("{start}{}", self.signature(1)),
                Some((start, "b")) => format!("{start}{}", self.tenants[0].1),
                Some((start, "s")) => {
                    let signature = self.signature(0);
                    let last = signature.rsplit(',').next().unwrap_or_default();
                    format!("{start}v1,{},{last}", self.now)
                }
                _ => value.to_owned(),
            };
            (name.trim(), value)
        });
        headers.collect()
    }

    /// What is refused has a status and a code, and no secret in it.
    fn refused(&self, error: &ApiError) {
        assert!((400..600).contains(&error.status), "{error:?}");
        let json = error.to_json();
        for text in [format!("{error:?}"), error.to_string(), json.clone()] {
            let mut secrets = self.tenants.iter().map(|(_, secret)| secret);
            assert!(
                self.blank || !secrets.any(|secret| text.contains(secret)),
                "{text}"
            );
        }
        let headers = [("content-type", "application/json")];
        match SendContactResponse::from_parts(error.status, headers, json.as_bytes()) {
            Err(ResponseError::Api(read)) => {
                assert_eq!((read.code, read.status), (error.code, error.status));
            }
            other => panic!("{other:?} of {json}"),
        }
    }

    /// What is taken has exactly one good credential of its tenant.
    fn taken(&self, received: &Received, headers: &[(&str, String)]) {
        assert!(!self.blank, "taken with a blank secret: {headers:?}");
        let of = |name: &str| -> Vec<&str> {
            let named = headers.iter();
            let named = named.filter(|(own, _)| own.eq_ignore_ascii_case(name));
            named.map(|(_, value)| value.trim()).collect()
        };
        let (tenant, signed) = (of("x-chert-tenant"), of("x-chert-signature"));
        let bearer = of("authorization");
        assert!(
            tenant.len() < 2 && signed.len() < 2 && bearer.len() < 2,
            "{headers:?}"
        );
        assert!(
            tenant.is_empty() || tenant[0] == received.tenant,
            "{headers:?}"
        );
        let own = self.tenants.iter();
        let own = own.filter(|(name, _)| *name == received.tenant);
        let is_good = own.into_iter().any(|(_, secret)| match signed.first() {
            Some(signature) => self.is_signed(signature, secret),
            None => bearer.first().is_some_and(|bearer| {
                let token = bearer.split_once(' ').map(|(_, token)| token.trim());
                token == Some(*secret)
            }),
        });
        assert!(is_good, "{headers:?}");
        let read: serde_json::Value = serde_json::from_slice(self.body).expect("JSON");
        assert!(read.is_object());
        no_name_twice(self.body);
        if let Content::VcardText(text) = &received.content {
            assert!(holds(&read, text), "{text:?} of {read}");
        }
        if let Ok(card) = received.to_card() {
            let again = Card::parse(&*card.to_bytes()).expect("a card");
            assert!(again.same_content(&card));
        }
    }

    fn is_signed(&self, signature: &str, secret: &str) -> bool {
        let time = signature.split(',').nth(1);
        time.and_then(|time| time.parse::<u64>().ok())
            .is_some_and(|time| {
                let right = Credentials::hmac("acme", secret).headers(time, self.body);
                let right = right.expect("credentials");
                time.abs_diff(self.now) <= 300 && right[1].value() == signature
            })
    }
}

/// Whether a text is in a value, as it is.
fn holds(value: &serde_json::Value, text: &str) -> bool {
    match value {
        serde_json::Value::String(own) => own == text,
        serde_json::Value::Array(values) => values.iter().any(|value| holds(value, text)),
        serde_json::Value::Object(members) => members.values().any(|value| holds(value, text)),
        _ => false,
    }
}

/// That no object of valid JSON has two members of one name: read by hand, as readers of JSON take the last.
fn no_name_twice(json: &[u8]) {
    let mut objects: Vec<BTreeSet<String>> = Vec::new();
    let mut at = 0;
    while let Some(byte) = json.get(at) {
        at += 1;
        match byte {
            b'{' => objects.push(BTreeSet::new()),
            b'}' => drop(objects.pop()),
            b'"' => {
                let start = at - 1;
                while json[at] != b'"' {
                    at += if json[at] == b'\\' { 2 } else { 1 };
                }
                at += 1;
                let colon = json[at..].iter().find(|byte| !byte.is_ascii_whitespace());
                if colon == Some(&b':') {
                    let name: String = serde_json::from_slice(&json[start..at]).expect("a name");
                    let members = objects.last_mut().expect("in an object");
                    assert!(members.insert(name), "twice: {}", json.escape_ascii());
                }
            }
            _ => {}
        }
    }
}

/// A request is accepted only with one good credential of the tenant over these bytes, in time; what is
/// refused has a status and a code, and no secret in it. Values of headers that end in `@1`, `@2`, `@s` get
/// the signature of the first tenant, of the second, or all of the first's header.
pub fn receiving(data: &[u8]) {
    let Some((mode, data)) = data.split_first() else {
        return;
    };
    let cut = data.iter().position(|byte| *byte == 0);
    let (head, body) = data.split_at(cut.unwrap_or(data.len()));
    let (secrets, blank) = match mode & 0x40 {
        0 => (["first-secret", "second-secret", "third"], false),
        _ => (["", " \n", "\t"], true),
    };
    let asked = Asked {
        tenants: [
            ("acme", secrets[0]),
            ("other", secrets[1]),
            ("acme", secrets[2]),
        ],
        blank,
        now: [1_700_000_000, 0, i64::MAX as u64, u64::MAX][usize::from(mode >> 1 & 3)],
        body: body.strip_prefix(b"\0").unwrap_or(body),
    };
    let receiver = Receiver::new().strict(mode & 1 == 1);
    let receiver = asked
        .tenants
        .iter()
        .fold(receiver, |receiver, (name, secret)| {
            receiver.tenant(*name, *secret)
        });
    let path = [None, Some("ch_1"), Some("../x"), Some("")][usize::from(mode >> 3 & 3)];
    let head = String::from_utf8_lossy(head);
    let headers = asked.headers(&head);
    let pairs = || headers.iter().map(|(name, value)| (*name, value.as_str()));
    match receiver.receive_at(path, pairs(), asked.body, asked.now) {
        Err(error) => asked.refused(&error),
        Ok(received) => asked.taken(&received, &headers),
    }
    let response = SendContactResponse::from_parts(u16::from(*mode) * 3, pairs(), asked.body);
    if let Err(error) = response {
        let text = error.to_string();
        assert!(
            text.len() < 20_000 && !text.contains(|one: char| one.is_control()),
            "{text:?}"
        );
    }
}
