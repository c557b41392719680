//! The four databases, as values, and what SQL text is written for: a database of a version.

use serde::{Deserialize, Serialize};

/// A database, at run time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(not(doc), doc(hidden))]
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

/// What SQL text is written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Target {
    /// The database.
    pub engine: Engine,
    /// Its version, major and minor.
    pub version: (u16, u16),
}

impl Target {
    /// A database of the oldest version that is supported.
    pub const fn oldest(engine: Engine) -> Target {
        let version = match engine {
            Engine::Postgres => (15, 0),
            Engine::MySql => (8, 4),
            Engine::MariaDb => (10, 11),
            Engine::Sqlite => (3, 44),
        };
        Target { engine, version }
    }
}
