//! `send`, against the example server on loopback.

#[path = "../../examples/send_contact_server.rs"]
mod server;

use std::io::BufRead;
use std::net::TcpListener;
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use vcardinal::send_contact::{Content, Receiver};

use super::*;

const SECRET: &str = "s3cret-of-the-tenant";
const TENANT: &str = "acme";
/// Untidy on purpose: what is sent as it is must not be tidied up.
const CARD: &str = "BEGIN:VCARD\nVERSION:3.0\nfn:Zo\u{eb} O'Quist\nTEL;TYPE=CELL:+1 415 555 0123\nNOTE:a\\nb\nEND:VCARD\n";
const JSON: &str =
    r#"{"full_name":"Zoë O'Quist","phones":[{"value":"+14155550123","label":"mobile"}]}"#;

fn place() -> Place {
    Place::with(&[
        ("card.vcf", CARD.as_bytes()),
        ("contact.json", JSON.as_bytes()),
        ("secret", format!("{SECRET}\r\n").as_bytes()),
        ("other-secret", b"another one\n"),
        ("two-lines", format!("{SECRET}\n{SECRET}\n").as_bytes()),
        ("no-lines", b"\n"),
        ("not-utf-8", &[SECRET.as_bytes(), b"\xFF"].concat()),
    ])
}

fn command(place: &Place, arguments: &[&str]) -> Command {
    let mut command = place.command(&["send"]);
    command
        .args(arguments)
        .env_remove("CHERT_SIGNING_SECRET")
        .env_remove("CHERT_TENANT")
        .env_remove("HTTP_PROXY")
        .env_remove("http_proxy");
    command
}

/// Whatever happens, nobody sees the secret.
fn finish_unseen(mut command: Command) -> Run {
    let run = finish(command.spawn().unwrap());
    for output in [run.text(), &run.stderr] {
        assert!(!output.contains(SECRET), "{output}");
        assert!(!output.contains("v1,"), "{output}");
    }
    run
}

fn send(arguments: &[&str]) -> Run {
    finish_unseen(command(&place(), arguments))
}

struct Server {
    url: String,
    chats: Arc<Mutex<server::Chats>>,
}

impl Server {
    fn new() -> Self {
        let chats = Arc::new(Mutex::new(server::Chats::of_each_kind()));
        let receiver = Receiver::new().tenant(TENANT, SECRET);
        let address = server::spawn(receiver, Arc::clone(&chats)).unwrap();
        Server {
            url: format!("http://{address}"),
            chats,
        }
    }

    fn send(&self, arguments: &[&str]) -> Run {
        let mut all = vec!["--base-url", &self.url, "--secret-file", "secret"];
        all.extend(arguments);
        send(&all)
    }

    fn delivered(&self) -> Vec<(String, Content)> {
        let delivered = std::mem::take(&mut self.chats.lock().unwrap().delivered);
        let named = |(chat, content): (vcardinal::send_contact::ChatId, Content)| {
            (chat.to_string(), content)
        };
        delivered.into_iter().map(named).collect()
    }
}

/// A server that gives one answer, whatever it is asked; what it was asked.
fn answering(
    answer: impl Fn(&str) -> String + Send + 'static,
) -> (String, std::thread::JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let thread = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut reader = std::io::BufReader::new(stream.try_clone().unwrap());
        let (mut head, mut length) = (String::new(), 0);
        while !head.ends_with("\r\n\r\n") {
            let mut line = String::new();
            reader.read_line(&mut line).unwrap();
            if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
                length = value.trim().parse().unwrap();
            }
            head.push_str(&line);
        }
        let mut body = vec![0; length];
        reader.read_exact(&mut body).unwrap();
        let _ = stream.write_all(answer(&head).as_bytes());
        head
    });
    (url, thread)
}

