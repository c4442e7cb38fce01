//! [`SendContact`] -> [`RequestParts`]: method, URL, headers and the exact bytes of the body.

use serde::Serialize;

use super::base_url::BaseUrl;
use super::chat_id::ChatId;
use super::header::Header;
use super::not_sent::SendContactError;
use super::vcard_text;
use crate::card::Card;
use crate::contact::Contact;
use crate::value::E164;

#[cfg(feature = "sign")]
use super::credentials::Credentials;

/// Who gets the contact.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Recipient {
    /// An existing chat, with one or more people.
    Chat(ChatId),
    /// A telephone number; the service finds or creates the chat.
    Phone(E164),
}

/// What is delivered.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Content {
    /// Fields, from which the service makes a card.
    Contact(Contact),
    /// A card as it is.
    VcardText(String),
}

/// A contact on its way to a chat.
///
/// ```
/// use vcardinal::contact::Contact;
/// use vcardinal::send_contact::SendContact;
///
/// let contact = Contact::builder().full_name("Zoe Quist").phone("+14155550123", "mobile").build()?;
///
/// let request = SendContact::to_phone("+442079460123".parse()?).contact(contact).unsigned()?;
/// assert_eq!(request.method, "POST");
/// assert_eq!(request.url, "https://console.trychert.com/api/v1/chats/send-contact");
/// assert_eq!(
///     request.body,
///     br#"{"to":"+442079460123","contact":{"full_name":"Zoe Quist","phones":[{"value":"+14155550123","label":"mobile"}]}}"#
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// With the feature `sign`, [`sign`](SendContact::sign) makes a request that the service accepts.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub struct SendContact {
    base_url: BaseUrl,
    recipient: Recipient,
    content: Option<Given>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Given {
    Contact(Contact),
    /// Not yet checked.
    Vcard(Vec<u8>),
}

#[derive(Serialize)]
struct Body<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<E164>,
    #[serde(skip_serializing_if = "Option::is_none")]
    contact: Option<Contact>,
    #[serde(skip_serializing_if = "Option::is_none")]
    vcard_text: Option<&'a str>,
}

impl SendContact {
    /// To an existing chat.
    pub fn to_chat(id: ChatId) -> SendContact {
        SendContact::to(Recipient::Chat(id))
    }

    /// To a telephone number: in the existing chat, or as the first message of a new one.
    pub fn to_phone(number: E164) -> SendContact {
        SendContact::to(Recipient::Phone(number))
    }

    /// To either.
    ///
    /// ```
    /// use vcardinal::send_contact::{Recipient, SendContact};
    ///
    /// let recipient = Recipient::Phone("+14155550123".parse()?);
    /// assert!(SendContact::to(recipient).url().ends_with("/chats/send-contact"));
    /// # Ok::<(), vcardinal::value::E164Error>(())
    /// ```
    pub fn to(recipient: Recipient) -> SendContact {
        SendContact {
            base_url: BaseUrl::default(),
            recipient,
            content: None,
        }
    }

    /// Delivers these fields; the service makes the card. Takes the place of what was given before.
    pub fn contact(mut self, contact: Contact) -> Self {
        self.content = Some(Given::Contact(contact));
        self
    }

    /// Delivers a card as it is, byte for byte. Takes the place of what was given before.
    ///
    /// It is checked when the request is made: one card, from its first byte on, closed, of a
    /// known version, with a name, an organization, a phone or an email.
    ///
    /// ```
    /// use vcardinal::send_contact::SendContact;
    ///
    /// let text = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Zoe Quist\r\nEND:VCARD\r\n";
    /// let request = SendContact::to_chat("ch_7Hq2".parse()?).vcard_text(text);
    /// assert_eq!(
    ///     request.body()?,
    ///     br#"{"vcard_text":"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Zoe Quist\r\nEND:VCARD\r\n"}"#
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn vcard_text(mut self, text: impl Into<Vec<u8>>) -> Self {
        self.content = Some(Given::Vcard(text.into()));
        self
    }

