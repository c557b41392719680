//! Two columns of the same name.

use relvar::prelude::*;

#[derive(Table)]
#[table(name = "notes", dialect = Postgres)]
pub struct Note {
    pub id: i64,
    #[column(name = "id")]
    pub number: i64,
}

fn main() {}
