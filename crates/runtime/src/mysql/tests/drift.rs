//! A table that is not what the statement was written for: the right value or a named error, never a wrong value.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use relvar_query::ir::Bound;
use relvar_query::types::{Json, SqlType};
use relvar_query::value::Value;
use rust_decimal::Decimal;
use uuid::Uuid;

use super::{MySqlConnection, Rows, Site, another, connect, in_step, on_both, run};
use crate::backend::Connection;
use crate::error::{Category, ErrorKind};

on_both! {
    another_type_is_named_in_sql_words
    another_number_of_columns
    altered_under_a_cached_statement
    dates_of_no_calendar
}

/// Reads the only column of `t`, declared as `column`, as a `T`: an error of drift between the two.
async fn drifts<T: SqlType + Send + std::fmt::Debug>(
    c: &mut MySqlConnection,
    column: &str,
    expected: &str,
    found: &str,
) {
    c.script(&format!("DROP TABLE IF EXISTS t; CREATE TABLE t (c0 {column}); INSERT INTO t VALUES (NULL)"))
        .await
        .unwrap();
    for sql in [
        "SELECT c0 FROM t",
        "SELECT d.c0 FROM (SELECT c0 FROM t) AS d",
        "WITH w AS (SELECT c0 FROM t) SELECT c0 FROM w",
    ] {
        let error = run(sql).column::<T>(c).await.unwrap_err();
        let drift =
            ErrorKind::Drift { column: "t.c0".to_owned(), expected: expected.to_owned(), found: found.to_owned() };
        assert_eq!(error.kind(), &drift, "{column}");
        assert_eq!(error.statement(), Some(sql));
        in_step(c).await;
    }
}

async fn another_type_is_named_in_sql_words<D: Site>() {
    let c = &mut connect::<D>("relvar_my_drift").await;
    drifts::<i32>(c, "bigint", "int", "bigint").await;
    drifts::<i32>(c, "int unsigned", "int", "int unsigned").await;
    drifts::<i16>(c, "int", "smallint", "int").await;
    drifts::<bool>(c, "int", "boolean", "int").await;
    drifts::<i32>(c, "bit(1)", "int", "bit").await;
    drifts::<i64>(c, "double", "bigint", "double").await;
    drifts::<i64>(c, "decimal(10, 0)", "bigint", "decimal").await;
    drifts::<i64>(c, "varchar(9)", "bigint", "varchar").await;
    drifts::<f64>(c, "float", "double", "float").await;
    drifts::<f32>(c, "double", "float", "double").await;
    drifts::<f64>(c, "bigint", "double", "bigint").await;
    drifts::<f64>(c, "decimal(10, 2)", "double", "decimal").await;
    drifts::<Decimal>(c, "double", "decimal", "double").await;
    drifts::<String>(c, "int", "text", "int").await;
    drifts::<String>(c, "blob", "text", "blob").await;
    drifts::<String>(c, "varbinary(9)", "text", "varbinary").await;
    drifts::<Vec<u8>>(c, "varchar(9) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin", "blob", "varchar").await;
    drifts::<Vec<u8>>(c, "text", "blob", "text").await;
    drifts::<DateTime<Utc>>(c, "date", "datetime", "date").await;
    drifts::<NaiveDateTime>(c, "timestamp NULL", "datetime", "timestamp").await;
    drifts::<NaiveDate>(c, "datetime", "date", "datetime").await;
    drifts::<NaiveTime>(c, "datetime", "time", "datetime").await;
    drifts::<NaiveTime>(c, "varchar(20)", "time", "varchar").await;
    drifts::<Vec<i32>>(c, "int", "an array of int", "int").await;
    if D::VARIANT.uuid_type {
        drifts::<Uuid>(c, "binary(16)", "uuid", "binary").await;
        drifts::<Vec<u8>>(c, "uuid", "blob", "char").await;
        drifts::<Json<i32>>(c, "blob", "json", "blob").await;
    } else {
        drifts::<Uuid>(c, "char(36)", "binary(16)", "char").await;
        drifts::<Json<i32>>(c, "text", "json", "text").await;
        drifts::<String>(c, "json", "text", "json").await;
    }
}

