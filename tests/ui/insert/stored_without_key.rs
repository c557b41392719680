//! The stored row of a table without a primary key.

use relvar::prelude::*;

#[derive(Table)]
#[table(name = "lines")]
pub struct Line {
    pub text: String,
}

async fn run(db: Db<MySql>) -> relvar::Result<Line> {
    Line::insert(Line { text: "a".into() }).stored(&db).await
}

fn main() {}
