//! Files, directories and standard input as streams of UTF-8.

use std::cell::Cell;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, IsTerminal, Read};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use globset::{GlobSet, GlobSetBuilder};
use vcardinal::Limits;
use walkdir::{DirEntry, WalkDir};

use crate::arguments::Inputs;
use crate::arguments::names::Findings;
use crate::exit::Failure;
use crate::message::{printable, say};
use crate::output::Progress;

const BUFFER: usize = 64 * 1024;

/// Something to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    Stdin,
    File(PathBuf),
}

impl Source {
    /// What to call it in data: its path, or `-`.
    pub fn name(&self) -> String {
        match self {
            Source::Stdin => String::from("-"),
            Source::File(path) => path.to_string_lossy().into_owned(),
        }
    }

    /// What to call it on a screen.
    pub fn title(&self) -> String {
        match self {
            Source::Stdin => String::from("<stdin>"),
            Source::File(path) => printable(&path.to_string_lossy()),
        }
    }

    pub fn path(&self) -> Option<&Path> {
        match self {
            Source::Stdin => None,
            Source::File(path) => Some(path),
        }
    }

    /// An error of reading it.
    pub fn failure(&self, error: impl ToString) -> Failure {
        Failure::Input(format!("{}: {}", self.title(), error.to_string()))
    }

    /// Opens it. UTF-16 comes out as UTF-8.
    pub fn open(&self, progress: &Progress) -> Result<Stream, Failure> {
        match self {
            Source::Stdin => Stream::new(io::stdin(), progress, true),
            Source::File(path) => {
                File::open(path).and_then(|file| Stream::new(file, progress, true))
            }
        }
        .map_err(|error| self.not_opened(&error))
    }

    /// Opens it, and hands its bytes out as they are.
    pub fn open_bytes(&self, progress: &Progress) -> Result<Stream, Failure> {
        match self {
            Source::Stdin => Stream::new(io::stdin(), progress, false),
            Source::File(path) => {
                File::open(path).and_then(|file| Stream::new(file, progress, false))
            }
        }
        .map_err(|error| self.not_opened(&error))
    }

    /// An error of opening it, with what was perhaps meant by the name of a file that is not there.
    fn not_opened(&self, error: &io::Error) -> Failure {
        let is_missing = matches!(
            error.kind(),
            io::ErrorKind::NotFound | io::ErrorKind::InvalidFilename
        );
        let name = self.name();
        let note = if !is_missing {
            ""
        } else if Findings::named(&name).is_some() {
            "\nnote: this is the name of findings, and was taken for a file; --deny and --allow take \
             several names with commas and no blanks: --deny fn-missing,uid-missing"
        } else if name.contains(['*', '?', '[']) {
            "\nnote: only the shell expands a pattern, where it is not in quotes and a file matches it; of a \
             directory that is named all vCard files are read"
        } else {
            ""
        };
        self.failure(format!("{error}{note}"))
    }
}

impl Inputs {
    pub fn limits(&self) -> Limits {
        match self.no_limits {
            true => Limits::none(),
            false => Limits::default(),
        }
    }

    /// All that is to be read, in order; what of a directory cannot be read comes as an error.
    pub fn sources(&self) -> Result<Vec<Result<Source, Failure>>, Failure> {
        self.listed(|nothing| {
            say(&format!("warning: {nothing}"));
            None
        })
    }

    /// The same, where a directory without a file of cards is an error too: nothing was looked at, which
    /// is not all is well.
    pub fn sources_to_check(&self) -> Result<Vec<Result<Source, Failure>>, Failure> {
        self.listed(|nothing| Some(Failure::Input(nothing)))
    }

