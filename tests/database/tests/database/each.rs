//! Many rows changed to values of their own, in parts that the database takes; and what became of upserted rows.

use relvar::Upserted;
use relvar::prelude::*;
use relvar::uuid::Uuid;

use crate::place::{Place, everywhere};
use crate::tables::{NewUser, NewUserExprs, User, create_users, user, users};

everywhere!(
    ten_thousand_rows_to_values_of_their_own,
    no_rows_are_no_statement,
    a_mistake_in_the_last_part_undoes_all,
    one_key_twice_changes_nothing,
    keys_of_every_kind,
    values_as_they_were,
    one_row_is_inserted_updated_or_skipped,
    many_rows_are_told_apart,
    an_outcome_inside_of_a_transaction,
    doing_nothing_skips,
    an_update_to_the_same_is_an_update,
    one_key_twice_in_an_upsert,
    rows_of_a_query_are_told_apart,
);

async fn ten_thousand_rows_to_values_of_their_own(place: &Place) {
    let db = place.connect().await;
    create_users(&db).await;
    User::insert_many(users(0..10_000)).execute(&db).await.unwrap();
    let rows = (0..10_000i64).map(|n| (n + 1, (format!("name {n}"), (n % 3 == 0).then(|| format!("bio {n}")))));
    assert_eq!(User::update_each(rows, |u| (u.name, u.bio)).execute(&db).await.unwrap(), 10_000);
    let read = User::query().order_by(|u| u.id.asc()).select(|u| (u.name, u.bio, u.logins)).all(&db).await.unwrap();
    assert_eq!(read.len(), 10_000);
    for (n, row) in read.into_iter().enumerate() {
        assert_eq!(row, (format!("name {n}"), (n % 3 == 0).then(|| format!("bio {n}")), 0));
    }

    // by a key of text, of which one is not there
    let rows = (0..1_001).map(|n| (format!("user {n}@example.org"), n)).chain([("nobody".to_owned(), 1)]);
    assert_eq!(User::update_each_by(User::EMAIL_KEY, rows, |u| u.logins).execute(&db).await.unwrap(), 1_001);
    let sum = User::query().filter(|u| u.logins.gt(0)).aggregate(|g| (g.count(), g.max(|u| u.logins)));
    assert_eq!(sum.one(&db).await.unwrap(), (1_000, Some(1_000)));
}

async fn no_rows_are_no_statement(place: &Place) {
    let db = place.connect().await;
    // there is no table: nothing is sent
    let none: [(i64, String); 0] = [];
    assert_eq!(User::update_each(none, |u| u.name).execute(&db).await.unwrap(), 0);
    let none: [NewUser; 0] = [];
    let outcome = User::insert_many(none).on_any_conflict_do_nothing().upserted(&db).await.unwrap();
    assert_eq!(outcome, Upserted::default());
}

async fn a_mistake_in_the_last_part_undoes_all(place: &Place) {
    let db = place.connect_narrow().await;
    create_users(&db).await;
    User::insert_many(users(0..12_000)).execute(&db).await.unwrap();
    // the last is somebody else's address
    let email = |n: i64| if n == 12_000 { "user 7@example.org".to_owned() } else { format!("{n}") };
    let rows: Vec<_> = (1_000..=12_000i64).map(|n| (n, email(n))).collect();
    let error = User::update_each(rows.clone(), |u| u.email).execute(&db).await.unwrap_err();
    assert!(error.is_unique_violation(), "{error}");
    let changed = User::query().filter(|u| u.email.not_like("user%"));
    assert_eq!(changed.clone().count(&db).await.unwrap(), 0);
    // in a transaction, which goes on
    let tx = db.begin().await.unwrap();
    User::update_each(rows, |u| u.email).execute(&tx).await.unwrap_err();
    assert_eq!(User::update_each([(1, "x".to_owned())], |u| u.email).execute(&tx).await.unwrap(), 1);
    tx.commit().await.unwrap();
    assert_eq!(changed.count(&db).await.unwrap(), 1);
}

async fn one_key_twice_changes_nothing(place: &Place) {
    let db = place.connect().await;
    create_users(&db).await;
    User::insert_many(users(0..2_000)).execute(&db).await.unwrap();
    // far apart, so that they would be in different parts
    let rows = (1..=2_000i64).chain([1]).map(|n| (n, n));
    let error = User::update_each(rows, |u| u.logins).execute(&db).await.unwrap_err();
    assert!(error.is_build(), "{error}");
    assert_eq!(error.to_string(), "two rows of `update_each` have the same key");
    assert_eq!(User::query().filter(|u| u.logins.ne(0)).count(&db).await.unwrap(), 0);
}

/// A name of somebody.
#[derive(SqlType, Debug, Clone, Copy, PartialEq, Eq)]
enum Mood {
    Good,
    Bad,
}

