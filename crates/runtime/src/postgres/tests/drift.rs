//! A table that is not what the statement was written for: the right value or a named error, never a wrong value.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use relvar_query::ir::Bound;
use relvar_query::types::{Json, Kind, SqlType, Type};
use relvar_query::value::Value;
use rust_decimal::Decimal;
use uuid::Uuid;

use super::{Rows, another, connect, in_step, run};
use crate::backend::Connection;
use crate::error::{Category, ErrorKind};

#[tokio::test]
async fn another_type_is_named_in_sql_words() {
    let c = &mut connect("relvar_pg_drift").await;
    macro_rules! drift {
        ($rust:ty, $sql:literal, $expected:literal, $found:literal) => {
            let error = run(concat!("SELECT ", $sql)).column::<$rust>(c).await.unwrap_err();
            let drift = ErrorKind::Drift { column: "t.c0".into(), expected: $expected.into(), found: $found.into() };
            assert_eq!(error.kind(), &drift, "{}", $sql);
            assert_eq!(error.statement(), Some(concat!("SELECT ", $sql)));
            in_step(c).await;
        };
    }
    drift!(i64, "1::int4", "bigint", "integer");
    drift!(i32, "1::int8", "integer", "bigint");
    drift!(i16, "true", "smallint", "boolean");
    drift!(f64, "1::float4", "double precision", "real");
    drift!(f64, "1::int8", "double precision", "bigint");
    drift!(String, "1", "text", "integer");
    drift!(String, "'{}'::jsonb", "text", "jsonb");
    drift!(String, "''::bytea", "text", "bytea");
    drift!(Vec<u8>, "'x'::text", "bytea", "text");
    drift!(Decimal, "1::float8", "numeric", "double precision");
    drift!(Uuid, "'x'::text", "uuid", "text");
    drift!(Json<i32>, "'1'::text", "jsonb", "text");
    drift!(DateTime<Utc>, "now()::timestamp", "timestamp with time zone", "timestamp");
    drift!(NaiveDateTime, "now()", "timestamp", "timestamp with time zone");
    drift!(NaiveDate, "now()::time", "date", "time");
    drift!(Vec<i32>, "1", "integer[]", "integer");
    drift!(i32, "'{1}'::int4[]", "integer", "integer[]");
    drift!(Vec<i32>, "'{1}'::int8[]", "integer[]", "bigint[]");
    drift!(Option<i64>, "NULL::int4", "bigint", "integer");

    c.script("CREATE TYPE mood AS ENUM ('sad')").await.unwrap();
    drift!(String, "'sad'::mood", "text", "mood");
    drift!(i32, "'sad'::mood", "integer", "mood");
    drift!(Vec<i32>, "'{sad}'::mood[]", "integer[]", "mood[]");
    assert_eq!(run("SELECT '1'::json").column::<Json<i32>>(c).await.unwrap(), [Json(1)]);
    for text in ["'x'::varchar(5)", "'x'::char(1)", "'x'::name", "'x'"] {
        assert_eq!(run(&format!("SELECT {text}")).column::<String>(c).await.unwrap(), ["x"]);
    }
    // an enum column may be declared as text by its name
    let mut named = run("SELECT 'sad'::mood");
    named.expected = vec![const { &Type::named("mood", Kind::Text) }];
    let mut rows = Rows { read: |cells| cells.read::<String>(), rows: Vec::new(), enough: 9 };
    named.on(c, &mut rows).await.unwrap();
    assert_eq!(rows.rows, ["sad"]);
}

