//! ON CONFLICT ON CONSTRAINT on SQLite.

use relvar::prelude::*;
use schema::Draft;

fn case(draft: Draft) {
    let _ = Draft::insert(draft).on_constraint(Draft::TITLE_KEY).do_nothing();
}

fn main() {}
