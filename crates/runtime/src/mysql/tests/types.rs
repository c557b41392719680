//! Every kind of value goes there and comes back the same: NULL, extremes, what needs quoting elsewhere.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use relvar_query::ir::{Bound, Texts};
use relvar_query::types::{Cell, DecodeError, Json, Kind, NotNull, SqlType, Type};
use relvar_query::value::Value;
use rust_decimal::Decimal;
use std::fmt::Debug;
use uuid::Uuid;

use super::{MySqlConnection, Site, connect, in_step, on_both, run};
use crate::backend::Connection;
use crate::error::ErrorKind;

on_both! {
    every_kind
    text_byte_for_byte
    computed_values
    narrower_integers
    enums_and_other_names
    what_cannot_be_sent_is_named_and_not_sent
    one_text_with_other_types_is_another_statement
    more_statements_than_are_kept
    nothing_waits_for_an_acknowledgement
}

/// Inserts each value, finds it by `=` and `IN`, changes it to NULL and reads it back.
async fn round_trip<T>(c: &mut MySqlConnection, column: &str, values: &[T])
where
    T: SqlType + Clone + PartialEq + Debug + Send,
    Option<T>: SqlType,
{
    let ty = T::SQL_TYPE;
    c.script(&format!("DROP TABLE IF EXISTS t; CREATE TABLE t (id int AUTO_INCREMENT PRIMARY KEY, c0 {column})"))
        .await
        .unwrap();
    // what is computed has the types that were there when a statement was prepared: each type has its own
    let run = |sql: &str| run(&format!("{sql} /* {column} */"));
    for value in values {
        let sent = value.clone().into_value();
        let bound = || Bound::Value(&sent, ty);
        let insert = run("INSERT INTO t (c0) VALUES (?)").bind(vec![bound()]);
        assert_eq!(insert.execute(c).await.unwrap(), 1, "{column}");
        in_step(c).await;
        // documents are equal by `CAST(? AS JSON)`, which is the lowering's business
        if ty.kind != Kind::Json {
            let equal = run("SELECT c0 FROM t WHERE c0 = ?").bind(vec![bound()]);
            let found = equal.column::<T>(c).await.unwrap();
            assert!(found.contains(value), "{column}: {value:?} in {found:?}");
            let any = run("SELECT c0 FROM t WHERE c0 IN (?, ?)").bind(vec![bound(), bound()]);
            assert!(any.column::<T>(c).await.unwrap().contains(value), "{column}");
        }
        let coalesced = run("SELECT COALESCE(c0, ?) FROM t ORDER BY id DESC LIMIT 1").bind(vec![bound()]);
        assert_eq!(coalesced.column::<T>(c).await.unwrap(), std::slice::from_ref(value), "{column}");
        let derived = run("SELECT MAX(c0) FROM (SELECT c0 FROM t ORDER BY id DESC LIMIT 1) AS d");
        if !matches!(ty.kind, Kind::Json | Kind::Bool | Kind::Bytes) {
            assert_eq!(derived.column::<T>(c).await.unwrap(), std::slice::from_ref(value), "{column}");
        }
    }
    assert_eq!(run("SELECT c0 FROM t ORDER BY id").column::<T>(c).await.unwrap(), values, "{column}");

    // NULL, which a type without it refuses
    let null = vec![Bound::Value(&Value::Null, ty)];
    assert_eq!(run("UPDATE t SET c0 = ?").bind(null).execute(c).await.unwrap(), values.len() as u64);
    let one = || run("SELECT c0 FROM t LIMIT 1");
    assert_eq!(one().column::<Option<T>>(c).await.unwrap(), [None], "{column}");
    let refused = one().column::<T>(c).await.unwrap_err();
    let expected = ErrorKind::Decode { column: "t.c0".to_owned(), why: DecodeError::Null };
    assert_eq!(refused.kind(), &expected);
}

fn at(text: &str) -> NaiveDateTime {
    text.parse().unwrap()
}

