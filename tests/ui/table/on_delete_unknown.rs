//! An action that is not there.

use relvar::prelude::*;

#[derive(Table)]
#[table(name = "notes", dialect = Postgres)]
pub struct Note {
    #[column(references = Note::id, on_delete = Cascaed)]
    pub id: i64,
}

fn main() {}
