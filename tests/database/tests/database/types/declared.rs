//! Declared SQL types: enums, domains, citext, char(n), and newtypes, whose comparisons are those of the SQL type.

use relvar::prelude::*;
use relvar::uuid::Uuid;
use relvar::{ErrorKind, Schema};
use relvar_test_support::postgres;

use super::{equality, order};
use crate::place::{Place, everywhere};

everywhere!(enums, newtypes);

mod on_the_server {
    use super::everywhere;
    use super::*;
    everywhere!(on(postgres): (enum_arrays, enum_order, case_insensitive_text, a_domain, blank_padded_text, names_that_need_quotes));
}

#[derive(SqlType, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mood {
    Sad,
    #[sql_type(label = "it's \"ok\"")]
    Ok,
    Happy,
}

equality!(mood_rows: Mood, "d_mood", Portable);

async fn enums(place: &Place) {
    let db = place.connect().await;
    Schema::new().table::<mood_rows::Row>().create(&db).await.unwrap();
    mood_rows::equality(&db, &[Mood::Happy, Mood::Sad, Mood::Ok]).await;
    // the same type in a second table, created once more
    Schema::new().table::<mood_rows::Row>().create_if_not_exists(&db).await.unwrap();
    let grouped = mood_rows::Row::query().group_by(|r| r.required).select(|mood, g| (mood, g.count()));
    let mut counts = grouped.all(&db).await.unwrap();
    counts.sort_by_key(|(mood, _)| *mood as u8);
    assert_eq!(counts, [(Mood::Sad, 1), (Mood::Ok, 1), (Mood::Happy, 2)]);
    let chosen = mood_rows::Row::query().filter(|r| r.id.eq(0));
    let chosen = chosen.select(|r| case().when(r.required.eq(Mood::Happy), Mood::Sad).otherwise(r.required));
    assert_eq!(chosen.one(&db).await.unwrap(), Mood::Sad);
}

equality!(ranked: Mood, "d_ranked", Postgres);
order!(rank in ranked: Mood, Postgres);

async fn enum_order(place: &Place) {
    let db = Db::<Postgres>::connect(&place.url()).await.unwrap();
    Schema::new().table::<ranked::Row>().create(&db).await.unwrap();
    let in_order_of_declaration = [Mood::Sad, Mood::Ok, Mood::Happy];
    ranked::equality(&db, &in_order_of_declaration).await;
    rank::order(&db, &in_order_of_declaration).await;
}

equality!(mood_lists: Vec<Mood>, "d_moods", Postgres);

async fn enum_arrays(place: &Place) {
    let db = Db::<Postgres>::connect(&place.url()).await.unwrap();
    Schema::new().table::<mood_lists::Row>().create(&db).await.unwrap();
    let many = [Mood::Happy, Mood::Ok].repeat(500);
    mood_lists::equality(&db, &[vec![], vec![Mood::Sad], vec![Mood::Sad, Mood::Ok], many]).await;
    let with_ok = mood_lists::Row::query().filter(|r| r.required.contains_all(vec![Mood::Ok]));
    assert_eq!(with_ok.order_by(|r| r.id.asc()).select(|r| r.id).all(&db).await.unwrap(), [2, 3]);
}

/// A key of its own.
#[derive(SqlType, Debug, Clone, PartialEq, Eq)]
pub(crate) struct Name(pub(crate) String);

#[derive(SqlType, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Key(pub(crate) Uuid);

#[derive(SqlType, Debug, Clone, Copy, PartialEq, Eq)]
#[sql_type(arithmetic)]
pub(crate) struct Amount(pub(crate) i64);

equality!(name_rows: Name, "d_name", Portable);
equality!(key_rows: Key, "d_key", Portable);
equality!(amount_rows: Amount, "d_amount", Portable);

async fn newtypes(place: &Place) {
    let db = place.connect().await;
    let schema = Schema::new().table::<name_rows::Row>().table::<key_rows::Row>().table::<amount_rows::Row>();
    schema.create(&db).await.unwrap();
    name_rows::equality(&db, &["a", "", "it's"].map(|name| Name(name.to_owned()))).await;
    key_rows::equality(&db, &[Uuid::nil(), Uuid::max(), Uuid::from_u128(7)].map(Key)).await;
    let amounts = [i64::MIN, 0, 20, i64::MAX].map(Amount);
    amount_rows::equality(&db, &amounts).await;
    let raw = amount_rows::Row::query().filter(|r| r.required.raw().between(1, 30)).select(|r| r.required + Amount(1));
    assert_eq!(raw.all(&db).await.unwrap(), [Amount(21)]);
}

/// Text that a column declares as something else. Rows differ in `text` as SQL sees it.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "d_citext", dialect = Postgres)]
pub(crate) struct Folded {
    #[column(primary_key)]
    pub(crate) id: i64,
    #[column(type = "citext", unique)]
    pub(crate) text: String,
    #[column(type = "citext")]
    pub(crate) maybe: Option<String>,
}

