//! An index of an expression on MariaDB.

use relvar::prelude::*;

#[derive(Table)]
#[table(name = "notes", dialect = MariaDb)]
#[index(name = "lower_title", on = |n| n.title.lower())]
pub struct Note {
    pub id: i64,
    #[column(len = 80)]
    pub title: String,
}

fn main() {}
