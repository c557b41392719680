//! Whole runs on SQLite in memory, where everything happens on the thread that asks.

use relvar::prelude::*;
use relvar::runtime::Schema;

use crate::allocations;
use crate::tables::User;

static BY_ID: Prepared<Param<i64>, Query<User>> = prepare(|id: Param<i64>| User::query().filter(|u| u.id.eq(id)));

#[test]
fn a_prepared_run_saves_all_that_building_takes() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    let db = runtime.block_on(async {
        let db = Db::<Sqlite>::connect("sqlite::memory:").await.unwrap();
        Schema::new().table::<User>().create(&db).await.unwrap();
        db
    });
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
    assert!(prepared + building <= built, "{prepared} allocations, {built} of which {building} are for the query");
}
