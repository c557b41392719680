//! Where a case runs: a database in memory, in a file, or on a server, and a way to look at it from outside.

use relvar::prelude::*;
use relvar::{Options, Unchecked};
use relvar_test_support::{TempPostgres, TempSqlite, postgres, sqlite_file};
use std::time::Duration;

/// A fresh, empty database.
pub(crate) enum Place {
    Memory,
    File(TempSqlite),
    Server(TempPostgres),
}

impl Place {
    pub(crate) fn memory() -> Option<Place> {
        Some(Place::Memory)
    }

    pub(crate) fn file() -> Option<Place> {
        Some(Place::File(sqlite_file()))
    }

    /// None where there is no PostgreSQL, which the support crate has said by then.
    pub(crate) fn server() -> Option<Place> {
        postgres().map(|server| Place::Server(server.database()))
    }

    pub(crate) fn url(&self) -> String {
        match self {
            Place::Memory => "sqlite::memory:".to_owned(),
            Place::File(file) => file.url(),
            Place::Server(server) => server.url().to_owned(),
        }
    }

    pub(crate) fn is_server(&self) -> bool {
        matches!(self, Place::Server(_))
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

    /// Runs SQL beside the pool. Where the database is the pool's own connection, on that.
    pub(crate) async fn script(&self, db: &AnyDb, sql: &str) {
        match self {
            Place::Memory => db.raw_script(Unchecked(sql.to_owned())).await.unwrap(),
            Place::File(file) => outside(file).execute_batch(sql).unwrap_or_else(|error| panic!("{sql}: {error}")),
            Place::Server(server) => server.execute(sql),
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
            Place::Server(server) => server.scalar(sql),
        }
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
    let server = (url.host_str().unwrap().to_owned(), url.port().unwrap_or(5432));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    url.set_port(Some(listener.local_addr().unwrap().port())).unwrap();
    tokio::spawn(async move {
        while let Ok((mut client, _)) = listener.accept().await {
            let mut server = tokio::net::TcpStream::connect(&server).await.unwrap();
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

/// Makes a test of each function, once for each kind of database; or, `on(file, server)`, for some of them.
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
        $crate::place::everywhere!(on(memory, file, server): ($($case),*));
    };
}

pub(crate) use everywhere;