async fn every_kind<D: Site>() {
    let c = &mut connect::<D>("relvar_my_kinds").await;
    round_trip(c, "boolean", &[true, false]).await;
    round_trip(c, "smallint", &[i16::MIN, -1, 0, i16::MAX]).await;
    round_trip(c, "int", &[i32::MIN, -1, 0, i32::MAX]).await;
    round_trip(c, "bigint", &[i64::MIN, -1, 0, i64::MAX]).await;
    round_trip(c, "float", &[f32::MIN, f32::MIN_POSITIVE, 0.1, -0.0]).await;
    round_trip(c, "double", &[f64::MIN, f64::MIN_POSITIVE, 0.1, f64::MAX]).await;
    for column in ["text", "varchar(300)", "longtext"] {
        round_trip(c, column, &["".to_owned(), "it's \\ \"ü\" 🦀\u{1}\0".to_owned(), "x".repeat(300)]).await;
    }
    for column in ["blob", "varbinary(300)", "longblob"] {
        round_trip(c, column, &[vec![], vec![0u8, 255, 39, 92, 26], vec![7; 300]]).await;
    }
    round_trip(c, D::VARIANT.uuid, &[Uuid::nil(), Uuid::max(), Uuid::new_v4()]).await;
    round_trip(c, "json", &[Json(serde_json::json!(null)), Json(serde_json::json!({"a": [1, "ü'\\"], "b": {}}))]).await;
    let first = NaiveDate::from_ymd_opt(1, 1, 1).unwrap();
    let last = NaiveDate::from_ymd_opt(9999, 12, 31).unwrap();
    round_trip(c, "date", &[first, "1999-12-31".parse().unwrap(), "2000-02-29".parse().unwrap(), last]).await;
    let midnight = NaiveTime::MIN;
    let almost: NaiveTime = "23:59:59.999999".parse().unwrap();
    round_trip(c, "time(6)", &[midnight, almost, "04:05:06.000070".parse().unwrap(), "04:05:06".parse().unwrap()])
        .await;
    let moments = [
        first.and_time(midnight),
        at("1969-12-31T23:59:59.999999"),
        at("2000-01-01T00:00:00"),
        at("2000-01-01T00:00:01"),
        last.and_time(almost),
    ];
    round_trip(c, "datetime(6)", &moments).await;
    let zoned: Vec<DateTime<Utc>> = moments.iter().map(NaiveDateTime::and_utc).collect();
    round_trip(c, "datetime(6)", &zoned).await;
    round_trip(c, "timestamp(6) NULL", &[at("2001-09-09T01:46:40.000001").and_utc()]).await;
    let decimals =
        ["0", "1", "-1", "0.1", "10000", "-20000.5", "1.50", "0.0000000000000000000000000001", "123456789.000100"];
    let decimals: Vec<Decimal> = decimals.iter().map(|d| d.parse().unwrap()).collect();
    round_trip(c, "decimal(57, 28)", &decimals).await;
    round_trip(c, "decimal(29, 0)", &[Decimal::MAX, Decimal::MIN]).await;
    // what differs beyond a double's digits differs
    c.script("DROP TABLE t; CREATE TABLE t (c0 decimal(29, 0)); INSERT INTO t VALUES (79228162514264337593543950334)")
        .await
        .unwrap();
    let near = Value::Decimal(Decimal::MAX);
    let none = run("SELECT c0 FROM t WHERE c0 = ?").bind(vec![Bound::Value(&near, Decimal::SQL_TYPE)]);
    assert_eq!(none.column::<Decimal>(c).await.unwrap(), []);
    in_step(c).await;
}