#[test]
fn ok_dry_run_is_the_curl_command() {
    let signed = "curl -X POST 'https://console.trychert.com/api/v1/chats/send-contact' \\\n  \
        -H 'content-type: application/json' \\\n  \
        -H 'x-chert-tenant: acme' \\\n  \
        -H 'x-chert-signature: ***' \\\n  \
        --data-binary '{\"to\":\"+14155550123\",\"vcard_text\":\"BEGIN:VCARD\\nVERSION:3.0\\n\
        fn:Zoë O'\\''Quist\\nTEL;TYPE=CELL:+1 415 555 0123\\nNOTE:a\\\\nb\\nEND:VCARD\\n\"}'\n";
    let arguments = ["--to", "+14155550123", "--dry-run", "card.vcf"];
    let by_file = ["--tenant", TENANT, "--secret-file", "secret"];
    let run = send(&[&arguments[..], &by_file].concat());
    assert_eq!((run.code, run.text(), &*run.stderr), (Some(0), signed, ""));

    let mut by_environment = command(&place(), &arguments);
    let place = place();
    by_environment
        .current_dir(place.0.path())
        .env("CHERT_SIGNING_SECRET", SECRET)
        .env("CHERT_TENANT", TENANT);
    let run = finish_unseen(by_environment);
    assert_eq!((run.code, run.text(), &*run.stderr), (Some(0), signed, ""));

    // Without a secret there is nothing to mask, and all is printed the same.
    let run = send(&[&arguments[..], &["--tenant", TENANT]].concat());
    assert_eq!(
        (run.code, run.text(), &*run.stderr),
        (
            Some(0),
            signed,
            "note: to send it, set CHERT_SIGNING_SECRET or use --secret-file\n"
        )
    );

    let bearer = "curl -X POST 'http://127.0.0.1:9/x/api/v1/chats/ch_1/send-contact' \\\n  \
        -H 'content-type: application/json' \\\n  \
        -H 'authorization: Bearer ***' \\\n  \
        --data-binary '{\"contact\":{\"full_name\":\"Zoë O'\\''Quist\",\
        \"phones\":[{\"value\":\"+14155550123\",\"label\":\"mobile\"}]}}'\n";
    let base = [
        "--chat",
        "ch_1",
        "--dry-run",
        "--base-url",
        "http://127.0.0.1:9/x/",
        "--secret-file",
        "secret",
    ];
    let run = send(&[&base[..], &["contact.json"]].concat());
    assert_eq!((run.code, run.text(), &*run.stderr), (Some(0), bearer, ""));
    let run = send(&[&base[..], &["card.vcf", "--as-contact"]].concat());
    assert_eq!(
        (run.code, run.text(), &*run.stderr),
        (
            Some(0),
            bearer,
            "note: card.vcf: line 5: NOTE: contacts have no such field\n"
        )
    );
    let with_tenant = bearer.replace(
        "  -H 'authorization",
        "  -H 'x-chert-tenant: acme' \\\n  -H 'authorization",
    );
    let run = send(&[&base[..], &["contact.json", "--tenant", TENANT, "--bearer"]].concat());
    assert_eq!((run.code, run.text()), (Some(0), &*with_tenant));
    let run = send(&[&base[..], &["contact.json", "--as-vcard"]].concat());
    assert!(
        run.text().contains(
            "--data-binary '{\"vcard_text\":\"BEGIN:VCARD\\r\\nVERSION:3.0\\r\\nN:;;;;\\r\\n\
         FN:Zoë O'\\''Quist\\r\\nTEL;TYPE=CELL:+14155550123\\r\\nEND:VCARD\\r\\n\"}'\n"
        ),
        "{}",
        run.text()
    );
}

/// A shell makes of the printed command what would have been sent.
#[cfg(unix)]
#[test]
fn ok_dry_run_in_a_shell() {
    use std::os::unix::fs::PermissionsExt;
    let place = place();
    let script = place.path("curl");
    fs::write(
        &script,
        "#!/bin/sh\nfor word; do printf '%s\\0' \"$word\"; done\n",
    )
    .unwrap();
    fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).unwrap();
    let arguments = [
        "--to",
        "+14155550123",
        "--dry-run",
        "card.vcf",
        "--secret-file",
        "secret",
    ];
    let run = finish_unseen(command(&place, &arguments));
    let output = Command::new("/bin/sh")
        .args(["-c", run.text()])
        .env("PATH", place.0.path())
        .output()
        .unwrap();
    let words = String::from_utf8(output.stdout).unwrap();
    let words: Vec<_> = words.split_terminator('\0').collect();
    let body: Value = serde_json::from_str(words.last().unwrap()).unwrap();
    assert_eq!(body, json!({"to": "+14155550123", "vcard_text": CARD}));
    assert_eq!(
        words[..3],
        [
            "-X",
            "POST",
            "https://console.trychert.com/api/v1/chats/send-contact"
        ]
    );
}

