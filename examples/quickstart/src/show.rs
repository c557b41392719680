//! Prints a statement's SQL beside what it gives.

use relvar::prelude::*;
use relvar::query::statement::IsBounded;
use std::fmt::Debug;

/// Runs a query and prints its SQL and its first rows.
pub(crate) async fn rows<Q>(db: &AnyDb, title: &str, query: Q) -> relvar::Result<Vec<Q::Row>>
where
    Q: Fetchable<Row: Debug> + Clone,
    AnyDb: Executor<Q::Dialect>,
{
    println!("## {title}\n{}", query.clone().to_sql_for(db.engine())?);
    let rows = query.all(db).await?;
    for row in rows.iter().take(3) {
        println!("   {}", shortened(&format!("{row:?}")));
    }
    println!("   {} rows\n", rows.len());
    Ok(rows)
}

/// Runs a statement and prints its SQL and how many rows it changed.
pub(crate) async fn change<S>(db: &AnyDb, title: &str, statement: S) -> relvar::Result<u64>
where
    S: Statement<Reach: IsBounded> + Clone,
    AnyDb: Executor<S::Dialect>,
{
    println!("## {title}\n{}", statement.clone().to_sql_for(db.engine())?);
    let changed = statement.execute(db).await?;
    println!("   {changed} rows changed\n");
    Ok(changed)
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(160) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or(text)),
        None => text.to_owned(),
    }
}
