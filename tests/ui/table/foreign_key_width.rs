//! A foreign key of two columns that refers to three.

use relvar::prelude::*;

#[derive(Table)]
#[table(name = "offices", dialect = Postgres, primary_key(company, number, floor))]
pub struct Office {
    pub company: String,
    pub number: i32,
    pub floor: i32,
}

#[derive(Table)]
#[table(name = "desks", dialect = Postgres)]
#[foreign_key(on = |d| (d.company, d.office), references = Office, to = |o| (o.company, o.number, o.floor))]
pub struct Desk {
    pub company: String,
    pub office: i32,
}

fn main() {}
