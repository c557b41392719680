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
    texts_of_many_rows,
    a_text_that_cannot_be_sent,
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

/// A row whose texts can be missing, empty, of any alphabet, or long.
#[derive(Table, Clone, Debug, PartialEq)]
#[table(name = "notes")]
struct Note {
    #[column(primary_key)]
    id: i64,
    title: String,
    text: Option<String>,
    mood: Mood,
}

#[derive(SqlType, Clone, Copy, Debug, PartialEq)]
enum Mood {
    Glad,
    Sad,
}

fn note(id: i64) -> Note {
    let title = ["", "plain", "'quoted' \\ and \"quoted\"", "Füße 脚 🦶", "line\nline", "{1,NULL}"][id as usize % 6];
    let text = match id % 7 {
        0 | 3 => None,
        1 => Some(String::new()),
        2 if id < 100 => Some("é".repeat(50_000)),
        n => Some("x".repeat((n * id % 400) as usize)),
    };
    Note { id, title: title.to_owned(), text, mood: if id % 5 == 0 { Mood::Sad } else { Mood::Glad } }
}

async fn texts_of_many_rows(place: &Place) {
    let db = place.connect().await;
    Schema::new().table::<Note>().create(&db).await.unwrap();
    // few rows, enough to be columns, one more, several statements
    let mut notes: Vec<Note> = Vec::new();
    for count in [2, 32, 33, 100, 11_000] {
        let next: Vec<Note> = (0..count).map(|i| note(notes.len() as i64 + i)).collect();
        assert_eq!(Note::insert_many(next.clone()).execute(&db).await.unwrap(), count as u64);
        notes.extend(next);
    }
    assert_eq!(Note::query().order_by(|n| n.id.asc()).all(&db).await.unwrap(), notes);
}

/// Only PostgreSQL has no NUL in its texts.
async fn a_text_that_cannot_be_sent(place: &Place) {
    let db = place.connect().await;
    Schema::new().table::<Note>().create(&db).await.unwrap();
    let notes = |count| (0..count).map(|id| Note { title: format!("title\0{id}"), ..note(id) });
    for count in [1, 100] {
        let inserted = Note::insert_many(notes(count)).execute(&db).await;
        if place.engine() == Engine::Postgres {
            let error = inserted.unwrap_err().to_string();
            assert!(error.contains("NUL") && !error.contains("title\0"), "{error}");
            assert_eq!(Note::query().count(&db).await.unwrap(), 0);
        } else {
            assert_eq!(inserted.unwrap(), count as u64);
            Note::delete().everywhere().execute(&db).await.unwrap();
        }
    }
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
