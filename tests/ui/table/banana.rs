//! A key that is like none that there is.

use relvar::prelude::*;

#[derive(Table)]
#[table(name = "notes", dialect = Postgres)]
pub struct Note {
    #[column(banana)]
    pub id: i64,
}

fn main() {}
