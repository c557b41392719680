//! An embedded struct that may be absent.

use relvar::prelude::*;

#[derive(Table)]
#[table(name = "notes", dialect = Postgres)]
pub struct Note {
    pub id: i64,
    #[column(embed, unique)]
    pub address: String,
}

fn main() {}
