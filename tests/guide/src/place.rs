//! Where samples run: on each server one database with the tables, and SQLite in memory.

use relvar::prelude::*;
use relvar::query::dialect::Engine;
use relvar_test_support::{TempMySql, TempPostgres, mariadb, mysql, postgres};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use tokio::runtime::Builder;

use crate::schema;

/// A database for a sample, which leaves it as it was.
pub(crate) struct Place(Arc<Filled>);

struct Filled {
    server: Option<Server>,
    turn: Mutex<()>,
}

enum Server {
    Postgres(TempPostgres),
    MySql(TempMySql),
    MariaDb(TempMySql),
}

static POSTGRES: Mutex<Weak<Filled>> = Mutex::new(Weak::new());
static MYSQL: Mutex<Weak<Filled>> = Mutex::new(Weak::new());
static MARIADB: Mutex<Weak<Filled>> = Mutex::new(Weak::new());

/// Databases that are kept until the end of a sample: creating one takes longer than a sample does, and somebody else
/// may need it by then.
pub(crate) type Kept = Vec<Place>;

/// Those that there are now.
pub(crate) fn kept() -> Kept {
    [&POSTGRES, &MYSQL, &MARIADB].into_iter().filter_map(|shared| locked(shared).upgrade().map(Place)).collect()
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// One with the tables, if there is such a server; `relvar-test-support` says if there is none.
pub(crate) fn place(engine: Engine) -> Option<Place> {
    let filled = match engine {
        Engine::Postgres => shared(&POSTGRES, || Some(Server::Postgres(postgres()?.database()))),
        Engine::MySql => shared(&MYSQL, || Some(Server::MySql(mysql()?.database()))),
        Engine::MariaDb => shared(&MARIADB, || Some(Server::MariaDb(mariadb()?.database()))),
        Engine::Sqlite => Some(Arc::new(Filled { server: None, turn: Mutex::default() })),
    };
    filled.map(Place)
}

/// One for all that run at the same time; it goes with the last of them.
fn shared(shared: &Mutex<Weak<Filled>>, create: impl FnOnce() -> Option<Server>) -> Option<Arc<Filled>> {
    let mut shared = locked(shared);
    if let Some(filled) = shared.upgrade() {
        return Some(filled);
    }
    let server = create()?;
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        match &server {
            Server::Postgres(database) => {
                let db = Db::<Postgres>::connect(database.url()).await.unwrap();
                schema::create(&db).await.unwrap();
                db.close().await;
            }
            Server::MariaDb(database) => {
                let db = Db::<MariaDb>::connect(database.url()).await.unwrap();
                schema::create(&db).await.unwrap();
                db.close().await;
            }
            Server::MySql(database) => {
                let db = Db::<MySql>::connect(database.url()).await.unwrap();
                schema::create(&db).await.unwrap();
                db.close().await;
            }
        }
    });
    let filled = Arc::new(Filled { server: Some(server), turn: Mutex::default() });
    *shared = Arc::downgrade(&filled);
    Some(filled)
}

impl Place {
    pub(crate) fn url(&self) -> String {
        match &self.0.server {
            None => "sqlite::memory:".to_owned(),
            Some(Server::Postgres(database)) => database.url().to_owned(),
            Some(Server::MySql(database) | Server::MariaDb(database)) => database.url().to_owned(),
        }
    }

    /// Whether the tables are still to be created.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.server.is_none()
    }

    /// Samples take turns, so that none waits for the locks of another in the middle of its work.
    pub(crate) fn turn(&self) -> MutexGuard<'_, ()> {
        locked(&self.0.turn)
    }
}
