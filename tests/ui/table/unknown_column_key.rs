//! A slip in the attribute of a column.

use relvar::prelude::*;

#[derive(Table)]
#[table(name = "notes", dialect = Postgres)]
pub struct Note {
    #[column(primary_kye)]
    pub id: i64,
}

fn main() {}
