//! The send-contact endpoint on loopback, with chats and lines in memory: for trying a client.
//!
//! ```text
//! CHERT_SIGNING_SECRET=secret cargo run --example send_contact_server --features sign
//! curl -i http://127.0.0.1:8080/api/v1/chats/ch_works/send-contact \
//!     -H 'authorization: Bearer secret' -H 'content-type: application/json' \
//!     -d '{"contact":{"full_name":"Zoe Quist"}}'
//! ```
//!
//! The chats `ch_works`, `ch_fails`, `ch_busy`, `ch_plain` and `ch_unpinned` have lines that do as
//! they are called; a telephone number gets a chat that works.

use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use vcardinal::send_contact::{
    ApiError, ChatId, Content, ErrorCode, Received, Receiver, Recipient, SendContactResponse,
};
use vcardinal::value::E164;

/// What a chat's messages go out on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// Delivers.
    Works,
    /// Cannot deliver anything now (4001).
    Fails,
    /// Is busy for some seconds (4002).
    Busy,
    /// Delivers text only (4099).
    Plain,
    /// Not pinned to the chat (4099).
    Unpinned,
}

/// Chats, and what was delivered to them.
#[derive(Debug, Default)]
pub struct Chats {
    lines: BTreeMap<String, Line>,
    phones: BTreeMap<E164, ChatId>,
    /// What was delivered, oldest first.
    pub delivered: Vec<(ChatId, Content)>,
    requests: u64,
}

impl Chats {
    /// A chat for each kind of line.
    pub fn of_each_kind() -> Chats {
        let lines = [
            ("ch_works", Line::Works),
            ("ch_fails", Line::Fails),
            ("ch_busy", Line::Busy),
            ("ch_plain", Line::Plain),
            ("ch_unpinned", Line::Unpinned),
        ];
        Chats {
            lines: lines.map(|(id, line)| (id.to_owned(), line)).into(),
            ..Chats::default()
        }
    }

    fn deliver(&mut self, received: Received) -> Result<SendContactResponse, ApiError> {
        let chat = match received.recipient {
            Recipient::Chat(id) => id,
            Recipient::Phone(number) => {
                let id = format!("ch_{}", number.digits()).parse();
                let id: ChatId = id.map_err(|_| ApiError::new(ErrorCode::Internal, "no id"))?;
                self.lines.entry(id.to_string()).or_insert(Line::Works);
                self.phones.entry(number).or_insert(id).clone()
            }
            _ => return Err(ApiError::new(ErrorCode::Internal, "no such recipient")),
        };
        match self.lines.get(chat.as_str()) {
            Some(Line::Works) => {
                let response = SendContactResponse::sent(&chat);
                self.delivered.push((chat, received.content));
                Ok(response)
            }
            Some(Line::Fails) => Err(ApiError::new(ErrorCode::DeliveryFailed, "delivery failed")),
            Some(Line::Busy) => {
                let mut error = ApiError::new(ErrorCode::LinesSaturated, "all lines are busy");
                error.retry_after = Some(Duration::from_secs(7));
                Err(error)
            }
            Some(Line::Plain | Line::Unpinned) => Err(ApiError::new(
                ErrorCode::LineCannotSend,
                "no line that can send contacts",
            )),
            None => Err(ApiError::new(ErrorCode::ChatNotFound, "no such chat")),
        }
    }
}

/// Listens and answers until the process ends; one thread for each connection.
pub fn serve(
    receiver: Receiver,
    chats: Arc<Mutex<Chats>>,
    listener: TcpListener,
) -> io::Result<()> {
    let receiver = Arc::new(receiver);
    for stream in listener.incoming() {
        let (stream, receiver, chats) = (stream?, Arc::clone(&receiver), Arc::clone(&chats));
        std::thread::spawn(move || {
            if let Err(error) = answer(stream, &receiver, &chats) {
                eprintln!("{error}");
            }
        });
    }
    Ok(())
}

/// Starts a server on a free port of loopback.
pub fn spawn(receiver: Receiver, chats: Arc<Mutex<Chats>>) -> io::Result<SocketAddr> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    std::thread::spawn(move || serve(receiver, chats, listener));
    Ok(address)
}