#[test]
fn ok_sent_signed_and_bearer_card_and_contact() {
    let server = Server::new();
    for way in [
        &["--tenant", TENANT][..],
        &[],
        &["--bearer", "--tenant", TENANT],
    ] {
        let run = server.send(&[way, &["--to", "+14155550123", "card.vcf"]].concat());
        assert_eq!((run.code, &*run.stderr), (Some(0), ""), "{way:?}");
        assert!(
            run.text()
                .starts_with("sent to chat ch_14155550123 (trace trace"),
            "{}",
            run.text()
        );
        let content = Content::VcardText(String::from(CARD));
        assert_eq!(
            server.delivered(),
            [(String::from("ch_14155550123"), content)]
        );

        let arguments = ["--chat", "ch_works", "contact.json", "--format", "json"];
        let run = server.send(&[way, &arguments].concat());
        assert_eq!((run.code, &*run.stderr), (Some(0), ""));
        let mut answer: Value = serde_json::from_str(run.text()).unwrap();
        assert!(
            answer["trace_id"]
                .take()
                .as_str()
                .unwrap()
                .starts_with("trace")
        );
        assert_eq!(
            answer,
            json!({"sent": true, "chat_id": "ch_works", "status": "sent", "error": null, "trace_id": null})
        );
        let contact = vcardinal::contact::Contact::from_json(JSON.as_bytes()).unwrap();
        assert_eq!(
            server.delivered(),
            [(String::from("ch_works"), Content::Contact(contact))]
        );
    }
}

#[test]
fn err_refused() {
    let server = Server::new();
    for (chat, expected) in [
        (
            "ch_busy",
            "error: not sent: all lines are busy, code 4002, HTTP 503 (trace TRACE)\n\
             note: the service says: all lines are busy\n\
             note: you may try again after 7 seconds\n",
        ),
        (
            "ch_fails",
            "error: not sent: delivery failed, code 4001, HTTP 502 (trace TRACE)\n\
             note: the service says: delivery failed\n\
             note: sending the same again will not help\n",
        ),
        (
            "ch_none",
            "error: not sent: there is no such chat; for the first message use --to, code 2002, \
             HTTP 404 (trace TRACE)\n\
             note: the service says: no such chat\n\
             note: sending the same again will not help\n",
        ),
    ] {
        let run = server.send(&["--chat", chat, "card.vcf"]);
        let start = run.stderr.find("(trace ").unwrap() + 7;
        let trace = run.stderr[start..].split(')').next().unwrap();
        assert_eq!(
            (run.code, run.text(), &*run.stderr.replace(trace, "TRACE")),
            (Some(1), "", expected)
        );
    }
    let run = server.send(&["--chat", "ch_busy", "card.vcf", "--format=json"]);
    let mut answer: Value = serde_json::from_str(run.text()).unwrap();
    answer["trace_id"].take();
    assert_eq!((run.code, &*run.stderr), (Some(1), ""));
    assert_eq!(
        answer,
        json!({"sent": false, "chat_id": null, "status": null, "trace_id": null, "error": {
            "code": 4002, "http_status": 503, "meaning": "all lines are busy",
            "message": "all lines are busy", "retryable": true, "retry_after": 7}})
    );
    // Another secret, both ways.
    for way in [&["--tenant", TENANT][..], &[]] {
        let arguments = [
            "--base-url",
            &server.url,
            "--chat",
            "ch_works",
            "card.vcf",
            "--secret-file",
            "other-secret",
        ];
        let run = send(&[way, &arguments].concat());
        // A secret with a space in it cannot be a bearer token.
        match way {
            [] => assert_eq!(
                (run.code, &*run.stderr),
                (
                    Some(2),
                    "error: the secret is empty, or has characters that cannot be sent\n"
                )
            ),
            _ => assert!(
                run.code == Some(1) && run.stderr.contains("code 2004"),
                "{run:?}"
            ),
        }
    }
    assert_eq!(server.delivered(), []);
}

