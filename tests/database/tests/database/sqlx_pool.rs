//! The same test on sqlx's own pool loses a write: so it can fail, and ours does not pass by chance.

use sqlx::AssertSqlSafe;
use sqlx::mysql::MySqlPoolOptions;
use sqlx::postgres::PgPoolOptions;

use crate::dropped::poll_at_most;
use crate::place::{Place, everywhere, slow_line};

everywhere!(on(postgres, mysql, mariadb): (a_dropped_begin_costs_the_next_borrower_its_write));

/// Drops `begin` after one poll, after two, and so on; gives how often what the next borrower was told to be done was
/// not there for anybody else, or could not be done.
macro_rules! lost_by {
    ($pool:ty, $place:expr, $url:expr) => {{
        let mut lost = 0;
        for polls in 1..=3 {
            let pool = <$pool>::new().max_connections(1).test_before_acquire(false).connect(&$url).await.unwrap();
            drop(poll_at_most(polls, pool.begin()).await);
            let insert = format!("INSERT INTO t VALUES ({polls})");
            let said = sqlx::query(AssertSqlSafe(insert)).execute(&pool).await;
            let seen = $place.scalar(&format!("SELECT count(*) FROM t WHERE n = {polls}")).unwrap();
            lost += usize::from(said.map_or(0, |said| said.rows_affected()) != 1 || seen == "0");
            pool.close().await;
        }
        lost
    }};
}

async fn a_dropped_begin_costs_the_next_borrower_its_write(place: &Place) {
    place.execute("CREATE TABLE t (n int)");
    let url = slow_line(&place.url()).await;
    let lost: usize =
        if place.is_postgres() { lost_by!(PgPoolOptions, place, url) } else { lost_by!(MySqlPoolOptions, place, url) };
    assert!(lost > 0, "sqlx's pool has lost nothing: the test of our own proves nothing any more");
}
