//! Large inserts: in parts that the database takes, all of them or none, rows given back in order.

use relvar::prelude::*;
use relvar::query::dialect::Engine;

use crate::place::{Place, everywhere};
use crate::tables::{NewReturned, Returned, User, create_users, user, users};

everywhere!(
    ten_thousand_rows,
    no_rows,
    a_duplicate_in_the_last_part_undoes_all,
    inside_of_a_transaction,
    numbered_in_order,
);

mod given_back {
    use super::everywhere;
    use super::returned_in_order;
    everywhere!(on(memory, file, postgres, mariadb): (returned_in_order));
}

async fn ten_thousand_rows(place: &Place) {
    let db = place.connect().await;
    create_users(&db).await;
    assert_eq!(User::insert_many(users(0..10_000)).execute(&db).await.unwrap(), 10_000);
    assert_eq!(User::query().count(&db).await.unwrap(), 10_000);
    let sum = User::query().aggregate(|g| (g.min(|u| u.id), g.max(|u| u.id), g.count_distinct(|u| u.email)));
    assert_eq!(sum.one(&db).await.unwrap(), (Some(1), Some(10_000), 10_000));
    let last = User::query().filter(|u| u.id.eq(10_000)).one(&db).await.unwrap();
    assert_eq!(last.name, "user 9999");
}

async fn no_rows(place: &Place) {
    let db = place.connect().await;
    // there is no table: nothing is sent
    assert_eq!(User::insert_many(users(0..0)).execute(&db).await.unwrap(), 0);
    if place.engine() != Engine::MySql {
        let none = users(0..0).into_iter().map(NewReturned::from);
        assert!(Returned::insert_many(none).returning().all(&db).await.unwrap().is_empty());
    }
}

async fn a_duplicate_in_the_last_part_undoes_all(place: &Place) {
    let db = place.connect_narrow().await;
    create_users(&db).await;
    User::insert(user("user 9999")).execute(&db).await.unwrap();
    let error = User::insert_many(users(0..10_000)).execute(&db).await.unwrap_err();
    assert!(error.is_unique_violation(), "{error}");
    assert!(error.statement().unwrap().starts_with("INSERT INTO"), "{error}");
    assert!(!format!("{error} {error:?}").contains("user 9999"), "{error}");
    assert_eq!(User::query().count(&db).await.unwrap(), 1);
    if let Some(count) = place.scalar("SELECT count(*) FROM users") {
        assert_eq!(count, "1");
    }
    User::insert(user("next")).execute(&db).await.unwrap();
}

async fn inside_of_a_transaction(place: &Place) {
    let db = place.connect_narrow().await;
    create_users(&db).await;
    let tx = db.begin().await.unwrap();
    User::insert(user("user 11999")).execute(&tx).await.unwrap();
    // these are several statements everywhere: they are undone together, and the transaction goes on
    let error = User::insert_many(users(0..12_000)).execute(&tx).await.unwrap_err();
    assert!(error.is_unique_violation(), "{error}");
    assert_eq!(User::query().count(&tx).await.unwrap(), 1);
    assert_eq!(User::insert_many(users(0..11_999)).execute(&tx).await.unwrap(), 11_999);
    tx.commit().await.unwrap();
    assert_eq!(User::query().count(&db).await.unwrap(), 12_000);
}

/// Where rows cannot be given back, they are numbered in the order they were given in.
async fn numbered_in_order(place: &Place) {
    let db = place.connect().await;
    create_users(&db).await;
    User::insert_many(users(0..1_777)).execute(&db).await.unwrap();
    let names = User::query().order_by(|u| u.id.asc()).select(|u| u.name).all(&db).await.unwrap();
    assert_eq!(names, (0..1_777).map(|n| format!("user {n}")).collect::<Vec<_>>());
}

async fn returned_in_order(place: &Place) {
    let db = place.connect().await;
    create_users(&db).await;
    let new = |numbers| users(numbers).into_iter().map(NewReturned::from);
    let rows = Returned::insert_many(new(0..1_777)).returning().all(&db).await.unwrap();
    assert_eq!(rows.len(), 1_777);
    for (n, row) in rows.iter().enumerate() {
        assert_eq!((row.name.as_str(), row.logins), (format!("user {n}").as_str(), 0));
    }
    let ids = Returned::insert_many(new(2_000..2_600)).returning_as(|u| (u.id, u.email)).all(&db).await.unwrap();
    assert!(ids.is_sorted() && ids.len() == 600, "{ids:?}");
}
