//! `virtual` of a column that is not generated, `never_reused` of one that is not numbered.

use relvar::prelude::*;

#[derive(Table)]
#[table(name = "notes", dialect = MySql)]
pub struct Note {
    #[column(virtual)]
    pub count: i32,
    #[column(never_reused)]
    pub id: i32,
}

fn main() {}
