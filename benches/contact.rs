//! Contacts: to the bytes of a card and back, JSON, the signed request, and the checks of phones
//! and emails. `cargo bench --features contact --bench contact`

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use vcardinal::contact::Contact;
use vcardinal::send_contact::{Credentials, Receiver, SendContact};
use vcardinal::value::phone::warm_up;
use vcardinal::value::{E164, Email};
use vcardinal::{Card, Version};

fn zoe() -> Contact {
    Contact::builder()
        .full_name("Zoë Quist")
        .given_name("Zoë")
        .family_name("Quist")
        .organization("Example Works")
        .phone("+14155550123", "mobile")
        .phone("+442079460123", "Summer house")
        .email("zoe@example.com", "work")
        .build()
        .expect("a valid contact")
}

fn contacts(criterion: &mut Criterion) {
    let contact = zoe();
    for version in [Version::V3_0, Version::V4_0] {
        criterion.bench_function(&format!("contact to {version} bytes"), |bencher| {
            bencher.iter(|| {
                let card = black_box(&contact).to_card(version).expect("valid");
                card.to_bytes().into_owned()
            });
        });
        let card = contact.to_card(version).expect("valid");
        let bytes = card.to_bytes();
        criterion.bench_function(&format!("{version} bytes to contact"), |bencher| {
            bencher.iter(|| Contact::from_card(&Card::parse(black_box(&bytes)).expect("a card")));
        });
    }
    let json = contact.to_json();
    criterion.bench_function("contact to JSON", |bencher| {
        bencher.iter(|| black_box(&contact).to_json());
    });
    criterion.bench_function("JSON to contact", |bencher| {
        bencher.iter(|| Contact::from_json(black_box(json.as_bytes())));
    });
}

fn requests(criterion: &mut Criterion) {
    let send = SendContact::to_phone("+14155550123".parse().expect("a number")).contact(zoe());
    let credentials = Credentials::hmac("acme", "a secret of the tenant");
    criterion.bench_function("request with signature", |bencher| {
        bencher.iter(|| black_box(&send).sign_at(&credentials, 1_700_000_000));
    });
    let request = send.sign_at(&credentials, 1_700_000_000).expect("valid");
    let receiver = Receiver::new().tenant("acme", "a secret of the tenant");
    criterion.bench_function("request received", |bencher| {
        bencher.iter(|| {
            let headers = request.headers.iter();
            let headers = headers.map(|header| (header.name(), header.value()));
            receiver.receive_at(None, headers, black_box(&request.body), 1_700_000_000)
        });
    });
}

fn values(criterion: &mut Criterion) {
    warm_up();
    criterion.bench_function("E.164 read", |bencher| {
        bencher.iter(|| black_box("+442079460123").parse::<E164>());
    });
    for text in ["+14155550123", "+442079460123", "+441122"] {
        let number: E164 = text.parse().expect("a number");
        criterion.bench_function(&format!("E.164 possible {text}"), |bencher| {
            bencher.iter(|| black_box(number).is_possible());
        });
        criterion.bench_function(&format!("E.164 valid {text}"), |bencher| {
            bencher.iter(|| black_box(number).is_valid());
        });
    }
    for text in [
        "zoe@example.com",
        "\"z oe\"@example.com",
        "zoë@bücher.example",
    ] {
        criterion.bench_function(&format!("email read {text}"), |bencher| {
            bencher.iter(|| black_box(text).parse::<Email>());
        });
    }
}

criterion_group!(benches, contacts, requests, values);
criterion_main!(benches);
