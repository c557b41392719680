//! The same test on sqlx's own pool loses a write: so it can fail, and ours does not pass by chance.

use sqlx::postgres::PgPoolOptions;
use sqlx::{AssertSqlSafe, PgPool};

use crate::dropped::poll_at_most;
use crate::place::{Place, slow_line};

/// What the next borrower's insert says, and how many rows somebody else then sees.
async fn begin_dropped_after(place: &Place, pool: &PgPool, polls: usize) -> (u64, String) {
    let begun = poll_at_most(polls, pool.begin()).await;
    drop(begun);
    let insert = format!("INSERT INTO t VALUES ({polls})");
    let said = sqlx::query(AssertSqlSafe(insert)).execute(pool).await.unwrap().rows_affected();
    (said, place.scalar(&format!("SELECT count(*) FROM t WHERE n = {polls}")).unwrap())
}

#[tokio::test]
async fn a_dropped_begin_costs_the_next_borrower_its_write() {
    let Some(place) = Place::server() else { return };
    let Place::Server(server) = &place else { return };
    server.execute("CREATE TABLE t (n int)");
    let url = slow_line(server.url()).await;
    let mut lost = 0;
    for polls in 1..=2 {
        let pool = PgPoolOptions::new().max_connections(1).test_before_acquire(false).connect(&url).await.unwrap();
        let (said, seen) = begin_dropped_after(&place, &pool, polls).await;
        assert_eq!(said, 1, "the insert was said to be done");
        lost += usize::from(seen == "0");
        pool.close().await;
    }
    assert!(lost > 0, "sqlx's pool has lost nothing: the test of our own proves nothing any more");
}
