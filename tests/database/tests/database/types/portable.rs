//! The types that both databases have.

use relvar::Schema;
use relvar::chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use relvar::prelude::*;
use relvar::query::dialect::Engine;
use relvar::rust_decimal::Decimal;
use relvar::uuid::Uuid;
use serde_json::json;

use std::any::Any;

use super::{equality, extremes, order};
use crate::place::{Place, everywhere};

/// Whether a value has room in a column of its type, which the oldest dates have not on MySQL and MariaDB.
fn fits<T: Any>(place: &Place, value: &T) -> bool {
    let value: &dyn Any = value;
    !place.is_my() || value.downcast_ref::<NaiveDate>().is_none_or(|date| date.year() > 0)
}

/// What a test of a type does: creates the table, and checks first what needs no order, then what does.
macro_rules! type_test {
    ($name:ident, $rows:ident, $($checks:ident::$check:ident),+; ordered [$($value:expr),+ $(,)?], further [$($more:expr),* $(,)?]) => {
        async fn $name(place: &Place) {
            let db = place.connect().await;
            Schema::new().table::<$rows::Row>().create(&db).await.unwrap();
            let fitting = |values: Vec<_>| values.into_iter().filter(|value| fits(place, value)).collect::<Vec<_>>();
            let ordered = fitting(vec![$($value),+]);
            let all: Vec<_> = ordered.iter().cloned().chain(fitting(vec![$($more),*])).collect();
            $rows::equality(&db, &all).await;
            $($checks::$check(&db, &ordered).await;)+
        }
    };
}

everywhere!(
    booleans,
    smallints,
    integers,
    bigints,
    reals,
    doubles,
    texts,
    bytes,
    timestamps,
    local_timestamps,
    dates,
    times,
    uuids,
    sized_decimals,
    documents,
);

mod of_any_precision {
    use super::everywhere;
    use super::{decimals, lossy_numbers};
    everywhere!(on(memory, file, postgres): (decimals, lossy_numbers));
}

mod where_there_are_infinities {
    use super::everywhere;
    use super::infinities;
    everywhere!(on(memory, file, postgres): (infinities));
}

mod given_back {
    use super::by_the_statement_that_wrote_them;
    use super::everywhere;
    everywhere!(on(memory, file, postgres, mariadb): (by_the_statement_that_wrote_them));
}

equality!(bool_rows: bool, "t_bool", Portable);
order!(bool_order in bool_rows: bool, Portable);
type_test!(booleans, bool_rows, bool_order::order; ordered [false, true], further []);

equality!(i16_rows: i16, "t_i16", Portable);
order!(i16_order in i16_rows: i16, Portable);
extremes!(i16_extremes in i16_rows: i16, Portable);
type_test!(smallints, i16_rows, i16_order::order, i16_extremes::extremes; ordered [i16::MIN, -1, 0, 1, i16::MAX], further []);

equality!(i32_rows: i32, "t_i32", Portable);
order!(i32_order in i32_rows: i32, Portable);
extremes!(i32_extremes in i32_rows: i32, Portable);
type_test!(integers, i32_rows, i32_order::order, i32_extremes::extremes; ordered [i32::MIN, -1, 0, 1, i32::MAX], further []);

equality!(i64_rows: i64, "t_i64", Portable);
order!(i64_order in i64_rows: i64, Portable);
extremes!(i64_extremes in i64_rows: i64, Portable);
type_test!(bigints, i64_rows, i64_order::order, i64_extremes::extremes;
    ordered [i64::MIN, i64::MIN + 1, -1, 0, (1 << 53) + 1, i64::MAX - 1, i64::MAX], further []);

equality!(f32_rows: f32, "t_f32", Portable);
order!(f32_order in f32_rows: f32, Portable);
extremes!(f32_extremes in f32_rows: f32, Portable);
type_test!(reals, f32_rows, f32_order::order, f32_extremes::extremes;
    ordered [f32::MIN, -0.1, 0.0, f32::from_bits(1), f32::MIN_POSITIVE, 0.1, 16_777_217.0, f32::MAX], further []);