struct Request {
    method: String,
    path: String,
    headers: Vec<(String, Vec<u8>)>,
    body: Vec<u8>,
}

/// Bytes of a head, and of a body, that are read at most. The body's limit is the receiver's;
/// this one is larger, so that it can say so.
const MAX_HEAD: u64 = 16 * 1024;
const MAX_BODY: u64 = 4 * 1024 * 1024;

fn read_request(stream: &TcpStream) -> io::Result<Request> {
    let wrong = |what: &str| io::Error::new(io::ErrorKind::InvalidData, what.to_owned());
    let mut reader = BufReader::new(stream);
    let mut head = reader.by_ref().take(MAX_HEAD);
    let mut line = String::new();
    head.read_line(&mut line)?;
    let mut words = line.split_ascii_whitespace().map(str::to_owned);
    let (Some(method), Some(path)) = (words.next(), words.next()) else {
        return Err(wrong("no request line"));
    };
    let mut headers = Vec::new();
    loop {
        line.clear();
        if head.read_line(&mut line)? == 0 {
            return Err(wrong("the head is cut short or too long"));
        }
        if line.trim_end().is_empty() {
            break;
        }
        let (name, value) = line.split_once(':').ok_or_else(|| wrong("no header"))?;
        headers.push((name.to_ascii_lowercase(), value.trim().as_bytes().to_vec()));
    }
    let length = headers.iter().find(|(name, _)| name == "content-length");
    let length = length.and_then(|(_, value)| std::str::from_utf8(value).ok()?.parse().ok());
    let length: u64 = length.ok_or_else(|| wrong("no content-length"))?;
    let mut body = Vec::new();
    reader.take(length.min(MAX_BODY)).read_to_end(&mut body)?;
    Ok(Request {
        method,
        path,
        headers,
        body,
    })
}

fn answer(mut stream: TcpStream, receiver: &Receiver, chats: &Mutex<Chats>) -> io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    let request = read_request(&stream)?;
    let mut chats = chats.lock().unwrap_or_else(PoisonError::into_inner);
    chats.requests += 1;
    let trace_id = format!("trace{:08x}", chats.requests);
    let path_id = match request.path.strip_prefix("/api/v1/chats/") {
        Some("send-contact") => Some(None),
        Some(rest) => rest.strip_suffix("/send-contact").map(Some),
        None => None,
    };
    let result = match path_id {
        Some(path_id) if request.method == "POST" => receiver
            .receive(
                path_id,
                request.headers.iter().map(|(name, value)| (name, value)),
                &request.body,
            )
            .and_then(|received| chats.deliver(received)),
        _ => Err(ApiError::new(ErrorCode::ChatNotFound, "no such path")),
    };
    drop(chats);

    let (status, mut extra, body) = match result {
        Ok(response) => (200, String::new(), response.to_json()),
        Err(mut error) => {
            error.trace_id = Some(trace_id.clone());
            let seconds = error.retry_after.map(|time| time.as_secs());
            let extra = seconds.map(|seconds| format!("retry-after: {seconds}\r\n"));
            (error.status, extra.unwrap_or_default(), error.to_json())
        }
    };
    extra += &format!("x-trace-id: {trace_id}\r\n");
    write!(
        stream,
        "HTTP/1.1 {status} -\r\ncontent-type: application/json\r\n\
         content-length: {}\r\nconnection: close\r\n{extra}\r\n{body}",
        body.len()
    )
}

#[allow(dead_code, reason = "the tests run the server without it")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let secret = std::env::var("CHERT_SIGNING_SECRET")
        .map_err(|_| "set CHERT_SIGNING_SECRET to a secret of your choice")?;
    let tenant = std::env::var("CHERT_TENANT").unwrap_or_else(|_| "acme".to_owned());
    let address = std::env::var("ADDRESS").unwrap_or_else(|_| "127.0.0.1:8080".to_owned());
    let listener = TcpListener::bind(&address)?;
    println!("http://{address} for tenant {tenant}");
    let chats = Arc::new(Mutex::new(Chats::of_each_kind()));
    serve(Receiver::new().tenant(tenant, secret), chats, listener)?;
    Ok(())
}
