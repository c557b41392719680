//! What goes wrong, by its name.

use super::*;
use crate::error::{Category, ErrorKind};

const TABLES: &str = "
    CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL UNIQUE, tenant INTEGER, nick TEXT,
        age INTEGER CONSTRAINT grown_up CHECK (age >= 18), UNIQUE (tenant, nick));
    CREATE UNIQUE INDEX upper_nick ON users (upper(nick)) WHERE tenant = 9;
    CREATE TABLE posts (user_id INTEGER REFERENCES users (id));
    CREATE TABLE strictly (n INTEGER) STRICT;
    CREATE TRIGGER no BEFORE DELETE ON users BEGIN SELECT RAISE(ABORT, 'users stay'); END;
    INSERT INTO users VALUES (1, 'a@b', 1, 'a', 20), (3, 'e', 9, 'z', 20);";

#[tokio::test]
async fn errors_say_which_rule_of_which_column() {
    use Category::*;

    let c = &mut memory().await;
    c.script(TABLES).await.unwrap();
    // statement, category, code, constraint, table, column
    let cases: &[(&str, Category, &str, [&str; 3])] = &[
        ("INSERT INTO users VALUES (2, 'a@b', 1, 'b', 20)", UniqueViolation, "2067", ["", "users", "email"]),
        ("INSERT INTO users VALUES (1, 'c', 1, 'b', 20)", UniqueViolation, "1555", ["", "users", "id"]),
        ("INSERT INTO users VALUES (2, 'c', 1, 'a', 20)", UniqueViolation, "2067", ["", "users", "tenant, nick"]),
        ("INSERT INTO users VALUES (2, 'c', 9, 'Z', 20)", UniqueViolation, "2067", ["upper_nick", "", ""]),
        ("INSERT INTO users VALUES (2, NULL, 1, 'b', 20)", NotNullViolation, "1299", ["", "users", "email"]),
        ("INSERT INTO users VALUES (2, 'c', 1, 'b', 2)", CheckViolation, "275", ["grown_up", "", ""]),
        ("INSERT INTO posts VALUES (7)", ForeignKeyViolation, "787", ["", "", ""]),
        ("INSERT INTO strictly VALUES ('x')", DataException, "3091", ["", "strictly", "n"]),
        ("INSERT INTO users (id) VALUES ('x')", DataException, "20", ["", "", ""]),
        ("SELECT * FROM nowhere", Undefined, "1", ["", "nowhere", ""]),
        ("SELECT naem FROM users", Undefined, "1", ["", "", "naem"]),
        ("SELECT u.naem FROM users u", Undefined, "1", ["", "u", "naem"]),
        ("SELECT 1 FROM users WHERE \"naem\" = 'x'", Undefined, "1", ["", "", "naem"]),
        ("INSERT INTO users (naem) VALUES (1)", Undefined, "1", ["", "users", "naem"]),
        ("UPDATE users SET \"naem\" = 1", Undefined, "1", ["", "", "naem"]),
        ("SELECT nonesuch(1)", Undefined, "1", ["", "", ""]),
        ("SELEC 1", Syntax, "1", ["", "", ""]),
        ("DELETE FROM users", Other, "1811", ["", "", ""]),
        ("SELECT abs(-9223372036854775807 - 1)", Other, "1", ["", "", ""]),
    ];
    for (text, category, code, names) in cases {
        for work in [Work::Write, Work::Long] {
            let error = failed(Sql { work, ..write(text) }.affected(c).await);
            let found = error.database().unwrap_or_else(|| panic!("{text}: {error}"));
            let names = names.map(|name| Some(name.to_owned()).filter(|name| !name.is_empty()));
            let expected = (*category, (*code).to_owned(), names);
            let locus = [found.constraint.clone(), found.table.clone(), found.column.clone()];
            assert_eq!((found.category, found.code.clone(), locus), expected, "{text}: {}", found.message);
            assert_eq!(error.statement(), Some(*text));
        }
    }
    assert_eq!(read("SELECT count(*) FROM users", 1).cells(c).await.unwrap(), [Kept::Integer(2)]);
    assert!(!c.is_broken());
}

