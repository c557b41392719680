//! A foreign key that is set to NULL, one column of which cannot be.

use relvar::prelude::*;

#[derive(Table)]
#[table(name = "offices", dialect = Postgres, primary_key(company, number))]
pub struct Office {
    pub company: String,
    pub number: i32,
}

#[derive(Table)]
#[table(name = "desks", dialect = Postgres)]
#[foreign_key(on = |d| (d.company, d.office), references = Office, to = |o| (o.company, o.number), on_delete = SetNull)]
pub struct Desk {
    pub company: String,
    pub office: Option<i32>,
}

fn main() {}
