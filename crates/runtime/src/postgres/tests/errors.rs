//! What the server says, by kind; and the connection stays in step.

use relvar_query::types::DecodeError;

use super::{Rows, another, backend, connect, in_step, run};
use crate::backend::{Backend, Connection, Lane};
use crate::error::{Category, Error, ErrorKind};
use crate::options::Options;
use crate::postgres::PostgresBackend;
use crate::transaction::{Begin, Isolation};
use std::time::Duration;

#[tokio::test]
async fn categories() {
    let c = &mut connect("relvar_pg_categories").await;
    c.script(
        "CREATE TABLE p (id int CONSTRAINT p_key PRIMARY KEY, n int NOT NULL CONSTRAINT n_positive CHECK (n > 0), s char(2));
         CREATE TABLE k (p int CONSTRAINT k_parent REFERENCES p, r int4range, CONSTRAINT k_apart EXCLUDE USING gist (r WITH &&));
         INSERT INTO p VALUES (1, 1); INSERT INTO k VALUES (1, '[1,5]')",
    )
    .await
    .unwrap();
    let cases: &[(&str, Category, &str, Option<&str>, Option<&str>, Option<&str>)] = &[
        ("INSERT INTO p VALUES (1, 1)", Category::UniqueViolation, "23505", Some("p_key"), Some("p"), None),
        ("INSERT INTO k VALUES (9)", Category::ForeignKeyViolation, "23503", Some("k_parent"), Some("k"), None),
        ("DELETE FROM p", Category::ForeignKeyViolation, "23503", Some("k_parent"), Some("k"), None),
        ("INSERT INTO p VALUES (2, NULL)", Category::NotNullViolation, "23502", None, Some("p"), Some("n")),
        ("INSERT INTO p VALUES (2, 0)", Category::CheckViolation, "23514", Some("n_positive"), Some("p"), None),
        ("INSERT INTO k VALUES (1, '[2,3]')", Category::ExclusionViolation, "23P01", Some("k_apart"), Some("k"), None),
        ("SELECT nix FROM p", Category::Undefined, "42703", None, None, Some("nix")),
        ("SELECT 1 FROM nix", Category::Undefined, "42P01", None, Some("nix"), None),
        ("SELECT nix(1)", Category::Undefined, "42883", None, None, None),
        ("SELECT 1/0", Category::DataException, "22012", None, None, None),
        ("SELECT 'x'::int", Category::DataException, "22P02", None, None, None),
        ("INSERT INTO p VALUES (2, 1, 'long')", Category::DataException, "22001", None, None, None),
        ("SELEC 1", Category::Syntax, "42601", None, None, None),
        ("SELECT pg_sleep(9)", Category::Cancelled, "57014", None, None, None),
    ];
    c.script("SET statement_timeout = 200").await.unwrap();
    for (sql, category, code, constraint, table, column) in cases {
        for script in [false, true] {
            let error = match script {
                true => c.script(sql).await.unwrap_err(),
                false => run(sql).execute(c).await.unwrap_err(),
            };
            let said = error.database().unwrap_or_else(|| panic!("{error}"));
            assert_eq!((said.category, said.code.as_str()), (*category, *code), "{sql}");
            assert_eq!(said.constraint.as_deref(), *constraint, "{sql}");
            assert_eq!(said.table.as_deref(), *table, "{sql}");
            assert_eq!(said.column.as_deref(), *column, "{sql}");
            assert!(!said.message.is_empty());
            assert_eq!(error.statement(), Some(*sql));
            in_step(c).await;
        }
    }
}

#[tokio::test]
async fn conflicts_between_sessions() {
    let a = &mut connect("relvar_pg_conflicts").await;
    let b = &mut another("relvar_pg_conflicts").await;
    a.script("CREATE TABLE t (id int PRIMARY KEY, n int); INSERT INTO t VALUES (1, 0), (2, 0)").await.unwrap();

    a.script("BEGIN; SELECT 1 FROM t WHERE id = 1 FOR UPDATE").await.unwrap();
    b.script("SET lock_timeout = 100").await.unwrap();
    let error = run("UPDATE t SET n = 1 WHERE id = 1").execute(b).await.unwrap_err();
    assert_eq!(error.category(), Some(Category::LockTimeout), "{error}");
    a.script("COMMIT; BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT n FROM t").await.unwrap();
    b.script("SET lock_timeout = 0; UPDATE t SET n = 1 WHERE id = 1").await.unwrap();
    let error = run("UPDATE t SET n = 2 WHERE id = 1").execute(a).await.unwrap_err();
    assert_eq!(error.category(), Some(Category::SerializationFailure), "{error}");
    assert!(error.is_retryable());

    a.script("ROLLBACK; SET deadlock_timeout = '50ms'; BEGIN; UPDATE t SET n = 3 WHERE id = 1").await.unwrap();
    b.script("SET deadlock_timeout = '50ms'; BEGIN; UPDATE t SET n = 4 WHERE id = 2").await.unwrap();
    let (first, second) = tokio::join!(
        run("UPDATE t SET n = 3 WHERE id = 2").execute(a),
        run("UPDATE t SET n = 4 WHERE id = 1").execute(b)
    );
    let deadlock: Vec<Error> = [first.err(), second.err()].into_iter().flatten().collect();
    assert_eq!(deadlock.len(), 1);
    assert_eq!(deadlock[0].category(), Some(Category::Deadlock), "{}", deadlock[0]);
    a.script("ROLLBACK; BEGIN READ ONLY").await.unwrap();
    let error = run("UPDATE t SET n = 5").execute(a).await.unwrap_err();
    assert_eq!(error.category(), Some(Category::ReadOnly), "{error}");
    a.script("ROLLBACK").await.unwrap();
    let _ = b.script("ROLLBACK").await;

    a.script("DROP ROLE IF EXISTS relvar_pg_nobody; CREATE ROLE relvar_pg_nobody; SET ROLE relvar_pg_nobody")
        .await
        .unwrap();
    let error = run("SELECT 1 FROM relvar_pg_conflicts.t").execute(a).await.unwrap_err();
    assert_eq!(error.category(), Some(Category::PermissionDenied), "{error}");
    a.script("RESET ROLE; DROP ROLE relvar_pg_nobody").await.unwrap();
}

