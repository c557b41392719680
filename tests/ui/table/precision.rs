//! A precision of one number.

use relvar::prelude::*;

#[derive(Table)]
#[table(name = "notes", dialect = Postgres)]
pub struct Note {
    #[column(precision = 10)]
    pub price: relvar::rust_decimal::Decimal,
}

fn main() {}
