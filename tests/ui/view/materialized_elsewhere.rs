//! A materialized view where there are none.

use relvar::prelude::*;
use schema::Item;

#[derive(View, Debug)]
#[view(materialized, dialect = MySql, query = || Item::query().select(|t| OpenExprs { id: t.id }))]
struct Open {
    id: i64,
}

fn main() {}