async fn text_byte_for_byte<D: Site>() {
    let c = &mut connect::<D>("relvar_my_text").await;
    // the mode that quoting depends on is the server's for everybody, but not for our sessions
    let mode = run("SELECT @@GLOBAL.sql_mode").column::<String>(c).await.unwrap().remove(0);
    c.script("SET GLOBAL sql_mode = 'NO_BACKSLASH_ESCAPES,ANSI_QUOTES,NO_ZERO_DATE'").await.unwrap();
    let mut other = super::another::<D>("relvar_my_text").await;
    c.script(&format!("SET GLOBAL sql_mode = '{mode}'")).await.unwrap();
    for c in [c, &mut other] {
        let every: String = (0..0x250u32).chain(0x1f980..0x1f990).filter_map(char::from_u32).collect();
        let texts = [
            "\u{1a}",
            "\\",
            "\\'",
            "'; DROP TABLE t; -- ",
            "\"`",
            "%_",
            "a ",
            "\r\n",
            "👩‍👩‍👧",
            &every,
            &"é🦀".repeat(11_000),
        ];
        let texts: Vec<String> = texts.into_iter().map(str::to_owned).collect();
        assert!(texts.last().unwrap().len() > 65_535);
        round_trip(c, "mediumtext", &texts).await;
        round_trip(c, "mediumtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin", &texts).await;
        let documents: Vec<_> = texts.iter().map(|text| Json(serde_json::json!({ "k": text }))).collect();
        round_trip(c, "json", &documents).await;
        let bytes = [(0..=255u8).cycle().take(70_000).collect::<Vec<u8>>()];
        round_trip(c, "mediumblob", &bytes).await;
        let escaped = run(r"SELECT '\\'").column::<String>(c).await.unwrap();
        assert_eq!(escaped, ["\\"], "backslashes mean what they mean by default");
        // constants, as the lowering writes them
        let introduced = run("SELECT _utf8mb4 X'5C1A27F09FA680'").column::<String>(c).await.unwrap();
        assert_eq!(introduced, ["\\\u{1a}'🦀"]);
        in_step(c).await;
    }
}

async fn computed_values<D: Site>() {
    let c = &mut connect::<D>("relvar_my_computed").await;
    c.script("CREATE TABLE t (i int, s smallint, l bigint, f float, d double, m decimal(10, 2), b boolean, x text)")
        .await
        .unwrap();
    c.script("INSERT INTO t VALUES (3, 2, 4, 0.5, 0.25, 1.50, true, 'x')").await.unwrap();
    macro_rules! computed {
        ($($rust:ty: $sql:literal = $value:expr;)*) => { $(
            let found = run(concat!("SELECT ", $sql, " FROM t")).column::<$rust>(c).await.unwrap();
            assert_eq!(found, [$value], "{}", $sql);
        )* };
    }
    computed! {
        bool: "i = 3" = true;
        bool: "NOT b" = false;
        bool: "TRUE" = true;
        bool: "b IS NULL" = false;
        bool: "MAX(b)" = true;
        bool: "EXISTS (SELECT 1 FROM t)" = true;
        bool: "CASE WHEN i = 3 THEN b ELSE FALSE END" = true;
        Option<bool>: "NULL" = None;
        Option<bool>: "NULL = 1" = None;
        i16: "s + s" = 4;
        i16: "COALESCE(s, 1)" = 2;
        i32: "i + 1" = 4;
        i32: "i DIV 2" = 1;
        i32: "CHAR_LENGTH(x)" = 1;
        i64: "COUNT(*)" = 1;
        i64: "CAST(SUM(i) AS SIGNED)" = 3;
        i64: "ROW_NUMBER() OVER (ORDER BY i)" = 1;
        i64: "LENGTH(x)" = 1;
        Decimal: "SUM(l)" = Decimal::from(4);
        Decimal: "SUM(m)" = "1.50".parse().unwrap();
        Decimal: "AVG(m)" = "1.500000000000".parse().unwrap();
        Decimal: "m / 3" = "0.5".parse().unwrap();
        f64: "SUM(f)" = 0.5;
        f64: "AVG(CAST(i AS DOUBLE))" = 3.0;
        f64: "d * 2" = 0.5;
        f64: "1.5" = 1.5;
        f64: "COALESCE(d, 1.5)" = 0.25;
        f32: "f + f" = 1.0;
        f32: "MAX(f)" = 0.5;
        String: "CONCAT(x, i)" = "x3".to_owned();
        String: "GROUP_CONCAT(x ORDER BY i SEPARATOR ',')" = "x".to_owned();
        String: "CAST(i AS CHAR)" = "3".to_owned();
        String: "COALESCE(NULL, 'y')" = "y".to_owned();
        String: "JSON_UNQUOTE(JSON_EXTRACT('{\"k\": \"v\"}', '$.k'))" = "v".to_owned();
        Json<serde_json::Value>: "JSON_OBJECT('k', i)" = Json(serde_json::json!({"k": 3}));
        NaiveDate: "CAST('2024-02-29' AS DATE)" = "2024-02-29".parse().unwrap();
        NaiveDateTime: "CAST('2024-02-29 01:02:03.5' AS DATETIME(6))" = at("2024-02-29T01:02:03.500");
        NaiveTime: "CAST('01:02:03.5' AS TIME(6))" = "01:02:03.500".parse().unwrap();
        Vec<u8>: "X'00FF'" = vec![0, 255];
    }
    // text of a document has a collation of its own there; with that of the session it goes with any other
    let collation = D::VARIANT.engine.syntax().collation.unwrap_or_default();
    let unquoted = format!("JSON_UNQUOTE(JSON_EXTRACT('{{\"k\": \"v\"}}', '$.k')) COLLATE {collation}");
    let found = run(&format!("SELECT COALESCE({unquoted}, '') FROM t")).column::<String>(c).await.unwrap();
    assert_eq!(found, ["v"]);
    // the division keeps its digits
    let third = run("SELECT m / 7 FROM t").column::<Decimal>(c).await.unwrap();
    assert_eq!(third[0].to_string(), "0.21428571428571");
    // the session's clock is in UTC
    let now = run("SELECT NOW(6)").column::<DateTime<Utc>>(c).await.unwrap();
    assert!((now[0] - Utc::now()).num_seconds().abs() < 60, "{now:?}");
    let stored = "CREATE TABLE z (at timestamp(6)); SET time_zone = '+02:00'; INSERT INTO z VALUES ('2024-01-01 02:00:00'); \
                  SET time_zone = '+00:00'";
    c.script(stored).await.unwrap();
    let read = run("SELECT at FROM z").column::<DateTime<Utc>>(c).await.unwrap();
    assert_eq!(read, [at("2024-01-01T00:00:00").and_utc()]);
    in_step(c).await;
}

