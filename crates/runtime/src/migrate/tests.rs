//! Statements, checksums and directives of scripts, without a database.

use proptest::prelude::*;
use relvar_query::dialect::Engine;

use super::text::{Text, checksum, normalized};
use crate::error::MigrationProblem;

fn engine(name: &str) -> Engine {
    Engine::ALL.into_iter().find(|engine| engine.name() == name).unwrap()
}

fn pieces(text: &str, name: &str) -> Vec<String> {
    let text = Text::parse(text, engine(name)).unwrap();
    text.pieces.iter().map(|piece| format!("{}: {}", piece.line, piece.sql)).collect()
}

#[test]
fn statements_end_where_each_database_says() {
    let everywhere = "\u{feff}SELECT 'a;''b', \"c;\" -- d;\n;;\n/* e; */ SELECT 2 ; -- f";
    for engine in Engine::ALL {
        assert_eq!(pieces(everywhere, engine.name()), ["1: SELECT 'a;''b', \"c;\"", "3: SELECT 2"], "{engine:?}");
    }
    for (name, text, count) in [
        ("PostgreSQL", "SELECT $$;$$; SELECT $a$ ; $$ ; $a$; SELECT 1", 3),
        ("PostgreSQL", "SELECT E'\\';'; SELECT '\\'; SELECT 1", 3),
        // what goes on with `E'…'` on the next line is read as it is; on the same line, or behind others, it is not
        ("PostgreSQL", "SELECT E'a'\n'\\'; SELECT '\n'\\''; SELECT 1", 2),
        ("PostgreSQL", "SELECT e'a' -- ';\n -- ';\r\n '\\';'; SELECT 1", 2),
        ("PostgreSQL", "SELECT 'a'\n'\\'; SELECT 1", 2),
        ("PostgreSQL", "SELECT E'a' '\\'; SELECT E'a'\n, '\\'; SELECT E'a' /* \n */ '\\'; SELECT 1", 4),
        ("PostgreSQL", "SELECT 1 /* ; /* ; */ ; */; SELECT $1; SELECT a$b$c; SELECT 2", 4),
        ("PostgreSQL", "SELECT 1 # 2; SELECT `a; SELECT [1;", 3),
        ("PostgreSQL", "SELECT 'a' /*! ; */; SELECT 2", 2),
        ("MySQL", "SELECT '\\';', \"\\\";\", `;`; SELECT 1 # ;\n; SELECT 2", 3),
        ("MySQL", "SELECT 1 --1; SELECT 2 -- ;\n; SELECT 3", 3),
        ("MySQL", "/*!50100 SELECT 1; SELECT ';*/' */; SELECT 2", 2),
        ("MariaDB", "/*M!100100 SELECT 1; */; SELECT /*+ ; */ 2", 2),
        ("MySQL", "SELECT /* /* ; */ 1; SELECT $$; SELECT $$", 3),
        ("SQLite", "SELECT [a;b], `c;`, '\\'; SELECT $$; SELECT $$", 3),
    ] {
        assert_eq!(pieces(text, name).len(), count, "{name}: {text}: {:?}", pieces(text, name));
    }
    assert_eq!(pieces("CREATE TRIGGER t BEGIN SELECT 1; END; SELECT 2", "SQLite").len(), 1);
    assert!(pieces("  -- nothing\n/* at all */", "SQLite").is_empty());
}

#[test]
fn layout_and_comments_do_not_count() {
    let same = [
        "CREATE TABLE t (a INT, b TEXT DEFAULT 'x  y');",
        "CREATE  TABLE t\r\n(\r\n\ta INT,\r\n\tb TEXT DEFAULT 'x  y'\r\n)\r\n;\r\n",
        "\u{feff}-- what\nCREATE/**/TABLE t(a INT,b TEXT/* why */DEFAULT 'x  y'); -- end",
    ];
    let other = [
        "CREATE TABLE t (a INT, b TEXT DEFAULT 'x y');",
        "CREATE TABLE t (a INT, b TEXT DEFAULT 'x  y -- z');",
        "CREATE TABLE t (aINT, b TEXT DEFAULT 'x  y');",
        "create TABLE t (a INT, b TEXT DEFAULT 'x  y');",
    ];
    for engine in Engine::ALL {
        let sum = |text: &str| checksum(text, engine);
        assert_eq!(sum(same[0]).len(), 64);
        assert!(same.iter().all(|text| sum(text) == sum(same[0])), "{engine:?}");
        assert!(other.iter().all(|text| sum(text) != sum(same[0])), "{engine:?}");
    }
    // the same text on every machine, and for good: it is kept in databases
    let known = "e004ebd5b5532a4b85984a62f8ad48a81aa3460c1ca07701f386135d72cdecf5";
    assert_eq!(checksum("SELECT 1 -- one", engine("SQLite")), known);
}

#[test]
fn what_is_run_counts() {
    for (name, one, other) in [
        ("MySQL", "SELECT 1 /*! + 1 */", "SELECT 1 /*! + 2 */"),
        ("MySQL", "SELECT 1 /*! + 1 */", "SELECT 1"),
        ("MariaDB", "SELECT 1 /*M!100100 + 1 */", "SELECT 1"),
        ("MySQL", "SELECT /*+ NO_ICP(t) */ 1", "SELECT 1"),
        ("PostgreSQL", "/*+ SeqScan(t) */ SELECT 1", "SELECT 1"),
        ("PostgreSQL", "SELECT $$ -- a $$", "SELECT $$ -- b $$"),
        ("PostgreSQL", "SELECT E'\\' -- a'", "SELECT E'\\' -- b'"),
        ("PostgreSQL", "SELECT E'a'\n'\\' -- a'", "SELECT E'a'\n'\\' -- b'"),
        ("MySQL", "SELECT '\\' -- a'", "SELECT '\\' -- b'"),
        ("MySQL", "SELECT 1--1", "SELECT 1"),
    ] {
        let engine = engine(name);
        assert_ne!(checksum(one, engine), checksum(other, engine), "{name}: {one}");
    }
    let plain = engine("PostgreSQL");
    assert_eq!(checksum("SELECT 1 /*! a */", plain), checksum("SELECT 1", plain));
}

