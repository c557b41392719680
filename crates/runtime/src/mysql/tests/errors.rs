//! What the server says, by kind; and the connection stays in step.

use relvar_query::types::{DecodeError, SqlType};
use std::time::Duration;

use super::{Rows, Site, another, connect, in_step, on_both, run, server, server_with, sessions};
use crate::backend::{Backend, Connection, Lane};
use crate::error::{Category, Error, ErrorKind};
use crate::options::Options;
use crate::transaction::{Begin, Isolation};

on_both! {
    categories
    conflicts_between_sessions
    denied
    stopping_early_leaves_the_session_in_step
    settings_from_the_options
    a_closed_connection_is_gone
    changed_rows_are_those_that_were_found
}

async fn categories<D: Site>() {
    let c = &mut connect::<D>("relvar_my_categories").await;
    c.script(
        "CREATE TABLE p (id int, n int NOT NULL, s char(2), e varchar(9), PRIMARY KEY (id), UNIQUE KEY e_key (e),
             CONSTRAINT n_positive CHECK (n > 0));
         CREATE TABLE k (p int, CONSTRAINT k_parent FOREIGN KEY (p) REFERENCES p (id));
         INSERT INTO p VALUES (1, 1, 'x', 'e'); INSERT INTO k VALUES (1)",
    )
    .await
    .unwrap();
    let table = D::VARIANT.keys_with_table.then_some("p");
    let check = if D::VARIANT.keys_with_table { ("3819", None) } else { ("4025", Some("p")) };
    type Case<'c> = (&'c str, Category, &'c str, Option<&'c str>, Option<&'c str>, Option<&'c str>);
    let cases: &[Case<'_>] = &[
        ("INSERT INTO p VALUES (1, 1, '', '')", Category::UniqueViolation, "1062", Some("PRIMARY"), table, None),
        ("INSERT INTO p VALUES (2, 1, '', 'e')", Category::UniqueViolation, "1062", Some("e_key"), table, None),
        ("INSERT INTO k VALUES (9)", Category::ForeignKeyViolation, "1452", Some("k_parent"), Some("k"), None),
        ("DELETE FROM p", Category::ForeignKeyViolation, "1451", Some("k_parent"), Some("k"), None),
        ("INSERT INTO p VALUES (2, NULL, '', '')", Category::NotNullViolation, "1048", None, None, Some("n")),
        ("INSERT INTO p (id) VALUES (2)", Category::NotNullViolation, "1364", None, None, Some("n")),
        ("INSERT INTO p VALUES (2, 0, '', '')", Category::CheckViolation, check.0, Some("n_positive"), check.1, None),
        ("SELECT nix FROM p", Category::Undefined, "1054", None, None, Some("nix")),
        ("SELECT 1 FROM nix", Category::Undefined, "1146", None, Some("nix"), None),
        ("SELECT relvar_my_categories.nix(1)", Category::Undefined, "1305", None, None, None),
        ("INSERT INTO p SELECT 2, 1/0, '', ''", Category::DataException, "1365", None, None, None),
        ("INSERT INTO p VALUES (2, 'x', '', '')", Category::DataException, "1366", None, None, Some("n")),
        ("INSERT INTO p VALUES (2, 9999999999, '', '')", Category::DataException, "1264", None, None, Some("n")),
        ("INSERT INTO p VALUES (2, 1, 'long', '')", Category::DataException, "1406", None, None, Some("s")),
        ("SELECT 9223372036854775807 + 1", Category::DataException, "1690", None, None, None),
        ("SELEC 1", Category::Syntax, "1064", None, None, None),
        ("SELECT s, COUNT(*) FROM p GROUP BY n", Category::Other, "1055", None, None, None),
    ];
    for (sql, category, code, constraint, table, column) in cases {
        for script in [false, true] {
            let error = match script {
                true => c.script(sql).await.unwrap_err(),
                false => run(sql).execute(c).await.unwrap_err(),
            };
            let said = error.database().unwrap_or_else(|| panic!("{error}"));
            assert_eq!((said.category, said.code.as_str()), (*category, *code), "{sql}: {}", said.message);
            assert_eq!(said.constraint.as_deref(), *constraint, "{sql}");
            assert_eq!(said.table.as_deref(), *table, "{sql}");
            assert_eq!(said.column.as_deref(), *column, "{sql}");
            assert!(!said.message.is_empty());
            assert_eq!(error.statement(), Some(*sql));
            in_step(c).await;
        }
    }
    // a script stops at the first error
    assert!(c.script("DELETE FROM k; SELEC 1; INSERT INTO k VALUES (1)").await.is_err());
    assert_eq!(run("SELECT COUNT(*) FROM k").column::<i64>(c).await.unwrap(), [0]);
}

