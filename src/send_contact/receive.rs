//! Path, headers and body of a request -> [`Received`], or the [`ApiError`] to answer with.
//!
//! For those who implement or mock the endpoint. Secrets are compared in constant time.

use std::fmt;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use hmac::Mac;
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use super::credentials::{is_blank, mac};
use super::request::{Content, Recipient};
use super::response::{ApiError, ErrorCode};
use super::secret::Secret;
use super::vcard_text;
use super::{SIGNATURE_HEADER, TENANT_HEADER};
use crate::card::Card;
use crate::contact::{Contact, ProblemKind, Unchecked, unknown_contact_field};
use crate::value::E164;
use crate::version::Version;

/// A request that is what it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Received {
    /// Which tenant sent it.
    pub tenant: String,
    /// Who gets the contact.
    pub recipient: Recipient,
    /// The contact, as fields or as a card.
    pub content: Content,
}

impl Received {
    /// The contact as a card ready to deliver: the sender's own, untouched, or a new one of 3.0,
    /// which is what phones take.
    ///
    /// # Errors
    ///
    /// The [`ApiError`] to answer with, for a contact that is larger than a card can be.
    pub fn to_card(&self) -> Result<Card, ApiError> {
        let large = |_| ApiError::new(ErrorCode::InvalidContent, "the contact is too large");
        match &self.content {
            Content::Contact(contact) => contact.to_card(Version::V3_0).map_err(large),
            Content::VcardText(text) => {
                let not_one =
                    |_| ApiError::new(ErrorCode::InvalidContent, "expected exactly one card");
                Card::parse(text).map_err(not_one)
            }
        }
    }
}

/// Checks requests against the secrets of tenants.
///
/// ```
/// use vcardinal::contact::Contact;
/// use vcardinal::send_contact::{Content, Credentials, ErrorCode, Receiver, SendContact};
/// # let secret = "a secret of the tenant";
///
/// let receiver = Receiver::new().tenant("acme", secret);
/// # let contact = Contact::builder().full_name("Zoe Quist").build()?;
/// let request = SendContact::to_chat("ch_7Hq2".parse()?)
///     .contact(contact.clone())
///     .sign(&Credentials::hmac("acme", secret))?;
///
/// let headers = || request.headers.iter().map(|header| (header.name(), header.value()));
/// let received = receiver.receive(Some("ch_7Hq2"), headers(), &request.body)?;
/// assert_eq!(received.content, Content::Contact(contact));
/// assert_eq!(received.to_card()?.display_name(), "Zoe Quist");
///
/// let error = receiver.receive(Some("ch_7Hq2"), headers(), b"{}").unwrap_err();
/// assert_eq!(error.code, ErrorCode::BadSignature);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
#[must_use]
pub struct Receiver {
    tenants: Vec<(String, Secret)>,
    strict: bool,
    window: u64,
    max_body: usize,
    seen: Option<Arc<dyn SeenSignatures>>,
}

impl Default for Receiver {
    fn default() -> Self {
        Receiver::new()
    }
}

impl Receiver {
    /// Knows no tenant, and so refuses everything.
    pub const fn new() -> Receiver {
        Receiver {
            tenants: Vec::new(),
            strict: false,
            window: 300,
            max_body: 256 * 1024,
            seen: None,
        }
    }

    /// Adds a tenant and its secret. A tenant may come several times, while it changes its secret:
    /// each is good, for signatures as for bearer tokens.
    ///
    /// An empty or blank secret is never good, so that one that was not configured opens nothing.
    ///
    /// ```
    /// use vcardinal::send_contact::{ErrorCode, Receiver};
    ///
    /// let receiver = Receiver::new().tenant("acme", "");
    /// let refused = receiver.receive(None, [("authorization", "Bearer ")], b"{}").unwrap_err();
    /// assert_eq!(refused.code, ErrorCode::BadSignature);
    /// ```
    pub fn tenant(mut self, tenant: impl Into<String>, secret: impl Into<Secret>) -> Self {
        let secret = secret.into();
        if !is_blank(&secret) {
            self.tenants.push((tenant.into(), secret));
        }
        self
    }