    fn listed(
        &self,
        nothing_in: impl Fn(String) -> Option<Failure>,
    ) -> Result<Vec<Result<Source, Failure>>, Failure> {
        if self.files.is_empty() {
            if io::stdin().is_terminal() {
                return Err(Failure::Usage(String::from(
                    "name a file to read, or `-` for standard input",
                )));
            }
            return Ok(vec![Ok(Source::Stdin)]);
        }
        let excluded = self.excluded()?;
        let mut sources = Vec::new();
        for path in &self.files {
            if path.as_os_str() == "-" {
                if sources.contains(&Ok(Source::Stdin)) {
                    return Err(Failure::Usage(String::from(
                        "standard input can be read only once",
                    )));
                }
                sources.push(Ok(Source::Stdin));
            } else if path.is_dir() {
                let before = sources.len();
                sources.extend(self.files_below(path, &excluded));
                if sources.len() == before {
                    let path = printable(&path.to_string_lossy());
                    let nothing = format!("{path}: no *.vcf or *.vcard file is in it");
                    sources.extend(nothing_in(nothing).map(Err));
                }
            } else {
                sources.push(Ok(Source::File(path.clone())));
            }
        }
        Ok(sources)
    }
}

impl Inputs {
    /// The vCard files of a directory, by name. Links are not followed, and what is not a regular file,
    /// is hidden or excluded is left out.
    fn files_below(
        &self,
        directory: &Path,
        excluded: &GlobSet,
    ) -> impl Iterator<Item = Result<Source, Failure>> {
        let is_wanted = move |entry: &DirEntry| {
            let path = entry.path();
            let below = path.strip_prefix(directory).unwrap_or(path);
            // What was named is read, whatever its name.
            entry.depth() == 0
                || (self.hidden || !is_hidden(entry))
                    && !excluded.is_match(entry.file_name())
                    && !excluded.is_match(path)
                    && !excluded.is_match(below)
        };
        let walk = WalkDir::new(directory).sort_by_file_name().into_iter();
        let entries = walk.filter_entry(is_wanted);
        let source = |entry: walkdir::Result<DirEntry>| match entry {
            Ok(entry) => card_file(entry).map(Ok),
            Err(error) => Some(Err(Failure::Input(printable(&error.to_string())))),
        };
        entries.filter_map(source)
    }

    /// What of directories is passed over.
    fn excluded(&self) -> Result<GlobSet, Failure> {
        let mut excluded = GlobSetBuilder::new();
        for glob in &self.exclude {
            excluded.add(glob.clone());
        }
        let failure = |error: globset::Error| Failure::Usage(printable(&error.to_string()));
        excluded.build().map_err(failure)
    }
}

/// How many bytes the files have that can be read.
pub fn total_size(sources: &[Result<Source, Failure>]) -> u64 {
    sources
        .iter()
        .filter_map(|source| source.as_ref().ok()?.path()?.metadata().ok())
        .map(|metadata| metadata.len())
        .sum()
}

/// A file of a directory, if it is to be read.
fn card_file(entry: DirEntry) -> Option<Source> {
    let is_card = entry.path().extension().is_some_and(|extension| {
        extension.eq_ignore_ascii_case("vcf") || extension.eq_ignore_ascii_case("vcard")
    });
    let kind = entry.file_type();
    if !is_card || kind.is_dir() {
        return None;
    }
    // A link may lead anywhere, and a pipe may never end.
    if !kind.is_file() {
        let what = if kind.is_symlink() {
            "a link"
        } else {
            "not a regular file"
        };
        let path = printable(&entry.path().to_string_lossy());
        say(&format!(
            "note: skipped {path}: it is {what}; name it to have it read"
        ));
        return None;
    }
    Some(Source::File(entry.into_path()))
}

/// Whether a name is of those that listings leave out.
fn is_hidden(entry: &DirEntry) -> bool {
    entry.file_name().as_encoded_bytes().starts_with(b".")
}

/// An open input.
pub struct Stream {
    pub reader: Box<dyn BufRead>,
    /// What was converted; `None` for input that is not UTF-16.
    pub utf16: Option<Utf16>,
}

