//! A program that migrates and stops where it is told to, so that a test can kill it there.
//!
//! `migrator <url> <folder> [stop after <version> | stop in <version>]`: it says `ready`, waits for a line, and runs.
//! At its stop it says `stopped` and waits for the end of its input. `stop in` adds a step in Rust of that version,
//! which has done half of its work there. At the end it says how many migrations it has applied.

use relvar::AnyDb;
use relvar::migrate::{Migration, MigrationProgress, Migrator};
use std::io::{Read, Write};
use std::process::ExitCode;
use std::time::Duration;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let (url, folder, stop) = match words.as_slice() {
        [url, folder] => (url, folder, None),
        [url, folder, "stop", place, version] => {
            (url, folder, version.parse::<i64>().ok().map(|version| (*place, version)))
        }
        _ => return ExitCode::from(2),
    };
    say("ready");
    let mut line = String::new();
    if std::io::stdin().read_line(&mut line).is_err() {
        return ExitCode::from(2);
    }
    match migrate(url, folder, stop).await {
        Ok(applied) => {
            say(&format!("applied {applied}"));
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

async fn migrate(url: &str, folder: &str, stop: Option<(&str, i64)>) -> relvar::Result<usize> {
    let db = AnyDb::connect(url).await?;
    let mut migrator = Migrator::from_folder(folder)?.lock_timeout(Duration::from_secs(120));
    match stop {
        Some(("after", stop)) => {
            migrator = migrator.on_progress(move |progress| {
                if matches!(progress, MigrationProgress::Ended { version, .. } if *version == stop) {
                    stand_still();
                }
            });
        }
        Some((_, version)) => {
            migrator = migrator.with(Migration::rust(version, "in_rust", |tx| async move {
                tx.raw_script("CREATE TABLE half (id INT PRIMARY KEY)").await?;
                stand_still();
                tx.raw_script("CREATE TABLE other_half (id INT PRIMARY KEY)").await
            }));
        }
        None => {}
    }
    let applied = migrator.run(&db).await?.len();
    db.close().await;
    Ok(applied)
}

/// Nothing happens any more in this process until somebody closes its input, or kills it.
fn stand_still() {
    say("stopped");
    let _ = std::io::stdin().read_to_end(&mut Vec::new());
}

fn say(word: &str) {
    let mut out = std::io::stdout();
    let _ = writeln!(out, "{word}");
    let _ = out.flush();
}
