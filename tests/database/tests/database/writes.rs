//! Upserts, stored rows and large inserts: the same, and counted the same, on all four databases.

use relvar::chrono::{DateTime, Utc};
use relvar::prelude::*;
use relvar::query::dialect::{Capability, Engine};
use relvar::{ErrorKind, Schema};

use crate::place::{Place, everywhere};

everywhere!(on(file, postgres, mysql, mariadb): (
    the_only_key,
    a_key_beside_the_number,
    a_number_that_is_given,
    nothing_is_done,
    other_mistakes_are_errors,
    only_some_are_updated,
    values_see_the_row_as_it_was,
    from_a_query,
    stored,
    stored_in_a_transaction,
    not_stored,
    large_inserts,
    narrowed,
));

/// One unique key.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "counters", primary_key(name, kind))]
struct Counter {
    #[column(len = 40)]
    name: String,
    kind: i32,
    count: i32,
    other: i32,
    note: Option<String>,
    #[column(version)]
    version: i64,
}

/// One unique key beside the one that the database numbers.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "people")]
struct Person {
    #[column(primary_key, auto_increment)]
    id: i64,
    #[column(unique, len = 80)]
    email: String,
    name: String,
    #[column(created_at)]
    created: DateTime<Utc>,
    #[column(default = 7)]
    lucky: i32,
    #[column(generated = |p| p.lucky * 2)]
    double: i32,
}

#[derive(Insert)]
#[insert(table = Person)]
struct NewPerson {
    email: String,
    name: String,
}

#[derive(Insert)]
#[insert(table = Person)]
struct NumberedPerson {
    id: i64,
    email: String,
    name: String,
}

/// A key that the program makes.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "blobs")]
struct Blob {
    #[column(primary_key)]
    id: i32,
    data: Vec<u8>,
    text: String,
}

async fn created(place: &Place) -> AnyDb {
    let db = place.connect().await;
    Schema::new().table::<Counter>().table::<Person>().table::<Blob>().create(&db).await.unwrap();
    db
}

fn counter(name: &str, count: i32) -> Counter {
    Counter { name: name.into(), kind: 1, count, other: 0, note: None, version: 0 }
}

fn person(email: &str, name: &str) -> NewPerson {
    NewPerson { email: email.into(), name: name.into() }
}

async fn counts(db: &AnyDb) -> Vec<(String, i32, i64)> {
    let counters = Counter::query().order_by(|c| c.name.asc());
    counters.select(|c| (c.name, c.count, c.version)).all(db).await.unwrap()
}

fn row(name: &str, count: i32, version: i64) -> (String, i32, i64) {
    (name.to_owned(), count, version)
}

async fn the_only_key(place: &Place) {
    let db = created(place).await;
    let add = |rows: Vec<Counter>| {
        let insert = Counter::insert_many(rows).on_conflict(Counter::PRIMARY_KEY);
        insert.update(|c, new| c.count.set(c.count + new.count)).execute(&db)
    };
    assert_eq!(add(vec![counter("a", 1)]).await.unwrap(), 1);
    assert_eq!(add(vec![counter("a", 2)]).await.unwrap(), 1, "an update is one row");
    assert_eq!(add(vec![counter("a", 4), counter("b", 8), counter("c", 16)]).await.unwrap(), 3);
    assert_eq!(counts(&db).await, [row("a", 7, 2), row("b", 8, 0), row("c", 16, 0)]);
    // to what it is already
    let same = Counter::insert(counter("b", 0)).on_conflict(Counter::PRIMARY_KEY).update(|c, _| c.other.set(0));
    assert_eq!(same.execute(&db).await.unwrap(), 1);
}

