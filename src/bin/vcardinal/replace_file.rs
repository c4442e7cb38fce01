//! A new file in the place of an old one, at once, and with what the old one had besides its content:
//! mode, owner, group, and extended attributes. Or where there was none.
//!
//! The new file has no name while it is written, where the system has such files (Linux), so that
//! nothing is left of it whatever ends the program. It gets a name for the moment before it is put in
//! the place of the old one; [`signals`](crate::signals) wait for the end of that.

use std::fs::{self, File, Metadata};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::exit::Failure;
use crate::message::{count, printable, say};
use crate::signals::{self, Held};

/// Old files that are kept of one.
const BACKUPS: u32 = 1000;

/// What will stand in the place of a file, when all of it is written.
pub struct Replacement {
    /// What it is called in messages.
    title: String,
    /// A link stays one: this is the file that it points to.
    path: PathBuf,
    /// What is known of the old file, if there is one.
    old: Option<Metadata>,
    out: BufWriter<New>,
}

/// An error that has to do with a file.
fn failure(title: &str, error: impl std::fmt::Display) -> Failure {
    Failure::Input(format!("{title}: {error}"))
}

impl Replacement {
    /// Begins an empty one beside the file at `path`.
    pub fn new(path: &Path) -> Result<Self, Failure> {
        let title = printable(&path.to_string_lossy());
        let failure = |error: io::Error| failure(&title, error);
        let path = fs::canonicalize(path).map_err(failure)?;
        let old = fs::metadata(&path).map_err(failure)?;
        if !old.is_file() {
            return Err(failure(io::Error::other(
                "not changed: it is not a regular file",
            )));
        }
        Replacement::begin(title, path, Some(old))
    }

    /// Begins a file where there is none yet.
    pub fn create(path: &Path) -> Result<Self, Failure> {
        let title = printable(&path.to_string_lossy());
        Replacement::begin(title, path.to_path_buf(), None)
    }

    fn begin(title: String, path: PathBuf, old: Option<Metadata>) -> Result<Self, Failure> {
        let failure = |error: io::Error| failure(&title, error);
        signals::watch().map_err(failure)?;
        let directory = match path.parent() {
            Some(parent) if parent != Path::new("") => parent,
            _ => Path::new("."),
        };
        let new = New::beside(directory, old.is_some()).map_err(failure)?;
        Ok(Replacement {
            title,
            path,
            old,
            out: BufWriter::with_capacity(64 * 1024, new),
        })
    }

    /// Where to write.
    pub fn out(&mut self) -> &mut impl Write {
        &mut self.out
    }

    /// Keeps the old file as `FILE.orig`; as `FILE.orig.1` or the next, where that is there: the first
    /// one holds what was there before all repairs.
    fn keep_old(&self) -> Result<(), Failure> {
        for number in 0..BACKUPS {
            let mut backup = self.path.clone().into_os_string();
            backup.push(".orig");
            if number > 0 {
                backup.push(format!(".{number}"));
            }
            let kept = match fs::hard_link(&self.path, &backup) {
                // Some file systems have no links.
                Err(error) if error.kind() != io::ErrorKind::AlreadyExists => self.copy_to(&backup),
                other => other,
            };
            match kept {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                other => return other.map_err(|error| failure(&self.title, error)),
            }
        }
        Err(failure(
            &self.title,
            format!(
                "not repaired: {BACKUPS} old files are kept beside it; move them away, or use --no-backup"
            ),
        ))
    }

    fn copy_to(&self, backup: &std::ffi::OsStr) -> io::Result<()> {
        let mut old = File::open(&self.path)?;
        let mut copy = File::create_new(backup)?;
        io::copy(&mut old, &mut copy)?;
        copy.set_permissions(old.metadata()?.permissions())?;
        copy.sync_all()
    }

    /// Puts it in its place; `keeps_old` says whether the old one stays beside it.
    pub fn finish(mut self, keeps_old: bool) -> Result<(), Failure> {
        let title = self.title.clone();
        let failure = |error: io::Error| failure(&title, error);
        self.out.flush().map_err(failure)?;
        let new = self.out.get_ref().file();
        if let Some(old) = &self.old {
            if let Err(error) = keep_owner(new, old) {
                return Err(Failure::Input(format!(
                    "{title}: not changed: its owner and group cannot be kept: {error}"
                )));
            }
            new.set_permissions(old.permissions()).map_err(failure)?;
            keep_attributes(&title, &self.path, new);
        }
        new.sync_all().map_err(failure)?;
        let mut held = Held::new();
        if keeps_old {
            self.keep_old()?;
        }
        let (out, _) = self.out.into_parts();
        out.put(&self.path, &mut held).map_err(failure)?;
        drop(held);
        if let Some(old) = &self.old {
            say_of_links(&title, old);
        }
        Ok(())
    }
}

