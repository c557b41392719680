//! sqlx: through its pool as its users write it, and on a connection that is held.

mod build;
mod contender_of;

use contender::Result;
use contender_of::contender;
use sqlx::ConnectOptions;

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() -> Result<()> {
    let url = std::env::args().nth(1).ok_or("the URL is missing")?;
    let held = match std::env::args().nth(2).as_deref() {
        Some("held") => true,
        Some("pool") => false,
        Some("build") => return contender::serve(build::Building).await,
        _ => return Err("say held, pool or build".into()),
    };
    let scheme = url.split(':').next().unwrap_or_default().to_owned();
    match (scheme.as_str(), held) {
        ("sqlite", true) => contender::serve(sqlite_held::Sqlx(sqlite(&url)?.connect().await?)).await,
        ("sqlite", false) => {
            let pool = sqlx::pool::PoolOptions::new().max_connections(4);
            contender::serve(sqlite_pool::Sqlx(pool.connect_with(sqlite(&url)?).await?)).await
        }
        ("postgres", true) => contender::serve(postgres_held::Sqlx(connection(&url).await?)).await,
        ("postgres", false) => contender::serve(postgres_pool::Sqlx(pool(&url).await?)).await,
        (_, true) => contender::serve(mariadb_held::Sqlx(connection(&url).await?)).await,
        (_, false) => contender::serve(mariadb_pool::Sqlx(pool(&url).await?)).await,
    }
}

fn sqlite(url: &str) -> Result<sqlx::sqlite::SqliteConnectOptions> {
    let options: sqlx::sqlite::SqliteConnectOptions = url.parse()?;
    Ok(options.synchronous(sqlx::sqlite::SqliteSynchronous::Normal))
}

async fn connection<C: sqlx::Connection>(url: &str) -> Result<C> {
    Ok(C::connect(url).await?)
}

async fn pool<D: sqlx::Database>(url: &str) -> Result<sqlx::Pool<D>> {
    Ok(sqlx::pool::PoolOptions::new().max_connections(4).connect(url).await?)
}

contender!(sqlite_held, Sqlite, sqlx::SqliteConnection, "?1", "?2", 6_000, |it| &mut it.0);
contender!(sqlite_pool, Sqlite, sqlx::SqlitePool, "?1", "?2", 6_000, |it| &it.0, share);
contender!(postgres_held, Postgres, sqlx::PgConnection, "$1", "$2", 10_000, |it| &mut it.0, unnest);
contender!(postgres_pool, Postgres, sqlx::PgPool, "$1", "$2", 10_000, |it| &it.0, share, unnest);
contender!(mariadb_held, MySql, sqlx::MySqlConnection, "?", "?", 10_000, |it| &mut it.0);
contender!(mariadb_pool, MySql, sqlx::MySqlPool, "?", "?", 10_000, |it| &it.0, share);
