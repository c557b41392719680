//! A foreign key of another type than the key.

use relvar::prelude::*;

use schema::User;

#[derive(Table)]
#[table(name = "notes", dialect = Postgres)]
pub struct Note {
    #[column(references = User::id)]
    pub user_id: String,
}

fn main() {}