#[test]
fn directives_and_ends_of_transactions_are_found() {
    let postgres = engine("PostgreSQL");
    for text in
        ["-- relvar: no transaction\nVACUUM", "/* relvar: no transaction */ VACUUM", "VACUUM; --relvar: no transaction"]
    {
        assert!(Text::parse(text, postgres).unwrap().no_transaction, "{text}");
    }
    for text in ["VACUUM", "-- no transaction\nVACUUM", "SELECT '-- relvar: no transaction'"] {
        assert!(!Text::parse(text, postgres).unwrap().no_transaction, "{text}");
    }
    let wrong = Text::parse("SELECT 1;\n\n-- relvar: no transactoin", postgres).unwrap_err();
    assert_eq!(wrong, MigrationProblem::Directive { found: "no transactoin".to_owned(), line: 3 });
    for (name, text, refused) in [
        ("PostgreSQL", "SELECT 1; Commit", true),
        ("PostgreSQL", "START TRANSACTION", true),
        ("PostgreSQL", "ROLLBACK AND CHAIN", true),
        ("PostgreSQL", "SAVEPOINT a; ROLLBACK TO a; ROLLBACK TO SAVEPOINT a", false),
        ("PostgreSQL", "PREPARE TRANSACTION 'x'", true),
        ("PostgreSQL", "PREPARE p AS SELECT 1", false),
        ("PostgreSQL", "CREATE FUNCTION f() BEGIN ATOMIC SELECT 1; END; COMMIT", true),
        ("PostgreSQL", "CREATE FUNCTION f() BEGIN ATOMIC SELECT 1; END", false),
        ("SQLite", "CREATE TRIGGER t BEGIN SELECT 1; END", false),
        ("SQLite", "END", true),
        ("MySQL", "CREATE PROCEDURE p() BEGIN START TRANSACTION; COMMIT; END", false),
        ("MySQL", "COMMIT", true),
    ] {
        assert_eq!(Text::parse(text, engine(name)).is_err(), refused, "{name}: {text}");
    }
}

/// Text out of what scanners trip over.
fn script() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        Just("'"),
        Just("''"),
        Just("\\"),
        Just("\""),
        Just("`"),
        Just("["),
        Just("]"),
        Just("$"),
        Just("$$"),
        Just("$a$"),
        Just("--"),
        Just("-- "),
        Just("#"),
        Just("/*"),
        Just("*/"),
        Just("/*!"),
        Just("/*+"),
        Just("/*M!100"),
        Just("5"),
        Just("\n"),
        Just("\r"),
        Just("\r\n"),
        Just(" "),
        Just("\t"),
        Just(";"),
        Just("E'"),
        Just("N"),
        Just("a"),
        Just("BEGIN"),
        Just("ü"),
        Just("\u{feff}"),
        Just("\u{85}"),
        Just("-"),
        Just("/"),
        Just("*"),
        Just("+"),
        Just("!"),
        Just("\0"),
    ];
    prop::collection::vec(part, 0..24).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_taken_and_the_normal_form_stays(text in script()) {
        for engine in Engine::ALL {
            let once = normalized(&text, engine);
            prop_assert_eq!(&normalized(&once, engine), &once, "{:?}", engine);
            // whatever is wrong with it, it is said
            if let Ok(parsed) = Text::parse(&text, engine) {
                prop_assert!(parsed.pieces.iter().all(|piece| text.contains(piece.sql) && !piece.sql.is_empty()));
            }
        }
    }

    #[test]
    fn any_bytes_are_taken(text in any::<String>()) {
        for engine in Engine::ALL {
            let _ = Text::parse(&text, engine);
            let _ = checksum(&text, engine);
        }
    }

    #[test]
    fn another_literal_is_another_sum(one in "[a-c ';#*/-]{0,8}", other in "[a-c ';#*/-]{0,8}") {
        prop_assume!(one != other);
        let sql = |text: &str| format!("INSERT INTO t VALUES ('{}') -- x", text.replace('\'', "''"));
        for engine in Engine::ALL {
            prop_assert_ne!(checksum(&sql(&one), engine), checksum(&sql(&other), engine));
        }
    }

    #[test]
    fn another_layout_is_the_same_sum(
        words in prop::collection::vec("[a-z]{1,4}|'[a-z ]{0,4}'|[(),;=]", 1..8),
        gaps in prop::collection::vec("[ \t\n]{1,3}|\r\n| -- [a-z;']{0,4}\n| /\\*[a-z;' ]{0,4}\\*/ ", 8),
    ) {
        let text = |gap: &dyn Fn(usize) -> String| {
            words.iter().enumerate().map(|(at, word)| format!("{word}{}", gap(at))).collect::<String>()
        };
        let (plain, laid_out) = (text(&|_| " ".to_owned()), text(&|at| gaps[at % gaps.len()].clone()));
        for engine in Engine::ALL {
            prop_assert_eq!(checksum(&plain, engine), checksum(&laid_out, engine));
        }
    }
}
