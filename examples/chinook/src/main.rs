//! Loads the data of a music shop into the database of a URL, and prints the answers to twelve questions.
//!
//! `cargo run -p chinook` runs it on SQLite in memory; with an argument, on the database of that URL:
//! `cargo run -p chinook -- postgres://postgres@localhost/test`. Its tables are dropped and made anew there.
//! `RELVAR_TEST_DATA` names the folder with `chinook` in it; without it, that is `../shared/data`.

use chinook::{LoadError, create, load, questions};
use relvar::prelude::*;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), LoadError> {
    let url = std::env::args().nth(1).unwrap_or_else(|| "sqlite::memory:".to_owned());
    let db = AnyDb::connect(&url).await?;
    eprintln!("connected to {db:?}");
    create(&db).await?;
    let rows = load(&db, &data(), |file, rows| eprintln!("{file}: {rows} rows")).await?;
    println!("{rows} rows\n");
    for answer in questions::all(&db).await? {
        println!("{answer}");
    }
    db.close().await;
    Ok(())
}

fn data() -> PathBuf {
    let folder = std::env::var_os("RELVAR_TEST_DATA").map(PathBuf::from);
    folder.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data")).join("chinook")
}
