//! ON DELETE without a foreign key.

use relvar::prelude::*;

#[derive(Table)]
#[table(name = "notes", dialect = Postgres)]
pub struct Note {
    #[column(on_delete = Cascade)]
    pub user_id: i64,
}

fn main() {}
