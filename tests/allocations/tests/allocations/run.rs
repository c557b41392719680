//! Whole runs on SQLite in memory, where everything happens on the thread that asks.

use relvar::prelude::*;
use relvar::runtime::Schema;

use crate::allocations;
use crate::tables::User;

static BY_ID: Prepared<Param<i64>, Query<User>> = prepare(|id: Param<i64>| User::query().filter(|u| u.id.eq(id)));

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap()
}

async fn with_users(rows: i64) -> Db<Sqlite> {
    let db = Db::<Sqlite>::connect("sqlite::memory:").await.unwrap();
    Schema::new().table::<User>().create(&db).await.unwrap();
    User::insert_many(users(rows)).execute(&db).await.unwrap();
    db
}

fn users(rows: i64) -> Vec<User> {
    (1..=rows).map(|id| User { id, name: format!("user {id}"), age: Some(30) }).collect()
}

#[test]
fn a_prepared_run_saves_all_that_building_takes() {
    let runtime = runtime();
    let db = runtime.block_on(with_users(0));
    let built = || runtime.block_on(async { drop(User::query().filter(|u| u.id.eq(7)).all(&db).await.unwrap()) });
    let prepared = || runtime.block_on(async { drop(BY_ID.bind(7).all(&db).await.unwrap()) });
    for _ in 0..3 {
        built();
        prepared();
    }
    let building = allocations(|| {
        drop(std::hint::black_box(User::query().filter(|u| u.id.eq(7)).into_ir()));
    });
    let (built, prepared) = (allocations(built), allocations(prepared));
    assert!(building > 0);
    assert!(built <= 3, "{built} allocations");
    assert!(prepared + building <= built, "{prepared} allocations, {built} of which {building} are for the query");
}

#[test]
fn a_row_that_is_read_allocates_its_texts_only() {
    let runtime = runtime();
    let load = |rows: i64| {
        let db = runtime.block_on(with_users(rows));
        let load = || runtime.block_on(async { drop(User::query().all(&db).await.unwrap()) });
        load();
        allocations(load)
    };
    let (none, thousand) = (load(0), load(1_000));
    // the list that they are collected in grows ten times
    assert!(thousand <= none + 1_000 + 10, "{thousand} allocations, {none} without a row");
}

#[test]
fn rows_to_be_inserted_allocate_nothing_of_their_own() {
    let rows = users(10_000);
    let insert = || drop(std::hint::black_box(User::insert_many(rows).into_ir()));
    let count = allocations(insert);
    // lists for few rows, then one for each column, and the buffer of their texts, which grows
    assert!(count <= 24, "{count} allocations");
}