/// What is known of a conversion from UTF-16.
#[derive(Debug, Clone)]
pub struct Utf16 {
    /// `UTF-16LE` or `UTF-16BE`.
    pub encoding: &'static str,
    malformed: Rc<Cell<u64>>,
}

impl Utf16 {
    /// Code units so far that were not text, and became U+FFFD.
    pub fn malformed(&self) -> u64 {
        self.malformed.get()
    }
}

impl Stream {
    /// UTF-8 that was written before, from its beginning.
    pub fn again(file: File, progress: &Progress) -> io::Result<Stream> {
        Stream::new(file, progress, false)
    }

    fn new(source: impl Read + 'static, progress: &Progress, convert: bool) -> io::Result<Stream> {
        let mut source = progress.count(source);
        let mut start = Vec::with_capacity(4);
        if convert {
            source.by_ref().take(4).read_to_end(&mut start)?;
        }
        let encoding = utf16_of(&start);
        let reader = BufReader::with_capacity(BUFFER, Cursor::new(start).chain(source));
        Ok(match encoding {
            None => Stream {
                reader: Box::new(reader),
                utf16: None,
            },
            Some(encoding) => {
                let malformed = Rc::new(Cell::new(0));
                Stream {
                    utf16: Some(Utf16 {
                        encoding: encoding.name(),
                        malformed: Rc::clone(&malformed),
                    }),
                    reader: Box::new(Converter::new(reader, encoding, malformed)),
                }
            }
        })
    }
}

/// UTF-16 by its byte order mark, or by two ASCII characters at its start.
fn utf16_of(start: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    match start {
        [0xFF, 0xFE, ..] => Some(encoding_rs::UTF_16LE),
        [0xFE, 0xFF, ..] => Some(encoding_rs::UTF_16BE),
        [1..=0x7F, 0, 1..=0x7F, 0] => Some(encoding_rs::UTF_16LE),
        [0, 1..=0x7F, 0, 1..=0x7F] => Some(encoding_rs::UTF_16BE),
        _ => None,
    }
}

/// UTF-16 in, UTF-8 out, without its byte order mark.
struct Converter<R> {
    input: R,
    decoder: encoding_rs::Decoder,
    buffer: Box<[u8]>,
    start: usize,
    end: usize,
    done: bool,
    malformed: Rc<Cell<u64>>,
}

impl<R: BufRead> Converter<R> {
    fn new(
        input: R,
        encoding: &'static encoding_rs::Encoding,
        malformed: Rc<Cell<u64>>,
    ) -> Converter<R> {
        Converter {
            input,
            decoder: encoding.new_decoder_with_bom_removal(),
            buffer: vec![0; BUFFER].into_boxed_slice(),
            start: 0,
            end: 0,
            done: false,
            malformed,
        }
    }
}

impl<R: BufRead> BufRead for Converter<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.start >= self.end && !self.done {
            let input = self.input.fill_buf()?;
            let last = input.is_empty();
            let (result, read, written) = self.decoder.decode_to_utf8_without_replacement(
                input,
                self.buffer.get_mut(..BUFFER - 4).unwrap_or_default(),
                last,
            );
            self.input.consume(read);
            self.start = 0;
            self.end = written;
            match result {
                encoding_rs::DecoderResult::Malformed(..) => {
                    self.malformed.set(self.malformed.get() + 1);
                    let replacement = "\u{FFFD}".as_bytes();
                    if let Some(place) = self.buffer.get_mut(self.end..self.end + replacement.len())
                    {
                        place.copy_from_slice(replacement);
                        self.end += replacement.len();
                    }
                }
                encoding_rs::DecoderResult::InputEmpty if last => self.done = true,
                _ => {}
            }
        }
        Ok(self.buffer.get(self.start..self.end).unwrap_or_default())
    }

    fn consume(&mut self, len: usize) {
        self.start = (self.start + len).min(self.end);
    }
}

impl<R: BufRead> Read for Converter<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let len = self.fill_buf()?.read(out)?;
        self.consume(len);
        Ok(len)
    }
}