async fn narrower_integers<D: Site>() {
    let c = &mut connect::<D>("relvar_my_narrow").await;
    c.script(
        "CREATE TABLE t (a tinyint, b tinyint unsigned, c smallint unsigned, d mediumint, e mediumint unsigned,
             f int unsigned, g bigint unsigned, h year, i tinyint(1) unsigned);
         INSERT INTO t VALUES (-128, 255, 65535, -8388608, 16777215, 4294967295, 9223372036854775807, 2155, 200)",
    )
    .await
    .unwrap();
    macro_rules! reads {
        ($($rust:ty: $column:ident = $value:expr;)*) => { $(
            let found = run(concat!("SELECT ", stringify!($column), " FROM t")).column::<$rust>(c).await.unwrap();
            assert_eq!(found, [$value]);
        )* };
    }
    reads! {
        i16: a = -128;
        i16: b = 255;
        i16: i = 200;
        i32: c = 65_535;
        i32: d = -8_388_608;
        i32: e = 16_777_215;
        i64: f = 4_294_967_295;
        i64: g = i64::MAX;
        i16: h = 2155;
    }
    c.script("UPDATE t SET g = 18446744073709551615").await.unwrap();
    let error = run("SELECT g FROM t").column::<i64>(c).await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Decode { .. }), "{error}");
    let error = run("SELECT a + 0 FROM t").column::<bool>(c).await.unwrap_err();
    assert!(error.to_string().contains("neither 0 nor 1"), "{error}");
    let error = run("SELECT f + 0 FROM t").column::<i32>(c).await.unwrap_err();
    assert!(error.to_string().contains("out of range"), "{error}");
    in_step(c).await;
}

