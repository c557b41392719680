//! A column of a type of one's own without a derive.

use relvar::prelude::*;

#[derive(Table)]
#[table(name = "notes", dialect = Postgres)]
pub struct Note {
    pub status: Status,
}

pub enum Status {
    Active,
}

fn main() {}
