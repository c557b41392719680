//! A unique index named as a constraint.

use relvar::prelude::*;

#[derive(Table)]
#[table(name = "shelves", dialect = Postgres)]
#[index(unique, on = |s| (s.room, s.number))]
struct Shelf {
    #[column(primary_key)]
    id: i64,
    room: String,
    number: i32,
}

fn main() {
    let row = Shelf { id: 1, room: "a".into(), number: 1 };
    let _ = Shelf::insert(row).on_constraint(Shelf::ROOM_NUMBER_KEY).do_nothing();
}
