//! A new file in the place of an old one, at once and with the same permissions.

use std::fs::{self, File, Permissions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::input::Source;
use crate::output::{Failure, printable};

/// What will stand in the place of a source, when all of it is written.
pub struct Replacement<'a> {
    source: &'a Source,
    /// A link stays one: this is the file that it points to.
    path: PathBuf,
    permissions: Permissions,
    out: BufWriter<NamedTempFile>,
}

impl<'a> Replacement<'a> {
    /// Begins an empty one beside the file at `path`, which `source` names.
    pub fn new(source: &'a Source, path: &Path) -> Result<Self, Failure> {
        let failure = |error: io::Error| source.failure(error);
        let path = fs::canonicalize(path).map_err(failure)?;
        let directory = path.parent().unwrap_or(Path::new("."));
        let permissions = fs::metadata(&path).map_err(failure)?.permissions();
        let temporary = NamedTempFile::new_in(directory).map_err(failure)?;
        Ok(Replacement {
            source,
            permissions,
            out: BufWriter::with_capacity(64 * 1024, temporary),
            path,
        })
    }

    /// Where to write.
    pub fn out(&mut self) -> &mut impl Write {
        &mut self.out
    }

    /// Keeps the old file as `FILE.orig`, which must not be there yet.
    pub fn keep_old(&self) -> Result<(), Failure> {
        let mut backup = self.path.clone().into_os_string();
        backup.push(".orig");
        let linked = fs::hard_link(&self.path, &backup);
        let kept = match linked {
            // Some file systems have no links.
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => self.copy_to(&backup),
            other => other,
        };
        kept.map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => self.source.failure(format!(
                "not repaired: {} already exists; move it away, or use --no-backup",
                printable(&backup.to_string_lossy())
            )),
            _ => self.source.failure(error),
        })
    }

    fn copy_to(&self, backup: &std::ffi::OsStr) -> io::Result<()> {
        let mut copy = File::create_new(backup)?;
        io::copy(&mut File::open(&self.path)?, &mut copy)?;
        copy.set_permissions(self.permissions.clone())?;
        copy.sync_all()
    }

    /// Puts it in its place.
    pub fn finish(self) -> Result<(), Failure> {
        let failure = |error: io::Error| self.source.failure(error);
        let temporary = self
            .out
            .into_inner()
            .map_err(|error| failure(error.into_error()))?;
        let file = temporary.as_file();
        file.set_permissions(self.permissions).map_err(failure)?;
        file.sync_all().map_err(failure)?;
        temporary
            .persist(&self.path)
            .map_err(|error| failure(error.error))?;
        Ok(())
    }
}