equality!(f64_rows: f64, "t_f64", Portable);
order!(f64_order in f64_rows: f64, Portable);
extremes!(f64_extremes in f64_rows: f64, Portable);
type_test!(doubles, f64_rows, f64_order::order, f64_extremes::extremes;
    ordered [f64::MIN, -0.1, 0.0, f64::from_bits(1), f64::MIN_POSITIVE, 0.1, 1.0, 1.0 + f64::EPSILON, f64::MAX], further []);

equality!(infinity_rows: f64, "t_infinity", Portable);
order!(infinity_order in infinity_rows: f64, Portable);
extremes!(infinity_extremes in infinity_rows: f64, Portable);
type_test!(infinities, infinity_rows, infinity_order::order, infinity_extremes::extremes;
    ordered [f64::NEG_INFINITY, -1.0, f64::INFINITY], further []);

equality!(text_rows: String, "t_text", Portable);
order!(text_order in text_rows: String, Portable);
extremes!(text_extremes in text_rows: String, Portable);
type_test!(texts, text_rows, text_order::order, text_extremes::extremes;
ordered ["".to_owned(), "a".to_owned(), "aa".to_owned(), "b".to_owned(), "z".to_owned()],
further [
    "🦀🏳️‍🌈".to_owned(), "ünïcödé".to_owned(), "it's \"quoted\" \\ \\' `\n\r\t\u{1}\u{1a}\u{8}".to_owned(), "\u{1a}".to_owned(), "\\".to_owned(), "\\%\\_%_".to_owned(), "x".repeat(64 << 10), "y\\'".repeat(65_535 / 3),
    "$1 ?1 :a %s".to_owned(), " a ".to_owned(), "NULL".to_owned(), "'; DROP TABLE t_text; --".to_owned(), "\u{feff}".to_owned(),
]);

equality!(bytes_rows: Vec<u8>, "t_bytes", Portable);
order!(bytes_order in bytes_rows: Vec<u8>, Portable);
type_test!(bytes, bytes_rows, bytes_order::order;
    ordered [vec![], vec![0], vec![0, 0], vec![0, 1], vec![1], b"'\\".to_vec(), vec![0x7f], vec![0xff], vec![0xff; 70_000]],
    further [vec![0; 70_000], vec![0x1a; 65_535], b"text".to_vec(), b"\\x00".to_vec()]);

