//! The time of the insert as a text.

use relvar::prelude::*;

#[derive(Table)]
#[table(name = "notes", dialect = Postgres)]
pub struct Note {
    #[column(created_at)]
    pub at: String,
}

fn main() {}
