//! Several migrators at one database at once.

use relvar::migrate::MigrationProblem;
use std::time::Duration;

use crate::place::{Folder, places, problem};
use crate::process::Process;

const STEPS: i64 = 12;

fn steps() -> Folder {
    let folder = Folder::with(&[("01_log.sql", "CREATE TABLE log (step INT);")]);
    for step in 2..=STEPS {
        let sql = format!("CREATE TABLE t{step} (id INT PRIMARY KEY);\nINSERT INTO log VALUES ({step});");
        folder.write(&format!("{step:02}_t{step}.sql"), &sql);
    }
    folder
}

#[test]
fn two_started_together_apply_each_step_once() {
    for place in places() {
        let folder = steps();
        let mut both = [(); 2].map(|()| Process::start(&place.url(), folder.path(), &[]));
        both.iter_mut().for_each(Process::go);
        let applied: Vec<_> = both.into_iter().map(Process::end).collect();
        let counts: Vec<usize> = applied.iter().map(|applied| *applied.as_ref().unwrap()).collect();
        assert_eq!(counts.iter().sum::<usize>(), usize::try_from(STEPS).unwrap(), "{}: {counts:?}", place.name());
        assert_eq!(place.number("SELECT count(*) FROM log"), STEPS - 1, "{}", place.name());
        assert_eq!(place.in_state("applied"), STEPS, "{}", place.name());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_waits_too_long_says_so_and_a_killed_one_lets_go() {
    for place in places() {
        let folder = steps();
        let mut holder = Process::start(&place.url(), folder.path(), &["stop", "after", "5"]);
        holder.go();
        holder.hear("stopped");

        let db = place.connect().await;
        let (about, locked) = problem(folder.migrator().lock_timeout(Duration::from_millis(50)).run(&db).await);
        assert_eq!(about, "");
        assert!(matches!(locked, MigrationProblem::Locked { .. }), "{}: {locked:?}", place.name());
        // looking needs no lock
        let status = folder.migrator().status(&db).await.unwrap();
        assert_eq!(status.iter().filter(|status| status.state.is_applied()).count(), 5, "{}", place.name());

        holder.kill();
        let done = folder.migrator().run(&db).await.unwrap();
        assert_eq!(done.len(), usize::try_from(STEPS).unwrap() - 5, "{}", place.name());
        db.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn tasks_of_one_program_wait_for_each_other_too() {
    for place in places() {
        let folder = steps();
        let tasks: Vec<_> = (0..4)
            .map(|_| {
                let (migrator, url) = (folder.migrator(), place.url());
                tokio::spawn(async move {
                    let db = relvar::AnyDb::connect(&url).await.unwrap();
                    let done = migrator.run(&db).await.unwrap().len();
                    db.close().await;
                    done
                })
            })
            .collect();
        let mut all = 0;
        for task in tasks {
            all += task.await.unwrap();
        }
        assert_eq!(all, usize::try_from(STEPS).unwrap(), "{}", place.name());
    }
}
