//! Throw-away databases on a PostgreSQL server.

use std::sync::OnceLock;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgSslMode};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, PgConnection, Row};
use url::Url;

use crate::{FaultProxy, blocking, missing, temporary};

const VARIABLE: &str = "RELVAR_TEST_POSTGRES";
const DEFAULT: &str = "postgres://postgres@127.0.0.1:5432/postgres";

/// A server that lets us create databases.
#[derive(Clone, Debug)]
pub struct PostgresServer {
    url: Url,
    version: u32,
}

/// A database of one test; it is dropped with its guard, whoever is still connected.
#[derive(Debug)]
pub struct TempPostgres {
    server: PostgresServer,
    name: String,
    url: Url,
}

/// The server that `RELVAR_TEST_POSTGRES` names, or the one on the loopback; none, and one warning, if there is none.
///
/// # Panics
/// When the variable names one that does not answer, and, with `CI` set, when there is none.
pub fn postgres() -> Option<PostgresServer> {
    static SERVER: OnceLock<Option<PostgresServer>> = OnceLock::new();
    let server = SERVER.get_or_init(|| {
        let named = std::env::var(VARIABLE).ok();
        match (PostgresServer::connect(named.as_deref().unwrap_or(DEFAULT)), named) {
            (Ok(server), _) => Some(server),
            (Err(reason), Some(_)) => panic!("{VARIABLE} does not lead to a server: {reason}"),
            (Err(reason), None) => {
                missing::skip("PostgreSQL", &format!("{VARIABLE} is not set, and {DEFAULT}: {reason}"));
                None
            }
        }
    });
    server.clone()
}

impl PostgresServer {
    fn connect(url: &str) -> Result<Self, String> {
        let url = Url::parse(url).map_err(|error| error.to_string())?;
        let version = blocking::wait(async {
            let mut connection = connect(&url).await?;
            remove_orphans(&mut connection).await?;
            sqlx::query_scalar::<_, i32>("SELECT current_setting('server_version_num')::int")
                .fetch_one(&mut connection)
                .await
        });
        let version = version.map_err(|error| error.to_string())?;
        Ok(Self { url, version: version.unsigned_abs() })
    }

    /// The URL of its maintenance database.
    pub fn url(&self) -> &str {
        self.url.as_str()
    }

    /// The version as the server counts: 150020 is 15.20.
    pub fn version(&self) -> u32 {
        self.version
    }

    /// A fresh, empty database in UTF-8.
    ///
    /// # Panics
    /// When the server refuses to create it.
    pub fn database(&self) -> TempPostgres {
        let name = temporary::name();
        self.execute(&format!("CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'"));
        let mut url = self.url.clone();
        url.set_path(&name);
        TempPostgres { server: self.clone(), name, url }
    }

    /// Runs SQL beside the test, on a connection of its own: to kill a session, to look at a lock.
    ///
    /// # Panics
    /// When the server refuses the SQL.
    pub fn execute(&self, sql: &str) {
        execute(&self.url, sql).unwrap_or_else(|error| panic!("{sql}: {error}"));
    }

    /// The first column of the first row, as text, on a connection of its own.
    ///
    /// # Panics
    /// When the server refuses the SQL, or there is no row.
    pub fn scalar(&self, sql: &str) -> Option<String> {
        scalar(&self.url, sql)
    }
}

impl TempPostgres {
    /// The URL of the database.
    pub fn url(&self) -> &str {
        self.url.as_str()
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The server it is on.
    pub fn server(&self) -> &PostgresServer {
        &self.server
    }

    /// Runs SQL in this database on a connection of its own, several statements if need be.
    ///
    /// # Panics
    /// When the server refuses the SQL.
    pub fn execute(&self, sql: &str) {
        execute(&self.url, sql).unwrap_or_else(|error| panic!("{sql}: {error}"));
    }

    /// The first column of the first row, as text, seen by a connection of its own.
    ///
    /// # Panics
    /// When the server refuses the SQL, or there is no row.
    pub fn scalar(&self, sql: &str) -> Option<String> {
        scalar(&self.url, sql)
    }

    /// All rows, every column as text, seen by a connection of its own.
    ///
    /// # Panics
    /// When the server refuses the SQL.
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

impl Drop for TempPostgres {
    fn drop(&mut self) {
        let dropped = execute(&self.server.url, &format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name));
        if let Err(error) = dropped {
            // Not a panic: the test may be unwinding, and the server may have been the victim.
            missing::warn(&format!("the database {} stays behind: {error}", self.name));
        }
    }
}

async fn connect(url: &Url) -> Result<PgConnection, sqlx::Error> {
    let patience = Duration::from_secs(10);
    // what nobody can listen to need not be encrypted, and a handshake takes longer than most tests
    let options = PgConnectOptions::from_url(url)?.ssl_mode(PgSslMode::Disable);
    let connecting = tokio::time::timeout(patience, options.connect()).await;
    connecting.unwrap_or_else(|_| Err(sqlx::Error::Io(std::io::ErrorKind::TimedOut.into())))
}

fn execute(url: &Url, sql: &str) -> Result<(), sqlx::Error> {
    blocking::wait(async {
        let mut connection = connect(url).await?;
        sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut connection).await?;
        connection.close().await
    })
}

