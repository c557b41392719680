//! Migrators that are killed: between two steps, and within one.

use relvar::migrate::{Migration, MigrationProblem, MigrationResolution, MigrationState};

use crate::place::{Folder, Place, places, problem};
use crate::process::Process;

const THREE: [(&str, &str); 3] = [
    ("1_one.sql", "CREATE TABLE one (id INT PRIMARY KEY); INSERT INTO one VALUES (1);"),
    ("3_three.sql", "CREATE TABLE three (id INT PRIMARY KEY);"),
    ("4_four.sql", "INSERT INTO one VALUES (4);"),
];

#[tokio::test(flavor = "multi_thread")]
async fn one_killed_between_two_steps_is_taken_up_by_the_next() {
    for place in places() {
        let folder = Folder::with(&THREE);
        let mut victim = Process::start(&place.url(), folder.path(), &["stop", "after", "3"]);
        victim.go();
        victim.hear("stopped");
        victim.kill();
        assert_eq!((place.in_state("applied"), place.has("three")), (2, true), "{}", place.name());

        let db = place.connect().await;
        let done = folder.migrator().run(&db).await.unwrap();
        assert_eq!(done.iter().map(|done| done.version).collect::<Vec<_>>(), [4], "{}", place.name());
        assert_eq!(place.number("SELECT sum(id) FROM one"), 5, "{}", place.name());
        assert_eq!(place.in_state("applied"), 3, "{}", place.name());
        db.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_killed_within_a_step_leaves_nothing_or_says_so() {
    for place in places() {
        let folder = Folder::with(&THREE);
        let mut victim = Process::start(&place.url(), folder.path(), &["stop", "in", "2"]);
        victim.go();
        victim.hear("stopped");
        victim.kill();

        let whole = Migration::rust(2, "in_rust", |tx| async move {
            tx.raw_script("CREATE TABLE half (id INT PRIMARY KEY); CREATE TABLE other_half (id INT PRIMARY KEY)").await
        });
        let migrator = folder.migrator().with(whole);
        let db = place.connect().await;
        if place.rolls_back() {
            let done = migrator.run(&db).await.unwrap();
            assert_eq!(done.iter().map(|done| done.version).collect::<Vec<_>>(), [2, 3, 4], "{}", place.name());
            assert!(place.has("other_half"), "{}", place.name());
        } else {
            // CREATE TABLE was committed by itself, and the history says that the step has not come to its end
            assert!(place.has("half") && !place.has("other_half"), "{}", place.name());
            let refused = migrator.run(&db).await;
            assert_eq!(problem(refused), ("2_in_rust".to_owned(), MigrationProblem::Unfinished { undoing: false }));
            assert!(!place.has("three"), "{}", place.name());
            let states: Vec<_> = migrator.status(&db).await.unwrap().iter().map(|status| status.state).collect();
            assert_eq!(states[..2], [MigrationState::Applied, MigrationState::Unfinished]);
            // undone by hand, as the error says
            place.execute("DROP TABLE half");
            migrator.resolve(&db, 2, MigrationResolution::Undone).await.unwrap();
            assert_eq!(migrator.run(&db).await.unwrap().len(), 3, "{}", place.name());
            assert!(place.has("other_half"), "{}", place.name());
        }
        db.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_stopped_half_way_can_be_called_applied() {
    for place in places() {
        let folder = Folder::with(&[
            (
                "1_one.sql",
                "-- relvar: no transaction\nCREATE TABLE one (id INT PRIMARY KEY);\nINSERT INTO nowhere VALUES (1);",
            ),
            ("2_two.sql", "CREATE TABLE two (id INT PRIMARY KEY)"),
        ]);
        let (migrator, db) = (folder.migrator(), place.connect().await);
        let (file, failed) = problem(migrator.run(&db).await);
        assert_eq!(file, "1_one.sql");
        assert!(
            matches!(failed, MigrationProblem::Failed { line: Some(3), rolled_back: false, .. }),
            "{}: {failed:?}",
            place.name()
        );
        assert_eq!((place.in_state("started"), place.has("one")), (1, true), "{}", place.name());
        let refused = problem(migrator.run(&db).await);
        assert_eq!(refused, ("1_one.sql".to_owned(), MigrationProblem::Unfinished { undoing: false }));
        migrator.resolve(&db, 1, MigrationResolution::Applied).await.unwrap();
        assert_eq!(
            problem(migrator.resolve(&db, 1, MigrationResolution::Applied).await).1,
            MigrationProblem::NothingToResolve
        );
        assert_eq!(problem(migrator.resolve(&db, 7, MigrationResolution::Undone).await).1, MigrationProblem::Unknown);
        assert_eq!(migrator.run(&db).await.unwrap().len(), 1, "{}", place.name());
        assert_eq!(place.in_state("applied"), 2, "{}", place.name());
        db.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_killed_within_a_file_without_a_transaction_says_which() {
    for place in places() {
        let forever = match place {
            Place::Sqlite(_) => {
                "WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT count(*) FROM c"
            }
            Place::Postgres(_) => "SELECT pg_sleep(1000)",
            Place::MySql(_) | Place::MariaDb(_) => "SELECT sleep(1000)",
        };
        let sql = format!("-- relvar: no transaction\nCREATE TABLE half (id INT PRIMARY KEY);\n{forever};");
        let folder = Folder::with(&[("1_one.sql", "SELECT 1"), ("2_half.sql", &sql)]);
        let mut victim = Process::start(&place.url(), folder.path(), &[]);
        victim.go();
        while !place.has("half") {
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
        victim.kill();

        let db = place.connect().await;
        // the lock is free as soon as the server has noticed that nobody is there any more
        let refused = problem(folder.migrator().run(&db).await);
        assert_eq!(
            refused,
            ("2_half.sql".to_owned(), MigrationProblem::Unfinished { undoing: false }),
            "{}",
            place.name()
        );
        place.execute("DROP TABLE half");
        folder.write("2_half.sql", "CREATE TABLE whole (id INT PRIMARY KEY)");
        folder.migrator().resolve(&db, 2, MigrationResolution::Undone).await.unwrap();
        assert_eq!(folder.migrator().run(&db).await.unwrap().len(), 1, "{}", place.name());
        assert!(place.has("whole"), "{}", place.name());
        db.close().await;
    }
}
