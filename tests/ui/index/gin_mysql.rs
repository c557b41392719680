//! A GIN index on MySQL.

use relvar::prelude::*;

#[derive(Table)]
#[table(name = "notes", dialect = MySql)]
#[index(on = |n| n.meta, using = Gin)]
pub struct Note {
    pub meta: Json<relvar::serde_json::Value>,
}

fn main() {}
