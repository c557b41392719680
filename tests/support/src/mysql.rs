//! Throw-away databases on a MySQL or a MariaDB server, which differ in name and version alone here.

use std::sync::OnceLock;
use std::time::Duration;

use sqlx::mysql::{MySqlConnectOptions, MySqlSslMode};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, MySqlConnection, Row};
use url::Url;

use crate::{FaultProxy, blocking, missing, temporary};

/// A server that lets us create databases.
#[derive(Clone, Debug)]
pub struct MySqlServer {
    url: Url,
    version: u32,
}

/// A database of one test; it is dropped with its guard, whoever is still connected.
#[derive(Debug)]
pub struct TempMySql {
    server: MySqlServer,
    name: String,
    url: Url,
}

/// One of the two, as the tests ask for it.
struct Kind {
    name: &'static str,
    scheme: &'static str,
    variable: &'static str,
    /// Where it is looked for without the variable.
    default: Option<&'static str>,
}

/// The number and the database of every session. What MySQL shows as its list of processes cannot be read while a
/// statement has bytes in it that are no `utf8mb3`; what this reads instead is mostly switched off on MariaDB.
fn sessions(url: &Url) -> &'static str {
    if url.scheme() == MARIADB.scheme {
        "SELECT id, db FROM information_schema.processlist"
    } else {
        "SELECT processlist_id, processlist_db FROM performance_schema.threads WHERE processlist_id IS NOT NULL"
    }
}

const MYSQL: Kind = Kind { name: "MySQL", scheme: "mysql", variable: "RELVAR_TEST_MYSQL", default: None };
const MARIADB: Kind = Kind {
    name: "MariaDB",
    scheme: "mariadb",
    variable: "RELVAR_TEST_MARIADB",
    default: Some("mariadb://root@127.0.0.1:3306/"),
};

/// The MySQL server that `RELVAR_TEST_MYSQL` names; none, and one warning, if it is not set.
///
/// # Panics
/// When the variable names one that does not answer or is none, and, with `CI` set, when it is not set.
pub fn mysql() -> Option<MySqlServer> {
    static SERVER: OnceLock<Option<MySqlServer>> = OnceLock::new();
    SERVER.get_or_init(|| MYSQL.find()).clone()
}

/// The MariaDB server that `RELVAR_TEST_MARIADB` names, or the one on the loopback; none, and one warning, if there is none.
///
/// # Panics
/// When the variable names one that does not answer or is none, and, with `CI` set, when there is none.
pub fn mariadb() -> Option<MySqlServer> {
    static SERVER: OnceLock<Option<MySqlServer>> = OnceLock::new();
    SERVER.get_or_init(|| MARIADB.find()).clone()
}

impl Kind {
    fn find(&self) -> Option<MySqlServer> {
        let Self { name, variable, .. } = self;
        if let Ok(url) = std::env::var(variable) {
            let server = MySqlServer::connect(self, &url);
            return Some(server.unwrap_or_else(|reason| panic!("{variable} does not lead to a server: {reason}")));
        }
        let reason = match self.default.map(|url| (url, MySqlServer::connect(self, url))) {
            Some((_, Ok(server))) => return Some(server),
            Some((url, Err(reason))) => format!("{variable} is not set, and {url}: {reason}"),
            None => format!("{variable} is not set; `cargo xtask services` prints it"),
        };
        missing::skip(name, &reason);
        None
    }

    /// The server's version as a number, if it is a server of this kind.
    fn version(&self, text: &str) -> Result<u32, String> {
        if text.to_ascii_lowercase().contains("mariadb") != (self.scheme == MARIADB.scheme) {
            return Err(format!("version {text} is not {}", self.name));
        }
        let mut numbers = text.split(|letter: char| !letter.is_ascii_digit()).map(|number| number.parse().unwrap_or(0));
        let mut next = || numbers.next().unwrap_or(0);
        let (major, minor, patch): (u32, u32, u32) = (next(), next(), next());
        Ok(major * 10_000 + minor * 100 + patch)
    }
}

impl MySqlServer {
    fn connect(kind: &Kind, url: &str) -> Result<Self, String> {
        let mut url = Url::parse(url).map_err(|error| error.to_string())?;
        // Both names lead to either server, but the tests go by the scheme.
        url.set_scheme(kind.scheme).map_err(|()| format!("its scheme is not {}", kind.scheme))?;
        let version = blocking::wait(async {
            let mut connection = connect(&url).await?;
            let version = text_of(&mut connection, "SELECT version()").await?.unwrap_or_default();
            remove_orphans(&mut connection).await?;
            Ok(version)
        });
        let version = version.map_err(|error: sqlx::Error| error.to_string())?;
        Ok(Self { version: kind.version(&version)?, url })
    }

    /// The URL of the server, without a database.
    pub fn url(&self) -> &str {
        self.url.as_str()
    }

    /// The version as a number: 101119 is 10.11.19.
    pub fn version(&self) -> u32 {
        self.version
    }

