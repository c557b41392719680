//! SQLite, through rusqlite.
