//! A unique GIN index.

use relvar::prelude::*;

#[derive(Table)]
#[table(name = "notes", dialect = Postgres)]
#[index(unique, on = |n| n.meta, using = Gin)]
pub struct Note {
    pub meta: Json<relvar::serde_json::Value>,
}

fn main() {}
