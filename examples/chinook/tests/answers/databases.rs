//! The databases that the program runs on here, empty, each with a way in that is not ours.

use relvar_test_support as support;

/// The rows of hand-written SQL, as text.
pub(crate) type Raw = Vec<Vec<Option<String>>>;

/// An empty database, gone when this is dropped.
pub(crate) struct Database {
    pub(crate) name: &'static str,
    pub(crate) url: String,
    ask: Box<dyn Fn(&str) -> Raw>,
}

impl Database {
    /// Runs SQL on a connection of a driver of its own.
    pub(crate) fn rows(&self, sql: &str) -> Raw {
        (self.ask)(sql)
    }
}

/// All that are there; of those that are missing, the support says so.
pub(crate) fn databases() -> Vec<Database> {
    [sqlite(), postgres(), mysql("MySQL", support::mysql), mysql("MariaDB", support::mariadb)]
        .into_iter()
        .flatten()
        .collect()
}

fn sqlite() -> Option<Database> {
    let file = support::sqlite_file();
    let url = file.url();
    Some(Database { name: "SQLite", url, ask: Box::new(move |sql| sqlite_rows(file.path(), sql)) })
}

fn postgres() -> Option<Database> {
    let database = support::postgres()?.database();
    let url = database.url().to_owned();
    Some(Database { name: "PostgreSQL", url, ask: Box::new(move |sql| database.rows(sql)) })
}

fn mysql(name: &'static str, server: fn() -> Option<support::MySqlServer>) -> Option<Database> {
    let database = server()?.database();
    let url = database.url().to_owned();
    Some(Database { name, url, ask: Box::new(move |sql| database.rows(sql)) })
}

fn sqlite_rows(file: &std::path::Path, sql: &str) -> Raw {
    use rusqlite::types::Value;
    let connection = rusqlite::Connection::open(file).unwrap();
    let mut statement = connection.prepare(sql).unwrap_or_else(|error| panic!("{sql}: {error}"));
    let columns = statement.column_count();
    let text = |value| match value {
        Value::Null => None,
        Value::Integer(number) => Some(number.to_string()),
        Value::Real(number) => Some(number.to_string()),
        Value::Text(text) => Some(text),
        Value::Blob(bytes) => panic!("{} bytes", bytes.len()),
    };
    let rows = statement.query_map((), |row| (0..columns).map(|i| row.get(i).map(text)).collect());
    rows.unwrap().collect::<Result<_, _>>().unwrap()
}