async fn a_key_beside_the_number(place: &Place) {
    let db = created(place).await;
    let upsert = |email: &str, name: &str| {
        let insert = Person::insert(person(email, name)).on_conflict(Person::EMAIL_KEY);
        insert.update(|p, new| p.name.set(new.name)).execute(&db)
    };
    assert_eq!(upsert("a@x", "Ann").await.unwrap(), 1);
    assert_eq!(upsert("A@x", "Other").await.unwrap(), 1);
    assert_eq!(upsert("a@x", "Anna").await.unwrap(), 1);
    let names = Person::query().order_by(|p| p.email.asc()).select(|p| p.name).all(&db).await.unwrap();
    assert_eq!(names, ["Other", "Anna"]);
}

/// Two keys could be met then, and not every database can say which is meant.
async fn a_number_that_is_given(place: &Place) {
    let db = created(place).await;
    let new = |id, email: &str| NumberedPerson { id, email: email.into(), name: "new".into() };
    let by_email = Person::insert(new(1, "a@x")).on_conflict(Person::EMAIL_KEY).update(|p, new| p.name.set(new.name));
    let by_id = Person::insert(new(1, "b@x")).on_conflict(Person::PRIMARY_KEY).update(|p, new| p.name.set(new.name));
    for upsert in [by_email, by_id] {
        let result = upsert.execute(&db).await;
        if db.engine().has(Capability::HasOnDuplicateKey) {
            let error = result.unwrap_err();
            assert!(matches!(error.kind(), ErrorKind::Build(_)), "{error}");
            assert!(error.to_string().contains("cannot name a key"), "{error}");
        } else {
            assert_eq!(result.unwrap(), 1);
        }
    }
}

async fn nothing_is_done(place: &Place) {
    let db = created(place).await;
    let add = |rows: Vec<NewPerson>| Person::insert_many(rows).on_any_conflict_do_nothing().execute(&db);
    assert_eq!(add(vec![person("a", "Ann")]).await.unwrap(), 1);
    assert_eq!(add(vec![person("a", "Other")]).await.unwrap(), 0, "what is there is not counted");
    assert_eq!(
        add(vec![person("b", "Bob"), person("a", "Other"), person("c", "Cy"), person("b", "Again")]).await.unwrap(),
        2
    );
    let by_key =
        |rows: Vec<NewPerson>| Person::insert_many(rows).on_conflict(Person::EMAIL_KEY).do_nothing().execute(&db);
    assert_eq!(by_key(vec![person("a", "Other"), person("d", "Dan")]).await.unwrap(), 1);
    let many = (0..1_500).map(|i| person(&format!("many{}", i % 1_000), "x")).collect();
    assert_eq!(add(many).await.unwrap(), 1_000);
    let names = Person::query().filter(|p| p.name.ne("x")).order_by(|p| p.email.asc()).select(|p| p.name);
    assert_eq!(names.all(&db).await.unwrap(), ["Ann", "Bob", "Cy", "Dan"]);
}

async fn other_mistakes_are_errors(place: &Place) {
    let db = created(place).await;
    if db.engine().has(Capability::HasOnDuplicateKey) {
        let long = Person::insert(person(&"x".repeat(81), "Ann")).on_any_conflict_do_nothing();
        let error = long.execute(&db).await.unwrap_err();
        assert_eq!(error.category(), Some(relvar::error::Category::DataException), "{error}");
    }
    let error = db.raw_script("INSERT INTO people (email, name, created) VALUES ('a', NULL, '2026-01-01')").await;
    assert!(error.unwrap_err().is_not_null_violation());
    assert_eq!(Person::query().count(&db).await.unwrap(), 0);
}

