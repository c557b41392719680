//! SQL text for another database.

use relvar::prelude::*;
use schema::Item;

fn main() {
    let _ = Item::query().filter(|i| sql! { Postgres => "{} % 2 = 0"; i.id }.condition());
}