async fn conflicts_between_sessions<D: Site>() {
    let a = &mut connect::<D>("relvar_my_conflicts").await;
    let b = &mut another::<D>("relvar_my_conflicts").await;
    a.script("CREATE TABLE t (id int PRIMARY KEY, n int); INSERT INTO t VALUES (1, 0), (2, 0)").await.unwrap();

    // a lock that is not had in time undoes the statement alone
    a.script("START TRANSACTION; SELECT 1 FROM t WHERE id = 1 FOR UPDATE").await.unwrap();
    b.script("SET innodb_lock_wait_timeout = 1; START TRANSACTION; INSERT INTO t VALUES (3, 3)").await.unwrap();
    let error = run("UPDATE t SET n = 1 WHERE id = 1").execute(b).await.unwrap_err();
    assert_eq!(error.category(), Some(Category::LockTimeout), "{error}");
    assert!(!error.is_retryable());
    assert_eq!(b.in_transaction(), None);
    let error = run("SELECT 1 FROM t WHERE id = 1 FOR UPDATE NOWAIT").execute(b).await.unwrap_err();
    assert_eq!(error.category(), Some(Category::LockTimeout), "{error}");
    b.script("COMMIT").await.unwrap();
    a.script("COMMIT").await.unwrap();
    assert_eq!(run("SELECT COUNT(*) FROM t").column::<i64>(a).await.unwrap(), [3]);

    // a deadlock undoes the transaction, and that is known
    a.script("START TRANSACTION; UPDATE t SET n = 3 WHERE id = 1").await.unwrap();
    b.script("START TRANSACTION; UPDATE t SET n = 4 WHERE id = 2").await.unwrap();
    let (first, second) = tokio::join!(
        run("UPDATE t SET n = 3 WHERE id = 2").execute(a),
        run("UPDATE t SET n = 4 WHERE id = 1").execute(b)
    );
    assert_eq!(a.in_transaction(), first.is_err().then_some(false));
    assert_eq!(b.in_transaction(), second.is_err().then_some(false));
    let deadlock: Vec<Error> = [first.err(), second.err()].into_iter().flatten().collect();
    assert_eq!(deadlock.len(), 1);
    assert_eq!(deadlock[0].category(), Some(Category::Deadlock), "{}", deadlock[0]);
    assert!(deadlock[0].is_retryable());
    for c in [&mut *a, &mut *b] {
        c.script("ROLLBACK").await.unwrap();
        assert_eq!(c.in_transaction(), None);
        in_step(c).await;
    }

    a.script("START TRANSACTION READ ONLY").await.unwrap();
    let error = run("UPDATE t SET n = 5").execute(a).await.unwrap_err();
    assert_eq!(error.category(), Some(Category::ReadOnly), "{error}");
    a.script("ROLLBACK").await.unwrap();

    // a statement that somebody else ends
    let id = a.id();
    let (result, killed) = tokio::join!(run("SELECT SLEEP(20) FROM t").execute(a), async {
        tokio::time::sleep(Duration::from_millis(150)).await;
        b.script(&format!("KILL QUERY {id}")).await
    });
    killed.unwrap();
    // some versions let SLEEP say that it was interrupted
    if let Err(error) = result {
        assert_eq!(error.category(), Some(Category::Cancelled), "{error}");
    }
    in_step(a).await;
}

async fn denied<D: Site>() {
    let c = &mut connect::<D>("relvar_my_denied").await;
    c.script("CREATE TABLE t (n int); DROP USER IF EXISTS relvar_nobody; CREATE USER relvar_nobody").await.unwrap();
    c.script("CREATE DATABASE IF NOT EXISTS relvar_my_open; GRANT SELECT ON relvar_my_open.* TO relvar_nobody")
        .await
        .unwrap();
    let url = super::url::<D>().replace("root@", "relvar_nobody@");
    let nobody = crate::mysql::Server::<D>::from_url(&url, &Options::default()).unwrap();
    let n = &mut nobody.connect(Lane::Write).await.unwrap();
    for sql in ["SELECT 1 FROM relvar_my_denied.t", "USE relvar_my_denied", "SET GLOBAL max_connections = 9"] {
        let error = n.script(sql).await.unwrap_err();
        assert_eq!(error.category(), Some(Category::PermissionDenied), "{sql}: {error}");
    }
    // a user without rights can still be buried
    let mut victim = nobody.connect(Lane::Write).await.unwrap();
    let id = victim.id();
    assert!(
        tokio::time::timeout(Duration::from_millis(100), run("SELECT SLEEP(9)").execute(&mut victim)).await.is_err()
    );
    nobody.bury(victim).await;
    assert_eq!(sessions::<D>(c, id).await, 0);
    c.script("DROP USER relvar_nobody").await.unwrap();
}

