//! An index that carries an expression.

use relvar::prelude::*;

#[derive(Table)]
#[table(name = "notes", dialect = Postgres)]
#[index(on = |n| n.id, include = |n| n.title.lower())]
pub struct Note {
    pub id: i64,
    pub title: String,
}

fn main() {}
