//! SET NULL on a column that is not null.

use relvar::prelude::*;
use schema::User;

#[derive(Table)]
#[table(name = "notes", dialect = Postgres)]
pub struct Note {
    #[column(references = User::id, on_delete = SetNull)]
    pub user_id: i64,
}

fn main() {}