fn instant(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn local(text: &str) -> NaiveDateTime {
    text.parse().unwrap()
}

equality!(timestamp_rows: DateTime<Utc>, "t_timestamp", Portable);
order!(timestamp_order in timestamp_rows: DateTime<Utc>, Portable);
extremes!(timestamp_extremes in timestamp_rows: DateTime<Utc>, Portable);
type_test!(timestamps, timestamp_rows, timestamp_order::order, timestamp_extremes::extremes;
    ordered [
        instant("0001-01-01T00:00:00Z"), instant("1969-12-31T23:59:59.999999Z"), instant("1970-01-01T00:00:00Z"),
        instant("2000-02-29T12:34:56.000001Z"), instant("2000-02-29T12:34:56.000010Z"), instant("2026-11-21T10:00:00.5Z"),
        instant("9999-12-31T23:59:59.999999Z"),
    ], further []);

equality!(local_rows: NaiveDateTime, "t_local", Portable);
order!(local_order in local_rows: NaiveDateTime, Portable);
extremes!(local_extremes in local_rows: NaiveDateTime, Portable);
type_test!(local_timestamps, local_rows, local_order::order, local_extremes::extremes;
    ordered [
        local("0001-01-01T00:00:00"), local("1969-12-31T23:59:59.999999"), local("1970-01-01T00:00:00"),
        local("2000-02-29T12:34:56.000001"), local("2026-03-29T02:30:00"), local("9999-12-31T23:59:59.999999"),
    ], further []);

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

equality!(date_rows: NaiveDate, "t_date", Portable);
order!(date_order in date_rows: NaiveDate, Portable);
extremes!(date_extremes in date_rows: NaiveDate, Portable);
type_test!(dates, date_rows, date_order::order, date_extremes::extremes;
    ordered [
        date("0000-01-01"), date("0099-12-31"), date("1582-10-10"), date("1969-12-31"), date("1999-12-31"), date("2000-02-29"),
        date("9999-12-31"),
    ], further []);

fn time(text: &str) -> NaiveTime {
    text.parse().unwrap()
}

equality!(time_rows: NaiveTime, "t_time", Portable);
order!(time_order in time_rows: NaiveTime, Portable);
extremes!(time_extremes in time_rows: NaiveTime, Portable);
type_test!(times, time_rows, time_order::order, time_extremes::extremes;
    ordered [time("00:00:00"), time("00:00:00.000001"), time("09:59:59"), time("10:00:00"), time("12:34:56.5"), time("23:59:59.999999")],
    further []);

equality!(uuid_rows: Uuid, "t_uuid", Portable);
order!(uuid_order in uuid_rows: Uuid, Portable);
type_test!(uuids, uuid_rows, uuid_order::order;
    ordered [Uuid::nil(), Uuid::from_u128(1), Uuid::from_u128(0x0100 << 112), Uuid::from_u128(0x7f << 120), Uuid::max()],
    further [Uuid::from_u128(0x2725_2220_5c30_7831_0000_0000_0000_0000)]);

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

equality!(sized_rows: Decimal, "t_sized", Portable, column(precision = (57, 28)));

/// With as many digits as a decimal of Rust has on both sides of its point, they are exact everywhere.
async fn sized_decimals(place: &Place) {
    let db = place.connect().await;
    Schema::new().table::<sized_rows::Row>().create(&db).await.unwrap();
    let values = ASCENDING.map(decimal);
    sized_rows::equality(&db, &values).await;
    for (written, id) in [("1.5", 6), ("1.5000", 6), ("10.0", 8), ("100", 9), ("0.00", 3)] {
        let value = decimal(written);
        let found = sized_rows::Row::query().filter(|r| r.optional.eq(value)).select(|r| r.id).all(&db).await.unwrap();
        assert_eq!(found, [id], "{written}");
    }
}

const ASCENDING: [&str; 11] = [
    "-79228162514264337593543950335",
    "-1.5",
    "-0.0000000000000000000000000001",
    "0",
    "0.0000000000000000000000000001",
    "1.1234567890123456789012345678",
    "1.50",
    "9",
    "10",
    "100.000",
    "79228162514264337593543950335",
];

equality!(decimal_rows: Decimal, "t_decimal", (Postgres, Sqlite));

/// Of any precision, where there are such, they are exact on both; an order, which SQLite's text cannot give, needs `lossy`.
async fn decimals(place: &Place) {
    use decimal_rows::Row;
    let db = place.connect().await;
    Schema::new().table::<Row>().create(&db).await.unwrap();
    let ascending = ASCENDING.map(decimal);
    decimal_rows::equality(&db, &ascending).await;
    // 1.5 is 1.50, however it is written
    for (written, ids) in [("1.5", 6), ("1.5000", 6), ("10.0", 8), ("1E2", 9), ("0.00", 3)] {
        let value = written.parse().or_else(|_| Decimal::from_scientific(written)).unwrap();
        let found = Row::query().filter(|r| r.optional.eq(value)).select(|r| r.id).all(&db).await.unwrap();
        assert_eq!(found, [ids], "{written}");
    }
    let all = Row::query().filter(|r| r.optional.is_not_null()).order_by(|r| (r.required.lossy().asc(), r.id.asc()));
    let ids = all.select(|r| r.id).all(&db).await.unwrap();
    assert_eq!(ids, (0..ascending.len() as i64).collect::<Vec<_>>());
    let large = Row::query().filter(|r| r.optional.lossy().gt(decimal("9.5"))).count(&db).await.unwrap();
    assert_eq!(large, 3);
}

fn lossy(text: &str) -> Lossy {
    Lossy(decimal(text))
}

equality!(lossy_rows: Lossy, "t_lossy", (Postgres, Sqlite));
order!(lossy_order in lossy_rows: Lossy, (Postgres, Sqlite));
type_test!(lossy_numbers, lossy_rows, lossy_order::order;
    ordered [lossy("-1000000.25"), lossy("-0.1"), lossy("0"), lossy("0.1"), lossy("1.50"), lossy("9"), lossy("10")],
    further [lossy("1234567.89")]);

/// A document with a shape.
#[derive(serde::Serialize, serde::Deserialize, Debug, Clone, PartialEq, Default)]
struct Shape {
    name: String,
    tags: Vec<String>,
    deep: Option<Box<Shape>>,
}

equality!(json_rows: Json<serde_json::Value>, "t_json", Portable);
equality!(shape_rows: Json<Shape>, "t_shape", Portable);

async fn documents(place: &Place) {
    let db = place.connect().await;
    Schema::new().table::<json_rows::Row>().table::<shape_rows::Row>().create(&db).await.unwrap();
    let mut nested = json!("🦀 it's \"deep\" \\ \n");
    // MariaDB takes no more than 32 levels
    for level in 0..if place.engine() == Engine::MariaDb { 28 } else { 60 } {
        nested = if level % 2 == 0 { json!([nested, level]) } else { json!({ "k'\"ey": nested }) };
    }
    let values = [
        json!(null),
        json!(true),
        json!(0),
        json!(-1.5e-7),
        json!(i64::MAX),
        json!(u64::MAX),
        json!(""),
        json!("text"),
        json!([]),
        json!({}),
        json!({"a": null, "b": [1, "two", {"c": 3.25}], "": "empty key"}),
        nested,
    ]
    .map(Json);
    json_rows::equality(&db, &values).await;
    let leaf = Shape { name: "leaf".into(), ..Shape::default() };
    let shapes = [
        Shape::default(),
        Shape { tags: vec!["a".into(), "🦀".into()], deep: Some(Box::new(leaf)), ..Shape::default() },
    ];
    shape_rows::equality(&db, &shapes.map(Json)).await;
    let path = shape_rows::Row::query().filter(|r| r.required.text(("deep", "name")).eq("leaf")).select(|r| r.id);
    assert_eq!(path.all(&db).await.unwrap(), [1]);
}

/// A column of each type.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "t_each", dialect = (Postgres, MariaDb, Sqlite))]
pub(crate) struct Each {
    #[column(primary_key)]
    pub(crate) id: i64,
    pub(crate) bool: Option<bool>,
    pub(crate) i16: Option<i16>,
    pub(crate) i32: Option<i32>,
    pub(crate) f32: Option<f32>,
    pub(crate) f64: Option<f64>,
    pub(crate) text: Option<String>,
    pub(crate) bytes: Option<Vec<u8>>,
    pub(crate) timestamp: Option<DateTime<Utc>>,
    pub(crate) local: Option<NaiveDateTime>,
    pub(crate) date: Option<NaiveDate>,
    pub(crate) time: Option<NaiveTime>,
    pub(crate) uuid: Option<Uuid>,
    #[column(precision = (20, 4))]
    pub(crate) decimal: Option<Decimal>,
    pub(crate) json: Option<Json<serde_json::Value>>,
}

async fn by_the_statement_that_wrote_them(place: &Place) {
    let db = place.connect().await;
    Schema::new().table::<Each>().create(&db).await.unwrap();
    let none = Each {
        id: 1,
        bool: None,
        i16: None,
        i32: None,
        f32: None,
        f64: None,
        text: None,
        bytes: None,
        timestamp: None,
        local: None,
        date: None,
        time: None,
        uuid: None,
        decimal: None,
        json: None,
    };
    let all = Each {
        id: 2,
        bool: Some(true),
        i16: Some(i16::MIN),
        i32: Some(i32::MAX),
        f32: Some(0.1),
        f64: Some(f64::MIN_POSITIVE),
        text: Some("it's \\ \"🦀\" \u{1a}".to_owned()),
        bytes: Some(vec![0, 0xff, b'\'', 0x1a]),
        timestamp: Some(instant("2000-02-29T12:34:56.000001Z")),
        local: Some(local("0001-01-01T00:00:00")),
        date: Some(date("9999-12-31")),
        time: Some(time("23:59:59.999999")),
        uuid: Some(Uuid::from_u128(0x2725_2220_5c30_7831_0000_0000_0000_0000)),
        decimal: Some(decimal("-1.5000")),
        json: Some(Json(json!({"a": ["🦀", null, 1.5]}))),
    };
    let rows = vec![none, all];
    assert_eq!(Each::insert_many(rows.clone()).returning().all(&db).await.unwrap(), rows);
    assert_eq!(Each::delete().everywhere().returning().all(&db).await.unwrap(), rows);
}

/// All dialects, so that the alias stays what the tables say.
const _: fn() = || {
    fn same<T: Table<Dialect = Portable>>() {}
    same::<text_rows::Row>();
};
