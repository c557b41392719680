//! Foreign keys that do not say what refers to what, or say it twice.

use relvar::prelude::*;

#[derive(Table)]
#[table(name = "offices", dialect = Postgres, primary_key(company, number))]
pub struct Office {
    pub company: String,
    pub number: i32,
}

#[derive(Table)]
#[table(name = "desks", dialect = Postgres)]
#[foreign_key(on = |d| (d.company, d.office), references = Office)]
#[foreign_key(|d| (d.company, d.office))]
#[foreign_key(name = "one", on = |d| (d.company, d.office), references = Office, to = |o| (o.company, o.number))]
#[foreign_key(name = "one", on = |d| (d.company, d.office), references = Office, to = |o| (o.company, o.number))]
pub struct Desk {
    pub company: String,
    pub office: i32,
}

fn main() {}
