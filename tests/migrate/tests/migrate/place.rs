//! Databases and folders of a test's own.

use relvar::migrate::{MigrationProblem, Migrator};
use relvar::{Any, AnyDb, Error};
use relvar_test_support::{TempMySql, TempPostgres, TempSqlite, mariadb, mysql, postgres, sqlite_file};
use std::path::{Path, PathBuf};

/// A database of a test's own.
pub(crate) enum Place {
    Sqlite(TempSqlite),
    Postgres(TempPostgres),
    MySql(TempMySql),
    MariaDb(TempMySql),
}

/// One of each kind that there is; those that are missing are said on the error stream.
pub(crate) fn places() -> Vec<Place> {
    let mut places = vec![Place::Sqlite(sqlite_file())];
    places.extend(postgres().map(|server| Place::Postgres(server.database())));
    places.extend(mysql().map(|server| Place::MySql(server.database())));
    places.extend(mariadb().map(|server| Place::MariaDb(server.database())));
    places
}

impl Place {
    pub(crate) fn url(&self) -> String {
        match self {
            Place::Sqlite(database) => database.url(),
            Place::Postgres(database) => database.url().to_owned(),
            Place::MySql(database) | Place::MariaDb(database) => database.url().to_owned(),
        }
    }

    pub(crate) fn name(&self) -> &'static str {
        match self {
            Place::Sqlite(_) => "SQLite",
            Place::Postgres(_) => "PostgreSQL",
            Place::MySql(_) => "MySQL",
            Place::MariaDb(_) => "MariaDB",
        }
    }

    /// Whether changes of the schema are rolled back with their transaction.
    pub(crate) fn rolls_back(&self) -> bool {
        matches!(self, Place::Sqlite(_) | Place::Postgres(_))
    }

    pub(crate) async fn connect(&self) -> AnyDb {
        AnyDb::connect(&self.url()).await.unwrap()
    }

    /// Runs SQL beside the test.
    pub(crate) fn execute(&self, sql: &str) {
        match self {
            Place::Sqlite(database) => open(database.path()).execute_batch(sql).unwrap(),
            Place::Postgres(database) => database.execute(sql),
            Place::MySql(database) | Place::MariaDb(database) => database.execute(sql),
        }
    }

    /// The one number that a query gives.
    pub(crate) fn number(&self, sql: &str) -> i64 {
        let text = match self {
            Place::Sqlite(database) => {
                return open(database.path()).query_row(sql, (), |row| row.get(0)).unwrap();
            }
            Place::Postgres(database) => database.scalar(sql),
            Place::MySql(database) | Place::MariaDb(database) => database.scalar(sql),
        };
        text.unwrap().parse().unwrap()
    }

    /// Whether a table is there.
    pub(crate) fn has(&self, table: &str) -> bool {
        let schema = match self {
            Place::Sqlite(_) => {
                return self.number(&format!("SELECT count(*) FROM sqlite_schema WHERE name = '{table}'")) == 1;
            }
            Place::Postgres(_) => "current_schema()",
            Place::MySql(_) | Place::MariaDb(_) => "DATABASE()",
        };
        self.number(&format!(
            "SELECT count(*) FROM information_schema.tables WHERE table_name = '{table}' AND table_schema = {schema}"
        )) == 1
    }

    /// How many rows of the history have this state.
    pub(crate) fn in_state(&self, state: &str) -> i64 {
        self.number(&format!("SELECT count(*) FROM _relvar_migrations WHERE state = '{state}'"))
    }
}

fn open(path: &Path) -> rusqlite::Connection {
    let connection = rusqlite::Connection::open(path).unwrap();
    connection.busy_timeout(std::time::Duration::from_secs(60)).unwrap();
    connection
}

/// A folder of a test's own, removed with its guard.
pub(crate) struct Folder {
    _home: TempSqlite,
    path: PathBuf,
}

impl Folder {
    /// With these files.
    pub(crate) fn with(files: &[(&str, &str)]) -> Folder {
        let home = sqlite_file();
        let path = home.path().with_file_name("migrations");
        std::fs::create_dir(&path).unwrap();
        let folder = Folder { _home: home, path };
        for (name, text) in files {
            folder.write(name, text);
        }
        folder
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path.join(name), text).unwrap();
    }

    pub(crate) fn remove(&self, name: &str) {
        std::fs::remove_file(self.path.join(name)).unwrap();
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn migrator(&self) -> Migrator<Any> {
        Migrator::from_folder(&self.path).unwrap()
    }
}

/// The file that an error is about, and what is wrong with it.
#[track_caller]
pub(crate) fn problem<T: std::fmt::Debug>(result: Result<T, Error>) -> (String, MigrationProblem) {
    let error = result.unwrap_err();
    let said = error.migration().unwrap_or_else(|| panic!("not about a migration: {error}")).clone();
    (said.migration, said.problem)
}
