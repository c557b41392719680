//! Where a case runs: a database in memory, in a file, or on one of the servers, and a way to look at it from outside.

use relvar::prelude::*;
use relvar::query::dialect::Engine;
use relvar::{Options, Unchecked};
use relvar_test_support::{
    FaultProxy, TempMySql, TempPostgres, TempSqlite, mariadb as mariadb_server, mysql as mysql_server,
    postgres as postgres_server, sqlite_file,
};
use std::time::Duration;

/// A fresh, empty database.
pub(crate) enum Place {
    Memory,
    File(TempSqlite),
    Postgres(TempPostgres),
    MySql(TempMySql),
    MariaDb(TempMySql),
}

/// Where there is no server, its place is none, which the support crate has said by then.
impl Place {
    pub(crate) fn memory() -> Option<Place> {
        Some(Place::Memory)
    }

    pub(crate) fn file() -> Option<Place> {
        Some(Place::File(sqlite_file()))
    }

    pub(crate) fn postgres() -> Option<Place> {
        postgres_server().map(|server| Place::Postgres(server.database()))
    }

    pub(crate) fn mysql() -> Option<Place> {
        mysql_server().map(|server| Place::MySql(server.database()))
    }

    pub(crate) fn mariadb() -> Option<Place> {
        mariadb_server().map(|server| Place::MariaDb(server.database()))
    }

    pub(crate) fn url(&self) -> String {
        match self {
            Place::Memory => "sqlite::memory:".to_owned(),
            Place::File(file) => file.url(),
            Place::Postgres(server) => server.url().to_owned(),
            Place::MySql(server) | Place::MariaDb(server) => server.url().to_owned(),
        }
    }

    pub(crate) fn engine(&self) -> Engine {
        match self {
            Place::Memory | Place::File(_) => Engine::Sqlite,
            Place::Postgres(_) => Engine::Postgres,
            Place::MySql(_) => Engine::MySql,
            Place::MariaDb(_) => Engine::MariaDb,
        }
    }

    pub(crate) fn is_server(&self) -> bool {
        self.engine() != Engine::Sqlite
    }

    pub(crate) fn is_postgres(&self) -> bool {
        self.engine() == Engine::Postgres
    }

    /// MySQL or MariaDB.
    pub(crate) fn is_my(&self) -> bool {
        matches!(self, Place::MySql(_) | Place::MariaDb(_))
    }

