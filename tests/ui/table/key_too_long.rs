//! Text in a key that is longer than a key can be.

use relvar::prelude::*;

#[derive(Table)]
#[table(name = "notes", dialect = (MySql, MariaDb))]
#[index(on = |n| n.title)]
pub struct Note {
    #[column(len = 1000)]
    pub title: String,
}

fn main() {}