    /// A fresh, empty database in UTF-8.
    ///
    /// # Panics
    /// When the server refuses to create it.
    pub fn database(&self) -> TempMySql {
        let name = temporary::name();
        self.execute(&format!("CREATE DATABASE {name} CHARACTER SET utf8mb4"));
        let mut url = self.url.clone();
        url.set_path(&name);
        TempMySql { server: self.clone(), name, url }
    }

    /// Runs SQL beside the test, on a connection of its own: to kill a session, to look at a lock.
    ///
    /// # Panics
    /// When the server refuses the SQL.
    pub fn execute(&self, sql: &str) {
        execute(&self.url, sql);
    }

    /// The first column of the first row, as text, on a connection of its own.
    ///
    /// # Panics
    /// When the server refuses the SQL, or there is no row, or it is not text.
    pub fn scalar(&self, sql: &str) -> Option<String> {
        scalar(&self.url, sql)
    }
}

impl TempMySql {
    /// The URL of the database.
    pub fn url(&self) -> &str {
        self.url.as_str()
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The server it is on.
    pub fn server(&self) -> &MySqlServer {
        &self.server
    }

    /// Runs SQL in this database on a connection of its own, several statements if need be.
    ///
    /// # Panics
    /// When the server refuses the SQL.
    pub fn execute(&self, sql: &str) {
        execute(&self.url, sql);
    }

    /// The first column of the first row, as text, seen by a connection of its own.
    ///
    /// # Panics
    /// When the server refuses the SQL, or there is no row, or it is not text.
    pub fn scalar(&self, sql: &str) -> Option<String> {
        scalar(&self.url, sql)
    }

    /// All rows, every column as text, seen by a connection of its own.
    ///
    /// # Panics
    /// When the server refuses the SQL, or a value is not text.
    pub fn rows(&self, sql: &str) -> Vec<Vec<Option<String>>> {
        rows(&self.url, sql)
    }

    /// A line to this database that can be cut and stalled.
    ///
    /// # Panics
    /// When there is no port to listen on.
    pub fn proxy(&self) -> FaultProxy {
        FaultProxy::to(&self.url)
    }
}

impl Drop for TempMySql {
    fn drop(&mut self) {
        let dropped = blocking::wait(async {
            let mut connection = connect(&self.server.url).await?;
            end_sessions(&mut connection, sessions(&self.server.url), &self.name).await?;
            drop_database(&mut connection, &self.name).await
        });
        if let Err(error) = dropped {
            // Not a panic: the test may be unwinding, and the server may have been the victim.
            missing::warn(&format!("the database {} stays behind: {error}", self.name));
        }
    }
}

async fn connect(url: &Url) -> Result<MySqlConnection, sqlx::Error> {
    let patience = Duration::from_secs(10);
    // what nobody can listen to need not be encrypted, and a handshake takes longer than most tests
    let options = MySqlConnectOptions::from_url(url)?.ssl_mode(MySqlSslMode::Disabled);
    let connecting = tokio::time::timeout(patience, options.connect()).await;
    connecting.unwrap_or_else(|_| Err(sqlx::Error::Io(std::io::ErrorKind::TimedOut.into())))
}

fn execute(url: &Url, sql: &str) {
    let done: Result<(), sqlx::Error> = blocking::wait(async {
        let mut connection = connect(url).await?;
        sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut connection).await?;
        connection.close().await
    });
    done.unwrap_or_else(|error| panic!("{sql}: {error}"));
}

fn scalar(url: &Url, sql: &str) -> Option<String> {
    let answer = blocking::wait(async { text_of(&mut connect(url).await?, sql).await });
    answer.unwrap_or_else(|error| panic!("{sql}: {error}"))
}

fn rows(url: &Url, sql: &str) -> Vec<Vec<Option<String>>> {
    let answer: Result<_, sqlx::Error> = blocking::wait(async {
        let rows = sqlx::raw_sql(AssertSqlSafe(sql)).fetch_all(&mut connect(url).await?).await?;
        rows.iter().map(|row| (0..row.len()).map(|column| row.try_get_unchecked(column)).collect()).collect()
    });
    answer.unwrap_or_else(|error| panic!("{sql}: {error}"))
}

/// Without preparing: then the server sends every value as text, whatever its type.
async fn text_of(connection: &mut MySqlConnection, sql: &str) -> Result<Option<String>, sqlx::Error> {
    sqlx::raw_sql(AssertSqlSafe(sql)).fetch_one(connection).await?.try_get_unchecked(0)
}

/// What they hold would keep the database from being dropped.
async fn end_sessions(
    connection: &mut MySqlConnection,
    sessions: &'static str,
    database: &str,
) -> Result<(), sqlx::Error> {
    for row in sqlx::raw_sql(sessions).fetch_all(&mut *connection).await? {
        let number: String = row.try_get_unchecked(0)?;
        let connected: Option<String> = row.try_get_unchecked(1)?;
        if connected.as_deref() == Some(database) {
            // It may have ended by itself in the meantime.
            let _ = sqlx::raw_sql(AssertSqlSafe(format!("KILL {number}"))).execute(&mut *connection).await;
        }
    }
    Ok(())
}

