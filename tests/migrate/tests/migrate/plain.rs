//! Up, down, status, steps in Rust, files for one database alone.

use relvar::migrate::{Migration, MigrationProblem, MigrationProgress, MigrationState, Migrator};
use relvar::prelude::*;
use std::sync::{Arc, Mutex};

use crate::place::{Folder, places, problem};

fn reversible() -> Folder {
    Folder::with(&[
        ("1_one.up.sql", "CREATE TABLE one (id INT PRIMARY KEY);"),
        ("1_one.down.sql", "DROP TABLE one;"),
        ("3_three.sql", "CREATE TABLE three (id INT PRIMARY KEY);"),
        ("4_four.up.sql", "INSERT INTO one VALUES (4);"),
        ("4_four.down.sql", "DELETE FROM one WHERE id = 4;"),
    ])
}

#[tokio::test(flavor = "multi_thread")]
async fn files_and_rust_go_up_and_down() {
    for place in places() {
        let (folder, db) = (reversible(), place.connect().await);
        let said = Arc::new(Mutex::new(Vec::new()));
        let heard = said.clone();
        let migrator =
            folder
                .migrator()
                .with(
                    Migration::rust(2, "two", |tx| async move {
                        tx.raw_script("CREATE TABLE two (id INT PRIMARY KEY)").await
                    })
                    .down(|tx| async move { tx.raw_script("DROP TABLE two").await }),
                )
                .on_progress(move |progress| {
                    if let MigrationProgress::Ended { label, undo, .. } = progress {
                        heard.lock().unwrap().push(format!("{}{label}", if *undo { "-" } else { "+" }));
                    }
                });

        let pending = migrator.pending(&db).await.unwrap();
        assert_eq!(pending.iter().map(|step| &step.name[..]).collect::<Vec<_>>(), ["one", "two", "three", "four"]);
        assert_eq!(pending[1].sql, None);
        assert!(!place.has("_relvar_migrations"), "{}: looking makes nothing", place.name());
        let states = migrator.status(&db).await.unwrap();
        assert!(states.iter().all(|status| status.state.is_pending() && status.applied_at.is_none()));

        let done = migrator.run(&db).await.unwrap();
        assert_eq!(done.iter().map(|done| done.version).collect::<Vec<_>>(), [1, 2, 3, 4], "{}", place.name());
        assert!(migrator.run(&db).await.unwrap().is_empty(), "{}", place.name());
        assert!(migrator.pending(&db).await.unwrap().is_empty());
        assert_eq!(place.number("SELECT sum(id) FROM one"), 4, "{}", place.name());
        let states = migrator.status(&db).await.unwrap();
        assert!(states.iter().all(|status| status.state == MigrationState::Applied), "{states:?}");
        let now = relvar::chrono::Utc::now();
        let fresh = |at: relvar::chrono::DateTime<_>| (now - at).num_seconds().abs() < 3600;
        assert!(
            states.iter().all(|status| status.applied_at.is_some_and(fresh) && status.took.is_some()),
            "{states:?}"
        );

        let irreversible = ("3_three.sql".to_owned(), MigrationProblem::NoDown);
        assert_eq!(problem(migrator.undo(&db, 2).await), irreversible, "{}", place.name());
        assert_eq!(place.number("SELECT count(*) FROM one"), 1, "{}: all or none", place.name());
        assert_eq!(migrator.undo(&db, 1).await.unwrap()[0].version, 4, "{}", place.name());
        assert_eq!(place.number("SELECT count(*) FROM one"), 0, "{}", place.name());
        folder.write("3_three.down.sql", "DROP TABLE three");
        let steps = folder.migrator().with(
            Migration::rust(2, "two", |_| async { Ok(()) })
                .down(|tx| async move { tx.raw_script("DROP TABLE two").await }),
        );
        assert_eq!(steps.undo(&db, 9).await.unwrap().len(), 3, "{}", place.name());
        assert!(!place.has("one") && !place.has("two") && !place.has("three"), "{}", place.name());
        assert_eq!(place.number("SELECT count(*) FROM _relvar_migrations"), 0, "{}", place.name());
        assert_eq!(
            *said.lock().unwrap(),
            ["+1_one.up.sql", "+2_two", "+3_three.sql", "+4_four.up.sql", "-4_four.down.sql"]
        );
        db.close().await;
    }
}

