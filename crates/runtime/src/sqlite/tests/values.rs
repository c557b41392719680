//! Every kind of value on its way in and out.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use relvar_query::types::{Json, Lossy};
use rust_decimal::Decimal;
use uuid::Uuid;

use super::*;
use crate::error::ErrorKind;

/// Sends `value`, on the calling thread and through the blocking pool, and gives back its storage class
/// and what comes back.
async fn there_and_back<T>(connection: &mut SqliteConnection, value: T) -> (String, T)
where
    T: SqlType + Clone + PartialEq + std::fmt::Debug + Send,
{
    let value = [value.into_value()];
    let here = Sql { arguments: &value, ..read("SELECT ?1, typeof(?1)", 2) };
    let decode: fn(&dyn Cells) -> _ = |row| Ok((at(row, 1, String::decode)?, at(row, 0, T::decode)?));
    let mut here_rows = here.with(connection, decode).await.unwrap().1;
    let elsewhere = Sql { work: Work::Long, ..here };
    assert_eq!(elsewhere.with(connection, decode).await.unwrap().1, here_rows);
    here_rows.pop().unwrap()
}

async fn check<T>(connection: &mut SqliteConnection, class: &str, values: impl IntoIterator<Item = T>)
where
    T: SqlType<Base = T, Null = relvar_query::types::NotNull> + Clone + PartialEq + std::fmt::Debug + Send,
{
    for value in values {
        let (found, back) = there_and_back(connection, value.clone()).await;
        assert_eq!((found.as_str(), back), (class, value));
    }
    let (found, back) = there_and_back::<Option<T>>(connection, None).await;
    assert_eq!((found.as_str(), back), ("null", None));
}

fn moment(text: &str) -> NaiveDateTime {
    text.parse().unwrap()
}

#[tokio::test]
async fn every_kind_makes_the_round_trip() {
    let c = &mut memory().await;
    check(c, "integer", [true, false]).await;
    check(c, "integer", [0, i16::MIN, i16::MAX]).await;
    check(c, "integer", [0, i32::MIN, i32::MAX]).await;
    check(c, "integer", [0, i64::MIN, i64::MAX]).await;
    check(c, "real", [0.0, -1.5, f32::MIN, f32::MAX, f32::MIN_POSITIVE, f32::INFINITY]).await;
    check(c, "real", [0.0, 0.1, f64::MIN, f64::MAX, f64::MIN_POSITIVE, f64::NEG_INFINITY]).await;
    check(c, "text", ["", "é", "a\0b", "'; --", "\u{10ffff}"].map(str::to_owned)).await;
    check(c, "text", ["x".repeat(1 << 20)]).await;
    check(c, "blob", [vec![], vec![0_u8, 255], vec![7; 1 << 20]]).await;
    check(c, "blob", [Uuid::nil(), Uuid::max()]).await;
    check(c, "text", [Decimal::MAX, Decimal::MIN, Decimal::ZERO, "0.0000000000000000000000000001".parse().unwrap()])
        .await;
    check(c, "text", [Json(serde_json::json!({"a": [1, null, "é"]}))]).await;
    let (first, last) = (moment("0000-01-01T00:00:00"), moment("9999-12-31T23:59:59.999999"));
    check(c, "text", [first, last, moment("1969-12-31T23:59:59.000001")]).await;
    check(c, "text", [first.and_utc(), last.and_utc()]).await;
    check(c, "text", [first.date(), last.date()]).await;
    check(c, "text", [NaiveTime::MIN, last.time()]).await;
}

#[tokio::test]
async fn equal_decimals_are_equal_texts() {
    let c = &mut memory().await;
    let same = ["1.5", "1.50"].map(|text| Value::Decimal(text.parse().unwrap()));
    let cells = Sql { arguments: &same, ..read("SELECT ?1 = ?2", 1) }.cells(c).await.unwrap();
    assert_eq!(cells, [Kept::Integer(1)]);
    let zeros = ["-0.00", "0"].map(|text| Value::Decimal(text.parse().unwrap()));
    let cells = Sql { arguments: &zeros, ..read("SELECT ?1 = ?2", 1) }.cells(c).await.unwrap();
    assert_eq!(cells, [Kept::Integer(1)]);
}

#[test]
fn a_lossy_decimal_is_the_nearest_double() {
    let large = "79228162514264337593543950335";
    for (number, expected) in [("0.1", 0.1), ("-17.00", -17.0), (large, large.parse().unwrap())] {
        let number = Value::Decimal(number.parse().unwrap());
        let bound = Bound::Value(&number, Lossy::SQL_TYPE);
        assert_eq!(super::super::bind::owned(&bound).unwrap(), rusqlite::types::Value::Real(expected));
    }
}

