//! The service on a database of its own, listening on a port of its own.

use relvar::prelude::*;
use relvar::{ErrorKind, Options};
use relvar_test_support::{TempMySql, TempPostgres, TempSqlite};
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::client::Client;
use crate::logs;

/// Where the service keeps its data.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Place {
    SqliteMemory,
    SqliteFile,
    Postgres,
    MySql,
    MariaDb,
}

/// What goes away with the test.
enum Guard {
    Nothing,
    File(#[expect(dead_code, reason = "kept to be dropped")] TempSqlite),
    Postgres(#[expect(dead_code, reason = "kept to be dropped")] TempPostgres),
    MySql(#[expect(dead_code, reason = "kept to be dropped")] TempMySql),
}

pub(crate) struct Service {
    pub(crate) client: Client,
    pub(crate) db: AnyDb,
    pub(crate) place: Place,
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    serving: JoinHandle<std::io::Result<()>>,
    guard: Guard,
}

impl Service {
    /// Starts it; nothing if this database is not there, which is said where the tests' databases are looked for.
    pub(crate) async fn start(place: Place, options: Options) -> Option<Service> {
        logs::capture();
        let (url, guard) = match place {
            Place::SqliteMemory => ("sqlite::memory:".to_owned(), Guard::Nothing),
            Place::SqliteFile => {
                let file = relvar_test_support::sqlite_file();
                (file.url(), Guard::File(file))
            }
            Place::Postgres => {
                let database = relvar_test_support::postgres()?.database();
                (database.url().to_owned(), Guard::Postgres(database))
            }
            Place::MySql | Place::MariaDb => {
                let server =
                    if place == Place::MySql { relvar_test_support::mysql()? } else { relvar_test_support::mariadb()? };
                let database = server.database();
                (database.url().to_owned(), Guard::MySql(database))
            }
        };
        let db = AnyDb::connect_with(&url, options).await.unwrap();
        web_api::create_tables(&db).await.unwrap();
        web_api::create_tables(&db).await.expect("a service can be started again on the same database");

        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel();
        let stopped = async move { stopped.await.unwrap_or(()) };
        let serving = tokio::spawn(web_api::serve(listener, db.clone(), stopped));
        Some(Service { client: Client::new(address), db, place, address, stop: Some(stop), serving, guard })
    }

    /// Tells it to stop.
    pub(crate) fn tell_to_stop(&mut self) {
        self.stop.take().expect("only once").send(()).unwrap();
    }

    /// Stops it and sees that nothing is left of it.
    pub(crate) async fn stop(mut self) {
        if self.stop.is_some() {
            self.tell_to_stop();
        }
        drop(self.client);
        let stopped = tokio::time::timeout(Duration::from_secs(9), self.serving).await;
        stopped.expect("it stops before it gives requests up").unwrap().unwrap();
        assert!(TcpStream::connect(self.address).await.is_err(), "nobody listens");
        let metrics = self.db.metrics();
        assert_eq!((metrics.in_use, metrics.idle), (0, 0), "all connections are closed");
        let closed = self.db.raw_script("SELECT 1").await.unwrap_err();
        assert_eq!(closed.kind(), &ErrorKind::PoolClosed);
        drop(self.guard);
    }
}

/// Makes a test on each database of each case, a function of a service.
macro_rules! on_each_database {
    ($($case:ident),* $(,)?) => {
        $crate::service::on_each_database! { @ sqlite_in_memory SqliteMemory $($case)* }
        $crate::service::on_each_database! { @ sqlite_file SqliteFile $($case)* }
        $crate::service::on_each_database! { @ postgres Postgres $($case)* }
        $crate::service::on_each_database! { @ mysql MySql $($case)* }
        $crate::service::on_each_database! { @ mariadb MariaDb $($case)* }
    };
    (@ $name:ident $place:ident $($case:ident)*) => {
        mod $name {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $case() {
                let place = $crate::service::Place::$place;
                if let Some(service) = $crate::service::Service::start(place, Default::default()).await {
                    super::$case(&service).await;
                    service.stop().await;
                }
            })*
        }
    };
}
pub(crate) use on_each_database;