/// A text that travels as a declared type.
#[derive(Clone, Debug, PartialEq)]
struct Mood(String);
impl SqlType for Mood {
    type Base = Mood;
    type Null = NotNull;
    const SQL_TYPE: &'static Type = &Type::named("mood", Kind::Enum);
    fn into_value(self) -> Value {
        Value::Text(self.0)
    }
    fn decode(cell: Cell<'_>) -> Result<Self, DecodeError> {
        String::decode(cell).map(Mood)
    }
}

async fn enums_and_other_names<D: Site>() {
    let c = &mut connect::<D>("relvar_my_names").await;
    let moods = [Mood("it's ok".to_owned()), Mood("sad".to_owned())];
    round_trip(c, "ENUM('sad', 'it''s ok', 'happy')", &moods).await;
    round_trip(c, "varchar(20)", &moods).await;
    let wrong = Value::Text("angry".to_owned());
    c.script("CREATE TABLE e (c0 ENUM('sad') NOT NULL, s SET('a', 'b')); INSERT INTO e VALUES ('sad', 'a,b')")
        .await
        .unwrap();
    let insert = run("INSERT INTO e (c0) VALUES (?)").bind(vec![Bound::Value(&wrong, Mood::SQL_TYPE)]);
    let error = insert.execute(c).await.unwrap_err();
    assert_eq!(error.category(), Some(crate::error::Category::DataException), "{error}");
    assert_eq!(run("SELECT s FROM e").column::<String>(c).await.unwrap(), ["a,b"]);
    in_step(c).await;
}

async fn what_cannot_be_sent_is_named_and_not_sent<D: Site>() {
    let c = &mut connect::<D>("relvar_my_values").await;
    c.script("CREATE TABLE t (n int)").await.unwrap();
    let early = NaiveDate::from_ymd_opt(0, 12, 31).unwrap();
    let late = NaiveDate::from_ymd_opt(10_000, 1, 1).unwrap();
    let cases: Vec<(Value, &Type, &str)> = vec![
        (Value::Invalid("it has no JSON form".to_owned()), i32::SQL_TYPE, "no JSON form"),
        (Value::F64(f64::NAN), f64::SQL_TYPE, "no NaN"),
        (Value::F32(f32::NEG_INFINITY), f32::SQL_TYPE, "no infinity"),
        (Value::Date(early), NaiveDate::SQL_TYPE, "1 to 9999"),
        (Value::DateTime(late.and_time(NaiveTime::MIN)), NaiveDateTime::SQL_TYPE, "1 to 9999"),
        (Value::Timestamp(DateTime::<Utc>::MIN_UTC), DateTime::<Utc>::SQL_TYPE, "1 to 9999"),
        (Value::I64(1), i32::SQL_TYPE, "sent as int"),
        (Value::Text("x".to_owned()), Vec::<u8>::SQL_TYPE, "sent as blob"),
        (Value::Bytes(vec![7; 1 << 28]), Vec::<u8>::SQL_TYPE, "bytes long"),
    ];
    for (value, ty, word) in &cases {
        let insert = run("INSERT INTO t SELECT 1 FROM (SELECT ?) AS x").bind(vec![Bound::Value(value, ty)]);
        let error = insert.execute(c).await.unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Value(why) if why.contains(word)), "{word}: {error}");
    }
    let many: Vec<Bound<'_>> = (0..65_536).map(|_| Bound::Value(&Value::Null, i32::SQL_TYPE)).collect();
    let error = run("INSERT INTO t SELECT 1").bind(many).execute(c).await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Value(why) if why.contains("65535")), "{error}");
    let error = run("INSERT INTO t VALUES (1)\0").execute(c).await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Value(why) if why.contains("NUL")), "{error}");
    let array = Value::Array(vec![Value::I32(1)]);
    let unsupported: [(Bound<'_>, &str); 4] = [
        (Bound::Value(&array, Vec::<i32>::SQL_TYPE), "no arrays"),
        (Bound::Array(std::slice::from_ref(&array), i32::SQL_TYPE), "no arrays"),
        (Bound::Texts(&Texts::default(), String::SQL_TYPE), "no arrays"),
        (Bound::Value(&Value::Null, const { &Type::named("point", Kind::Custom) }), "no point"),
    ];
    for (bound, word) in unsupported {
        let error = run("INSERT INTO t SELECT ?").bind(vec![bound]).execute(c).await.unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Unsupported(why) if why.contains(word)), "{word}: {error}");
    }
    assert_eq!(run("SELECT COUNT(*) FROM t").column::<i64>(c).await.unwrap(), [0]);
    in_step(c).await;
    let leap = Value::Time(NaiveTime::from_hms_milli_opt(23, 59, 59, 1_500).unwrap());
    let back = run("SELECT CAST(? AS TIME(6))").bind(vec![Bound::Value(&leap, NaiveTime::SQL_TYPE)]);
    assert_eq!(back.column::<NaiveTime>(c).await.unwrap(), ["23:59:59.999999".parse().unwrap()]);
    // the most that there can be
    let values: Vec<Value> = (0..65_535).map(Value::I32).collect();
    let bound = values.iter().map(|value| Bound::Value(value, i32::SQL_TYPE)).collect();
    let rows = "(?),".repeat(65_535);
    let insert = format!("INSERT INTO t VALUES {}", rows.trim_end_matches(','));
    assert_eq!(run(&insert).bind(bound).execute(c).await.unwrap(), 65_535);
    in_step(c).await;
}