async fn case_insensitive_text(place: &Place) {
    let Some(server) = postgres() else { return };
    let there = "SELECT count(*) FROM pg_available_extensions WHERE name = 'citext'";
    if server.scalar(there).as_deref() != Some("1") {
        use std::io::Write;
        let _ = writeln!(std::io::stderr(), "\n!!! SKIPPED: this PostgreSQL has no citext to install\n");
        assert!(std::env::var("CI").is_err(), "no citext");
        return;
    }
    let db = Db::<Postgres>::connect(&place.url()).await.unwrap();
    db.raw_script("CREATE EXTENSION citext").await.unwrap();
    Schema::new().table::<Folded>().create(&db).await.unwrap();
    let row = |id, text: &str| Folded { id, text: text.to_owned(), maybe: Some(text.to_owned()) };
    Folded::insert_many([row(1, "Anna"), row(2, "BERTA"), Folded { maybe: None, ..row(3, "Chris") }])
        .execute(&db)
        .await
        .unwrap();
    assert!(Folded::insert(row(4, "ANNA")).execute(&db).await.unwrap_err().is_unique_violation());
    let ids = |q: Query<Folded>| q.order_by(|f| f.id.asc()).select(|f| f.id).all(&db);
    assert_eq!(ids(Folded::query().filter(|f| f.text.eq("anna"))).await.unwrap(), [1]);
    assert_eq!(ids(Folded::query().filter(|f| f.maybe.ne("anna"))).await.unwrap(), [2]);
    assert_eq!(ids(Folded::query().filter(|f| f.text.in_list(["aNNa", "berta", "nobody"]))).await.unwrap(), [1, 2]);
    assert_eq!(ids(Folded::query().filter(|f| f.text.between("ANNA", "berta"))).await.unwrap(), [1, 2]);
    assert_eq!(ids(Folded::query().filter(|f| f.maybe.is_not_distinct_from("BeRtA"))).await.unwrap(), [2]);
    assert_eq!(Folded::find_by(Folded::TEXT_KEY, "chrIS").one(&db).await.unwrap().id, 3);
    let update = Folded::update().filter(|f| f.text.eq("chris")).set(|f| (f.text.set("Christa"), f.maybe.set("x")));
    assert_eq!(update.execute(&db).await.unwrap(), 1);
    Folded::update().filter(|f| f.id.eq(1)).set(|f| f.maybe.set(None)).execute(&db).await.unwrap();
    assert_eq!(
        Folded::query().order_by(|f| f.text.desc()).select(|f| f.text).all(&db).await.unwrap(),
        ["Christa", "BERTA", "Anna"]
    );
    let upsert = Folded::insert(row(9, "berta")).on_conflict(Folded::TEXT_KEY).update(|f, new| f.text.set(new.text));
    assert_eq!(
        upsert.returning().one(&db).await.unwrap(),
        Folded { id: 2, text: "berta".into(), maybe: Some("BERTA".into()) }
    );
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "d_domain", dialect = Postgres)]
pub(crate) struct Addressed {
    #[column(primary_key)]
    pub(crate) id: i64,
    #[column(type = "address")]
    pub(crate) address: String,
    #[column(type = "address")]
    pub(crate) other: Option<String>,
    #[column(type = "positive")]
    pub(crate) count: i32,
}

async fn a_domain(place: &Place) {
    let db = Db::<Postgres>::connect(&place.url()).await.unwrap();
    db.raw_script(
        "CREATE DOMAIN address AS text CHECK (VALUE LIKE '%@%'); CREATE DOMAIN positive AS int CHECK (VALUE > 0)",
    )
    .await
    .unwrap();
    Schema::new().table::<Addressed>().create(&db).await.unwrap();
    let row = |id, address: &str| Addressed { id, address: address.to_owned(), other: None, count: 3 };
    Addressed::insert_many([row(1, "a@b"), row(2, "c@d")]).execute(&db).await.unwrap();
    let ids = |q: Query<Addressed>| q.order_by(|a| a.id.asc()).select(|a| a.id).all(&db);
    assert_eq!(ids(Addressed::query().filter(|a| a.address.eq("a@b") & a.count.eq(3))).await.unwrap(), [1]);
    assert_eq!(
        ids(Addressed::query().filter(|a| a.address.in_list(["c@d", "x@y"]) & a.count.in_list([3, 4]))).await.unwrap(),
        [2]
    );
    assert_eq!(ids(Addressed::query().filter(|a| a.address.gt("b@") & a.count.between(1, 3))).await.unwrap(), [2]);
    Addressed::update()
        .filter(|a| a.id.eq(2))
        .set(|a| (a.other.set("e@f"), a.count.set(a.count + 1)))
        .execute(&db)
        .await
        .unwrap();
    let read = Addressed::query().filter(|a| a.other.is_not_null()).one(&db).await.unwrap();
    assert_eq!(read, Addressed { other: Some("e@f".into()), count: 4, ..row(2, "c@d") });
    let error = Addressed::insert(row(3, "geheim")).execute(&db).await.unwrap_err();
    assert!(error.is_check_violation() && !format!("{error:?}").contains("geheim"), "{error}");
    let error = Addressed::update().everywhere().set(|a| a.count.set(0)).execute(&db).await.unwrap_err();
    assert!(error.is_check_violation(), "{error}");
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "d_char", dialect = Postgres)]
pub(crate) struct Coded {
    #[column(primary_key)]
    pub(crate) id: i64,
    #[column(type = "char(3)")]
    pub(crate) code: String,
    #[column(type = "char(3)")]
    pub(crate) other: Option<String>,
    #[column(len = 4)]
    pub(crate) short: String,
}

