//! Arrays, which PostgreSQL has: of every element type, empty, long, in every place a value can stand.

use relvar::Schema;
use relvar::chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use relvar::prelude::*;
use relvar::rust_decimal::Decimal;
use relvar::uuid::Uuid;

use super::equality;
use crate::place::{Place, everywhere};

everywhere!(on(postgres): (of_every_element, with_operators));

equality!(bools: Vec<bool>, "a_bool", Postgres);
equality!(i16s: Vec<i16>, "a_i16", Postgres);
equality!(i32s: Vec<i32>, "a_i32", Postgres);
equality!(i64s: Vec<i64>, "a_i64", Postgres);
equality!(f32s: Vec<f32>, "a_f32", Postgres);
equality!(f64s: Vec<f64>, "a_f64", Postgres);
equality!(texts: Vec<String>, "a_text", Postgres);
equality!(timestamps: Vec<DateTime<Utc>>, "a_timestamp", Postgres);
equality!(locals: Vec<NaiveDateTime>, "a_local", Postgres);
equality!(dates: Vec<NaiveDate>, "a_date", Postgres);
equality!(times: Vec<NaiveTime>, "a_time", Postgres);
equality!(uuids: Vec<Uuid>, "a_uuid", Postgres);
equality!(decimals: Vec<Decimal>, "a_decimal", Postgres);

/// Creates the table, and checks an empty array, one of each element, and one of all of them many times over.
macro_rules! check {
    ($db:expr, $rows:ident, [$($element:expr),+ $(,)?]) => {{
        Schema::new().table::<$rows::Row>().create(&$db).await.unwrap();
        let elements = vec![$($element),+];
        let mut values = vec![Vec::new()];
        values.extend(elements.iter().cloned().map(|element| vec![element]));
        values.push(elements.iter().cloned().cycle().take(5_000).collect());
        $rows::equality(&$db, &values).await;
    }};
}

async fn of_every_element(place: &Place) {
    let db = Db::<Postgres>::connect(&place.url()).await.unwrap();
    let text = |text: &str| text.to_owned();
    check!(db, bools, [true, false]);
    check!(db, i16s, [i16::MIN, 0, i16::MAX]);
    check!(db, i32s, [i32::MIN, 0, i32::MAX]);
    check!(db, i64s, [i64::MIN, 0, i64::MAX]);
    check!(db, f32s, [f32::MIN, 0.1, f32::INFINITY]);
    check!(db, f64s, [f64::MIN, 0.1, f64::NEG_INFINITY]);
    check!(db, texts, [text(""), text("NULL"), text("a,{b}\"c\\'d"), text("🦀"), text(" ")]);
    check!(db, timestamps, ["0001-01-01T00:00:00Z".parse().unwrap(), "2026-11-21T00:00:00.000001Z".parse().unwrap()]);
    check!(db, locals, ["0001-01-01T00:00:00".parse().unwrap(), "9999-12-31T23:59:59.999999".parse().unwrap()]);
    check!(db, dates, ["0001-01-01".parse().unwrap(), "9999-12-31".parse().unwrap()]);
    check!(db, times, ["00:00:00".parse().unwrap(), "23:59:59.999999".parse().unwrap()]);
    check!(db, uuids, [Uuid::nil(), Uuid::max()]);
    check!(db, decimals, ["0.10".parse().unwrap(), Decimal::MAX, Decimal::MIN]);
}

async fn with_operators(place: &Place) {
    use texts::Row;
    let db = Db::<Postgres>::connect(&place.url()).await.unwrap();
    Schema::new().table::<Row>().create(&db).await.unwrap();
    let tags = |tags: &[&str]| tags.iter().map(|tag| (*tag).to_owned()).collect::<Vec<_>>();
    for (id, required) in [(0, tags(&[])), (1, tags(&["a"])), (2, tags(&["a", "b"])), (3, tags(&["c", "b"]))] {
        Row::insert(Row { id, required: required.clone(), optional: Some(required) }).execute(&db).await.unwrap();
    }
    let ids = |q: Query<Row>| q.order_by(|r| r.id.asc()).select(|r| r.id).all(&db);
    assert_eq!(ids(Row::query().filter(|r| r.required.contains_all(tags(&["a"])))).await.unwrap(), [1, 2]);
    assert_eq!(ids(Row::query().filter(|r| r.optional.overlaps(tags(&["b", "x"])))).await.unwrap(), [2, 3]);
    assert_eq!(ids(Row::query().filter(|r| r.required.contained_by(tags(&["a", "b"])))).await.unwrap(), [0, 1, 2]);
    assert_eq!(ids(Row::query().filter(|r| r.required.cardinality().eq(2))).await.unwrap(), [2, 3]);
}