#[tokio::test]
async fn another_number_of_columns() {
    let c = &mut connect("relvar_pg_columns").await;
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

#[tokio::test]
async fn altered_under_a_cached_statement() {
    let c = &mut connect("relvar_pg_alter").await;
    let other = &mut another("relvar_pg_alter").await;
    c.script("CREATE TABLE t (id int8, v int8); INSERT INTO t VALUES (1, 258)").await.unwrap();
    let select = || run("SELECT v FROM t WHERE id = $1").bind(vec![Bound::Value(&Value::I64(1), i64::SQL_TYPE)]);
    for _ in 0..7 {
        assert_eq!(select().column::<i64>(c).await.unwrap(), [258]);
    }
    // the column's type changes: first the stale plan is named, then the drift
    other.script("ALTER TABLE t ALTER v TYPE int4").await.unwrap();
    let error = select().column::<i64>(c).await.unwrap_err();
    assert_eq!(error.category(), Some(Category::StalePlan), "{error}");
    assert!(error.is_retryable());
    let error = select().column::<i64>(c).await.unwrap_err();
    let drift = ErrorKind::Drift { column: "t.c0".into(), expected: "bigint".into(), found: "integer".into() };
    assert_eq!(error.kind(), &drift);
    assert_eq!(select().column::<i32>(c).await.unwrap(), [258]);

    // the type of what is compared with an argument changes: the argument is cast, or refused
    other.script("ALTER TABLE t ALTER id TYPE int2").await.unwrap();
    assert_eq!(select().column::<i32>(c).await.unwrap(), [258]);
    other.script("ALTER TABLE t ALTER id TYPE text").await.unwrap();
    let error = select().column::<i32>(c).await.unwrap_err();
    assert_eq!(error.category(), Some(Category::Undefined), "{error}");

    // inside of a transaction the error comes, too, and the connection stays usable
    other.script("ALTER TABLE t ALTER id TYPE int8 USING id::int8").await.unwrap();
    assert_eq!(select().column::<i32>(c).await.unwrap(), [258]);
    c.script("BEGIN").await.unwrap();
    other.script("ALTER TABLE t ALTER v TYPE text").await.unwrap();
    let error = select().column::<i32>(c).await.unwrap_err();
    assert_eq!(error.category(), Some(Category::StalePlan), "{error}");
    c.script("ROLLBACK").await.unwrap();
    assert_eq!(select().column::<String>(c).await.unwrap(), ["258"]);

    // what RETURNING gives, a dropped column, and statements that are gone
    let insert = || run("INSERT INTO t VALUES (2, '9') RETURNING v");
    assert_eq!(insert().column::<String>(c).await.unwrap(), ["9"]);
    other.script("ALTER TABLE t ALTER v TYPE varchar(9)").await.unwrap();
    let error = insert().column::<String>(c).await.unwrap_err();
    assert_eq!(error.category(), Some(Category::StalePlan), "{error}");
    assert_eq!(insert().column::<String>(c).await.unwrap(), ["9"]);
    c.script("DEALLOCATE ALL").await.unwrap();
    let error = insert().column::<String>(c).await.unwrap_err();
    assert_eq!(error.category(), Some(Category::StalePlan), "{error}");
    assert_eq!(insert().column::<String>(c).await.unwrap(), ["9"]);
    other.script("ALTER TABLE t DROP v").await.unwrap();
    let error = select().column::<String>(c).await.unwrap_err();
    assert_eq!(error.category(), Some(Category::Undefined), "{error}");
    assert!(error.to_string().contains("`v`"), "{error}");
    in_step(c).await;
}

#[tokio::test]
async fn an_enum_made_anew() {
    let c = &mut connect("relvar_pg_enum_anew").await;
    const MOOD: &Type = &Type::named("mood", Kind::Enum);
    for label in ["old", "new"] {
        c.script(&format!("DROP TYPE IF EXISTS mood CASCADE; CREATE TYPE mood AS ENUM ('{label}')")).await.unwrap();
        c.script(&format!("CREATE TABLE IF NOT EXISTS {label} (m mood); INSERT INTO {label} VALUES ('{label}')"))
            .await
            .unwrap();
        let value = Value::Text(label.to_owned());
        let select = || {
            let mut run = run("SELECT CAST($1 AS mood)").bind(vec![Bound::Value(&value, MOOD)]);
            run.expected = vec![MOOD];
            run
        };
        let mut rows = Rows { read: |cells| cells.read::<String>(), rows: Vec::new(), enough: 9 };
        if let Err(error) = select().on(c, &mut rows).await {
            assert_eq!(error.category(), Some(Category::StalePlan), "{error}");
            select().on(c, &mut rows).await.unwrap();
        }
        assert_eq!(rows.rows, [label]);
    }
}