async fn one_text_with_other_types_is_another_statement<D: Site>() {
    let c = &mut connect::<D>("relvar_my_signature").await;
    for _ in 0..2 {
        let (long, double, text) = (Value::I64(i64::MAX), Value::F64(0.5), Value::Text("t".to_owned()));
        let one = |value| run("SELECT ?").bind(vec![value]);
        assert_eq!(one(Bound::Value(&double, f64::SQL_TYPE)).column::<f64>(c).await.unwrap(), [0.5]);
        assert_eq!(one(Bound::Value(&long, i64::SQL_TYPE)).column::<i64>(c).await.unwrap(), [i64::MAX]);
        assert_eq!(one(Bound::Value(&text, String::SQL_TYPE)).column::<String>(c).await.unwrap(), ["t"]);
        let null = Bound::Value(&Value::Null, NaiveDate::SQL_TYPE);
        assert_eq!(one(null).column::<Option<NaiveDate>>(c).await.unwrap(), [None]);
    }
}

async fn more_statements_than_are_kept<D: Site>() {
    let c = &mut connect::<D>("relvar_my_many").await;
    for round in 0..2 {
        for i in 0..1_100i64 {
            if round == 0 || i % 50 == 0 {
                let value = Value::I64(i);
                let sum = run(&format!("SELECT ? + {i}")).bind(vec![Bound::Value(&value, i64::SQL_TYPE)]);
                assert_eq!(sum.column::<i64>(c).await.unwrap(), [2 * i]);
            }
        }
    }
    assert!(c.kept() <= 1024);
}

/// A request behind one that the server does not answer waits 40 ms: there must be none, on a connection where
/// everything was done once.
async fn nothing_waits_for_an_acknowledgement<D: Site>() {
    let c = &mut connect::<D>("relvar_my_quick").await;
    c.script("CREATE TABLE t (n bigint)").await.unwrap();
    let mut quickest = std::time::Duration::MAX;
    for i in 0..60i64 {
        let start = std::time::Instant::now();
        let value = Value::I64(i);
        let mut fresh = run(&format!("SELECT ? + {i}")).bind(vec![Bound::Value(&value, i64::SQL_TYPE)]);
        // what is asked for the first time may never come again
        fresh.persistent = i % 2 == 0;
        assert_eq!(fresh.column::<i64>(c).await.unwrap(), [2 * i]);
        c.script("DO 0").await.unwrap();
        let known = run("INSERT INTO t VALUES (?)").bind(vec![Bound::Value(&value, i64::SQL_TYPE)]);
        known.execute(c).await.unwrap();
        assert!(run("SELEC 1").execute(c).await.is_err());
        // each would wait, and a busy machine slows down some
        quickest = quickest.min(start.elapsed());
    }
    assert!(quickest.as_millis() < 30, "{quickest:?}");
}
