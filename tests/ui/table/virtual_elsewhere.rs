//! A virtual column on PostgreSQL.

use relvar::prelude::*;

#[derive(Table)]
#[table(name = "notes", dialect = Postgres)]
pub struct Note {
    pub count: i32,
    #[column(generated = |n| n.count * 2, virtual)]
    pub double: i32,
}

fn main() {}
