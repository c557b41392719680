//! A default of another type.

use relvar::prelude::*;

#[derive(Table)]
#[table(name = "notes", dialect = Postgres)]
pub struct Note {
    #[column(default = "none")]
    pub id: i64,
}

fn main() {}
