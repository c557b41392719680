//! Diesel on SQLite and PostgreSQL through r2d2, diesel-async on PostgreSQL and MariaDB through deadpool.

mod build;
mod contender_of;
mod schema;

use contender::Result;
use contender_of::contender;
use diesel::connection::SimpleConnection;
use diesel_async::pooled_connection::deadpool::Pool;
use diesel_async::pooled_connection::{AsyncDieselConnectionManager, ManagerConfig, RecyclingMethod};

/// Sets what every contender has on SQLite.
#[derive(Debug)]
struct Synchronous;

impl diesel::r2d2::CustomizeConnection<diesel::SqliteConnection, diesel::r2d2::Error> for Synchronous {
    fn on_acquire(&self, connection: &mut diesel::SqliteConnection) -> std::result::Result<(), diesel::r2d2::Error> {
        let pragmas = "PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON";
        connection.batch_execute(pragmas).map_err(diesel::r2d2::Error::QueryError)
    }
}

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() -> Result<()> {
    let url = std::env::args().nth(1).ok_or("the URL is missing")?;
    if std::env::args().nth(2).as_deref() == Some("build") {
        return contender::serve(build::Building).await;
    }
    if let Some(file) = url.strip_prefix("sqlite://") {
        let pool = diesel::r2d2::Pool::builder().max_size(4).test_on_check_out(false);
        let pool = pool.connection_customizer(Box::new(Synchronous));
        let pool = pool.build(diesel::r2d2::ConnectionManager::new(file))?;
        return contender::serve(sqlite::Diesel(pool)).await;
    }
    if url.starts_with("postgres") && std::env::args().nth(2).as_deref() == Some("blocking") {
        let pool = diesel::r2d2::Pool::builder().max_size(4).test_on_check_out(false);
        let pool = pool.build(diesel::r2d2::ConnectionManager::new(url))?;
        contender::serve(postgres_blocking::Diesel(pool)).await
    } else if url.starts_with("postgres") {
        let pool = Pool::builder(AsyncDieselConnectionManager::new_with_config(url, fast())).max_size(4).build()?;
        contender::serve(postgres::Diesel(pool)).await
    } else {
        let manager = AsyncDieselConnectionManager::new_with_config(url.replace("mariadb://", "mysql://"), fast());
        contender::serve(mariadb::Diesel(Pool::builder(manager).max_size(4).build()?)).await
    }
}

/// Without a query at every checkout, which would double the time of the short ones.
fn fast<C>() -> ManagerConfig<C>
where
    ManagerConfig<C>: Default,
{
    let mut config = ManagerConfig::default();
    config.recycling_method = RecyclingMethod::Fast;
    config
}

contender!(
    sqlite,
    diesel::r2d2::Pool<diesel::r2d2::ConnectionManager<diesel::SqliteConnection>>,
    diesel::sqlite::Sqlite,
    6_000,
    true,
    diesel::connection::DefaultLoadingMode,
    use diesel::{RunQueryDsl, connection::SimpleConnection};,
    ()
);
// many tasks at once are not measured: its connections block the threads that they wait on
contender!(
    postgres_blocking,
    diesel::r2d2::Pool<diesel::r2d2::ConnectionManager<diesel::PgConnection>>,
    diesel::pg::Pg,
    10_000,
    false,
    diesel::pg::PgRowByRowLoadingMode,
    use diesel::{RunQueryDsl, connection::SimpleConnection};,
    ()
);
contender!(postgres, super::Pool<diesel_async::AsyncPgConnection>, diesel::pg::Pg,
    10_000, true, (), use diesel_async::{RunQueryDsl, SimpleAsyncConnection};, (.await));
contender!(mariadb, super::Pool<diesel_async::AsyncMysqlConnection>, diesel::mysql::Mysql,
    10_000, true, (), use diesel_async::{RunQueryDsl, SimpleAsyncConnection};, (.await));
