//! Every kind of value goes there and comes back the same: NULL, extremes, arrays, named types.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use relvar_query::ir::Bound;
use relvar_query::types::{Cell, DecodeError, Json, Kind, NotNull, SqlType, Type};
use relvar_query::value::Value;
use rust_decimal::Decimal;
use std::fmt::Debug;
use uuid::Uuid;

use super::{PostgresConnection, another, connect, in_step, run};
use crate::backend::Connection;
use crate::error::ErrorKind;

/// Sends each value as an argument, inserts it, finds it by `=` and `= ANY`, and reads it back.
async fn round_trip<T>(connection: &mut PostgresConnection, column: &str, values: &[T])
where
    T: SqlType + Clone + PartialEq + Debug + Send,
    Option<T>: SqlType,
{
    let ty = T::SQL_TYPE;
    let table = column.replace(' ', "_");
    let (select, insert) = (format!("SELECT c0 FROM \"{table}\""), format!("INSERT INTO \"{table}\" VALUES ($1)"));
    let (update, one) = (format!("UPDATE \"{table}\" SET c0 = $1"), format!("SELECT c0 FROM \"{table}\" LIMIT 1"));
    let equal = format!("SELECT c0 FROM \"{table}\" WHERE c0 = $1");
    let any = format!("SELECT count(*) FROM \"{table}\" WHERE c0 = ANY($1)");
    connection.script(&format!("CREATE TABLE \"{table}\" (c0 {column})")).await.unwrap();
    let list: Vec<Value> = values.iter().cloned().map(T::into_value).collect();
    for (value, sent) in values.iter().zip(&list) {
        let argument = || vec![Bound::Value(sent, ty)];
        let cast = format!("SELECT CAST($1 AS {column})");
        let back = run(&cast).bind(argument()).column::<T>(connection).await.unwrap();
        assert_eq!(back, std::slice::from_ref(value), "{column}");
        assert_eq!(run(&insert).bind(argument()).execute(connection).await.unwrap(), 1);
        let found = run(&equal).bind(argument()).column::<T>(connection).await.unwrap();
        assert!(found.contains(value), "{column}: {value:?} in {found:?}");
    }
    assert_eq!(run(&select).column::<T>(connection).await.unwrap(), values, "{column}");

    // as an array, with NULL among the elements, and empty
    let all = vec![Bound::Array(&list, ty)];
    let sql = format!("SELECT u FROM unnest(CAST($1 AS {column}[])) AS u");
    assert_eq!(run(&sql).bind(all.clone()).column::<T>(connection).await.unwrap(), values, "{column}[]");
    let found = run(&any).bind(all).column::<i64>(connection).await.unwrap();
    assert_eq!(found, [values.len() as i64], "{column}[]");
    let holed = [list.first().cloned().unwrap(), Value::Null];
    let back = run(&sql).bind(vec![Bound::Array(&holed, ty)]).column::<Option<T>>(connection).await.unwrap();
    assert_eq!(back, [values.first().cloned(), None], "{column}[]");
    let none = run(&sql).bind(vec![Bound::Array(&[], ty)]).column::<T>(connection).await.unwrap();
    assert!(none.is_empty());

    // NULL, which a type without it refuses
    let null = || vec![Bound::Value(&Value::Null, ty)];
    assert_eq!(run(&update).bind(null()).execute(connection).await.unwrap(), values.len() as u64);
    let back = run(&one).column::<Option<T>>(connection).await.unwrap();
    assert_eq!(back, [None], "{column}");
    let refused = run(&one).column::<T>(connection).await.unwrap_err();
    let expected = ErrorKind::Decode { column: "t.c0".to_owned(), why: DecodeError::Null };
    assert_eq!(refused.kind(), &expected);
}

/// An array column, there and back.
async fn array<T: SqlType + Clone + PartialEq + Debug + Send>(
    connection: &mut PostgresConnection,
    sql: &str,
    value: T,
) {
    let sent = value.clone().into_value();
    let back = run(sql).bind(vec![Bound::Value(&sent, T::SQL_TYPE)]).column::<T>(connection).await.unwrap();
    assert_eq!(back, [value]);
}

fn at(text: &str) -> NaiveDateTime {
    text.parse().unwrap()
}