async fn only_some_are_updated(place: &Place) {
    let db = created(place).await;
    Counter::insert_many([counter("a", 1), counter("b", 9)]).execute(&db).await.unwrap();
    let newer = |rows: Vec<Counter>| {
        let insert = Counter::insert_many(rows).on_conflict(Counter::PRIMARY_KEY).when(|c, new| c.count.lt(new.count));
        insert.update(|c, new| (c.count.set(new.count), c.note.set("updated"))).execute(&db)
    };
    assert_eq!(newer(vec![counter("a", 5), counter("b", 5), counter("c", 5)]).await.unwrap(), 2);
    assert_eq!(counts(&db).await, [row("a", 5, 1), row("b", 9, 0), row("c", 5, 0)]);
    let notes = Counter::query().order_by(|c| c.name.asc()).select(|c| c.note).all(&db).await.unwrap();
    assert_eq!(notes, [Some("updated".to_owned()), None, None]);
    assert_eq!(newer(vec![counter("b", 5)]).await.unwrap(), 0);
    // a condition that is neither true nor false
    let insert = Counter::insert(counter("c", 50)).on_conflict(Counter::PRIMARY_KEY).when(|c, new| c.note.eq(new.note));
    assert_eq!(insert.update(|c, new| c.count.set(new.count)).execute(&db).await.unwrap(), 0);
}

async fn values_see_the_row_as_it_was(place: &Place) {
    let db = created(place).await;
    Counter::insert(counter("a", 3)).execute(&db).await.unwrap();
    let insert = Counter::insert(counter("a", 4)).on_conflict(Counter::PRIMARY_KEY);
    let upsert = insert.update(|c, new| (c.count.set(new.count), c.other.set(c.count)));
    assert_eq!(upsert.execute(&db).await.unwrap(), 1);
    let found = Counter::query().select(|c| (c.count, c.other)).one(&db).await.unwrap();
    assert_eq!(found, (4, 3));
    Counter::update().everywhere().set(|c| (c.count.set(9), c.other.set(c.count))).execute(&db).await.unwrap();
    assert_eq!(Counter::query().select(|c| (c.count, c.other)).one(&db).await.unwrap(), (9, 4));
    // two that are set from each other: said nowhere, or everywhere the same
    let swap = Counter::update().everywhere().set(|c| (c.count.set(c.other), c.other.set(c.count))).execute(&db).await;
    if db.engine().has(Capability::HasOnDuplicateKey) {
        assert!(matches!(swap.unwrap_err().kind(), ErrorKind::Build(_)));
    } else {
        swap.unwrap();
        assert_eq!(Counter::query().select(|c| (c.count, c.other)).one(&db).await.unwrap(), (4, 9));
    }
}

#[derive(Row, Insert)]
#[insert(table = Counter)]
struct Copied {
    name: String,
    kind: i32,
    count: i32,
    other: i32,
    version: i64,
}

async fn from_a_query(place: &Place) {
    let db = created(place).await;
    Counter::insert_many([counter("a", 1), counter("b", 2)]).execute(&db).await.unwrap();
    let copies = |kind: i32| {
        Counter::query().filter(|c| c.kind.eq(1)).select(move |c| CopiedExprs {
            name: c.name,
            kind: c.kind + (kind - 1),
            count: c.count + 10,
            other: c.other,
            version: c.version,
        })
    };
    let insert = |kind| Counter::insert_from(copies(kind)).on_conflict(Counter::PRIMARY_KEY);
    assert_eq!(insert(2).do_nothing().execute(&db).await.unwrap(), 2);
    assert_eq!(insert(2).do_nothing().execute(&db).await.unwrap(), 0);
    insert(1).update(|c, new| c.count.set(new.count)).execute(&db).await.unwrap();
    assert_eq!(counts(&db).await.iter().map(|(_, count, _)| *count).sum::<i32>(), 2 * (11 + 12));
}

async fn stored(place: &Place) {
    let db = created(place).await;
    let ann = Person::insert(person("a", "Ann")).stored(&db).await.unwrap();
    let bob = Person::insert(person("b", "Bob")).stored(&db).await.unwrap();
    assert_eq!((ann.name.as_str(), ann.lucky, ann.double), ("Ann", 7, 14));
    assert!(bob.id > ann.id && (Utc::now() - bob.created).num_seconds() < 60, "{bob:?}");
    let all = Person::query().order_by(|p| p.id.asc()).all(&db).await.unwrap();
    assert_eq!(all, [ann, bob]);
    let given = NumberedPerson { id: 1_000, email: "c".into(), name: "Cy".into() };
    assert_eq!(Person::insert(given).stored(&db).await.unwrap().id, 1_000);
    // keys that the program makes, of one column and of two
    let blob = Blob { id: 5, data: vec![1], text: "x".into() };
    assert_eq!(Blob::insert(blob.clone()).stored(&db).await.unwrap(), blob);
    let made = Counter::insert(counter("a", 1)).stored(&db).await.unwrap();
    assert_eq!(made, counter("a", 1));
    let error = Person::insert(person("a", "Other")).stored(&db).await.unwrap_err();
    assert!(error.is_unique_violation(), "{error}");
}