#[tokio::test]
async fn an_error_after_the_rows_is_an_error() {
    let c = &mut connect("relvar_pg_late").await;
    c.script("CREATE TABLE t (n int UNIQUE DEFERRABLE INITIALLY DEFERRED)").await.unwrap();
    // all rows are there before the constraint is looked at
    let error = run("INSERT INTO t VALUES (1), (1) RETURNING n").column::<i32>(c).await.unwrap_err();
    assert!(error.is_unique_violation());
    let mut one = run("SELECT 1 / (3 - g) FROM generate_series(1, 4) AS g");
    one.expected = vec![<i32 as relvar_query::types::SqlType>::SQL_TYPE];
    let mut rows = Rows { read: |cells| cells.read::<i32>(), rows: Vec::new(), enough: 1 };
    let error = one.on(c, &mut rows).await.unwrap_err();
    assert_eq!(error.category(), Some(Category::DataException), "also behind the row that was enough");
    in_step(c).await;
}

#[tokio::test]
async fn stopping_early_leaves_the_session_in_step() {
    let c = &mut connect("relvar_pg_early").await;
    for (enough, stop_after) in [(3, None), (usize::MAX, Some(3)), (3, Some(3))] {
        let mut many = run("SELECT g FROM generate_series(1, 100000) AS g");
        many.expected = vec![<i32 as relvar_query::types::SqlType>::SQL_TYPE];
        many.stop_after = stop_after;
        let mut rows = Rows { read: |cells| cells.read::<i32>(), rows: Vec::new(), enough };
        many.on(c, &mut rows).await.unwrap();
        assert_eq!(rows.rows, [1, 2, 3]);
        in_step(c).await;
    }
    let error = run("SELECT nullif(g, 5) FROM generate_series(1, 9999) AS g").column::<i32>(c).await.unwrap_err();
    assert_eq!(error.kind(), &ErrorKind::Decode { column: "t.c0".to_owned(), why: DecodeError::Null });
    in_step(c).await;
    assert_eq!(run("UPDATE pg_class SET relname = relname WHERE false").execute(c).await.unwrap(), 0);
}

#[tokio::test]
async fn settings_from_the_options() {
    let options = Options::new()
        .statement_timeout(Duration::from_millis(1500))
        .lock_timeout(Duration::from_micros(10))
        .application_name("relvar 'test'");
    let backend = PostgresBackend::from_url(&super::url(), &options).unwrap();
    let c = &mut backend.connect(Lane::Write).await.unwrap();
    for (name, value) in
        [("statement_timeout", "1500ms"), ("lock_timeout", "1ms"), ("application_name", "relvar 'test'")]
    {
        let sql = format!("SELECT current_setting('{name}')");
        assert_eq!(run(&sql).column::<String>(c).await.unwrap(), [value]);
    }
    assert!(c.server_version().0 >= 15);
    c.ping().await.unwrap();
    let begin = Begin { isolation: Some(Isolation::Serializable), read_only: true, deferrable: true };
    c.script(&backend.begin_sql(&begin).unwrap()).await.unwrap();
    let all = "SELECT concat_ws(' ', current_setting('transaction_isolation'), current_setting('transaction_read_only'), \
               current_setting('transaction_deferrable'))";
    assert_eq!(run(all).column::<String>(c).await.unwrap(), ["serializable on on"]);
    c.script("COMMIT").await.unwrap();
    assert_eq!(backend.begin_sql(&Begin::default()).unwrap(), "BEGIN");
}

#[tokio::test]
async fn a_closed_connection_is_gone() {
    let backend = backend();
    let connection = backend.connect(Lane::Read).await.unwrap();
    let process = connection.process();
    connection.close().await;
    let c = &mut backend.connect(Lane::Read).await.unwrap();
    let sql = format!("SELECT count(*) FROM pg_stat_get_activity({process})");
    for _ in 0..100 {
        if run(&sql).column::<i64>(c).await.unwrap() == [0] {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("the session is still there");
}
