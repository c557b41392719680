//! Where tests run: places of their own that cost less than a database each.

use relvar_test_support::{MySqlServer, TempMySql, TempPostgres, mariadb, mysql, postgres};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use relvar::Db;
use relvar::prelude::{MariaDb, MySql};
use relvar::query::dialect::Engine;
use tokio::runtime::Builder;

use crate::schema;

/// A schema of its own on PostgreSQL: cheaper than a database, and as fresh.
#[derive(Debug)]
pub struct PostgresSchema {
    database: Arc<TempPostgres>,
    name: String,
}

impl PostgresSchema {
    /// A URL that leads into the schema. A handshake for encryption would take longer than a case.
    pub fn url(&self) -> String {
        format!("{}?sslmode=disable&options=-csearch_path%3D{}", self.database.url(), self.name)
    }
}

/// An empty schema, if there is a PostgreSQL.
pub fn postgres_schema() -> Option<PostgresSchema> {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    let database = shared_postgres()?;
    let name = format!("case_{}", NEXT.fetch_add(1, Ordering::Relaxed));
    database.execute(&format!("CREATE SCHEMA {name}"));
    Some(PostgresSchema { database, name })
}

/// One PostgreSQL database for all that run at the same time; it goes with the last of them.
fn shared_postgres() -> Option<Arc<TempPostgres>> {
    static SHARED: Mutex<Weak<TempPostgres>> = Mutex::new(Weak::new());
    let mut shared = locked(&SHARED);
    if let Some(database) = shared.upgrade() {
        return Some(database);
    }
    let database = Arc::new(postgres()?.database());
    *shared = Arc::downgrade(&database);
    Some(database)
}

/// Databases of one server that have the tables and the data, and that nobody uses now.
#[derive(Debug)]
struct Filled {
    server: MySqlServer,
    engine: Engine,
    idle: Mutex<Vec<TempMySql>>,
}

/// A database with the tables and the data on MySQL or MariaDB. Who has it leaves it as it was.
#[derive(Debug)]
pub(crate) struct FilledMySql {
    database: Option<TempMySql>,
    filled: Arc<Filled>,
}

/// One with the data on MySQL, if there is a MySQL.
pub(crate) fn filled_mysql() -> Option<FilledMySql> {
    static SHARED: Mutex<Weak<Filled>> = Mutex::new(Weak::new());
    Some(shared(&SHARED, &mysql()?, Engine::MySql).take())
}

/// One with the data on MariaDB, if there is a MariaDB.
pub(crate) fn filled_mariadb() -> Option<FilledMySql> {
    static SHARED: Mutex<Weak<Filled>> = Mutex::new(Weak::new());
    Some(shared(&SHARED, &mariadb()?, Engine::MariaDb).take())
}

/// What all that run at the same time have in common; the databases go with the last of them.
fn shared(shared: &Mutex<Weak<Filled>>, server: &MySqlServer, engine: Engine) -> Arc<Filled> {
    let mut shared = locked(shared);
    shared.upgrade().unwrap_or_else(|| {
        let filled = Arc::new(Filled { server: server.clone(), engine, idle: Mutex::default() });
        *shared = Arc::downgrade(&filled);
        filled
    })
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Filled {
    fn take(self: Arc<Self>) -> FilledMySql {
        let idle = locked(&self.idle).pop();
        let database = match idle {
            Some(database) => {
                // what a rollback does not turn back
                database.execute(schema::NEXT_NUMBERS);
                database
            }
            None => self.create(),
        };
        FilledMySql { database: Some(database), filled: self }
    }

    fn create(&self) -> TempMySql {
        let database = self.server.database();
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            match self.engine {
                Engine::MariaDb => {
                    let db = Db::<MariaDb>::connect(database.url()).await.unwrap();
                    schema::create(&db).await.unwrap();
                    db.close().await;
                }
                _ => {
                    let db = Db::<MySql>::connect(database.url()).await.unwrap();
                    schema::create(&db).await.unwrap();
                    db.close().await;
                }
            }
        });
        database
    }
}

impl FilledMySql {
    /// As for PostgreSQL, without encryption.
    pub(crate) fn url(&self) -> String {
        let url = self.database.as_ref().map_or("", TempMySql::url);
        format!("{url}?ssl-mode=disabled")
    }
}

impl Drop for FilledMySql {
    fn drop(&mut self) {
        // what failed may have been left half done
        if !std::thread::panicking() {
            locked(&self.filled.idle).extend(self.database.take());
        }
    }
}