#[tokio::test]
async fn every_kind() {
    let c = &mut connect("relvar_pg_kinds").await;
    round_trip(c, "boolean", &[true, false]).await;
    round_trip(c, "smallint", &[i16::MIN, -1, 0, i16::MAX]).await;
    round_trip(c, "integer", &[i32::MIN, -1, 0, i32::MAX]).await;
    round_trip(c, "bigint", &[i64::MIN, -1, 0, i64::MAX]).await;
    round_trip(c, "real", &[f32::MIN, f32::MIN_POSITIVE, 0.1, f32::INFINITY]).await;
    round_trip(c, "double precision", &[f64::MIN, f64::MIN_POSITIVE, 0.1, f64::NEG_INFINITY]).await;
    round_trip(c, "text", &["".to_owned(), "it's \\ \"ü\" 🦀\u{1}".to_owned(), "x".repeat(100_000)]).await;
    round_trip(c, "bytea", &[vec![], vec![0u8, 255, 39, 92], vec![7; 70_000]]).await;
    round_trip(c, "uuid", &[Uuid::nil(), Uuid::max(), Uuid::new_v4()]).await;
    round_trip(c, "jsonb", &[Json(serde_json::json!(null)), Json(serde_json::json!({"a": [1, "ü'\\"], "b": {}}))])
        .await;
    let first = NaiveDate::from_ymd_opt(-4713, 11, 24).unwrap();
    let last = NaiveDate::MAX;
    round_trip(c, "date", &[first, "1999-12-31".parse().unwrap(), "2000-01-01".parse().unwrap(), last]).await;
    let midnight = NaiveTime::MIN;
    round_trip(c, "time", &[midnight, "23:59:59.999999".parse().unwrap(), "04:05:06.000070".parse().unwrap()]).await;
    let moments = [
        first.and_time(midnight),
        at("1969-12-31T23:59:59.999999"),
        at("2000-01-01T00:00:00"),
        last.and_time("23:59:59.999999".parse().unwrap()),
    ];
    round_trip(c, "timestamp", &moments).await;
    let zoned: Vec<DateTime<Utc>> = moments.iter().take(3).map(NaiveDateTime::and_utc).collect();
    round_trip(c, "timestamptz", &zoned).await;
    let decimals =
        ["0", "1", "-1", "0.1", "10000", "-20000.5", "1.50", "0.0000000000000000000000000001", "123456789.000100"];
    let mut decimals: Vec<Decimal> = decimals.iter().map(|d| d.parse().unwrap()).collect();
    decimals.extend([Decimal::MAX, Decimal::MIN]);
    round_trip(c, "numeric", &decimals).await;
    // the server reads the same digits and the same scale, there and back
    let mut seed = 0x2545_f491_4f6c_dd1du64;
    let mut random = || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 32) as u32
    };
    for _ in 0..2_000 {
        let (scale, width) = (random() % 29, random() % 96);
        let mantissa = ((u128::from(random()) << 64) | (u128::from(random()) << 32) | u128::from(random())) >> width;
        let sign = if random() % 2 == 0 { 1 } else { -1 };
        decimals.push(Decimal::from_i128_with_scale(sign * mantissa as i128, scale));
    }
    let sent: Vec<Value> = decimals.iter().copied().map(Value::Decimal).collect();
    let all = vec![Bound::Array(&sent, Decimal::SQL_TYPE)];
    let texts = run("SELECT CAST(unnest($1) AS text)").bind(all.clone()).column::<String>(c).await.unwrap();
    let back = run("SELECT unnest($1)").bind(all).column::<Decimal>(c).await.unwrap();
    for ((decimal, text), back) in decimals.iter().zip(texts).zip(back) {
        assert_eq!((decimal.to_string(), decimal.to_string()), (text, back.to_string()));
    }
}

#[tokio::test]
async fn arrays_as_values() {
    let c = &mut connect("relvar_pg_arrays").await;
    array(c, "SELECT $1", vec![true, false]).await;
    array(c, "SELECT $1", vec![1i16, -1]).await;
    array(c, "SELECT $1 /* 32 */", vec![1i32, -1]).await;
    array(c, "SELECT $1 /* 64 */", Vec::<i64>::new()).await;
    array(c, "SELECT $1 /* text */", vec!["a,{}\"".to_owned(), String::new()]).await;
    array(c, "SELECT $1 /* uuid */", vec![Uuid::new_v4()]).await;
    array(c, "SELECT $1 /* numeric */", vec!["1.5".parse::<Decimal>().unwrap()]).await;
    array(c, "SELECT $1 /* moment */", vec![at("1969-12-31T23:59:59.999999").and_utc()]).await;
    let nested = run("SELECT '{{1,2}}'::int4[]").column::<Vec<i32>>(c).await.unwrap_err();
    assert!(nested.to_string().contains("more than one dimension"), "{nested}");
    let holed = run("SELECT '{1,NULL}'::int4[]").column::<Vec<i32>>(c).await.unwrap_err();
    assert!(matches!(holed.kind(), ErrorKind::Decode { why: DecodeError::Null, .. }), "{holed}");
    in_step(c).await;
}