/// A file that is not in its place yet.
enum New {
    /// It has no name, and so is gone when nobody holds it.
    #[cfg(target_os = "linux")]
    Unnamed(File, PathBuf),
    Named(NamedTempFile),
}

impl New {
    /// An empty one in a directory. What is to have the mode of another is for its owner alone until it
    /// has that; what has no such model may be read by whom the system lets read new files.
    fn beside(directory: &Path, has_model: bool) -> io::Result<New> {
        let mode = if has_model { 0o600 } else { 0o666 };
        #[cfg(target_os = "linux")]
        {
            use rustix::fs::{Mode, OFlags};
            let flags = OFlags::TMPFILE | OFlags::RDWR | OFlags::CLOEXEC;
            // Not all file systems have such files.
            if let Ok(file) = rustix::fs::open(directory, flags, Mode::from_raw_mode(mode)) {
                return Ok(New::Unnamed(File::from(file), directory.to_path_buf()));
            }
        }
        let mut held = Held::new();
        let mut builder = tempfile::Builder::new();
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(mode));
        let named = builder.tempfile_in(directory)?;
        held.set(Some(named.path()));
        Ok(New::Named(named))
    }

    fn file(&self) -> &File {
        match self {
            #[cfg(target_os = "linux")]
            New::Unnamed(file, _) => file,
            New::Named(named) => named.as_file(),
        }
    }

    /// Puts it in the place of another. No signal ends the program meanwhile.
    fn put(self, place: &Path, held: &mut Held) -> io::Result<()> {
        let persisted = match self {
            #[cfg(target_os = "linux")]
            New::Unnamed(file, directory) => named(&file, &directory)?.persist(place),
            New::Named(named) => named.into_temp_path().persist(place),
        };
        held.set(None);
        persisted.map_err(|error| error.error)
    }
}

/// Gives a file without a name one that no other has.
#[cfg(target_os = "linux")]
fn named(file: &File, directory: &Path) -> io::Result<tempfile::TempPath> {
    use rustix::fs::{AtFlags, CWD, linkat};
    use std::os::fd::AsRawFd;
    let unnamed = format!("/proc/self/fd/{}", file.as_raw_fd());
    let link = |path: &Path| {
        linkat(CWD, &unnamed, CWD, path, AtFlags::SYMLINK_FOLLOW).map_err(io::Error::from)
    };
    let named = tempfile::Builder::new().make_in(directory, link)?;
    Ok(named.into_temp_path())
}

impl Write for New {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file().flush()
    }
}

/// Gives a new file the owner and the group of the old one.
#[cfg(unix)]
fn keep_owner(new: &File, old: &Metadata) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, fchown};
    let own = new.metadata()?;
    match (own.uid(), own.gid()) == (old.uid(), old.gid()) {
        true => Ok(()),
        false => fchown(new, Some(old.uid()), Some(old.gid())),
    }
}

#[cfg(not(unix))]
fn keep_owner(_: &File, _: &Metadata) -> io::Result<()> {
    Ok(())
}

/// Gives a new file the extended attributes of the old one, and says which it cannot have.
#[cfg(unix)]
fn keep_attributes(title: &str, old: &Path, new: &File) {
    use xattr::FileExt;
    // Where a file system has none, there are none to keep.
    let Ok(names) = xattr::list(old) else { return };
    for name in names {
        let kept = match xattr::get(old, &name) {
            Ok(Some(value)) if new.get_xattr(&name).ok().flatten().as_ref() != Some(&value) => {
                new.set_xattr(&name, &value)
            }
            Ok(_) => Ok(()),
            Err(error) => Err(error),
        };
        if let Err(error) = kept {
            say(&format!(
                "note: {title}: the extended attribute {} is not kept: {error}",
                name.to_string_lossy()
            ));
        }
    }
}

#[cfg(not(unix))]
fn keep_attributes(_: &str, _: &Path, _: &File) {}

/// Says that other names of the old file go on naming it.
#[cfg(unix)]
fn say_of_links(title: &str, old: &Metadata) {
    use std::os::unix::fs::MetadataExt;
    let others = old.nlink().saturating_sub(1);
    if others > 0 {
        say(&format!(
            "note: {title}: the old file has {}, which keep the old content",
            count(
                others,
                "other name (a hard link)",
                "other names (hard links)"
            )
        ));
    }
}

#[cfg(not(unix))]
fn say_of_links(_: &str, _: &Metadata) {
    let _ = count;
    let _ = say;
}