#[test]
fn err_what_cannot_be_sent() {
    let place = Place::with(&[
        ("two.vcf", CARD.repeat(2).as_bytes()),
        ("open.vcf", b"BEGIN:VCARD\nVERSION:3.0\nFN:Zoe\n"),
        (
            "bad.json",
            br#"{"full_name":"Zoe","phones":[{"value":"415"}]}"#,
        ),
        ("secret", SECRET.as_bytes()),
    ]);
    for (arguments, expected) in [
        (
            &["two.vcf"][..],
            "error: two.vcf: vcard_text: expected nothing after the card\n",
        ),
        (
            &["open.vcf"],
            "error: open.vcf: vcard_text: expected END:VCARD last\n",
        ),
        (
            &["bad.json"],
            "error: bad.json: phones[0].value: byte 0: expected '+' and the calling code first\n",
        ),
        (
            &["none.vcf"],
            "error: none.vcf: No such file or directory (os error 2)\n",
        ),
        (&["."], "error: expected one file, found a directory\n"),
        (
            &["bad.json", "--tenant", "a b"],
            "error: bad.json: phones[0].value: byte 0: expected '+' and the calling code first\n",
        ),
    ] {
        let base = [
            "--to",
            "+14155550123",
            "--secret-file",
            "secret",
            "--base-url",
            "http://127.0.0.1:9",
        ];
        let run = finish_unseen(command(&place, &[&base[..], arguments].concat()));
        assert_eq!(
            (run.code, run.text(), &*run.stderr),
            (Some(2), "", expected)
        );
    }
    let run = send(&[
        "--to",
        "+11155550123",
        "--dry-run",
        "card.vcf",
        "--secret-file=secret",
    ]);
    assert_eq!(
        (run.code, &*run.stderr),
        (
            Some(0),
            "warning: numbers like +11155550123 are not assigned\n"
        )
    );
}

#[test]
fn err_command_lines() {
    for arguments in [
        &["card.vcf"][..],
        &["--to", "+14155550123", "--chat", "ch_1", "card.vcf"],
        &["--to", "(415) 555-0123", "card.vcf"],
        &["--chat", "../x", "card.vcf"],
        &[
            "--to",
            "+14155550123",
            "--base-url",
            "http://api.example.com",
            "card.vcf",
        ],
        &[
            "--to",
            "+14155550123",
            "--as-contact",
            "--as-vcard",
            "card.vcf",
        ],
        &["--to", "+14155550123", "--timeout", "0", "card.vcf"],
        &["--to", "+14155550123", "--secret", SECRET, "card.vcf"],
    ] {
        let run = finish(command(&place(), arguments).spawn().unwrap());
        assert_eq!((run.code, run.text()), (Some(2), ""), "{arguments:?}");
        assert!(!run.stderr.contains(SECRET));
    }
}