    /// Refuses a signature that was seen before (2004), so that whoever records a request cannot
    /// send it again within the five minutes that its signature is good for. Default: a signature is
    /// good any number of times. Bearer tokens are not asked about.
    ///
    /// ```
    /// use std::collections::BTreeMap;
    /// use std::sync::{Arc, Mutex};
    /// use vcardinal::contact::Contact;
    /// use vcardinal::send_contact::{Credentials, ErrorCode, Receiver, SeenSignatures, SendContact};
    ///
    /// /// For one process; several need a store that they share.
    /// #[derive(Default)]
    /// struct Seen(Mutex<BTreeMap<String, u64>>);
    ///
    /// impl SeenSignatures for Seen {
    ///     fn is_first(&self, signature: &str, now: u64, until: u64) -> bool {
    ///         let mut seen = self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    ///         seen.retain(|_, until| *until >= now);
    ///         seen.insert(signature.to_owned(), until).is_none()
    ///     }
    /// }
    ///
    /// let secret = "a secret of the tenant";
    /// let receiver = Receiver::new().tenant("acme", secret).refuse_seen(Arc::new(Seen::default()));
    /// let request = SendContact::to_chat("ch_7Hq2".parse()?)
    ///     .contact(Contact::builder().full_name("Zoe Quist").build()?)
    ///     .sign(&Credentials::hmac("acme", secret))?;
    /// let headers = || request.headers.iter().map(|header| (header.name(), header.value()));
    /// assert!(receiver.receive(Some("ch_7Hq2"), headers(), &request.body).is_ok());
    /// let again = receiver.receive(Some("ch_7Hq2"), headers(), &request.body).unwrap_err();
    /// assert_eq!(again.code, ErrorCode::BadSignature);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn refuse_seen(mut self, seen: Arc<dyn SeenSignatures>) -> Self {
        self.seen = Some(seen);
        self
    }

    /// Whether unknown fields are refused (1002) and not passed over. Default: passed over.
    pub const fn strict(mut self, strict: bool) -> Self {
        self.strict = strict;
        self
    }

    /// Bytes of a body at most; larger ones are refused (1004, HTTP 413). Default 256 KiB.
    ///
    /// ```
    /// use vcardinal::send_contact::{ErrorCode, Receiver};
    ///
    /// let receiver = Receiver::new().tenant("acme", "a secret").max_body(8);
    /// let headers = [("authorization", "Bearer a secret")];
    /// let refused = receiver.receive(None, headers, br#"{"to":"+14155550123"}"#).unwrap_err();
    /// assert_eq!((refused.code, refused.status), (ErrorCode::InvalidJson, 413));
    /// ```
    pub const fn max_body(mut self, bytes: usize) -> Self {
        self.max_body = bytes;
        self
    }

    /// Checks a request now; see [`receive_at`](Receiver::receive_at).
    ///
    /// # Errors
    ///
    /// Those of [`receive_at`](Receiver::receive_at).
    pub fn receive<N, V>(
        &self,
        path_id: Option<&str>,
        headers: impl IntoIterator<Item = (N, V)>,
        body: &[u8],
    ) -> Result<Received, ApiError>
    where
        N: AsRef<str>,
        V: AsRef<[u8]>,
    {
        let now = SystemTime::now().duration_since(UNIX_EPOCH);
        let now = now.map_err(|_| ApiError::new(ErrorCode::Internal, "no clock"))?;
        self.receive_at(path_id, headers, body, now.as_secs())
    }

    /// Checks a request at a time in seconds since 1970-01-01 UTC: credentials first, then the
    /// body.
    ///
    /// With an id in the path, `to` is not looked at. Of `contact` and `vcard_text`, `contact`
    /// wins.
    ///
    /// # Errors
    ///
    /// The [`ApiError`] to answer with: 2012, 2004, 2013 for credentials, 1004 for what is not
    /// JSON, or has a field twice at any depth, 1001, 1002 and 1003 for what it holds, 2002 for an id that no chat can have.
    pub fn receive_at<N, V>(
        &self,
        path_id: Option<&str>,
        headers: impl IntoIterator<Item = (N, V)>,
        body: &[u8],
        unix_seconds: u64,
    ) -> Result<Received, ApiError>
    where
        N: AsRef<str>,
        V: AsRef<[u8]>,
    {
        if body.len() > self.max_body {
            return Err(ApiError {
                status: 413,
                ..ApiError::new(ErrorCode::InvalidJson, "the body is too large")
            });
        }
        let tenant = self.authenticate(headers, body, unix_seconds)?.to_owned();
        let not_json = |message| ApiError::new(ErrorCode::InvalidJson, message);
        let Ok(Json { value, field_twice }) = serde_json::from_slice(body) else {
            return Err(not_json("the body is not JSON"));
        };
        // Of two, another reader might take the other.
        if field_twice {
            return Err(not_json("the body has a field twice"));
        }
        let invalid = |message: String| ApiError::new(ErrorCode::InvalidContent, message);
        let Value::Object(mut fields) = value else {
            return Err(invalid("expected an object".to_owned()));
        };
        if self.strict {
            let known = ["to", "contact", "vcard_text"];
            let unknown = fields.keys().find(|field| !known.contains(&field.as_str()));
            let contact = fields.get("contact").and_then(unknown_contact_field);
            let contact = contact.map(|field| format!("contact.{field}"));
            if let Some(field) = unknown.cloned().or(contact) {
                return Err(invalid(format!("{}: unknown field", field.escape_debug())));
            }
        }

        let mut given = |name: &str| {
            let value = fields.remove(name)?;
            let blank = value.as_str().is_some_and(|text| text.trim().is_empty());
            (!value.is_null() && !blank).then_some(value)
        };
        let recipient = match path_id {
            Some(id) => Recipient::Chat(
                id.parse()
                    .map_err(|_| ApiError::new(ErrorCode::ChatNotFound, "no such chat"))?,
            ),
            None => {
                let to = given("to");
                let to = to.as_ref().and_then(Value::as_str).unwrap_or_default();
                Recipient::Phone(E164::parse(to).map_err(|error| {
                    ApiError::new(ErrorCode::InvalidPhone, format!("to: {error}"))
                })?)
            }
        };
        let content = match (given("contact"), given("vcard_text")) {
            (Some(contact), _) => Content::Contact(contact_of(contact)?),
            (None, Some(Value::String(text))) => {
                let error = vcard_text::check(text.as_bytes()).err();
                if let Some(error) = error {
                    return Err(invalid(format!("vcard_text: {error}")));
                }
                Content::VcardText(text)
            }
            (None, Some(_)) => return Err(invalid("vcard_text: expected a string".to_owned())),
            (None, None) => {
                let message = "neither contact nor vcard_text";
                return Err(ApiError::new(ErrorCode::NoContent, message));
            }
        };
        Ok(Received {
            tenant,
            recipient,
            content,
        })
    }

    fn authenticate<N, V>(
        &self,
        headers: impl IntoIterator<Item = (N, V)>,
        body: &[u8],
        unix_seconds: u64,
    ) -> Result<&str, ApiError>
    where
        N: AsRef<str>,
        V: AsRef<[u8]>,
    {
        let bad = || ApiError::new(ErrorCode::BadSignature, "bad signature or token");
        let (mut tenant, mut signature, mut token) = (None, None, None);
        for (name, value) in headers {
            let name = name.as_ref();
            let place = if name.eq_ignore_ascii_case(TENANT_HEADER) {
                &mut tenant
            } else if name.eq_ignore_ascii_case(SIGNATURE_HEADER) {
                &mut signature
            } else if name.eq_ignore_ascii_case("authorization") {
                &mut token
            } else {
                continue;
            };
            let value = std::str::from_utf8(value.as_ref()).map_err(|_| bad())?;
            // Of two, another reader might take the other.
            if place.replace(value.trim().to_owned()).is_some() {
                return Err(bad());
            }
        }
        match (signature, token) {
            (None, None) => Err(ApiError::new(ErrorCode::NoCredentials, "no credentials")),
            (Some(signature), _) => {
                let own = self
                    .tenants
                    .iter()
                    .filter(|(name, _)| Some(name) == tenant.as_ref());
                // All are tried, so that time does not tell which one was near.
                let mut verified = None;
                for (name, secret) in own {
                    let signed_at = verify(&signature, secret, body);
                    verified = verified.or(signed_at.map(|signed_at| (name, signed_at)));
                }
                let (name, signed_at) = verified.ok_or_else(bad)?;
                if signed_at.abs_diff(unix_seconds) > self.window {
                    let message = "the time of the signature is off by more than five minutes";
                    return Err(ApiError::new(ErrorCode::TimestampSkew, message));
                }
                let until = signed_at.saturating_add(self.window);
                let first =
                    |seen: &Arc<dyn SeenSignatures>| seen.is_first(&signature, unix_seconds, until);
                match self.seen.as_ref().is_none_or(first) {
                    true => Ok(name),
                    false => Err(ApiError::new(
                        ErrorCode::BadSignature,
                        "the signature was used before",
                    )),
                }
            }
            (None, Some(token)) => {
                let (scheme, token) = token.split_once(' ').ok_or_else(bad)?;
                if !scheme.eq_ignore_ascii_case("bearer") {
                    return Err(bad());
                }
                let hash = Sha256::digest(token.trim().as_bytes());
                // All are compared, so that time does not tell which one was near.
                let mut found = None;
                for (name, secret) in &self.tenants {
                    let secret = Sha256::digest(secret.expose().as_bytes());
                    let equal = bool::from(secret.as_slice().ct_eq(hash.as_slice()));
                    if equal && tenant.as_ref().is_none_or(|tenant| tenant == name) {
                        found = Some(name.as_str());
                    }
                }
                found.ok_or_else(bad)
            }
        }
    }
}

