//! An invisible column that nobody gives a value.

use relvar::prelude::*;

#[derive(Table)]
#[table(name = "notes", dialect = MySql)]
pub struct Note {
    #[column(invisible)]
    pub count: i32,
}

fn main() {}