/// A text that travels as a declared type: `$name` is its Rust name, `$sql` its type.
macro_rules! named {
    ($name:ident, $ty:expr) => {
        #[derive(Clone, Debug, PartialEq)]
        struct $name(String);
        impl SqlType for $name {
            type Base = $name;
            type Null = NotNull;
            const SQL_TYPE: &'static Type = &$ty;
            fn into_value(self) -> Value {
                Value::Text(self.0)
            }
            fn decode(cell: Cell<'_>) -> Result<Self, DecodeError> {
                String::decode(cell).map($name)
            }
        }
    };
}
named!(Mood, Type::named("mood", Kind::Enum));
named!(Citext, Type::named("citext", Kind::Text));
named!(Email, Type::named("email", Kind::Text));
named!(Code, Type::named("char(3)", Kind::Text));

/// An array of an enum.
struct Moods(Vec<String>);
impl SqlType for Moods {
    type Base = Moods;
    type Null = NotNull;
    const SQL_TYPE: &'static Type = &Type::array_of(Mood::SQL_TYPE);
    fn into_value(self) -> Value {
        Value::Array(self.0.into_iter().map(Value::Text).collect())
    }
    fn decode(cell: Cell<'_>) -> Result<Self, DecodeError> {
        Vec::<String>::decode(cell).map(Moods)
    }
}

/// A point: a type whose binary form is the user's business.
#[derive(Clone, Debug, PartialEq)]
struct Point(f64, f64);
impl SqlType for Point {
    type Base = Point;
    type Null = NotNull;
    const SQL_TYPE: &'static Type = &Type::named("pg_catalog.point", Kind::Custom);
    fn into_value(self) -> Value {
        Value::Binary([self.0.to_be_bytes(), self.1.to_be_bytes()].concat())
    }
    fn decode(cell: Cell<'_>) -> Result<Self, DecodeError> {
        match cell {
            Cell::Binary(b) if b.len() == 16 => {
                let half = |r| f64::from_be_bytes(<[u8; 8]>::try_from(&b[r]).unwrap());
                Ok(Point(half(0..8), half(8..16)))
            }
            _ => Err(DecodeError::unexpected("a point", cell)),
        }
    }
}

/// Inserts as the type's cast, compares with it, reads it back.
async fn declared<T: SqlType + Clone + PartialEq + Debug + Send>(
    c: &mut PostgresConnection,
    sql: &str,
    sent: T,
    kept: T,
    compared: T,
) {
    c.script(&format!("DROP TABLE IF EXISTS t; CREATE TABLE t (c0 {sql})")).await.unwrap();
    let (sent, compared) = (sent.into_value(), compared.into_value());
    let insert = format!("INSERT INTO t VALUES (CAST($1 AS {sql}))");
    run(&insert).bind(vec![Bound::Value(&sent, T::SQL_TYPE)]).execute(c).await.unwrap();
    let find = format!("SELECT c0 FROM t WHERE c0 = CAST($1 AS {sql})");
    let found = run(&find).bind(vec![Bound::Value(&compared, T::SQL_TYPE)]).column::<T>(c).await.unwrap();
    assert_eq!(found, [kept], "{sql}");
    run(&insert).bind(vec![Bound::Value(&Value::Null, T::SQL_TYPE)]).execute(c).await.unwrap();
    let any = format!("SELECT c0 FROM t WHERE c0 = ANY(CAST($1 AS {sql}[]))");
    if !T::SQL_TYPE.array {
        let found = run(&any).bind(vec![Bound::Array(&[compared], T::SQL_TYPE)]).column::<T>(c).await.unwrap();
        assert_eq!(found.len(), 1, "{sql}");
    }
}

