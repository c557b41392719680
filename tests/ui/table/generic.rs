//! A table with a type parameter.

use relvar::prelude::*;

#[derive(Table)]
#[table(name = "notes")]
pub struct Note<T> {
    pub id: T,
}

fn main() {}
