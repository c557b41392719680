//! The four databases, as values.

use serde::{Deserialize, Serialize};

/// A database, at run time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Engine {
    /// PostgreSQL, from version 15.
    Postgres,
    /// MySQL, from version 8.4.
    MySql,
    /// MariaDB, from version 10.11.
    MariaDb,
    /// SQLite, from version 3.44.
    Sqlite,
}

impl Engine {
    /// All of them.
    pub const ALL: [Engine; 4] = [Engine::Postgres, Engine::MySql, Engine::MariaDb, Engine::Sqlite];

    /// The name as the project writes it.
    pub const fn name(self) -> &'static str {
        match self {
            Engine::Postgres => "PostgreSQL",
            Engine::MySql => "MySQL",
            Engine::MariaDb => "MariaDB",
            Engine::Sqlite => "SQLite",
        }
    }
}
