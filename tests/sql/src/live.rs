//! Live databases: one with the data as it was for every case, and running statements on it.

use relvar::prelude::*;
use relvar::query::dialect::{Engine, OneDialect, RunsOn};
use relvar::query::ir::Statement as Ir;
use relvar::query::source::Table;
use relvar::query::statement::Insert;
use relvar::query::types::Decoder;
use relvar::{Database, Result};
use relvar_test_support::{TempSqlite, sqlite_file};
use std::fmt::Debug;
use tokio::runtime::{Builder, Runtime};

use crate::place::{FilledMySql, PostgresSchema, filled_mariadb, filled_mysql, postgres_schema};
use crate::schema;
use crate::written::Written;

/// A database with the tables and the data of every case.
pub(crate) struct Live {
    server: Server,
    runtime: Runtime,
}

enum Server {
    Postgres(Db<Postgres>, PostgresSchema),
    MySql(Db<MySql>, FilledMySql),
    MariaDb(Db<MariaDb>, FilledMySql),
    Sqlite(Db<Sqlite>, TempSqlite),
}

/// One of each of these databases that there is, with the data as it was; what is missing is said by
/// `relvar-test-support`.
///
/// On MySQL and MariaDB, where creating the tables takes longer than the case, it is one that others have used
/// and left as it was.
pub(crate) fn databases(engines: &[Engine]) -> impl Iterator<Item = Live> {
    engines.iter().filter_map(|engine| {
        let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let server = match engine {
            Engine::Postgres => {
                let schema = postgres_schema()?;
                Server::Postgres(runtime.block_on(filled(&schema.url())), schema)
            }
            Engine::MySql => {
                let database = filled_mysql()?;
                Server::MySql(runtime.block_on(Db::connect(&database.url())).unwrap(), database)
            }
            Engine::MariaDb => {
                let database = filled_mariadb()?;
                Server::MariaDb(runtime.block_on(Db::connect(&database.url())).unwrap(), database)
            }
            Engine::Sqlite => {
                let file = sqlite_file();
                Server::Sqlite(runtime.block_on(filled(&file.url())), file)
            }
        };
        Some(Live { server, runtime })
    })
}

async fn filled<D: Database>(url: &str) -> Db<D> {
    let db = Db::<D>::connect(url).await.unwrap();
    schema::create(&db).await.unwrap();
    db
}

impl Drop for Live {
    fn drop(&mut self) {
        match &self.server {
            Server::Postgres(db, _schema) => self.runtime.block_on(db.close()),
            Server::MySql(db, _database) => self.runtime.block_on(db.close()),
            Server::MariaDb(db, _database) => self.runtime.block_on(db.close()),
            Server::Sqlite(db, _file) => self.runtime.block_on(db.close()),
        }
    }
}

/// What a run came to.
pub(crate) struct Outcome {
    /// The rows, in their `Debug` form.
    pub(crate) rows: Vec<String>,
    /// How many texts were found.
    pub(crate) hits: u64,
    /// How many texts were built.
    pub(crate) misses: u64,
}

impl Live {
    /// Which database it is.
    pub(crate) fn engine(&self) -> Engine {
        match &self.server {
            Server::Postgres(..) => Engine::Postgres,
            Server::MySql(..) => Engine::MySql,
            Server::MariaDb(..) => Engine::MariaDb,
            Server::Sqlite(..) => Engine::Sqlite,
        }
    }

    /// Runs a statement; what it changes is rolled back, so that the next run finds the same data.
    pub(crate) fn run(&self, run: Box<dyn Run>) -> Result<Outcome> {
        match &self.server {
            Server::Postgres(db, _) => run.on_postgres(&self.runtime, db),
            Server::MySql(db, _) => run.on_mysql(&self.runtime, db),
            Server::MariaDb(db, _) => run.on_mariadb(&self.runtime, db),
            Server::Sqlite(db, _) => run.on_sqlite(&self.runtime, db),
        }
    }
}

/// A statement that can be run on any database; the case has checked that it is written for it.
pub(crate) trait Run {
    fn on_postgres(&self, runtime: &Runtime, db: &Db<Postgres>) -> Result<Outcome>;
    fn on_mysql(&self, runtime: &Runtime, db: &Db<MySql>) -> Result<Outcome>;
    fn on_mariadb(&self, runtime: &Runtime, db: &Db<MariaDb>) -> Result<Outcome>;
    fn on_sqlite(&self, runtime: &Runtime, db: &Db<Sqlite>) -> Result<Outcome>;
}

