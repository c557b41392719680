//! SQLite databases in files that go away with their guard.

use std::path::{Path, PathBuf};

use crate::unique;

/// A path for a database in a fresh folder; the folder, and with it the journals, is removed on drop.
#[derive(Debug)]
pub struct TempSqlite {
    folder: PathBuf,
    file: PathBuf,
}

/// A fresh one; the file itself is not there yet.
///
/// # Panics
/// When the system's folder for temporary files cannot be written to.
pub fn sqlite_file() -> TempSqlite {
    let folder = std::env::temp_dir().join(format!("relvar_test_{}", unique::name()));
    std::fs::create_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let file = folder.join("test.db");
    TempSqlite { folder, file }
}

impl TempSqlite {
    /// Where the database file is to be.
    pub fn path(&self) -> &Path {
        &self.file
    }

    /// The same as a URL.
    pub fn url(&self) -> String {
        format!("sqlite://{}", self.file.display())
    }
}

impl Drop for TempSqlite {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_apart_and_go_away() {
        let (one, two) = (sqlite_file(), sqlite_file());
        assert_ne!(one.path(), two.path());
        let folder = one.path().parent().unwrap().to_path_buf();
        std::fs::write(one.path().with_extension("db-wal"), "x").unwrap();
        drop(one);
        assert!(!folder.exists());
        assert!(two.path().parent().unwrap().is_dir());
    }
}