/// Keys of several columns and types, and values that a database would take for others.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "things", primary_key(id, day))]
struct Thing {
    id: Uuid,
    day: relvar::chrono::NaiveDate,
    #[column(unique, len = 20)]
    code: Vec<u8>,
    data: Option<Vec<u8>>,
    other: Option<Uuid>,
    mood: Option<Mood>,
    small: f32,
    text: Option<String>,
}

fn thing(n: u8) -> Thing {
    Thing {
        id: Uuid::from_bytes([n; 16]),
        day: relvar::chrono::NaiveDate::from_ymd_opt(2026, 1, 1 + u32::from(n)).unwrap(),
        code: vec![0xff, n, 0],
        data: Some(vec![n]),
        other: None,
        mood: Some(Mood::Good),
        small: 0.5,
        text: None,
    }
}

async fn things(place: &Place) -> AnyDb {
    let db = place.connect().await;
    Schema::new().table::<Thing>().create(&db).await.unwrap();
    Thing::insert_many((0..3).map(thing)).execute(&db).await.unwrap();
    db
}

async fn keys_of_every_kind(place: &Place) {
    let db = things(place).await;
    let rows = [0u8, 2, 9].map(|n| ((thing(n).id, thing(n).day), format!("text {n}")));
    assert_eq!(Thing::update_each(rows, |t| t.text).execute(&db).await.unwrap(), 2);
    let rows = [(vec![0xff, 1, 0], -1.5f32), (vec![0xff, 1], 2.5)];
    assert_eq!(Thing::update_each_by(Thing::CODE_KEY, rows, |t| t.small).execute(&db).await.unwrap(), 1);
    let read = Thing::query().order_by(|t| t.day.asc()).select(|t| (t.text, t.small)).all(&db).await.unwrap();
    assert_eq!(read, [(Some("text 0".into()), 0.5), (None, -1.5), (Some("text 2".into()), 0.5)]);
}

async fn values_as_they_were(place: &Place) {
    let db = things(place).await;
    let all = [
        (None, None, None, None),
        (Some(vec![0xff, 0xfe, 0, b'\'', 0x80]), Some(Uuid::max()), Some(Mood::Bad), Some("ß🦀\\'\" ".to_owned())),
        (Some(vec![]), Some(Uuid::nil()), Some(Mood::Good), Some(String::new())),
    ];
    // NULL may stand first, or last, so that it does not decide of what type the others are
    for turn in 0..3 {
        let mut values = all.clone();
        values.rotate_left(turn);
        let rows: Vec<_> =
            values.iter().cloned().zip(0u8..).map(|(row, n)| ((thing(n).id, thing(n).day), row)).collect();
        let changed = Thing::update_each(rows, |t| (t.data, t.other, t.mood, t.text)).execute(&db).await.unwrap();
        assert_eq!(changed, 3);
        let read = Thing::query().order_by(|t| t.day.asc()).select(|t| (t.data, t.other, t.mood, t.text));
        assert_eq!(read.all(&db).await.unwrap(), values);
    }
}

fn outcome(inserted: u64, updated: u64, skipped: u64) -> Upserted {
    Upserted { inserted, updated, skipped }
}

/// An upsert by e-mail that updates the name of those who have not logged in more than once.
async fn upsert(executor: impl Executor<Portable>, new: Vec<NewUser>) -> Upserted {
    let insert = User::insert_many(new).on_conflict(User::EMAIL_KEY);
    let insert = insert.when(|u, _| u.logins.lte(1)).update(|u, new| u.name.set(u.name.concat("+").concat(new.name)));
    insert.upserted(executor).await.unwrap()
}

async fn one_row_is_inserted_updated_or_skipped(place: &Place) {
    let db = place.connect().await;
    create_users(&db).await;
    let always = || User::insert(user("a")).on_conflict(User::EMAIL_KEY).update(|u, _| u.logins.set(u.logins + 1));
    assert_eq!(always().upserted(&db).await.unwrap(), outcome(1, 0, 0));
    assert_eq!(always().upserted(&db).await.unwrap(), outcome(0, 1, 0));
    assert_eq!(upsert(&db, vec![user("a")]).await, outcome(0, 1, 0));
    assert_eq!(always().upserted(&db).await.unwrap(), outcome(0, 1, 0));
    assert_eq!(upsert(&db, vec![user("a")]).await, outcome(0, 0, 1));
    assert_eq!(User::query().select(|u| (u.name, u.logins)).one(&db).await.unwrap(), ("a+a".to_owned(), 2));
    // a plain insert has an outcome, too
    assert_eq!(User::insert_many(users(0..3)).upserted(&db).await.unwrap(), outcome(3, 0, 0));
}

async fn many_rows_are_told_apart(place: &Place) {
    let db = place.connect().await;
    create_users(&db).await;
    User::insert_many(users(0..3_000)).execute(&db).await.unwrap();
    User::update().set(|u| u.logins.set(2)).filter(|u| u.id.lte(500)).execute(&db).await.unwrap();
    assert_eq!(upsert(&db, users(0..4_000)).await, outcome(1_000, 2_500, 500));
    assert_eq!(upsert(&db, users(400..600)).await, outcome(0, 100, 100));
    assert_eq!(User::query().filter(|u| u.name.like("%+%")).count(&db).await.unwrap(), 2_500);
    assert_eq!(User::query().count(&db).await.unwrap(), 4_000);
}