/// A statement, and how the rows that are looked at are read.
pub(crate) struct Plan<R> {
    statement: Ir,
    /// The query for what a change leaves.
    look: Option<Ir>,
    decoder: Decoder<R>,
}

impl<R> Plan<R> {
    pub(crate) fn fetch(statement: Ir, decoder: Decoder<R>) -> Plan<R> {
        Plan { statement, look: None, decoder }
    }

    pub(crate) fn change(statement: Ir, look: Ir, decoder: Decoder<R>) -> Plan<R> {
        Plan { statement, look: Some(look), decoder }
    }
}

/// An insert whose outcome is asked for.
pub(crate) struct Upserting<T: Table, R> {
    insert: Insert<T, Portable>,
    look: Ir,
    decoder: Decoder<R>,
}

impl<T: Table, R> Upserting<T, R> {
    pub(crate) fn new(insert: Insert<T, Portable>, look: Ir, decoder: Decoder<R>) -> Upserting<T, R> {
        Upserting { insert, look, decoder }
    }
}

macro_rules! on_each {
    ($($run:ty, $($parameter:ident: $bound:path),*;)*) => { $(
        impl<$($parameter: $bound + 'static),*> Run for $run
        where
            R: Debug + Send,
        {
            fn on_postgres(&self, runtime: &Runtime, db: &Db<Postgres>) -> Result<Outcome> {
                runtime.block_on(self.on(db))
            }

            fn on_mysql(&self, runtime: &Runtime, db: &Db<MySql>) -> Result<Outcome> {
                runtime.block_on(self.on(db))
            }

            fn on_mariadb(&self, runtime: &Runtime, db: &Db<MariaDb>) -> Result<Outcome> {
                runtime.block_on(self.on(db))
            }

            fn on_sqlite(&self, runtime: &Runtime, db: &Db<Sqlite>) -> Result<Outcome> {
                runtime.block_on(self.on(db))
            }
        }
    )* };
}
on_each! {
    Plan<R>, R: Debug;
    Upserting<T, R>, T: Table, R: Debug;
}

impl<T: Table, R: Debug + Send + 'static> Upserting<T, R> {
    async fn on<D: Database + OneDialect + RunsOn<D>>(&self, db: &Db<D>) -> Result<Outcome>
    where
        Portable: RunsOn<D>,
    {
        let before = db.metrics();
        let tx = db.begin().await?;
        let mut rows = vec![format!("{:?}", self.insert.clone().upserted(&tx).await?)];
        let after = db.metrics();
        rows.extend(shown(Written::<R, D>::new(&self.look, self.decoder.clone()).all(&tx).await?));
        tx.rollback().await?;
        let (hits, misses) = (after.cache_hits - before.cache_hits, after.cache_misses - before.cache_misses);
        Ok(Outcome { rows, hits, misses })
    }
}

impl<R: Debug + Send + 'static> Plan<R> {
    async fn on<D: Database + OneDialect + RunsOn<D>>(&self, db: &Db<D>) -> Result<Outcome> {
        let statement = Written::<R, D>::new(&self.statement, self.decoder.clone());
        let before = db.metrics();
        let (rows, after) = match (&self.statement, &self.look) {
            (Ir::Select(_), _) => (shown(statement.all(db).await?), db.metrics()),
            (_, None) => {
                let tx = db.begin().await?;
                let rows = shown(statement.all(&tx).await?);
                tx.rollback().await?;
                (rows, db.metrics())
            }
            (_, Some(look)) => {
                let tx = db.begin().await?;
                let mut rows = vec![format!("{} changed", statement.execute(&tx).await?)];
                let after = db.metrics();
                rows.extend(shown(Written::<R, D>::new(look, self.decoder.clone()).all(&tx).await?));
                tx.rollback().await?;
                (rows, after)
            }
        };
        let (hits, misses) = (after.cache_hits - before.cache_hits, after.cache_misses - before.cache_misses);
        Ok(Outcome { rows, hits, misses })
    }
}

fn shown(rows: Vec<impl Debug>) -> Vec<String> {
    rows.iter().map(|row| format!("{row:?}")).collect()
}
