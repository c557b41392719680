//! A name that databases cut off.

use relvar::prelude::*;

#[derive(Table)]
#[table(name = "a_table_whose_name_is_longer_than_any_database_will_let_it_be_without_a_word")]
pub struct Note {
    pub id: i64,
}

fn main() {}