#[tokio::test]
async fn times_compare_with_those_of_sqlite() {
    let c = &mut memory().await;
    let t: DateTime<Utc> = moment("2024-02-29T12:00:00.000001").and_utc();
    let t = [t.into_value()];
    let text = "SELECT ?1 > datetime('2024-02-29 12:00:00'), ?1";
    let decode: fn(&dyn Cells) -> _ = |row| Ok((at(row, 0, bool::decode)?, at(row, 1, String::decode)?));
    let rows = Sql { arguments: &t, ..read(text, 2) }.with(c, decode).await.unwrap().1;
    assert_eq!(rows, [(true, "2024-02-29 12:00:00.000001".to_owned())]);
}

#[tokio::test]
async fn what_sqlite_cannot_hold_is_refused_before_it_is_sent() {
    let c = &mut memory().await;
    c.script("CREATE TABLE t (v)").await.unwrap();
    let late = NaiveDate::from_ymd_opt(10_000, 1, 1).unwrap();
    let early = NaiveDate::from_ymd_opt(-1, 12, 31).unwrap();
    let values = [
        Value::F64(f64::NAN),
        Value::F32(f32::NAN),
        late.into_value(),
        early.and_time(NaiveTime::MIN).into_value(),
        late.and_time(NaiveTime::MIN).and_utc().into_value(),
        Value::Invalid("no form".to_owned()),
    ];
    for value in values {
        for work in [Work::Write, Work::Long] {
            let arguments = [value.clone()];
            let insert = Sql { arguments: &arguments, work, ..write("INSERT INTO t VALUES (?1)") };
            let error = failed(insert.affected(c).await);
            assert!(matches!(error.kind(), ErrorKind::Value(_)), "{value:?}: {error}");
        }
    }
    for value in [Value::Array(vec![]), Value::Binary(vec![])] {
        let arguments = [value];
        let error = failed(Sql { arguments: &arguments, ..write("INSERT INTO t VALUES (?1)") }.affected(c).await);
        assert!(matches!(error.kind(), ErrorKind::Unsupported(_)), "{error}");
    }
    assert_eq!(read("SELECT count(*) FROM t", 1).cells(c).await.unwrap(), [Kept::Integer(0)]);
}

#[tokio::test]
async fn the_number_of_arguments_must_be_right() {
    let c = &mut memory().await;
    let two = [Value::I64(1), Value::I64(2)];
    for (text, arguments) in
        [("SELECT ?1", &two[..]), ("SELECT ?1, ?2", &two[..1]), ("SELECT ?1", &[]), ("SELECT 1", &two)]
    {
        let error = failed(Sql { arguments, ..read(text, 1) }.cells(c).await);
        let wrong_columns = text.contains(',');
        assert_eq!(matches!(error.kind(), ErrorKind::Drift { .. }), wrong_columns, "{error}");
        assert_eq!(matches!(error.kind(), ErrorKind::Value(_)), !wrong_columns, "{error}");
    }
    // a repeated argument is one
    let cells = Sql { arguments: &two, ..read("SELECT ?2 + ?1 + ?2", 1) }.cells(c).await.unwrap();
    assert_eq!(cells, [Kept::Integer(5)]);
}

#[tokio::test]
async fn a_cell_that_does_not_fit_names_its_column() {
    let c = &mut memory().await;
    let cases: [(&str, &str); 5] = [
        ("SELECT 1, CAST(x'ff' AS TEXT)", "column `column 1`: not a valid text: it is not UTF-8"),
        ("SELECT 1, NULL", "column `column 1`: unexpected NULL"),
        ("SELECT 1, 7", "column `column 1`: expected text, found an integer"),
        ("SELECT 'x', 'x'", "column `column 0`: expected a smallint, found text"),
        ("SELECT 70000, 'x'", "column `column 0`: not a valid a smallint: it is out of range"),
    ];
    for (text, message) in cases {
        for work in [Work::Read, Work::Long] {
            let decode: fn(&dyn Cells) -> _ = |row| Ok((at(row, 0, i16::decode)?, at(row, 1, String::decode)?));
            let error = failed(Sql { work, ..read(text, 2) }.with(c, decode).await);
            assert!(error.to_string().starts_with(message), "{error}");
            assert_eq!(error.statement(), Some(text));
        }
    }
    assert_eq!(read("SELECT 1", 1).cells(c).await.unwrap(), [Kept::Integer(1)]);
}