#[tokio::test]
async fn declared_types() {
    let c = &mut connect("relvar_pg_declared").await;
    let sql =
        "CREATE TYPE mood AS ENUM ('sad', 'it''s ok', 'happy'); CREATE DOMAIN email AS text CHECK (VALUE LIKE '%@%')";
    c.script(sql).await.unwrap();
    let s = |t: &str| t.to_owned();
    declared(c, "mood", Mood(s("it's ok")), Mood(s("it's ok")), Mood(s("it's ok"))).await;
    declared(c, "email", Email(s("a@b")), Email(s("a@b")), Email(s("a@b"))).await;
    declared(c, "char(3)", Code(s("x")), Code(s("x  ")), Code(s("x "))).await;
    // an extension is of the whole database: two tests at once may both try
    let _ = c.script("CREATE EXTENSION IF NOT EXISTS citext SCHEMA public").await;
    declared(c, "citext", Citext(s("Me")), Citext(s("Me")), Citext(s("mE"))).await;
    declared(c, "public.citext", Citext(s("Me")), Citext(s("Me")), Citext(s("mE"))).await;

    // an enum array, as one value
    c.script("DROP TABLE t; CREATE TABLE t (c0 mood[])").await.unwrap();
    let moods = Moods(vec![s("happy"), s("sad")]).into_value();
    let insert = run("INSERT INTO t VALUES (CAST($1 AS mood[]))");
    insert.bind(vec![Bound::Value(&moods, Moods::SQL_TYPE)]).execute(c).await.unwrap();
    let back = run("SELECT c0 FROM t").column::<Moods>(c).await.unwrap();
    assert_eq!(back[0].0, ["happy", "sad"]);

    let label = Value::Text(s("angry"));
    let wrong = run("SELECT CAST($1 AS mood)").bind(vec![Bound::Value(&label, Mood::SQL_TYPE)]);
    let error = wrong.column::<Mood>(c).await.unwrap_err();
    assert_eq!(error.category(), Some(crate::error::Category::DataException), "{error}");
    in_step(c).await;
}

#[tokio::test]
async fn types_of_the_users_own() {
    let c = &mut connect("relvar_pg_custom").await;
    c.script("CREATE TABLE t (c0 point)").await.unwrap();
    let points = [Point(1.5, -2.0).into_value(), Value::Null, Point(0.0, 9.0).into_value()];
    let insert = run("INSERT INTO t SELECT unnest($1)").bind(vec![Bound::Array(&points, Point::SQL_TYPE)]);
    assert_eq!(insert.execute(c).await.unwrap(), 3);
    let empty = run("INSERT INTO t SELECT unnest($1)").bind(vec![Bound::Array(&[], Point::SQL_TYPE)]);
    assert_eq!(empty.execute(c).await.unwrap(), 0);
    let same = run("SELECT c0 FROM t WHERE c0 ~= $1").bind(vec![Bound::Value(&points[0], Point::SQL_TYPE)]);
    assert_eq!(same.column::<Point>(c).await.unwrap(), [Point(1.5, -2.0)]);
    let other = run("SELECT 1::int8").column::<Point>(c).await.unwrap_err();
    let drift = ErrorKind::Drift { column: "t.c0".into(), expected: "pg_catalog.point".into(), found: "bigint".into() };
    assert_eq!(other.kind(), &drift);

    // a type that was dropped and made anew has another number
    const PAIR: &Type = &Type::named("pair", Kind::Custom);
    let make = "DROP TYPE IF EXISTS pair; CREATE TYPE pair AS ENUM ('a')";
    for _ in 0..2 {
        c.script(make).await.unwrap();
        let a = Value::Binary(b"a".to_vec());
        let sql = "SELECT CAST($1 AS text)";
        let mut result = run(sql).bind(vec![Bound::Value(&a, PAIR)]).column::<String>(c).await;
        if let Err(error) = &result {
            assert!(error.database().is_some(), "a named error, then right again: {error}");
            result = run(sql).bind(vec![Bound::Value(&a, PAIR)]).column::<String>(c).await;
        }
        assert_eq!(result.unwrap(), ["a"]);
    }
    const NONE: &Type = &Type::named("no_such_type", Kind::Custom);
    let a = Value::Binary(vec![1]);
    let error = run("SELECT $1").bind(vec![Bound::Value(&a, NONE)]).execute(c).await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Value(why) if why.contains("`no_such_type`")), "{error}");
    in_step(c).await;
}

