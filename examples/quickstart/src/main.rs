//! A thread store in one program: its schema, some thousands of rows, and the queries of a real feed.
//!
//! `cargo run -p quickstart` runs it on SQLite in memory; with an argument, on the database of that URL:
//! `cargo run -p quickstart -- postgres://postgres@localhost/test` or `… -- sqlite:threads.db`.

mod feed;
mod load;
mod schema;
mod show;

use relvar::prelude::*;

#[tokio::main]
async fn main() -> relvar::Result<()> {
    let url = std::env::args().nth(1).unwrap_or_else(|| "sqlite::memory:".to_owned());
    let db = AnyDb::connect(&url).await?;
    println!("connected to {db:?}\n");
    run(&db).await?;
    db.close().await;
    Ok(())
}

/// Everything the program shows, on any database.
async fn run(db: &AnyDb) -> relvar::Result<()> {
    schema::create(db).await?;
    let people = load::load(db).await?;
    feed::read(db, &people).await?;
    feed::write(db, &people).await
}

#[cfg(test)]
mod tests {
    //! The program runs to its end on an empty database.

    use super::*;

    #[tokio::test]
    async fn runs_on_sqlite() {
        let db = AnyDb::connect("sqlite::memory:").await.unwrap();
        run(&db).await.unwrap();
    }
}