/// Remembers which signatures a [`Receiver`] has taken; see
/// [`refuse_seen`](Receiver::refuse_seen).
///
/// A signature is asked about when it has proved right and in time, so that nobody without a secret
/// can fill the store.
pub trait SeenSignatures: Send + Sync {
    /// Remembers a signature, and says whether it was not there. It can be forgotten after `until`, in
    /// seconds since 1970-01-01 UTC as `now` is; of two calls at once with the same signature, one
    /// must be told that it was there.
    fn is_first(&self, signature: &str, now: u64, until: u64) -> bool;
}

/// Any JSON, and whether an object in it has a field twice.
#[derive(Default)]
struct Json {
    value: Value,
    field_twice: bool,
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(JsonVisitor)
    }
}

struct JsonVisitor;

/// Values that have no fields.
macro_rules! plain {
    ($($name:ident: $type:ty),*) => {$(
        fn $name<E>(self, value: $type) -> Result<Json, E> {
            Ok(Json { value: value.into(), field_twice: false })
        }
    )*};
}

impl<'de> Visitor<'de> for JsonVisitor {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    plain! {
        visit_bool: bool, visit_i64: i64, visit_u64: u64, visit_f64: f64, visit_str: &str,
        visit_string: String
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::default())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Json, A::Error> {
        let mut list = Vec::new();
        let mut field_twice = false;
        while let Some(item) = items.next_element::<Json>()? {
            field_twice |= item.field_twice;
            list.push(item.value);
        }
        Ok(Json {
            value: Value::Array(list),
            field_twice,
        })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Json, A::Error> {
        let mut object = Map::new();
        let mut field_twice = false;
        while let Some((name, field)) = fields.next_entry::<String, Json>()? {
            field_twice |= field.field_twice;
            field_twice |= object.insert(name, field.value).is_some();
        }
        Ok(Json {
            value: Value::Object(object),
            field_twice,
        })
    }
}

/// The time of a signature that is right.
fn verify(signature: &str, secret: &Secret, body: &[u8]) -> Option<u64> {
    let (time, hex) = signature.strip_prefix("v1,")?.split_once(',')?;
    let digits = (1..=20).contains(&time.len()) && time.bytes().all(|b| b.is_ascii_digit());
    let (pairs, rest) = hex.as_bytes().as_chunks::<2>();
    if !digits || pairs.len() != 32 || !rest.is_empty() {
        return None;
    }
    let nibble = |b: u8| match b {
        b'0'..=b'9' => Some(b - b'0'),
        b'a'..=b'f' => Some(b - b'a' + 10),
        _ => None,
    };
    let received: Option<Vec<u8>> = pairs
        .iter()
        .map(|[high, low]| Some(nibble(*high)? << 4 | nibble(*low)?))
        .collect();
    mac(secret, time, body)?.verify_slice(&received?).ok()?;
    time.parse().ok()
}

fn contact_of(value: Value) -> Result<Contact, ApiError> {
    let invalid = |error: crate::contact::ContactError| {
        let phone = error
            .problems()
            .iter()
            .all(|problem| matches!(problem.kind, ProblemKind::Phone(_)));
        let code = if phone {
            ErrorCode::InvalidPhone
        } else {
            ErrorCode::InvalidContent
        };
        ApiError::new(code, format!("contact: {error}"))
    };
    let Unchecked(contact) = crate::contact::read_value(value).map_err(invalid)?;
    contact.validate().map_err(invalid)?;
    Ok(contact.without_blanks())
}

/// Without the secrets.
impl fmt::Debug for Receiver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tenants: Vec<&str> = self.tenants.iter().map(|(name, _)| name.as_str()).collect();
        f.debug_struct("Receiver")
            .field("tenants", &tenants)
            .field("strict", &self.strict)
            .field("window", &self.window)
            .field("max_body", &self.max_body)
            .field("refuses_seen", &self.seen.is_some())
            .finish()
    }
}
