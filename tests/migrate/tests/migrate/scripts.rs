//! Scripts: bodies with statements inside, what no transaction can hold, and errors that name the statement.

use relvar::migrate::MigrationProblem;

use crate::place::{Folder, Place, places, problem};

const BODY_SQLITE: &str = "CREATE TABLE t (id INT, n INT); CREATE TABLE log (n INT);
    CREATE TRIGGER tr AFTER INSERT ON t BEGIN
        INSERT INTO log VALUES (CASE WHEN new.n > 0 THEN 1 ELSE 0 END);
        INSERT INTO log VALUES (2);
    END;
    INSERT INTO t VALUES (1, 1);";
const BODY_POSTGRES: &str = "CREATE TABLE t (id INT, n INT); CREATE TABLE log (n INT);
    CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $body$
    BEGIN -- a comment; with a semicolon
        INSERT INTO log VALUES (1); INSERT INTO log VALUES (2); RETURN new;
    END $body$;
    CREATE TRIGGER tr AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();
    CREATE PROCEDURE p() BEGIN ATOMIC INSERT INTO log VALUES (0); INSERT INTO log VALUES (0); END;
    INSERT INTO t VALUES (1, 1); /* a /* nested; */ comment; */ CALL p();";
const BODY_MYSQL: &str = "CREATE TABLE t (id INT, n INT); CREATE TABLE log (n INT);
    CREATE TRIGGER tr AFTER INSERT ON t FOR EACH ROW BEGIN
        IF new.n > 0 THEN INSERT INTO log VALUES (1); END IF;
        INSERT INTO log VALUES (2); # a comment; with a semicolon
    END;
    CREATE PROCEDURE p() BEGIN DECLARE i INT DEFAULT 0; WHILE i < 2 DO SET i = i + 1; INSERT INTO log VALUES (0); END WHILE; END;
    INSERT INTO t VALUES (1, 1); CALL p();";

#[tokio::test]
async fn bodies_with_statements_inside_are_taken_whole() {
    for place in places() {
        let (sql, zeros) = match place {
            Place::Sqlite(_) => (BODY_SQLITE, 0),
            Place::Postgres(_) => (BODY_POSTGRES, 2),
            Place::MySql(_) | Place::MariaDb(_) => (BODY_MYSQL, 2),
        };
        let (folder, db) = (Folder::with(&[("1_body.sql", sql)]), place.connect().await);
        folder.migrator().run(&db).await.unwrap_or_else(|error| panic!("{}: {error}", place.name()));
        assert_eq!(place.number("SELECT sum(n) FROM log"), 3, "{}", place.name());
        assert_eq!(place.number("SELECT count(*) FROM log"), 2 + zeros, "{}", place.name());
        db.close().await;
    }
}

#[tokio::test]
async fn what_cannot_be_in_a_transaction_is_run_without_one() {
    for place in places() {
        let sql = match place {
            Place::Postgres(_) => "CREATE INDEX CONCURRENTLY t_id ON t (id); CREATE INDEX CONCURRENTLY t_n ON t (n);",
            Place::Sqlite(_) => "PRAGMA foreign_keys = OFF; VACUUM;",
            Place::MySql(_) | Place::MariaDb(_) => "CREATE INDEX t_id ON t (id); OPTIMIZE TABLE t;",
        };
        let folder = Folder::with(&[("1_t.sql", "CREATE TABLE t (id INT, n INT)"), ("2_index.sql", sql)]);
        let db = place.connect().await;
        if place.rolls_back() && !matches!(place, Place::MySql(_)) {
            let (file, failed) = problem(folder.migrator().run(&db).await);
            assert_eq!(file, "2_index.sql", "{}", place.name());
            assert!(matches!(failed, MigrationProblem::Failed { rolled_back: true, .. }), "{}", place.name());
        }
        folder.write("2_index.sql", &format!("-- relvar: no transaction\n{sql}"));
        folder.migrator().run(&db).await.unwrap_or_else(|error| panic!("{}: {error}", place.name()));
        assert_eq!(place.in_state("applied"), 2, "{}", place.name());
        db.close().await;
    }
}

#[tokio::test]
async fn an_error_names_the_file_the_line_and_the_statement() {
    for place in places() {
        let sql = "CREATE TABLE one (id INT PRIMARY KEY);\n\n-- of two rows, one too many\nINSERT INTO one\n  VALUES (77), (77);\nCREATE TABLE two (id INT);";
        let (folder, db) = (Folder::with(&[("1_one.sql", sql)]), place.connect().await);
        let error = folder.migrator().run(&db).await.unwrap_err();
        assert_eq!(error.statement(), Some("INSERT INTO one\n  VALUES (77), (77)"), "{}", place.name());
        let source = std::error::Error::source(&error).unwrap().downcast_ref::<relvar::Error>().unwrap();
        assert!(source.is_unique_violation(), "{}: {source}", place.name());
        let (file, failed) = problem(Err::<(), _>(error));
        assert_eq!(file, "1_one.sql");
        let MigrationProblem::Failed { line, rolled_back, why } = failed else { panic!("{failed:?}") };
        assert_eq!((line, rolled_back), (Some(4), place.rolls_back()), "{}", place.name());
        assert!(!why.contains("77"), "{}: {why}", place.name());
        assert_eq!((place.has("one"), place.has("two")), (!place.rolls_back(), false), "{}", place.name());
        if place.rolls_back() {
            folder.write("1_one.sql", &sql.replace("(77), (77)", "(77), (78)"));
            assert_eq!(folder.migrator().run(&db).await.unwrap().len(), 1, "{}", place.name());
        }
        db.close().await;
    }
}

#[tokio::test]
async fn the_history_stays_where_it_is_when_a_step_goes_elsewhere() {
    for place in places() {
        let sql = match &place {
            Place::Postgres(_) => "CREATE SCHEMA elsewhere; SET search_path = elsewhere;".to_owned(),
            Place::MySql(_) | Place::MariaDb(_) => "USE information_schema;".to_owned(),
            Place::Sqlite(_) => "CREATE TEMPORARY TABLE _relvar_migrations (version INT);".to_owned(),
        };
        let folder = Folder::with(&[("1_away.sql", &sql), ("2_two.sql", "SELECT 1")]);
        let db = place.connect().await;
        folder.migrator().run(&db).await.unwrap_or_else(|error| panic!("{}: {error}", place.name()));
        assert_eq!(place.in_state("applied"), 2, "{}", place.name());
        assert!(folder.migrator().run(&db).await.unwrap().is_empty(), "{}", place.name());
        db.close().await;
    }
}