/// Without preparing: then the server sends every value as text, whatever its type.
fn rows(url: &Url, sql: &str) -> Vec<Vec<Option<String>>> {
    let answer: Result<_, sqlx::Error> = blocking::wait(async {
        let rows = sqlx::raw_sql(AssertSqlSafe(sql)).fetch_all(&mut connect(url).await?).await?;
        rows.iter().map(|row| (0..row.len()).map(|column| row.try_get_unchecked(column)).collect()).collect()
    });
    answer.unwrap_or_else(|error| panic!("{sql}: {error}"))
}

fn scalar(url: &Url, sql: &str) -> Option<String> {
    let text = format!("SELECT (SELECT * FROM ({}) AS asked LIMIT 1)::text", sql.trim_end_matches(';'));
    let answer = blocking::wait(async {
        let mut connection = connect(url).await?;
        sqlx::query_scalar(AssertSqlSafe(text)).fetch_one(&mut connection).await
    });
    answer.unwrap_or_else(|error| panic!("{sql}: {error}"))
}

async fn remove_orphans(connection: &mut PgConnection) -> Result<(), sqlx::Error> {
    let names: Vec<String> = sqlx::query_scalar("SELECT datname::text FROM pg_database WHERE starts_with(datname, $1)")
        .bind(temporary::PREFIX)
        .fetch_all(&mut *connection)
        .await?;
    for name in names.iter().filter(|name| temporary::is_orphaned(name)) {
        // Somebody else may be removing it too, and somebody may be looking at it.
        let _ = sqlx::raw_sql(AssertSqlSafe(format!("DROP DATABASE IF EXISTS {name}"))).execute(&mut *connection).await;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exists(server: &PostgresServer, name: &str) -> bool {
        server.scalar(&format!("SELECT count(*) FROM pg_database WHERE datname = '{name}'")).as_deref() == Some("1")
    }

    #[test]
    fn a_database_lives_as_long_as_its_guard() {
        let Some(server) = postgres() else { return };
        assert!(server.version() >= 150_000, "{}", server.version());
        let database = server.database();
        database.execute("CREATE TABLE t (x int); INSERT INTO t VALUES (7), (NULL)");
        assert_eq!(database.scalar("SELECT x FROM t WHERE x IS NOT NULL").as_deref(), Some("7"));
        assert_eq!(database.scalar("SELECT x FROM t WHERE x IS NULL"), None);
        let rows = database.rows("SELECT x, 'a' FROM t ORDER BY x IS NULL");
        assert_eq!(rows, [[Some("7".to_owned()), Some("a".to_owned())], [None, Some("a".to_owned())]]);
        assert_eq!(database.scalar("SELECT current_database()").as_deref(), Some(database.name()));
        let name = database.name().to_owned();
        assert!(exists(&server, &name));
        // A session left open does not keep the database alive.
        let (url, runtime) = (database.url().to_owned(), blocking::runtime());
        let _open = runtime.block_on(PgConnection::connect(&url)).unwrap();
        drop(database);
        assert!(!exists(&server, &name));
    }

    #[test]
    fn databases_are_made_beside_each_other_and_inside_of_a_runtime() {
        let Some(server) = postgres() else { return };
        let server = &server;
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(move || {
                    blocking::runtime().block_on(async {
                        let database = server.database();
                        database.execute("CREATE TABLE only_here ()");
                    });
                });
            }
        });
    }

    #[test]
    fn only_old_databases_of_ours_are_orphans() {
        let Some(server) = postgres() else { return };
        let (old, other) = (temporary::old_name(), temporary::foreign_name());
        for name in [&old, &other] {
            server.execute(&format!("CREATE DATABASE {name}"));
        }
        let young = server.database();
        PostgresServer::connect(server.url()).unwrap();
        let left = [&old, &other, young.name()].map(|name| exists(&server, name));
        server.execute(&format!("DROP DATABASE {other}"));
        assert_eq!(left, [false, true, true]);
    }
}
