//! Everything that is logged while the tests run, down to the finest level and from every crate.

use std::io::{self, Write};
use std::sync::{Mutex, Once};
use tracing::Level;

static LOGGED: Mutex<Vec<u8>> = Mutex::new(Vec::new());

struct Captured;

impl Write for Captured {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        LOGGED.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Begins to keep what is logged, once.
pub(crate) fn capture() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        tracing_subscriber::fmt().with_max_level(Level::TRACE).with_ansi(false).with_writer(|| Captured).init();
    });
}

/// The lines so far.
pub(crate) fn lines() -> Vec<String> {
    String::from_utf8_lossy(&LOGGED.lock().unwrap()).lines().map(str::to_owned).collect()
}