async fn stored_in_a_transaction(place: &Place) {
    let db = created(place).await;
    let tx = db.begin().await.unwrap();
    let ann = Person::insert(person("a", "Ann")).stored(&tx).await.unwrap();
    assert_eq!(Person::find(ann.id, &tx).await.unwrap(), Some(ann.clone()));
    assert!(Person::insert(person("a", "Other")).stored(&tx).await.unwrap_err().is_unique_violation());
    tx.rollback().await.unwrap();
    assert_eq!(Person::query().count(&db).await.unwrap(), 0);
}

async fn not_stored(place: &Place) {
    let db = created(place).await;
    let upsert = Person::insert(person("a", "Ann")).on_any_conflict_do_nothing();
    let several = Person::insert_many([person("a", "Ann"), person("b", "Bob")]);
    for insert in [upsert, several] {
        let error = insert.stored(&db).await.unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Build(_)), "{error}");
    }
    assert_eq!(Person::query().count(&db).await.unwrap(), 0);
}

async fn large_inserts(place: &Place) {
    let db = created(place).await;
    // 40 MB in all, more than MariaDB takes at once; rows of different sizes, one of them of 9 MB
    let size = |id: i32| if id == 7 { 9_000_000 } else { 40_000 + id as usize % 17 };
    let blob = |id: i32| Blob { id, data: vec![id as u8; size(id) / 2], text: "é".repeat(size(id) / 4) };
    assert_eq!(Blob::insert_many((0..800).map(blob)).execute(&db).await.unwrap(), 800);
    let streamed = Blob::insert_iter((800..1_000).map(|id| Ok::<_, relvar::Error>(blob(id))));
    assert_eq!(streamed.execute(&db).await.unwrap(), 200);
    for id in [0, 7, 799, 999] {
        assert_eq!(Blob::find(id, &db).await.unwrap(), Some(blob(id)));
    }
    assert_eq!(Blob::query().count(&db).await.unwrap(), 1_000);
    if db.engine() == Engine::MariaDb {
        // one row that the server cannot take: named before anything is sent, and the connection is as it was
        let huge = Blob { id: 2_000, data: vec![0; 17 << 20], text: String::new() };
        let error = Blob::insert_many([blob(1_001), huge]).execute(&db).await.unwrap_err();
        assert!(error.to_string().contains("the server takes 16777216 at once"), "{error}");
        assert_eq!(Blob::query().count(&db).await.unwrap(), 1_000, "all or none");
    }
}

async fn narrowed(place: &Place) {
    let db = created(place).await;
    Person::insert(person("a", "Ann")).execute(&db).await.unwrap();
    if db.engine().has(Capability::HasOnDuplicateKey) {
        let insert = Person::insert(person("a", "Anna")).only_on::<(MySql, MariaDb)>().on_duplicate_key();
        let upsert = insert.update(|p, new| p.name.set(new.name));
        assert_eq!(upsert.execute(&db).await.unwrap(), 1);
    } else {
        let insert = Person::insert(person("a", "Anna")).only_on::<(Postgres, Sqlite)>().on_conflict(Person::EMAIL_KEY);
        let upsert = insert.update(|p, new| p.name.set(new.name));
        assert_eq!(upsert.returning().one(&db).await.unwrap().name, "Anna");
    }
    assert_eq!(Person::query().select(|p| p.name).one(&db).await.unwrap(), "Anna");
}
