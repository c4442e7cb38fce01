//! Writes corpora and hostile shapes to files.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

use vcardinal_corpus::{Corpus, Kind, Shape, Size, Unit};

const USAGE: &str = "\
usage: vcardinal-corpus OUTDIR [NAME...]

Without a name, every kind of address book in the sizes small and medium is written.
A NAME is one of
  a kind           plain folded photo30 photo40 apple30: small, medium and large
  KIND-SIZE        one size, as in plain-medium
  a shape          longline foldline escline emptyfold colons colonline semis commas paramsemi
                   quote noend begins crs blank nocolon b64line qp21 agent21: 100 kB, 1 and 10 MB;
                   props xprops params types typelist: 1,000, 10,000 and 100,000 items;
                   agent30: 1, 4, 8 and 12 levels
  SHAPE-NUMBER     one size, as in semis-5000000
  shapes           every shape";

fn main() -> ExitCode {
    let mut arguments = env::args().skip(1);
    let Some(folder) = arguments.next().filter(|first| !first.starts_with('-')) else {
        println!("{USAGE}");
        return ExitCode::from(2);
    };
    let folder = PathBuf::from(folder);
    let mut names: Vec<String> = arguments.collect();
    if names.is_empty() {
        for kind in Kind::ALL {
            for size in [Size::Small, Size::Medium] {
                names.push(format!("{}-{}", kind.name(), size.name()));
            }
        }
    }
    if let Err(error) = fs::create_dir_all(&folder) {
        eprintln!("{}: {error}", folder.display());
        return ExitCode::from(2);
    }
    for name in &names {
        match write(&folder, name) {
            Ok(true) => {}
            Ok(false) => {
                eprintln!("unknown name {name:?}\n\n{USAGE}");
                return ExitCode::from(2);
            }
            Err(error) => {
                eprintln!("{error}");
                return ExitCode::from(2);
            }
        }
    }
    ExitCode::SUCCESS
}

fn write(folder: &Path, name: &str) -> io::Result<bool> {
    let (head, tail) = name.split_once('-').unwrap_or((name, ""));
    if name == "shapes" {
        for shape in Shape::ALL {
            write_shape(folder, shape, None)?;
        }
    } else if let Ok(kind) = head.parse::<Kind>() {
        let sizes = if tail.is_empty() {
            Size::ALL.to_vec()
        } else if let Ok(size) = tail.parse::<Size>() {
            vec![size]
        } else {
            return Ok(false);
        };
        for size in sizes {
            let corpus = Corpus::generate(kind, size.until(kind));
            let path = folder.join(format!("{}-{}.vcf", kind.name(), size.name()));
            fs::write(&path, &corpus.bytes)?;
            writeln!(
                io::stdout(),
                "{}: {} bytes, {} cards, {} lines, {} properties",
                path.display(),
                corpus.bytes.len(),
                corpus.cards.len(),
                corpus.physical_lines(),
                corpus.properties()
            )?;
        }
    } else if let Ok(shape) = head.parse::<Shape>() {
        match (tail, tail.parse::<usize>()) {
            ("", _) => write_shape(folder, shape, None)?,
            (_, Ok(n)) => write_shape(folder, shape, Some(n))?,
            _ => return Ok(false),
        }
    } else {
        return Ok(false);
    }
    Ok(true)
}

fn write_shape(folder: &Path, shape: Shape, n: Option<usize>) -> io::Result<()> {
    let sizes: &[usize] = match (&n, shape.unit()) {
        (Some(n), _) => std::slice::from_ref(n),
        (None, Unit::Bytes) => &[100_000, 1_000_000, 10_000_000],
        (None, Unit::Items) => &[1_000, 10_000, 100_000],
        (None, Unit::Levels) => &[1, 4, 8, 12],
    };
    for &n in sizes {
        let path = folder.join(format!("{}-{n}.vcf", shape.name()));
        let bytes = shape.bytes(n);
        fs::write(&path, &bytes)?;
        writeln!(io::stdout(), "{}: {} bytes", path.display(), bytes.len())?;
    }
    Ok(())
}
