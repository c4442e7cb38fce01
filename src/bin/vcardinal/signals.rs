//! Signals that end the program, and the file that must not be left behind by them.
//!
//! What replaces a file has a name of its own for a moment, and there where files cannot do without one,
//! while it is written. A thread waits for signals, takes the file away, and then lets the signal do
//! what it does.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The file that is not in its place yet.
static TEMPORARY: Mutex<Option<PathBuf>> = Mutex::new(None);

/// Nothing is ended by a signal while this is held.
pub struct Held(MutexGuard<'static, Option<PathBuf>>);

impl Held {
    pub fn new() -> Self {
        Held(TEMPORARY.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Says which file is to be removed when a signal comes from now on.
    pub fn set(&mut self, path: Option<&Path>) {
        *self.0 = path.map(Path::to_path_buf);
    }
}

/// Waits for signals from now on.
#[cfg(unix)]
pub fn watch() -> std::io::Result<()> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM};
    use signal_hook::iterator::Signals;
    use signal_hook::low_level::emulate_default_handler;
    use std::sync::OnceLock;

    static WATCHING: OnceLock<()> = OnceLock::new();
    if WATCHING.set(()).is_err() {
        return Ok(());
    }
    let ignored = ignored();
    let ending = [SIGHUP, SIGINT, SIGQUIT, SIGTERM].into_iter();
    let ending = ending.filter(|signal| ignored & 1 << (signal - 1) == 0);
    let mut signals = Signals::new(ending)?;
    std::thread::Builder::new().spawn(move || {
        for signal in signals.forever() {
            let held = Held::new();
            if let Some(path) = held.0.as_deref() {
                let _ = std::fs::remove_file(path);
            }
            // With the lock held: nothing is put in the place of a file after that.
            let _ = emulate_default_handler(signal);
        }
    })?;
    Ok(())
}

/// The signals that whoever started the program wants ignored, as `nohup` does: a bit for each. None
/// where the system does not tell.
#[cfg(unix)]
fn ignored() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok())
        .unwrap_or_default()
}

#[cfg(not(unix))]
pub fn watch() -> std::io::Result<()> {
    Ok(())
}
