//! The lock that lets one migrator at a time at a database; it goes with its holder, however that ends.

use relvar_query::dialect::SessionLock;
use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use tokio::runtime::Handle;

use super::history::number;
use crate::error::{Error, MigrationProblem, Result};
use crate::held::Held;

/// How long a try waits for the next: longer and longer.
const FIRST_PAUSE: Duration = Duration::from_millis(5);
const LONGEST_PAUSE: Duration = Duration::from_millis(200);

/// The lock, held. A session's ends with the connection at the latest, a file's when it is dropped.
pub(super) enum Lock {
    /// Of the session, so that it is lost only together with the connection that the steps run on.
    Session(&'static SessionLock),
    /// Of a file beside the database's.
    File {
        /// Kept open: that is the lock.
        _file: File,
        path: PathBuf,
    },
    /// Of a database that nobody else can see.
    Alone,
}

/// Takes the lock, trying again and again: a session that *waits* for a lock has a snapshot, which CREATE INDEX
/// CONCURRENTLY of the holder would wait for in turn.
///
/// # Errors
/// `Locked` when it was not free within `patience`; what the database or the file system said.
pub(super) async fn acquire(held: &mut dyn Held, patience: Duration) -> Result<Lock> {
    let start = Instant::now();
    let mut pause = FIRST_PAUSE;
    loop {
        if let Some(lock) = try_lock(held).await? {
            return Ok(lock);
        }
        let waited = start.elapsed();
        if waited >= patience {
            return Err(Error::in_migration("", MigrationProblem::Locked { waited }));
        }
        sleep(pause.min(patience - waited)).await;
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}

impl Lock {
    /// Frees it. What goes wrong then does not matter: the connection is closed in any case.
    pub(super) async fn release(self, held: &mut dyn Held) {
        match self {
            Lock::Session(lock) => {
                let _ = number(held, lock.unlock).await;
            }
            // removed before it is freed: whoever waits for it looks whether it is still there
            Lock::File { path, .. } => {
                let _ = std::fs::remove_file(path);
            }
            Lock::Alone => {}
        }
    }
}

async fn try_lock(held: &mut dyn Held) -> Result<Option<Lock>> {
    if let Some(lock) = &held.target().engine.script().lock {
        return Ok((number(held, lock.try_lock).await? == Some(1)).then_some(Lock::Session(lock)));
    }
    let Some(path) = held.lock_file() else { return Ok(Some(Lock::Alone)) };
    let refuse = |error: std::io::Error| {
        Error::in_migration(path.display().to_string(), MigrationProblem::Unreadable(error.to_string()))
    };
    let file = OpenOptions::new().create(true).truncate(false).write(true).open(&path).map_err(refuse)?;
    match file.try_lock() {
        Ok(()) if is_still(&file, &path) => Ok(Some(Lock::File { _file: file, path })),
        Ok(()) | Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(refuse(error)),
    }
}

/// Whether the file that was locked is the one that others will find under its name.
#[cfg(unix)]
fn is_still(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;

    let identity = |metadata: std::fs::Metadata| (metadata.dev(), metadata.ino());
    let (locked, named) = (file.metadata().map(identity), std::fs::metadata(path).map(identity));
    matches!((locked, named), (Ok(locked), Ok(named)) if locked == named)
}

/// A file that is open is not removed here.
#[cfg(not(unix))]
fn is_still(_file: &File, _path: &Path) -> bool {
    true
}

async fn sleep(pause: Duration) {
    match Handle::try_current() {
        Ok(_) => tokio::time::sleep(pause).await,
        Err(_) => std::thread::sleep(pause),
    }
}
