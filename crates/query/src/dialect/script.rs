//! Scripts of each dialect as data: what their text is made of, and what the database does while one migrates it.

use super::Engine;

/// What scripts are made of on a database, and how it behaves while its schema is migrated by them.
#[derive(Debug)]
pub struct Script {
    /// What stands before `.sql` in the names of files for this database; the first that is there is taken.
    pub suffixes: &'static [&'static str],
    /// Where text is quoted and how it ends.
    pub quotes: Quotes,
    /// Where comments are.
    pub comments: ScriptComments,
    /// Words that a statement with statements inside may have: where one of them is, `;` may not be the end.
    pub compound: &'static [&'static str],
    /// Whether a change of the schema is undone with its transaction, rather than committing what was before it.
    pub schema_changes_roll_back: bool,
    /// The query for the schema in which tables without one are created.
    pub home: &'static str,
    /// The lock that keeps migrators apart, where the server has locks of the session's.
    pub lock: Option<SessionLock>,
}

/// How text and names are quoted in scripts, beside `'…'` and `"…"`, where a doubled quote stands for one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quotes {
    /// Whether `` `…` `` quotes a name.
    pub backticks: bool,
    /// Whether `[…]` quotes a name.
    pub brackets: bool,
    /// Whether a backslash takes the character behind it out of the count of quotes.
    pub backslash: Backslash,
    /// Whether `$tag$…$tag$` quotes text.
    pub dollars: bool,
}

/// In which quotes a backslash takes the character behind it along.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Backslash {
    /// It is a character as any other.
    Nowhere,
    /// In `E'…'`.
    Escaped,
    /// In `'…'` and `"…"`.
    Everywhere,
}

/// Where comments are in scripts, beside `-- …` and `/* … */`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScriptComments {
    /// Whether `# …` is one.
    pub hash: bool,
    /// Whether `--` is one only before white space.
    pub dashes_need_space: bool,
    /// Whether `/* … */` can stand within another.
    pub nested: bool,
    /// Whether what stands within `/*! … */` is run.
    pub executable: bool,
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
    /// What scripts are made of.
    pub const fn script(self) -> &'static Script {
        match self {
            Engine::Postgres => &POSTGRES,
            Engine::MySql => &MYSQL,
            Engine::MariaDb => &MARIADB,
            Engine::Sqlite => &SQLITE,
        }
    }
}

/// <https://www.postgresql.org/docs/current/sql-syntax-lexical.html>. The lock's number says `relvarmi` in ASCII; it
/// is the database's own, so other databases of the server do not wait.
static POSTGRES: Script = Script {
    suffixes: &["postgres"],
    quotes: Quotes { backticks: false, brackets: false, backslash: Backslash::Escaped, dollars: true },
    comments: ScriptComments { hash: false, dashes_need_space: false, nested: true, executable: false },
    compound: &["ATOMIC"],
    schema_changes_roll_back: true,
    home: "SELECT current_schema()::text",
    lock: Some(SessionLock {
        try_lock: "SELECT CASE WHEN pg_try_advisory_lock(8243113948668390761) THEN 1::bigint ELSE 0::bigint END",
        unlock: "SELECT CASE WHEN pg_advisory_unlock(8243113948668390761) THEN 1::bigint ELSE 0::bigint END",
    }),
};

/// <https://dev.mysql.com/doc/refman/8.4/en/comments.html>, <https://dev.mysql.com/doc/refman/8.4/en/string-literals.html>,
/// <https://mariadb.com/kb/en/comment-syntax/>. Names of locks are the whole server's and have at most 64 characters;
/// a session that changes its database meanwhile frees what it holds all the same.
const MYSQL_FAMILY: Script = Script {
    suffixes: &["mysql"],
    quotes: Quotes { backticks: true, brackets: false, backslash: Backslash::Everywhere, dollars: false },
    comments: ScriptComments { hash: true, dashes_need_space: true, nested: false, executable: true },
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

/// <https://www.sqlite.org/lang_keywords.html>, <https://www.sqlite.org/lang_comment.html>. It has no locks but
/// those of files.
static SQLITE: Script = Script {
    suffixes: &["sqlite"],
    quotes: Quotes { backticks: true, brackets: true, backslash: Backslash::Nowhere, dollars: false },
    comments: ScriptComments { hash: false, dashes_need_space: false, nested: false, executable: false },
    compound: &["TRIGGER"],
    schema_changes_roll_back: true,
    home: "SELECT 'main'",
    lock: None,
};
