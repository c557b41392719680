//! A name with a line break.

use relvar::prelude::*;

#[derive(Table)]
#[table(name = "notes", dialect = Postgres)]
pub struct Note {
    #[column(name = "a\nb")]
    pub id: i64,
}

fn main() {}