async fn another_number_of_columns<D: Site>() {
    let c = &mut connect::<D>("relvar_my_columns").await;
    let error = run("SELECT 1, 2 AS surplus").column::<i32>(c).await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Drift { found, .. } if found.contains("`surplus`")), "{error}");
    let mut two = run("SELECT 1");
    two.expected = vec![i32::SQL_TYPE, i32::SQL_TYPE];
    let mut rows = Rows { read: |cells| cells.read::<i32>(), rows: Vec::new(), enough: 9 };
    let error = two.on(c, &mut rows).await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Drift { column, .. } if column == "t.c1"), "{error}");
    assert!(rows.rows.is_empty());
    in_step(c).await;
}

async fn altered_under_a_cached_statement<D: Site>() {
    let c = &mut connect::<D>("relvar_my_alter").await;
    let other = &mut another::<D>("relvar_my_alter").await;
    c.script("CREATE TABLE t (id bigint, v bigint); INSERT INTO t VALUES (1, 258)").await.unwrap();
    let select = || run("SELECT v FROM t WHERE id = ?").bind(vec![Bound::Value(&Value::I64(1), i64::SQL_TYPE)]);
    for _ in 0..3 {
        assert_eq!(select().column::<i64>(c).await.unwrap(), [258]);
    }
    // narrower is read all the same; wider and other types are named
    other.script("ALTER TABLE t MODIFY v int").await.unwrap();
    assert_eq!(select().column::<i64>(c).await.unwrap(), [258]);
    other.script("ALTER TABLE t MODIFY v text").await.unwrap();
    let error = select().column::<i64>(c).await.unwrap_err();
    let drift = ErrorKind::Drift { column: "t.c0".into(), expected: "bigint".into(), found: "text".into() };
    assert_eq!(error.kind(), &drift);
    assert_eq!(select().column::<String>(c).await.unwrap(), ["258"]);
    // the type of what is compared with an argument
    other.script("ALTER TABLE t MODIFY id varchar(9)").await.unwrap();
    assert_eq!(select().column::<String>(c).await.unwrap(), ["258"]);
    // inside of a transaction, too: whoever changes the table waits for its end
    c.script("START TRANSACTION").await.unwrap();
    assert_eq!(select().column::<String>(c).await.unwrap(), ["258"]);
    c.script("COMMIT").await.unwrap();
    other.script("ALTER TABLE t DROP v").await.unwrap();
    let error = select().column::<String>(c).await.unwrap_err();
    assert_eq!(error.category(), Some(Category::Undefined), "{error}");
    other.script("DROP TABLE t; CREATE TABLE t (id bigint, v double); INSERT INTO t VALUES (1, 0.5)").await.unwrap();
    assert_eq!(select().column::<f64>(c).await.unwrap(), [0.5]);
    in_step(c).await;
}

async fn dates_of_no_calendar<D: Site>() {
    let c = &mut connect::<D>("relvar_my_zero").await;
    c.script("CREATE TABLE t (d date, m datetime(6), u time(6))").await.unwrap();
    // our sessions refuse them, but others may have written them
    let error = c.script("INSERT INTO t (d) VALUES ('0000-00-00')").await.unwrap_err();
    assert_eq!(error.category(), Some(Category::DataException), "{error}");
    c.script("SET sql_mode = ''; INSERT INTO t VALUES ('0000-00-00', '2024-00-10', '-01:00:00')").await.unwrap();
    let error = run("SELECT d FROM t").column::<Option<NaiveDate>>(c).await.unwrap_err();
    assert!(error.to_string().contains("a zero date"), "{error}");
    let error = run("SELECT m FROM t").column::<Option<NaiveDateTime>>(c).await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Decode { .. }), "{error}");
    let error = run("SELECT u FROM t").column::<Option<NaiveTime>>(c).await.unwrap_err();
    assert!(error.to_string().contains("no time of day"), "{error}");
    in_step(c).await;
}