/// The server would wait a year for a lock somebody holds.
async fn drop_database(connection: &mut MySqlConnection, name: &str) -> Result<(), sqlx::Error> {
    let sql = format!("SET SESSION lock_wait_timeout = 10; DROP DATABASE IF EXISTS {name}");
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(connection).await.map(drop)
}

async fn remove_orphans(connection: &mut MySqlConnection) -> Result<(), sqlx::Error> {
    for row in sqlx::raw_sql("SHOW DATABASES").fetch_all(&mut *connection).await? {
        let name: String = row.try_get_unchecked(0)?;
        if temporary::is_orphaned(&name) {
            // Somebody else may be removing it too, and somebody may be looking at it.
            let _ = drop_database(connection, &name).await;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Direction;

    fn servers() -> impl Iterator<Item = (&'static Kind, MySqlServer)> {
        [(&MYSQL, mysql()), (&MARIADB, mariadb())].into_iter().filter_map(|(kind, server)| Some((kind, server?)))
    }

    fn exists(server: &MySqlServer, name: &str) -> bool {
        server
            .scalar(&format!("SELECT count(*) FROM information_schema.schemata WHERE schema_name = '{name}'"))
            .as_deref()
            == Some("1")
    }

    #[test]
    fn a_database_lives_as_long_as_its_guard() {
        for (kind, server) in servers() {
            let database = server.database();
            assert!(database.url().starts_with(&format!("{}://", kind.scheme)), "{}", database.url());
            database.execute("CREATE TABLE t (x int); INSERT INTO t VALUES (7), (NULL)");
            assert_eq!(database.scalar("SELECT x FROM t WHERE x IS NOT NULL").as_deref(), Some("7"));
            assert_eq!(database.scalar("SELECT x FROM t WHERE x IS NULL"), None);
            let rows = database.rows("SELECT x, 'a' FROM t ORDER BY x IS NULL");
            assert_eq!(rows, [[Some("7".to_owned()), Some("a".to_owned())], [None, Some("a".to_owned())]]);
            assert_eq!(database.scalar("SELECT database()").as_deref(), Some(database.name()));
            assert_eq!(database.scalar("SELECT '\u{1f980}'").as_deref(), Some("\u{1f980}"));
            assert_eq!(database.scalar("SELECT date '2026-02-28'").as_deref(), Some("2026-02-28"));
            let name = database.name().to_owned();
            assert!(exists(&server, &name));
            // A session with an open transaction, and its lock on the table, do not keep the database alive.
            let (url, runtime) = (database.url().to_owned(), blocking::runtime());
            let mut open = runtime.block_on(MySqlConnection::connect(&url)).unwrap();
            runtime.block_on(sqlx::raw_sql("BEGIN; UPDATE t SET x = 8").execute(&mut open)).unwrap();
            drop(database);
            assert!(!exists(&server, &name));
        }
    }

    #[test]
    fn databases_are_made_beside_each_other_and_inside_of_a_runtime() {
        for (_, server) in servers() {
            let server = &server;
            std::thread::scope(|scope| {
                for _ in 0..4 {
                    scope.spawn(move || {
                        blocking::runtime().block_on(async {
                            let database = server.database();
                            database.execute("CREATE TABLE only_here (x int)");
                        });
                    });
                }
            });
        }
    }

    #[test]
    fn only_old_databases_of_ours_are_orphans() {
        for (kind, server) in servers() {
            let (old, other) = (temporary::old_name(), temporary::foreign_name());
            for name in [&old, &other] {
                server.execute(&format!("CREATE DATABASE {name}"));
            }
            let young = server.database();
            MySqlServer::connect(kind, server.url()).unwrap();
            let left = [&old, &other, young.name()].map(|name| exists(&server, name));
            server.execute(&format!("DROP DATABASE {other}"));
            assert_eq!(left, [false, true, true]);
        }
    }

    #[test]
    fn a_server_of_the_other_kind_will_not_do() {
        for (kind, server) in servers() {
            let other = if kind.scheme == MYSQL.scheme { &MARIADB } else { &MYSQL };
            let error = MySqlServer::connect(other, server.url()).unwrap_err();
            assert!(error.contains(&format!("is not {}", other.name)), "{error}");
        }
        assert_eq!(MARIADB.version("10.11.19-MariaDB-0+deb12u1"), Ok(101_119));
        assert_eq!(MYSQL.version("9.7.4-2"), Ok(90_704));
    }

    #[test]
    fn a_line_to_it_can_be_cut() {
        for (_, server) in servers() {
            let database = server.database();
            let proxy = database.proxy();
            let error = blocking::runtime().block_on(async {
                let mut connection = MySqlConnection::connect(proxy.url()).await?;
                let name = text_of(&mut connection, "SELECT database()").await?;
                assert_eq!(name.as_deref(), Some(database.name()));
                proxy.cut_after(Direction::ToClient, 10);
                text_of(&mut connection, "SELECT database()").await
            });
            let error = error.unwrap_err();
            assert!(matches!(error, sqlx::Error::Io(_)), "{error}");
            assert_eq!(proxy.accepted(), 1);
        }
    }
}