async fn stopping_early_leaves_the_session_in_step<D: Site>() {
    let c = &mut connect::<D>("relvar_my_early").await;
    c.script("SET max_recursive_iterations = 100000").await.ok();
    c.script("SET cte_max_recursion_depth = 100000").await.ok();
    let series = "WITH RECURSIVE s AS (SELECT 1 AS g UNION ALL SELECT g + 1 FROM s WHERE g < 20000)";
    for (enough, stop_after) in [(3, None), (usize::MAX, Some(3)), (3, Some(3))] {
        let mut many = run(&format!("{series} SELECT g FROM s"));
        many.expected = vec![i32::SQL_TYPE];
        many.stop_after = stop_after;
        let mut rows = Rows { read: |cells| cells.read::<i32>(), rows: Vec::new(), enough };
        many.on(c, &mut rows).await.unwrap();
        assert_eq!(rows.rows, [1, 2, 3]);
        in_step(c).await;
    }
    let holed = format!("{series} SELECT NULLIF(g, 5) FROM s");
    let error = run(&holed).column::<i32>(c).await.unwrap_err();
    assert_eq!(error.kind(), &ErrorKind::Decode { column: "t.c0".to_owned(), why: DecodeError::Null });
    in_step(c).await;
}

async fn settings_from_the_options<D: Site>() {
    let options =
        Options::new().statement_timeout(Duration::from_millis(1500)).lock_timeout(Duration::from_millis(1001));
    connect::<D>("relvar_my_settings").await.script("CREATE TABLE t (n int)").await.unwrap();
    let server = server_with::<D>(&options);
    let c = &mut server.connect(Lane::Write).await.unwrap();
    let seconds = run("SELECT CONCAT(@@innodb_lock_wait_timeout, ' ', @@lock_wait_timeout)").column::<String>(c).await;
    assert_eq!(seconds.unwrap(), ["2 2"], "whole seconds, rounded up");
    let sql = format!("SELECT CONCAT(@@{}, '')", D::VARIANT.statement_timeout.0);
    let limit = run(&sql).column::<String>(c).await.unwrap();
    assert!(limit == ["1500"] || limit == ["1.500000"], "{limit:?}");
    let short = server_with::<D>(&Options::new().statement_timeout(Duration::from_millis(200)));
    let s = &mut short.connect(Lane::Write).await.unwrap();
    let slow =
        "SELECT COUNT(*) FROM information_schema.columns a, information_schema.columns b, information_schema.columns d";
    let error = run(slow).column::<i64>(s).await.unwrap_err();
    assert_eq!(error.category(), Some(Category::Cancelled), "{error}");
    in_step(s).await;

    assert!(c.server_version() >= (8, 4));
    c.ping().await.unwrap();
    let begin = Begin { isolation: Some(Isolation::Serializable), read_only: true, deferrable: false };
    let sql = server.begin_sql(&begin).unwrap();
    assert_eq!(sql, "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE; START TRANSACTION READ ONLY");
    c.script(&sql).await.unwrap();
    let error = c.script("INSERT INTO relvar_my_settings.t VALUES (1)").await.unwrap_err();
    assert_eq!(error.category(), Some(Category::ReadOnly), "{error}");
    c.script("COMMIT").await.unwrap();
    assert_eq!(server.begin_sql(&Begin::default()).unwrap(), "START TRANSACTION");
    let error = server.begin_sql(&Begin { deferrable: true, ..begin }).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Unsupported(_)), "{error}");
}

async fn a_closed_connection_is_gone<D: Site>() {
    let server = server::<D>();
    let connection = server.connect(Lane::Read).await.unwrap();
    let id = connection.id();
    connection.close().await;
    let c = &mut server.connect(Lane::Read).await.unwrap();
    for _ in 0..100 {
        if sessions::<D>(c, id).await == 0 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("the session is still there");
}

async fn changed_rows_are_those_that_were_found<D: Site>() {
    let c = &mut connect::<D>("relvar_my_found").await;
    c.script("CREATE TABLE t (id int AUTO_INCREMENT PRIMARY KEY, n int); INSERT INTO t VALUES (0, 1), (5, 1)")
        .await
        .unwrap();
    assert_eq!(run("SELECT id FROM t ORDER BY id").column::<i32>(c).await.unwrap(), [0, 5], "0 is 0");
    assert_eq!(run("UPDATE t SET n = 1").execute(c).await.unwrap(), 2, "also those that were so before");
    assert_eq!(run("DELETE FROM t WHERE id = 5").execute(c).await.unwrap(), 1);
    assert_eq!(run("SELECT n FROM t").execute(c).await.unwrap(), 0);
}