    /// Delivers a card: the bytes it was read from, with what was changed. The same as
    /// [`vcard_text`](SendContact::vcard_text) with [`Card::to_bytes`].
    ///
    /// ```
    /// use vcardinal::{Card, send_contact::SendContact};
    ///
    /// let card = Card::parse("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Zoe Quist\r\nEND:VCARD\r\n")?;
    /// let body = SendContact::to_chat("ch_7Hq2".parse()?).card(&card).body()?;
    /// assert!(body.starts_with(br#"{"vcard_text":"BEGIN:VCARD\r\n"#));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn card(self, card: &Card) -> Self {
        self.vcard_text(card.to_bytes())
    }

    /// Another place than the service's own.
    ///
    /// ```
    /// use vcardinal::send_contact::SendContact;
    ///
    /// let request = SendContact::to_chat("ch_7Hq2".parse()?).base_url("https://api.example.com".parse()?);
    /// assert_eq!(request.url(), "https://api.example.com/api/v1/chats/ch_7Hq2/send-contact");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn base_url(mut self, url: BaseUrl) -> Self {
        self.base_url = url;
        self
    }

    /// The body: compact JSON, the same bytes each time.
    ///
    /// # Errors
    ///
    /// [`SendContactError`] where no contact was given, or one that is not
    /// [valid](Contact::validate), or a card that the service would not accept.
    ///
    /// ```
    /// use vcardinal::send_contact::{SendContact, SendContactError};
    ///
    /// let nothing = SendContact::to_chat("ch_7Hq2".parse()?);
    /// assert!(matches!(nothing.body(), Err(SendContactError::NoContent)));
    /// # Ok::<(), vcardinal::send_contact::ChatIdError>(())
    /// ```
    pub fn body(&self) -> Result<Vec<u8>, SendContactError> {
        let mut body = Body {
            to: match self.recipient {
                Recipient::Chat(_) => None,
                Recipient::Phone(number) => Some(number),
            },
            contact: None,
            vcard_text: None,
        };
        match self.content.as_ref().ok_or(SendContactError::NoContent)? {
            Given::Contact(contact) => {
                contact.validate()?;
                body.contact = Some(contact.without_blanks());
            }
            Given::Vcard(bytes) => body.vcard_text = Some(vcard_text::check(bytes)?),
        }
        serde_json::to_vec(&body).map_err(|_| SendContactError::NoContent)
    }

    /// The URL.
    ///
    /// ```
    /// use vcardinal::send_contact::SendContact;
    ///
    /// let request = SendContact::to_chat("ch_7Hq2".parse()?);
    /// assert_eq!(request.url(), "https://console.trychert.com/api/v1/chats/ch_7Hq2/send-contact");
    /// # Ok::<(), vcardinal::send_contact::ChatIdError>(())
    /// ```
    #[must_use]
    pub fn url(&self) -> String {
        let base = &self.base_url;
        match &self.recipient {
            Recipient::Chat(id) => format!("{base}/api/v1/chats/{id}/send-contact"),
            Recipient::Phone(_) => format!("{base}/api/v1/chats/send-contact"),
        }
    }

    /// The request without credentials, for those who add them elsewhere.
    ///
    /// # Errors
    ///
    /// Those of [`body`](SendContact::body).
    pub fn unsigned(&self) -> Result<RequestParts, SendContactError> {
        Ok(RequestParts {
            method: "POST",
            url: self.url(),
            headers: vec![Header::plain("content-type", "application/json".to_owned())],
            body: self.body()?,
        })
    }

    /// The request with credentials; a signature is good for five minutes from now.
    ///
    /// ```
    /// use vcardinal::contact::Contact;
    /// use vcardinal::send_contact::{Credentials, SendContact};
    /// # let secret = "a secret of the tenant";
    ///
    /// let contact = Contact::builder().full_name("Zoe Quist").build()?;
    /// let request = SendContact::to_phone("+14155550123".parse()?)
    ///     .contact(contact)
    ///     .sign(&Credentials::hmac("acme", secret))?;
    /// assert_eq!(request.header("x-chert-tenant"), Some("acme"));
    /// assert!(!format!("{request:?}").contains(secret));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Those of [`body`](SendContact::body), and credentials that cannot be put into a header.
    #[cfg(feature = "sign")]
    pub fn sign(&self, credentials: &Credentials) -> Result<RequestParts, SendContactError> {
        let now = std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .map_err(|_| SendContactError::Clock)?;
        self.sign_at(credentials, now.as_secs())
    }

    /// The request with credentials, at a time in seconds since 1970-01-01 UTC.
    ///
    /// # Errors
    ///
    /// Those of [`sign`](SendContact::sign).
    #[cfg(feature = "sign")]
    pub fn sign_at(
        &self,
        credentials: &Credentials,
        unix_seconds: u64,
    ) -> Result<RequestParts, SendContactError> {
        let mut request = self.unsigned()?;
        let headers = credentials.headers(unix_seconds, &request.body)?;
        request.headers.extend(headers);
        Ok(request)
    }
}

/// A request, ready for any HTTP client. The body must be sent as it is: it may be signed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RequestParts {
    /// `POST`.
    pub method: &'static str,
    /// The whole URL.
    pub url: String,
    /// The headers, names in lower case.
    pub headers: Vec<Header>,
    /// The body.
    pub body: Vec<u8>,
}

impl RequestParts {
    /// The value of a header, by its name in any letter case; `None` where it is not there.
    ///
    /// ```
    /// use vcardinal::{contact::Contact, send_contact::SendContact};
    ///
    /// let contact = Contact::builder().full_name("Zoe Quist").build()?;
    /// let request = SendContact::to_chat("ch_7Hq2".parse()?).contact(contact).unsigned()?;
    /// assert_eq!(request.header("Content-Type"), Some("application/json"));
    /// assert_eq!(request.header("authorization"), None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|header| header.name().eq_ignore_ascii_case(name))
            .map(Header::value)
    }

    /// The same as `http::Request`, which most clients take.
    ///
    /// ```
    /// # use vcardinal::{contact::Contact, send_contact::SendContact};
    /// # let contact = Contact::builder().full_name("Zoe Quist").build()?;
    /// let request = SendContact::to_chat("ch_7Hq2".parse()?).contact(contact).unsigned()?;
    /// let request: http::Request<Vec<u8>> = request.try_into_http()?;
    /// assert_eq!(request.uri().path(), "/api/v1/chats/ch_7Hq2/send-contact");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// `http::Error`, where a part was changed into one that HTTP cannot carry.
    #[cfg(feature = "http")]
    pub fn try_into_http(self) -> Result<http::Request<Vec<u8>>, http::Error> {
        http::Request::try_from(self)
    }
}

#[cfg(feature = "http")]
impl TryFrom<RequestParts> for http::Request<Vec<u8>> {
    type Error = http::Error;

    fn try_from(parts: RequestParts) -> Result<Self, http::Error> {
        let mut builder = http::Request::builder().method(parts.method).uri(parts.url);
        for header in &parts.headers {
            let mut value = http::HeaderValue::from_str(header.value())?;
            value.set_sensitive(header.is_secret());
            builder = builder.header(header.name(), value);
        }
        builder.body(parts.body)
    }
}
