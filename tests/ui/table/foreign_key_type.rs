//! A foreign key whose second column is of another type than what it refers to.

use relvar::prelude::*;

#[derive(Table)]
#[table(name = "offices", dialect = Postgres, primary_key(company, number))]
pub struct Office {
    pub company: String,
    pub number: i32,
}

#[derive(Table)]
#[table(name = "desks", dialect = Postgres)]
#[foreign_key(on = |d| (d.company, d.office), references = Office, to = |o| (o.company, o.number))]
pub struct Desk {
    pub company: String,
    pub office: String,
}

fn main() {}