#[test]
fn err_secrets() {
    let to = [
        "--to",
        "+14155550123",
        "card.vcf",
        "--base-url",
        "http://127.0.0.1:9",
    ];
    for (file, expected) in [
        (
            None,
            "no secret given; set CHERT_SIGNING_SECRET or use --secret-file",
        ),
        (Some("none"), "none: No such file or directory (os error 2)"),
        (
            Some("two-lines"),
            "two-lines: expected a single line with the secret",
        ),
        (Some("no-lines"), "no-lines: the file contains no secret"),
        (
            Some("not-utf-8"),
            "not-utf-8: stream did not contain valid UTF-8",
        ),
    ] {
        let mut arguments = to.to_vec();
        arguments.extend(file.iter().flat_map(|file| ["--secret-file", file]));
        let run = send(&arguments);
        assert_eq!(
            (run.code, run.text(), &*run.stderr),
            (Some(2), "", &*format!("error: {expected}\n"))
        );
    }
    // Blanks and controls are no secret, wherever they come from, and whichever way it is used.
    for blank in [
        " ",
        "\t \t",
        "\u{a0}",
        "\r\n\r\n",
        " \n",
        "\u{b}\u{c}",
        "\u{2028}",
    ] {
        for tenant in [None, Some("--tenant=acme")] {
            let place = place();
            fs::write(place.path("blank"), blank).unwrap();
            let all: Vec<&str> = to.iter().copied().chain(tenant).collect();
            let run = finish_unseen(command(
                &place,
                &[&all[..], &["--secret-file=blank"]].concat(),
            ));
            assert_eq!(
                (run.code, run.text(), &*run.stderr),
                (Some(2), "", "error: blank: the file contains no secret\n"),
                "{blank:?}"
            );
            let mut command = command(&place, &all);
            let run = finish_unseen({
                command.env("CHERT_SIGNING_SECRET", blank);
                command
            });
            assert_eq!(
                (run.code, run.text(), &*run.stderr),
                (
                    Some(2),
                    "",
                    "error: CHERT_SIGNING_SECRET is blank; it contains no secret\n"
                ),
                "{blank:?}"
            );
        }
    }
    #[cfg(unix)]
    for variable in ["CHERT_SIGNING_SECRET", "CHERT_TENANT"] {
        use std::os::unix::ffi::OsStringExt;
        let place = place();
        let mut command = command(&place, &to);
        let value = [SECRET.as_bytes(), b"\xFF"].concat();
        command
            .env("CHERT_SIGNING_SECRET", SECRET)
            .env(variable, std::ffi::OsString::from_vec(value));
        let run = finish_unseen(command);
        assert_eq!(
            (run.code, &*run.stderr),
            (Some(2), &*format!("error: {variable} is not UTF-8\n"))
        );
    }
    let run = send(&[&to[..], &["--secret-file", "secret", "--tenant", "a b"]].concat());
    assert_eq!(
        (run.code, &*run.stderr),
        (
            Some(2),
            "error: expected ASCII letters, digits, '_', '-' or '.' as the tenant\n"
        )
    );
}

#[test]
fn err_answers_that_are_none() {
    let not_known = "it is not known whether the contact was sent\n";
    for (answer, expected) in [
        (
            "HTTP/1.1 302 -\r\nlocation: http://127.0.0.1:9/\r\ncontent-length: 0\r\n\r\n",
            "HTTP 302: the body is not a JSON object: ; redirects are not followed; ",
        ),
        (
            "HTTP/1.1 307 -\r\nlocation: http://127.0.0.1:9/\r\ncontent-length: 2\r\n\r\n{}",
            "HTTP 307: the status is not a success and the body has no error: {}; redirects are not followed; ",
        ),
        (
            "HTTP/1.1 200 -\r\ncontent-length: 4\r\n\r\n\u{1b}[1m",
            "HTTP 200: the body is not a JSON object: \u{FFFD}[1m; ",
        ),
        (
            "HTTP/1.1 200 -\r\ncontent-length: 100\r\n\r\n{\"chat_id\":",
            "Peer disconnected; ",
        ),
        ("", "Peer disconnected; "),
    ] {
        let (url, thread) = answering(move |_| String::from(answer));
        let run = send(&[
            "--chat",
            "ch_1",
            "card.vcf",
            "--base-url",
            &url,
            "--secret-file",
            "secret",
        ]);
        assert_eq!(
            (run.code, run.text(), &*run.stderr),
            (
                Some(2),
                "",
                &*format!("error: {url}: {expected}{not_known}")
            )
        );
        thread.join().unwrap();
    }
}

#[test]
fn err_no_tls_where_it_should_be() {
    let (url, thread) = answering_bytes();
    let url = url.replace("http:", "https:");
    let arguments = ["--chat", "ch_1", "card.vcf", "--base-url", &url];
    let run = send(&[&arguments[..], &["--secret-file", "secret"]].concat());
    let received = thread.join().unwrap();
    assert!(
        run.code == Some(2)
            && run
                .stderr
                .starts_with(&format!("error: {url}: received corrupt")),
        "{run:?}"
    );
    assert!(!String::from_utf8_lossy(&received).contains("authorization"));
}