async fn blank_padded_text(place: &Place) {
    let db = Db::<Postgres>::connect(&place.url()).await.unwrap();
    Schema::new().table::<Coded>().create(&db).await.unwrap();
    let row = |id, code: &str| Coded { id, code: code.to_owned(), other: None, short: "abcd".to_owned() };
    Coded::insert_many([row(1, "x"), row(2, "xyz")]).execute(&db).await.unwrap();
    assert_eq!(Coded::query().order_by(|c| c.id.asc()).select(|c| c.code).all(&db).await.unwrap(), ["x  ", "xyz"]);
    let ids = |q: Query<Coded>| q.order_by(|c| c.id.asc()).select(|c| c.id).all(&db);
    for same in ["x", "x ", "x  "] {
        assert_eq!(ids(Coded::query().filter(|c| c.code.eq(same))).await.unwrap(), [1], "{same:?}");
        assert_eq!(ids(Coded::query().filter(|c| c.code.in_list([same, "q"]))).await.unwrap(), [1], "{same:?}");
        assert_eq!(ids(Coded::query().filter(|c| c.code.ne(same))).await.unwrap(), [2], "{same:?}");
    }
    // a longer value is compared whole, and refused when it is stored: never cut off in silence
    assert!(ids(Coded::query().filter(|c| c.code.eq("xyzzy"))).await.unwrap().is_empty());
    Coded::update().filter(|c| c.id.eq(1)).set(|c| (c.code.set("q"), c.other.set("r"))).execute(&db).await.unwrap();
    assert_eq!(ids(Coded::query().filter(|c| c.other.eq("r"))).await.unwrap(), [1]);
    for long in [
        Coded::update().everywhere().set(|c| c.code.set("geheim")),
        Coded::update().everywhere().set(|c| c.short.set("geheim")),
    ] {
        let error = long.execute(&db).await.unwrap_err();
        assert_eq!(error.category(), Some(relvar::error::Category::DataException), "{error}");
        assert!(!format!("{error:?}").contains("geheim"), "{error}");
    }
    let error = Coded::insert(row(3, "geheim")).execute(&db).await.unwrap_err();
    assert_eq!(error.category(), Some(relvar::error::Category::DataException), "{error}");
}

#[derive(SqlType, Debug, Clone, Copy, PartialEq, Eq)]
#[sql_type(name = "Order \"of\" the day", rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum Order {
    FirstOfAll,
    Second,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "sel\"ect from", dialect = Postgres)]
pub(crate) struct Quoted {
    #[column(primary_key, name = "a \"key\"")]
    pub(crate) key: i64,
    pub(crate) order: Order,
    #[column(name = "Ünïcode ; --")]
    pub(crate) orders: Vec<Order>,
}

async fn names_that_need_quotes(place: &Place) {
    let db = Db::<Postgres>::connect(&place.url()).await.unwrap();
    Schema::new().table::<Quoted>().create(&db).await.unwrap();
    let row = Quoted { key: 1, order: Order::FirstOfAll, orders: vec![Order::Second, Order::FirstOfAll] };
    assert_eq!(Quoted::insert(row.clone()).returning().one(&db).await.unwrap(), row);
    let found =
        Quoted::query().filter(|q| q.order.in_list([Order::FirstOfAll]) & q.orders.eq(&row.orders) & q.key.eq(1));
    assert_eq!(found.one(&db).await.unwrap(), row);
    db.raw_script("ALTER TABLE \"sel\"\"ect from\" ALTER \"Ünïcode ; --\" TYPE text").await.unwrap();
    let error = Quoted::query().all(&db).await.unwrap_err();
    assert!(
        matches!(error.kind(), ErrorKind::Drift { column, .. } if column == "sel\"ect from.Ünïcode ; --"),
        "{error}"
    );
}