#[tokio::test]
async fn a_second_statement_is_refused() {
    let c = &mut memory().await;
    c.script(TABLES).await.unwrap();
    for persistent in [true, false] {
        let two = Sql { persistent, ..write("SELECT 1; DROP TABLE posts") };
        assert!(matches!(failed(two.affected(c).await).kind(), ErrorKind::Unsupported(_)));
    }
    read("SELECT * FROM posts", 1).cells(c).await.unwrap();
}

#[tokio::test]
async fn a_result_of_another_width_is_drift() {
    let c = &mut memory().await;
    for persistent in [true, false] {
        for work in [Work::Read, Work::Long] {
            let error = failed(Sql { persistent, work, ..read("SELECT 1, 2", 3) }.cells(c).await);
            let kind = ErrorKind::Drift {
                column: "column 2".to_owned(),
                expected: "3 columns".to_owned(),
                found: "2 columns".to_owned(),
            };
            assert_eq!(*error.kind(), kind);
        }
    }
    // nothing is done for a result that could not be read
    c.script("CREATE TABLE t (a, b)").await.unwrap();
    let insert = Sql { work: Work::Write, ..read("INSERT INTO t VALUES (1, 2) RETURNING a, b", 1) };
    assert!(matches!(failed(insert.cells(c).await).kind(), ErrorKind::Drift { .. }));
    assert_eq!(read("SELECT count(*) FROM t", 1).cells(c).await.unwrap(), [Kept::Integer(0)]);
}

#[tokio::test]
async fn a_cached_statement_follows_the_schema() {
    let c = &mut memory().await;
    c.script("CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT); INSERT INTO t VALUES (1, 'one')").await.unwrap();
    let (all, v) = (read("SELECT * FROM t", 2), read("SELECT v FROM t WHERE id = ?1", 1));
    let one = [Value::I64(1)];
    let v = Sql { arguments: &one, ..v };
    for _ in 0..3 {
        assert_eq!(v.cells(c).await.unwrap(), [Kept::text("one")]);
        assert_eq!(all.cells(c).await.unwrap(), [Kept::Integer(1)]);
    }
    c.script("ALTER TABLE t ADD COLUMN w INTEGER DEFAULT 5").await.unwrap();
    assert_eq!(v.cells(c).await.unwrap(), [Kept::text("one")]);
    assert!(matches!(failed(all.cells(c).await).kind(), ErrorKind::Drift { .. }));
    assert_eq!(Sql { columns: 3, ..all }.cells(c).await.unwrap(), [Kept::Integer(1)]);

    // the same name, another type
    c.script("ALTER TABLE t DROP COLUMN v; ALTER TABLE t RENAME COLUMN w TO v").await.unwrap();
    assert_eq!(v.cells(c).await.unwrap(), [Kept::Integer(5)]);
    let text: fn(&dyn Cells) -> _ = |row| at(row, 0, String::decode);
    assert!(matches!(failed(v.with(c, text).await).kind(), ErrorKind::Decode { .. }));

    c.script("ALTER TABLE t RENAME COLUMN v TO other").await.unwrap();
    assert_eq!(failed(v.cells(c).await).category(), Some(Category::Undefined));
    c.script("ALTER TABLE t RENAME COLUMN other TO v").await.unwrap();
    assert_eq!(v.cells(c).await.unwrap(), [Kept::Integer(5)]);
}

#[tokio::test]
async fn affected_counts_this_statement_alone() {
    let c = &mut memory().await;
    c.script("CREATE TABLE t (v); CREATE TABLE log (v); INSERT INTO t VALUES (1), (2), (3)").await.unwrap();
    c.script("CREATE TRIGGER tr AFTER UPDATE ON t BEGIN INSERT INTO log VALUES (1); END").await.unwrap();
    for (text, affected) in [
        ("SELECT v FROM t", 0),
        ("UPDATE t SET v = v + 1", 3),
        ("SELECT v FROM t", 0),
        ("UPDATE t SET v = 0 WHERE v = 99", 0),
        ("CREATE INDEX i ON t (v)", 0),
        ("DELETE FROM t", 3),
        ("DROP INDEX i", 0),
    ] {
        assert_eq!(write(text).affected(c).await.unwrap(), affected, "{text}");
    }
}
