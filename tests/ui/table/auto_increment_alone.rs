//! A column that is numbered and is no key.

use relvar::prelude::*;

#[derive(Table)]
#[table(name = "notes", dialect = Postgres)]
pub struct Note {
    #[column(auto_increment)]
    pub id: i64,
}

fn main() {}
