//! A foreign key to a column that is not there.

use relvar::prelude::*;

use schema::User;

#[derive(Table)]
#[table(name = "notes", dialect = Postgres)]
pub struct Note {
    #[column(references = User::uid)]
    pub user_id: i64,
}

fn main() {}