#[tokio::test]
async fn a_rust_step_runs_typed_statements_in_its_transaction() {
    #[derive(Table, Debug, Clone, PartialEq)]
    #[table(name = "notes")]
    struct Note {
        #[column(primary_key)]
        id: i64,
        text: String,
    }
    for place in places() {
        let db = place.connect().await;
        let fill = |fail: bool| {
            Migrator::new()
                .with(Migration::rust(1, "table", |tx| async move {
                    tx.raw_script("CREATE TABLE notes (id BIGINT PRIMARY KEY, text VARCHAR(50) NOT NULL)").await
                }))
                .with(Migration::rust(2, "fill", move |tx: Tx<relvar::Any>| async move {
                    Note::insert(Note { id: 1, text: "kept".into() }).execute(&tx).await?;
                    let nested = tx.begin().await?;
                    Note::insert(Note { id: 2, text: "lost".into() }).execute(&nested).await?;
                    drop(nested);
                    // the second has no place beside the first
                    let again = Note { id: i64::from(!fail) * 2 + 1, text: "kept".into() };
                    Note::insert(again).execute(&tx).await.map(drop)
                }))
        };
        let error = fill(true).run(&db).await.unwrap_err();
        assert_eq!(error.migration().unwrap().migration, "2_fill", "{}", place.name());
        let source = std::error::Error::source(&error).unwrap().downcast_ref::<relvar::Error>().unwrap();
        assert!(source.is_unique_violation(), "{}: {source}", place.name());
        assert_eq!(place.number("SELECT count(*) FROM notes"), 0, "{}", place.name());
        if !place.rolls_back() {
            let undone = relvar::migrate::MigrationResolution::Undone;
            fill(false).resolve(&db, 2, undone).await.unwrap();
        }
        assert_eq!(fill(false).run(&db).await.unwrap().len(), 1, "{}", place.name());
        assert_eq!(place.number("SELECT sum(id) FROM notes"), 4, "{}", place.name());
        db.close().await;
    }
}

#[tokio::test]
async fn a_rust_step_leaves_the_end_of_its_transaction_alone() {
    for place in places() {
        let db = place.connect().await;
        let migrator =
            Migrator::new().with(Migration::rust(1, "ends", |tx: Tx<relvar::Any>| async move { tx.commit().await }));
        assert_eq!(problem(migrator.run(&db).await), ("1_ends".to_owned(), MigrationProblem::EndedTransaction));
        assert_eq!(
            problem(migrator.run(&db).await).1,
            MigrationProblem::Unfinished { undoing: false },
            "{}",
            place.name()
        );
        db.close().await;
    }
}

#[tokio::test]
async fn a_hook_runs_after_the_commit_of_its_step_alone() {
    let db = Db::<Sqlite>::connect("sqlite::memory:").await.unwrap();
    let count = Arc::new(Mutex::new(0));
    for fails in [true, false] {
        let counted = count.clone();
        let migrator = Migrator::new().with(Migration::rust(1, "hooked", move |tx: Tx<Sqlite>| {
            let counted = counted.clone();
            async move {
                tx.after_commit(move || *counted.lock().unwrap() += 1);
                tx.raw_script(if fails { "SELECT nonsense" } else { "SELECT 1" }).await
            }
        }));
        assert_eq!(migrator.run(&db).await.is_err(), fails);
        assert_eq!(*count.lock().unwrap(), u32::from(!fails));
    }
}

#[tokio::test]
async fn each_database_takes_the_file_that_is_its_own() {
    let folder = Folder::with(&[
        ("1_t.up.sql", "CREATE TABLE common (id INT)"),
        ("1_t.up.postgres.sql", "CREATE TABLE of_postgres (id INT)"),
        ("1_t.up.mysql.sql", "CREATE TABLE of_mysql (id INT)"),
        ("1_t.down.mysql.sql", "DROP TABLE of_mysql"),
        ("2_u.sqlite.sql", ""),
        ("2_u.mysql.sql", "CREATE TABLE u (id INT)"),
        ("2_u.mariadb.sql", "CREATE TABLE of_mariadb (id INT)"),
        ("2_u.postgres.sql", "-- nothing to do here"),
    ]);
    for place in places() {
        let db = place.connect().await;
        folder.migrator().run(&db).await.unwrap();
        let tables = ["common", "of_postgres", "of_mysql", "u", "of_mariadb"].map(|table| place.has(table));
        let expected = match place.name() {
            "SQLite" => [true, false, false, false, false],
            "PostgreSQL" => [false, true, false, false, false],
            "MySQL" => [false, false, true, true, false],
            _ => [false, false, true, false, true],
        };
        assert_eq!(tables, expected, "{}", place.name());
        db.close().await;
    }
}

#[tokio::test]
async fn one_connection_is_enough() {
    for place in places() {
        let db = AnyDb::connect_with(&place.url(), relvar::Options::new().max_connections(1)).await.unwrap();
        assert_eq!(reversible().migrator().run(&db).await.unwrap().len(), 3, "{}", place.name());
        // the pool is whole afterwards
        db.raw_script("CREATE TABLE after_it (id INT PRIMARY KEY)").await.unwrap();
        db.close().await;
    }
}

#[tokio::test]
async fn a_folder_is_built_into_the_program() {
    let migrator: Migrator<Sqlite> = relvar::migrations!("tests/migrate/embedded");
    let db = Db::connect("sqlite::memory:").await.unwrap();
    assert_eq!(migrator.run(&db).await.unwrap().len(), 2);
    assert_eq!(migrator.undo(&db, 2).await.unwrap().len(), 2);
}
