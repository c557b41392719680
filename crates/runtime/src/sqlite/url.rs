//! URLs of SQLite databases: which file, or memory, and whether it may be written or created.

use std::path::{Path, PathBuf};

use crate::error::{Error, ErrorKind, Result};

/// What a URL names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// A database that lives as long as its connection.
    Memory,
    /// A file.
    File {
        /// Absolute, so that every connection means the same file wherever the process moves to.
        path: PathBuf,
        /// What may be done with it.
        mode: Mode,
    },
}

/// What may be done with a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// `ro`: reads.
    ReadOnly,
    /// `rw`: reads and writes; it must exist.
    ReadWrite,
    /// `rwc`: reads and writes; it is created if it does not exist.
    Create,
}

/// Reads `sqlite:path`, `sqlite://path`, `sqlite:///absolute/path` and `sqlite::memory:`, each with `?mode=ro|rw|rwc`.
pub(super) fn parse(url: &str) -> Result<Target> {
    let rest = url.strip_prefix("sqlite:").ok_or_else(|| bad("it does not start with `sqlite:`"))?;
    let rest = rest.strip_prefix("//").unwrap_or(rest);
    let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
    let mut mode = Mode::Create;
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        mode = match pair {
            "mode=ro" => Mode::ReadOnly,
            "mode=rw" => Mode::ReadWrite,
            "mode=rwc" => Mode::Create,
            other => return Err(bad(&format!("`{other}` is not known; there is `mode=ro`, `mode=rw` and `mode=rwc`"))),
        };
    }
    if path == ":memory:" {
        return Ok(Target::Memory);
    }
    Target::file(Path::new(&decoded(path)?), mode)
}

impl Target {
    /// A file, by a path that may be relative to the current directory.
    pub(super) fn file(path: &Path, mode: Mode) -> Result<Target> {
        if path.as_os_str().is_empty() {
            return Err(bad("it names no file; a database in memory is `sqlite::memory:`"));
        }
        let path = std::path::absolute(path).map_err(|e| bad(&format!("its path cannot be made absolute: {e}")))?;
        Ok(Target::File { path, mode })
    }

    /// How errors name it.
    pub(super) fn address(&self) -> String {
        match self {
            Target::Memory => ":memory:".to_owned(),
            Target::File { path, .. } => path.display().to_string(),
        }
    }
}

#[cfg(feature = "migrate")]
impl Target {
    /// The file beside it whose lock keeps migrators apart; it lies beside the file itself, whatever links led there.
    pub(super) fn migration_lock(&self) -> Option<PathBuf> {
        let Target::File { path, .. } = self else { return None };
        let real = path.canonicalize().unwrap_or_else(|_| path.clone());
        let mut name = real.file_name()?.to_owned();
        name.push("-migrate");
        Some(real.with_file_name(name))
    }
}

/// The path with its `%20` and the like decoded.
fn decoded(path: &str) -> Result<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        let byte = if byte == b'%' {
            let digit = |b: Option<u8>| b.and_then(|b| char::from(b).to_digit(16)).and_then(|d| u8::try_from(d).ok());
            match (digit(rest.next()), digit(rest.next())) {
                (Some(high), Some(low)) => high << 4 | low,
                _ => return Err(bad("`%` must be followed by two hexadecimal digits; a `%` itself is `%25`")),
            }
        } else {
            byte
        };
        if byte == 0 {
            return Err(bad("its path contains a NUL"));
        }
        bytes.push(byte);
    }
    String::from_utf8(bytes).map_err(|_| bad("its path is not UTF-8"))
}

fn bad(why: &str) -> Error {
    Error::new(ErrorKind::Url(why.to_owned()))
}