async fn an_outcome_inside_of_a_transaction(place: &Place) {
    let db = place.connect_narrow().await;
    create_users(&db).await;
    User::insert(user("a")).execute(&db).await.unwrap();
    let tx = db.begin().await.unwrap();
    // locked and changed by this transaction before, which is no insert
    User::update().set(|u| u.bio.set("x")).filter(|u| u.id.gt(0)).execute(&tx).await.unwrap();
    assert_eq!(upsert(&tx, vec![user("a"), user("b")]).await, outcome(1, 1, 0));
    // inserted by this transaction before, which is no insert now
    assert_eq!(upsert(&tx, vec![user("b"), user("c")]).await, outcome(1, 1, 0));
    tx.rollback().await.unwrap();
    assert_eq!(upsert(&db, vec![user("a"), user("b")]).await, outcome(1, 1, 0));
}

async fn doing_nothing_skips(place: &Place) {
    let db = place.connect().await;
    create_users(&db).await;
    User::insert_many(users(0..700)).execute(&db).await.unwrap();
    let nothing = |range| User::insert_many(users(range)).on_conflict(User::EMAIL_KEY).do_nothing();
    assert_eq!(nothing(690..1_400).upserted(&db).await.unwrap(), outcome(700, 0, 10));
    let any = User::insert(user("user 3")).on_any_conflict_do_nothing();
    assert_eq!(any.upserted(&db).await.unwrap(), outcome(0, 0, 1));
}

/// What the server counts of it is the same as for an insert.
async fn an_update_to_the_same_is_an_update(place: &Place) {
    let db = place.connect().await;
    create_users(&db).await;
    User::insert(user("a")).execute(&db).await.unwrap();
    let same = || User::insert(user("a")).on_conflict(User::EMAIL_KEY).update(|u, new| u.name.set(new.name));
    assert_eq!(same().upserted(&db).await.unwrap(), outcome(0, 1, 0));
    assert_eq!(same().upserted(&db).await.unwrap(), outcome(0, 1, 0));
}

async fn one_key_twice_in_an_upsert(place: &Place) {
    let db = place.connect().await;
    create_users(&db).await;
    let twice = User::insert_many([user("a"), user("a")]).on_conflict(User::EMAIL_KEY);
    let result = twice.update(|u, new| u.name.set(new.name)).upserted(&db).await;
    if place.is_postgres() {
        let error = result.unwrap_err();
        assert_eq!(error.database().map(|said| said.code.as_str()), Some("21000"), "{error}");
    } else {
        assert_eq!(result.unwrap(), outcome(1, 1, 0));
    }
}

async fn rows_of_a_query_are_told_apart(place: &Place) {
    let db = place.connect_narrow().await;
    create_users(&db).await;
    User::insert_many(users(0..2_000)).execute(&db).await.unwrap();
    User::update().set(|u| u.logins.set(2)).filter(|u| u.id.lte(500)).execute(&db).await.unwrap();
    // those that are there, under an address of their own from the 1_501st on
    let given = |most: i64| {
        User::query().filter(|u| u.id.gt(100) & u.id.lte(most)).order_by(|u| u.name.asc()).select(|u| NewUserExprs {
            email: case().when(u.id.gt(1_500), u.email.concat("x")).otherwise(u.email),
            name: u.name.concat("+"),
        })
    };
    let updates = |most| {
        let insert = User::insert_from(given(most)).on_conflict(User::EMAIL_KEY);
        insert.when(|u, _| u.logins.lte(1)).update(|u, new| u.name.set(new.name))
    };
    assert_eq!(updates(1_700).upserted(&db).await.unwrap(), outcome(200, 1_000, 400));
    // once more, some have what is proposed to them
    assert_eq!(updates(1_800).upserted(&db).await.unwrap(), outcome(100, 1_200, 400));
    assert_eq!(updates(0).upserted(&db).await.unwrap(), outcome(0, 0, 0));
    let nothing = |most| User::insert_from(given(most)).on_conflict(User::EMAIL_KEY).do_nothing();
    assert_eq!(nothing(1_900).upserted(&db).await.unwrap(), outcome(100, 0, 1_700));
    let any = User::insert_from(given(1_900)).on_any_conflict_do_nothing();
    assert_eq!(any.upserted(&db).await.unwrap(), outcome(0, 0, 1_800));
    // an error leaves nothing behind that the next would count
    let taken = User::insert_from(given(1_900)).upserted(&db).await.unwrap_err();
    assert!(taken.is_unique_violation(), "{taken}");
    let tx = db.begin().await.unwrap();
    assert_eq!(updates(2_000).upserted(&tx).await.unwrap(), outcome(100, 1_400, 400));
    tx.rollback().await.unwrap();
    assert_eq!(User::query().count(&db).await.unwrap(), 2_400);
}