/// A server that does not speak TLS; what it was told.
fn answering_bytes() -> (String, std::thread::JoinHandle<Vec<u8>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let thread = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut received = vec![0; 4096];
        let len = stream.read(&mut received).unwrap();
        received.truncate(len);
        let _ = stream.write_all(b"HTTP/1.1 200 -\r\ncontent-length: 0\r\n\r\n");
        let _ = stream.read_to_end(&mut received);
        received
    });
    (url, thread)
}

#[test]
fn err_nobody_answers() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let arguments = [
        "--chat",
        "ch_1",
        "card.vcf",
        "--base-url",
        &url,
        "--secret-file",
        "secret",
        "--timeout",
        "1",
    ];
    let run = send(&arguments);
    assert_eq!(
        (run.code, &*run.stderr),
        (
            Some(2),
            &*format!(
                "error: {url}: no answer within 1 second; it is not known whether the contact was sent\n"
            )
        )
    );
    drop(listener);
    let run = send(&arguments);
    assert_eq!(
        (run.code, &*run.stderr),
        (
            Some(2),
            &*format!("error: {url}: Connection refused (os error 111); nothing was sent\n")
        )
    );
}

/// A server that says back all it was told, in every place that is printed.
#[test]
fn ok_secrets_that_a_server_repeats_are_masked() {
    let header = |head: &str| {
        let value = head.lines().find_map(|line| {
            let (name, value) = line.split_once(": ")?;
            ["authorization", "x-chert-signature"]
                .contains(&&*name.to_ascii_lowercase())
                .then(|| String::from(value))
        });
        value.unwrap()
    };
    let http = |status: u16, trace: &str, body: &str| {
        format!(
            "HTTP/1.1 {status} -\r\nx-trace-id: {trace}\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        )
    };
    for (tenant, way) in [(&[][..], "bearer"), (&["--tenant", TENANT], "signed")] {
        for kind in ["sent", "refused", "malformed"] {
            for format in ["human", "json"] {
                let (url, thread) = answering(move |head| {
                    let value = format!("{} {}", header(head), SECRET);
                    match kind {
                        "sent" => http(
                            200,
                            &value,
                            &json!({"chat_id": value, "status": value}).to_string(),
                        ),
                        "refused" => {
                            let error = json!({"code": 1, "message": value, "retryable": false});
                            http(400, &value, &json!({"error": error}).to_string())
                        }
                        _ => http(200, &value, &format!("{}{value}", "x".repeat(170))),
                    }
                });
                let arguments = [
                    "--chat",
                    "ch_1",
                    "card.vcf",
                    "--base-url",
                    &url,
                    "--secret-file",
                    "secret",
                    "--format",
                    format,
                ];
                let run = send(&[tenant, &arguments].concat());
                let head = thread.join().unwrap();
                let digits = header(&head);
                let digits = digits.rsplit([',', ' ']).next().unwrap();
                let output = format!("{}{}", run.text(), run.stderr);
                assert!(output.contains("***"), "{way} {kind}: {output}");
                // Not a part of it either.
                for secret in [&SECRET[..8], &digits[..16.min(digits.len())]] {
                    assert!(!output.contains(secret), "{way} {kind}: {output}");
                }
            }
        }
    }
}

/// Plain HTTP goes to loopback, and not through a proxy that would see the credentials.
#[test]
fn ok_no_proxy_to_loopback() {
    let server = Server::new();
    let place = place();
    for variable in ["HTTP_PROXY", "http_proxy", "ALL_PROXY"] {
        let arguments = [
            "--chat",
            "ch_works",
            "card.vcf",
            "--base-url",
            &server.url,
            "--secret-file",
            "secret",
        ];
        let mut command = command(&place, &arguments);
        command.env(variable, "http://127.0.0.1:9");
        let run = finish_unseen(command);
        assert_eq!((run.code, &*run.stderr), (Some(0), ""), "{variable}");
    }
}