    /// One of several texts, by what kind of database it is: PostgreSQL; MySQL and MariaDB; SQLite.
    pub(crate) fn choose<'t>(&self, postgres: &'t str, my: &'t str, sqlite: &'t str) -> &'t str {
        match self.engine() {
            Engine::Postgres => postgres,
            Engine::MySql | Engine::MariaDb => my,
            Engine::Sqlite => sqlite,
        }
    }

    pub(crate) async fn connect(&self) -> AnyDb {
        self.connect_with(Options::new()).await
    }

    pub(crate) async fn connect_with(&self, options: Options) -> AnyDb {
        AnyDb::connect_with(&self.url(), options).await.unwrap()
    }

    /// With one connection, so that the next borrower gets what the last one had.
    pub(crate) async fn connect_narrow(&self) -> AnyDb {
        self.connect_with(narrow()).await
    }

    /// A line to the server that can fail.
    pub(crate) fn proxy(&self) -> Option<FaultProxy> {
        match self {
            Place::Memory | Place::File(_) => None,
            Place::Postgres(server) => Some(server.proxy()),
            Place::MySql(server) | Place::MariaDb(server) => Some(server.proxy()),
        }
    }

    /// Runs SQL beside the pool. Where the database is the pool's own connection, on that.
    pub(crate) async fn script(&self, db: &AnyDb, sql: &str) {
        match self {
            Place::Memory => db.raw_script(Unchecked(sql.to_owned())).await.unwrap(),
            _ => self.execute(sql),
        }
    }

    /// Runs SQL on a connection that is not the pool's.
    pub(crate) fn execute(&self, sql: &str) {
        match self {
            Place::Memory => panic!("nobody else can look into it: {sql}"),
            Place::File(file) => outside(file).execute_batch(sql).unwrap_or_else(|error| panic!("{sql}: {error}")),
            Place::Postgres(server) => server.execute(sql),
            Place::MySql(server) | Place::MariaDb(server) => server.execute(sql),
        }
    }

    /// The first cell as text, seen by a connection that is not the pool's; none where there is no other.
    pub(crate) fn scalar(&self, sql: &str) -> Option<String> {
        match self {
            Place::Memory => None,
            Place::File(file) => {
                let text = format!("SELECT CAST(({sql}) AS TEXT)");
                outside(file).query_row(&text, [], |row| row.get(0)).unwrap_or_else(|error| panic!("{sql}: {error}"))
            }
            Place::Postgres(server) => server.scalar(sql),
            Place::MySql(server) | Place::MariaDb(server) => server.scalar(sql),
        }
    }

    /// Ends all sessions of this database, as an administrator does.
    pub(crate) fn end_sessions(&self) {
        match self {
            Place::Memory | Place::File(_) => {}
            Place::Postgres(server) => server.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                 WHERE datname = current_database() AND pid <> pg_backend_pid()",
            ),
            Place::MySql(server) | Place::MariaDb(server) => {
                let others = format!(
                    "SELECT concat(id, '') FROM {} AS p WHERE db = database() AND id <> connection_id()",
                    self.sessions()
                );
                for row in server.rows(&others) {
                    if let Some(Some(id)) = row.first() {
                        server.execute(&format!("KILL {id}"));
                    }
                }
            }
        }
    }

    /// The sessions of a MySQL or MariaDB: `id`, `db`, `command`, and whether a transaction is open as `open`.
    ///
    /// MySQL's list of processes cannot be read while a statement has bytes in it that are no `utf8mb3`.
    pub(crate) fn sessions(&self) -> &'static str {
        match self.engine() {
            Engine::MySql => {
                "(SELECT processlist_id AS id, processlist_db AS db, processlist_command AS command, \
                 EXISTS (SELECT 1 FROM performance_schema.events_transactions_current t \
                 WHERE t.thread_id = s.thread_id AND t.state = 'ACTIVE') AS open FROM performance_schema.threads s)"
            }
            _ => {
                "(SELECT id, db, command, EXISTS (SELECT 1 FROM information_schema.innodb_trx t \
                 WHERE t.trx_mysql_thread_id = s.id) AS open FROM information_schema.processlist s)"
            }
        }
    }

    /// How many sessions of this database have a transaction open and do nothing in it, seen from outside.
    pub(crate) fn idle_in_transaction(&self) -> u64 {
        let my = format!(
            "SELECT count(*) FROM {} AS p WHERE db = database() AND command = 'Sleep' AND open",
            self.sessions()
        );
        let sql = self.choose(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() \
             AND state LIKE 'idle in transaction%'",
            &my,
            "SELECT 0",
        );
        self.scalar(sql).map_or(0, |count| count.parse().unwrap())
    }
}

/// One connection; on a file one reader beside the one writer.
pub(crate) fn narrow() -> Options {
    Options::new().max_connections(1).acquire_timeout(Duration::from_secs(20))
}

/// Stands between this task and a server, on the same thread: no answer can be there before it is waited for, so
/// that every one is an await point. Gives the URL that leads through it.
pub(crate) async fn slow_line(url: &str) -> String {
    let mut url = url::Url::parse(url).unwrap();
    let port = url.port().unwrap_or(if url.scheme().starts_with("postgres") { 5432 } else { 3306 });
    let server = (url.host_str().unwrap().to_owned(), port);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    url.set_port(Some(listener.local_addr().unwrap().port())).unwrap();
    tokio::spawn(async move {
        while let Ok((mut client, _)) = listener.accept().await {
            let mut server = tokio::net::TcpStream::connect(&server).await.unwrap();
            // nothing waits here for an acknowledgement of what it sent before
            client.set_nodelay(true).unwrap();
            server.set_nodelay(true).unwrap();
            tokio::spawn(async move { tokio::io::copy_bidirectional(&mut client, &mut server).await });
        }
    });
    url.to_string()
}

/// A connection of somebody else's.
pub(crate) fn outside(file: &TempSqlite) -> rusqlite::Connection {
    let connection = rusqlite::Connection::open(file.path()).unwrap();
    connection.busy_timeout(Duration::from_secs(10)).unwrap();
    connection
}

/// Makes a test of each function, once for each kind of database; or, `on(postgres, mysql)`, for some of them.
macro_rules! everywhere {
    (on($($place:ident),*): $cases:tt) => {
        $($crate::place::everywhere!(@ $place $cases);)*
    };
    (@ $place:ident ($($case:ident),* $(,)?)) => {
        mod $place {
            $(
                #[tokio::test]
                async fn $case() {
                    if let Some(place) = $crate::place::Place::$place() {
                        super::$case(&place).await;
                    }
                }
            )*
        }
    };
    ($($case:ident),* $(,)?) => {
        $crate::place::everywhere!(on(memory, file, postgres, mysql, mariadb): ($($case),*));
    };
}

pub(crate) use everywhere;