#[tokio::test]
async fn one_text_with_other_types_is_another_statement() {
    let c = &mut connect("relvar_pg_signature").await;
    for persistent in [true, false, true] {
        let query = |arguments| {
            let mut run = run("SELECT CAST($1 AS text)").bind(arguments);
            run.persistent = persistent;
            run
        };
        let (long, double, text) = (Value::I64(7), Value::F64(0.5), Value::Text("t".to_owned()));
        // the first two have the same width: nothing but the declared type tells them apart
        let back = query(vec![Bound::Value(&long, i64::SQL_TYPE)]).column::<String>(c).await.unwrap();
        assert_eq!(back, ["7"]);
        let back = query(vec![Bound::Value(&double, f64::SQL_TYPE)]).column::<String>(c).await.unwrap();
        assert_eq!(back, ["0.5"]);
        let back = query(vec![Bound::Value(&text, String::SQL_TYPE)]).column::<String>(c).await.unwrap();
        assert_eq!(back, ["t"]);
    }
}

#[tokio::test]
async fn more_statements_than_are_kept() {
    let c = &mut another("public").await;
    for round in 0..2 {
        for i in 0..4_200i64 {
            if round == 0 || i % 500 == 0 {
                let value = Value::I64(i);
                let sum = run(&format!("SELECT $1 + {i}")).bind(vec![Bound::Value(&value, i64::SQL_TYPE)]);
                assert_eq!(sum.column::<i64>(c).await.unwrap(), [2 * i]);
            }
        }
    }
    let kept = run("SELECT count(*) FROM pg_prepared_statements").column::<i64>(c).await.unwrap();
    assert!(kept[0] <= 512, "{kept:?}");
}

#[tokio::test]
async fn what_cannot_be_sent_is_named_and_not_sent() {
    let c = &mut connect("relvar_pg_values").await;
    c.script("CREATE TABLE t (n int)").await.unwrap();
    let many: Vec<Bound<'_>> = (0..65_536).map(|_| Bound::Value(&Value::Null, i32::SQL_TYPE)).collect();
    let early = NaiveDate::from_ymd_opt(-4713, 11, 23).unwrap();
    let cases: Vec<(Value, &Type, &str)> = vec![
        (Value::Text("a\0b".to_owned()), String::SQL_TYPE, "NUL"),
        (Value::Json("\"\0\"".to_owned()), const { &Type::of(Kind::Json) }, "NUL"),
        (Value::Array(vec![Value::Text("\0".to_owned())]), Vec::<String>::SQL_TYPE, "NUL"),
        (Value::Invalid("it has no JSON form".to_owned()), i32::SQL_TYPE, "no JSON form"),
        (Value::Date(early), NaiveDate::SQL_TYPE, "4714 BC"),
        (Value::DateTime(early.and_time(NaiveTime::MIN)), NaiveDateTime::SQL_TYPE, "4714 BC"),
        (Value::Timestamp(DateTime::<Utc>::MIN_UTC), DateTime::<Utc>::SQL_TYPE, "4714 BC"),
        (Value::I64(1), i32::SQL_TYPE, "integer"),
        (Value::I32(1), Vec::<i32>::SQL_TYPE, "integer[]"),
        (Value::Array(vec![Value::Array(vec![])]), Vec::<i32>::SQL_TYPE, "an array"),
        (Value::Text("x".to_owned()), const { &Type::of(Kind::Custom) }, "not declared"),
    ];
    for (value, ty, word) in &cases {
        let insert = run("INSERT INTO t SELECT 1 FROM (SELECT $1) AS x").bind(vec![Bound::Value(value, ty)]);
        let error = insert.execute(c).await.unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Value(why) if why.contains(word)), "{word}: {error}");
    }
    let error = run("INSERT INTO t SELECT 1").bind(many).execute(c).await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Value(why) if why.contains("65535")), "{error}");
    let error = run("INSERT INTO t VALUES (1)\0").execute(c).await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Value(why) if why.contains("NUL")), "{error}");
    assert_eq!(run("SELECT count(*) FROM t").column::<i64>(c).await.unwrap(), [0]);
    in_step(c).await;
    let leap = Value::Time(NaiveTime::from_hms_milli_opt(23, 59, 59, 1_500).unwrap());
    let back = run("SELECT $1").bind(vec![Bound::Value(&leap, NaiveTime::SQL_TYPE)]);
    assert_eq!(back.column::<NaiveTime>(c).await.unwrap(), ["23:59:59.999999".parse().unwrap()]);
}

#[tokio::test]
async fn the_session_is_as_the_contract_says() {
    let c = &mut another("public").await;
    for (name, value) in [
        ("TimeZone", "UTC"),
        ("client_encoding", "UTF8"),
        ("standard_conforming_strings", "on"),
        ("client_connection_check_interval", "100ms"),
    ] {
        let sql = format!("SELECT current_setting('{name}')");
        assert_eq!(run(&sql).column::<String>(c).await.unwrap(), [value], "{name}");
    }
}
