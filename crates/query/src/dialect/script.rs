//! Scripts of each dialect as data: their names, and what the database does while one migrates it.

use super::Engine;

/// What scripts are called on a database, and how it behaves while its schema is migrated by them.
#[derive(Debug)]
pub struct Script {
    /// What stands before `.sql` in the names of files for this database; the first that is there is taken.
    pub suffixes: &'static [&'static str],
    /// Words that a statement with statements inside may have: where one of them is, `;` may not be the end.
    pub compound: &'static [&'static str],
    /// Whether a change of the schema is undone with its transaction, rather than committing what was before it.
    pub schema_changes_roll_back: bool,
    /// The query for the schema in which tables without one are created.
    pub home: &'static str,
    /// The lock that keeps migrators apart, where the server has locks of the session's.
    pub lock: Option<SessionLock>,
}

/// A lock that ends with the session that holds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionLock {
    /// The query that takes it if it is free, and says so by 1.
    pub try_lock: &'static str,
    /// The query that frees it.
    pub unlock: &'static str,
}

impl Engine {
    /// How it is migrated by scripts.
    pub const fn script(self) -> &'static Script {
        match self {
            Engine::Postgres => &POSTGRES,
            Engine::MySql => &MYSQL,
            Engine::MariaDb => &MARIADB,
            Engine::Sqlite => &SQLITE,
        }
    }
}

/// The lock's number says `relvarmi` in ASCII; it
/// is the database's own, so other databases of the server do not wait.
static POSTGRES: Script = Script {
    suffixes: &["postgres"],
    compound: &["ATOMIC"],
    schema_changes_roll_back: true,
    home: "SELECT current_schema()::text",
    lock: Some(SessionLock {
        try_lock: "SELECT CASE WHEN pg_try_advisory_lock(8243113948668390761) THEN 1::bigint ELSE 0::bigint END",
        unlock: "SELECT CASE WHEN pg_advisory_unlock(8243113948668390761) THEN 1::bigint ELSE 0::bigint END",
    }),
};

/// Names of locks are the whole server's and have at most 64 characters; a session that changes its database meanwhile
/// frees what it holds all the same.
const MYSQL_FAMILY: Script = Script {
    suffixes: &["mysql"],
    compound: &["TRIGGER", "PROCEDURE", "FUNCTION", "EVENT", "PACKAGE", "LIBRARY", "BEGIN"],
    schema_changes_roll_back: false,
    home: "SELECT DATABASE()",
    lock: Some(SessionLock {
        try_lock: "SELECT CAST(GET_LOCK(CONCAT('relvar_migrate_', LEFT(SHA2(DATABASE(), 256), 40)), 0) AS SIGNED)",
        unlock: "SELECT CAST(RELEASE_ALL_LOCKS() AS SIGNED)",
    }),
};

static MYSQL: Script = MYSQL_FAMILY;

static MARIADB: Script = Script { suffixes: &["mariadb", "mysql"], ..MYSQL_FAMILY };

/// It has no locks but those of files.
static SQLITE: Script = Script {
    suffixes: &["sqlite"],
    compound: &["TRIGGER"],
    schema_changes_roll_back: true,
    home: "SELECT 'main'",
    lock: None,
};
