//! What hostile inputs cost in memory: `cargo test --release` in this folder.

use std::alloc::{GlobalAlloc, Layout, System};
use std::io::Write;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

#[path = "../../common/hostile.rs"]
mod hostile;

use vcardinal::validate::{Profile, validate};
use vcardinal::{Card, CardReader, Limits, PushReader, Version};
use vcardinal_corpus::{Corpus, Kind, Until};

static LIVE: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);

/// The system's allocator, counting.
struct Counting;

fn grow(by: usize) {
    let live = LIVE.fetch_add(by, Relaxed) + by;
    PEAK.fetch_max(live, Relaxed);
}

// SAFETY: every call goes to the system's allocator as it is.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        grow(layout.size());
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        LIVE.fetch_sub(layout.size(), Relaxed);
        unsafe { System.dealloc(memory, layout) }
    }

    unsafe fn realloc(&self, memory: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // Counted as if both were there at once, which they may be.
        grow(size);
        LIVE.fetch_sub(layout.size(), Relaxed);
        unsafe { System.realloc(memory, layout, size) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// One measurement at a time.
static TURN: Mutex<()> = Mutex::new(());

/// Bytes that some work takes at its peak beyond those that were there before.
fn peak(work: impl FnOnce()) -> usize {
    let before = LIVE.load(Relaxed);
    PEAK.store(before, Relaxed);
    work();
    PEAK.load(Relaxed) - before
}

/// Lines, parameters and components that an input could have.
fn parts(bytes: &[u8]) -> usize {
    let lines = bytes
        .iter()
        .filter(|byte| matches!(byte, b'\r' | b'\n'))
        .count();
    let others = bytes
        .iter()
        .filter(|byte| matches!(byte, b';' | b','))
        .count();
    lines + others
}

const SIZE: usize = 2_000_000;
/// What a reader takes for itself.
const READER: usize = 8 * 1024;

#[test]
fn ok_usual_limits_take_three_times_the_input() {
    let _turn = TURN
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    for hostile in hostile::all(SIZE) {
        let bytes = hostile.bytes(1);
        let mut ends = 0;
        let took = peak(|| {
            for card in CardReader::from_slice(&bytes) {
                ends += 1;
                drop(card);
            }
        });
        assert!(ends > 0, "{}: neither a card nor an error", hostile.name);
        println!(
            "{:45} {:5.2} of the input with usual limits",
            hostile.name,
            took as f64 / bytes.len() as f64
        );
        assert!(
            took <= 3 * bytes.len() + READER,
            "{}: {took} bytes for {}",
            hostile.name,
            bytes.len()
        );
    }
}

#[test]
fn ok_without_limits_twice_the_input_and_40_bytes_a_part() {
    let _turn = TURN
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    for hostile in hostile::all(SIZE) {
        let bytes = hostile.bytes(1);
        let took = peak(|| {
            for card in CardReader::from_slice(&bytes).with_limits(Limits::none()) {
                drop(card.unwrap());
            }
        });
        let most = 2 * bytes.len() + 40 * parts(&bytes) + READER;
        println!(
            "{:45} {:5.2} of what it may without limits",
            hostile.name,
            took as f64 / most as f64
        );
        assert!(
            took <= most,
            "{}: {took} bytes for {} and {}",
            hostile.name,
            bytes.len(),
            parts(&bytes)
        );
    }
}

#[test]
fn ok_one_card_without_limits_twice_the_input_and_40_bytes_a_part() {
    let _turn = TURN
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    for hostile in hostile::all(SIZE) {
        let bytes = hostile.bytes(1);
        let took = peak(|| drop(Card::parse_with(&bytes, Limits::none())));
        let most = 2 * bytes.len() + 40 * parts(&bytes) + READER;
        assert!(
            took <= most,
            "{}: {took} bytes for {}",
            hostile.name,
            bytes.len()
        );
    }
}

/// Cards as address books write them are checked, and found clean, without allocating.
#[test]
fn ok_clean_cards_are_checked_in_no_memory() {
    let _turn = TURN
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    let corpus = Corpus::generate(Kind::Plain, Until::Cards(200));
    let cards: Vec<Card> = CardReader::from_slice(&corpus.bytes)
        .collect::<Result<_, _>>()
        .unwrap();
    assert_eq!(cards.len(), 200);
    let taken = || {
        peak(|| {
            for card in &cards {
                assert_eq!(validate(card, Profile::Declared).iter().count(), 0);
            }
        })
    };
    // What runs the tests takes some memory when another one of them ends, but not each time.
    assert_eq!((0..8).map(|_| taken()).min(), Some(0));
    // And what is found does take some.
    let bad = Card::parse("BEGIN:VCARD\r\nVERSION:4.0\r\nEND:VCARD\r\n").unwrap();
    assert!(peak(|| assert!(validate(&bad, Profile::Declared).iter().count() > 0)) > 0);
}

#[test]
fn ok_junk_takes_no_memory() {
    let _turn = TURN
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    for junk in [&b"no card"[..], b"no card\n", b"\n", b"\xEF\xBB\xBF"] {
        let bytes = junk.repeat(SIZE / junk.len());
        let took = peak(|| {
            let mut reader = PushReader::new();
            for piece in bytes.chunks(10_000) {
                reader.push(piece);
                while reader.next_event().is_some() {}
            }
        });
        assert!(took <= 300_000, "{took} bytes for {} of junk", bytes.len());
    }
}

#[test]
fn ok_a_stream_takes_three_times_its_largest_card() {
    let _turn = TURN
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    let card = |note: usize| {
        format!(
            "BEGIN:VCARD\r\nVERSION:4.0\r\nNOTE:{}\r\nEND:VCARD\r\n",
            "a".repeat(note)
        )
    };
    let (small, large) = (card(200).repeat(20_000), card(4_000_000));
    for (bytes, largest) in [
        (small.clone(), 300),
        (format!("{small}{large}{small}"), large.len()),
    ] {
        let took = peak(|| {
            let stream = std::io::BufReader::new(bytes.as_bytes());
            let mut reader = CardReader::from_reader(stream);
            let mut card = Card::new();
            while reader.read_card(&mut card).unwrap() {}
        });
        assert!(
            took <= 8 * 1024 * 1024 + 3 * largest,
            "{took} bytes for a largest card of {largest}"
        );
    }
}

/// What a stream of cards takes that are converted one by one does not depend on how many there are.
#[test]
fn ok_a_converted_stream_takes_what_one_card_takes() {
    let _turn = TURN
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    for (kind, to) in [
        (Kind::Apple30, Version::V4_0),
        (Kind::Plain, Version::V3_0),
        (Kind::Photo40, Version::V3_0),
    ] {
        let took = |cards| {
            let corpus = Corpus::generate(kind, Until::Cards(cards));
            peak(|| {
                let stream = std::io::BufReader::new(&*corpus.bytes);
                for card in CardReader::from_reader(stream) {
                    let converted = card.unwrap().convert(to).unwrap();
                    std::io::sink()
                        .write_all(&converted.card().to_bytes())
                        .unwrap();
                }
            })
        };
        // The few fill the buffers of a reader already.
        let (few, many) = (took(500), took(5_000));
        assert!(
            many <= few + few / 4,
            "{kind:?}: {many} bytes for ten times the cards of {few}"
        );
    }
}

#[test]
fn ok_values_taken_apart_are_limited() {
    let _turn = TURN
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    for head in ["N:", "CATEGORIES:"] {
        let values = if head == "N:" { ";" } else { "," };
        let text = format!(
            "BEGIN:VCARD\nVERSION:4.0\n{head}{}\nEND:VCARD\n",
            values.repeat(SIZE)
        );
        let card = Card::parse(text).unwrap();
        let property = card.properties().nth(1).unwrap();
        let took = peak(|| {
            assert!(property.list().is_err() || values == ";");
            assert!(property.components().is_err());
        });
        assert!(took <= 20_000_000, "{head} {took} bytes");
    }
}

#[test]
fn ok_findings_are_limited() {
    let _turn = TURN
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    for line in [
        "REV:1996-10-22T14:00:00Z\r\n",
        "BDAY;X=;PREF=0;TYPE=a,b;VALUE=x;LANGUAGE=_;PID=x;ALTID=:\u{1}x\r\n",
        "TEL;=:\r\n",
    ] {
        let lines = line.repeat(90_000);
        let text = format!("BEGIN:VCARD\r\nVERSION:4.0\r\nFN:A\r\n{lines}END:VCARD\r\n");
        let card = Card::parse(&text).unwrap();
        let took = peak(|| assert!(validate(&card, Profile::Declared).iter().count() > 0));
        // Ten thousand findings are ten million bytes at most; what rules remember of lines, as UIDs, is
        // limited too.
        assert!(
            took <= 24_000_000,
            "{took} bytes for {} of {line:?}",
            text.len()
        );
    }
}

/// To repair takes no more for a fault in each line than the findings that are listed of a card.
#[test]
fn ok_findings_of_a_repair_are_limited() {
    let _turn = TURN
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    const BAD: &str = "BDAY;X=;PREF=0;TYPE=a,b;VALUE=x;LANGUAGE=_;PID=x;ALTID=:\u{1}x\r\n";
    const REPAIRED: &str = "REV:1996-10-22T14:00:00Z\r\n";
    for (lines, most) in [
        (BAD.repeat(90_000) + REPAIRED, 1),
        (REPAIRED.to_owned() + &BAD.repeat(90_000), 1),
        ("TEL;TYPE=:1\r\n".repeat(90_000), 90_000),
    ] {
        let text = format!("BEGIN:VCARD\r\nVERSION:4.0\r\nFN:A\r\n{lines}END:VCARD\r\n");
        let card = Card::parse(&text).unwrap();
        let took = peak(|| {
            let mut repaired = card.clone();
            let report = validate(&card, Profile::Declared);
            let made = report.repair_where(&mut repaired, |finding| {
                finding.rule.id == "timestamp-invalid"
                    || finding.rule.id == "parameter-value-missing"
            });
            assert!(made >= most, "{made} repairs");
        });
        println!(
            "{took} bytes to repair {} of {:?}",
            text.len(),
            &lines[..20]
        );
        // The findings of a report, and of a batch; two copies, and what was edited.
        assert!(
            took <= 48_000_000,
            "{took} bytes for {} of {:?}",
            text.len(),
            &lines[..20]
        );
    }
}
