//! What is refused, by name: edited and missing files, wrong orders, names that cannot be read.

use relvar::migrate::{MigrationProblem, MigrationResolution, MigrationState, Migrator};
use relvar::{Any, AnyDb};

use crate::place::{Folder, places, problem};

const ONE: &str = "CREATE TABLE one (id INT PRIMARY KEY, note VARCHAR(20) DEFAULT 'a  b');\n";

#[tokio::test(flavor = "multi_thread")]
async fn an_edited_file_is_refused_and_an_edited_comment_is_not() {
    for place in places() {
        let folder = Folder::with(&[("1_one.sql", ONE)]);
        let db = place.connect().await;
        folder.migrator().run(&db).await.unwrap();

        folder.write(
            "1_one.sql",
            &format!("-- why\r\n/* not */ {}", ONE.replace(", ", "\r\n  ,\t").replace("\n", "\r\n")),
        );
        folder.write("2_two.sql", "CREATE TABLE two (id INT PRIMARY KEY)");
        assert_eq!(folder.migrator().run(&db).await.unwrap().len(), 1, "{}", place.name());

        folder.write("1_one.sql", &ONE.replace("a  b", "a b"));
        folder.write("3_three.sql", "CREATE TABLE three (id INT PRIMARY KEY)");
        let edited = ("1_one.sql".to_owned(), MigrationProblem::Edited);
        assert_eq!(problem(folder.migrator().run(&db).await), edited, "{}", place.name());
        assert_eq!(problem(folder.migrator().undo(&db, 1).await), edited, "{}", place.name());
        assert_eq!(problem(folder.migrator().pending(&db).await), edited, "{}", place.name());
        assert!(!place.has("three"), "{}", place.name());
        assert_eq!(folder.migrator().status(&db).await.unwrap()[0].state, MigrationState::Edited);

        folder.migrator().resolve(&db, 1, MigrationResolution::Applied).await.unwrap();
        assert_eq!(folder.migrator().run(&db).await.unwrap().len(), 1, "{}", place.name());
        db.close().await;
    }
}

#[tokio::test]
async fn what_is_missing_or_late_is_refused_unless_it_is_allowed() {
    let db = AnyDb::connect("sqlite::memory:").await.unwrap();
    let folder =
        Folder::with(&[("2_two.sql", "CREATE TABLE two (id INT)"), ("3_three.sql", "CREATE TABLE three (id INT)")]);
    folder.migrator().run(&db).await.unwrap();

    folder.write("1_one.sql", "CREATE TABLE one (id INT)");
    let late = MigrationProblem::OutOfOrder { newest: "3_three.sql".to_owned() };
    assert_eq!(problem(folder.migrator().run(&db).await), ("1_one.sql".to_owned(), late));
    assert_eq!(folder.migrator().status(&db).await.unwrap()[0].state, MigrationState::OutOfOrder);
    assert_eq!(folder.migrator().allow_out_of_order(true).run(&db).await.unwrap().len(), 1);

    folder.remove("2_two.sql");
    folder.write("4_four.sql", "CREATE TABLE four (id INT)");
    assert_eq!(problem(folder.migrator().run(&db).await), ("2_two".to_owned(), MigrationProblem::Missing));
    assert_eq!(folder.migrator().status(&db).await.unwrap()[1].state, MigrationState::Missing);
    assert_eq!(folder.migrator().allow_missing(true).run(&db).await.unwrap().len(), 1);
}

#[tokio::test]
async fn names_that_are_no_migrations_are_refused() {
    let db = AnyDb::connect("sqlite::memory:").await.unwrap();
    for name in [
        "one.sql",
        "1.sql",
        "1_.sql",
        "_one.sql",
        "1-one.sql",
        "v1_one.sql",
        "1_one.SQL",
        "1_one.sideways.sql",
        "1_one.up.down.sql",
        "1_one.sqlite.up.sql",
        "1_one.oracle.sql",
        "1_one",
        "1_one.sql~",
        "99999999999999999999_one.sql",
        "1_a'b.sql",
    ] {
        let folder = Folder::with(&[(name, "SELECT 1")]);
        let (file, refused) = problem(Migrator::<Any>::from_folder(folder.path()));
        assert_eq!(file, name);
        assert!(matches!(refused, MigrationProblem::FileName(_)), "{name}: {refused:?}");
    }
    let folder =
        Folder::with(&[("README.md", "x"), (".1_one.sql.swp", "x"), ("1_one.sql", "CREATE TABLE one (id INT)")]);
    assert_eq!(folder.migrator().run(&db).await.unwrap().len(), 1);

    let nowhere = problem(Migrator::<Any>::from_folder(folder.path().join("nowhere")));
    assert!(matches!(nowhere.1, MigrationProblem::Unreadable(_)), "{nowhere:?}");
    let binary = Folder::with(&[]);
    std::fs::write(binary.path().join("1_one.sql"), [0xff, 0xfe, 0]).unwrap();
    let unreadable = problem(Migrator::<Any>::from_folder(binary.path()));
    assert!(unreadable.0.ends_with("1_one.sql") && matches!(unreadable.1, MigrationProblem::Unreadable(_)));
}

#[tokio::test]
async fn files_that_do_not_go_together_are_refused() {
    let db = AnyDb::connect("sqlite::memory:").await.unwrap();
    let duplicate = |other: &str| MigrationProblem::Duplicate { other: other.to_owned() };
    for (files, name, expected) in [
        (["1_one.sql", "01_one.sql"], "1_one.sql", duplicate("01_one.sql")),
        (["1_one.sql", "1_one.up.sql"], "1_one.up.sql", duplicate("1_one.sql")),
        (["1_one.sql", "1_two.sql"], "1_two.sql", duplicate("1_one.sql")),
        (["1_one.up.sql", "1_two.down.sql"], "1_two.down.sql", duplicate("1_one.up.sql")),
        (["1_one.down.sql", "2_two.sql"], "1_one.down.sql", MigrationProblem::OnlyDown),
        (
            ["1_one.postgres.sql", "1_one.down.sql"],
            "1_one.postgres.sql",
            MigrationProblem::NoVariant { database: "SQLite", suffix: "sqlite" },
        ),
    ] {
        let folder = Folder::with(&files.map(|name| (name, "SELECT 1")));
        assert_eq!(problem(folder.migrator().run(&db).await), (name.to_owned(), expected), "{files:?}");
    }
    let folder = Folder::with(&[("1_one.sql", "SELECT 1;\n-- relvar: no transactions\nSELECT 2")]);
    let directive = MigrationProblem::Directive { found: "no transactions".to_owned(), line: 2 };
    assert_eq!(problem(folder.migrator().run(&db).await), ("1_one.sql".to_owned(), directive));
}

#[tokio::test]
async fn a_step_does_not_end_its_own_transaction() {
    for place in places() {
        let db = place.connect().await;
        for control in ["BEGIN", "commit", "START TRANSACTION", "ROLLBACK"] {
            let folder = Folder::with(&[("1_one.sql", &format!("CREATE TABLE one (id INT);\n{control};"))]);
            let (statement, line) = (control.split(' ').next().unwrap().to_uppercase(), 2);
            let refused = MigrationProblem::TransactionControl { statement, line };
            if control == "BEGIN" && !place.rolls_back() {
                continue; // on MySQL the word is that of a body, too, and only the server can tell
            }
            assert_eq!(problem(folder.migrator().run(&db).await).1, refused, "{}", place.name());
            assert!(!place.has("one"), "{}", place.name());
        }
        db.close().await;
    }
}
